"""Lo que un paso produce fuera del caso: números del libro y documentos.

El paso se asienta primero y sus efectos después, uno por uno y sin repetirse: si la
máquina se apaga en medio, el caso dice qué falta y `cumplir` lo termina. Por eso sólo
quien ganó el paso toma un número, y ninguno se pierde ni se toma dos veces.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from expediente.almacen import libro as libros
from expediente.almacen.abiertos import abierto, exigir_cerrado
from expediente.almacen.disco import (
    errores_de_disco,
    escribir_entero,
    hacer_carpeta,
    leer_bytes,
)
from expediente.documentos.redaccion import Papel, campos_de_la_carta, para_el_minutario
from expediente.nucleo.calendario import habiles_entre
from expediente.nucleo.errores import (
    CasoCambio,
    ErrorDisco,
    ErrorExpediente,
    EstaAbierto,
    SinPermiso,
)
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    PENDIENTES,
    POR_CANCELAR,
    POR_EMITIR,
    POR_RESERVAR,
    RESERVADO,
    Documento,
    Estado,
)
from expediente.nucleo.procedimiento import DocumentoEscrito
from expediente.nucleo.reiteracion import reiterado
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, plazo_que_corre, tomar
from expediente.operaciones.numeracion import (
    anotar_en_el_libro,
    aviso_de_quien_recibio,
    es_de_otro_anio,
    fecha_de,
    lo_pedido,
    numeros_conocidos,
    tomar_para_el_caso,
)
from expediente.operaciones.ventanilla import Ventanilla

NUMERO_DE_ENSAYO = "0000"
EN_EL_LIBRO = (RESERVADO, EMITIDO, ENTREGADO, CANCELADO)


@dataclass(frozen=True)
class Carta:
    """Un documento por escribir: con qué número, de qué fecha y si es borrador."""

    documento: DocumentoEscrito
    clave: str
    numero: str | None
    fecha: datetime
    borrador: bool


def documentos_nuevos(antes: Asunto, despues: Asunto) -> list[str]:
    """Los números que se dieron y los documentos que cambiaron entre dos momentos del asunto."""
    claves = [n.clave for n in despues.procedimiento.numeros]
    ahora, previos_datos = despues.estado.datos, antes.estado.datos
    numeros = [ahora[c] for c in claves if c in ahora and c not in previos_datos]
    previos = set(antes.estado.documentos)
    nuevos = [d for d in despues.estado.documentos if d not in previos and d.estado != CANCELADO]
    return numeros + [d.numero or d.fichero or d.clave for d in nuevos]


def ficheros_nuevos(antes: Asunto, despues: Asunto) -> tuple[Path, ...]:
    """Los documentos de Word que se escribieron entre dos momentos del asunto, en su orden."""
    previos = {(d.fichero, d.sha256) for d in antes.estado.documentos}
    return tuple(
        despues.carpeta / d.fichero
        for d in despues.estado.documentos
        if d.fichero and d.estado != CANCELADO and (d.fichero, d.sha256) not in previos
    )


def sin_quien_recibio(antes: Asunto, despues: Asunto) -> list[str]:
    """Qué oficios se acaban de entregar sin decir quién los recibió, y cómo se dice después."""
    previos = {d.numero for d in antes.estado.documentos if d.estado == ENTREGADO}
    return [
        aviso_de_quien_recibio(doc.numero)
        for doc in despues.estado.documentos
        if doc.estado == ENTREGADO and doc.numero and not doc.recibe and doc.numero not in previos
    ]


def ensayar(v: Ventanilla, asunto: Asunto) -> None:
    """Llena en memoria lo que el paso va a escribir, sin tomar número ni dejar nada.

    Lanza DatosInvalidos si a una plantilla le falta un dato, y NoExiste si no está.
    """
    estado = asunto.estado
    if not any(d.estado in PENDIENTES and d.estado != POR_CANCELAR for d in estado.documentos):
        return
    de_ensayo = dict.fromkeys(estado.numeros_pendientes, NUMERO_DE_ENSAYO)
    probado = replace(asunto, estado=replace(estado, datos={**estado.datos, **de_ensayo}))
    for doc in estado.documentos:
        if doc.estado in PENDIENTES and doc.estado != POR_CANCELAR:
            regla = asunto.procedimiento.regla_de(doc.clave)
            numero = doc.numero or (NUMERO_DE_ENSAYO if regla.libro else None)
            borrador = doc.estado == POR_RESERVAR
            carta = Carta(regla, doc.clave, numero, fecha_de(asunto, doc), borrador)
            _llenar(v, papel_del_asunto(v, probado, carta))
            if borrador:
                exigir_cerrado(_ruta_del_borrador(asunto, doc))


def _llenar(v: Ventanilla, papel: Papel) -> bytes:
    # Word pesa en el arranque: sólo lo cargan las órdenes que escriben un documento.
    from expediente.documentos.plantilla import compilar

    ruta = v.raiz / "plantillas" / papel.documento.plantilla
    return compilar(ruta).llenar(campos_de_la_carta(papel))


def papel_del_asunto(v: Ventanilla, asunto: Asunto, carta: Carta) -> Papel:
    """Todo lo que hace falta para escribir esa carta de ese asunto."""
    corre = plazo_que_corre(v, asunto.procedimiento, asunto.estado)
    return Papel(
        oficina=v.oficina,
        procedimiento=asunto.procedimiento,
        documento=carta.documento,
        clave=carta.clave,
        folio=asunto.folio,
        estado=asunto.estado,
        catalogos=v.catalogos,
        numero=carta.numero,
        fecha=carta.fecha,
        borrador=carta.borrador,
        # Quien tecleó el paso o la reexpedición, la termine quien la termine.
        elaboro=lo_pedido(asunto).capturo,
        recibio=asunto.actuaciones[0].capturo,
        vence=corre.vence if corre else None,
        dias_de_espera=_dias_de_espera(v, asunto, carta),
    )


def _dias_de_espera(v: Ventanilla, asunto: Asunto, carta: Carta) -> int | None:
    """Los días hábiles que se lleva esperando la respuesta del oficio que la carta recuerda."""
    if carta.documento.reitera is None:
        return None
    oficio = reiterado(asunto.procedimiento, asunto.estado, carta.documento.reitera).oficio
    if oficio is None or oficio.fecha is None:
        return None
    return habiles_entre(oficio.fecha.date(), carta.fecha.date(), v.calendario)


@contextmanager
def ya_asentado(folio: str) -> Iterator[None]:
    """Si el disco falla después de asentar, que el error no invite a repetir el paso."""
    try:
        yield
    except EstaAbierto as error:
        raise EstaAbierto(
            f"{error.mensaje} Lo de {folio} sí quedó asentado: al cerrarlo, termínelo con: "
            f"expediente oficio emitir {folio}"
        ) from error
    except (ErrorDisco, SinPermiso) as error:
        causa, _, _ = error.mensaje.partition(". ")
        raise type(error)(
            f"{causa}. Lo de {folio} sí quedó asentado: no repita la orden; cuando el disco "
            f"responda, termine lo que falta con: expediente revisar --reparar {folio}"
        ) from error


def cumplir(v: Ventanilla, asunto: Asunto, recien: bool = False) -> Asunto:
    """El asunto con sus números y documentos pendientes ya cumplidos y asentados.

    `recien` dice que el paso se asentó en esta misma orden: no hace falta buscar en el
    libro un número que un apagón haya dejado tomado. Si otra persona cambia el caso entre
    tanto, quizá cumpliendo lo mismo, se sigue desde lo que ella dejó.
    """
    while asunto.estado.tiene_efectos_pendientes:
        try:
            asunto = _cumplir_lo_pendiente(v, asunto, recien)
        except CasoCambio:
            asunto, recien = tomar(v, asunto.folio), False
            anular_sobrantes(v, asunto.folio)
    return asunto


def _cumplir_lo_pendiente(v: Ventanilla, asunto: Asunto, recien: bool) -> Asunto:
    con_numeros = _dar_numeros(v, asunto, recien)
    pendientes = [d for d in con_numeros.estado.documentos if d.estado in PENDIENTES]
    hechos = [
        hecho for doc in pendientes for hecho in _cumplir_documento(v, con_numeros, doc, recien)
    ]
    actuacion = replace(
        v.nueva_actuacion("documento", _cuando_se_pidio(asunto.estado)),
        datos=_numeros(con_numeros, asunto),
        documentos=tuple(hechos),
    )
    hecho = asentar(v, con_actuaciones(asunto, actuacion))
    quitar_borradores(hecho)
    return hecho


def quitar_borradores(asunto: Asunto) -> None:
    """Borra el borrador de cada documento que ya tiene su versión definitiva."""
    vigentes = {d.fichero for d in asunto.estado.documentos if d.estado == RESERVADO}
    for doc in asunto.estado.documentos:
        ruta = _ruta_del_borrador(asunto, doc)
        borrador = f"documentos/{ruta.name}"
        # El que alguien mira en Word se queda: se borra la siguiente vez.
        if doc.fichero not in (None, borrador) and borrador not in vigentes and not abierto(ruta):
            with errores_de_disco(ruta):
                ruta.unlink(missing_ok=True)


def _ruta_del_borrador(asunto: Asunto, doc: Documento) -> Path:
    return asunto.carpeta / "documentos" / f"{_nombre(doc.clave, doc.numero)}_BORRADOR.docx"


def anular_sobrantes(v: Ventanilla, folio: str | None = None) -> None:
    """Anula los números tomados para un caso que después no los asentó; de todos sin `folio`.

    Los hay si dos personas cumplen lo mismo a la vez, o si el caso terminó tras un apagón.
    El caso se lee después que el libro: quien acaba de tomar uno lo tiene pendiente.
    """
    por_folio: dict[str, list[libros.Asiento]] = {}
    for asiento in libros.asientos(v.raiz):
        de = asiento.dice.get("folio")
        if de and not asiento.de_fuera and folio in (None, de):
            por_folio.setdefault(de, []).append(asiento)
    for de, asientos in por_folio.items():
        try:
            asunto = tomar(v, de)
        except ErrorExpediente:
            continue  # la auditoría del libro ya dice que no se puede leer
        if not asunto.estado.tiene_efectos_pendientes:
            for asiento in asientos:
                if not _asienta(asunto, asiento.numero):
                    _anular_sobrante(v, asunto, asiento)


def _asienta(asunto: Asunto, numero: str) -> bool:
    datos = asunto.estado.datos.values()
    return numero in datos or numero in numeros_conocidos(asunto.estado)


def _anular_sobrante(v: Ventanilla, asunto: Asunto, asiento: libros.Asiento) -> None:
    if asiento.dice["estado"] != CANCELADO:
        motivo = "Se tomó el número y el expediente no llegó a usarlo."
        anotar_en_el_libro(v, asiento.numero, {"estado": CANCELADO, "motivo": motivo})
    nombre = _nombre(asiento.dice["documento"], asiento.numero)
    for fichero in (f"{nombre}.docx", f"{nombre}_BORRADOR.docx"):
        ruta = asunto.carpeta / "documentos" / fichero
        with errores_de_disco(ruta):
            ruta.unlink(missing_ok=True)


def _cuando_se_pidio(estado: Estado) -> datetime | None:
    """El momento del paso, o de la reexpedición, que dejó los efectos pendientes."""
    pedidos = [d.fecha for d in estado.documentos if d.estado == POR_EMITIR and d.fecha]
    return max(pedidos, default=estado.concluido or estado.ultimo_paso)


def _numeros(despues: Asunto, antes: Asunto) -> dict[str, str]:
    return {n: despues.estado.datos[n] for n in antes.estado.numeros_pendientes}


def _dar_numeros(v: Ventanilla, asunto: Asunto, recien: bool) -> Asunto:
    estado = asunto.estado
    fecha = estado.ultimo_paso or v.ahora
    dice = {"estado": EMITIDO}
    dados = {
        n.clave: tomar_para_el_caso(v, asunto, n.libro, n.clave, fecha, dice, recien)
        for n in asunto.procedimiento.numeros
        if n.clave in estado.numeros_pendientes
    }
    return replace(asunto, estado=replace(estado, datos={**estado.datos, **dados}))


def _cumplir_documento(
    v: Ventanilla, asunto: Asunto, doc: Documento, recien: bool
) -> list[dict[str, str]]:
    """Lo que hay que asentar para dejar cumplido ese documento, ya hecho en libro y carpeta."""
    if doc.estado == POR_CANCELAR:
        return [_cancelar_documento(v, doc)]
    regla = asunto.procedimiento.regla_de(doc.clave)
    borrador, fecha = doc.estado == POR_RESERVAR, fecha_de(asunto, doc)
    papel = papel_del_asunto(v, asunto, Carta(regla, doc.clave, doc.numero, fecha, borrador))
    dice = {**para_el_minutario(papel), "estado": RESERVADO}
    if borrador:
        dice["reservado"] = fecha.date().isoformat()
    otro_anio = bool(regla.libro) and es_de_otro_anio(v, regla.libro or "", asunto, doc)
    if regla.libro and (doc.numero is None or otro_anio):
        numero = tomar_para_el_caso(v, asunto, regla.libro, doc.clave, fecha, dice, recien)
        papel = replace(papel, numero=numero)
    contenido = _llenar(v, papel)
    fichero = _guardar(asunto, doc.clave, papel.numero, borrador, contenido)
    if papel.numero and not borrador:
        emision = {**dice, "estado": EMITIDO, "fecha": fecha.date().isoformat()}
        anotar_en_el_libro(v, papel.numero, emision)
    hecho = {
        "clave": doc.clave,
        "estado": RESERVADO if borrador else EMITIDO,
        "fichero": fichero,
        "sha256": sha256(contenido).hexdigest(),
        **({"numero": papel.numero} if papel.numero else {}),
    }
    return [*_soltar_el_reservado(v, doc, fecha), hecho] if otro_anio else [hecho]


def _soltar_el_reservado(v: Ventanilla, doc: Documento, fecha: datetime) -> list[dict[str, str]]:
    """Lo que asienta que el número de otro año se cancela y el oficio sigue con uno nuevo."""
    motivo = f"Se reservó y no salió en su año: el oficio se emitió en {fecha.year}, con otro."
    por_emitir = {"clave": doc.clave, "estado": POR_EMITIR}
    return [_cancelar_documento(v, replace(doc, motivo=motivo)), por_emitir]


def _cancelar_documento(v: Ventanilla, doc: Documento) -> dict[str, str]:
    motivo = doc.motivo or "El expediente terminó sin emitirlo."
    assert doc.numero is not None
    anotar_en_el_libro(v, doc.numero, {"estado": CANCELADO, "motivo": motivo})
    return {"clave": doc.clave, "estado": CANCELADO, "numero": doc.numero, "motivo": motivo}


def _nombre(clave: str, numero: str | None) -> str:
    fichero = clave.replace(".", "-")
    return f"{fichero}-{numero.replace('/', '-')}" if numero else fichero


def _guardar(
    asunto: Asunto, clave: str, numero: str | None, borrador: bool, contenido: bytes
) -> str:
    """Deja el documento en la carpeta del caso sin pisar otro ya emitido."""
    nombre = _nombre(clave, numero)
    carpeta = asunto.carpeta / "documentos"
    hacer_carpeta(carpeta)
    base = f"{nombre}_BORRADOR" if borrador else nombre
    for vuelta in range(1, 1000):
        ruta = carpeta / (f"{base}.docx" if vuelta == 1 else f"{base}_v{vuelta:02d}.docx")
        if not ruta.exists() or borrador or leer_bytes(ruta) == contenido:
            break
    if ruta.exists():
        exigir_cerrado(ruta)
    escribir_entero(ruta, contenido)
    return f"documentos/{ruta.name}"


def poner_al_dia_el_libro(
    v: Ventanilla, asunto: Asunto, previos: Collection[Documento] = ()
) -> list[str]:
    """Hace que el libro diga lo que el caso: emitido, entregado o cancelado.

    Sólo mira los documentos que no están en `previos`. Devuelve los números cuyo asiento
    estaba atrasado.
    """
    atrasados = []
    for doc in asunto.estado.documentos:
        if doc.numero and doc not in previos and doc.estado in EN_EL_LIBRO:
            acuse = doc.fecha if doc.estado == ENTREGADO else None
            cambios = {
                "estado": doc.estado,
                "motivo": doc.motivo,
                "entregado": acuse.isoformat(timespec="minutes") if acuse else None,
                "recibe": doc.recibe,
            }
            if anotar_en_el_libro(v, doc.numero, {k: x for k, x in cambios.items() if x}):
                atrasados.append(doc.numero)
    return atrasados
