"""El corpus: una plantilla de Word por cada construcción del dialecto de docxtpl.

Cada caso se llama como lo que prueba y lo arma una función sobre un documento vacío.
"""

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.documentos.corpus_de_etiquetas import EXPRESIONES, PARRAFOS, TABLAS
from tests.documentos.corpus_de_word import CUERPOS_XML, PARRAFOS_XML, PREFIJOS
from tests.documentos.hechuras import (
    Escribir,
    con_notas,
    parrafos_con,
    runs_con,
    tabla_con,
    xml_en_cuerpo,
    xml_en_parrafo,
)

CAMPOS = {
    "oficio": {"numero": "DIF/DG/0123/2026", "asunto": "Descuento", "cuerpo": "Uno\nDos\tTres"},
    "beneficiario": {"nombre": "Begoña Núñez", "edad": 67, "vacio": "", "apodo": "  Bego "},
    "filas": [
        {"folio": "EB-1", "monto": "10.00", "color": "FFE699", "partes": ["a", "b"]},
        {"folio": "EB-2", "monto": "20.50", "color": "C6E0B4", "partes": ["c"]},
        {"folio": "EB-3", "monto": "5.25", "color": "F8CBAD", "partes": []},
    ],
    "columnas": ["uno", "dos", "tres"],
    "nada": [],
    "notas": {"primera": "a", "segunda": "b"},
    "urgente": True,
    "negado": False,
    "color": "BDD7EE",
    "ancho": 2,
    "monto": 1234.5,
}


def _encabezados(documento: Document) -> None:
    seccion = documento.sections[0]
    seccion.different_first_page_header_footer = True
    documento.settings.odd_and_even_pages_header_footer = True
    for nombre in ("header", "first_page_header", "even_page_header"):
        getattr(seccion, nombre).paragraphs[0].text = f"{nombre} {{{{ oficio.numero }}}}"
    for nombre in ("footer", "first_page_footer", "even_page_footer"):
        parrafo = getattr(seccion, nombre).paragraphs[0]
        parrafo.text = f"{{% if urgente %}}{nombre}{{% endif %}} {{{{ oficio.asunto }}}}"
    documento.add_paragraph("Sin etiquetas")


def _dos_secciones(documento: Document) -> None:
    documento.sections[0].header.paragraphs[0].text = "Primera {{ oficio.numero }}"
    documento.add_paragraph("{{ oficio.asunto }}")
    otra = documento.add_section(WD_SECTION.NEW_PAGE)
    otra.header.is_linked_to_previous = False
    otra.header.paragraphs[0].text = "Segunda {{ beneficiario.nombre }}"
    documento.add_paragraph("{{ beneficiario.edad }}")


def _tabla_en_encabezado(documento: Document) -> None:
    encabezado = documento.sections[0].header
    tabla = encabezado.add_table(3, 1, 3_000_000)
    tabla.cell(0, 0).text = "{%tr for f in filas %}"
    tabla.cell(1, 0).text = "{{ f.folio }}"
    tabla.cell(2, 0).text = "{%tr endfor %}"
    encabezado.add_paragraph("{{ oficio.numero }}")


def _tabla_anidada(documento: Document) -> None:
    celda = documento.add_table(1, 2).cell(0, 1)
    celda.text = "Antes {{ oficio.numero }}"
    dentro = celda.add_table(3, 1)
    dentro.cell(0, 0).text = "{%tr for f in filas %}"
    dentro.cell(1, 0).text = "{{ f.folio }}: {{ f.monto }}"
    dentro.cell(2, 0).text = "{%tr endfor %}"
    celda.add_paragraph("{{ beneficiario.nombre }}")


def _tabla_en_renglon_que_crece(lista: str) -> Escribir:
    def escribir(documento: Document) -> None:
        tabla = documento.add_table(3, 1)
        tabla.cell(0, 0).text = f"{{%tr for f in {lista} %}}"
        tabla.cell(1, 0).text = "{{ f.folio }}"
        dentro = tabla.cell(1, 0).add_table(3, 1)
        dentro.cell(0, 0).text = "{%tr for p in f.partes %}"
        dentro.cell(1, 0).text = "{{ loop.index }} {{ p }}"
        dentro.cell(2, 0).text = "{%tr endfor %}"
        tabla.cell(1, 0).add_paragraph("fin de {{ f.folio }}")
        tabla.cell(2, 0).text = "{%tr endfor %}"

    return escribir


