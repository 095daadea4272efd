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
from tablas import (
    encabezado,
    ficha,
    firma,
    ligar,
    renglon,
    renglon_unido,
    repetido,
    repetido_y_ligado,
    tabla,
)

ANCHOS_DE_FICHA = (4.5, 12.1)
ANCHOS_DE_FICHA_APAISADA = (4.5, 18.4)
MAXIMO_DE_FIRMAS = 3
# Un párrafo, o (condición, párrafo) si sólo se escribe cuando ese dato existe.
Texto = str | tuple[str, str]


@dataclass(frozen=True)
class Dato:
    """Un renglón de la ficha: su rótulo, lo que dice y de qué dato depende.

    `si` es la condición con que se escribe; vacía, siempre. `alto_cm` deja lugar para
    escribir a mano.
    """

    rotulo: str
    texto: str
    si: str = ""
    alto_cm: float | None = None


@dataclass(frozen=True)
class Relacion:
    """Una tabla con un renglón por elemento de una lista del caso.

    `bucle` es como «persona in comisionados»; `columnas`, cada título con su texto y su
    ancho en centímetros; `cifras` son los títulos de las que van a la derecha.
    """

    titulo: str
    bucle: str
    columnas: tuple[tuple[str, str, float], ...]
    cifras: tuple[str, ...] = ()
    si_no_hay: str = "Ninguno."


@dataclass(frozen=True)
class Sencillo:
    """Un documento sencillo: su clave es el nombre de su plantilla.

    `desarrollo` son los párrafos que siguen a la ficha y a la relación. `firmas` son
    (nombre, papel) de quienes firman al pie cuando no es un oficio, de dos en dos si son
    más de tres. El `numerado` que no es oficio (un recibo, un resguardo) lleva el número
    de su libro y, mientras es borrador, lo anuncia.
    """

    clave: str
    titulo: str
    apertura: tuple[Texto, ...]
    datos: tuple[Dato, ...] = ()
    relacion: Relacion | None = None
    desarrollo: tuple[Texto, ...] = ()
    cierre: tuple[Texto, ...] = ()
    oficio: bool = False
    firmas: tuple[tuple[str, str], ...] = ()
    numerado: bool = False
    apaisado: bool = False

    @property
    def anchos_cm(self) -> tuple[float, float]:
        """Los de la ficha, que llena la hoja."""
        return ANCHOS_DE_FICHA_APAISADA if self.apaisado else ANCHOS_DE_FICHA


def documento_sencillo(dicho: Sencillo) -> Documento:
    """La plantilla de ese documento, en papel de la oficina."""
    documento = hoja(dicho.titulo, apaisada=dicho.apaisado)
    if dicho.oficio:
        abrir_oficio(documento)
    else:
        if dicho.numerado:
            si_existe(documento, "oficio.borrador", AVISO_DE_BORRADOR, "Aviso de borrador")
        parrafo(documento, dicho.titulo, "Heading 1").alignment = CENTRO
        if dicho.numerado:
            parrafo(documento, "{{ oficio.numero }}", "Recuadro")
    ligado = _lo_ligado(dicho)
    _poner_textos(documento, dicho.apertura, ligados=ligado == "apertura")
    if dicho.datos:
        parrafo(documento, "", "Separador")
        _poner_datos(documento, dicho, ligada=ligado == "datos")
    if dicho.relacion:
        parrafo(documento, "", "Separador")
        _poner_relacion(documento, dicho.relacion, ligada=ligado == "relacion")
    _poner_textos(documento, dicho.desarrollo, ligados=ligado == "desarrollo")
    _poner_textos(documento, dicho.cierre, ligados=True, desde=0)
    if dicho.oficio:
        cerrar_oficio(documento)
    elif dicho.firmas:
        _poner_firmas(documento, dicho)
    return documento


def _lo_ligado(dicho: Sencillo) -> str:
    """Lo que debe ir en la página de la firma además del cierre: nunca llega casi sola."""
    partes = ("desarrollo", "relacion", "datos")
    # Un solo párrafo ya va con el asunto: ligado, la carta entera saltaría de página.
    sin_de_donde_partir = len(dicho.apertura) == 1 and not any(getattr(dicho, x) for x in partes)
    if len(dicho.cierre) > 1 or sin_de_donde_partir:
        return ""
    return next((parte for parte in partes if getattr(dicho, parte)), "apertura")


def _poner_textos(
    documento: Documento, textos: Sequence[Texto], *, ligados: bool, desde: int | None = None
) -> None:
    """Los párrafos; los `ligados` no se separan de lo que sigue desde el último seguro."""
    if desde is None:
        desde = max((n for n, texto in enumerate(textos) if isinstance(texto, str)), default=0)
    for numero, texto in enumerate(textos):
        estilo = "Cierre" if ligados and numero >= desde else "Cuerpo"
        if isinstance(texto, str):
            parrafo(documento, texto, estilo)
        else:
            si_existe(documento, *texto, estilo)


def _poner_datos(documento: Documento, dicho: Sencillo, *, ligada: bool) -> None:
    """La ficha; si va `ligada` a lo que sigue, desde su último renglón que siempre se escribe."""
    datos = tabla(documento, dicho.anchos_cm, f"Datos: {dicho.titulo}")
    seguro = max((n for n, dato in enumerate(dicho.datos) if not dato.si), default=0)
    for numero, dato in enumerate(dicho.datos):
        nuevo = ficha(datos, dato.rotulo, dato.texto, si=dato.si, alto_cm=dato.alto_cm)
        if ligada and numero >= seguro:
            ligar(nuevo)


def _poner_relacion(documento: Documento, relacion: Relacion, *, ligada: bool) -> None:
    """La relación; si va `ligada` a lo que sigue, con un renglón que dice que ahí acaba."""
    nueva = tabla(documento, [ancho for _, _, ancho in relacion.columnas], relacion.titulo)
    titulos = [titulo for titulo, _, _ in relacion.columnas]
    cifras = [titulo in relacion.cifras for titulo in titulos]
    encabezado(nueva, titulos, ["Columna de cifras" if es else "Columna" for es in cifras])
    textos = [texto for _, texto, _ in relacion.columnas]
    estilos = ["Cifra" if es else "Dato menudo" for es in cifras]
    poner = repetido_y_ligado if ligada else repetido
    poner(nueva, relacion.bucle, textos, estilos, relacion.si_no_hay)
    if ligada:
        renglon_unido(nueva, "Fin de la relación", "Fin de la relación")


def _poner_firmas(documento: Documento, dicho: Sencillo) -> None:
    """Cada firma sobre su propia línea, separada de las otras; la que va sola, al centro."""
    pegado(documento, "", "Separador")
    en_fila = len(dicho.firmas) if len(dicho.firmas) <= MAXIMO_DE_FIRMAS else 2
    aire = 0.6 if en_fila > 1 else 3.8
    ancho = (sum(dicho.anchos_cm) - aire * (en_fila + 1)) / en_fila
    anchos = [aire, *[medida for _ in range(en_fila) for medida in (ancho, aire)]]
    pie = tabla(documento, anchos, "Firmas", bordes=False)
    for desde in range(0, len(dicho.firmas), en_fila):
        celdas = renglon(pie, [""] * len(anchos), ["Firma"] * len(anchos)).cells[1::2]
        for celda, (nombre, papel) in zip(celdas, dicho.firmas[desde:], strict=False):
            firma(celda, nombre, papel)
    parrafo(documento, "", "Entre tablas")
