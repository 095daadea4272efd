"""Muchos documentos en uno: cada uno con su papel, su encabezado, su pie y sus páginas."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from lxml import etree

from expediente.documentos.juntar import Junta
from expediente.documentos.pdf import a_pdf
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hojas import W, abrir, guardar, rehacer
from tests.documentos.orden_del_xml import defectos

EN_PNG = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
IMAGEN = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
CON_LIBREOFFICE = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="hacen falta LibreOffice y pdftotext para ver las páginas",
)
NUMPAGES = (
    '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)


def juntar(documentos: Iterable[Path]) -> bytes:
    """El documento con todos, en ese orden."""
    junta = Junta()
    for documento in documentos:
        junta.agregar(documento)
    return junta.cerrar()


def carta(carpeta: Path, nombre: str, escribir: Callable[[Document], object]) -> Path:
    """Una carta con encabezado propio y «N de M» al pie."""

    def con_letreros(documento: Document) -> None:
        documento.sections[0].header.paragraphs[0].text = f"Encabezado de {nombre}"
        pie = documento.sections[0].footer.paragraphs[0]
        pie.add_run("hoja ")
        for campo, sigue in (("PAGE", " de "), ("NUMPAGES", "")):
            pie._p.append(etree.fromstring(NUMPAGES.format(campo)))
            pie.add_run(sigue)
        documento.add_paragraph(f"Carta {nombre}")
        escribir(documento)

    return guardar(carpeta, con_letreros, f"{nombre}.docx")


def nada(documento: Document) -> None:
    """Nada más que lo que toda carta lleva."""


def dos_hojas(documento: Document) -> None:
    documento.add_page_break()
    documento.add_paragraph("Segunda hoja")


def lista(documento: Document) -> None:
    for _ in range(3):
        documento.add_paragraph("punto", style="List Number")


def acostada(documento: Document) -> None:
    seccion = documento.sections[0]
    seccion.orientation = WD_ORIENT.LANDSCAPE
    seccion.page_width, seccion.page_height = seccion.page_height, seccion.page_width


def partes(contenido: bytes, carpeta: Path) -> dict[str, bytes]:
    ruta = carpeta / "junto.docx"
    ruta.write_bytes(contenido)
    with zipfile.ZipFile(ruta) as paquete:
        return {nombre: paquete.read(nombre) for nombre in paquete.namelist()}


def hojas(contenido: bytes, carpeta: Path) -> list[str]:
    """El texto de cada página, como sale de la impresora."""
    ruta = carpeta / "junto.docx"
    ruta.write_bytes(contenido)
    (hecho,) = a_pdf([ruta])
    assert hecho.pdf is not None, hecho.problema
    (carpeta / "junto.pdf").write_bytes(hecho.pdf)
    orden = ["pdftotext", "-layout", str(carpeta / "junto.pdf"), "-"]
    texto = subprocess.run(orden, capture_output=True, encoding="utf-8", check=True).stdout
    return texto.split("\f")[:-1]


def test_van_en_orden_y_cada_uno_en_su_seccion(tmp_path: Path) -> None:
    tres = [carta(tmp_path, nombre, nada) for nombre in "CAB"]

    junto = abrir(juntar(tres))

    assert [p.text for p in junto.paragraphs if p.text.startswith("Carta")] == [
        "Carta C", "Carta A", "Carta B",
    ]  # fmt: skip
    encabezados = [seccion.header.paragraphs[0].text for seccion in junto.sections]
    assert encabezados == [f"Encabezado de {n}" for n in "CAB"]


def test_cada_documento_cuenta_sus_paginas_desde_la_uno(tmp_path: Path) -> None:
    junto = abrir(juntar([carta(tmp_path, "A", nada), carta(tmp_path, "B", dos_hojas)]))

    cuentas = [s._sectPr.find(f"{W}pgNumType").get(f"{W}start") for s in junto.sections]
    pies = [etree.tostring(s.footer._element).decode() for s in junto.sections]

    assert cuentas == ["1", "1"]
    assert not any("NUMPAGES" in pie for pie in pies)
    assert ["PAGEREF fin_del_documento_1" in pies[0], "PAGEREF fin_del_documento_2" in pies[1]] == [
        True, True,
    ]  # fmt: skip


def test_el_que_no_tiene_encabezado_no_hereda_el_del_anterior(tmp_path: Path) -> None:
    sin = guardar(tmp_path, lambda d: d.add_paragraph("Sin encabezado"), "sin.docx")

    junto = abrir(juntar([carta(tmp_path, "A", nada), sin]))

    assert not junto.sections[1].header.is_linked_to_previous
    assert junto.sections[1].header.paragraphs[0].text == ""
    assert not junto.sections[1].footer.is_linked_to_previous


def test_verticales_y_acostados_conservan_su_papel(tmp_path: Path) -> None:
    junto = abrir(
        juntar([carta(tmp_path, n, e) for n, e in (("A", nada), ("B", acostada), ("C", nada))])
    )

    anchos = [s.page_width > s.page_height for s in junto.sections]
    assert anchos == [False, True, False]


def test_doce_iguales_no_pesan_doce_veces(tmp_path: Path, oficina: Path) -> None:
    membretada = oficina / "plantillas" / "renovacion-ayuda.docx"

    dentro = partes(juntar([membretada] * 12), tmp_path)

    assert len([n for n in dentro if n.startswith("word/media/")]) == 1
    assert len([n for n in dentro if n.startswith("word/header")]) == 1
    assert len([n for n in dentro if n.endswith("styles.xml")]) == 1


def test_los_dibujos_y_marcadores_no_se_repiten(tmp_path: Path, oficina: Path) -> None:
    membretada = oficina / "plantillas" / "oficio-estrella-blanca.docx"

    dentro = partes(juntar([membretada, membretada, membretada]), tmp_path)

    texto = etree.fromstring(dentro["word/document.xml"])
    marcadores = [n.get(f"{W}{que}") for n in texto.iter(f"{W}bookmarkStart") for que in
                  ("id", "name")]  # fmt: skip
    dibujos = [n.get("id") for n in texto.iter() if etree.QName(n).localname == "docPr"]
    assert len(set(marcadores)) == len(marcadores) >= 6
    assert len(set(dibujos)) == len(dibujos)


def test_cada_lista_numerada_empieza_en_su_documento(tmp_path: Path) -> None:
    dos = [carta(tmp_path, nombre, lista) for nombre in "AB"]

    texto = etree.fromstring(partes(juntar(dos), tmp_path)["word/document.xml"])

    numeros = [n.get(f"{W}val") for n in texto.iter(f"{W}numId")]
    assert numeros[:3] == [numeros[0]] * 3 and numeros[3:] == [numeros[3]] * 3
    assert numeros[0] != numeros[3]


def test_dos_estilos_que_se_llaman_igual_y_no_lo_son_no_se_mezclan(tmp_path: Path) -> None:
    def de_letra(puntos: int) -> Callable[[Document], None]:
        def escribir(documento: Document) -> None:
            documento.styles["Normal"].font.size = Pt(puntos)
            documento.add_heading(f"Título de {puntos}", 1)

        return escribir

    junto = abrir(juntar([carta(tmp_path, f"de{n}", de_letra(n)) for n in (10, 16, 10)]))

    por_texto = {p.text: p.style for p in junto.paragraphs}
    assert por_texto["Carta de10"].font.size == Pt(10)
    assert por_texto["Carta de16"].font.size == Pt(16)
    nombres = [estilo.name for estilo in junto.styles]
    assert len(set(nombres)) == len(nombres)


def test_las_imagenes_del_cuerpo_llegan_con_su_carta(tmp_path: Path, oficina: Path) -> None:
    with zipfile.ZipFile(oficina / "plantillas/renovacion-ayuda.docx") as paquete:
        medio = next(n for n in paquete.namelist() if n.startswith("word/media/"))
        (tmp_path / "foto.png").write_bytes(paquete.read(medio))
    foto = carta(tmp_path, "F", lambda d: d.add_picture(str(tmp_path / "foto.png")))

    junto = abrir(juntar([carta(tmp_path, "A", nada), foto, foto]))

    claves = [n.get(IMAGEN) for n in junto.element.iter(EN_PNG)]
    assert len(claves) == 2 and len(set(claves)) == 1
    assert junto.part.related_parts[claves[0]].blob == (tmp_path / "foto.png").read_bytes()


def test_las_notas_al_pie_llevan_el_numero_de_su_carta(tmp_path: Path) -> None:
    dos = [_con_nota(tmp_path, nombre) for nombre in "AB"]

    dentro = partes(juntar(dos), tmp_path)

    notas = etree.fromstring(dentro["word/footnotes.xml"])
    escritas = ["".join(n.itertext()) for n in notas if n.get(f"{W}type") is None]
    llamadas = [
        (n.get(f"{W}id"), n.getnext().text)
        for n in etree.fromstring(dentro["word/document.xml"]).iter(f"{W}footnoteReference")
    ]
    assert escritas == ["1 Nota de A", "1 Nota de B"]
    assert llamadas == [("1", "1"), ("2", "1")]


def _con_nota(carpeta: Path, nombre: str) -> Path:
    ruta = carta(carpeta, nombre, nada)
    espacio = f'xmlns:w="{W[1:-1]}"'
    nota = (
        f'<w:footnotes {espacio}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
        f"Nota de {nombre}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(ruta) as paquete:
        cuerpo = paquete.read("word/document.xml").decode()
        enlaces = paquete.read("word/_rels/document.xml.rels").decode()
        tipos = paquete.read("[Content_Types].xml").decode()
    clase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    tipo = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    llamada = '<w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    rehacer(ruta, {
        "word/footnotes.xml": nota.encode(),
        "word/document.xml": cuerpo.replace("</w:p>", llamada, 1).encode(),
        "word/_rels/document.xml.rels": enlaces.replace(
            "</Relationships>",
            f'<Relationship Id="rIdN" Type="{clase}" Target="footnotes.xml"/></Relationships>',
        ).encode(),
        "[Content_Types].xml": tipos.replace(
            "</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{tipo}"/></Types>',
        ).encode(),
    })  # fmt: skip
    return ruta


def test_el_titulo_del_junto_no_es_el_de_una_carta(tmp_path: Path) -> None:
    def titulada(documento: Document) -> None:
        documento.core_properties.title = "Oficio de Ana"

    junto = abrir(juntar([carta(tmp_path, "A", titulada), carta(tmp_path, "B", nada)]))

    assert junto.core_properties.title == "2 documentos para imprimir"


def test_los_mismos_documentos_dan_los_mismos_bytes(tmp_path: Path) -> None:
    dos = [carta(tmp_path, "A", lista), carta(tmp_path, "B", acostada)]

    assert juntar(dos) == juntar(dos)


def test_el_danado_se_dice_y_los_demas_se_juntan(tmp_path: Path) -> None:
    malo = tmp_path / "malo.docx"
    malo.write_bytes(b"esto no es Word")
    junta = Junta()

    junta.agregar(carta(tmp_path, "A", nada))
    with pytest.raises(DatosInvalidos, match=r"malo\.docx"):
        junta.agregar(malo)
    junta.agregar(carta(tmp_path, "B", nada))

    assert junta.cuantos == 2 and len(abrir(junta.cerrar()).sections) == 2


def test_sin_documentos_no_hay_fichero() -> None:
    with pytest.raises(DatosInvalidos):
        juntar([])


def test_todas_las_plantillas_de_fabrica_se_juntan_en_orden_valido(oficina: Path) -> None:
    todas = sorted((oficina / "plantillas").glob("*.docx"))

    contenido = juntar(todas)

    assert defectos(contenido) == []
    assert len(abrir(contenido).sections) >= len(todas)


@pytest.mark.largo
@CON_LIBREOFFICE
def test_impresas_cada_carta_empieza_en_hoja_nueva_y_dice_sus_hojas(tmp_path: Path) -> None:
    mezcla = [
        carta(tmp_path, nombre, escribir)
        for nombre, escribir in (("A", nada), ("B", dos_hojas), ("C", acostada), ("D", nada))
    ]

    paginas = hojas(juntar(mezcla), tmp_path)

    pies = [pagina.strip().splitlines()[-1].strip() for pagina in paginas]
    assert pies == ["hoja 1 de 1", "hoja 1 de 2", "hoja 2 de 2", "hoja 1 de 1", "hoja 1 de 1"]
    encabezados = [pagina.strip().splitlines()[0].strip() for pagina in paginas]
    assert encabezados == [f"Encabezado de {n}" for n in "ABBCD"]


@pytest.mark.largo
@CON_LIBREOFFICE
def test_impresas_las_listas_vuelven_a_empezar(tmp_path: Path) -> None:
    paginas = hojas(juntar([carta(tmp_path, n, lista) for n in "AB"]), tmp_path)

    for pagina in paginas:
        assert [r.split()[0] for r in pagina.splitlines() if "punto" in r] == ["1.", "2.", "3."]
