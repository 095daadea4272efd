"""La revisión de una plantilla: todo lo que hay que corregirle, de una vez."""

from pathlib import Path

from expediente.documentos.defecto import Defecto, PlantillaMalEscrita
from expediente.documentos.plantilla import compilar


def defectos(ruta: Path) -> tuple[Defecto, ...]:
    """Devuelve todos los defectos de la plantilla, en orden; ninguno si puede usarse.

    Lanza NoExiste, SinPermiso o ErrorDisco si el fichero no puede leerse.
    """
    try:
        compilar(ruta)
    except PlantillaMalEscrita as mala:
        return mala.defectos
    return ()
