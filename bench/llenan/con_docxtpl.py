"""Llena cartas con docxtpl, o con rust-docxtpl, que se importa con el mismo nombre.

    python con_docxtpl.py PLANTILLA DATOS.json CARPETA → segundos

Compila lo que la biblioteca deje compilar fuera del ciclo: un solo entorno de Jinja.
"""

import json
import sys
import time
from pathlib import Path

from docxtpl import DocxTemplate

try:
    from jinja2 import Environment
except ImportError:  # rust-docxtpl trae su propio intérprete
    Environment = None

plantilla, datos, carpeta = sys.argv[1:]
cartas = json.loads(Path(datos).read_text(encoding="utf-8"))
con_escape = (
    {"jinja_env": Environment(autoescape=True), "autoescape": True}
    if Environment
    else {"autoescape": True}
)

inicio = time.perf_counter()
for numero, campos in enumerate(cartas):
    carta = DocxTemplate(plantilla)
    carta.render(campos, **con_escape)
    carta.save(str(Path(carpeta) / f"{numero:05d}.docx"))
print(time.perf_counter() - inicio)
