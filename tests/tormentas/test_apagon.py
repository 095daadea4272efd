"""Un apagón en cualquier momento de cualquier orden: nada se pierde y todo se termina."""

from pathlib import Path

import pytest

from expediente.almacen.disco import TEMPORAL
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import sentarse
from tests.tormentas.apagones import MUERTO, Falla, correr_orden
from tests.tormentas.intentos import Ensayo, ensayo_de, vaciar
from tests.tormentas.oficina_de_prueba import AHORA, comprobar_reparada, oficina_nueva
from tests.tormentas.ordenes import CON_APAGON, EB, ORDENES, con_pendientes, nombre_de_iniciar

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
# En la corrida de todos los días se prueba uno de cada tantos sucesos de cada orden.
SALTO = 11


def apagar_en(ensayo: Ensayo, lugar: int, reparar_primero: bool) -> None:
    """Un apagón en ese suceso y su remedio."""
    corrida = ensayo.intentar(Falla(lugar))

    assert corrida.codigo == MUERTO, corrida.error
    ensayo.rematar(reparar_primero)


@pytest.mark.parametrize("nombre", CON_APAGON)
def test_un_apagon_no_pierde_nada_y_repetir_la_orden_la_termina(
    tmp_path: Path, nombre: str
) -> None:
    ensayo = ensayo_de(tmp_path, ORDENES[nombre])

    for vuelta, lugar in enumerate(range(1 + len(nombre) % SALTO, ensayo.sucesos + 1, SALTO)):
        apagar_en(ensayo, lugar, reparar_primero=vuelta % 2 == 0)


@pytest.mark.largo
@pytest.mark.parametrize("nombre", ORDENES)
def test_un_apagon_en_cada_suceso_no_pierde_nada_se_repare_antes_o_despues(
    tmp_path: Path, nombre: str
) -> None:
    ensayo = ensayo_de(tmp_path, ORDENES[nombre])

    for lugar in range(1, ensayo.sucesos + 1):
        apagar_en(ensayo, lugar, reparar_primero=lugar % 2 == 0)

    print(f"{nombre}: {ensayo.sucesos} puntos de apagón")


@pytest.mark.parametrize("salto", [17, pytest.param(3, marks=pytest.mark.largo)])
def test_un_apagon_al_iniciar_deja_la_oficina_entera_o_no_la_deja(
    salto: int, tmp_path: Path
) -> None:
    base = tmp_path / "base"
    vaciar(base)
    entera = correr_orden(nombre_de_iniciar(base), [base])
    esperados = sorted(r.relative_to(base) for r in base.rglob("*"))
    assert entera.sucesos

    for lugar in range(1, entera.sucesos + 1, salto):
        vaciar(base)
        corrida = correr_orden(nombre_de_iniciar(base), [base], Falla(lugar))
        estaba = (base / "nueva").exists()
        repetida = correr_orden(nombre_de_iniciar(base), [base])

        assert corrida.codigo == MUERTO
        assert repetida.codigo == (65 if estaba else 0)
        assert sorted(r.relative_to(base) for r in base.rglob("*")) == esperados
        assert not list(base.glob(f"{TEMPORAL}*"))
    assert revisar(sentarse(base / "nueva", AHORA, "recepcion"), []) == []


def test_cancelar_un_caso_con_un_numero_recien_tomado_explica_ese_numero(tmp_path: Path) -> None:
    """El apagón cayó entre tomar el número y asentarlo, y después se canceló el caso."""
    oficina = oficina_nueva(tmp_path, "estrella-blanca")
    con_pendientes(oficina)
    oficina.guardar_molde()
    emitir = ["oficio", "emitir", EB, "--oficina", str(oficina.raiz)]
    cancelar = ["cancelar", EB, "--motivo", "Error.", "--oficina", str(oficina.raiz)]
    sucesos = correr_orden(emitir, [oficina.raiz]).sucesos
    assert sucesos

    for lugar in range(1, sucesos + 1, 2):
        oficina.reponer()
        apagado = correr_orden(emitir, [oficina.raiz], Falla(lugar))
        cancelado = correr_orden(cancelar, [oficina.raiz])

        assert (apagado.codigo, cancelado.codigo) == (MUERTO, 0), cancelado.error
        comprobar_reparada(oficina)
