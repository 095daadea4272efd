"""Con qué se comprueba que el índice da lo mismo que leer todos los ficheros."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from expediente.almacen.cifras_guardadas import contar_guardado, resumen_guardado
from expediente.almacen.frescura import esta_al_dia
from expediente.almacen.huellas import vistazo
from expediente.almacen.indice import (
    Indice,
    abrir_indice,
)
from expediente.nucleo.cifras import Cuenta, calcular
from expediente.nucleo.informe import Informe
from expediente.nucleo.periodo import ACTUAL, ANTERIOR, Periodo, leer_periodo
from expediente.operaciones.cuidado_del_indice import comparar
from expediente.operaciones.fuente import tramos_leidos
from expediente.operaciones.informes import informes_que_hay
from expediente.operaciones.pasada import recorrer
from expediente.operaciones.ventanilla import Ventanilla
from tests.conftest import olvidar_lo_leido

Y_DESPUES = "2026-11-23 10:00"

Dichas = tuple[list[Any], list[str]]


def pedidos(v: Ventanilla, al: datetime) -> list[tuple[Informe, Periodo]]:
    """Cada informe, en el periodo en curso y en el anterior."""
    return [
        (informe, leer_periodo(informe.periodos[0], escrito, al.date()))
        for informe in informes_que_hay(v)
        for escrito in (ACTUAL, ANTERIOR)
    ]


def de_los_ficheros(v: Ventanilla, al: datetime) -> Dichas:
    """Las cifras de todos los informes y los problemas, leyendo cada expediente."""
    todos = pedidos(v, al)
    fuente = tramos_leidos(v, {c for informe, _ in todos for c in informe.procedimientos}, al)
    tramos = list(fuente.tramos)
    return [calcular(informe, periodo, al, tramos) for informe, periodo in todos], fuente.problemas


def del_indice(v: Ventanilla, al: datetime) -> Dichas:
    """Lo mismo, por donde lo piden los informes."""
    todos = pedidos(v, al)
    cuentas = [Cuenta(informe, periodo, al) for informe, periodo in todos]
    problemas = recorrer(v, cuentas, al)
    return [cuenta.cifras() for cuenta in cuentas], list(problemas)


def comprobar_que_dan_lo_mismo(v: Ventanilla, aprisa: bool = False) -> None:
    """Cada informe, en dos periodos y a dos cortes, por todos los caminos."""
    for al in (v.ahora, v.ahora - timedelta(days=1), v.ahora - timedelta(days=4)):
        de_ficheros = de_los_ficheros(v, al)
        assert del_indice(v, al) == de_ficheros
        contesto = comprobar_el_atajo(v, al, de_ficheros)
    assert comparar(v)[1] == ()
    if aprisa:
        assert contesto or comprobar_el_atajo(v, v.ahora, de_los_ficheros(v, v.ahora))


def comprobar_el_atajo(v: Ventanilla, al: datetime, de_ficheros: Dichas) -> int:
    """Cuántos informes están ya contados; lo que dicen, es lo mismo."""
    if not esta_fresco(v):
        return 0
    contestados = 0
    with abierto(v) as hay:
        for (informe, periodo), cifras in zip(pedidos(v, al), de_ficheros[0], strict=True):
            if (dice := resumen_guardado(hay, informe.clave)) is None:
                continue
            dias = (periodo.desde, periodo.hasta)
            if (conteo := contar_guardado(hay, dice, *dias, al, periodo.corte(al))) is not None:
                contestados += 1
                assert list(conteo.totales.items()) == list(cifras.totales.items())
                assert _en_orden(conteo.grupos) == _en_orden(cifras.grupos)
    return contestados


def esta_fresco(v: Ventanilla) -> bool:
    """Si el índice puede contestar sin leer nada más."""
    hay = abrir_indice(v.raiz, crear=False)
    if hay is None:
        return False
    with hay:
        return esta_al_dia(hay, vistazo(v.raiz))


def abierto(v: Ventanilla) -> Indice:
    """El índice, como esté."""
    hay = abrir_indice(v.raiz, crear=False)
    assert hay is not None
    return hay


def _en_orden(grupos: Any) -> Any:
    return {clave: list(cuenta.items()) for clave, cuenta in grupos.items()}


def editar(ruta: Path, antes: str, despues: str) -> None:
    """Cambia un fichero de la oficina, como alguien en el Bloc de notas."""
    dice = ruta.read_text(encoding="utf-8")
    assert antes in dice, ruta
    ruta.write_text(dice.replace(antes, despues), encoding="utf-8")
    olvidar_lo_leido()


def comprobar_que_dan_lo_mismo_aunque_falle(v: Ventanilla) -> None:
    """La primera vez que se pide, por lo que sea que se encuentre."""
    assert del_indice(v, v.ahora) == de_los_ficheros(v, v.ahora)
