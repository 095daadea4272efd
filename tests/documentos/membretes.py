"""Hojas membretadas de verdad para las pruebas, hechas con python-docx como las haría Word."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Inches, Pt, RGBColor

FABRICA = Path(__file__).resolve().parents[2] / "plantillas"
VERDE = RGBColor(0, 120, 60)
_CLAVE_DE_ESTILO = re.compile(r'(?:styleId|(?:pStyle|rStyle|basedOn|next|link) w:val)="[^"]*"')


def logotipo(rojo: int, ancho: int = 12, alto: int = 6) -> bytes:
    """Un PNG de un color; dos rojos distintos dan dos imágenes distintas."""
    fila = b"\x00" + bytes((rojo, 120, 60)) * ancho
    cabecera = struct.pack(">IIBBBBB", ancho, alto, 8, 2, 0, 0, 0)
    bloques = ((b"IHDR", cabecera), (b"IDAT", zlib.compress(fila * alto)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_bloque(*bloque) for bloque in bloques)


def _bloque(clase: bytes, contenido: bytes) -> bytes:
    suma = struct.pack(">I", zlib.crc32(clase + contenido))
    return struct.pack(">I", len(contenido)) + clase + contenido + suma


def hacer(ruta: Path, escribir: Callable[[Document], object]) -> Path:
    """Guarda un documento de python-docx hecho por `escribir`."""
    documento = docx.Document()
    escribir(documento)
    documento.save(str(ruta))
    return ruta


def membrete_verde(ruta: Path, encabezado: str = "{{ oficina.ente }}", rojo: int = 0) -> Path:
    """Otro membrete: logotipo verde, márgenes anchos, Georgia y primera página distinta."""

    def escribir(documento: Document) -> None:
        seccion = documento.sections[0]
        seccion.left_margin = seccion.right_margin = Inches(1.25)
        seccion.top_margin = Inches(1.6)
        seccion.different_first_page_header_footer = True
        primero = seccion.first_page_header.paragraphs[0]
        primero.add_run().add_picture(io.BytesIO(logotipo(rojo)), width=Cm(4))
        primero.add_run(encabezado)
        seccion.first_page_footer.paragraphs[0].text = "{{ oficina.domicilio }}"
        comun = seccion.header.paragraphs[0]
        comun.add_run().add_picture(io.BytesIO(logotipo(rojo)), width=Cm(1))
        comun.add_run("{{ oficina.siglas }}")
        seccion.footer.paragraphs[0].text = "Hoja siguiente"
        documento.styles["Normal"].font.name = "Georgia"
        documento.styles["Normal"].font.size = Pt(12)
        documento.styles["Heading 1"].font.color.rgb = VERDE

    return hacer(ruta, escribir)


def membrete_como_de_libreoffice(ruta: Path) -> Path:
    """El de fábrica como lo guarda LibreOffice: claves sin acentos y medidas fijas."""
    with zipfile.ZipFile(FABRICA / "membrete.docx") as origen, zipfile.ZipFile(ruta, "w") as nuevo:
        for nombre in origen.namelist():
            contenido = origen.read(nombre).decode() if nombre.endswith("l") else ""
            clave = _CLAVE_DE_ESTILO.sub(_sin_acentos, contenido)
            fijas = clave.replace('w:type="pct" w:w="5000"', 'w:w="9405" w:type="dxa"')
            nuevo.writestr(nombre, fijas or origen.read(nombre))
    return ruta


def _sin_acentos(hallada: re.Match[str]) -> str:
    return hallada[0].encode("ascii", "ignore").decode()


def membrete_de_dos_hojas(ruta: Path) -> Path:
    """Un membrete con páginas pares distintas y otra sección, apaisada, con el suyo."""

    def escribir(documento: Document) -> None:
        documento.settings.odd_and_even_pages_header_footer = True
        vertical = documento.sections[0]
        vertical.header.paragraphs[0].text = "Vertical"
        vertical.even_page_header.paragraphs[0].text = "Par"
        apaisada = documento.add_section()
        apaisada.orientation = WD_ORIENT.LANDSCAPE
        apaisada.page_width, apaisada.page_height = apaisada.page_height, apaisada.page_width
        apaisada.left_margin = Inches(1.75)
        apaisada.header.is_linked_to_previous = False
        apaisada.header.paragraphs[0].text = "Apaisada"

    return hacer(ruta, escribir)
