"""Los estilos y las listas de muchos documentos en uno solo, sin que ninguno cambie de aspecto.

Manda el primer documento. De los demás se lleva lo que usan: si un estilo suyo es otro
con el mismo nombre, entra con nombre nuevo. Cada documento estrena sus listas, para que
ninguna siga la cuenta del anterior.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from expediente.documentos.etiquetas import Nodo, W
from expediente.documentos.hoja_de_estilos import HojaDeEstilos, decir_letra, escribir_omisiones

_VALOR, _CLAVE = W + "val", W + "styleId"
_USOS = tuple(W + n for n in ("pStyle", "rStyle", "tblStyle"))
_ENLACES = tuple(W + n for n in ("basedOn", "link", "next"))


def _igual(uno: Nodo | None, otro: Nodo | None) -> bool:
    if uno is None or otro is None:
        return uno is otro
    return _visto(uno) == _visto(otro)


def _visto(nodo: Nodo) -> bytes:
    """Lo que un nodo dice, sin las señas que Word cambia al guardar."""
    copia = deepcopy(nodo)
    for sena in list(copia.iter(W + "rsid")):
        sena.getparent().remove(sena)
    return bytes(etree.tostring(copia, method="c14n", exclusive=True))


class EstilosJuntos:
    """Los estilos y listas del documento junto; empieza con los del primero."""

    def __init__(self, propia: HojaDeEstilos) -> None:
        """Toma la hoja del primer documento, que irá creciendo."""
        self.propia = propia
        self.mapas: dict[int, dict[str, str]] = {}
        self.nombres = {n.find(W + "name").get(_VALOR).casefold() for n in _con_nombre(propia)}
        self.listas = 0
        if propia.listas is None:
            propia.listas = etree.Element(W + "numbering", nsmap={"w": W[1:-1]})

    def ajustar(self, textos: Sequence[Nodo], hoja: HojaDeEstilos) -> None:
        """Deja esos textos con los estilos y listas del documento junto."""
        self._numerar(textos, hoja)
        if hoja is self.propia:
            return
        mapa = self.mapas.setdefault(id(hoja), {})
        misma_letra = _igual(hoja.tema, self.propia.tema)
        iguales = misma_letra and _igual(*(h.estilos.find(W + "docDefaults") for h in (
            hoja, self.propia)))  # fmt: skip
        self._traer(_usados(textos, hoja), hoja, mapa, iguales, misma_letra)
        normal = hoja.parrafo_normal
        for texto in textos:
            for nodo in texto.iter(*_USOS):
                nodo.set(_VALOR, mapa.get(nodo.get(_VALOR), nodo.get(_VALOR)))
            if normal and mapa.get(normal, normal) != self.propia.parrafo_normal:
                _poner_estilo(texto, mapa.get(normal, normal))
            if not misma_letra:
                decir_letra(texto, hoja)

    def _traer(
        self,
        usados: set[str],
        hoja: HojaDeEstilos,
        mapa: dict[str, str],
        iguales: bool,
        misma_letra: bool,
    ) -> None:
        distintos = self._distintos(usados, hoja, iguales)
        nuevos = [clave for clave in hoja.por_clave if clave in distintos and clave not in mapa]
        for clave in nuevos:
            mapa[clave] = self._clave_libre(clave)
            self.propia.por_clave[mapa[clave]] = hoja.por_clave[clave]  # ya no está libre
        for clave in nuevos:
            copia = deepcopy(hoja.por_clave[clave])
            if not iguales:
                escribir_omisiones(copia, hoja.estilos)
            if not misma_letra:
                decir_letra(copia, hoja)
            self._inscribir(copia, mapa[clave], mapa)

    def _inscribir(self, copia: Nodo, clave: str, mapa: Mapping[str, str]) -> None:
        copia.set(_CLAVE, clave)
        copia.attrib.pop(W + "default", None)
        nombre = copia.find(W + "name")
        if nombre.get(_VALOR).casefold() in self.nombres:
            nombre.set(_VALOR, f"{nombre.get(_VALOR)} {clave}")
            copia.set(W + "customStyle", "1")
        self.nombres.add(nombre.get(_VALOR).casefold())
        for numeros in list(copia.iter(W + "numPr")):
            numeros.getparent().remove(numeros)  # cada párrafo dice ya su lista
        for nodo in list(copia.iter(*_ENLACES)):
            nodo.set(_VALOR, mapa.get(nodo.get(_VALOR), nodo.get(_VALOR)))
            if nodo.get(_VALOR) not in self.propia.por_clave:
                copia.remove(nodo)
        self.propia.por_clave[clave] = copia
        self.propia.estilos.append(copia)

    def _distintos(self, usados: set[str], hoja: HojaDeEstilos, iguales: bool) -> set[str]:
        """Los usados que el primero no tiene, o los tiene de otra manera."""
        distintos = {
            c for c in usados
            if not iguales or not _igual(hoja.por_clave[c], self.propia.por_clave.get(c))
        }  # fmt: skip
        while True:
            arrastrados = {
                c
                for c in usados - distintos
                if distintos & set(_valores([hoja.por_clave[c]], W + "basedOn"))
            }
            if not arrastrados:
                return distintos
            distintos |= arrastrados

    def _clave_libre(self, clave: str) -> str:
        libre, vuelta = clave, 1
        while libre in self.propia.por_clave:
            vuelta += 1
            libre = f"{clave}-{vuelta}"
        return libre

    def _numerar(self, textos: Sequence[Nodo], hoja: HojaDeEstilos) -> None:
        """Estrena las listas de esos textos: la cuenta empieza con su documento."""
        for texto in textos:
            for parrafo in texto.iter(W + "p"):
                _decir_lista(parrafo, hoja)
        nodos = [n for texto in textos for n in texto.iter(W + "numId") if n.get(_VALOR) != "0"]
        mapa: dict[str, str | None] = {}
        for nodo in nodos:
            numero = nodo.get(_VALOR)
            if numero not in mapa:
                mapa[numero] = self._lista_nueva(numero, hoja)
            nodo.set(_VALOR, mapa[numero] or "0")

    def _lista_nueva(self, numero: str, hoja: HojaDeEstilos) -> str | None:
        lista = _hallar(hoja.listas, "num", "numId", numero)
        clave = None if lista is None else lista.find(W + "abstractNumId").get(_VALOR)
        abstracta = _hallar(hoja.listas, "abstractNum", "abstractNumId", clave)
        if lista is None or abstracta is None:
            return None
        propias = self.propia.listas
        assert propias is not None
        lista, abstracta = deepcopy(lista), deepcopy(abstracta)
        self.listas += 1
        for sobra in list(abstracta.iter(*(W + n for n in _SOBRAN_EN_UNA_LISTA))):
            sobra.getparent().remove(sobra)
        if (sena := abstracta.find(W + "nsid")) is not None:
            sena.set(_VALOR, f"{0x10000000 + self.listas:08X}")
        nueva = _siguiente_clave(propias, "abstractNum", "abstractNumId")
        abstracta.set(W + "abstractNumId", nueva)
        lista.find(W + "abstractNumId").set(_VALOR, nueva)
        lista.set(W + "numId", _siguiente_clave(propias, "num", "numId"))
        # Word pide todas las definiciones antes que las listas.
        previas = propias.findall(W + "abstractNum")
        propias.insert(propias.index(previas[-1]) + 1 if previas else 0, abstracta)
        previas = propias.findall(W + "num") or propias.findall(W + "abstractNum")
        propias.insert(propias.index(previas[-1]) + 1, lista)
        return str(lista.get(W + "numId"))


_SOBRAN_EN_UNA_LISTA = ("pStyle", "styleLink", "lvlPicBulletId")


def _con_nombre(hoja: HojaDeEstilos) -> Iterable[Nodo]:
    return (n for n in hoja.por_clave.values() if n.find(W + "name") is not None)


def _valores(nodos: Iterable[Nodo], *etiquetas: str) -> list[str]:
    return [n.get(_VALOR, "") for nodo in nodos for n in nodo.iter(*etiquetas)]


def _usados(textos: Sequence[Nodo], hoja: HojaDeEstilos) -> set[str]:
    """Los estilos que esos textos usan, y aquellos de que heredan."""
    usados: set[str] = set()
    pendientes = [*_valores(textos, *_USOS), hoja.parrafo_normal or ""]
    while pendientes:
        clave = pendientes.pop()
        if clave in hoja.por_clave and clave not in usados:
            usados.add(clave)
            pendientes += _valores([hoja.por_clave[clave]], W + "basedOn", W + "link")
    return {c for c in usados if hoja.por_clave[c].find(W + "name") is not None}


def _propiedades(parrafo: Nodo) -> Nodo:
    propiedades = parrafo.find(W + "pPr")
    if propiedades is None:
        propiedades = etree.Element(W + "pPr")
        parrafo.insert(0, propiedades)
    return propiedades


def _poner_estilo(texto: Nodo, clave: str) -> None:
    for parrafo in texto.iter(W + "p"):
        propiedades = _propiedades(parrafo)
        if propiedades.find(W + "pStyle") is None:
            estilo = etree.Element(W + "pStyle")
            estilo.set(_VALOR, clave)
            propiedades.insert(0, estilo)


def _decir_lista(parrafo: Nodo, hoja: HojaDeEstilos) -> None:
    """Si la lista le viene del estilo, la dice el párrafo: así puede ser otra."""
    estilo = parrafo.find(f"{W}pPr/{W}pStyle")
    if estilo is None or parrafo.find(f"{W}pPr/{W}numPr") is not None:
        return
    if (lista := hoja.lista_del_estilo(estilo.get(_VALOR))) is None or lista[0] == "0":
        return
    numeros = etree.Element(W + "numPr")
    etree.SubElement(numeros, W + "ilvl").set(_VALOR, lista[1])
    etree.SubElement(numeros, W + "numId").set(_VALOR, lista[0])
    propiedades = _propiedades(parrafo)
    antes = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
    lugar = sum(propiedades.find(W + nombre) is not None for nombre in antes)
    propiedades.insert(lugar, numeros)


def _hallar(raiz: Nodo | None, etiqueta: str, atributo: str, clave: str | None) -> Nodo | None:
    hijos = [] if raiz is None else raiz.findall(W + etiqueta)
    return next((n for n in hijos if n.get(W + atributo) == clave), None)


def _siguiente_clave(raiz: Nodo, etiqueta: str, atributo: str) -> str:
    return str(max((int(n.get(W + atributo)) for n in raiz.findall(W + etiqueta)), default=0) + 1)
