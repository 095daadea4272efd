"""La guía de las plantillas, probada: cada ejemplo se llena y da lo que dice que da."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from expediente.cli.app import ORDENES
from expediente.documentos.filtros import FILTROS
from expediente.documentos.plantilla import compilar
from expediente.documentos.rico import CLAVES_DE_FORMATO
from tests.documentos.hojas import guardar
from tests.documentos.test_imagenes import png

GUIA = Path(__file__).resolve().parent.parent / "docs" / "plantillas.md"
TEXTO = GUIA.read_text(encoding="utf-8")
EJEMPLOS = re.findall(r"```plantilla\n(.*?)```\n```sale\n(.*?)```", TEXTO, re.DOTALL)
CELDA = re.compile(r"│([^│\n]*)(?=│)")
EMU_POR_CM = 360_000

CAMPOS: dict[str, Any] = {
    "beneficiario": {"nombre": "Rosa Peña Gil", "edad": 67},
    "viajes": [
        {"folio": "EB-1", "destino": "Monterrey"},
        {"folio": "EB-2", "destino": "Saltillo"},
    ],
    "meses": ["enero", "febrero", "marzo"],
    "urgente": True,
    "acompanantes": [],
    "color": "#BDD7EE",
    "observaciones": "Llegó **tarde** por la *lluvia*.",
    "observaciones_largas": "Primera observación.\nSegunda **observación**.",
    "anexos": ["Copia de la credencial", "Copia de la cita"],
    "firmante": {"firma": ""},
    "oficio": {"numero": "DIF/12/2026"},
    "desglose": {
        "nombre": "Por colonia",
        "filas": [{"nombre": "Las Peñas", "valor": "3"}, {"nombre": "Centro", "valor": "7"}],
    },
    "semanas": {
        "nombre": "Por semana",
        "filas": [{"nombre": "S45", "valor": "4"}, {"nombre": "S46", "valor": "9"}],
    },
}


def escribir(documento: Document, ejemplo: str) -> None:
    """Arma en Word el ejemplo: un párrafo por renglón, y una tabla por racha de «│»."""
    pendientes: list[list[str]] = []
    for renglon in [*ejemplo.splitlines(), ""]:
        if renglon.startswith("│"):
            pendientes.append([celda.strip() for celda in CELDA.findall(renglon)])
            continue
        if pendientes:
            tabla = documento.add_table(len(pendientes), len(pendientes[0]))
            for fila, textos in zip(tabla.rows, pendientes, strict=True):
                for celda, texto in zip(fila.cells, textos, strict=True):
                    celda.text = texto
            pendientes = []
        if renglon:
            documento.add_paragraph(renglon)


def lo_que_sale(contenido: bytes) -> Iterator[str]:
    """Los renglones de una carta, escritos como en la guía."""
    for bloque in docx.Document(BytesIO(contenido)).iter_inner_content():
        if isinstance(bloque, Table):
            for renglon in bloque._tbl.tr_lst:
                textos = ("".join(t.text or "" for t in c.iter(qn("w:t"))) for c in renglon.tc_lst)
                yield re.sub(" +", " ", f"│ {' │ '.join(textos)} │")
        else:
            yield _imagenes_de(bloque) + bloque.text


def _imagenes_de(parrafo: Paragraph) -> str:
    return "".join(
        f"[imagen de {int(medida.get('cx')) / EMU_POR_CM:.1f} por "
        f"{int(medida.get('cy')) / EMU_POR_CM:.1f} cm: {dibujo.find(qn('wp:docPr')).get('descr')}]"
        for dibujo in parrafo._p.iter(qn("wp:inline"))
        for medida in [dibujo.find(qn("wp:extent"))]
    )


@pytest.mark.parametrize(("ejemplo", "sale"), EJEMPLOS, ids=[e[:40] for e, _ in EJEMPLOS])
def test_cada_ejemplo_da_lo_que_la_guia_dice(tmp_path: Path, ejemplo: str, sale: str) -> None:
    (tmp_path / "imagenes").mkdir()
    (tmp_path / "plantillas").mkdir()
    (tmp_path / "imagenes" / "escudo-municipio.png").write_bytes(png(200, 100))
    ruta = guardar(tmp_path / "plantillas", lambda documento: escribir(documento, ejemplo))

    carta = compilar(ruta).llenar(CAMPOS)

    assert list(lo_que_sale(carta)) == sale.splitlines()


def test_todo_ejemplo_dice_lo_que_da() -> None:
    assert len(EJEMPLOS) == TEXTO.count("```plantilla\n") == TEXTO.count("```sale\n") >= 20


def test_las_marcas_de_formato_de_la_guia_son_las_que_se_leen(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph("{{r x|rico }}"))
    plantilla = compilar(ruta)
    tabla = TEXTO.split("| Se captura | Sale |")[1].split("\n\n")[0]

    escritos = re.findall(r"^\| `(.+?)` \|", tabla, re.MULTILINE)

    assert len(escritos) == 6
    for escrito in escritos:
        parrafo = docx.Document(BytesIO(plantilla.llenar({"x": escrito}))).paragraphs[0]
        assert parrafo.text != escrito
        assert any(run._r.rPr is not None for run in parrafo.runs)


def test_la_guia_nombra_todas_las_opciones_del_texto_con_formato() -> None:
    parte = TEXTO.split("Se admiten ")[1].split("\n\n")[0]

    assert set(re.findall(r"`([a-z]+)`", parte)) == CLAVES_DE_FORMATO


def test_los_filtros_que_la_guia_nombra_existen() -> None:
    parte = TEXTO.split("Otros: ")[1].split("\n")[0]

    assert set(re.findall(r"`([a-z]+)`", parte)) <= FILTROS.keys()


def test_la_guia_nombra_todas_las_ordenes_de_las_plantillas() -> None:
    assert set(re.findall(r"^\| `expediente plantilla (\w+)`", TEXTO, re.MULTILINE)) == set(
        ORDENES["plantilla"].ordenes
    )
