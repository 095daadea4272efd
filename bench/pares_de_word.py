"""Los otros motores de Word: se instalan aparte, en `.pares/`, y se llaman como procesos.

rust-docxtpl se importa con el nombre de docxtpl, así que no cabe en el mismo entorno.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

AQUI = Path(__file__).resolve().parent
PARES = AQUI.parent / ".pares"
DE_PYTHON = ("rust-docxtpl==0.1.2", "docx-mailmerge2==1.0.3")
DE_NODE = ("docxtemplater@3.71.0", "pizzip@3.3.0")


@dataclass(frozen=True)
class Motor:
    """Un motor: la orden que llena cartas y la hoja que le toca («docxtpl», …)."""

    nombre: str
    orden: tuple[str, ...]
    hoja: str
    carpeta: Path = AQUI


def motores() -> tuple[list[Motor], list[str]]:
    """Los motores que hay en esta máquina, el nuestro primero, y los que no pudieron instalarse."""
    llenan = AQUI / "llenan"
    hay = [
        Motor("expediente", (sys.executable, str(llenan / "con_expediente.py")), "docxtpl"),
        Motor("docxtpl", (sys.executable, str(llenan / "con_docxtpl.py")), "docxtpl"),
    ]
    faltan = []
    if python := _entorno_de_python():
        hay.append(Motor("rust-docxtpl", (python, str(llenan / "con_docxtpl.py")), "docxtpl"))
        hay.append(
            Motor("docx-mailmerge2", (python, str(llenan / "con_mailmerge.py")), "mailmerge")
        )
    else:
        faltan += ["rust-docxtpl", "docx-mailmerge2"]
    if node := _paquetes_de_node():
        orden = ("node", str(llenan / "con_docxtemplater.mjs"))
        hay.append(Motor("docxtemplater", orden, "docxtemplater", node))
    else:
        faltan.append("docxtemplater")
    return hay, faltan


def _entorno_de_python() -> str | None:
    carpeta = PARES / "python"
    python = carpeta / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not (carpeta / "listo").exists():
        pedidos = ("install", "--quiet", "--disable-pip-version-check", *DE_PYTHON)
        hecho = _corre(sys.executable, "-m", "venv", str(carpeta)) and _corre(
            str(python), "-m", "pip", *pedidos
        )
        if not hecho:
            return None
        (carpeta / "listo").touch()
    return str(python)


def _paquetes_de_node() -> Path | None:
    carpeta = PARES / "node"
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    if not (carpeta / "listo").exists():
        carpeta.mkdir(parents=True, exist_ok=True)
        if not _corre("npm", "install", "--silent", "--prefix", str(carpeta), *DE_NODE):
            return None
        (carpeta / "listo").touch()
    return carpeta


def _corre(*orden: str) -> bool:
    return subprocess.run(orden, capture_output=True, check=False).returncode == 0
