"""Los trazos de que se hace un dibujo: figuras, líneas y letreros, para SVG y para Word.

Todo en negro sobre blanco, con grises que se leen fotocopiados. Medidas en puntos.
"""

from dataclasses import dataclass

NEGRO, GRIS, PALIDO, BLANCO = "#000000", "#8c8c8c", "#e9edf3", "#ffffff"
FINA, GRUESA = 0.5, 0.9

Punto = tuple[float, float]


@dataclass(frozen=True)
class Poligono:
    """Una figura cerrada, rellena y con contorno de ese grueso (0, sin él)."""

    puntos: tuple[Punto, ...]
    relleno: str = BLANCO
    grueso: float = GRUESA


@dataclass(frozen=True)
class Linea:
    """Una línea quebrada."""

    puntos: tuple[Punto, ...]
    grueso: float = GRUESA
    color: str = NEGRO


@dataclass(frozen=True)
class Letrero:
    """Un renglón: su esquina izquierda, su base y cómo va escrito."""

    x: float
    y: float
    texto: str
    tamano: float
    negrita: bool = False
    cursiva: bool = False


Trazo = Poligono | Linea | Letrero
