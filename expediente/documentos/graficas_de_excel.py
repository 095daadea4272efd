"""Las gráficas que se editan en Excel: en gris, con su cifra y sin adornos, como las de Word."""

from collections.abc import Sequence
from typing import Any

import xlsxwriter

from expediente.documentos.graficas import OSCURO, Punto
from expediente.documentos.trazos import BLANCO

_LETRA = {"name": "Arial", "size": 9, "color": "black"}
_CONTORNO = {"color": "black", "width": 0.5}
_CIFRAS = {"value": True, "position": "outside_end", "font": _LETRA}
_SIN_CEROS = "#,##0;-#,##0;"
_VACIA = {"fill": {"color": BLANCO}, "border": _CONTORNO}
_DE_NOMBRES = {"num_font": _LETRA, "line": {"color": "black"}, "major_tick_mark": "none"}
_DE_CIFRAS = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
_ANCHO_PX = 620
_ALTO_DE_BARRA_PX, _ALTO_SIN_BARRAS_PX, _ALTO_DE_COLUMNAS_PX = 26, 70, 300


def barras_de_excel(
    excel: xlsxwriter.Workbook, titulo: str, hoja: str, lugar: int, puntos: Sequence[Punto]
) -> Any:
    """Una barra por punto. Sus nombres están en esa columna de la hoja, y sus cifras al lado."""
    dibujo = excel.add_chart({"type": "bar"})
    dibujo.add_series(
        {
            **_rangos(hoja, lugar, lugar + 1, len(puntos)),
            "fill": {"color": OSCURO},
            "border": _CONTORNO,
            "points": [_VACIA if p.resto else None for p in puntos],
            "gap": 45,
            "data_labels": _CIFRAS,
        }
    )
    _titular(dibujo, titulo)
    dibujo.set_legend({"none": True})
    dibujo.set_y_axis({**_DE_NOMBRES, "reverse": True})
    dibujo.set_x_axis(_DE_CIFRAS)
    alto = _ALTO_SIN_BARRAS_PX + _ALTO_DE_BARRA_PX * len(puntos)
    dibujo.set_size({"width": _ANCHO_PX, "height": alto})
    return dibujo


def columnas_de_excel(
    excel: xlsxwriter.Workbook, titulo: str, hoja: str, series: Sequence[str], cuantas: int
) -> Any:
    """Dos series de columnas. Los nombres están en la primera columna; las series, después."""
    dibujo = excel.add_chart({"type": "column"})
    for lugar, relleno in enumerate((OSCURO, BLANCO)[: len(series)], start=1):
        dibujo.add_series(
            {
                **_rangos(hoja, 0, lugar, cuantas),
                "name": [hoja, 0, lugar],
                "fill": {"color": relleno},
                "border": _CONTORNO,
                "gap": 60,
                "data_labels": {**_CIFRAS, "num_format": _SIN_CEROS},
            }
        )
    _titular(dibujo, titulo)
    dibujo.set_legend({"position": "top", "font": _LETRA})
    dibujo.set_x_axis(_DE_NOMBRES)
    dibujo.set_y_axis(_DE_CIFRAS)
    dibujo.set_size({"width": _ANCHO_PX, "height": _ALTO_DE_COLUMNAS_PX})
    return dibujo


def _rangos(hoja: str, de_nombres: int, de_cifras: int, cuantas: int) -> dict[str, list[Any]]:
    return {
        "categories": [hoja, 1, de_nombres, cuantas, de_nombres],
        "values": [hoja, 1, de_cifras, cuantas, de_cifras],
    }


def _titular(dibujo: Any, titulo: str) -> None:
    # Un título que empezara con «=» sería una referencia.
    letra = {**_LETRA, "size": 11, "bold": True}
    dibujo.set_title({"name": f" {titulo}", "name_font": letra})
