"""Un lote de cartas no ocupa más memoria por ser más largo."""

import tracemalloc
from pathlib import Path

from expediente.documentos.plantilla import Plantilla
from tests.documentos.hojas import plantilla_de

CARTAS = 300
TOLERANCIA_BYTES = 200_000


def llenar(plantilla: Plantilla, desde: int, hasta: int) -> int:
    """Llena esas cartas, todas distintas, y dice los bytes que quedan tomados."""
    for numero in range(desde, hasta):
        plantilla.llenar({"numero": str(numero), "texto": f"{numero:06d} " * 1500})
    tomados, _ = tracemalloc.get_traced_memory()
    return tomados


def test_mil_doscientas_cartas_dejan_la_memoria_que_trescientas(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "Oficio {{ numero }}", "{{ texto }}")
    tracemalloc.start()
    try:
        al_principio = llenar(plantilla, 0, CARTAS)

        al_final = llenar(plantilla, CARTAS, 4 * CARTAS)
    finally:
        tracemalloc.stop()

    assert al_final - al_principio < TOLERANCIA_BYTES
