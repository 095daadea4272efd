"""Dónde está la carpeta de la oficina; liviano: también va por el camino corto."""

from pathlib import Path

FICHERO = "oficina.yaml"


def raiz_de_la_oficina(desde: Path, pedida: Path | None) -> Path | None:
    """La carpeta pedida, o la primera de `desde` hacia arriba, con oficina.yaml; None si no hay."""
    for carpeta in [pedida] if pedida else [desde, *desde.parents]:
        if (carpeta / FICHERO).is_file():
            return carpeta.resolve()
    return None
