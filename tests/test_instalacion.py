"""Los datos de fábrica viajan en la rueda, en el sdist y en la instalación editable."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent
EJECUTABLES = "Scripts" if sys.platform == "win32" else "bin"

pytestmark = pytest.mark.rueda


def _correr(*orden: str | Path, en: Path) -> str:
    entorno = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "EXPEDIENTE"))}
    hecho = subprocess.run(
        [str(parte) for parte in orden],
        cwd=en,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    return hecho.stdout


def _entorno_vacio(carpeta: Path) -> Path:
    venv.create(carpeta, with_pip=True)
    return carpeta / EJECUTABLES


def _instalar(binarios: Path, *que: str | Path) -> None:
    restricciones = RAIZ / "restricciones.txt"
    orden = (binarios / "python", "-m", "pip", "install", "-q", "-c", restricciones, *que)
    _correr(*orden, en=RAIZ)


@pytest.fixture(scope="module")
def construidos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La rueda y el sdist de este árbol."""
    destino = tmp_path_factory.mktemp("dist")
    _correr(sys.executable, "-m", "build", "-q", "--outdir", destino, RAIZ, en=destino)
    return destino


def _hace_la_demo(binarios: Path, en: Path) -> None:
    salida = _correr(binarios / "expediente", "demo", en / "demo", "--json", en=en)
    jornada = json.loads(salida)
    assert Path(jornada["ficheros"]["Un oficio emitido"]).is_file()
    assert "ninguno" in {hecho["cuanto"] for hecho in jornada["hechos"]}


def test_la_rueda_en_un_entorno_vacio_hace_la_demo(construidos: Path, tmp_path: Path) -> None:
    rueda = next(construidos.glob("*.whl"))

    binarios = _entorno_vacio(tmp_path / "entorno")
    _instalar(binarios, rueda)

    _hace_la_demo(binarios, tmp_path)


def test_el_sdist_da_la_misma_fabrica_que_la_rueda(construidos: Path, tmp_path: Path) -> None:
    sdist = next(construidos.glob("*.tar.gz"))

    otra = tmp_path / "otra"
    _correr(
        sys.executable,
        "-m",
        "build",
        "-q",
        "--wheel",
        "--outdir",
        otra,
        _abrir(sdist, tmp_path),
        en=tmp_path,
    )

    assert _contenido(next(otra.glob("*.whl"))) == _contenido(next(construidos.glob("*.whl")))


def _abrir(sdist: Path, donde: Path) -> Path:
    import tarfile

    with tarfile.open(sdist) as paquete:
        paquete.extractall(donde, filter="data")
    return next(c for c in donde.iterdir() if c.name.startswith("expediente-"))


def _contenido(rueda: Path) -> set[str]:
    return {n for n in zipfile.ZipFile(rueda).namelist() if "dist-info" not in n}


def test_la_instalacion_editable_halla_la_fabrica_del_checkout(tmp_path: Path) -> None:
    binarios = _entorno_vacio(tmp_path / "entorno")
    _instalar(binarios, "-e", RAIZ)

    _correr(binarios / "expediente", "iniciar", tmp_path / "oficina", en=tmp_path)

    assert (tmp_path / "oficina" / "plantillas" / "oficio-estrella-blanca.docx").is_file()


def test_desde_el_checkout_sin_instalar_tambien_se_halla(tmp_path: Path) -> None:
    orden = (sys.executable, "-m", "expediente", "iniciar", tmp_path / "oficina")

    _correr(*orden, en=RAIZ)

    assert (tmp_path / "oficina" / "oficina.yaml").is_file()
