"""Lo que dice el tablero: cada número, con los folios de que sale y sin ningún nombre.

Cómo se cuenta está en `cuenta_de_tablero`; cómo se ve, en `documentos`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from expediente.nucleo.cifras import Cifras
from expediente.nucleo.definicion_de_tablero import DefinicionDeTablero, Desglose
from expediente.nucleo.folio import por_folio
from expediente.nucleo.periodo import Periodo

Folios = tuple[str, ...]

# Lo urgente primero: así se leen y así se dibujan.
COLORES = {
    "rojo": "Vencidos",
    "amarillo": "Por vencer",
    "verde": "En plazo",
    "gris": "Sin plazo que corra",
}
OTRAS = "Otras"


@dataclass(frozen=True)
class Semana:
    """El movimiento de una semana; si no ha terminado, con lo que lleva."""

    periodo: Periodo
    incompleta: bool
    cifras: Cifras


@dataclass(frozen=True)
class Renglon:
    """Los asuntos abiertos de un procedimiento, un área o un canal, por color."""

    nombre: str
    colores: Mapping[str, Folios]

    @property
    def folios(self) -> Folios:
        """Todos, sin importar el color."""
        return folios_en_orden(folio for folios in self.colores.values() for folio in folios)

    @property
    def abiertos(self) -> int:
        """Cuántos son."""
        return sum(len(folios) for folios in self.colores.values())


@dataclass(frozen=True)
class DelProcedimiento:
    """Lo que el tablero dice de un procedimiento: lo abierto hoy y sus semanas."""

    clave: str
    renglon: Renglon
    semanas: tuple[Semana, ...]


@dataclass(frozen=True)
class Tablero:
    """Lo que el tablero dice al momento `al`.

    `rezago` son los abiertos por antigüedad, (días hábiles, folios); None si falta el
    calendario con que se cuenta. `desgloses` van en el orden de la definición. `avisos`
    son (folio, lo que no se pudo saber de él).
    """

    definicion: DefinicionDeTablero
    al: datetime
    oficina: Renglon
    semanas: tuple[Semana, ...]
    rezago: tuple[tuple[str, Folios], ...] | None
    procedimientos: tuple[DelProcedimiento, ...]
    desgloses: tuple[tuple[Desglose, tuple[Renglon, ...]], ...]
    avisos: tuple[tuple[str, str], ...] = ()

    @property
    def cuadra(self) -> bool:
        """Si el movimiento de todas las semanas cuadra, y lo abierto es lo del semáforo."""
        cuadran = all(semana.cifras.cuadra for semana in self.semanas)
        return cuadran and self.semanas[-1].cifras.totales["abiertos_final"] == (
            self.oficina.abiertos
        )


def folios_en_orden(folios: Iterable[str]) -> Folios:
    """Los folios por año, prefijo y consecutivo; el que se repite, tantas veces como venga."""
    return tuple(sorted(folios, key=por_folio))
