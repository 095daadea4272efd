"""El informe en Excel: lo que ve quien lo abre, y que nada de lo capturado se calcule."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from expediente.documentos.hoja_de_informe import (
    Cifra,
    Desglose,
    InformeEnHojas,
    Medicion,
    Reparto,
    informe_en_excel,
)

CREADO = datetime(2026, 11, 20, 14, 0)
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
HOSTILES = ("=cmd|' /C calc'!A0", "+52 81 1234 5678", "@SUM(1+1)", "http://example.invalid")


def informe(filas: int = 3, valores: int = 5, **mas: Any) -> InformeEnHojas:
    grupo = Desglose(
        "Por colonia",
        tuple(Cifra(f"Colonia Ñ{n}", 50 - n, folios=("AP-2026-0001",)) for n in range(valores)),
    )
    return replace(
        InformeEnHojas(
            titulo="Informe de peticiones",
            senas=(("Periodo", "Semana 47"), ("Corte", "cifras al 20 de noviembre")),
            identidad="4 abiertos al inicio + 6 recibidos = …",
            cifras=(
                Cifra("Recibidos", 6, "Los que se abrieron.", ("AP-2026-0001", "AP-2026-0002")),
                Cifra("Monto", Decimal("1500.50"), "La suma de monto."),
            ),
            columnas=("Folio", "Nombre", "Teléfono", "Fecha", "Recibido", "Vueltas"),
            filas=tuple(
                (f"AP-2026-{n:04d}", HOSTILES[n % 4], "0181234567", date(2026, 11, 16),
                 datetime(2026, 11, 16, 9, 30), n)
                for n in range(filas)
            ),
            grupos=(grupo,),
            notas=(("No se pudo leer", "AP-2026-0009: renglón 3"),),
        ),
        **mas,
    )  # fmt: skip


class Abierto:
    """El libro como lo lee Excel: {nombre de hoja: {celda: (tipo, valor, formato)}}."""

    def __init__(self, crudo: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(crudo))
        assert self.zip.testzip() is None
        libro = self.leer("xl/workbook.xml")
        textos = ["".join(si.itertext()) for si in self.leer("xl/sharedStrings.xml")]
        estilos = self.leer("xl/styles.xml")
        propios = {n.get("numFmtId"): n.get("formatCode") for n in estilos.iter(f"{S}numFmt")}
        self.formatos = [
            propios.get(xf.get("numFmtId"), xf.get("numFmtId"))
            for xf in estilos.find(f"{S}cellXfs")
        ]
        self.xml = {
            hoja.get("name"): self.leer(f"xl/worksheets/sheet{n}.xml")
            for n, hoja in enumerate(libro.iter(f"{S}sheet"), start=1)
        }
        self.hojas = {
            nombre: {c.get("r"): self._celda(c, textos) for c in arbol.iter(f"{S}c") if len(c)}
            for nombre, arbol in self.xml.items()
        }

    def _celda(self, celda: Any, textos: list[str]) -> tuple[Any, str]:
        valor = celda.findtext(f"{S}v")
        dicho = textos[int(valor)] if celda.get("t") == "s" else float(valor)
        return dicho, self.formatos[int(celda.get("s", 0))]

    def leer(self, parte: str) -> Any:
        return etree.fromstring(self.zip.read(parte))

    def columna(self, hoja: str, letra: str) -> list[Any]:
        """Los valores de una columna, de arriba abajo."""
        suyas = {int(c[1:]): v for c, (v, _) in self.hojas[hoja].items() if c[0] == letra}
        return [suyas[n] for n in sorted(suyas)]


def test_trae_cifras_detalle_un_desglose_por_hoja_folios_y_notas() -> None:
    libro = Abierto(informe_en_excel(informe(), CREADO))

    assert list(libro.hojas) == ["Cifras", "Detalle", "Por colonia", "Folios", "Notas"]


def test_las_cifras_dicen_de_que_informe_y_de_cuando_son_y_cuadran() -> None:
    libro = Abierto(informe_en_excel(informe(), CREADO))

    dichas = libro.columna("Cifras", "A")
    assert dichas[0] == "Informe de peticiones"
    assert {"Periodo: Semana 47", "4 abiertos al inicio + 6 recibidos = …"} <= set(dichas)
    assert libro.columna("Cifras", "B") == ["Cifra", 6, 1500.5]


def test_no_hay_una_sola_formula_ni_un_enlace() -> None:
    hostil = Desglose("=1+1", tuple(Cifra(h, 2, h, (h,)) for h in HOSTILES))
    cabeza = {"titulo": HOSTILES[0], "identidad": HOSTILES[2], "senas": ((HOSTILES[1], "x"),)}

    libro = Abierto(informe_en_excel(informe(grupos=(hostil,), **cabeza), CREADO))

    for arbol in libro.xml.values():
        assert list(arbol.iter(f"{S}f")) == [] and list(arbol.iter(f"{S}hyperlink")) == []
    assert set(HOSTILES) <= set(libro.columna("=1+1", "A"))
    grafica = libro.leer("xl/charts/chart1.xml")
    assert grafica.find(f".//{C}title//{C}f") is None


def test_las_fechas_son_fechas_y_los_telefonos_son_texto() -> None:
    libro = Abierto(informe_en_excel(informe(), CREADO))

    detalle = libro.hojas["Detalle"]
    assert detalle["C2"][0] == "0181234567"
    assert detalle["D2"] == (46342.0, "dd/mm/yyyy")
    assert detalle["E2"] == (pytest.approx(46342 + 9.5 / 24), "dd/mm/yyyy hh:mm")
    assert detalle["F3"] == (1.0, "#,##0")


def test_el_detalle_tiene_encabezado_fijo_y_repetido_filtros_y_anchos() -> None:
    libro = Abierto(informe_en_excel(informe(500), CREADO))

    hoja = libro.xml["Detalle"]
    assert hoja.find(f".//{S}pane").get("state") == "frozen"
    assert hoja.find(f"{S}autoFilter").get("ref") == "A1:F501"
    assert all(float(c.get("width")) >= 10 for c in hoja.iter(f"{S}col"))
    definidos = {
        (n.get("name"), n.text) for n in libro.leer("xl/workbook.xml").iter(f"{S}definedName")
    }
    assert ("_xlnm.Print_Titles", "Detalle!$1:$1") in definidos
    assert len(libro.columna("Detalle", "A")) == 501


def test_cada_desglose_lleva_su_grafica_con_doce_barras_otros_y_sus_cifras() -> None:
    libro = Abierto(informe_en_excel(informe(valores=20), CREADO))

    grafica = libro.leer("xl/charts/chart1.xml")
    nombres = [v.text for v in grafica.iter(f"{C}v")][:13]
    assert nombres[0] == "Colonia Ñ0" and nombres[-1] == "Otros (8)"
    assert grafica.find(f".//{C}barDir").get("val") == "bar"
    assert grafica.find(f".//{C}dLbls/{C}showVal").get("val") == "1"
    assert grafica.find(f".//{C}legend") is None and grafica.find(f".//{C}majorGridlines") is None
    # La tabla trae los veinte, su parte y el total.
    assert len(libro.columna("Por colonia", "A")) == 22
    assert libro.columna("Por colonia", "B")[-1] == sum(50 - n for n in range(20))


def test_las_barras_son_grises_y_su_texto_alternativo_dice_las_cifras() -> None:
    libro = Abierto(informe_en_excel(informe(), CREADO))

    colores = {n.get("val") for n in libro.leer("xl/charts/chart1.xml").iter(f"{A}srgbClr")}
    assert all(color[:2] == color[2:4] == color[4:] for color in colores)
    dicho = libro.leer("xl/drawings/drawing1.xml").find(f".//{XDR}cNvPr").get("descr")
    assert "Colonia Ñ0, 50; Colonia Ñ1, 49" in dicho


def test_los_folios_dicen_de_donde_sale_cada_cifra() -> None:
    libro = Abierto(informe_en_excel(informe(), CREADO))

    filas = list(zip(*(libro.columna("Folios", letra) for letra in "AC"), strict=True))
    assert filas[1:3] == [("Recibidos", "AP-2026-0001"), ("Recibidos", "AP-2026-0002")]
    assert filas[3] == ("Por colonia", "AP-2026-0001")


def test_si_no_se_piden_no_hay_hoja_de_folios() -> None:
    assert "Folios" not in Abierto(informe_en_excel(informe(con_folios=False), CREADO)).hojas


def test_las_notas_dicen_que_cuenta_cada_cifra_y_lo_que_no_se_pudo_leer() -> None:
    libro = Abierto(informe_en_excel(informe(), CREADO))

    notas = dict(zip(libro.columna("Notas", "A"), libro.columna("Notas", "B"), strict=True))
    assert notas["Recibidos"] == "Los que se abrieron."
    assert notas["No se pudo leer"] == "AP-2026-0009: renglón 3"


def test_los_indicadores_van_con_su_formula_y_si_cumplen() -> None:
    medicion = Medicion("Oportunidad", "(A / B) × 100", "7", "8", "87.5 %", "Al menos 90", "No")

    libro = Abierto(informe_en_excel(informe(mediciones=(medicion,)), CREADO))

    dichos = {valor for valor, _ in libro.hojas["Cifras"].values()}
    assert {"Oportunidad", "(A / B) × 100", "87.5 %", "Al menos 90", "No"} <= dichos


def test_sin_casos_el_libro_se_abre_igual() -> None:
    vacio = informe(0, grupos=(Desglose("Por colonia", ()),), cifras=(Cifra("Recibidos", 0),))

    libro = Abierto(informe_en_excel(vacio, CREADO))

    assert libro.columna("Detalle", "A") == ["Folio"]
    assert not any("chart" in nombre for nombre in libro.zip.namelist())


@pytest.mark.parametrize("nombres", [("Cifras", "Notas"), ("Por [área]: a/b*?" * 4,) * 3])
def test_ninguna_hoja_se_llama_como_otra_ni_como_excel_no_admite(nombres: tuple[str, ...]) -> None:
    grupos = tuple(Desglose(nombre, (Cifra("x", 1),)) for nombre in nombres)

    hojas = list(Abierto(informe_en_excel(informe(grupos=grupos), CREADO)).hojas)

    assert len({hoja.casefold() for hoja in hojas}) == len(hojas) == 4 + len(nombres)
    assert all(len(hoja) <= 31 and not set("[]:*?/\\'") & set(hoja) for hoja in hojas)


def test_el_mismo_informe_da_los_mismos_bytes() -> None:
    assert informe_en_excel(informe(50), CREADO) == informe_en_excel(informe(50), CREADO)


def test_el_reparto_del_periodo_lleva_sus_columnas_con_las_dos_series() -> None:
    dias = (("lun 16", 0, 3), ("mar 17", 19, 0))
    reparto = Reparto("Recibidos y concluidos por día", ("Recibidos", "Concluidos"), dias)

    libro = Abierto(informe_en_excel(informe(reparto=reparto), CREADO))

    assert libro.columna("Recibidos y concluidos por día", "B") == ["Recibidos", 0, 19]
    grafica = libro.leer("xl/charts/chart1.xml")
    assert grafica.find(f".//{C}barDir").get("val") == "col"
    assert [v.text for v in grafica.iter(f"{C}v")].count("Concluidos") == 1


def test_lo_que_ocupa_varios_renglones_se_lee_entero() -> None:
    largo = informe(notas=(("Nota", "una palabra " * 40),))

    libro = Abierto(informe_en_excel(largo, CREADO))

    *_, ultima = libro.xml["Notas"].iter(f"{S}row")
    assert float(ultima.get("ht")) >= 5 * 15
