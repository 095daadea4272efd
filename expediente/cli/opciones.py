"""Las opciones que se repiten en las órdenes, y la ventanilla que resulta de ellas."""

import os
import sys
from dataclasses import replace
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from expediente.almacen.oficina import hallar_oficina
from expediente.cli.pantalla import avisar
from expediente.nucleo.campo import ValorInvalido, leer_momento
from expediente.nucleo.errores import ErrorUso
from expediente.operaciones.ventanilla import Ventanilla, sentarse

OpcionOficina = Annotated[
    Path | None,
    typer.Option(
        "--oficina",
        metavar="CARPETA",
        envvar="EXPEDIENTE_OFICINA",
        show_envvar=False,
        help="La carpeta de la oficina; si no, la de aquí o más arriba (o EXPEDIENTE_OFICINA).",
    ),
]
OpcionJson = Annotated[bool, typer.Option("--json", help="Escribe un objeto JSON, para guiones.")]
OpcionSimular = Annotated[bool, typer.Option("--simular", help="Dice qué haría, sin cambiar nada.")]
ArgumentoFolio = Annotated[str, typer.Argument(metavar="FOLIO", help="El expediente.")]
ArgumentoFolios = Annotated[
    list[str], typer.Argument(metavar="FOLIO...", help="Uno, varios, o - para leerlos de stdin.")
]
OpcionDatos = Annotated[
    list[str],
    typer.Option("-d", "--dato", metavar="CAMPO=VALOR", help="Un dato; repítala para varios."),
]
OpcionRequisitos = Annotated[
    list[str],
    typer.Option("--requisito", metavar="CLAVE", help="Requisito que se entregó; se repite."),
]
OpcionOcurrio = Annotated[
    str | None,
    typer.Option(
        "--ocurrio", metavar="MOMENTO", help="Cuándo pasó, si no es ahora: 2026-11-20 10:30."
    ),
]
OpcionExtemporaneo = Annotated[
    str | None,
    typer.Option(
        "--extemporaneo",
        metavar="MOTIVO",
        help="Por qué el oficio se fecha antes que el último de su libro.",
    ),
]
OpcionPdf = Annotated[
    bool, typer.Option("--pdf", help="Deja junto a cada documento su PDF (con LibreOffice).")
]
OpcionPdfa = Annotated[
    bool, typer.Option("--pdfa", help="Los PDF como se conservan en un archivo (PDF/A-2b).")
]
OpcionJuntar = Annotated[
    Path | None,
    typer.Option(
        "--juntar", metavar="FICHERO", help="Un solo .docx o .pdf con todos, para imprimir."
    ),
]


def ventanilla(oficina: Path | None) -> Ventanilla:
    """La ventanilla de la oficina pedida o de la que está aquí, con el reloj que toca."""
    raiz = hallar_oficina(Path.cwd(), oficina)
    escrito = os.environ.get("EXPEDIENTE_AHORA")
    v = sentarse(raiz, None, _usuario())
    if not escrito:
        return v
    if not v.oficina.de_prueba:
        avisar("Se ignora EXPEDIENTE_AHORA: sólo vale en una oficina de prueba.")
        return v
    try:
        return replace(v, ahora=v.en_su_huso(leer_momento(escrito)))
    except ValorInvalido as error:
        raise ErrorUso(f"EXPEDIENTE_AHORA no se entiende: {error}") from None


def _usuario() -> str:
    try:
        return getuser()
    except (OSError, KeyError):
        return "desconocido"


def datos_de(escritos: list[str]) -> dict[str, str]:
    """{campo: valor} de las opciones `-d`. Lanza ErrorUso si a una le falta el signo igual."""
    datos = {}
    for escrito in escritos:
        campo, igual, valor = escrito.partition("=")
        if not igual or not campo.strip():
            raise ErrorUso("Un dato se escribe campo=valor; por ejemplo: -d destino=Torreón")
        datos[campo.strip()] = valor
    return datos


def folios_de(escritos: list[str]) -> list[str]:
    """Los folios pedidos; «-» los lee de stdin, la primera palabra de cada renglón."""
    folios: list[str] = []
    for escrito in escritos:
        if escrito == "-":
            partidos = (renglon.strip("\ufeff").split() for renglon in sys.stdin)
            folios += [partes[0] for partes in partidos if partes]
        else:
            folios.append(escrito)
    return list(dict.fromkeys(folios))


def hay_quien_conteste() -> bool:
    """Si se puede preguntar: stdin y stderr son una terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def avisar_si_nadie_teclea(v: Ventanilla) -> None:
    """Avisa si el usuario de la computadora no es de nadie: su nombre saldría en los oficios."""
    if all(persona.usuario != v.usuario for persona in v.oficina.personal):
        avisar(
            f"Su usuario de la computadora, «{v.usuario}», no es de nadie del personal: acuses e "
            "iniciales saldrían con él. Póngalo en `usuario` de quien corresponda, en oficina.yaml."
        )
