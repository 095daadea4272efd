"""En qué difieren dos versiones de un procedimiento, dicho para el control de cambios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from expediente.nucleo.condicion import Condicion
from expediente.nucleo.procedimiento import Procedimiento

ANADIDO, QUITADO, CAMBIADO = "añadido", "quitado", "cambiado"

# Cada lista del procedimiento: cómo se llama uno de los suyos y qué lo distingue.
_LISTAS = {
    "pasos": ("paso", "clave"),
    "campos": ("campo", "clave"),
    "requisitos": ("requisito", "clave"),
    "documentos": ("documento", "clave"),
    "plazos": ("plazo", "clave"),
    "numeros": ("número", "clave"),
    "roles": ("rol", "clave"),
    "reglas": ("regla", "mensaje"),
    "recursos": ("recurso", "clave"),
    "criticas": ("actividad crítica", "indicador"),
    "salidas": ("resultado", "clave"),
    "opciones": ("opción", "clave"),
}
_FEMENINAS = frozenset({"regla", "actividad crítica", "opción"})
# Lo que el propio control de cambios ya dice.
_APARTE = frozenset({"version", "cambios"})
_NO_DICE = "(nada)"


@dataclass(frozen=True)
class Diferencia:
    """Algo que cambió: en qué cosa y, si es un dato suyo, de qué a qué.

    `clase` es «paso», «campo»…, o «procedimiento» si es de su encabezado; `cambio`,
    añadido, quitado o cambiado. `dato`, `antes` y `despues` son None si es la cosa entera.
    """

    clase: str
    clave: str
    cambio: str
    dato: str | None = None
    antes: str | None = None
    despues: str | None = None

    @property
    def frase(self) -> str:
        """La diferencia como se escribe en el control de cambios."""
        cosa = f"{self.clase.capitalize()} «{self.clave}»"
        if self.dato is None:
            genero = "a" if self.clase in _FEMENINAS else "o"
            return f"{cosa}: {self.cambio[:-1]}{genero}."
        return f"{cosa}, {self.dato}: de «{self.antes}» a «{self.despues}»."


def diferencias(antes: Procedimiento, despues: Procedimiento) -> tuple[Diferencia, ...]:
    """Lo que cambió de una versión a otra, en el orden del procedimiento.

    La versión y el control de cambios no cuentan. Vacía si la regla es la misma.
    """
    return tuple(_del_registro("procedimiento", despues.clave, antes, despues))


def _del_registro(clase: str, clave: str, antes: Any, despues: Any) -> Iterator[Diferencia]:
    """Las diferencias entre dos registros de la misma clase, dato por dato."""
    for campo in fields(antes):
        a, b = getattr(antes, campo.name), getattr(despues, campo.name)
        if campo.name in _APARTE or a == b:
            continue
        if campo.name in _LISTAS and _son_registros((*a, *b)):
            yield from _de_la_lista(_dentro_de(clase, clave), *_LISTAS[campo.name], a, b)
            continue
        dato = campo.name.replace("_", " ")
        if _es_compuesto(a) and _es_compuesto(b):
            for dentro in _del_registro(clase, clave, a, b):
                yield replace(dentro, dato=f"{dato}, {dentro.dato}")
        else:
            yield Diferencia(clase, clave, CAMBIADO, dato, en_palabras(a), en_palabras(b))


def _es_compuesto(valor: Any) -> bool:
    return is_dataclass(valor) and not isinstance(valor, Condicion)


def _dentro_de(clase: str, clave: str) -> str:
    """Lo que antecede a la clave de algo que está dentro de otra cosa: «paso/»."""
    return "" if clase == "procedimiento" else f"{clave}/"


def _son_registros(valores: tuple[Any, ...]) -> bool:
    return all(is_dataclass(valor) for valor in valores)


def _de_la_lista(
    dentro_de: str, clase: str, distingue: str, antes: Any, despues: Any
) -> Iterator[Diferencia]:
    viejos = {_nombre(uno, distingue): uno for uno in antes}
    nuevos = {_nombre(uno, distingue): uno for uno in despues}
    for clave in viejos:
        if clave not in nuevos:
            yield Diferencia(clase, f"{dentro_de}{clave}", QUITADO)
    for clave, uno in nuevos.items():
        if clave not in viejos:
            yield Diferencia(clase, f"{dentro_de}{clave}", ANADIDO)
        elif viejos[clave] != uno:
            yield from _del_registro(clase, f"{dentro_de}{clave}", viejos[clave], uno)
    comunes = [clave for clave in viejos if clave in nuevos]
    orden = [clave for clave in nuevos if clave in viejos]
    if comunes != orden:
        titulo = dentro_de.rstrip("/") or "todo"
        yield Diferencia(clase, titulo, CAMBIADO, "orden", ", ".join(comunes), ", ".join(orden))


def _nombre(uno: Any, distingue: str) -> str:
    return getattr(uno, distingue) or "salida"


def en_palabras(valor: Any) -> str:
    """Un dato del procedimiento como se lee: «sí», «a, b», «cantidad 5; unidad habiles»."""
    if valor is None or valor in ("", (), {}):
        return _NO_DICE
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, Condicion):
        return valor.escrita
    if isinstance(valor, Mapping):
        return "; ".join(f"{clave}: {en_palabras(dicho)}" for clave, dicho in valor.items())
    if isinstance(valor, tuple | list):
        return ", ".join(map(en_palabras, valor))
    if is_dataclass(valor):
        dichos = ((c.name, getattr(valor, c.name)) for c in fields(valor))
        return "; ".join(f"{n} {en_palabras(d)}" for n, d in dichos if d not in (None, "", ()))
    return str(valor)
