"""Los números que se tomaron a mano, sin el programa: registrarlos, acusarlos y anularlos.

No son de ningún caso: todo lo suyo lo dice su asiento.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from expediente.almacen import libro as libros
from expediente.almacen.carpetas import carpeta_existente
from expediente.almacen.libro import DE_FUERA, Asiento
from expediente.nucleo.ajustes import Libro
from expediente.nucleo.errores import (
    CasoCambio,
    DatosInvalidos,
    ErrorUso,
    NoExiste,
    NoPermitido,
    sugerencia,
)
from expediente.nucleo.estado import CANCELADO, EMITIDO, ENTREGADO
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.operaciones.numeracion import (
    EXTEMPORANEO,
    anotar_en_el_libro,
    aviso_de_quien_recibio,
    firma_del_asiento,
    fuera_de_orden,
    ya_tenia_acuse,
)
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.ventanilla import Ventanilla

# Un salto mayor pide motivo: suele ser un número mal tecleado, y un número no se devuelve.
SALTO_SIN_MOTIVO = 50
RANGO_MAXIMO = 5_000


@dataclass(frozen=True)
class DeFuera:
    """Lo que se sabe de un número que se tomó a mano, como alguien lo escribió.

    `por` es quien lo usó: su clave en el personal o su nombre; None es quien teclea. `folio`
    es el expediente con que tuvo que ver, si lo hubo. `extemporaneo` es por qué su fecha no
    casa con la de los números vecinos.
    """

    asunto: str | None = None
    fecha: str | None = None
    destinatario: str | None = None
    por: str | None = None
    motivo: str | None = None
    folio: str | None = None
    extemporaneo: str | None = None


def numeros_del_rango(v: Ventanilla, libro: str, primero: int, ultimo: int, anio: int) -> list[str]:
    """Los números de ese libro y año, del primero al último.

    Lanza ErrorUso si el rango no es un rango, y NoPermitido si un expediente ya tomó alguno.
    """
    if not 1 <= primero <= ultimo or ultimo - primero >= RANGO_MAXIMO:
        raise ErrorUso(f"El rango va de menor a mayor, hasta {RANGO_MAXIMO:,} números: --del --al.")
    cual = v.oficina.libro(libro)
    rango = range(primero, ultimo + 1)
    tomados = [n for n in libros.consecutivos_de(v.raiz, libro, anio) if n in rango]
    ajenos = [n for n in tomados if not _asiento(v, cual, anio, n).de_fuera]
    if ajenos:
        dichos = ", ".join(cual.numero(anio, n) for n in ajenos[:5])
        raise NoPermitido(
            f"De ese rango, {len(ajenos)} ya los tomó un expediente ({dichos}); no se registró "
            "ninguno. Registre por partes lo que va antes y después."
        )
    return [cual.numero(anio, n) for n in rango]


def registrar(v: Ventanilla, numero: str, dicho: DeFuera, simular: bool = False) -> Resultado:
    """Registra ese número exacto, que se tomó a mano: ocupa su lugar y los demás siguen después.

    Registrar otra vez lo mismo no hace nada. Lanza NoExiste si no es de ningún libro,
    NoPermitido si ya está tomado o si su fecha no casa con las vecinas, y DatosInvalidos si
    falta la fecha o no es de su año.
    """
    libro, anio, consecutivo = _partes(v, numero)
    tomados = libros.consecutivos_de(v.raiz, libro.clave, anio)
    dice = _lo_dicho(v, dicho)
    if consecutivo in tomados:
        return _ya_registrado(_asiento(v, libro, anio, consecutivo), dice)
    ultimo = max(tomados, default=0)
    if consecutivo > ultimo + SALTO_SIN_MOTIVO and not dicho.motivo:
        raise NoPermitido(
            f"El último del libro {libro.clave} es el {ultimo:04d}: saltar al {consecutivo:04d} "
            "no se deshace. Si es así, diga por qué: --motivo «…»."
        )
    fecha = _fecha(v, dicho.fecha, anio)
    if fecha is None and anio == v.ahora.year and consecutivo > ultimo:
        fecha = v.ahora.date()
    if fecha is None:
        raise DatosInvalidos(f"Diga qué fecha lleva el {numero}: --fecha AAAA-MM-DD.")
    return _tomar_exacto(v, libro, anio, consecutivo, tomados, fecha, dice, simular)


def registrar_del_rango(
    v: Ventanilla, numero: str, dicho: DeFuera, simular: bool = False
) -> Resultado:
    """Registra un número de los que había al empezar: la fecha puede no constar."""
    libro, anio, consecutivo = _partes(v, numero)
    tomados = libros.consecutivos_de(v.raiz, libro.clave, anio)
    dice = _lo_dicho(v, dicho)
    if dicho.por is None:
        del dice["elaboro"]  # quien registra el libro de papel no usó sus números
    if consecutivo in tomados:
        return _ya_registrado(_asiento(v, libro, anio, consecutivo), dice)
    fecha = _fecha(v, dicho.fecha, anio)
    return _tomar_exacto(v, libro, anio, consecutivo, tomados, fecha, dice, simular)


def registrar_el_siguiente(
    v: Ventanilla, clave: str, dicho: DeFuera, simular: bool = False
) -> Resultado:
    """Toma el siguiente número del libro para un oficio que se hace fuera del programa.

    Lanza NoPermitido si la fecha es anterior a la del último y no se dice por qué.
    """
    libro = v.oficina.libro(clave)
    dia = v.momento(dicho.fecha).date()
    fecha = _fecha(v, dicho.fecha, dia.year) or dia
    porque = fuera_de_orden(v, clave, fecha)
    if porque and not dicho.extemporaneo:
        raise NoPermitido(f"El oficio {porque} Diga por qué: --extemporaneo «…».")
    dice = _lo_dicho(v, dicho) | {"fecha": fecha.isoformat()}
    if not porque:
        dice.pop(EXTEMPORANEO, None)
    if simular:
        previos = libros.consecutivos_de(v.raiz, clave, fecha.year)
        return _resultado(libro.numero(fecha.year, max(previos, default=0) + 1))
    completo = {**dice, **firma_del_asiento(v)}
    return _resultado(libros.tomar_numero(v.raiz, libro, fecha.year, completo).numero)


def _partes(v: Ventanilla, numero: str) -> tuple[Libro, int, int]:
    for libro in v.oficina.libros:
        if partes := libro.partes(numero):
            if partes[1] >= 1 and 2000 <= partes[0] <= v.ahora.year:
                return libro, *partes
            raise DatosInvalidos("Ese número es de un año que no llega, o es el cero.")
    formatos = [libro.numero(v.ahora.year, 1) for libro in v.oficina.libros]
    parecido = sugerencia(numero, formatos)
    raise NoExiste(f"Ese número no es de ningún libro; se escribe completo.{parecido}")


def _asiento(v: Ventanilla, libro: Libro, anio: int, consecutivo: int) -> Asiento:
    return libros.asiento_de_numero(v.raiz, (libro,), libro.numero(anio, consecutivo))


def _lo_dicho(v: Ventanilla, dicho: DeFuera) -> dict[str, str]:
    """Lo que dirá su asiento, sin la fecha."""
    personal = {p.clave: p.nombre for p in v.oficina.personal}
    quien = dicho.por or v.quien_teclea
    folio = carpeta_existente(v.raiz, dicho.folio).name if dicho.folio else None
    dice = {
        "estado": EMITIDO,
        "origen": DE_FUERA,
        "folio": folio,
        "asunto": dicho.asunto,
        "destinatario": dicho.destinatario,
        "elaboro": personal.get(quien, quien),
        "motivo": dicho.motivo,
        EXTEMPORANEO: dicho.extemporaneo,
    }
    return {clave: texto.strip() for clave, texto in dice.items() if texto and texto.strip()}


def _fecha(v: Ventanilla, escrita: str | None, anio: int) -> date | None:
    if escrita is None:
        return None
    fecha = v.momento(escrita).date()
    if fecha > v.ahora.date():
        raise DatosInvalidos("Un oficio no se registra con una fecha que no llega; revise --fecha.")
    if fecha.year != anio:
        raise DatosInvalidos(
            f"El número es de {anio} y la fecha, de {fecha.year}: el año del número es el del "
            "oficio. Revise uno y otra."
        )
    return fecha


def _tomar_exacto(
    v: Ventanilla,
    libro: Libro,
    anio: int,
    consecutivo: int,
    tomados: list[int],
    fecha: date | None,
    dice: dict[str, str],
    simular: bool,
) -> Resultado:
    numero = libro.numero(anio, consecutivo)
    porque = _no_casa(v, libro, anio, consecutivo, tomados, fecha) if fecha else None
    if porque and EXTEMPORANEO not in dice:
        raise NoPermitido(f"{numero} {porque} Si es la buena, diga por qué: --extemporaneo «…».")
    if not porque:
        dice.pop(EXTEMPORANEO, None)
    completo = {**dice, **({"fecha": fecha.isoformat()} if fecha else {}), **firma_del_asiento(v)}
    if not simular and libros.tomar_este(v.raiz, libro, anio, consecutivo, completo) is None:
        raise CasoCambio(f"Otra persona acaba de tomar el {numero}; mire el libro y repita.")
    ultimo = max(tomados, default=0)
    return _resultado(numero, _aviso_de_salto(libro, anio, ultimo, consecutivo))


def _no_casa(
    v: Ventanilla, libro: Libro, anio: int, consecutivo: int, tomados: list[int], fecha: date
) -> str | None:
    """Por qué esa fecha no cabe entre las de los números vecinos; None si cabe."""
    vecinos: tuple[tuple[str, Iterable[int]], ...] = (
        ("anterior", reversed([n for n in tomados if n < consecutivo])),
        ("posterior", [n for n in tomados if n > consecutivo]),
    )
    for como, cuales in vecinos:
        vecino = libros.asiento_fechado(v.raiz, libro.clave, anio, cuales)
        if vecino is None:
            continue
        suya, dia = vecino.fecha_de_orden, fecha.isoformat()
        if dia < suya if como == "anterior" else dia > suya:
            dicha = fecha_en_palabras(date.fromisoformat(suya))
            return f"llevaría fecha {como} a la del {vecino.numero}, que es del {dicha}."
    return None


def _aviso_de_salto(libro: Libro, anio: int, ultimo: int, consecutivo: int) -> str | None:
    primero, final = ultimo + 1, consecutivo - 1
    if final < primero:
        return None
    return (
        f"Quedan sin explicar del {libro.numero(anio, primero)} al {libro.numero(anio, final)}; "
        f"si se usaron, regístrelos con: --libro {libro.clave} --del {primero} --al {final}"
    )


def _ya_registrado(asiento: Asiento, dice: dict[str, str]) -> Resultado:
    """El mismo registro otra vez; lanza NoPermitido si el número es de otra cosa."""
    if not asiento.de_fuera:
        raise NoPermitido(
            f"{asiento.numero} ya está en el libro: es de {asiento.dice.get('folio', 'otro caso')}."
        )
    if any(asiento.dice.get(clave) != texto for clave, texto in dice.items() if clave != "estado"):
        raise NoPermitido(
            f"{asiento.numero} ya se registró y dice otra cosa; véalo en: expediente oficio libro"
        )
    ya = _resultado(asiento.numero, "Ya estaba registrado.", asiento.dice["estado"])
    return replace(ya, ya_estaba=True)


def _resultado(numero: str, aviso: str | None = None, estado: str = EMITIDO) -> Resultado:
    return Resultado(
        numero,
        situacion=estado,
        situacion_legible=f"{estado} en el libro, sin expediente",
        aviso=aviso,
    )


def acusar_de_fuera(
    v: Ventanilla, asiento: Asiento, ocurrio: str | None, recibe: str | None, simular: bool
) -> Resultado:
    """Anota cuándo se entregó un oficio hecho a mano y quién lo recibió.

    Lanza NoPermitido si está cancelado, y DatosInvalidos si la fecha no puede ser.
    """
    dice = asiento.dice
    consta = dice.get("recibe", "").strip()
    if dice["estado"] == ENTREGADO and (consta or not recibe):
        ya = _resultado(asiento.numero, ya_tenia_acuse(consta, recibe), ENTREGADO)
        return replace(ya, ya_estaba=True)
    if dice["estado"] == CANCELADO:
        raise NoPermitido(f"El oficio {asiento.numero} está cancelado; no se acusa.")
    momento = v.momento(ocurrio)
    if momento > v.ahora or momento.date().isoformat() < dice.get("fecha", ""):
        raise DatosInvalidos("El acuse no puede ser del futuro ni anterior a la emisión.")
    cambios = {"estado": ENTREGADO, **({"recibe": recibe} if recibe else {})}
    if "entregado" not in dice:
        cambios["entregado"] = momento.isoformat(timespec="minutes")
    if not simular:
        anotar_en_el_libro(v, asiento.numero, cambios)
    aviso = None if recibe else aviso_de_quien_recibio(asiento.numero)
    return _resultado(asiento.numero, aviso, ENTREGADO)


def anular_de_fuera(v: Ventanilla, asiento: Asiento, motivo: str, simular: bool) -> Resultado:
    """Anula un número que se tomó a mano. Lanza NoPermitido si ya se entregó o se anuló."""
    estado = asiento.dice["estado"]
    if estado != EMITIDO:
        raise NoPermitido(f"El oficio {asiento.numero} está {estado}; ya no se cancela.")
    if not simular:
        previo = asiento.dice.get("motivo")
        dicho = f"{motivo.rstrip('.')}. Se había registrado por: {previo}" if previo else motivo
        anotar_en_el_libro(v, asiento.numero, {"estado": CANCELADO, "motivo": dicho})
    return _resultado(asiento.numero, estado=CANCELADO)
