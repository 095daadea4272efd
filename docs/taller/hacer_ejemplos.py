"""Escribe los CSV de `datos/ejemplos`: siempre los mismos, byte por byte.

Uso: python docs/taller/hacer_ejemplos.py [CARPETA]
"""

import csv
import random
import sys
from collections.abc import Iterable
from pathlib import Path

from defectos_sembrados import DEFECTOS, sembrar
from reportes_inventados import COLUMNAS_AGUA, hacer_reportes
from solicitudes_inventadas import COLUMNAS, hacer_solicitudes

SEMILLA = 20261120
EJEMPLOS = Path(__file__).resolve().parents[2] / "datos" / "ejemplos"


def escribir(
    ruta: Path, codificacion: str, encabezados: Iterable[str], renglones: Iterable[Iterable[str]]
) -> None:
    """Escribe los renglones con coma y CRLF, como los guarda Excel."""
    with ruta.open("w", encoding=codificacion, newline="") as fichero:
        escritor = csv.writer(fichero, lineterminator="\r\n")
        escritor.writerow(encabezados)
        escritor.writerows(renglones)


def mensajes_apuntados(ruta: Path) -> dict[str, str]:
    """El mensaje que ya se apuntó a cada defecto; vacío si aún no hay fichero.

    Los escribe a mano quien cuida el programa: rehacer los ejemplos no los borra.
    """
    if not ruta.exists():
        return {}
    with ruta.open(encoding="utf-8-sig", newline="") as fichero:
        return {fila["defecto"]: fila["mensaje"] for fila in csv.DictReader(fichero)}


def principal(carpeta: Path) -> None:
    """Escribe los tres ficheros en la carpeta."""
    solicitudes = sembrar(hacer_solicitudes(random.Random(SEMILLA)))
    ruta = carpeta / "solicitudes-estrella-blanca.csv"
    escribir(ruta, "utf-8-sig", COLUMNAS, (fila.values() for fila in solicitudes))
    ruta = carpeta / "defectos.csv"
    mensajes = mensajes_apuntados(ruta)
    defectos = [(str(linea), frase, mensajes.get(frase, "")) for linea, frase, _ in DEFECTOS]
    escribir(ruta, "utf-8-sig", ("renglon", "defecto", "mensaje"), defectos)
    reportes = hacer_reportes(random.Random(SEMILLA))
    ruta = carpeta / "reportes-agua.csv"
    escribir(ruta, "utf-8", COLUMNAS_AGUA, (fila.values() for fila in reportes))


if __name__ == "__main__":
    principal(Path(sys.argv[1]) if len(sys.argv) > 1 else EJEMPLOS)
