"""De dónde salen los tramos que cuentan informes e indicadores: del índice o de los ficheros."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from expediente.almacen import carpetas
from expediente.almacen.guardado import NoContado
from expediente.almacen.indice import SinIndice, sin_estorbar
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.tramos import Tramo
from expediente.operaciones.asunto import leer_para_contar
from expediente.operaciones.fichas import sin_ruta, tramos_del, ultimo_dia
from expediente.operaciones.indice_al_dia import indice_al_dia
from expediente.operaciones.procedimientos import prefijos_ajenos
from expediente.operaciones.tramos_del_indice import elegidos, tramos_de_los_casos
from expediente.operaciones.ventanilla import Ventanilla


@dataclass
class Fuente:
    """Tramos que se recorren una vez, y lo que no se pudo leer, que se sabe al terminar.

    Un expediente ilegible no se cuenta ni se calla: `problemas` lo nombra.
    """

    tramos: Iterator[Tramo]
    problemas: list[NoContado] = field(default_factory=list)


def tramos_de_la_oficina(
    v: Ventanilla,
    procedimientos: Collection[str],
    desde: date,
    hasta: date,
    al: datetime,
    cerrados_desde: date = date.min,
) -> Fuente:
    """Los tramos de esos procedimientos que cuentan entre `desde` y `hasta`, sabidos al `al`.

    Son los que cubren la víspera, o empiezan en esos días o antes sin haber terminado. De
    los casos que ya cerraron, sólo si cerraron, o algo suyo lleva fecha, desde
    `cerrados_desde`: quien no mira lo cerrado hace años no tiene que leerlo. Salen del
    índice; si no se puede usar, de los ficheros, que dan los mismos.
    """
    try:
        fuente = _del_indice(v, procedimientos, min(desde, cerrados_desde), hasta, al)
    except SinIndice:
        fuente = tramos_leidos(v, procedimientos, al)
    fuente.tramos = (
        t for t in fuente.tramos if t.desde <= hasta and _llega(t, desde, cerrados_desde)
    )
    return fuente


def _llega(tramo: Tramo, desde: date, cerrados_desde: date) -> bool:
    if tramo.hasta is not None and tramo.hasta < desde:
        return False
    return tramo.abierto or (ultimo_dia(tramo) or date.max) >= cerrados_desde


def _del_indice(
    v: Ventanilla, procedimientos: Collection[str], desde: date, hasta: date, al: datetime
) -> Fuente:
    # Para un informe se recorre siempre la carpeta: nadie firma lo que quizá cambió.
    indice = indice_al_dia(v, completo=True)
    with sin_estorbar(v.raiz):
        casos, problemas = elegidos(indice, procedimientos, desde, hasta, al)
    return Fuente(tramos_de_los_casos(v, indice, casos, al, problemas), problemas)


def tramos_leidos(v: Ventanilla, procedimientos: Collection[str], al: datetime) -> Fuente:
    """Los tramos de cada expediente, leyendo todos los ficheros.

    Es lo que vale: cualquier otra manera de saberlos debe dar lo mismo.
    """
    problemas: list[NoContado] = []
    return Fuente(_leer(v, procedimientos, al, problemas), problemas)


def que_podrian_ser(
    v: Ventanilla, ilegibles: Iterable[NoContado], procedimientos: Collection[str]
) -> list[NoContado]:
    """De lo que no se contó, lo que por su folio podría ser de esos procedimientos."""
    dichos = list(ilegibles)
    if not dichos:
        return dichos  # sin leer ningún procedimiento: casi siempre todo se entiende
    ajenos = prefijos_ajenos(v, procedimientos)
    return [dicho for dicho in dichos if dicho.folio.partition("-")[0] not in ajenos]


def _leer(
    v: Ventanilla, procedimientos: Collection[str], al: datetime, problemas: list[NoContado]
) -> Iterator[Tramo]:
    for folio in carpetas.folios(v.raiz):
        try:
            caso = leer_para_contar(carpetas.carpeta_de(v.raiz, folio)).caso
            if caso.procedimiento in procedimientos:
                yield from tramos_del(v, caso, al)
        except ErrorExpediente as error:
            problemas.append(NoContado(str(folio), sin_ruta(v, error.mensaje)))
