"""Las tiradas: su definición, y lo que se imprimió de cada una en cada mes.

    tiradas/resguardos.yaml                                   la definición
    informes/2026/12/tiradas/resguardos/000001/               lo impreso, entero o nada
        ├── tirada.yaml
        └── resguardos-2026-12.docx

Tomar la carpeta 000001 es imprimir el mes: dos a la vez no lo imprimen dos veces.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from expediente.almacen.definiciones import leer_definicion
from expediente.almacen.disco import leer_texto, publicar
from expediente.almacen.fichero_yaml import error_de_forma, mapa_de_texto
from expediente.almacen.oficina import claves_de
from expediente.almacen.texto_yaml import escribir
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.periodo import Periodo
from expediente.nucleo.tirada import IMPRESA, TIRADA, Impresa, Tirada

CARPETA = "tiradas"
FICHERO = "tirada.yaml"
AVISO = "# Lo lleva el programa «expediente»: qué se imprimió, cuándo y quién.\n"


def claves_de_tiradas(raiz: Path) -> list[str]:
    """Las claves de las tiradas definidas."""
    return claves_de(raiz, CARPETA)


def leer_tirada(raiz: Path, clave: str) -> Tirada:
    """La definición de una tirada. Lanza lo que `leer_definicion`."""
    return leer_definicion(raiz, CARPETA, "la tirada", clave, lambda m: TIRADA(m, ()))


def carpeta_de_la_tirada(raiz: Path, clave: str, mes: Periodo) -> Path:
    """Donde están las de ese mes."""
    return raiz / "informes" / mes.carpeta / CARPETA / clave


def impresas(carpeta: Path) -> list[tuple[Path, Impresa]]:
    """Lo ya impreso en esa carpeta, en su orden: (carpeta, lo que dice)."""
    numeros = sorted(c for c in carpeta.glob("[0-9]*") if c.name.isdigit())
    return [(c, _leer(c / FICHERO)) for c in numeros]


def _leer(ruta: Path) -> Impresa:
    escrito = leer_texto(ruta)
    try:
        return IMPRESA(mapa_de_texto(escrito, ruta), ())
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None


def publicar_impresa(carpeta: Path, impresa: Impresa, contenido: bytes) -> Path | None:
    """La carpeta de lo impreso, publicada entera; None si otra persona lo imprimió primero."""
    nombre = f"{impresa.numero:06d}"
    ficheros = {
        impresa.fichero: contenido,
        FICHERO: (AVISO + escribir(impresa.como_mapa())).encode(),
    }
    return carpeta / nombre if publicar(carpeta, nombre, ficheros) else None


def todas_las_impresas(
    raiz: Path, al_fallar: Callable[[str, DatosInvalidos], None]
) -> Iterator[tuple[Path, Impresa]]:
    """Lo impreso en toda la oficina, por mes; lo que no se entiende va a `al_fallar`."""
    for carpeta in sorted((raiz / "informes").glob(f"[0-9]*/[0-9]*/{CARPETA}/*")):
        try:
            yield from impresas(carpeta)
        except DatosInvalidos as error:
            al_fallar(carpeta.relative_to(raiz).as_posix(), error)
