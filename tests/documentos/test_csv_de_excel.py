"""El CSV que se abre con doble clic: acentos, fechas y nada que se calcule."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest

from expediente.documentos.csv_de_excel import hoja_para_excel

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+52 81 1234 5678",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
]


def leido(crudo: bytes, separador: str = ",") -> list[list[str]]:
    texto = crudo.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))


@pytest.mark.parametrize("carga", FORMULAS)
def test_lo_que_excel_tomaria_por_formula_se_lee_y_no_se_calcula(carga: str) -> None:
    titulos, renglon = leido(hoja_para_excel([carga], [[carga]]))

    assert titulos == renglon == [f"'{carga}"]


def test_lleva_marca_y_renglones_de_windows_y_los_acentos_se_leen() -> None:
    crudo = hoja_para_excel(["Colonia"], [["Peñón, «Güemes»"], ['Con "comillas"\ny salto']])

    assert crudo.startswith(b"\xef\xbb\xbfColonia\r\n")
    assert leido(crudo)[1:] == [["Peñón, «Güemes»"], ['Con "comillas"\ny salto']]


def test_las_fechas_van_como_se_escriben_y_lo_que_falta_va_vacio() -> None:
    fila = [date(2026, 9, 6), datetime(2026, 9, 6, 8, 5), None, 12, Decimal("1500.50"), -3]

    assert leido(hoja_para_excel(["x"] * 6, [fila]))[1] == [
        "06/09/2026", "06/09/2026 08:05", "", "12", "1500.50", "-3",
    ]  # fmt: skip


def test_con_otro_separador_lo_que_lo_lleva_va_entre_comillas() -> None:
    crudo = hoja_para_excel(["A", "B"], [["uno; dos", "tres, cuatro"]], separador=";")

    assert leido(crudo, ";")[1] == ["uno; dos", "tres, cuatro"]
