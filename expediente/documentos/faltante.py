"""Lo que falta al llenar una plantilla, y dónde se va apuntando."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from jinja2.runtime import Undefined


@dataclass
class Llenado:
    """Lo que va pasando al escribir una parte de una carta.

    Los apuntes llevan el número de la etiqueta: `faltantes` con los nombres que
    faltan, o ninguno si no se saben; `ajenos` con el porqué de que un valor no
    pueda imprimirse. `vueltas` suma las de todos los bucles.
    """

    faltantes: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    ajenos: list[tuple[int, str]] = field(default_factory=list)
    vueltas: int = 0


LLENADO: ContextVar[Llenado] = ContextVar("llenado")


class Faltante(Undefined):
    """Un dato que no se capturó: falso, vacío y con nombre.

    No detiene a Jinja; `impresion` lo apunta si llega a imprimirse, y así el error
    los nombra todos a la vez. `rutas` son los nombres de los datos que faltan.
    """

    __slots__ = ("rutas",)

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = None,
        name: str | None = None,
        *_: Any,
        rutas: tuple[str, ...] = (),
    ) -> None:
        super().__init__(hint, obj, name)
        self.rutas = rutas or ((name,) if name else ())

    def _falso(self, _: object) -> bool:
        return False

    def _igual(self) -> "Faltante":
        return self

    __hash__ = Undefined.__hash__
    # Undefined declara estas operaciones como si nunca volvieran.
    __eq__ = __contains__ = _falso
    __lt__ = __le__ = __gt__ = __ge__ = _falso  # type: ignore[assignment]  # ídem
    __neg__ = __pos__ = _igual  # type: ignore[assignment]  # ídem

    def __getitem__(self, _: object) -> "Faltante":  # type: ignore[override]  # ídem
        return self


def es_faltante(valor: object) -> bool:
    """Dice si el valor no está: None falta igual que lo que nunca se capturó."""
    return valor is None or isinstance(valor, Undefined)


def rutas_de(valor: object) -> tuple[str, ...]:
    """Devuelve los nombres que lleva un faltante, si los sabe."""
    return valor.rutas if isinstance(valor, Faltante) else ()


def faltante_entre(valores: Iterable[object]) -> Faltante | None:
    """Devuelve un Faltante con los nombres de todos los que haya, o None."""
    ausentes = [valor for valor in valores if es_faltante(valor)]
    if not ausentes:
        return None
    return Faltante(rutas=tuple(ruta for ausente in ausentes for ruta in rutas_de(ausente)))
