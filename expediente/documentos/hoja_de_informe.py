"""Un informe en Excel: cifras, detalle, un desglose por hoja con su gráfica, folios y notas.

Las gráficas son de Excel y se editan; van en gris y con su cifra, como las del Word. Lo que
alguien capturó es siempre texto: aquí no hay una sola fórmula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from expediente.documentos.graficas import Grafica, Punto, las_mayores
from expediente.documentos.graficas_de_excel import barras_de_excel, columnas_de_excel
from expediente.documentos.hoja_de_calculo import Celda, Columna, Libro, libro_de_excel

_ANCHO_MENOR, _ANCHO_MAYOR = 10, 42
_RENGLONES_QUE_MIDEN = 200
_COLUMNA_DE_LA_GRAFICA, _COLUMNA_DE_LO_DIBUJADO = 4, 15


@dataclass(frozen=True)
class Cifra:
    """Una cifra del informe: cómo se llama, cuánto es, qué cuenta y los folios que la dan."""

    nombre: str
    cantidad: int | Decimal
    definicion: str = ""
    folios: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desglose:
    """Un desglose: cómo se llama y la cifra de cada valor, de mayor a menor.

    `en_orden` dice que van en el suyo, como unas edades.
    """

    nombre: str
    cifras: tuple[Cifra, ...]
    en_orden: bool = False


@dataclass(frozen=True)
class Reparto:
    """Dos series por cada parte del periodo: `filas` son (parte, una, otra)."""

    nombre: str
    series: tuple[str, str]
    filas: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Medicion:
    """Un indicador ya medido, como se lee; `cumple` es «» si no hay contra qué."""

    nombre: str
    formula: str
    numerador: str
    denominador: str
    valor: str
    estandar: str = ""
    cumple: str = ""


@dataclass(frozen=True)
class InformeEnHojas:
    """Todo lo que un informe dice, sin el papel.

    `senas` son los renglones de su cabeza: (qué es, qué dice). `notas`, los del final.
    """

    titulo: str
    senas: tuple[tuple[str, str], ...]
    identidad: str
    cifras: tuple[Cifra, ...]
    columnas: tuple[str, ...]
    filas: tuple[tuple[Celda, ...], ...]
    grupos: tuple[Desglose, ...] = ()
    reparto: Reparto | None = None
    mediciones: tuple[Medicion, ...] = ()
    notas: tuple[tuple[str, str], ...] = ()
    con_folios: bool = True


def informe_en_excel(informe: InformeEnHojas, creado: datetime) -> bytes:
    """Los bytes del .xlsx; los mismos datos dan los mismos bytes."""
    with libro_de_excel(informe.titulo, creado) as libro:
        _cifras(libro, informe)
        anchos = _anchos(informe.columnas, informe.filas)
        columnas = list(map(Columna, informe.columnas, anchos))
        libro.relacion("Detalle", columnas, informe.filas)
        if informe.reparto:
            _reparto(libro, informe.reparto)
        for grupo in informe.grupos:
            _desglose(libro, grupo)
        if informe.con_folios:
            _folios(libro, informe)
        _notas(libro, informe)
    return libro.crudo.getvalue()


def _cifras(libro: Libro, informe: InformeEnHojas) -> None:
    hoja, formatos = libro.hoja("Cifras"), libro.formatos
    hoja.write_string(0, 0, informe.titulo, formatos.rotulo)
    for renglon, (que, dice) in enumerate(informe.senas, start=1):
        hoja.write_string(renglon, 0, f"{que}: {dice}" if que else dice)
    sigue = len(informe.senas) + 2
    columnas = [Columna("Concepto", 44), Columna("Cifra", 14)]
    libro.tabla(hoja, columnas, [(c.nombre, c.cantidad) for c in informe.cifras], sigue)
    sigue += len(informe.cifras) + 2
    hoja.write_string(sigue, 0, informe.identidad)
    if not informe.mediciones:
        return
    titulos = ("Indicador", "Valor", "Numerador", "Denominador", "Estándar", "Cumple",
               "Cómo se calcula")  # fmt: skip
    anchos = (44, 14, 14, 14, 24, 10, 60)
    filas = [(m.nombre, m.valor, m.numerador, m.denominador, m.estandar, m.cumple, m.formula)
             for m in informe.mediciones]  # fmt: skip
    libro.tabla(hoja, list(map(Columna, titulos, anchos)), filas, sigue + 2)


def _reparto(libro: Libro, reparto: Reparto) -> None:
    """Cómo fue el periodo: su tabla y sus columnas, las dos series juntas."""
    hoja = libro.hoja(reparto.nombre)
    columnas = [Columna("Parte", 14), *(Columna(serie, 14) for serie in reparto.series)]
    libro.tabla(hoja, columnas, reparto.filas)
    hoja.freeze_panes(1, 1)
    nombre, cuantas = hoja.get_name(), len(reparto.filas)
    dibujo = columnas_de_excel(libro.excel, reparto.nombre, nombre, reparto.series, cuantas)
    puntos = tuple(Punto(parte, (una, otra)) for parte, una, otra in reparto.filas)
    _poner_dibujo(hoja, dibujo, Grafica(reparto.nombre, puntos, reparto.series))


def _poner_dibujo(hoja: Worksheet, dibujo: Any, grafica: Grafica) -> None:
    opciones = {"description": grafica.texto, "object_position": 2}
    hoja.insert_chart(1, _COLUMNA_DE_LA_GRAFICA, dibujo, opciones)


def _desglose(libro: Libro, grupo: Desglose) -> None:
    """La tabla de un desglose y, a su derecha, la gráfica."""
    hoja, formatos = libro.hoja(grupo.nombre), libro.formatos
    columnas = [Columna(grupo.nombre, 40), Columna("Cuántos", 12), Columna("Parte", 10)]
    libro.tabla(hoja, columnas, [(c.nombre, c.cantidad, None) for c in grupo.cifras])
    total = sum(c.cantidad for c in grupo.cifras)
    for renglon, cifra in enumerate(grupo.cifras, start=1):
        if total:
            hoja.write_number(renglon, 2, cifra.cantidad / total, formatos.parte)
    ultimo = len(grupo.cifras) + 1
    hoja.write_string(ultimo, 0, "Total", formatos.titulo)
    hoja.write_number(ultimo, 1, total, formatos.titulo_de_numeros)
    hoja.freeze_panes(1, 1)
    hoja.repeat_rows(0)
    if grupo.cifras:
        _grafica(libro, hoja, grupo)


def _grafica(libro: Libro, hoja: Worksheet, grupo: Desglose) -> None:
    """La gráfica de las mayores; las cifras que dibuja van lejos, donde no se imprimen."""
    formatos = libro.formatos
    todos = tuple(Punto(c.nombre, (c.cantidad,)) for c in grupo.cifras)
    grafica = Grafica(grupo.nombre, todos, en_orden=grupo.en_orden)
    puntos = las_mayores(grafica)
    lugar = _COLUMNA_DE_LO_DIBUJADO
    hoja.write_string(0, lugar, "En la gráfica", formatos.titulo)
    for renglon, punto in enumerate(puntos, start=1):
        hoja.write_string(renglon, lugar, punto.nombre, formatos.texto)
        hoja.write_number(renglon, lugar + 1, punto.valor, formatos.numero)
    dibujo = barras_de_excel(libro.excel, grupo.nombre, hoja.get_name(), lugar, puntos)
    _poner_dibujo(hoja, dibujo, grafica)
    abajo = max(len(grupo.cifras) + 1, 2 * len(puntos) + 5)
    hoja.print_area(0, 0, abajo, lugar - 1)


def _folios(libro: Libro, informe: InformeEnHojas) -> None:
    """Cada cifra con los folios que la dan, uno por renglón: se filtra y se cuenta."""
    columnas = [Columna("Cifra", 40), Columna("Valor", 34), Columna("Folio", 18)]
    filas = [(c.nombre, "", folio) for c in informe.cifras for folio in c.folios]
    filas += [
        (grupo.nombre, c.nombre, folio)
        for grupo in informe.grupos
        for c in grupo.cifras
        for folio in c.folios
    ]
    libro.relacion("Folios", columnas, filas)


def _notas(libro: Libro, informe: InformeEnHojas) -> None:
    de_cada_cifra = [(c.nombre, c.definicion) for c in informe.cifras if c.definicion]
    hoja = libro.hoja("Notas")
    columnas = [Columna("Nota", 36), Columna("Qué dice", 90)]
    libro.tabla(hoja, columnas, [*informe.senas, *de_cada_cifra, *informe.notas])


def _anchos(titulos: Sequence[str], filas: Sequence[Sequence[Celda]]) -> list[int]:
    """El ancho de cada columna, en letras, según lo que llevan sus primeros renglones."""
    return [
        min(max(_ANCHO_MENOR, *(len(str(dicho)) + 2 for dicho in columna)), _ANCHO_MAYOR)
        for columna in zip(titulos, *filas[:_RENGLONES_QUE_MIDEN], strict=True)
    ]
