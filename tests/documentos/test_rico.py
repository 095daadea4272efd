"""El texto con formato que viene de los datos."""

from pathlib import Path

import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from expediente.documentos.plantilla import compilar
from expediente.documentos.rico import Formato, TextoRico, Trozo, leer_rico
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hechuras import parrafos_con, runs_con
from tests.documentos.hojas import abrir, guardar, parrafos, plantilla_de
from tests.documentos.orden_del_xml import defectos

N, C = Formato(negrita=True), Formato(cursiva=True)


@pytest.mark.parametrize(
    ("escrito", "leido"),
    [
        ("llano", [("llano", Formato())]),
        ("a **b** c", [("a ", Formato()), ("b", N), (" c", Formato())]),
        ("*a*", [("a", C)]),
        ("__a__", [("a", Formato(subrayado=True))]),
        ("~~a~~", [("a", Formato(tachado=True))]),
        (
            "m^^2^^ H,,2,,O",
            [
                ("m", Formato()), ("2", Formato(posicion="arriba")), (" H", Formato()),
                ("2", Formato(posicion="abajo")), ("O", Formato()),
            ],
        ),
        ("**a *b* c**", [("a ", N), ("b", Formato(negrita=True, cursiva=True)), (" c", N)]),
        ("5 * 3 * 2", [("5 * 3 * 2", Formato())]),
        ("**a ** b**", [("a ** b", N)]),
        ("** a **", [("** a **", Formato())]),
        ("**sin cierre", [("**sin cierre", Formato())]),
        ("sin apertura**", [("sin apertura**", Formato())]),
        (r"\*llano\* y \**no", [("*llano* y **no", Formato())]),
        ("juan_perez@x.mx uno,dos", [("juan_perez@x.mx uno,dos", Formato())]),
        ("__init__", [("init", Formato(subrayado=True))]),
        ("", []),
    ],
)  # fmt: skip
def test_las_marcas_dan_formato(escrito: str, leido: list[tuple[str, Formato]]) -> None:
    texto = leer_rico(escrito)

    assert [(trozo.texto, trozo.formato) for trozo in texto.trozos] == leido


@given(st.text(alphabet=st.characters(exclude_characters="*_~^,\\", exclude_categories=["Cs"])))
def test_un_texto_sin_marcas_queda_igual(texto: str) -> None:
    assert str(leer_rico(texto)) == texto.replace("\r\n", "\n")


@given(st.text(alphabet="ab *_~^,\\"))
def test_ninguna_marca_pierde_las_letras(texto: str) -> None:
    assert [letra for letra in str(leer_rico(texto)) if letra in "ab "] == [
        letra for letra in texto if letra in "ab "
    ]


def test_el_formato_se_suma_al_del_run_de_la_etiqueta(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        run = documento.add_paragraph("Nota: ").add_run("antes {{r nota|rico }} después")
        run.italic = True

    contenido = compilar(guardar(tmp_path, escribir)).llenar({"nota": "a **b**"})

    assert defectos(contenido) == []
    carta = abrir(contenido)
    runs = carta.paragraphs[0].runs
    assert [(r.text, r.italic, r.bold) for r in runs] == [
        ("Nota: ", None, None), ("antes ", True, None), ("a ", True, None), ("b", True, True),
        (" después", True, None),
    ]  # fmt: skip


def test_el_formato_de_todo_el_valor_se_da_en_el_filtro(tmp_path: Path) -> None:
    plantilla = plantilla_de(
        tmp_path, "{{ x|rico(color='#c00000', tamano=14, fondo='FFE699', letra='Arial') }}"
    )

    run = abrir(plantilla.llenar({"x": "uno"})).paragraphs[0].runs[0]

    assert (str(run.font.color.rgb), run.font.size.pt, run.font.name) == ("C00000", 14, "Arial")


@pytest.mark.parametrize(
    "opciones", ["color='rojo'", "tamano=-1", "tamano=1000", "posicion='en medio'", "brillo=1"]
)
def test_un_formato_que_no_existe_detiene_la_carta(tmp_path: Path, opciones: str) -> None:
    plantilla = plantilla_de(tmp_path, f"{{{{ x|rico({opciones}) }}}}")

    with pytest.raises(DatosInvalidos):
        plantilla.llenar({"x": "uno"})


def test_el_filtro_basta_aunque_la_etiqueta_no_lleve_r(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ x|rico }}")

    carta = abrir(plantilla.llenar({"x": "**a**"}))

    assert [(run.text, run.bold) for run in carta.paragraphs[0].runs] == [("a", True)]


def test_un_valor_rico_en_una_etiqueta_llana_se_explica(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ x }}")

    with pytest.raises(DatosInvalidos, match=r"«x» trae formato; escríbalo así: {{r … }}"):
        plantilla.llenar({"x": TextoRico((Trozo("a", N),))})


def test_lo_que_trae_un_texto_rico_no_puede_ser_xml(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ x|rico(estilo=e) }}")

    carta = plantilla.llenar({"x": "**</w:t>&<w:p/>**", "e": '"/><w:b/>'})

    assert parrafos(carta) == ["</w:t>&<w:p/>"]
    assert abrir(carta).paragraphs[0].runs[0]._r.rPr.style == '"/><w:b/>'


def test_un_dato_que_falta_no_se_vuelve_rico(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ x|rico }}", "{{p y }}")

    with pytest.raises(DatosInvalidos, match="faltan «x», «y»"):
        plantilla.llenar({})


@pytest.mark.parametrize(
    ("valor", "salen"),
    [
        ("uno", ["uno"]),
        ("uno\ndos\r\ntres", ["uno", "dos", "tres"]),
        (["uno", "dos\ntres", 4], ["uno", "dos", "tres", "4"]),
        ("uno\n\ndos", ["uno", "", "dos"]),
        ("", []),
        ([], []),
    ],
)
def test_cada_renglon_de_un_valor_es_un_parrafo(
    tmp_path: Path, valor: object, salen: list[str]
) -> None:
    ruta = guardar(tmp_path, parrafos_con("antes", "{{p x }}", "después"))

    carta = compilar(ruta).llenar({"x": valor})

    assert parrafos(carta) == ["antes", *salen, "después"]


def test_los_parrafos_llevan_el_formato_del_suyo(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.add_paragraph(style="List Bullet").add_run("{{p x|rico }}").italic = True

    carta = abrir(compilar(guardar(tmp_path, escribir)).llenar({"x": "a\n**b**"}))

    assert [(p.style.name, p.runs[0].italic, p.runs[0].bold) for p in carta.paragraphs] == [
        ("List Bullet", True, None), ("List Bullet", True, True),
    ]  # fmt: skip


def test_una_celda_cuyo_valor_no_da_parrafos_recibe_uno_vacio(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.add_table(1, 1).cell(0, 0).text = "{{p x }}"

    carta = abrir(compilar(guardar(tmp_path, escribir)).llenar({"x": []}))

    assert [p.text for p in carta.tables[0].cell(0, 0).paragraphs] == [""]


def test_dos_plantillas_que_solo_difieren_en_el_formato_no_se_confunden(tmp_path: Path) -> None:
    """Las partes iguales se compilan una vez; el formato de la etiqueta también cuenta."""
    negrita = guardar(tmp_path, runs_con("{{r x }}"), "negrita.docx")
    llana = guardar(tmp_path, parrafos_con("{{r x }}"), "llana.docx")

    cartas = [abrir(compilar(ruta).llenar({"x": "a"})) for ruta in (negrita, llana)]

    assert [carta.paragraphs[0].runs[0].bold for carta in cartas] == [True, None]
