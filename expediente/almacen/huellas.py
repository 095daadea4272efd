"""Lo que cambia sin que cambie un expediente: las reglas de la oficina y el programa.

Un *vistazo* sólo mira fechas y tamaños, para saber aprisa que nada cambió; una *huella*
lee, para saber si lo que cambió le toca a un procedimiento o a un informe.
"""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

# Lo que puede cambiar otra vez sin que se le note en la fecha del fichero.
_RECIENTE_NS = 3_000_000_000
_CARPETAS = ("procedimientos", "catalogos", "inhabiles", "informes")


class Vistazo(NamedTuple):
    """Cómo se ven los ficheros; si no está `asentado`, alguno se acaba de tocar y no basta."""

    dice: str
    asentado: bool


def vistazo(raiz: Path) -> Vistazo:
    """Cómo se ven ahora los ficheros de los que dependen los hechos y los informes.

    Lanza OSError.
    """
    hace_poco = time.time_ns() - _RECIENTE_NS
    dicho = [_programa()]
    asentado = True
    for ruta in (raiz / "oficina.yaml", *(raiz / nombre for nombre in _CARPETAS)):
        for nombre, visto in sorted(_vistos(str(ruta))):
            asentado &= visto.st_mtime_ns < hace_poco
            dicho.append(f"{nombre}|{visto.st_mtime_ns}|{visto.st_size}|{visto.st_ino}")
    return Vistazo("\n".join(dicho), asentado)


def _vistos(ruta: str, hondura: int = 3) -> Iterator[tuple[str, os.stat_result]]:
    """Los ficheros YAML bajo esa ruta; de `.versiones`, también los suyos."""
    if ruta.endswith(".yaml"):
        yield ruta, Path(ruta).stat()
        return
    try:
        with os.scandir(ruta) as hay:
            for uno in hay:
                if uno.name.endswith(".yaml"):
                    yield uno.path, uno.stat()
                elif hondura and uno.is_dir() and not uno.name.startswith(".tmp-"):
                    yield from _vistos(uno.path, hondura - 1)
    except FileNotFoundError:
        return


def _programa() -> str:
    """Cómo se ve lo que calcula: si el programa se actualiza, se vuelve a calcular."""
    paquete = Path(__file__).parents[1]
    vistos = []
    for capa in ("nucleo", "almacen", "operaciones"):
        with os.scandir(paquete / capa) as hay:
            vistos += [
                f"{capa}/{uno.name}|{uno.stat().st_mtime_ns}|{uno.stat().st_size}"
                for uno in hay
                if uno.name.endswith(".py")
            ]
    return "\n".join(sorted(vistos))


def huella_de(*partes: str, ficheros: Iterable[Path] = ()) -> str:
    """La huella del programa, de esos textos y de lo que dicen esos ficheros; el que falta, nada.

    Lanza OSError si alguno no se puede leer.
    """
    import hashlib  # carga OpenSSL; quien sólo da un vistazo no lo necesita

    suma = hashlib.blake2b(_programa().encode(), digest_size=16)
    for parte in partes:
        suma.update(hashlib.sha256(parte.encode()).digest())
    for fichero in ficheros:
        suma.update(hashlib.sha256(fichero.read_bytes() if fichero.is_file() else b"").digest())
    return suma.hexdigest()
