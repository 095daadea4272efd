"""Las órdenes de la papelería: poner el membrete a las plantillas y empezar una."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, OpcionSimular, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, progreso, tabla
from expediente.operaciones import papeleria_de_oficina as papeleria
from expediente.operaciones import plantilla_nueva
from expediente.operaciones.carpeta_de_plantillas import ficheros_de_plantillas
from expediente.operaciones.papeleria_de_oficina import Membretada


def membrete(
    plantillas: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PLANTILLA...]", help="Cuáles: oficio-libre, acuse-queja…"),
    ] = None,
    todas: Annotated[bool, typer.Option("--todas", help="Todas las de la oficina.")] = False,
    desde: Annotated[
        Path | None,
        typer.Option(
            "--desde",
            metavar="FICHERO.docx",
            help="De dónde se toma; si no, de plantillas/membrete.docx.",
        ),
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Pone el mismo membrete a las plantillas: encabezado, pie, estilos y márgenes.

    Se edita una vez, en Word: plantillas/membrete.docx. Lo que dice cada plantilla no
    cambia. Las que había quedan en plantillas/.anteriores.

    expediente plantilla membrete --todas
    """
    v = ventanilla(oficina)
    cuantas = len(plantillas or ()) or len(ficheros_de_plantillas(v))
    with progreso("Membrete", cuantas) as adelantar:
        hechas = papeleria.membretar(v, plantillas or [], todas, desde, simular, adelantar)
    if json:
        en_json({"resultados": [_como_json(hecha) for hecha in hechas]})
    else:
        _contar(hechas, simular)
    malas = [hecha for hecha in hechas if hecha.error]
    if malas:
        raise typer.Exit(malas[0].codigo if len(hechas) == 1 else 1)


def _como_json(hecha: Membretada) -> dict[str, Any]:
    return {
        "plantilla": hecha.plantilla,
        "ok": hecha.error is None,
        "error": hecha.error,
        "cambio": hecha.cambio,
        "estilos_conservados": list(hecha.conservados),
        "anterior": str(hecha.anterior) if hecha.anterior else None,
    }


def _contar(hechas: Sequence[Membretada], simular: bool) -> None:
    malas = [hecha for hecha in hechas if hecha.error]
    cambian = [hecha for hecha in hechas if hecha.cambio and not hecha.error]
    iguales = len(hechas) - len(malas) - len(cambian)
    cambio = ("cambiaría", "cambiarían") if simular else ("cambiada", "cambiadas")
    dichas = [
        f"{len(cuales)} {formas[len(cuales) != 1]}"
        for cuales, formas in (
            (cambian, cambio),
            (range(iguales), ("ya lo tenía", "ya lo tenían")),
            (malas, ("no se pudo", "no se pudieron")),
        )
        if cuales
    ]
    decir(f"{', '.join(dichas)}.")
    if malas:
        decir()
        tabla(["Plantilla", "Por qué no"], [[m.plantilla, m.error or ""] for m in malas])
    estilos = dict.fromkeys(estilo for hecha in cambian for estilo in hecha.conservados)
    if estilos:
        avisar(f"Estilos que el membrete no tiene; se quedaron como estaban: {', '.join(estilos)}.")
    for carpeta in {hecha.anterior.parent for hecha in cambian if hecha.anterior}:
        avisar(f"Como estaban antes: {carpeta}")


def nueva(
    nombre: Annotated[
        str, typer.Argument(metavar="NOMBRE", help="El de su fichero: oficio-de-vialidad.")
    ],
    como: Annotated[
        str,
        typer.Option(
            "--como",
            metavar="PLANTILLA",
            help="En qué forma: oficio, constancia, acuse, u otra de la oficina.",
        ),
    ] = "oficio",
    procedimiento: Annotated[
        str | None,
        typer.Option("--procedimiento", metavar="CLAVE", help="El que la va a emitir."),
    ] = None,
    documento: Annotated[
        str | None,
        typer.Option("--documento", metavar="CLAVE", help="Cuál de sus documentos será."),
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Empieza una plantilla en la hoja de la oficina, con sus etiquetas, para escribirla en Word.

    Con --procedimiento lleva además una muestra de sus datos. Nunca pisa una que exista.

    expediente plantilla nueva oficio-de-vialidad --procedimiento peticion
    """
    v = ventanilla(oficina)
    hecha = plantilla_nueva.escribir_plantilla_nueva(
        v, nombre, como, procedimiento, documento, simular
    )
    if json:
        en_json(
            {
                "plantilla": hecha.ruta.name,
                "fichero": str(hecha.ruta),
                "base": hecha.base,
                "renglones": hecha.renglones,
            }
        )
        return
    decir(f"{'Quedaría' if simular else 'Quedó'} en {hecha.ruta}")
    clave, suyo = hecha.ruta.stem, f" --procedimiento {procedimiento}" if procedimiento else ""
    decir("Ábrala en Word y escriba su texto donde lo indica. Después:")
    decir(f"  expediente plantilla campos {clave}{suyo or ' --procedimiento CLAVE'}")
    decir(f"  expediente plantilla revisar {clave}")
    fichero = f"procedimientos/{procedimiento}.yaml" if procedimiento else "el procedimiento"
    decir(f"Para que se emita, en {fichero}, bajo `{documento or 'documentos'}`:")
    decir(hecha.renglones)
    if not documento:
        decir(f"y en el paso que la emite: `emite: [{hecha.documento}]`")
        for paso, todos in hecha.emiten.items():
            decir(f"  si es «{paso}», que ya emite: `emite: [{', '.join(todos)}]`")
