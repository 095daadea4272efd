"""El folio: la identidad de un caso y el nombre de su carpeta.

`EB-2026-0042`: prefijo del procedimiento, año en que se recibió y consecutivo de
cuatro cifras que crece sin cortarse. Aquí no se reparten folios: eso lo hace quien
logra publicar la carpeta (`almacen.carpetas`).
"""

import re
from typing import NamedTuple

PREFIJO = re.compile(r"[A-Z]{1,6}")
_NUMERACION = re.compile(r"(?=.*\d)[A-Z]{1,12}(?:[-/](?:[A-Z]{1,12}|\d{1,9}))+", re.ASCII | re.I)
_FOLIO = re.compile(r"([A-Z]{1,6})-(\d{4})-(\d{4}|[1-9]\d{4,8})", re.ASCII | re.IGNORECASE)


class Folio(NamedTuple):
    """Un folio en sus partes; `str(folio)` lo escribe como se dicta."""

    prefijo: str
    anio: int
    consecutivo: int

    def __str__(self) -> str:
        return f"{self.prefijo}-{self.anio:04d}-{self.consecutivo:04d}"


def leer_folio(texto: str) -> Folio | None:
    """Folio que dice `texto`, en mayúsculas o minúsculas; None si no es un folio.

    Cada folio se escribe de una sola manera: sin ceros de más en el consecutivo.
    """
    hallado = _FOLIO.fullmatch(texto.strip())
    if hallado is None:
        return None
    return Folio(hallado[1].upper(), int(hallado[2]), int(hallado[3]))


def con_ceros(escrito: str) -> str:
    """El folio con los ceros que se suelen omitir al teclear: «eb-2026-3» es EB-2026-0003."""
    partes = escrito.strip().rsplit("-", 1)
    if len(partes) == 2 and partes[1].isascii() and partes[1].isdigit():
        return f"{partes[0]}-{partes[1]:0>4}"
    return escrito


def repetible(escrito: str) -> str:
    """Lo que alguien escribió por folio o número, si lo parece; si no, «(no es un folio)».

    Ahí puede venir pegado el nombre o la CURP de una persona, y un error no los repite.
    """
    return escrito if _NUMERACION.fullmatch(escrito.strip()) else "(no es un folio)"


def por_folio(folio: str) -> tuple[int, str, int]:
    """La llave con que se ordenan folios: por año, prefijo y consecutivo."""
    leido = leer_folio(folio)
    return (leido.anio, leido.prefijo, leido.consecutivo) if leido else (0, folio, 0)
