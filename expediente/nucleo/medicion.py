"""La cuenta de un indicador: se le agregan tramos y al final da su resultado.

Cada tramo se mira solo, y el orden en que lleguen da igual. La definición está en
`indicador`; la aritmética, en `calculos`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from expediente.nucleo.calculos import Apunte, Referencias
from expediente.nucleo.calendario import Calendario, habiles_entre
from expediente.nucleo.celda import como_celda
from expediente.nucleo.cifras import SIN_DATO, desde_cuando_lo_cerrado, vencido
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.fecha import MESES
from expediente.nucleo.hechos import fecha_dicha
from expediente.nucleo.indicador import (
    COHORTE,
    FLUJO,
    FOTO,
    HABILES,
    HORAS,
    Desglose,
    Indicador,
    Lado,
)
from expediente.nucleo.periodo import Periodo
from expediente.nucleo.resultados import Apuntado, Resultado, resultado_de
from expediente.nucleo.tramos import Tramo

# Lo que un indicador sabe además de los hechos del caso: cuándo empieza el periodo y hasta
# cuándo se mira.
HECHOS_DE_LA_MEDICION = ("inicio", "corte")
Hechos = Mapping[str, Any]


class Medicion:
    """Un indicador que se va contando; muchas se llenan en una sola pasada.

    Los tramos deben ser los que se conocían al momento `al`. De `desde` a `hasta` van los
    días de los que hay que agregarle tramos. `avisos` son (folio, lo que no se pudo
    calcular).
    """

    def __init__(
        self,
        indicador: Indicador,
        periodo: Periodo,
        al: datetime,
        calendario: Calendario,
        referencias: Referencias = Referencias(),  # noqa: B008  (no cambia)
    ) -> None:
        self.indicador, self.periodo, self.al = indicador, periodo, al
        self.procedimientos = indicador.procedimientos
        self.avisos: list[tuple[str, str]] = []
        self._calendario, self._referencias = calendario, referencias
        self._corte, self._dia = _hasta_cuando(indicador, periodo, al)
        self.desde = periodo.desde if indicador.modo == FLUJO else self._dia
        self.hasta = self._dia
        self.cerrados_desde = desde_cuando_lo_cerrado(indicador.ancla, periodo.desde)
        nombres = {n for _, expresion in indicador.expresiones() for n in expresion.nombres}
        self._pide_momento = not nombres.isdisjoint({*HECHOS_DE_LA_MEDICION, "vencido"})
        self._apuntado = Apuntado()
        self._meses: set[date] = set()

    def agregar(self, tramo: Tramo) -> None:
        """Cuenta lo que ese tramo aporta, si es de sus procedimientos y toca al periodo."""
        if tramo.procedimiento not in self.indicador.procedimientos or not self._toca(tramo):
            return
        if self.indicador.modo == COHORTE and not self._es_de_la_cohorte(tramo):
            return
        hechos = self._hechos(tramo)
        if self.indicador.solo is not None and not self.indicador.solo.cumple(hechos):
            return
        if self.indicador.modo == FLUJO:
            self._agregar_de_flujo(tramo, hechos)
        else:
            self._agregar_caso(tramo, hechos)

    def resultado(self) -> Resultado:
        """Lo que da todo lo agregado."""
        faltan = list(self._meses_sin_nadie())
        sin_nadie = [Apunte(mes, (SIN_DATO,) * len(self.indicador.por)) for mes in faltan]
        completo = replace(
            self._apuntado, denominador=[*self._apuntado.denominador, *sin_nadie], debidos=faltan
        )
        return resultado_de(self.indicador, self.periodo, self.al, completo, self._referencias)

    def _toca(self, tramo: Tramo) -> bool:
        if self.indicador.modo == FLUJO:
            return self.periodo.desde <= tramo.desde <= self._dia
        return tramo.cubre(self._dia) and (self.indicador.modo == COHORTE or tramo.abierto)

    def _hechos(self, tramo: Tramo) -> Hechos:
        if not self._pide_momento:
            return tramo.hechos
        inicio = datetime.combine(self.periodo.desde, time(), tzinfo=self.al.tzinfo)
        del_momento = {
            "inicio": inicio,
            "corte": self._corte,
            "vencido": vencido(tramo, self._corte),
        }
        return {**tramo.hechos, **del_momento}

    def _es_de_la_cohorte(self, tramo: Tramo) -> bool:
        dia = fecha_dicha(self.indicador.ancla, tramo.hechos)
        return dia is not None and self.periodo.contiene(dia)

    def _agregar_caso(self, tramo: Tramo, hechos: Hechos) -> None:
        """Un caso de la cohorte o de la foto: el numerador es parte del denominador."""
        arriba, abajo = self.indicador.numerador, self.indicador.denominador
        if motivo := self._motivo_para_excluir(hechos):
            self._excluir(motivo, tramo, hechos)
        elif _entra(abajo, hechos):
            self._apuntado.denominador.append(self._apunte(abajo, tramo, hechos))
            if _entra(arriba, hechos):
                self._apuntar_arriba(tramo, hechos)
            elif self._mide_duracion:
                self._apuntado.sin_medir.append(self._apunte(arriba, tramo, hechos))
        else:
            return
        self._cubrir_mes(hechos)

    def _agregar_de_flujo(self, tramo: Tramo, hechos: Hechos) -> None:
        """Cada lado cuenta, por su cuenta, el día en que pasó su hecho."""
        arriba, abajo = self.indicador.numerador, self.indicador.denominador
        motivo = self._motivo_para_excluir(hechos)
        if fecha_dicha(abajo.fecha, hechos) == tramo.desde:
            if motivo:
                self._excluir(motivo, tramo, hechos)
            elif _entra(abajo, hechos):
                self._apuntado.denominador.append(self._apunte(abajo, tramo, hechos))
        if (
            not motivo
            and fecha_dicha(arriba.fecha, hechos) == tramo.desde
            and _entra(arriba, hechos)
        ):
            self._apuntar_arriba(tramo, hechos)

    def _apuntar_arriba(self, tramo: Tramo, hechos: Hechos) -> None:
        apunte = self._apunte(self.indicador.numerador, tramo, hechos)
        sin_acabar = self._mide_duracion and apunte.medida is None
        (self._apuntado.sin_medir if sin_acabar else self._apuntado.numerador).append(apunte)

    @property
    def _mide_duracion(self) -> bool:
        return self.indicador.mide is not None and not self.indicador.rangos

    def _motivo_para_excluir(self, hechos: Hechos) -> str | None:
        return next((e.nombre for e in self.indicador.excluye if e.si.cumple(hechos)), None)

    def _excluir(self, motivo: str, tramo: Tramo, hechos: Hechos) -> None:
        self._apuntado.motivos[motivo] += 1
        self._apuntado.excluidos.append(self._apunte(self.indicador.denominador, tramo, hechos))

    def _apunte(self, lado: Lado, tramo: Tramo, hechos: Hechos) -> Apunte:
        peso = lado.suma.evaluar(hechos) if lado.suma else 1
        if not isinstance(peso, int | Decimal):
            self._apuntado.sin_cantidad.add(tramo.folio)
            peso = 0
        if tramo.aviso:
            self.avisos.append((tramo.folio, tramo.aviso))
        return Apunte(
            folio=tramo.folio,
            valores=tuple(self._valor(desglose, hechos) for desglose in self.indicador.por),
            peso=peso,
            medida=self._medida(tramo, hechos),
            distinto=como_celda(lado.distintos.evaluar(hechos)) if lado.distintos else None,
        )

    def _valor(self, desglose: Desglose, hechos: Hechos) -> str:
        valor = como_celda(desglose.por.evaluar(hechos))
        nombres = self._referencias.catalogos.get(desglose.catalogo or "", {})
        return nombres.get(valor, valor) or SIN_DATO

    def _medida(self, tramo: Tramo, hechos: Hechos) -> Decimal | None:
        """Cuánto duró, en su unidad; None si no se mide, no ha terminado o no se puede."""
        mide = self.indicador.mide
        if mide is None:
            return None
        desde = mide.desde.evaluar(hechos)
        hasta = mide.hasta.evaluar(hechos) if mide.hasta else self._corte
        if mide.unidad == HORAS:
            if not isinstance(desde, datetime) or not isinstance(hasta, datetime):
                return None
            return Decimal(round((hasta - desde).total_seconds())) / 3600
        inicio = fecha_dicha(mide.desde, hechos)
        fin = fecha_dicha(mide.hasta, hechos) if mide.hasta else self._dia
        if inicio is None or fin is None:
            return None
        if mide.unidad != HABILES:
            return Decimal((fin - inicio).days)
        return self._habiles(inicio, fin, tramo)

    def _habiles(self, inicio: date, fin: date, tramo: Tramo) -> Decimal | None:
        if rangos := self.indicador.rangos:
            # Lo muy viejo cae en el último rango: no hace falta el calendario de su año.
            inicio = max(inicio, fin - timedelta(days=4 * rangos[-1] + 30))
        try:
            return Decimal(habiles_entre(inicio, fin, self._calendario))
        except DatosInvalidos as error:
            self.avisos.append((tramo.folio, error.mensaje))
            return None

    def _cubrir_mes(self, hechos: Hechos) -> None:
        debidos = self.indicador.debidos
        if debidos is None or (debidos.salvo and debidos.salvo.cumple(hechos)):
            return
        if dia := fecha_dicha(debidos.mes, hechos):
            self._meses.add(dia.replace(day=1))

    def _meses_sin_nadie(self) -> Iterator[str]:
        """Los meses del periodo que ya se debían y nadie abrió, como se leen."""
        if self.indicador.debidos is None:
            return
        mes = self.periodo.desde.replace(day=1)
        while mes <= self.periodo.hasta:
            siguiente = (mes + timedelta(days=31)).replace(day=1)
            se_debe = siguiente + timedelta(days=self.indicador.holgura) <= self.al.date()
            if se_debe and mes not in self._meses:
                yield f"{MESES[mes.month - 1]} de {mes.year}"
            mes = siguiente


def _hasta_cuando(indicador: Indicador, periodo: Periodo, al: datetime) -> tuple[datetime, date]:
    """Hasta qué instante se mira, y el último día: el corte o, en una cohorte, `al`."""
    if indicador.modo == COHORTE:
        return al, al.date()
    holgura = timedelta(days=indicador.holgura if indicador.modo == FOTO else 0)
    mirado = Periodo(periodo.clase, periodo.desde, periodo.hasta + holgura)
    return mirado.corte(al), min(mirado.hasta, al.date())


def _entra(lado: Lado, hechos: Hechos) -> bool:
    return lado.si is None or lado.si.cumple(hechos)
