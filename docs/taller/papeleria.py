"""El papel que comparten todas las plantillas: hoja, membrete y pie.

El membrete y el pie son los mismos en todas, verticales o apaisadas, numeradas o no: la
oficina los cambia una vez. Los estilos están en `estilos`; lo que dice cada documento,
en `hacer_plantillas`.
"""

import io
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as Documento
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, RGBColor, Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from emblema import png_del_emblema
from estilos import AZUL, GRIS, ROJO, SIN_BORDES, fijar_estilos

ANCHO_CARTA, ALTO_CARTA = Cm(21.59), Cm(27.94)
MARGEN_LATERAL = Cm(2.5)
ALTO_DEL_EMBLEMA, ANCHO_DE_SU_COLUMNA = Cm(1.9), Cm(2.4)
TEXTO_DEL_EMBLEMA = (
    "Escudo de la institución (emblema de muestra: sello circular con un edificio y un río)."
)
# Word mide el ancho proporcional en cincuentavos de centésima: esto es el 100 %.
TODO_EL_ANCHO = 5000
HOLGURA = Cm(0.3)
LO_AJENO = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
# Fija, para que hacerlas otra vez no cambie los ficheros.
FECHA_DE_LAS_PLANTILLAS = datetime(2026, 11, 20)


def hoja(titulo: str, *, apaisada: bool = False) -> Documento:
    """Un documento tamaño carta, en blanco, con membrete, pie y estilos de la oficina."""
    documento = Document(io.BytesIO(_en_blanco(apaisada)))
    _fijar_propiedades(documento, titulo)
    return documento


@cache
def _en_blanco(apaisada: bool) -> bytes:
    """La hoja de la que salen todas, que cuesta más que lo que se escribe en ella."""
    documento = Document()
    _quitar_lo_ajeno(documento)
    fijar_estilos(documento)
    _fijar_pagina(documento, apaisada)
    _poner_membrete(documento)
    _poner_pie(documento)
    hecha = io.BytesIO()
    documento.save(hecha)
    return hecha.getvalue()


def parrafo(sitio: Any, texto: str, estilo: str) -> Paragraph:
    """Escribe un párrafo al final del documento, de la celda, del membrete o del pie.

    Lo que va entre dobles asteriscos queda en negritas. Una celda recién hecha
    trae un párrafo vacío, y se aprovecha.
    """
    existentes = [] if isinstance(sitio, Documento) else sitio.paragraphs
    vacio = len(existentes) == 1 and not existentes[0].runs
    nuevo: Paragraph = existentes[0] if vacio else sitio.add_paragraph()
    nuevo.style = estilo
    # La casilla no se queda en un renglón con su texto en el siguiente.
    for casilla in "☐☒":
        texto = texto.replace(f"{casilla} ", f"{casilla}\N{NO-BREAK SPACE}")
    for turno, trozo in enumerate(texto.split("**")):
        if trozo:
            nuevo.add_run(trozo).bold = True if turno % 2 else None
    return nuevo


def pegado(sitio: Any, texto: str, estilo: str) -> None:
    """Un párrafo que no se separa de lo que sigue, aunque su estilo lo permita."""
    parrafo(sitio, texto, estilo).paragraph_format.keep_with_next = True


def etiqueta(sitio: Any, orden: str) -> None:
    """Un párrafo de control, como `if x` o `endfor`, que desaparece al llenar."""
    parrafo(sitio, f"{{%p {orden} %}}", "Etiqueta")


def si_existe(sitio: Any, dato: str, texto: str, estilo: str) -> None:
    """Un párrafo que sólo se escribe cuando el dato existe."""
    etiqueta(sitio, f"if {dato}")
    parrafo(sitio, texto, estilo)
    etiqueta(sitio, "endif")


def elemento(nombre: str, **atributos: str) -> Any:
    """Un elemento de WordprocessingML con sus atributos `w:`."""
    nuevo = OxmlElement(f"w:{nombre}")
    for clave, valor in atributos.items():
        nuevo.set(qn(f"w:{clave}"), valor)
    return nuevo


