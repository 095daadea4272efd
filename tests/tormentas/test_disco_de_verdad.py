"""Unidades de verdad, llenas o de sólo lectura: se lee siempre y no se pierde nada."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingles import palabras_inglesas_en
from tests.tormentas.apagones import correr_orden
from tests.tormentas.oficina_de_prueba import (
    OficinaDePrueba,
    abrir_eb,
    comprobar_que_nada_se_perdio,
    comprobar_reparada,
    historias,
    oficina_nueva,
)
from tests.tormentas.ordenes import EB, ORDENES

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
PAGINA = 4096


def orden_de_sistema(*palabras: str) -> bool:
    """Si el sistema la hizo."""
    return subprocess.run(palabras, capture_output=True, check=False).returncode == 0


@pytest.fixture
def oficina(tmp_path: Path) -> Iterator[OficinaDePrueba]:
    """Una oficina en una unidad de 2 MB."""
    punto = tmp_path / "trabajo"
    punto.mkdir()
    montada = sys.platform == "linux" and orden_de_sistema(
        "mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(punto)
    )
    if not montada:
        pytest.skip("montar una unidad pequeña pide Linux y ser root")
    nueva = oficina_nueva(tmp_path, "estrella-blanca")
    nueva.archivo.mkdir()
    yield nueva
    orden_de_sistema("umount", "-l", str(punto))


def llenar(oficina: OficinaDePrueba, paginas_libres: int) -> Path:
    """Llena la unidad salvo esas páginas; el fichero que la llena."""
    relleno = oficina.vigilada / "relleno"
    with relleno.open("wb", buffering=0) as fichero:
        try:
            while True:
                fichero.write(b"x" * PAGINA)
        except OSError:
            tamanio = relleno.stat().st_size
        fichero.truncate(max(0, tamanio - paginas_libres * PAGINA))
    return relleno


def con_el_disco_lleno(oficina: OficinaDePrueba, nombre: str, paginas_libres: int) -> int:
    """El código de la orden con el disco casi lleno, comprobado que no dañó nada."""
    antes = historias(oficina)
    relleno = llenar(oficina, paginas_libres)
    teclas = [*ORDENES[nombre].teclear(oficina), "--oficina", str(oficina.raiz)]
    corrida = correr_orden(teclas, [oficina.vigilada])
    relleno.unlink()

    comprobar_que_nada_se_perdio(oficina, antes)
    assert palabras_inglesas_en(corrida.error.replace(str(oficina.base), "")) == []
    assert corrida.codigo in (0, 69, 74), corrida.error  # 69: una vuelta anterior ya lo hizo
    return corrida.codigo


@pytest.mark.parametrize(
    "nombre", ["abrir", "avanzar", "avanzar y preparar", "avanzar y emitir", "anexar", "archivar"]
)
def test_con_el_disco_lleno_lo_anterior_queda_intacto_y_luego_se_termina(
    oficina: OficinaDePrueba, nombre: str
) -> None:
    ORDENES[nombre].preparar(oficina)

    codigos = [con_el_disco_lleno(oficina, nombre, paginas) for paginas in (0, 1, 3)]

    assert codigos[0] == 74
    comprobar_reparada(oficina)


@pytest.mark.largo
def test_cien_veces_con_el_disco_lleno_cien_veces_intacto(oficina: OficinaDePrueba) -> None:
    ORDENES["anotar"].preparar(oficina)

    codigos = [con_el_disco_lleno(oficina, "anotar", vez % 5) for vez in range(100)]

    assert codigos.count(74) >= 40
    comprobar_reparada(oficina)


@pytest.mark.parametrize(
    "orden",
    [("ver", EB), ("listar",), ("pendientes",), ("historial", EB), ("plazo", EB), ("revisar",),
     ("oficio", "libro", "--auditar")],
)  # fmt: skip
def test_en_una_unidad_de_solo_lectura_se_lee_sin_escribir_nada(
    oficina: OficinaDePrueba, orden: tuple[str, ...]
) -> None:
    abrir_eb(oficina.ventanilla(), 4)
    orden_de_sistema("mount", "-o", "remount,ro", str(oficina.vigilada))

    corrida = correr_orden([*orden, "--oficina", str(oficina.raiz)], [oficina.base])

    assert (corrida.codigo, corrida.error) == (0, "")
    assert corrida.sucesos == 0


@pytest.mark.parametrize("nombre", ["abrir", "avanzar y entregar", "anotar", "oficio acusar"])
def test_en_una_unidad_de_solo_lectura_no_se_escribe_y_se_dice(
    oficina: OficinaDePrueba, nombre: str
) -> None:
    abrir_eb(oficina.ventanilla(), 4)
    antes = historias(oficina)
    orden_de_sistema("mount", "-o", "remount,ro", str(oficina.vigilada))

    teclas = [*ORDENES[nombre].teclear(oficina), "--oficina", str(oficina.raiz)]
    corrida = correr_orden(teclas, [oficina.vigilada])

    assert corrida.codigo == 77
    assert "no hay permiso" in corrida.error
    assert historias(oficina) == antes
