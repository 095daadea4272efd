"""Lo que comparten las pruebas de las operaciones."""

from pathlib import Path

import pytest

from expediente.almacen import firmas, huellas
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.indices import Y_DESPUES
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    canalizado,
    concluida,
    improcedente,
    solicitud,
)


@pytest.fixture
def cache_aparte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """La caché de esta prueba."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "expediente"


@pytest.fixture
def sin_prisa(monkeypatch: pytest.MonkeyPatch) -> None:
    """Como si todo se hubiera tocado hace rato: lo que no cambió no se vuelve a mirar."""
    monkeypatch.setattr(firmas, "_RECIENTE_NS", -(10**18))
    monkeypatch.setattr(huellas, "_RECIENTE_NS", -(10**18))


@pytest.fixture
def con_casos(ventanilla: Abridor) -> Ventanilla:
    """Una oficina con casos en varios pasos, y su ventanilla unos días después."""
    v = ventanilla("2026-11-18 10:00")
    solicitud(v)
    autorizada(v, destino="saltillo")
    concluida(v)
    canalizado(v)
    improcedente(v)
    return ventanilla(Y_DESPUES)
