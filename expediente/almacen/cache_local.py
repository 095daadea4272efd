"""La caché de quien usa esta computadora: lo que se rehace solo y nunca va a la oficina."""

import os
import sys
from pathlib import Path


def carpeta_de_cache() -> Path:
    """Donde el sistema guarda lo que puede tirarse, en una carpeta nuestra; exista o no.

    Manda XDG_CACHE_HOME. Lanza OSError si no se sabe cuál es la carpeta de la persona.
    """
    try:
        casa = os.environ.get("XDG_CACHE_HOME") or _la_del_sistema()
    except RuntimeError as error:  # no hay carpeta personal: un servicio, una cuenta sin casa
        raise OSError(str(error)) from None
    return Path(casa) / "expediente"


def _la_del_sistema() -> str:
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return str(Path.home() / "Library" / "Caches")
    return str(Path.home() / ".cache")
