"""Ninguna orden carga lo que no usa: se mira `sys.modules`, sin cronómetro."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from expediente.almacen.oficina import crear_oficina
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.ventanilla import sentarse

PESADAS = {
    "docx", "lxml", "jinja2", "holidays", "rich",
    "email", "http", "urllib.request", "asyncio", "unittest", "sqlite3", "csv",
}  # fmt: skip
# Corre la orden como `python -m expediente` y al final dice por stderr qué quedó cargado.
GUION = """
import atexit, sys
atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))
from expediente.__main__ import principal
principal()
"""


@pytest.fixture(scope="module")
def oficina(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una oficina de prueba con un caso abierto."""
    raiz = tmp_path_factory.mktemp("arranque") / "oficina"
    crear_oficina(raiz, de_prueba=True)
    datos = {"destino": "torreon"}
    abrir(sentarse(raiz, None, "recepcion"), Solicitud("estrella-blanca", datos))
    return raiz


def cargados(*argumentos: str, carpeta: Path | None = None) -> set[str]:
    """Los módulos que quedan cargados tras correr una orden con su salida a una tubería."""
    corrida = subprocess.run(
        [sys.executable, "-c", GUION, *argumentos],
        cwd=carpeta,
        env={k: v for k, v in os.environ.items() if not k.startswith("EXPEDIENTE")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert corrida.returncode == 0, corrida.stderr
    return set(corrida.stderr.split())


def folio_unico(oficina: Path) -> str:
    return next(c.name for c in (oficina / "expedientes").glob("*/*"))


def test_listar_no_carga_word_ni_adornos(oficina: Path) -> None:
    modulos = cargados("listar", carpeta=oficina)

    assert "expediente.operaciones.listas" in modulos
    assert modulos & PESADAS == set()


def test_ver_no_carga_word_ni_adornos(oficina: Path) -> None:
    modulos = cargados("ver", folio_unico(oficina), carpeta=oficina)

    assert "expediente.operaciones.consultas" in modulos
    assert modulos & PESADAS == set()


def test_dar_un_paso_sin_documentos_no_carga_word(oficina: Path) -> None:
    modulos = cargados("anotar", folio_unico(oficina), "--nota", "Llamó.", carpeta=oficina)

    assert "expediente.operaciones.avanzar" in modulos
    assert modulos & PESADAS == set()


@pytest.mark.parametrize("pedido", [["--version"], ["--help"]])
def test_decir_la_version_no_lee_la_oficina_ni_carga_yaml(pedido: list[str]) -> None:
    modulos = cargados(*pedido)

    assert "expediente.cli.app" in modulos
    assert modulos & {*PESADAS, "yaml", "hashlib", "expediente.cli.opciones"} == set()
