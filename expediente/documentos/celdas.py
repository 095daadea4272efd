"""Las etiquetas que cambian su celda: colspan, cellbg, vm y hm.

`colspan` y `cellbg` se vuelven un valor dentro de las propiedades de la celda. `vm`
junta hacia abajo las copias de la celda que hace un «for», y `hm` hacia la derecha.
"""

import re
from copy import deepcopy
from dataclasses import replace
from typing import Any

from lxml import etree

from expediente.documentos.anchos import anchos_a_la_medida
from expediente.documentos.etiquetas import Etiqueta, Nodo, W
from expediente.documentos.faltante import LLENADO, es_faltante, rutas_de
from expediente.documentos.marcado import INSTRUCCION, quitar_conservando_lo_que_sigue
from expediente.documentos.rico import color_hexadecimal

DE_CELDA = ("colspan", "cellbg", "vm", "hm")
MAXIMAS_COLUMNAS = 63  # el tope de Word

_LOOP = {"vm": "loop.first", "hm": "loop.length"}
_PROPIEDAD = {"colspan": "gridSpan", "cellbg": "shd", "vm": "vMerge", "hm": "gridSpan"}
# El orden de las propiedades de una celda en el esquema de Word.
_ORDEN = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark",
)  # fmt: skip


def llevar_a_la_celda(instruccion: Nodo, etiqueta: Etiqueta, etiquetas: list[Etiqueta]) -> None:
    """Muda la etiqueta a las propiedades de su celda.

    Lanza PlantillaMalEscrita si no está en una tabla, o si la celda ya tiene otra igual.
    """
    celda = next(instruccion.iterancestors(W + "tc"), None)
    if celda is None:
        raise etiqueta.error("sólo puede ir dentro de la celda de una tabla.")
    propiedades = celda.find(W + "tcPr")
    if propiedades is None:
        propiedades = etree.Element(W + "tcPr")
        celda.insert(0, propiedades)
    quitar_conservando_lo_que_sigue(instruccion)
    codigo = etiqueta.codigo if etiqueta.nivel in ("colspan", "cellbg") else _LOOP[etiqueta.nivel]
    anterior = propiedades.find(W + _PROPIEDAD[etiqueta.nivel])
    if anterior is not None:
        if next(anterior.iter(etree.ProcessingInstruction), None) is not None:
            raise etiqueta.error("choca con otra etiqueta de su celda; deje una sola.")
        if etiqueta.nivel == "hm":
            codigo = f"{int(anterior.get(W + 'val', '1'))} * {codigo}"
        propiedades.remove(anterior)
    _colocar(propiedades, W + _PROPIEDAD[etiqueta.nivel], etiqueta, codigo, etiquetas)
    if etiqueta.nivel == "vm":
        _vaciar_las_copias(celda, etiqueta, etiquetas)
    elif etiqueta.nivel == "hm":
        celda.addprevious(_sintetica(etiqueta, "if loop.first", etiquetas))
        celda.addnext(_sintetica(etiqueta, "endif", etiquetas))


def _colocar(
    propiedades: Nodo, nombre: str, etiqueta: Etiqueta, codigo: str, etiquetas: list[Etiqueta]
) -> None:
    """Pone en su lugar del esquema un elemento que sólo guarda la etiqueta."""
    sitio = etree.Element(nombre)
    numero = len(etiquetas)
    etiquetas.append(replace(etiqueta, clase="{{", codigo=codigo))
    sitio.append(etree.ProcessingInstruction(INSTRUCCION, str(numero)))
    lugar = _ORDEN.index(nombre.removeprefix(W))
    despues = [W + otro for otro in _ORDEN[lugar + 1 :]]
    siguiente = next((hijo for hijo in propiedades if hijo.tag in despues), None)
    if siguiente is None:
        propiedades.append(sitio)
    else:
        siguiente.addprevious(sitio)


def _sintetica(etiqueta: Etiqueta, codigo: str, etiquetas: list[Etiqueta]) -> Nodo:
    etiquetas.append(replace(etiqueta, clase="{%", codigo=codigo))
    return etree.ProcessingInstruction(INSTRUCCION, str(len(etiquetas) - 1))


def _vaciar_las_copias(celda: Nodo, etiqueta: Etiqueta, etiquetas: list[Etiqueta]) -> None:
    """Hace que sólo la primera copia lleve el texto; las demás, un párrafo vacío."""
    contenido = [hijo for hijo in celda if hijo.tag != W + "tcPr"]
    vacio = etree.Element(W + "p")
    formato = celda.find(f"{W}p/{W}pPr")
    if formato is not None:
        vacio.append(deepcopy(formato))
    contenido[0].addprevious(_sintetica(etiqueta, "if loop.first", etiquetas))
    for nodo in (
        _sintetica(etiqueta, "else", etiquetas),
        vacio,
        _sintetica(etiqueta, "endif", etiquetas),
    ):
        celda.append(nodo)


def imprimir_colspan(valor: Any, numero: int) -> str:
    """Devuelve el `<w:gridSpan>` de una celda que abarca `valor` columnas."""
    if _falta(valor, numero):
        return ""
    columnas = int(valor) if str(valor).strip().isdecimal() else 0
    if not 0 < columnas <= MAXIMAS_COLUMNAS:
        problema = f"debe dar un número de columnas, de 1 a {MAXIMAS_COLUMNAS}"
        LLENADO.get().ajenos.append((numero, problema))
        return ""
    return f'<w:gridSpan w:val="{columnas}"/>'


