"""El recorrido de la carpeta de casos: cuáles cambiaron desde que se leyeron.

La *firma* de un caso son las fechas de su carpeta de revisiones y de la revisión que vale.
Se toma antes de leerlo; lo que se tocó hace un instante no se da por visto, porque podría
volver a cambiar sin que la fecha lo dijera.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from expediente.almacen.guardado import Visto
from expediente.almacen.nombres import FICHERO, REVISIONES
from expediente.nucleo.folio import leer_folio

_RECIENTE_NS = 3_000_000_000


def firma_de(carpeta: str, revision: int) -> str:
    """La firma de esa carpeta si vale esa revisión; «» si no está."""
    try:
        # Con textos y no con Path: son dos por expediente, y Path tarda el doble.
        historia = os.stat(f"{carpeta}/{REVISIONES}")  # noqa: PTH116  # ídem
        vigente = os.stat(f"{carpeta}/{REVISIONES}/{revision:06d}/{FICHERO}")  # noqa: PTH116  # ídem
    except OSError:
        return ""
    return f"{historia.st_mtime_ns}.{historia.st_nlink}.{vigente.st_mtime_ns}.{vigente.st_size}"


def asentada(firma: str, ahora_ns: int) -> str:
    """La firma, o «» si es de hace tan poco que no asegura nada."""
    if not firma:
        return ""
    historia, _, vigente, _ = map(int, firma.split("."))
    return firma if max(historia, vigente) < ahora_ns - _RECIENTE_NS else ""


def recorrer_casos(casos: Path, vistos: Mapping[str, Visto]) -> tuple[list[str], set[str]]:
    """Los folios nuevos o cambiados, por año y en orden, y los que ya no están.

    Lanza OSError si la carpeta no se puede recorrer.
    """
    cambiados: list[str] = []
    faltan = set(vistos)
    for anio in _anios(casos):
        suyos = []
        with os.scandir(anio) as hay:
            nombres = [uno.name for uno in hay]
        for nombre in nombres:
            visto = vistos.get(nombre)
            if visto is None:
                if not nombre.startswith(".") and (folio := leer_folio(nombre)):
                    suyos.append(folio)
                continue
            faltan.discard(nombre)
            if not visto.firma or firma_de(f"{anio}/{nombre}", visto.revision) != visto.firma:
                folio = leer_folio(nombre)
                assert folio is not None
                suyos.append(folio)
        cambiados += map(str, sorted(suyos))
    return cambiados, faltan


def _anios(casos: Path) -> Iterator[str]:
    try:
        with os.scandir(casos) as hay:
            anios = sorted(uno.name for uno in hay)
    except FileNotFoundError:
        return
    yield from (f"{casos}/{anio}" for anio in anios if re.fullmatch(r"\d{4}", anio))
