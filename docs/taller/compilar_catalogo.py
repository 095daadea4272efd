"""Compila expediente.po en expediente.mo, que es lo que lee gettext.

El .mo se guarda en el repositorio para que instalar no exija herramientas; una
prueba vigila que corresponda al .po. Aquí no hay contextos (msgctxt) ni entradas
dudosas (fuzzy): el catálogo no los usa.
"""

import ast
import struct
from pathlib import Path

CATALOGO = Path(__file__).parents[2] / "expediente/cli/catalogo/es/LC_MESSAGES/expediente.po"


def leer_po(texto: str) -> dict[str, str]:
    """Devuelve `{original: traducción}`; en los plurales, las formas unidas por NUL.

    Lanza ValueError si un original se repite o un renglón no se entiende.
    """
    mensajes: dict[str, str] = {}
    for entrada in texto.split("\n\n"):
        original, traducciones = _leer_entrada(entrada)
        if not traducciones:
            continue
        if original in mensajes:
            raise ValueError(f"el original {original!r} se repite")
        mensajes[original] = "\0".join(traducciones)
    return mensajes


def _leer_entrada(entrada: str) -> tuple[str, list[str]]:
    """Devuelve el original (singular NUL plural, si lo hay) y sus traducciones."""
    originales: list[str] = []
    traducciones: list[str] = []
    abierta = originales
    for renglon in entrada.splitlines():
        if not renglon or renglon.startswith("#"):
            continue
        clave, comilla, cadena = renglon.partition('"')
        if clave:
            abierta = traducciones if clave.startswith("msgstr") else originales
            abierta.append("")
        abierta[-1] += ast.literal_eval(comilla + cadena)
    return "\0".join(originales), traducciones


def compilar(texto: str) -> bytes:
    """Devuelve el .mo de un .po: el mismo texto da siempre los mismos bytes.

    Es el formato GNU, en orden de bytes chico: cabecera, dos índices de (tamaño,
    posición) y las cadenas terminadas en NUL. Los originales van ordenados.
    """
    pares = sorted((o.encode(), t.encode()) for o, t in leer_po(texto).items())
    posicion_indices = 28
    posicion_cadenas = posicion_indices + 16 * len(pares)
    cadenas = b""
    indices = b""
    for columna in zip(*pares, strict=True):
        for cadena in columna:
            indices += struct.pack("<2I", len(cadena), posicion_cadenas + len(cadenas))
            cadenas += cadena + b"\0"
    cabecera = struct.pack(
        "<7I",
        0x950412DE,
        0,
        len(pares),
        posicion_indices,
        posicion_indices + 8 * len(pares),
        0,
        posicion_cadenas,
    )
    return cabecera + indices + cadenas


if __name__ == "__main__":
    CATALOGO.with_suffix(".mo").write_bytes(compilar(CATALOGO.read_text(encoding="utf-8")))
