"""Los estilos, la letra y las listas de un documento, y lo que da por dicho sin escribirlo."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from expediente.documentos.etiquetas import Nodo, W
from expediente.documentos.piezas_de_word import leer_nodo

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VALOR, _CLAVE = W + "val", W + "styleId"
_LETRAS = {
    "asciiTheme": "ascii",
    "hAnsiTheme": "hAnsi",
    "eastAsiaTheme": "eastAsia",
    "cstheme": "cs",
}


def en_orden(nombres: str) -> dict[str, int]:
    """El lugar que el formato pide a cada elemento, de sus nombres en orden."""
    return {W + nombre: lugar for lugar, nombre in enumerate(nombres.split())}


# El orden que pide el formato a lo que puede haber en las omisiones de un documento.
_ORDEN_DE_LETRA = en_orden(
    "rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
_ORDEN_DE_PARRAFO = en_orden(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
)


@dataclass
class HojaDeEstilos:
    """Los estilos, la letra del tema y las listas de un documento, ya leídos."""

    estilos: Nodo
    tema: Nodo | None
    listas: Nodo | None
    por_clave: dict[str, Nodo] = field(init=False)

    def __post_init__(self) -> None:
        """Deja a la mano cada estilo por su clave."""
        self.por_clave = {n.get(_CLAVE): n for n in self.estilos.iter(W + "style")}

    @property
    def parrafo_normal(self) -> str | None:
        """La clave del estilo de un párrafo que no dice cuál."""
        return next(
            (clave for clave, n in self.por_clave.items()
             if n.get(W + "type") == "paragraph" and n.get(W + "default") in ("1", "true", "on")),
            None,
        )  # fmt: skip

    def letra(self, cual: str) -> str | None:
        """La letra que el tema llama así (`minorHAnsi`…); None si no la dice."""
        if self.tema is None:
            return None
        familia = self.tema.find(f".//{_A}{cual[:5]}Font")
        nodo = familia.find(f"{_A}latin") if familia is not None else None
        return nodo.get("typeface") if nodo is not None else None

    def lista_del_estilo(self, clave: str) -> tuple[str, str] | None:
        """(lista, nivel) que un estilo, o aquel de que hereda, pone a sus párrafos."""
        vistos: set[str] = set()
        while clave in self.por_clave and clave not in vistos:
            vistos.add(clave)
            estilo = self.por_clave[clave]
            numero = estilo.find(f"{W}pPr/{W}numPr/{W}numId")
            if numero is not None:
                nivel = estilo.find(f"{W}pPr/{W}numPr/{W}ilvl")
                return numero.get(_VALOR), "0" if nivel is None else nivel.get(_VALOR)
            base = estilo.find(W + "basedOn")
            clave = "" if base is None else base.get(_VALOR)
        return None


def leer_hoja_de_estilos(estilos: bytes, tema: bytes | None, listas: bytes | None) -> HojaDeEstilos:
    """La hoja de un documento, de sus piezas."""
    return HojaDeEstilos(
        leer_nodo(estilos),
        leer_nodo(tema) if tema else None,
        leer_nodo(listas) if listas else None,
    )


def escribir_omisiones(estilo: Nodo, estilos: Nodo) -> None:
    """Escribe en un estilo de párrafo sin base lo que su documento daba por dicho."""
    if estilo.get(W + "type") != "paragraph" or estilo.find(W + "basedOn") is not None:
        return
    for etiqueta, orden in (("pPr", _ORDEN_DE_PARRAFO), ("rPr", _ORDEN_DE_LETRA)):
        omision = estilos.find(f"{W}docDefaults/{W}{etiqueta}Default/{W}{etiqueta}")
        if omision is not None and len(omision):
            _completar(estilo, etiqueta, omision, orden)


def _completar(estilo: Nodo, etiqueta: str, omision: Nodo, orden: Mapping[str, int]) -> None:
    propia = estilo.find(W + etiqueta)
    if propia is None:
        propia = etree.Element(W + etiqueta)
        letra = estilo.find(W + "rPr") if etiqueta == "pPr" else None
        estilo.insert(len(estilo) if letra is None else estilo.index(letra), propia)
    faltan = [deepcopy(hijo) for hijo in omision if propia.find(hijo.tag) is None]
    todos = [*propia, *faltan]
    propia[:] = sorted(todos, key=lambda hijo: orden.get(hijo.tag, len(orden)))


def decir_letra(texto: Nodo, hoja: HojaDeEstilos) -> None:
    """Cambia las letras y colores del tema por los que ese tema dice."""
    for nodo in texto.iter(W + "rFonts"):
        for del_tema, cual in _LETRAS.items():
            pedida = nodo.attrib.pop(W + del_tema, None)
            if pedida and (letra := hoja.letra(pedida)):
                nodo.set(W + cual, letra)
    for nodo in texto.iter():
        for atributo in [a for a in nodo.attrib if a.startswith(W + "theme")]:
            del nodo.attrib[atributo]
