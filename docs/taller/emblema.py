"""El emblema de muestra del membrete, dibujado punto por punto.

Es un sello inventado (un edificio de gobierno junto a un río) para que las
plantillas de fábrica se vean terminadas. Cada oficina lo cambia en Word por su
escudo; aquí no hay escudos ni logotipos de nadie.
"""

import math
import struct
import zlib
from functools import cache

TINTA = (0x1F, 0x3A, 0x5F)
LADO_PUNTOS = 300
MUESTRAS_POR_LADO = 3


@cache
def png_del_emblema() -> bytes:
    """El emblema como PNG cuadrado de fondo transparente, siempre con los mismos bytes."""
    renglones = b"".join(
        b"\x00" + b"".join(bytes((*TINTA, opacidad)) for opacidad in _opacidades(renglon))
        for renglon in range(LADO_PUNTOS)
    )
    cabecera = struct.pack(">IIBBBBB", LADO_PUNTOS, LADO_PUNTOS, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _bloque(b"IHDR", cabecera)
        + _bloque(b"IDAT", zlib.compress(renglones, 9))
        + _bloque(b"IEND", b"")
    )


def _bloque(clase: bytes, contenido: bytes) -> bytes:
    suma = struct.pack(">I", zlib.crc32(clase + contenido))
    return struct.pack(">I", len(contenido)) + clase + contenido + suma


def _opacidades(renglon: int) -> list[int]:
    """Opacidad, de 0 a 255, de cada punto del renglón.

    El dibujo es simétrico: se calcula la mitad izquierda y se refleja.
    """
    mitad = [_opacidad(columna, renglon) for columna in range(LADO_PUNTOS // 2)]
    return mitad + mitad[::-1]


def _opacidad(columna: int, renglon: int) -> int:
    """Parte del punto que cubre la tinta; las muestras intermedias suavizan el borde."""
    pasos = [(muestra + 0.5) / MUESTRAS_POR_LADO for muestra in range(MUESTRAS_POR_LADO)]
    cubiertas = sum(
        _hay_tinta(2 * (columna + dx) / LADO_PUNTOS - 1, 2 * (renglon + dy) / LADO_PUNTOS - 1)
        for dx in pasos
        for dy in pasos
    )
    return round(255 * cubiertas / MUESTRAS_POR_LADO**2)


def _hay_tinta(x: float, y: float) -> bool:
    """Si el dibujo cubre el punto; el centro es (0, 0), `y` crece hacia abajo y el radio es 1."""
    radio = math.hypot(x, y)
    if radio > 0.72:
        return 0.94 <= radio <= 0.99 or radio <= 0.745 or _es_cuenta(x, y, radio)
    return _es_edificio(abs(x), y) or _es_rio(x, y, radio)


def _es_cuenta(x: float, y: float, radio: float) -> bool:
    """Las 36 cuentas que corren entre los dos anillos del sello."""
    paso = math.tau / 36
    giro = (math.atan2(y, x) + paso / 2) % paso - paso / 2
    return math.hypot(radio - 0.843, 0.843 * giro) <= 0.034


def _es_edificio(x: float, y: float) -> bool:
    fronton = -0.50 <= y <= -0.24 and x <= (y + 0.50) * 2.0
    claro = -0.39 <= y <= -0.29 and x <= (y + 0.39) * 1.9
    cornisa = -0.21 <= y <= -0.15 and x <= 0.50
    columnas = -0.12 <= y <= 0.14 and (0.07 <= x <= 0.16 or 0.33 <= x <= 0.42)
    escalones = (0.17 <= y <= 0.22 and x <= 0.50) or (0.25 <= y <= 0.30 and x <= 0.56)
    return (fronton and not claro) or cornisa or columnas or escalones


def _es_rio(x: float, y: float, radio: float) -> bool:
    onda = 0.025 * math.cos(x * 15)
    return radio < 0.66 and any(abs(y - altura - onda) <= 0.02 for altura in (0.41, 0.51))
