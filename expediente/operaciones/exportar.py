"""Sacar la tabla de hechos de la que salen todas las cifras, para que otro las recalcule."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from expediente.almacen.disco import escribir_entero
from expediente.documentos.csv_de_excel import Celda, hoja_para_excel
from expediente.nucleo.columnas_de_hechos import columnas_exportables, renglones_del_tramo
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.folio import por_folio
from expediente.nucleo.procedimiento import Procedimiento
from expediente.operaciones import procedimientos
from expediente.operaciones.fuente import que_podrian_ser, tramos_de_la_oficina
from expediente.operaciones.informes import corte_pedido
from expediente.operaciones.ventanilla import Ventanilla

PRIMER_DIA = date(1900, 1, 1)


@dataclass(frozen=True)
class Seleccion:
    """Qué hechos se piden; None lo que no se dijo.

    De `desde` a `hasta` va lo que constaba algún día; `al` es hasta cuándo se sabe. Con
    `por_documento` va un renglón por cada documento y no uno por caso.
    """

    procedimientos: Sequence[str] = ()
    desde: str | None = None
    hasta: str | None = None
    al: str | None = None
    por_documento: bool = False
    con_personales: bool = False


@dataclass(frozen=True)
class Hechos:
    """La tabla: sus columnas, sus renglones en orden y lo que no se pudo leer."""

    al: datetime
    columnas: tuple[str, ...]
    renglones: tuple[tuple[Celda, ...], ...]
    problemas: tuple[str, ...]

    def como_csv(self) -> bytes:
        """El CSV como lo abre Excel y lo lee cualquier programa."""
        return hoja_para_excel(self.columnas, self.renglones)


def hechos_de_la_oficina(v: Ventanilla, pedido: Seleccion = Seleccion()) -> Hechos:
    """Los hechos de los casos pedidos, por folio y por día.

    Las columnas dependen de las reglas y no de los casos. Lanza NoExiste si no hay tal
    procedimiento y ErrorUso si las fechas no se entienden, van al revés o son futuras.
    """
    al = corte_pedido(v, pedido.al)
    desde = _dia(v, pedido.desde, PRIMER_DIA)
    hasta = min(_dia(v, pedido.hasta, al.date()), al.date())
    if pedido.desde and desde > hasta:
        raise ErrorUso("No hay días entre --desde y --hasta; revíselos.")
    leidos, problemas = _procedimientos(v, pedido.procedimientos)
    columnas = columnas_exportables(
        leidos, v.catalogos, pedido.por_documento, pedido.con_personales
    )
    fuente = tramos_de_la_oficina(v, [p.clave for p in leidos], desde, hasta, al)
    con_lugar = [
        (
            (por_folio(tramo.folio), tramo.desde, lugar),
            tuple(_celda(v, hechos.get(columna)) for columna in columnas),
        )
        for tramo in fuente.tramos
        for lugar, hechos in enumerate(renglones_del_tramo(tramo, pedido.por_documento))
    ]
    renglones = tuple(celdas for _, celdas in sorted(con_lugar, key=lambda par: par[0]))
    suyos = que_podrian_ser(v, fuente.problemas, [p.clave for p in leidos])
    return Hechos(al, tuple(columnas), renglones, (*problemas, *suyos))


def exigir_csv(ruta: Path | None) -> None:
    """Lanza ErrorUso si se dijo un fichero y su nombre no es el de un CSV."""
    if ruta and ruta.suffix.lower() != ".csv":
        raise ErrorUso(
            f"{ruta.name}: los hechos salen en CSV. Póngale un nombre que termine en .csv, como "
            f"{ruta.stem or 'hechos'}.csv; Excel lo abre."
        )


def guardar_hechos(hechos: Hechos, ruta: Path) -> Path:
    """Deja el CSV en ese fichero, entero o nada; si había otro, lo reemplaza."""
    escribir_entero(ruta, hechos.como_csv())
    return ruta


def _procedimientos(
    v: Ventanilla, claves: Sequence[str]
) -> tuple[list[Procedimiento], tuple[str, ...]]:
    if claves:
        return [procedimientos.uno(v, clave) for clave in dict.fromkeys(claves)], ()
    legibles, ilegibles = procedimientos.todos(v)
    return legibles, tuple(f"{x.folio}: {x.mensaje}" for x in ilegibles)


def _dia(v: Ventanilla, escrito: str | None, omision: date) -> date:
    return v.momento(escrito).date() if escrito else omision


def _celda(v: Ventanilla, dato: Any) -> Celda:
    """El dato como lo lee otro programa: fechas ISO en la hora de la oficina, 1 y 0, JSON."""
    if isinstance(dato, bool):
        return int(dato)
    if isinstance(dato, datetime):
        return f"{dato.astimezone(v.zona):%Y-%m-%d %H:%M:%S}"
    if isinstance(dato, date):
        return dato.isoformat()
    if isinstance(dato, list | tuple):
        return json.dumps([_sin_tipo(uno) for uno in dato], ensure_ascii=False)
    if dato is None or isinstance(dato, int | Decimal | str):
        return dato
    return str(dato)


def _sin_tipo(dato: Any) -> Any:
    return dato if isinstance(dato, str | int) else str(dato)


def como_objetos(hechos: Hechos) -> list[Mapping[str, Celda]]:
    """Cada renglón como {columna: dato}, sólo con lo que consta; los decimales, como texto."""
    return [
        {
            columna: str(celda) if isinstance(celda, Decimal) else celda
            for columna, celda in zip(hechos.columnas, renglon, strict=True)
            if celda is not None
        }
        for renglon in hechos.renglones
    ]
