"""Lo que un lector de pantalla necesita de cada plantilla: título, esquema, idioma y tablas."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from tests.documentos.orden_del_xml import WP, W

FABRICA = Path(__file__).resolve().parents[2] / "plantillas"
PLANTILLAS = sorted(FABRICA.glob("*.docx"))
NIVELES = {"Heading 1": 1, "Heading 2": 2, "Título de cifras": 2}

cada_plantilla = pytest.mark.parametrize("ruta", PLANTILLAS, ids=lambda ruta: ruta.stem)


def arboles(ruta: Path) -> Iterator[tuple[str, etree._Element]]:
    """Las partes que se leen: cuerpo, encabezados y pies."""
    with zipfile.ZipFile(ruta) as paquete:
        for nombre in paquete.namelist():
            if nombre.startswith(("word/document", "word/header", "word/footer")):
                yield nombre, etree.fromstring(paquete.read(nombre))


def tablas(ruta: Path) -> Iterator[etree._Element]:
    for _, raiz in arboles(ruta):
        yield from raiz.iter(f"{W}tbl")


def texto_de(nodo: etree._Element) -> str:
    return "".join(letras.text or "" for letras in nodo.iter(f"{W}t"))


@cada_plantilla
def test_dice_su_titulo_y_esta_en_espaniol_de_mexico(ruta: Path) -> None:
    documento = Document(str(ruta))
    idiomas = {
        nodo.get(qn("w:val"))
        for parte in (documento.styles.element, documento.element, documento.settings.element)
        for nodo in parte.iter(qn("w:lang"), qn("w:themeFontLang"))
    }

    assert documento.core_properties.title
    assert documento.core_properties.language == "es-MX"
    assert idiomas == {"es-MX"}


@cada_plantilla
def test_su_esquema_empieza_por_un_solo_titulo(ruta: Path) -> None:
    niveles = [
        NIVELES[estilo.name]
        for parrafo in Document(str(ruta)).paragraphs
        for estilo in (parrafo.style, parrafo.style.base_style if parrafo.style else None)
        if estilo is not None and estilo.name in NIVELES
    ]

    assert niveles[:1] == [1]
    assert niveles.count(1) == 1


@cada_plantilla
def test_toda_imagen_tiene_texto_alternativo(ruta: Path) -> None:
    dibujos = [nodo for _, raiz in arboles(ruta) for nodo in raiz.iter(f"{WP}docPr")]

    assert dibujos
    assert [nodo.get("name") for nodo in dibujos if len(nodo.get("descr", "")) < 10] == []


@cada_plantilla
def test_toda_tabla_dice_para_que_es(ruta: Path) -> None:
    mudas = [
        texto_de(tabla)[:40]
        for tabla in tablas(ruta)
        if tabla.find(f"{W}tblPr/{W}tblDescription") is None
    ]

    assert mudas == []


@cada_plantilla
def test_la_tabla_que_crece_repite_sus_titulos(ruta: Path) -> None:
    """Las que llevan un renglón por cosa y varias columnas; las de cifras no tienen títulos."""
    sin_titulos = []
    for tabla in tablas(ruta):
        crece = "{%tr for" in texto_de(tabla)
        columnas = len(tabla.findall(f"{W}tblGrid/{W}gridCol"))
        primero = tabla.find(f"{W}tr")
        if crece and columnas != 2 and primero.find(f"{W}trPr/{W}tblHeader") is None:
            sin_titulos.append(texto_de(tabla)[:40])

    assert sin_titulos == []


@cada_plantilla
def test_la_firma_va_con_lo_ultimo_que_se_dice(ruta: Path) -> None:
    """Ningún párrafo entre el cierre y la línea de firma deja pasar la firma sola."""
    documento = Document(str(ruta))
    sueltos = [
        parrafo.style.name
        for parrafo in documento.paragraphs
        if parrafo.style
        and parrafo.style.name in ("Cierre", "Antefirma", "Lema", "Espacio de firma", "Firma")
        and not parrafo.style.paragraph_format.keep_with_next
    ]

    assert sueltos == []


@cada_plantilla
def test_ningun_renglon_de_firma_se_parte(ruta: Path) -> None:
    partibles = [
        texto_de(renglon)
        for tabla in tablas(ruta)
        if (dice := tabla.find(f"{W}tblPr/{W}tblDescription")) is not None
        and dice.get(f"{W}val", "").startswith("Firma")
        for renglon in tabla.findall(f"{W}tr")
        if renglon.find(f"{W}trPr/{W}cantSplit") is None
    ]

    assert partibles == []
