"""Las opciones con que se dice un periodo: un día, una semana, un mes, un trimestre, un año.

Cada una admite su fecha, «actual» y «anterior».
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
