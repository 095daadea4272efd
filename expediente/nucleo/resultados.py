"""El resultado de un indicador: su valor, de qué folios sale y sus desgloses.

Recibe los casos ya apuntados a cada lado, que reúne `medicion`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from expediente.nucleo.calculos import (
    Apunte,
    Cantidad,
    Referencias,
    en_texto,
    fraccion,
    nombres_de_rangos,
    pasa_del_ultimo,
    rango_de,
)
from expediente.nucleo.folio import por_folio
from expediente.nucleo.indicador import COBERTURA, RANGOS, UNIDADES, Indicador
from expediente.nucleo.periodo import Periodo

POR_RANGO = "rango"
OTROS = "Otros"
# Cada lado de la cuenta, como se lee.
LADOS = {
    "numerador": "numerador",
    "denominador": "denominador",
    "excluidos": "excluidos",
    "sin_medir": "sin terminar",
}


@dataclass
class Apuntado:
    """Los casos de cada lado de la cuenta, y lo que no pudo entrar.

    `motivos` son {por qué se excluyó: cuántos}; `sin_medir`, los que todavía no acaban;
    `debidos`, lo que nadie abrió; `sin_cantidad`, los que no traían lo que se suma.
    """

    numerador: list[Apunte] = field(default_factory=list)
    denominador: list[Apunte] = field(default_factory=list)
    excluidos: list[Apunte] = field(default_factory=list)
    sin_medir: list[Apunte] = field(default_factory=list)
    debidos: list[str] = field(default_factory=list)
    motivos: Counter[str] = field(default_factory=Counter)
    sin_cantidad: set[str] = field(default_factory=set)

    def los_que(self, cumplen: Callable[[Apunte], bool]) -> "Apuntado":
        """Sólo los casos que cumplen."""
        return Apuntado(
            numerador=[a for a in self.numerador if cumplen(a)],
            denominador=[a for a in self.denominador if cumplen(a)],
            excluidos=[a for a in self.excluidos if cumplen(a)],
            sin_medir=[a for a in self.sin_medir if cumplen(a)],
        )


@dataclass(frozen=True)
class Resultado:
    """Lo que dio un indicador en un periodo.

    `valor` es None, y `texto` «s/d», si no hubo denominador; `cumple`, None si no hay valor
    o meta. `folios` dice de dónde sale cada lado, y de lo que nadie abrió, qué es; en una
    mediana o un percentil, los dos lados son los medidos. `motivos` son {por qué: cuántos}
    de los excluidos, y `sin_medir`, cuántos siguen sin acabar y no tienen duración.
    `desglose` es {clave: {valor: Resultado}}: el que no llega al mínimo de casos trae
    `numerador` y `valor` en None y lo dice en `texto`.
    """

    indicador: Indicador
    periodo: Periodo
    al: datetime
    valor: Decimal | None
    numerador: Cantidad | None
    denominador: Cantidad
    excluidos: int
    texto: str
    cumple: bool | None
    folios: Mapping[str, tuple[str, ...]]
    desglose: Mapping[str, Mapping[str, "Resultado"]] = field(default_factory=dict)
    notas: tuple[str, ...] = ()
    motivos: Mapping[str, int] = field(default_factory=dict)
    sin_medir: int = 0

    @property
    def incompleto(self) -> bool:
        """Si el periodo no había terminado al corte."""
        return self.periodo.incompleto(self.al)


def resultado_de(
    indicador: Indicador,
    periodo: Periodo,
    al: datetime,
    apuntado: Apuntado,
    referencias: Referencias,
) -> Resultado:
    """El resultado con todo lo apuntado, con sus desgloses y sus notas."""

    def uno(parte: Apuntado) -> Resultado:
        return _sin_desglose(indicador, periodo, al, parte, referencias)

    desglose = {
        d.clave: _por_valor(indicador, i, apuntado, uno) for i, d in enumerate(indicador.por)
    }
    if indicador.calculo == RANGOS:
        desglose = {POR_RANGO: _por_rango(indicador, apuntado, uno), **desglose}
    return replace(
        uno(apuntado),
        desglose=desglose,
        notas=tuple(_notas(indicador, apuntado, referencias)),
        motivos=dict(apuntado.motivos),
    )


def nombre_del_desglose(indicador: Indicador, clave: str) -> str:
    """Cómo se titula; el de los rangos dice en qué se miden."""
    if clave == POR_RANGO:
        assert indicador.mide is not None
        return f"Por antigüedad, en {UNIDADES[indicador.mide.unidad]}"
    return next(d.nombre for d in indicador.por if d.clave == clave)


def _sin_desglose(
    indicador: Indicador,
    periodo: Periodo,
    al: datetime,
    apuntado: Apuntado,
    referencias: Referencias,
) -> Resultado:
    hecha = fraccion(indicador, apuntado.numerador, apuntado.denominador, referencias)
    estandar = indicador.estandar
    return Resultado(
        indicador=indicador,
        periodo=periodo,
        al=al,
        valor=hecha.valor,
        numerador=hecha.numerador,
        denominador=hecha.denominador,
        excluidos=len(apuntado.excluidos),
        texto=en_texto(indicador, hecha.valor),
        cumple=estandar.cumple(hecha.valor) if estandar and hecha.valor is not None else None,
        folios={
            "numerador": _folios(_los_de_arriba(indicador, apuntado)),
            "denominador": _folios(_los_de_abajo(indicador, apuntado)),
            "excluidos": _folios(apuntado.excluidos),
            "sin_medir": _folios(apuntado.sin_medir),
        },
        sin_medir=len(apuntado.sin_medir),
    )


def _los_de_arriba(indicador: Indicador, apuntado: Apuntado) -> Sequence[Apunte]:
    if indicador.calculo == RANGOS:
        return [a for a in apuntado.denominador if pasa_del_ultimo(a, indicador.rangos)]
    return apuntado.numerador


def _los_de_abajo(indicador: Indicador, apuntado: Apuntado) -> Sequence[Apunte]:
    if indicador.denominador.catalogo or indicador.denominador.existencia:
        return ()
    return apuntado.numerador if indicador.solo_medidos else apuntado.denominador


def _folios(apuntes: Iterable[Apunte]) -> tuple[str, ...]:
    return tuple(sorted((a.folio for a in apuntes), key=por_folio))


def _por_valor(
    indicador: Indicador, lugar: int, apuntado: Apuntado, uno: Callable[[Apuntado], Resultado]
) -> dict[str, Resultado]:
    """El resultado por cada valor de un desglose, del que más casos tiene al que menos."""
    lados = (apuntado.numerador, apuntado.denominador, apuntado.excluidos)
    valores = sorted({a.valores[lugar] for lado in lados for a in lado})
    casos = Counter(a.valores[lugar] for a in apuntado.denominador)
    chicos = _los_que_se_juntan(indicador, valores, casos)
    grupos = {valor: OTROS if valor in chicos else valor for valor in valores}
    partes = {
        grupo: apuntado.los_que(lambda a, de=grupo: grupos[a.valores[lugar]] == de)  # type: ignore[misc]  # la lambda de un solo argumento
        for grupo in grupos.values()
    }
    en_orden = sorted(partes, key=lambda v: (v == OTROS, -len(partes[v].denominador), v))
    return {v: _publicable(uno(partes[v]), _casos(indicador, partes[v])) for v in en_orden}


def _los_que_se_juntan(
    indicador: Indicador, valores: Sequence[str], casos: Mapping[str, int]
) -> set[str]:
    """Los valores con menos casos que el mínimo y, si ni juntos llegan, los que les siguen."""
    juntos: set[str] = set()
    suman = 0
    for valor in sorted(valores, key=lambda v: (casos.get(v, 0), v)) if indicador.agrupa else ():
        if casos.get(valor, 0) >= indicador.minimo and (not juntos or suman >= indicador.minimo):
            break
        juntos.add(valor)
        suman += casos.get(valor, 0)
    return juntos


def _casos(indicador: Indicador, apuntado: Apuntado) -> int:
    """De cuántos casos sale el valor."""
    return len(apuntado.numerador if indicador.solo_medidos else apuntado.denominador)


def _publicable(resultado: Resultado, casos: int) -> Resultado:
    """El resultado, sin su valor si sale de tan pocos casos que engañaría o diría de quién es."""
    minimo = resultado.indicador.minimo
    if not 0 < casos < minimo:
        return resultado
    return replace(
        resultado,
        valor=None,
        numerador=None,
        texto=f"reservado (menos de {minimo} casos)",
        cumple=None,
        folios={**resultado.folios, "numerador": ()},
    )


def _por_rango(
    indicador: Indicador, apuntado: Apuntado, uno: Callable[[Apuntado], Resultado]
) -> dict[str, Resultado]:
    """Cuántos casos, de todos, caen en cada rango."""
    entero = uno(apuntado)
    todos = apuntado.denominador
    por_rango: dict[str, list[Apunte]] = {n: [] for n in nombres_de_rangos(indicador.rangos)}
    for apunte in todos:
        if apunte.medida is not None:
            por_rango[rango_de(apunte.medida, indicador.rangos)].append(apunte)
    hechos = {}
    for nombre, suyos in por_rango.items():
        valor = 100 * Decimal(len(suyos)) / len(todos) if todos else None
        hechos[nombre] = replace(
            entero,
            numerador=len(suyos),
            valor=valor,
            texto=en_texto(indicador, valor),
            cumple=None,
            folios={**entero.folios, "numerador": _folios(suyos)},
        )
    return hechos


def _notas(indicador: Indicador, apuntado: Apuntado, referencias: Referencias) -> Iterator[str]:
    if apuntado.debidos:
        yield f"Nadie abrió el expediente de: {', '.join(apuntado.debidos)}."
    if cuantos := len(apuntado.sin_medir):
        yield f"Todavía no terminan y no se miden: {cuantos}. El número dice sólo de los que sí."
    if apuntado.sin_cantidad:
        cuales = ", ".join(sorted(apuntado.sin_cantidad, key=por_folio))
        yield f"No dicen su cantidad y suman cero: {cuales}."
    if indicador.calculo == COBERTURA:
        conocidos = referencias.catalogos.get(indicador.denominador.catalogo or "", {})
        ajenos = {a.distinto for a in apuntado.numerador} - conocidos.keys()
        if ajenos:
            yield f"No están en el catálogo y no cuentan: {', '.join(sorted(map(str, ajenos)))}."
    if indicador.nota:
        yield indicador.nota
