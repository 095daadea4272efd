"""Lo que un paso produce fuera del caso: números del libro y documentos.

El paso se asienta primero y sus efectos después, uno por uno y sin repetirse: si la
máquina se apaga en medio, el caso dice qué falta y `cumplir` lo termina. Por eso sólo
quien ganó el paso toma un número, y ninguno se pierde ni se toma dos veces.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from expediente.almacen.abiertos import exigir_cerrado
from expediente.documentos.papel import Papel
from expediente.documentos.redaccion import para_el_minutario
from expediente.nucleo.errores import (
    CasoCambio,
    ErrorDisco,
    EstaAbierto,
    Interrumpido,
    SinPermiso,
)
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    PENDIENTES,
    POR_CANCELAR,
    POR_EMITIR,
    POR_RESERVAR,
    RESERVADO,
    Documento,
    Estado,
)
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, tomar
from expediente.operaciones.cartas import Carta, llenar_carta, papel_del_asunto
from expediente.operaciones.documentos_del_caso import (
    guardar_documento,
    quitar_borradores,
    ruta_del_borrador,
)
from expediente.operaciones.libro_al_dia import anular_sobrantes
from expediente.operaciones.numeracion import (
    anotar_en_el_libro,
    es_de_otro_anio,
    fecha_de,
    tomar_para_el_caso,
)
from expediente.operaciones.ventanilla import Ventanilla

NUMERO_DE_ENSAYO = "0000"


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
            llenar_carta(v, papel_del_asunto(v, probado, carta))
            if borrador:
                exigir_cerrado(ruta_del_borrador(asunto, doc))


@contextmanager
def ya_asentado(folio: str) -> Iterator[None]:
    """Si el disco falla después de asentar, que el error no invite a repetir el paso."""
    try:
        yield
    except KeyboardInterrupt as corte:
        raise Interrumpido(
            f"Interrumpido. Lo de {folio} sí quedó asentado: no lo repita; si dejó documentos por "
            f"hacer, termínelos con: expediente oficio emitir {folio}"
        ) from corte
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
    contenido = llenar_carta(v, papel)
    fichero = guardar_documento(asunto, doc.clave, papel.numero, borrador, contenido)
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
    return [*_soltar_el_reservado(v, doc, papel), hecho] if otro_anio else [hecho]


def _soltar_el_reservado(v: Ventanilla, doc: Documento, papel: Papel) -> list[dict[str, str]]:
    """Lo que asienta que el número de otro año se cancela y el oficio sigue con uno nuevo."""
    motivo = (
        f"Se reservó y no salió en su año: el oficio se emitió en {papel.fecha.year}, con el "
        f"{papel.numero}."
    )
    por_emitir = {"clave": doc.clave, "estado": POR_EMITIR}
    return [_cancelar_documento(v, replace(doc, motivo=motivo)), por_emitir]


def _cancelar_documento(v: Ventanilla, doc: Documento) -> dict[str, str]:
    motivo = doc.motivo or "El expediente terminó sin emitirlo."
    assert doc.numero is not None
    anotar_en_el_libro(v, doc.numero, {"estado": CANCELADO, "motivo": motivo})
    return {"clave": doc.clave, "estado": CANCELADO, "numero": doc.numero, "motivo": motivo}
