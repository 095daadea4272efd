"""Las etiquetas de una parte de Word: hallarlas, curarlas y dejarlas sueltas en el XML.

Word parte «{{ nombre }}» entre varios runs, le cambia las comillas y le mete marcas
de ortografía. Aquí cada etiqueta queda reducida a un nodo `<?etiqueta n?>` en el
sitio y con el formato de su primera letra. Qué puede envolver una etiqueta y dónde
se cierra lo decide `estructura`; lo que dice por dentro, `expresiones`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from expediente.nucleo.errores import DatosInvalidos

# Los stubs de lxml dicen que todo nodo puede no tener padre; aquí siempre lo tiene.
Nodo = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
INSTRUCCION = "etiqueta"
_ESPACIO_XML = "{http://www.w3.org/XML/1998/namespace}space"

_EQUIVALE = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n",
    W + "noBreakHyphen": "-", W + "softHyphen": "",
}  # fmt: skip
# Lo borrado con control de cambios no se imprime; los estilos no llevan texto.
_SIN_TEXTO = {W + "pPr", W + "rPr", W + "del", W + "moveFrom", W + "p"}

_CIERRES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MARCA = re.compile(r"\{[{%#]|[}%]\}")
_CADENA = r'"[^"]*"|\'[^\']*\''
_COMILLAS = f"{_CADENA}|[\u2018-\u201f\u2032\u2033]"
_TIPOGRAFICAS = str.maketrans("“”„‟″‘’‚‛′", "\"\"\"\"\"'''''")
_SOBRANTES = str.maketrans("\n\r\t", "   ", "\u200b\ufeff\xad")
_FORMA = re.compile(r"(?P<nivel>tr|tc|p|r)\s+(?P<codigo>\S.*)", re.DOTALL)


@dataclass(frozen=True)
class Etiqueta:
    """Una etiqueta de la plantilla y el sitio donde una persona la encuentra.

    `clase` es «{{», «{%» o «{#»; `nivel` dice qué envuelve («p» párrafo, «tr»
    renglón, «tc» celda, «r» run) y es «» si sólo se envuelve a sí misma.
    `codigo` es lo de dentro, ya curado.
    """

    plantilla: str
    lugar: str
    texto: str
    clase: str
    nivel: str
    codigo: str

    def error(self, problema: str) -> DatosInvalidos:
        """Devuelve el error que nombra la plantilla, el lugar y la etiqueta."""
        donde = f"Plantilla {self.plantilla}, {self.lugar}"
        return DatosInvalidos(f"{donde}: «{self.texto}» {problema}")


@dataclass(frozen=True)
class Hallada:
    """Una etiqueta con su tramo en el texto del párrafo y si recorta a sus lados."""

    etiqueta: Etiqueta
    inicio: int
    fin: int
    recorta_antes: bool
    recorta_despues: bool


@dataclass(frozen=True)
class Union:
    """Un `{%-` al principio de su párrafo, o un `-%}` al final: pide juntar dos párrafos."""

    instruccion: Nodo
    parrafo: Nodo
    con_el_anterior: bool


def marcar(raiz: Nodo, plantilla: str, parte: str) -> list[Etiqueta]:
    """Cambia en el XML cada etiqueta por `<?etiqueta n?>` y las devuelve por número.

    Lanza DatosInvalidos si una etiqueta no se cierra o sobra una llave.
    """
    for marca in list(raiz.iter(W + "proofErr")):
        marca.getparent().remove(marca)
    etiquetas: list[Etiqueta] = []
    uniones: list[Union] = []
    tablas = {tabla: numero for numero, tabla in enumerate(raiz.iter(W + "tbl"), 1)}
    sueltos = 0
    for parrafo in list(raiz.iter(W + "p")):
        lugar = _lugar_en_tabla(parrafo, tablas)
        sueltos += not lugar
        piezas = list(_piezas(parrafo))
        texto = "".join(trozo for _, trozo in piezas)
        if _MARCA.search(texto):
            donde = f"{parte}, {lugar or f'párrafo {sueltos}'}"
            halladas = list(_hallar(texto, plantilla, donde))
            uniones += _poner(parrafo, piezas, texto, halladas, etiquetas)
    _juntar_parrafos(uniones)
    return etiquetas


def marcar_propiedades(raiz: Nodo, plantilla: str, parte: str) -> list[Etiqueta]:
    """Como `marcar`, para docProps/core.xml, donde cada elemento es un texto."""
    etiquetas: list[Etiqueta] = []
    for nodo in list(raiz):
        texto = nodo.text or ""
        if _MARCA.search(texto):
            halladas = list(_hallar(texto, plantilla, parte))
            _poner(nodo, [(nodo, texto)], texto, halladas, etiquetas)
    return etiquetas


def _lugar_en_tabla(parrafo: Nodo, tablas: dict[Nodo, int]) -> str:
    renglon = next(parrafo.iterancestors(W + "tr"), None)
    tabla = next(parrafo.iterancestors(W + "tbl"), None)
    if renglon is None or tabla is None:
        return ""
    numero = 1 + sum(1 for _ in renglon.itersiblings(W + "tr", preceding=True))
    return f"tabla {tablas[tabla]}, renglón {numero}"


def _piezas(nodo: Nodo) -> Iterator[tuple[Nodo, str]]:
    """Da los nodos con texto de un párrafo, sin entrar en los cuadros de texto."""
    for hijo in nodo:
        if hijo.tag == W + "t":
            yield hijo, hijo.text or ""
        elif hijo.tag in _EQUIVALE:
            yield hijo, _EQUIVALE[hijo.tag]
        elif hijo.tag not in _SIN_TEXTO:
            yield from _piezas(hijo)


def _hallar(texto: str, plantilla: str, lugar: str) -> Iterator[Hallada]:
    """Da las etiquetas de un texto, de izquierda a derecha."""
    llano = texto.translate(_TIPOGRAFICAS)
    posicion = 0
    while marca := _MARCA.search(llano, posicion):
        inicio, abre = marca.start(), marca.group()
        if abre not in _CIERRES:
            falta = "{{" if abre == "}}" else "{%"
            raise _suelta(plantilla, lugar, abre, f"está suelto: le falta «{falta}» antes.")
        fin = _fin(llano, marca.end(), abre)
        dentro = re.sub(_CADENA, "", llano[inicio + 2 : fin - 2]) if fin else "{{"
        if not fin or (abre != "{#" and ("{{" in dentro or "{%" in dentro)):
            visto = texto[inicio : inicio + 40].partition("\n")[0].strip()
            raise _suelta(plantilla, lugar, visto, f"no se cierra: le falta «{_CIERRES[abre]}».")
        yield _leer(texto[inicio:fin], inicio, plantilla, lugar)
        posicion = fin


def _suelta(plantilla: str, lugar: str, texto: str, problema: str) -> DatosInvalidos:
    return Etiqueta(plantilla, lugar, texto, "", "", "").error(problema)


def _fin(llano: str, desde: int, abre: str) -> int:
    """Devuelve dónde acaba la etiqueta, o 0 si no se cierra.

    Un cierre entre comillas no cuenta, salvo que las comillas estén cojas.
    """
    cierre = _CIERRES[abre]
    if abre != "{#":
        for hallado in re.finditer(f"{_CADENA}|{re.escape(cierre)}", llano[desde:]):
            if hallado.group() == cierre:
                return desde + hallado.end()
    return llano.find(cierre, desde) + len(cierre) if cierre in llano[desde:] else 0


def _leer(texto: str, inicio: int, plantilla: str, lugar: str) -> Hallada:
    dentro = re.sub(_COMILLAS, _enderezar, texto[2:-2].translate(_SOBRANTES))
    antes, despues = dentro.startswith("-"), dentro.endswith("-")
    dentro = dentro[1:] if dentro[:1] in ("-", "+") else dentro
    dentro = dentro[:-1] if dentro[-1:] in ("-", "+") else dentro
    forma = _FORMA.fullmatch(dentro)
    nivel, codigo = (forma["nivel"], forma["codigo"]) if forma else ("", dentro)
    etiqueta = Etiqueta(plantilla, lugar, texto.strip(), texto[:2], nivel, codigo.strip())
    if etiqueta.clase == "{{" and nivel not in ("", "r"):
        raise etiqueta.error(f"no se puede imprimir: escriba {{{{ {etiqueta.codigo} }}}}.")
    return Hallada(etiqueta, inicio, inicio + len(texto), antes, despues)


def _enderezar(hallado: re.Match[str]) -> str:
    """Cambia una comilla tipográfica por la recta; lo que va entre rectas queda igual."""
    trozo = hallado.group()
    return trozo if len(trozo) > 1 else trozo.translate(_TIPOGRAFICAS)


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
    # De la última a la primera, para que los tramos de las que faltan sigan valiendo.
    for numero, hallada in reversed(list(enumerate(halladas, primera))):
        instruccion = etree.ProcessingInstruction(INSTRUCCION, str(numero))
        _sustituir(piezas, hallada.inicio, hallada.fin, instruccion)
        if hallada.recorta_antes:
            _recortar_antes(instruccion)
            if hallada.etiqueta.clase == "{%" and not texto[: hallada.inicio].strip():
                uniones.insert(0, Union(instruccion, parrafo, con_el_anterior=True))
        if hallada.recorta_despues:
            instruccion.tail = (instruccion.tail or "").lstrip()
            if hallada.etiqueta.clase == "{%" and not texto[hallada.fin :].strip():
                uniones.append(Union(instruccion, parrafo, con_el_anterior=False))
    return uniones


def _sustituir(piezas: list[tuple[Nodo, str]], inicio: int, fin: int, instruccion: Nodo) -> None:
    """Cambia el tramo [inicio, fin) por la instrucción, en la pieza donde empieza."""
    desde = 0
    for nodo, trozo in piezas:
        a, b = max(inicio - desde, 0), min(fin - desde, len(trozo))
        empieza_aqui = desde <= inicio < desde + len(trozo)
        desde += len(trozo)
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
