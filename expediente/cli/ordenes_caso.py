"""Las órdenes que sólo miran: ver, historial y plazo."""

from datetime import datetime
from typing import Annotated, Any

import typer

from expediente.cli.opciones import ArgumentoFolio, OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, titulo
from expediente.cli.relato import falta_como_json
from expediente.cli.vista_caso import como_va, ensenar_caso
from expediente.cli.vista_historia import ensenar_historia
from expediente.nucleo.avance import Siguiente
from expediente.nucleo.encabezado import encabezado_de, responsables_de
from expediente.nucleo.fecha import momento_en_palabras
from expediente.nucleo.plazos import el_que_corre
from expediente.operaciones import consultas
from expediente.operaciones.consultas import Vista
from expediente.operaciones.ventanilla import Ventanilla

OpcionCompleto = Annotated[
    bool, typer.Option("--completo", help="Enseña CURP, teléfonos y datos sensibles.")
]


def ver(
    folio: ArgumentoFolio,
    completo: OpcionCompleto = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Enseña un expediente: dónde está, qué falta y qué orden lo mueve.

    expediente ver EB-2026-0042
    """
    v = ventanilla(oficina)
    vista = consultas.ver(v, folio)
    if json:
        en_json(_vista_json(v, vista))
    else:
        ensenar_caso(v, vista, completo)
    for aviso in vista.avisos:
        avisar(aviso)


def _vista_json(v: Ventanilla, vista: Vista) -> dict[str, Any]:
    asunto = vista.asunto
    p, estado = asunto.procedimiento, asunto.estado
    corre = el_que_corre(vista.vencimientos)
    encabezado = encabezado_de(p, asunto.folio, estado, asunto.actuaciones, corre)
    return {
        "folio": asunto.folio,
        "procedimiento": p.clave,
        "version": p.version,
        "responsables": responsables_de(p, estado),
        **encabezado,
        "vence": _iso(corre.vence) if corre else None,
        "semaforo": corre.semaforo(v.ahora) if corre else "gris",
        "revision": asunto.leido.caso.revision,
        "carpeta": str(asunto.carpeta),
        "siguientes": [_siguiente_json(s, asunto.folio) for s in vista.siguientes],
        "avisos": list(vista.avisos),
    }


def _iso(momento: datetime | None) -> str | None:
    return momento.isoformat(timespec="seconds") if momento else None


def _siguiente_json(s: Siguiente, folio: str) -> dict[str, Any]:
    return {
        "paso": s.paso,
        "responsable": s.responsable,
        "resultados": list(s.resultados),
        "piden_nota": list(s.piden_nota),
        "falta": [falta_como_json(f, folio) for f in s.falta],
        "falta_con": {
            clave: [falta_como_json(f, folio) for f in faltan]
            for clave, faltan in s.falta_con.items()
        },
        "espera_hasta": s.espera_hasta.isoformat() if s.espera_hasta else None,
    }


def historial(
    folio: ArgumentoFolio,
    completo: OpcionCompleto = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Todo lo que pasó en un expediente: quién, cuándo, qué y con qué datos.

    expediente historial EB-2026-0042
    """
    v = ventanilla(oficina)
    asunto = consultas.ver(v, folio).asunto
    if json:
        mapas = [a.como_mapa() for a in asunto.actuaciones]
        en_json({"folio": asunto.folio, "actuaciones": mapas})
    else:
        ensenar_historia(v, asunto, completo)


def plazo(folio: ArgumentoFolio, oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Explica, día por día, cuándo vence un expediente.

    expediente plazo EB-2026-0042
    """
    v = ventanilla(oficina)
    vista = consultas.ver(v, folio)
    if json:
        plazos = [
            {
                "clave": x.clave,
                "nombre": x.nombre,
                "inicio": _iso(x.inicio),
                "vence": None if x.suspendido else _iso(x.vence),
                "cumplido": _iso(x.cumplido),
                "meta": None if x.suspendido else _iso(x.meta),
                "suspendido": x.suspendido,
                "original": _iso(x.original),
                "escala": x.escala,
                "semaforo": x.semaforo(v.ahora),
                "hasta": list(x.hasta),
                "explicacion": list(x.explicacion),
                "fundamento": x.fundamento,
            }
            for x in vista.vencimientos
        ]
        en_json({"folio": vista.asunto.folio, "plazos": plazos})
        return
    if not vista.vencimientos:
        decir(f"{vista.asunto.folio}: no le corre ningún plazo.")
    for x in vista.vencimientos:
        titulo(f"{x.nombre}: {como_va(x, v.ahora)}")
        for renglon in x.explicacion:
            decir(f"  {renglon}")
        if x.cumplido:
            decir(f"  Se cumplió: {momento_en_palabras(x.cumplido)}.")
        elif x.hasta:
            decir(f"  Se cumple con: {' o '.join(x.hasta)}.")
        if x.escala and not x.cumplido:
            rol = vista.asunto.procedimiento.rol[x.escala].nombre
            decir(f"  {'Ya venció' if x.vencido(v.ahora) else 'Si vence'}, toca también a: {rol}.")
        if x.fundamento:
            decir(f"  Fundamento: {x.fundamento}")
    for aviso in vista.avisos:
        avisar(aviso)
