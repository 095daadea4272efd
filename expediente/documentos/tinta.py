"""Un diagrama de flujo hecho tinta: los mismos trazos para SVG y para Word."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from expediente.documentos.trazos import (
    BLANCO,
    FINA,
    GRIS,
    NEGRO,
    PALIDO,
    Letrero,
    Linea,
    Poligono,
    Punto,
    Trazo,
)
from expediente.nucleo.diagrama import Carril, Diagrama, Flecha
from expediente.nucleo.letra import ancho_de
from expediente.nucleo.pasillos import DERECHA
from expediente.nucleo.rejilla import Rotulo
from expediente.nucleo.simbolo import (
    BARRA,
    DECISION,
    DOCUMENTO,
    ESPERA,
    LETRA,
    ONDA,
    RENGLON,
    TERMINAL,
    Caja,
)

_PUNTA_LARGO, _PUNTA_MEDIO = 5.0, 2.1
_RADIO = 2.5
_BASE = 6.6


@dataclass(frozen=True)
class Grupo:
    """Los trazos de una cosa; `titulo` la nombra para quien no la ve, «» si es adorno."""

    titulo: str
    trazos: tuple[Trazo, ...]


def entintar(d: Diagrama) -> Iterator[Grupo]:
    """Los trazos de un diagrama, en el orden en que se pintan."""
    yield Grupo("", tuple(_encabezado(d)))
    for carril in d.carriles:
        yield Grupo(f"Responsable: {carril.nombre}", tuple(_carril(carril, d)))
    for flecha in d.flechas:
        yield Grupo("", tuple(_flecha(flecha)))
    for caja in d.cajas:
        yield Grupo(caja.titulo, tuple(_caja(caja)))
    for rotulo in d.rotulos:
        yield Grupo("", tuple(_rotulo(rotulo)))


def _encabezado(d: Diagrama) -> Iterator[Trazo]:
    yield Letrero(2, 11, d.titulo, tamano=9, negrita=True)
    yield Letrero(2, 22, d.procedencia, tamano=7)


def _carril(carril: Carril, d: Diagrama) -> Iterator[Trazo]:
    alto = len(carril.renglones) * RENGLON + 8
    techo = d.cabeza - max(len(c.renglones) for c in d.carriles) * RENGLON - 8
    yield Poligono(_rectangulo(carril.x, techo, carril.ancho, d.cabeza - techo), PALIDO, FINA)
    lados = [(carril.x, d.cabeza), (carril.x, d.pie), (carril.x + carril.ancho, d.pie)]
    yield Linea((*lados, (carril.x + carril.ancho, d.cabeza)), FINA, GRIS)
    y = techo + (d.cabeza - techo - alto) / 2 + 4
    yield from _centrados(carril.renglones, carril.x + carril.ancho / 2, y, negrita=True)


def _flecha(flecha: Flecha) -> Iterator[Trazo]:
    puntos = flecha.puntos
    if not flecha.punta:
        yield Linea(puntos)
        return
    (ax, ay), (bx, by) = puntos[-2:]
    largo = hypot(bx - ax, by - ay) or 1
    ux, uy = (bx - ax) / largo, (by - ay) / largo
    cx, cy = bx - ux * _PUNTA_LARGO, by - uy * _PUNTA_LARGO
    yield Linea((*puntos[:-1], (cx, cy)))
    un_lado = (cx - uy * _PUNTA_MEDIO, cy + ux * _PUNTA_MEDIO)
    otro = (cx + uy * _PUNTA_MEDIO, cy - ux * _PUNTA_MEDIO)
    yield Poligono(((bx, by), un_lado, otro), NEGRO, 0)


def _caja(caja: Caja) -> Iterator[Trazo]:
    relleno = NEGRO if caja.forma == BARRA else BLANCO
    yield Poligono(contorno(caja), relleno)
    if caja.columna:
        x = caja.x + caja.columna
        yield Linea(((x, caja.y), (x, caja.fondo - _hundido(caja))), FINA)
        ancho = ancho_de(caja.numero, LETRA, negrita=True)
        yield Letrero(
            caja.x + (caja.columna - ancho) / 2,
            caja.y + 3 + _BASE,
            caja.numero,
            LETRA,
            negrita=True,
        )
    yield from renglones_de(caja)


def renglones_de(caja: Caja) -> list[Letrero]:
    """Los renglones de un símbolo, cada uno centrado donde se escribe."""
    alto = len(caja.renglones) * RENGLON
    libre = caja.alto - (ONDA if caja.forma == DOCUMENTO else 0)
    y = caja.fondo + 2 if caja.forma == BARRA else caja.y + (libre - alto) / 2
    # En la «D» el texto se carga al lado recto.
    eje = caja.centro + caja.columna / 2 - (caja.alto / 6 if caja.forma == ESPERA else 0)
    derechos = caja.renglones[: len(caja.renglones) - caja.cursivas]
    cursivos = caja.renglones[len(derechos) :]
    y_de_cursivos = y + len(derechos) * RENGLON
    return [
        *_centrados(derechos, eje, y),
        *_centrados(cursivos, eje, y_de_cursivos, cursiva=True),
    ]


def _centrados(
    renglones: tuple[str, ...], eje: float, y: float, negrita: bool = False, cursiva: bool = False
) -> Iterator[Letrero]:
    for i, renglon in enumerate(renglones):
        x = eje - ancho_de(renglon, LETRA, negrita) / 2
        yield Letrero(x, y + i * RENGLON + _BASE, renglon, LETRA, negrita, cursiva)


def _rotulo(rotulo: Rotulo) -> Iterator[Trazo]:
    for i, renglon in enumerate(rotulo.renglones):
        ancho = ancho_de(renglon, LETRA)
        x = rotulo.x if rotulo.hacia == DERECHA else rotulo.x - ancho
        y = rotulo.y + i * RENGLON
        yield Poligono(_rectangulo(x - 1, y - _BASE, ancho + 2, RENGLON), BLANCO, 0)
        yield Letrero(x, y, renglon, LETRA)


def contorno(caja: Caja) -> tuple[Punto, ...]:
    """La orilla de un símbolo, como polígono."""
    x, y, ancho, alto = caja.x, caja.y, caja.ancho, caja.alto
    if caja.forma == DECISION:
        medio = y + alto / 2
        return ((caja.centro, y), (x + ancho, medio), (caja.centro, caja.fondo), (x, medio))
    if caja.forma == TERMINAL:
        radio = min(alto, ancho) / 2
        return (
            *_arco(x + ancho - radio, y + alto / 2, radio, alto / 2, -pi / 2),
            *_arco(x + radio, y + alto / 2, radio, alto / 2, pi / 2),
        )
    if caja.forma == ESPERA:
        radio = alto / 2
        return ((x, y), *_arco(x + ancho - radio, y + radio, radio, radio, -pi / 2), (x, y + alto))
    if caja.forma == DOCUMENTO:
        return ((x, y), (x + ancho, y), *_onda(caja))
    return _rectangulo(x, y, ancho, alto)


def _hundido(caja: Caja) -> float:
    """Cuánto sube, en la casilla del número, la base ondulada de un documento."""
    if caja.forma != DOCUMENTO:
        return 0.0
    return ONDA / 2 + ONDA / 2 * sin(2 * pi * (1 - caja.columna / caja.ancho)) - 0.3


def _onda(caja: Caja) -> list[Punto]:
    """La base de un documento, de derecha a izquierda."""
    pasos = [i / 24 for i in range(25)]
    media = caja.fondo - ONDA / 2
    return [(caja.x + caja.ancho * (1 - t), media - ONDA / 2 * sin(2 * pi * t)) for t in pasos]


def _arco(cx: float, cy: float, rx: float, ry: float, desde: float) -> list[Punto]:
    """Media vuelta de elipse."""
    angulos = [desde + pi * i / 16 for i in range(17)]
    return [(cx + rx * cos(a), cy + ry * sin(a)) for a in angulos]


def _rectangulo(x: float, y: float, ancho: float, alto: float) -> tuple[Punto, ...]:
    return ((x, y), (x + ancho, y), (x + ancho, y + alto), (x, y + alto))
