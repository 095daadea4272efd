"""Texto con formato que viene de los datos: negritas, cursivas, color, tamaño…

El formato de un trozo se suma al de la etiqueta que lo imprime. Se puede armar en
Python (`TextoRico`) o escribirse en el propio dato, con el filtro `rico`:
`**negrita**`, `*cursiva*`, `__subrayado__`, `~~tachado~~`, `^^arriba^^` y `,,abajo,,`.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from lxml import etree

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_DECLARADO = f' xmlns:w="{_NS}"'
_RAIZ = f"<w:rPr{_DECLARADO}"
# El orden en que el esquema de Word exige las propiedades que aquí se tocan.
_ORDEN = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
    "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
    "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish",
    "oMath",
)  # fmt: skip
_MARCAS = {
    "**": ("negrita", True),
    "*": ("cursiva", True),
    "__": ("subrayado", True),
    "~~": ("tachado", True),
    "^^": ("posicion", "arriba"),
    ",,": ("posicion", "abajo"),
}
_FICHA = re.compile(r"\\[\\*_~^,]|\*\*|\*|__|~~|\^\^|,,")
_COLOR = re.compile(r"#?[0-9A-Fa-f]{6}")
_POSICIONES = {"arriba": "superscript", "abajo": "subscript"}
_TAMANO_MAXIMO = 400


@dataclass(frozen=True)
class Formato:
    """Lo que un trozo añade al formato de su etiqueta; lo que no dice, se queda igual.

    `posicion` es «arriba» (superíndice) o «abajo»; `color` y `fondo`, seis cifras
    hexadecimales; `tamano`, puntos; `estilo`, el id de un estilo de carácter.
    """

    negrita: bool = False
    cursiva: bool = False
    subrayado: bool = False
    tachado: bool = False
    posicion: str = ""
    color: str = ""
    fondo: str = ""
    tamano: float = 0
    letra: str = ""
    estilo: str = ""


CLAVES_DE_FORMATO = frozenset(campo.name for campo in fields(Formato))


@dataclass(frozen=True)
class Trozo:
    """Un texto seguido con un solo formato."""

    texto: str
    formato: Formato = Formato()


@dataclass(frozen=True)
class TextoRico:
    """Trozos que se imprimen uno tras otro.

    `estilo_de_parrafo` (su id) sólo cuenta cuando se imprime como párrafos, con `{{p }}`.
    """

    trozos: tuple[Trozo, ...]
    estilo_de_parrafo: str = ""

    def __str__(self) -> str:
        return "".join(trozo.texto for trozo in self.trozos)

    def renglones(self) -> Iterator["TextoRico"]:
        """Parte el texto en sus renglones, cada uno con sus trozos."""
        renglon: list[Trozo] = []
        for trozo in self.trozos:
            primero, *otros = trozo.texto.split("\n")
            renglon.append(replace(trozo, texto=primero))
            for otro in otros:
                yield replace(self, trozos=tuple(renglon))
                renglon = [replace(trozo, texto=otro)]
        yield replace(self, trozos=tuple(renglon))


def color_hexadecimal(valor: Any) -> str:
    """Devuelve un color como «C00000», lleve o no almohadilla; ValueError si no lo es."""
    texto = str(valor).strip()
    if not _COLOR.fullmatch(texto):
        raise ValueError("un color son seis cifras hexadecimales")
    return texto.removeprefix("#").upper()


def leer_rico(valor: Any, **formato: Any) -> TextoRico:
    """Lee las marcas de un texto; `formato` se suma a todos sus trozos.

    Una marca abre pegada a lo que sigue y cierra pegada a lo anterior; la que no hace
    pareja se imprime tal cual, y una diagonal inversa delante la deja en letra.
    Lanza ValueError si el formato no se entiende.
    """
    comun = _formato_de(formato)
    if isinstance(valor, TextoRico):
        return replace(
            valor,
            trozos=tuple(replace(t, formato=_sumar(t.formato, formato)) for t in valor.trozos),
        )
    texto = str(valor).replace("\r\n", "\n")
    return TextoRico(tuple(_trozos(texto, comun)))


def _formato_de(pedido: dict[str, Any]) -> Formato:
    if not pedido.keys() <= CLAVES_DE_FORMATO:
        raise ValueError("ese formato no existe")
    if pedido.get("posicion", "") not in ("", *_POSICIONES):
        raise ValueError("la posición es arriba o abajo")
    limpio = dict(pedido)
    for clave in ("color", "fondo"):
        if limpio.get(clave):
            limpio[clave] = color_hexadecimal(limpio[clave])
    if not 0 <= float(limpio.get("tamano", 0)) <= _TAMANO_MAXIMO:
        raise ValueError("el tamaño se da en puntos")
    return Formato(**limpio)


def _sumar(formato: Formato, pedido: dict[str, Any]) -> Formato:
    nuevo = _formato_de(pedido)
    return replace(formato, **{clave: getattr(nuevo, clave) for clave in pedido})


def _trozos(texto: str, formato: Formato) -> Iterator[Trozo]:
    fichas = list(_FICHA.finditer(texto))
    ultimo_cierre = {f.group(): f.start() for f in fichas if _pegada_antes(texto, f)}
    abiertas: set[str] = set()
    seguido, desde = "", 0
    for ficha in fichas:
        marca = ficha.group()
        seguido += texto[desde : ficha.start()]
        desde = ficha.end()
        cierra = marca in abiertas and _pegada_antes(texto, ficha)
        abre = marca in _MARCAS and marca not in abiertas and _pegada_despues(texto, ficha)
        if cierra or (abre and ultimo_cierre.get(marca, -1) > ficha.end()):
            if seguido:
                yield Trozo(seguido, _con(formato, abiertas))
            seguido = ""
            abiertas ^= {marca}
        else:
            seguido += marca[1] if marca.startswith("\\") else marca
    seguido += texto[desde:]
    if seguido:
        yield Trozo(seguido, _con(formato, abiertas))


def _pegada_antes(texto: str, ficha: re.Match[str]) -> bool:
    return ficha.start() > 0 and not texto[ficha.start() - 1].isspace()


def _pegada_despues(texto: str, ficha: re.Match[str]) -> bool:
    return ficha.end() < len(texto) and not texto[ficha.end()].isspace()


def _con(formato: Formato, abiertas: set[str]) -> Formato:
    cambios: dict[str, Any] = dict(_MARCAS[marca] for marca in sorted(abiertas))
    return replace(formato, **cambios)


@lru_cache(maxsize=512)
def propiedades_de_run(base: str, formato: Formato) -> str:
    """Devuelve el `<w:rPr>` de la etiqueta (`base`, o «») con el formato sumado."""
    if formato == Formato():
        return base
    raiz = etree.fromstring((base or "<w:rPr></w:rPr>").replace("<w:rPr", _RAIZ, 1))
    for nombre, atributos in _propiedades(formato):
        vieja = raiz.find(_W + nombre)
        if vieja is not None:
            raiz.remove(vieja)
        raiz.append(etree.Element(_W + nombre, {_W + k: v for k, v in atributos.items()}))
    raiz[:] = sorted(raiz, key=_lugar_en_el_esquema)
    return xml_incrustable(raiz)


def _lugar_en_el_esquema(propiedad: Any) -> int:
    nombre = str(propiedad.tag).removeprefix(_W)
    return _ORDEN.index(nombre) if nombre in _ORDEN else len(_ORDEN)


def _propiedades(formato: Formato) -> Iterator[tuple[str, dict[str, str]]]:
    if formato.estilo:
        yield "rStyle", {"val": formato.estilo}
    if formato.letra:
        yield "rFonts", dict.fromkeys(("ascii", "hAnsi", "cs"), formato.letra)
    for clave, nombre in (("negrita", "b"), ("cursiva", "i"), ("tachado", "strike")):
        if getattr(formato, clave):
            yield nombre, {}
    if formato.color:
        yield "color", {"val": formato.color}
    if formato.tamano:
        # Word mide la letra en medios puntos.
        medios = str(round(formato.tamano * 2))
        yield "sz", {"val": medios}
        yield "szCs", {"val": medios}
    if formato.subrayado:
        yield "u", {"val": "single"}
    if formato.fondo:
        yield "shd", {"val": "clear", "color": "auto", "fill": formato.fondo}
    if formato.posicion:
        yield "vertAlign", {"val": _POSICIONES[formato.posicion]}


def xml_incrustable(nodo: Any) -> str:
    """Escribe un elemento para ponerlo en otro sitio de su parte, que ya declara «w»."""
    suelto = deepcopy(nodo)
    suelto.tail = None
    etree.cleanup_namespaces(suelto, keep_ns_prefixes=["w"])
    return etree.tostring(suelto, encoding="unicode").replace(_DECLARADO, "", 1)