def imprimir_fondo(valor: Any, numero: int) -> str:
    """Devuelve el `<w:shd>` que pinta la celda; con la cadena vacía no la pinta."""
    if _falta(valor, numero) or valor == "":
        return ""
    try:
        color = color_hexadecimal(valor)
    except ValueError:
        problema = "debe dar un color de seis cifras hexadecimales, como «FFE699»"
        LLENADO.get().ajenos.append((numero, problema))
        return ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{color}"/>'


def imprimir_union(primera: bool, _numero: int) -> str:
    """Devuelve el `<w:vMerge>` de la primera celda de una pila, o de las que siguen."""
    return f'<w:vMerge w:val="{"restart" if primera else "continue"}"/>'


def _falta(valor: Any, numero: int) -> bool:
    if not es_faltante(valor):
        return False
    LLENADO.get().faltantes.append((numero, rutas_de(valor)))
    return True


def ajustar_rejillas(xml: str) -> str:
    """Da a cada tabla tantas columnas como su renglón más ancho, sin cambiar su ancho.

    Si ninguna celda de ese renglón tiene ancho preferido, cada columna mide lo que pide lo
    que dice.
    """
    raiz: Nodo = etree.fromstring(xml)
    for tabla in raiz.iter(W + "tbl"):
        rejilla, renglones = tabla.find(W + "tblGrid"), _renglones_de(tabla)
        necesarias = max(map(_columnas_de, renglones), default=0)
        necesarias = min(necesarias, MAXIMAS_COLUMNAS)
        if rejilla is None or not necesarias:
            continue
        if any(_sin_preferencia(r) and len(_celdas_de(r)) == necesarias for r in renglones):
            _dar_a_la_medida(rejilla, renglones, necesarias)
        elif necesarias != len(rejilla):
            _repartir(rejilla, necesarias)
    return etree.tostring(raiz, encoding="unicode")


def _sin_preferencia(renglon: Nodo) -> bool:
    anchos = (celda.find(f"{W}tcPr/{W}tcW") for celda in _celdas_de(renglon))
    return all(ancho is None or ancho.get(W + "type") == "auto" for ancho in anchos)


def _dar_a_la_medida(rejilla: Nodo, renglones: list[Nodo], columnas: int) -> None:
    enteros = [celdas for r in renglones if len(celdas := _celdas_de(r)) == columnas]
    filas = [["".join(celda.itertext(W + "t")) for celda in celdas] for celdas in enteros]
    total = sum(int(float(columna.get(W + "w", "0"))) for columna in rejilla)
    anchos = anchos_a_la_medida(filas, total)
    rejilla[:] = [etree.Element(W + "gridCol", {W + "w": str(ancho)}) for ancho in anchos]
    for celdas in enteros:
        for celda, ancho in zip(celdas, anchos, strict=True):
            _fijar_ancho(celda, ancho)


def _fijar_ancho(celda: Nodo, ancho: int) -> None:
    propiedades = celda.find(W + "tcPr")
    if propiedades is None:
        propiedades = etree.Element(W + "tcPr")
        celda.insert(0, propiedades)
    for previo in propiedades.findall(W + "tcW"):
        propiedades.remove(previo)
    lugar = int(len(propiedades) > 0 and propiedades[0].tag == W + "cnfStyle")
    propiedades.insert(lugar, etree.Element(W + "tcW", {W + "w": str(ancho), W + "type": "dxa"}))


def _renglones_de(tabla: Nodo) -> list[Nodo]:
    return [r for r in tabla.iter(W + "tr") if next(r.iterancestors(W + "tbl")) is tabla]


def _celdas_de(renglon: Nodo) -> list[Nodo]:
    return [c for c in renglon.iter(W + "tc") if next(c.iterancestors(W + "tr")) is renglon]


def _columnas_de(renglon: Nodo) -> int:
    celdas = _celdas_de(renglon)
    abarcan = [celda.find(f"{W}tcPr/{W}gridSpan") for celda in celdas]
    margenes = [
        hueco
        for nombre in ("gridBefore", "gridAfter")
        if (hueco := renglon.find(f"{W}trPr/{W}{nombre}")) is not None
    ]
    return sum(
        1 if abarca is None else int(abarca.get(W + "val", "1")) for abarca in abarcan
    ) + sum(int(hueco.get(W + "val", "0")) for hueco in margenes)


def _repartir(rejilla: Nodo, columnas: int) -> None:
    viejas = [int(float(columna.get(W + "w", "0"))) for columna in rejilla]
    total, quedan = sum(viejas), viejas[:columnas]
    nuevas = columnas - len(quedan)
    if nuevas:
        ancho = total // columnas
        quedan = [v * (total - ancho * nuevas) // (total or 1) for v in quedan] + [ancho] * nuevas
    else:
        quedan = [v + (total - sum(quedan)) // columnas for v in quedan]
    rejilla[:] = [etree.Element(W + "gridCol", {W + "w": str(ancho)}) for ancho in quedan]


def renumerar_dibujos(xml: str) -> str:
    """Da un número distinto a cada dibujo: los que copia un «for» lo repiten."""
    numeros = iter(range(1001, 1_000_000))
    return re.sub(r'(<wp:docPr\b[^>]*?\bid=")\d+', lambda m: f"{m[1]}{next(numeros)}", xml)
