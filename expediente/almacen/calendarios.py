"""El fichero de días inhábiles de un año: quién lo firmó, y ponerlo sin pisar otro."""

from pathlib import Path

from expediente.almacen.disco import errores_de_disco, escribir_entero, hacer_carpeta
from expediente.almacen.fichero_yaml import leer_mapa
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente


def ruta_del_calendario(raiz: Path, anio: int) -> Path:
    """El fichero del calendario de ese año, exista o no."""
    return raiz / "inhabiles" / f"{anio}.yaml"


def quien_firmo(ruta: Path) -> str:
    """Quién firmó el calendario de ese fichero; «» si todavía nadie."""
    firmado = leer_mapa(ruta)[0].get("firmado")
    return str(firmado.get("por", "")) if isinstance(firmado, dict) else ""


def poner_calendario(ruta: Path, escrito: str) -> None:
    """Escribe un calendario donde no había ninguno, entero o nada.

    Lanza DatosInvalidos si el fichero ya existe: lo firmado no se pisa.
    """
    hacer_carpeta(ruta.parent)
    with errores_de_disco(ruta):
        try:
            ruta.touch(exist_ok=False)
        except FileExistsError:
            raise DatosInvalidos(
                f"{ruta}: ya existe y no se pisa. Corríjalo a mano, o guarde la propuesta en "
                "otro fichero con --salida."
            ) from None
    try:
        escribir_entero(ruta, escrito.encode())
    except ErrorExpediente:
        ruta.unlink(missing_ok=True)
        raise
