"""Las cifras de un informe, en la pantalla o como JSON; liviano: también va por el camino corto."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from expediente.cli.pantalla import avisar, decir, tabla, titulo
from expediente.nucleo.movimiento import Cantidad, cuadra, movimiento_escrito
from expediente.nucleo.periodo import Periodo

Cuentas = Mapping[str, Cantidad]


class Vista(NamedTuple):
    """Lo que se enseña de un informe contado.

    `nombres` y `nombres_de_grupos` dicen cómo se lee cada clave.
    """

    clave: str
    nombre: str
    periodo: Periodo
    al: datetime
    totales: Cuentas
    nombres: Mapping[str, str]
    grupos: Mapping[str, Cuentas]
    nombres_de_grupos: Mapping[str, str]
    problemas: Sequence[str] = ()


def vista_json(vista: Vista) -> dict[str, Any]:
    """Las cifras con las llaves del contrato."""
    return {
        "informe": vista.clave,
        "periodo": vista.periodo.como_mapa(),
        "al": vista.al.isoformat(timespec="seconds"),
        "incompleto": vista.periodo.incompleto(vista.al),
        "totales": _numeros(vista.totales),
        "cuadra": cuadra(vista.totales),
        "grupos": {clave: _numeros(grupo) for clave, grupo in vista.grupos.items()},
        "problemas": list(vista.problemas),
    }


def ensenar_cifras(vista: Vista, con_grupos: bool = False) -> None:
    """La tabla de cifras y su identidad; con `con_grupos`, también los desgloses."""
    titulo(f"{vista.nombre}. {vista.periodo.rotulo_al(vista.al)}")
    filas = [[vista.nombres[clave], f"{n:,}"] for clave, n in vista.totales.items()]
    tabla(["Cifra", "Cuántos"], filas)
    if con_grupos:
        for clave, grupo in vista.grupos.items():
            if grupo:
                decir()
                tabla([vista.nombres_de_grupos[clave], "Cuántos"], _renglones(grupo))
    decir(movimiento_escrito(vista.totales))
    for problema in vista.problemas:
        avisar(problema)


def _renglones(grupo: Cuentas) -> list[list[str]]:
    return [[valor, f"{n:,}"] for valor, n in grupo.items()]


def _numeros(cuentas: Cuentas) -> dict[str, int | float]:
    """Las cuentas como números de JSON, que no conoce los montos exactos."""
    return {clave: float(n) if isinstance(n, Decimal) else n for clave, n in cuentas.items()}
