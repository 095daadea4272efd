"""El corpus entero contra docxtpl: a la misma plantilla y los mismos datos, lo mismo.

Donde diferimos a propósito, la prueba dice por qué y fija las dos salidas.
"""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docxtpl import Listing, RichText, RichTextParagraph

from expediente.documentos.plantilla import compilar
from expediente.documentos.rico import Formato, TextoRico, Trozo
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.corpus import CAMPOS, CASOS
from tests.documentos.hechuras import (
    con_notas,
    parrafos_con,
    runs_con,
    tabla_con,
    xml_en_parrafo,
)
from tests.documentos.hojas import abrir, con_docxtpl, guardar, parrafos
from tests.documentos.orden_del_xml import defectos
from tests.documentos.radiografia import radiografia


@pytest.mark.parametrize("caso", CASOS)
def test_se_ve_igual_que_con_docxtpl(tmp_path: Path, caso: str) -> None:
    ruta = guardar(tmp_path, CASOS[caso])

    carta = compilar(ruta).llenar(CAMPOS)

    nuestra, de_docxtpl = radiografia(carta), radiografia(con_docxtpl(ruta, CAMPOS))
    for parte in nuestra:
        columnas, de_oraculo = nuestra[parte].pop("columnas"), de_docxtpl[parte].pop("columnas")
        # docxtpl deja a veces una rejilla que no cuadra con sus celdas; entonces no es oráculo.
        anchos = [_ancho(tabla) for tabla in nuestra[parte]["tablas"]]
        assert columnas == anchos if de_oraculo != columnas else True
    assert nuestra == de_docxtpl
    # Un renglón que abarca más columnas que otro lo escribió así quien hizo la plantilla.
    nuevos = set(defectos(carta)) - set(defectos(ruta.read_bytes()))
    assert {defecto for defecto in nuevos if "columnas de su tabla" not in defecto} == set()
    abrir(carta)


def _ancho(tabla: list[list[dict[str, str]]]) -> int:
    return max(sum(int(celda["abarca"] or 1) for celda in renglon) for renglon in tabla)


def test_el_corpus_tiene_un_caso_por_construccion() -> None:
    assert len(CASOS) >= 120


def _rico_de_docxtpl() -> RichText:
    rico = RichText("uno ")
    rico.add("dos", bold=True)
    rico.add(" tres & <4>", italic=True, underline=True, color="#C00000", size=28)
    rico.add("5", superscript=True)
    rico.add("6", strike=True, style="Fuerte")
    return rico


RICO_NUESTRO = TextoRico(
    (
        Trozo("uno "),
        Trozo("dos", Formato(negrita=True)),
        Trozo(" tres & <4>", Formato(cursiva=True, subrayado=True, color="C00000", tamano=14)),
        Trozo("5", Formato(posicion="arriba")),
        Trozo("6", Formato(tachado=True, estilo="Fuerte")),
    )
)


def test_un_texto_rico_se_ve_como_el_richtext_de_docxtpl(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, parrafos_con("Vea: {{r x }} y ya"))

    carta = compilar(ruta).llenar({"x": RICO_NUESTRO})

    assert radiografia(carta) == radiografia(con_docxtpl(ruta, {"x": _rico_de_docxtpl()}))


def test_unos_parrafos_ricos_se_ven_como_los_de_docxtpl(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, parrafos_con("antes", "{{p x }}", "después"))
    de_docxtpl = RichTextParagraph(_rico_de_docxtpl())
    de_docxtpl.add("otro", parastyle="Quote")
    nuestros = [RICO_NUESTRO, TextoRico((Trozo("otro"),), estilo_de_parrafo="Quote")]

    carta = compilar(ruta).llenar({"x": nuestros})

    assert radiografia(carta) == radiografia(con_docxtpl(ruta, {"x": de_docxtpl}))


def test_los_saltos_de_un_valor_se_ven_como_los_de_un_listing(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, runs_con("a {{ x }} b"))
    texto = "uno\ndos & <3>\tcuatro"

    carta = compilar(ruta).llenar({"x": texto})

    assert radiografia(carta) == radiografia(con_docxtpl(ruta, {"x": Listing(texto)}))


