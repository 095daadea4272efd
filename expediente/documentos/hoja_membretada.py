"""Viste una plantilla con la hoja membretada: encabezado, pie, estilos, tema y márgenes.

El texto y sus etiquetas no se tocan; cada sección conserva su tamaño, su orientación y
sus columnas. Quién elige las plantillas y las guarda es `papeleria_de_oficina`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname

from docx.enum.section import WD_HEADER_FOOTER
from docx.exceptions import PythonDocxError
from docx.oxml import parse_xml
from lxml import etree

from expediente.documentos.etiquetas import Nodo, W
from expediente.documentos.paquete import Miembro
from expediente.documentos.piezas_de_word import (
    CLASES,
    Piezas,
    Relacion,
    escribir_nodo,
    leer_nodo,
)
from expediente.documentos.secciones import secciones_de
from expediente.documentos.secciones_membretadas import (
    REFERENCIAS,
    HojaMembretada,
    ensanchar_tablas,
    hojas_de,
)
from expediente.documentos.traspaso_de_estilos import Traspaso, traspasar
from expediente.nucleo.errores import DatosInvalidos

_PAGINAS = {
    "default": WD_HEADER_FOOTER.PRIMARY,
    "first": WD_HEADER_FOOTER.FIRST_PAGE,
    "even": WD_HEADER_FOOTER.EVEN_PAGE,
}
_CON_TEXTO = ("footnotes", "endnotes", "comments")
_TAL_CUAL = {"fontTable": "fontTable.xml", "theme": "theme/theme1.xml"}
_EFECTOS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_TIPO = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_PROPIA = "rIdMembrete"
# Lo que sale de un XML que no cierra, de una pieza que falta o de una medida que no es número.
_DANOS = (etree.XMLSyntaxError, KeyError, ValueError, PythonDocxError)


@dataclass(frozen=True)
class Vestida:
    """La plantilla con su membrete.

    `cambio` es falso si ya lo tenía igual; `conservados`, los estilos que usa su texto y
    el membrete no tiene: se le dejaron.
    """

    contenido: bytes
    cambio: bool
    conservados: tuple[str, ...]


def vestir(plantilla: Mapping[str, Miembro], membrete: Mapping[str, Miembro]) -> Vestida:
    """La plantilla con el encabezado, pie, estilos, listas, tema y márgenes del membrete.

    Repetirlo no cambia nada. Lanza DatosInvalidos si algo de la plantilla se perdería, o si
    una de las dos está dañada.
    """
    try:
        return _vestir(plantilla, membrete)
    except _DANOS as error:
        raise DatosInvalidos(
            "la plantilla o el membrete están dañados; ábralos en Word y guárdelos de nuevo."
        ) from error


def _vestir(plantilla: Mapping[str, Miembro], membrete: Mapping[str, Miembro]) -> Vestida:
    antes, destino, origen = Piezas(plantilla), Piezas(plantilla), Piezas(membrete)
    hojas = hojas_de(origen)
    ensanchar_tablas(origen, hojas)
    textos = _textos(destino)
    traspaso, comunes = _juntar(destino, origen, list(textos.values()))
    for nombre, raiz in textos.items():
        traspaso.ajustar(raiz)
        destino.contenido[nombre] = escribir_nodo(raiz)
    cuerpo = textos[destino.cuerpo]
    _quitar_lo_anterior(destino, origen, cuerpo)
    enlaces = _Enlaces(destino)
    _poner_lo_comun(enlaces, origen, comunes)
    pares = _distingue_pares(origen)
    _poner_en_secciones(enlaces, origen, cuerpo, hojas, pares)
    destino.contenido[destino.cuerpo] = escribir_nodo(cuerpo)
    destino.enlazar(destino.cuerpo, enlaces.todos)
    _fijar_pares(destino, pares)
    return Vestida(destino.cerrar(), destino.contenido != antes.contenido, traspaso.conservados)


def en_blanco(membrete: Mapping[str, Miembro], nombre: str) -> bytes:
    """La hoja membretada sin texto, como sale de la caja.

    Lanza DatosInvalidos, diciendo `nombre`, si no trae encabezado ni pie.
    """
    try:
        piezas = Piezas(membrete)
        hojas = hojas_de(piezas)
    except _DANOS as error:
        raise DatosInvalidos(
            f"Membrete {nombre}: está dañado; ábralo en Word y guárdelo de nuevo."
        ) from error
    if not any(hoja.piezas for hoja in hojas):
        raise DatosInvalidos(f"Membrete {nombre}: no trae encabezado ni pie; póngaselos en Word.")
    raiz: Nodo = parse_xml(piezas.contenido[piezas.cuerpo])
    for nodo in [n for n in raiz.iterfind(f"{W}body/*") if n.tag != W + "sectPr"]:
        nodo.getparent().remove(nodo)
    piezas.contenido[piezas.cuerpo] = escribir_nodo(raiz)
    return piezas.cerrar()


class _Enlaces:
    """Lo que enlaza el cuerpo: lo suyo, y después lo que va llegando del membrete."""

    def __init__(self, piezas: Piezas) -> None:
        self.piezas = piezas
        self.carpeta = dirname(piezas.cuerpo)
        self.todos = piezas.relaciones(piezas.cuerpo)

    def agregar(self, clase: str, destino: str) -> str:
        """La clave con que el cuerpo enlaza esa pieza; la misma si ya la enlazaba."""
        for enlace in self.todos:
            if (enlace.clase, enlace.destino) == (CLASES + clase, destino):
                return enlace.clave
        ocupadas = {enlace.clave for enlace in self.todos}
        clave = next(c for n in range(1, 1000) if (c := f"{_PROPIA}{n}") not in ocupadas)
        self.todos.append(Relacion(clave, CLASES + clase, destino))
        return clave


def _textos(piezas: Piezas) -> dict[str, Nodo]:
    """El cuerpo y sus notas, que son lo que usa estilos y listas."""
    notas = [piezas.enlazada(piezas.cuerpo, clase) for clase in _CON_TEXTO]
    nombres = [piezas.cuerpo, *(nota for nota in notas if nota)]
    raices: dict[str, Nodo] = {n: parse_xml(piezas.contenido[n]) for n in nombres}
    if raices[piezas.cuerpo].find(W + "body") is None:
        raise KeyError(W + "body")
    return raices


def _juntar(
    destino: Piezas, origen: Piezas, textos: list[Nodo]
) -> tuple[Traspaso, dict[str, Nodo]]:
    """Los estilos y las listas del membrete con lo que los textos usan de los anteriores."""
    viejos, listas = (_pieza_o_vacia(destino, clase) for clase in ("styles", "numbering"))
    nuevos, listas_nuevas = (_pieza_o_vacia(origen, clase) for clase in ("styles", "numbering"))
    traspaso = traspasar(textos, viejos, nuevos, listas, listas_nuevas)
    return traspaso, {"styles": nuevos, "numbering": listas_nuevas}


def _pieza_o_vacia(piezas: Piezas, clase: str) -> Nodo:
    nombre = piezas.enlazada(piezas.cuerpo, clase)
    return leer_nodo(piezas.contenido[nombre] if nombre else _vacia(clase))


def _vacia(clase: str) -> bytes:
    return f'<w:{clase} xmlns:w="{W[1:-1]}"/>'.encode()


def _quitar_lo_anterior(destino: Piezas, origen: Piezas, cuerpo: Nodo) -> None:
    """Quita los encabezados, pies, estilos y listas, y lo que sólo ellos usaban.

    El tema y la lista de letras sólo se quitan si el membrete trae los suyos.
    """
    for nodo in list(cuerpo.iter(*REFERENCIAS.values())):
        nodo.getparent().remove(nodo)
    sobran = {CLASES + clase for clase in (*REFERENCIAS, "styles", "numbering")} | {_EFECTOS}
    sobran |= {CLASES + clase for clase in _TAL_CUAL if origen.enlazada(origen.cuerpo, clase)}
    quedan = [r for r in destino.relaciones(destino.cuerpo) if r.clase not in sobran]
    destino.enlazar(destino.cuerpo, quedan)
    destino.quitar_sueltas()


def _poner_lo_comun(enlaces: _Enlaces, origen: Piezas, comunes: Mapping[str, Nodo]) -> None:
    for clase, raiz in comunes.items():
        nombre = f"{enlaces.carpeta}/{clase}.xml"
        if len(raiz):
            enlaces.piezas.poner(nombre, escribir_nodo(raiz), _TIPO.format(clase))
            enlaces.agregar(clase, nombre)
    for clase, fichero in _TAL_CUAL.items():
        if pieza := origen.enlazada(origen.cuerpo, clase):
            nombre = f"{enlaces.carpeta}/{fichero}"
            enlaces.agregar(clase, enlaces.piezas.traer(origen, pieza, nombre))


def _poner_en_secciones(
    enlaces: _Enlaces, origen: Piezas, cuerpo: Nodo, hojas: list[HojaMembretada], pares: bool
) -> None:
    """Da a cada sección la hoja de su orientación, o la primera si no la hay.

    La primera página distinta es la del documento: las demás secciones siguen con la común.
    """
    anterior = None
    cuerpo.body.get_or_add_sectPr()
    for seccion in secciones_de(cuerpo):
        iguales = (h for h in hojas if h.orientacion == seccion.orientation)
        hoja = next(iguales, hojas[0])
        es_primera = anterior is None
        seccion.titlePg_val = es_primera and hoja.primera_distinta
        seccion.get_or_add_pgMar().attrib.update(hoja.margenes)
        if hoja is not anterior:
            paginas = {"default", *(["first"] if seccion.titlePg_val else []),
                       *(["even"] if pares else [])}  # fmt: skip
            _referir(enlaces, origen, seccion, hoja, paginas)
        anterior = hoja


def _referir(
    enlaces: _Enlaces, origen: Piezas, seccion: Nodo, hoja: HojaMembretada, paginas: set[str]
) -> None:
    for pagina in (p for p in _PAGINAS if p in paginas):
        for clase in REFERENCIAS:
            if pieza := hoja.piezas.get((clase, pagina)):
                clave = enlaces.agregar(clase, _traer_pieza(enlaces, origen, clase, pieza))
                poner = getattr(seccion, f"add_{clase}Reference")
                poner(_PAGINAS[pagina], clave)


def _traer_pieza(enlaces: _Enlaces, origen: Piezas, clase: str, pieza: str) -> str:
    """Trae un encabezado o pie: header1.xml, header2.xml… en el orden en que se usan."""
    hay = sum(enlace.clase == CLASES + clase for enlace in enlaces.todos)
    return enlaces.piezas.traer(origen, pieza, f"{enlaces.carpeta}/{clase}{hay + 1}.xml")


def _distingue_pares(origen: Piezas) -> bool:
    nombre = origen.enlazada(origen.cuerpo, "settings")
    if nombre is None:
        return False
    ajustes: Nodo = parse_xml(origen.contenido[nombre])
    return bool(ajustes.evenAndOddHeaders_val)


def _fijar_pares(destino: Piezas, pares: bool) -> None:
    """Si el membrete distingue las páginas pares, la plantilla también; si no, tampoco."""
    nombre = destino.enlazada(destino.cuerpo, "settings")
    if nombre is None and not pares:
        return
    if nombre is None:
        enlaces = _Enlaces(destino)
        nombre = f"{enlaces.carpeta}/settings.xml"
        destino.poner(nombre, _vacia("settings"), _TIPO.format("settings"))
        enlaces.agregar("settings", nombre)
        destino.enlazar(destino.cuerpo, enlaces.todos)
    ajustes: Nodo = parse_xml(destino.contenido[nombre])
    if bool(ajustes.evenAndOddHeaders_val) != pares:
        ajustes.evenAndOddHeaders_val = pares
        destino.contenido[nombre] = escribir_nodo(ajustes)
