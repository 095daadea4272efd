"""Las cifras de un informe, contadas tramo por tramo.

Cada tramo aporta lo suyo sin mirar a los demás: da igual en qué orden lleguen y si vienen
de los ficheros o de un índice. La definición está en `informe`; los tramos, en `tramos`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from expediente.nucleo.condicion import FALTA
from expediente.nucleo.fecha import fecha_corta
from expediente.nucleo.folio import leer_folio
from expediente.nucleo.informe import CASOS, Informe, Total
from expediente.nucleo.periodo import Periodo
from expediente.nucleo.tramos import Tramo

Cantidad = int | Decimal
Hechos = Mapping[str, Any]

NOMBRES_DEL_MOVIMIENTO = {
    "abiertos_inicio": "Abiertos al inicio",
    "recibidos": "Recibidos",
    "reabiertos": "Reabiertos",
    "concluidos": "Concluidos",
    "abiertos_final": "Abiertos al final",
}
RESERVADO_EN_LO_PUBLICO = "Confidencial"
SIN_DATO = "Sin dato"


@dataclass(frozen=True)
class Cifras:
    """Lo que dice un informe: cada cifra y cada renglón.

    `totales` son {clave: cantidad}, primero los del movimiento. `filas` llevan las claves
    de las columnas. `grupos` son {clave: {valor: número}}. `folios` dice de dónde sale
    cada cifra: {clave de total, o «grupo/valor»: folios}. `avisos` son (folio, lo que no
    se pudo saber de él).
    """

    totales: Mapping[str, Cantidad]
    filas: tuple[Mapping[str, str], ...]
    grupos: Mapping[str, Mapping[str, int]]
    folios: Mapping[str, tuple[str, ...]]
    avisos: tuple[tuple[str, str], ...] = ()

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


@dataclass(frozen=True)
class Valoracion:
    """Lo que un renglón aporta: a cada total, en su orden, y en qué valor de cada grupo cae."""

    cuentas: tuple[Cantidad, ...]
    grupos: tuple[str, ...]


def valorar(informe: Informe, hechos: Hechos) -> Valoracion | None:
    """Lo que un renglón con esos hechos aporta al informe; None si no entra."""
    if informe.incluye is not None and not informe.incluye.cumple(hechos):
        return None
    return Valoracion(
        tuple(_aporta(total, hechos) for total in informe.totales if total.fecha is None),
        tuple(como_celda(grupo.por.evaluar(hechos)) or SIN_DATO for grupo in informe.grupos),
    )


def fechados(informe: Informe, tramo: Tramo) -> Iterator[tuple[str, Cantidad]]:
    """(total, cuánto) de los totales con fecha cuyo hecho pasó el día en que el tramo empieza."""
    con_fecha = [total for total in informe.totales if total.fecha is not None]
    if not con_fecha:
        return
    for hechos in _sujetos(informe, tramo):
        if informe.incluye is not None and not informe.incluye.cumple(hechos):
            continue
        for total in con_fecha:
            if _dia_dicho(total, hechos) == tramo.desde and (cuanto := _aporta(total, hechos)):
                yield total.clave, cuanto


def renglones(informe: Informe, tramo: Tramo, periodo: Periodo) -> Iterator[Hechos]:
    """Los hechos de cada renglón que da lo que constaba de un caso al final del periodo.

    Un caso entra si estuvo abierto en el periodo; un documento, si en él se emitió o anuló.
    """
    if informe.renglones == CASOS:
        if tramo.cerrado is None or tramo.cerrado >= periodo.desde:
            yield tramo.hechos
        return
    for hechos in _sujetos(informe, tramo):
        fechas = (hechos.get("doc.emitido"), hechos.get("doc.anulado"))
        if any(fecha is not None and periodo.contiene(fecha) for fecha in fechas):
            yield hechos


def _sujetos(informe: Informe, tramo: Tramo) -> Iterator[Hechos]:
    """De qué se cuenta: del caso, o de cada uno de sus documentos."""
    if informe.renglones == CASOS:
        yield tramo.hechos
        return
    for doc in tramo.documentos:
        if informe.documento in (None, doc["doc.clave"]):
            yield {**tramo.hechos, **doc}


def _aporta(total: Total, hechos: Hechos) -> Cantidad:
    if not total.cuenta.cumple(hechos):
        return 0
    if total.suma is None:
        return 1
    sumado = total.suma.evaluar(hechos)
    return sumado if isinstance(sumado, int | Decimal) else 0


def _dia_dicho(total: Total, hechos: Hechos) -> date | None:
    dicha = total.fecha.evaluar(hechos) if total.fecha else None
    if isinstance(dicha, datetime):
        return dicha.date()
    return dicha if isinstance(dicha, date) else None


class Cuenta:
    """Un informe que se va contando: se le agregan tramos y al final da sus cifras.

    `al` es el momento hasta el que se sabe; los tramos deben ser los de entonces. Muchas
    cuentas se llenan en una sola pasada por los mismos tramos.
    """

    def __init__(self, informe: Informe, periodo: Periodo, al: datetime) -> None:
        self.informe = informe
        self.periodo = periodo
        self.corte = periodo.corte(al)
        self._ultimo = min(periodo.hasta, al.date())
        self._totales: dict[str, Cantidad] = dict.fromkeys(NOMBRES_DEL_MOVIMIENTO, 0)
        self._totales |= {total.clave: 0 for total in informe.totales}
        self._folios: defaultdict[str, list[str]] = defaultdict(list)
        self._grupos: dict[str, defaultdict[str, int]] = {
            grupo.clave: defaultdict(int) for grupo in informe.grupos
        }
        self._filas: list[tuple[tuple[Any, ...], dict[str, str]]] = []
        self._avisos: list[tuple[str, str]] = []

    def agregar(self, tramo: Tramo) -> None:
        """Cuenta lo que ese tramo aporta, si es de sus procedimientos y toca al periodo."""
        if tramo.procedimiento not in self.informe.procedimientos or tramo.desde > self._ultimo:
            return
        if tramo.desde >= self.periodo.desde:
            for que in tramo.movimientos:
                self._sumar(que, 1, tramo.folio)
            for clave, cuanto in fechados(self.informe, tramo):
                self._sumar(clave, cuanto, tramo.folio)
        if tramo.abierto and tramo.cubre(self.periodo.vispera):
            self._sumar("abiertos_inicio", 1, tramo.folio)
        if tramo.cubre(self._ultimo):
            if tramo.abierto:
                self._sumar("abiertos_final", 1, tramo.folio)
            for hechos in renglones(self.informe, tramo, self.periodo):
                self._agregar_renglon(tramo, {**hechos, "vencido": vencido(tramo, self.corte)})

    def _agregar_renglon(self, tramo: Tramo, hechos: Hechos) -> None:
        valoracion = valorar(self.informe, hechos)
        if valoracion is None:
            return
        al_corte = (total.clave for total in self.informe.totales if total.fecha is None)
        for clave, cuanto in zip(al_corte, valoracion.cuentas, strict=True):
            if cuanto:
                self._sumar(clave, cuanto, tramo.folio)
        for grupo, valor in zip(self.informe.grupos, valoracion.grupos, strict=True):
            self._grupos[grupo.clave][valor] += 1
            self._folios[f"{grupo.clave}/{valor}"].append(tramo.folio)
        self._filas.append((self._lugar(tramo, hechos), fila_de(self.informe, hechos)))
        if tramo.aviso:
            self._avisos.append((tramo.folio, tramo.aviso))

    def _sumar(self, clave: str, cuanto: Cantidad, folio: str) -> None:
        self._totales[clave] += cuanto
        self._folios[clave].append(folio)

    def _lugar(self, tramo: Tramo, hechos: Hechos) -> tuple[Any, ...]:
        orden = self.informe.orden
        return (*(_comparable(orden.evaluar(hechos)) if orden else ()), *por_folio(tramo.folio))

    def cifras(self) -> Cifras:
        """Las cifras de todo lo agregado; cada lista, en su orden."""
        return Cifras(
            totales=dict(self._totales),
            filas=tuple(fila for _, fila in sorted(self._filas, key=lambda par: par[0])),
            grupos={
                clave: dict(sorted(cuenta.items(), key=lambda par: (-par[1], par[0])))
                for clave, cuenta in self._grupos.items()
            },
            folios={
                clave: tuple(sorted(self._folios.get(clave, ()), key=por_folio))
                for clave in (*self._totales, *sorted(self._folios.keys() - self._totales.keys()))
            },
            avisos=tuple(sorted(set(self._avisos), key=lambda par: por_folio(par[0]))),
        )


def calcular(informe: Informe, periodo: Periodo, al: datetime, tramos: Iterable[Tramo]) -> Cifras:
    """Las cifras del informe en ese periodo, con los tramos conocidos al momento `al`."""
    cuenta = Cuenta(informe, periodo, al)
    for tramo in tramos:
        cuenta.agregar(tramo)
    return cuenta.cifras()


def vencido(tramo: Tramo, corte: datetime) -> bool:
    """Si el plazo que corría ya había pasado en ese momento."""
    return tramo.vence is not None and tramo.vence < corte


def por_folio(folio: str) -> tuple[Any, ...]:
    """La llave con que se ordenan folios: por año, prefijo y consecutivo."""
    leido = leer_folio(folio)
    return (leido.anio, leido.prefijo, leido.consecutivo) if leido else (0, folio, 0)


def fila_de(informe: Informe, hechos: Hechos) -> dict[str, str]:
    """El renglón como se lee: {columna: texto}, con lo que se reserva ya reservado."""
    return {
        c.clave: RESERVADO_EN_LO_PUBLICO
        if c.reserva and c.reserva.cumple(hechos)
        else como_celda(c.valor.evaluar(hechos))
        for c in informe.columnas
    }


def _comparable(dato: object) -> tuple[Any, ...]:
    """El dato en una llave que ordena entre sí a los de su clase, y al final lo que falta."""
    if dato is FALTA or dato is None:
        return (2, "")
    if isinstance(dato, int | Decimal):
        return (0, dato)
    return (1, como_llave(dato))


def como_llave(dato: object) -> str:
    """El dato como texto que se ordena bien: las fechas, del año al segundo."""
    return dato.isoformat() if isinstance(dato, date) else str(dato)


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
