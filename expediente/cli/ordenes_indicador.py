"""La orden que mide indicadores."""

from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.opciones_de_periodo import (
    OpcionAl,
    OpcionAnio,
    OpcionDia,
    OpcionMes,
    OpcionSemana,
    OpcionTrimestre,
)
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.cli.vista_indicador import ensenar_indicador, resultado_json
from expediente.nucleo.calculos import meta_en_palabras
from expediente.nucleo.errores import ErrorUso, sugerencia
from expediente.nucleo.indicador import Indicador
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.nucleo.resultados import Resultado
from expediente.operaciones.indicadores import IndicadorMedido, indicadores_que_hay, medir_indicador
from expediente.operaciones.informes import corte_pedido

CADA = {
    "dia": "Diario",
    "semana": "Semanal",
    "mes": "Mensual",
    "trimestre": "Trimestral",
    "anio": "Anual",
}


def indicador(
    clave: Annotated[
        str | None, typer.Argument(metavar="[CLAVE]", help="Cuál; sin decirlo, los lista.")
    ] = None,
    dia: OpcionDia = None,
    semana: OpcionSemana = None,
    mes: OpcionMes = None,
    trimestre: OpcionTrimestre = None,
    anio: OpcionAnio = None,
    al: OpcionAl = None,
    por: Annotated[
        str | None, typer.Option("--por", metavar="DESGLOSE", help="Sólo ese desglose.")
    ] = None,
    folios: Annotated[
        bool, typer.Option("--folios", help="Dice de qué folios sale cada número.")
    ] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Mide un indicador como lo escribe el manual: cuántos, de cuántos y si cumple.

    Sin CLAVE los lista. Sin casos con que medir dice «s/d»: ni cero ni cien. Sale con 1 si
    algún expediente no se pudo leer.

        expediente indicador opdm-24h-bruto --mes 2026-10 --folios
    """
    v = ventanilla(oficina)
    if clave is None:
        _listar(indicadores_que_hay(v), json)
        return
    pedido = PeriodoEscrito(dia, semana, mes, trimestre, anio)
    medido = medir_indicador(v, clave, pedido, corte_pedido(v, al))
    desgloses = _desgloses_pedidos(medido.resultado, por)
    if json:
        en_json(_medido_json(medido, desgloses))
    else:
        ensenar_indicador(medido, desgloses, folios)
    if medido.problemas:
        raise typer.Exit(1)


def _listar(indicadores: list[Indicador], json: bool) -> None:
    if json:
        en_json({"indicadores": [_definicion_json(i) for i in indicadores]})
        return
    if not indicadores:
        avisar(
            "Esta oficina no tiene indicadores. Los de fábrica están en la carpeta indicadores/ "
            "de una oficina nueva: hágala con «expediente iniciar CARPETA» y cópiela aquí."
        )
        return
    tabla(
        ["Indicador", "Nombre", "Se mide por", "Estándar"],
        [
            [i.clave, i.nombre, i.se_mide or CADA[i.periodicidad], meta_en_palabras(i)]
            for i in indicadores
        ],
        enteras=["Indicador"],
    )
    decir("Mida uno con: expediente indicador CLAVE")


def _desgloses_pedidos(resultado: Resultado, por: str | None) -> list[str]:
    """Cuáles desgloses se enseñan: el pedido, o todos. Lanza ErrorUso si no lo tiene."""
    hay = list(resultado.desglose)
    if por is None:
        return hay
    if por not in hay:
        cuales = f" Tiene: {', '.join(hay)}." if hay else " No tiene ninguno."
        raise ErrorUso(f"Ese indicador no tiene el desglose pedido.{sugerencia(por, hay)}{cuales}")
    return [por]


def _definicion_json(i: Indicador) -> dict[str, Any]:
    estandar = i.estandar
    meta = estandar.meta if estandar else None
    return {
        "clave": i.clave,
        "nombre": i.nombre,
        "formula": i.formula,
        "modo": i.modo,
        "calculo": i.calculo,
        "procedimientos": list(i.procedimientos),
        "periodicidad": i.periodicidad,
        "se_mide": i.se_mide,
        "estandar": {
            "dice": estandar.dice,
            "meta": None if meta is None else float(meta),
            "sentido": estandar.sentido,
        }
        if estandar
        else None,
        "desgloses": [d.clave for d in i.por],
    }


def _medido_json(medido: IndicadorMedido, desgloses: list[str]) -> dict[str, Any]:
    r = medido.resultado
    return {
        "indicador": r.indicador.clave,
        "nombre": r.indicador.nombre,
        "formula": r.indicador.formula,
        "modo": r.indicador.modo,
        "periodo": r.periodo.como_mapa(),
        "al": r.al.isoformat(timespec="seconds"),
        "incompleto": r.incompleto,
        **resultado_json(r),
        "motivos": dict(r.motivos),
        "desglose": {
            cual: {valor: resultado_json(suyo) for valor, suyo in r.desglose[cual].items()}
            for cual in desgloses
        },
        "notas": list(r.notas),
        "problemas": list(medido.problemas),
    }
