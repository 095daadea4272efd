"""Las marcas que dicen qué expedientes cambiaron, sin tener que mirarlos todos.

    expedientes/.cambios/
    ├── 000001/EB-2026-0042.000007.3f9a…   vacío: va a publicarse la revisión 7 de ese caso
    └── 000002/…                           las siguientes: en cada carpeta caben unas cuantas

La marca se pone antes de publicar, y así nadie que se apague esconde un cambio; la que
anuncia una revisión que todavía no está se vuelve a mirar. Son derivadas: si no se pueden
poner, el cambio sigue y lo halla el recorrido de la carpeta.

Quien pone una comprueba después que su carpeta siga siendo la última; quien las lee deja
de mirar una carpeta sólo si la vio un buen rato después de que tuviera sucesora. Con eso no
se pierde ninguna, y no importa qué hora crea que es cada computadora.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_CARPETA = ".cambios"
_CABEN = 250
# Lo que una unidad compartida puede tardar en enseñar a unos lo que otros escribieron.
_SEGUNDOS_EN_VERSE = 120.0
# Las carpetas que se miran al empezar: quien marcó hace poco quizá todavía no publica.
_AL_EMPEZAR = 4


class Marca(NamedTuple):
    """El anuncio de que se publica esa revisión de ese caso."""

    folio: str
    revision: int


class Vista(NamedTuple):
    """Lo que ya se leyó de una carpeta de marcas.

    `con_sucesora` es cuándo se supo que ya hay otra después, en segundos del reloj de
    aquí; None mientras es la última.
    """

    numero: int
    nombres: frozenset[str] = frozenset()
    con_sucesora: float | None = None


class SeCortoElHilo(Exception):
    """Falta algo que ya se había leído: alguien quitó o repuso marcas."""


def anunciar(casos: Path, folio: str, revision: int) -> None:
    """Anuncia que se va a publicar esa revisión; si no se puede, no estorba."""
    with suppress(OSError):
        _poner(casos / _CARPETA, f"{folio}.{revision:06d}.{os.urandom(6).hex()}")


def _poner(carpeta: Path, nombre: str) -> None:
    while True:
        numero = _ultima(carpeta)
        if len(_nombres(carpeta, numero) or ()) >= _CABEN:
            numero += 1
        suya = _ruta(carpeta, numero)
        suya.mkdir(parents=True, exist_ok=True)
        (suya / nombre).touch()
        if not _ruta(carpeta, numero + 1).is_dir():
            return


def empezar(casos: Path) -> list[Vista]:
    """Desde dónde leer para quien todavía no ha leído ninguna."""
    ultima = _ultima(casos / _CARPETA)
    return [Vista(n) for n in range(max(1, ultima - _AL_EMPEZAR + 1), ultima + 1)]


def novedades(
    casos: Path, vistas: Sequence[Vista], ahora: float
) -> tuple[list[Marca], list[Vista]]:
    """Las marcas que no estaban en `vistas`, y lo que hay que recordar para la próxima vez.

    Lo que se lee no depende de cuántas marcas haya, sino de cuántas son nuevas. Lanza
    SeCortoElHilo si hay que recorrer la carpeta, y OSError si no se puede leer.
    """
    carpeta = casos / _CARPETA
    previas = {vista.numero: vista for vista in vistas}
    marcas: list[Marca] = []
    leidas: list[Vista] = []
    numero = min(previas, default=1)
    while (hay := _nombres(carpeta, numero)) is not None or numero in previas:
        previa = previas.get(numero, Vista(numero))
        if not previa.nombres <= (hay or frozenset()):
            raise SeCortoElHilo
        nuevas = sorted((hay or frozenset()) - previa.nombres)
        marcas += [marca for nombre in nuevas if (marca := _leer(nombre))]
        leidas.append(previa._replace(nombres=hay or frozenset()))
        numero += 1
    return marcas, _las_que_siguen(leidas, ahora)


def _las_que_siguen(leidas: Sequence[Vista], ahora: float) -> list[Vista]:
    siguen = []
    for lugar, vista in enumerate(leidas):
        if lugar == len(leidas) - 1:
            siguen.append(vista._replace(con_sucesora=None))
        elif vista.con_sucesora is None or ahora < vista.con_sucesora:
            siguen.append(vista._replace(con_sucesora=ahora))
        elif ahora - vista.con_sucesora < _SEGUNDOS_EN_VERSE:
            siguen.append(vista)
    return siguen


def _ruta(carpeta: Path, numero: int) -> Path:
    return carpeta / f"{numero:06d}"


def _ultima(carpeta: Path) -> int:
    """El número de la última carpeta de marcas; 1 si todavía no hay ninguna."""
    try:
        with os.scandir(carpeta) as hay:
            return max((int(c.name) for c in hay if c.name.isdecimal()), default=1)
    except (FileNotFoundError, NotADirectoryError):
        return 1


def _nombres(carpeta: Path, numero: int) -> frozenset[str] | None:
    """Las marcas de una carpeta; None si no está."""
    try:
        with os.scandir(_ruta(carpeta, numero)) as hay:
            return frozenset(marca.name for marca in hay)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _leer(nombre: str) -> Marca | None:
    folio, _, resto = nombre.partition(".")
    revision = resto.partition(".")[0]
    return Marca(folio, int(revision)) if folio and revision.isdecimal() else None
