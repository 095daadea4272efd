"""Cuánto mide cada columna de una tabla que crece a lo ancho, según lo que dicen sus celdas."""

from collections.abc import Sequence

from expediente.nucleo.letra import ancho_de, palabra_mas_ancha

# En vigésimos de punto: la letra de las tablas y lo que la celda deja a los lados.
_LETRA = 8.5 * 20
_MARGENES = 2 * 85 + 30
# De muchos renglones basta mirar los primeros, y ninguna celda pide más que esto.
_RENGLONES_MIRADOS = 200
_LO_MAS_ANCHO = 3000


def anchos_a_la_medida(filas: Sequence[Sequence[str]], total: int) -> list[int]:
    """El ancho de cada columna, en vigésimos de punto, que juntos dan `total`.

    Primero cabe la palabra más ancha de cada una; lo que sobra se reparte según lo que le
    falte a cada cual para no partir sus renglones. Si ni las palabras caben, en proporción.
    """
    columnas = list(zip(*filas[:_RENGLONES_MIRADOS], strict=True))
    minimos = [max(_palabra(texto) for texto in columna) for columna in columnas]
    deseados = [
        max(minimo, *(_renglon(texto) for texto in columna))
        for minimo, columna in zip(minimos, columnas, strict=True)
    ]
    sobra = total - sum(minimos)
    faltan = [deseado - minimo for deseado, minimo in zip(deseados, minimos, strict=True)]
    if sobra < 0 or not sum(faltan):
        anchos = [total * minimo / sum(minimos) for minimo in minimos]
    elif sum(faltan) <= sobra:
        anchos = [total * deseado / sum(deseados) for deseado in deseados]
    else:
        anchos = [m + sobra * f / sum(faltan) for m, f in zip(minimos, faltan, strict=True)]
    enteros = [int(ancho) for ancho in anchos]
    enteros[-1] += total - sum(enteros)
    return enteros


def _palabra(texto: str) -> float:
    return palabra_mas_ancha(texto, _LETRA, negrita=True) + _MARGENES


def _renglon(texto: str) -> float:
    return min(ancho_de(texto, _LETRA, negrita=True) + _MARGENES, _LO_MAS_ANCHO)
