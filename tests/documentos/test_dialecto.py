"""Lo que el dialecto promete además del texto; el texto lo compara `test_corpus_docxtpl`."""

from copy import deepcopy
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from expediente.documentos.plantilla import compilar
from tests.documentos.corpus import CAMPOS
from tests.documentos.hechuras import parrafos_con, runs_con, tabla_con
from tests.documentos.hojas import (
    abrir,
    guardar,
    parrafos,
    plantilla_de,
    rehacer,
    textos,
)


def test_una_etiqueta_partida_toma_el_formato_de_su_primer_run(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, runs_con("{{ ofi", "cio.numero }} fin"))

    runs = abrir(compilar(ruta).llenar(CAMPOS)).paragraphs[0].runs

    assert [(run.text, run.bold) for run in runs if run.text] == [
        ("DIF/DG/0123/2026", True),
        (" fin", None),
    ]


def test_la_etiqueta_de_run_conserva_el_texto_y_el_formato_vecinos(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, runs_con("uno {%r if urgente %} dos {%r endif %} tres"))

    runs = abrir(compilar(ruta).llenar(CAMPOS)).paragraphs[0].runs

    assert [(run.text, run.bold) for run in runs] == [
        ("uno ", True),
        (" dos ", True),
        (" tres", True),
    ]


def test_llena_las_notas_al_pie(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, parrafos_con("Cuerpo"))
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
    tabla = tabla_con(("{%tr for f in filas %}",), ("{{ f.folio }}",), ("{%tr endfor %}",))

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
    # docxtpl lo deja tachado, con su etiqueta: aquí una carta no enseña lo que se borró.
    assert "oficio.numero" not in "".join(abrir(carta).element.body.itertext())
