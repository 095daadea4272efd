"""Las órdenes que mueven un caso: avanzar, anotar, anexar."""

from pathlib import Path
from typing import Annotated

import typer

from expediente.cli.opciones import (
    ArgumentoFolio,
    ArgumentoFolios,
    OpcionDatos,
    OpcionExtemporaneo,
    OpcionJson,
    OpcionJuntar,
    OpcionOcurrio,
    OpcionOficina,
    OpcionPdf,
    OpcionPdfa,
    OpcionRequisitos,
    OpcionSimular,
    datos_de,
    folios_de,
    ventanilla,
)
from expediente.cli.relato import lote
from expediente.nucleo.avance import Peticion
from expediente.operaciones import avanzar as mover
from expediente.operaciones.impresion_en_lote import Pedido, revisar_pedido

OpcionNota = Annotated[str | None, typer.Option("--nota", metavar="TEXTO", help="Qué pasó.")]


def avanzar(
    folios: ArgumentoFolios,
    paso: Annotated[
        str | None, typer.Option("--paso", metavar="PASO", help="El paso que se da.")
    ] = None,
    resultado: Annotated[
        str | None, typer.Option("--resultado", metavar="CLAVE", help="La decisión, si decide.")
    ] = None,
    dato: OpcionDatos = [],  # noqa: B006  # Typer copia la lista
    requisito: OpcionRequisitos = [],  # noqa: B006  # Typer copia la lista
    por: Annotated[
        str | None, typer.Option("--por", metavar="PERSONA", help="Quién lo hizo o autorizó.")
    ] = None,
    ocurrio: OpcionOcurrio = None,
    nota: OpcionNota = None,
    recibe: Annotated[
        str | None, typer.Option("--recibe", metavar="NOMBRE", help="Quién recibió, si se entrega.")
    ] = None,
    extemporaneo: OpcionExtemporaneo = None,
    pdf: OpcionPdf = False,
    pdfa: OpcionPdfa = False,
    juntar: OpcionJuntar = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Da el paso que toca en uno o muchos expedientes.

    Si falta algo, dice qué y a quién le toca. Lo que autoriza alguien pide --por.
    Con --juntar, las cartas que salgan quedan en un solo fichero, listas para imprimir.

        expediente avanzar EB-2026-0042 --resultado autoriza --por directora
    """
    v = ventanilla(oficina)
    pedido = Pedido(pdf, pdfa, juntar)
    revisar_pedido(pedido)
    peticion = Peticion(
        paso,
        resultado,
        datos_de(dato),
        tuple(requisito),
        v.oficina.persona(por) if por else None,
        nota,
        recibe,
        extemporaneo,
    )
    lote(
        folios_de(folios),
        lambda folio: mover.avanzar(v, folio, peticion, ocurrio, simular),
        "paso dado",
        json,
        simular,
        pedido=pedido,
    )


def anotar(
    folios: ArgumentoFolios,
    nota: Annotated[str, typer.Option("--nota", metavar="TEXTO", help="Qué pasó.")],
    requisito: OpcionRequisitos = [],  # noqa: B006  # Typer copia la lista
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Añade una nota a uno o muchos expedientes, y apunta los requisitos que fueron llegando.

    expediente anotar EB-2026-0042 --requisito carnet --nota "Trajo el carnet."
    """
    v = ventanilla(oficina)
    lote(
        folios_de(folios),
        lambda folio: mover.anotar(v, folio, nota, tuple(requisito), simular),
        "anotado",
        json,
        simular,
    )


def anexar(
    folio: ArgumentoFolio,
    ficheros: Annotated[
        list[Path], typer.Argument(metavar="FICHERO...", help="Lo que se recibió.")
    ],
    nota: OpcionNota = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Guarda en el expediente copias de lo que se recibió: escaneos, fotos, acuses.

    expediente anexar EB-2026-0042 acuse.pdf --nota "Acuse sellado"
    """
    v = ventanilla(oficina)
    lote(
        [folio],
        lambda cual: mover.anexar(v, cual, ficheros, nota, simular),
        "anexado",
        json,
        simular,
    )
