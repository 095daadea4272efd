"""Las órdenes que entregan informes y dicen qué falta por entregar."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, OpcionSimular, ventanilla
from expediente.cli.opciones_de_periodo import (
    OpcionAnio,
    OpcionDia,
    OpcionMes,
    OpcionSemana,
    OpcionTrimestre,
)
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.nucleo.entrega import ANULACION, CORRECCION, MEDIOS, Entrega
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones.consulta_de_entregas import DelInforme, entregas_que_hay
from expediente.operaciones.entrega_de_informes import Dicha, EntregaHecha, entregar_informe

OpcionA = Annotated[
    list[str] | None,
    typer.Option(
        "--a", metavar="DESTINATARIO", help="A quién; se repite. Si no, a los que faltan."
    ),
]
OpcionRecibe = Annotated[
    str | None, typer.Option("--recibe", metavar="NOMBRE", help="Quién lo recibió.")
]
OpcionMedio = Annotated[
    str | None, typer.Option("--medio", metavar="MEDIO", help="mano, oficio o correo.")
]
OpcionCuando = Annotated[
    str | None,
    typer.Option("--ocurrio", metavar="MOMENTO", help="Cuándo, si no es ahora."),
]
OpcionAcuse = Annotated[
    Path | None,
    typer.Option("--acuse", metavar="FICHERO", help="El acuse escaneado; se guarda copia."),
]
OpcionPor = Annotated[
    str | None, typer.Option("--por", metavar="PERSONA", help="Quién lo entregó.")
]
OpcionMotivo = Annotated[
    str | None,
    typer.Option("--motivo", metavar="TEXTO", help="Por qué se corrige lo ya asentado."),
]
OpcionAnular = Annotated[
    str | None,
    typer.Option("--anular", metavar="MOTIVO", help="Quita una entrega asentada por error."),
]
OpcionFichero = Annotated[
    str | None,
    typer.Option("--fichero", metavar="NOMBRE", help="Otra versión, o el PDF que se dio."),
]

QUE = {CORRECCION: "corregido", ANULACION: "anulado"}


def entregar(
    clave: Annotated[str, typer.Argument(metavar="INFORME", help="Cuál, por su clave.")],
    dia: OpcionDia = None,
    semana: OpcionSemana = None,
    mes: OpcionMes = None,
    trimestre: OpcionTrimestre = None,
    anio: OpcionAnio = None,
    a: OpcionA = None,
    recibe: OpcionRecibe = None,
    medio: OpcionMedio = None,
    ocurrio: OpcionCuando = None,
    acuse: OpcionAcuse = None,
    por: OpcionPor = None,
    motivo: OpcionMotivo = None,
    anular: OpcionAnular = None,
    fichero: OpcionFichero = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Asienta que un informe ya hecho se entregó: a quién, cuándo y quién lo recibió.

    Lo asentado no se borra: corregirlo (--motivo) o anularlo deja rastro. Darla dos veces
    igual no asienta nada.

        expediente entregar estrella-blanca --semana 2026-W47 --recibe "Luz Gil"
    """
    v = ventanilla(oficina)
    dicha = Dicha(tuple(a or ()), recibe, medio, ocurrio, acuse, por, motivo, anular, fichero)
    pedido = PeriodoEscrito(dia, semana, mes, trimestre, anio)
    hecha = entregar_informe(v, clave, pedido, dicha, simular)
    if json:
        en_json(_hecha_json(hecha))
        return
    cual = f"{hecha.informe.clave}, {hecha.periodo.rotulo.lower()} ({hecha.fichero.name})"
    previo = "(simulado) " if simular else ""
    for entrega in hecha.asentadas:
        decir(f"{cual}: {previo}{_frase(entrega)}")
    for entrega in hecha.ya_estaban:
        decir(f"{cual}: ya estaba asentado; {_frase(entrega)}")
    for aviso in hecha.avisos:
        avisar(aviso)


def _frase(entrega: Entrega) -> str:
    que = QUE.get(entrega.que, "entregado")
    if entrega.que == CORRECCION and entrega.motivo is None:
        que = "completado lo entregado"
    recibe = f"; recibió {entrega.recibe}" if entrega.recibe else ""
    acuse = "" if entrega.acuse else "; sin acuse"
    return (
        f"{que} a «{entrega.destinatario}», {entrega.cuando}, {MEDIOS[entrega.medio]}"
        f"{recibe}{acuse}."
    )


