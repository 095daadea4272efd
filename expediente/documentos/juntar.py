"""Muchos documentos de Word en uno solo, para imprimirlos de una vez.

Cada uno empieza en página nueva con su papel, su encabezado, su pie y su cuenta de
páginas. Sólo sirve para imprimir: el documento de cada caso sigue siendo el suyo.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from lxml import etree

from expediente.documentos.estilos_juntos import EstilosJuntos
from expediente.documentos.etiquetas import Nodo, W
from expediente.documentos.hoja_de_estilos import HojaDeEstilos, en_orden, leer_hoja_de_estilos
from expediente.documentos.marcas_unicas import MarcasUnicas, numerar_notas
from expediente.documentos.paquete import leer_paquete
from expediente.documentos.piezas_de_word import CLASES, Piezas, escribir_nodo, leer_nodo
from expediente.documentos.piezas_juntas import TIPO, PiezasJuntas
from expediente.documentos.secciones import (
    Letreros,
    abrir_hoja_nueva,
    cerrar_en_el_texto,
    los_suyos_o_ninguno,
    poner_letreros,
    quitar_letreros,
    secciones_del_cuerpo,
)
from expediente.nucleo.errores import DatosInvalidos

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC_TITULO = "{http://purl.org/dc/elements/1.1/}title"
# Lo que el documento junto toma entero del primero; lo demás llega con cada texto.
_DEL_PRIMERO = ("styles", "settings", "webSettings", "fontTable", "theme", "numbering")
_NOTAS = "word/footnotes.xml"
_TRAS_LOS_PARES = en_orden(
    "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery "
    "displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin "
    "drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars "
    "noLineBreaksAfter noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema "
    "hdrShapeDefaults footnotePr endnotePr compat docVars rsids themeFontLang clrSchemeMapping "
    "shapeDefaults decimalSymbol listSeparator"
)


class Junta:
    """Un documento que va creciendo; el que no puede agregarse no lo cambia."""

    def __init__(self) -> None:
        """Empieza vacía: el primero que se agregue pone los estilos y los ajustes."""
        self.cuantos = 0
        self._juntas: PiezasJuntas | None = None
        self._estilos: EstilosJuntos | None = None
        self._marcas = MarcasUnicas()
        self._hojas: dict[str, HojaDeEstilos] = {}
        self._cuerpos: list[Nodo] = []
        self._notas: list[Nodo] = []
        self._separadores: list[Nodo] = []
        self._espacios: dict[str | None, str] = {}
        self._prescindibles: set[str] = set()
        self._letreros: list[tuple[Nodo, Letreros, bool]] = []

    def agregar(self, ruta: Path) -> None:
        """Agrega un documento al final.

        Lanza DatosInvalidos si no se entiende o lleva notas al final; NoExiste si no está.
        """
        piezas = Piezas(leer_paquete(ruta))
        try:
            raiz = leer_nodo(piezas.contenido[piezas.cuerpo])
            notas = _notas_de(piezas)
            letreros = _letreros_de(piezas)
            hoja = self._hoja(piezas)
        except (KeyError, etree.XMLSyntaxError) as error:
            raise _danado(ruta) from error
        cuerpo = raiz.find(W + "body")
        if cuerpo is None or not len(cuerpo):
            raise _danado(ruta)
        if next(raiz.iter(W + "endnoteReference"), None) is not None:
            raise DatosInvalidos(
                f"{ruta.name}: lleva notas al final, que se irían a la última hoja de todo; "
                "imprímalo aparte."
            )
        if self._juntas is None or self._estilos is None:
            self._juntas = PiezasJuntas(piezas, piezas.cuerpo, _DEL_PRIMERO)
            self._estilos = EstilosJuntos(hoja)
        self._recordar_espacios(raiz)
        secciones = secciones_del_cuerpo(cuerpo)
        claves = quitar_letreros(secciones)
        usadas = numerar_notas(cuerpo, notas, len(self._notas))
        textos = [cuerpo, *letreros.values(), *usadas]
        self._estilos.ajustar(textos, hoja)
        fin = self._marcas.ajustar(textos)
        self._traer(self._juntas, piezas, cuerpo, usadas, notas)
        self._poner_letreros(self._juntas, piezas, secciones, claves, letreros)
        if self._cuerpos:
            cerrar_en_el_texto(self._cuerpos[-1])
        if fin is not None:
            self._marcas.marcar_el_fin(cuerpo, fin)
        self._cuerpos.append(cuerpo)
        self.cuantos += 1

    def _hoja(self, piezas: Piezas) -> HojaDeEstilos:
        """Los estilos de un documento; los que salen del mismo molde se leen una vez."""
        nombres = [piezas.enlazada(piezas.cuerpo, c) for c in ("styles", "theme", "numbering")]
        estilos, tema, listas = (piezas.contenido[n] if n else None for n in nombres)
        huella = sha256(repr((estilos, tema, listas)).encode()).hexdigest()
        if huella not in self._hojas:
            vacios = f'<w:styles xmlns:w="{W[1:-1]}"/>'.encode()
            self._hojas[huella] = leer_hoja_de_estilos(estilos or vacios, tema, listas)
        return self._hojas[huella]

    def _traer(
        self,
        juntas: PiezasJuntas,
        piezas: Piezas,
        cuerpo: Nodo,
        usadas: Sequence[Nodo],
        notas: Nodo | None,
    ) -> None:
        juntas.traer_enlaces(piezas, piezas.cuerpo, cuerpo)
        for nota in usadas:
            donde = piezas.enlazada(piezas.cuerpo, "footnotes") or ""
            juntas.traer_enlaces(piezas, donde, nota, _NOTAS)
        if usadas and notas is not None and not self._separadores:
            self._separadores = [n for n in notas if n.get(W + "type")]
        self._notas += usadas

    def _poner_letreros(
        self,
        juntas: PiezasJuntas,
        piezas: Piezas,
        secciones: Sequence[Nodo],
        claves: Sequence[Letreros],
        letreros: dict[str, Nodo],
    ) -> None:
        """Da a cada sección sus encabezados y pies; la primera no hereda los del anterior."""
        por_clave = {r.clave: r for r in piezas.relaciones(piezas.cuerpo)}
        mapa = {c: juntas.letrero(piezas, por_clave[c], nodo) for c, nodo in letreros.items()}
        suyos = [{k: mapa[c] for k, c in previas.items() if c in mapa} for previas in claves]
        ajustes = piezas.enlazada(piezas.cuerpo, "settings") or ""
        pares = b"<w:evenAndOddHeaders" in piezas.contenido.get(ajustes, b"")
        suyos[0] = los_suyos_o_ninguno(suyos[0], secciones, pares, juntas.vacio)
        abrir_hoja_nueva(secciones[0])
        self._letreros += [(n, s, pares) for n, s in zip(secciones, suyos, strict=True)]

    def _recordar_espacios(self, raiz: Nodo) -> None:
        for prefijo, espacio in raiz.nsmap.items():
            self._espacios.setdefault(prefijo, espacio)
        for prefijo in (raiz.get(f"{_MC}Ignorable") or "").split():
            if self._espacios.get(prefijo) == raiz.nsmap.get(prefijo):
                self._prescindibles.add(prefijo)

    def cerrar(self) -> bytes:
        """El .docx terminado; a los mismos documentos, los mismos bytes.

        Lanza DatosInvalidos si no se agregó ninguno.
        """
        if self._juntas is None or self._estilos is None:
            raise DatosInvalidos("No hay ningún documento que juntar.")
        self._escribir_letreros(self._juntas.piezas)
        self._escribir_texto(self._juntas)
        propia = self._estilos.propia
        self._juntas.poner_propia("styles", propia.estilos, "word/styles.xml")
        if propia.listas is not None and len(propia.listas):
            self._juntas.poner_propia("numbering", propia.listas, "word/numbering.xml")
        if self._notas:
            raiz = etree.Element(W + "footnotes", nsmap={"w": W[1:-1]})
            for lugar, nodo in enumerate(self._separadores):
                nodo.set(W + "id", str(lugar - 1))
            raiz.extend([*self._separadores, *self._notas])
            self._juntas.poner_propia("footnotes", raiz, _NOTAS)
        self._titular(self._juntas.piezas)
        return self._juntas.cerrar()

    def _escribir_letreros(self, piezas: Piezas) -> None:
        """Si alguno distingue hojas pares, los demás dicen que las suyas son iguales."""
        hay_pares = any(pares for _, _, pares in self._letreros)
        for seccion, letreros, pares in self._letreros:
            todos = {k: c for k, c in letreros.items() if pares or k[1] != "even"}
            if hay_pares and not pares:
                todos |= {(k[0], "even"): c for k, c in todos.items() if k[1] == "default"}
            poner_letreros(seccion, todos)
        ajustes = piezas.enlazada(piezas.cuerpo, "settings")
        if hay_pares and ajustes:
            raiz = leer_nodo(piezas.contenido[ajustes])
            if raiz.find(W + "evenAndOddHeaders") is None:
                raiz.insert(_lugar_de_los_pares(raiz), etree.Element(W + "evenAndOddHeaders"))
                piezas.contenido[ajustes] = escribir_nodo(raiz)

    def _escribir_texto(self, juntas: PiezasJuntas) -> None:
        raiz = etree.Element(W + "document", nsmap=self._espacios)  # type: ignore[arg-type]  # None es el espacio sin prefijo
        if self._prescindibles:
            raiz.set(f"{_MC}Ignorable", " ".join(sorted(self._prescindibles)))
        todo = etree.SubElement(raiz, W + "body")
        for cuerpo in self._cuerpos:
            todo.extend(list(cuerpo))
        juntas.piezas.poner(juntas.cuerpo, escribir_nodo(raiz), TIPO.format("document.main"))

    def _titular(self, piezas: Piezas) -> None:
        """El título no es el de la primera carta: diría un nombre que no es de todas."""
        propiedades = piezas.contenido.get("docProps/core.xml")
        if propiedades is None:
            return
        raiz = leer_nodo(propiedades)
        for nodo in raiz.iter(_DC_TITULO):
            nodo.text = f"{self.cuantos} documentos para imprimir"
        piezas.contenido["docProps/core.xml"] = escribir_nodo(raiz)


def _lugar_de_los_pares(ajustes: Nodo) -> int:
    return next((n for n, hijo in enumerate(ajustes) if hijo.tag in _TRAS_LOS_PARES), len(ajustes))


def _danado(ruta: Path) -> DatosInvalidos:
    return DatosInvalidos(f"{ruta.name}: está dañado; ábralo en Word y guárdelo de nuevo.")


def _notas_de(piezas: Piezas) -> Nodo | None:
    nombre = piezas.enlazada(piezas.cuerpo, "footnotes")
    return leer_nodo(piezas.contenido[nombre]) if nombre else None


def _letreros_de(piezas: Piezas) -> dict[str, Nodo]:
    return {
        r.clave: leer_nodo(piezas.contenido[r.destino])
        for r in piezas.relaciones(piezas.cuerpo)
        if r.clase in (f"{CLASES}header", f"{CLASES}footer")
    }
