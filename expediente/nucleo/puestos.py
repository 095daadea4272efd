"""Que cada rol de un procedimiento tenga quien lo desempeñe, y ninguno esté mal escrito."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.forma import Ruta
from expediente.nucleo.procedimiento import Procedimiento

# Una letra de más, de menos o cambiada. Un rol que no se parece a ninguno no estorba: será
# de un procedimiento que la oficina no lleva.
_ERRATA = 0.85


def roles_sin_nadie(oficina: Oficina, p: Procedimiento) -> Iterator[tuple[Ruta, str]]:
    """Los roles internos que no desempeña nadie del personal: dónde están y qué hacer."""
    desempenados = {rol for persona in oficina.personal for rol in persona.roles}
    for i, rol in enumerate(p.roles):
        if not rol.externo and rol.clave not in desempenados:
            yield (
                ("roles", i),
                f"nadie desempeña el rol «{rol.clave}» ({rol.nombre}); póngalo en `roles` de "
                "alguien del personal, en oficina.yaml.",
            )


def roles_mal_escritos(oficina: Oficina, todos: Sequence[Procedimiento]) -> Iterator[str]:
    """Los roles del personal y de las firmas que nadie usa y son casi iguales a uno que sí."""
    usados = {rol.clave for p in todos for rol in p.roles}
    usados |= {d.firma for p in todos for d in p.documentos if d.firma}
    usados |= {p.eventos.firma for p in todos if p.eventos.firma}
    escritos = [(f"`roles` de «{x.clave}»", rol) for x in oficina.personal for rol in x.roles]
    escritos += [("`firmas`", firma.rol) for firma in oficina.firmas]
    for donde, rol in escritos:
        if rol not in usados and (parecido := _errata_de(rol, usados)):
            yield (
                f"ningún procedimiento usa el rol «{rol}», que está en {donde}. "
                f"¿Quiso decir «{parecido}»?"
            )


def _errata_de(rol: str, usados: set[str]) -> str | None:
    """El rol que se quiso escribir; None si es otro, como «direccion-ac» de «direccion»."""
    for parecido in get_close_matches(rol.lower(), sorted(usados), n=1, cutoff=_ERRATA):
        if not rol.startswith(f"{parecido}-"):
            return parecido
    return None
