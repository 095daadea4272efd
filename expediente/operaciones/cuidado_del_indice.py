"""Rehacer el índice, compararlo con los ficheros y borrarlo."""

from typing import NamedTuple

from expediente.almacen import carpetas
from expediente.almacen.guardado import Ficha
from expediente.almacen.indice import (
    Indice,
    SinIndice,
    borrar_indice,
    sin_estorbar,
)
from expediente.almacen.perfiles import Contador, por_guardar
from expediente.nucleo.errores import ErrorDisco
from expediente.operaciones.fichas import Calculada, Lector
from expediente.operaciones.indice_al_dia import Avance, indice_al_dia, nadie_mira, quien_cuenta_que
from expediente.operaciones.reparto import repartir
from expediente.operaciones.ventanilla import Ventanilla


class Rehecho(NamedTuple):
    """Cuántos expedientes quedaron en el índice, cuáles no se pudieron leer y dónde está."""

    expedientes: int
    ilegibles: tuple[tuple[str, str], ...]
    fichero: str


class Diferencia(NamedTuple):
    """En qué no coinciden el índice y el expediente."""

    folio: str
    mensaje: str


def reconstruir(v: Ventanilla, al_avanzar: Avance = nadie_mira) -> Rehecho:
    """Tira el índice y lo hace otra vez de los expedientes. Lanza ErrorDisco si no se puede."""
    borrar(v)
    try:
        with indice_al_dia(v, completo=True, al_avanzar=al_avanzar) as indice:
            ilegibles = tuple((x.folio, x.problema or "") for x in indice.con_problema())
            return Rehecho(indice.cuantos(), ilegibles, str(indice.ruta))
    except SinIndice as error:
        raise _no_se_pudo(error) from error


def borrar(v: Ventanilla) -> bool:
    """Borra el índice; False si no lo había. Lanza ErrorDisco si no se puede."""
    try:
        with sin_estorbar(v.raiz):
            return borrar_indice(v.raiz)
    except SinIndice as error:
        raise _no_se_pudo(error) from error


def comparar(v: Ventanilla, al_avanzar: Avance = nadie_mira) -> tuple[int, tuple[Diferencia, ...]]:
    """Cuántos expedientes hay y en qué difiere el índice, ya al día, de leerlos todos.

    Lanza ErrorDisco si el índice no se puede usar.
    """
    try:
        with indice_al_dia(v, completo=True) as indice, sin_estorbar(v.raiz):
            folios = list(dict.fromkeys(map(str, carpetas.folios(v.raiz))))
            lector = Lector(v, quien_cuenta_que(Contador(indice)))
            diferencias = [
                Diferencia(folio, "está en el índice y no en la carpeta.")
                for folio in sorted(set(indice.folios()) - set(folios))
            ]
            for ficha, suyos in repartir(lector.leer, folios):
                if mensaje := _diferencia(indice, (ficha, suyos)):
                    diferencias.append(Diferencia(ficha.folio, mensaje))
                al_avanzar(1)
            return len(folios), tuple(diferencias)
    except SinIndice as error:
        raise _no_se_pudo(error) from error


def _diferencia(indice: Indice, calculada: Calculada) -> str | None:
    ficha, suyos = calculada
    hay = indice.guardado(ficha.folio)
    if hay is None:
        return "falta en el índice."
    if (hay.revision, hay.problema) != (ficha.revision, ficha.problema):
        return f"el índice tiene su revisión {hay.revision} y vale la {ficha.revision}."
    if _lo_guardado(indice, ficha) != (ficha.contenido, ficha.copia, ficha.tramos):
        return "el índice no dice lo mismo que su expediente."
    if Contador(indice).aportado(hay.caso) != por_guardar(suyos):
        return "no está contado como dice su expediente."
    return None


def _lo_guardado(indice: Indice, ficha: Ficha) -> tuple[str, bytes | None, bytes | None]:
    hay = indice.guardado(ficha.folio)
    contenido, copia = indice.copia(ficha.folio) or ("", None)
    return contenido, copia, indice.tramos_empacados(hay.caso) if hay else None


def _no_se_pudo(error: SinIndice) -> ErrorDisco:
    return ErrorDisco(
        f"El índice no se puede usar ahora ({error}). Los informes salen igual, sólo que más "
        f"despacio; revise el espacio y los permisos de {_donde()}"
    )


def _donde() -> str:
    """La carpeta de la caché, para decirla."""
    from expediente.almacen.cache_local import carpeta_de_cache  # sólo para este mensaje

    try:
        return str(carpeta_de_cache())
    except OSError:
        return "su carpeta personal"
