"""La tabla plana de hechos de la que sale toda cifra: sus columnas y cuáles son de nadie.

Cada renglón es un tramo. Lo que puede decir de quién es un asunto no sale si no se pide, y
la lista es de lo que sí: un texto que la oficina añada mañana no sale mientras no se pida.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from expediente.nucleo.campo import Campo, Catalogo, hojas, partes_de
from expediente.nucleo.nombres_de_condiciones import HECHOS_DE_DOCUMENTO, nombres_de_informe
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.publicable import LUGARES
from expediente.nucleo.tramos import Tramo

TEXTO, DIA, MOMENTO, NUMERO, SI_NO = "texto", "día", "momento", "número", "0 o 1"
MOVIMIENTOS = ("recibidos", "reabiertos", "concluidos")
# Las que lleva toda tabla, en su orden: su tipo y qué dicen.
COMUNES: dict[str, tuple[str, str]] = {
    "folio": (TEXTO, "El expediente."),
    "procedimiento": (TEXTO, "La clave de su procedimiento."),
    "desde": (DIA, "El día en que algo pasó: lo que sigue es lo que constaba al cerrarlo."),
    "hasta": (DIA, "El día en que pasó otra cosa, que ya no cubre; vacío si no ha pasado."),
    "cerrado": (DIA, "Desde qué día está concluido sin interrupción; vacío si está abierto."),
    "abierto": (SI_NO, "Si seguía en trámite al cerrar ese día."),
    "recibidos": (NUMERO, "1 el día en que se recibió; 0 los demás."),
    "reabiertos": (NUMERO, "Cuántas veces se reabrió el día `desde`, o se deshizo su cierre."),
    "concluidos": (NUMERO, "Cuántas veces se concluyó el día `desde`."),
    "situacion": (TEXTO, "La clave de su situación."),
    "donde": (TEXTO, "Su situación como se lee: el paso que toca o cómo terminó."),
    "canal": (TEXTO, "Por dónde llegó."),
    "recibido": (MOMENTO, "Cuándo se recibió."),
    "concluido": (MOMENTO, "Cuándo se concluyó; vacío si está abierto."),
    "vence": (MOMENTO, "Cuándo vence el plazo que corre; vacío si no corre ninguno."),
    "aviso": (TEXTO, "Lo que no se pudo calcular de él; casi siempre vacío."),
}
DE_DOCUMENTO: dict[str, tuple[str, str]] = {
    "doc.clave": (TEXTO, "Qué documento del procedimiento es."),
    "doc.numero": (TEXTO, "Su número de oficio; vacío si no lleva."),
    "doc.estado": (TEXTO, "Autorizado, Entregado o Cancelado."),
    "doc.fecha": (DIA, "La fecha que lleva escrita o, si no se emitió, la de su cancelación."),
    "doc.emitido": (MOMENTO, "Cuándo se emitió; vacío si no llegó a salir."),
    "doc.anulado": (MOMENTO, "Cuándo se canceló."),
    "doc.entregado": (MOMENTO, "Cuándo se entregó."),
    "doc.recibe": (TEXTO, "Quién lo recibió (dato personal)."),
    "doc.motivo": (TEXTO, "Por qué se canceló (dato personal: puede nombrar a alguien)."),
}
# De cada procedimiento, según sus pasos, plazos, documentos y campos: de dónde sale cada una.
FAMILIAS: dict[str, tuple[str, str]] = {
    "ocurrio.PASO": (MOMENTO, "La última vez que se dio ese paso."),
    "ocurrio.PASO.RESULTADO": (MOMENTO, "La última vez que se dio con ese resultado."),
    "actuo.PASO": (TEXTO, "Quién lo dio: su clave en el personal."),
    "actuo.PASO.RESULTADO": (TEXTO, "Quién lo dio con ese resultado."),
    "resultado.PASO": (TEXTO, "El último resultado que se eligió en él."),
    "veces.PASO.RESULTADO": (NUMERO, "Cuántas veces se eligió."),
    "nota.PASO": (TEXTO, "Lo que se anotó al darlo (dato personal)."),
    "periodo.PASO": (TEXTO, "De un paso que se repite, el último periodo que se dio."),
    "vence.PLAZO": (MOMENTO, "Cuándo vence, o venció, ese plazo."),
    "cumplido.PLAZO": (MOMENTO, "Cuándo se cumplió."),
    "en_plazo.PLAZO": (SI_NO, "Si se cumplió a tiempo."),
    "plazo.desde": (MOMENTO, "Desde cuándo cuenta el plazo que corre."),
    "plazo.meta": (MOMENTO, "La meta interna del plazo que corre, si tiene."),
    "emitido.DOCUMENTO": (MOMENTO, "Cuándo se emitió el que vale."),
    "numero.DOCUMENTO": (TEXTO, "El número del que vale."),
    "recordatorios.DOCUMENTO": (NUMERO, "Cuántos recordatorios lleva."),
    "NUMERO": (TEXTO, "Un número propio del procedimiento, como el de reporte."),
    "CAMPO": (TEXTO, "Un dato del formulario, con su tipo; de una lista, sus elementos en JSON."),
    "CAMPO.nombre": (TEXTO, "De una opción, cómo se lee."),
    "CAMPO.ATRIBUTO": (TEXTO, "De una opción, otro dato de su catálogo."),
    "canal.nombre": (TEXTO, "Por dónde llegó, como se lee."),
    "asignado": (TEXTO, "A quién se asignó: su clave en el personal."),
    "reasignaciones": (NUMERO, "Cuántas veces cambió de manos."),
    "suspendido": (SI_NO, "Si sus plazos estaban detenidos."),
}
# Lo que depende de cuándo se mire no es un hecho: se calcula con `vence`.
_DEL_MOMENTO = frozenset({"vencido"})
_PERSONALES_DE_DOCUMENTO = ("doc.recibe", "doc.motivo")
_IMPERSONALES = ("opcion", "si-no", "entero", "monto", "decimal", "fecha", "hora", "folio")
_COORDENADAS = ("latitud", "longitud")


def columnas_exportables(
    procedimientos: Iterable[Procedimiento],
    catalogos: Mapping[str, Catalogo],
    por_documento: bool,
    con_personales: bool,
) -> list[str]:
    """Las columnas de la tabla, siempre las mismas para las mismas reglas.

    Primero las comunes; después, las de documentos si va un renglón por cada uno; al final,
    por orden alfabético, las de cada procedimiento.
    """
    comunes = [c for c in COMUNES if not (por_documento and c in MOVIMIENTOS)]
    de_documento = [c for c in DE_DOCUMENTO if con_personales or c not in _PERSONALES_DE_DOCUMENTO]
    propias = {"plazo.desde", "plazo.meta", "vence.prevencion"}
    for p in procedimientos:
        nombres = nombres_de_informe(p, catalogos)
        propias |= nombres if con_personales else nombres - personales(p, nombres)
    propias -= {*COMUNES, *_DEL_MOMENTO, *(f"doc.{que}" for que in HECHOS_DE_DOCUMENTO)}
    return [*comunes, *(de_documento if por_documento else ()), *sorted(propias)]


def personales(p: Procedimiento, nombres: Iterable[str]) -> set[str]:
    """De esos hechos, los que pueden decir de quién es el asunto: todo texto libre, y más."""
    del_formulario = {campo.clave for campo in p.campos}
    listas = {campo.clave for campo in p.campos if campo.lista and not campo.sensible}
    de_todos = {clave for campo in p.campos for clave in _impersonales(campo)}
    return {
        nombre
        for nombre in nombres
        if nombre.startswith("nota.")
        or (
            nombre.split(".", 1)[0] in del_formulario
            and nombre not in (listas | de_todos)
            and nombre.rpartition(".")[0] not in de_todos
        )
    }


def _impersonales(campo: Campo) -> Iterator[str]:
    """Los datos de un campo que no dicen de quién es: qué, cuánto, cuándo, en qué colonia."""
    for hoja in hojas(campo) if not campo.sensible else ():
        clave = hoja.clave.replace(".#", "", 1)
        parte = clave.rpartition(".")[2] if partes_de(campo) else ""
        if parte in LUGARES or (hoja.tipo in _IMPERSONALES and parte not in _COORDENADAS):
            yield clave


def renglones_del_tramo(tramo: Tramo, por_documento: bool) -> Iterator[Mapping[str, Any]]:
    """Los renglones de un tramo: uno o, si se pide, uno por cada uno de sus documentos."""
    comunes = {
        **tramo.hechos,
        "desde": tramo.desde,
        "hasta": tramo.hasta,
        "cerrado": tramo.cerrado,
        "aviso": tramo.aviso,
        "vence": tramo.vence,
    }
    if por_documento:
        yield from ({**comunes, **documento} for documento in tramo.documentos)
        return
    yield {**comunes, **{que: tramo.movimientos.count(que) for que in MOVIMIENTOS}}
