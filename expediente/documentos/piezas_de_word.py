"""Las piezas de un .docx y cómo se enlazan: relaciones y tipos de contenido.

Aquí no se sabe qué hay dentro de un párrafo; `paquete` lee el zip y lo cierra.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from lxml import etree

from expediente.documentos.etiquetas import Nodo
from expediente.documentos.paquete import Miembro, moldear

CLASES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELACIONES = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TIPOS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LISTA_DE_TIPOS = "[Content_Types].xml"
_LARGO_DE_HUELLA = 12
# Los espacios de nombres de lxml: None es el que no lleva prefijo.
_SIN_PREFIJO: Any = None


@dataclass(frozen=True)
class Relacion:
    """Un enlace de una pieza a otra, o a una dirección de fuera si es `externa`.

    `clase` es la dirección que dice qué enlaza; `destino`, el nombre de la pieza.
    """

    clave: str
    clase: str
    destino: str
    externa: bool = False


def leer_nodo(contenido: bytes) -> Nodo:
    """El XML de una pieza, sin resolver entidades ni salir a la red."""
    return etree.fromstring(contenido, etree.XMLParser(resolve_entities=False, no_network=True))


def escribir_nodo(raiz: Nodo) -> bytes:
    """Los bytes de una pieza XML; al mismo árbol, siempre los mismos."""
    return bytes(etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", standalone=True))


def rels_de(nombre: str) -> str:
    """Devuelve dónde dice una pieza lo que enlaza: «word/_rels/document.xml.rels»."""
    ruta = PurePosixPath(nombre)
    return (ruta.parent / "_rels" / f"{ruta.name}.rels").as_posix()


class Piezas:
    """Las piezas de un documento por su nombre, con sus relaciones y su tipo."""

    def __init__(self, miembros: Mapping[str, Miembro]) -> None:
        """Toma las de un paquete ya leído; cambiarlas no lo toca."""
        self.contenido = {m.nombre: m.contenido for m in miembros.values()}
        lista = leer_nodo(self.contenido.pop(_LISTA_DE_TIPOS))
        self.por_extension = {
            nodo.get("Extension", "").lower(): nodo.get("ContentType", "")
            for nodo in lista.iter(f"{_TIPOS}Default")
        }
        self.por_nombre = {
            nodo.get("PartName", "").lstrip("/"): nodo.get("ContentType", "")
            for nodo in lista.iter(f"{_TIPOS}Override")
        }
        self._traidas: dict[str, str] = {}

    @property
    def cuerpo(self) -> str:
        """El nombre de la pieza con el texto: casi siempre word/document.xml."""
        clase = f"{CLASES}officeDocument"
        halladas = (r.destino for r in self.relaciones("") if r.clase == clase)
        return str(next(halladas, "word/document.xml"))

    def tipo(self, nombre: str) -> str:
        """El tipo de contenido de una pieza."""
        return str(self.por_nombre.get(nombre) or self.por_extension.get(_extension(nombre), ""))

    def relaciones(self, nombre: str) -> list[Relacion]:
        """A qué enlaza una pieza, en su orden; «» es el paquete entero."""
        escritas = self.contenido.get(rels_de(nombre))
        if escritas is None:
            return []
        enlaces = leer_nodo(escritas).iter(f"{_RELACIONES}Relationship")
        return [_relacion(nodo, nombre) for nodo in enlaces]

    def enlazar(self, nombre: str, relaciones: Iterable[Relacion]) -> None:
        """Cambia todo lo que enlaza una pieza."""
        raiz = etree.Element(f"{_RELACIONES}Relationships", nsmap={_SIN_PREFIJO: _RELACIONES[1:-1]})
        for r in relaciones:
            destino = r.destino if r.externa else _desde(nombre, r.destino)
            nodo = etree.SubElement(raiz, f"{_RELACIONES}Relationship", Id=r.clave, Type=r.clase)
            nodo.set("Target", destino)
            if r.externa:
                nodo.set("TargetMode", "External")
        if len(raiz):
            self.contenido[rels_de(nombre)] = escribir_nodo(raiz)
        else:
            self.contenido.pop(rels_de(nombre), None)

    def enlazada(self, nombre: str, clase: str) -> str | None:
        """La pieza que otra enlaza con esa clase (`styles`, `theme`…), si la tiene."""
        return next(
            (r.destino for r in self.relaciones(nombre)
             if r.clase == CLASES + clase and r.destino in self.contenido),
            None,
        )  # fmt: skip

    def poner(self, nombre: str, contenido: bytes, tipo: str) -> None:
        """Pone una pieza y declara su tipo si su extensión no lo dice ya."""
        self.contenido[nombre] = contenido
        self.por_nombre.pop(nombre, None)
        extension = _extension(nombre)
        if extension != "xml" and tipo:
            self.por_extension.setdefault(extension, tipo)
        if self.por_extension.get(extension) != tipo:
            self.por_nombre[nombre] = tipo

    def traer(self, ajenas: "Piezas", origen: str, nombre: str | None = None) -> str:
        """Copia de otro documento una pieza con todo lo que enlaza; devuelve su nombre aquí.

        Sin `nombre`, lo toma de su contenido: la misma imagen traída dos veces, o que ya
        estuviera, es una sola.
        """
        if origen in self._traidas:
            return self._traidas[origen]
        contenido = ajenas.contenido[origen]
        destino = nombre or self._igual(ajenas, origen) or _nombre_para(ajenas, origen)
        self._traidas[origen] = destino
        self.poner(destino, contenido, ajenas.tipo(origen))
        self.enlazar(
            destino,
            [
                r if r.externa else replace(r, destino=self.traer(ajenas, r.destino))
                for r in ajenas.relaciones(origen)
                if r.externa or r.destino in ajenas.contenido
            ],
        )
        return destino

    def _igual(self, ajenas: "Piezas", origen: str) -> str | None:
        """El nombre con que ya está aquí ese mismo contenido; sólo si no enlaza a más."""
        if rels_de(origen) in ajenas.contenido:
            return None
        contenido, extension = ajenas.contenido[origen], _extension(origen)
        return next(
            (n for n, c in self.contenido.items()
             if c == contenido and _extension(n) == extension
             and rels_de(n) not in self.contenido),
            None,
        )  # fmt: skip

    def quitar_sueltas(self) -> None:
        """Quita las piezas a las que ya nada enlaza."""
        alcanzadas: set[str] = set()
        pendientes = [""]
        while pendientes:
            nombre = pendientes.pop()
            alcanzadas.add(nombre)
            pendientes += [
                r.destino
                for r in self.relaciones(nombre)
                if not r.externa and r.destino not in alcanzadas
            ]
        alcanzadas |= {rels_de(nombre) for nombre in alcanzadas}
        self.contenido = {n: c for n, c in self.contenido.items() if n in alcanzadas}
        self.por_nombre = {n: t for n, t in self.por_nombre.items() if n in alcanzadas}

    def cerrar(self) -> bytes:
        """El .docx con estas piezas; a las mismas, los mismos bytes."""
        raiz = etree.Element(f"{_TIPOS}Types", nsmap={_SIN_PREFIJO: _TIPOS[1:-1]})
        for extension, tipo in sorted(self.por_extension.items()):
            etree.SubElement(raiz, f"{_TIPOS}Default", Extension=extension, ContentType=tipo)
        for nombre, tipo in sorted(self.por_nombre.items()):
            etree.SubElement(raiz, f"{_TIPOS}Override", PartName=f"/{nombre}", ContentType=tipo)
        todas = {_LISTA_DE_TIPOS: escribir_nodo(raiz), **self.contenido}
        return moldear({}, todas).cerrar(todas.values())


def _relacion(nodo: Nodo, de: str) -> Relacion:
    destino, externa = nodo.get("Target", ""), nodo.get("TargetMode") == "External"
    if not externa:
        # Word acepta el nombre desde la raíz («/word/…») o desde la carpeta de la pieza.
        carpeta = "" if destino.startswith("/") else PurePosixPath(de).parent.as_posix()
        destino = normpath(f"{carpeta}/{destino}").lstrip("/")
    return Relacion(nodo.get("Id", ""), nodo.get("Type", ""), destino, externa)


def _desde(nombre: str, destino: str) -> str:
    return relpath(destino, PurePosixPath(nombre).parent.as_posix())


def _extension(nombre: str) -> str:
    return PurePosixPath(nombre).suffix[1:].lower()


def _nombre_para(ajenas: Piezas, origen: str) -> str:
    ruta = PurePosixPath(origen)
    enlaces = ajenas.contenido.get(rels_de(origen), b"")
    huella = hashlib.sha256(ajenas.contenido[origen] + enlaces).hexdigest()[:_LARGO_DE_HUELLA]
    return (ruta.parent / f"membrete-{huella}{ruta.suffix.lower()}").as_posix()
