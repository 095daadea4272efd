"""La orden que saca los hechos para otros programas."""

from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.opciones_de_periodo import OpcionAl
from expediente.cli.pantalla import avisar, decir, en_json
from expediente.operaciones.exportar import (
    Seleccion,
    como_objetos,
    exigir_csv,
    guardar_hechos,
    hechos_de_la_oficina,
)


def hechos(
    procedimiento: Annotated[
        list[str] | None,
        typer.Option("--procedimiento", metavar="CLAVE", help="Sólo los de éste; se repite."),
    ] = None,
    desde: Annotated[
        str | None, typer.Option("--desde", metavar="FECHA", help="Lo que constaba desde ese día.")
    ] = None,
    hasta: Annotated[
        str | None, typer.Option("--hasta", metavar="FECHA", help="Lo que constaba hasta ese día.")
    ] = None,
    al: OpcionAl = None,
    por_documento: Annotated[
        bool, typer.Option("--por-documento", help="Un renglón por oficio y no por expediente.")
    ] = False,
    con_datos_personales: Annotated[
        bool,
        typer.Option("--con-datos-personales", help="Con nombres, domicilios y lo que se anotó."),
    ] = False,
    salida: Annotated[
        Path | None,
        typer.Option("--salida", metavar="FICHERO.csv", help="Dónde; si no, a la pantalla."),
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Saca en CSV los hechos de que salen todas las cifras, para recalcularlas con otro programa.

    Cada renglón dice lo que constaba de un expediente desde un día hasta otro; sin datos
    personales, si no se piden. Qué es cada columna está en docs/hechos.md.

        expediente exportar hechos --procedimiento reporte-servicio --salida hechos.csv
    """
    exigir_csv(salida)
    tabla = hechos_de_la_oficina(
        ventanilla(oficina),
        Seleccion(procedimiento or (), desde, hasta, al, por_documento, con_datos_personales),
    )
    ficheros = [guardar_hechos(tabla, salida)] if salida else []
    if json:
        dicho: dict[str, Any] = {
            "al": tabla.al.isoformat(timespec="seconds"),
            "columnas": list(tabla.columnas),
            "cuantos": len(tabla.renglones),
            "ficheros": [str(fichero) for fichero in ficheros],
            "problemas": list(tabla.problemas),
        }
        en_json(dicho if salida else {**dicho, "hechos": como_objetos(tabla)})
    elif salida:
        decir(f"{len(tabla.renglones)} renglones en {salida}")
    else:
        # Sin la marca de Excel ni sus saltos: lo que sigue en la tubería no es Excel.
        decir(tabla.como_csv().decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n"))
    if not json:
        for problema in tabla.problemas:
            avisar(problema)
    if tabla.problemas:
        raise typer.Exit(1)
