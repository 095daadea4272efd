"""El XML de las plantillas y de los documentos llenos es el que el estándar admite."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from expediente.nucleo.muestra import CLASES_DE_MUESTRA, NORMALES
from expediente.operaciones.emisores import emisores
from expediente.operaciones.plantillas import llenar_muestra
from tests.conftest import Abridor
from tests.documentos.hojas import guardar, rehacer
from tests.documentos.orden_del_xml import defectos

PLANTILLAS = sorted((Path(__file__).resolve().parents[2] / "plantillas").glob("*.docx"))


@pytest.mark.parametrize("plantilla", PLANTILLAS, ids=lambda ruta: ruta.stem)
def test_la_plantilla_de_fabrica_cumple_el_esquema(plantilla: Path) -> None:
    assert defectos(plantilla.read_bytes()) == []


@pytest.mark.parametrize(
    "clase",
    [c if c == NORMALES else pytest.param(c, marks=pytest.mark.largo) for c in CLASES_DE_MUESTRA],
)
def test_todo_documento_lleno_cumple_el_esquema(clase: str, ventanilla: Abridor) -> None:
    v = ventanilla()

    hallados = {
        plantilla: defectos(llenar_muestra(v, emisor, clase))
        for plantilla, emisor in {e.plantilla: e for e in emisores(v)}.items()
    }

    assert len(hallados) > 80
    assert {quien: que for quien, que in hallados.items() if que} == {}


def con_sombra_antes_del_ancho(documento: Any) -> None:
    celda = documento.add_table(1, 1).cell(0, 0)._tc.get_or_add_tcPr()
    celda.insert(0, OxmlElement("w:shd"))


def con_celda_sin_parrafo(documento: Any) -> None:
    celda = documento.add_table(1, 1).cell(0, 0)._tc
    celda.remove(celda.find(qn("w:p")))


def con_parrafo_tras_la_seccion(documento: Any) -> None:
    documento.element.body.append(OxmlElement("w:p"))


def con_alineacion_antes_del_estilo(documento: Any) -> None:
    propiedades = documento.add_paragraph(style="Heading 1")._p.get_or_add_pPr()
    propiedades.insert(0, OxmlElement("w:jc"))


def con_marcador_abierto(documento: Any) -> None:
    documento.add_paragraph()._p.append(OxmlElement("w:bookmarkStart"))


def con_renglon_de_mas_columnas(documento: Any) -> None:
    renglon = documento.add_table(1, 2).rows[0]._tr
    renglon.append(OxmlElement("w:tc"))
    renglon[-1].append(OxmlElement("w:p"))


def con_relacion_que_no_existe(documento: Any) -> None:
    nodo = OxmlElement("w:headerReference")
    nodo.set(qn("r:id"), "rId99")
    documento.sections[0]._sectPr.insert(0, nodo)


@pytest.mark.parametrize(
    ("estropear", "dice"),
    [
        (con_sombra_antes_del_ancho, "<tcPr> tiene sus hijos fuera de orden"),
        (con_celda_sin_parrafo, "una celda no acaba en párrafo"),
        (con_parrafo_tras_la_seccion, "el cuerpo no acaba en su sección"),
        (con_alineacion_antes_del_estilo, "<pPr> tiene sus hijos fuera de orden"),
        (con_marcador_abierto, "<bookmarkStart> y <bookmarkEnd> no están emparejados"),
        (con_renglon_de_mas_columnas, "un renglón no tiene las columnas de su tabla"),
        (con_relacion_que_no_existe, "cita «rId99», que no está en sus relaciones"),
    ],
)
def test_se_nota_lo_que_word_tendria_que_reparar(
    tmp_path: Path, estropear: Callable[[Any], None], dice: str
) -> None:
    hallados = defectos(guardar(tmp_path, estropear).read_bytes())

    assert [hallado for hallado in hallados if dice in hallado]


def test_se_nota_una_parte_que_falta_y_una_que_nadie_usa(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph("Hola"))
    rehacer(ruta, {"word/settings.xml": None, "word/suelta.bin": b"x"})

    hallados = defectos(ruta.read_bytes())

    assert "word/_rels/document.xml.rels: apunta a «word/settings.xml», que no existe" in hallados
    assert "word/suelta.bin: no tiene tipo de contenido" in hallados
    assert "word/suelta.bin: nadie la usa" in hallados


def test_dos_dibujos_no_llevan_el_mismo_numero(tmp_path: Path) -> None:
    def con_dos(documento: Any) -> None:
        for _ in range(2):
            parrafo = documento.add_paragraph()._p
            dibujo = OxmlElement("wp:docPr")
            dibujo.set("id", "7")
            parrafo.append(dibujo)

    hallados = defectos(guardar(tmp_path, con_dos).read_bytes())

    assert "word/document.xml: 2 dibujos llevan el número 7" in hallados
