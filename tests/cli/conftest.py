"""Una oficina con asuntos en todas las situaciones, hecha una vez y copiada para cada prueba."""

from datetime import datetime
from pathlib import Path

import pytest

from expediente.almacen.oficina import crear_oficina
from expediente.nucleo.avance import Peticion
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.archivo import archivar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.ventanilla import sentarse
from tests.cli.oficinista import VIAJE
from tests.conftest import copiar

REQUISITOS = ("identificacion", "comprobante_domicilio", "carnet")


@pytest.fixture(scope="session")
def marcha(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La carpeta con `oficina` y `unidad` de la que se copian las demás."""
    carpeta = tmp_path_factory.mktemp("marcha")
    crear_oficina(carpeta / "oficina", de_prueba=True)
    v = sentarse(carpeta / "oficina", datetime(2026, 11, 20, 11), "recepcion")
    folios = [abrir(v, Solicitud("estrella-blanca", VIAJE)).folio for _ in range(5)]
    directora = v.oficina.persona("directora")
    for folio in folios[:2]:
        avanzar(v, folio, Peticion())
        avanzar(v, folio, Peticion(requisitos=REQUISITOS))
        avanzar(v, folio, Peticion())
    avanzar(v, folios[0], Peticion(resultado="autoriza", por=directora))
    for folio in folios[3:]:
        asentar_evento(v, folio, "cancelar", Dicho("Se capturó dos veces."))
    archivar(v, folios[4], carpeta / "unidad")
    abrir(v, Solicitud("reporte-servicio", {"descripcion": "Fuga en la esquina."}))
    return carpeta


@pytest.fixture
def oficina_en_marcha(marcha: Path, oficina: Path, tmp_path: Path) -> Path:
    """La oficina de la prueba, con un caso por situación.

    EB-2026-0001 por entregar, 0002 por autorizar, 0003 por registrar, 0004 cancelado,
    0005 archivado en `unidad`, junto a la oficina; y RS-2026-0001 por registrar.
    """
    copiar(marcha, tmp_path)
    (tmp_path / "foto.jpg").write_bytes(b"foto")
    return oficina