def _celdas_combinadas(documento: Document) -> None:
    tabla = documento.add_table(4, 3)
    tabla.cell(0, 0).merge(tabla.cell(0, 2)).text = "{{ oficio.asunto }} de {{ oficio.numero }}"
    tabla.cell(1, 0).merge(tabla.cell(1, 1)).text = "{%tr for f in filas %}"
    tabla.cell(2, 0).merge(tabla.cell(2, 1)).text = "{{ f.folio }}"
    tabla.cell(2, 2).text = "{{ f.monto }}"
    tabla.cell(3, 0).text = "{%tr endfor %}"


def _celdas_combinadas_hacia_abajo(documento: Document) -> None:
    tabla = documento.add_table(2, 2)
    tabla.cell(0, 0).merge(tabla.cell(1, 0)).text = "{{ oficio.numero }}"
    tabla.cell(0, 1).text, tabla.cell(1, 1).text = "{{ oficio.asunto }}", "{{ color }}"


def _union_horizontal_de_dos_columnas(documento: Document) -> None:
    tabla = documento.add_table(2, 4)
    tabla.cell(0, 1).merge(tabla.cell(0, 2)).text = "{% hm %}{{ oficio.asunto }}"
    tabla.cell(0, 0).text, tabla.cell(0, 3).text = "{%tc for c in columnas %}", "{%tc endfor %}"
    for numero, texto in enumerate(("{%tc for c in columnas %}", "{{ c }}", "y", "{%tc endfor %}")):
        tabla.cell(1, numero).text = texto


def _fondo_sobre_fondo(documento: Document) -> None:
    celda = documento.add_table(1, 1).cell(0, 0)
    celda.text = "{% cellbg color %}{{ oficio.numero }}"
    celda._tc.get_or_add_tcPr().append(
        parse_xml(f"<w:shd {nsdecls('w')} w:val='clear' w:color='auto' w:fill='FFFFFF'/>")
    )


def _abarca_sobre_abarcada(documento: Document) -> None:
    tabla = documento.add_table(1, 4)
    tabla.cell(0, 0).merge(tabla.cell(0, 1)).text = "{% colspan 3 %}{{ oficio.numero }}"


def _lista_con_vinetas(documento: Document) -> None:
    for texto in ("{%p for f in filas %}", "{{ f.folio }}", "{%p endfor %}"):
        documento.add_paragraph(texto, style="List Bullet")


def _titulos(documento: Document) -> None:
    documento.add_heading("{{ oficio.asunto }}", 1)
    documento.add_paragraph("{{ oficio.numero }}", style="Quote")


CASOS: dict[str, Escribir] = {
    **{nombre: parrafos_con(texto) for nombre, texto in EXPRESIONES.items()},
    **{nombre: parrafos_con(*lineas) for nombre, lineas in PARRAFOS.items()},
    **{nombre: tabla_con(*renglones) for nombre, renglones in TABLAS.items()},
    **{n: xml_en_parrafo(xml, PREFIJOS) for n, xml in PARRAFOS_XML.items()},
    **{nombre: xml_en_cuerpo(xml) for nombre, xml in CUERPOS_XML.items()},
    "etiqueta partida en runs de igual formato": runs_con(
        "Oficio {",
        "",
        "{ oficio.num",
        "",
        "ero }",
        "",
        "} del ",
        "",
        "{% if urg",
        "",
        "ente %}a{% end",
        "",
        "if %}",
    ),
    "tabla dentro de un renglón que crece": _tabla_en_renglon_que_crece("filas[:2]"),
    "un run por letra": runs_con(*"Hola {{ oficio.numero }}."),
    "la etiqueta toma el formato de su primera letra": runs_con("{{ ofi", "cio.numero }}", " fin"),
    "cursiva": runs_con("{{ oficio.numero }}", " y ", "{{ oficio.asunto }}", formato="i"),
    "encabezados y pies de primera página, pares y nones": _encabezados,
    "dos secciones con su encabezado": _dos_secciones,
    "tabla en el encabezado": _tabla_en_encabezado,
    "nota al pie": con_notas("footnote"),
    "tabla dentro de una celda": _tabla_anidada,
    "celdas combinadas": _celdas_combinadas,
    "celdas combinadas hacia abajo": _celdas_combinadas_hacia_abajo,
    "unir hacia la derecha celdas ya combinadas": _union_horizontal_de_dos_columnas,
    "pintar una celda ya pintada": _fondo_sobre_fondo,
    "abarcar desde una celda combinada": _abarca_sobre_abarcada,
    "lista con viñetas": _lista_con_vinetas,
    "títulos y estilos": _titulos,
}
