"""Las órdenes del archivo: archivar y verificar."""

from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.almacen.oficina import hallar_oficina
from expediente.cli.opciones import (
    OpcionJson,
    OpcionOficina,
    OpcionSimular,
    folios_de,
    ventanilla,
)
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.cli.relato import lote
from expediente.nucleo.errores import ErrorUso, NoExiste
from expediente.operaciones import archivo
from expediente.operaciones.archivo import Verificacion
from expediente.operaciones.ventanilla import Ventanilla


def archivar(
    folios: Annotated[
        list[str] | None, typer.Argument(metavar="[FOLIO...]", help="Cuáles, o - para stdin.")
    ] = None,
    concluidos_antes: Annotated[
        str | None,
        typer.Option("--concluidos-antes", metavar="FECHA", help="Todos los concluidos antes."),
    ] = None,
    destino: Annotated[
        Path | None,
        typer.Option("--destino", metavar="CARPETA", help="La carpeta de la unidad compartida."),
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Copia expedientes cerrados a su bolsa en la unidad compartida, verificados.

    Copia, vuelve a leer, compara, publica y sólo entonces los marca. Repetirlo es seguro.

        expediente archivar --concluidos-antes 2026-11-21 --destino /mnt/archivo
    """
    v = ventanilla(oficina)
    donde = archivo.destino_de(v, destino)
    if bool(folios) == bool(concluidos_antes):
        raise ErrorUso("Diga qué archivar: unos folios, o --concluidos-antes FECHA.")
    cuales = folios_de(folios) if folios else archivo.concluidos_antes(v, concluidos_antes or "")
    if not cuales and not json:
        avisar("No hay expedientes por archivar.")
        return
    lote(
        cuales,
        lambda folio: archivo.archivar(v, folio, donde, simular),
        "puesto en su bolsa",
        json,
        simular,
        "Bolsa",
        se_repite=True,
    )


def verificar(
    destino: Annotated[
        Path | None, typer.Argument(metavar="[CARPETA]", help="La unidad compartida.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Vuelve a leer cada bolsa archivada y la compara con sus sumas.

    Si no había nada que verificar, falla: un archivo vacío no está verificado.

        expediente archivo verificar /mnt/archivo
    """
    v = _oficina_si_hay(oficina)
    if v is not None:
        destino = archivo.destino_de(v, destino)
    if destino is None:
        raise ErrorUso("Diga qué carpeta verificar: expediente archivo verificar CARPETA")
    hecha = archivo.verificar(v, destino)
    if json:
        en_json(_verificacion_json(hecha))
    else:
        decir(f"Bolsas íntegras: {hecha.integras} de {hecha.revisadas}.")
        if hecha.problemas:
            tabla(["Bolsa", "Problema"], [list(p) for p in hecha.problemas])
    if hecha.problemas:
        raise typer.Exit(1)


def _oficina_si_hay(oficina: Path | None) -> Ventanilla | None:
    """La ventanilla si hay oficina; las bolsas se comprueban también sin ella."""
    try:
        hallar_oficina(Path.cwd(), oficina)
    except NoExiste:
        return None
    return ventanilla(oficina)


def _verificacion_json(hecha: Verificacion) -> dict[str, Any]:
    problemas = [{"bolsa": bolsa, "mensaje": que} for bolsa, que in hecha.problemas]
    return {"integras": hecha.integras, "revisadas": hecha.revisadas, "problemas": problemas}
