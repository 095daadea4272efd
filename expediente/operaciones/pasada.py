"""Una sola pasada por los hechos de la oficina, para cuantas cuentas haga falta."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from expediente.almacen.guardado import NoContado
from expediente.nucleo.tramos import Tramo
from expediente.operaciones.fuente import tramos_de_la_oficina
from expediente.operaciones.ventanilla import Ventanilla


class Contador(Protocol):
    """Lo que se cuenta tramo por tramo: un informe en un periodo, un indicador, un tablero.

    De `desde` a `hasta` van los días cuyos tramos pide, de esos procedimientos; los demás
    puede recibirlos y los pasa por alto.
    """

    @property
    def procedimientos(self) -> Collection[str]:
        """De qué procedimientos pide tramos."""

    @property
    def desde(self) -> date:
        """El primer día que le importa."""

    @property
    def hasta(self) -> date:
        """El último día que le importa."""

    @property
    def cerrados_desde(self) -> date:
        """De lo que ya cerró, sólo le importa si cerró, o algo suyo lleva fecha, desde ese día."""

    def agregar(self, tramo: Tramo) -> None:
        """Cuenta lo que ese tramo aporta."""


def recorrer(
    v: Ventanilla,
    contadores: Sequence[Contador],
    al: datetime,
    al_leer: Callable[[Tramo], None] = lambda tramo: None,
) -> tuple[NoContado, ...]:
    """Le da a cada contador sus tramos, conocidos al momento `al`; devuelve lo ilegible.

    `al_leer` se llama con cada tramo que se lee, para contar cuánto se lleva.
    """
    if not contadores:
        return ()
    suyos: defaultdict[str, list[Contador]] = defaultdict(list)
    for contador in contadores:
        for clave in contador.procedimientos:
            suyos[clave].append(contador)
    desde, hasta = min(c.desde for c in contadores), max(c.hasta for c in contadores)
    cerrados_desde = min(c.cerrados_desde for c in contadores)
    fuente = tramos_de_la_oficina(v, suyos.keys(), desde, hasta, al, cerrados_desde)
    for tramo in fuente.tramos:
        al_leer(tramo)
        hasta_cuando = tramo.hasta or date.max
        for contador in suyos[tramo.procedimiento]:
            if contador.desde <= hasta_cuando and tramo.desde <= contador.hasta:
                contador.agregar(tramo)
    return tuple(fuente.problemas)
