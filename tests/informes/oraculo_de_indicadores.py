"""Los indicadores, contados otra vez: caso por caso y día por día, con fracciones exactas.

No comparte código de cuentas con el programa; de él sólo lee la definición.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from expediente.nucleo.indicador import Indicador, Lado
from expediente.nucleo.periodo import Periodo
from tests.informes.historia import constaba
from tests.informes.lectura import Expediente, Hechos, Oficina
from tests.informes.oraculo import UN_DIA, en_celda, lugar_del_folio

Medidas = list[tuple[str, Fraction]]


@dataclass
class Medido:
    """Los folios de cada lado, lo que pesan y lo que duraron; y los meses que nadie abrió.

    De lo que sólo se mide cuando termina, lo que no ha terminado va en `sin_medir`.
    """

    numerador: list[str] = field(default_factory=list)
    denominador: list[str] = field(default_factory=list)
    excluidos: list[str] = field(default_factory=list)
    sin_medir: list[str] = field(default_factory=list)
    arriba: Fraction = Fraction(0)
    abajo: Fraction = Fraction(0)
    duraron: Medidas = field(default_factory=list)
    distintos: set[str] = field(default_factory=set)
    meses: set[date] = field(default_factory=set)
    valor: Fraction | None = None


def remedir(
    o: Oficina,
    casos: Sequence[Expediente],
    indicador: Indicador,
    periodo: Periodo,
    al: datetime,
    catalogos: Mapping[str, Mapping[str, str]],
    existencias: Mapping[str, Decimal],
) -> Medido:
    """El indicador entero, medido otra vez."""
    hecho = Medido()
    for caso in casos:
        if caso.procedimiento in indicador.procedimientos:
            _medir_caso(o, caso, indicador, periodo, al, hecho)
    _meses_sin_nadie(indicador, periodo, al, hecho)
    hecho.valor = _valor(indicador, hecho, catalogos, existencias)
    for folios in (hecho.numerador, hecho.denominador, hecho.excluidos, hecho.sin_medir):
        folios.sort(key=lambda f: lugar_del_folio(f) if f.count("-") == 2 else (0, f, 0))
    return hecho


def _medir_caso(
    o: Oficina, caso: Expediente, i: Indicador, periodo: Periodo, al: datetime, hecho: Medido
) -> None:
    hoy = al.astimezone(o.zona).date()
    ultimo = periodo.hasta + timedelta(days=i.holgura if i.modo == "foto" else 0)
    dias = [hoy if i.modo == "cohorte" else min(ultimo, hoy)]
    if i.modo == "flujo":
        cuantos = (dias[0] - periodo.desde).days + 1
        dias = [periodo.desde + n * UN_DIA for n in range(cuantos)]
    corte = al + timedelta(seconds=1)
    if i.modo != "cohorte":
        corte = min(corte, datetime.combine(ultimo + UN_DIA, time(), o.zona))
    for dia in dias:
        consta = constaba(o, caso, dia, al)
        if consta is None:
            continue
        hechos = {
            **consta.hechos,
            "inicio": datetime.combine(periodo.desde, time(), o.zona),
            "corte": corte,
            "vencido": consta.vence is not None and consta.vence < corte,
        }
        if i.solo and not i.solo.evaluar(hechos):
            continue
        porque = next((e for e in i.excluye if e.si.evaluar(hechos)), None)
        if i.modo == "flujo":
            if consta.hubo_algo:
                _de_flujo(o, caso, i, hechos, porque is not None, dia, hecho)
            continue
        if i.modo == "foto" and not consta.abierto:
            continue
        if i.modo == "cohorte":
            ancla = _dia(i.ancla.evaluar(hechos)) if i.ancla else None
            if ancla is None or not periodo.desde <= ancla <= periodo.hasta:
                continue
        if porque:
            hecho.excluidos.append(caso.folio)
        elif i.denominador.si is None or i.denominador.si.evaluar(hechos):
            _abajo(o, caso, i, hechos, dia, hecho)
            if i.numerador.si is None or i.numerador.si.evaluar(hechos):
                _arriba(o, caso, i, hechos, dia, hecho)
            elif i.mide and not i.rangos:
                hecho.sin_medir.append(caso.folio)
        else:
            continue
        if i.debidos and not (i.debidos.salvo and i.debidos.salvo.evaluar(hechos)):
            mes = _dia(i.debidos.mes.evaluar(hechos))
            if mes:
                hecho.meses.add(mes.replace(day=1))


def _de_flujo(
    o: Oficina,
    caso: Expediente,
    i: Indicador,
    hechos: Hechos,
    excluido: bool,
    dia: date,
    hecho: Medido,
) -> None:
    def paso(lado: Lado) -> bool:
        return lado.fecha is not None and _dia(lado.fecha.evaluar(hechos)) == dia

    if excluido:
        if paso(i.denominador):
            hecho.excluidos.append(caso.folio)
        return
    if paso(i.denominador) and (not i.denominador.si or i.denominador.si.evaluar(hechos)):
        _abajo(o, caso, i, hechos, dia, hecho)
    if paso(i.numerador) and (not i.numerador.si or i.numerador.si.evaluar(hechos)):
        _arriba(o, caso, i, hechos, dia, hecho)


def _abajo(
    o: Oficina, caso: Expediente, i: Indicador, hechos: Hechos, dia: date, hecho: Medido
) -> None:
    hecho.abajo += _peso(i.denominador, hechos)
    if i.calculo not in ("mediana", "p90"):
        hecho.denominador.append(caso.folio)
    if i.calculo == "rangos" and (duro := _duro(o, i, hechos, dia)) is not None:
        hecho.duraron.append((caso.folio, duro))
        if duro > i.rangos[-1]:
            hecho.numerador.append(caso.folio)


def _arriba(
    o: Oficina, caso: Expediente, i: Indicador, hechos: Hechos, dia: date, hecho: Medido
) -> None:
    if i.calculo == "rangos":
        return
    if i.mide:
        duro = _duro(o, i, hechos, dia)
        if duro is None:
            hecho.sin_medir.append(caso.folio)
            return
        hecho.duraron.append((caso.folio, duro))
        if i.calculo in ("mediana", "p90"):
            hecho.denominador.append(caso.folio)
    hecho.arriba += _peso(i.numerador, hechos)
    hecho.numerador.append(caso.folio)
    if i.numerador.distintos:
        hecho.distintos.add(en_celda(i.numerador.distintos.evaluar(hechos)))


def _peso(lado: Lado, hechos: Hechos) -> Fraction:
    peso = lado.suma.evaluar(hechos) if lado.suma else 1
    return Fraction(peso) if isinstance(peso, int | Decimal) else Fraction(0)


def _dia(dato: Any) -> date | None:
    if isinstance(dato, datetime):
        return dato.date()
    return dato if isinstance(dato, date) else None


def _duro(o: Oficina, i: Indicador, hechos: Hechos, hoy: date) -> Fraction | None:
    """Cuánto duró, en su unidad; sin fin escrito, hasta el corte."""
    assert i.mide is not None
    desde = i.mide.desde.evaluar(hechos)
    hasta = i.mide.hasta.evaluar(hechos) if i.mide.hasta else hechos["corte"]
    if i.mide.unidad == "horas":
        if not isinstance(desde, datetime) or not isinstance(hasta, datetime):
            return None
        return Fraction(round((hasta - desde).total_seconds()), 3600)
    inicio, fin = _dia(desde), _dia(hasta) if i.mide.hasta else hoy
    if inicio is None or fin is None:
        return None
    contados, dia = 0, inicio
    while dia < fin:
        dia += UN_DIA
        inhabil = dia.weekday() >= 5 or dia in o.calendario.inhabiles
        contados += 1 if i.mide.unidad == "naturales" or not inhabil else 0
    return Fraction(
        contados if fin >= inicio or i.mide.unidad == "habiles" else (fin - inicio).days
    )


def _meses_sin_nadie(i: Indicador, periodo: Periodo, al: datetime, hecho: Medido) -> None:
    """Lo que se debía cada mes y nadie abrió entra abajo."""
    if i.debidos is None:
        return
    for mes in range(1, 13):
        primero = date(periodo.desde.year, mes, 1)
        siguiente = date(primero.year + mes // 12, mes % 12 + 1, 1)
        if not periodo.desde.replace(day=1) <= primero <= periodo.hasta:
            continue
        se_debe = siguiente + timedelta(days=i.holgura) <= al.date()
        if se_debe and primero not in hecho.meses:
            hecho.abajo += 1


def _valor(
    i: Indicador,
    hecho: Medido,
    catalogos: Mapping[str, Mapping[str, str]],
    existencias: Mapping[str, Decimal],
) -> Fraction | None:
    duraron = sorted(duro for _, duro in hecho.duraron)
    if i.calculo in ("mediana", "p90"):
        if not duraron:
            return None
        if i.calculo == "mediana":
            mitad = len(duraron) // 2
            return (duraron[mitad] + duraron[-mitad - 1]) / 2
        # La menor que no rebasan nueve de cada diez.
        return next(x for x in duraron if 10 * sum(y <= x for y in duraron) >= 9 * len(duraron))
    if i.calculo == "cobertura":
        conocidos = catalogos[i.denominador.catalogo or ""]
        return Fraction(100 * len(hecho.distintos & set(conocidos)), len(conocidos))
    abajo = hecho.abajo
    if i.denominador.existencia:
        abajo = Fraction(existencias[i.denominador.existencia])
    if not abajo:
        return None
    if i.calculo == "rangos":
        return Fraction(100 * len(hecho.numerador)) / abajo
    if i.calculo == "porcentaje":
        return 100 * hecho.arriba / abajo
    return hecho.arriba if i.calculo == "suma" else hecho.arriba / abajo
