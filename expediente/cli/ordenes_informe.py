"""La orden que hace informes."""

from typing import Annotated, Any

import typer

from expediente.cli.lote_de_informes_en_pantalla import lote_de_informes, lote_pedido
from expediente.cli.opciones import OpcionJson, OpcionOficina, OpcionSimular, ventanilla
from expediente.cli.opciones_de_informe import (
    OpcionCifras,
    OpcionCsv,
    OpcionFolios,
    OpcionHoja,
    OpcionSalida,
    OpcionSemanas,
    OpcionSuPdf,
)
from expediente.cli.opciones_de_periodo import (
    OpcionAl,
    OpcionAnio,
    OpcionDia,
    OpcionMes,
    OpcionSemana,
    OpcionTrimestre,
)
from expediente.cli.pantalla import decir, en_json, tabla
from expediente.cli.vista_de_cifras import Vista, ensenar_cifras, vista_json
from expediente.cli.vista_indicador import resultado_json
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.informe import Informe
from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO
from expediente.nucleo.periodo import PeriodoEscrito, nombres
from expediente.operaciones.informes import (
    InformeHecho,
    hacer_informe,
    informes_que_hay,
)
from expediente.operaciones.salidas_de_informe import CSV, HOJA, PDF


def informe(
    clave: Annotated[
        str | None,
        typer.Argument(metavar="[CLAVE|todos]", help="Cuál, o todos; sin decirlo, los lista."),
    ] = None,
    dia: OpcionDia = None,
    semana: OpcionSemana = None,
    mes: OpcionMes = None,
    trimestre: OpcionTrimestre = None,
    anio: OpcionAnio = None,
    semanas: OpcionSemanas = None,
    al: OpcionAl = None,
    salida: OpcionSalida = None,
    pdf: OpcionSuPdf = False,
    hoja: OpcionHoja = False,
    csv: OpcionCsv = False,
    folios: OpcionFolios = False,
    cifras: OpcionCifras = False,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Hace un informe en Word, con sus totales y su movimiento cuadrado; o todos los de un periodo.

    Pedido igual y con el mismo --al, da siempre las mismas cifras. Repetirlo no hace otro
    fichero si dice lo mismo. Sale con 0 si todo se hizo; 1 si algo falló, no cuadra o no se
    pudo leer; 75 si estaba ocupado y basta repetir la orden.

        expediente informe todos --semana anterior
    """
    v = ventanilla(oficina)
    if clave is None:
        _listar(informes_que_hay(v), json)
        return
    escrito = PeriodoEscrito(dia, semana, mes, trimestre, anio)
    formatos = frozenset(f for f, pedido in ((PDF, pdf), (HOJA, hoja), (CSV, csv)) if pedido)
    if cifras and (formatos or salida):
        raise ErrorUso("--cifras no escribe ficheros: quite --pdf, --hoja, --csv o --salida.")
    if cuando := lote_pedido(clave, escrito, semanas):
        if cifras:
            raise ErrorUso("--cifras enseña las de un informe y un periodo: diga cuál, o quítela.")
        lote_de_informes(v, clave, cuando, al, salida, simular, json, formatos, con_folios=folios)
        return
    hecho = hacer_informe(v, clave, escrito, al, salida, simular or cifras, formatos, folios)
    if json:
        en_json(_cifras_json(hecho, folios) if cifras else _informe_json(hecho))
    else:
        _ensenar(hecho, cifras, folios)
    if hecho.problemas or not hecho.cifras.cuadra:
        raise typer.Exit(1)


def _listar(informes: list[Informe], json: bool) -> None:
    if json:
        en_json(
            {
                "informes": [
                    {"clave": i.clave, "nombre": i.nombre, "periodos": list(i.periodos)}
                    for i in informes
                ]
            }
        )
        return
    tabla(
        ["Informe", "Nombre", "Se hace por"],
        [[i.clave, i.nombre, ", ".join(nombres(i.periodos))] for i in informes],
    )


def _vista(hecho: InformeHecho) -> Vista:
    informe, cifras = hecho.informe, hecho.cifras
    return Vista(
        clave=informe.clave,
        nombre=informe.nombre,
        periodo=hecho.periodo,
        al=hecho.al,
        totales=cifras.totales,
        nombres={**NOMBRES_DEL_MOVIMIENTO, **{t.clave: t.nombre for t in informe.totales}},
        grupos=cifras.grupos,
        nombres_de_grupos={g.clave: g.nombre for g in informe.grupos},
        problemas=hecho.problemas,
    )


def _cifras_json(hecho: InformeHecho, con_folios: bool) -> dict[str, Any]:
    dicho = vista_json(_vista(hecho))
    return {**dicho, "folios": _folios_json(hecho)} if con_folios else dicho


def _folios_json(hecho: InformeHecho) -> dict[str, list[str]]:
    return {clave: list(suyos) for clave, suyos in hecho.cifras.folios.items()}


def _informe_json(hecho: InformeHecho) -> dict[str, Any]:
    return {
        **vista_json(_vista(hecho)),
        "filas": [dict(fila) for fila in hecho.cifras.filas],
        "folios": _folios_json(hecho),
        "indicadores": [
            {"indicador": r.indicador.clave, **resultado_json(r)} for r in hecho.indicadores
        ],
        "ficheros": [str(fichero) for fichero in hecho.ficheros],
    }


def _ensenar(hecho: InformeHecho, solo_cifras: bool, con_folios: bool) -> None:
    ensenar_cifras(_vista(hecho), con_grupos=solo_cifras)
    if hecho.indicadores and not solo_cifras:
        decir()
        filas = [[r.indicador.nombre, r.texto, _juicio(r.cumple)] for r in hecho.indicadores]
        tabla(["Indicador", "Valor", "Estándar"], filas)
    if con_folios:
        decir()
        tabla(["Cifra", "Folios"], _folios(hecho))
    for fichero in hecho.ficheros:
        decir(f"{'Ya estaba' if hecho.ya_estaba else 'Quedó'} en {fichero}")


def _juicio(cumple: bool | None) -> str:
    return {None: "", True: "se cumple", False: "no se cumple"}[cumple]


def _folios(hecho: InformeHecho) -> list[list[str]]:
    """De qué expedientes sale cada cifra, con el nombre con que se lee."""
    vista = _vista(hecho)
    filas = []
    for clave, suyos in hecho.cifras.folios.items():
        grupo, _, valor = clave.partition("/")
        nombre = f"{vista.nombres_de_grupos[grupo]}: {valor}" if valor else vista.nombres[clave]
        filas += [[nombre, " ".join(suyos)]] if suyos else []
    return filas
