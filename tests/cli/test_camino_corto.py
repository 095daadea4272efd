"""Pedir cifras por el camino corto dice exactamente lo que el camino de siempre."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.cli.camino_corto import cifras_al_paso
from expediente.nucleo.periodo import EJEMPLOS
from tests.cli.oficinista import entorno
from tests.conftest import Abridor, Correr
from tests.operaciones.tramites import autorizada, canalizado, concluida, dar, improcedente

Dicho = tuple[int | None, str, str]
TARDE = "2026-11-20 14:00"
PEDIDO = ["informe", "estatus-reportes", "--semana", "2026-W47", "--cifras"]


@pytest.fixture
def oficina_del_viernes(ventanilla: Abridor) -> Path:
    """Una oficina con lo de una semana, en la tarde de su viernes."""
    v = ventanilla("2026-11-20 10:00")
    autorizada(v)
    concluida(v)
    canalizado(v)
    improcedente(v)
    otro = canalizado(v, tipo_servicio="desazolve_desborde")
    dar(v, otro, datos={"trabajo": "Se desazolvó."})
    dar(v, otro)
    envejecer(v.raiz)
    return v.raiz


def envejecer(raiz: Path) -> None:
    """Lo que se acaba de escribir podría volver a cambiar sin que se note: se le pone ayer."""
    for ruta in raiz.rglob("*"):
        if ".cambios" not in ruta.parts:
            visto = ruta.stat()
            os.utime(ruta, (visto.st_atime - 86_400, visto.st_mtime - 86_400))


def al_paso(capsys: pytest.CaptureFixture[str], *argumentos: str) -> Dicho:
    """Lo que dice por el camino corto; el código es None si no es por ahí."""
    capsys.readouterr()
    codigo = cifras_al_paso(argumentos)
    return (codigo, *capsys.readouterr())


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_cada_informe_da_las_mismas_cifras_por_los_dos_caminos(
    oficina_del_viernes: Path,
    correr: Correr,
    capsys: pytest.CaptureFixture[str],
    json: list[str],
) -> None:
    al_momento = []
    for clave in claves_de_informes(oficina_del_viernes):
        for clase in leer_informe(oficina_del_viernes, clave).periodos:
            pedido = ["informe", clave, f"--{clase}", EJEMPLOS[clase], "--cifras", *json]

            largo = correr(*pedido, ahora=TARDE)
            corto = al_paso(capsys, *pedido)

            if corto[0] is not None:
                assert corto == largo, pedido
                al_momento.append(clave)
    assert {"estatus-reportes", "estrella-blanca"} <= set(al_momento)


def test_sin_indice_o_con_algo_recien_cambiado_se_va_por_el_de_siempre(
    oficina_del_viernes: Path,
    ventanilla: Abridor,
    correr: Correr,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(oficina_del_viernes)
    assert al_paso(capsys, *PEDIDO)[0] is None

    antes = correr(*PEDIDO, ahora=TARDE)
    assert al_paso(capsys, *PEDIDO) == antes

    canalizado(ventanilla("2026-11-20 11:00"))
    envejecer(oficina_del_viernes)
    assert al_paso(capsys, *PEDIDO)[0] is None
    despues = correr(*PEDIDO, ahora=TARDE)
    assert despues != antes
    assert al_paso(capsys, *PEDIDO) == despues


@pytest.mark.parametrize(
    "pedido",
    [
        ["informe", "estatus-reportes", "--semana", "2026-W47"],
        [*PEDIDO, "--help"],
        [*PEDIDO, "--dia", "2026-11-20"],
        [*PEDIDO, "--al", "2026-11-20 12:00"],
        [*PEDIDO, "otro"],
        ["informe", "--cifras"],
        ["informe", "no-existe", "--semana", "2026-W47", "--cifras"],
        ["informe", "estatus-reportes", "--semana", "2026-W99", "--cifras"],
        ["informe", "estatus-reportes", "--trimestre", "2026-T4", "--cifras"],
        ["listar", "--cifras"],
        [],
    ],
)
def test_lo_que_no_reconoce_lo_deja_a_quien_sabe_explicarlo(
    oficina_del_viernes: Path,
    correr: Correr,
    capsys: pytest.CaptureFixture[str],
    pedido: list[str],
) -> None:
    correr(*PEDIDO, ahora=TARDE)

    assert al_paso(capsys, *pedido) == (None, "", "")


def test_una_revision_danada_se_dice_tambien_al_pedir_solo_cifras(
    oficina_del_viernes: Path, correr: Correr, capsys: pytest.CaptureFixture[str]
) -> None:
    correr(*PEDIDO, ahora=TARDE)
    assert al_paso(capsys, *PEDIDO)[0] == 0
    revision = sorted(oficina_del_viernes.glob("expedientes/2026/RS-*/.revisiones/*/*.yaml"))[-1]

    revision.write_text(revision.read_text("utf-8").replace("folio:", "fólio:", 1), "utf-8")

    assert al_paso(capsys, *PEDIDO)[0] is None
    dicho = correr(*PEDIDO, ahora=TARDE)
    assert dicho.codigo == 1 and "no se contó" in dicho.stderr


def test_a_quien_solo_lee_el_principio_no_se_le_ensena_una_traza(
    oficina_del_viernes: Path, correr: Correr
) -> None:
    correr(*PEDIDO, ahora=TARDE)
    orden = [sys.executable, "-m", "expediente", *PEDIDO]

    with subprocess.Popen(
        orden, cwd=oficina_del_viernes, env=entorno(EXPEDIENTE_AHORA=TARDE),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as corre:  # fmt: skip
        assert corre.stdout is not None and corre.stderr is not None
        corre.stdout.close()
        dicho = corre.stderr.read()

    assert corre.returncode == 1 and dicho == ""
