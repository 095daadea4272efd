"""Las órdenes del manual: dibujarlo, imprimirlo, comparar versiones y empezar uno."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, OpcionSimular, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json
from expediente.operaciones import manual
from expediente.operaciones.procedimientos import uno

ArgumentoClave = Annotated[str, typer.Argument(metavar="CLAVE", help="El procedimiento.")]


class Formato(StrEnum):
    """En qué se escribe un diagrama."""

    svg = "svg"
    mermaid = "mermaid"


def diagrama(
    clave: ArgumentoClave,
    formato: Annotated[
        Formato, typer.Option("--formato", metavar="svg|mermaid", help="En qué se escribe.")
    ] = Formato.svg,
    salida: Annotated[
        Path | None,
        typer.Option(
            "--salida", metavar="FICHERO", help="Dónde; sin decirlo, a la tubería o a manuales/."
        ),
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Dibuja el diagrama de flujo de un procedimiento, un carril por responsable.

    El SVG se abre con cualquier navegador y se inserta en Word. Sin --salida, en la pantalla
    no se vuelca: queda en manuales/ de la oficina.

    expediente procedimiento diagrama estrella-blanca --salida diagrama.svg
    """
    v = ventanilla(oficina)
    dibujo = manual.dibujar(v, clave, formato)
    if salida is None and formato == Formato.svg and not json and sys.stdout.isatty():
        salida = v.raiz / "manuales" / f"{clave}-v{uno(v, clave).version}.svg"
    if salida:
        manual.guardar(salida, dibujo.encode())
    if json:
        dicho = {"fichero": str(salida)} if salida else {"diagrama": dibujo}
        en_json({"procedimiento": clave, "formato": formato, **dicho})
    elif salida:
        decir(f"Quedó en {salida}")
    else:
        decir(dibujo.rstrip())


def imprimir(
    clave: ArgumentoClave,
    salida: Annotated[
        Path | None,
        typer.Option(
            "--salida", metavar="FICHERO.docx", help="Dónde; si no, en manuales/ de la oficina."
        ),
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Imprime el manual en Word: actividades, plazos, indicadores, firmas y su diagrama.

    Sale del procedimiento con que trabaja la oficina: el papel dice lo que se hace.

    expediente procedimiento imprimir estrella-blanca
    """
    ruta = manual.imprimir_manual(ventanilla(oficina), clave, salida)
    if json:
        en_json({"procedimiento": clave, "fichero": str(ruta)})
    else:
        decir(f"Quedó en {ruta}")


_A_COMPARAR = "Un fichero .yaml, CLAVE (la de hoy) o CLAVE@VERSION."


def comparar(
    una: Annotated[str, typer.Argument(metavar="A", help=f"La de antes. {_A_COMPARAR}")],
    otra: Annotated[str, typer.Argument(metavar="B", help=f"La nueva. {_A_COMPARAR}")],
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Dice qué cambió entre dos versiones, para el control de cambios.

    expediente procedimiento comparar estrella-blanca@1 estrella-blanca
    """
    halladas = manual.comparar(ventanilla(oficina), una, otra)
    if json:
        en_json(
            {
                "cambios": [
                    {
                        "clase": d.clase,
                        "clave": d.clave,
                        "cambio": d.cambio,
                        "dato": d.dato,
                        "antes": d.antes,
                        "despues": d.despues,
                        "frase": d.frase,
                    }
                    for d in halladas
                ]
            }
        )
        return
    for diferencia in halladas:
        decir(diferencia.frase)
    if not halladas:
        decir("Mandan lo mismo: no hay diferencias.")


def nuevo(
    clave: ArgumentoClave,
    nombre: Annotated[
        str | None, typer.Option("--nombre", metavar="NOMBRE", help="Cómo lo lee una persona.")
    ] = None,
    prefijo: Annotated[
        str | None,
        typer.Option("--prefijo", metavar="LETRAS", help="Con que empiezan sus folios."),
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Empieza un procedimiento: un fichero explicado, que ya funciona, para editarlo.

    Nunca pisa uno que exista.

    expediente procedimiento nuevo permiso-de-calle --nombre "Permiso para cerrar una calle"
    """
    hecho = manual.escribir_nuevo(ventanilla(oficina), clave, nombre, prefijo, simular)
    if json:
        en_json(
            {
                "procedimiento": clave,
                "prefijo": hecho.prefijo,
                "fichero": str(hecho.ruta),
                "texto": hecho.texto,
            }
        )
    elif simular:
        decir(hecho.texto.rstrip())
        avisar(f"Quedaría en {hecho.ruta}")
    else:
        decir(f"Quedó en {hecho.ruta}")
        decir(f"Edítelo y pruébelo con: expediente procedimiento revisar {clave}")
