"""El reloj de las tormentas: todas las órdenes corren a la misma hora."""

import sys

import pytest

from tests.tormentas.oficina_de_prueba import AHORA

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]  # los apagones de mentira necesitan fork


@pytest.fixture(autouse=True)
def reloj(monkeypatch: pytest.MonkeyPatch) -> None:
    """A la misma hora para poder comparar sus finales."""
    monkeypatch.setenv("EXPEDIENTE_AHORA", f"{AHORA:%Y-%m-%d %H:%M}")
    monkeypatch.setenv("COLUMNS", "200")
