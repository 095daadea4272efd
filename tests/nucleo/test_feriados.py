"""Lo que la ley manda descansar, contra dos calendarios que hicieron otros."""

from datetime import date, timedelta

import holidays
import pytest
from dateutil.easter import easter

from expediente.nucleo.feriados import descanso_obligatorio, pascua, por_acuerdo


@pytest.mark.parametrize("anio", range(2024, 2061))
def test_el_descanso_obligatorio_es_el_del_articulo_74(anio: int) -> None:
    # El idioma, siempre: sin él la biblioteca contesta en el de la computadora.
    segun_otros = holidays.country_holidays("MX", years=anio, language="es")

    dias = [feriado.desde for feriado in descanso_obligatorio(anio)]

    assert dias == sorted(segun_otros)


def test_el_primero_de_octubre_se_descansa_cada_seis_anios() -> None:
    con_transmision = [
        anio
        for anio in range(2024, 2043)
        if date(anio, 10, 1) in [f.desde for f in descanso_obligatorio(anio)]
    ]

    assert con_transmision == [2024, 2030, 2036, 2042]


def test_de_antes_de_2024_no_se_propone_nada() -> None:
    with pytest.raises(ValueError, match="2024"):
        descanso_obligatorio(2023)


def test_la_semana_santa_cae_donde_la_ponen_los_demas() -> None:
    anios = range(1900, 2200)

    assert [pascua(anio) for anio in anios] == [easter(anio) for anio in anios]


@pytest.mark.parametrize("anio", range(2024, 2061))
def test_lo_que_se_sugiere_va_en_orden_y_no_se_sale_del_anio(anio: int) -> None:
    sugeridos = por_acuerdo(anio)

    santos = [f.desde for f in sugeridos if "Santo" in f.motivo]
    assert santos == [easter(anio) - timedelta(days=3), easter(anio) - timedelta(days=2)]
    assert list(sugeridos) == sorted(sugeridos)
    assert {dia.year for f in sugeridos for dia in (f.desde, f.hasta or f.desde)} == {anio}
