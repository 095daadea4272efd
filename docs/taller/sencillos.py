"""Documentos sencillos: los que sólo cambian en lo que dicen, dichos como datos.

Un documento así abre con uno o más párrafos, enseña una ficha de datos y acaso una
relación, cierra y se firma. Con `oficio` lleva además las partes del oficio: número,
asunto, destinatario, firma de quien autoriza y acuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Documento
from estilos import CENTRO
from papeleria import hoja, parrafo, pegado, si_existe
from partes_del_oficio import AVISO_DE_BORRADOR, abrir_oficio, cerrar_oficio
from tablas import encabezado, ficha, firma, renglon, repetido, tabla

ANCHOS_DE_FICHA = (4.5, 12.1)
ANCHO_UTIL_CM = 16.6
HUECO_ENTRE_FIRMAS_CM = 0.8


@dataclass(frozen=True)
class Dato:
    """Un renglón de la ficha: su rótulo, lo que dice y de qué dato depende.

    `si` es la condición con que se escribe; vacía, siempre.
    """

    rotulo: str
    texto: str
    si: str = ""


@dataclass(frozen=True)
class Relacion:
    """Una tabla con un renglón por elemento de una lista del caso.

    `bucle` es como «persona in comisionados»; `columnas`, cada título con su texto y su
    ancho en centímetros.
    """

    titulo: str
    bucle: str
    columnas: tuple[tuple[str, str, float], ...]
    si_no_hay: str = "Ninguno."


@dataclass(frozen=True)
class Sencillo:
    """Un documento sencillo: su clave es el nombre de su plantilla.

    `firmas` son (nombre, papel) de quienes firman al pie cuando no es un oficio; hasta
    tres por renglón. El `numerado` que no es oficio (un recibo, un resguardo) lleva el
    número de su libro y, mientras es borrador, lo anuncia.
    """

    clave: str
    titulo: str
    apertura: tuple[str, ...]
    datos: tuple[Dato, ...] = ()
    relacion: Relacion | None = None
    cierre: tuple[str, ...] = ()
    oficio: bool = False
    firmas: tuple[tuple[str, str], ...] = ()
    numerado: bool = False


def documento_sencillo(dicho: Sencillo) -> Documento:
    """La plantilla de ese documento, en papel de la oficina."""
    documento = hoja(dicho.titulo, con_oficio=dicho.oficio or dicho.numerado)
    if dicho.oficio:
        abrir_oficio(documento)
    else:
        if dicho.numerado:
            si_existe(documento, "oficio.borrador", AVISO_DE_BORRADOR, "Aviso de borrador")
        parrafo(documento, dicho.titulo, "Heading 1").alignment = CENTRO
        if dicho.numerado:
            parrafo(documento, "{{ oficio.numero }}", "Recuadro")
    for texto in dicho.apertura:
        parrafo(documento, texto, "Cuerpo")
    if dicho.datos:
        parrafo(documento, "", "Separador")
        _poner_datos(documento, dicho)
    if dicho.relacion:
        parrafo(documento, "", "Separador")
        _poner_relacion(documento, dicho.relacion)
    for texto in dicho.cierre:
        parrafo(documento, texto, "Cierre")
    if dicho.oficio:
        cerrar_oficio(documento)
    elif dicho.firmas:
        _poner_firmas(documento, dicho.firmas)
    return documento


def _poner_datos(documento: Documento, dicho: Sencillo) -> None:
    datos = tabla(documento, ANCHOS_DE_FICHA, f"Datos: {dicho.titulo}")
    for dato in dicho.datos:
        ficha(datos, dato.rotulo, dato.texto, si=dato.si)


def _poner_relacion(documento: Documento, relacion: Relacion) -> None:
    nueva = tabla(documento, [ancho for _, _, ancho in relacion.columnas], relacion.titulo)
    titulos = [titulo for titulo, _, _ in relacion.columnas]
    encabezado(nueva, titulos, ["Columna"] * len(titulos))
    textos = [texto for _, texto, _ in relacion.columnas]
    repetido(nueva, relacion.bucle, textos, ["Dato menudo"] * len(textos), relacion.si_no_hay)


def _poner_firmas(documento: Documento, firmas: Sequence[tuple[str, str]]) -> None:
    """Cada firma sobre su propia línea, separada de las otras; la que va sola, al centro."""
    pegado(documento, "", "Separador")
    aire = 0.6 if len(firmas) > 1 else 3.8
    ancho = (ANCHO_UTIL_CM - aire * (len(firmas) + 1)) / len(firmas)
    anchos = [aire, *[medida for _ in firmas for medida in (ancho, aire)]]
    pie = tabla(documento, anchos, "Firmas", bordes=False)
    vacios = [""] * len(anchos)
    celdas = renglon(pie, vacios, ["Firma"] * len(anchos)).cells[1::2]
    for celda, (nombre, papel) in zip(celdas, firmas, strict=True):
        firma(celda, nombre, papel)
    parrafo(documento, "", "Entre tablas")
