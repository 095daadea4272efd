"""Qué parte del documento envuelve cada etiqueta, y el XML convertido en texto de Jinja.

`{%p %}`, `{%tr %}`, `{%tc %}` y `{%r %}` ocupan el sitio del párrafo, renglón, celda
o run que las contiene. Cada bloque debe abrirse y cerrarse a la misma altura del
documento: así cualquier resultado está bien formado y no hay que comprobarlo carta
por carta.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from expediente.documentos.etiquetas import INSTRUCCION, Etiqueta, Nodo, W
from expediente.nucleo.errores import DatosInvalidos, sugerencia

# Caracteres que el XML prohíbe: ningún texto de la plantilla puede fingir una etiqueta.
ABRE_BLOQUE, CIERRA_BLOQUE = "\x01", "\x02"
ABRE_VALOR, CIERRA_VALOR = "\x03", "\x04"
ABRE_COMENTARIO, CIERRA_COMENTARIO = "\x05", "\x06"

NO_PERMITIDA = "la plantilla usa una expresión no permitida"

_NOMBRES = {"p": "párrafo", "tr": "renglón de tabla", "tc": "celda", "r": "run"}
_CIERRE_DE = {"if": "endif", "for": "endfor"}
_INTERMEDIAS = {"elif": ("if",), "else": ("if", "for")}
_PALABRAS = (*_CIERRE_DE, *_INTERMEDIAS, *_CIERRE_DE.values(), "set")
_PROHIBIDAS = frozenset((
    "autoescape", "block", "break", "call", "continue", "do", "extends", "filter", "from",
    "import", "include", "macro", "raw", "set", "trans", "with",
))  # fmt: skip
_CON_PARRAFO = ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent")
_DEBEN_TENER_PARRAFO = "|".join(_CON_PARRAFO)
_FRAGILES = frozenset(W + nombre for nombre in (*_CON_PARRAFO, "tbl", "tr"))
_CONTENEDORES = _FRAGILES | {W + "body", W + "sdtContent"}

_RENGLON_SIN_CELDAS = re.compile(r"<w:tr(?: [^>]*)?>(?:(?!<w:tc[ >]|</w:tr>).)*</w:tr>", re.DOTALL)
_TABLA_SIN_RENGLONES = re.compile(r"<w:tbl>(?:(?!<w:tr[ >]|</w:tbl>).)*</w:tbl>", re.DOTALL)
_SIN_PARRAFO = re.compile(
    rf"(<w:(?:{_DEBEN_TENER_PARRAFO})(?: [^>]*)?>|</w:tcPr>|<w:tcPr/>|</w:tbl>)"
    rf"(?=</w:(?:{_DEBEN_TENER_PARRAFO})>)"
)


@dataclass(frozen=True)
class Fuente:
    """Una parte lista para Jinja.

    La etiqueta n de `etiquetas` (desde 0) está en el renglón n + 2 de `texto`, que
    no tiene otros saltos: así un error de Jinja se traduce a su etiqueta. `fragil`
    dice si un bloque vacío puede dejar una celda o una tabla sin nada dentro.
    """

    texto: str
    etiquetas: tuple[Etiqueta, ...]
    fragil: bool


def fuente(raiz: Nodo, etiquetas: list[Etiqueta]) -> Fuente:
    """Levanta las etiquetas, comprueba los bloques y devuelve el texto para Jinja."""
    levantadas: set[Nodo] = set()
    for instruccion in list(_instrucciones(raiz)):
        # Varias etiquetas de un mismo párrafo o renglón se levantan de una vez.
        if instruccion not in levantadas:
            levantadas.update(_levantar(instruccion, etiquetas))
    instrucciones = list(_instrucciones(raiz))
    en_orden = tuple(_de(instruccion, etiquetas) for instruccion in instrucciones)
    _comprobar_bloques(list(zip(en_orden, map(_altura, instrucciones), strict=True)))
    fragil = any(instruccion.getparent().tag in _FRAGILES for instruccion in instrucciones) or any(
        etiqueta.clase == "{#" and etiqueta.nivel for etiqueta in etiquetas
    )
    llano = etree.tostring(raiz, encoding="unicode").replace("\n", " ")
    codigos = map(_codigo_jinja, en_orden)
    texto = re.sub(rf"<\?{INSTRUCCION} \d+\?>", lambda _: next(codigos), llano)
    return Fuente(texto, en_orden, fragil)


def rellenar_huecos(xml: str) -> str:
    """Quita renglones y tablas que quedaron vacíos y pone un párrafo donde Word lo exige."""
    sin_renglones = _RENGLON_SIN_CELDAS.sub("", xml)
    return _SIN_PARRAFO.sub(r"\1<w:p/>", _TABLA_SIN_RENGLONES.sub("", sin_renglones))


def _instrucciones(raiz: Nodo) -> Iterator[Nodo]:
    yield from raiz.iter(etree.ProcessingInstruction)


def _de(instruccion: Nodo, etiquetas: list[Etiqueta]) -> Etiqueta:
    return etiquetas[int(instruccion.text or "")]


def _codigo_jinja(etiqueta: Etiqueta) -> str:
    # El espacio separa el código de la marca: «-» pegado a ella recortaría el texto.
    if etiqueta.clase == "{{":
        return f"{ABRE_VALOR}\n {etiqueta.codigo} {CIERRA_VALOR}"
    return f"{ABRE_BLOQUE}\n {etiqueta.codigo} {CIERRA_BLOQUE}"


def _levantar(instruccion: Nodo, etiquetas: list[Etiqueta]) -> list[Nodo]:
    """Levanta la etiqueta si le toca y devuelve las que se levantaron con ella."""
    etiqueta = _de(instruccion, etiquetas)
    if etiqueta.nivel in ("p", "tr", "tc"):
        return _ocupar(instruccion, etiqueta, etiquetas)
    if etiqueta.clase == "{#":
        _quitar_dejando_texto(instruccion)
    elif etiqueta.nivel == "r" and etiqueta.clase == "{%":
        _partir_run(instruccion)
    return []


def _partir_run(instruccion: Nodo) -> None:
    """Parte en dos el run de la etiqueta, cada mitad con su formato, y la deja en medio."""
    texto = instruccion.getparent()
    run = next(instruccion.iterancestors(W + "r"))
    segundo: Nodo = etree.Element(run.tag, dict(run.attrib))
    propiedades = run.find(W + "rPr")
    if propiedades is not None:
        segundo.append(deepcopy(propiedades))
    resto = etree.SubElement(segundo, texto.tag, dict(texto.attrib))
    resto.text, instruccion.tail = instruccion.tail, None
    for hermana in list(instruccion.itersiblings()):
        resto.append(hermana)
    for hermano in list(texto.itersiblings()):
        segundo.append(hermano)
    run.addnext(segundo)
    run.addnext(instruccion)
    for mitad in (run, segundo):
        if not _tiene_algo(mitad):
            mitad.getparent().remove(mitad)


def _tiene_algo(run: Nodo) -> bool:
    return any(
        hijo.text or len(hijo) if hijo.tag == W + "t" else hijo.tag != W + "rPr" for hijo in run
    )


def _ocupar(instruccion: Nodo, etiqueta: Etiqueta, etiquetas: list[Etiqueta]) -> list[Nodo]:
    """Pone la etiqueta en el sitio del párrafo, renglón o celda que la contiene.

    Devuelve todas las de ese sitio, que se levantan con ella.

    Lanza DatosInvalidos si está fuera de una tabla, o si al quitar lo que la
    contiene se perdería un texto, una imagen o un cambio de sección.
    """
    ocupado = next(instruccion.iterancestors(W + etiqueta.nivel), None)
    nombre = _NOMBRES[etiqueta.nivel]
    if ocupado is None:
        raise etiqueta.error(f"sólo puede ir dentro de una tabla: envuelve un {nombre}.")
    todas = list(_instrucciones(ocupado))
    valen = [otra for otra in todas if _de(otra, etiquetas).clase != "{#"]
    if any(_de(otra, etiquetas).nivel != etiqueta.nivel for otra in valen) or _se_perderia(ocupado):
        raise etiqueta.error(
            f"debe ir sola en su {nombre}, que desaparece al imprimir; pase lo demás a otro."
        )
    for otra in valen:
        otra.tail = None
        ocupado.addprevious(otra)
    ocupado.getparent().remove(ocupado)
    return todas


def _se_perderia(ocupado: Nodo) -> bool:
    texto = "".join(
        (nodo.text or "") + "".join(hijo.tail or "" for hijo in nodo)
        for nodo in ocupado.iter(W + "t")
    )
    estorbos = (W + "drawing", W + "pict", W + "object", W + "sectPr")
    return bool(texto.strip()) or next(ocupado.iter(*estorbos), None) is not None


def _quitar_dejando_texto(instruccion: Nodo) -> None:
    padre, anterior = instruccion.getparent(), instruccion.getprevious()
    cola = instruccion.tail or ""
    if anterior is None:
        padre.text = (padre.text or "") + cola
    else:
        anterior.tail = (anterior.tail or "") + cola
    instruccion.tail = None
    padre.remove(instruccion)


def _altura(instruccion: Nodo) -> tuple[Nodo, tuple[str, ...]]:
    """Devuelve el contenedor de la etiqueta y lo que hay que abrir para llegar a ella."""
    camino: list[str] = []
    nodo = instruccion.getparent()
    while nodo.tag not in _CONTENEDORES and nodo.getparent() is not None:
        camino.append(str(nodo.tag))
        nodo = nodo.getparent()
    return nodo, tuple(camino)


def _comprobar_bloques(
    etiquetas: list[tuple[Etiqueta, tuple[Nodo, tuple[str, ...]]]],
) -> None:
    """Lanza DatosInvalidos si un bloque no se cierra, o no donde se abrió."""
    abiertas: list[tuple[Etiqueta, str, tuple[Nodo, tuple[str, ...]]]] = []
    for etiqueta, altura in etiquetas:
        palabra = _palabra(etiqueta)
        if palabra in _CIERRE_DE:
            abiertas.append((etiqueta, palabra, altura))
        elif palabra not in ("", "set"):
            if not abiertas:
                raise etiqueta.error("está de más: antes no se abrió ningún if ni for.")
            abierta, clase, altura_de_abierta = abiertas[-1]
            if palabra not in (_CIERRE_DE[clase], *_intermedias_de(clase)):
                raise _sin_cierre(abierta, clase)
            if altura != altura_de_abierta:
                raise etiqueta.error(
                    f"no está a la misma altura que «{abierta.texto}» ({abierta.lugar}): póngalas "
                    "en la misma celda o fuera de la tabla, y las dos con p, tr, tc, r o sin nada."
                )
            if palabra == _CIERRE_DE[clase]:
                abiertas.pop()
    if abiertas:
        raise _sin_cierre(*abiertas[-1][:2])


def _intermedias_de(clase: str) -> Iterator[str]:
    return (palabra for palabra, clases in _INTERMEDIAS.items() if clase in clases)


def _sin_cierre(abierta: Etiqueta, clase: str) -> DatosInvalidos:
    return abierta.error(f"no se cierra: le falta «{{%{abierta.nivel} {_CIERRE_DE[clase]} %}}».")


def _palabra(etiqueta: Etiqueta) -> str:
    """Devuelve la palabra de un bloque («if», «endfor»…), o «» si es un valor.

    Lanza DatosInvalidos si la palabra no es de este dialecto.
    """
    if etiqueta.clase == "{{":
        return ""
    hallada = re.match(r"\w+", etiqueta.codigo)
    palabra = hallada.group() if hallada else ""
    if palabra in _PALABRAS:
        return palabra
    if palabra in _PROHIBIDAS or palabra.removeprefix("end") in _PROHIBIDAS:
        raise etiqueta.error(f"no se puede usar: {NO_PERMITIDA}.")
    if palabra in _NOMBRES:
        raise etiqueta.error(f"lleva un espacio de más: escriba «{{%{etiqueta.codigo} %}}».")
    raise etiqueta.error(
        f"no se reconoce: «{palabra}» no es una orden.{sugerencia(palabra, _PALABRAS)} "
        f"Se puede usar: {', '.join(_PALABRAS)}."
    )
