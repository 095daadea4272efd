"""Imágenes y códigos QR dentro de una carta: `{{ imagen('logo.png', ancho='3cm') }}`.

Las imágenes salen de una sola carpeta de la oficina y se nombran sin carpetas. La
misma imagen usada diez veces es una sola parte del documento.
"""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from xml.sax.saxutils import quoteattr

from expediente.documentos.faltante import LLENADO, es_faltante, faltante_entre
from expediente.documentos.paquete import Miembro

MAXIMO_BYTES_DE_IMAGEN = 10 * 2**20
TIPOS = {"png": "image/png", "jpeg": "image/jpeg", "emf": "image/x-emf"}

_EMU = {"cm": 360_000, "mm": 36_000, "in": 914_400, "pt": 12_700}
_MEDIDA = re.compile(r"(\d+(?:[.,]\d+)?)\s*(cm|mm|in|pt)?")
_MAXIMO_EMU = 22 * _EMU["in"]  # la hoja más grande que admite Word
_PPP = 72
_ANCHO_QR = "2.5cm"
_MAXIMO_QR = 1000
_NOMBRE = re.compile(r"[^/\\:\0]+\.(?:png|jpe?g)", re.IGNORECASE)
_LLAMADA = re.compile(r"\b(?:imagen|qr|grafica)\s*\(")
_CONSTANTE = re.compile(r"""\bimagen\s*\(\s*(["'])(.+?)\1""")

_RELACIONES = "http://schemas.openxmlformats.org/package/2006/relationships"
_DE_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_SIN_RELACIONES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELACIONES}"></Relationships>'
).encode()
_RENGLON = '<Relationship Id="{}" Type="' + _DE_OFFICE + '/image" Target="media/{}"/>'
_DIBUJO = (
    '</w:t><w:drawing><wp:inline xmlns:wp="' + _DRAWINGML + '/wordprocessingDrawing" distT="0" '
    'distB="0" distL="0" distR="0"><wp:extent cx="{ancho}" cy="{alto}"/>'
    '<wp:docPr id="{id}" name="Imagen {id}" descr={texto}/><wp:cNvGraphicFramePr>'
    '<a:graphicFrameLocks xmlns:a="' + _DRAWINGML + '/main" noChangeAspect="1"/>'
    '</wp:cNvGraphicFramePr><a:graphic xmlns:a="' + _DRAWINGML + '/main">'
    '<a:graphicData uri="' + _DRAWINGML + '/picture"><pic:pic xmlns:pic="' + _DRAWINGML
    + '/picture"><pic:nvPicPr><pic:cNvPr id="{id}" name="Imagen {id}"/><pic:cNvPicPr/>'
    '</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="' + _DE_OFFICE + '" r:embed="{relacion}"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
    '<a:off x="0" y="0"/><a:ext cx="{ancho}" cy="{alto}"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
    '</w:drawing><w:t xml:space="preserve">'
)  # fmt: skip


class ImagenInvalida(ValueError):
    """Una imagen no puede ponerse; el mensaje sigue a «la etiqueta …»."""


@dataclass(frozen=True)
class Imagen:
    """Una imagen leída: sus medidas naturales en EMU y la parte del paquete que la guarda."""

    ancho: int
    alto: int
    miembro: Miembro


@dataclass(frozen=True)
class Dibujo:
    """Lo que pide una etiqueta: de dónde sale la imagen, su tamaño y qué se oye de ella."""

    leer: Callable[[Path], Imagen]
    ancho: Any
    alto: Any
    texto: str

    def __str__(self) -> str:
        return self.texto


@dataclass
class Dibujos:
    """Los dibujos que va usando una parte de una carta, con su relación: `{nombre: id}`."""

    carpeta: Path
    relaciones: dict[str, str] = field(default_factory=dict)
    miembros: dict[str, Miembro] = field(default_factory=dict)
    puestos: int = 0

    def anotar(self, miembro: Miembro) -> str:
        """Devuelve el id de la relación de esta parte con la imagen."""
        nombre = PurePosixPath(miembro.nombre).name
        self.miembros[miembro.nombre] = miembro
        return self.relaciones.setdefault(nombre, f"rIdImagen{len(self.relaciones) + 1}")

    def relacionar(self, antes: bytes) -> bytes:
        """Devuelve el .rels de la parte con sus imágenes añadidas."""
        renglones = "".join(_RENGLON.format(id_, n) for n, id_ in self.relaciones.items())
        return antes.replace(b"</Relationships>", renglones.encode() + b"</Relationships>")


def usa_dibujos(codigo: str) -> bool:
    """Dice si el código de una etiqueta pide una imagen o un QR."""
    return _LLAMADA.search(codigo) is not None


