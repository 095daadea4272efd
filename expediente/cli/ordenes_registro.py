"""La orden que asienta en el libro lo que se tomó a mano."""

from typing import Annotated

import typer

from expediente.cli.opciones import (
    OpcionExtemporaneo,
    OpcionJson,
    OpcionOficina,
    OpcionSimular,
    ventanilla,
)
from expediente.cli.pantalla import avisar, decir, en_json
from expediente.cli.relato import como_json, lote, salir_segun
from expediente.nucleo.errores import ErrorUso
from expediente.operaciones import numeros_de_fuera as de_fuera
from expediente.operaciones.numeros_de_fuera import DeFuera
from expediente.operaciones.resultado import Resultado, en_lote

OpcionDel = Annotated[
    int | None, typer.Option("--del", metavar="N", help="Todos los del libro, desde éste…")
]
OpcionAlNumero = Annotated[
    int | None, typer.Option("--al", metavar="M", help="…hasta éste, los dos incluidos.")
]
OpcionAsunto = Annotated[
    str | None, typer.Option("--asunto", metavar="TEXTO", help="De qué fue el oficio.")
]
OpcionFecha = Annotated[
    str | None, typer.Option("--fecha", metavar="FECHA", help="La que lleva el oficio.")
]
OpcionDestinatario = Annotated[
    str | None, typer.Option("--destinatario", metavar="NOMBRE", help="A quién se dirigió.")
]


def registrar(
    numero: Annotated[
        str | None, typer.Argument(metavar="NUMERO", help="El que se tomó a mano, completo.")
    ] = None,
    cual: Annotated[
        str | None,
        typer.Option("--libro", metavar="CLAVE", help="Sin NUMERO: el siguiente de este libro."),
    ] = None,
    del_: OpcionDel = None,
    al: OpcionAlNumero = None,
    anio: Annotated[
        int | None, typer.Option("--anio", metavar="AÑO", help="Del rango; si no, este año.")
    ] = None,
    asunto: OpcionAsunto = None,
    fecha: OpcionFecha = None,
    destinatario: OpcionDestinatario = None,
    por: Annotated[
        str | None, typer.Option("--por", metavar="PERSONA", help="Quién usó el número.")
    ] = None,
    motivo: Annotated[
        str | None, typer.Option("--motivo", metavar="TEXTO", help="Por qué se hizo a mano.")
    ] = None,
    folio: Annotated[
        str | None, typer.Option("--folio", metavar="FOLIO", help="El expediente, si lo tiene.")
    ] = None,
    extemporaneo: OpcionExtemporaneo = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Asienta en el libro números que se tomaron a mano; los siguientes siguen después.

    Uno exacto, el que sigue (--libro) o un rango, al empezar a usar el programa a medio año:

        expediente oficio registrar --libro DG --del 1 --al 41 --motivo "Libro de papel"
    """
    _revisar_que_se_registra(numero, cual, del_, al, anio)
    v = ventanilla(oficina)
    dicho = DeFuera(asunto, fecha, destinatario, por, motivo, folio, extemporaneo)
    if cual is not None and del_ is not None and al is not None:
        numeros = de_fuera.numeros_del_rango(v, cual, del_, al, anio or v.ahora.year)
        resultados = en_lote(numeros, lambda n: de_fuera.registrar_del_rango(v, n, dicho, simular))
        _contar_rango(resultados, simular, json)
        return
    hacer = de_fuera.registrar if cual is None else de_fuera.registrar_el_siguiente
    lote(
        [numero or cual or ""],
        lambda pedido: hacer(v, pedido, dicho, simular),
        "número registrado",
        json,
        simular,
    )


def _revisar_que_se_registra(
    numero: str | None, cual: str | None, del_: int | None, al: int | None, anio: int | None
) -> None:
    if (numero is None) == (cual is None) or (del_ is None) != (al is None):
        raise ErrorUso("Diga un NUMERO, o --libro CLAVE; y --del y --al, los dos o ninguno.")
    if (del_ is None and anio is not None) or (numero is not None and del_ is not None):
        raise ErrorUso("--del, --al y --anio son de un rango: van con --libro, sin NUMERO.")


def _los_nuevos(buenos: list[Resultado]) -> str:
    """De los que había y los que no, cuáles son nuevos; «» si todos lo son."""
    nuevos = [r.folio for r in buenos if not r.ya_estaba]
    if len(nuevos) == len(buenos):
        return ""
    if not nuevos:
        return " Ninguno es nuevo: ya estaban registrados."
    cuales = f"Son nuevos {len(nuevos)}" if len(nuevos) > 1 else "Es nuevo uno"
    return f" {cuales}: {', '.join(nuevos)}; los demás ya estaban."


def _contar_rango(resultados: list[Resultado], simular: bool, json: bool) -> None:
    if json:
        en_json({"resultados": [como_json(r) for r in resultados]})
    else:
        buenos = [r for r in resultados if r.ok]
        hecho = "(simulado) " if simular else ""
        if buenos:
            que = "número" if len(buenos) == 1 else "números"
            decir(
                f"{hecho}{len(buenos)} {que} en el libro, sin expediente: del "
                f"{buenos[0].folio} al {buenos[-1].folio}.{_los_nuevos(buenos)}"
            )
        for malo in (r for r in resultados if not r.ok):
            avisar(f"{malo.folio}: {malo.error}")
        if resultados[0].aviso and not resultados[0].ya_estaba:
            avisar(resultados[0].aviso)
    salir_segun(resultados)
