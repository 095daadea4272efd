"""De qué color va un plazo que sigue corriendo."""

from datetime import datetime


def color(inicio: datetime, vence: datetime, ahora: datetime) -> str:
    """verde, amarillo (último tercio) o rojo para un plazo que sigue corriendo."""
    if ahora > vence:
        return "rojo"
    return "amarillo" if vence - ahora <= (vence - inicio) / 3 else "verde"
