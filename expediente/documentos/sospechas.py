"""Lo que en una plantilla parece un descuido sin ser un defecto: saldría mal impreso."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from expediente.documentos import paquete
from expediente.documentos.defecto import Defecto
from expediente.documentos.etiquetas import W
from expediente.documentos.plantilla import compilar, lugar_de

_DATO = r"\s*([^\W\d][\w.]*)\s*"
_BUENA = re.compile(r"\{\{.*?\}\}(?!\})|\{%.*?%\}|\{#.*?#\}")
# Como se ven las etiquetas de otros programas, o una llave de más o de menos.
_LLAVES = re.compile(r"\{\s+\{[^{}]*\}\s*\}|\{\{[^{}]*\}\}\}")
_OTRAS = re.compile(rf"\[\[{_DATO}\]\]|<<{_DATO}>>|«{_DATO}»|\{{{_DATO}\}}")
_MEDIDA = re.compile(r"\b(ancho|alto)\s*=\s*['\"](\d+(?:[.,]\d+)?)\s*(cm|mm|in|pt)?")
_EN_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
# La hoja carta, que es la de la oficina, en centímetros.
_HOJA = {"ancho": 21.6, "alto": 27.9}


def sospechas(ruta: Path, es_dato: Callable[[str], bool]) -> Iterator[Defecto]:
    """Las etiquetas mal tecleadas que saldrían impresas y las imágenes mayores que la hoja.

    `es_dato` dice si un nombre es de los que la plantilla puede usar. La plantilla se
    supone sin defectos.
    """
    for miembro in paquete.leer_paquete(ruta).values():
        lugar = lugar_de(miembro.nombre)
        if lugar and not miembro.nombre.startswith("docProps/"):
            for texto in _parrafos(miembro.contenido):
                for suelta in _sueltas(texto, es_dato):
                    dicho = "saldrá impreso tal cual; si es un dato, escríbalo {{ así }}."
                    yield Defecto(lugar, suelta, dicho)
    for parte in compilar(ruta).partes:
        for etiqueta in parte.fuente.etiquetas:
            for lado, numero, unidad in _MEDIDA.findall(etiqueta.codigo):
                if float(numero.replace(",", ".")) * _EN_CM[unidad or "cm"] > _HOJA[lado]:
                    dicho = f"no cabe en la hoja: {lado} de más de {_HOJA[lado]} cm."
                    yield Defecto(etiqueta.lugar, etiqueta.texto, dicho)


def _parrafos(contenido: bytes) -> Iterator[str]:
    lector = etree.XMLParser(resolve_entities=False, no_network=True)
    for parrafo in etree.fromstring(contenido, lector).iter(W + "p"):
        yield "".join(t.text or "" for t in parrafo.iter(W + "t"))


def _sueltas(texto: str, es_dato: Callable[[str], bool]) -> Iterator[str]:
    for hallada in _LLAVES.finditer(texto):
        yield hallada.group()
    for hallada in _OTRAS.finditer(_BUENA.sub(" ", _LLAVES.sub(" ", texto))):
        if es_dato(next(filter(None, hallada.groups()))):
            yield hallada.group()
