"""Las etiquetas de celda: abarcar, pintar y unir, y la tabla que resulta de ello."""

from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from expediente.documentos.plantilla import compilar
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hechuras import Escribir, tabla_con
from tests.documentos.hojas import abrir, guardar

RENGLONES = ("{%tr for f in filas %}", ""), ("{% vm %}Todos", "{{ f }}"), ("{%tr endfor %}", "")
COLUMNAS = (("{%tc for c in filas %}", "{% hm %}Título", "{%tc endfor %}"),)


@pytest.mark.parametrize("color", ["FFE699", "#ffe699", " #FFE699 "])
def test_un_color_se_escribe_con_almohadilla_o_sin_ella(tmp_path: Path, color: str) -> None:
    plantilla = compilar(guardar(tmp_path, tabla_con(("{% cellbg color %}a",))))

    carta = abrir(plantilla.llenar({"color": color}))

    sombra = carta.tables[0].cell(0, 0)._tc.tcPr.find(qn("w:shd"))
    assert sombra.get(qn("w:fill")) == "FFE699"


def test_un_color_vacio_deja_la_celda_sin_pintar(tmp_path: Path) -> None:
    plantilla = compilar(guardar(tmp_path, tabla_con(("{% cellbg color %}a",))))

    carta = abrir(plantilla.llenar({"color": ""}))

    assert carta.tables[0].cell(0, 0)._tc.tcPr.find(qn("w:shd")) is None


@pytest.mark.parametrize("color", ["rojo", "FFF", 'FF0000"/><w:x a="', "12345G", 7])
def test_un_color_que_no_lo_es_detiene_la_carta(tmp_path: Path, color: object) -> None:
    plantilla = compilar(guardar(tmp_path, tabla_con(("{% cellbg color %}a",))))

    with pytest.raises(DatosInvalidos, match=r"renglón 1: «color» debe dar un color"):
        plantilla.llenar({"color": color})


@pytest.mark.parametrize("columnas", [0, -1, 64, "dos", 1.5])
def test_un_numero_de_columnas_imposible_detiene_la_carta(tmp_path: Path, columnas: object) -> None:
    plantilla = compilar(guardar(tmp_path, tabla_con(("{% colspan n %}a",))))

    with pytest.raises(DatosInvalidos, match="«n» debe dar un número de columnas, de 1 a 63"):
        plantilla.llenar({"n": columnas})


@pytest.mark.parametrize("etiqueta", ["{% cellbg x %}", "{% colspan x %}"])
def test_falta_el_dato_de_una_celda(tmp_path: Path, etiqueta: str) -> None:
    plantilla = compilar(guardar(tmp_path, tabla_con((etiqueta,))))

    assert plantilla.campos() == {"x"}
    with pytest.raises(DatosInvalidos, match="cuerpo: falta «x»"):
        plantilla.llenar({})


@pytest.mark.parametrize("etiqueta", ["{% vm %}", "{% hm %}"])
def test_unir_celdas_solo_va_dentro_de_un_for(tmp_path: Path, etiqueta: str) -> None:
    ruta = guardar(tmp_path, tabla_con((f"{etiqueta}a",)))

    with pytest.raises(DatosInvalidos, match="sólo puede ir dentro de un «for»"):
        compilar(ruta)


@pytest.mark.parametrize("etiqueta", ["{% colspan 2 %}", "{% cellbg x %}", "{% vm %}", "{% hm %}"])
def test_una_etiqueta_de_celda_fuera_de_una_tabla_se_dice(tmp_path: Path, etiqueta: str) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph(etiqueta))

    with pytest.raises(DatosInvalidos, match="sólo puede ir dentro de la celda de una tabla"):
        compilar(ruta)


def test_dos_fondos_en_una_celda_se_dicen(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, tabla_con(("{% cellbg x %}{% cellbg y %}",)))

    with pytest.raises(DatosInvalidos, match="choca con otra etiqueta de su celda"):
        compilar(ruta)


def test_las_propiedades_de_la_celda_quedan_en_el_orden_que_exige_word(tmp_path: Path) -> None:
    renglones = list(RENGLONES)
    renglones[1] = ("{% cellbg 'FFFFFF' %}{% vm %}{% colspan 2 %}Todos", "{{ f }}")
    plantilla = compilar(guardar(tmp_path, tabla_con(*renglones)))

    carta = abrir(plantilla.llenar({"filas": ["a", "b"]}))

    propiedades = carta.tables[0]._tbl.tr_lst[0].tc_lst[0].tcPr
    assert [hija.tag for hija in propiedades] == [
        qn(nombre) for nombre in ("w:tcW", "w:gridSpan", "w:vMerge", "w:shd")
    ]


