"""Las pantallas de la demostración: lo que va pasando y lo que quedó."""

import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from expediente.cli.pantalla import consola, decir, hay_quien_mire, tabla, titulo
from expediente.operaciones.demo import Jornada


@contextmanager
def narrar() -> Iterator[Callable[[str], None]]:
    """Cuenta cada momento del día por stderr, con un reloj que gira si alguien mira."""
    if not sys.stderr.isatty():
        yield lambda paso: print(paso, file=sys.stderr)
        return
    mesa = consola(stderr=True)
    with mesa.status("") as reloj:

        def contar(paso: str) -> None:
            mesa.print(f"[green]▸[/green] {paso}")
            reloj.update(paso)

        yield contar


def ensenar_jornada(jornada: Jornada) -> None:
    """La pantalla final: qué se hizo, dónde está y qué probar."""
    decir()
    titulo("Un viernes en la ventanilla")
    tabla(["Qué se hizo", "Cuánto"], [list(hecho) for hecho in jornada.hechos])
    decir()
    titulo("Dónde está")
    sitios = {
        "La oficina": jornada.oficina,
        "El archivo": jornada.archivo,
        **jornada.ficheros,
    }
    for que, ruta in sitios.items():
        decir(f"  {que}:")
        decir(f"    {ruta}")
    decir()
    titulo("Qué probar ahora")
    for orden, para_que in _ordenes(jornada):
        _ensenar_orden(orden, para_que)


def _ordenes(jornada: Jornada) -> list[tuple[str, str]]:
    ejemplos = jornada.ejemplos
    por_firmar = ejemplos["espera la firma de la directora"]
    return [
        *_para_hallarlo(),
        (f"cd {shlex.quote(str(jornada.oficina))}", "entrar en la oficina"),
        (_fijar("EXPEDIENTE_AHORA", "2026-11-20 15:00"), "seguir en ese viernes"),
        ("expediente pendientes --rol direccion", "lo que espera a la directora"),
        (f"expediente ver {por_firmar}", "uno de ellos, y lo que toca"),
        (
            f"expediente avanzar {por_firmar} --resultado autoriza --por directora",
            "autorizarlo: sale el oficio",
        ),
        (f"expediente historial {ejemplos['concluido']}", "la historia de uno terminado"),
        (
            f"expediente plazo {ejemplos['autorizado, por entregar']}",
            "cómo se cuenta su plazo",
        ),
        ("expediente oficio libro --auditar", "que no falte ningún número"),
        ("expediente --help", "todo lo demás"),
    ]


def _para_hallarlo() -> list[tuple[str, str]]:
    """La orden que pone el programa a la mano, si todavía no lo está."""
    if shutil.which("expediente") or sys.platform == "win32":
        return []
    binarios = shlex.quote(str(Path(sys.executable).parent))
    return [(f"export PATH={binarios}:$PATH", "tener a la mano la orden «expediente»")]


def _fijar(variable: str, valor: str) -> str:
    """La orden que fija una variable en la consola de esta máquina."""
    if sys.platform == "win32":
        return f'$env:{variable} = "{valor}"'
    return f"export {variable}={shlex.quote(valor)}"


def _ensenar_orden(orden: str, para_que: str) -> None:
    if not hay_quien_mire():
        decir(f"  {orden}   # {para_que}")
        return
    from rich.text import Text  # rich tarda en cargar: sólo si alguien mira

    renglon = Text("  ") + Text(orden, style="cyan") + Text(f"   # {para_que}", style="dim")
    consola().print(renglon, soft_wrap=True)
