"""Una plantilla guardada en otro formato: está, pero no es el .docx que se busca."""

from collections.abc import Iterator
from pathlib import Path

OTROS_FORMATOS = (".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".ott", ".rtf")


def en_otros_formatos(carpeta: Path) -> Iterator[Path]:
    """Los ficheros de la carpeta que les falta ser .docx, por su nombre."""
    for ruta in sorted(carpeta.glob("*.*")):
        es_otro = ruta.suffix.lower() in OTROS_FORMATOS and ruta.name[0] not in ".~"
        if es_otro and not ruta.with_suffix(".docx").is_file():
            yield ruta


def no_esta(ruta: Path) -> str:
    """Que esa plantilla no está; si lo está en otro formato, cuál es y qué hacer."""
    otro = next((x for x in en_otros_formatos(ruta.parent) if x.stem == ruta.stem), None)
    remedio = f" Hay un {otro.name}: ábralo en Word y guárdelo como .docx." if otro else ""
    return f"No existe la plantilla {ruta.name} en la carpeta {ruta.parent}.{remedio}"
