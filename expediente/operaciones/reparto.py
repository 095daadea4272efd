"""Un lote largo entre dos procesos, cuando cada elemento no depende de los demás.

Sirve para leer casos y llenar documentos que no toman número: es trabajo del procesador y
tarda poco más de la mitad. Dar pasos no se reparte: espera al disco, y sus números deben
tomarse en el orden de la lista.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

E = TypeVar("E")
R = TypeVar("R")

DESDE_ESTOS_CONVIENE = 200
_TANDA = 25


def repartir(
    hacer: Callable[[E], R], elementos: Sequence[E], desde: int = DESDE_ESTOS_CONVIENE
) -> Iterator[R]:
    """Da lo que `hacer` devuelve de cada elemento, en su orden.

    Con menos de `desde` elementos, con un solo núcleo, o donde un proceso no nace copiando a
    otro (Windows y macOS: arrancarlo cuesta más que lo que ahorra), lo hace aquí mismo.
    """
    if len(elementos) < desde or (os.cpu_count() or 1) < 2 or sys.platform != "linux":
        yield from map(hacer, elementos)
        return
    with ProcessPoolExecutor(2, get_context("fork"), _empezar, (hacer,)) as grupo:
        yield from grupo.map(_hacer, elementos, chunksize=_TANDA)


# Qué hace este proceso con cada elemento: lo hereda al nacer y no se le manda en cada tanda.
_HEREDADO: list[Callable[[Any], Any]] = []


def _empezar(hacer: Callable[[Any], Any]) -> None:
    _HEREDADO[:] = [hacer]
    # Ctrl-C llega a los tres procesos: sólo el primero decide qué hacer con él.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hacer(elemento: Any) -> Any:
    return _HEREDADO[0](elemento)