def linea(sitio: Paragraph, lado: str, color: str = GRIS) -> None:
    """Una línea fina en un borde del párrafo: `top` o `bottom`."""
    bordes = elemento("pBdr")
    bordes.append(elemento(lado, val="single", sz="6", space="3", color=color))
    # El esquema de Word exige este orden dentro de las propiedades del párrafo.
    sitio._p.get_or_add_pPr().insert_element_before(
        bordes, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def a_lo_ancho(documento: Documento) -> None:
    """Deja en proporción las tablas que llenan la hoja: con otros márgenes se acomodan solas."""
    seccion = documento.sections[0]
    util = seccion.page_width - seccion.left_margin - seccion.right_margin
    for cuadro in documento.tables:
        if abs(sum(columna.width for columna in cuadro.columns) - util) < HOLGURA:
            en_proporcion(cuadro)


def en_proporcion(cuadro: Table) -> None:
    """Da a la tabla todo el ancho que haya, y a cada celda su parte."""
    total = sum(columna.width for columna in cuadro.columns)
    entero = cuadro._tbl.tblPr.find(qn("w:tblW"))
    entero.set(qn("w:type"), "pct")
    entero.set(qn("w:w"), str(TODO_EL_ANCHO))
    for ancho in cuadro._tbl.iter(qn("w:tcW")):
        if ancho.get(qn("w:type")) == "auto":
            continue
        parte = TODO_EL_ANCHO * Twips(int(ancho.get(qn("w:w")))) / total
        ancho.set(qn("w:type"), "pct")
        ancho.set(qn("w:w"), str(round(parte)))


def _quitar_lo_ajeno(documento: Documento) -> None:
    """Quita lo que trae de más el documento de python-docx, y su modo de compatibilidad."""
    for enlaces in (documento.part.package.rels, documento.part.rels):
        for clave in [c for c, r in enlaces.items() if r.reltype in LO_AJENO]:
            del enlaces[clave]
    ajustes = documento.settings.element
    ajustes.find(f".//{qn('w:compatSetting')}").set(qn("w:val"), "15")
    ajustes.find(qn("w:zoom")).set(qn("w:percent"), "100")
    # Un dato con saltos de renglón no se estira en un párrafo justificado.
    ajustes.find(qn("w:compat")).insert(0, elemento("doNotExpandShiftReturn"))
    idioma = ajustes.find(qn("w:themeFontLang"))
    idioma.attrib.clear()
    idioma.set(qn("w:val"), "es-MX")


def _fijar_propiedades(documento: Documento, titulo: str) -> None:
    propiedades = documento.core_properties
    propiedades.title = titulo
    propiedades.language = "es-MX"
    propiedades.author = propiedades.last_modified_by = propiedades.comments = ""
    propiedades.created = propiedades.modified = FECHA_DE_LAS_PLANTILLAS


def _fijar_pagina(documento: Documento, apaisada: bool) -> None:
    seccion = documento.sections[0]
    seccion.page_width, seccion.page_height = ANCHO_CARTA, ALTO_CARTA
    if apaisada:
        seccion.orientation = WD_ORIENT.LANDSCAPE
        seccion.page_width, seccion.page_height = ALTO_CARTA, ANCHO_CARTA
    seccion.left_margin = seccion.right_margin = MARGEN_LATERAL
    seccion.top_margin, seccion.bottom_margin = Cm(3.6), Cm(1.9)
    seccion.header_distance, seccion.footer_distance = Cm(1.0), Cm(0.9)


def _poner_membrete(documento: Documento) -> None:
    seccion = documento.sections[0]
    membrete = seccion.header
    ancho = Length(seccion.page_width - 2 * MARGEN_LATERAL)
    tabla = membrete.add_table(1, 2, ancho)
    tabla.style, tabla.autofit = SIN_BORDES, False
    tabla._tbl.tblPr.append(elemento("tblDescription", val="Escudo y nombre de la institución"))
    medidas = (ANCHO_DE_SU_COLUMNA, Length(ancho - ANCHO_DE_SU_COLUMNA))
    for columna, medida in zip(tabla.columns, medidas, strict=True):
        columna.width = columna.cells[0].width = medida
    en_proporcion(tabla)
    # La tabla va primero: el párrafo que Word pone por omisión la bajaría un renglón.
    sobrante = membrete.paragraphs[0]._p
    sobrante.getparent().remove(sobrante)
    _poner_emblema(tabla.cell(0, 0))
    _poner_ente(tabla.cell(0, 1))
    etiqueta(membrete, "for leyenda in oficina.leyendas")
    parrafo(membrete, "“{{ leyenda }}”", "Leyenda")
    etiqueta(membrete, "endfor")
    parrafo(membrete, "", "Separador")


def _poner_emblema(celda: _Cell) -> None:
    imagen = parrafo(celda, "", "Ente").add_run()
    dibujo = imagen.add_picture(io.BytesIO(png_del_emblema()), height=ALTO_DEL_EMBLEMA)
    # Sin estas distancias LibreOffice la aparta del margen.
    for lado in ("distT", "distB", "distL", "distR"):
        dibujo._inline.set(lado, "0")
    propiedades = dibujo._inline.docPr
    propiedades.set("name", "Escudo")
    propiedades.set("descr", TEXTO_DEL_EMBLEMA)


def _poner_ente(celda: _Cell) -> None:
    celda._tc.get_or_add_tcPr().append(elemento("vAlign", val="center"))
    linea(parrafo(celda, "{{ oficina.ente }}", "Ente"), "bottom", AZUL)
    administracion = "{% if oficina.administracion %} · {{ oficina.administracion }}{% endif %}"
    parrafo(celda, "{{ oficina.municipio }}" + administracion, "Administración")


def _poner_pie(documento: Documento) -> None:
    pie = documento.sections[0].footer
    linea(parrafo(pie, "{{ oficina.domicilio }}", "Pie"), "top")
    paginas = parrafo(pie, "Tel. {{ oficina.telefono }} · {{ oficina.correo }} · ", "Pie")
    # Lo que no es oficio no trae `oficio`, y en una condición lo que falta es falso.
    paginas.add_run("{% if oficio.borrador %}")
    paginas.add_run("BORRADOR · ").font.color.rgb = RGBColor.from_string(ROJO)
    paginas.add_run("{% endif %}")
    paginas.add_run("Página ")
    _poner_campo(paginas, "PAGE")
    paginas.add_run(" de ")
    _poner_campo(paginas, "NUMPAGES")


def _poner_campo(destino: Paragraph, instruccion: str) -> None:
    """Un campo que Word calcula al abrir o imprimir; mientras, se lee «1»."""
    orden, muestra = elemento("instrText"), elemento("t")
    orden.text, muestra.text = f" {instruccion} ", "1"
    for parte in (
        elemento("fldChar", fldCharType="begin"),
        orden,
        elemento("fldChar", fldCharType="separate"),
        muestra,
        elemento("fldChar", fldCharType="end"),
    ):
        destino.add_run()._r.append(parte)
