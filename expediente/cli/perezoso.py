"""Una tabla de órdenes que sólo importa el módulo de la que se invoca.

Así `expediente ver` no paga el arranque de Word ni del informe. La ayuda y las
sugerencias salen de la tabla. Aquí no está la tabla, que es de `app`.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click
import typer
from click.shell_completion import CompletionItem

from expediente.cli.ayuda import GrupoEspanol, OrdenEspanola


class Orden(NamedTuple):
    """Dónde está la función de una orden y qué se dice de ella en la lista.

    `ruta`: «paquete.modulo:funcion». La función lleva anotaciones
    `Annotated[..., typer.Option(...)]` y su docstring es la ayuda.
    `resumen`: la frase de la lista de órdenes; cabe en un renglón.
    """

    ruta: str
    resumen: str


class GrupoDeOrdenes(NamedTuple):
    """Un sustantivo que agrupa órdenes, como `oficio emitir` y `oficio acusar`."""

    resumen: str
    ordenes: "Tabla"


Tabla = Mapping[str, Orden | GrupoDeOrdenes]


class GrupoPerezoso(GrupoEspanol):
    """Un grupo cuyas órdenes están en una tabla y se cargan al invocarlas.

    La lista sale en el orden de la tabla. Un grupo dentro de otro es igual de
    perezoso, y sin nada detrás enseña su ayuda:

        ORDENES: Tabla = {
            "abrir": Orden("expediente.cli.abrir:abrir", "Abre un expediente."),
            "oficio": GrupoDeOrdenes(
                "Los oficios que salen.",
                {"emitir": Orden("expediente.cli.oficio:emitir", "Emite un oficio.")},
            ),
        }
        mostrador = GrupoPerezoso(ORDENES, name="expediente", help="Lleva los asuntos.")
        mostrador.main(["oficio", "emitir", "EB-2026-0042"], prog_name="expediente")
    """

    def __init__(self, ordenes: Tabla, **atributos: Any) -> None:
        super().__init__(**atributos)
        self.ordenes = ordenes

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.ordenes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.ordenes and cmd_name not in self.commands:
            self.commands[cmd_name] = _construir(cmd_name, self.ordenes[cmd_name])
        return self.commands.get(cmd_name)

    def sugerir(self, ctx: click.Context, escrita: str) -> str:
        # Lo más común es olvidar el grupo: «emitir» por «oficio emitir».
        completas = [n for n in todas(self.ordenes) if n.endswith(f" {escrita}")]
        if completas:
            return f" ¿Quiso decir {' o '.join(f'«{n}»' for n in completas)}?"
        return super().sugerir(ctx, escrita)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Órdenes"):
            formatter.write_dl([(nombre, o.resumen) for nombre, o in self.ordenes.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        propias = [
            CompletionItem(nombre, help=o.resumen)
            for nombre, o in self.ordenes.items()
            if nombre.startswith(incomplete)
        ]
        return propias + click.Command.shell_complete(self, ctx, incomplete)


def todas(ordenes: Tabla, prefijo: str = "") -> dict[str, Orden]:
    """Devuelve `{nombre completo: orden}`, con los grupos desplegados: `oficio emitir`."""
    hojas: dict[str, Orden] = {}
    for nombre, entrada in ordenes.items():
        if isinstance(entrada, GrupoDeOrdenes):
            hojas |= todas(entrada.ordenes, f"{prefijo}{nombre} ")
        else:
            hojas[prefijo + nombre] = entrada
    return hojas


def _construir(nombre: str, entrada: Orden | GrupoDeOrdenes) -> click.Command:
    if isinstance(entrada, GrupoDeOrdenes):
        return GrupoPerezoso(entrada.ordenes, name=nombre, help=entrada.resumen)
    modulo, _, funcion = entrada.ruta.partition(":")
    aplicacion = typer.Typer(add_completion=False, rich_markup_mode=None)
    aplicacion.command(nombre, cls=OrdenEspanola)(getattr(import_module(modulo), funcion))
    return typer.main.get_command(aplicacion)
