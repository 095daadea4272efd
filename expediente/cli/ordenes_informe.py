"""La orden que hace informes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, OpcionSimular, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, tabla, titulo
from expediente.nucleo.cifras import NOMBRES_DEL_MOVIMIENTO
from expediente.nucleo.informe import Informe
from expediente.nucleo.periodo import nombres
from expediente.operaciones.informes import (
    InformeHecho,
    PeriodoEscrito,
    hacer_informe,
    informes_que_hay,
)


def informe(
    clave: Annotated[
        str | None, typer.Argument(metavar="[CLAVE]", help="Cuál; sin decirlo, los lista.")
    ] = None,
    dia: Annotated[
        str | None, typer.Option("--dia", metavar="FECHA", help="De un día: 2026-11-20.")
    ] = None,
    semana: Annotated[
        str | None, typer.Option("--semana", metavar="SEMANA", help="De una semana: 2026-W47.")
    ] = None,
    mes: Annotated[
        str | None, typer.Option("--mes", metavar="MES", help="De un mes: 2026-11.")
    ] = None,
    trimestre: Annotated[
        str | None,
        typer.Option("--trimestre", metavar="TRIMESTRE", help="De un trimestre: 2026-T4."),
    ] = None,
    anio: Annotated[
        str | None, typer.Option("--anio", metavar="AÑO", help="De un año: 2026.")
    ] = None,
    al: Annotated[
        str | None,
        typer.Option("--al", metavar="MOMENTO", help="Con lo que se sabía entonces."),
    ] = None,
    salida: Annotated[
        Path | None, typer.Option("--salida", metavar="CARPETA", help="Dónde dejar el Word.")
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Hace un informe en Word, con sus totales y su movimiento cuadrado.

    Pedido igual y con el mismo --al, da siempre las mismas cifras.

        expediente informe estrella-blanca --semana 2026-W47
    """
    v = ventanilla(oficina)
    if clave is None:
        _listar(informes_que_hay(v), json)
        return
    hecho = hacer_informe(
        v, clave, PeriodoEscrito(dia, semana, mes, trimestre, anio), al, salida, simular
    )
    if json:
        en_json(_informe_json(hecho))
    else:
        _ensenar(hecho)
    if hecho.problemas or not hecho.cifras.cuadra:
        raise typer.Exit(1)


def _listar(informes: list[Informe], json: bool) -> None:
    if json:
        en_json(
            {
                "informes": [
                    {"clave": i.clave, "nombre": i.nombre, "periodos": list(i.periodos)}
                    for i in informes
                ]
            }
        )
        return
    tabla(
        ["Informe", "Nombre", "Se hace por"],
        [[i.clave, i.nombre, ", ".join(nombres(i.periodos))] for i in informes],
    )


def _informe_json(hecho: InformeHecho) -> dict[str, Any]:
    cifras = hecho.cifras
    return {
        "informe": hecho.informe.clave,
        "periodo": {
            "desde": hecho.periodo.desde.isoformat(),
            "hasta": hecho.periodo.hasta.isoformat(),
        },
        "al": hecho.al.isoformat(timespec="seconds"),
        "incompleto": hecho.incompleto,
        "totales": dict(cifras.totales),
        "cuadra": cifras.cuadra,
        "filas": [dict(fila) for fila in cifras.filas],
        "grupos": {clave: dict(grupo) for clave, grupo in cifras.grupos.items()},
        "folios": {clave: list(folios) for clave, folios in cifras.folios.items()},
        "problemas": list(hecho.problemas),
        "ficheros": [str(fichero) for fichero in hecho.ficheros],
    }


def _ensenar(hecho: InformeHecho) -> None:
    nombres = {**NOMBRES_DEL_MOVIMIENTO, **{t.clave: t.nombre for t in hecho.informe.totales}}
    titulo(f"{hecho.informe.nombre}. {hecho.periodo.rotulo_al(hecho.al)}")
    tabla(
        ["Cifra", "Cuántos"],
        [[nombres[clave], str(n)] for clave, n in hecho.cifras.totales.items()],
    )
    decir(hecho.cifras.identidad)
    for fichero in hecho.ficheros:
        decir(f"Quedó en {fichero}")
    for problema in hecho.problemas:
        avisar(problema)
