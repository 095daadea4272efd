"""Lo que dentro de un documento debe ser único, y deja de serlo al juntar varios.

Los marcadores y quien los nombra, los dibujos, las notas al pie y el «de N» del pie de
página, que pasa a decir las páginas de su documento y no las de todos.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

from lxml import etree

from expediente.documentos.etiquetas import Nodo, W

_ID = W + "id"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DIBUJO = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TOTAL = re.compile(r"^\s*NUMPAGES\b", re.IGNORECASE)
_NOMBRA = re.compile(r'\b((?:PAGE|NOTE)?REF\s+|HYPERLINK\s+\\l\s+"?)(\w+)', re.IGNORECASE)
# Comentarios, señas de edición y datos ligados: en un papel impreso no dicen nada.
_SOBRAN = tuple(
    W + n
    for n in (
        "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "dataBinding",
        "permStart", "permEnd",
    )
)  # fmt: skip
_LARGO_DE_MARCADOR = 40
_LETREROS = (W + "hdr", W + "ftr")


class MarcasUnicas:
    """La cuenta de marcadores y dibujos del documento junto."""

    def __init__(self) -> None:
        """Nada está tomado todavía."""
        self.documentos = 0
        self._marcadores = 0
        self._dibujos = 0
        self._nombres: set[str] = set()

    def ajustar(self, textos: Sequence[Nodo]) -> str | None:
        """Hace únicas las marcas de un documento.

        Devuelve el nombre del marcador que debe ponerse a su fin, si alguno de sus textos
        dice cuántas páginas tiene.
        """
        self.documentos += 1
        fin = f"fin_del_documento_{self.documentos}"
        cuenta_paginas = False
        nombres = self._renombrar(textos)
        for texto in textos:
            _quitar(texto)
            self._numerar_dibujos(texto)
            for nodo in texto.iter(W + "hyperlink"):
                if (ancla := nodo.get(W + "anchor")) in nombres:
                    nodo.set(W + "anchor", nombres[ancla])
            for nodo, escrito in _instrucciones(texto):
                nuevo = _TOTAL.sub(f" PAGEREF {fin}", escrito)
                cuenta_paginas |= nuevo != escrito
                nuevo = _NOMBRA.sub(lambda m: m[1] + nombres.get(m[2], m[2]), nuevo)
                _escribir_instruccion(nodo, nuevo)
        return fin if cuenta_paginas else None

    def _numerar_dibujos(self, texto: Nodo) -> None:
        dibujos = list(texto.iter(_DIBUJO))
        if texto.tag in _LETREROS and dibujos:
            # Sale de lo que dice: el mismo membrete en cien cartas sigue siendo uno.
            for nodo in dibujos:
                nodo.set("id", "0")
            huella = sha256(etree.tostring(texto, method="c14n")).digest()
            primero = 2**30 + int.from_bytes(huella[:3], "big") * 64
        else:
            primero = self._dibujos + 1
            self._dibujos += len(dibujos)
        for numero, nodo in enumerate(dibujos, start=primero):
            nodo.set("id", str(numero))

    def _renombrar(self, textos: Sequence[Nodo]) -> dict[str, str]:
        """Numera los marcadores de nuevo; devuelve los que hubo que llamar de otro modo."""
        nombres: dict[str, str] = {}
        for texto in textos:
            numeros: dict[str | None, str] = {}
            for nodo in texto.iter(W + "bookmarkStart"):
                self._marcadores += 1
                numeros[nodo.get(_ID)] = str(self._marcadores)
                nombre = nodo.get(W + "name", "")
                if nombre in self._nombres:
                    sufijo = f"_{self.documentos}_{self._marcadores}"
                    nombres[nombre] = nombre[: _LARGO_DE_MARCADOR - len(sufijo)] + sufijo
                self._nombres.add(nombres.get(nombre, nombre))
                nodo.set(W + "name", nombres.get(nombre, nombre))
            for nodo in list(texto.iter(W + "bookmarkStart", W + "bookmarkEnd")):
                if nodo.get(_ID) in numeros:
                    nodo.set(_ID, numeros[nodo.get(_ID)])
                else:
                    nodo.getparent().remove(nodo)
        return nombres

    def marcar_el_fin(self, cuerpo: Nodo, nombre: str) -> None:
        """Pone un marcador en lo último que se lee: de ahí sale cuántas páginas son.

        No en el último párrafo si está vacío: LibreOffice lo quita al cerrar la sección.
        """
        parrafos = list(cuerpo.iter(W + "p"))
        leidos = [p for p in parrafos if p.find(f"{W}r/{W}t") is not None] or parrafos
        self._marcadores += 1
        for etiqueta in ("bookmarkStart", "bookmarkEnd"):
            etree.SubElement(leidos[-1], W + etiqueta).set(_ID, str(self._marcadores))
        leidos[-1][-2].set(W + "name", nombre)


def _quitar(texto: Nodo) -> None:
    for nodo in list(texto.iter(*_SOBRAN)):
        nodo.getparent().remove(nodo)
    for nodo in list(texto.iter(W + "sdtPr")):
        for clave in nodo.findall(_ID):
            nodo.remove(clave)
    for nodo in texto.iter(W + "p", W + "tr"):
        for atributo in [a for a in nodo.attrib if a.startswith(_W14)]:
            del nodo.attrib[atributo]


def _instrucciones(texto: Nodo) -> list[tuple[Nodo, str]]:
    """Los campos de Word de un texto: qué nodo los escribe y qué dicen."""
    largos = [(n, n.text or "") for n in texto.iter(W + "instrText")]
    return largos + [(n, n.get(W + "instr", "")) for n in texto.iter(W + "fldSimple")]


def _escribir_instruccion(nodo: Nodo, dicho: str) -> None:
    if nodo.tag == W + "fldSimple":
        nodo.set(W + "instr", dicho)
    else:
        nodo.text = dicho
        nodo.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def numerar_notas(cuerpo: Nodo, notas: Nodo | None, previas: int) -> list[Nodo]:
    """Las notas al pie que un texto llama, con su número escrito y no contado.

    Word y LibreOffice siguen la cuenta de un documento al siguiente; cada carta lleva la
    suya. `previas` son las que ya tiene el documento junto.
    """
    por_clave = {n.get(_ID): n for n in notas} if notas is not None else {}
    usadas = []
    for llamada in list(cuerpo.iter(W + "footnoteReference")):
        nota = por_clave.get(llamada.get(_ID))
        if nota is None:
            llamada.getparent().remove(llamada)
            continue
        usadas.append(nota)
        numero = str(len(usadas))
        clave = str(previas + len(usadas))
        llamada.set(_ID, clave)
        nota.set(_ID, clave)
        if llamada.get(W + "customMarkFollows") is None:
            llamada.set(W + "customMarkFollows", "1")
            llamada.addnext(_texto(numero))
            for marca in list(nota.iter(W + "footnoteRef")):
                marca.getparent().replace(marca, _texto(numero))
    return usadas


def _texto(dicho: str) -> Nodo:
    nodo = etree.Element(W + "t")
    nodo.text = dicho
    return nodo
