"""La puerta de entrada: `expediente` y `python -m expediente`."""

import gc
import sys
from collections.abc import Sequence


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Corre una orden y sale con su código."""
    # Arrancar crea miles de objetos que durarán toda la orden: recorrerlos cada setecientos
    # en busca de basura es un quinceavo del tiempo.
    gc.set_threshold(100_000)
    argumentos = sys.argv[1:] if argumentos is None else argumentos
    from expediente.cli.camino_corto import cifras_al_paso

    if (codigo := cifras_al_paso(argumentos)) is not None:
        sys.exit(codigo)
    from expediente.cli.idioma import hablar_espanol  # antes que nadie importe typer

    hablar_espanol()
    from expediente.cli.app import correr  # ya en español

    sys.exit(correr(argumentos))


if __name__ == "__main__":
    principal()
