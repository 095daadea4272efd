"""El CSV que se abre con doble clic en Excel: con sus acentos, sus fechas y nada que calcule.

Lleva marca UTF-8, renglones de Windows y fechas dd/mm/aaaa. Excel adivina lo que es cada
celda: para que los ceros a la izquierda se queden, está la hoja de cálculo.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

Celda = str | date | datetime | int | Decimal | None
# Lo que Excel tomaría por fórmula, también escrito con los signos anchos del japonés.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def hoja_para_excel(
    encabezados: Sequence[str], filas: Iterable[Sequence[Celda]], separador: str = ","
) -> bytes:
    """Un CSV como lo abre Excel; al texto que tomaría por fórmula se le antepone un apóstrofo."""
    hoja = io.StringIO(newline="")
    escritor = csv.writer(hoja, delimiter=separador, lineterminator="\r\n")
    escritor.writerow([_celda(encabezado) for encabezado in encabezados])
    escritor.writerows([_celda(celda) for celda in fila] for fila in filas)
    return hoja.getvalue().encode("utf-8-sig")


def _celda(celda: Celda) -> str:
    if isinstance(celda, datetime):
        return f"{celda:%d/%m/%Y %H:%M}"
    if isinstance(celda, date):
        return f"{celda:%d/%m/%Y}"
    if isinstance(celda, str):
        return f"'{celda}" if celda.startswith(_FORMULA) else celda
    return "" if celda is None else str(celda)
