"""Deshacer lo último que movió un caso: qué se deshace y qué pasa con sus papeles.

Nada se borra: se asienta que tales actuaciones no cuentan. Los números que habían tomado
se cancelan en su libro, y lo que estaba reservado vuelve a estarlo.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from expediente.nucleo.caso import Actuacion
from expediente.nucleo.errores import NoPermitido
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
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import deshechas_por

MOTIVO = "Se deshizo el paso que lo produjo."
_NO_MUEVEN = ("nota", "anexo", "correccion", "relacion")
Hecho = dict[str, str]


def lo_ultimo(actuaciones: Sequence[Actuacion]) -> tuple[Actuacion, list[str]]:
    """Lo último que movió el caso, y los números de las actuaciones que hay que deshacer.

    Con el paso se deshace lo que produjo en el libro y en la carpeta. Lanza NoPermitido si
    sólo se abrió, o si después se acusó, reexpidió o canceló un oficio, o se abrió un caso.
    """
    deshechas: set[str] = set()
    efectos: list[str] = []
    for a in reversed(actuaciones):
        deshechas |= set(deshechas_por(a))
        if a.tipo == "deshecho":
            # Lo que un deshacer posterior hizo a los papeles deja de valer con el paso.
            efectos.append(str(a.numero))
        if a.tipo == "deshecho" or str(a.numero) in deshechas:
            continue
        if a.tipo == "apertura":
            raise NoPermitido("Sólo consta la apertura: no hay paso que deshacer. Cancélelo.")
        if porque := _lo_impide(a):
            raise NoPermitido(f"Ya no se deshace: después {porque}.")
        if a.tipo == "documento":
            efectos.append(str(a.numero))
        elif a.tipo not in _NO_MUEVEN:
            return a, sorted([str(a.numero), *efectos], key=int)
    raise AssertionError("un caso empieza con su apertura")


def _lo_impide(a: Actuacion) -> str | None:
    if a.tipo == "acuse":
        return "se acusó un oficio"
    if a.tipo == "archivo":
        return "se archivó el expediente"
    # Sin nota, es lo que el programa cumplió del mismo paso.
    if a.tipo == "documento" and a.nota:
        return "se reexpidió o canceló un oficio"
    if a.tipo == "relacion" and a.detalle.get("origen"):
        return f"se abrió {a.detalle['folio']}, que nació de él; cancele aquél primero"
    return None


def papeles_al_deshacer(p: Procedimiento, antes: Estado, despues: Estado) -> tuple[Hecho, ...]:
    """Qué hacer con cada documento para que los papeles digan lo mismo que la historia.

    `antes` y `despues` son los estados con y sin lo que se deshace. Lanza NoPermitido si
    algo ya se entregó.
    """
    previos = {d.numero: d for d in despues.documentos if d.numero}
    hechos = [h for doc in antes.documentos for h in _del_documento(doc, previos, despues)]
    for numero in p.numeros:
        dado = antes.datos.get(numero.clave)
        if dado and dado != despues.datos.get(numero.clave):
            hechos.append(_por_cancelar(numero.clave, dado))
    return tuple(hechos)


def _del_documento(
    doc: Documento, previos: dict[str, Documento], despues: Estado
) -> Iterator[Hecho]:
    if doc in despues.documentos:
        return
    if doc.estado == CANCELADO and (doc.numero is None or doc.numero not in previos):
        yield _recuerdo(doc)
        return
    if doc.estado == ENTREGADO:
        raise NoPermitido("Ya no se deshace: el documento se entregó. Corrija o reabra.")
    previo = previos.get(doc.numero) if doc.numero else _borrador_de(doc.clave, despues)
    if previo is None and doc.numero and doc.estado != CANCELADO:
        yield _por_cancelar(doc.clave, doc.numero, doc.fichero)
    elif previo is not None and doc.estado in (CANCELADO, POR_CANCELAR):
        # El número se anuló y no vuelve a usarse: el documento toma otro.
        otra_vez = POR_RESERVAR if previo.estado == RESERVADO else POR_EMITIR
        yield {"clave": doc.clave, "estado": CANCELADO, "numero": doc.numero or ""}
        yield {"clave": doc.clave, "estado": otra_vez}
    elif previo is not None and previo.estado == RESERVADO and doc.estado == EMITIDO:
        yield {"clave": doc.clave, "estado": POR_RESERVAR, "numero": doc.numero or ""}
    if doc.estado == EMITIDO and doc.fichero and (previo is not None or doc.numero is None):
        yield _recuerdo(replace(doc, numero=None, motivo=MOTIVO))


def _borrador_de(clave: str, estado: Estado) -> Documento | None:
    """El borrador sin número de ese documento; None si no lo hay."""
    posibles = (d for d in estado.documentos if (d.clave, d.numero) == (clave, None))
    return next((d for d in posibles if d.estado == RESERVADO), None)


def _recuerdo(doc: Documento) -> Hecho:
    """Un papel que ya no vale y sigue en la carpeta, para que nada quede sin explicar."""
    dicho = {
        "numero": doc.numero,
        "fichero": doc.fichero,
        "sha256": doc.sha256,
        "motivo": doc.motivo,
    }
    return {"clave": doc.clave, "estado": CANCELADO, **{k: v for k, v in dicho.items() if v}}


def _por_cancelar(clave: str, numero: str, fichero: str | None = None) -> Hecho:
    hecho = {"clave": clave, "estado": POR_CANCELAR, "numero": numero, "motivo": MOTIVO}
    return {**hecho, **({"fichero": fichero} if fichero else {})}
