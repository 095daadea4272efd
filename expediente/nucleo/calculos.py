"""La aritmética de los indicadores: de los casos apuntados a un número y su texto.

Se calcula con Decimal y se redondea, el medio hacia arriba, sólo al escribirse. Sin casos
no hay número: «s/d», que no es cero ni cien.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from expediente.nucleo.dinero import pesos
from expediente.nucleo.indicador import (
    AL_MENOS,
    COBERTURA,
    HABILES,
    HORAS,
    MEDIANA,
    NATURALES,
    PORCENTAJE,
    PROMEDIO,
    RANGOS,
    SUMA,
    Indicador,
    Lado,
)

SIN_DATOS = "s/d"
PESOS = "pesos"
CIEN = Decimal(100)
_EN_UNIDAD = {HORAS: "h", HABILES: "días hábiles", NATURALES: "días"}
_UNO = {HABILES: "día hábil", NATURALES: "día"}
Cantidad = int | Decimal


@dataclass(frozen=True)
class Apunte:
    """Un caso que entra a un lado de la cuenta.

    `peso` es lo que suma; `valores`, en qué valor cae de cada desglose; `medida`, cuánto
    duró, si se mide; `distinto`, el valor que se cuenta una sola vez.
    """

    folio: str
    valores: tuple[str, ...] = ()
    peso: Cantidad = 1
    medida: Decimal | None = None
    distinto: str | None = None


@dataclass(frozen=True)
class Fraccion:
    """Los dos lados de la cuenta ya sumados, y su valor; None si no hay denominador."""

    numerador: Cantidad
    denominador: Cantidad
    valor: Decimal | None


@dataclass(frozen=True)
class Referencias:
    """Lo que la oficina tiene: {clave: nombre} de cada catálogo, y el total de cada existencia."""

    catalogos: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    existencias: Mapping[str, Decimal] = field(default_factory=dict)


def fraccion(
    indicador: Indicador,
    numerador: Sequence[Apunte],
    denominador: Sequence[Apunte],
    referencias: Referencias,
) -> Fraccion:
    """El valor del indicador con esos casos de cada lado."""
    calculo = indicador.calculo
    if indicador.solo_medidos:
        medidas = sorted(a.medida for a in numerador if a.medida is not None)
        estadistico = mediana if calculo == MEDIANA else percentil_90
        valor = estadistico(medidas) if medidas else None
        return Fraccion(len(medidas), len(medidas), valor)
    if calculo == COBERTURA:
        conocidos = referencias.catalogos.get(indicador.denominador.catalogo or "", {})
        alcanzados = {a.distinto for a in numerador} & conocidos.keys()
        return _por_cien(len(alcanzados), len(conocidos))
    arriba, abajo = _total(numerador), _cuanto(indicador.denominador, denominador, referencias)
    if calculo == RANGOS:
        viejos = sum(pasa_del_ultimo(a, indicador.rangos) for a in denominador)
        return _por_cien(viejos, abajo)
    if calculo == PORCENTAJE:
        return _por_cien(arriba, abajo)
    if not abajo:
        return Fraccion(arriba, abajo, None)
    valor = Decimal(arriba) if calculo == SUMA else Decimal(arriba) / Decimal(abajo)
    return Fraccion(arriba, abajo, valor)


def _total(apuntes: Sequence[Apunte]) -> Cantidad:
    return sum(a.peso for a in apuntes)


def _cuanto(lado: Lado, apuntes: Sequence[Apunte], referencias: Referencias) -> Cantidad:
    if lado.existencia:
        return referencias.existencias.get(lado.existencia, Decimal(0))
    return _total(apuntes)


def _por_cien(arriba: Cantidad, abajo: Cantidad) -> Fraccion:
    valor = CIEN * Decimal(arriba) / Decimal(abajo) if abajo else None
    return Fraccion(arriba, abajo, valor)


def pasa_del_ultimo(apunte: Apunte, rangos: Sequence[int]) -> bool:
    """Si lo que mide pasa del último límite."""
    return apunte.medida is not None and apunte.medida > rangos[-1]


def mediana(medidas: Sequence[Decimal]) -> Decimal:
    """La de en medio de unas medidas ya ordenadas; si son pares, entre las dos de en medio."""
    mitad = len(medidas) // 2
    if len(medidas) % 2:
        return medidas[mitad]
    return (medidas[mitad - 1] + medidas[mitad]) / 2


def percentil_90(medidas: Sequence[Decimal]) -> Decimal:
    """La menor medida que no rebasan nueve de cada diez; de unas medidas ya ordenadas."""
    return medidas[-(-len(medidas) * 9 // 10) - 1]


def rango_de(medida: Decimal, rangos: Sequence[int]) -> str:
    """El rango en que cae, como se lee: «0 a 1», «2 a 5», «más de 20»."""
    nombres = nombres_de_rangos(rangos)
    return next(
        (nombre for limite, nombre in zip(rangos, nombres, strict=False) if medida <= limite),
        nombres[-1],
    )


def nombres_de_rangos(rangos: Sequence[int]) -> list[str]:
    """Los rangos que hacen esos límites, del más corto al más largo."""
    desde = [0, *(limite + 1 for limite in rangos)]
    cerrados = [f"{a} a {b}" if a < b else str(a) for a, b in zip(desde, rangos, strict=False)]
    return [*cerrados, f"más de {rangos[-1]}"]


def en_texto(indicador: Indicador, valor: Decimal | None) -> str:
    """El valor como se lee: «87.5 %», «3.2 h», «$1,500.00», «4.3 de 5»; «s/d» si no hay."""
    if valor is None:
        return SIN_DATOS
    if indicador.unidad == PESOS:
        return pesos(valor)
    escrito = str(valor.quantize(Decimal("0.1"), ROUND_HALF_UP))
    if indicador.calculo in (PROMEDIO, SUMA):
        return f"{escrito} {indicador.unidad}" if indicador.unidad else escrito
    if indicador.solo_medidos:
        assert indicador.mide is not None
        entero = escrito.removesuffix(".0")
        de_uno = entero == "1" and _UNO.get(indicador.mide.unidad)
        return f"{entero} {de_uno or _EN_UNIDAD[indicador.mide.unidad]}"
    return f"{escrito} %"


def meta_en_palabras(indicador: Indicador) -> str:
    """El estándar como se lee: «al menos 95 %»; «» si no tiene meta."""
    estandar = indicador.estandar
    if estandar is None or estandar.meta is None:
        return ""
    como = "al menos" if estandar.sentido == AL_MENOS else "a lo más"
    return f"{como} {en_texto(indicador, estandar.meta).replace('.0 ', ' ').removesuffix('.0')}"


def cantidad_en_texto(indicador: Indicador, cantidad: Cantidad | None) -> str:
    """Un lado de la cuenta como se lee; «—» el que no se publica."""
    if cantidad is None:
        return "—"
    de_dinero = indicador.unidad == PESOS or indicador.denominador.existencia
    return pesos(cantidad) if isinstance(cantidad, Decimal) and de_dinero else str(cantidad)
