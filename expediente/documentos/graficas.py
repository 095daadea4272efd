"""Las gráficas de un informe: barras y columnas en negro, gris y blanco.

Se leen de golpe y fotocopiadas: cada barra lleva su cifra al final, sin ejes, rejilla,
color ni adornos. Son `trazos`, los mismos para Word y para la pantalla. Cómo la
pide una plantilla está en `grafica_en_word`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from expediente.documentos.trazos import (
    BLANCO,
    FINA,
    GRUESA,
    Letrero,
    Linea,
    Poligono,
    Trazo,
)
from expediente.nucleo.letra import ancho_de, en_renglones

MAXIMO_DE_BARRAS = 12
OSCURO = "#4d4d4d"
_RELLENOS = (OSCURO, BLANCO)
_TITULO, _LETRA, _MENUDA = 9.0, 8.0, 7.0
_RENGLON = 9.6
_BASE = 7.2
_AIRE = 4.0
_GRUESO_DE_BARRA = 10.5
_PARTE_DE_LOS_NOMBRES = 0.42
_RENGLONES_DEL_NOMBRE = 2
_ALTO_DE_LAS_COLUMNAS = 90.0
_LO_QUE_SE_VE = 0.8

Cifra = int | Decimal


@dataclass(frozen=True)
class Punto:
    """Una barra, o las columnas de una fecha: su nombre y su valor en cada serie.

    `textos` son los valores como se leen («87.5 %»); si faltan, sale el número. `resto`
    dice que junta a los que no cupieron.
    """

    nombre: str
    valores: tuple[Cifra, ...]
    textos: tuple[str, ...] = ()
    resto: bool = False

    @property
    def valor(self) -> Cifra:
        """El de la primera serie."""
        return self.valores[0]

    @property
    def dichos(self) -> tuple[str, ...]:
        """Cada valor como se lee."""
        return self.textos or tuple(map(escrita, self.valores))


@dataclass(frozen=True)
class Grafica:
    """Lo que se dibuja: su título y sus puntos; `series` las nombra si son dos.

    Lo que no es `sumable`, como unos porcentajes, no se junta en «Otros». Lo que viene
    `en_orden`, como unas edades, no se ordena por su valor.
    """

    titulo: str
    puntos: tuple[Punto, ...]
    series: tuple[str, ...] = ()
    sumable: bool = True
    en_orden: bool = False

    @property
    def texto(self) -> str:
        """Lo que oye quien no la ve: cada nombre con sus cifras."""
        dichos = "; ".join(f"{p.nombre}, {_cifras_de(p, self.series)}" for p in self.puntos)
        return f"Gráfica: {self.titulo}. {dichos}." if self.titulo else f"Gráfica: {dichos}."


@dataclass(frozen=True)
class Lienzo:
    """Un dibujo terminado y sus medidas, en puntos."""

    ancho: float
    alto: float
    trazos: tuple[Trazo, ...]


def _cifras_de(punto: Punto, series: Sequence[str]) -> str:
    if not series:
        return punto.dichos[0]
    pares = zip(series, punto.dichos, strict=True)
    return ", ".join(f"{dicho} {serie.lower()}" for serie, dicho in pares)


def escrita(valor: Cifra) -> str:
    """«1,234», o «1,234.50» si no es un entero."""
    return f"{valor:,}" if isinstance(valor, int) else f"{valor:,.2f}"


def las_mayores(g: Grafica, cuantas: int = MAXIMO_DE_BARRAS) -> tuple[Punto, ...]:
    """De mayor a menor; las que no caben se juntan al final en «Otros (n)».

    Si no se suman, al final sólo se dice cuántas faltan. Las que vienen en orden y caben,
    así se quedan.
    """
    if g.en_orden and len(g.puntos) <= cuantas:
        return g.puntos
    por_valor = sorted(g.puntos, key=lambda p: -p.valor)
    if len(por_valor) <= cuantas:
        return tuple(por_valor)
    demas = por_valor[cuantas:]
    if not g.sumable:
        return (*por_valor[:cuantas], Punto(f"y {len(demas)} más", (0,), ("",), resto=True))
    total = sum(p.valor for p in demas)
    return (*por_valor[:cuantas], Punto(f"Otros ({len(demas)})", (total,), resto=True))


def barras(g: Grafica, ancho: float) -> Lienzo:
    """Una barra horizontal por punto, en el orden dado, con su nombre y su valor.

    Cuáles y en qué orden lo dice `las_mayores`.
    """
    puntos = g.puntos
    holgura = ancho * _PARTE_DE_LOS_NOMBRES
    nombres = [_nombre(p.nombre, holgura) for p in puntos]
    eje = _mas_ancho(list(chain.from_iterable(nombres)), _LETRA) + _AIRE
    de_las_cifras = _mas_ancho([p.dichos[0] for p in puntos], _LETRA)
    cabe = ancho - eje - de_las_cifras - 2 * _AIRE
    mayor = max((p.valor for p in puntos), default=0)
    trazos = list(_titulo(g.titulo, ancho))
    y = techo = _bajo_el_titulo(trazos)
    for punto, renglones in zip(puntos, nombres, strict=True):
        alto = max(len(renglones) * _RENGLON, _GRUESO_DE_BARRA) + _AIRE
        largo = _medida(punto.valor, mayor, cabe)
        trazos += _a_la_derecha(renglones, eje - _AIRE, y + alto / 2)
        trazos += _barra(punto, eje, y + (alto - _GRUESO_DE_BARRA) / 2, largo)
        y += alto
    trazos.append(Linea(((eje, techo), (eje, y)), GRUESA))
    return Lienzo(ancho, y + 1, tuple(trazos))


def _barra(punto: Punto, x: float, y: float, largo: float) -> Iterator[Trazo]:
    if largo:
        relleno = BLANCO if punto.resto else OSCURO
        yield Poligono(_caja(x, y, largo, _GRUESO_DE_BARRA), relleno, FINA)
    base = y + (_GRUESO_DE_BARRA + _BASE) / 2 - 0.8
    yield Letrero(x + largo + _AIRE, base, punto.dichos[0], _LETRA)


def columnas(g: Grafica, ancho: float) -> Lienzo:
    """Una columna por punto y serie, en el orden dado: cómo va con el tiempo."""
    trazos = list(_titulo(g.titulo, ancho))
    techo = _bajo_el_titulo(trazos)
    if len(g.series) > 1:
        trazos += _leyenda(g.series, techo)
        techo += _RENGLON + _AIRE
    suelo = techo + _RENGLON + _ALTO_DE_LAS_COLUMNAS
    lugar = ancho / max(len(g.puntos), 1)
    series = max((len(p.valores) for p in g.puntos), default=1)
    grueso = min(lugar * 0.72 / series, 26.0)
    mayor = max((v for p in g.puntos for v in p.valores), default=0)
    cifras = [dicho for p in g.puntos for dicho in p.dichos]
    caben = _mas_ancho(cifras, _MENUDA) <= max(grueso, lugar / series) - 0.5
    for turno, punto in enumerate(g.puntos):
        x = lugar * turno + (lugar - grueso * series) / 2
        for serie, (valor, dicho) in enumerate(zip(punto.valores, punto.dichos, strict=True)):
            alto = _medida(valor, mayor, _ALTO_DE_LAS_COLUMNAS)
            trazos += _columna(x + serie * grueso, suelo, grueso, alto, _RELLENOS[serie])
            if valor and (caben or valor == mayor):
                centro = x + (serie + 0.5) * grueso
                trazos.append(_centrado(dicho, centro, suelo - alto - 2.5))
    trazos.append(Linea(((0.0, suelo), (ancho, suelo)), GRUESA))
    trazos += _fechas(g.puntos, lugar, suelo + _RENGLON)
    return Lienzo(ancho, suelo + _RENGLON + 3, tuple(trazos))


def _columna(x: float, suelo: float, grueso: float, alto: float, relleno: str) -> Iterator[Trazo]:
    if alto:
        yield Poligono(_caja(x, suelo - alto, grueso, alto), relleno, FINA)


def _fechas(puntos: Sequence[Punto], lugar: float, y: float) -> Iterator[Trazo]:
    """El nombre de cada columna, o de una de cada tantas si no caben todos."""
    de_cuantas = int(_mas_ancho([p.nombre for p in puntos], _MENUDA) // max(lugar - 2, 1)) + 1
    for turno, punto in enumerate(puntos):
        if turno % de_cuantas == 0:
            yield _centrado(punto.nombre, lugar * (turno + 0.5), y)


def _leyenda(series: Sequence[str], y: float) -> Iterator[Trazo]:
    x = FINA
    for serie, relleno in zip(series, _RELLENOS, strict=False):
        yield Poligono(_caja(x, y + 0.5, _BASE, _BASE), relleno, FINA)
        yield Letrero(x + _BASE + _AIRE, y + _BASE, serie, _LETRA)
        x += _BASE + 4 * _AIRE + ancho_de(serie, _LETRA)


def _titulo(titulo: str, ancho: float) -> Iterator[Trazo]:
    for turno, renglon in enumerate(en_renglones(titulo, _TITULO, ancho, negrita=True)):
        yield Letrero(0.0, 8.5 + turno * 11, renglon, _TITULO, negrita=True)


def _bajo_el_titulo(titulo: Sequence[Trazo]) -> float:
    return len(titulo) * 11 + _AIRE if titulo else 1.0


def _nombre(nombre: str, cabe: float) -> tuple[str, ...]:
    """El nombre en uno o dos renglones; lo que sobra se corta con «…»."""
    renglones = en_renglones(nombre, _LETRA, cabe)
    if len(renglones) <= _RENGLONES_DEL_NOMBRE:
        return renglones
    ultimo = renglones[_RENGLONES_DEL_NOMBRE - 1]
    while ancho_de(f"{ultimo}…", _LETRA) > cabe:
        ultimo = ultimo[:-1].rstrip()
    return (*renglones[: _RENGLONES_DEL_NOMBRE - 1], f"{ultimo}…")


def _a_la_derecha(renglones: Sequence[str], hasta: float, centro: float) -> Iterator[Trazo]:
    y = centro - len(renglones) * _RENGLON / 2 + _BASE + 0.4
    for turno, renglon in enumerate(renglones):
        x = hasta - ancho_de(renglon, _LETRA)
        yield Letrero(x, y + turno * _RENGLON, renglon, _LETRA)


def _centrado(texto: str, centro: float, y: float) -> Letrero:
    return Letrero(max(centro - ancho_de(texto, _MENUDA) / 2, 0.0), y, texto, _MENUDA)


def _mas_ancho(textos: Sequence[str], tamano: float) -> float:
    return max((ancho_de(texto, tamano) for texto in textos), default=0.0)


def _medida(valor: Cifra, mayor: Cifra, cabe: float) -> float:
    """Lo que mide su barra: en proporción a la mayor, y a la vista si no es cero."""
    if valor <= 0 or mayor <= 0:
        return 0.0
    return max(float(valor) / float(mayor) * cabe, _LO_QUE_SE_VE)


def _caja(x: float, y: float, ancho: float, alto: float) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + ancho, y), (x + ancho, y + alto), (x, y + alto))
