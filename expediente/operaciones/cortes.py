"""El corte del día: dar en bloque lo que una lista dice hecho, deshacerlo y conciliarlo."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from expediente.almacen import hojas, lotes
from expediente.nucleo.avance import Peticion
from expediente.nucleo.captura import convertir_datos
from expediente.nucleo.corte import Corte
from expediente.nucleo.errores import ErrorDisco, ErrorExpediente, ErrorUso, SinPermiso
from expediente.nucleo.lista_del_corte import (
    Pedido,
    Rehusado,
    columnas_sin_usar,
    datos_para,
    leer_lista,
    pasos_por_dar,
)
from expediente.nucleo.lote import (
    DADO,
    PENDIENTE,
    YA_ESTABA,
    DelLote,
    Lote,
    vigentes_de,
    ya_asentado,
)
from expediente.operaciones.asunto import Asunto, con_actuaciones, tomar
from expediente.operaciones.avanzar import actuacion_de_avance, asentar_cambio, avanzar
from expediente.operaciones.relaciones import (
    adheridos_de,
    escribir_relacion,
    esperados_de,
    revisar_definicion,
    ultima_de,
    ya_relacionados,
)
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla

ADHERIDO, RECHAZADO = "adherido", "rechazado"


@dataclass(frozen=True)
class Linea:
    """Qué resultó de un renglón de la lista.

    `que` es uno de los resultados de un lote, o adherido (va con su rector) o rechazado.
    `asunto` es el caso como queda, o como quedaría; None si no se llegó a él.
    `asentadas` son los números de las actuaciones que se le dieron.
    """

    renglon: int
    numero: str
    que: str
    resultado: Resultado
    asunto: Asunto | None = None
    asentadas: tuple[int, ...] = ()
    adheridos: tuple[str, ...] = ()


@dataclass(frozen=True)
class CorteHecho:
    """Lo que dio una lista; `lote` y `ficheros` están vacíos si no había qué relacionar.

    `problemas` son los casos que no se pudieron leer y `sin_usar`, las columnas que sobran.
    """

    corte: Corte
    dia: date
    lineas: tuple[Linea, ...]
    lote: Lote | None = None
    ficheros: tuple[Path, ...] = ()
    problemas: tuple[str, ...] = ()
    sin_usar: tuple[str, ...] = ()


def hacer_corte(
    v: Ventanilla,
    clave: str,
    hoja: hojas.Hoja,
    dia: str | None = None,
    ocurrio: str | None = None,
    simular: bool = False,
    al_avanzar: Callable[[], None] = lambda: None,
) -> CorteHecho:
    """Da el paso del corte a cada caso de la lista y deja su relación.

    Primero ensaya la lista entera, carta incluida, sin cambiar nada; `simular` acaba ahí. El
    renglón malo no detiene a los demás. Repetir la lista no da ningún paso otra vez.
    `dia` es la fecha del corte, hoy si no se dice; `ocurrio`, la columna de la hora.
    Lanza NoExiste o DatosInvalidos si la definición o la lista no sirven, y ErrorDisco o
    SinPermiso en cuanto el disco no responde: lo ya dado queda, y entra en la relación de la
    lista repetida.
    """
    corte = lotes.leer_corte_definido(v.raiz, clave)
    revisar_definicion(v, corte)
    fecha = v.momento(dia).date()
    if fecha > v.ahora.date():
        raise ErrorUso("Un corte no puede ser de un día que no llega; revise --dia.")
    if ocurrio is not None:
        corte = _con_esa_columna(corte, hoja, ocurrio)
    pedidos, rehusados, problemas = _leer(v, corte, hoja, fecha)
    dadas = [_en_la_linea(p, partial(_ensayar, v, corte, p)) for p in pedidos]
    relacionados = ya_relacionados(v, corte)
    # Que la relación pueda escribirse se sabe antes de mover ningún caso.
    escribir_relacion(v, corte, "ensayo", fecha, _asuntos(corte, dadas, relacionados))
    if not simular:
        ensayadas = zip(pedidos, dadas, strict=True)
        dadas = [_en_la_linea(p, partial(_dar, v, corte, p, e, al_avanzar)) for p, e in ensayadas]
    lineas = (*dadas, *(_rechazada(r) for r in rehusados))
    en_orden = tuple(sorted(lineas, key=lambda linea: linea.renglon))
    sin_usar = columnas_sin_usar(corte, hoja.encabezados)
    hecho = CorteHecho(corte, fecha, en_orden, problemas=problemas, sin_usar=sin_usar)
    return hecho if simular else _publicar(v, hecho, relacionados)


def _con_esa_columna(corte: Corte, hoja: hojas.Hoja, columna: str) -> Corte:
    if columna not in hoja.encabezados:
        raise ErrorUso(f"La lista no tiene la columna «{columna}»; revise --ocurrio-columna.")
    return replace(corte, ocurrio=(columna,))


def _leer(
    v: Ventanilla, corte: Corte, hoja: hojas.Hoja, fecha: date
) -> tuple[list[Pedido], list[Rehusado], tuple[str, ...]]:
    buenos = [(r.lugar, r.dice) for r in hoja.renglones if not r.problema]
    malos = [Rehusado(r.lugar, "", r.problema) for r in hoja.renglones if r.problema]
    esperados, problemas = esperados_de(v, corte)
    pedidos, rehusados = leer_lista(corte, hoja.encabezados, buenos, esperados, fecha)
    return pedidos, malos + rehusados, problemas


def _en_la_linea(pedido: Pedido, hacer: Callable[[], Linea]) -> Linea:
    """Lo que se haga con un renglón; si no se puede, el porqué, y el lote sigue."""
    try:
        return hacer()
    except (ErrorDisco, SinPermiso):
        raise  # no es culpa del renglón, y los que siguen tampoco se podrían
    except ErrorExpediente as error:
        resultado = Resultado(pedido.folio, False, error.mensaje, error.codigo_salida)
        return Linea(pedido.renglon, pedido.numero, RECHAZADO, resultado)


def _rechazada(rehusado: Rehusado) -> Linea:
    resultado = Resultado("", False, rehusado.motivo, 65)
    return Linea(rehusado.renglon, rehusado.numero, RECHAZADO, resultado)


def _ensayar(v: Ventanilla, corte: Corte, pedido: Pedido) -> Linea:
    """Cómo quedaría el caso con los pasos del renglón, sin asentar ninguno."""
    asunto = tomar(v, pedido.folio)
    if pedido.repite is not None:
        aviso = f"Va con el renglón {pedido.repite}."
        return _linea(v, corte, pedido, ADHERIDO, asunto, aviso=aviso)
    datos = convertir_datos(asunto.procedimiento, pedido.datos, v.catalogos)
    cuando = v.en_su_huso(pedido.ocurrio) if pedido.ocurrio else None
    if ya_asentado(corte, asunto.actuaciones, datos, cuando):
        return _linea(v, corte, pedido, YA_ESTABA, asunto)
    pasos = pasos_por_dar(corte, pedido, asunto.estado)
    tentativo = asunto
    for paso in pasos:
        if paso not in tentativo.estado.pasos:
            break
        peticion = Peticion(paso, datos=datos_para(corte, pedido, paso, tentativo.estado))
        actuacion = actuacion_de_avance(v, tentativo, peticion, _escrito(cuando))
        asentar_cambio(v, tentativo, actuacion, simular=True)
        tentativo = con_actuaciones(tentativo, actuacion)
    return _linea(v, corte, pedido, _que(corte, pasos, tentativo), tentativo)


def _escrito(cuando: datetime | None) -> str | None:
    return cuando.isoformat(timespec="seconds") if cuando else None


def _que(corte: Corte, pasos: Sequence[object], asunto: Asunto) -> str:
    """Qué resultó de dar esos pasos; ninguno es que ya estaba, o que alguien se adelantó."""
    if not pasos:
        return YA_ESTABA
    return DADO if vigentes_de(asunto.actuaciones)[-1].paso == corte.paso else PENDIENTE


def _linea(
    v: Ventanilla,
    corte: Corte,
    pedido: Pedido,
    que: str,
    asunto: Asunto,
    asentadas: tuple[int, ...] = (),
    documentos: Iterable[str] = (),
    aviso: str | None = None,
) -> Linea:
    if aviso is None and pedido.adherido:
        aviso = f"La lista lo nombra por {pedido.adherido}, que va adherido a él."
    return Linea(
        pedido.renglon,
        pedido.numero,
        que,
        resultado_de(asunto, documentos, aviso),
        asunto,
        asentadas,
        () if que == ADHERIDO else adheridos_de(v, corte, asunto),
    )


def _dar(
    v: Ventanilla, corte: Corte, pedido: Pedido, ensayada: Linea, al_avanzar: Callable[[], None]
) -> Linea:
    """Da los pasos que se ensayaron; si uno falla, cuenta los que sí se dieron."""
    al_avanzar()
    if ensayada.que not in (DADO, PENDIENTE):
        return ensayada
    cuando = v.en_su_huso(pedido.ocurrio) if pedido.ocurrio else None
    antes = tomar(v, pedido.folio)
    documentos: list[str] = []
    error: ErrorExpediente | None = None
    try:
        for paso in pasos_por_dar(corte, pedido, antes.estado):
            asunto = tomar(v, pedido.folio)
            if paso not in asunto.estado.pasos:
                break
            peticion = Peticion(paso, datos=datos_para(corte, pedido, paso, asunto.estado))
            documentos += avanzar(v, pedido.folio, peticion, _escrito(cuando)).documentos
    except (ErrorDisco, SinPermiso):
        raise  # no es culpa del renglón, y los que siguen tampoco se podrían
    except ErrorExpediente as fallo:
        error = fallo
    asunto = tomar(v, pedido.folio)
    asentadas = tuple(
        a.numero for a in asunto.actuaciones[len(antes.actuaciones) :] if a.paso in corte.pasos
    )
    que = _que(corte, asentadas, asunto) if asentadas or error is None else RECHAZADO
    linea = _linea(v, corte, pedido, que, asunto, asentadas, documentos)
    if error is None:
        return linea
    fallido = replace(linea.resultado, ok=False, error=error.mensaje, codigo=error.codigo_salida)
    return replace(linea, resultado=fallido)


def _para_relacionar(
    corte: Corte, lineas: Iterable[Linea], relacionados: set[tuple[str, int]]
) -> list[Linea]:
    """Las líneas que van en la relación: lo dado, y lo ya dado que ninguna ha dicho.

    Lo segundo es lo que alguien dio a mano, o un corte que se apagó antes de acabar.
    """
    van = []
    for linea in lineas:
        if linea.asunto is None or linea.que not in (DADO, YA_ESTABA):
            continue
        ultima = ultima_de(corte, linea.asunto)
        if ultima is not None and (linea.asunto.folio, ultima) not in relacionados:
            van.append(linea)
    return sorted(van, key=lambda linea: linea.numero)


def _asuntos(
    corte: Corte, lineas: Iterable[Linea], relacionados: set[tuple[str, int]]
) -> list[Asunto]:
    van = _para_relacionar(corte, lineas, relacionados)
    return [linea.asunto for linea in van if linea.asunto is not None]


def _publicar(v: Ventanilla, hecho: CorteHecho, relacionados: set[tuple[str, int]]) -> CorteHecho:
    corte = hecho.corte
    van = _para_relacionar(corte, hecho.lineas, relacionados)
    pendientes = [x for x in hecho.lineas if x.que == PENDIENTE and x.asentadas]
    if not van and not pendientes:
        return hecho

    def hacer(nombre: str) -> tuple[Lote, dict[str, bytes]]:
        casos = tuple(_del_lote(corte, linea) for linea in (*van, *pendientes))
        cuando = v.ahora.isoformat(timespec="seconds")
        lote = Lote(corte.clave, nombre, hecho.dia.isoformat(), cuando, v.quien_teclea, casos)
        asuntos = [linea.asunto for linea in van if linea.asunto is not None]
        return lote, escribir_relacion(v, corte, nombre, hecho.dia, asuntos) if van else {}

    carpeta = lotes.publicar_lote(v.raiz, hecho.dia.isoformat(), hacer)
    lote, _ = lotes.leer_lote(carpeta)
    ficheros = tuple(sorted(f for f in carpeta.iterdir() if f.is_file()))
    return replace(hecho, lote=lote, ficheros=ficheros)


def _del_lote(corte: Corte, linea: Linea) -> DelLote:
    assert linea.asunto is not None
    return DelLote(
        linea.asunto.folio,
        linea.numero,
        linea.que,
        linea.asentadas,
        None if linea.que == PENDIENTE else ultima_de(corte, linea.asunto),
        len(linea.adheridos),
    )
