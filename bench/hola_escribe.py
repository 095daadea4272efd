"""Lo menos que cuesta una orden de Typer que deja un fichero entero en el disco."""

import os
from pathlib import Path

import typer

# Lo que pesa un expediente recién abierto.
CONTENIDO = b"renglon: de un expediente\n" * 80


def hola(destino: Path) -> None:
    temporal = destino.with_name(f".tmp-{destino.name}")
    with temporal.open("wb") as fichero:
        fichero.write(CONTENIDO)
        fichero.flush()
        os.fsync(fichero.fileno())
    temporal.replace(destino)
    carpeta = os.open(destino.parent, os.O_RDONLY)
    os.fsync(carpeta)
    os.close(carpeta)


if __name__ == "__main__":
    typer.run(hola)
