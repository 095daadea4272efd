"""El libro de oficios: qué números tiene, filtrados, y cómo se lee lo que dicen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from expediente.almacen.libro import Asiento, asientos
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.estado import CANCELADO, EMITIDO, ENTREGADO, RESERVADO
from expediente.nucleo.fecha import fecha_corta
from expediente.operaciones.ventanilla import Ventanilla

ESTADOS = (RESERVADO, EMITIDO, ENTREGADO, CANCELADO)


@dataclass(frozen=True)
class FiltroDelLibro:
    """Qué números interesan; None no filtra. `desde` y `hasta` son fechas del oficio."""

    libro: str | None = None
    anio: int | None = None
    estado: str | None = None
    desde: date | None = None
    hasta: date | None = None

    @property
    def parcial(self) -> bool:
        """Si deja fuera números de un libro y año: entonces no dice cuáles faltan."""
        return any(pedido is not None for pedido in (self.estado, self.desde, self.hasta))

    @property
    def apellido(self) -> str:
        """Lo que distingue el fichero de lo filtrado del libro entero; «» si es éste."""
        desde = f"desde-{self.desde}" if self.desde else None
        hasta = f"hasta-{self.hasta}" if self.hasta else None
        return "".join(f"-{dicho}" for dicho in (self.estado, desde, hasta) if dicho)

    def admite(self, asiento: Asiento) -> bool:
        """Si el asiento cumple todo lo que se pidió; sin fecha no está en ningún periodo."""
        fecha = asiento.dice.get("fecha", "")
        return (
            self.estado in (None, asiento.dice["estado"])
            and (self.desde is None or fecha >= self.desde.isoformat())
            and (self.hasta is None or "" < fecha <= self.hasta.isoformat())
        )


def asientos_del_libro(v: Ventanilla, filtro: FiltroDelLibro) -> list[Asiento]:
    """Los asientos que el filtro admite, por libro, año y número.

    Lanza NoExiste si no hay tal libro y ErrorUso si no hay tal estado.
    """
    if filtro.libro is not None:
        v.oficina.libro(filtro.libro)
    if filtro.estado not in (None, *ESTADOS):
        raise ErrorUso(f"Los estados son: {', '.join(ESTADOS)}.")
    return [a for a in asientos(v.raiz, filtro.libro, filtro.anio) if filtro.admite(a)]


def fecha_del(asiento: Asiento) -> str:
    """La fecha del oficio, como se escribe en una tabla: «20/11/2026»; «» si no consta."""
    fecha = asiento.dice.get("fecha")
    return fecha_corta(date.fromisoformat(fecha)) if fecha else ""


def acuse_de(asiento: Asiento) -> str:
    """Cuándo se entregó, como se escribe en una tabla: «20/11/2026 13:10»; «» si no consta."""
    escrito = asiento.dice.get("entregado")
    return f"{datetime.fromisoformat(escrito):%d/%m/%Y %H:%M}" if escrito else ""


def tramos_de(consecutivos: Sequence[int]) -> list[tuple[int, int]]:
    """El primero y el último de cada tramo seguido de unos consecutivos en orden."""
    hallados: list[tuple[int, int]] = []
    for numero in consecutivos:
        if hallados and numero == hallados[-1][1] + 1:
            hallados[-1] = (hallados[-1][0], numero)
        else:
            hallados.append((numero, numero))
    return hallados


def tramos(consecutivos: Sequence[int]) -> str:
    """Unos consecutivos en orden, como se leen: «0004 a 0007, 0012»; «» si no hay ninguno."""
    return ", ".join(
        f"{primero:04d} a {ultimo:04d}" if ultimo > primero else f"{primero:04d}"
        for primero, ultimo in tramos_de(consecutivos)
    )
