"""Cuánto tarda cada orden, contra lo menos que cuesta un proceso parecido.

    python bench/arranque.py --rondas 31

Mide procesos enteros, con su salida a una tubería. En cada ronda corre la orden y, en
seguida, aquello contra lo que se compara: la máquina va más o menos aprisa de un minuto a
otro y sólo vale la razón entre vecinos. Cada ronda escribe en una oficina nueva y nada se
borra hasta el final, porque crear ficheros es mucho más lento después de borrar muchos.

Mide y no juzga: sale con 0 aunque no se alcance la meta.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

AQUI = Path(__file__).resolve().parent
EJEMPLO = AQUI.parent / "datos" / "ejemplos" / "solicitudes-estrella-blanca.csv"
RENGLONES = 21  # uno se rechaza: la oficina queda con veinte casos
FOLIO = "EB-2026-0001"
META = 1.5

# Con lo que no cambia de una máquina a otra: el reloj de la oficina de prueba, y los
# módulos compilados, como los deja la instalación.
ENTORNO = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "EXPEDIENTE"))}
ENTORNO["EXPEDIENTE_AHORA"] = "2026-11-20 11:45"

Orden = Callable[[Path], list[str]]


@dataclass
class Comparacion:
    """Una orden y su vara; las dos se arman con la carpeta de la ronda.

    `meta` es la razón a la que se aspira; None si sólo se informa. `propias` y `ajenas`
    son los segundos de cada ronda.
    """

    nombre: str
    contra: str
    orden: Orden
    vara: Orden
    meta: float | None = META
    propias: list[float] = field(default_factory=list)
    ajenas: list[float] = field(default_factory=list)

    def medir(self, ronda: Path) -> None:
        """Corre una vez la orden y, en seguida, su vara."""
        self.propias.append(_segundos(self.orden(ronda)))
        self.ajenas.append(_segundos(self.vara(ronda)))

    def fila(self) -> tuple[str, ...]:
        """Las medianas en milisegundos, y la razón con su mínimo y su máximo."""
        razones = [a / b for a, b in zip(self.propias, self.ajenas, strict=True)]
        return (
            self.nombre,
            _milisegundos(self.propias),
            self.contra,
            _milisegundos(self.ajenas),
            f"{median(razones):.2f}  ({min(razones):.2f}–{max(razones):.2f})",
            f"≤ {self.meta}" if self.meta else "",
        )


def _milisegundos(segundos: list[float]) -> str:
    bajo, medio, alto = (1000 * f(segundos) for f in (min, median, max))
    return f"{medio:.0f}  ({bajo:.0f}–{alto:.0f})"


def _segundos(orden: list[str]) -> float:
    inicio = time.perf_counter()
    subprocess.run(orden, env=ENTORNO, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - inicio


def _expediente(*argumentos: str) -> list[str]:
    """La orden como la corre una persona: por su guion, si está instalado."""
    guion = Path(sys.executable).with_name("expediente")
    programa = [str(guion)] if guion.exists() else [sys.executable, "-m", "expediente"]
    return [*programa, *argumentos]


def _en_la_oficina(*argumentos: str) -> Orden:
    return lambda ronda: _expediente(*argumentos, "--oficina", str(ronda / "oficina"))


def _pass(_: Path) -> list[str]:
    return [sys.executable, "-c", "pass"]


def _hola(_: Path) -> list[str]:
    return [sys.executable, str(AQUI / "hola.py")]


def _hola_escribe(ronda: Path) -> list[str]:
    return [sys.executable, str(AQUI / "hola_escribe.py"), str(ronda / "hola.yaml")]


def comparaciones() -> list[Comparacion]:
    """Lo que se mide, en el orden en que se mide."""
    leen: list[tuple[str, Orden]] = [
        ("--version", lambda _: _expediente("--version")),
        (f"ver {FOLIO}", _en_la_oficina("ver", FOLIO)),
        ("listar (20 casos)", _en_la_oficina("listar")),
    ]
    escriben = [
        ("abrir", _en_la_oficina("abrir", "estrella-blanca", "-d", "destino=Torreón")),
        ("avanzar", _en_la_oficina("avanzar", FOLIO)),
    ]
    return [
        *(Comparacion(nombre, "python -c pass", o, _pass, None) for nombre, o in leen),
        *(Comparacion(nombre, "hola de Typer", o, _hola) for nombre, o in leen),
        *(Comparacion(nombre, "hola y escribe", o, _hola_escribe) for nombre, o in escriben),
    ]


def preparar(base: Path, rondas: int) -> list[Path]:
    """Deja en `base` una oficina de veinte casos por ronda, y una más para calentar."""
    hoja = base / "solicitudes.csv"
    with EJEMPLO.open(encoding="utf-8") as ejemplo:
        hoja.write_text("".join(next(ejemplo) for _ in range(RENGLONES + 1)), encoding="utf-8")
    modelo = base / "modelo" / "oficina"
    _correr(_expediente("iniciar", str(modelo), "--de-prueba"))
    mapa = modelo / "mapas" / "estrella-blanca.yaml"
    cargar = ["abrir", "estrella-blanca", "--desde", str(hoja), "--mapa", str(mapa)]
    _correr(_expediente(*cargar, "--oficina", str(modelo)), admite=(0, 1))
    carpetas = [base / f"ronda-{n:03d}" for n in range(rondas + 1)]
    for carpeta in carpetas:
        shutil.copytree(modelo.parent, carpeta)
    os.sync()
    return carpetas


def _correr(orden: list[str], admite: tuple[int, ...] = (0,)) -> None:
    hecho = subprocess.run(orden, env=ENTORNO, capture_output=True, text=True, check=False)
    if hecho.returncode not in admite:
        sys.exit(f"No se pudo preparar la oficina: {hecho.stderr}")


def _imprimir(filas: list[tuple[str, ...]]) -> None:
    anchos = [max(len(fila[i]) for fila in filas) for i in range(len(filas[0]))]
    for fila in filas:
        print("  ".join(c.ljust(a) for c, a in zip(fila, anchos, strict=True)).rstrip())


def _maquina() -> str:
    informacion = Path("/proc/cpuinfo")
    lineas = informacion.read_text().splitlines() if informacion.exists() else []
    modelo = next((x.partition(": ")[2] for x in lineas if x.startswith("model name")), "")
    procesador = modelo or platform.processor() or platform.machine()
    return f"{procesador}, {os.cpu_count()} núcleos, {platform.system()} {platform.release()}"


def principal() -> None:
    """Prepara, mide e imprime la tabla."""
    lector = argparse.ArgumentParser(description="Mide el arranque de las órdenes.")
    lector.add_argument("--rondas", type=int, default=31, help="cuántas parejas por renglón (31)")
    rondas = lector.parse_args().rondas
    medidas = comparaciones()
    with tempfile.TemporaryDirectory(prefix="expediente-bench-") as carpeta:
        calentar, *carpetas = preparar(Path(carpeta), rondas)
        for ronda in (calentar, *carpetas):
            for medida in medidas:
                medida.medir(ronda)
    for medida in medidas:  # la primera ronda compila los módulos y llena la memoria del disco
        del medida.propias[0], medida.ajenas[0]
    print(f"{_maquina()}\nPython {platform.python_version()}, Typer {version('typer')}")
    print(f"{rondas} rondas en parejas; medianas en milisegundos (mínimo–máximo)\n")
    titulos = ("Orden", "ms", "Contra", "ms", "Razón", "Meta")
    _imprimir([titulos, *(medida.fila() for medida in medidas)])


if __name__ == "__main__":
    principal()
