"""Lo que el README dice es lo que el programa hace: la sesión, las órdenes, los códigos."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from expediente.cli.app import ORDENES
from expediente.cli.perezoso import todas
from expediente.nucleo import errores

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
MARCA = "=====orden====="


def _sesion() -> list[tuple[str, str]]:
    """Cada orden de la sesión con lo que el README dice que responde."""
    bloque = re.search(r"```console\n(.*?)```", README, re.DOTALL)
    assert bloque is not None
    ordenes: list[tuple[str, str]] = []
    for trozo in re.split(r"^\$ ", bloque[1], flags=re.MULTILINE)[1:]:
        if "<<FIN\n" in trozo:
            orden, _, resto = trozo.partition("\nFIN\n")
            ordenes.append((f"{orden}\nFIN", resto))
        else:
            orden, _, resto = trozo.partition("\n")
            ordenes.append((orden, resto))
    return ordenes


@pytest.mark.skipif(sys.platform == "win32", reason="la sesión del README es de bash")
def test_la_sesion_responde_renglon_por_renglon(tmp_path: Path) -> None:
    sesion = _sesion()
    casa = tmp_path / "home" / "lupita"
    casa.mkdir(parents=True)
    guion = "".join(f"{orden}\necho {MARCA}\n" for orden, _ in sesion)
    limpio = {k: v for k, v in os.environ.items() if not k.startswith("EXPEDIENTE")}
    ruta = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    hecho = subprocess.run(
        ["bash", "-c", guion],
        cwd=casa,
        env={**limpio, "PATH": ruta, "LOGNAME": "recepcion"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )

    respuestas = hecho.stdout.replace(str(casa), "/home/lupita").split(f"{MARCA}\n")
    assert [dicho for _, dicho in sesion] == respuestas[: len(sesion)]


def test_cada_orden_esta_en_el_readme_y_al_reves() -> None:
    tabla = README.split("## Las órdenes")[1].split("\n\n")[1]
    primera_columna = "".join(renglon.split("|")[1] for renglon in tabla.splitlines()[2:])

    dichas = set(re.findall(r"`([a-z ]+)`", primera_columna))

    assert dichas == set(todas(ORDENES))


def test_los_codigos_de_salida_son_los_del_programa() -> None:
    tabla = README.split("## Códigos de salida")[1].split("##")[0]
    dichos = {int(codigo) for codigo in re.findall(r"^\| (\d+) \|", tabla, re.MULTILINE)}

    clases = [c for c in vars(errores).values() if isinstance(c, type)]
    propios = {c.codigo_salida for c in clases if issubclass(c, errores.ErrorExpediente)}

    assert dichos == {0, 130, *propios}
