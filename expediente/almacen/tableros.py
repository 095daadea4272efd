"""La definición del tablero: la de la oficina o, si no la tiene, la de fábrica."""

from pathlib import Path

from expediente.almacen.fabrica import carpeta_de_fabrica
from expediente.almacen.fichero_yaml import error_de_forma, leer_mapa
from expediente.nucleo.definicion_de_tablero import TABLERO, DefinicionDeTablero
from expediente.nucleo.forma import FormaInvalida

FICHERO = "tableros/general.yaml"


def leer_tablero(raiz: Path) -> DefinicionDeTablero:
    """Qué lleva el tablero. Lanza DatosInvalidos con fichero y renglón."""
    propio = raiz / FICHERO
    ruta = propio if propio.is_file() else carpeta_de_fabrica() / "datos" / FICHERO
    mapa, escrito = leer_mapa(ruta)
    try:
        return TABLERO(mapa, ())
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
