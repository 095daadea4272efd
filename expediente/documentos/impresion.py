"""Un valor de la carta escrito en el XML de Word.

Todo sale como se capturó: nada de lo que traiga un dato puede ser XML ni etiqueta.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from expediente.documentos.celdas import imprimir_colspan, imprimir_fondo, imprimir_union
from expediente.documentos.faltante import LLENADO, es_faltante, rutas_de
from expediente.documentos.imagenes import Dibujo, dibujar
from expediente.documentos.rico import TextoRico, Trozo, propiedades_de_run

# Dice si un texto trae algo que no puede copiarse tal cual.
es_aspero = re.compile(r"[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]").search
_NO_ADMITIDOS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SALTO = '</w:t><w:br/><w:t xml:space="preserve">'
_TABULADOR = '</w:t><w:tab/><w:t xml:space="preserve">'


def imprimir(valor: Any, numero: int) -> str:
    """Devuelve el valor como XML para dentro de un `<w:t>`.

    Lo que falta y lo que no puede imprimirse se apunta a nombre de la etiqueta
    `numero`, y devuelve «».
    """
    if type(valor) is str:
        texto = valor
    elif isinstance(valor, str):
        texto = str(valor)
    elif isinstance(valor, Dibujo):
        return dibujar(valor, numero)
    elif isinstance(valor, TextoRico):
        LLENADO.get().ajenos.append((numero, "trae formato; escríbalo así: {{r … }}"))
        return ""
    else:
        texto = _como_texto(valor, numero)
    if not es_aspero(texto):
        return texto
    escapado = _escapar(texto, numero)
    return escapado.replace("\n", _SALTO).replace("\t", _TABULADOR)


def imprimir_rico(valor: Any, numero: int, run: str, _parrafo: str = "") -> str:
    """Devuelve los runs de un texto con formato, que se suma al de la etiqueta (`run`)."""
    if not isinstance(valor, TextoRico):
        return _run(run, imprimir(valor, numero))
    return "".join(_runs(valor, numero, run))


def _runs(valor: TextoRico, numero: int, run: str) -> Iterator[str]:
    for trozo in valor.trozos:
        if trozo.texto:
            formato = propiedades_de_run(run, trozo.formato)
            yield _run(formato, imprimir(trozo.texto, numero))


def _run(formato: str, dentro: str) -> str:
    return f'<w:r>{formato}<w:t xml:space="preserve">{dentro}</w:t></w:r>' if dentro else ""


def imprimir_parrafos(valor: Any, numero: int, run: str, parrafo: str) -> str:
    """Devuelve un párrafo por renglón del texto, o por elemento de la lista.

    Todos llevan el formato del párrafo de la etiqueta. Lo vacío no da ninguno.
    """
    varios = valor if isinstance(valor, (list, tuple)) else (valor,)
    return "".join(
        f"<w:p>{_con_estilo(parrafo, renglon.estilo_de_parrafo)}"
        f"{imprimir_rico(renglon, numero, run)}</w:p>"
        for uno in varios
        for renglon in _renglones(uno, numero)
    )


def _renglones(valor: Any, numero: int) -> Iterator[TextoRico]:
    if not isinstance(valor, TextoRico):
        texto = _como_texto(valor, numero).replace("\r\n", "\n")
        valor = TextoRico((Trozo(texto),)) if texto else TextoRico(())
    if valor.trozos:
        yield from valor.renglones()


def _con_estilo(parrafo: str, estilo: str) -> str:
    if not estilo:
        return parrafo
    dentro = re.sub(r"</?w:pPr[^>]*>|<w:pStyle[^>]*/>", "", parrafo)
    return f"<w:pPr><w:pStyle w:val={quoteattr(estilo)}/>{dentro}</w:pPr>"


def imprimir_en_atributo(valor: Any, numero: int) -> str:
    """Como `imprimir_en_linea`, para dentro de las comillas de un atributo."""
    return imprimir_en_linea(valor, numero).replace('"', "&quot;")


def imprimir_en_linea(valor: Any, numero: int) -> str:
    """Como `imprimir`, para una propiedad del documento, que es un solo renglón."""
    return _escapar(_como_texto(valor, numero), numero).replace("\n", " ").replace("\t", " ")


def _como_texto(valor: Any, numero: int) -> str:
    if es_faltante(valor) or callable(valor):
        LLENADO.get().faltantes.append((numero, rutas_de(valor)))
        return ""
    if isinstance(valor, Dibujo):
        LLENADO.get().ajenos.append((numero, "es una imagen, y aquí sólo cabe texto"))
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


# Cómo se imprime la etiqueta según su nivel (véase `etiquetas.Etiqueta`); las demás, `imprimir`.
POR_NIVEL: Mapping[str, Callable[..., str]] = {
    "r": imprimir_rico,
    "p": imprimir_parrafos,
    "linea": imprimir_en_linea,
    "atributo": imprimir_en_atributo,
    "colspan": imprimir_colspan,
    "cellbg": imprimir_fondo,
    "vm": imprimir_union,
    "hm": imprimir_colspan,
}
# A éstas se les da además el formato del run y del párrafo de la etiqueta.
CON_FORMATO = ("r", "p")
