"""Una hoja de Excel: títulos fijos, filtros, anchos y fechas que son fechas.

Todo texto se escribe como texto: lo que alguien capturó empezando con «=» o «+» se lee tal
cual y nunca se calcula, y lo que parece una dirección no se vuelve un enlace.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# Lo que Excel no guarda de una celda más larga que esto.
LETRAS_POR_CELDA = 32_767
LETRAS_DEL_NOMBRE = 31
PRIMER_ANIO_DE_EXCEL = 1900
# Un número con más cifras Excel lo redondea.
EXACTO = 10**15
_CARTA = 1
_ALTO_DE_RENGLON = 15
_QUE_SE_IMPRIMAN = 0
Celda = str | date | datetime | int | Decimal | None


@dataclass(frozen=True)
class Columna:
    """Una columna de la hoja: su título y su ancho, en letras."""

    titulo: str
    ancho: int


@dataclass(frozen=True)
class Formatos:
    """Cómo se ve cada clase de celda de un libro."""

    titulo: Format
    titulo_de_numeros: Format
    texto: Format
    dia: Format
    momento: Format
    numero: Format
    monto: Format
    parte: Format
    rotulo: Format


@dataclass(frozen=True)
class Libro:
    """Un libro de Excel que se está escribiendo; al cerrarse, sus bytes están en `crudo`."""

    excel: xlsxwriter.Workbook
    formatos: Formatos
    crudo: io.BytesIO

    def hoja(self, nombre: str) -> Worksheet:
        """Una hoja nueva, tamaño carta, a lo ancho de la página y con su número de página."""
        nueva = self.excel.add_worksheet(self._nombre_libre(nombre))
        nueva.set_paper(_CARTA)
        nueva.set_landscape()
        nueva.fit_to_pages(1, 0)
        nueva.set_footer("&C&A · página &P de &N")
        # Un folio o un teléfono es un texto de puras cifras: no está mal escrito.
        nueva.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return nueva

    def tabla(
        self,
        hoja: Worksheet,
        columnas: Sequence[Columna],
        filas: Sequence[Sequence[Celda]],
        desde: int = 0,
    ) -> None:
        """Escribe títulos y filas desde ese renglón."""
        for lugar, columna in enumerate(columnas):
            de_numeros = any(isinstance(fila[lugar], int | Decimal) for fila in filas)
            formato = self.formatos.titulo_de_numeros if de_numeros else self.formatos.titulo
            hoja.set_column(lugar, lugar, columna.ancho)
            hoja.write_string(desde, lugar, columna.titulo, formato)
        for renglon, fila in enumerate(filas, start=desde + 1):
            if (renglones := _renglones_de(fila, columnas)) > 1:
                hoja.set_row(renglon, renglones * _ALTO_DE_RENGLON)
            for lugar, celda in enumerate(fila):
                escribir_celda(hoja, renglon, lugar, celda, self.formatos)

    def relacion(
        self, nombre: str, columnas: Sequence[Columna], filas: Sequence[Sequence[Celda]]
    ) -> Worksheet:
        """Una hoja que es toda una tabla: encabezado fijo y repetido, y filtros."""
        hoja = self.hoja(nombre)
        self.tabla(hoja, columnas, filas)
        hoja.freeze_panes(1, 1)
        hoja.autofilter(0, 0, max(len(filas), 1), len(columnas) - 1)
        hoja.repeat_rows(0)
        hoja.hide_gridlines(_QUE_SE_IMPRIMAN)
        return hoja

    def _nombre_libre(self, nombre: str) -> str:
        """El nombre sin lo que Excel no admite en una pestaña, y que no esté tomado."""
        limpio = "".join(" " if letra in "[]:*?/\\'" else letra for letra in nombre)
        base = limpio[:LETRAS_DEL_NOMBRE].strip() or "Hoja"
        tomados = {hoja.get_name().casefold() for hoja in self.excel.worksheets()}
        libre, vuelta = base, 1
        while libre.casefold() in tomados:
            vuelta += 1
            libre = f"{base[: LETRAS_DEL_NOMBRE - 4].strip()} ({vuelta})"
        return libre


@contextmanager
def libro_de_excel(titulo: str, creado: datetime) -> Iterator[Libro]:
    """Un libro por llenar; los mismos datos dan los mismos bytes. `creado` va en sus señas."""
    crudo = io.BytesIO()
    opciones = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(crudo, opciones) as excel:
        excel.set_properties({"title": titulo, "created": creado.replace(tzinfo=None)})
        yield Libro(excel, _formatos(excel), crudo)


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
    with libro_de_excel(nombre, creada) as libro:
        libro.relacion(nombre, columnas, filas)
    return libro.crudo.getvalue()


def _renglones_de(fila: Sequence[Celda], columnas: Sequence[Columna]) -> int:
    """Los que ocupa la celda que más: LibreOffice no los cuenta solo."""
    return max(
        (
            sum(-(-len(p) // (columna.ancho * 11 // 10)) or 1 for p in celda.split("\n"))
            for celda, columna in zip(fila, columnas, strict=False)
            if isinstance(celda, str)
        ),
        default=1,
    )


def _formatos(excel: xlsxwriter.Workbook) -> Formatos:
    arriba = {"valign": "top"}
    titulo = {"bold": True, "text_wrap": True, "bg_color": "#E9EDF3"}
    return Formatos(
        titulo=excel.add_format(titulo),
        titulo_de_numeros=excel.add_format({**titulo, "align": "right"}),
        texto=excel.add_format({"text_wrap": True, **arriba}),
        dia=excel.add_format({"num_format": "dd/mm/yyyy", "align": "left", **arriba}),
        momento=excel.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left", **arriba}),
        numero=excel.add_format({"num_format": "#,##0", **arriba}),
        monto=excel.add_format({"num_format": "#,##0.00", **arriba}),
        parte=excel.add_format({"num_format": "0.0%", **arriba}),
        rotulo=excel.add_format({"bold": True, "font_size": 14}),
    )


def escribir_celda(
    hoja: Worksheet, renglon: int, lugar: int, celda: Celda, formatos: Formatos
) -> None:
    """Escribe una celda según lo que es; None la deja vacía."""
    if isinstance(celda, int | Decimal) and -EXACTO < celda < EXACTO:
        formato = formatos.numero if celda == int(celda) else formatos.monto
        hoja.write_number(renglon, lugar, celda, formato)
    elif isinstance(celda, date) and celda.year >= PRIMER_ANIO_DE_EXCEL:
        con_hora = isinstance(celda, datetime)
        # Excel no sabe de husos: va la hora de la oficina.
        sin_huso = celda.replace(tzinfo=None) if isinstance(celda, datetime) else celda
        hoja.write_datetime(
            renglon, lugar, sin_huso, formatos.momento if con_hora else formatos.dia
        )
    elif celda is not None:
        hoja.write_string(renglon, lugar, str(celda)[:LETRAS_POR_CELDA], formatos.texto)
