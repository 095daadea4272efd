"""Los cinco números del movimiento y su identidad, que todo informe imprime.

Liviano a propósito: lo carga también quien sólo repite cifras ya contadas.
"""

from collections.abc import Mapping
from decimal import Decimal

Cantidad = int | Decimal

NOMBRES_DEL_MOVIMIENTO = {
    "abiertos_inicio": "Abiertos al inicio",
    "recibidos": "Recibidos",
    "reabiertos": "Reabiertos",
    "concluidos": "Concluidos",
    "abiertos_final": "Abiertos al final",
}


def cuadra(totales: Mapping[str, Cantidad]) -> bool:
    """Si abiertos al inicio + recibidos + reabiertos − concluidos = abiertos al final."""
    entran = totales["abiertos_inicio"] + totales["recibidos"] + totales["reabiertos"]
    return entran - totales["concluidos"] == totales["abiertos_final"]


def movimiento_escrito(totales: Mapping[str, Cantidad]) -> str:
    """El movimiento con sus números, como se imprime al pie."""
    return (
        f"{totales['abiertos_inicio']} abiertos al inicio + {totales['recibidos']} recibidos + "
        f"{totales['reabiertos']} reabiertos − {totales['concluidos']} concluidos = "
        f"{totales['abiertos_final']} abiertos al final"
        + ("" if cuadra(totales) else " — NO CUADRA: revise los expedientes antes de entregarlo")
    )
