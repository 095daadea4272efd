"""Una plantilla de Word: se compila una vez y se llena muchas.

Junta a los demás: `paquete` abre el .docx, `etiquetas` y `estructura` sacan de cada
parte un texto de Jinja, `expresiones` lo revisa y `entorno` lo calcula. Por carta
sólo se escriben las partes con etiquetas; el resto se copia ya comprimido.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import monotonic

from jinja2 import Template
from lxml import etree

from expediente.documentos import paquete
from expediente.documentos.defecto import Defecto, Pedido, PlantillaMalEscrita
from expediente.documentos.estructura import LLAVES_EN_LETRA, fuente
from expediente.documentos.etiquetas import Malas, W
from expediente.documentos.expresiones import campos_pedidos
from expediente.documentos.faltante import Llenado
from expediente.documentos.imagenes import (
    Dibujos,
    declarar_tipos,
    problema_de_imagenes,
    relaciones_abiertas,
    usa_dibujos,
)
from expediente.documentos.lo_que_falta import faltan
from expediente.documentos.marcado import marcar, marcar_propiedades
from expediente.documentos.parte import Parte, problemas_de
from expediente.documentos.piezas_de_word import rels_de
from expediente.documentos.presupuesto import MAXIMOS_SEGUNDOS, Presupuesto
from expediente.documentos.sintaxis import compilar_fuente, defectos_en_orden, revisar_una_por_una
from expediente.nucleo.errores import DatosInvalidos

MAXIMO_XML = 4 * 2**20
MAXIMO_CODIGO = 150_000
_PROPIEDADES = "docProps/"
_TIPOS = "[Content_Types].xml"
_NOMBRES = (
    (re.compile(r"word/document\d*\.xml"), "cuerpo"),
    (re.compile(r"word/header\d*\.xml"), "encabezado"),
    (re.compile(r"word/footer\d*\.xml"), "pie"),
    (re.compile(r"word/footnotes\.xml"), "nota al pie"),
    (re.compile(r"word/endnotes\.xml"), "nota al final"),
    (re.compile(r"docProps/(core|app|custom)\.xml"), "propiedades del documento"),
)


@dataclass(frozen=True)
class Plantilla:
    """Un .docx compilado. `nombre` es el del fichero.

    `relaciones` son los .rels de las partes que piden imágenes: `{parte: contenido}`.
    """

    nombre: str
    partes: tuple[Parte, ...]
    molde: paquete.Molde
    relaciones: Mapping[str, bytes] = field(default_factory=dict)

    def campos(self) -> frozenset[str]:
        """Devuelve los datos que pide, con puntos; los de una lista, «filas[].folio»."""
        return frozenset().union(*(campos_pedidos(parte.pide) for parte in self.partes))

    def pedidos(self) -> tuple[Pedido, ...]:
        """Devuelve cada dato que pide, las veces que lo pide, como se lee el documento.

        También los que sólo llevan a otro: de «{{ a.b }}» y «{{ a }}», los dos.
        """
        return tuple(pedido for parte in self.partes for pedido in _pedidos_de(parte))

    def que_falta(self, campos: Mapping[str, object]) -> tuple[Pedido, ...]:
        """Devuelve lo que a esos campos les falta, con cada etiqueta que lo imprime.

        Lanza DatosInvalidos si una etiqueta no se puede calcular.
        """
        return tuple(
            Pedido(ruta, etiqueta.lugar, etiqueta.texto)
            for parte, _, llenado in self._escritas(campos)
            for numero, rutas in llenado.faltantes
            for etiqueta in (parte.fuente.etiquetas[numero],)
            for ruta in (rutas or (etiqueta.codigo,))
        )

    def _escritas(self, campos: Mapping[str, object]) -> list[tuple[Parte, str, Llenado]]:
        presentes = {clave: valor for clave, valor in campos.items() if valor is not None}
        presupuesto = Presupuesto()
        return [(parte, *parte.escribir(presentes, presupuesto)) for parte in self.partes]

    def llenar(
        self,
        campos: Mapping[str, object],
        decir_lo_que_falta: Callable[[Sequence[str]], str] = faltan,
    ) -> bytes:
        """Devuelve el .docx de una carta; a los mismos campos, los mismos bytes.

        Un campo en None falta; la cadena vacía no. Lanza DatosInvalidos con todos
        los datos que faltan, o si alguno no puede imprimirse.
        """
        escritas = self._escritas(campos)
        problemas = [
            problema
            for parte, _, llenado in escritas
            for problema in problemas_de(parte, llenado, decir_lo_que_falta)
        ]
        if problemas:
            raise DatosInvalidos(f"Plantilla {self.nombre}, {'; '.join(problemas)}.")
        contenidos = [xml.encode() for _, xml, _ in escritas]
        if not self.relaciones:
            return self.molde.cerrar(contenidos)
        dibujos: list[Dibujos] = [ll.dibujos for parte, _, ll in escritas if parte.imagenes]
        relaciones = map(Dibujos.relacionar, dibujos, self.relaciones.values())
        imagenes = {n: m for usados in dibujos for n, m in usados.miembros.items()}
        return self.molde.cerrar([*contenidos, *relaciones], imagenes.values())


def _pedidos_de(parte: Parte) -> Iterator[Pedido]:
    etiquetas = parte.fuente.etiquetas
    for numero, ruta in sorted((n, ruta) for ruta, ns in parte.pide.items() for n in ns):
        yield Pedido(ruta, etiquetas[numero].lugar, etiquetas[numero].texto)


# El membrete y el pie son los mismos en todas las plantillas: se leen y compilan una vez.
PARTES_EN_MEMORIA = 512
_LEIDAS: dict[tuple[str, bytes], tuple[Parte, ...]] = {}
_COMPILADAS: dict[tuple[object, ...], tuple[Template, dict[str, list[int]]]] = {}


def compilar(ruta: Path, imagenes: Path | None = None) -> Plantilla:
    """Lee y compila una plantilla; mientras el fichero no cambie, una sola vez.

    Las imágenes que pida salen de la carpeta `imagenes`; si no se da, de la que se llama
    así junto a la carpeta de la plantilla.

    Lanza NoExiste si no está; PlantillaMalEscrita si no es un .docx de fiar o si tiene
    etiquetas mal escritas, con todas, su lugar y el remedio.
    """
    carpeta = imagenes or ruta.parent.parent / "imagenes"
    try:
        fichero = ruta.stat()
    except OSError:
        return _leer_y_compilar(ruta, carpeta)  # dice por qué no se puede leer
    return _recordar(ruta, carpeta, fichero.st_mtime_ns, fichero.st_size)


@lru_cache(maxsize=32)
def _recordar(ruta: Path, imagenes: Path, _modificado_ns: int, _bytes: int) -> Plantilla:
    return _leer_y_compilar(ruta, imagenes)


def _leer_y_compilar(ruta: Path, imagenes: Path) -> Plantilla:
    miembros = paquete.leer_paquete(ruta)
    partes: list[Parte] = []
    defectos: list[Defecto] = []
    pedidos: list[Pedido] = []
    hasta = monotonic() + MAXIMOS_SEGUNDOS
    for miembro in miembros.values():
        if monotonic() > hasta:
            defectos.append(Defecto("", "", "tarda demasiado en leerse; no es de confianza."))
            break
        if lugar := lugar_de(miembro.nombre):
            try:
                partes += _parte_compilada(miembro, ruta.name, lugar, imagenes)
            except PlantillaMalEscrita as mala:
                defectos += mala.defectos
                pedidos += mala.pedidos
    if defectos:
        pedidos += [pedido for parte in partes for pedido in _pedidos_de(parte)]
        raise PlantillaMalEscrita(ruta.name, defectos, pedidos)
    con_dibujos = [parte.miembro for parte in partes if parte.imagenes]
    relaciones = {n: relaciones_abiertas(miembros.get(rels_de(n))) for n in con_dibujos}
    if con_dibujos:
        miembros[_TIPOS] = paquete.comprimir(_TIPOS, declarar_tipos(miembros[_TIPOS].contenido))
    variables = [*(parte.miembro for parte in partes), *map(rels_de, con_dibujos)]
    return Plantilla(ruta.name, tuple(partes), paquete.moldear(miembros, variables), relaciones)


def lugar_de(miembro: str) -> str:
    """Cómo llama una persona a esa parte del .docx; «» si no lleva etiquetas."""
    return next((lugar for patron, lugar in _NOMBRES if patron.fullmatch(miembro)), "")


def _parte_compilada(
    miembro: paquete.Miembro, plantilla: str, lugar: str, imagenes: Path
) -> tuple[Parte, ...]:
    """La parte ya compilada, o la misma de otra plantilla con las etiquetas a nombre de ésta."""
    clave = (miembro.nombre, sha256(miembro.contenido).digest())
    if clave in _LEIDAS:
        return tuple(_a_nombre_de(plantilla, parte) for parte in _LEIDAS[clave])
    partes = tuple(_compilar_parte(miembro, plantilla, lugar, imagenes))
    # La que pide imágenes depende de las que haya en su carpeta.
    if all(parte.imagenes is None for parte in partes):
        if len(_LEIDAS) >= PARTES_EN_MEMORIA:
            _LEIDAS.clear()
        _LEIDAS[clave] = partes
    return partes


def _a_nombre_de(plantilla: str, parte: Parte) -> Parte:
    etiquetas = tuple(replace(etiqueta, plantilla=plantilla) for etiqueta in parte.fuente.etiquetas)
    return replace(parte, fuente=replace(parte.fuente, etiquetas=etiquetas))


def _compilar_parte(
    miembro: paquete.Miembro, plantilla: str, lugar: str, imagenes: Path
) -> list[Parte]:
    """Compila una parte: ninguna si no tiene etiquetas."""
    raiz = _leer_xml(miembro, plantilla, lugar)
    marca = marcar_propiedades if miembro.nombre.startswith(_PROPIEDADES) else marcar
    malas: Malas = {}
    etiquetas = marca(raiz, plantilla, lugar, malas)
    if not etiquetas and not LLAVES_EN_LETRA.search(miembro.contenido):
        return []
    texto = fuente(raiz, etiquetas, malas)
    # Lo que se imprime depende también del nivel y del formato de cada etiqueta.
    formas = tuple((e.nivel, e.run, e.parrafo) for e in texto.etiquetas if e.nivel)
    clave = (miembro.nombre, texto.texto, formas)
    if sum(len(etiqueta.codigo) for etiqueta in texto.etiquetas) > MAXIMO_CODIGO:
        raise texto.etiquetas[-1].error("es ya demasiado para una plantilla; divídala en dos.")
    pedidos: list[Pedido] = []
    if not malas and clave not in _COMPILADAS:
        if len(_COMPILADAS) >= PARTES_EN_MEMORIA:
            _COMPILADAS.clear()
        try:
            _COMPILADAS[clave] = compilar_fuente(texto, miembro.nombre)
        except PlantillaMalEscrita as mala:
            pedidos = revisar_una_por_una(texto, malas)
            if not malas:
                raise mala from None
    elif malas:
        pedidos = revisar_una_por_una(texto, malas)
    for etiqueta in texto.etiquetas:
        if problema := problema_de_imagenes(etiqueta.codigo, imagenes):
            malas.setdefault(etiqueta, problema)
    if malas:
        raise PlantillaMalEscrita(plantilla, defectos_en_orden(etiquetas, malas), pedidos)
    carpeta = imagenes if any(usa_dibujos(e.codigo) for e in texto.etiquetas) else None
    return [Parte(miembro.nombre, lugar, texto, *_COMPILADAS[clave], carpeta)]


def _leer_xml(miembro: paquete.Miembro, plantilla: str, lugar: str) -> etree._Element:
    if len(miembro.contenido) > MAXIMO_XML:
        enorme = Defecto(lugar, "", "es demasiado grande para una plantilla; no es de confianza.")
        raise PlantillaMalEscrita(plantilla, [enorme])
    lector = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        raiz = etree.fromstring(miembro.contenido, lector)
    except etree.XMLSyntaxError as error:
        danada = Defecto(lugar, "", "está dañada; ábrala en Word y guárdela de nuevo.")
        raise PlantillaMalEscrita(plantilla, [danada]) from error
    if not miembro.nombre.startswith(_PROPIEDADES) and raiz.nsmap.get("w") != W[1:-1]:
        ajena = "está guardada en una variante de Word que no se reconoce; guárdela en Word como "
        remedio = "«Documento de Word (.docx)»."
        raise PlantillaMalEscrita(plantilla, [Defecto(lugar, "", ajena + remedio)])
    return raiz
