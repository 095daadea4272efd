"""Lo que la oficina define para informar: informes, indicadores y las tablas de sus manuales."""

from pathlib import Path

from expediente.almacen.fichero_yaml import error_de_forma, leer_mapa
from expediente.almacen.oficina import claves_de
from expediente.nucleo.cobertura import ManualTranscrito, leer_manual_transcrito
from expediente.nucleo.errores import DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.indicador import Indicador
from expediente.nucleo.informe import INFORME, Informe
from expediente.nucleo.lectura_indicador import INDICADOR

SIN_INDICADORES = (
    " Esta oficina no tiene la carpeta indicadores/: inicie otra con «expediente iniciar CARPETA» "
    "y copie de ella esa carpeta."
)


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


def claves_de_indicadores(raiz: Path) -> list[str]:
    """Las claves de los indicadores definidos; vacío en una oficina que aún no tiene."""
    return claves_de(raiz, "indicadores")


def leer_indicador(raiz: Path, clave: str) -> Indicador:
    """La definición de un indicador.

    Lanza NoExiste con el más parecido, o DatosInvalidos con fichero y renglón.
    """
    claves = claves_de_indicadores(raiz)
    if clave not in claves:
        parecido = sugerencia(clave, claves) or f" Hay: {', '.join(claves)}."
        raise NoExiste(
            f"No existe el indicador «{clave}».{parecido if claves else SIN_INDICADORES}"
        )
    ruta = raiz / "indicadores" / f"{clave}.yaml"
    mapa, escrito = leer_mapa(ruta)
    try:
        indicador = INDICADOR(mapa, ())
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
    if indicador.clave != clave:
        raise DatosInvalidos(f"{ruta}: la clave debe ser «{clave}», como el nombre del fichero.")
    return indicador


def claves_de_manuales(raiz: Path) -> list[str]:
    """Las claves de los manuales transcritos, como las citan los procedimientos."""
    return [clave.upper() for clave in claves_de(raiz, "manuales")]


def leer_manual(raiz: Path, clave: str) -> ManualTranscrito:
    """La tabla de actividades de un manual; su fichero es la clave en minúsculas.

    Lanza NoExiste con el más parecido, o DatosInvalidos con fichero y renglón.
    """
    claves = claves_de_manuales(raiz)
    if clave.upper() not in claves:
        parecido = sugerencia(clave.upper(), claves) or f" Hay: {', '.join(claves) or 'ninguno'}."
        raise NoExiste(f"No está la tabla del manual «{clave}».{parecido}")
    ruta = raiz / "manuales" / f"{clave.lower()}.yaml"
    mapa, escrito = leer_mapa(ruta)
    try:
        return leer_manual_transcrito(mapa)
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
