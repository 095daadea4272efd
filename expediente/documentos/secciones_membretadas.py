"""Las secciones de un documento y la hoja que cada una lleva: encabezado, pie y márgenes."""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml

from expediente.documentos.etiquetas import Nodo, W
from expediente.documentos.piezas_de_word import CLASES, Piezas, escribir_nodo, leer_nodo
from expediente.documentos.secciones import secciones_de

# (header|footer, default|first|even): a qué páginas va una pieza.
Sitio = tuple[str, str]

REFERENCIAS = {"header": W + "headerReference", "footer": W + "footerReference"}
_CLAVE = f"{{{CLASES[:-1]}}}id"
# El 100 %, en los cincuentavos de centésima con que Word mide lo proporcional.
_TODO_EL_ANCHO = 5000
_HOLGURA = 0.03


@dataclass(frozen=True)
class HojaMembretada:
    """Una sección del membrete: sus márgenes y qué pieza va en cada sitio.

    `ancho` es el que queda entre los márgenes, en vigésimos de punto.
    """

    orientacion: WD_ORIENT
    ancho: float
    primera_distinta: bool
    margenes: Mapping[str, str]
    piezas: Mapping[Sitio, str]


def hojas_de(origen: Piezas) -> list[HojaMembretada]:
    """Las secciones del membrete; la que no dice su encabezado lleva el de la anterior."""
    por_clave = {r.clave: r.destino for r in origen.relaciones(origen.cuerpo)}
    hojas: list[HojaMembretada] = []
    heredadas: dict[Sitio, str] = {}
    for seccion in secciones_de(parse_xml(origen.contenido[origen.cuerpo])):
        for clase, etiqueta in REFERENCIAS.items():
            for nodo in seccion.findall(etiqueta):
                pieza = por_clave.get(nodo.get(_CLAVE), "")
                if pieza in origen.contenido:
                    heredadas = {**heredadas, (clase, nodo.get(W + "type")): pieza}
        margenes = seccion.find(W + "pgMar")
        hojas.append(
            HojaMembretada(
                seccion.orientation,
                _ancho_entre_margenes(seccion),
                seccion.titlePg_val,
                dict(margenes.attrib) if margenes is not None else {},
                heredadas,
            )
        )
    return hojas


def _ancho_entre_margenes(seccion: Nodo) -> float:
    hoja, margenes = seccion.find(W + "pgSz"), seccion.find(W + "pgMar")
    if hoja is None or margenes is None:
        return 0
    return _medida(hoja, "w") - _medida(margenes, "left") - _medida(margenes, "right")


def _medida(nodo: Nodo, atributo: str = "w") -> float:
    """Una medida en vigésimos de punto; hay programas que la escriben con decimales."""
    return float(nodo.get(W + atributo, 0))


def ensanchar_tablas(origen: Piezas, hojas: list[HojaMembretada]) -> None:
    """Deja en proporción las tablas del membrete que llenan su hoja: también llenarán otra.

    Sin esto, el encabezado de una hoja vertical quedaría corto en una apaisada.
    """
    for hoja in hojas:
        for nombre in dict.fromkeys(hoja.piezas.values()):
            raiz = leer_nodo(origen.contenido[nombre])
            medidas = [n for tabla in raiz.findall(W + "tbl") for n in _fijas(tabla, hoja.ancho)]
            for nodo, parte in medidas:
                nodo.set(W + "type", "pct")
                nodo.set(W + "w", str(round(parte * _TODO_EL_ANCHO)))
            if medidas:
                origen.contenido[nombre] = escribir_nodo(raiz)


def _fijas(tabla: Nodo, ancho: float) -> list[tuple[Nodo, float]]:
    """Las medidas fijas de una tabla que llena ese ancho, y qué parte es cada una."""
    total = sum(_medida(n) for n in tabla.findall(f"{W}tblGrid/{W}gridCol"))
    if not total or abs(total - ancho) > ancho * _HOLGURA:
        return []
    entera = [(n, 1.0) for n in tabla.findall(f"{W}tblPr/{W}tblW")]
    de_celdas = (n for n in tabla.iter(W + "tcW") if n.get(W + "type") == "dxa")
    celdas = [(n, _medida(n) / total) for n in de_celdas]
    return [x for x in entera if x[0].get(W + "type") != "pct"] + celdas
