"""La hoja membretada: se pone entera, sólo cambia lo suyo y repetirla no cambia nada."""

import io
import shutil
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt
from lxml import etree

from expediente.documentos.hoja_membretada import Vestida, en_blanco, vestir
from expediente.documentos.paquete import leer_paquete
from expediente.documentos.plantilla import compilar
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.membretes import (
    FABRICA,
    VERDE,
    hacer,
    logotipo,
    membrete_como_de_libreoffice,
    membrete_de_dos_hojas,
    membrete_verde,
)

DEL_MEMBRETE = ("header", "footer", "styles", "numbering", "theme", "fontTable", "media")
TODAS = sorted(ruta.stem for ruta in FABRICA.glob("*.docx"))


def vestida(ruta: Path, membrete: Path) -> Vestida:
    """Pone el membrete y deja el resultado en el mismo fichero."""
    hecha = vestir(leer_paquete(ruta), leer_paquete(membrete))
    ruta.write_bytes(hecha.contenido)
    return hecha


def de_fabrica(tmp_path: Path, clave: str) -> Path:
    return Path(shutil.copy(FABRICA / f"{clave}.docx", tmp_path / f"{clave}.docx"))


def abrir(ruta: Path) -> Document:
    return docx.Document(str(ruta))


def partes(ruta: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(ruta) as paquete:
        return {nombre: paquete.read(nombre) for nombre in paquete.namelist()}


def texto(ruta: Path) -> list[str]:
    """El texto del cuerpo, con sus etiquetas, párrafo por párrafo."""
    raiz = etree.fromstring(partes(ruta)["word/document.xml"])
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in raiz.iter(qn("w:p"))]


@pytest.mark.parametrize("clave", [clave for clave in TODAS if clave != "membrete"])
def test_todas_las_de_fabrica_llevan_la_misma_hoja_byte_por_byte(clave: str) -> None:
    membrete, suya = partes(FABRICA / "membrete.docx"), partes(FABRICA / f"{clave}.docx")

    compartidas = {n for n in membrete if any(parte in n for parte in DEL_MEMBRETE)}

    assert len(compartidas) >= 8
    assert {n: suya.get(n) for n in compartidas} == {n: membrete[n] for n in compartidas}
    assert not vestir(
        leer_paquete(FABRICA / f"{clave}.docx"), leer_paquete(FABRICA / "membrete.docx")
    ).cambio


@pytest.mark.parametrize("clave", ["oficio-libre", "informe", "recibo-apoyo", "caratula"])
def test_otro_membrete_cambia_la_hoja_y_no_el_texto(clave: str, tmp_path: Path) -> None:
    ruta = de_fabrica(tmp_path, clave)
    antes, orientacion = texto(ruta), abrir(ruta).sections[0].orientation

    vestida(ruta, membrete_verde(tmp_path / "verde.docx"))

    documento = abrir(ruta)
    primera = documento.sections[0]
    assert texto(ruta) == antes
    assert primera.first_page_header.paragraphs[0].text == "{{ oficina.ente }}"
    assert primera.footer.paragraphs[0].text == "Hoja siguiente"
    assert (primera.left_margin, primera.top_margin) == (Inches(1.25), Inches(1.6))
    assert documento.styles["Normal"].font.name == "Georgia"
    assert documento.styles["Heading 1"].font.color.rgb == VERDE
    assert {seccion.orientation for seccion in documento.sections} == {orientacion}


def test_ponerlo_otra_vez_no_cambia_nada(tmp_path: Path) -> None:
    ruta, verde = de_fabrica(tmp_path, "informe"), membrete_verde(tmp_path / "v.docx")

    primera, segunda = vestida(ruta, verde), vestida(ruta, verde)

    assert (primera.cambio, segunda.cambio) == (True, False)
    assert primera.contenido == segunda.contenido


