"""Lo que queda vacío al llenar: celdas sin párrafo, renglones sin celdas, tablas sin renglones.

Word no abre un documento así. Al compilar se pone una marca al final de cada contenedor que
una etiqueta puede vaciar; al llenar sólo se mira junto a las marcas, no la carta entera.
"""

import re
from collections.abc import Iterable

from lxml import etree

from expediente.documentos.etiquetas import Nodo, W

_INSTRUCCION = "hueco"
_MARCA = "\x0e"
_CON_PARRAFO = ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent")
_CLASES = {W + nombre: "p" for nombre in _CON_PARRAFO} | {W + "tr": "r", W + "tbl": "t"}
FRAGILES = frozenset(_CLASES)

# Cómo acaba lo de dentro si no está vacío; y, si lo está, qué se quita entero y qué le falta.
_LLENO = {"p": "</w:p>", "r": "</w:tc>", "t": "</w:tr>"}
# Hasta dónde hay que mirar atrás: casi siempre basta el último trozo.
_EMPIEZA = {"p": "<", "r": "<w:tr", "t": "<w:tbl"}
_SE_QUITA = {"r": ("tr", "tc"), "t": ("tbl", "tr")}
_SIN_PARRAFO = re.compile(
    rf"<w:(?:{'|'.join(_CON_PARRAFO)})(?: [^>]*)?>|</w:tcPr>|<w:tcPr/>|</w:tbl>"
)


def marcar_huecos(tocados: Iterable[Nodo]) -> bool:
    """Pone la marca en los contenedores que una etiqueta puede vaciar, y en los que los llevan.

    Quitar un renglón puede vaciar su tabla; y quitar la tabla, la celda en que está. Dice
    si puso alguna.
    """
    marcados: set[Nodo] = set()
    for nodo in tocados:
        for contenedor in (nodo, *nodo.iterancestors()):
            if contenedor.tag in FRAGILES and contenedor not in marcados:
                marcados.add(contenedor)
                contenedor.append(
                    etree.ProcessingInstruction(_INSTRUCCION, _CLASES[contenedor.tag])
                )
    return bool(marcados)


def marcas_como_texto(xml: str) -> str:
    """El XML con cada marca en la forma que busca `rellenar_huecos`."""
    return re.sub(rf"<\?{_INSTRUCCION} (\w)\?>", rf"{_MARCA}\1", xml)


def rellenar_huecos(xml: str) -> str:
    """Quita renglones y tablas que quedaron vacíos y pone un párrafo donde Word lo exige."""
    primero, *trozos = xml.split(_MARCA)
    hecho = [primero]
    for trozo in trozos:
        clase, sigue = trozo[0], trozo[1:]
        if not hecho[-1].endswith(_LLENO[clase]):
            if _EMPIEZA[clase] not in hecho[-1]:
                hecho = ["".join(hecho)]
            hecho[-1], sigue = _arreglar(clase, hecho[-1], sigue)
        hecho.append(sigue)
    return "".join(hecho)


def _arreglar(clase: str, antes: str, sigue: str) -> tuple[str, str]:
    """Lo que va antes de la marca y lo que la sigue, ya sin el hueco."""
    if clase == "p":
        vacio = _SIN_PARRAFO.fullmatch(antes, antes.rfind("<"))
        return (antes + "<w:p/>" if vacio else antes), sigue
    nombre, hijo = _SE_QUITA[clase]
    inicio = _ultimo(nombre, antes)
    if _ultimo(hijo, antes) > inicio:
        return antes, sigue
    return antes[:inicio], sigue.removeprefix(f"</w:{nombre}>")


def _ultimo(nombre: str, xml: str) -> int:
    return max(xml.rfind(f"<w:{nombre}>"), xml.rfind(f"<w:{nombre} "))
