"""La orden del tablero."""

from pathlib import Path
from typing import Annotated

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.opciones_de_periodo import OpcionAl
from expediente.cli.pantalla import avisar, decir, en_json
from expediente.nucleo.cifras_de_tablero import COLORES
from expediente.operaciones.tablero import como_mapa, hacer_tablero


def tablero(
    al: OpcionAl = None,
    salida: Annotated[
        Path | None,
        typer.Option(
            "--salida", metavar="FICHERO.html", help="Dónde; si no, en informes/ de la oficina."
        ),
    ] = None,
    con_folios: Annotated[
        bool,
        typer.Option("--con-folios", help="Pone tras cada cifra los folios de que sale."),
    ] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Hace el tablero de la dirección: una página que se abre en el teléfono o se imprime.

    Es un solo fichero que no pide nada a la red y no lleva nombres. Qué se desglosa y cuánto
    mira hacia atrás se dice en tableros/general.yaml.

        expediente tablero --salida tablero.html
    """
    hecho = hacer_tablero(ventanilla(oficina), al, salida, con_folios)
    if json:
        en_json(como_mapa(hecho))
    else:
        cuentas = {nombre: len(hecho.tablero.oficina.colores[c]) for c, nombre in COLORES.items()}
        decir(", ".join(f"{nombre.lower()} {n}" for nombre, n in cuentas.items()).capitalize())
        decir(hecho.tablero.semanas[-1].cifras.identidad)
        decir(f"Quedó en {hecho.fichero}")
        for folio, dicho in hecho.tablero.avisos:
            avisar(f"{folio}: {dicho}")
        for problema in hecho.problemas:
            avisar(problema)
    if not hecho.esta_completo:
        raise typer.Exit(1)