def test_el_escudo_de_antes_se_va_y_el_nuevo_esta_una_sola_vez(tmp_path: Path) -> None:
    """El logotipo va en dos encabezados, y además en el texto: es una imagen, no tres."""
    verde = membrete_verde(tmp_path / "verde.docx")
    ruta = hacer(
        tmp_path / "con_logo.docx", lambda d: d.add_picture(io.BytesIO(logotipo(0)), width=Cm(2))
    )
    vestida(ruta, FABRICA / "membrete.docx")
    escudo = {n for n in partes(ruta) if "membrete-" in n}

    vestida(ruta, verde)

    medios = [n for n in partes(ruta) if n.startswith("word/media/")]
    assert len(escudo) == 1 and not escudo & set(medios)
    assert [partes(ruta)[n] for n in medios] == [logotipo(0)]


def test_dos_membretes_seguidos_no_dejan_restos_del_primero(tmp_path: Path) -> None:
    directa, vuelta = de_fabrica(tmp_path, "oficio-libre"), tmp_path / "vuelta.docx"
    shutil.copy(directa, vuelta)

    vestida(vuelta, membrete_verde(tmp_path / "verde.docx", rojo=9))
    vestida(vuelta, FABRICA / "membrete.docx")

    assert partes(vuelta) == partes(directa)


def test_lo_apaisado_lleva_la_hoja_apaisada_si_el_membrete_la_tiene(tmp_path: Path) -> None:
    membrete = membrete_de_dos_hojas(tmp_path / "dos.docx")
    oficio, informe = de_fabrica(tmp_path, "oficio-libre"), de_fabrica(tmp_path, "informe")

    vestida(oficio, membrete)
    vestida(informe, membrete)

    vertical, apaisada = abrir(oficio).sections[0], abrir(informe).sections[0]
    assert vertical.header.paragraphs[0].text == "Vertical"
    assert vertical.even_page_header.paragraphs[0].text == "Par"
    assert apaisada.header.paragraphs[0].text == "Apaisada"
    assert apaisada.orientation == WD_ORIENT.LANDSCAPE and apaisada.left_margin == Inches(1.75)
    assert abrir(oficio).settings.odd_and_even_pages_header_footer
    vestida(oficio, FABRICA / "membrete.docx")
    assert not abrir(oficio).settings.odd_and_even_pages_header_footer


def test_cada_seccion_lleva_la_suya_y_la_primera_pagina_es_la_del_documento(
    tmp_path: Path,
) -> None:
    def escribir(documento: Document) -> None:
        documento.add_paragraph("{{ caso.folio }}")
        documento.sections[0].header.paragraphs[0].text = "el de antes"
        segunda = documento.add_section()
        segunda.orientation = WD_ORIENT.LANDSCAPE
        segunda.page_width, segunda.page_height = segunda.page_height, segunda.page_width
        segunda.different_first_page_header_footer = True
        documento.add_section()

    ruta = hacer(tmp_path / "tres.docx", escribir)

    vestida(ruta, membrete_verde(tmp_path / "verde.docx"))

    secciones = list(abrir(ruta).sections)
    assert [s.different_first_page_header_footer for s in secciones] == [True, False, False]
    assert [s.header.paragraphs[0].text for s in secciones] == ["{{ oficina.siglas }}"] * 3
    assert [s.orientation for s in secciones] == [WD_ORIENT.PORTRAIT] + [WD_ORIENT.LANDSCAPE] * 2


