"""Las opciones con que se dice de cuándo: el periodo, y con lo que se sabía en qué momento.

El día, la semana, el mes, el trimestre y el año admiten su fecha, «actual» y «anterior».
"""

from typing import Annotated

import typer

OpcionDia = Annotated[
    str | None,
    typer.Option("--dia", metavar="FECHA", help="De un día: 2026-11-20, actual o anterior."),
]
OpcionSemana = Annotated[
    str | None,
    typer.Option("--semana", metavar="SEMANA", help="De una semana: 2026-W47, actual o anterior."),
]
OpcionMes = Annotated[
    str | None,
    typer.Option("--mes", metavar="MES", help="De un mes: 2026-11, actual o anterior."),
]
OpcionTrimestre = Annotated[
    str | None,
    typer.Option("--trimestre", metavar="TRIMESTRE", help="De un trimestre: 2026-T4."),
]
OpcionAnio = Annotated[str | None, typer.Option("--anio", metavar="AÑO", help="De un año: 2026.")]
OpcionAl = Annotated[
    str | None, typer.Option("--al", metavar="MOMENTO", help="Con lo que se sabía entonces.")
]
