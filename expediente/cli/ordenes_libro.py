"""Las órdenes del libro de oficios: enseñarlo, auditarlo, sacarlo en papel y reiterar."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import (
    ArgumentoFolios,
    OpcionJson,
    OpcionOficina,
    OpcionSimular,
    folios_de,
    ventanilla,
)
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.cli.relato import lote
from expediente.nucleo.errores import ErrorUso
from expediente.operaciones import libro_de_oficios as libros
from expediente.operaciones.libro_de_oficios import FiltroDelLibro
from expediente.operaciones.ventanilla import Ventanilla

# Cómo se titula en la pantalla cada parte de la auditoría, con lo que sigue a cada número.
PARTES = {
    "cancelados": "Cancelado",
    "extemporaneos": "Extemporáneo",
    "fuera_de_orden": "Fuera de orden",
    "reservados_viejos": "Sin emitir",
    "sin_acuse": "Sin acuse",
    "de_fuera": "De fuera",
}
# Las columnas del libro en la pantalla; en papel salen todas. Los nombres de quien recibe, que
# puede ser la persona atendida, sólo si se piden.
COLUMNAS = {
    "numero": "Número",
    "fecha": "Fecha",
    "estado": "Estado",
    "folio": "Folio",
    "destinatario": "Para",
    "asunto": "Asunto",
    "acuse": "Acuse",
    "recibe": "Recibió",
    "motivo": "Motivo",
}
NOMBRES = ("destinatario", "recibe")

OpcionLibro = Annotated[str | None, typer.Option("--libro", metavar="CLAVE", help="De este libro.")]
OpcionAnio = Annotated[int | None, typer.Option("--anio", metavar="AÑO", help="De este año.")]


def libro(
    cual: OpcionLibro = None,
    anio: OpcionAnio = None,
    estado: Annotated[
        str | None,
        typer.Option("--estado", metavar="ESTADO", help="reservado, emitido, entregado, cancelado"),
    ] = None,
    desde: Annotated[
        str | None, typer.Option("--desde", metavar="FECHA", help="Fechados desde ese día.")
    ] = None,
    hasta: Annotated[
        str | None, typer.Option("--hasta", metavar="FECHA", help="Fechados hasta ese día.")
    ] = None,
    completo: Annotated[
        bool, typer.Option("--completo", help="Enseña a quién se dirige y quién lo recibió.")
    ] = False,
    auditar: Annotated[
        bool, typer.Option("--auditar", help="Explica cada número: huecos, cancelados, sin acuse.")
    ] = False,
    word: Annotated[bool, typer.Option("--word", help="Lo deja en Word, para firmarlo.")] = False,
    hoja: Annotated[bool, typer.Option("--hoja", help="Lo deja en una hoja de Excel.")] = False,
    salida: Annotated[
        Path | None,
        typer.Option("--salida", metavar="CARPETA", help="Dónde; si no, en minutarios/."),
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Enseña el libro de oficios, lo audita o lo saca en Word y en Excel.

    expediente oficio libro --libro DG --anio 2026 --word --hoja
    """
    v = ventanilla(oficina)
    filtro = FiltroDelLibro(
        cual,
        anio,
        estado,
        v.momento(desde).date() if desde else None,
        v.momento(hasta).date() if hasta else None,
    )
    if auditar:
        if word or hoja or estado or desde or hasta:
            raise ErrorUso("--auditar mira el libro entero: sólo admite --libro y --anio.")
        _auditar(v, cual, anio, json)
    elif word or hoja:
        _sacar(v, filtro, word, hoja, salida, json)
    elif salida:
        raise ErrorUso("--salida dice dónde dejar el Word o la hoja: añada --word o --hoja.")
    else:
        _ensenar(v, filtro, completo, json)


