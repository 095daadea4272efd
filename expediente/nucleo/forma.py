"""Cómo se lee un registro escrito por una persona: llaves, tipos y sugerencias.

Un fichero de la oficina llega aquí como textos, listas y diccionarios, todavía sin
tipos. Una `Forma` es la tabla de sus llaves: lo que valida y lo que documenta es lo
mismo. El error trae la ruta de llaves; quien leyó el fichero le pone el renglón.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from expediente.nucleo.errores import sugerencia

T = TypeVar("T")
Ruta = tuple[str | int, ...]
Lector = Callable[[object, Ruta], Any]


class FormaInvalida(ValueError):
    """Un valor no tiene la forma esperada; `ruta` son las llaves que llevan a él."""

    def __init__(self, ruta: Ruta, mensaje: str) -> None:
        super().__init__(mensaje)
        self.ruta = ruta
        self.mensaje = mensaje


@dataclass(frozen=True)
class Llave:
    """Una llave de un registro: cómo se lee, qué significa y qué pasa si no está."""

    lee: Lector
    ayuda: str
    obligatoria: bool = False
    omision: Any = None


class Forma(Generic[T]):
    """La tabla de llaves de un registro; `leer` devuelve el registro ya hecho."""

    def __init__(self, hace: Callable[..., T], llaves: Mapping[str, Llave]) -> None:
        self._hace = hace
        self.llaves = dict(llaves)

    def __call__(self, valor: object, ruta: Ruta) -> T:
        """Registro leído de `valor`; lanza FormaInvalida con la llave que falla."""
        mapa = diccionario(valor, ruta)
        for llave in mapa:
            if llave not in self.llaves:
                raise FormaInvalida(
                    (*ruta, llave),
                    f"no conozco la llave «{llave}».{sugerencia(llave, self.llaves)}",
                )
        leidas = {n: self._leer_llave(n, k, mapa, ruta) for n, k in self.llaves.items()}
        try:
            return self._hace(**leidas)
        except FormaInvalida as error:  # lo que un registro exige de sus llaves juntas
            raise FormaInvalida((*ruta, *error.ruta), error.mensaje) from None

    def _leer_llave(self, nombre: str, llave: Llave, mapa: Mapping[str, object], ruta: Ruta) -> Any:
        if nombre in mapa and mapa[nombre] not in ("", None):
            return llave.lee(mapa[nombre], (*ruta, nombre))
        if llave.obligatoria:
            raise FormaInvalida(ruta, f"falta la llave «{nombre}» ({llave.ayuda}).")
        return llave.omision


def diccionario(valor: object, ruta: Ruta) -> dict[str, object]:
    """El valor si es un diccionario; vacío cuenta como diccionario vacío."""
    if valor in ("", None):
        return {}
    if not isinstance(valor, dict):
        raise FormaInvalida(ruta, "se esperaba una lista de «llave: valor».")
    return valor


def texto(valor: object, ruta: Ruta) -> str:
    """El valor si es un texto de un solo dato."""
    if not isinstance(valor, str):
        raise FormaInvalida(ruta, "se esperaba un texto, no una lista.")
    return valor.strip()


def entero(valor: object, ruta: Ruta) -> int:
    """El valor como número entero sin signo, de nueve cifras a lo más."""
    escrito = texto(valor, ruta)
    if not (escrito.isascii() and escrito.isdigit() and len(escrito) <= 9):
        raise FormaInvalida(ruta, "se esperaba un número entero.")
    return int(escrito)


def si_no(valor: object, ruta: Ruta) -> bool:
    """El valor como sí o no."""
    escrito = texto(valor, ruta).casefold()
    if escrito in ("sí", "si", "true"):
        return True
    if escrito in ("no", "false"):
        return False
    raise FormaInvalida(ruta, "se esperaba «sí» o «no».")


def lista(lee: Callable[[object, Ruta], T]) -> Callable[[object, Ruta], tuple[T, ...]]:
    """Lector de una lista; un solo valor vale por una lista de uno."""

    def leer(valor: object, ruta: Ruta) -> tuple[T, ...]:
        elementos = valor if isinstance(valor, list) else [valor]
        return tuple(lee(uno, (*ruta, i)) for i, uno in enumerate(elementos))

    return leer


def tabla(lee: Callable[[object, Ruta], T]) -> Callable[[object, Ruta], dict[str, T]]:
    """Lector de un diccionario cuyos valores se leen todos igual."""

    def leer(valor: object, ruta: Ruta) -> dict[str, T]:
        return {k: lee(v, (*ruta, k)) for k, v in diccionario(valor, ruta).items()}

    return leer


def enumeradas(opciones: Iterable[str]) -> str:
    """Las palabras que admite una llave, como se leen en su ayuda: «a, b o c»."""
    *todas, ultima = opciones
    return f"{', '.join(todas)} o {ultima}" if todas else ultima


def uno_de(*opciones: str) -> Callable[[object, Ruta], str]:
    """Lector de una palabra de una lista corta."""

    def leer(valor: object, ruta: Ruta) -> str:
        escrito = texto(valor, ruta)
        if escrito not in opciones:
            raise FormaInvalida(
                ruta, f"debe ser uno de: {', '.join(opciones)}.{sugerencia(escrito, opciones)}"
            )
        return escrito

    return leer
