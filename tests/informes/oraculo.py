"""Los informes, contados otra vez de la manera más tonta: día por día y caso por caso.

No comparte código de cuentas con el programa. Si difieren, uno de los dos está mal, y
conviene empezar por sospechar del rápido.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from expediente.nucleo.informe import Informe
from expediente.nucleo.medida import Medida
from expediente.nucleo.periodo import Periodo
from tests.informes.historia import Consta, constaba
from tests.informes.lectura import Expediente, Hechos, Oficina

UN_DIA = timedelta(days=1)
MOVIMIENTO = ("abiertos_inicio", "recibidos", "reabiertos", "concluidos", "abiertos_final")


@dataclass
class Recuento:
    """Lo que dice un informe: las mismas cosas que `Cifras`, contadas aparte."""

    totales: dict[str, Any] = field(default_factory=dict)
    filas: list[dict[str, str]] = field(default_factory=list)
    grupos: dict[str, dict[str, Any]] = field(default_factory=dict)
    folios: dict[str, list[str]] = field(default_factory=dict)

    def sumar(self, clave: str, folio: str, cuanto: Any = 1) -> None:
        """Añade a una cifra lo que aporta un caso."""
        self.totales[clave] += cuanto
        self.folios[clave].append(folio)


def recontar(
    o: Oficina, casos: Sequence[Expediente], informe: Informe, periodo: Periodo, al: datetime
) -> Recuento:
    """El informe entero, recontado."""
    hecho = Recuento()
    for clave in (*MOVIMIENTO, *(total.clave for total in informe.totales)):
        hecho.totales[clave], hecho.folios[clave] = 0, []
    hecho.grupos = {grupo.clave: defaultdict(int) for grupo in informe.grupos}
    con_orden: list[tuple[Any, dict[str, str]]] = []
    corte = min(datetime.combine(periodo.hasta + UN_DIA, time(), o.zona), al + timedelta(seconds=1))
    for caso in casos:
        if caso.procedimiento in informe.procedimientos:
            con_orden += _contar_caso(o, caso, informe, periodo, al, corte, hecho)
    con_orden.sort(key=lambda par: par[0])
    hecho.filas = [fila for _, fila in con_orden[: informe.maximo]]
    for folios in hecho.folios.values():
        folios.sort(key=lugar_del_folio)
    return hecho


def _contar_caso(
    o: Oficina,
    caso: Expediente,
    informe: Informe,
    periodo: Periodo,
    al: datetime,
    corte: datetime,
    hecho: Recuento,
) -> list[tuple[Any, dict[str, str]]]:
    antes = constaba(o, caso, periodo.desde - UN_DIA, al)
    estuvo_abierto = bool(antes and antes.abierto)
    if estuvo_abierto:
        hecho.sumar("abiertos_inicio", caso.folio)
    dia = periodo.desde
    while dia <= min(periodo.hasta, al.astimezone(o.zona).date()):
        ahora = constaba(o, caso, dia, al)
        if ahora:
            movimientos = movimientos_del_dia(antes, ahora, dia)
            for que in movimientos:
                hecho.sumar(que, caso.folio)
            estuvo_abierto = estuvo_abierto or ahora.abierto or bool(movimientos)
            if ahora.hubo_algo:
                _contar_fechados(informe, caso, ahora, dia, hecho)
        antes, dia = ahora, dia + UN_DIA
    if antes is None:
        return []
    if antes.abierto:
        hecho.sumar("abiertos_final", caso.folio)
    del_corte = {
        "vencido": antes.vence is not None and antes.vence < corte,
        "inicio": datetime.combine(periodo.desde, time(), o.zona),
        "fin": periodo.hasta,
        "corte": corte,
    }
    sujetos = _sujetos(informe, antes)
    if informe.fecha:
        sujetos = [x for x in sujetos if _dentro(informe.fecha.evaluar(x), periodo, o)]
    elif informe.renglones == "casos":
        sujetos = sujetos if estuvo_abierto else []
    else:
        papeles = ("doc.emitido", "doc.anulado")
        sujetos = [x for x in sujetos if any(_dentro(x.get(que), periodo, o) for que in papeles)]
    filas = [_contar_renglon(informe, {**x, **del_corte}, caso, hecho) for x in sujetos]
    return [fila for fila in filas if fila]


def _dentro(cuando: Any, periodo: Periodo, o: Oficina) -> bool:
    if isinstance(cuando, datetime):
        cuando = cuando.astimezone(o.zona).date()
    return isinstance(cuando, date) and periodo.desde <= cuando <= periodo.hasta


def movimientos_del_dia(antes: Consta | None, ahora: Consta, dia: date) -> list[str]:
    """Recibido, reabierto o concluido ese día, y el contrario de lo que ese día se deshizo."""
    entran = ["recibidos"] if antes is None else []
    entran += ["reabiertos"] * list(ahora.reaperturas).count(dia)
    salen = ["concluidos"] * list(ahora.cierres).count(dia)
    habia = 1 if antes and antes.abierto else 0
    while habia + len(entran) - len(salen) < (1 if ahora.abierto else 0):
        entran.append("reabiertos")
    while habia + len(entran) - len(salen) > (1 if ahora.abierto else 0):
        salen.append("concluidos")
    return entran + salen


def _sujetos(informe: Informe, consta: Consta) -> list[Hechos]:
    if informe.renglones == "documentos":
        return [
            {**consta.hechos, **papel}
            for papel in consta.papeles
            if informe.documento is None or papel["doc.clave"] == informe.documento
        ]
    if informe.por_cada is None:
        return [consta.hechos]
    elementos = []
    for elemento in consta.hechos.get(informe.por_cada, []):
        suyos = dict(consta.hechos)
        for clave, dato in consta.hechos.items():
            if clave.startswith(elemento + "."):
                suyos["cada." + clave[len(elemento) + 1 :]] = dato
        elementos.append(suyos)
    return elementos


def _contar_fechados(
    informe: Informe, caso: Expediente, ahora: Consta, dia: date, hecho: Recuento
) -> None:
    for hechos in _sujetos(informe, ahora):
        if informe.incluye and not informe.incluye.evaluar(hechos):
            continue
        for total in informe.totales:
            if total.fecha is None:
                continue
            cuando = total.fecha.evaluar(hechos)
            cuando = cuando.date() if isinstance(cuando, datetime) else cuando
            if cuando == dia and (cuanto := _cuanto(total, hechos)):
                hecho.sumar(total.clave, caso.folio, cuanto)


def _cuanto(total: Any, hechos: Hechos) -> Any:
    if not total.cuenta.evaluar(hechos):
        return 0
    if total.suma is None:
        return 1
    cuanto = total.suma.evaluar(hechos)
    return cuanto if isinstance(cuanto, int | Decimal) else 0


def _contar_renglon(
    informe: Informe, hechos: Hechos, caso: Expediente, hecho: Recuento
) -> tuple[Any, dict[str, str]] | None:
    if informe.incluye and not informe.incluye.evaluar(hechos):
        return None
    for total in informe.totales:
        if total.fecha is None and (cuanto := _cuanto(total, hechos)):
            hecho.sumar(total.clave, caso.folio, cuanto)
    for grupo in informe.grupos:
        if grupo.si and not grupo.si.evaluar(hechos):
            continue
        valores = grupo.por.evaluar(hechos)
        sumados = grupo.suma.evaluar(hechos) if grupo.suma else None
        if not isinstance(valores, list):
            valores, sumados = [valores], [sumados]
        for i, dato in enumerate(valores):
            cuanto: Any = 1
            if grupo.suma:
                cuanto = sumados[i] if isinstance(sumados, list) and i < len(sumados) else 0
                cuanto = cuanto if isinstance(cuanto, int | Decimal) else 0
            valor = en_celda(dato) or "Sin dato"
            hecho.grupos[grupo.clave][valor] += cuanto
            hecho.folios.setdefault(f"{grupo.clave}/{valor}", []).append(caso.folio)
    if informe.imprime and not informe.imprime.evaluar(hechos):
        return None
    fila = {
        c.clave: "Confidencial"
        if c.reserva and c.reserva.evaluar(hechos)
        else en_celda(c.valor.evaluar(hechos))
        for c in informe.columnas
    }
    return (_lugar(informe, hechos, caso), fila)


def _lugar(informe: Informe, hechos: Hechos, caso: Expediente) -> Any:
    propio: tuple[Any, ...] = ()
    if informe.orden:
        dato = informe.orden.evaluar(hechos)
        falta = dato is None or repr(dato) == "FALTA"
        numero = isinstance(dato, int | Decimal)
        escrito = dato.isoformat() if isinstance(dato, date) else str(dato)
        propio = ((2, "") if falta else (0, dato) if numero else (1, escrito),)
    return (*propio, lugar_del_folio(caso.folio))


def lugar_del_folio(folio: str) -> tuple[int, str, int]:
    """Por año, prefijo y consecutivo."""
    prefijo, anio, consecutivo = folio.rsplit("-", 2)
    return int(anio), prefijo, int(consecutivo)


def en_celda(dato: Any) -> str:
    """Un dato como se lee en la tabla."""
    if dato is None or repr(dato) == "FALTA":
        return ""
    if isinstance(dato, bool):
        return "Sí" if dato else "No"
    if isinstance(dato, date):
        iso = dato.isoformat()
        corta = re.sub(r"^(\d+)-(\d+)-(\d+).*", r"\3/\2/\1", iso)
        return f"{corta} {iso[11:16]}" if isinstance(dato, datetime) else corta
    if isinstance(dato, Decimal) and not isinstance(dato, Medida):
        return f"${dato:,.2f}"
    return f"{dato:.1f}" if isinstance(dato, float) else str(dato)
