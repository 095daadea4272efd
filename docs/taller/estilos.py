"""La hoja de estilos de la oficina: la misma letra y los mismos nombres en todas las plantillas.

Cada aspecto del papel es un estilo con nombre, para que la oficina lo cambie en
Word una sola vez y no párrafo por párrafo. No trae otros: la lista de estilos de Word
enseña los de la oficina y nada más.
"""

from typing import Any, NamedTuple

from docx.document import Document as Documento
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

# Todo Word la trae; donde no está, Liberation Sans mide lo mismo: el oficio no se recorre.
LETRA, LETRA_SUSTITUTA = "Arial", "Liberation Sans"
AZUL = "1F3A5F"
GRIS = "595959"
ROJO = "C00000"
NEGRO = "000000"
BORDE_DE_TABLA = "A6A6A6"
SIN_BORDES = "Sin bordes"
# Los que Word da por supuestos en cualquier documento.
DE_WORD = ("Default Paragraph Font", "Normal Table", "No List", "Table Grid", "header", "footer")

IZQUIERDA = WD_ALIGN_PARAGRAPH.LEFT
CENTRO = WD_ALIGN_PARAGRAPH.CENTER
DERECHA = WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFICADO = WD_ALIGN_PARAGRAPH.JUSTIFY


class Estilo(NamedTuple):
    """Un estilo de párrafo; los espacios y la altura del renglón van en puntos.

    `sigue` evita que el párrafo quede en una página y el siguiente en otra.
    `base` es el estilo del que hereda su lugar en el esquema del documento.
    Con `mayusculas` así se ve, aunque el texto no cambie.
    `renglon` fija la altura del renglón; sin él es la natural de la letra.
    """

    nombre: str
    puntos: float
    alineacion: WD_ALIGN_PARAGRAPH = IZQUIERDA
    antes: float = 0
    despues: float = 0
    negrita: bool = False
    cursiva: bool = False
    color: str = NEGRO
    sigue: bool = False
    base: str = "Normal"
    renglon: float | None = None
    mayusculas: bool = False


ESTILOS = (
    Estilo("Normal", 11, base=""),
    Estilo("Heading 1", 14, despues=2, negrita=True, color=AZUL, sigue=True),
    Estilo("Heading 2", 10.5, antes=8, despues=3, negrita=True, color=AZUL, sigue=True),
    # La altura fija separa cada tabla de la anterior también al empezar una columna de hoja.
    Estilo(
        "Título de cifras",
        9,
        negrita=True,
        color=AZUL,
        sigue=True,
        base="Heading 2",
        renglon=19,
    ),
    Estilo("List Bullet", 9, sigue=True),
    Estilo("Ente", 13, negrita=True, color=AZUL),
    Estilo("Administración", 9, color=GRIS),
    Estilo("Leyenda", 8.5, CENTRO, antes=2, cursiva=True),
    Estilo("Aviso de borrador", 14, CENTRO, despues=2, negrita=True, color=ROJO, sigue=True),
    Estilo("Asunto", 11, DERECHA, antes=6, negrita=True, sigue=True, base="Heading 1"),
    Estilo("Lugar y fecha", 11, DERECHA, antes=3, despues=8, sigue=True),
    Estilo("Nombre del destinatario", 11, negrita=True, sigue=True, mayusculas=True),
    Estilo("Destinatario", 11, negrita=True, sigue=True),
    Estilo("Atención", 11, DERECHA, antes=3, negrita=True, sigue=True),
    Estilo("Cuerpo", 11, JUSTIFICADO, antes=6),
    Estilo("Cierre", 11, JUSTIFICADO, antes=6, sigue=True),
    Estilo("Antefirma", 11, CENTRO, antes=11, negrita=True, sigue=True),
    Estilo("Lema", 10, CENTRO, antes=2, cursiva=True, sigue=True),
    Estilo("Espacio de firma", 11, CENTRO, sigue=True, renglon=44),
    Estilo("Firma", 11, CENTRO, negrita=True, sigue=True),
    Estilo("Cargo", 10, CENTRO, sigue=True),
    Estilo("Copia", 7.5, antes=1, sigue=True),
    Estilo("Anexos", 9, antes=3, despues=5, sigue=True),
    Estilo("Sello", 8, CENTRO, antes=3, color=GRIS, sigue=True),
    Estilo("Título de recuadro", 9, CENTRO, negrita=True, sigue=True, base="Heading 2"),
    Estilo("Rótulo", 8.5, negrita=True, color=GRIS),
    Estilo("Dato", 9.5),
    Estilo("Dato menudo", 8.5),
    Estilo("Cifra", 9, DERECHA),
    Estilo("Concepto", 9, sigue=True),
    Estilo("Renglón de detalle", 8),
    Estilo("Fin de la relación", 8, CENTRO, color=GRIS, sigue=True),
    Estilo("Columna", 8.5, negrita=True, sigue=True),
    Estilo("Columna de cifras", 8.5, DERECHA, negrita=True, sigue=True),
    Estilo("Número grande", 26, CENTRO, despues=4, negrita=True, color=AZUL, sigue=True),
    Estilo("Recuadro", 10.5, CENTRO, antes=6, despues=4, negrita=True),
    Estilo("Nota", 9, antes=4),
    Estilo("Separador", 6, renglon=7),
    Estilo("Entre tablas", 1, renglon=1),
    Estilo("Pie", 8, CENTRO, color=GRIS),
    Estilo("Etiqueta", 7, color=GRIS, sigue=True),
)