def _hecha_json(hecha: EntregaHecha) -> dict[str, Any]:
    return {
        "informe": hecha.informe.clave,
        "periodo": hecha.periodo.como_mapa(),
        "fichero": str(hecha.fichero),
        "entregas": [entrega.como_mapa() for entrega in hecha.asentadas],
        "ya_estaban": [entrega.como_mapa() for entrega in hecha.ya_estaban],
        "avisos": list(hecha.avisos),
    }


def entregas(
    clave: Annotated[
        str | None, typer.Argument(metavar="[INFORME]", help="De cuál; si no, de todos.")
    ] = None,
    pendientes: Annotated[
        bool, typer.Option("--pendientes", help="Sólo lo hecho que falta entregar.")
    ] = False,
    desde: Annotated[
        str | None, typer.Option("--desde", metavar="FECHA", help="Periodos desde este día.")
    ] = None,
    hasta: Annotated[
        str | None, typer.Option("--hasta", metavar="FECHA", help="Periodos hasta este día.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Dice qué informes se entregaron, a quién, cuándo y quién recibió, y qué falta.

    No se reclama el de un periodo sin terminar ni el que no tuvo qué informar.

        expediente entregas --pendientes
    """
    v = ventanilla(oficina)
    dias = [v.momento(escrito).date() if escrito else None for escrito in (desde, hasta)]
    hallados, problemas = entregas_que_hay(v, clave, *dias)
    elegidos = [x for x in hallados if x.faltan] if pendientes else hallados
    if json:
        en_json({"informes": [_informe_json(x) for x in elegidos], "problemas": problemas})
    else:
        _ensenar(elegidos, pendientes)
        _decir_lo_que_no_se_reclama(hallados)
        for problema in problemas:
            avisar(problema)
    if problemas:
        raise typer.Exit(1)


def _informe_json(van: DelInforme) -> dict[str, Any]:
    return {
        "informe": van.informe,
        "periodo": van.periodo.como_mapa(),
        "ultimo": str(van.ultimo) if van.ultimo else None,
        "entregas": [{**e.como_mapa(), "es_lo_ultimo": not van.atrasada(e)} for e in van.vigentes],
        "faltan": list(van.faltan),
        "no_se_reclama": van.no_se_reclama,
        "asientos": [asiento.como_mapa() for asiento in van.asientos],
    }


def _ensenar(hallados: list[DelInforme], pendientes: bool) -> None:
    filas = [fila for van in hallados for fila in _filas(van, pendientes)]
    if not filas:
        decir("No falta nada por entregar." if pendientes else "Todavía no consta ninguna entrega.")
        return
    tabla(["Informe", "Periodo", "A quién", "Cómo va"], filas)


def _decir_lo_que_no_se_reclama(hallados: list[DelInforme]) -> None:
    cuantos = Counter(x.no_se_reclama for x in hallados if x.no_se_reclama)
    if cuantos:
        dichos = ", ".join(f"{n} {porque}" for porque, n in sorted(cuantos.items()))
        avisar(f"Hechos que no se reclaman: {dichos}.")


def _filas(van: DelInforme, pendientes: bool) -> list[list[str]]:
    de_cual = [van.informe, van.periodo.clave]
    entregadas = () if pendientes else van.vigentes
    filas = [[*de_cual, e.destinatario, _como_va(van, e)] for e in entregadas]
    dados = {e.destinatario for e in van.vigentes}
    que_falta = {True: "FALTA la última versión", False: "FALTA entregarlo"}
    return [*filas, *([*de_cual, clave, que_falta[clave in dados]] for clave in van.faltan)]


def _como_va(van: DelInforme, entrega: Entrega) -> str:
    """La entrega en una celda: cuándo, por qué medio, quién recibió, y si hay acuse."""
    partes = [f"{entrega.dia_y_hora} {MEDIOS[entrega.medio]}"]
    if entrega.recibe:
        partes.append(f"recibió {entrega.recibe}")
    partes.append("con acuse" if entrega.acuse else "sin acuse")
    if van.ultimo and van.atrasada(entrega):
        partes.append(f"ya no es lo último: {van.ultimo.name}")
    return "; ".join(partes)
