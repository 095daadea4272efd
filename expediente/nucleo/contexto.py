"""Lo que sólo se sabe al decidir un paso: qué día es, qué venció, cuánto queda.

Estos hechos no se guardan ni sirven para contar después: dependen del momento en que se
decide. Cada uno se averigua sólo si una condición del paso lo nombra.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from expediente.nucleo.procedimiento import Paso, Procedimiento, Recurso, nombre_de_hecho

Hechos = Mapping[str, Any]


@dataclass(frozen=True)
class Contexto:
    """Cómo averiguar lo del momento; lo que aquí no se sabe no consta.

    `vencidos` da las claves de los plazos vencidos; `relacionados`, cuántos casos hay
    ligados a éste y cuántos siguen abiertos; `disponible`, cuánto queda del renglón de
    una existencia.
    """

    hoy: date
    vencidos: Callable[[], frozenset[str]] = frozenset
    relacionados: Callable[[], tuple[int, int]] = lambda: (0, 0)
    disponible: Callable[[str, str], Decimal] | None = None


def hechos_del_momento(
    p: Procedimiento, paso: Paso, hechos: Hechos, contexto: Contexto
) -> dict[str, Any]:
    """Los hechos con los del momento que nombran las condiciones de ese paso."""
    nombres = {n for s in paso.salidas if s.si for n in s.si.nombres}
    todos = {**hechos, "hoy": contexto.hoy}
    if any(nombre.startswith("vencido.") for nombre in nombres):
        vencidos = contexto.vencidos()
        todos |= {f"vencido.{nombre_de_hecho(c)}": c in vencidos for c in claves_de_plazos(p)}
    if any(nombre.startswith("relacionados.") for nombre in nombres):
        total, abiertos = contexto.relacionados()
        todos |= {"relacionados.total": total, "relacionados.abiertos": abiertos}
    for recurso in p.recursos:
        clave = f"disponible.{nombre_de_hecho(recurso.clave)}"
        if clave in nombres and (queda := cuanto_queda(recurso, hechos, contexto)) is not None:
            todos[clave] = queda
    return todos


def claves_de_plazos(p: Procedimiento) -> list[str]:
    """Las claves de los plazos del procedimiento y de los pasos que tienen el suyo."""
    de_pasos = [paso.clave for paso in p.pasos if paso.plazo or paso.repite]
    return [plazo.clave for plazo in p.plazos] + de_pasos


def cuanto_queda(recurso: Recurso, hechos: Hechos, contexto: Contexto) -> Decimal | None:
    """Lo disponible del renglón que toca a este caso; None si no se sabe cuál es."""
    renglon = recurso.renglon.evaluar(hechos)
    if contexto.disponible is None or not isinstance(renglon, str):
        return None
    return contexto.disponible(recurso.existencia, renglon)
