"""Un catálogo tal como está escrito, y lo que haría dudar de cuál opción es cuál."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from expediente.nucleo.campo import Opcion, plano
from expediente.nucleo.errores import sugerencia
from expediente.nucleo.forma import Ruta

# Con qué se localiza a quien se escribe; basta uno.
CONTACTO = ("telefono", "correo")


@dataclass(frozen=True)
class CatalogoEscrito:
    """Lo que dice el fichero de un catálogo, aunque repita claves o le falten nombres.

    `referencias` dice qué atributo lleva la clave de una opción de otro catálogo
    ({area: areas}). Una opción sin nombre lo trae vacío.
    """

    clave: str
    nombre: str
    opciones: tuple[Opcion, ...]
    referencias: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entorno:
    """Lo que rodea a un catálogo al revisarlo.

    `claves` son las de las opciones de cada catálogo de la oficina; None si el suyo no se
    pudo leer. `se_le_escribe` dice si sus opciones son destinatarios de oficios.
    """

    claves: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    se_le_escribe: bool = False


def problemas_del_catalogo(c: CatalogoEscrito, entorno: Entorno) -> list[tuple[Ruta, str]]:
    """Todo lo que está mal en él: (ruta de llaves, qué); vacío si nada."""
    return [hallazgo for revisar in _REVISIONES for hallazgo in revisar(c, entorno)]


def _claves(c: CatalogoEscrito, _: Entorno) -> Iterator[tuple[Ruta, str]]:
    vistas: set[str] = set()
    for i, opcion in enumerate(c.opciones):
        if not opcion.clave:
            yield ("opciones", i), "la opción no tiene clave."
        elif opcion.clave in vistas:
            yield ("opciones", i), f"la clave «{opcion.clave}» está repetida."
        vistas.add(opcion.clave)


def _nombres(c: CatalogoEscrito, _: Entorno) -> Iterator[tuple[Ruta, str]]:
    vistos: dict[str, Opcion] = {}
    for i, opcion in enumerate(c.opciones):
        if not opcion.nombre:
            yield ("opciones", i), f"la opción «{opcion.clave}» no tiene nombre."
            continue
        otra = vistos.setdefault(plano(opcion.nombre), opcion)
        if otra is opcion:
            continue
        como = (
            "se llama igual que"
            if otra.nombre == opcion.nombre
            else "sólo se distingue por acentos o mayúsculas de"
        )
        yield ("opciones", i), f"«{opcion.clave}» {como} «{otra.clave}»."


def _alias(c: CatalogoEscrito, _: Entorno) -> Iterator[tuple[Ruta, str]]:
    """Un alias que también es la clave, el nombre o el alias de otra opción."""
    duenias: dict[str, set[int]] = {}
    for i, opcion in enumerate(c.opciones):
        for dicho in (opcion.clave, opcion.nombre, *opcion.alias):
            duenias.setdefault(plano(dicho), set()).add(i)
    for i, opcion in enumerate(c.opciones):
        for alias in opcion.alias:
            if otras := sorted(duenias[plano(alias)] - {i}):
                otra = c.opciones[otras[0]].clave
                yield (
                    ("opciones", i, "alias"),
                    f"el alias «{alias}» de «{opcion.clave}» también es de «{otra}»: no se sabría "
                    "cuál es.",
                )


def _titulares(c: CatalogoEscrito, entorno: Entorno) -> Iterator[tuple[Ruta, str]]:
    """Si a una opción se le escribe, a todas: cada una con su titular, cargo y contacto."""
    if not (entorno.se_le_escribe or any("titular" in o.atributos for o in c.opciones)):
        return
    for i, opcion in enumerate(c.opciones):
        faltan = [llave for llave in ("titular", "cargo") if not opcion.atributos.get(llave)]
        if not any(opcion.atributos.get(llave) for llave in CONTACTO):
            faltan.append(" o ".join(CONTACTO))
        if faltan:
            yield ("opciones", i), f"a «{opcion.clave}» le falta {', '.join(faltan)}."


def _referencias(c: CatalogoEscrito, entorno: Entorno) -> Iterator[tuple[Ruta, str]]:
    for atributo, otro in c.referencias.items():
        if otro not in entorno.claves:
            parecido = sugerencia(otro, entorno.claves)
            yield ("referencias", atributo), f"no hay un catálogo «{otro}».{parecido}"
            continue
        conocidas = entorno.claves[otro]
        for i, opcion in enumerate(c.opciones):
            dicho = opcion.atributos.get(atributo)
            if dicho and conocidas is not None and dicho not in conocidas:
                yield (
                    ("opciones", i, atributo),
                    f"«{dicho}» no está en el catálogo «{otro}».{sugerencia(dicho, conocidas)}",
                )


_REVISIONES: tuple[Callable[[CatalogoEscrito, Entorno], Iterator[tuple[Ruta, str]]], ...] = (
    _claves,
    _nombres,
    _alias,
    _titulares,
    _referencias,
)
