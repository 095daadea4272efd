"""El disco que falla a media orden: se dice en español, y lo anterior sigue como estaba."""

import errno
from pathlib import Path

import pytest

from tests.ingles import palabras_inglesas_en
from tests.tormentas.apagones import Corrida, Falla, correr_orden
from tests.tormentas.intentos import Ensayo, ensayo_de, vaciar
from tests.tormentas.ordenes import CON_DISCO_QUE_FALLA, ORDENES, nombre_de_iniciar

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
FALLAS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.ESTALE)
SALTO = 13
# No se detienen: lo que no pudieron lo listan y salen con 1.
SIGUEN = ("revisar reparar", "informe todos")


def comprobar_lo_dicho(corrida: Corrida, base: Path, nombre: str) -> None:
    """O la orden siguió bien, o terminó con 74 o 77 y un mensaje para una persona."""
    codigos = (0, 74, 77, 1) if nombre in SIGUEN else (0, 74, 77)
    dicho = (corrida.error + corrida.salida).replace(str(base), "")

    assert corrida.codigo in codigos, dicho
    assert "Traceback" not in dicho
    assert palabras_inglesas_en(dicho) == []
    if corrida.codigo in (74, 77):
        assert corrida.error.strip().endswith((".", "--reparar", "0001"))


def fallar_en(ensayo: Ensayo, nombre: str, falla: Falla) -> None:
    """Ese fallo, en ese suceso: lo anterior intacto y lo dicho en español."""
    corrida = ensayo.intentar(falla)

    comprobar_lo_dicho(corrida, ensayo.oficina.base, nombre)


@pytest.mark.parametrize("nombre", CON_DISCO_QUE_FALLA)
def test_si_el_disco_falla_se_dice_y_repetir_la_orden_la_termina(
    tmp_path: Path, nombre: str
) -> None:
    ensayo = ensayo_de(tmp_path, ORDENES[nombre])

    for vuelta, lugar in enumerate(range(1 + len(nombre) % SALTO, ensayo.sucesos + 1, SALTO)):
        fallar_en(ensayo, nombre, Falla(lugar, FALLAS[vuelta % len(FALLAS)]))
        ensayo.rematar(reparar_primero=vuelta % 2 == 0)


@pytest.mark.largo
@pytest.mark.parametrize("nombre", ORDENES)
def test_cada_fallo_del_disco_en_cada_suceso_se_dice_y_se_remedia(
    tmp_path: Path, nombre: str
) -> None:
    ensayo = ensayo_de(tmp_path, ORDENES[nombre])

    for lugar in range(1, ensayo.sucesos + 1):
        for numero in FALLAS:
            fallar_en(ensayo, nombre, Falla(lugar, numero))
        if lugar % 3 == 0:
            ensayo.rematar(reparar_primero=lugar % 2 == 0)


@pytest.mark.parametrize("salto", [13, pytest.param(2, marks=pytest.mark.largo)])
def test_si_el_disco_falla_al_iniciar_no_queda_media_oficina(salto: int, tmp_path: Path) -> None:
    base = tmp_path / "base"
    vaciar(base)
    sucesos = correr_orden(nombre_de_iniciar(base), [base]).sucesos
    assert sucesos

    for lugar in range(1, sucesos + 1, salto):
        vaciar(base)
        falla = Falla(lugar, FALLAS[lugar % len(FALLAS)])
        corrida = correr_orden(nombre_de_iniciar(base), [base], falla)

        comprobar_lo_dicho(corrida, base, "iniciar")
        if corrida.codigo and "quedó escrito" not in corrida.error:
            assert not (base / "nueva").exists()
