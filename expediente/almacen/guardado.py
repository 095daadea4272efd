"""Lo que entra al índice de cada caso y lo que sale de él."""

from typing import NamedTuple

from expediente.almacen.tablas_del_indice import ABIERTO


class Ficha(NamedTuple):
    """Un caso leído, como se guarda; sin `problema`, con su copia y sus tramos empaquetados.

    `capturado` es lo último que se tecleó, en segundos desde 1970; `primero` y `ultimo`,
    los días (contados desde el año 1) entre los que algo suyo puede contar. `reglas` y
    `contenido` son las huellas de las reglas con que se calculó y del texto leído.
    """

    folio: str
    revision: int
    firma: str
    procedimiento: str | None = None
    version: str | None = None
    reglas: str = ""
    contenido: str = ""
    capturado: float = 0.0
    primero: int = 0
    ultimo: int = ABIERTO
    problema: str | None = None
    copia: bytes | None = None
    tramos: bytes | None = None


class Visto(NamedTuple):
    """Lo que se sabe de un caso ya leído: la revisión que valía y su firma."""

    revision: int
    firma: str


class Guardado(NamedTuple):
    """Lo que hay de un caso en el índice."""

    caso: int
    folio: str
    revision: int
    firma: str
    procedimiento: str | None
    reglas: str
    capturado: float
    problema: str | None


class NoContado(str):
    """Cómo se dice en la pantalla que un expediente no se contó, y por qué."""

    folio: str
    problema: str

    def __new__(cls, folio: str, problema: str) -> "NoContado":
        """El dicho, que recuerda de qué folio es."""
        dicho = super().__new__(cls, f"{folio}: no se contó. {problema}")
        dicho.folio, dicho.problema = folio, problema
        return dicho

    def __reduce__(self) -> tuple[type["NoContado"], tuple[str, str]]:
        """Con qué se hace otro igual, al copiarlo o pasarlo a otro proceso."""
        return NoContado, (self.folio, self.problema)
