"""Por qué lado sale y por qué pasillo corre cada flecha de un diagrama de flujo.

Cada paso tiene su renglón y su carril; al lado de su renglón no hay otro. Así, la flecha
al paso siguiente baja derecha y las demás salen de lado, corren por un pasillo entre
carriles y entran de lado: ninguna pasa sobre una caja. Los regresos van por fuera. Aquí
no hay medidas, que son de `diagrama`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from expediente.nucleo.flujo import Nodo

ABAJO, IZQUIERDA, DERECHA = "abajo", "izquierda", "derecha"


@dataclass(frozen=True)
class Tramo:
    """Una flecha de un nodo a otro, por su lugar en el manual.

    `pasillo` es el hueco a la izquierda del carril de ese número (el último, el de fuera a
    la derecha), None si baja derecha; `pista`, su lugar dentro de él.
    """

    origen: int
    ramal: int
    destino: int
    lado: str
    pasillo: int | None = None
    pista: int = 0

    @property
    def regreso(self) -> bool:
        """Si vuelve a un paso anterior, o al mismo."""
        return self.destino <= self.origen


@dataclass(frozen=True)
class Trazado:
    """El acomodo sin medidas: roles por carril, carril de cada nodo, flechas y finales.

    `finales` dice de qué lado de su nodo queda cada óvalo: {(nodo, ramal): lado}. `pistas`,
    cuántas corren por cada pasillo.
    """

    roles: tuple[str, ...]
    carriles: tuple[int, ...]
    tramos: tuple[Tramo, ...]
    finales: dict[tuple[int, int], str]
    pistas: tuple[int, ...]

    def salidas_de(self, nodo: int) -> dict[int, str]:
        """Los ramales de un nodo que salen de lado, con su lado, en su orden."""
        lados = {t.ramal: t.lado for t in self.tramos if t.origen == nodo and t.lado != ABAJO}
        lados |= {r: lado for (n, r), lado in self.finales.items() if n == nodo and lado != ABAJO}
        return dict(sorted(lados.items()))

    def ramal_de_abajo(self, nodo: int) -> int | None:
        """El ramal que sigue derecho hacia abajo; None si ninguno."""
        abajo = [t.ramal for t in self.tramos if t.origen == nodo and t.lado == ABAJO]
        abajo += [r for (n, r), lado in self.finales.items() if n == nodo and lado == ABAJO]
        return abajo[0] if abajo else None


def trazar(nodos: Sequence[Nodo]) -> Trazado:
    """El acomodo de un diagrama: lados, pasillos y pistas de todas sus flechas."""
    roles = tuple(dict.fromkeys(nodo.rol for nodo in nodos))
    carriles = tuple(roles.index(nodo.rol) for nodo in nodos)
    sueltos = list(_tramos(nodos, carriles, len(roles)))
    tramos, pistas = _repartir_pistas(sueltos, len(roles) + 1)
    return Trazado(roles, carriles, tramos, _finales(nodos, carriles, len(roles)), pistas)


def _tramos(nodos: Sequence[Nodo], carriles: Sequence[int], cuantos: int) -> Iterator[Tramo]:
    lugar = {nodo.clave: i for i, nodo in enumerate(nodos)}
    for i, nodo in enumerate(nodos):
        directo = _ramal_directo(nodos, i)
        vueltas: set[str] = set()
        for cual, ramal in enumerate(nodo.ramales):
            for clave in ramal.destinos:
                destino = lugar[clave]
                if cual == directo and destino == i + 1:
                    yield Tramo(i, cual, destino, ABAJO)
                else:
                    lado, pasillo = _rodeo(carriles, i, destino, cuantos, vueltas)
                    yield Tramo(i, cual, destino, lado, pasillo)


def _ramal_directo(nodos: Sequence[Nodo], i: int) -> int | None:
    """El primer ramal que lleva al nodo siguiente, o al final si es el último nodo."""
    ramales = nodos[i].ramales
    if i + 1 == len(nodos):
        return next((cual for cual, ramal in enumerate(ramales) if ramal.final), None)
    siguiente = nodos[i + 1].clave
    return next((cual for cual, ramal in enumerate(ramales) if siguiente in ramal.destinos), None)


def _rodeo(
    carriles: Sequence[int], origen: int, destino: int, cuantos: int, vueltas: set[str]
) -> tuple[str, int]:
    """El lado y el pasillo de una flecha que no baja derecha.

    Un segundo regreso del mismo nodo sale por el lado que no está en `vueltas`.
    """
    desde, hasta = carriles[origen], carriles[destino]
    if destino <= origen:
        cerca, lejos = IZQUIERDA, DERECHA
        if desde + hasta >= cuantos - 1 and cuantos > 1:
            cerca, lejos = DERECHA, IZQUIERDA
        lado = lejos if cerca in vueltas else cerca
        vueltas.add(lado)
        return lado, 0 if lado == IZQUIERDA else cuantos
    if hasta > desde:
        return DERECHA, hasta
    if hasta < desde:
        return IZQUIERDA, hasta + 1
    return (IZQUIERDA, desde) if desde and desde + 1 == cuantos else (DERECHA, desde + 1)


def _finales(
    nodos: Sequence[Nodo], carriles: Sequence[int], cuantos: int
) -> dict[tuple[int, int], str]:
    """De qué lado va cada óvalo de fin: donde haya un carril vecino que lo reciba."""
    finales = {}
    for i, nodo in enumerate(nodos):
        libres = _lados_libres(carriles[i], cuantos)
        cierran = [cual for cual, ramal in enumerate(nodo.ramales) if ramal.final]
        turno = count()
        for cual in cierran:
            ultimo = i + 1 == len(nodos) and cual == _ramal_directo(nodos, i)
            finales[i, cual] = ABAJO if ultimo else libres[next(turno) % len(libres)]
    return finales


def _lados_libres(carril: int, cuantos: int) -> list[str]:
    """Los lados de un carril donde cabe un óvalo; con un solo carril, los dos."""
    lados = [DERECHA] if carril + 1 < cuantos or cuantos == 1 else []
    return lados + ([IZQUIERDA] if carril or cuantos == 1 else [])


def lado_de_entrada(carril: int, cuantos: int) -> str:
    """De qué lado de su nodo va el óvalo de inicio que no cabe arriba."""
    return _lados_libres(carril, cuantos)[-1]


def _repartir_pistas(
    tramos: list[Tramo], pasillos: int
) -> tuple[tuple[Tramo, ...], tuple[int, ...]]:
    """Da pista a cada flecha: las que van al mismo nodo comparten; las demás no se tocan."""
    grupos: dict[tuple[int, int], list[int]] = {}
    for t in tramos:
        if t.pasillo is not None:
            grupos.setdefault((t.pasillo, t.destino), []).extend((t.origen, t.destino))
    ocupado: dict[tuple[int, int], list[tuple[int, int]]] = {}
    pista: dict[tuple[int, int], int] = {}
    # Las cortas primero, que así quedan por dentro de las largas.
    for grupo, filas in sorted(grupos.items(), key=lambda g: (max(g[1]) - min(g[1]), g[0])):
        desde, hasta = min(filas), max(filas)
        for cual in count():
            otros = ocupado.setdefault((grupo[0], cual), [])
            if all(hasta < a or b < desde for a, b in otros):
                otros.append((desde, hasta))
                pista[grupo] = cual
                break
    cuantas = [
        max((n + 1 for (x, _), n in pista.items() if x == k), default=0) for k in range(pasillos)
    ]
    puestos = tuple(
        t if t.pasillo is None else replace(t, pista=pista[t.pasillo, t.destino]) for t in tramos
    )
    return puestos, tuple(cuantas)
