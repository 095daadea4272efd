"""Las cifras de un informe: de la historia de cada caso, cortada en un momento.

Por eso son las mismas siempre que se piden igual. La definición está en `informe`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from expediente.nucleo.calendario import Calendario
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.condicion import FALTA
from expediente.nucleo.estado import CANCELADO, EMITIDO, ENTREGADO, Documento, Estado
from expediente.nucleo.fecha import (
    fecha_corta,
)
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.informe import Grupo, Informe, Periodo
from expediente.nucleo.plazos import el_que_corre, vencimientos
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import repasar


@dataclass(frozen=True)
class Historia:
    """Un caso para el informe: su folio, su procedimiento y sus actuaciones."""

    folio: str
    procedimiento: Procedimiento
    actuaciones: tuple[Actuacion, ...]


@dataclass(frozen=True)
class Cifras:
    """Lo que dice un informe: cada cifra y cada renglón.

    `totales` son {clave: número}, primero los del movimiento. `filas` llevan las claves
    de las columnas. `grupos` son {clave: {valor: número}}. `folios` dice de dónde sale
    cada cifra: {clave: folios}.
    """

    totales: Mapping[str, int]
    filas: tuple[Mapping[str, str], ...]
    grupos: Mapping[str, Mapping[str, int]]
    folios: Mapping[str, tuple[str, ...]]

    @property
    def cuadra(self) -> bool:
        """Si abiertos al inicio + recibidos + reabiertos − concluidos = abiertos al final."""
        t = self.totales
        entran = t["abiertos_inicio"] + t["recibidos"] + t["reabiertos"]
        return entran - t["concluidos"] == t["abiertos_final"]

    @property
    def identidad(self) -> str:
        """El movimiento con sus números, como se imprime al pie."""
        t = self.totales
        return (
            f"{t['abiertos_inicio']} abiertos al inicio + {t['recibidos']} recibidos + "
            f"{t['reabiertos']} reabiertos − {t['concluidos']} concluidos = "
            f"{t['abiertos_final']} abiertos al final"
            + ("" if self.cuadra else " — NO CUADRA: revise los expedientes antes de entregarlo")
        )


NOMBRES_DEL_MOVIMIENTO = {
    "abiertos_inicio": "Abiertos al inicio",
    "recibidos": "Recibidos",
    "reabiertos": "Reabiertos",
    "concluidos": "Concluidos",
    "abiertos_final": "Abiertos al final",
}


def calcular(
    informe: Informe,
    periodo: Periodo,
    al: datetime,
    historias: Sequence[Historia],
    catalogos: Mapping[str, Catalogo],
    calendario: Calendario,
) -> Cifras:
    """Las cifras del informe en ese periodo, con lo capturado hasta `al`.

    El periodo cuenta cuándo pasaron las cosas; `al`, cuándo se supieron. Misma entrada,
    mismas cifras.
    """
    zona = al.tzinfo
    inicio = _comienzo(periodo.desde, zona)
    fin = min(_comienzo(periodo.hasta + timedelta(days=1), zona), al + timedelta(seconds=1))
    conocidas = [_hasta(h, al) for h in historias]
    folios: dict[str, list[str]] = {clave: [] for clave in NOMBRES_DEL_MOVIMIENTO}
    hechos_por_renglon: list[tuple[str, dict[str, Any]]] = []
    for historia in conocidas:
        antes = _estado_al(historia, inicio)
        despues = _estado_al(historia, fin)
        if despues is None:
            continue
        _contar_movimiento(historia.folio, antes, despues, periodo, folios)
        for propios in _renglones(informe, antes, despues, periodo):
            hechos = {
                **_hechos_del_renglon(historia, despues, catalogos),
                **_hechos_del_plazo(historia, despues, catalogos, calendario, fin),
                **propios,
            }
            if informe.incluye is None or informe.incluye.cumple(hechos):
                hechos_por_renglon.append((historia.folio, hechos))
    for total in informe.totales:
        folios[total.clave] = [f for f, h in hechos_por_renglon if total.cuenta.cumple(h)]
    return Cifras(
        totales={clave: len(quienes) for clave, quienes in folios.items()},
        filas=tuple(_fila(informe, hechos) for _, hechos in hechos_por_renglon),
        grupos={g.clave: _agrupar(g, [h for _, h in hechos_por_renglon]) for g in informe.grupos},
        folios={clave: tuple(quienes) for clave, quienes in folios.items()},
    )


def _comienzo(dia: date, zona: tzinfo | None) -> datetime:
    return datetime.combine(dia, time(0, 0), tzinfo=zona)


def _hasta(historia: Historia, al: datetime) -> Historia:
    conocidas = tuple(a for a in historia.actuaciones if a.capturado <= al)
    return Historia(historia.folio, historia.procedimiento, conocidas)


def _estado_al(historia: Historia, corte: datetime) -> Estado | None:
    """El estado justo antes de `corte`; None si todavía no se recibía."""
    previas = [a for a in historia.actuaciones if a.ocurrio < corte]
    if not previas or previas[0].tipo != "apertura":
        return None
    return repasar(historia.procedimiento, previas)


def _contar_movimiento(
    folio: str,
    antes: Estado | None,
    despues: Estado,
    periodo: Periodo,
    folios: dict[str, list[str]],
) -> None:
    claves = {"apertura": "recibidos", "reapertura": "reabiertos", "conclusion": "concluidos"}
    for que, cuando in despues.movimientos:
        if periodo.contiene(cuando):
            folios[claves[que]].append(folio)
    if antes is not None and antes.abierto_ahora:
        folios["abiertos_inicio"].append(folio)
    if despues.abierto_ahora:
        folios["abiertos_final"].append(folio)


def _renglones(
    informe: Informe, antes: Estado | None, despues: Estado, periodo: Periodo
) -> list[dict[str, Any]]:
    """Los hechos propios de cada renglón que da un caso; vacío si no entra."""
    if informe.renglones == "documentos":
        return [
            _hechos_del_documento(doc)
            for doc in despues.documentos
            if doc.clave == informe.documento and _en_periodo(doc, periodo)
        ]
    return [{}] if antes is None or antes.abierto_ahora else []


def _en_periodo(doc: Documento, periodo: Periodo) -> bool:
    anulado = doc.fecha if doc.estado == CANCELADO else None
    terminado = doc.estado in (EMITIDO, ENTREGADO, CANCELADO)
    return terminado and any(m and periodo.contiene(m) for m in (doc.emitido, anulado))


def _hechos_del_renglon(
    historia: Historia, estado: Estado, catalogos: Mapping[str, Catalogo]
) -> dict[str, Any]:
    p = historia.procedimiento
    hechos = hechos_de(p, estado, catalogos)
    final = estado.situacion_final
    donde = p.nombre_de_situacion(final) if final else ", ".join(_actividades(p, estado))
    return {**hechos, "folio": historia.folio, "donde": donde}


def _hechos_del_plazo(
    historia: Historia,
    estado: Estado,
    catalogos: Mapping[str, Catalogo],
    calendario: Calendario,
    corte: datetime,
) -> dict[str, Any]:
    corre = el_que_corre(vencimientos(historia.procedimiento, estado, catalogos, calendario))
    vence = corre.vence if corre else None
    return {"vence": vence or FALTA, "vencido": vence is not None and vence < corte}


def _actividades(p: Procedimiento, estado: Estado) -> list[str]:
    return [f"Por {clave.replace('-', ' ')}" for clave in estado.pasos]


NOMBRES_DE_ESTADO = {EMITIDO: "Autorizado", ENTREGADO: "Entregado", CANCELADO: "Cancelado"}


def _hechos_del_documento(doc: Documento) -> dict[str, Any]:
    cuando = doc.emitido or doc.fecha
    return {
        "doc.numero": doc.numero or "",
        "doc.estado": NOMBRES_DE_ESTADO.get(doc.estado, doc.estado),
        "doc.fecha": cuando.date() if cuando else FALTA,
        "doc.motivo": doc.motivo or FALTA,
    }


def _fila(informe: Informe, hechos: Mapping[str, Any]) -> dict[str, str]:
    return {c.clave: como_celda(c.valor.evaluar(hechos)) for c in informe.columnas}


def como_celda(dato: object) -> str:
    """Un dato como se lee en una tabla; «» si no consta."""
    if dato is FALTA or dato is None:
        return ""
    if isinstance(dato, bool):
        return "Sí" if dato else "No"
    if isinstance(dato, datetime):
        return f"{dato:%d/%m/%Y %H:%M}"
    if isinstance(dato, date):
        return fecha_corta(dato)
    return str(dato)


def _agrupar(grupo: Grupo, renglones: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    cuenta: dict[str, int] = {}
    for hechos in renglones:
        valor = como_celda(grupo.por.evaluar(hechos)) or "Sin dato"
        cuenta[valor] = cuenta.get(valor, 0) + 1
    return dict(sorted(cuenta.items(), key=lambda par: (-par[1], par[0])))
