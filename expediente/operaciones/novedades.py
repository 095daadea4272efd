"""Lo que cambió en los documentos de un asunto entre dos momentos."""

from dataclasses import replace
from pathlib import Path

from expediente.nucleo.caso import Actuacion
from expediente.nucleo.estado import CANCELADO, ENTREGADO
from expediente.nucleo.papeles import por_entregar
from expediente.operaciones.asunto import Asunto
from expediente.operaciones.numeracion import aviso_de_quien_recibio


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


def sin_otro_nombre(asunto: Asunto, actuacion: Actuacion) -> tuple[Actuacion, list[str]]:
    """La entrega sin el nombre que no cambia nada, y el aviso de lo que ya constaba."""
    p, estado, recibe = asunto.procedimiento, asunto.estado, actuacion.detalle.get("recibe")
    salida = p.por_clave[actuacion.paso or ""].salida(actuacion.resultado)
    if recibe is None or salida is None:
        return actuacion, []
    entregados = [estado.documento(c) for c in por_entregar(p, salida.entrega, estado)]
    constan = [d for d in entregados if d is not None and d.consta_quien_recibio]
    avisos = [
        f"De {d.numero or d.clave} ya constaba, con otro nombre, quién lo recibió: no se cambió."
        for d in constan
        if d.recibe != recibe
    ]
    if avisos and len(constan) == len(entregados):
        detalle = {k: x for k, x in actuacion.detalle.items() if k != "recibe"}
        actuacion = replace(actuacion, detalle=detalle)
    return actuacion, avisos


def sin_quien_recibio(antes: Asunto, despues: Asunto) -> list[str]:
    """Qué oficios se acaban de entregar sin decir quién los recibió, y cómo se dice después."""
    previos = {d.numero for d in antes.estado.documentos if d.estado == ENTREGADO}
    return [
        aviso_de_quien_recibio(doc.numero)
        for doc in despues.estado.documentos
        if doc.estado == ENTREGADO and doc.numero and not doc.recibe and doc.numero not in previos
    ]
