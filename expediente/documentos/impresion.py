"""Un valor de la carta escrito en el XML de Word.

Todo sale como se capturó: nada de lo que traiga un dato puede ser XML ni etiqueta.
"""

import re
from collections.abc import Mapping
from typing import Any

from expediente.documentos.faltante import LLENADO, es_faltante, rutas_de

_ASPEROS = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_ADMITIDOS = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SALTO = '</w:t><w:br/><w:t xml:space="preserve">'
_TABULADOR = '</w:t><w:tab/><w:t xml:space="preserve">'


def imprimir(valor: Any, numero: int) -> str:
    """Devuelve el valor como XML para dentro de un `<w:t>`.

    Lo que falta y lo que no puede imprimirse se apunta a nombre de la etiqueta
    `numero`, y devuelve «».
    """
    texto = valor if type(valor) is str else _como_texto(valor, numero)
    if not _ASPEROS.search(texto):
        return texto
    escapado = _escapar(texto, numero)
    return escapado.replace("\n", _SALTO).replace("\t", _TABULADOR)


def imprimir_en_linea(valor: Any, numero: int) -> str:
    """Como `imprimir`, para una propiedad del documento, que es un solo renglón."""
    return _escapar(_como_texto(valor, numero), numero).replace("\n", " ").replace("\t", " ")


def _como_texto(valor: Any, numero: int) -> str:
    if es_faltante(valor) or callable(valor):
        LLENADO.get().faltantes.append((numero, rutas_de(valor)))
        return ""
    if isinstance(valor, (Mapping, list, tuple, set, frozenset)):
        LLENADO.get().ajenos.append((numero, "son varios datos; imprima uno de ellos"))
        return ""
    return str(valor)


def _escapar(texto: str, numero: int) -> str:
    texto = texto.replace("\r\n", "\n")
    if _NO_ADMITIDOS.search(texto):
        problema = "trae un caracter invisible que Word no admite; vuelva a escribir el dato"
        LLENADO.get().ajenos.append((numero, problema))
        return ""
    return texto.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
