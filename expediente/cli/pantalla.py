"""Lo que se ve: tablas, JSON y frases. Sin terminal, texto llano y sin color.

stdout son los datos; stderr, los mensajes. rich sólo se carga si alguien mira.
"""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

SEMAFORO = {
    "verde": "en plazo",
    "amarillo": "por vencer",
    "rojo": "VENCIDO",
    "gris": "sin plazo",
    "azul": "cumplido en plazo",
    "morado": "cumplido tarde",
}
SOBREGIRADO = "SOBREGIRADO"
_COLOR = {
    "verde": "green",
    "amarillo": "yellow",
    "rojo": "bold red",
    "gris": "dim",
    "azul": "blue",
    "morado": "magenta",
}
_PROHIBIDAS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_UNIONES = "\u200d\ufe0f"
# Todo lo que no es claramente una letra, cifra o signo del español: se mira una por una.
_DUDOSAS = re.compile("[^\n\t -~\u00a1-\u00ac\u00ae-\u024f]")


def sin_control(texto: str) -> str:
    """El texto sin nada que una terminal obedezca; los saltos de línea se quedan."""
    return _DUDOSAS.sub(lambda hallada: hallada[0] if _se_lee(hallada[0]) else "", texto)


def _se_lee(letra: str) -> bool:
    return letra in _UNIONES or unicodedata.category(letra) not in _PROHIBIDAS


def decir(texto: str = "") -> None:
    """Un dato o resultado, por stdout."""
    print(sin_control(texto))


def avisar(texto: str) -> None:
    """Un mensaje para la persona, por stderr."""
    print(sin_control(texto), file=sys.stderr)


def en_json(objeto: dict[str, Any]) -> None:
    """Un objeto JSON por stdout, con su esquema."""
    escrito = json.dumps({"esquema": 1, **objeto}, ensure_ascii=False, indent=2)
    print(_DUDOSAS.sub(lambda m: m[0] if _se_lee(m[0]) else json.dumps(m[0])[1:-1], escrito))


def hay_quien_mire() -> bool:
    """Si stdout es una terminal en la que caben tablas dibujadas."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def consola(stderr: bool = False) -> "Console":
    """La de rich; con NO_COLOR no escribe ni un código de color."""
    from rich.console import Console  # rich tarda en cargar: sólo si alguien mira

    if os.environ.get("NO_COLOR"):
        return Console(stderr=stderr, highlight=False, color_system=None)
    return Console(stderr=stderr, highlight=False)


def tabla(
    columnas: Sequence[str],
    filas: Sequence[Sequence[str]],
    titulo: str | None = None,
    enteras: Collection[str] = (),
) -> None:
    """Una tabla por stdout: con rich en una terminal, en columnas llanas si no.

    Lo de las columnas `enteras` no se parte por angosta que sea la pantalla: se copia.
    """
    limpias = [[sin_control(celda).replace("\n", " ") for celda in fila] for fila in filas]
    if hay_quien_mire():
        _tabla_en_terminal(columnas, limpias, titulo, enteras)
        return
    anchos = [max(len(f[i]) for f in (columnas, *limpias)) for i in range(len(columnas))]
    for fila in (columnas, *limpias):
        celdas = (celda.ljust(ancho) for celda, ancho in zip(fila, anchos, strict=True))
        print("  ".join(celdas).rstrip())


def _tabla_en_terminal(
    columnas: Sequence[str],
    filas: Sequence[Sequence[str]],
    titulo: str | None,
    enteras: Collection[str],
) -> None:
    from rich import box  # rich tarda en cargar: sólo si alguien mira
    from rich.table import Table
    from rich.text import Text

    dibujo = Table(title=titulo, box=box.SIMPLE_HEAD, title_justify="left", header_style="bold")
    for columna in columnas:
        dibujo.add_column(columna, overflow="fold", no_wrap=columna in enteras)
    estilos = {SOBREGIRADO: _COLOR["rojo"], **{SEMAFORO[k]: v for k, v in _COLOR.items()}}
    for fila in filas:
        dibujo.add_row(*(Text(celda, style=estilos.get(celda, "")) for celda in fila))
    consola().print(dibujo)


def titulo(texto: str) -> None:
    """Una línea que encabeza lo que sigue."""
    if not hay_quien_mire():
        decir(texto)
        return
    from rich.text import Text  # rich tarda en cargar: sólo si alguien mira

    consola().print(Text(sin_control(texto), style="bold"))


@contextmanager
def progreso(que: str, cuantos: int) -> Iterator[Callable[[], None]]:
    """Una barra en stderr si alguien mira y hay bastante que esperar."""
    if cuantos < 20 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import Progress  # rich tarda en cargar: sólo si alguien mira

    # Sin su hilo: un lote largo se reparte copiando este proceso, y un hilo no se copia.
    with Progress(console=consola(stderr=True), transient=True, auto_refresh=False) as barra:
        tarea = barra.add_task(que, total=cuantos)
        cada = max(1, cuantos // 100)
        hechos = count(1)

        def adelantar() -> None:
            barra.advance(tarea)
            if next(hechos) % cada == 0:
                barra.refresh()

        yield adelantar


def enmascarar(tipo: str, dato: str) -> str:
    """El dato como conviene enseñarlo: CURP y teléfono, sólo lo que sirve para cotejar."""
    if tipo == "curp" and len(dato) == 18:
        return f"{dato[:6]}{'*' * 10}{dato[-2:]}"
    if tipo == "telefono" and len(dato) == 10:
        return f"{dato[:3]} *** **{dato[-2:]}"
    return dato
