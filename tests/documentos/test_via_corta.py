"""La vía corta de los renglones y los datos llanos da lo mismo que la de siempre."""

from itertools import product
from pathlib import Path
from types import MappingProxyType

import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from expediente.documentos.plantilla import Plantilla, compilar
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hojas import W, abrir, guardar

TEXTOS = st.text(st.sampled_from("abñÑ&<>\n\t \"'{}"), max_size=6)
DATOS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    TEXTOS,
    st.just("\x07"),
    st.lists(st.just("x"), max_size=2),
)
COLUMNAS, PARTES = ("clave", "nombre", "importe"), ("corto", "largo")
# Con todo, que es lo que sale impreso, y con lo que caiga.
FILAS = st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNAS, TEXTOS)), max_size=4) | st.lists(
    st.dictionaries(st.sampled_from(COLUMNAS), DATOS), max_size=4
)
TITULOS = st.fixed_dictionaries(dict.fromkeys(PARTES, TEXTOS)) | st.dictionaries(
    st.sampled_from(PARTES), DATOS
)


def tabla(documento: Document, *renglones: str) -> None:
    hecha = documento.add_table(0, 3)
    for renglon in renglones:
        celdas = hecha.add_row().cells
        for celda, texto in zip(celdas, renglon.split("|"), strict=False):
            celda.text = texto


@pytest.fixture(scope="module")
def plantilla(tmp_path_factory: pytest.TempPathFactory) -> Plantilla:
    def escribir(documento: Document) -> None:
        tabla(
            documento,
            "{%tr for fila in filas %}",
            "{{ fila.clave }}|de {{ fila.nombre }} y {{ fila.nombre }}|{{ fila.importe }}",
            "{%tr endfor %}",
        )
        documento.add_paragraph("{{ titulo.corto }} {{ titulo.largo }}")

    return compilar(guardar(tmp_path_factory.mktemp("via"), escribir))


def lo_que_sale(plantilla: Plantilla, filas: list[object], titulo: object) -> object:
    try:
        return plantilla.llenar({"filas": filas, "titulo": titulo})
    except DatosInvalidos as error:
        return error.mensaje


@settings(max_examples=150, deadline=None)
@given(FILAS, TITULOS)
def test_un_renglon_llano_sale_igual_por_las_dos_vias(
    plantilla: Plantilla, filas: list[dict[str, object]], titulo: dict[str, object]
) -> None:
    """Sólo lo que es un `dict` de veras toma la vía corta; otro mapa, la de siempre."""
    corta = lo_que_sale(plantilla, list(filas), titulo)

    larga = lo_que_sale(plantilla, [MappingProxyType(f) for f in filas], MappingProxyType(titulo))

    assert corta == larga


@pytest.mark.parametrize("hay", list(product((False, True), repeat=4)))
def test_lo_que_queda_vacio_no_rompe_el_documento(tmp_path: Path, hay: tuple[bool, ...]) -> None:
    """Celdas, renglones y tablas de adentro y de afuera, vacíos en todas sus combinaciones."""

    def escribir(documento: Document) -> None:
        tabla(documento, "{%tr if afuera %}", "a|b|c", "{%tr endif %}")
        tabla(documento, "fija|con tabla|y párrafo")
        celda = documento.tables[1].rows[0].cells[1]
        adentro = celda.add_table(0, 2)
        for texto in ("{%tr if adentro %}", "uno", "{%tr endif %}"):
            adentro.add_row().cells[0].text = texto
        ultima = documento.tables[1].rows[0].cells[2]
        ultima.text = "{%p if parrafo %}"
        ultima.add_paragraph("hay párrafo")
        ultima.add_paragraph("{%p endif %}")
        tabla(documento, "{%tr for n in lista %}", "{%tc for m in lista %}|{{ n }}|{%tc endfor %}")
        documento.tables[2].add_row().cells[0].text = "{%tr endfor %}"

    campos = dict(zip(("afuera", "adentro", "parrafo"), hay, strict=False))
    lista = ["x", "y"] if hay[3] else []

    lleno = compilar(guardar(tmp_path, escribir)).llenar({**campos, "lista": lista})

    cuerpo = abrir(lleno).element.body
    assert all(celda[-1].tag == W + "p" for celda in cuerpo.iter(W + "tc"))
    assert all(renglon.find(W + "tc") is not None for renglon in cuerpo.iter(W + "tr"))
    assert all(tabla.find(W + "tr") is not None for tabla in cuerpo.iter(W + "tbl"))
    assert len(list(cuerpo.iter(W + "tbl"))) == 1 + hay[0] + hay[1] + hay[3]
