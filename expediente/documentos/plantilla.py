"""Una plantilla de Word: se compila una vez y se llena muchas.

Junta a los demás: `paquete` abre el .docx, `etiquetas` y `estructura` sacan de cada
parte un texto de Jinja, `expresiones` lo revisa y `entorno` lo calcula. Por carta
sólo se escriben las partes con etiquetas; el resto se copia ya comprimido.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from lxml import etree

from expediente.documentos import paquete
from expediente.documentos.entorno import ENTORNO
from expediente.documentos.estructura import NO_PERMITIDA, Fuente, fuente, rellenar_huecos
from expediente.documentos.etiquetas import Etiqueta, W, marcar, marcar_propiedades
from expediente.documentos.expresiones import Lectura, campos_pedidos
from expediente.documentos.faltante import LLENADO, Llenado
from expediente.documentos.impresion import imprimir, imprimir_en_linea
from expediente.nucleo.errores import DatosInvalidos

_PROPIEDADES = "docProps/core.xml"
_CABECERA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOMBRES = (
    (re.compile(r"word/document\d*\.xml"), "cuerpo"),
    (re.compile(r"word/header\d*\.xml"), "encabezado"),
    (re.compile(r"word/footer\d*\.xml"), "pie"),
    (re.compile(r"word/footnotes\.xml"), "nota al pie"),
    (re.compile(r"word/endnotes\.xml"), "nota al final"),
    (re.compile(re.escape(_PROPIEDADES)), "propiedades del documento"),
)
_ERRORES_DE_EXPRESION = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True)
class Parte:
    """Una parte del documento con etiquetas, compilada.

    `lugar` es como la llama una persona («encabezado») y `pide` los datos que usa.
    """

    miembro: str
    lugar: str
    fuente: Fuente
    jinja: Template
    pide: frozenset[str]

    def escribir(self, campos: dict[str, Any]) -> tuple[str, Llenado]:
        """Devuelve el XML de la parte y lo que faltó al escribirla."""
        llenado = Llenado()
        ficha = LLENADO.set(llenado)
        try:
            xml = "".join(self.jinja.root_render_func(self.jinja.new_context(campos)))
        except _ERRORES_DE_EXPRESION as error:
            # Sin la causa: el mensaje de Python puede citar el dato de una persona.
            raise self._error_al_calcular(error) from None
        finally:
            LLENADO.reset(ficha)
        return _CABECERA + (rellenar_huecos(xml) if self.fuente.fragil else xml), llenado

    def _error_al_calcular(self, error: Exception) -> DatosInvalidos:
        etiqueta = self.fuente.etiquetas[self._numero_en(error.__traceback__)]
        if isinstance(error, SecurityError):
            return etiqueta.error(f"no se puede usar: {NO_PERMITIDA}.")
        return etiqueta.error(
            "no se puede calcular con los datos de este caso; revise la etiqueta."
        )

    def _numero_en(self, rastro: TracebackType | None) -> int:
        numero = 0
        while rastro is not None:
            if rastro.tb_frame.f_code.co_filename == self.miembro:
                numero = self.jinja.get_corresponding_lineno(rastro.tb_lineno) - 2
            rastro = rastro.tb_next
        return max(numero, 0)


@dataclass(frozen=True)
class Plantilla:
    """Un .docx compilado. `nombre` es el del fichero."""

    nombre: str
    partes: tuple[Parte, ...]
    molde: paquete.Molde

    def campos(self) -> frozenset[str]:
        """Devuelve los datos que pide, con puntos; los de una lista, «filas[].folio»."""
        return frozenset().union(*(parte.pide for parte in self.partes))

    def llenar(self, campos: Mapping[str, object]) -> bytes:
        """Devuelve el .docx de una carta; a los mismos campos, los mismos bytes.

        Un campo en None falta; la cadena vacía no. Lanza DatosInvalidos con todos
        los datos que faltan, o si alguno no puede imprimirse.
        """
        presentes = {clave: valor for clave, valor in campos.items() if valor is not None}
        escritas = [(parte, *parte.escribir(presentes)) for parte in self.partes]
        problemas = [
            problema for parte, _, llenado in escritas for problema in _problemas(parte, llenado)
        ]
        if problemas:
            raise DatosInvalidos(f"Plantilla {self.nombre}, {'; '.join(problemas)}.")
        return self.molde.cerrar(xml.encode() for _, xml, _ in escritas)


# El membrete y el pie son los mismos en todas las plantillas: se compilan una vez.
PARTES_EN_MEMORIA = 256
_COMPILADAS: dict[tuple[str, str], tuple[Template, frozenset[str]]] = {}


def compilar(ruta: Path) -> Plantilla:
    """Lee y compila una plantilla; mientras el fichero no cambie, una sola vez.

    Lanza NoExiste si no está; DatosInvalidos si no es un .docx de fiar o si una de
    sus etiquetas está mal escrita, con el lugar y el remedio.
    """
    try:
        fichero = ruta.stat()
    except OSError:
        return _leer_y_compilar(ruta)  # dice por qué no se puede leer
    return _recordar(ruta, fichero.st_mtime_ns, fichero.st_size)


@lru_cache(maxsize=32)
def _recordar(ruta: Path, _modificado_ns: int, _bytes: int) -> Plantilla:
    return _leer_y_compilar(ruta)


def _leer_y_compilar(ruta: Path) -> Plantilla:
    miembros = paquete.leer_paquete(ruta)
    partes = tuple(
        parte
        for miembro in miembros.values()
        if (lugar := _lugar_de(miembro.nombre))
        if (parte := _compilar_parte(miembro, ruta.name, lugar)) is not None
    )
    molde = paquete.moldear(miembros, [parte.miembro for parte in partes])
    return Plantilla(ruta.name, partes, molde)


def _lugar_de(miembro: str) -> str:
    return next((lugar for patron, lugar in _NOMBRES if patron.fullmatch(miembro)), "")


def _compilar_parte(miembro: paquete.Miembro, plantilla: str, lugar: str) -> Parte | None:
    """Compila una parte, o devuelve None si no tiene etiquetas."""
    raiz = _leer_xml(miembro, plantilla, lugar)
    marca: Callable[..., list[Etiqueta]] = marcar
    escribe: Callable[[Any, int], str] = imprimir
    if miembro.nombre == _PROPIEDADES:
        marca, escribe = marcar_propiedades, imprimir_en_linea
    etiquetas = marca(raiz, plantilla, lugar)
    if not etiquetas:
        return None
    texto = fuente(raiz, etiquetas)
    clave = (miembro.nombre, texto.texto)
    if clave not in _COMPILADAS:
        if len(_COMPILADAS) >= PARTES_EN_MEMORIA:
            _COMPILADAS.clear()
        lectura = Lectura(texto.etiquetas, escribe)
        jinja = _compilar_jinja(texto, lectura, miembro.nombre)
        _COMPILADAS[clave] = jinja, campos_pedidos(lectura.rutas)
    return Parte(miembro.nombre, lugar, texto, *_COMPILADAS[clave])


def _leer_xml(miembro: paquete.Miembro, plantilla: str, lugar: str) -> etree._Element:
    lector = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        raiz = etree.fromstring(miembro.contenido, lector)
    except etree.XMLSyntaxError as error:
        raise DatosInvalidos(
            f"Plantilla {plantilla}, {lugar}: está dañada; ábrala en Word y guárdela de nuevo."
        ) from error
    if miembro.nombre != _PROPIEDADES and raiz.nsmap.get("w") != W[1:-1]:
        raise DatosInvalidos(
            f"Plantilla {plantilla}, {lugar}: está guardada en una variante de Word que no se "
            "reconoce; guárdela en Word como «Documento de Word (.docx)»."
        )
    return raiz


def _compilar_jinja(texto: Fuente, lectura: Lectura, miembro: str) -> Template:
    try:
        arbol = ENTORNO.parse(texto.texto, miembro, miembro)
        lectura.leer(arbol)
        codigo = ENTORNO.compile(arbol, miembro, miembro)
    except TemplateSyntaxError as error:
        etiqueta = texto.etiquetas[max(error.lineno - 2, 0)]
        raise etiqueta.error(_remedio(error)) from error
    return Template.from_code(ENTORNO, codigo, {})


def _remedio(error: TemplateSyntaxError) -> str:
    sobra = re.search(r"expected token '[^']*', got '(\w+)'", error.message or "")
    if sobra:
        return (
            f"no se entiende a partir de «{sobra[1]}»; el nombre de un dato va sin espacios "
            "(así: primer_apellido)."
        )
    return "no se entiende; revise que no falte un nombre, una coma, una comilla o un paréntesis."


def _problemas(parte: Parte, llenado: Llenado) -> Iterator[str]:
    """Da lo que impide la carta, dicho una vez por parte aunque se imprima diez."""
    etiquetas = parte.fuente.etiquetas
    faltan = dict.fromkeys(
        ruta
        for numero, rutas in llenado.faltantes
        for ruta in (rutas or (etiquetas[numero].codigo,))
    )
    if faltan:
        verbo = "falta" if len(faltan) == 1 else "faltan"
        yield f"{parte.lugar}: {verbo} {', '.join(f'«{ruta}»' for ruta in faltan)}"
    for numero, porque in dict.fromkeys(llenado.ajenos):
        yield f"{etiquetas[numero].lugar}: «{etiquetas[numero].codigo}» {porque}"
