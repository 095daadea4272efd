"""Llena cartas con docx-mailmerge2: campos de combinación de Word y un renglón que se repite.

python con_mailmerge.py PLANTILLA DATOS.json CARPETA → segundos
"""

import json
import sys
import time
from pathlib import Path

from mailmerge import MailMerge

plantilla, datos, carpeta = sys.argv[1:]
cartas = json.loads(Path(datos).read_text(encoding="utf-8"))

inicio = time.perf_counter()
for numero, campos in enumerate(cartas):
    with MailMerge(plantilla) as carta:
        carta.merge_rows("concepto", campos["filas"])
        carta.merge(**{clave: dicho for clave, dicho in campos.items() if clave != "filas"})
        carta.write(str(Path(carpeta) / f"{numero:05d}.docx"))
print(time.perf_counter() - inicio)
