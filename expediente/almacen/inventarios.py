"""Los ficheros de existencias/: cuánto tiene la oficina para dar o prestar."""

from pathlib import Path

from expediente.almacen.fichero_yaml import error_de_forma, leer_mapa
from expediente.almacen.oficina import claves_de
from expediente.nucleo.errores import DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.inventario import EXISTENCIA, Existencia

CARPETA = "existencias"


def leer_existencia(raiz: Path, clave: str) -> Existencia:
    """La existencia de esa clave.

    Lanza NoExiste con la más parecida, o DatosInvalidos con fichero y renglón.
    """
    claves = claves_de(raiz, CARPETA)
    if clave not in claves:
        hay = f" Hay: {', '.join(claves)}." if claves else f" La carpeta {CARPETA} está vacía."
        raise NoExiste(f"No existe la existencia «{clave}».{sugerencia(clave, claves) or hay}")
    ruta = raiz / CARPETA / f"{clave}.yaml"
    mapa, escrito = leer_mapa(ruta)
    try:
        existencia = EXISTENCIA(mapa, ())
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
    if existencia.clave != clave:
        raise DatosInvalidos(f"{ruta}: la clave debe ser «{clave}», como el nombre del fichero.")
    return existencia
