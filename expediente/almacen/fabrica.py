"""Lo que viene de fábrica: procedimientos, catálogos, plantillas y ejemplos.

Viaja dentro de la rueda (`_fabrica/`); en un checkout o una instalación editable está
junto a pyproject.toml.
"""

from pathlib import Path

from expediente.nucleo.errores import NoExiste

_PAQUETE = Path(__file__).resolve().parent.parent


def carpeta_de_fabrica() -> Path:
    """La carpeta con `datos/` y `plantillas/`. Lanza NoExiste si la instalación está rota."""
    for carpeta in (_PAQUETE / "_fabrica", _PAQUETE.parent):
        if (carpeta / "datos" / "oficina.yaml").is_file():
            return carpeta
    raise NoExiste(
        "No se hallan los datos de fábrica del programa; vuelva a instalar «expediente»."
    )
