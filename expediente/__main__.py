"""La puerta de entrada: `expediente` y `python -m expediente`."""

import gc
import sys
from collections.abc import Sequence


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Corre una orden y sale con su código."""
    # Arrancar crea miles de objetos que durarán toda la orden: recorrerlos cada setecientos
    # en busca de basura es un quinceavo del tiempo.
    gc.set_threshold(100_000)
    from expediente.cli.idioma import hablar_espanol  # antes que nadie importe typer

    hablar_espanol()
    from expediente.cli.app import correr  # ya en español

    sys.exit(correr(sys.argv[1:] if argumentos is None else argumentos))


if __name__ == "__main__":
    principal()
