"""El dialecto de docxtpl: a la misma plantilla y los mismos datos, el mismo texto."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from expediente.documentos.plantilla import compilar
from tests.documentos.hojas import (
    abrir,
    con_docxtpl,
    guardar,
    parrafos,
    plantilla_de,
    rehacer,
    textos,
)

CAMPOS = {
    "oficio": {"numero": "DIF/DG/0123/2026", "asunto": "Descuento"},
    "beneficiario": {"nombre": "Begoña Núñez", "edad": 67, "vacio": ""},
    "filas": [{"folio": "EB-1", "monto": "10.00"}, {"folio": "EB-2", "monto": "20.50"}],
    "columnas": ["uno", "dos", "tres"],
    "urgente": True,
    "negado": False,
}
Escribir = Callable[[Document], object]


def _parrafos_de(*lineas: str) -> Escribir:
    return lambda documento: [documento.add_paragraph(linea) for linea in lineas]


def _runs(*trozos: str) -> Escribir:
    def escribir(documento: Document) -> None:
        parrafo = documento.add_paragraph()
        for numero, trozo in enumerate(trozos):
            parrafo.add_run(trozo).bold = numero == 0

    return escribir


def _tabla(*renglones: tuple[str, ...]) -> Escribir:
    def escribir(documento: Document) -> None:
        tabla = documento.add_table(len(renglones), len(renglones[0]))
        for renglon, textos_de_renglon in zip(tabla.rows, renglones, strict=True):
            for celda, texto in zip(renglon.cells, textos_de_renglon, strict=True):
                celda.text = texto

    return escribir


def _ortografia(documento: Document) -> None:
    parrafo = documento.add_paragraph("Folio {{ ofi")
    parrafo._p.append(OxmlElement("w:proofErr", {qn("w:type"): "spellStart"}))
    parrafo.add_run("cio.nume")
    parrafo._p.append(OxmlElement("w:bookmarkStart", {qn("w:id"): "1", qn("w:name"): "marca"}))
    parrafo.add_run("ro }} fin")
    parrafo._p.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): "1"}))


def _encabezado_y_pie(documento: Document) -> None:
    seccion = documento.sections[0]
    seccion.header.paragraphs[0].text = "Núm. {{ oficio.numero }}"
    seccion.footer.paragraphs[0].text = "{% if urgente %}URGENTE{% endif %} {{ oficio.asunto }}"
    seccion.different_first_page_header_footer = True
    seccion.first_page_header.paragraphs[0].text = "Primera {{ oficio.numero }}"
    documento.add_paragraph("Cuerpo sin etiquetas")


def _tabla_anidada(documento: Document) -> None:
    celda = documento.add_table(1, 2).cell(0, 1)
    celda.text = "Antes {{ oficio.numero }}"
    dentro = celda.add_table(3, 1)
    dentro.cell(0, 0).text = "{%tr for f in filas %}"
    dentro.cell(1, 0).text = "{{ f.folio }}: {{ f.monto }}"
    dentro.cell(2, 0).text = "{%tr endfor %}"
    celda.add_paragraph("{{ beneficiario.nombre }}")


def _celdas_combinadas(documento: Document) -> None:
    tabla = documento.add_table(4, 3)
    tabla.cell(0, 0).merge(tabla.cell(0, 2)).text = "{{ oficio.asunto }} de {{ oficio.numero }}"
    tabla.cell(1, 0).merge(tabla.cell(1, 1)).text = "{%tr for f in filas %}"
    tabla.cell(2, 0).merge(tabla.cell(2, 1)).text = "{{ f.folio }}"
    tabla.cell(2, 2).text = "{{ f.monto }}"
    tabla.cell(3, 0).text = "{%tr endfor %}"


def _columnas_que_crecen(documento: Document) -> None:
    tabla = documento.add_table(1, 4)
    for celda, texto in zip(
        tabla.rows[0].cells,
        ("fija", "{%tc for c in columnas %}", "{{ c }}", "{%tc endfor %}"),
        strict=True,
    ):
        celda.text = texto


def _runs_condicionados(documento: Document) -> None:
    parrafo = documento.add_paragraph("Se ")
    for trozo in ("{%r if urgente %}", "atiende", "{%r else %}", "turna", "{%r endif %}", " hoy"):
        parrafo.add_run(trozo)


CORPUS: dict[str, Escribir] = {
    "valores": _parrafos_de("Hola {{ beneficiario.nombre }}, {{ beneficiario.edad }} años.", "Fin"),
    "corchetes": _parrafos_de("{{ beneficiario['nombre'] }} {{ filas[0].folio }}"),
    "comillas": _parrafos_de("{{ beneficiario[“nombre”] }} {% if ‘a’ == ‘a’ %}sí{% endif %}"),
    "vacio": _parrafos_de("[{{ beneficiario.vacio }}]"),
    "condicion": _parrafos_de("{% if urgente %}Urgente{% else %}Normal{% endif %} y ya"),
    "elif": _parrafos_de("{% if negado %}a{% elif urgente %}b{% else %}c{% endif %}"),
    "operadores": _parrafos_de("{% if beneficiario.edad >= 60 and not negado %}mayor{% endif %}"),
    "bucle": _parrafos_de("{% for f in filas %}{{ loop.index }}.{{ f.folio }} {% endfor %}"),
    "bucle_vacio": _parrafos_de("{% for f in [] %}x{% else %}nada{% endfor %}"),
    "filtros": _parrafos_de("{{ beneficiario.nombre|upper }} {{ columnas|join(', ') }}"),
    "por_omision": _parrafos_de("{{ nadie|default('sin dato') }}"),
    "metodos": _parrafos_de("{{ beneficiario.nombre.upper() }} {{ oficio.get('numero') }}"),
    "set": _parrafos_de("{% set n = oficio.numero %}{{ n }}", "{{ n }}"),
    "concatenar": _parrafos_de("{{ oficio.numero ~ ' de ' ~ oficio.asunto }}"),
    "en_linea": _parrafos_de("{{ 'sí' if urgente else 'no' }} {{ 'x' if negado }}"),
    "comentario": _parrafos_de("Antes{# esto no sale, don't #} después"),
    "comentario_de_parrafo": _parrafos_de("uno", "{#p nota para quien edita #}", "dos"),
    "parrafo": _parrafos_de("a", "{%p if negado %}", "no", "{%p else %}", "sí", "{%p endif %}"),
    "parrafos_en_bucle": _parrafos_de(
        "{%p for f in filas %}",
        "{{ f.folio }}",
        "{%p if loop.last %}",
        "último",
        "{%p endif %}",
        "{%p endfor %}",
    ),
    "bloque_entre_parrafos": _parrafos_de("a {% if urgente %}b", "c{% endif %} d"),
    "pegar": _parrafos_de("Vive", "{%- if urgente -%}", " en el centro", "{%- endif -%}", " y ya."),
    "renglones": _tabla(
        ("Folio", "Monto"),
        ("{%tr for f in filas %}", ""),
        ("{{ f.folio }}", "{{ f.monto }}"),
        ("{%tr endfor %}", ""),
        ("Fin", ""),
    ),
    "renglon_condicionado": _tabla(("{%tr if negado %}",), ("oculto",), ("{%tr endif %}",), ("a",)),
    "parrafos_en_celda": _tabla(("{% for f in filas %}{{ f.folio }};{% endfor %}", "fija")),
    "runs": _runs(
        "Oficio {", "{ ofi", "cio.num", "ero }", "} del ", "{% if urg", "ente %}a{% end", "if %}"
    ),
    "runs_de_una_letra": _runs(*"Hola {{ oficio.numero }}."),
    "run_condicionado": _runs_condicionados,
    "ortografia": _ortografia,
    "encabezado_y_pie": _encabezado_y_pie,
    "tabla_anidada": _tabla_anidada,
    "celdas_combinadas": _celdas_combinadas,
    "columnas_que_crecen": _columnas_que_crecen,
}


@pytest.mark.parametrize("caso", CORPUS)
def test_sale_el_mismo_texto_que_con_docxtpl(tmp_path: Path, caso: str) -> None:
    ruta = guardar(tmp_path, CORPUS[caso])

    carta = compilar(ruta).llenar(CAMPOS)

    assert textos(carta) == textos(con_docxtpl(ruta, CAMPOS))
    abrir(carta)


def test_una_etiqueta_partida_toma_el_formato_de_su_primer_run(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, _runs("{{ ofi", "cio.numero", " }} fin"))

    runs = abrir(compilar(ruta).llenar(CAMPOS)).paragraphs[0].runs

    assert [(run.text, run.bold) for run in runs if run.text] == [
        ("DIF/DG/0123/2026", True),
        (" fin", False),
    ]


def test_la_etiqueta_de_run_conserva_el_texto_y_el_formato_vecinos(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, _runs("uno {%r if urgente %} dos {%r endif %} tres"))

    runs = abrir(compilar(ruta).llenar(CAMPOS)).paragraphs[0].runs

    assert [(run.text, run.bold) for run in runs] == [
        ("uno ", True),
        (" dos ", True),
        (" tres", True),
    ]


def test_llena_las_notas_al_pie(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, _parrafos_de("Cuerpo"))
    nota = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>Véase {{{{ ofi</w:t>"
    nota += "</w:r><w:r><w:t>cio.numero }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    rehacer(ruta, {"word/footnotes.xml": nota.encode()})

    carta = compilar(ruta).llenar(CAMPOS)

    assert textos(carta)["word/footnotes.xml"] == [["suelto", "Véase DIF/DG/0123/2026"]]


def test_llena_el_titulo_y_el_asunto_del_documento(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.core_properties.title = "Oficio {{ oficio.numero }}"
        documento.core_properties.subject = "{{ beneficiario.nombre }}"

    plantilla = compilar(guardar(tmp_path, escribir))

    carta = plantilla.llenar({"oficio": {"numero": "A & B"}, "beneficiario": {"nombre": "a\nb"}})

    propiedades = abrir(carta).core_properties
    assert (propiedades.title, propiedades.subject) == ("Oficio A & B", "a b")


def test_llena_un_cuadro_de_texto_una_sola_vez(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        parrafo = documento.add_paragraph("Fuera {{ oficio.numero }} ")
        cuadro = (
            f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape>"
            "<v:textbox><w:txbxContent><w:p><w:r><w:t>Dentro {{ oficio.asunto }}</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        parrafo._p.append(parse_xml(cuadro))

    carta = compilar(guardar(tmp_path, escribir)).llenar(CAMPOS)

    salida = [texto for _, texto in textos(carta)["word/document.xml"]]
    assert salida[1] == "Dentro Descuento"
    assert salida[0].startswith("Fuera DIF/DG/0123/2026 ")


def test_un_campo_llamado_items_imprime_el_campo(tmp_path: Path) -> None:
    plantilla = plantilla_de(
        tmp_path, "{{ p.items }} {% for k, v in p.items() %}{{ k }}{% endfor %}"
    )

    carta = plantilla.llenar({"p": {"items": "tres"}})

    assert parrafos(carta) == ["tres items"]


@pytest.mark.parametrize(
    "contenido", [("{%p if negado %}", "oculto", "{%p endif %}"), ("{#p nota #}",)]
)
def test_una_celda_que_se_queda_sin_parrafos_recibe_uno_vacio(
    tmp_path: Path, contenido: tuple[str, ...]
) -> None:
    """Word se niega a abrir una celda sin ningún párrafo."""

    def escribir(documento: Document) -> None:
        celda = documento.add_table(1, 1).cell(0, 0)
        celda.text = contenido[0]
        for texto in contenido[1:]:
            celda.add_paragraph(texto)

    carta = compilar(guardar(tmp_path, escribir)).llenar(CAMPOS)

    assert [p.text for p in abrir(carta).tables[0].cell(0, 0).paragraphs] == [""]


def test_una_tabla_que_se_queda_sin_renglones_desaparece(tmp_path: Path) -> None:
    tabla = _tabla(("{%tr for f in filas %}",), ("{{ f.folio }}",), ("{%tr endfor %}",))

    carta = compilar(guardar(tmp_path, tabla)).llenar({"filas": []})

    assert abrir(carta).tables == []


def test_lo_borrado_con_control_de_cambios_no_cuenta(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        parrafo = documento.add_paragraph("{{ oficio.numero }}")
        borrado = deepcopy(parrafo.runs[0]._r)
        borrado.find(qn("w:t")).tag = qn("w:delText")
        marca = OxmlElement("w:del", {qn("w:id"): "9", qn("w:author"): "x"})
        marca.append(borrado)
        parrafo._p.append(marca)

    carta = compilar(guardar(tmp_path, escribir)).llenar(CAMPOS)

    assert parrafos(carta) == ["DIF/DG/0123/2026"]
