"""Las cifras de un informe, contadas tramo por tramo.

Cada tramo aporta lo suyo sin mirar a los demás: da igual en qué orden lleguen y si vienen
de los ficheros o de un índice. La definición está en `informe`; los tramos, en `tramos`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from expediente.nucleo.celda import como_celda, llave_de_orden
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.folio import por_folio
from expediente.nucleo.informe import CASOS, Grupo, Informe, Total
from expediente.nucleo.movimiento import (
    NOMBRES_DEL_MOVIMIENTO,
    Cantidad,
    cuadra,
    movimiento_escrito,
)
from expediente.nucleo.periodo import Periodo
from expediente.nucleo.tramos import Tramo

Hechos = Mapping[str, Any]

RESERVADO_EN_LO_PUBLICO = "Confidencial"
SIN_DATO = "Sin dato"


@dataclass(frozen=True)
class Cifras:
    """Lo que dice un informe: cada cifra y cada renglón.

    `totales` son {clave: cantidad}, primero los del movimiento. `filas` llevan las claves
    de las columnas. `grupos` son {clave: {valor: número}}. `folios` dice de dónde sale
    cada cifra: {clave de total, o «grupo/valor»: folios}. `avisos` son (folio, lo que no
    se pudo saber de él). `sin_imprimir` son los renglones contados que no van en `filas`.
    `por_dia` son los movimientos de cada día que tuvo alguno: {día: {movimiento: cuántos}}.
    """

    totales: Mapping[str, Cantidad]
    filas: tuple[Mapping[str, str], ...]
    grupos: Mapping[str, Mapping[str, Cantidad]]
    folios: Mapping[str, tuple[str, ...]]
    avisos: tuple[tuple[str, str], ...] = ()
    sin_imprimir: int = 0
    por_dia: Mapping[date, Mapping[str, int]] = field(default_factory=dict)

    @property
    def cuadra(self) -> bool:
        """Si el movimiento cuadra."""
        return cuadra(self.totales)

    @property
    def identidad(self) -> str:
        """El movimiento con sus números, como se imprime al pie."""
        return movimiento_escrito(self.totales)


@dataclass(frozen=True)
class Valoracion:
    """Lo que un renglón aporta: a cada total, en su orden, y a cada grupo.

    De cada grupo son los (valor en que cae, cuánto aporta); vacío si no entra en él.
    """

    cuentas: tuple[Cantidad, ...]
    grupos: tuple[tuple[tuple[str, Cantidad], ...], ...]


def valorar(informe: Informe, hechos: Hechos) -> Valoracion | None:
    """Lo que un renglón con esos hechos aporta al informe; None si no entra."""
    if informe.incluye is not None and not informe.incluye.cumple(hechos):
        return None
    return Valoracion(
        tuple(_aporta(total, hechos) for total in informe.totales if total.fecha is None),
        tuple(tuple(_del_grupo(grupo, hechos)) for grupo in informe.grupos),
    )


def _del_grupo(grupo: Grupo, hechos: Hechos) -> Iterator[tuple[str, Cantidad]]:
    if grupo.si is not None and not grupo.si.cumple(hechos):
        return
    valores = grupo.por.evaluar(hechos)
    sumados = grupo.suma.evaluar(hechos) if grupo.suma else None
    if not isinstance(valores, list):
        valores, sumados = [valores], [sumados]
    for lugar, valor in enumerate(valores):
        cuanto = sumados[lugar] if isinstance(sumados, list) and lugar < len(sumados) else None
        yield como_celda(valor) or SIN_DATO, _cantidad(cuanto) if grupo.suma else 1


def _cantidad(dato: object) -> Cantidad:
    return dato if isinstance(dato, int | Decimal) else 0


def fechados(informe: Informe, tramo: Tramo) -> Iterator[tuple[str, Cantidad]]:
    """(total, cuánto) de los totales con fecha cuyo hecho pasó el día en que el tramo empieza."""
    con_fecha = [total for total in informe.totales if total.fecha is not None]
    if not con_fecha:
        return
    for hechos in sujetos(informe, tramo):
        if informe.incluye is not None and not informe.incluye.cumple(hechos):
            continue
        for total in con_fecha:
            if _dia_dicho(total, hechos) == tramo.desde and (cuanto := _aporta(total, hechos)):
                yield total.clave, cuanto


def renglones(informe: Informe, tramo: Tramo, periodo: Periodo) -> Iterator[Hechos]:
    """Los hechos de cada renglón que da lo que constaba de un caso al final del periodo.

    Un caso entra si estuvo abierto en el periodo; un documento, si en él se emitió o anuló.
    Si el informe dice de qué fecha son sus renglones, entran los que la tienen en él.
    """
    if informe.fecha is None and informe.renglones == CASOS:
        if tramo.cerrado is None or tramo.cerrado >= periodo.desde:
            yield from sujetos(informe, tramo)
        return
    for hechos in sujetos(informe, tramo):
        if informe.fecha is not None:
            fechas: tuple[Any, ...] = (informe.fecha.evaluar(hechos),)
        else:
            fechas = (hechos.get("doc.emitido"), hechos.get("doc.anulado"))
        if any(isinstance(fecha, date) and periodo.contiene(fecha) for fecha in fechas):
            yield hechos


def sujetos(informe: Informe, tramo: Tramo) -> Iterator[Hechos]:
    """De qué se cuenta: del caso, de cada elemento de su lista o de cada uno de sus documentos."""
    if informe.renglones == CASOS:
        yield from _elementos(tramo.hechos, informe.por_cada)
        return
    for doc in tramo.documentos:
        if informe.documento in (None, doc["doc.clave"]):
            yield {**tramo.hechos, **doc}


def _elementos(hechos: Hechos, lista: str | None) -> Iterator[Hechos]:
    """Los hechos del caso con los de cada elemento de la lista, que se nombran `cada.parte`."""
    if lista is None:
        yield hechos
        return
    for elemento in hechos.get(lista, ()):
        suyos = {
            f"cada.{clave.removeprefix(f'{elemento}.')}": dato
            for clave, dato in hechos.items()
            if clave.startswith(f"{elemento}.")
        }
        yield {**hechos, **suyos}


def _aporta(total: Total, hechos: Hechos) -> Cantidad:
    if not total.cuenta.cumple(hechos):
        return 0
    return 1 if total.suma is None else _cantidad(total.suma.evaluar(hechos))


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
        self.al = al
        self.corte = periodo.corte(al)
        self.procedimientos = informe.procedimientos
        self.desde = periodo.vispera
        self.hasta = periodo.hasta
        self.cerrados_desde = desde_cuando_lo_cerrado(informe.fecha, periodo.desde)
        self._ultimo = min(periodo.hasta, al.date())
        self._totales: dict[str, Cantidad] = dict.fromkeys(NOMBRES_DEL_MOVIMIENTO, 0)
        self._totales |= {total.clave: 0 for total in informe.totales}
        self._folios: defaultdict[str, list[str]] = defaultdict(list)
        self._grupos: dict[str, defaultdict[str, Cantidad]] = {
            grupo.clave: defaultdict(int) for grupo in informe.grupos
        }
        self._del_informe = {
            "inicio": datetime.combine(periodo.desde, time(), tzinfo=al.tzinfo),
            "fin": periodo.hasta,
            "corte": self.corte,
        }
        self._filas: list[tuple[tuple[Any, ...], dict[str, str]]] = []
        self._por_dia: defaultdict[date, Counter[str]] = defaultdict(Counter)
        self._sin_imprimir = 0
        self._avisos: list[tuple[str, str]] = []

    def agregar(self, tramo: Tramo) -> None:
        """Cuenta lo que ese tramo aporta, si es de sus procedimientos y toca al periodo."""
        if tramo.procedimiento not in self.informe.procedimientos or tramo.desde > self._ultimo:
            return
        if tramo.desde >= self.periodo.desde:
            for que in tramo.movimientos:
                self._sumar(que, 1, tramo.folio)
                self._por_dia[tramo.desde][que] += 1
            for clave, cuanto in fechados(self.informe, tramo):
                self._sumar(clave, cuanto, tramo.folio)
        if tramo.abierto and tramo.cubre(self.periodo.vispera):
            self._sumar("abiertos_inicio", 1, tramo.folio)
        if tramo.cubre(self._ultimo):
            if tramo.abierto:
                self._sumar("abiertos_final", 1, tramo.folio)
            for hechos in renglones(self.informe, tramo, self.periodo):
                del_corte = {**self._del_informe, "vencido": vencido(tramo, self.corte)}
                self._agregar_renglon(tramo, {**hechos, **del_corte})

    def _agregar_renglon(self, tramo: Tramo, hechos: Hechos) -> None:
        valoracion = valorar(self.informe, hechos)
        if valoracion is None:
            return
        al_corte = (total.clave for total in self.informe.totales if total.fecha is None)
        for clave, cuanto in zip(al_corte, valoracion.cuentas, strict=True):
            if cuanto:
                self._sumar(clave, cuanto, tramo.folio)
        for grupo, aportes in zip(self.informe.grupos, valoracion.grupos, strict=True):
            for valor, cuanto in aportes:
                self._grupos[grupo.clave][valor] += cuanto
                self._folios[f"{grupo.clave}/{valor}"].append(tramo.folio)
        if self.informe.imprime is None or self.informe.imprime.cumple(hechos):
            self._filas.append((self._lugar(tramo, hechos), fila_de(self.informe, hechos)))
        else:
            self._sin_imprimir += 1
        if tramo.aviso:
            self._avisos.append((tramo.folio, tramo.aviso))

    def _sumar(self, clave: str, cuanto: Cantidad, folio: str) -> None:
        self._totales[clave] += cuanto
        self._folios[clave].append(folio)

    def _lugar(self, tramo: Tramo, hechos: Hechos) -> tuple[Any, ...]:
        orden = self.informe.orden
        return (*(llave_de_orden(orden.evaluar(hechos)) if orden else ()), *por_folio(tramo.folio))

    def cifras(self) -> Cifras:
        """Las cifras de todo lo agregado; cada lista, en su orden."""
        filas = [fila for _, fila in sorted(self._filas, key=lambda par: par[0])]
        caben = filas[: self.informe.maximo]
        return Cifras(
            totales=dict(self._totales),
            filas=tuple(caben),
            grupos={
                clave: dict(sorted(cuenta.items(), key=lambda par: (-par[1], par[0])))
                for clave, cuenta in self._grupos.items()
            },
            folios={
                clave: tuple(sorted(self._folios.get(clave, ()), key=por_folio))
                for clave in (*self._totales, *sorted(self._folios.keys() - self._totales.keys()))
            },
            avisos=tuple(sorted(set(self._avisos), key=lambda par: por_folio(par[0]))),
            sin_imprimir=self._sin_imprimir + len(filas) - len(caben),
            por_dia={dia: dict(self._por_dia[dia]) for dia in sorted(self._por_dia)},
        )


def desde_cuando_lo_cerrado(fecha: Condicion | None, desde: date) -> date:
    """Desde qué día importa lo que ya cerró, si se cuenta lo que en `fecha` pasó desde `desde`.

    El de siempre si la fecha es un hecho; si se calcula, puede caer más allá de todos.
    """
    return desde if fecha is None or fecha.escrita.strip() in fecha.nombres else date.min


def calcular(informe: Informe, periodo: Periodo, al: datetime, tramos: Iterable[Tramo]) -> Cifras:
    """Las cifras del informe en ese periodo, con los tramos conocidos al momento `al`."""
    cuenta = Cuenta(informe, periodo, al)
    for tramo in tramos:
        cuenta.agregar(tramo)
    return cuenta.cifras()


def vencido(tramo: Tramo, corte: datetime) -> bool:
    """Si el plazo que corría ya había pasado en ese momento."""
    return tramo.vence is not None and tramo.vence < corte


def fila_de(informe: Informe, hechos: Hechos) -> dict[str, str]:
    """El renglón como se lee: {columna: texto}, con lo que se reserva ya reservado."""
    return {
        c.clave: RESERVADO_EN_LO_PUBLICO
        if c.reserva and c.reserva.cumple(hechos)
        else como_celda(c.valor.evaluar(hechos))
        for c in informe.columnas
    }
