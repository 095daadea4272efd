"""Los tramos y las cifras que da el índice: los mismos que leyendo todos los ficheros."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from expediente.almacen.copias import desempaquetar_tramos
from expediente.almacen.guardado import Guardado, NoContado
from expediente.almacen.indice import CopiaDanada, Indice, SinIndice, sin_estorbar
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.tramos import Tramo
from expediente.operaciones.asunto import leer_para_contar
from expediente.operaciones.fichas import carpeta_del, caso_de_copia, sin_ruta, tramos_del
from expediente.operaciones.ventanilla import Ventanilla


def elegidos(
    indice: Indice, procedimientos: Collection[str], desde: date, hasta: date, al: datetime
) -> tuple[list[Guardado], list[NoContado]]:
    """Los casos que hacen falta entre esos días, en orden, y lo que no se pudo leer."""
    desde_que_dia = desde.toordinal() - 1
    casos = indice.vivos(procedimientos, desde_que_dia, hasta.toordinal(), al.timestamp())
    problemas = [NoContado(x.folio, x.problema or "") for x in indice.con_problema(procedimientos)]
    return casos, problemas


def tramos_de_los_casos(
    v: Ventanilla,
    indice: Indice,
    casos: Collection[Guardado],
    al: datetime,
    problemas: list[NoContado],
) -> Iterator[Tramo]:
    """Los tramos de esos casos, en orden; el que no se pueda sacar del índice, se lee."""
    with indice:
        for caso in casos:
            try:
                yield from _tramos(v, indice, caso, al)
            except SinIndice:
                yield from _leidos(v, caso, al, problemas)


def _tramos(v: Ventanilla, indice: Indice, caso: Guardado, al: datetime) -> list[Tramo]:
    """Los tramos guardados o, si algo se capturó después de `al`, los que se sabían entonces."""
    with sin_estorbar(v.raiz):
        if caso.capturado <= al.timestamp():
            return desempaquetar_tramos(indice.tramos_empacados(caso.caso) or b"")
        copia = indice.copia(caso.folio)
        if copia is None:
            raise CopiaDanada(caso.folio)
        escrito = caso_de_copia(copia[1], carpeta_del(v, caso.folio))
    return list(tramos_del(v, escrito, al))


def _leidos(
    v: Ventanilla, caso: Guardado, al: datetime, problemas: list[NoContado]
) -> Iterator[Tramo]:
    try:
        yield from tramos_del(v, leer_para_contar(carpeta_del(v, caso.folio)).caso, al)
    except ErrorExpediente as error:
        problemas.append(NoContado(caso.folio, sin_ruta(v, error.mensaje)))
