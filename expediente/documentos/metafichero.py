"""Unos trazos como metafichero de Windows (EMF): la imagen que va en el Word.

Es vectorial: se imprime nítido a cualquier tamaño y pesa poco. No hace falta ninguna
biblioteca ni llevar una letra: cada renglón dice cuánto avanza cada una de las suyas. Los
registros y sus números son los de [MS-EMF].
"""

import struct
from collections.abc import Iterable, Iterator, Sequence

from expediente.documentos.trazos import Letrero, Linea, Poligono, Punto, Trazo
from expediente.nucleo.letra import milesimas

POR_PUNTO = 20  # unidades por punto: 1440 por pulgada
_CENTESIMAS_DE_MM_POR_PUNTO = 2540 / 72
_LETRA = "Arial"

_CABECERA, _FIN = 1, 14
_POLIGONO, _QUEBRADA = 3, 4
_FONDO, _ALINEACION, _COLOR_DE_TEXTO = 18, 22, 24
_ELIGE, _PLUMA, _BROCHA, _BORRA = 37, 38, 39, 40
_HACE_LETRA, _ESCRIBE = 82, 84
_TRANSPARENTE, _SOBRE_LA_BASE = 1, 24
_SIN_PLUMA = 5
_BROCHA_DE_SERIE, _PLUMA_DE_SERIE, _LETRA_DE_SERIE = 0x80000005, 0x80000007, 0x8000000D
_PULGADAS_DE_REFERENCIA = 10


def metafichero(ancho: float, alto: float, trazos: Iterable[Trazo]) -> bytes:
    """Esos trazos como fichero EMF, de `ancho` por `alto` puntos."""
    cuerpo = [
        _registro(_FONDO, "I", _TRANSPARENTE),
        _registro(_ALINEACION, "I", _SOBRE_LA_BASE),
        _registro(_COLOR_DE_TEXTO, "I", 0),
        *(registro for trazo in trazos for registro in _trazo(trazo)),
        _registro(_FIN, "III", 0, 0, 20),
    ]
    return b"".join((_cabecera(ancho, alto, cuerpo), *cuerpo))


def _registro(tipo: int, forma: str, *valores: float, cola: bytes = b"") -> bytes:
    contenido = struct.pack(f"<{forma}", *valores) + cola
    contenido += bytes(-len(contenido) % 4)
    return struct.pack("<II", tipo, 8 + len(contenido)) + contenido


def _cabecera(ancho: float, alto: float, cuerpo: Sequence[bytes]) -> bytes:
    orilla = (0, 0, round(ancho * POR_PUNTO), round(alto * POR_PUNTO))
    marco = (0, 0, *(round(x * _CENTESIMAS_DE_MM_POR_PUNTO) for x in (ancho, alto)))
    aparato = 72 * POR_PUNTO * _PULGADAS_DE_REFERENCIA
    milimetros = round(25.4 * _PULGADAS_DE_REFERENCIA)
    largo = 108
    return _registro(
        _CABECERA,
        "4i4iIIIIHHIII2i2iIII2i",
        *orilla,
        *marco,
        0x464D4520,
        0x00010000,
        largo + sum(map(len, cuerpo)),
        1 + len(cuerpo),
        3,
        0,
        0,
        0,
        0,
        *(aparato, aparato),
        *(milimetros, milimetros),
        *(0, 0, 0),
        *(milimetros * 1000, milimetros * 1000),
    )


def _trazo(trazo: Trazo) -> Iterator[bytes]:
    if isinstance(trazo, Letrero):
        yield from _letrero(trazo)
    elif isinstance(trazo, Linea):
        yield from _con_pluma(trazo.grueso, trazo.color, _puntos(_QUEBRADA, trazo.puntos))
    else:
        yield from _poligono(trazo)


def _poligono(poligono: Poligono) -> Iterator[bytes]:
    yield _registro(_BROCHA, "IIII", 1, 0, _color(poligono.relleno), 0)
    yield _registro(_ELIGE, "I", 1)
    yield from _con_pluma(poligono.grueso, "#000000", _puntos(_POLIGONO, poligono.puntos))
    yield _registro(_ELIGE, "I", _BROCHA_DE_SERIE)
    yield _registro(_BORRA, "I", 1)


def _con_pluma(grueso: float, color: str, dibujo: bytes) -> Iterator[bytes]:
    estilo = 0 if grueso else _SIN_PLUMA
    yield _registro(_PLUMA, "IIiiI", 2, estilo, round(grueso * POR_PUNTO), 0, _color(color))
    yield _registro(_ELIGE, "I", 2)
    yield dibujo
    yield _registro(_ELIGE, "I", _PLUMA_DE_SERIE)
    yield _registro(_BORRA, "I", 2)


def _puntos(tipo: int, puntos: Sequence[Punto]) -> bytes:
    unidades = [round(x * POR_PUNTO) for punto in puntos for x in punto]
    equis, yes = unidades[::2], unidades[1::2]
    orilla = (min(equis), min(yes), max(equis), max(yes))
    return _registro(tipo, f"4iI{len(unidades)}i", *orilla, len(puntos), *unidades)


def _letrero(letrero: Letrero) -> Iterator[bytes]:
    nombre = _LETRA.encode("utf-16-le").ljust(64, b"\0")
    alto = -round(letrero.tamano * POR_PUNTO)
    peso = 700 if letrero.negrita else 400
    letra = (1, alto, 0, 0, 0, peso, letrero.cursiva, 0, 0, 1, 0, 0, 0, 0)
    # Tras el nombre, los campos de una letra extendida, que no se usan.
    yield _registro(_HACE_LETRA, "I5i8B", *letra, cola=nombre + bytes(228))
    yield _registro(_ELIGE, "I", 1)
    yield _escrito(letrero)
    yield _registro(_ELIGE, "I", _LETRA_DE_SERIE)
    yield _registro(_BORRA, "I", 1)


def _escrito(letrero: Letrero) -> bytes:
    texto = letrero.texto.encode("utf-16-le")
    relleno = bytes(-len(texto) % 4)
    avances = _avances(letrero)
    desde = 76
    cola = texto + relleno + struct.pack(f"<{len(avances)}I", *avances)
    x, y = round(letrero.x * POR_PUNTO), round(letrero.y * POR_PUNTO)
    return _registro(
        _ESCRIBE,
        "4iI2f2iIII4iI",
        *(0, 0, -1, -1),
        *(1, 1.0, 1.0),
        *(x, y),
        len(avances),
        desde,
        0,
        *(0, 0, -1, -1),
        desde + len(texto) + len(relleno),
        cola=cola,
    )


def _avances(letrero: Letrero) -> list[int]:
    """Lo que avanza cada unidad de UTF-16, sin que los redondeos se sumen."""
    avances: list[int] = []
    medido = 0.0
    for letra in letrero.texto:
        medido += milesimas(letra, letrero.negrita) * letrero.tamano * POR_PUNTO / 1000
        avances.append(round(medido) - sum(avances))
        avances += [0] * (len(letra.encode("utf-16-le")) // 2 - 1)
    return avances


def _color(dicho: str) -> int:
    """El 0x00BBGGRR de un «#rrggbb»."""
    return int.from_bytes(bytes.fromhex(dicho[1:]), "little")
