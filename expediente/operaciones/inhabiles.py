"""El calendario de días inhábiles de un año: proponerlo y ver el que hay."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from expediente.almacen.calendarios import poner_calendario, quien_firmo, ruta_del_calendario
from expediente.nucleo.errores import NoExiste
from expediente.nucleo.fecha import DIAS
from expediente.nucleo.feriados import Feriado, descanso_obligatorio, por_acuerdo
from expediente.operaciones.ventanilla import Ventanilla

_CABECERA = """\
# PROPUESTA: revísela y firme.
# Días inhábiles de {anio}. Al descanso obligatorio de la ley súmele lo que diga su calendario
# oficial o el acuerdo de la oficina: quite el # de los renglones que valgan, corrija sus fechas
# y borre los demás. Después escriba quién lo firma y cuándo; desde entonces este fichero es la
# autoridad y los plazos se cuentan con lo que aquí está. Sábados y domingos no hace falta
# anotarlos.
anio: '{anio}'
firmado:
  por: ''
  fecha: ''
inhabiles:
"""


class Propuesta(NamedTuple):
    """Los feriados de ley y los que falta confirmar de un año, y el fichero que los propone."""

    anio: int
    obligatorios: tuple[Feriado, ...]
    por_confirmar: tuple[Feriado, ...]
    escrito: str


class CalendarioDelAnio(NamedTuple):
    """Los días inhábiles de un año, en orden; `firmado` es «» si nadie lo ha firmado."""

    firmado: str
    dias: tuple[tuple[date, str], ...]


def proponer(anio: int) -> Propuesta:
    """La propuesta de calendario de ese año, para que la oficina la revise y la firme."""
    obligatorios, por_confirmar = descanso_obligatorio(anio), por_acuerdo(anio)
    renglones = [
        "  # Descanso obligatorio:",
        *(f"  - {_renglon(f)}" for f in obligatorios),
        "  # Por confirmar:",
        *(f"  # - {_renglon(f)}" for f in por_confirmar),
    ]
    escrito = _CABECERA.format(anio=anio) + "\n".join(renglones) + "\n"
    return Propuesta(anio, obligatorios, por_confirmar, escrito)


def _renglon(f: Feriado) -> str:
    cuando = f"fecha: '{f.desde}'"
    dias = DIAS[f.desde.weekday()]
    if f.hasta:
        cuando = f"desde: '{f.desde}', hasta: '{f.hasta}'"
        dias = f"de {dias} a {DIAS[f.hasta.weekday()]}"
    return f"{{{cuando}, motivo: {f.motivo}, fundamento: '{f.fundamento}'}}  # {dias}"


def guardar(propuesta: Propuesta, ruta: Path) -> Path:
    """Escribe la propuesta en ese fichero, que no debe existir. Devuelve su ruta entera."""
    poner_calendario(ruta, propuesta.escrito)
    return ruta.resolve()


def guardar_en_la_oficina(v: Ventanilla, propuesta: Propuesta) -> Path:
    """Escribe la propuesta en `inhabiles/` de la oficina, si no hay ya calendario del año."""
    return guardar(propuesta, ruta_del_calendario(v.raiz, propuesta.anio))


def ver(v: Ventanilla, anio: int) -> CalendarioDelAnio:
    """El calendario de ese año. Lanza NoExiste si la oficina no lo tiene."""
    if anio not in v.calendario.anios:
        raise NoExiste(
            f"No hay calendario de días inhábiles de {anio}. Le propone uno: "
            f"expediente inhabiles proponer {anio} --guardar"
        )
    dias = sorted(x for x in v.calendario.inhabiles.items() if x[0].year == anio)
    return CalendarioDelAnio(quien_firmo(ruta_del_calendario(v.raiz, anio)), tuple(dias))
