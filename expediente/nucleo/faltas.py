"""Qué le falta a un paso para poder darse: datos, requisitos, documentos, quien autorice."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expediente.nucleo.ajustes import Persona
from expediente.nucleo.campo import Catalogos, elementos_de, opciones_de
from expediente.nucleo.captura import hojas_que_faltan
from expediente.nucleo.errores import NoPermitido
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    POR_EMITIR,
    Documento,
    Estado,
)
from expediente.nucleo.papeles import por_entregar
from expediente.nucleo.procedimiento import Paso, Procedimiento, Requisito


@dataclass(frozen=True)
class Falta:
    """Algo que falta para dar un paso.

    `clase` es campo, requisito, documento o persona. `orden` son los argumentos que lo
    darían: «…» está donde va una de `opciones` o, si no las hay, un dato de ese `tipo`.
    Un documento lo da otra orden, entera, con FOLIO donde va el del caso; o, sin orden, uno
    de los pasos que dice `opciones`.
    """

    clase: str
    clave: str
    nombre: str
    tipo: str = "texto"
    opciones: tuple[str, ...] = ()
    orden: tuple[str, ...] = ()


class Incompleto(NoPermitido):
    """El paso no puede darse todavía; `falta` es lo mismo que dice el mensaje, para guiones."""

    def __init__(self, mensaje: str, falta: Sequence[Falta]) -> None:
        super().__init__(mensaje)
        self.falta = tuple(falta)


def lo_que_vale(paso: Paso, estado: Estado, nuevos: Mapping[str, str]) -> dict[str, str]:
    """Los datos que cuentan como dados en este paso.

    En una vuelta nueva lo que el paso captura se pide otra vez: lo de antes era de antes.
    """
    repetido = paso.clave in estado.ocurrio
    valen = {
        clave: dato
        for clave, dato in estado.datos.items()
        if not (repetido and clave.split(".", 1)[0] in paso.pide)
    }
    return {clave: dato for clave, dato in {**valen, **nuevos}.items() if dato}


def campos_que_faltan(
    p: Procedimiento,
    captura: Collection[str],
    datos: Mapping[str, str],
    hechos: Mapping[str, Any],
    catalogos: Catalogos,
) -> list[Falta]:
    """Los datos que se capturan, se exigen y no constan en `datos`."""
    faltan = []
    for campo in p.campos:
        if campo.clave in captura:
            for hoja in hojas_que_faltan(campo, datos, hechos):
                opciones = tuple(opciones_de(hoja, catalogos))
                orden = ("-d", f"{hoja.clave}=…")
                faltan.append(Falta("campo", hoja.clave, hoja.nombre, hoja.tipo, opciones, orden))
    return faltan


def requisitos_que_faltan(
    p: Procedimiento, paso: Paso, estado: Estado, hechos: Mapping[str, Any]
) -> list[Falta]:
    """Los requisitos que este paso exige y no se han entregado."""
    return [
        Falta("requisito", clave, r.nombre, orden=("--requisito", clave))
        for r in requisitos_del_paso(p, paso)
        if (r.obligatorio_si.cumple(hechos) if r.obligatorio_si else r.obligatorio)
        for clave in claves_de_requisito(r, estado.datos)
        if clave not in estado.requisitos
    ]


def requisitos_del_paso(p: Procedimiento, paso: Paso) -> list[Requisito]:
    """Los que el paso nombra y, si los pide todos, los que ningún paso nombra."""
    nombrados = {clave for uno in p.pasos for clave in uno.requisitos}
    return [
        r
        for r in p.requisitos
        if r.clave in paso.requisitos or (paso.pide_requisitos and r.clave not in nombrados)
    ]


def requisitos_del_tramite(
    p: Procedimiento, estado: Estado, hechos: Mapping[str, Any]
) -> list[tuple[str, bool]]:
    """(nombre, si consta) de los que se piden a quien tramita; no los de un solo paso.

    Los que no obligan sólo van si se entregaron.
    """
    nombrados = {clave for uno in p.pasos for clave in uno.requisitos}
    return [
        (r.nombre, r.clave in estado.requisitos)
        for r in p.requisitos
        if r.clave not in nombrados and not r.por_cada
        if r.clave in estado.requisitos
        or (r.obligatorio_si.cumple(hechos) if r.obligatorio_si else r.obligatorio)
    ]


def claves_de_requisito(requisito: Requisito, datos: Mapping[str, str]) -> list[str]:
    """Con qué claves se entrega: una por elemento si se pide uno por cada uno."""
    if requisito.por_cada is None:
        return [requisito.clave]
    return [f"{requisito.clave}.{n}" for n in elementos_de(requisito.por_cada, datos)]


def documentos_que_faltan(p: Procedimiento, paso: Paso, estado: Estado) -> list[Falta]:
    """Los documentos que este paso entrega y no se han emitido."""
    listos = (EMITIDO, ENTREGADO, POR_EMITIR)
    entrega = sorted({clave for salida in paso.salidas for clave in salida.entrega})
    return [
        _documento_que_falta(p, clave, doc)
        for clave in por_entregar(p, entrega, estado)
        if (doc := estado.documento(clave)) is None or doc.estado not in listos
    ]


def _documento_que_falta(p: Procedimiento, clave: str, doc: Documento | None) -> Falta:
    """Cómo se consigue: reexpidiéndolo si se canceló ya emitido; si no, dando quien lo emite."""
    nombre, base = p.regla_de(clave).nombre, clave.split(".", 1)[0]
    if doc is not None and doc.estado == CANCELADO and doc.emitido:
        orden = ("oficio", "emitir", "FOLIO", "--documento", clave)
        return Falta("documento", clave, nombre, orden=orden)
    emiten = tuple(
        f"{paso.clave}/{salida.clave}" if salida.clave else paso.clave
        for paso in p.pasos
        for salida in paso.salidas
        if base in salida.emite
    )
    return Falta("documento", clave, nombre, opciones=emiten)


def persona_que_falta(p: Procedimiento, paso: Paso, personal: Sequence[Persona]) -> list[Falta]:
    """Quién debe autorizarlo, si el paso se autoriza."""
    if not paso.autoriza:
        return []
    pueden = tuple(x.clave for x in personal if paso.responsable in x.roles)
    rol = p.rol[paso.responsable]
    return [Falta("persona", rol.clave, rol.nombre, "persona", pueden, ("--por", "…"))]
