"""Quinientas cartas desde sus expedientes, contra docxtpl leyendo los mismos YAML.

    python bench/lote.py --rondas 5

Mide procesos enteros: el arranque, leer cada expediente, redactar, llenar y guardar. La
plantilla es la de fábrica y docxtpl recibe ya redactados los campos que pide. El índice está
hecho, y de él salen las copias ya analizadas. Las rondas se intercalan y cada una escribe en
una carpeta nueva. Mide y no juzga: sale con 0.
"""

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from arranque import AQUI, ENTORNO, _correr, _expediente, _maquina

from expediente.documentos.entorno import dato
from expediente.documentos.plantilla import compilar
from expediente.documentos.redaccion import campos_de_la_carta
from expediente.operaciones.asunto import tomar
from expediente.operaciones.cartas import Carta, papel_del_asunto
from expediente.operaciones.ventanilla import sentarse

CUANTAS, META = 500, 18.0
EJEMPLO = AQUI.parent / "datos" / "ejemplos" / "solicitudes-estrella-blanca.csv"
PLANTILLA, DOCUMENTO = "oficio-estrella-blanca.docx", "oficio"
AHORA = datetime(2026, 11, 20, 11, 45)


def preparar(base: Path) -> tuple[Path, list[str]]:
    """Una oficina con más de quinientos casos, y los folios de los primeros quinientos."""
    oficina = base / "oficina"
    _correr(_expediente("iniciar", str(oficina), "--de-prueba"))
    with EJEMPLO.open(encoding="utf-8-sig", newline="") as ejemplo:
        filas = list(csv.DictReader(ejemplo))
    for vuelta in ("", " Luz", " Paz"):  # el ejemplo trae doscientas; los nombres las distinguen
        hoja = base / f"hoja{vuelta.strip()}.csv"
        with hoja.open("w", encoding="utf-8", newline="") as destino:
            escritor = csv.DictWriter(destino, list(filas[0]), extrasaction="ignore")
            escritor.writeheader()
            escritor.writerows({**f, "Nombre(s)": f["Nombre(s)"] + vuelta} for f in filas)
        mapa = str(oficina / "mapas" / "estrella-blanca.yaml")
        orden = ["abrir", "estrella-blanca", "--desde", str(hoja), "--mapa", mapa]
        _correr(_expediente(*orden, "--oficina", str(oficina)), admite=(0, 1))
    listado = _expediente("listar", "--solo-folios", "--oficina", str(oficina))
    hecho = subprocess.run(listado, env=ENTORNO, capture_output=True, text=True, check=True)
    return oficina, sorted(hecho.stdout.split())[:CUANTAS]


def redactar(oficina: Path, folios: list[str]) -> dict[str, dict[str, Any]]:
    """Por folio, lo que la plantilla pide, en diccionarios y listas que docxtpl entiende."""
    v = sentarse(oficina, AHORA, "bench")
    rutas = compilar(oficina / "plantillas" / PLANTILLA).campos()
    return {folio: _lo_pedido(v, folio, rutas) for folio in folios}


def _lo_pedido(v: Any, folio: str, rutas: frozenset[str]) -> dict[str, Any]:
    asunto = tomar(v, folio)
    regla = asunto.procedimiento.documento[DOCUMENTO]
    papel = papel_del_asunto(v, asunto, Carta(regla, DOCUMENTO, "DIF/DG/0000/2026", AHORA, True))
    campos = campos_de_la_carta(papel)
    pedido: dict[str, Any] = {}
    for ruta in rutas:
        *antes, ultimo = re.split(r"\.", ruta.partition("[]")[0])
        sitio = pedido
        for paso in antes:
            sitio = sitio.setdefault(paso, {})
        claves = (*antes, ultimo)
        hallado = dato(campos[claves[0]], claves[1:], ruta) if claves[0] in campos else None
        sitio[ultimo] = hallado if isinstance(hallado, (str, int, list)) else None
    return pedido


def segundos(orden: list[str], entrada: str) -> float:
    """Lo que tarda el proceso entero."""
    inicio = time.perf_counter()
    hecho = subprocess.run(
        orden, env=ENTORNO, input=entrada, capture_output=True, text=True, check=False
    )
    tardo = time.perf_counter() - inicio
    if hecho.returncode:
        sys.exit(f"No se pudo medir: {hecho.stderr[-2000:]}")
    return tardo


def principal() -> None:
    """Prepara, mide e imprime."""
    lector = argparse.ArgumentParser(description="Mide un lote de cartas, procesos enteros.")
    lector.add_argument("--rondas", type=int, default=5, help="cuántas rondas (5)")
    rondas = lector.parse_args().rondas
    nuestros: list[float] = []
    suyos: list[float] = []
    with tempfile.TemporaryDirectory(prefix="expediente-bench-") as carpeta:
        base = Path(carpeta)
        ENTORNO["XDG_CACHE_HOME"] = str(base / "cache")
        oficina, folios = preparar(base)
        # Como en cualquier oficina donde ya se pidió un informe.
        _correr(_expediente("indice", "reconstruir", "--oficina", str(oficina)))
        campos = base / "campos.json"
        campos.write_text(json.dumps(redactar(oficina, folios)), encoding="utf-8")
        fichas = "".join(f"{f}\t{next(oficina.glob(f'expedientes/*/{f}/expediente.yaml'))}\n"
                         for f in folios)  # fmt: skip
        for ronda in range(rondas):
            nuestra, suya = base / f"nuestra-{ronda}", base / f"suya-{ronda}"
            suya.mkdir()
            orden = ["plantilla", "probar", PLANTILLA, "-", "--salida", str(nuestra)]
            orden += ["--procedimiento", "estrella-blanca", "--oficina", str(oficina)]
            nuestros.append(segundos(_expediente(*orden), "\n".join(folios)))
            guion = str(AQUI / "llenan" / "casos_con_docxtpl.py")
            plantilla = str(oficina / "plantillas" / PLANTILLA)
            suyos.append(
                segundos([sys.executable, guion, plantilla, str(campos), str(suya)], fichas)
            )
            assert len(list(nuestra.iterdir())) == len(list(suya.iterdir())) == len(folios)
    razones = [suyo / nuestro for suyo, nuestro in zip(suyos, nuestros, strict=True)]
    print(_maquina())
    print(f"{len(folios)} cartas, procesos enteros, {rondas} rondas intercaladas; medianas")
    print(f"expediente {median(nuestros):.2f} s · docxtpl {median(suyos):.2f} s")
    entre = f"{min(razones):.1f}–{max(razones):.1f}"
    print(f"razón {median(razones):.1f}  ({entre})  meta ≥ {META:.0f}")


if __name__ == "__main__":
    principal()
