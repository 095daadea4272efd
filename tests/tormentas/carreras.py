"""Muchos procesos a la vez: nacen de `fork`, salen juntos y cada uno dice lo que logró."""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from expediente.nucleo.errores import CasoCambio

Dicho = TypeVar("Dicho")


def a_la_vez(base: Path, cuantos: int, hacer: Callable[[int], object]) -> list[object]:
    """Corre `hacer(n)` en procesos que salen juntos; lo que devolvió cada uno.

    Falla si alguno murió o lanzó algo.
    """
    hijos = []
    salida = time.time() + 0.15
    for n in range(cuantos):
        hijo = os.fork()
        if not hijo:
            _correr(base / f"dicho-{n}.json", salida, n, hacer)
        hijos.append(hijo)
    codigos = [os.waitstatus_to_exitcode(os.waitpid(hijo, 0)[1]) for hijo in hijos]
    assert codigos == [0] * cuantos
    return [json.loads((base / f"dicho-{n}.json").read_text()) for n in range(cuantos)]


def _correr(dicho: Path, salida: float, n: int, hacer: Callable[[int], object]) -> None:
    codigo = 1
    try:
        time.sleep(max(0.0, salida - time.time()))
        dicho.write_text(json.dumps(hacer(n)))
        codigo = 0
    except BaseException:  # noqa: BLE001  # el padre sólo ve el código; la traza va a stderr
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(codigo)


def insistir(hacer: Callable[[], Dicho]) -> Dicho:
    """Lo que da `hacer`, repetido mientras otra persona haya cambiado el caso primero."""
    while True:
        try:
            return hacer()
        except CasoCambio as error:
            assert error.codigo_salida == 75


@contextmanager
def hijo_que_acusa(acuses: Path, hacer: Callable[[Callable[[str], None]], None]) -> Iterator[int]:
    """Un hijo que escribe en `acuses` cada cosa hecha; al salir se le mata, si vive."""
    hijo = os.fork()
    if not hijo:
        _acusar(acuses, hacer)
    yield hijo
    os.kill(hijo, signal.SIGKILL)
    os.waitpid(hijo, 0)


def _acusar(acuses: Path, hacer: Callable[[Callable[[str], None]], None]) -> None:
    try:
        descriptor = os.open(acuses, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        hacer(lambda dicho: _escribir(descriptor, dicho))
    except BaseException:  # noqa: BLE001  # un defecto se dice en el mismo fichero
        _escribir(descriptor, f"defecto {traceback.format_exc()!r}")
    finally:
        time.sleep(5)  # a que lo maten: nunca acaba por su cuenta
        os._exit(1)


def _escribir(descriptor: int, dicho: str) -> None:
    os.write(descriptor, f"{dicho}\n".encode())
