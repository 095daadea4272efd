"""Cuánto mide un texto en la letra de los dibujos, y cómo se parte en renglones.

Son los anchos de Arial (los mismos de Helvetica y Liberation Sans), en milésimas del
tamaño: con ellos una caja se hace a la medida de su texto sin cargar ninguna letra.
"""

import unicodedata
from functools import lru_cache

# Del espacio a la tilde (32 a 126).
_NORMAL = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556),
    *(556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722),
    *(722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722),
    *(667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556),
    *(556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500),
    *(500, 334, 260, 334, 584),
)
_NEGRITA = (
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556),
    *(556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722),
    *(722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722),
    *(667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611),
    *(611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556),
    *(500, 389, 280, 389, 584),
)
_SIGNOS = {
    **{"«": 556, "»": 556, "“": 500, "”": 500, "‘": 278, "’": 278, "–": 556, "·": 278, "•": 350},
    **{"°": 400, "º": 365, "ª": 370, "¿": 611, "¡": 333, "§": 556, "½": 834, "€": 556},
}
# Lo que no está en la tabla cuenta como lo más ancho: la caja sobra, nunca falta.
_EL_MAS_ANCHO = 1015


@lru_cache(maxsize=512)
def milesimas(letra: str, negrita: bool = False) -> int:
    """Lo que avanza una letra, en milésimas de su tamaño; la acentuada, lo que su base."""
    base = unicodedata.normalize("NFD", letra)[0]
    lugar = ord(base) - 32
    tabla = _NEGRITA if negrita else _NORMAL
    return tabla[lugar] if 0 <= lugar < len(tabla) else _SIGNOS.get(base, _EL_MAS_ANCHO)


def ancho_de(texto: str, tamano: float, negrita: bool = False) -> float:
    """Lo que mide un texto en un renglón, en las unidades de `tamano`."""
    return sum(milesimas(letra, negrita) for letra in texto) * tamano / 1000


def en_renglones(texto: str, tamano: float, ancho: float, negrita: bool = False) -> tuple[str, ...]:
    """El texto en renglones que no pasan de `ancho`; parte la palabra que no cabe entera."""
    renglones: list[str] = []
    for palabra in texto.split():
        junta = f"{renglones[-1]} {palabra}" if renglones else palabra
        if renglones and ancho_de(junta, tamano, negrita) <= ancho:
            renglones[-1] = junta
            continue
        renglones += _trozos(palabra, tamano, ancho, negrita)
    return tuple(renglones)


def palabra_mas_ancha(texto: str, tamano: float, negrita: bool = False) -> float:
    """Lo que mide la palabra más ancha: con menos que eso habría que partirla."""
    return max((ancho_de(palabra, tamano, negrita) for palabra in texto.split()), default=0)


def _trozos(palabra: str, tamano: float, ancho: float, negrita: bool) -> list[str]:
    trozos = [""]
    for letra in palabra:
        if trozos[-1] and ancho_de(trozos[-1] + letra, tamano, negrita) > ancho:
            trozos.append("")
        trozos[-1] += letra
    return trozos
