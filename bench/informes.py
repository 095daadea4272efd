"""Cuánto tardan las cifras de un informe y el índice de que salen, en una oficina grande.

    python bench/informes.py --expedientes 100000 --rondas 15
    python bench/informes.py --expedientes 300000 --carpeta /disco/con/espacio

Con `--carpeta` las oficinas y su índice quedan ahí y la siguiente corrida los aprovecha: hacer
muchas carpetas tarda más que medirlas. Del índice que ya estaba no se dice lo que tardó.

Hace dos oficinas, una de diez mil expedientes y otra de los que se pidan, y mide en la misma
corrida: la orden entera que da las cifras de una semana, contra un hola de Typer; poner el
índice al día tras un cambio propio, en las dos oficinas; recorrer toda la carpeta sin que
nada haya cambiado, contra `rg -uu` sobre el mismo árbol; y rehacer el índice. Las cifras y el
cambio propio, que no miran las carpetas, se miden además con un índice de un millón de casos,
sin ellas (`indice_grande.py`). Las rondas contra otro programa van en parejas, y
se dan medianas. Mide y no juzga: sale con 0 aunque no se alcance la meta.
"""

import argparse
import os
import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import median

from arranque import ENTORNO, _expediente, _hola, _imprimir, _maquina, _milisegundos
from indice_grande import casos_del_indice, multiplicar_indice
from oficina_grande import AHORA, poner_oficina

from expediente.almacen.nombres import CASOS
from expediente.operaciones.asunto import tomar_carpeta
from expediente.operaciones.avanzar import anotar
from expediente.operaciones.consultas import cuantos_hay
from expediente.operaciones.cuidado_del_indice import borrar, reconstruir
from expediente.operaciones.indice_al_dia import indice_al_dia
from expediente.operaciones.ventanilla import Ventanilla, sentarse

CHICA, CIEN_MIL, MILLON = 10_000, 100_000, 1_000_000
META_CIFRAS, META_CIFRAS_AL_MILLON, META_RECORRIDO = 1.5, 3.0, 0.5
CIFRAS = ("informe", "estrella-blanca", "--semana", "2026-W47", "--cifras")


def cronometrar(hacer: Callable[[], object]) -> float:
    """Los segundos que tarda."""
    inicio = time.perf_counter()
    hacer()
    return time.perf_counter() - inicio


