"""Lo que puede costar una carta: hasta aquí llega una plantilla hecha para agotar el equipo.

Se cuenta dentro del proceso, donde el costo nace: al recorrer una lista, al hacer un
texto largo y al juntar lo escrito. Una carta normal gasta menos de la centésima parte.
"""

from dataclasses import dataclass, field
from time import monotonic

from jinja2.exceptions import SecurityError

MAXIMOS_SEGUNDOS = 6.0
MAXIMAS_LETRAS = 20_000_000
MAXIMAS_VUELTAS = 200_000
# Los textos cortos no se cuentan: cuentan las vueltas en que se hacen.
DESDE_ESTAS_LETRAS_SE_CUENTA = 256


class Desmedida(SecurityError):
    """La carta tarda u ocupa demasiado; lo que la hace así es la plantilla."""


@dataclass
class Presupuesto:
    """Lo que lleva gastado una carta, sumadas sus partes."""

    vueltas: int = 0
    letras: int = 0
    hasta: float = field(default_factory=lambda: monotonic() + MAXIMOS_SEGUNDOS)

    def gastar(self, letras: int) -> None:
        """Apunta letras hechas. Lanza Desmedida si ya son demasiadas o se acabó el tiempo."""
        self.letras += letras
        if self.letras > MAXIMAS_LETRAS or monotonic() > self.hasta:
            raise Desmedida

    def dar_vueltas(self, vueltas: int) -> None:
        """Apunta las vueltas de un bucle que empieza; lanza Desmedida como `gastar`."""
        self.vueltas += vueltas
        if self.vueltas > MAXIMAS_VUELTAS:
            raise Desmedida
        self.gastar(0)
