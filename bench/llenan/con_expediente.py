"""Llena cartas con el motor de `expediente`.

python con_expediente.py PLANTILLA DATOS.json CARPETA → segundos
"""

import json
import sys
import time
from pathlib import Path

from expediente.documentos.plantilla import compilar

plantilla, datos, carpeta = sys.argv[1:]
cartas = json.loads(Path(datos).read_text(encoding="utf-8"))

inicio = time.perf_counter()
modelo = compilar(Path(plantilla))
for numero, campos in enumerate(cartas):
    (Path(carpeta) / f"{numero:05d}.docx").write_bytes(modelo.llenar(campos))
print(time.perf_counter() - inicio)
