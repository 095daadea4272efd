"""Una hoja de Excel: títulos fijos, filtros, anchos y fechas que son fechas.

Todo texto se escribe como texto: lo que alguien capturó empezando con «=» o «+» se lee tal
cual y nunca se calcula, y lo que parece una dirección no se vuelve un enlace.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# Lo que Excel no guarda de una celda más larga que esto.
LETRAS_POR_CELDA = 32_767
LETRAS_DEL_NOMBRE = 31
PRIMER_ANIO_DE_EXCEL = 1900
Celda = str | date | datetime | int | None


@dataclass(frozen=True)
class Columna:
    """Una columna de la hoja: su título y su ancho, en letras."""

    titulo: str
    ancho: int


def hoja_de_excel(
    nombre: str,
    columnas: Sequence[Columna],
    filas: Sequence[Sequence[Celda]],
    creada: datetime,
) -> bytes:
    """Los bytes de un .xlsx con una hoja; los mismos datos dan los mismos bytes.

    Un momento se escribe con su hora; una celda None queda vacía. `creada` va en las
    propiedades del fichero.
    """
    crudo = io.BytesIO()
    opciones = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(crudo, opciones) as libro:
        libro.set_properties({"title": nombre, "created": creada.replace(tzinfo=None)})
        hoja = libro.add_worksheet(_nombre_de_hoja(nombre))
        titulo = libro.add_format({"bold": True, "text_wrap": True, "bg_color": "#E9EDF3"})
        texto = libro.add_format({"text_wrap": True, "valign": "top"})
        dia = libro.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        momento = libro.add_format(
            {"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"}
        )
        for lugar, columna in enumerate(columnas):
            hoja.set_column(lugar, lugar, columna.ancho)
            hoja.write_string(0, lugar, columna.titulo, titulo)
        for renglon, fila in enumerate(filas, start=1):
            for lugar, celda in enumerate(fila):
                _escribir(hoja, renglon, lugar, celda, (texto, dia, momento))
        hoja.freeze_panes(1, 1)
        hoja.autofilter(0, 0, max(len(filas), 1), len(columnas) - 1)
        hoja.repeat_rows(0)
        hoja.set_landscape()
        hoja.fit_to_pages(1, 0)
    return crudo.getvalue()


def _nombre_de_hoja(nombre: str) -> str:
    """El nombre sin lo que Excel no admite en una pestaña."""
    limpio = "".join(" " if letra in "[]:*?/\\'" else letra for letra in nombre)
    return limpio[:LETRAS_DEL_NOMBRE].strip() or "Hoja"


def _escribir(
    hoja: Worksheet,
    renglon: int,
    lugar: int,
    celda: Celda,
    formatos: tuple[Format, Format, Format],
) -> None:
    texto, dia, momento = formatos
    if isinstance(celda, int):
        hoja.write_number(renglon, lugar, celda, texto)
    elif isinstance(celda, date) and celda.year >= PRIMER_ANIO_DE_EXCEL:
        con_hora = isinstance(celda, datetime)
        # Excel no sabe de husos: va la hora de la oficina.
        sin_huso = celda.replace(tzinfo=None) if isinstance(celda, datetime) else celda
        hoja.write_datetime(renglon, lugar, sin_huso, momento if con_hora else dia)
    elif celda is not None:
        hoja.write_string(renglon, lugar, str(celda)[:LETRAS_POR_CELDA], texto)
