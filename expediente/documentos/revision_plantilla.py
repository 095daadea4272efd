"""La revisión de una plantilla: todo lo que hay que corregirle, de una vez."""

from pathlib import Path

from expediente.documentos.defecto import Defecto, Pedido, PlantillaMalEscrita
from expediente.documentos.plantilla import compilar


def defectos(ruta: Path) -> tuple[Defecto, ...]:
    """Devuelve todos los defectos de la plantilla, en orden; ninguno si puede usarse.

    Lanza NoExiste, SinPermiso o ErrorDisco si el fichero no puede leerse.
    """
    return defectos_y_pedidos(ruta)[0]


def defectos_y_pedidos(ruta: Path) -> tuple[tuple[Defecto, ...], tuple[Pedido, ...]]:
    """Los defectos, y los datos que piden las etiquetas que sí se entienden.

    Lanza lo que `defectos`.
    """
    try:
        return (), compilar(ruta).pedidos()
    except PlantillaMalEscrita as mala:
        return mala.defectos, mala.pedidos
