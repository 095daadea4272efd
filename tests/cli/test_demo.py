"""La demostración: termina, deja todo sano y lo que propone se puede pegar."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.oficinista import aparte, entorno, objeto
from tests.conftest import Corrida


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Corrida]:
    """La carpeta donde se pidió la demostración, y lo que dijo."""
    carpeta = tmp_path_factory.mktemp("un lugar con espacios")
    return carpeta, aparte("demo", "mi demo", en=carpeta)


def test_termina_y_dice_que_hizo_y_donde(demo: tuple[Path, Corrida]) -> None:
    carpeta, corrida = demo

    assert corrida.codigo == 0
    assert corrida.stderr.startswith("08:00  Se pone una oficina de prueba\n")
    assert "Problemas que halla la revisión" in corrida.stdout
    for que in ("Un oficio emitido:", "El reporte semanal de oficios:"):
        ruta = corrida.stdout.split(f"  {que}\n    ")[1].splitlines()[0]
        assert (carpeta / ruta).is_file()


def test_deja_la_oficina_y_el_archivo_sanos(demo: tuple[Path, Corrida]) -> None:
    en = demo[0] / "mi demo"

    revision = aparte("revisar", "--oficina", "oficina", en=en)
    archivo = aparte("archivo", "verificar", "archivo", "--oficina", "oficina", en=en)
    libro = aparte("oficio", "libro", "--auditar", "--json", en=en / "oficina")

    assert revision == (0, "Todo en orden.\n", "")
    assert archivo == (0, "Bolsas íntegras: 32 de 32.\n", "")
    assert all(x["huecos"] == [] and x["problemas"] == [] for x in objeto(libro)["libros"])


@pytest.mark.skipif(sys.platform == "win32", reason="se pega en una consola de Unix")
def test_las_ordenes_que_propone_se_pegan_y_funcionan(demo: tuple[Path, Corrida]) -> None:
    carpeta, corrida = demo
    propuestas = corrida.stdout.split("Qué probar ahora\n")[1].splitlines()
    assert len(propuestas) >= 8
    programa = f'expediente() {{ "{sys.executable}" -m expediente "$@"; }}'

    pegado = subprocess.run(
        ["bash", "-e"],
        input="\n".join([programa, *propuestas]),
        cwd=carpeta,
        env=entorno(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (pegado.returncode, pegado.stderr) == (0, "")
    assert "sigue «entregar». Documento: DIF/DG/" in pegado.stdout
    assert "hábil" in pegado.stdout
    assert "Huecos: ninguno." in pegado.stdout


def test_no_pisa_una_carpeta_con_algo(demo: tuple[Path, Corrida]) -> None:
    otra_vez = aparte("demo", "mi demo", en=demo[0])

    assert otra_vez.codigo == 65
    assert "ya existe y no está vacía" in otra_vez.stderr
