"""Cuántas cartas por segundo llena cada motor de Word, y cuánto más que los demás.

    python bench/cartas.py --rondas 7

En cada ronda corre nuestro motor y, en seguida, cada par, todos con la misma plantilla (cada
quien en su dialecto), los mismos textos y un solo núcleo; cada proceso dice los segundos de su
ciclo, sin contar el arranque. Cada ronda escribe en carpetas nuevas y nada se borra hasta el
final. Antes de medir se comprueba que todos escriben el mismo texto.

Al final mide procesos enteros: quinientas cartas desde sus expedientes, contra docxtpl
leyendo los mismos YAML. Mide y no juzga: sale con 0 aunque no se alcance la meta.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from statistics import median

import documentos_de_prueba as prueba
from arranque import _imprimir, _maquina
from pares_de_word import Motor, motores

METAS = {
    ("carta", "docxtpl"): 40.0,
    ("carta", "rust-docxtpl"): 20.0,
    ("carta", "docxtemplater"): 12.0,
    ("informe", "docxtpl"): 10.0,
}
HOJAS = {
    "docxtpl": prueba.hoja_de_docxtpl,
    "docxtemplater": prueba.hoja_de_docxtemplater,
    "mailmerge": prueba.hoja_de_mailmerge,
}
ARMAN = {"carta": prueba.armar_carta, "informe": prueba.armar_informe}
# Las nuestras son más, para que el reloj tenga algo que medir.
CUANTAS = {"carta": (400, 30), "informe": (40, 6)}
RENGLONES = {"carta": prueba.RENGLONES, "informe": prueba.RENGLONES_DEL_INFORME}


def preparar(base: Path, documento: str) -> None:
    """Deja en `base` las plantillas de ese documento y los textos."""
    for nombre, hacer in HOJAS.items():
        hacer(base / f"{documento}-{nombre}.docx", ARMAN[documento])
    for cuantas in CUANTAS[documento]:
        datos = json.dumps(prueba.textos(cuantas, RENGLONES[documento]), ensure_ascii=False)
        (base / f"{documento}-{cuantas}.json").write_text(datos, encoding="utf-8")


def cuantas_de(motor: Motor, documento: str) -> int:
    """Cuántas cartas llena ese motor en una ronda."""
    return CUANTAS[documento][0 if motor.nombre == "expediente" else 1]


def por_segundo(motor: Motor, documento: str, base: Path, salida: Path) -> float:
    """Las cartas por segundo de una ronda."""
    cuantas = cuantas_de(motor, documento)
    salida.mkdir(parents=True)
    plantilla = base / f"{documento}-{motor.hoja}.docx"
    orden = [*motor.orden, str(plantilla), str(base / f"{documento}-{cuantas}.json"), str(salida)]
    hecho = subprocess.run(orden, capture_output=True, text=True, check=False, cwd=motor.carpeta)
    if hecho.returncode:
        sys.exit(f"{motor.nombre} no pudo llenar: {hecho.stderr[-2000:]}")
    return cuantas / float(hecho.stdout)


def texto_de(ruta: Path) -> list[str]:
    """El texto de cada parte de un .docx, por párrafos."""
    with zipfile.ZipFile(ruta) as paquete:
        partes = sorted(
            n for n in paquete.namelist() if re.match(r"word/(document|header|footer)", n)
        )
        juntas = "".join(paquete.read(parte).decode() for parte in partes)
    parrafos = re.findall(r"<w:p[ >].*?</w:p>", juntas, re.DOTALL)
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", p)) for p in parrafos]


def comparar_textos(salidas: dict[str, Path]) -> None:
    """Sale con un error si un motor no escribió lo mismo que docxtpl."""
    dice = texto_de(salidas["docxtpl"] / "00000.docx")
    for nombre, salida in salidas.items():
        if texto_de(salida / "00000.docx") != dice:
            sys.exit(f"{nombre} no escribe lo mismo que docxtpl; la comparación no valdría.")


def medir(documento: str, hay: list[Motor], base: Path, rondas: int) -> list[tuple[str, ...]]:
    """Las filas de la tabla de ese documento."""
    preparar(base, documento)
    velocidad: dict[str, list[float]] = {motor.nombre: [] for motor in hay}
    for ronda in range(rondas + 1):
        salidas = {m.nombre: base / f"{documento}-{ronda:02d}" / m.nombre for m in hay}
        for motor in hay:
            velocidad[motor.nombre].append(
                por_segundo(motor, documento, base, salidas[motor.nombre])
            )
        if ronda == 0:  # la primera llena la memoria del disco y sirve para comprobar
            comparar_textos(salidas)
            for medidas in velocidad.values():
                medidas.clear()
    return [_fila(documento, motor.nombre, velocidad) for motor in hay]


def _fila(documento: str, nombre: str, velocidad: dict[str, list[float]]) -> tuple[str, ...]:
    razones = [a / b for a, b in zip(velocidad["expediente"], velocidad[nombre], strict=True)]
    meta = METAS.get((documento, nombre))
    propia = nombre == "expediente"
    return (
        documento,
        nombre,
        f"{median(velocidad[nombre]):,.0f}",
        "" if propia else f"{median(razones):.1f}  ({min(razones):.1f}–{max(razones):.1f})",
        f"≥ {meta:.0f}" if meta else "",
    )


def principal() -> None:
    """Prepara, mide e imprime la tabla."""
    lector = argparse.ArgumentParser(description="Mide los motores de Word.")
    lector.add_argument("--rondas", type=int, default=7, help="cuántas rondas (7)")
    lector.add_argument("--en", metavar="CARPETA", help="dónde se escriben (la temporal)")
    pedido = lector.parse_args()
    rondas = pedido.rondas
    hay, faltan = motores()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"{_maquina()}, en uno solo")
    for nombre in faltan:
        print(f"{nombre} no se pudo instalar: no se mide.")
    with tempfile.TemporaryDirectory(prefix="expediente-bench-", dir=pedido.en) as carpeta:
        filas = [fila for doc in ARMAN for fila in medir(doc, hay, Path(carpeta), rondas)]
    print(f"{rondas} rondas; medianas (mínimo–máximo de la razón)\n")
    _imprimir([("Documento", "Motor", "Por segundo", "Razón", "Meta"), *filas])


if __name__ == "__main__":
    principal()
