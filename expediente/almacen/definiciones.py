"""Las definiciones de informes de la oficina."""

from pathlib import Path

from expediente.almacen.fichero_yaml import error_de_forma, leer_mapa
from expediente.almacen.oficina import claves_de
from expediente.nucleo.errores import NoExiste, sugerencia
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.informe import INFORME, Informe


def claves_de_informes(raiz: Path) -> list[str]:
    """Las claves de los informes definidos."""
    return claves_de(raiz, "informes")


def leer_informe(raiz: Path, clave: str) -> Informe:
    """La definición de un informe.

    Lanza NoExiste con el más parecido, o DatosInvalidos con fichero y renglón.
    """
    claves = claves_de_informes(raiz)
    if clave not in claves:
        parecido = sugerencia(clave, claves) or f" Hay: {', '.join(claves)}."
        raise NoExiste(f"No existe el informe «{clave}».{parecido}")
    ruta = raiz / "informes" / f"{clave}.yaml"
    mapa, escrito = leer_mapa(ruta)
    try:
        return INFORME(mapa, ())
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
