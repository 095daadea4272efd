"""La vía corta: un dato que se imprime tal cual, y un renglón que sólo imprime datos.

Da lo mismo que `entorno.dato` e `impresion.imprimir`, que siguen mandando en cuanto el dato
falta, no es un texto o trae algo que escapar; una prueba compara las dos. De un informe de
quinientos renglones casi todo el tiempo se iba en llamarlas celda por celda.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from expediente.documentos.entorno import dato, enlistar, interna
from expediente.documentos.faltante import LLENADO
from expediente.documentos.impresion import es_aspero, imprimir

# La clave del dato en su renglón, su nombre completo y el número de su etiqueta.
Columna = tuple[str, str, int]


@interna
def imprimir_dato(valor: Any, claves: tuple[str | int, ...], ruta: str, numero: int) -> str:
    """El dato al que se llega por las claves, escrito en XML para dentro de un `<w:t>`."""
    dicho = valor
    for clave in claves:
        if type(dicho) is not dict or clave not in dicho:
            break
        dicho = dicho[clave]
    else:
        if isinstance(dicho, str):
            texto = dicho if type(dicho) is str else str(dicho)
            if not es_aspero(texto):
                return texto
    return imprimir(dato(valor, claves, ruta), numero)


@interna
def imprimir_renglones(
    valores: Any, numero: int, literales: tuple[str, ...], columnas: tuple[Columna, ...]
) -> str:
    """Un renglón por cada valor: los literales con los datos de las columnas en medio."""
    filas = enlistar(valores, numero)
    # Lo que se repite se cuenta antes de hacerlo.
    LLENADO.get().presupuesto.gastar(len(filas) * sum(map(len, literales)))
    por_columna = _textos_llanos(filas, columnas)
    if por_columna is None:
        return "".join(chain.from_iterable(_renglon(fila, literales, columnas) for fila in filas))
    paso = len(literales) + len(columnas)
    trozos = [""] * (paso * len(filas))
    for n, literal in enumerate(literales):
        trozos[2 * n :: paso] = [literal] * len(filas)
    for n, textos in enumerate(por_columna):
        trozos[2 * n + 1 :: paso] = textos
    return "".join(trozos)


def _textos_llanos(filas: Any, columnas: tuple[Columna, ...]) -> list[list[str]] | None:
    """Los datos por columna, si todos son textos sin nada que escapar; si no, None."""
    if set(map(type, filas)) != {dict}:
        return None
    try:
        por_columna = [[fila[clave] for fila in filas] for clave, _, _ in columnas]
    except KeyError:
        return None
    tipos = set(map(type, chain.from_iterable(por_columna)))
    if not all(issubclass(tipo, str) for tipo in tipos):
        return None
    if tipos != {str}:
        por_columna = [list(map(str, textos)) for textos in por_columna]
    return None if es_aspero("".join(chain.from_iterable(por_columna))) else por_columna


def _renglon(fila: Any, literales: tuple[str, ...], columnas: tuple[Columna, ...]) -> Iterator[str]:
    yield literales[0]
    for (clave, ruta, numero), literal in zip(columnas, literales[1:], strict=True):
        yield imprimir_dato(fila, (clave,), ruta, numero)
        yield literal
