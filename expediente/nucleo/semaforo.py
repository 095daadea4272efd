"""De qué color va un plazo que sigue corriendo."""

from datetime import datetime


def color(inicio: datetime, vence: datetime, ahora: datetime, meta: datetime | None = None) -> str:
    """verde, amarillo o rojo para un plazo que sigue corriendo.

    Amarillo es el último tercio, o lo que pasa de la `meta` si llega antes.
    """
    if ahora > vence:
        return "rojo"
    if meta is not None and ahora > meta:
        return "amarillo"
    return "amarillo" if vence - ahora <= (vence - inicio) / 3 else "verde"