def test_el_estilo_que_el_membrete_no_tiene_se_conserva_y_se_dice(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.styles.add_style("De la casa", 1).base_style = documento.styles["Quote"]
        documento.styles["De la casa"].font.size = Pt(28)
        documento.styles.add_style("Sin usar", 1)
        documento.add_paragraph("{{ caso.folio }}", "De la casa")

    ruta = hacer(tmp_path / "propia.docx", escribir)

    hecha = vestida(ruta, FABRICA / "membrete.docx")

    estilos = {estilo.name for estilo in abrir(ruta).styles}
    [parrafo] = abrir(ruta).paragraphs
    assert hecha.conservados == ("Quote", "Quote Char", "De la casa")
    assert parrafo.style.name == "De la casa" and parrafo.style.font.size == Pt(28)
    assert "Sin usar" not in estilos and "Cuerpo" in estilos


def test_el_mismo_estilo_con_otra_clave_es_el_mismo(tmp_path: Path) -> None:
    """Word en español y LibreOffice guardan «heading 1» con claves distintas."""
    ruta = hacer(tmp_path / "es.docx", lambda d: d.add_paragraph("Hola", "Heading 1"))
    crudas = partes(ruta)
    with zipfile.ZipFile(ruta, "w") as paquete:
        for nombre, contenido in crudas.items():
            paquete.writestr(nombre, contenido.replace(b'"Heading1"', b'"Ttulo1"'))

    hecha = vestida(ruta, FABRICA / "membrete.docx")

    estilo = abrir(ruta).paragraphs[0].style
    assert hecha.conservados == ()
    assert estilo.name == "Heading 1" and estilo.style_id == "Heading1"


def test_las_listas_numeradas_del_texto_siguen_contando_aparte(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        for estilo in ("List Number", "List Number 2", "List Bullet"):
            documento.add_paragraph("uno", estilo)
        numeracion = documento.part.numbering_part.element
        abstracta = numeracion.num_lst[0].abstractNumId.val
        for _ in range(2):
            propia = documento.add_paragraph("otra")
            lista = numeracion.add_num(abstracta)
            propia._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = lista.numId

    ruta = hacer(tmp_path / "listas.docx", escribir)

    vestida(ruta, membrete_sin_listas(tmp_path / "sin.docx"))
    una_vez = partes(ruta)
    vestida(ruta, membrete_sin_listas(tmp_path / "sin.docx"))

    numeros = [n.get(qn("w:val")) for n in abrir(ruta).element.body.iter(qn("w:numId"))]
    hay = {n.numId for n in abrir(ruta).part.numbering_part.element.num_lst}
    assert len(set(numeros)) == 2 and {int(n) for n in numeros} <= hay
    assert partes(ruta) == una_vez


def test_la_lista_que_el_membrete_ya_tiene_no_se_repite(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        parrafo = documento.add_paragraph("uno")
        parrafo._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1

    ruta = hacer(tmp_path / "lista.docx", escribir)

    vestida(ruta, FABRICA / "membrete.docx")

    suyas, del_membrete = (
        partes(r)["word/numbering.xml"] for r in (ruta, FABRICA / "membrete.docx")
    )
    assert suyas == del_membrete


def membrete_sin_listas(ruta: Path) -> Path:
    def escribir(documento: Document) -> None:
        documento.sections[0].header.paragraphs[0].text = "Membrete"
        raiz = documento.part.numbering_part.element
        for nodo in list(raiz):
            raiz.remove(nodo)

    return hacer(ruta, escribir)


def test_una_vineta_con_dibujo_no_se_pierde_en_silencio(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.add_paragraph("uno", "List Number 3")
        for nivel in documento.part.numbering_part.element.iter(qn("w:lvl")):
            nivel.append(nivel.makeelement(qn("w:lvlPicBulletId"), {qn("w:val"): "0"}))

    ruta = hacer(tmp_path / "dibujo.docx", escribir)

    with pytest.raises(DatosInvalidos, match="dibujo de viñeta"):
        vestir(leer_paquete(ruta), leer_paquete(FABRICA / "membrete.docx"))


def test_la_tabla_del_encabezado_tambien_llena_la_hoja_apaisada(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        seccion = documento.sections[0]
        ancho = seccion.page_width - seccion.left_margin - seccion.right_margin
        tabla = seccion.header.add_table(1, 2, ancho)
        tabla.cell(0, 1).text = "{{ oficina.ente }}"

    ruta = de_fabrica(tmp_path, "informe")

    vestida(ruta, hacer(tmp_path / "fija.docx", escribir))

    [tabla] = abrir(ruta).sections[0].header.tables
    medidas = [(n.get(qn("w:type")), n.get(qn("w:w"))) for n in tabla._tbl.iter(qn("w:tcW"))]
    assert tabla._tbl.tblPr.find(qn("w:tblW")).get(qn("w:type")) == "pct"
    assert medidas == [("pct", "2500")] * 2


def test_un_documento_sin_secciones_tambien_recibe_su_membrete(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.add_paragraph("{{ caso.folio }}")
        documento.element.body.remove(documento.element.body.sectPr)

    ruta = hacer(tmp_path / "sin.docx", escribir)

    vestida(ruta, membrete_verde(tmp_path / "verde.docx"))

    assert abrir(ruta).sections[0].header.paragraphs[0].text == "{{ oficina.siglas }}"


def test_sin_encabezado_ni_pie_no_es_un_membrete(tmp_path: Path) -> None:
    ruta = hacer(tmp_path / "liso.docx", lambda d: d.add_paragraph("Hola"))

    with pytest.raises(DatosInvalidos, match=r"liso\.docx: no trae encabezado ni pie"):
        en_blanco(leer_paquete(ruta), ruta.name)


def test_un_membrete_con_las_claves_de_otro_programa_se_pone_igual(tmp_path: Path) -> None:
    ruta = de_fabrica(tmp_path, "oficio-libre")
    antes, estilos = texto(ruta), [p.style.name for p in abrir(ruta).paragraphs]

    hechas = [vestida(ruta, membrete_como_de_libreoffice(tmp_path / "lo.docx")) for _ in range(2)]

    assert [(h.cambio, h.conservados) for h in hechas] == [(True, ()), (False, ())]
    assert texto(ruta) == antes
    assert [p.style.name for p in abrir(ruta).paragraphs] == estilos
    assert abrir(ruta).styles["Rótulo"].style_id == "Rtulo"


@pytest.mark.parametrize(
    ("parte", "de", "a"),
    [
        ("word/styles.xml", b"</w:styles>", b""),
        ("word/numbering.xml", b"</w:numbering>", b""),
        ("word/settings.xml", b"</w:settings>", b""),
        ("word/_rels/document.xml.rels", b"</Relationships>", b""),
        ("_rels/.rels", b"word/document.xml", b"word/otro.xml"),
        ("word/document.xml", b"w:body>", b"w:cuerpo>"),
        ("word/document.xml", b"<w:pgSz ", b'<w:pgSz w:orient="diagonal" '),
        ("word/document.xml", b'w:left="1417"', b'w:left="ancho"'),
    ],
)
@pytest.mark.parametrize("mala", ["plantilla", "membrete"])
def test_lo_danado_se_rehusa_sin_traza(
    mala: str, parte: str, de: bytes, a: bytes, tmp_path: Path
) -> None:
    danada, sana = tmp_path / "danada.docx", FABRICA / "membrete.docx"
    crudas = partes(FABRICA / "oficio-libre.docx")
    assert de in crudas[parte]
    with zipfile.ZipFile(danada, "w") as paquete:
        for nombre, contenido in crudas.items():
            paquete.writestr(nombre, contenido.replace(de, a) if nombre == parte else contenido)
    plantilla, membrete = (danada, sana) if mala == "plantilla" else (sana, danada)

    with suppress(DatosInvalidos):
        vestir(leer_paquete(plantilla), leer_paquete(membrete))
        # Lo que el membrete sustituye, o no se usa de él, no estorba aunque esté mal.
        assert (mala, de) in {("plantilla", b'w:left="1417"'), ("membrete", b"w:body>")}


@pytest.mark.largo
@pytest.mark.skipif(shutil.which("soffice") is None, reason="hace falta LibreOffice")
def test_un_membrete_guardado_por_libreoffice_se_pone_igual(tmp_path: Path) -> None:
    perfil, destino = (tmp_path / "perfil").as_uri(), tmp_path / "lo"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={perfil}", "--convert-to", "docx",
         "--outdir", str(destino), str(FABRICA / "membrete.docx")],
        check=True, capture_output=True,
    )  # fmt: skip
    ruta = de_fabrica(tmp_path, "informe")
    antes = texto(ruta)

    hechas = [vestida(ruta, destino / "membrete.docx") for _ in range(2)]

    assert [hecha.cambio for hecha in hechas] == [True, False]
    assert texto(ruta) == antes
    assert "oficina.ente" in compilar(ruta).campos()
    assert abrir(ruta).sections[0].orientation == WD_ORIENT.LANDSCAPE