def problema_de_imagenes(codigo: str, carpeta: Path) -> str:
    """Dice por qué no puede ponerse una imagen que la etiqueta nombra, o «» si puede."""
    for hallada in _CONSTANTE.finditer(codigo):
        try:
            _de_la_carpeta(carpeta, hallada[2])
        except ImagenInvalida as error:
            return f"{error}."
    return ""


def relaciones_abiertas(miembro: Miembro | None) -> bytes:
    """Devuelve las relaciones de una parte, aunque no tenga, listas para añadirles."""
    contenido = miembro.contenido if miembro else _SIN_RELACIONES
    return contenido if b"</Relationships>" in contenido else _SIN_RELACIONES


def declarar_tipos(tipos: bytes) -> bytes:
    """Añade a [Content_Types].xml los tipos de imagen que no declare."""
    faltan = "".join(
        f'<Default Extension="{extension}" ContentType="{tipo}"/>'
        for extension, tipo in TIPOS.items()
        if f'Extension="{extension}"'.encode() not in tipos
    )
    return re.sub(rb"(<Types\b[^>]*>)", lambda m: m[1] + faltan.encode(), tipos, count=1)


def imagen(nombre: Any, ancho: Any = None, alto: Any = None, texto: Any = "") -> Any:
    """Da la imagen de la carpeta de la oficina que se llama así.

    Las medidas son «4cm», «40mm», «1.5in», «120pt» o un número de centímetros; con una
    sola se conserva la proporción. `texto` es el alternativo; si no, sale del nombre.
    """
    faltante = faltante_entre((nombre,))
    if faltante is not None:
        return faltante
    llamada = str(nombre)
    hablado = re.sub(r"[-_]+", " ", llamada.rpartition(".")[0])
    oye = hablado if es_faltante(texto) or not texto else str(texto)
    return Dibujo(lambda carpeta: _de_la_carpeta(carpeta, llamada), ancho, alto, oye)


def qr(dato: Any, ancho: Any = _ANCHO_QR, texto: Any = "Código QR") -> Any:
    """Da un código QR cuadrado con ese dato; sin `ancho` mide 2.5 cm."""
    faltante = faltante_entre((dato,))
    if faltante is not None:
        return faltante
    cifrado = "" if isinstance(dato, (Mapping, list, tuple)) else str(dato)
    return Dibujo(lambda _: _codigo_qr(cifrado), ancho, ancho, str(texto))


def dibujar(dibujo: Dibujo, numero: int) -> str:
    """Devuelve el XML del dibujo para dentro de un `<w:t>`, y apunta su imagen.

    Si la imagen no puede ponerse lo apunta a nombre de la etiqueta, y devuelve «».
    """
    llenado = LLENADO.get()
    dibujos: Dibujos = llenado.dibujos
    try:
        leida = dibujo.leer(dibujos.carpeta)
        ancho, alto = _medidas(leida, dibujo.ancho, dibujo.alto)
    except ImagenInvalida as error:
        llenado.ajenos.append((numero, str(error)))
        return ""
    dibujos.puestos += 1
    return _DIBUJO.format(
        ancho=ancho,
        alto=alto,
        # Lejos de los que Word ya puso en la plantilla.
        id=900_000 + dibujos.puestos,
        texto=quoteattr(dibujo.texto),
        relacion=dibujos.anotar(leida.miembro),
    )


def _medidas(leida: Imagen, ancho: Any, alto: Any) -> tuple[int, int]:
    pedido_ancho, pedido_alto = en_emu(ancho), en_emu(alto)
    if pedido_ancho and pedido_alto:
        return pedido_ancho, pedido_alto
    if pedido_ancho:
        return pedido_ancho, round(leida.alto * (pedido_ancho / leida.ancho))
    if pedido_alto:
        return round(leida.ancho * (pedido_alto / leida.alto)), pedido_alto
    return leida.ancho, leida.alto


def en_emu(medida: Any) -> int:
    """La medida que pide una etiqueta («4cm»), en EMU; 0 si no pide ninguna."""
    if es_faltante(medida) or medida == "":
        return 0
    hallada = _MEDIDA.fullmatch(str(medida).strip().lower())
    emu = hallada and int(float(hallada[1].replace(",", ".")) * _EMU[hallada[2] or "cm"])
    if not emu or emu > _MAXIMO_EMU:
        raise ImagenInvalida("lleva una medida que no se entiende; escriba, por ejemplo, «4cm»")
    return int(emu)


