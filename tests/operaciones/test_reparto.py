"""Un lote largo se reparte entre dos procesos y no se nota más que en el reloj."""

import subprocess
import sys

import pytest

from expediente.operaciones.reparto import DESDE_ESTOS_CONVIENE, repartir


def correr(guion: str) -> str:
    """Lo que imprime el guion en un intérprete aparte, de un solo hilo como la terminal."""
    hecho = subprocess.run(
        [sys.executable, "-c", guion], capture_output=True, text=True, timeout=60, check=False
    )
    assert hecho.stderr == ""
    return hecho.stdout


def test_un_lote_corto_se_hace_aqui_mismo() -> None:
    # Lo que no puede mandarse a otro proceso delata dónde se hizo.
    assert list(repartir(lambda n: n + 1, [1, 2, 3])) == [2, 3, 4]


@pytest.mark.skipif(sys.platform != "linux", reason="fuera de Linux no se reparte")
def test_un_lote_largo_sale_en_su_orden_y_de_otros_procesos() -> None:
    guion = f"""
import os, time
from expediente.operaciones.reparto import repartir

def quien(n):
    time.sleep(0.0005)
    return n, os.getpid()

hechos = list(repartir(quien, range({DESDE_ESTOS_CONVIENE})))
assert [n for n, _ in hechos] == list(range({DESDE_ESTOS_CONVIENE}))
procesos = {{pid for _, pid in hechos}}
print(os.getpid() in procesos, len(procesos))
"""

    assert correr(guion) == "False 2\n"


@pytest.mark.skipif(sys.platform != "linux", reason="fuera de Linux no se reparte")
def test_el_error_de_uno_llega_a_quien_lo_pidio() -> None:
    guion = f"""
from expediente.operaciones.reparto import repartir
from expediente.nucleo.errores import DatosInvalidos

def falla(n):
    if n == 150:
        raise DatosInvalidos("el ciento cincuenta")
    return n

try:
    list(repartir(falla, range({DESDE_ESTOS_CONVIENE})))
except DatosInvalidos as error:
    print(error.mensaje)
"""

    assert correr(guion) == "el ciento cincuenta\n"
