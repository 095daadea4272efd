"""Las órdenes de los oficios por su número, y del libro."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from expediente.cli.opciones import (
    ArgumentoFolios,
    OpcionJson,
    OpcionOcurrio,
    OpcionOficina,
    OpcionSimular,
    folios_de,
    ventanilla,
)
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.cli.relato import lote
from expediente.operaciones import oficios
from expediente.operaciones.oficios import Auditoria

ArgumentoNumeros = Annotated[
    list[str], typer.Argument(metavar="NUMERO...", help="Uno o varios números, o - para stdin.")
]


def emitir(
    folios: ArgumentoFolios,
    documento: Annotated[
        str | None,
        typer.Option("--documento", metavar="CLAVE", help="Reexpide uno que se canceló."),
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Termina los documentos que un paso dejó pendientes, o reexpide uno cancelado.

    expediente oficio emitir EB-2026-0042
    """
    v = ventanilla(oficina)
    lote(
        folios_de(folios),
        lambda folio: oficios.emitir(v, folio, documento, simular),
        "documentos al corriente",
        json,
        simular,
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
    """Asienta que un oficio emitido se entregó, con su fecha y hora.

    expediente oficio acusar DIF/DG/0042/2026 --ocurrio "2026-11-20 13:10"
    """
    v = ventanilla(oficina)
    lote(
        folios_de(numeros),
        lambda numero: oficios.acusar(v, numero, ocurrio, recibe, simular),
        "acuse asentado",
        json,
        simular,
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
    )


def libro(
    cual: Annotated[
        str | None, typer.Option("--libro", metavar="CLAVE", help="Sólo este libro.")
    ] = None,
    anio: Annotated[
        int | None, typer.Option("--anio", metavar="AÑO", help="Sólo este año.")
    ] = None,
    auditar: Annotated[
        bool, typer.Option("--auditar", help="Explica huecos y cancelados.")
    ] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Enseña el libro de oficios; con --auditar, explica cada número que no salió.

    expediente oficio libro --auditar
    """
    v = ventanilla(oficina)
    if auditar:
        _auditar(oficios.auditar(v, cual, anio), json)
        return
    asientos = [asiento.dice for asiento in oficios.libro_de_oficios(v, cual, anio)]
    if json:
        en_json({"asientos": [dict(dice) for dice in asientos]})
    elif not asientos:
        avisar("No hay números tomados.")
    else:
        llaves = ("numero", "fecha", "estado", "folio", "asunto", "motivo")
        tabla(
            ["Número", "Fecha", "Estado", "Folio", "Asunto", "Motivo"],
            [[dice.get(llave, "") for llave in llaves] for dice in asientos],
        )


def _auditar(auditorias: list[Auditoria], json: bool) -> None:
    if json:
        en_json({"libros": [_auditoria_json(a) for a in auditorias]})
    for a in auditorias if not json else []:
        estados = ", ".join(_cuantos(n, estado) for estado, n in sorted(a.por_estado.items()))
        decir(f"Libro {a.libro} {a.anio}: {_cuantos(a.ultimo, 'número')} ({estados}).")
        huecos = ", ".join(f"{n:04d}" for n in a.huecos)
        decir(f"  Huecos: {huecos or 'ninguno'}.")
        for numero, motivo in a.cancelados:
            decir(f"  Cancelado {numero}: {motivo}")
        for problema in a.problemas:
            decir(f"  Problema: {problema}")
    if not auditorias and not json:
        avisar("No hay números tomados.")
    if any(a.huecos or a.problemas for a in auditorias):
        raise typer.Exit(1)


def _cuantos(n: int, que: str) -> str:
    return f"{n} {que}" if n == 1 else f"{n} {que}s"


def _auditoria_json(a: Auditoria) -> dict[str, Any]:
    cancelados = [{"numero": n, "motivo": m} for n, m in a.cancelados]
    return {**asdict(a), "cancelados": cancelados}
