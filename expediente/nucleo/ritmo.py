"""Cómo se repartió dentro de su periodo lo que un informe cuenta: por día, semana o mes.

Las partes son del periodo y de nada más: suman sus totales.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from expediente.nucleo.fecha import DIAS, MESES, semana_iso
from expediente.nucleo.periodo import Periodo, leer_periodo, periodos_entre

# En qué se parte cada clase de periodo, y cómo se llama el reparto. Un día no se parte.
PARTES = {
    "semana": ("dia", "por día"),
    "mes": ("semana", "por semana"),
    "trimestre": ("semana", "por semana"),
    "anio": ("mes", "por mes"),
}


@dataclass(frozen=True)
class Parte:
    """Lo que entró y lo que salió en una parte del periodo."""

    nombre: str
    recibidos: int
    concluidos: int


def ritmo(
    periodo: Periodo, al: datetime, por_dia: Mapping[date, Mapping[str, int]]
) -> tuple[Parte, ...]:
    """Las partes del periodo que habían empezado al momento `al`; ninguna si es de un día."""
    if periodo.clase not in PARTES:
        return ()
    return tuple(_partes(periodo, al, por_dia))


def _partes(
    periodo: Periodo, al: datetime, por_dia: Mapping[date, Mapping[str, int]]
) -> Iterator[Parte]:
    clase = PARTES[periodo.clase][0]
    primero = leer_periodo(clase, "", periodo.desde)
    for parte in periodos_entre(primero, periodo):
        if parte.desde > al.date():
            return
        suyos = [n for dia, n in por_dia.items() if parte.contiene(dia)]
        yield Parte(
            _nombre(parte),
            sum(n.get("recibidos", 0) for n in suyos),
            sum(n.get("concluidos", 0) for n in suyos),
        )


def _nombre(parte: Periodo) -> str:
    """«lun 16», «S47» o «nov»."""
    if parte.clase == "dia":
        return f"{DIAS[parte.desde.weekday()][:3]} {parte.desde.day}"
    if parte.clase == "semana":
        return f"S{semana_iso(parte.desde)[-2:]}"
    return MESES[parte.desde.month - 1][:3]
