"""Funciones que arman un documento de Word: párrafos, tablas, runs, notas o XML a mano."""

from collections.abc import Callable

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

Escribir = Callable[[Document], object]


def parrafos_con(*lineas: str) -> Escribir:
    """Un párrafo por línea."""
    return lambda documento: [documento.add_paragraph(linea) for linea in lineas]


def tabla_con(*renglones: tuple[str, ...]) -> Escribir:
    """Una tabla con esos textos, y un párrafo después."""

    def escribir(documento: Document) -> None:
        tabla = documento.add_table(len(renglones), len(renglones[0]))
        for renglon, textos in zip(tabla.rows, renglones, strict=True):
            for celda, texto in zip(renglon.cells, textos, strict=True):
                celda.text = texto
        documento.add_paragraph("Fin")

    return escribir


def runs_con(*trozos: str, formato: str = "b") -> Escribir:
    """Un párrafo con un run por trozo, uno con formato y otro sin él."""

    def escribir(documento: Document) -> None:
        parrafo = documento.add_paragraph()
        for numero, trozo in enumerate(trozos):
            run = parrafo.add_run(trozo)
            if numero % 2 == 0:
                run._r.get_or_add_rPr().append(OxmlElement(f"w:{formato}"))

    return escribir


def xml_en_parrafo(xml: str, prefijos: str = "") -> Escribir:
    """Un párrafo con ese XML dentro; `[[…]]` abrevia un run de texto."""
    completo = xml.replace("[[", "<w:r><w:t xml:space='preserve'>").replace("]]", "</w:t></w:r>")

    def escribir(documento: Document) -> None:
        documento.element.body.insert(
            0, parse_xml(f"<w:p {nsdecls('w', 'r')} {prefijos}>{completo}</w:p>")
        )

    return escribir


def xml_en_cuerpo(xml: str, prefijos: str = "") -> Escribir:
    """Ese XML al principio del cuerpo."""
    completo = xml.replace("[[", "<w:r><w:t xml:space='preserve'>").replace("]]", "</w:t></w:r>")

    def escribir(documento: Document) -> None:
        envoltura = parse_xml(f"<w:body {nsdecls('w', 'r')} {prefijos}>{completo}</w:body>")
        for numero, nodo in enumerate(list(envoltura)):
            documento.element.body.insert(numero, nodo)

    return escribir


def con_notas(clase: str) -> Escribir:
    """Un documento con una nota, al pie («footnote») o al final («endnote»)."""

    def escribir(documento: Document) -> None:
        documento.add_paragraph("Cuerpo {{ oficio.asunto }}")
        nota = (
            f"<w:{clase}s {nsdecls('w')}><w:{clase} w:id='2'><w:p><w:r><w:t>Véase {{{{ ofi</w:t>"
            "</w:r><w:r><w:t>cio.numero }}</w:t></w:r></w:p><w:p><w:r><w:t>{%p if negado %}</w:t>"
            "</w:r></w:p><w:p><w:r><w:t>no</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}</w:t>"
            f"</w:r></w:p></w:{clase}></w:{clase}s>"
        )
        tipo = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{clase}s+xml"
        ruta = PackURI(f"/word/{clase}s.xml")
        parte = Part(ruta, tipo, nota.encode(), documento.part.package)
        documento.part.relate_to(parte, f"{RT.FOOTNOTES.removesuffix('footnotes')}{clase}s")

    return escribir
