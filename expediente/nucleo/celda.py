"""Un dato como se lee en una tabla, y como se ordena."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from expediente.nucleo.dinero import pesos
from expediente.nucleo.fecha import fecha_corta
from expediente.nucleo.funciones import FALTA
from expediente.nucleo.medida import Medida


def llave_de_orden(dato: object) -> tuple[Any, ...]:
    """El dato en una llave que ordena entre sí a los de su clase, y al final lo que falta."""
    if dato is FALTA or dato is None:
        return (2, "")
    if isinstance(dato, int | Decimal):
        return (0, dato)
    return (1, _como_llave(dato))


def _como_llave(dato: object) -> str:
    """El dato como texto que se ordena bien: las fechas, del año al segundo."""
    return dato.isoformat() if isinstance(dato, date) else str(dato)


def como_celda(dato: object) -> str:
    """Un dato como se lee en una tabla; «» si no consta."""
    if dato is FALTA or dato is None:
        return ""
    if isinstance(dato, bool):
        return "Sí" if dato else "No"
    if isinstance(dato, datetime):
        return f"{dato:%d/%m/%Y %H:%M}"
    if isinstance(dato, date):
        return fecha_corta(dato)
    if isinstance(dato, float):
        return f"{dato:.1f}"
    if isinstance(dato, Decimal) and not isinstance(dato, Medida):
        return pesos(dato)
    return str(dato)
