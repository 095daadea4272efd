"""La hoja de Excel: todo texto es texto, las fechas son fechas y nada se calcula."""

import io
import zipfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from expediente.documentos.hoja_de_calculo import Columna, hoja_de_excel

CREADA = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("America/Monterrey"))
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Lo que una hoja de cálculo ejecutaría, enlazaría o leería como otra cosa.
CARGAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid","oficio")',
    "=IMPORTXML(CONCAT(A1),1)",
    "{=SUM(A1:A9)}",
    "+52 871 100 0120",
    "+1+1",
    "-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "http://example.invalid/oficio",
    "mailto:nadie@example.invalid",
    "internal:Hoja!A1",
    "external:otro.xlsx",
    "0042",
    "1e5",
    "20/11/2026",
]


def celdas(crudo: bytes) -> dict[str, tuple[str, str]]:
    """{celda: (tipo, valor)} de la primera hoja; el tipo es «s» si es texto."""
    with zipfile.ZipFile(io.BytesIO(crudo)) as paquete:
        hoja = etree.fromstring(paquete.read("xl/worksheets/sheet1.xml"))
        textos = etree.fromstring(paquete.read("xl/sharedStrings.xml"))
    compartidos = ["".join(si.itertext()) for si in textos]
    assert list(hoja.iter(f"{S}f")) == [] and list(hoja.iter(f"{S}hyperlink")) == []
    halladas = {}
    for celda in hoja.iter(f"{S}c"):
        tipo, valor = celda.get("t", "n"), celda.findtext(f"{S}v") or ""
        dicho = compartidos[int(valor)] if tipo == "s" else valor
        halladas[celda.get("r", "")] = (tipo, dicho)
    return halladas


@pytest.mark.parametrize("carga", CARGAS)
def test_lo_que_parece_formula_enlace_o_numero_se_queda_como_texto(carga: str) -> None:
    crudo = hoja_de_excel("Libro", [Columna(carga, 10)], [[carga]], CREADA)

    leidas = celdas(crudo)

    assert leidas["A1"] == leidas["A2"] == ("s", carga)


def test_los_caracteres_que_xml_no_admite_no_rompen_la_hoja() -> None:
    crudo = hoja_de_excel(
        "Libro", [Columna("A", 10)], [["a\x00b\x0b<&>ñ 👩🏽‍🦽"], ["_x0041_"]], CREADA
    )

    leidas = celdas(crudo)

    assert leidas["A2"][1].endswith("<&>ñ 👩🏽‍🦽")
    assert leidas["A3"][0] == "s"


def test_una_fecha_es_fecha_y_un_momento_trae_la_hora_de_la_oficina() -> None:
    momento = datetime(2026, 11, 20, 13, 10, tzinfo=ZoneInfo("America/Monterrey"))
    fila = [date(2026, 11, 20), momento, None, date(1899, 1, 1), 7]

    leidas = celdas(hoja_de_excel("Libro", [Columna("A", 9)] * 5, [fila], CREADA))

    assert leidas["A2"] == ("n", "46346")
    assert leidas["B2"][0] == "n" and leidas["B2"][1].startswith("46346.548611")
    assert "C2" not in leidas and leidas["D2"] == ("s", "1899-01-01")
    assert leidas["E2"] == ("n", "7")


def test_los_titulos_no_se_mueven_y_se_puede_filtrar() -> None:
    crudo = hoja_de_excel("Libro", [Columna("A", 9), Columna("B", 40)], [["x", "y"]] * 3, CREADA)

    with zipfile.ZipFile(io.BytesIO(crudo)) as paquete:
        hoja = etree.fromstring(paquete.read("xl/worksheets/sheet1.xml"))
    panel, filtro = hoja.find(f".//{S}pane"), hoja.find(f"{S}autoFilter")
    assert panel is not None and panel.get("state") == "frozen" and panel.get("ySplit") == "1"
    assert filtro is not None and filtro.get("ref") == "A1:B4"


def test_los_mismos_datos_dan_los_mismos_bytes_y_una_celda_larga_se_recorta() -> None:
    filas = [["a" * 40_000]]

    una = hoja_de_excel("Libro: [a/b]?" * 5, [Columna("A", 9)], filas, CREADA)

    assert una == hoja_de_excel("Libro: [a/b]?" * 5, [Columna("A", 9)], filas, CREADA)
    assert len(celdas(una)["A2"][1]) == 32_767
