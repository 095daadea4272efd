"""Hace de nuevo las tablas de columnas de docs/hechos.md.

    python docs/taller/hacer_columnas_de_hechos.py

Salen de las mismas tablas con que se exporta. Lo demás de la guía se escribe a mano.
"""

from collections.abc import Mapping
from pathlib import Path

from expediente.nucleo.columnas_de_hechos import COMUNES, DE_DOCUMENTO, FAMILIAS

GUIA = Path(__file__).resolve().parents[1] / "hechos.md"
TABLAS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "comunes": COMUNES,
    "documento": DE_DOCUMENTO,
    "familias": FAMILIAS,
}


def poner_columnas(guia: str) -> str:
    """La guía con sus tablas al día."""
    for nombre, columnas in TABLAS.items():
        antes, marca, resto = guia.partition(f"<!-- columnas: {nombre} -->\n")
        assert marca, f"a la guía le falta la marca de «{nombre}»"
        _, cierre, despues = resto.partition("<!-- fin -->")
        guia = f"{antes}{marca}{_tabla(columnas)}{cierre}{despues}"
    return guia


def _tabla(columnas: Mapping[str, tuple[str, str]]) -> str:
    filas = [f"| `{clave}` | {tipo} | {dice} |\n" for clave, (tipo, dice) in columnas.items()]
    return "| Columna | Tipo | Qué dice |\n|---|---|---|\n" + "".join(filas)


if __name__ == "__main__":
    GUIA.write_text(poner_columnas(GUIA.read_text(encoding="utf-8")), encoding="utf-8")
