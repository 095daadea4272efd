"""Las secciones de un documento de Word: su papel, sus encabezados y su cuenta de páginas."""

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from expediente.documentos.etiquetas import Nodo, W
from expediente.documentos.hoja_de_estilos import en_orden
from expediente.documentos.piezas_juntas import R

Letreros = dict[tuple[str, str], str]

_SECCION = W + "sectPr"
_TRAS_EL_TIPO = en_orden(
    "pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg "
    "textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
_TRAS_LA_CUENTA = en_orden(
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange"
)
_SIN_LUGAR = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}


def secciones_del_cuerpo(cuerpo: Nodo) -> list[Nodo]:
    """Las de un documento, en orden; la última cierra el cuerpo, aunque no estuviera."""
    if cuerpo[-1].tag != _SECCION:
        etree.SubElement(cuerpo, _SECCION)
    return secciones_de(cuerpo)


def secciones_de(raiz: Nodo) -> list[Nodo]:
    """Las secciones en su orden; no cuenta las que guarda el control de cambios."""
    return [n for n in raiz.iter(_SECCION) if n.getparent().tag != W + "sectPrChange"]


def quitar_letreros(secciones: Sequence[Nodo]) -> list[Letreros]:
    """Quita los encabezados y pies de cada sección; dice cuáles eran: `{(clase, hoja): clave}`."""
    quitados: list[Letreros] = []
    for seccion in secciones:
        quitados.append({})
        for clase in ("header", "footer"):
            for nodo in seccion.findall(f"{W}{clase}Reference"):
                quitados[-1][clase, nodo.get(W + "type", "default")] = nodo.get(R + "id", "")
                seccion.remove(nodo)
        for nodo in seccion.findall(W + "printerSettings"):
            seccion.remove(nodo)  # la impresora de otra oficina
    return quitados


def poner_letreros(seccion: Nodo, letreros: Mapping[tuple[str, str], str]) -> None:
    """Da a una sección esos encabezados y pies."""
    en_orden_de_clase = sorted(letreros.items(), key=lambda letrero: letrero[0][0] != "header")
    for lugar, ((clase, hoja), clave) in enumerate(en_orden_de_clase):
        nodo = etree.Element(f"{W}{clase}Reference")
        nodo.set(W + "type", hoja)
        nodo.set(R + "id", clave)
        seccion.insert(lugar, nodo)


def los_suyos_o_ninguno(
    letreros: Letreros, secciones: Sequence[Nodo], pares: bool, vacio: Callable[[str], str]
) -> Letreros:
    """Los de la primera sección; sin decirlo, heredaría los del documento anterior."""
    portada = any(n.find(W + "titlePg") is not None for n in secciones)
    hojas = ["default", *(["first"] if portada else []), *(["even"] if pares else [])]
    completos = dict(letreros)
    for clase in ("header", "footer"):
        for hoja in hojas:
            if (clase, hoja) not in completos:
                completos[clase, hoja] = vacio(clase)
    return completos


def abrir_hoja_nueva(seccion: Nodo) -> None:
    """Que esa sección empiece en página nueva y la llame uno, si no dice otra cosa."""
    for nodo in seccion.findall(W + "type"):
        seccion.remove(nodo)
    tipo = etree.Element(W + "type")
    tipo.set(W + "val", "nextPage")
    _antes_de(seccion, tipo, _TRAS_EL_TIPO)
    cuenta = seccion.find(W + "pgNumType")
    if cuenta is None:
        cuenta = etree.Element(W + "pgNumType")
        _antes_de(seccion, cuenta, _TRAS_LA_CUENTA)
    if cuenta.get(W + "start") is None:
        cuenta.set(W + "start", "1")


def _antes_de(seccion: Nodo, nuevo: Nodo, siguientes: Mapping[str, int]) -> None:
    lugar = next((n for n, hijo in enumerate(seccion) if hijo.tag in siguientes), len(seccion))
    seccion.insert(lugar, nuevo)


def _ultimo_parrafo(cuerpo: Nodo) -> Nodo:
    """El párrafo que cierra el documento; si acaba en otra cosa, uno que no ocupa lugar."""
    seccion = cuerpo[-1]
    previo = seccion.getprevious()
    if previo is not None and previo.tag == W + "p" and previo.find(f".//{_SECCION}") is None:
        return previo
    parrafo = etree.Element(W + "p")
    espacio = etree.SubElement(etree.SubElement(parrafo, W + "pPr"), W + "spacing")
    for atributo, valor in _SIN_LUGAR.items():
        espacio.set(W + atributo, valor)
    seccion.addprevious(parrafo)
    return parrafo


def cerrar_en_el_texto(cuerpo: Nodo) -> None:
    """Pasa la última sección al último párrafo: detrás viene otro documento."""
    parrafo, seccion = _ultimo_parrafo(cuerpo), cuerpo[-1]
    propiedades = parrafo.find(W + "pPr")
    if propiedades is None:
        propiedades = etree.Element(W + "pPr")
        parrafo.insert(0, propiedades)
    cambio = propiedades.find(W + "pPrChange")
    propiedades.insert(len(propiedades) if cambio is None else propiedades.index(cambio), seccion)