def en_parejas(
    rondas: int, nuestra: Callable[[], object], suya: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """Los segundos de cada una, intercaladas; antes, una vuelta que no cuenta."""
    nuestra()
    suya()
    nuestros, suyos = [], []
    for _ in range(rondas):
        nuestros.append(cronometrar(nuestra))
        suyos.append(cronometrar(suya))
    return nuestros, suyos


def fila(
    que: str, nuestros: list[float], contra: str, suyos: list[float], meta: str
) -> tuple[str, ...]:
    """Un renglón de la tabla, con la razón de cada pareja."""
    razones = [a / b for a, b in zip(nuestros, suyos, strict=True)]
    razon = f"{median(razones):.2f}  ({min(razones):.2f}–{max(razones):.2f})"
    return (que, _milisegundos(nuestros), contra, _milisegundos(suyos), razon, meta)


def orden_de_cifras(oficina: Path) -> Callable[[], object]:
    """La orden entera, con su salida a una tubería."""
    orden = _expediente(*CIFRAS, "--oficina", str(oficina))
    return lambda: subprocess.run(orden, env=ENTORNO, stdout=subprocess.PIPE, check=True)


def hola() -> object:
    """El hola de Typer."""
    return subprocess.run(_hola(Path()), env=ENTORNO, stdout=subprocess.PIPE, check=True)


def refrescar(v: Ventanilla, completo: bool = False) -> None:
    """Pone el índice al día."""
    indice_al_dia(v, completo).cerrar()


def tras_un_cambio(v: Ventanilla, rondas: int) -> list[float]:
    """Lo que tarda ponerlo al día después de cada cambio, siempre de un caso con poca historia."""
    casos = [tomar_carpeta(v, x) for x in islice((v.raiz / CASOS).glob("*/EB-*"), 20 * rondas)]
    tardo = []
    for caso in sorted(casos, key=lambda caso: len(caso.actuaciones))[:rondas]:
        anotar(v, caso.folio, "Llamó.")
        tardo.append(cronometrar(lambda: refrescar(v)))
    return tardo


def vara_del_recorrido(casos: Path) -> tuple[str, Callable[[], object]]:
    """`rg -uu` sobre el árbol; donde no lo hay, leer cada fichero con Python."""
    if rg := shutil.which("rg"):
        orden = [rg, "-uu", "-l", "XX-2026-0000", str(casos)]
        return "rg -uu", lambda: subprocess.run(orden, stdout=subprocess.PIPE, check=False)
    return "leer cada fichero (no hay rg)", lambda: _leer_todo(casos)


def _leer_todo(casos: Path) -> None:
    for carpeta, _, ficheros in os.walk(casos):
        for fichero in ficheros:
            Path(carpeta, fichero).read_bytes()


def marca_de(carpeta: Path, cuantos: int) -> Path:
    """El fichero que dice que esa oficina y su índice ya están hechos."""
    return carpeta / f"oficina-{cuantos}-lista"


def preparar(carpeta: Path, cuantos: int) -> tuple[Ventanilla, float | None]:
    """Una oficina con su índice al día, y los segundos que tardó hacerlo; None si ya estaba."""
    raiz = carpeta / f"oficina-{cuantos}"
    lista = marca_de(carpeta, cuantos)
    if not raiz.exists():
        a_medias = carpeta / f"oficina-{cuantos}-a-medias"
        shutil.rmtree(a_medias, ignore_errors=True)
        poner_oficina(a_medias, cuantos).rename(raiz)
    v = sentarse(raiz, AHORA, "recepcion")
    tardo = None
    if not lista.exists():
        tardo = cronometrar(lambda: reconstruir(v))
        lista.touch()
    time.sleep(4)  # lo que se acaba de escribir no se da por visto
    refrescar(v, completo=True)
    refrescar(v)
    return v, tardo


def medir(base: Path, expedientes: int, rondas: int) -> list[tuple[str, ...]]:
    """Los renglones de la tabla."""
    chica, rehacer_chica = preparar(base, min(CHICA, expedientes // 2))
    grande, rehacer = preparar(base, expedientes)
    pocos, muchos = cuantos_hay(chica), cuantos_hay(grande)
    meta = META_CIFRAS if muchos <= CIEN_MIL else META_CIFRAS_AL_MILLON
    cifras = en_parejas(rondas, orden_de_cifras(grande.raiz), hola)
    vara, recorrer = vara_del_recorrido(grande.raiz / "expedientes")
    recorrido = en_parejas(rondas, lambda: refrescar(grande, completo=True), recorrer)
    cambios = (tras_un_cambio(grande, rondas), tras_un_cambio(chica, rondas))
    filas = [
        fila(f"cifras de semana, {muchos:,}", cifras[0], "hola de Typer", cifras[1], f"≤ {meta}"),
        fila(f"tras un cambio, {muchos:,}", cambios[0], f"lo mismo, {pocos:,}", cambios[1], "≈ 1"),
        fila(f"recorrer {muchos:,}", recorrido[0], vara, recorrido[1], f"≤ {META_RECORRIDO}"),
    ]  # fmt: skip
    filas += medir_al_millon(base, chica, cambios[1], rondas)
    if rehacer and rehacer_chica:
        contra = f"rehacer {pocos:,}"
        filas.append(fila(f"rehacer {muchos:,}", [rehacer], contra, [rehacer_chica], ""))
    return filas


def medir_al_millon(
    base: Path, v: Ventanilla, con_pocos: list[float], rondas: int
) -> list[tuple[str, ...]]:
    """Lo mismo con el índice de esa oficina multiplicado; al terminar, lo borra."""
    pocos = cuantos_hay(v)
    marca_de(base, pocos).unlink(missing_ok=True)  # su índice ya no será el suyo
    try:
        casos = multiplicar_indice(v, MILLON // pocos)
        nuestras, del_hola = en_parejas(rondas, orden_de_cifras(v.raiz), hola)
        cambios = tras_un_cambio(v, rondas)
        assert casos_del_indice(v) == casos, "el índice dejó de tener los casos inventados"
    finally:
        borrar(v)
    meta = f"≤ {META_CIFRAS_AL_MILLON}"
    return [
        fila(f"cifras de semana, {casos:,}", nuestras, "hola de Typer", del_hola, meta),
        fila(f"tras un cambio, {casos:,}", cambios, f"lo mismo, {pocos:,}", con_pocos, "≈ 1"),
    ]


def principal() -> None:
    """Prepara, mide e imprime la tabla."""
    lector = argparse.ArgumentParser(description="Mide los informes de una oficina grande.")
    lector.add_argument("--expedientes", type=int, default=100_000, help="cuántos (100000)")
    lector.add_argument("--rondas", type=int, default=15, help="cuántas parejas (15)")
    lector.add_argument("--carpeta", type=Path, help="dónde dejar las oficinas para otra vez")
    pedido = lector.parse_args()
    with tempfile.TemporaryDirectory(prefix="expediente-bench-") as temporal:
        base = (pedido.carpeta or Path(temporal)).resolve()
        os.environ["XDG_CACHE_HOME"] = ENTORNO["XDG_CACHE_HOME"] = str(base / "cache")
        ENTORNO["EXPEDIENTE_AHORA"] = f"{AHORA:%Y-%m-%d %H:%M}"
        filas = medir(base, pedido.expedientes, pedido.rondas)
    print(f"{_maquina()}\nPython {platform.python_version()}, Typer {version('typer')}")
    print(f"{pedido.rondas} rondas en parejas; medianas en milisegundos (mínimo–máximo)\n")
    _imprimir([("Qué", "ms", "Contra", "ms", "Razón", "Meta"), *filas])


if __name__ == "__main__":
    principal()
