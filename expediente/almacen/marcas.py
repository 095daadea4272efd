"""Las marcas que dicen aprisa qué casos podrían ser el mismo.

    expedientes/.parecidos/
    ├── sal/sal                  al azar, propia de la oficina
    └── <huella>/EB-2026-0042    fichero vacío: ese caso lleva esos datos

Son derivadas: la verdad son los expedientes, y perderlas sólo hace más lenta la consulta.
La huella lleva sal para que de la carpeta no se adivine la CURP de nadie.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from pathlib import Path

from expediente.almacen.carpetas import carpeta_de_casos
from expediente.almacen.disco import errores_de_disco, leer_bytes, publicar
from expediente.nucleo.errores import NoExiste

_SAL = "sal"


def _carpeta(raiz: Path) -> Path:
    return carpeta_de_casos(raiz) / ".parecidos"


def tomar_sal(raiz: Path) -> bytes | None:
    """La sal de las huellas de esta oficina; None si todavía no marca nada."""
    try:
        return leer_bytes(_carpeta(raiz) / _SAL / _SAL)
    except NoExiste:
        return None


def poner_sal(raiz: Path) -> bytes:
    """La sal de la oficina, puesta ahora si no la tenía. Lanza ErrorDisco o SinPermiso."""
    if (sal := tomar_sal(raiz)) is not None:
        return sal
    publicar(_carpeta(raiz), _SAL, {_SAL: secrets.token_bytes(32)})
    return leer_bytes(_carpeta(raiz) / _SAL / _SAL)


def huella_con_sal(sal: bytes, partes: Sequence[object]) -> str:
    """La huella de unos datos, que sin la sal no dice cuáles son."""
    return hashlib.sha256(sal + json.dumps(partes, ensure_ascii=False).encode()).hexdigest()


def marcados(raiz: Path, huella: str) -> list[str]:
    """Los nombres puestos bajo esa huella, en orden."""
    carpeta = _carpeta(raiz) / huella
    if not carpeta.is_dir():
        return []
    with errores_de_disco(carpeta):
        return sorted(marca.name for marca in carpeta.iterdir())


def poner_marca(raiz: Path, huella: str, nombre: str) -> None:
    """Pone un nombre bajo esa huella. Lanza ErrorDisco o SinPermiso."""
    carpeta = _carpeta(raiz) / huella
    with errores_de_disco(carpeta):
        carpeta.mkdir(parents=True, exist_ok=True)
        (carpeta / nombre).touch()
