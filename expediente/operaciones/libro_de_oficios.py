"""El libro de oficios: qué números tiene, filtrados, y cómo se lee lo que dicen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from expediente.almacen.libro import Asiento, asientos
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.estado import CANCELADO, EMITIDO, ENTREGADO, RESERVADO
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


def acuse_de(asiento: Asiento) -> str:
    """Cuándo se entregó, como se escribe en una tabla: «20/11/2026 13:10»; «» si no consta."""
    escrito = asiento.dice.get("entregado")
    return f"{datetime.fromisoformat(escrito):%d/%m/%Y %H:%M}" if escrito else ""


def tramos(consecutivos: Sequence[int]) -> str:
    """Unos consecutivos en orden, como se leen: «0004 a 0007, 0012»; «» si no hay ninguno."""
    dichos: list[list[int]] = []
    for numero in consecutivos:
        if dichos and numero == dichos[-1][-1] + 1:
            dichos[-1] = [dichos[-1][0], numero]
        else:
            dichos.append([numero])
    return ", ".join(" a ".join(f"{extremo:04d}" for extremo in tramo) for tramo in dichos)
