"""Qué parte del documento envuelve cada etiqueta, y el XML convertido en texto de Jinja.

`{%p %}`, `{%tr %}`, `{%tc %}` y `{%r %}` ocupan el sitio del párrafo, renglón, celda
o run que las contiene. Cada bloque debe abrirse y cerrarse a la misma altura del
documento: así cualquier resultado está bien formado y no hay que comprobarlo carta
por carta.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from expediente.documentos.bloques import NIVELES, Altura, comprobar_bloques
from expediente.documentos.celdas import (
    DE_CELDA,
    ajustar_rejillas,
    llevar_a_la_celda,
    renumerar_dibujos,
)
from expediente.documentos.defecto import PlantillaMalEscrita
from expediente.documentos.etiquetas import Etiqueta, Malas, Nodo, W
from expediente.documentos.huecos import (
    FRAGILES,
    marcar_huecos,
    marcas_como_texto,
    rellenar_huecos,
)
from expediente.documentos.marcado import EN_ATRIBUTO, INSTRUCCION, quitar_conservando_lo_que_sigue
from expediente.documentos.rico import xml_incrustable

# Caracteres que el XML prohíbe: ningún texto de la plantilla puede fingir una etiqueta.
ABRE_BLOQUE, CIERRA_BLOQUE = "\x01", "\x02"
ABRE_VALOR, CIERRA_VALOR = "\x03", "\x04"
ABRE_COMENTARIO, CIERRA_COMENTARIO = "\x05", "\x06"

_CONTENEDORES = FRAGILES | {W + "body", W + "sdtContent"}

# Una instrucción, desnuda del elemento que le guardó el lugar en su celda, o un atributo.
_SITIO = re.compile(
    rf"<w:(gridSpan|vMerge|shd)><\?{INSTRUCCION} (\d+)\?></w:\1>"
    rf"|<\?{INSTRUCCION} (\d+)\?>|" + EN_ATRIBUTO.format(r"(\d+)")
)
# docxtpl escribe así («{_{», «%_}») las llaves que deben salir como llaves.
LLAVES_EN_LETRA = re.compile(rb"\{_[{%]|[}%]_\}")


@dataclass(frozen=True)
class Fuente:
    """Una parte lista para Jinja.

    La etiqueta n de `etiquetas` (desde 0) está en el renglón n + 2 de `texto`, que
    no tiene otros saltos: así un error de Jinja se traduce a su etiqueta. `arreglos`
    son los retoques que necesita el XML de cada carta; casi ninguna parte los pide.
    """

    texto: str
    etiquetas: tuple[Etiqueta, ...]
    arreglos: tuple[Callable[[str], str], ...] = ()


def fuente(raiz: Nodo, etiquetas: list[Etiqueta], malas: Malas) -> Fuente:
    """Levanta las etiquetas, comprueba los bloques y devuelve el texto para Jinja.

    Apunta en `malas` las que no pueden ir donde están y los bloques que no se cierran.
    """
    levantadas: set[Nodo] = set()
    for instruccion in list(_instrucciones(raiz)):
        # Varias etiquetas de un mismo párrafo o renglón se levantan de una vez.
        if instruccion not in levantadas:
            try:
                levantadas.update(_levantar(instruccion, etiquetas))
            except PlantillaMalEscrita as mala:
                malas.setdefault(_de(instruccion, etiquetas), mala.defectos[0].dicho)
    instrucciones = list(_instrucciones(raiz))
    comprobar_bloques([(_de(i, etiquetas), _altura(i)) for i in instrucciones], malas)
    hay_huecos = marcar_huecos(_lo_que_puede_vaciarse(raiz, instrucciones, etiquetas))
    llano = marcas_como_texto(etree.tostring(raiz, encoding="unicode").replace("\n", " "))
    llano = re.sub(LLAVES_EN_LETRA.pattern.decode(), lambda m: m[0].replace("_", ""), llano)
    en_orden: list[Etiqueta] = []

    def codigo(sitio: re.Match[str]) -> str:
        numero = int(sitio[2] or sitio[3] or sitio[4])
        if sitio[4] and (numero >= len(etiquetas) or etiquetas[numero].nivel != "atributo"):
            return sitio[0]  # un texto de la plantilla que finge ser una marca
        en_orden.append(etiquetas[numero])
        return codigo_jinja(en_orden[-1])

    texto = _SITIO.sub(codigo, llano)
    return Fuente(texto, tuple(en_orden), tuple(_arreglos(llano, hay_huecos, etiquetas)))


def _arreglos(
    llano: str, hay_huecos: bool, etiquetas: list[Etiqueta]
) -> Iterator[Callable[[str], str]]:
    """Da los retoques que puede necesitar cada carta, según las etiquetas de la parte."""
    if hay_huecos:
        yield rellenar_huecos
    if any(etiqueta.nivel in ("tc", "colspan", "hm") for etiqueta in etiquetas):
        yield ajustar_rejillas
    if "<wp:docPr" in llano and any(e.codigo.startswith("for ") for e in etiquetas):
        yield renumerar_dibujos


def _lo_que_puede_vaciarse(
    raiz: Nodo, instrucciones: list[Nodo], etiquetas: list[Etiqueta]
) -> Iterator[Nodo]:
    """Da los contenedores que pueden quedarse sin nada dentro en alguna carta."""
    if any(etiqueta.clase == "{#" and etiqueta.nivel for etiqueta in etiquetas):
        # El comentario ya se quitó, con su párrafo o su renglón, y no dice de dónde.
        yield from list(raiz.iter(*FRAGILES))
    for instruccion in instrucciones:
        if instruccion.getparent().tag in FRAGILES:
            yield instruccion.getparent()


def _instrucciones(raiz: Nodo) -> Iterator[Nodo]:
    yield from raiz.iter(etree.ProcessingInstruction)


def _de(instruccion: Nodo, etiquetas: list[Etiqueta]) -> Etiqueta:
    return etiquetas[int(instruccion.text or "")]


def codigo_jinja(etiqueta: Etiqueta) -> str:
    """Devuelve la etiqueta como la lee Jinja, en un renglón aparte."""
    # El espacio separa el código de la marca: «-» pegado a ella recortaría el texto.
    if etiqueta.clase == "{{":
        return f"{ABRE_VALOR}\n {etiqueta.codigo} {CIERRA_VALOR}"
    return f"{ABRE_BLOQUE}\n {etiqueta.codigo} {CIERRA_BLOQUE}"


def _levantar(instruccion: Nodo, etiquetas: list[Etiqueta]) -> list[Nodo]:
    """Levanta la etiqueta si le toca y devuelve las que se levantaron con ella."""
    etiqueta = _de(instruccion, etiquetas)
    run = next(instruccion.iterancestors(W + "r"), None)
    if etiqueta.clase == "{{" and etiqueta.nivel in ("p", "r"):
        parrafo = next(instruccion.iterancestors(W + "p"), None)
        con_formato = replace(etiqueta, run=_formato(run, "rPr"), parrafo=_formato(parrafo, "pPr"))
        etiquetas[int(instruccion.text or "")] = con_formato
    if etiqueta.nivel in ("p", "tr", "tc"):
        return _ocupar(instruccion, etiqueta, etiquetas)
    if etiqueta.nivel in DE_CELDA:
        llevar_a_la_celda(instruccion, etiqueta, etiquetas)
    elif etiqueta.clase == "{#":
        quitar_conservando_lo_que_sigue(instruccion)
    elif etiqueta.nivel == "r" and run is not None:
        _partir_run(instruccion)
    return []


def _formato(nodo: Nodo, propiedades: str) -> str:
    hallado = None if nodo is None else nodo.find(W + propiedades)
    return "" if hallado is None else xml_incrustable(hallado)


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

    Lanza PlantillaMalEscrita si está fuera de una tabla, o si al quitar lo que la
    contiene se perdería un texto, una imagen o un cambio de sección.
    """
    ocupado = next(instruccion.iterancestors(W + etiqueta.nivel), None)
    nombre = NIVELES[etiqueta.nivel]
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


def _altura(instruccion: Nodo) -> Altura:
    """Devuelve el contenedor de la etiqueta y lo que hay que abrir para llegar a ella."""
    camino: list[str] = []
    nodo = instruccion.getparent()
    while nodo.tag not in _CONTENEDORES and nodo.getparent() is not None:
        camino.append(str(nodo.tag))
        nodo = nodo.getparent()
    return nodo, tuple(camino)
