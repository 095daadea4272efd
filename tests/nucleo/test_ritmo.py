"""Cómo se reparte un periodo en sus días, semanas o meses."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from expediente.nucleo.periodo import leer_periodo
from expediente.nucleo.ritmo import ritmo

TARDE = datetime(2027, 6, 1, 9, 0, tzinfo=ZoneInfo("America/Monterrey"))
POR_DIA = {
    date(2026, 1, 1) + timedelta(days=n): {"recibidos": n % 7, "concluidos": n % 3, "reabiertos": 1}
    for n in range(365)
}


@pytest.mark.parametrize(
    ("clase", "escrito", "cuantas", "primera", "ultima"),
    [
        ("semana", "2026-W47", 7, "lun 16", "dom 22"),
        ("mes", "2026-11", 6, "S44", "S49"),
        ("mes", "2026-02", 5, "S05", "S09"),
        ("trimestre", "2026-T4", 14, "S40", "S53"),
        ("anio", "2026", 12, "ene", "dic"),
    ],
)
def test_las_partes_suman_el_periodo(
    clase: str, escrito: str, cuantas: int, primera: str, ultima: str
) -> None:
    periodo = leer_periodo(clase, escrito, date(2026, 11, 20))
    suyos = {dia: n for dia, n in POR_DIA.items() if periodo.contiene(dia)}

    partes = ritmo(periodo, TARDE, suyos)

    assert (len(partes), partes[0].nombre, partes[-1].nombre) == (cuantas, primera, ultima)
    assert sum(p.recibidos for p in partes) == sum(n["recibidos"] for n in suyos.values())
    assert sum(p.concluidos for p in partes) == sum(n["concluidos"] for n in suyos.values())


def test_lo_que_no_ha_empezado_al_corte_no_sale() -> None:
    periodo = leer_periodo("semana", "2026-W47", date(2026, 11, 20))
    miercoles = datetime(2026, 11, 18, 10, 0, tzinfo=TARDE.tzinfo)

    assert [p.nombre for p in ritmo(periodo, miercoles, {})] == ["lun 16", "mar 17", "mié 18"]


def test_un_dia_no_se_parte() -> None:
    assert ritmo(leer_periodo("dia", "2026-11-20", date(2026, 11, 20)), TARDE, POR_DIA) == ()
