"""El diagrama de flujo de un procedimiento, acomodado: cajas con su lugar y flechas.

Un carril por responsable y una fila por paso, de arriba abajo en el orden del manual.
Las medidas van en puntos. Por dónde corre cada flecha lo decide `pasillos`; qué tan
grande es cada símbolo, `simbolo`; cómo se traza la tinta no se sabe aquí.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from expediente.nucleo.flujo import Nodo, nodos, relato_de
from expediente.nucleo.letra import en_renglones
from expediente.nucleo.pasillos import Trazado, trazar
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.rejilla import Fila, Rejilla, Rotulo, hacer_fila, hacer_rejilla, hacia
from expediente.nucleo.simbolo import LETRA, RENGLON, Caja, leyenda, terminal

# Lo que queda de una hoja carta entre el membrete y el pie.
ANCHO_UTIL, ALTO_UTIL = 527.0, 620.0
# Más chico, la letra de 7 puntos no se lee: mejor otra hoja.
ESCALA_MENOR = 0.66
_ANCHOS = (527.0, 590.0, 650.0, 720.0, 790.0)
ALTO_DEL_TITULO = 30.0
ENTRE_FILAS = 11.0
_TRAS_LA_FILA = 5.0

Punto = tuple[float, float]


@dataclass(frozen=True)
class Flecha:
    """Una línea quebrada; con `punta` si llega a una caja; `regreso` si vuelve atrás."""

    puntos: tuple[Punto, ...]
    punta: bool = True
    regreso: bool = False


@dataclass(frozen=True)
class Carril:
    """La columna de un responsable."""

    x: float
    ancho: float
    renglones: tuple[str, ...]
    nombre: str


@dataclass(frozen=True)
class Diagrama:
    """Todo lo que se dibuja.

    `cabeza` es donde terminan título y responsables; `pie`, donde empieza la simbología;
    `cortes`, las alturas en que puede partirse entre hojas sin tocar una caja.
    """

    titulo: str
    procedencia: str
    descripcion: str
    ancho: float
    alto: float
    cabeza: float
    pie: float
    carriles: tuple[Carril, ...]
    cajas: tuple[Caja, ...]
    flechas: tuple[Flecha, ...]
    rotulos: tuple[Rotulo, ...]
    cortes: tuple[float, ...]

    @property
    def escala(self) -> float:
        """A qué tamaño cabe entero en una hoja carta; nunca más grande que el suyo."""
        return min(1.0, ANCHO_UTIL / self.ancho, ALTO_UTIL / self.alto)


def diagrama_de(p: Procedimiento) -> Diagrama:
    """El diagrama de flujo del procedimiento, ya acomodado.

    El mismo procedimiento da siempre el mismo diagrama. El texto nunca sale de su caja,
    ni una caja se encima con otra. Con cajas más anchas es más bajo: se queda el que mejor
    llena una hoja carta; si ninguno cabe, el más angosto, que se parte en varias.
    """
    todos = nodos(p)
    trazado = trazar(todos)
    posibles = [_acomodar(p, todos, trazado, ancho) for ancho in _ANCHOS]
    mejor = max(posibles, key=lambda d: d.escala)
    return mejor if mejor.escala >= ESCALA_MENOR else posibles[0]


def _acomodar(
    p: Procedimiento, todos: Sequence[Nodo], trazado: Trazado, ancho_total: float
) -> Diagrama:
    rejilla = hacer_rejilla(todos, trazado, ancho_total)
    carriles = _carriles(p, rejilla, trazado)
    cabeza = ALTO_DEL_TITULO + max(len(c.renglones) for c in carriles) * RENGLON + 8
    arriba = _inicio(todos[0], rejilla.centros[trazado.carriles[0]], cabeza + ENTRE_FILAS / 2)
    filas = _filas(todos, trazado, rejilla, max([c.fondo for c in arriba], default=cabeza))
    pie = max(f.fondo for f in filas) + ENTRE_FILAS
    muestras = leyenda(pie, {caja.forma for fila in filas for caja in fila.pila})
    flechas = [*_flechas_de_inicio(arriba, filas[0]), *_flechas(trazado, rejilla, filas)]
    return Diagrama(
        titulo=p.nombre,
        procedencia=_procedencia(p),
        descripcion=relato_de(todos),
        ancho=rejilla.ancho,
        alto=max(caja.fondo for caja in muestras) + 4,
        cabeza=cabeza,
        pie=pie,
        carriles=carriles,
        cajas=(*arriba, *(c for f in filas for c in (*f.pila, *f.ovalos)), *muestras),
        flechas=tuple(flechas),
        rotulos=tuple(r for f in filas for r in f.rotulos),
        cortes=tuple(fila.fondo + _TRAS_LA_FILA / 2 for fila in filas[:-1]),
    )


def _procedencia(p: Procedimiento) -> str:
    manual = p.manual
    revision = f", revisión {manual.revision}" if manual.revision else ""
    return f"{manual.codigo or manual.clave}{revision}. Versión {p.version}."


def _carriles(p: Procedimiento, rejilla: Rejilla, trazado: Trazado) -> tuple[Carril, ...]:
    carriles = []
    for rol, (x, ancho) in zip(trazado.roles, pairwise(rejilla.linderos), strict=True):
        nombre = p.rol[rol].nombre
        renglones = en_renglones(nombre, LETRA, ancho - x - 8, negrita=True)
        carriles.append(Carril(x, ancho - x, renglones, nombre))
    return tuple(carriles)


def _inicio(primero: Nodo, centro: float, y: float) -> list[Caja]:
    return [terminal("Inicio", 60).en(centro, y)] if primero.entrada else []


def _filas(todos: Sequence[Nodo], trazado: Trazado, rejilla: Rejilla, desde: float) -> list[Fila]:
    filas: list[Fila] = []
    y = desde
    for i, nodo in enumerate(todos):
        fila = hacer_fila(rejilla, trazado, nodo, i, y + ENTRE_FILAS)
        filas.append(fila)
        y = fila.fondo
    return filas


def _flechas_de_inicio(arriba: Sequence[Caja], primera: Fila) -> Iterator[Flecha]:
    for ovalo in arriba:
        caja = primera.pila[0]
        yield Flecha(((ovalo.centro, ovalo.fondo), (caja.centro, caja.y)))


def _flechas(trazado: Trazado, rejilla: Rejilla, filas: Sequence[Fila]) -> Iterator[Flecha]:
    for fila in filas:
        yield from (Flecha(puntos, punta) for puntos, punta in fila.lineas)
    for t in trazado.tramos:
        origen, destino = filas[t.origen], filas[t.destino]
        if t.pasillo is None:
            yield Flecha(_bajada(origen, destino.pila[0]))
            continue
        x = rejilla.pista(t.pasillo, t.pista)
        desde = origen.salidas[t.ramal]
        entra = (destino.lado(hacia(x, destino.pila[0].centro)), destino.entrada)
        puntos = (desde, (x, desde[1]), (x, entra[1]), entra)
        yield Flecha(puntos, regreso=t.regreso)


def _bajada(origen: Fila, caja: Caja) -> tuple[Punto, ...]:
    sale, llega = (origen.pila[0].centro, origen.tronco), (caja.centro, caja.y)
    if sale[0] == llega[0]:
        return (sale, llega)
    medio = origen.fondo + _TRAS_LA_FILA
    return (sale, (sale[0], medio), (llega[0], medio), llega)
