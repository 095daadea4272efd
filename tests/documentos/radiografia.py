"""Lo que se ve de un documento de Word, para comparar dos que deben verse igual."""

import re
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTES = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_EQUIVALE = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n"}
_CAJAS = ("tbl", "tr", "tc", "txbxContent", "sdtContent", "hyperlink", "ins", "del", "moveTo")
_FORMATOS = ("b", "i", "u", "strike", "color", "sz", "vertAlign", "rStyle", "shd")

Parrafo = tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]


def radiografia(contenido: bytes) -> dict[str, dict[str, Any]]:
    """Devuelve, de cada parte, sus párrafos con formato y sus tablas, celda por celda."""
    with zipfile.ZipFile(BytesIO(contenido)) as paquete:
        return {
            nombre: _de_parte(etree.fromstring(paquete.read(nombre)))
            for nombre in sorted(paquete.namelist())
            if _PARTES.fullmatch(nombre)
        }


def _de_parte(raiz: Any) -> dict[str, Any]:
    return {
        "párrafos": [_parrafo(p) for p in raiz.iter(W + "p")],
        "tablas": [[_renglon(r) for r in _de(t, "tr", "tbl")] for t in raiz.iter(W + "tbl")],
        "columnas": [len(t.findall(f"{W}tblGrid/{W}gridCol")) for t in raiz.iter(W + "tbl")],
    }


def _de(nodo: Any, nombre: str, hasta: str) -> list[Any]:
    return [n for n in nodo.iter(W + nombre) if next(n.iterancestors(W + hasta)) is nodo]


def _parrafo(parrafo: Any) -> Parrafo:
    """Dónde está, su estilo y sus textos: los runs seguidos de igual formato van juntos."""
    estilo = parrafo.find(f"{W}pPr/{W}pStyle")
    trozos: list[tuple[str, tuple[str, ...]]] = []
    for nodo in parrafo.iter():
        texto = nodo.text or "" if etree.QName(nodo).localname in ("t", "instrText") else ""
        texto = _EQUIVALE.get(nodo.tag, texto)
        if texto and next(nodo.iterancestors(W + "p")) is parrafo:
            formato = _formato(nodo)
            if trozos and trozos[-1][1] == formato:
                texto = trozos.pop()[0] + texto
            trozos.append((texto, formato))
    return _donde(parrafo), "" if estilo is None else estilo.get(W + "val"), tuple(trozos)


def _donde(nodo: Any) -> str:
    nombres = [etree.QName(padre).localname for padre in nodo.iterancestors()]
    return "/".join(nombre for nombre in reversed(nombres) if nombre in _CAJAS)


def _formato(texto: Any) -> tuple[str, ...]:
    propiedades = texto.getparent().find(W + "rPr")
    if propiedades is None:
        return ()
    return tuple(
        f"{nombre}={hallada.get(W + 'val', '')}{hallada.get(W + 'fill', '')}"
        for nombre in _FORMATOS
        if (hallada := propiedades.find(W + nombre)) is not None
    )


def _renglon(renglon: Any) -> list[dict[str, str]]:
    return [
        {
            "texto": "".join(t.text or "" for t in celda.iter(W + "t")),
            "abarca": _propiedad(celda, "gridSpan", "val"),
            "unida": _propiedad(celda, "vMerge", "val"),
            "fondo": _propiedad(celda, "shd", "fill"),
        }
        for celda in _de(renglon, "tc", "tr")
    ]


def _propiedad(celda: Any, nombre: str, atributo: str) -> str:
    hallada = celda.find(f"{W}tcPr/{W}{nombre}")
    return "" if hallada is None else hallada.get(W + atributo, "sí")
