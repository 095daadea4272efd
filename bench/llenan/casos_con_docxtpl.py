"""Llena con docxtpl una carta por cada expediente, leyendo antes su YAML.

    python casos_con_docxtpl.py PLANTILLA CAMPOS.json CARPETA < FOLIOS

Cada renglón de la entrada es «folio, tabulador, fichero del expediente». Los campos ya
redactados vienen en el JSON: es menos trabajo del que tendría una oficina de verdad.
"""

import json
import sys
from pathlib import Path

import yaml
from docxtpl import DocxTemplate
from jinja2 import Environment

plantilla, campos, carpeta = sys.argv[1:]
redactados = json.loads(Path(campos).read_text(encoding="utf-8"))
for renglon in sys.stdin:
    folio, fichero = renglon.rstrip("\n").split("\t")
    with Path(fichero).open(encoding="utf-8") as expediente:
        leido = yaml.load(expediente, Loader=yaml.CSafeLoader)
    assert leido["folio"] == folio
    carta = DocxTemplate(plantilla)
    carta.render(redactados[folio], Environment(autoescape=True), autoescape=True)
    carta.save(str(Path(carpeta) / f"{folio}.docx"))
