"""El nombre de un documento que se escribe otra vez: el suyo, o con `_v02`, `_v03`…"""

from pathlib import Path

from expediente.almacen.disco import leer_bytes


def ruta_libre(ruta: Path, contenido: bytes | None = None) -> Path:
    """La primera, de `ruta` y sus versiones, en que se puede escribir sin pisar otra cosa.

    Se puede en la que no existe, y en la que ya dice `contenido`.
    """
    vuelta, libre = 1, ruta
    while libre.exists() and (contenido is None or leer_bytes(libre) != contenido):
        vuelta += 1
        libre = ruta.with_stem(f"{ruta.stem}_v{vuelta:02d}")
    return libre
