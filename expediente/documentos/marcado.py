"""Poner en el XML de una parte, en el sitio de cada etiqueta, una instrucción.

Word parte «{{ nombre }}» entre varios runs y le mete marcas de ortografía. Aquí cada
etiqueta queda reducida a un nodo `<?etiqueta n?>`, en el sitio y con el formato de su
primera letra. Qué puede envolver una etiqueta y dónde se cierra lo decide `estructura`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from lxml import etree

from expediente.documentos.etiquetas import (
    MARCA,
    MAXIMAS_ETIQUETAS,
    MAXIMO_DE_PARRAFO,
    Etiqueta,
    Hallada,
    Malas,
    Nodo,
    W,
    hallar,
)

INSTRUCCION = "etiqueta"
_ESPACIO_XML = "{http://www.w3.org/XML/1998/namespace}space"

_EQUIVALE = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n",
    W + "noBreakHyphen": "-", W + "softHyphen": "",
}  # fmt: skip
# Lo borrado con control de cambios no se imprime; los estilos no llevan texto.
_SIN_TEXTO = {W + "pPr", W + "rPr", W + "del", W + "moveFrom", W + "p"}

# Los campos de Word y las ecuaciones llevan texto, pero no admiten saltos ni formato.
_EN_LINEA = (W + "instrText", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
# Una etiqueta dentro de un atributo (un texto alternativo) no puede ser una instrucción.
EN_ATRIBUTO = "\ue000etiqueta {}\ue000"


@dataclass(frozen=True)
class Union:
    """Un `{%-` al principio de su párrafo, o un `-%}` al final: pide juntar dos párrafos."""

    instruccion: Nodo
    parrafo: Nodo
    con_el_anterior: bool


def marcar(raiz: Nodo, plantilla: str, parte: str, malas: Malas) -> list[Etiqueta]:
    """Cambia en el XML cada etiqueta por `<?etiqueta n?>` y las devuelve por número.

    Apunta en `malas` las que no se cierran y las llaves que sobran.
    """
    _quitar_lo_borrado(raiz)
    for marca in list(raiz.iter(W + "proofErr")):
        marca.getparent().remove(marca)
    etiquetas: list[Etiqueta] = []
    uniones: list[Union] = []
    tablas = {tabla: numero for numero, tabla in enumerate(raiz.iter(W + "tbl"), 1)}
    renglones = _numerar_renglones(raiz)
    sueltos = 0
    for parrafo in list(raiz.iter(W + "p")):
        lugar = _lugar_en_tabla(parrafo, tablas, renglones)
        sueltos += not lugar
        piezas = list(_piezas(parrafo))
        texto = "".join(trozo for _, trozo in piezas)
        if MARCA.search(texto):
            donde = f"{parte}, {lugar or f'párrafo {sueltos}'}"
            halladas = list(hallar(texto, plantilla, donde, malas))
            uniones += _poner(parrafo, piezas, texto, halladas, etiquetas)
            _topar(etiquetas, len(texto))
    _juntar_parrafos(uniones)
    _marcar_en_linea(raiz, plantilla, parte, malas, etiquetas)
    _marcar_atributos(raiz, plantilla, parte, malas, etiquetas)
    _soltar_controles(raiz)
    return etiquetas


def _quitar_lo_borrado(raiz: Nodo) -> None:
    """Quita lo que el control de cambios tiene por borrado o mudado: Word lo enseñaría tachado."""
    for borrado in list(raiz.iter(W + "del", W + "moveFrom")):
        padre = borrado.getparent()
        # En unas propiedades es sólo la marca de un párrafo o de un renglón.
        if padre is not None and padre.tag not in (W + "rPr", W + "trPr", W + "tcPr"):
            padre.remove(borrado)


def _marcar_en_linea(
    raiz: Nodo, plantilla: str, parte: str, malas: Malas, etiquetas: list[Etiqueta]
) -> None:
    """Marca las etiquetas de los campos de Word y de las ecuaciones, párrafo por párrafo."""
    seguidos: dict[tuple[Nodo, str], list[tuple[Nodo, str]]] = {}
    for nodo in raiz.iter(*_EN_LINEA):
        parrafo = next(nodo.iterancestors(W + "p"), raiz)
        seguidos.setdefault((parrafo, nodo.tag), []).append((nodo, nodo.text or ""))
    for (parrafo, _), piezas in seguidos.items():
        texto = "".join(trozo for _, trozo in piezas)
        if MARCA.search(texto):
            lugar = f"{parte}, campo o ecuación"
            halladas = _sin_formato(hallar(texto, plantilla, lugar, malas), malas)
            _poner(parrafo, piezas, texto, halladas, etiquetas)
            _topar(etiquetas, len(texto))


def _sin_formato(halladas: Iterable[Hallada], malas: Malas) -> list[Hallada]:
    """Deja los valores sin saltos ni formato, que ahí no caben."""
    return [
        replace(hallada, etiqueta=replace(hallada.etiqueta, nivel="linea"))
        if hallada.etiqueta.clase == "{{" and hallada.etiqueta not in malas
        else hallada
        for hallada in halladas
    ]


def _marcar_atributos(
    raiz: Nodo, plantilla: str, parte: str, malas: Malas, etiquetas: list[Etiqueta]
) -> None:
    """Marca los valores que hay en un atributo: el texto alternativo de una imagen."""
    lugar = f"{parte}, texto alternativo"
    for nodo in raiz.iter(etree.Element):
        for clave, texto in nodo.attrib.items():
            if "{{" not in texto and "{%" not in texto:
                continue
            trozos, desde = [], 0
            for hallada in hallar(texto, plantilla, lugar, malas):
                etiqueta = hallada.etiqueta
                if etiqueta not in malas:
                    etiqueta = replace(etiqueta, nivel="atributo")
                    if etiqueta.clase != "{{":
                        malas[etiqueta] = "no puede ir aquí, donde sólo caben datos."
                trozos += [texto[desde : hallada.inicio], EN_ATRIBUTO.format(len(etiquetas))]
                desde = hallada.fin
                etiquetas.append(etiqueta)
            nodo.set(clave, "".join([*trozos, texto[desde:]]))
            _topar(etiquetas, len(texto))


def _soltar_controles(raiz: Nodo) -> None:
    """Quita a los controles de contenido lo que haría a Word borrar o cambiar lo impreso."""
    for control in raiz.iter(W + "sdt"):
        propiedades, contenido = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        if propiedades is None or contenido is None:
            continue
        if next(contenido.iter(etree.ProcessingInstruction), None) is None:
            continue
        muestra = propiedades.find(W + "showingPlcHdr")
        if muestra is not None:
            propiedades.remove(muestra)
            for estilo in list(contenido.iter(W + "rStyle")):
                estilo.getparent().remove(estilo)
        for atado in list(propiedades):
            if etree.QName(atado).localname == "dataBinding":
                propiedades.remove(atado)


def marcar_propiedades(raiz: Nodo, plantilla: str, parte: str, malas: Malas) -> list[Etiqueta]:
    """Como `marcar`, para las propiedades del documento, donde cada elemento es un texto."""
    etiquetas: list[Etiqueta] = []
    for nodo in list(raiz.iter(etree.Element)):
        texto = nodo.text or ""
        if MARCA.search(texto):
            halladas = _sin_formato(hallar(texto, plantilla, parte, malas), malas)
            _poner(nodo, [(nodo, texto)], texto, halladas, etiquetas)
    return etiquetas


def _topar(etiquetas: list[Etiqueta], letras: int) -> None:
    if len(etiquetas) > MAXIMAS_ETIQUETAS or letras > MAXIMO_DE_PARRAFO:
        raise etiquetas[-1].error(
            f"es ya demasiado: una plantilla lleva hasta {MAXIMAS_ETIQUETAS} etiquetas y un "
            f"párrafo hasta {MAXIMO_DE_PARRAFO} letras; divídala en dos."
        )


def _numerar_renglones(raiz: Nodo) -> dict[Nodo, int]:
    cuantos: Counter[Nodo] = Counter()
    numeros = {}
    for renglon in raiz.iter(W + "tr"):
        cuantos[renglon.getparent()] += 1
        numeros[renglon] = cuantos[renglon.getparent()]
    return numeros


def _lugar_en_tabla(parrafo: Nodo, tablas: dict[Nodo, int], renglones: dict[Nodo, int]) -> str:
    renglon = next(parrafo.iterancestors(W + "tr"), None)
    tabla = next(parrafo.iterancestors(W + "tbl"), None)
    if renglon is None or tabla is None:
        return ""
    return f"tabla {tablas[tabla]}, renglón {renglones[renglon]}"


def _piezas(nodo: Nodo) -> Iterator[tuple[Nodo, str]]:
    """Da los nodos con texto de un párrafo, sin entrar en los cuadros de texto."""
    for hijo in nodo:
        if hijo.tag == W + "t":
            yield hijo, hijo.text or ""
        elif hijo.tag in _EQUIVALE:
            yield hijo, _EQUIVALE[hijo.tag]
        elif hijo.tag not in _SIN_TEXTO:
            yield from _piezas(hijo)


def _poner(
    parrafo: Nodo,
    piezas: list[tuple[Nodo, str]],
    texto: str,
    halladas: list[Hallada],
    etiquetas: list[Etiqueta],
) -> list[Union]:
    """Escribe las instrucciones de un párrafo y devuelve los párrafos por juntar."""
    uniones: list[Union] = []
    primera = len(etiquetas)
    etiquetas += [hallada.etiqueta for hallada in halladas]
    inicios = list(accumulate((len(trozo) for _, trozo in piezas), initial=0))
    # De la última a la primera, para que los tramos de las que faltan sigan valiendo.
    for numero, hallada in reversed(list(enumerate(halladas, primera))):
        instruccion = etree.ProcessingInstruction(INSTRUCCION, str(numero))
        # Desde la pieza en que empieza: un párrafo puede traer miles.
        desde = bisect_right(inicios, hallada.inicio) - 1
        tramo = ((inicios[n], piezas[n]) for n in range(desde, len(piezas)))
        _sustituir(tramo, hallada.inicio, hallada.fin, instruccion)
        if hallada.recorta_antes:
            _recortar_antes(instruccion)
            if hallada.etiqueta.clase == "{%" and not texto[: hallada.inicio].strip():
                uniones.insert(0, Union(instruccion, parrafo, con_el_anterior=True))
        if hallada.recorta_despues:
            instruccion.tail = (instruccion.tail or "").lstrip()
            if hallada.etiqueta.clase == "{%" and not texto[hallada.fin :].strip():
                uniones.append(Union(instruccion, parrafo, con_el_anterior=False))
    return uniones


def _sustituir(
    piezas: Iterable[tuple[int, tuple[Nodo, str]]], inicio: int, fin: int, instruccion: Nodo
) -> None:
    """Cambia el tramo [inicio, fin) por la instrucción, en la pieza donde empieza."""
    for desde, (nodo, trozo) in piezas:
        if desde >= fin:
            break
        a, b = max(inicio - desde, 0), min(fin - desde, len(trozo))
        empieza_aqui = desde <= inicio
        if a >= b:
            continue
        if nodo.tag in _EQUIVALE:
            _quitar(nodo)
            continue
        actual = nodo.text or ""
        if empieza_aqui:
            nodo.text, instruccion.tail = actual[:a], actual[b:]
            nodo.insert(0, instruccion)
        else:
            nodo.text = actual[b:]
        if nodo.tag == W + "t":
            nodo.set(_ESPACIO_XML, "preserve")


def _recortar_antes(instruccion: Nodo) -> None:
    nodo, vecina = instruccion.getparent(), instruccion.getprevious()
    if vecina is None:
        nodo.text = (nodo.text or "").rstrip()
    else:
        vecina.tail = (vecina.tail or "").rstrip()


def _quitar(nodo: Nodo) -> None:
    padre = nodo.getparent()
    if padre is not None:
        padre.remove(nodo)


def _juntar_parrafos(uniones: list[Union]) -> None:
    """Junta párrafos como docxtpl: `{%-` con el anterior y `-%}` con el siguiente."""
    for union in uniones:
        parrafo = next(union.instruccion.iterancestors(W + "p"))
        if union.con_el_anterior and parrafo is union.parrafo:
            anterior = parrafo.getprevious()
            if anterior is not None and anterior.tag == W + "p":
                _mudar(parrafo, anterior)
        elif not union.con_el_anterior:
            siguiente = parrafo.getnext()
            if siguiente is not None and siguiente.tag == W + "p":
                _mudar(siguiente, parrafo)


def _mudar(origen: Nodo, destino: Nodo) -> None:
    for hijo in list(origen):
        if hijo.tag != W + "pPr":
            destino.append(hijo)
    _quitar(origen)


def quitar_conservando_lo_que_sigue(nodo: Nodo) -> None:
    """Quita un nodo, y deja en su sitio el texto que iba detrás."""
    padre, anterior = nodo.getparent(), nodo.getprevious()
    cola = nodo.tail or ""
    if anterior is None:
        padre.text = (padre.text or "") + cola
    else:
        anterior.tail = (anterior.tail or "") + cola
    nodo.tail = None
    padre.remove(nodo)
