"""La ayuda y los errores de uso en español, donde gettext no alcanza.

Se escribe la ayuda llana de Click y no la de rich: arranca sin cargarlo y no
dibuja marcos en un fichero ni en el registro de una tarea nocturna. Lo que pasa
por gettext está en `catalogo/`; aquí, sólo lo que Click y Typer llevan escrito.
"""

import errno
from collections.abc import MutableMapping
from typing import Any

import click
import typer
from typer.core import TyperCommand, TyperGroup

from expediente.nucleo.errores import sugerencia

NOMBRES_DE_TIPO: dict[type[click.ParamType], str] = {
    click.types.StringParamType: "texto",
    click.types.UnprocessedParamType: "texto",
    click.types.IntParamType: "entero",
    click.types.IntRange: "entero",
    click.types.FloatParamType: "número",
    click.types.FloatRange: "número",
    click.types.BoolParamType: "1|0",
    click.types.DateTime: "fecha",
    click.types.File: "fichero",
}
# Click toma de la clase el nombre que imprime en la ayuda (TEXTO) y en los errores.
for _tipo, _nombre in NOMBRES_DE_TIPO.items():
    _tipo.name = _nombre

PIEZAS_DE_USO = {
    "[OPTIONS]": "[OPCIONES]",
    "COMMAND [ARGS]...": "ORDEN [ARGUMENTOS]...",
}

SI_O_NO = {"s": True, "si": True, "sí": True, "n": False, "no": False}

MOTIVOS_DEL_SISTEMA = {
    errno.ENOENT: "no existe",
    errno.EACCES: "falta permiso",
    errno.EPERM: "falta permiso",
    errno.EISDIR: "es una carpeta",
    errno.ENOTDIR: "una parte de la ruta no es carpeta",
    errno.ENOSPC: "el disco está lleno",
    errno.EROFS: "la unidad es de sólo lectura",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
}


class _EnEspanol(click.Command):
    """Lo que órdenes y grupos comparten: su renglón de uso, su ayuda y sus errores."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        piezas = super().collect_usage_pieces(ctx)
        return [PIEZAS_DE_USO.get(pieza, pieza) for pieza in piezas]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for titulo, clase in (("Argumentos", "argument"), ("Opciones", "option")):
            parametros = [p for p in self.get_params(ctx) if p.param_type_name == clase]
            registros = [r for p in parametros if (r := p.get_help_record(ctx))]
            if registros:
                with formatter.section(titulo):
                    formatter.write_dl([(nombre, _sin_env_var(nota)) for nombre, nota in registros])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter as error:
            _acabar_de_traducir(error, ctx)
            raise


class OrdenEspanola(_EnEspanol, TyperCommand):
    """Una orden de Typer que habla español."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.FileError as error:
            if isinstance(error.__cause__, OSError):
                error.message = _motivo(error.__cause__)
            raise


class GrupoEspanol(_EnEspanol, TyperGroup):
    """Un grupo de órdenes de Typer que habla español y corrige las mal escritas.

    El autocompletado es el de Click, sin opciones en la ayuda: quien lo quiera
    pone en su .bashrc `eval "$(_EXPEDIENTE_COMPLETE=bash_source expediente)"`.
    """

    def __init__(self, **atributos: Any) -> None:
        super().__init__(**atributos, rich_markup_mode=None, suggest_commands=False)

    def sugerir(self, ctx: click.Context, escrita: str) -> str:
        """Devuelve « ¿Quiso decir «x»?» para una orden que no existe, o «»."""
        return sugerencia(escrita, self.list_commands(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            error.message += self.sugerir(ctx, args[0])
            raise

    def _main_shell_completion(
        self,
        ctx_args: MutableMapping[str, Any],
        prog_name: str,
        complete_var: str | None = None,
    ) -> None:
        # El de Typer tiene sus mensajes en inglés y carga rich.
        click.Command._main_shell_completion(self, ctx_args, prog_name, complete_var)


def confirmar(pregunta: str, *, por_omision: bool = False) -> bool:
    """Devuelve si la persona contestó que sí; con sólo Intro, `por_omision`.

    Va por stderr y repite hasta entender. Úsese en vez de `typer.confirm`, que
    sólo admite «y» y «n». Lanza typer.Abort con Ctrl-C o si se acaba la entrada.
    """
    respuesta: bool = typer.prompt(
        f"{pregunta} (s/n)",
        default="s" if por_omision else "n",
        value_proc=_leer_si_o_no,
        err=True,
    )
    return respuesta


def _leer_si_o_no(respuesta: str) -> bool:
    dicho = SI_O_NO.get(respuesta.strip().lower())
    if dicho is None:
        raise typer.BadParameter("conteste «s» o «n».")
    return dicho


def _sin_env_var(nota: str) -> str:
    return nota.replace("[env var: ", "[variable de entorno: ")


def _acabar_de_traducir(error: click.BadParameter, ctx: click.Context) -> None:
    """Pone en español la pista del parámetro y el motivo que dio el sistema."""
    if error.param is None:
        return
    if error.param_hint is None:
        # Click 8.2 nombra la variable de entorno aunque la opción no tenga ninguna.
        pista = error.param.get_error_hint(ctx).replace(" (env var: 'None')", "")
        error.param_hint = pista.replace("(env var: ", "(variable de entorno: ")
    if isinstance(error.param.type, click.File) and isinstance(error.__context__, OSError):
        error.message = f"{error.__context__.filename!r}: {_motivo(error.__context__)}."


def _motivo(error: OSError) -> str:
    """Por qué no se pudo abrir, pues `strerror` siempre viene en inglés."""
    return MOTIVOS_DEL_SISTEMA.get(error.errno or 0, f"error {error.errno} del sistema")
