"""La pantalla y la tubería a que escribe una orden; liviano: también va por el camino corto."""

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper


def con_salidas(hacer: Callable[[], int]) -> int:
    """El código de una orden que escribe; 1 si quien leía se fue antes de que acabara."""
    # Que una letra que la consola no sabe salga «?» antes que tumbar la orden.
    for canal in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(canal, TextIOWrapper):
            canal.reconfigure(errors="replace")
    try:
        codigo = hacer()
        sys.stdout.flush()
    except BrokenPipeError:  # quien leía ya no está: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return codigo