def test_de_las_celdas_unidas_hacia_abajo_solo_la_primera_lleva_texto(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        tabla_con(*RENGLONES)(documento)
        celda = documento.tables[0].cell(1, 0)
        celda.paragraphs[0].add_run(" los folios").bold = True
        celda.add_paragraph("y otro párrafo")

    carta = abrir(compilar(guardar(tmp_path, escribir)).llenar({"filas": ["a", "b", "c"]}))

    primera, *demas = [renglon.tc_lst[0] for renglon in carta.tables[0]._tbl.tr_lst]
    assert [p.text for p in carta.tables[0].cell(0, 0).paragraphs] == [
        "Todos los folios",
        "y otro párrafo",
    ]
    assert primera.vMerge == "restart"
    assert [(c.vMerge, "".join(c.itertext())) for c in demas] == [("continue", "")] * 2


@pytest.mark.parametrize("cuantas", [1, 2, 5])
def test_la_rejilla_de_la_tabla_crece_con_sus_celdas(tmp_path: Path, cuantas: int) -> None:
    renglones = (("{%tc for c in filas %}", "{{ c }}", "{%tc endfor %}"), *COLUMNAS)
    ruta = guardar(tmp_path, tabla_con(*renglones))
    antes = abrir(ruta.read_bytes()).tables[0]._tbl.tblGrid.gridCol_lst

    carta = abrir(compilar(ruta).llenar({"filas": ["x"] * cuantas}))

    columnas = carta.tables[0]._tbl.tblGrid.gridCol_lst
    assert len(columnas) == cuantas
    assert sum(c.w for c in columnas) == pytest.approx(sum(c.w for c in antes), rel=0.001)
    titulo = carta.tables[0]._tbl.tr_lst[1].tc_lst
    assert [c.grid_span for c in titulo] == [cuantas]


def test_una_tabla_dentro_de_otra_tiene_su_propia_rejilla(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        dentro = documento.add_table(1, 1).cell(0, 0).add_table(1, 3)
        for celda, texto in zip(
            dentro.rows[0].cells, ("{%tc for c in filas %}", "{{ c }}", "{%tc endfor %}"),
            strict=True,
        ):  # fmt: skip
            celda.text = texto

    carta = abrir(compilar(guardar(tmp_path, escribir)).llenar({"filas": ["a"] * 4}))

    rejillas = [len(r) for r in carta.element.body.iter(qn("w:tblGrid"))]
    assert rejillas == [1, 4]


def sin_ancho(*renglones: tuple[str, ...]) -> Escribir:
    """Una tabla con esos renglones y sin ancho preferido en ninguna celda."""

    def escribir(documento: Document) -> None:
        tabla_con(*renglones)(documento)
        for ancho in documento.tables[0]._tbl.iter(qn("w:tcW")):
            ancho.set(qn("w:type"), "auto")
            ancho.set(qn("w:w"), "0")

    return escribir


CRECIDA = (
    ("{%tc for t in titulos %}", "{{ t }}", "{%tc endfor %}"),
    ("{%tr for fila in filas %}", "", ""),
    ("{%tc for celda in fila %}", "{{ celda }}", "{%tc endfor %}"),
    ("{%tr endfor %}", "", ""),
)


def test_sin_ancho_preferido_cada_columna_mide_lo_que_pide_lo_que_dice(tmp_path: Path) -> None:
    plantilla = compilar(guardar(tmp_path, sin_ancho(*CRECIDA)))
    filas = [["1", "Un beneficiario de nombre largo", "Sí"]] * 3

    carta = abrir(plantilla.llenar({"titulos": ["N.º", "Nombre", "Vino"], "filas": filas}))

    tabla = carta.tables[0]
    corta, larga, otra = (columna.w for columna in tabla._tbl.tblGrid.gridCol_lst)
    assert larga > corta + otra
    assert [celda.width for celda in tabla.rows[1].cells] == [corta, larga, otra]


def test_a_la_medida_la_tabla_no_cambia_de_ancho(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, sin_ancho(*CRECIDA))
    antes = abrir(ruta.read_bytes()).tables[0]._tbl.tblGrid.gridCol_lst

    carta = abrir(compilar(ruta).llenar({"titulos": list("abcdefg"), "filas": []}))

    columnas = carta.tables[0]._tbl.tblGrid.gridCol_lst
    assert len(columnas) == 7
    assert abs(sum(c.w for c in columnas) - sum(c.w for c in antes)) <= 7


def test_una_lista_dentro_de_un_trozo_de_otra_se_recorre_sin_nombrarla(tmp_path: Path) -> None:
    renglones = (*CRECIDA[:1], ("{%tr for fila in filas[:-1] %}", "", ""), *CRECIDA[2:])
    plantilla = compilar(guardar(tmp_path, tabla_con(*renglones)))

    assert plantilla.campos() == {"titulos[]", "filas"}
