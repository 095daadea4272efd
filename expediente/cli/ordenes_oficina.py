"""Las órdenes de la oficina entera: iniciar, revisar y la demostración."""

from pathlib import Path
from typing import Annotated

import typer

from expediente.almacen.oficina import crear_oficina
from expediente.cli.opciones import (
    OpcionJson,
    OpcionOficina,
    OpcionSimular,
    avisar_si_nadie_teclea,
    ventanilla,
)
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.operaciones import revisar as revision


def iniciar(
    carpeta: Annotated[
        Path, typer.Argument(metavar="CARPETA", help="Dónde; no debe existir o estar vacía.")
    ],
    de_prueba: Annotated[
        bool, typer.Option("--de-prueba", help="Una oficina para ensayar, con reloj movible.")
    ] = False,
    simular: OpcionSimular = False,
    json: OpcionJson = False,
) -> None:
    """Pone una oficina nueva con los procedimientos, plantillas y catálogos de fábrica.

    expediente iniciar mi-oficina
    """
    crear_oficina(carpeta, de_prueba, simular)
    if json:
        en_json({"oficina": str(carpeta.resolve()), "de_prueba": de_prueba})
        return
    decir(f"{'Se pondría' if simular else 'Quedó'} la oficina en {carpeta.resolve()}")
    decir("Edite oficina.yaml (todo lo que trae es inventado) y después: expediente revisar")
    if not simular:
        avisar_si_nadie_teclea(ventanilla(carpeta))


def revisar(
    folios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FOLIO...]", help="Cuáles; sin decirlo, toda la oficina."),
    ] = None,
    reparar: Annotated[
        bool, typer.Option("--reparar", help="Arregla lo que no pide criterio.")
    ] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Busca todo lo que esté mal: expedientes, libro, procedimientos y ajustes.

    No cambia nada sin --reparar, que pone al día copias atrasadas, termina lo que un
    apagón dejó a medias y barre restos.

        expediente revisar
    """
    v = ventanilla(oficina)
    problemas = revision.revisar(v, folios or [], reparar)
    if json:
        en_json({"problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas]})
    elif problemas:
        tabla(["Dónde", "Qué"], [[x.folio, x.mensaje] for x in problemas])
        avisar("1 problema." if len(problemas) == 1 else f"{len(problemas)} problemas.")
    else:
        decir("Todo en orden.")
    if problemas:
        raise typer.Exit(1)


def demo(
    carpeta: Annotated[
        Path | None, typer.Argument(metavar="[CARPETA]", help="Dónde; si no, una temporal.")
    ] = None,
    json: OpcionJson = False,
) -> None:
    """Hace un día entero de oficina con datos inventados y enseña qué quedó y qué sigue.

    expediente demo
    """
    from expediente.cli.pantalla_demo import ensenar_jornada, narrar  # sólo la usa la demo
    from expediente.operaciones.demo import hacer_jornada

    if json:
        jornada = hacer_jornada(carpeta, lambda paso: None)
        en_json(jornada.como_mapa())
        return
    with narrar() as contar:
        jornada = hacer_jornada(carpeta, contar)
    ensenar_jornada(jornada)
