"""Cómo se ve un indicador medido: su número, de qué sale, si cumple y de qué folios."""

from collections.abc import Mapping
from typing import Any

from expediente.cli.pantalla import avisar, decir, tabla, titulo
from expediente.nucleo.calculos import cantidad_en_texto, meta_en_palabras
from expediente.nucleo.indicador import MODOS, Indicador
from expediente.nucleo.periodo import rotulo_del_corte
from expediente.nucleo.resultados import LADOS, POR_RANGO, Resultado, nombre_del_desglose
from expediente.operaciones.indicadores import IndicadorMedido


def ensenar_indicador(medido: IndicadorMedido, desgloses: list[str], con_folios: bool) -> None:
    """El indicador medido, con los desgloses pedidos y, si se pide, sus folios."""
    r = medido.resultado
    titulo(f"{r.indicador.nombre}. {r.periodo.rotulo_al(r.al)}")
    decir(f"{r.texto}{_dictamen(r)}")
    decir(f"{r.indicador.formula}, {MODOS[r.indicador.modo]}; {rotulo_del_corte(r.al)}.")
    tabla(["Lado", "Cuánto"], _lados(r))
    for cual in desgloses:
        if r.desglose[cual]:
            _ensenar_desglose(r.indicador, cual, r.desglose[cual], con_folios)
    if any(r.desglose[cual] for cual in desgloses):
        decir()
    for nota in r.notas:
        decir(nota)
    if r.indicador.junto_a:
        decir(f"Publíquelo junto con: {', '.join(r.indicador.junto_a)}.")
    if con_folios:
        for lado, dicho in LADOS.items():
            if r.folios[lado] or lado != "sin_medir":
                decir(f"{_mayuscula(dicho)}: {', '.join(r.folios[lado]) or 'ninguno'}")
    for problema in medido.problemas:
        avisar(problema)


def _dictamen(r: Resultado) -> str:
    meta = meta_en_palabras(r.indicador)
    if not meta:
        return ""
    if r.cumple is None:
        return f" (se espera {meta})"
    return f" — {'cumple' if r.cumple else 'NO CUMPLE'}: se espera {meta}"


def _lados(r: Resultado) -> list[list[str]]:
    i = r.indicador
    arriba = [_mayuscula(i.numerador.nombre), cantidad_en_texto(i, r.numerador)]
    abajo = [_mayuscula(i.denominador.nombre), str(r.denominador)]
    if i.denominador.existencia:
        abajo[1] = cantidad_en_texto(i, r.denominador)
    lados = [arriba] if i.solo_medidos else [arriba, abajo]
    return lados + [[f"Excluidos: {motivo}", str(cuantos)] for motivo, cuantos in r.motivos.items()]


def _mayuscula(nombre: str) -> str:
    return nombre[:1].upper() + nombre[1:]


def _ensenar_desglose(
    i: Indicador, cual: str, valores: Mapping[str, Resultado], con_folios: bool
) -> None:
    if i.solo_medidos:
        columnas, filas = ["Medidos"], [[str(r.denominador)] for r in valores.values()]
    else:
        columnas = ["Numerador", "Denominador"]
        filas = [[cantidad_en_texto(i, r.numerador), str(r.denominador)] for r in valores.values()]
    decir()
    tabla(
        [nombre_del_desglose(i, cual), *columnas, "Valor"],
        [[v, *fila, r.texto] for (v, r), fila in zip(valores.items(), filas, strict=True)],
    )
    # Los rangos reparten un solo denominador, que ya se dice entero.
    lados = ["numerador"] if cual == POR_RANGO else list(LADOS)
    for valor, r in valores.items() if con_folios else ():
        for lado in lados:
            if r.folios[lado]:
                decir(f"{valor}, {LADOS[lado]}: {', '.join(r.folios[lado])}")


def resultado_json(r: Resultado) -> dict[str, Any]:
    """Lo que dio un indicador, con las llaves del contrato."""
    return {
        "valor": None if r.valor is None else round(float(r.valor), 4),
        "texto": r.texto,
        "numerador": None if r.numerador is None else _numero(r.numerador),
        "denominador": _numero(r.denominador),
        "excluidos": r.excluidos,
        "sin_medir": r.sin_medir,
        "cumple": r.cumple,
        "folios": {lado: list(folios) for lado, folios in r.folios.items()},
    }


def _numero(cantidad: object) -> int | float:
    return cantidad if isinstance(cantidad, int) else float(str(cantidad))