def _de_la_carpeta(carpeta: Path, nombre: str) -> Imagen:
    if not _NOMBRE.fullmatch(nombre) or nombre.startswith("."):
        raise ImagenInvalida("debe nombrar un fichero .png o .jpg, sin carpetas")
    ruta = carpeta / nombre
    try:
        if ruta.is_symlink():
            raise ImagenInvalida("nombra un acceso directo; copie la imagen a la carpeta")
        fichero = ruta.stat()
        return _recordar_imagen(ruta, fichero.st_mtime_ns, fichero.st_size)
    except OSError:
        hay = [p.name for p in carpeta.iterdir()] if carpeta.is_dir() else []
        parecida = "".join(f" (¿quiso decir «{n}»?)" for n in get_close_matches(nombre, hay, 1))
        raise ImagenInvalida(
            f"pide la imagen «{nombre}»{parecida}, que no se pudo leer en la carpeta {carpeta.name}"
        ) from None


@lru_cache(maxsize=64)
def _recordar_imagen(ruta: Path, _modificado_ns: int, tamano: int) -> Imagen:
    if tamano > MAXIMO_BYTES_DE_IMAGEN:
        raise ImagenInvalida("pide una imagen de más de 10 MB; guárdela más chica")
    return leer_imagen(ruta.read_bytes())


def leer_imagen(contenido: bytes) -> Imagen:
    """Lee las medidas de un PNG o JPEG de su cabecera; ImagenInvalida si no lo es."""
    try:
        if contenido.startswith(b"\x89PNG\r\n\x1a\n"):
            extension, (ancho, alto, ppp_x, ppp_y) = "png", _medidas_de_png(contenido)
        elif contenido.startswith(b"\xff\xd8"):
            extension, (ancho, alto, ppp_x, ppp_y) = "jpeg", _medidas_de_jpeg(contenido)
        else:
            raise ImagenInvalida("pide un fichero que no es una imagen PNG ni JPEG")
    except (struct.error, IndexError):
        raise ImagenInvalida("pide una imagen dañada; ábrala y guárdela de nuevo") from None
    if not ancho or not alto:
        raise ImagenInvalida("pide una imagen dañada; ábrala y guárdela de nuevo")
    nombre = f"word/media/imagen-{hashlib.sha256(contenido).hexdigest()[:16]}.{extension}"
    # Una imagen ya viene comprimida: se guarda sin volver a comprimirla.
    miembro = Miembro(nombre, contenido, contenido, zipfile.ZIP_STORED, zlib.crc32(contenido))
    pulgada = _EMU["in"]
    return Imagen(int(ancho / ppp_x * pulgada), int(alto / ppp_y * pulgada), miembro)


def _medidas_de_png(contenido: bytes) -> tuple[int, int, int, int]:
    ancho, alto = struct.unpack_from(">LL", contenido, 16)
    posicion, ppp = 8, (_PPP, _PPP)
    while (tipo := contenido[posicion + 4 : posicion + 8]) not in (b"IDAT", b"IEND", b""):
        largo = struct.unpack_from(">L", contenido, posicion)[0]
        if tipo == b"pHYs":
            x, y, unidad = struct.unpack_from(">LLB", contenido, posicion + 8)
            if unidad == 1 and x and y:  # puntos por metro
                ppp = (round(x * 0.0254) or _PPP, round(y * 0.0254) or _PPP)
        posicion += largo + 12
    return ancho, alto, *ppp


def _medidas_de_jpeg(contenido: bytes) -> tuple[int, int, int, int]:
    posicion, ppp = 2, (_PPP, _PPP)
    while True:
        while contenido[posicion] == 0xFF:
            posicion += 1
        marca, largo = contenido[posicion], struct.unpack_from(">H", contenido, posicion + 1)[0]
        if 0xC0 <= marca <= 0xCF and marca not in (0xC4, 0xC8, 0xCC):
            alto, ancho = struct.unpack_from(">HH", contenido, posicion + 4)
            return ancho, alto, *ppp
        if marca == 0xE0 and contenido[posicion + 3 : posicion + 8] == b"JFIF\0":
            unidad, x, y = struct.unpack_from(">BHH", contenido, posicion + 10)
            if unidad in (1, 2) and x and y:  # por pulgada, o por centímetro
                por = 1 if unidad == 1 else 2.54
                ppp = (round(x * por), round(y * por))
        posicion += largo + 1


@lru_cache(maxsize=256)
def _codigo_qr(dato: str) -> Imagen:
    import segno  # sólo la carga la carta que pide un QR

    if not dato or len(dato) > _MAXIMO_QR:
        raise ImagenInvalida(f"pide un QR de un dato vacío o de más de {_MAXIMO_QR} letras")
    salida = BytesIO()
    segno.make_qr(dato, error="m").save(salida, kind="png", scale=8, border=4)
    return leer_imagen(salida.getvalue())
