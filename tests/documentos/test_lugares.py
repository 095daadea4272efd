"""Dónde puede ir una etiqueta: en todo lo que Word imprime, y en lo que dice de sí mismo."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expediente.documentos.plantilla import compilar
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hechuras import xml_en_parrafo
from tests.documentos.hojas import abrir, guardar, parrafos, rehacer
from tests.documentos.test_imagenes import png

ASPERO = "a \"b\" <c> & 'd'\ne"


def test_el_texto_alternativo_de_una_imagen_puede_llevar_datos(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(9, 9))

    def escribir(documento: Document) -> None:
        forma = documento.add_picture(str(tmp_path / "a.png"))
        forma._inline.docPr.set("descr", "Foto de {{ nombre }} y {{ otro }}")
        documento.add_paragraph("{{ nombre }}")

    plantilla = compilar(guardar(tmp_path, escribir))
    carta = abrir(plantilla.llenar({"nombre": ASPERO, "otro": "<x>"}))

    (dibujo,) = carta.element.body.iter(qn("wp:docPr"))
    assert dibujo.get("descr") == f"Foto de {ASPERO} y <x>".replace("\n", " ")
    assert carta.paragraphs[1].text == ASPERO
    assert plantilla.campos() == {"nombre", "otro"}
    with pytest.raises(DatosInvalidos, match="faltan «nombre», «otro»"):
        plantilla.llenar({})


def test_en_un_texto_alternativo_no_cabe_un_bloque(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(9, 9))

    def escribir(documento: Document) -> None:
        forma = documento.add_picture(str(tmp_path / "a.png"))
        forma._inline.docPr.set("descr", "{% if x %}a{% endif %}")

    with pytest.raises(DatosInvalidos, match=r"texto alternativo: «{% if x %}» no puede ir aquí"):
        compilar(guardar(tmp_path, escribir))


@pytest.mark.parametrize(
    "campo",
    [
        "<w:fldSimple w:instr='HYPERLINK \"{{ x }}\"'>[[y]]</w:fldSimple>",
        '<w:r><w:instrText>HYPERLINK "{{ </w:instrText></w:r><w:r><w:instrText>x }}"'
        "</w:instrText></w:r>[[y]]",
    ],
)
def test_un_campo_de_word_puede_llevar_un_dato(tmp_path: Path, campo: str) -> None:
    ruta = guardar(tmp_path, xml_en_parrafo(campo))

    carta = abrir(compilar(ruta).llenar({"x": "https://x.mx/?a=1&b=<2>"}))

    (parrafo, *_) = carta.paragraphs
    escrito = "".join(n.text for n in parrafo._p.iter(qn("w:instrText"))) + "".join(
        n.get(qn("w:instr")) for n in parrafo._p.iter(qn("w:fldSimple"))
    )
    assert escrito == 'HYPERLINK "https://x.mx/?a=1&b=<2>"'


def test_las_copias_de_una_imagen_en_un_bucle_llevan_cada_una_su_numero(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(9, 9))

    def escribir(documento: Document) -> None:
        documento.add_paragraph("{%p for x in lista %}")
        documento.add_picture(str(tmp_path / "a.png"))
        documento.add_paragraph("{%p endfor %}")

    carta = abrir(compilar(guardar(tmp_path, escribir)).llenar({"lista": [1, 2, 3]}))

    numeros = [dibujo.get("id") for dibujo in carta.element.body.iter(qn("wp:docPr"))]
    assert len(numeros) == len(set(numeros)) == 3


CUSTOM = (
    "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties' "
    "xmlns:vt='http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'><property "
    "fmtid='{D5CDD505-2E9C-101B-9397-08002B2CF9AE}' pid='2' name='Folio'><vt:lpwstr>{{ x }}"
    "</vt:lpwstr></property></Properties>"
)
APP = (
    "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/"
    "extended-properties'><Company>{{ x|upper }}</Company></Properties>"
)


def test_las_propiedades_de_la_empresa_y_las_propias_se_llenan(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph("y"))
    rehacer(ruta, {"docProps/custom.xml": CUSTOM.encode(), "docProps/app.xml": APP.encode()})

    carta = compilar(ruta).llenar({"x": "a & <b>"})

    assert b"<vt:lpwstr>a &amp; &lt;b&gt;</vt:lpwstr>" in _parte(carta, "docProps/custom.xml")
    assert b"<Company>A &amp; &lt;B&gt;</Company>" in _parte(carta, "docProps/app.xml")


def _parte(contenido: bytes, nombre: str) -> bytes:
    with zipfile.ZipFile(BytesIO(contenido)) as paquete:
        return paquete.read(nombre)


@pytest.mark.parametrize("nivel", ["p", "tr", "tc"])
def test_en_las_propiedades_no_cabe_lo_que_envuelve_parte_del_documento(
    tmp_path: Path, nivel: str
) -> None:
    def escribir(documento: Document) -> None:
        documento.core_properties.title = f"{{%{nivel} if x %}}a{{%{nivel} endif %}}"

    with pytest.raises(DatosInvalidos, match="propiedades del documento"):
        compilar(guardar(tmp_path, escribir))


def test_un_cuadro_de_texto_llena_sus_dos_copias(tmp_path: Path) -> None:
    """Word guarda el cuadro dos veces: una para sí y otra para los programas viejos."""
    caja = "<w:txbxContent><w:p>[[Dentro {{ x }}]]</w:p></w:txbxContent>"
    cuadro = (
        "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/"
        f"markup-compatibility/2006'><mc:Choice Requires='wps'>{caja}</mc:Choice><mc:Fallback>"
        f"{caja}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    plantilla = compilar(guardar(tmp_path, xml_en_parrafo(cuadro)))

    carta = abrir(plantilla.llenar({"x": "a"}))

    cajas = carta.element.body.iter(qn("w:txbxContent"))
    assert ["".join(t.text for t in caja.iter(qn("w:t"))) for caja in cajas] == ["Dentro a"] * 2
    with pytest.raises(DatosInvalidos, match=r"^Plantilla o\.docx, cuerpo: falta «x»\.$"):
        plantilla.llenar({})


def _en_todas_partes(documento: Document) -> None:
    documento.add_paragraph("{{ x }}")
    documento.add_table(1, 1).cell(0, 0).text = "{{ x }}"
    documento.sections[0].header.paragraphs[0].text = "{{ x }}"
    caja = parse_xml(
        f"<w:p xmlns:w='{qn('w:p')[1:-2]}'><w:sdt><w:sdtContent><w:r><w:t>{{{{ x }}}}</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>"
    )
    documento.element.body.insert(0, caja)


IMPRIMIBLES = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=60,
)


@given(valor=st.lists(IMPRIMIBLES, min_size=1, max_size=3).map("\n".join))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_cualquier_valor_imprimible_sale_igual_al_dato(tmp_path: Path, valor: str) -> None:
    ruta = tmp_path / "o.docx"
    if not ruta.exists():
        guardar(tmp_path, _en_todas_partes)

    contenido = compilar(ruta).llenar({"x": valor})

    carta = abrir(contenido)
    assert parrafos(contenido)[1] == valor
    assert carta.tables[0].cell(0, 0).text == valor
    assert carta.sections[0].header.paragraphs[0].text == valor