def test_un_valor_en_parrafos_se_ve_como_un_listing_con_parrafos(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, runs_con("{{p x }}"))
    suya = guardar(tmp_path, runs_con("{{ x }}"), "suya.docx")

    carta = compilar(ruta).llenar({"x": "uno\ndos\ntres"})

    assert radiografia(carta) == radiografia(con_docxtpl(suya, {"x": Listing("uno\ados\atres")}))


# Aquí diferimos a propósito: construcción, plantilla, campos, lo nuestro y lo de docxtpl.
DIFERENCIAS: dict[str, tuple[Any, dict[str, object], list[str], list[str]]] = {
    "un dato gana a un método que se llama igual": (
        parrafos_con("{{ p.items }}"), {"p": {"items": "tres"}}, ["tres"],
        ["<built-in method items of dict object"],
    ),
    "un texto llano en {{r }} se imprime; docxtpl lo deja suelto, donde Word no lo enseña": (
        parrafos_con("[{{r x }}]"), {"x": "uno"}, ["[uno]"], ["[]"],
    ),
    "un texto llano en {{p }} es un párrafo; docxtpl lo pierde": (
        parrafos_con("a", "{{p x }}"), {"x": "uno"}, ["a", "uno"], ["a"],
    ),
    "las llaves de un dato no se tocan": (
        parrafos_con("{{ x }}"), {"x": "{_{ y }_}"}, ["{_{ y }_}"], ["{{ y }}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("caso", DIFERENCIAS)
def test_diferimos_de_docxtpl_a_proposito(tmp_path: Path, caso: str) -> None:
    escribir, campos, nuestra, de_docxtpl = DIFERENCIAS[caso]
    ruta = guardar(tmp_path, escribir)

    carta = compilar(ruta).llenar(campos)

    assert parrafos(carta) == nuestra
    oraculo = parrafos(con_docxtpl(ruta, campos))
    assert [texto.split(" at 0x")[0] for texto in oraculo] == de_docxtpl


# Lo que docxtpl imprime con un hueco, y aquí detiene la carta.
CON_HUECO: dict[str, tuple[Any, dict[str, object], str]] = {
    "lo que falta": (parrafos_con("[{{ nadie }}]"), {}, "[]"),
    "lo que está en None": (parrafos_con("[{{ x }}]"), {"x": None}, "[None]"),
    "una tabla sin su lista": (parrafos_con("[{% for f in filas %}{% endfor %}]"), {}, "[]"),
    "varios datos como uno": (parrafos_con("{{ x }}"), {"x": ["a"]}, "['a']"),
    "un carácter de control": (parrafos_con("[{{ x }}]"), {"x": "a\x1bb"}, "[ab]"),
    "un color que no lo es": (tabla_con(("{% cellbg x %}a",)), {"x": "azul"}, "Fin"),
    "un número de columnas que no lo es": (tabla_con(("{% colspan x %}a",)), {"x": 0}, "Fin"),
}


@pytest.mark.parametrize("caso", CON_HUECO)
def test_lo_que_docxtpl_imprime_con_un_hueco_aqui_detiene_la_carta(
    tmp_path: Path, caso: str
) -> None:
    escribir, campos, de_docxtpl = CON_HUECO[caso]
    ruta = guardar(tmp_path, escribir)

    with pytest.raises(DatosInvalidos):
        compilar(ruta).llenar(campos)

    assert parrafos(con_docxtpl(ruta, campos)) == [de_docxtpl]


# Lo que docxtpl acepta perdiendo texto o sin entenderlo, y aquí se dice al compilar.
SE_RECHAZAN: dict[str, tuple[Any, list[str]]] = {
    "texto junto a una etiqueta de párrafo": (parrafos_con("a {%p if 1 %}", "b", "{%p endif %}"),
                                              ["b"]),
    "una etiqueta de un párrafo a otro": (parrafos_con("{{ 'a'", "~ 'b' }}"), ["ab"]),
}  # fmt: skip


@pytest.mark.parametrize("caso", SE_RECHAZAN)
def test_lo_que_docxtpl_pierde_aqui_se_rechaza(tmp_path: Path, caso: str) -> None:
    escribir, de_docxtpl = SE_RECHAZAN[caso]
    ruta = guardar(tmp_path, escribir)

    with pytest.raises(DatosInvalidos):
        compilar(ruta)

    assert parrafos(con_docxtpl(ruta, {})) == de_docxtpl


def test_lo_que_sigue_a_una_etiqueta_partida_conserva_su_formato(tmp_path: Path) -> None:
    """docxtpl le da el de la etiqueta; el texto es el mismo."""
    ruta = guardar(tmp_path, runs_con("{% if 1", " %}a{% endif %}"))

    nuestra = radiografia(compilar(ruta).llenar({}))["word/document.xml"]["párrafos"]
    suya = radiografia(con_docxtpl(ruta, {}))["word/document.xml"]["párrafos"]

    assert (nuestra, suya) == ([("", "", (("a", ()),))], [("", "", (("a", ("b=",)),))])


def test_aqui_se_llenan_las_notas_al_final_y_docxtpl_no(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, con_notas("endnote"))

    carta = compilar(ruta).llenar(CAMPOS)

    assert b"DIF/DG/0123/2026" in _parte(carta, "word/endnotes.xml")
    assert b"oficio.numero" not in _parte(carta, "word/endnotes.xml")
    assert b"cio.numero" in _parte(con_docxtpl(ruta, CAMPOS), "word/endnotes.xml")


def test_aqui_las_propiedades_se_llenan_todas_y_sin_escapar_dos_veces(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.core_properties.title = "{{ x }}"
        documento.core_properties.keywords = "{{ x }}"
        documento.core_properties.category = "{{ x|upper }}"

    ruta = guardar(tmp_path, escribir)

    nuestras = abrir(compilar(ruta).llenar({"x": "a & b"})).core_properties
    suyas = abrir(con_docxtpl(ruta, {"x": "a & b"})).core_properties

    assert (nuestras.title, nuestras.keywords, nuestras.category) == ("a & b", "a & b", "A & B")
    assert (suyas.title, suyas.keywords, suyas.category) == (
        "a &amp; b",
        "{{ x }}",
        "{{ x|upper }}",
    )


def test_una_tabla_sin_renglones_se_quita_y_docxtpl_la_deja_sin_abrir_en_word(
    tmp_path: Path,
) -> None:
    renglones = ("{%tr for f in nada %}",), ("x",), ("{%tr endfor %}",)
    ruta = guardar(tmp_path, tabla_con(*renglones))

    nuestras = radiografia(compilar(ruta).llenar({"nada": []}))["word/document.xml"]
    suyas = radiografia(con_docxtpl(ruta, {"nada": []}))["word/document.xml"]

    assert (nuestras["tablas"], suyas["tablas"]) == ([], [[]])


def test_un_control_ya_no_ensena_su_texto_de_muestra(tmp_path: Path) -> None:
    """Word borra al primer clic lo que sigue marcado como texto de muestra."""
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath='/x' w:storeItemID='y'/>"
        "</w:sdtPr><w:sdtContent>[[{{ x }}]]</w:sdtContent></w:sdt>"
    )
    ruta = guardar(tmp_path, xml_en_parrafo(control))

    nuestro = _parte(compilar(ruta).llenar({"x": "a"}), "word/document.xml")
    suyo = _parte(con_docxtpl(ruta, {"x": "a"}), "word/document.xml")

    assert b"showingPlcHdr" not in nuestro and b"dataBinding" not in nuestro
    assert b"showingPlcHdr" in suyo and b"dataBinding" in suyo


def _parte(contenido: bytes, nombre: str) -> bytes:
    with zipfile.ZipFile(BytesIO(contenido)) as paquete:
        return paquete.read(nombre)
