"""Las copias ya analizadas del índice, a la mano de quien va a leer muchos expedientes.

Una copia sólo sirve si la huella del texto leído ahora es la del que se analizó; sin índice,
o sin copia, se analiza el texto como siempre.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expediente.almacen.disco import sha256_del_texto

if TYPE_CHECKING:
    from expediente.almacen.indice import Indice

# Con menos, abrir el índice cuesta más que analizar.
_DESDE_ESTOS_CONVIENE = 10


class _Mano:
    """El índice de cada oficina, abierto en este proceso la primera vez que se consulta."""

    def __init__(self) -> None:
        self.lotes = 0
        self._proceso = 0
        self._indices: dict[Path, Indice | None] = {}

    def indice(self, raiz: Path) -> "Indice | None":
        if self._proceso != os.getpid():  # una conexión no se hereda de otro proceso
            self._proceso, self._indices = os.getpid(), {}
        if raiz not in self._indices:
            self._indices[raiz] = _abrir(raiz)
        return self._indices[raiz]

    def soltar(self) -> None:
        if self._proceso == os.getpid():
            for indice in filter(None, self._indices.values()):
                indice.cerrar()
        self._indices = {}


_MANO = _Mano()


@contextmanager
def copias_a_mano(cuantos: int) -> Iterator[None]:
    """Adentro, leer un caso aprovecha su copia si van a leerse bastantes."""
    if cuantos < _DESDE_ESTOS_CONVIENE:
        yield
        return
    _MANO.lotes += 1
    try:
        yield
    finally:
        _MANO.lotes -= 1
        if not _MANO.lotes:
            _MANO.soltar()


def mapa_de_copia(carpeta: Path, escrito: str) -> dict[str, Any] | None:
    """Lo que dice el texto de un caso, de su copia; None si no hay una de ese mismo texto."""
    if not _MANO.lotes:
        return None
    from expediente.almacen.copias import desempaquetar  # sólo un lote carga el índice
    from expediente.almacen.indice import SinIndice, sin_estorbar

    raiz = carpeta.parents[2]
    try:
        with sin_estorbar(raiz):
            indice = _MANO.indice(raiz)
            contenido, copia = (indice and indice.copia(carpeta.name)) or ("", b"")
            if contenido != sha256_del_texto(escrito):
                return None
            mapa: dict[str, Any] = desempaquetar(copia)
            return mapa
    except SinIndice:
        return None


def _abrir(raiz: Path) -> "Indice | None":
    from expediente.almacen.indice import abrir_indice  # ídem

    return abrir_indice(raiz, espera=0.2, crear=False)
