"""Los ficheros de una oficina, leídos con yaml puro: expedientes y reglas, como están escritos."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from expediente.nucleo.calendario import Calendario
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.procedimiento import Procedimiento

Suceso = dict[str, Any]
Hechos = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Oficina:
    """Las reglas con que se leen los casos: las del programa y las mismas, en yaml puro."""

    datos: Path
    procedimientos: Mapping[str, Procedimiento]
    catalogos: Mapping[str, Catalogo]
    calendario: Calendario
    zona: tzinfo | None

    def regla(self, clave: str) -> dict[str, Any]:
        """El procedimiento, como está escrito."""
        return _yaml(self.datos / "procedimientos" / f"{clave}.yaml")

    def opcion(self, catalogo: str, clave: str) -> dict[str, str] | None:
        """Una opción de un catálogo, como está escrita."""
        opciones = _yaml(self.datos / "catalogos" / f"{catalogo}.yaml")["opciones"]
        return next((o for o in opciones if o["clave"] == clave), None)


@cache
def _yaml(ruta: Path) -> Any:
    return leer_yaml(ruta.read_text(encoding="utf-8"))


def leer_yaml(texto: str) -> Any:
    """Un yaml, con todo lo suelto como texto."""
    return yaml.load(texto, Loader=yaml.CBaseLoader)


@dataclass(frozen=True, eq=False)
class Expediente:
    """Un caso como lo dice su fichero."""

    folio: str
    procedimiento: str
    sucesos: Sequence[Suceso]


def expedientes(raiz: Path) -> Iterator[Expediente]:
    """Los de una oficina, en cualquier orden."""
    for ruta in raiz.glob("expedientes/*/*/expediente.yaml"):
        dice = leer_yaml(ruta.read_text(encoding="utf-8"))
        yield Expediente(dice["folio"], dice["procedimiento"], dice["actuaciones"])
