"""`kill -9` en momentos al azar: lo que la orden ya había dicho que hizo, hecho está."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from expediente.nucleo.avance import Peticion
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.avanzar import anexar, anotar, avanzar
from tests.tormentas.carreras import hijo_que_acusa
from tests.tormentas.oficina_de_prueba import (
    DATOS_EB,
    REQUISITOS,
    OficinaDePrueba,
    comprobar_carpetas,
    comprobar_reparada,
    historias,
    oficina_nueva,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
Acusar = Callable[[str], None]
Tanda = Callable[[OficinaDePrueba, Acusar], None]


def vueltas(oficina: OficinaDePrueba, acusar: Acusar) -> None:
    """Un caso que da vueltas y otro que se abre, una y otra vez."""
    v = oficina.ventanilla()
    while True:
        avanzar(v, "VU-2026-0001", Peticion("girar", "otra"))
        acusar("VU-2026-0001 avance")
        acusar(f"{abrir(v, Solicitud('vueltas')).folio} apertura")


def notas(oficina: OficinaDePrueba, acusar: Acusar) -> None:
    """Notas y anexos."""
    v = oficina.ventanilla()
    while True:
        anotar(v, "VU-2026-0001", "Llamó.")
        acusar("VU-2026-0001 nota")
        anexar(v, "VU-2026-0001", [oficina.base / "foto.jpg"])
        acusar("VU-2026-0001 anexo")


def oficios(oficina: OficinaDePrueba, acusar: Acusar) -> None:
    """Solicitudes que llegan hasta su oficio emitido."""
    v = oficina.ventanilla()
    directora = v.oficina.persona("directora")
    peticiones = (
        Peticion("registrar"),
        Peticion("reunir-requisitos", requisitos=REQUISITOS),
        Peticion("elaborar"),
        Peticion("autorizar", "autoriza", por=directora),
        Peticion("entregar"),
    )
    while True:
        folio = abrir(v, Solicitud("estrella-blanca", DATOS_EB)).folio
        acusar(f"{folio} apertura")
        for peticion in peticiones:
            avanzar(v, folio, peticion)
            acusar(f"{folio} avance")


def matar_y_contar(tmp_path: Path, tanda: Tanda, veces: int, hasta: float) -> int:
    """Mata la tanda esas veces en la misma oficina; cuántas cosas se habían reconocido."""
    oficina = oficina_nueva(tmp_path, "vueltas", "estrella-blanca")
    (tmp_path / "foto.jpg").write_bytes(b"foto" * 20_000)
    abrir(oficina.ventanilla(), Solicitud("vueltas"))
    acuses, azar = tmp_path / "acuses.txt", random.Random(20261120)

    for vez in range(veces):
        with hijo_que_acusa(acuses, lambda acusar: tanda(oficina, acusar)):
            time.sleep(azar.uniform(0.002, hasta))
        if vez % 25 == 24:
            comprobar_lo_reconocido(oficina, acuses)

    comprobar_lo_reconocido(oficina, acuses)
    comprobar_reparada(oficina)
    return len(acuses.read_text().splitlines())


def comprobar_lo_reconocido(oficina: OficinaDePrueba, acuses: Path) -> None:
    """Cada cosa que el hijo dijo haber hecho consta en la historia de su caso."""
    pedidos: dict[tuple[str, str], int] = {}
    for renglon in acuses.read_text().splitlines():
        folio, _, tipo = renglon.partition(" ")
        pedidos[folio, tipo] = pedidos.get((folio, tipo), 0) + 1
    constan = historias(oficina)
    for (folio, tipo), cuantas in pedidos.items():
        assert folio in constan, f"se perdió {folio}, o hubo un defecto: {tipo}"
        assert sum(a.tipo == tipo for a in constan[folio]) >= cuantas
    comprobar_carpetas(oficina)


def test_cincuenta_muertes_subitas_no_pierden_nada_reconocido(tmp_path: Path) -> None:
    assert matar_y_contar(tmp_path, vueltas, veces=50, hasta=0.08) > 5


@pytest.mark.largo
@pytest.mark.parametrize("tanda", [vueltas, notas, oficios])
def test_doscientas_muertes_subitas_no_pierden_nada_reconocido(
    tmp_path: Path, tanda: Tanda
) -> None:
    reconocidas = matar_y_contar(tmp_path, tanda, veces=200, hasta=0.12)

    print(f"{tanda.__name__}: {reconocidas} cosas reconocidas bajo 200 muertes")
    assert reconocidas > 10
