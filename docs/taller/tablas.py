"""Tablas de verdad para las plantillas: bordes finos, anchos fijos, renglones enteros."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table, _Cell, _Row
from estilos import SIN_BORDES
from papeleria import elemento, linea, parrafo

RELLENO = "E9EDF3"


def tabla(
    sitio: Any, anchos_cm: Sequence[float], descripcion: str, *, bordes: bool = True
) -> Table:
    """Una tabla sin renglones, con las columnas de esos anchos.

    La descripción es la que leen los lectores de pantalla. Sin bordes sólo
    acomoda firmas o sellos.
    """
    nueva: Table = sitio.add_table(rows=0, cols=len(anchos_cm))
    nueva.style = "Table Grid" if bordes else SIN_BORDES
    nueva.autofit = False
    for columna, ancho in zip(nueva.columns, anchos_cm, strict=True):
        columna.width = Cm(ancho)
    nueva._tbl.tblPr.append(elemento("tblDescription", val=descripcion))
    return nueva


def renglon(
    destino: Table, textos: Sequence[str], estilos: Sequence[str], *, alto_cm: float | None = None
) -> _Row:
    """Agrega un renglón que no se parte entre dos páginas.

    `alto_cm` reserva espacio para un sello o una firma.
    """
    nuevo = destino.add_row()
    nuevo._tr.get_or_add_trPr().append(elemento("cantSplit"))
    if alto_cm:
        nuevo.height, nuevo.height_rule = Cm(alto_cm), WD_ROW_HEIGHT_RULE.AT_LEAST
    for celda, texto, estilo in zip(nuevo.cells, textos, estilos, strict=True):
        parrafo(celda, texto, estilo)
    return nuevo


def renglon_unido(destino: Table, texto: str, estilo: str) -> _Cell:
    """Agrega un renglón de una sola celda, tan ancha como la tabla."""
    nuevo = renglon(destino, [""] * len(destino.columns), [estilo] * len(destino.columns))
    unida = nuevo.cells[0].merge(nuevo.cells[-1])
    parrafo(unida, texto, estilo)
    return unida


def encabezado(destino: Table, titulos: Sequence[str], estilos: Sequence[str]) -> None:
    """El renglón de títulos: con fondo, y repetido en cada página que ocupe la tabla."""
    en_cada_pagina(renglon(destino, titulos, estilos))


def en_cada_pagina(fila: _Row) -> None:
    """Deja el renglón de títulos con fondo, y repetido en cada página que ocupe la tabla."""
    fila._tr.get_or_add_trPr().append(elemento("tblHeader"))
    for celda in fila.cells:
        sombrear(celda)


def ficha(
    destino: Table,
    rotulo: str,
    texto: str,
    *,
    si: str = "",
    estilo: str = "Dato",
    alto_cm: float | None = None,
) -> _Row:
    """Un rótulo y su dato; con `si`, el renglón sólo se escribe cuando ese dato existe."""
    if si:
        control(destino, f"if {si}")
    nuevo = renglon(destino, (rotulo, texto), ("Rótulo", estilo), alto_cm=alto_cm)
    sombrear(nuevo.cells[0])
    if si:
        control(destino, "endif")
    return nuevo


def repetido(
    destino: Table, bucle: str, textos: Sequence[str], estilos: Sequence[str], si_no_hay: str
) -> None:
    """Un renglón por cada cosa del bucle; si no hay ninguna, uno solo que lo dice."""
    control(destino, f"for {bucle}")
    renglon(destino, textos, estilos)
    control(destino, "else")
    renglon_unido(destino, si_no_hay, "Dato menudo")
    control(destino, "endfor")


def repetido_y_ligado(
    destino: Table, bucle: str, textos: Sequence[str], estilos: Sequence[str], si_no_hay: str
) -> None:
    """Como `repetido`, con el último renglón en la página de lo que sigue a la tabla."""
    control(destino, f"for {bucle}")
    control(destino, "if loop.last")
    ligar(renglon(destino, textos, estilos))
    control(destino, "else")
    renglon(destino, textos, estilos)
    control(destino, "endif")
    control(destino, "else")
    renglon_unido(destino, si_no_hay, "Dato menudo")
    control(destino, "endfor")


def crecida(destino: Table, bucle: str, texto: str, estilo: str) -> _Row:
    """Agrega un renglón con una celda por cada cosa del bucle: la tabla crece a lo ancho.

    Sus celdas no piden ancho: cada columna mide lo que pide lo que dice.
    """
    nuevo = renglon(
        destino,
        (f"{{%tc for {bucle} %}}", texto, "{%tc endfor %}"),
        ("Etiqueta", estilo, "Etiqueta"),
    )
    for celda in nuevo.cells:
        ancho = celda._tc.get_or_add_tcPr().get_or_add_tcW()
        ancho.set(qn("w:type"), "auto")
        ancho.set(qn("w:w"), "0")
    return nuevo


def control(destino: Table, orden: str) -> None:
    """Un renglón de control, como `for x in y` o `endif`, que desaparece al llenar.

    Va con las celdas unidas para que en Word se lea la etiqueta completa.
    """
    renglon_unido(destino, f"{{%tr {orden} %}}", "Etiqueta")


def ligar(fila: _Row) -> None:
    """Deja el renglón en la página de lo que sigue."""
    for celda in fila.cells:
        for escrito in celda.paragraphs:
            escrito.paragraph_format.keep_with_next = True


def sombrear(celda: _Cell) -> None:
    """Da a la celda el fondo de los rótulos."""
    celda._tc.get_or_add_tcPr().append(elemento("shd", val="clear", color="auto", fill=RELLENO))


def firma(celda: _Cell, nombre: str, papel: str) -> None:
    """El espacio, la línea, el nombre y el papel de quien firma."""
    parrafo(celda, "", "Espacio de firma")
    celda.add_paragraph(style="Firma").add_run(nombre)
    linea(celda.paragraphs[-1], "top")
    parrafo(celda, papel, "Cargo")
