"""La gráfica que pide una plantilla: `{{ grafica(grupo, ancho='12cm') }}`.

Es un dibujo vectorial, no una gráfica de Office: se ve igual en Word, en LibreOffice y en
el PDF, no lleva un libro de Excel dentro con otras cifras que las firmadas, y no hay manera
de que Word la tome por dañada. La que se edita va en la hoja de cálculo del informe.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from expediente.documentos.faltante import es_faltante, faltante_entre
from expediente.documentos.graficas import (
    Cifra,
    Grafica,
    Lienzo,
    Punto,
    barras,
    columnas,
    las_mayores,
)
from expediente.documentos.imagenes import Dibujo, Imagen, ImagenInvalida, en_emu
from expediente.documentos.metafichero import metafichero
from expediente.documentos.paquete import comprimir

SIN_PUNTOS = "Sin datos en el periodo."
_EMU_POR_PUNTO = 12_700
_ANCHO = "12cm"
_MINIMO_CM = 4
_MAXIMO_DE_PUNTOS = 500
BARRAS = "barras"
_COMO: Mapping[str, Callable[[Grafica, float], Lienzo]] = {BARRAS: barras, "columnas": columnas}
# «1,234», «1,234.50» u «87.5 %»: el número, y si lleva algo detrás no se suma con otros.
_NUMERO = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*(.*)")


def grafica(grupo: Any, ancho: Any = _ANCHO, como: Any = BARRAS, titulo: Any = None) -> Any:
    """Da la gráfica de un desglose: «barras» de mayor a menor, o «columnas» en su orden.

    `grupo` trae `nombre` y `filas`, cada una con `nombre` y `valor`; para dos series,
    además `series`, y en cada fila `valores`; con `en_orden`, las barras no se ordenan. Sin
    `titulo` se titula como el grupo. El texto alternativo dice las cifras.
    """
    faltante = faltante_entre((grupo,))
    if faltante is not None:
        return faltante
    if isinstance(grupo, Mapping) and not grupo.get("filas"):
        return SIN_PUNTOS
    leida = _leer(grupo, titulo)
    if como == BARRAS:
        leida = replace(leida, puntos=las_mayores(leida))
    return Dibujo(lambda _: _dibujada(leida, ancho, str(como)), None, None, leida.texto)


def _leer(grupo: Any, titulo: Any) -> Grafica:
    try:
        puntos = tuple(_punto(fila) for fila in grupo["filas"][:_MAXIMO_DE_PUNTOS])
        series = tuple(str(serie) for serie in grupo.get("series", ())[:2])
        nombre = str(grupo["nombre"] if es_faltante(titulo) else titulo)
    except (KeyError, TypeError, AttributeError):
        return Grafica("", ())
    sueltas = all(_NUMERO.sub(r"\2", texto) == "" for p in puntos for texto in p.textos)
    return Grafica(nombre, puntos, series, sueltas, en_orden=grupo.get("en_orden") is True)


def _punto(fila: Mapping[str, Any]) -> Punto:
    textos = tuple(str(valor) for valor in fila.get("valores") or (fila["valor"],))
    return Punto(str(fila["nombre"]), tuple(map(_cifra, textos)), textos)


def _cifra(texto: str) -> Cifra:
    """El número de un texto; 0 si no es uno, como «s/d»."""
    hallado = _NUMERO.fullmatch(texto)
    if hallado is None:
        return 0
    sin_comas = hallado[1].replace(",", "")
    return Decimal(sin_comas) if "." in sin_comas else int(sin_comas)


def _dibujada(leida: Grafica, ancho: Any, como: str) -> Imagen:
    if not leida.puntos:
        raise ImagenInvalida("pide la gráfica de algo que no es un desglose con su nombre y filas")
    if como not in _COMO:
        raise ImagenInvalida(f"dice como='{como}'; las gráficas son de «barras» o de «columnas»")
    emu = en_emu(ancho) or en_emu(_ANCHO)
    if emu < en_emu(f"{_MINIMO_CM}cm"):
        raise ImagenInvalida(f"pide una gráfica de menos de {_MINIMO_CM} cm, que no se leería")
    lienzo = _COMO[como](leida, emu / _EMU_POR_PUNTO)
    contenido = metafichero(lienzo.ancho, lienzo.alto, lienzo.trazos)
    huella = hashlib.sha256(contenido).hexdigest()[:16]
    miembro = comprimir(f"word/media/grafica-{huella}.emf", contenido)
    return Imagen(emu, round(lienzo.alto * _EMU_POR_PUNTO), miembro)