def fijar_estilos(documento: Documento) -> None:
    """Deja en el documento sólo los estilos de la oficina, en español de México."""
    raiz = documento.styles.element
    _fijar_lo_de_omision(raiz)
    existentes = {estilo.name for estilo in documento.styles}
    for estilo in ESTILOS:
        if estilo.nombre not in existentes:
            documento.styles.add_style(estilo.nombre, WD_STYLE_TYPE.PARAGRAPH)
        _fijar_estilo(documento, estilo)
    _fijar_bordes(documento.styles["Table Grid"].element)
    _crear_tabla_sin_bordes(documento)
    _quitar_los_demas(raiz)
    _fijar_letras(documento)


def _fijar_lo_de_omision(raiz: Any) -> None:
    omision = raiz.find(qn("w:docDefaults"))
    omision.find(f".//{qn('w:lang')}").set(qn("w:val"), "es-MX")
    letras = omision.find(f".//{qn('w:rFonts')}")
    letras.attrib.clear()
    for alfabeto in ("ascii", "hAnsi", "cs", "eastAsia"):
        letras.set(qn(f"w:{alfabeto}"), LETRA)


def _quitar_los_demas(raiz: Any) -> None:
    """Quita los estilos ajenos que trae python-docx, y lo que los nombraba."""
    propios = {nombre.lower() for nombre in (*DE_WORD, SIN_BORDES, *(e.nombre for e in ESTILOS))}
    for estilo in raiz.findall(qn("w:style")):
        if estilo.find(qn("w:name")).get(qn("w:val")).lower() not in propios:
            raiz.remove(estilo)
    quedan = {estilo.get(qn("w:styleId")) for estilo in raiz.findall(qn("w:style"))}
    for enlace in list(raiz.iter(qn("w:link"), qn("w:next"))):
        if enlace.get(qn("w:val")) not in quedan:
            enlace.getparent().remove(enlace)


def _fijar_letras(documento: Documento) -> None:
    """Declara la letra y cuál la sustituye en una computadora que no la tenga."""
    tabla = documento.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    tabla._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>'
        f'<w:font w:name="{LETRA}"><w:altName w:val="{LETRA_SUSTITUTA}"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    ).encode()


def _fijar_estilo(documento: Documento, estilo: Estilo) -> None:
    destino: Any = documento.styles[estilo.nombre]
    if estilo.base:
        destino.base_style = documento.styles[estilo.base]
    destino.hidden, destino.quick_style = False, True
    _fijar_letra(destino, estilo)
    formato = destino.paragraph_format
    formato.alignment, formato.keep_with_next = estilo.alineacion, estilo.sigue
    formato.space_before, formato.space_after = Pt(estilo.antes), Pt(estilo.despues)
    formato.line_spacing = Pt(estilo.renglon) if estilo.renglon else 1.0
    formato.widow_control = True


def _fijar_letra(destino: Any, estilo: Estilo) -> None:
    propiedades = destino.element.get_or_add_rPr()
    # Los estilos que trae python-docx piden la letra del tema, que ganaría a la nuestra.
    for previa in propiedades.findall(qn("w:rFonts")):
        propiedades.remove(previa)
    destino.font.name = LETRA
    letras = propiedades.find(qn("w:rFonts"))
    for alfabeto in ("w:cs", "w:eastAsia"):
        letras.set(qn(alfabeto), LETRA)
    destino.font.size = Pt(estilo.puntos)
    destino.font.bold, destino.font.italic = estilo.negrita, estilo.cursiva
    if estilo.mayusculas:
        destino.font.all_caps = True
    destino.font.color.rgb = RGBColor.from_string(estilo.color)


def _fijar_bordes(estilo_de_tabla: Any) -> None:
    for borde in estilo_de_tabla.find(f".//{qn('w:tblBorders')}"):
        borde.set(qn("w:color"), BORDE_DE_TABLA)
    margenes = estilo_de_tabla.find(f".//{qn('w:tblCellMar')}")
    for lado, vigesimos_de_punto in (("top", 25), ("left", 85), ("bottom", 25), ("right", 85)):
        margenes.find(qn(f"w:{lado}")).set(qn("w:w"), str(vigesimos_de_punto))


def _crear_tabla_sin_bordes(documento: Documento) -> None:
    """El estilo de las tablas que sólo acomodan: su texto llega hasta los márgenes."""
    estilo: Any = documento.styles.add_style(SIN_BORDES, WD_STYLE_TYPE.TABLE)
    estilo.base_style = documento.styles["Normal Table"]
    estilo.element.append(
        parse_xml(
            f'<w:tblPr {nsdecls("w")}><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        )
    )
