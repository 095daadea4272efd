"""Lo que falta al llenar una plantilla, y dónde se va apuntando."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jinja2.runtime import Undefined

from expediente.documentos.presupuesto import Presupuesto

Porque = TypeVar("Porque")


class Apuntes(dict[tuple[int, Porque], None]):
    """Lo apuntado, en orden y una vez: una etiqueta puede faltar en diez mil renglones."""

    def append(self, apunte: tuple[int, Porque]) -> None:
        """Apunta el número de la etiqueta y lo que se dice de ella."""
        self[apunte] = None


@dataclass
class Llenado:
    """Lo que va pasando al escribir una parte de una carta.

    Los apuntes llevan el número de la etiqueta: `faltantes` con los nombres que
    faltan, o ninguno si no se saben; `ajenos` con el porqué de que un valor no
    pueda imprimirse. El presupuesto es el de la carta entera. `dibujos` guarda las
    imágenes que se van usando (`imagenes.Dibujos`), si la parte pide alguna.
    """

    presupuesto: Presupuesto = field(default_factory=Presupuesto)
    faltantes: Apuntes[tuple[str, ...]] = field(default_factory=Apuntes)
    ajenos: Apuntes[str] = field(default_factory=Apuntes)
    dibujos: Any = None


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

    def __eq__(self, otro: object) -> bool:
        # «{% if dato == none %}» pregunta si falta; dos que faltan no son por eso iguales.
        return otro is None

    def _falso(self, _: object) -> bool:
        return False

    def _igual(self) -> "Faltante":
        return self

    __hash__ = Undefined.__hash__
    # Undefined declara estas operaciones como si nunca volvieran.
    __contains__ = _falso
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
    # Sin repetir: «t ~ t», cuarenta veces, sería un billón de nombres.
    rutas = dict.fromkeys(ruta for ausente in ausentes for ruta in rutas_de(ausente))
    return Faltante(rutas=tuple(rutas))
