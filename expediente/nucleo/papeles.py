"""Lo que cada actuación hace a los documentos de un caso: reservar, emitir, entregar, anular."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from expediente.nucleo.campo import elementos_de
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    POR_CANCELAR,
    POR_EMITIR,
    POR_RESERVAR,
    RESERVADO,
    Documento,
    Estado,
)
from expediente.nucleo.procedimiento import Procedimiento, Salida

Documentos = tuple[Documento, ...]


def claves_de_documento(p: Procedimiento, claves: Iterable[str], estado: Estado) -> list[str]:
    """Las claves con que se llevan en el caso: una por elemento si el documento va por cada uno."""
    todas: list[str] = []
    for clave in claves:
        lista = p.documento[clave].por_cada
        numeros = elementos_de(lista, estado.datos) if lista else []
        todas += [f"{clave}.{n}" for n in numeros] if lista else [clave]
    return todas


def por_entregar(p: Procedimiento, claves: Iterable[str], estado: Estado) -> list[str]:
    """Lo que se entrega: de los que van por cada elemento, los que se emitieron.

    A quien se añadió a la lista después de emitir no se le debe ninguno.
    """
    habidos = {d.clave for d in estado.documentos}
    todas: list[str] = []
    for clave in claves:
        suyas = claves_de_documento(p, (clave,), estado)
        todas += [c for c in suyas if c in habidos] or suyas
    return todas


def documentos_tras(p: Procedimiento, estado: Estado, salida: Salida, a: Actuacion) -> Documentos:
    """Los documentos como quedan tras un paso."""
    documentos = estado.documentos
    for clave in claves_de_documento(p, salida.prepara, estado):
        documentos = (*documentos, Documento(clave, POR_RESERVAR))
    for clave in claves_de_documento(p, salida.emite, estado):
        documentos = _por_emitir(documentos, clave, a)
    for clave in claves_de_documento(p, salida.anula, estado):
        documentos = _en_vivo(documentos, clave, POR_CANCELAR, motivo=a.nota)
    for clave in por_entregar(p, salida.entrega, estado):
        documentos = _entregar(documentos, clave, a, a.detalle.get("recibe"))
    return documentos


def por_evento(p: Procedimiento, documentos: Documentos, a: Actuacion) -> Documentos:
    """Los documentos con el oficio que el evento lleva, si el procedimiento lo firma."""
    return _por_emitir(documentos, a.tipo, a) if a.tipo in p.documento else documentos


def _por_emitir(documentos: Documentos, clave: str, a: Actuacion) -> Documentos:
    return _en_vivo(documentos, clave, POR_EMITIR, nuevo=True, fecha=a.ocurrio, emitido=a.ocurrio)


def asentar_documentos(documentos: Documentos, a: Actuacion) -> Documentos:
    """Los documentos con lo que una actuación dice de ellos: su número, su fichero, su estado."""
    for hecho in a.documentos:
        cambios: dict[str, Any] = {
            k: hecho[k] for k in ("numero", "fichero", "sha256", "motivo") if k in hecho
        }
        if hecho["estado"] != RESERVADO:
            cambios["fecha"] = a.ocurrio
        nuevo = hecho["estado"] == POR_EMITIR
        if nuevo:
            cambios["emitido"] = a.ocurrio
        documentos = _en_vivo(documentos, hecho["clave"], hecho["estado"], nuevo, **cambios)
    return documentos


def tras_deshacer(documentos: Documentos, a: Actuacion) -> Documentos:
    """Los documentos con lo que la actuación dice de los que produjo lo deshecho.

    El que lleva un número vivo cambia; los demás se añaden, para que nada quede sin explicar.
    """
    for hecho in a.documentos:
        numero = hecho.get("numero")
        borrador = (hecho["clave"], None, RESERVADO) if hecho["estado"] == POR_RESERVAR else None
        vivos = (
            i
            for i, d in enumerate(documentos)
            if (d.numero == numero if numero else (d.clave, d.numero, d.estado) == borrador)
        )
        lugar = next(vivos, None)
        if lugar is not None:
            documentos = _cambiado(documentos, lugar, hecho["estado"], motivo=hecho.get("motivo"))
        else:
            nuevo = Documento(
                hecho["clave"],
                hecho["estado"],
                numero,
                hecho.get("fichero"),
                hecho.get("sha256"),
                fecha=a.ocurrio,
                motivo=hecho.get("motivo"),
            )
            iguales = (replace(d, fecha=a.ocurrio) == nuevo for d in documentos)
            if not any(iguales):
                # El papel que ya no vale va delante: el último de su clave es el vigente.
                muerto = nuevo.estado in (CANCELADO, POR_CANCELAR)
                documentos = (nuevo, *documentos) if muerto else (*documentos, nuevo)
    return documentos


def con_acuse(documentos: Documentos, a: Actuacion) -> Documentos:
    """Los documentos con los que la actuación dice que se entregaron."""
    for hecho in a.documentos:
        documentos = _entregar(
            documentos, hecho["clave"], a, hecho.get("recibe"), hecho.get("numero")
        )
    return documentos


def sin_reservas(documentos: Documentos, a: Actuacion) -> Documentos:
    """Los documentos de un caso que termina: lo reservado sin emitir se cancela."""
    return tuple(_sin_reserva(doc, a) for doc in documentos)


def _sin_reserva(doc: Documento, a: Actuacion) -> Documento:
    if doc.estado not in (RESERVADO, POR_RESERVAR):
        return doc
    motivo = a.nota or "El expediente terminó sin emitirlo."
    return replace(doc, estado=POR_CANCELAR if doc.numero else CANCELADO, motivo=motivo)


def _entregar(
    documentos: Documentos,
    clave: str,
    a: Actuacion,
    recibe: str | None,
    numero: str | None = None,
) -> Documentos:
    """Los documentos con ése entregado.

    El que ya tenía acuse conserva su fecha y quien recibió, si se sabía.
    """
    lugar = _lugar_vivo(documentos, clave, numero)
    if lugar is None or documentos[lugar].consta_quien_recibio:
        return documentos
    if documentos[lugar].estado == ENTREGADO:
        return _cambiado(documentos, lugar, ENTREGADO, recibe=recibe)
    return _cambiado(documentos, lugar, ENTREGADO, fecha=a.ocurrio, recibe=recibe)


def _lugar_vivo(documentos: Documentos, clave: str, numero: str | None = None) -> int | None:
    """El lugar del documento sin cancelar que lleva ese número; o del último de la clave."""
    vivos = [i for i, d in enumerate(documentos) if d.clave == clave and d.estado != CANCELADO]
    numerados = [i for i in vivos if numero and documentos[i].numero == numero]
    return max(numerados or vivos, default=None)


def _en_vivo(
    documentos: Documentos, clave: str, estado: str, nuevo: bool = False, **cambios: Any
) -> Documentos:
    """Los documentos con uno sin cancelar cambiado; o con uno nuevo si ya no hay por emitir."""
    lugar = _lugar_vivo(documentos, clave, cambios.get("numero"))
    if lugar is None or (nuevo and documentos[lugar].estado in (EMITIDO, ENTREGADO)):
        return (*documentos, Documento(clave, estado, **cambios)) if nuevo else documentos
    if estado == POR_CANCELAR and not documentos[lugar].numero:
        estado = CANCELADO
    return _cambiado(documentos, lugar, estado, **cambios)


def _cambiado(documentos: Documentos, lugar: int, estado: str, **cambios: Any) -> Documentos:
    cambiado = replace(documentos[lugar], estado=estado, **cambios)
    return (*documentos[:lugar], cambiado, *documentos[lugar + 1 :])
