"""Las órdenes del calendario de días inhábiles: proponer y ver."""

from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.fecha import dia_y_fecha
from expediente.nucleo.feriados import PRIMER_ANIO, Feriado
from expediente.operaciones import inhabiles

ArgumentoAnio = Annotated[
    int, typer.Argument(metavar="AÑO", min=PRIMER_ANIO, max=2199, help="El año, con cuatro cifras.")
]


def proponer(
    anio: ArgumentoAnio,
    guardar: Annotated[
        bool, typer.Option("--guardar", help="La pone en inhabiles/AÑO.yaml de la oficina.")
    ] = False,
    salida: Annotated[
        Path | None, typer.Option("--salida", metavar="FICHERO", help="La pone en ese fichero.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Propone los días inhábiles de un año, para que la oficina los revise y los firme.

    Trae el descanso obligatorio de la ley y, por confirmar, Semana Santa, vacaciones y
    otros. Sólo la enseña, si no le dice dónde ponerla; nunca pisa un fichero.

        expediente inhabiles proponer 2028 --guardar
    """
    if guardar and salida:
        raise ErrorUso("Diga --guardar o --salida FICHERO, no los dos.")
    propuesta = inhabiles.proponer(anio)
    fichero = None
    if guardar:
        fichero = inhabiles.guardar_en_la_oficina(ventanilla(oficina), propuesta)
    elif salida:
        fichero = inhabiles.guardar(propuesta, salida)
    if json:
        en_json(
            {
                "anio": anio,
                "fichero": str(fichero) if fichero else None,
                "inhabiles": [_feriado_json(f) for f in propuesta.obligatorios],
                "por_confirmar": [_feriado_json(f) for f in propuesta.por_confirmar],
            }
        )
    elif fichero:
        decir(f"Quedó la propuesta en {fichero}")
        decir("Revísela, añada lo de su oficina y firme; después: expediente revisar")
    else:
        decir(propuesta.escrito.rstrip("\n"))


def _feriado_json(f: Feriado) -> dict[str, Any]:
    hasta = f.hasta or f.desde
    return {
        "desde": f.desde.isoformat(),
        "hasta": hasta.isoformat(),
        "motivo": f.motivo,
        "fundamento": f.fundamento,
    }


def ver(anio: ArgumentoAnio, oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Enseña los días inhábiles de un año, los que la oficina tiene en su calendario.

    expediente inhabiles ver 2026
    """
    del_anio = inhabiles.ver(ventanilla(oficina), anio)
    if json:
        dias = [{"fecha": dia.isoformat(), "motivo": motivo} for dia, motivo in del_anio.dias]
        en_json({"anio": anio, "firmado": del_anio.firmado or None, "inhabiles": dias})
        return
    tabla(["Día", "Motivo"], [[dia_y_fecha(dia), motivo] for dia, motivo in del_anio.dias])
    if del_anio.firmado:
        avisar(f"Lo firmó: {del_anio.firmado}.")
    else:
        avisar("Nadie lo ha firmado: es una propuesta.")
