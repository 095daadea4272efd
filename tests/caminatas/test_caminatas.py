"""Cada procedimiento de fábrica, recorrido al azar por quien no lo conoce.

Ninguna caminata sabe de qué trata el trámite: mira lo que puede hacerse, contesta lo que
se le pide y comprueba, tras cada movimiento, lo que siempre debe ser cierto.
"""

import random
from datetime import datetime
from pathlib import Path

import pytest

from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.ventanilla import sentarse
from tests.caminatas.caminante import HASTA, Caminante, Huellas
from tests.caminatas.en_disco import EnDisco, comprobar_oficina, folios
from tests.caminatas.en_memoria import OTRO, EnMemoria
from tests.caminatas.inventos import Inventor
from tests.conftest import copiar, olvidar_lo_leido
from tests.nucleo.tramite import DATOS, catalogos, procedimiento

DE_FABRICA = sorted(ruta.stem for ruta in DATOS.glob("procedimientos/*.yaml"))
ANTES = datetime(2026, 1, 6, 9, 0)
MOVIMIENTOS = 80
POR_TANDA = 100
TANDAS = 15  # antes de decir que a algún lado no se llega
EN_LA_OFICINA = 6


def pasear(clave: str, semillas: range, huellas: Huellas) -> None:
    """Tantas caminatas en la memoria; la misma semilla anda siempre lo mismo."""
    for semilla in semillas:
        azar = random.Random(f"{clave}-{semilla}")
        inventor = Inventor(azar, catalogos())
        inventor.folios = (OTRO,)
        Caminante(EnMemoria(procedimiento(clave), azar), inventor, huellas).caminar(MOVIMIENTOS)
    assert huellas.atascos == []


def trabajar(oficina: Path, clave: str, semillas: range, huellas: Huellas) -> datetime:
    """Tantas caminatas en una oficina de verdad; devuelve la hora de lo último que se hizo."""
    olvidar_lo_leido()
    for anio in range(2028, 2032):  # hay quien firma treinta renovaciones de una vez
        texto = (DATOS / "inhabiles" / "2027.yaml").read_text(encoding="utf-8")
        calendario = oficina / "inhabiles" / f"{anio}.yaml"
        calendario.write_text(texto.replace("2027", str(anio)), encoding="utf-8")
    v = sentarse(oficina, HASTA, "recepcion")
    ultima = v.ahora
    abrir(sentarse(oficina, ANTES, "recepcion"), Solicitud("llamada"))  # para citarlo
    for semilla in semillas:
        azar = random.Random(f"{clave}-{semilla}")
        inventor = Inventor(azar, catalogos())
        inventor.folios = tuple(folios(v))
        mesa = EnDisco(oficina, procedimiento(clave), azar)
        Caminante(mesa, inventor, huellas, arrepentido=0.15).caminar(MOVIMIENTOS // 2)
        ultima = max(ultima, mesa.ahora)
    assert huellas.atascos == []
    return ultima


@pytest.mark.parametrize("clave", DE_FABRICA)
def test_unas_caminatas_no_rompen_nada(clave: str) -> None:
    pasear(clave, range(2), Huellas())


def test_unas_caminatas_dejan_la_oficina_en_orden(oficina: Path) -> None:
    claves = ("estrella-blanca", "reporte-servicio", "ayuda-funcional")
    ultima = max(trabajar(oficina, clave, range(1), Huellas()) for clave in claves)

    comprobar_oficina(sentarse(oficina, ultima, "recepcion"))


@pytest.mark.largo
@pytest.mark.parametrize("clave", DE_FABRICA)
def test_cada_paso_resultado_y_final_se_alcanza(clave: str) -> None:
    huellas = Huellas()
    for tanda in range(TANDAS):
        pasear(clave, range(tanda * POR_TANDA, (tanda + 1) * POR_TANDA), huellas)
        if not huellas.sin_pisar(procedimiento(clave)):
            break

    assert huellas.sin_pisar(procedimiento(clave)) == []
    assert huellas.deshechos > POR_TANDA // 10


@pytest.mark.largo
@pytest.mark.parametrize("clave", DE_FABRICA)
def test_una_oficina_entera_queda_en_orden(
    clave: str, oficina_de_fabrica: Path, tmp_path: Path
) -> None:
    copiar(oficina_de_fabrica, tmp_path / "oficina")

    ultima = trabajar(tmp_path / "oficina", clave, range(EN_LA_OFICINA), Huellas())

    comprobar_oficina(sentarse(tmp_path / "oficina", ultima, "recepcion"))
