"""Las medidas del diagrama: carriles, pasillos y cada paso en su fila.

Todo en puntos. Un diagrama de muchos responsables es más ancho que la hoja y se reduce al
imprimirlo; sus cajas nunca son más angostas que su palabra más larga.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from expediente.nucleo.flujo import Nodo, Ramal
from expediente.nucleo.letra import en_renglones, palabra_mas_ancha
from expediente.nucleo.pasillos import ABAJO, DERECHA, IZQUIERDA, Trazado, lado_de_entrada
from expediente.nucleo.simbolo import (
    ACTIVIDAD,
    BARRA,
    DECISION,
    DOCUMENTO,
    LETRA,
    RENGLON,
    Caja,
    pila_de,
    terminal,
)

_CAJA_MAS_ANGOSTA, _CAJA_MAS_ANCHA = 84.0, 190.0
_ENTRE_PIEZAS = 5.0
_ENTRE_PISTAS, _ORILLA = 6.0, 8.0
_RENGLONES_DE_ESQUINA = 2
_PUNTA = 6.0
# Para que la línea de la orilla no quede cortada a la mitad.
_MARGEN = 1.5

Punto = tuple[float, float]
Linea = tuple[tuple[Punto, ...], bool]


@dataclass(frozen=True)
class Rotulo:
    """El nombre de una salida: la base de su primer renglón y hacia qué lado se escribe."""

    x: float
    y: float
    renglones: tuple[str, ...]
    hacia: str = DERECHA


@dataclass(frozen=True)
class Rejilla:
    """Dónde está cada columna. `linderos` separan carriles; `pasillos` son (x, ancho)."""

    ancho: float
    caja: float
    celda: float
    centros: tuple[float, ...]
    pasillos: tuple[tuple[float, float], ...]
    linderos: tuple[float, ...]

    def pista(self, pasillo: int, cual: int) -> float:
        """La `x` de una pista; las del pasillo de la izquierda se cuentan de dentro afuera."""
        x, ancho = self.pasillos[pasillo]
        paso = _ORILLA + _ENTRE_PISTAS * cual
        return x + ancho - paso if pasillo == 0 else x + paso


@dataclass
class Fila:
    """Un paso en su sitio: sus símbolos, sus óvalos, y por dónde sale cada ramal.

    `tronco` es la altura de donde baja lo que sigue derecho; `lineas`, las que van dentro
    de la fila, con o sin punta.
    """

    pila: tuple[Caja, ...]
    tronco: float
    fondo: float
    salidas: dict[int, Punto] = field(default_factory=dict)
    rotulos: list[Rotulo] = field(default_factory=list)
    ovalos: list[Caja] = field(default_factory=list)
    lineas: list[Linea] = field(default_factory=list)

    @property
    def entrada(self) -> float:
        """La altura a que se entra de lado."""
        primera = self.pila[0]
        return primera.y + primera.alto * (0.5 if primera.forma == BARRA else 0.3)

    def lado(self, cual: str) -> float:
        """La `x` de ese lado del primer símbolo."""
        return _orilla(self.pila[0], cual)


def hacia(x: float, centro: float) -> str:
    """De qué lado de un eje queda una `x`."""
    return DERECHA if x > centro else IZQUIERDA


def hacer_rejilla(nodos: Sequence[Nodo], trazado: Trazado, ancho_total: float) -> Rejilla:
    """Las columnas que piden esos nodos y las pistas de ese trazado, en ese ancho o más."""
    cuantos = len(trazado.roles)
    anchos = [_ORILLA + _ENTRE_PISTAS * pistas + 2 for pistas in trazado.pistas]
    palabra = max(palabra_mas_ancha(nodo.actividad, LETRA) for nodo in nodos)
    minima = max(_CAJA_MAS_ANGOSTA, palabra + 32)
    celda = max((ancho_total - 2 * _MARGEN - sum(anchos)) / cuantos, minima)
    pasillos, centros, x = [], [], _MARGEN
    for ancho in anchos:
        pasillos.append((x, ancho))
        centros.append(x + ancho + celda / 2)
        x += ancho + celda
    x -= celda
    medios = [a + ancho - 3 for a, ancho in pasillos[1:-1]]
    return Rejilla(
        ancho=x + _MARGEN,
        caja=min(celda, _CAJA_MAS_ANCHA),
        celda=celda,
        centros=tuple(centros[:-1]),
        pasillos=tuple(pasillos),
        linderos=(_MARGEN, *medios, x),
    )


def hacer_fila(rejilla: Rejilla, trazado: Trazado, nodo: Nodo, i: int, y: float) -> Fila:
    """El nodo de lugar `i`, puesto desde la altura `y`."""
    carril = trazado.carriles[i]
    centro = rejilla.centros[carril]
    pila = []
    for caja in pila_de(nodo, rejilla.caja):
        pila.append(caja.en(centro, y))
        y = pila[-1].fondo + _ENTRE_PIEZAS
    fila = Fila(tuple(pila), pila[-1].salida, pila[-1].fondo)
    fila.lineas += [(((centro, a.salida), (centro, b.y)), False) for a, b in pairwise(pila)]
    _poner_salidas(fila, rejilla, trazado, nodo, i)
    _poner_ovalos(fila, rejilla, trazado, nodo, i)
    if nodo.entrada and i:
        _poner_inicio(fila, rejilla, carril)
    fila.fondo = max([fila.fondo, *(ovalo.fondo for ovalo in fila.ovalos)])
    return fila


def _poner_salidas(fila: Fila, rejilla: Rejilla, trazado: Trazado, nodo: Nodo, i: int) -> None:
    ultima = fila.pila[-1]
    laterales = trazado.salidas_de(i)
    if ultima.forma != DECISION:
        y = ultima.y + ultima.alto * (0.7 if ultima.forma in (ACTIVIDAD, DOCUMENTO) else 0.5)
        fila.salidas = {ramal: (_orilla(ultima, lado), y) for ramal, lado in laterales.items()}
        return
    esquinas: set[str] = set()
    for ramal, lado in laterales.items():
        cabe = _ancho_de_rotulo(rejilla, trazado, nodo, i, ramal)
        en_esquina = _rotulo_de_esquina(ultima, cabe, nodo.ramales[ramal].rotulo, lado)
        if lado not in esquinas and en_esquina:
            esquinas.add(lado)
            fila.salidas[ramal] = (_orilla(ultima, lado), ultima.y + ultima.alto / 2)
            fila.rotulos.append(en_esquina)
        else:
            _poner_diente(fila, rejilla, nodo.ramales[ramal], cabe, ramal, lado)
    directo = trazado.ramal_de_abajo(i)
    if directo is not None:
        rotulo = nodo.ramales[directo].rotulo
        renglones = _en_renglones_enteros(rotulo, rejilla.celda / 2 + 2)
        fila.rotulos.append(Rotulo(ultima.centro + 3, fila.tronco + RENGLON - 1, renglones))
        fila.fondo = max(fila.fondo, fila.tronco + len(renglones) * RENGLON)
    if fila.tronco > ultima.fondo:
        tronco = ((ultima.centro, ultima.fondo), (ultima.centro, fila.tronco))
        fila.lineas.append((tronco, False))


def _ancho_de_rotulo(rejilla: Rejilla, trazado: Trazado, nodo: Nodo, i: int, ramal: int) -> float:
    """Cuánto puede medir, desde el eje, un rótulo: no más que su línea ni que su carril.

    El carril se cuenta hasta donde empieza el vecino, donde puede haber un óvalo.
    """
    carril = trazado.carriles[i]
    centro = rejilla.centros[carril]
    lado = trazado.salidas_de(i)[ramal]
    final = nodo.ramales[ramal].final
    if final:
        ovalo = terminal(final, rejilla.caja)
        llega = _vecino(rejilla, carril, lado)
        linea = abs(llega - centro) - ovalo.ancho / 2 - _PUNTA
    else:
        pistas = [
            rejilla.pista(t.pasillo, t.pista)
            for t in trazado.tramos
            if (t.origen, t.ramal) == (i, ramal) and t.pasillo is not None
        ]
        linea = min(abs(x - centro) for x in pistas)
    pasillo = rejilla.pasillos[carril + (lado == DERECHA)][1]
    return min(linea, rejilla.celda / 2 + pasillo) - 5


def _en_renglones_enteros(texto: str, cabe: float) -> tuple[str, ...]:
    """En renglones sin partir palabras, aunque la más larga pase de lo que cabe."""
    return en_renglones(texto, LETRA, max(cabe, palabra_mas_ancha(texto, LETRA) + 0.1))


def _rotulo_de_esquina(rombo: Caja, desde_el_eje: float, texto: str, lado: str) -> Rotulo | None:
    """El rótulo sobre la línea que sale de la esquina; None si no cabe en ella."""
    cabe = desde_el_eje - rombo.ancho / 2
    if palabra_mas_ancha(texto, LETRA) > cabe:
        return None
    renglones = en_renglones(texto, LETRA, cabe)
    if len(renglones) > _RENGLONES_DE_ESQUINA:
        return None
    x = _orilla(rombo, lado) + (3 if lado == DERECHA else -3)
    y = rombo.y + rombo.alto / 2 - 2.5 - (len(renglones) - 1) * RENGLON
    return Rotulo(x, y, renglones, lado)


def _poner_diente(
    fila: Fila, rejilla: Rejilla, ramal: Ramal, cabe: float, cual: int, lado: str
) -> None:
    """Un ramal más abajo del rombo, como un diente de peine, con su rótulo encima."""
    centro = fila.pila[-1].centro
    renglones = _en_renglones_enteros(ramal.rotulo, cabe)
    alto = max(len(renglones) * RENGLON + 3, _alto_de_ovalo(ramal.final, rejilla) + 3)
    fila.tronco = fila.fondo = y = fila.tronco + alto
    fila.salidas[cual] = (centro, y)
    base = y - 2.5 - (len(renglones) - 1) * RENGLON
    fila.rotulos.append(Rotulo(centro + (3 if lado == DERECHA else -3), base, renglones, lado))


def _alto_de_ovalo(final: str | None, rejilla: Rejilla) -> float:
    return terminal(final, rejilla.caja).alto if final else 0.0


def _poner_ovalos(fila: Fila, rejilla: Rejilla, trazado: Trazado, nodo: Nodo, i: int) -> None:
    for (cual, ramal), lado in trazado.finales.items():
        if cual != i:
            continue
        ovalo = terminal(nodo.ramales[ramal].final or "", rejilla.caja)
        if lado == ABAJO:
            centro = fila.pila[0].centro
            puesto = ovalo.en(centro, fila.fondo + 2 * _ENTRE_PIEZAS)
            fila.lineas.append((((centro, fila.tronco), (centro, puesto.y)), True))
        else:
            sale = fila.salidas[ramal]
            puesto = ovalo.en(_vecino(rejilla, trazado.carriles[i], lado), sale[1] - ovalo.alto / 2)
            fila.lineas.append(((sale, (_orilla(puesto, _opuesto(lado)), sale[1])), True))
        fila.ovalos.append(puesto)


def _poner_inicio(fila: Fila, rejilla: Rejilla, carril: int) -> None:
    lado = lado_de_entrada(carril, len(rejilla.centros))
    ovalo = terminal("Inicio", rejilla.caja)
    puesto = ovalo.en(_vecino(rejilla, carril, lado), fila.entrada - ovalo.alto / 2)
    llega = (fila.lado(lado), fila.entrada)
    fila.lineas.append((((_orilla(puesto, _opuesto(lado)), fila.entrada), llega), True))
    fila.ovalos.append(puesto)


def _vecino(rejilla: Rejilla, carril: int, lado: str) -> float:
    """El eje donde cabe un óvalo de ese lado; con un solo carril, dentro de él."""
    signo = 1 if lado == DERECHA else -1
    if len(rejilla.centros) == 1:
        return rejilla.centros[0] + signo * (rejilla.caja / 2 + rejilla.celda / 2) / 2
    return rejilla.centros[carril + signo]


def _opuesto(lado: str) -> str:
    return IZQUIERDA if lado == DERECHA else DERECHA


def _orilla(caja: Caja, lado: str) -> float:
    return caja.x + (caja.ancho if lado == DERECHA else 0)
