"""Los montos con cifras y con letra, como los pide un oficio."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from expediente.nucleo.dinero import pesos, pesos_con_letra, pesos_en_letra
from tests.nucleo.lectura_de_letra import leer_numero

DE_ORO = [
    ("0", "$0.00 (CERO PESOS 00/100 M.N.)"),
    ("0.01", "$0.01 (CERO PESOS 01/100 M.N.)"),
    ("0.50", "$0.50 (CERO PESOS 50/100 M.N.)"),
    ("0.99", "$0.99 (CERO PESOS 99/100 M.N.)"),
    ("1", "$1.00 (UN PESO 00/100 M.N.)"),
    ("1.01", "$1.01 (UN PESO 01/100 M.N.)"),
    ("2", "$2.00 (DOS PESOS 00/100 M.N.)"),
    ("16", "$16.00 (DIECISÉIS PESOS 00/100 M.N.)"),
    ("21", "$21.00 (VEINTIÚN PESOS 00/100 M.N.)"),
    ("22.5", "$22.50 (VEINTIDÓS PESOS 50/100 M.N.)"),
    ("31", "$31.00 (TREINTA Y UN PESOS 00/100 M.N.)"),
    ("100", "$100.00 (CIEN PESOS 00/100 M.N.)"),
    ("101", "$101.00 (CIENTO UN PESOS 00/100 M.N.)"),
    ("121.21", "$121.21 (CIENTO VEINTIÚN PESOS 21/100 M.N.)"),
    ("500", "$500.00 (QUINIENTOS PESOS 00/100 M.N.)"),
    ("1000", "$1,000.00 (MIL PESOS 00/100 M.N.)"),
    ("1021.10", "$1,021.10 (MIL VEINTIÚN PESOS 10/100 M.N.)"),
    ("1500.10", "$1,500.10 (MIL QUINIENTOS PESOS 10/100 M.N.)"),
    ("21000", "$21,000.00 (VEINTIÚN MIL PESOS 00/100 M.N.)"),
    ("31000", "$31,000.00 (TREINTA Y UN MIL PESOS 00/100 M.N.)"),
    ("100100.05", "$100,100.05 (CIEN MIL CIEN PESOS 05/100 M.N.)"),
    ("999999.99", "$999,999.99 (NOVECIENTOS NOVENTA Y NUEVE MIL NOVECIENTOS NOVENTA Y NUEVE "
     "PESOS 99/100 M.N.)"),
    ("1000000", "$1,000,000.00 (UN MILLÓN DE PESOS 00/100 M.N.)"),
    ("1000000.50", "$1,000,000.50 (UN MILLÓN DE PESOS 50/100 M.N.)"),
    ("1000001", "$1,000,001.00 (UN MILLÓN UN PESOS 00/100 M.N.)"),
    ("1500000", "$1,500,000.00 (UN MILLÓN QUINIENTOS MIL PESOS 00/100 M.N.)"),
    ("2000000", "$2,000,000.00 (DOS MILLONES DE PESOS 00/100 M.N.)"),
    ("21000000", "$21,000,000.00 (VEINTIÚN MILLONES DE PESOS 00/100 M.N.)"),
    ("1000000000", "$1,000,000,000.00 (MIL MILLONES DE PESOS 00/100 M.N.)"),
    ("999999999999.99", "$999,999,999,999.99 (NOVECIENTOS NOVENTA Y NUEVE MIL NOVECIENTOS "
     "NOVENTA Y NUEVE MILLONES NOVECIENTOS NOVENTA Y NUEVE MIL NOVECIENTOS NOVENTA Y NUEVE "
     "PESOS 99/100 M.N.)"),
    ("-1500.10", "-$1,500.10 (MENOS MIL QUINIENTOS PESOS 10/100 M.N.)"),
]  # fmt: skip


@pytest.mark.parametrize(("monto", "dicho"), DE_ORO)
def test_el_monto_se_escribe_con_cifras_y_con_letra(monto: str, dicho: str) -> None:
    assert pesos_con_letra(Decimal(monto)) == dicho


@pytest.mark.parametrize(
    ("monto", "dicho"),
    [
        ("0.005", "$0.01 (CERO PESOS 01/100 M.N.)"),
        ("0.0049", "$0.00 (CERO PESOS 00/100 M.N.)"),
        ("1.005", "$1.01 (UN PESO 01/100 M.N.)"),
        ("2.665", "$2.67 (DOS PESOS 67/100 M.N.)"),
        ("0.995", "$1.00 (UN PESO 00/100 M.N.)"),
        ("999999.995", "$1,000,000.00 (UN MILLÓN DE PESOS 00/100 M.N.)"),
        ("-0.004", "$0.00 (CERO PESOS 00/100 M.N.)"),
        ("-0.005", "-$0.01 (MENOS CERO PESOS 01/100 M.N.)"),
    ],
)
def test_el_medio_centavo_sube_igual_en_las_cifras_que_en_la_letra(monto: str, dicho: str) -> None:
    assert pesos_con_letra(Decimal(monto)) == dicho


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
@example(Decimal("1000000.00"))
@example(Decimal("1000001.00"))
@example(Decimal("1.00"))
def test_lo_escrito_se_lee_y_da_el_mismo_monto(monto: Decimal) -> None:
    escrito = pesos_con_letra(monto)

    hallado = re.fullmatch(r"\$([\d,]+\.\d\d) \((.+?) (DE )?PESOS? (\d\d)/100 M\.N\.\)", escrito)
    assert hallado is not None
    cifras, letra, de, centavos = hallado.groups()
    assert Decimal(cifras.replace(",", "")) == monto
    assert leer_numero(letra.lower()) + Decimal(centavos) / 100 == monto
    assert bool(de) == bool(re.search(r"MILL(ÓN|ONES)$", letra))


def test_un_monto_desmedido_se_escribe_con_cifras_pero_no_con_letra() -> None:
    desmedido = Decimal(10) ** 18

    assert pesos(desmedido) == "$1,000,000,000,000,000,000.00"
    with pytest.raises(ValueError, match="dieciocho cifras"):
        pesos_en_letra(desmedido)
