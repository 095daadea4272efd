"""Los cortes de la oficina: su definición, y cada lote en su carpeta.

    cortes/
    ├── atendidos.yaml                  la definición
    └── 2026/2026-11-22-01/             un lote: corte.yaml, relacion.docx, relacion.csv

Un lote se publica entero con el siguiente nombre libre de su día.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from expediente.almacen import registro
from expediente.almacen.definiciones import leer_definicion
from expediente.almacen.disco import escribir_entero, leer_bytes, publicar
from expediente.almacen.fichero_yaml import error_de_forma, mapa_de_texto
from expediente.almacen.oficina import claves_de
from expediente.almacen.texto_yaml import escribir
from expediente.nucleo.corte import Corte, leer_corte
from expediente.nucleo.errores import CasoCambio, NoExiste, sugerencia
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.lote import LOTE, Lote

CARPETA = "cortes"
FICHERO = "corte.yaml"
RELACION, RELACION_EN_CSV = "relacion.docx", "relacion.csv"
AVISO = "# Lo lleva el programa «expediente»: con esto se deshace y se concilia el corte.\n"
_LOTE = re.compile(r"\d{4}-\d{2}-\d{2}-\d{2,}")


def claves_de_cortes(raiz: Path) -> list[str]:
    """Las claves de los cortes definidos."""
    return claves_de(raiz, CARPETA)


def leer_corte_definido(raiz: Path, clave: str) -> Corte:
    """La definición de un corte. Lanza lo que `leer_definicion`."""
    return leer_definicion(raiz, CARPETA, "el corte", clave, leer_corte)


def publicar_lote(
    raiz: Path, dia: str, hacer: Callable[[str], tuple[Lote, dict[str, bytes]]]
) -> Path:
    """La carpeta del lote, publicada entera con el siguiente nombre libre de su día.

    `hacer` devuelve, para el nombre que se intenta, el lote y los demás ficheros.
    """
    padre = raiz / CARPETA / dia[:4]
    for turno in count(1):
        nombre = f"{dia}-{turno:02d}"
        if (padre / nombre).exists():
            continue
        lote, ficheros = hacer(nombre)
        crudo = _texto(lote).encode()
        propios = {FICHERO: crudo, f"{registro.REVISIONES}/000001/{FICHERO}": crudo}
        if publicar(padre, nombre, {**ficheros, **propios}):
            return padre / nombre
    raise AssertionError("siempre hay un nombre más")


def _texto(lote: Lote) -> str:
    return AVISO + escribir(lote.como_mapa())


def carpetas_de_lotes(raiz: Path) -> Iterator[Path]:
    """Las carpetas de los lotes que hay, del más viejo al más nuevo."""
    for anio in sorted((raiz / CARPETA).glob("[0-9][0-9][0-9][0-9]")):
        yield from sorted(c for c in anio.iterdir() if _LOTE.fullmatch(c.name))


def carpeta_del_lote(raiz: Path, escrito: str) -> Path:
    """La carpeta del lote que alguien nombró. Lanza NoExiste con el más parecido."""
    carpeta = raiz / CARPETA / escrito[:4] / escrito
    if _LOTE.fullmatch(escrito) and carpeta.is_dir():
        return carpeta
    hay = [c.name for c in carpetas_de_lotes(raiz)]
    parecido = sugerencia(escrito, hay) or " Mírelos con: expediente corte listar"
    raise NoExiste(f"No hay ese lote.{parecido}")


def leer_lote(carpeta: Path) -> tuple[Lote, int]:
    """El lote de esa carpeta y su revisión. Lanza DatosInvalidos con fichero y renglón."""
    lectura = registro.leer(carpeta, FICHERO)
    ruta = carpeta / FICHERO
    try:
        return LOTE(mapa_de_texto(lectura.texto, ruta), ()), lectura.revision
    except FormaInvalida as error:
        raise error_de_forma(error, lectura.texto, ruta) from None


def publicar_deshecho(carpeta: Path, lote: Lote, revision: int) -> None:
    """Publica el lote ya deshecho como la revisión siguiente a la que se leyó.

    Lanza CasoCambio si otra persona lo publicó primero.
    """
    if not registro.publicar_revision(carpeta, FICHERO, revision + 1, _texto(lote)):
        raise CasoCambio(f"El lote {lote.lote} cambió mientras tanto; repita la orden.")


def guardar_cruce(carpeta: Path, contenido: bytes) -> Path:
    """Guarda un cruce en la carpeta del lote sin pisar otro distinto."""
    for turno in count(1):
        ruta = carpeta / f"conciliacion-{turno:02d}.csv"
        if not ruta.exists():
            escribir_entero(ruta, contenido)
            return ruta
        if leer_bytes(ruta) == contenido:
            return ruta
    raise AssertionError("siempre hay un nombre más")
