"""Las cifras de un informe, de lo ya contado en el índice: sin leer casos ni definiciones.

Liviano a propósito: sólo cuenta y suma. Qué vale cada renglón lo dijo `perfiles` al leer el
caso, con las mismas funciones que cuentan los informes.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from expediente.almacen.indice import CopiaDanada, Indice
from expediente.nucleo.movimiento import cuadra

MOVIMIENTOS = ("recibidos", "reabiertos", "concluidos")
_VALE = "CASE WHEN vence < :corte THEN perfil_vencido ELSE perfil END"
_RENGLONES = f"""
SELECT (SELECT dice FROM perfiles WHERE id = vale), cuantos, avisos FROM (
    SELECT {_VALE} AS vale, count(*) AS cuantos, sum(aviso) AS avisos FROM renglones
    WHERE tema = :tema AND ultimo >= :ultimo AND desde <= :dia AND hasta > :dia AND {{entra}}
    GROUP BY 1) WHERE vale IS NOT NULL
"""
_DE_CASOS = "cerrado >= :desde"
_DE_FECHA = "(emitido BETWEEN :desde AND :fin OR anulado BETWEEN :desde AND :fin)"


class Conteo(NamedTuple):
    """Las cifras de un informe en un periodo: {total: cuánto} y {grupo: {valor: cuánto}}.

    Los totales van primero los del movimiento; los valores, del mayor al menor.
    """

    totales: dict[str, int | Decimal]
    grupos: dict[str, dict[str, int | Decimal]]


def resumen_guardado(indice: Indice, clave: str) -> Mapping[str, Any] | None:
    """Lo que hay que saber de un informe para decir sus cifras; None si no está ya contado."""
    donde = "SELECT dice FROM temas WHERE nombre = ? AND dice != ''"
    fila = indice.base.execute(donde, (f"informe {clave}",)).fetchone()
    return leer_resumen(fila[0]) if fila else None


def leer_resumen(dice: str) -> Mapping[str, Any]:
    """Lo que el índice guarda de un informe. Lanza CopiaDanada."""
    try:
        resumen: Mapping[str, Any] = json.loads(dice)
    except ValueError as error:
        raise CopiaDanada(str(error)) from None
    return resumen


def contar_guardado(
    indice: Indice, dice: Mapping[str, Any], desde: date, hasta: date, al: datetime, corte: datetime
) -> Conteo | None:
    """Las cifras de ese informe, sabidas al momento `al`; None si hay que mirar los casos.

    Hay que mirarlos si algo se capturó después de `al`, o si de un caso no se pudo calcular
    todo: eso se dice al pie con su folio. Lanza CopiaDanada si lo guardado no se entiende o
    no cuadra.
    """
    try:
        conteo = _contar(indice, dice, desde, hasta, al, corte)
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise CopiaDanada(str(error)) from None
    if conteo and not cuadra(conteo.totales):
        raise CopiaDanada("las cifras no cuadran")
    return conteo


def _contar(
    indice: Indice, dice: Mapping[str, Any], desde: date, hasta: date, al: datetime, corte: datetime
) -> Conteo | None:
    if indice.capturado_despues(al.timestamp()):
        return None
    temas = dict(indice.base.execute("SELECT nombre, id FROM temas").fetchall())
    dia = min(hasta, al.date()).toordinal()
    con = {
        "tema": temas.get(f"informe {dice['clave']}", 0),
        "desde": desde.toordinal(),
        "fin": hasta.toordinal(),
        "dia": dia,
        "ultimo": min(desde.toordinal(), dia),
        "corte": corte.timestamp(),
    }
    procedimientos = [temas.get(f"procedimiento {clave}", 0) for clave in dice["procedimientos"]]
    totales = _movimiento(indice, procedimientos, con)
    totales |= dict.fromkeys((clave for clave, _ in dice["totales"]), 0)
    for clave, cuanto in _de_los_dias(indice, con["tema"], con):
        totales[clave] += cuanto
    grupos: dict[str, dict[str, int | Decimal]] = {clave: {} for clave, _ in dice["grupos"]}
    orden = _RENGLONES.format(entra=_DE_CASOS if dice["de_casos"] else _DE_FECHA)
    for perfil, cuantos, avisos in indice.base.execute(orden, con):
        if avisos:
            return None
        _sumar_perfil(json.loads(perfil), cuantos, dice, totales, grupos)
    return Conteo(totales, {clave: _en_orden(cuenta) for clave, cuenta in grupos.items()})


def _movimiento(
    indice: Indice, procedimientos: list[int], con: Mapping[str, Any]
) -> dict[str, int | Decimal]:
    inicio = final = 0
    pasaron: dict[str, int | Decimal] = dict.fromkeys(MOVIMIENTOS, 0)
    for tema in procedimientos:
        vispera = con["desde"] - 1
        inicio += _abiertos(indice, tema, vispera, min(vispera, con["dia"]))
        final += _abiertos(indice, tema, con["dia"], con["dia"])
        for clave, cuanto in _de_los_dias(indice, tema, con):
            pasaron[clave] += cuanto
    return {"abiertos_inicio": inicio, **pasaron, "abiertos_final": final}


def _abiertos(indice: Indice, tema: int, dia: int, empezados: int) -> int:
    donde = "SELECT count(*) FROM abiertos WHERE tema = ? AND hasta > ? AND desde <= ?"
    return int(indice.base.execute(donde, (tema, dia, empezados)).fetchone()[0])


def _de_los_dias(indice: Indice, tema: int, con: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """(clave, cuánto) de lo que pasó en los días del periodo."""
    filas = indice.base.execute(
        "SELECT clave, cuanto, count(*) FROM dias WHERE tema = ? AND dia BETWEEN ? AND ? "
        "GROUP BY 1, 2",
        (tema, con["desde"], con["dia"]),
    )
    return [(clave, _numero(cuanto) * veces) for clave, cuanto, veces in filas]


def _sumar_perfil(
    perfil: Any,
    cuantos: int,
    dice: Mapping[str, Any],
    totales: dict[str, int | Decimal],
    grupos: dict[str, dict[str, int | Decimal]],
) -> None:
    cuentas, de_grupos = perfil
    for clave, cuanto in zip(dice["al_corte"], map(_numero, cuentas), strict=True):
        if cuanto:
            totales[clave] += cuanto * cuantos
    for (clave, _), suyos in zip(dice["grupos"], de_grupos, strict=True):
        for valor, cuanto in suyos:
            grupos[clave][valor] = grupos[clave].get(valor, 0) + _numero(cuanto) * cuantos


def _numero(dicho: int | str) -> int | Decimal:
    return Decimal(dicho) if isinstance(dicho, str) else dicho


def _en_orden(cuenta: dict[str, int | Decimal]) -> dict[str, int | Decimal]:
    return dict(sorted(cuenta.items(), key=lambda par: (-par[1], par[0])))
