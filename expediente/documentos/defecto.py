"""Lo que está mal en una plantilla: cada cosa con su lugar, todas en un mismo error."""

from collections.abc import Sequence
from dataclasses import dataclass

from expediente.nucleo.errores import DatosInvalidos


@dataclass(frozen=True)
class Defecto:
    """Algo que impide usar la plantilla.

    `lugar` es «cuerpo, tabla 2, renglón 3», o «» si es del fichero entero; `etiqueta`
    es como está escrita, o «» si no es de ninguna; `dicho` es el problema y su remedio.
    """

    lugar: str
    etiqueta: str
    dicho: str

    def __str__(self) -> str:
        dicho = f"«{self.etiqueta}» {self.dicho}" if self.etiqueta else self.dicho
        return f"{self.lugar}: {dicho}" if self.lugar else dicho


@dataclass(frozen=True)
class Pedido:
    """Un dato que pide la plantilla, y la etiqueta que lo pide."""

    ruta: str
    lugar: str
    etiqueta: str


class PlantillaMalEscrita(DatosInvalidos):
    """Una plantilla no puede usarse; `defectos` son todos los que se le hallaron, en orden.

    `pedidos` son los datos que piden las etiquetas que sí se entienden.
    """

    def __init__(
        self, plantilla: str, defectos: Sequence[Defecto], pedidos: Sequence[Pedido] = ()
    ) -> None:
        une = ", " if defectos[0].lugar else ": "
        super().__init__(f"Plantilla {plantilla}{une}" + "\n  ".join(map(str, defectos)))
        self.defectos = tuple(defectos)
        self.pedidos = tuple(pedidos)
