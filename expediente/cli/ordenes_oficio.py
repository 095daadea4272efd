"""Las órdenes de los oficios por su número."""

from typing import Annotated

import typer

from expediente.cli.opciones import (
    ArgumentoFolios,
    OpcionJson,
    OpcionJuntar,
    OpcionOcurrio,
    OpcionOficina,
    OpcionPdf,
    OpcionPdfa,
    OpcionSimular,
    folios_de,
    ventanilla,
)
from expediente.cli.relato import lote
from expediente.nucleo.errores import ErrorUso
from expediente.operaciones import oficios
from expediente.operaciones.impresion_en_lote import (
    Pedido,
    reunir,
    revisar_pedido,
)

ArgumentoNumeros = Annotated[
    list[str], typer.Argument(metavar="NUMERO...", help="Uno o varios números, o - para stdin.")
]


def emitir(
    folios: ArgumentoFolios,
    documento: Annotated[
        str | None,
        typer.Option("--documento", metavar="CLAVE", help="Reexpide uno que se canceló."),
    ] = None,
    pdf: OpcionPdf = False,
    pdfa: OpcionPdfa = False,
    juntar: OpcionJuntar = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Termina los documentos que un paso dejó pendientes, o reexpide uno cancelado.

    Para volver a imprimir lo ya emitido, sin tomar números: oficio imprimir.

    expediente oficio emitir EB-2026-0042 --pdf
    """
    v = ventanilla(oficina)
    pedido = Pedido(pdf, pdfa, juntar)
    revisar_pedido(pedido)
    lote(
        folios_de(folios),
        lambda folio: oficios.emitir(v, folio, documento, simular),
        "documentos al corriente",
        json,
        simular,
        se_repite=True,
        pedido=pedido,
    )


def imprimir(
    escritos: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLIO|NUMERO...", help="Expedientes o números de oficio, o - para stdin."
        ),
    ],
    documento: Annotated[
        str | None,
        typer.Option("--documento", metavar="CLAVE", help="Sólo éste de cada expediente."),
    ] = None,
    pdf: OpcionPdf = False,
    pdfa: OpcionPdfa = False,
    juntar: OpcionJuntar = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Vuelve a imprimir lo ya emitido: un PDF por documento, o un fichero con todos.

    No toma números ni cambia ningún expediente.

    expediente oficio imprimir EB-2026-0042 DIF/DG/0007/2026 --juntar cartas.docx
    """
    v = ventanilla(oficina)
    pedido = Pedido(pdf, pdfa, juntar, copias=True)
    if not pedido:
        raise ErrorUso("Diga en qué: --juntar cartas.docx, --juntar cartas.pdf o --pdf.")
    revisar_pedido(pedido)
    lote(
        folios_de(escritos),
        lambda escrito: reunir(v, escrito, documento),
        "a imprimir",
        json,
        se_repite=True,
        pedido=pedido,
    )


def acusar(
    numeros: ArgumentoNumeros,
    ocurrio: OpcionOcurrio = None,
    recibe: Annotated[
        str | None, typer.Option("--recibe", metavar="NOMBRE", help="Quién lo recibió.")
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Asienta que un oficio emitido se entregó: cuándo y quién lo recibió.

    expediente oficio acusar DIF/DG/0042/2026 --recibe "Luz Gil" --ocurrio "2026-11-20 13:10"
    """
    v = ventanilla(oficina)
    lote(
        folios_de(numeros),
        lambda numero: oficios.acusar(v, numero, ocurrio, recibe, simular),
        "acuse asentado",
        json,
        simular,
        se_repite=True,
    )


def cancelar(
    numeros: ArgumentoNumeros,
    motivo: Annotated[str, typer.Option("--motivo", metavar="TEXTO", help="Por qué.")],
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Anula un número con su motivo; ese número no vuelve a usarse.

    expediente oficio cancelar DIF/DG/0042/2026 --motivo "Cambió la fecha de la cita."
    """
    v = ventanilla(oficina)
    lote(
        folios_de(numeros),
        lambda numero: oficios.cancelar_numero(v, numero, motivo, simular),
        "número cancelado",
        json,
        simular,
        se_repite=True,
    )
