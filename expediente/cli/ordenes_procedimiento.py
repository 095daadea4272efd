"""Las órdenes de los procedimientos: listar, ver y revisar."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.cli.vista_procedimiento import (
    HACE,
    condicion_de,
    donde_se_exige,
    donde_se_pide,
    ensenar_procedimiento,
    escribible,
    plazos_de,
)
from expediente.nucleo.campo import Campo, opciones_de
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.procedimiento import Paso, Procedimiento, ReglaPlazo, Requisito, Salida
from expediente.operaciones import procedimientos
from expediente.operaciones.revision_de_indicadores import problemas_de_indicadores
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.ventanilla import Ventanilla

ArgumentoClave = Annotated[str, typer.Argument(metavar="CLAVE", help="El procedimiento.")]


def listar(oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Los procedimientos que la oficina tiene.

    expediente procedimiento listar
    """
    v = ventanilla(oficina)
    todos, problemas = procedimientos.todos(v)
    if json:
        en_json(
            {
                "procedimientos": [
                    {
                        "clave": p.clave,
                        "nombre": p.nombre,
                        "version": p.version,
                        "prefijo": p.prefijo,
                        "manual": p.manual.clave,
                    }
                    for p in todos
                ],
                "problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas],
            }
        )
    else:
        tabla(
            ["Procedimiento", "Nombre", "Versión", "Prefijo", "Manual"],
            [[p.clave, p.nombre, p.version, p.prefijo, p.manual.clave] for p in todos],
        )
        for problema in problemas:
            avisar(problema.mensaje)
    if problemas:
        raise typer.Exit(1)


def ver(clave: ArgumentoClave, oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Un procedimiento como la tabla del manual, y lo que pide cada paso.

    expediente procedimiento ver estrella-blanca
    """
    v = ventanilla(oficina)
    p = procedimientos.uno(v, clave)
    if json:
        en_json(_procedimiento_json(v, p))
        return
    ensenar_procedimiento(p)


def _procedimiento_json(v: Ventanilla, p: Procedimiento) -> dict[str, Any]:
    return {
        "clave": p.clave,
        "nombre": p.nombre,
        "version": p.version,
        "prefijo": p.prefijo,
        "manual": p.manual.clave,
        "situaciones": dict(p.situaciones),
        "campos": [_campo_json(v, p, hoja) for hoja in p.hojas.values()],
        "requisitos": [_requisito_json(p, r) for r in p.requisitos],
        "plazos": [_plazo_json(x) for x in plazos_de(p)],
        "recursos": [
            {
                "clave": r.clave,
                "existencia": r.existencia,
                "renglon": r.renglon.escrita,
                "cantidad": r.cantidad.escrita,
            }
            for r in p.recursos
        ],
        "pasos": [_paso_json(p, paso) for paso in p.pasos],
    }


def _campo_json(v: Ventanilla, p: Procedimiento, campo: Campo) -> dict[str, Any]:
    return {
        "clave": escribible(campo.clave),
        "nombre": campo.nombre,
        "tipo": campo.tipo,
        "obligatorio": campo.obligatorio,
        "obligatorio_si": condicion_de(p, campo),
        "opciones": list(opciones_de(campo, v.catalogos)),
        "se_pide_en": donde_se_pide(p, campo.clave),
    }


def _requisito_json(p: Procedimiento, r: Requisito) -> dict[str, Any]:
    return {
        "clave": r.clave,
        "nombre": r.nombre,
        "obligatorio": r.obligatorio,
        "obligatorio_si": _escrita(r.obligatorio_si),
        "por_cada": r.por_cada,
        "se_pide_en": donde_se_exige(p, r),
    }


def _escrita(condicion: Condicion | None) -> str | None:
    return condicion.escrita if condicion else None


def _paso_json(p: Procedimiento, paso: Paso) -> dict[str, Any]:
    documentos = [d for s in paso.salidas for d in (*s.prepara, *s.emite, *s.anula, *s.entrega)]
    return {
        "clave": paso.clave,
        "manual": list(paso.manual),
        "responsable": paso.responsable,
        "actividad": paso.actividad,
        "captura": list(paso.captura),
        "autoriza": paso.autoriza,
        "resultados": [s.clave for s in paso.salidas if s.clave],
        "documentos": list(dict.fromkeys(documentos)),
        "plazo": next((_plazo_json(x) for x in plazos_de(p) if paso.clave in x.hasta), None),
        "reune": paso.reune,
        "espera_hasta": _escrita(paso.espera_hasta),
        "repite": asdict(paso.repite) if paso.repite else None,
        "situacion": paso.situacion,
        "pendiente": paso.por_dar,
        "salidas": [_salida_json(s) for s in paso.salidas],
    }


def _salida_json(s: Salida) -> dict[str, Any]:
    """Lo que pide, hace y a dónde lleva un resultado; `resultado` es None si no decide."""
    return {
        "resultado": s.clave,
        "nombre": s.nombre,
        "si": _escrita(s.si),
        "motivo": s.motivo,
        "captura": list(s.captura),
        **{llave: list(getattr(s, llave)) for llave in HACE},
        "abre": [a.procedimiento for a in s.abre],
        "sigue": list(s.sigue),
        "final": s.final,
        "maximo": s.maximo,
        "al_exceder": s.al_exceder,
    }


def _plazo_json(plazo: ReglaPlazo) -> dict[str, Any]:
    return {
        "clave": plazo.clave,
        "nombre": plazo.nombre,
        "cantidad": plazo.cantidad,
        "unidad": plazo.unidad,
        "meta": plazo.meta,
        "fecha": _escrita(plazo.fecha),
        "si": _escrita(plazo.si),
        "desde": list(plazo.desde),
        "hasta": list(plazo.hasta),
        "escala": plazo.escala,
    }


def revisar(
    clave: Annotated[
        str | None, typer.Argument(metavar="[CLAVE|FICHERO]", help="Uno; sin decirlo, todos.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Prueba que un procedimiento se puede recorrer: destinos, finales, ciclos, plantillas.

    También los indicadores que lo miden.

    expediente procedimiento revisar estrella-blanca
    """
    v = ventanilla(oficina)
    claves = [clave] if clave else procedimientos.claves(v)
    problemas = [x for cual in claves for x in problemas_de(v, cual)]
    problemas += problemas_de_indicadores(v, clave)
    if json:
        en_json({"problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas]})
    else:
        for problema in problemas:
            decir(problema.mensaje)
        if not problemas:
            decir(f"Sin problemas: {', '.join(claves)}.")
    if problemas:
        raise typer.Exit(1)
