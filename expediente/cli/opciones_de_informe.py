"""Las opciones con que se pide un informe: en qué ficheros y dónde."""

from pathlib import Path
from typing import Annotated

import typer

OpcionSemanas = Annotated[
    str | None,
    typer.Option(
        "--semanas",
        metavar="A..B",
        help="De muchas, en una pasada: 2026-W01..2026-W52, o 2026 entero.",
    ),
]
OpcionSalida = Annotated[
    Path | None, typer.Option("--salida", metavar="CARPETA", help="Dónde dejar los ficheros.")
]
OpcionSuPdf = Annotated[bool, typer.Option("--pdf", help="Además, su PDF (con LibreOffice).")]
OpcionHoja = Annotated[
    bool, typer.Option("--hoja", help="Además, una hoja de Excel con sus gráficas.")
]
OpcionCsv = Annotated[bool, typer.Option("--csv", help="Además, sus renglones en CSV.")]
OpcionFolios = Annotated[
    bool, typer.Option("--folios", help="Con los folios que hay detrás de cada cifra.")
]
OpcionCifras = Annotated[
    bool, typer.Option("--cifras", help="Sólo las cifras, en la pantalla: no escribe nada.")
]