def _ensenar(v: Ventanilla, filtro: FiltroDelLibro, completo: bool, json: bool) -> None:
    asientos = libros.asientos_del_libro(v, filtro)
    if json:
        en_json({"asientos": [dict(a.dice) for a in asientos]})
        return
    if not asientos:
        avisar("No hay números tomados.")
        return
    llaves = [llave for llave in COLUMNAS if completo or llave not in NOMBRES]
    tabla(
        [COLUMNAS[llave] for llave in llaves],
        [
            [
                {**a.dice, "fecha": libros.fecha_del(a), "acuse": libros.acuse_de(a)}.get(llave, "")
                for llave in llaves
            ]
            for a in asientos
        ],
    )


def _sacar(
    v: Ventanilla,
    filtro: FiltroDelLibro,
    word: bool,
    hoja: bool,
    salida: Path | None,
    json: bool,
) -> None:
    # Sacarlo en papel carga lo que enseñarlo no usa.
    from expediente.operaciones.minutario import sacar_minutarios

    ficheros = sacar_minutarios(v, filtro, word, hoja, salida)
    if json:
        en_json({"ficheros": [str(f) for f in ficheros]})
    elif not ficheros:
        avisar("No hay números tomados así; no se hizo ningún fichero.")
    for fichero in ficheros if not json else []:
        decir(f"Quedó en {fichero}")


def _auditar(v: Ventanilla, cual: str | None, anio: int | None, json: bool) -> None:
    # Auditar lee los expedientes; enseñar el libro, no.
    from expediente.operaciones.auditoria_del_libro import auditar

    auditorias = auditar(v, cual, anio)
    if json:
        en_json({"libros": [_auditoria_json(asdict(a)) for a in auditorias]})
    for a in auditorias if not json else []:
        estados = ", ".join(_cuantos(n, estado) for estado, n in sorted(a.por_estado.items()))
        huecos = f" y {_cuantos(len(a.huecos), 'hueco')}" if a.huecos else ""
        decir(f"Libro {a.libro} {a.anio}: {_cuantos(a.tomados, 'número')} ({estados}){huecos}.")
        decir(f"  Huecos: {libros.tramos(a.huecos) or 'ninguno'}.")
        for parte, titulo in PARTES.items():
            for cuales, dicho in a.seguidos(getattr(a, parte)):
                decir(f"  {titulo} {cuales}: {dicho}")
        for problema in a.problemas:
            decir(f"  Problema: {problema}")
    if not auditorias and not json:
        avisar("No hay números tomados.")
    if not all(a.en_orden for a in auditorias):
        raise typer.Exit(1)


def _cuantos(n: int, que: str) -> str:
    return f"{n} {que}" if n == 1 else f"{n} {que}s"


def _auditoria_json(dicha: dict[str, Any]) -> dict[str, Any]:
    del dicha["lugares"]
    for parte in PARTES:
        llave = "motivo" if parte in ("cancelados", "extemporaneos") else "dice"
        dicha[parte] = [{"numero": numero, llave: dicho} for numero, dicho in dicha[parte]]
    return dicha


def reiterar(
    folios: ArgumentoFolios,
    documento: Annotated[
        str | None,
        typer.Option("--documento", metavar="CLAVE", help="Qué oficio, si hay varios."),
    ] = None,
    por: Annotated[
        str | None, typer.Option("--por", metavar="PERSONA", help="Quién lo autoriza, si lo pide.")
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Redacta el recordatorio a quien no contestó un oficio entregado: 1.º, 2.º, 3.º…

    Cita el oficio, su acuse y los días hábiles que han pasado; el nivel lo sabe solo. La
    lista de a quién toca la da «pendientes --sin-respuesta --solo-folios»:

        expediente oficio reiterar PE-2026-0007
    """
    # Reiterar da pasos y escribe documentos; enseñar el libro, no.
    from expediente.operaciones import recordatorios

    v = ventanilla(oficina)
    quien = v.oficina.persona(por) if por else None
    lote(
        folios_de(folios),
        lambda folio: recordatorios.reiterar(v, folio, documento, quien, simular),
        "recordatorio hecho",
        json,
        simular,
    )
