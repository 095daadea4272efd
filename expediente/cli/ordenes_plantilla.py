"""Las órdenes de las plantillas: cuáles hay, qué pueden usar, si están bien y cómo se ven."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from expediente.cli import vista_plantilla as vista
from expediente.cli.opciones import OpcionJson, OpcionOficina, folios_de, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, progreso
from expediente.nucleo.errores import ErrorUso
from expediente.operaciones import listado_de_plantillas as listado
from expediente.operaciones import plantillas
from expediente.operaciones.carpeta_de_plantillas import plantillas_abiertas

_DOCUMENTO = "La clave de un documento, informe o corte, o el nombre del fichero."
OpcionProcedimiento = Annotated[
    str | None,
    typer.Option("--procedimiento", metavar="CLAVE", help="Sólo como la usa ese procedimiento."),
]


class Muestra(StrEnum):
    """Con qué datos inventados se prueba."""

    normales = "normales"
    largos = "largos"
    dificiles = "dificiles"


def listar(oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Las plantillas de la oficina: quién emite cada una, cómo está y si alguien la tiene abierta.

    expediente plantilla listar
    """
    hay = listado.listar_plantillas(ventanilla(oficina))
    if json:
        en_json({"plantillas": [vista.listada_json(x) for x in hay]})
    else:
        vista.decir_listado(hay)


def campos(
    documento: Annotated[str, typer.Argument(metavar="DOCUMENTO", help=_DOCUMENTO)],
    procedimiento: OpcionProcedimiento = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Todo lo que se puede poner en una plantilla, con un ejemplo y cómo se escribe en Word.

    Si varios procedimientos la emiten, lo que puede usarse con todos.

    expediente plantilla campos oficio-estrella-blanca.docx
    """
    v = ventanilla(oficina)
    suyos, usables = plantillas.campos_usables(v, documento, procedimiento)
    if json:
        en_json(vista.campos_json(suyos, usables))
    else:
        vista.decir_campos(suyos, usables)


def revisar(
    documento: Annotated[
        str | None, typer.Argument(metavar="[DOCUMENTO]", help=f"{_DOCUMENTO} Si no, todas.")
    ] = None,
    todas: Annotated[bool, typer.Option("--todas", help="Todas, como si no dijera cuál.")] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Dice todo lo que está mal en una plantilla, en qué renglón y cómo se arregla.

    La compara con cada procedimiento que la emite: lo que pide y no existe, lo que no debe
    salir en un papel, las listas mal escritas y las etiquetas que no cierran.

    expediente plantilla revisar oficio-estrella-blanca.docx
    """
    if todas and documento:
        raise ErrorUso("Diga una plantilla o --todas, no las dos cosas.")
    v = ventanilla(oficina)
    halladas = listado.revisar_plantillas(v, documento)
    problemas = [x for x in halladas if not x.aviso]
    avisos = [x for x in halladas if x.aviso]
    if json:
        en_json(
            {
                "problemas": [vista.problema_json(x) for x in problemas],
                "avisos": [vista.problema_json(x) for x in avisos],
            }
        )
    else:
        vista.decir_revision(problemas, avisos)
        abiertas = plantillas_abiertas(v)
        vista.avisar_de_abiertas(x for x in abiertas if documento in (None, x, Path(x).stem))
    if problemas:
        raise typer.Exit(1)


def probar(
    documento: Annotated[str | None, typer.Argument(metavar="[DOCUMENTO]", help=_DOCUMENTO)] = None,
    folios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FOLIO...]", help="Con los datos de estos expedientes, o - para leerlos."
        ),
    ] = None,
    salida: Annotated[
        Path | None,
        typer.Option(
            "--salida", metavar="CARPETA", help="Dónde; si no, en pruebas/ de la oficina."
        ),
    ] = None,
    datos: Annotated[
        Muestra,
        typer.Option(
            "--datos", metavar="normales|largos|dificiles", help="Con qué datos inventados."
        ),
    ] = Muestra.normales,
    todas: Annotated[bool, typer.Option("--todas", help="Todas las de la oficina.")] = False,
    procedimiento: OpcionProcedimiento = None,
    fecha: Annotated[
        str | None, typer.Option("--fecha", metavar="FECHA", help="De qué día; si no, hoy.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Llena una plantilla con datos inventados, o con los de unos expedientes, como borrador.

    No toma número ni cambia ningún expediente. Con datos inventados sale una por cada
    procedimiento que la emite.

    expediente plantilla probar oficio-estrella-blanca.docx --datos largos
    """
    v = ventanilla(oficina)
    v = replace(v, ahora=v.momento(fecha))
    donde = salida or v.raiz / "pruebas"
    if todas == bool(documento):
        raise ErrorUso("Diga qué plantilla, o --todas.")
    if folios and datos != Muestra.normales:
        raise ErrorUso("Con expedientes se llena con sus datos: quite --datos o los folios.")
    if documento and folios:
        pedidos = folios_de(folios)
        with progreso("Llenando", len(pedidos)) as adelantar:
            hechas = plantillas.combinar(v, documento, pedidos, donde, procedimiento, adelantar)
    else:
        hechas = plantillas.probar_plantilla(v, documento, donde, datos.value, procedimiento)
    if json:
        en_json({"pruebas": [vista.prueba_json(x) for x in hechas]})
    else:
        for hecha in hechas:
            (avisar if hecha.error else decir)(vista.prueba_dicha(hecha))
        abiertas = plantillas_abiertas(v)
        vista.avisar_de_abiertas(abiertas & {hecha.plantilla for hecha in hechas})
    if malas := [hecha for hecha in hechas if hecha.error]:
        raise typer.Exit(malas[0].codigo if len(hechas) == 1 else 1)
