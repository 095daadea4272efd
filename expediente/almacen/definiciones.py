"""Lo que la oficina define para informar: informes, indicadores y las tablas de sus manuales."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from expediente.almacen.disco import leer_bytes
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


class Definida(Protocol):
    """Lo que la oficina define en un fichero con el nombre de su clave."""

    @property
    def clave(self) -> str:
        """Cómo se le nombra."""


D = TypeVar("D", bound=Definida)


def leer_definicion(
    raiz: Path,
    carpeta: str,
    que: str,
    clave: str,
    lee: Callable[[Mapping[str, object]], D],
    si_no_hay: str = "",
) -> D:
    """La definición `clave` de esa carpeta de la oficina; `que` es cómo se la llama.

    Lanza NoExiste con la más parecida, o `si_no_hay` ninguna; DatosInvalidos con fichero y
    renglón.
    """
    claves = claves_de(raiz, carpeta)
    if clave not in claves:
        hay = f" Hay: {', '.join(claves)}." if claves else si_no_hay
        raise NoExiste(f"No existe {que} «{clave}».{sugerencia(clave, claves) or hay}")
    ruta = raiz / carpeta / f"{clave}.yaml"
    mapa, escrito = leer_mapa(ruta)
    try:
        definida = lee(mapa)
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
    if definida.clave != clave:
        raise DatosInvalidos(f"{ruta}: la clave debe ser «{clave}», como el nombre del fichero.")
    return definida


def las_que_escriben(
    raiz: Path, carpeta: str, claves: Sequence[str], nombre: str | None
) -> list[str]:
    """De esas definiciones, las que escriben ese nombre en su fichero; sin nombre, todas."""
    if nombre is None:
        return list(claves)
    buscado = nombre.encode()
    return [c for c in claves if buscado in leer_bytes(raiz / carpeta / f"{c}.yaml")]


def claves_de_informes(raiz: Path) -> list[str]:
    """Las claves de los informes definidos."""
    return claves_de(raiz, "informes")


def leer_informe(raiz: Path, clave: str) -> Informe:
    """La definición de un informe. Lanza lo que `leer_definicion`."""
    return leer_definicion(raiz, "informes", "el informe", clave, lambda m: INFORME(m, ()))


def claves_de_indicadores(raiz: Path) -> list[str]:
    """Las claves de los indicadores definidos; vacío en una oficina que aún no tiene."""
    return claves_de(raiz, "indicadores")


def leer_indicador(raiz: Path, clave: str) -> Indicador:
    """La definición de un indicador. Lanza lo que `leer_definicion`."""
    return leer_definicion(
        raiz,
        "indicadores",
        "el indicador",
        clave,
        lambda m: INDICADOR(m, ()),
        SIN_INDICADORES,
    )


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
