"""Los ficheros YAML de la oficina: leídos, con fichero y renglón en cada error."""

from pathlib import Path

from expediente.almacen.disco import leer_texto
from expediente.almacen.texto_yaml import YamlInvalido, cargar, renglon_de
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.forma import FormaInvalida, Ruta


def mapa_de_texto(escrito: str, ruta: Path) -> dict[str, object]:
    """El diccionario que dice un YAML de la oficina.

    Lanza DatosInvalidos con fichero y renglón.
    """
    try:
        mapa = cargar(escrito)
    except YamlInvalido as error:
        raise DatosInvalidos(f"{ruta}, renglón {error.renglon}: {error.mensaje}") from None
    if not isinstance(mapa, dict):
        raise DatosInvalidos(f"{ruta}, renglón 1: se esperaban renglones de «llave: valor».")
    return mapa


def leer_mapa(ruta: Path) -> tuple[dict[str, object], str]:
    """El diccionario de un fichero YAML de la oficina, y su texto."""
    escrito = leer_texto(ruta)
    return mapa_de_texto(escrito, ruta), escrito


def error_de_forma(error: FormaInvalida, escrito: str, ruta: Path) -> DatosInvalidos:
    """El error con el fichero y el renglón de lo que no tiene la forma esperada."""
    return error_en(error.ruta, error.mensaje, escrito, ruta)


def error_en(llaves: Ruta, mensaje: str, escrito: str, ruta: Path) -> DatosInvalidos:
    """Un error que nombra fichero y renglón de esa ruta de llaves."""
    return DatosInvalidos(f"{ruta}, renglón {renglon_de(escrito, llaves)}: {mensaje}")
