"""La orden que dice qué parte de cada manual está hecha."""

from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, tabla, titulo
from expediente.nucleo.cobertura import Cobertura, Cubierta
from expediente.operaciones.coberturas import coberturas


def cobertura(
    manual: Annotated[
        str | None, typer.Argument(metavar="[MANUAL]", help="Uno; sin decirlo, todos.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Qué paso o informe cumple cada actividad de los manuales, y cuáles faltan.

    Termina con código 1 si falta alguna o si un paso cita una que no es.

    expediente procedimiento cobertura C-PDG
    """
    hechas = coberturas(ventanilla(oficina), manual)
    if json:
        en_json({"manuales": [_manual_json(una) for una in hechas]})
    else:
        for una in hechas:
            _ensenar(una)
    if any(una.faltan or una.problemas for una in hechas):
        raise typer.Exit(1)


def _ensenar(una: Cobertura) -> None:
    titulo(f"{una.manual.clave}. {una.manual.nombre}")
    for funcion in una.manual.funciones:
        if len(una.manual.funciones) > 1:
            decir(f"{funcion.nombre}")
        tabla(
            ["N.º", "Responsable", "Actividad", "Lo cumple"],
            [_renglon(c) for c in una.actividades if c.funcion is funcion],
        )
    cuantas = len(una.actividades)
    decir(f"Cubiertas: {cuantas - len(una.faltan)} de {cuantas}.")
    decir()
    for problema in una.problemas:
        avisar(f"{problema.folio}: {problema.mensaje}")


def _renglon(cubierta: Cubierta) -> list[str]:
    actividad = cubierta.actividad
    quien = ", ".join(map(str, cubierta.citas)) or "FALTA"
    return [str(actividad.numero), actividad.responsable, actividad.actividad, quien]


def _manual_json(una: Cobertura) -> dict[str, Any]:
    return {
        "clave": una.manual.clave,
        "nombre": una.manual.nombre,
        "total": len(una.actividades),
        "cubiertas": len(una.actividades) - len(una.faltan),
        "actividades": [
            {
                "funcion": c.funcion.clave,
                "numero": c.actividad.numero,
                "responsable": c.actividad.responsable,
                "actividad": c.actividad.actividad,
                "citas": [
                    {"procedimiento": cita.de, "paso": cita.paso}
                    if cita.paso
                    else {"informe": cita.de}
                    for cita in c.citas
                ],
            }
            for c in una.actividades
        ],
        "problemas": [{"folio": p.folio, "mensaje": p.mensaje} for p in una.problemas],
    }
