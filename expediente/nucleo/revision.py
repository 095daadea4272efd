"""Lo que se revisa de un caso ya leído: cada revisión es una función de una tupla."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from expediente.nucleo.aviso_de_abierto import es_aviso_de_abierto
from expediente.nucleo.caso import Caso
from expediente.nucleo.estado import CANCELADO, RESERVADO, Estado


@dataclass(frozen=True)
class Problema:
    """Un hallazgo de `revisar`: en qué expediente o fichero, y qué está mal."""

    folio: str
    mensaje: str


@dataclass(frozen=True)
class Hallado:
    """Lo que hay de un caso en el disco, para compararlo con lo que debería haber.

    `encabezado` es el recalculado; `sumas`, las de los ficheros que existen en su carpeta;
    `abiertos`, los que alguien tiene abiertos, y quién.
    """

    caso: Caso
    estado: Estado
    encabezado: Mapping[str, object]
    sumas: Mapping[str, str]
    nombres: tuple[str, ...]
    abiertos: tuple[str, ...] = ()


def problemas_del_caso(hallado: Hallado) -> list[Problema]:
    """Todos los problemas del caso; vacío si está sano."""
    folio = hallado.caso.folio
    return [Problema(folio, dicho) for revisar in _REVISIONES for dicho in revisar(hallado)]


def _encabezado_al_dia(hallado: Hallado) -> Iterator[str]:
    escrito = hallado.caso.encabezado
    for llave in sorted({*escrito, *hallado.encabezado}):
        if escrito.get(llave) != hallado.encabezado.get(llave):
            yield f"su «{llave}» no es lo que resulta de sus actuaciones."


def _ficheros_asentados(hallado: Hallado) -> Iterator[str]:
    de_documentos = [
        (d.fichero, d.sha256)
        for d in hallado.estado.documentos
        if d.fichero and d.estado not in (RESERVADO, CANCELADO)
    ]
    de_anexos = [(a["fichero"], a["sha256"]) for a in hallado.estado.anexos]
    for fichero, suma in (*de_documentos, *de_anexos):
        if fichero not in hallado.sumas:
            yield f"falta su fichero {fichero}; recupérelo del respaldo."
        elif hallado.sumas[fichero] != suma:
            yield f"su fichero {fichero} cambió después de asentarse."


def _copias_en_conflicto(hallado: Hallado) -> Iterator[str]:
    for nombre in hallado.nombres:
        bajo = nombre.lower()
        de_nube = "conflict" in bajo or "en conflicto" in bajo
        if de_nube or (bajo.startswith("expediente") and bajo != "expediente.yaml"):
            yield f"hay una copia en conflicto, {nombre}; compárela y apártela."
        if es_aviso_de_abierto(nombre):
            yield "alguien tiene abierto un fichero de su carpeta."


def _abiertos(hallado: Hallado) -> Iterator[str]:
    for dicho in hallado.abiertos:
        yield f"{dicho}; si ya no lo usa nadie, borre el fichero «~$» o «.~lock» que quedó al lado."


def _efectos_cumplidos(hallado: Hallado) -> Iterator[str]:
    if hallado.estado.tiene_efectos_pendientes:
        yield (
            "un paso dejó documentos por cumplir; termínelos con: expediente oficio emitir "
            f"{hallado.caso.folio}"
        )
    if hallado.estado.por_abrir:
        yield "un paso dejó un caso por abrir; ábralo con: expediente revisar --reparar"


_REVISIONES: tuple[Callable[[Hallado], Iterator[str]], ...] = (
    _encabezado_al_dia,
    _ficheros_asentados,
    _copias_en_conflicto,
    _abiertos,
    _efectos_cumplidos,
)
