"""Documentos de Word de verdad para las pruebas, y cómo leer lo que salió.

Las plantillas se arman con python-docx; docxtpl es el oráculo.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree

from expediente.documentos.plantilla import Plantilla, compilar

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CON_TEXTO = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")


def guardar(carpeta: Path, escribir: Callable[[Document], object], nombre: str = "o.docx") -> Path:
    """Guarda en `carpeta` un documento hecho por `escribir` y devuelve su ruta."""
    documento = docx.Document()
    escribir(documento)
    ruta = carpeta / nombre
    documento.save(str(ruta))
    return ruta


def plantilla_de(carpeta: Path, *parrafos: str) -> Plantilla:
    """Devuelve la plantilla compilada de un documento con esos párrafos."""

    def escribir(documento: Document) -> None:
        for parrafo in parrafos:
            documento.add_paragraph(parrafo)

    return compilar(guardar(carpeta, escribir))


def abrir(contenido: bytes) -> Document:
    return docx.Document(BytesIO(contenido))


def parrafos(contenido: bytes) -> list[str]:
    """Devuelve los párrafos del cuerpo que están fuera de tablas."""
    return [parrafo.text for parrafo in abrir(contenido).paragraphs]


def textos(contenido: bytes) -> dict[str, list[list[str]]]:
    """Devuelve el texto de cada parte, por párrafos y por celda: `{parte: [[…], …]}`."""
    with zipfile.ZipFile(BytesIO(contenido)) as paquete:
        return {
            nombre: [_texto(p) for p in etree.fromstring(paquete.read(nombre)).iter(W + "p")]
            for nombre in sorted(paquete.namelist())
            if _CON_TEXTO.fullmatch(nombre)
        }


def _texto(parrafo: etree._Element) -> list[str]:
    celda = next(parrafo.iterancestors(W + "tc"), None)
    palabras = "".join(nodo.text or "" for nodo in parrafo.iter(W + "t"))
    return ["celda" if celda is not None else "suelto", palabras]


def con_docxtpl(ruta: Path, campos: Mapping[str, object]) -> bytes:
    """Llena la plantilla con docxtpl, escapando los valores."""
    oraculo = DocxTemplate(str(ruta))
    oraculo.render(dict(campos), Environment(autoescape=True), autoescape=True)
    salida = BytesIO()
    oraculo.save(salida)
    return salida.getvalue()


def rehacer(ruta: Path, cambios: Mapping[str, bytes | None]) -> None:
    """Vuelve a escribir un zip con partes cambiadas, añadidas o quitadas (None)."""
    with zipfile.ZipFile(ruta) as paquete:
        partes: dict[str, bytes | None] = {n: paquete.read(n) for n in paquete.namelist()}
    partes.update(cambios)
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, contenido in partes.items():
            if contenido is not None:
                paquete.writestr(nombre, contenido)
