"""Leer y armar nodos del árbol de Jinja: la cadena de un dato, su ruta y las llamadas internas."""

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from expediente.documentos.entorno import INTERNOS
from expediente.documentos.peso import para_buscar, para_comparar
from expediente.documentos.renglones import Columna, imprimir_dato

# Una variable local apunta a la ruta de su dato («filas[]»), o a None si no la tiene.
Ambito = dict[str, str | None]
# Jinja declara un simple nodo donde siempre hay una expresión.
Expresion = Any


def numero_de(nodo: nodes.Node) -> int:
    """Devuelve el número de la etiqueta de donde viene un nodo."""
    # El renglón 1 es anterior a la primera etiqueta (véase `estructura.Fuente`).
    return max(nodo.lineno - 2, 0)


def cadena(nodo: nodes.Expr) -> tuple[nodes.Expr, tuple[str | int, ...]]:
    """Parte «a.b['c']» en su raíz y sus claves; un corchete calculado es la raíz."""
    claves: list[str | int] = []
    while True:
        if isinstance(nodo, nodes.Getattr):
            claves.append(nodo.attr)
        elif isinstance(nodo, nodes.Getitem) and _es_clave(nodo.arg):
            claves.append(nodo.arg.value)  # type: ignore[attr-defined]  # _es_clave vio que es Const
        else:
            return nodo, tuple(reversed(claves))
        nodo = nodo.node


def _es_clave(argumento: nodes.Expr) -> bool:
    return isinstance(argumento, nodes.Const) and isinstance(argumento.value, (str, int))


def ruta_de(raiz: nodes.Name, claves: tuple[str | int, ...], ambito: Ambito) -> str:
    """Devuelve el nombre completo de un dato: «filas[].nombre»."""
    return (ambito.get(raiz.name) or raiz.name) + "".join(map(_eslabon, claves))


def _eslabon(clave: str | int) -> str:
    return f".{clave}" if isinstance(clave, str) else "[]"


def visible(claves: tuple[str | int, ...]) -> str:
    """Devuelve lo que se puede decir del nombre de un dato cuya raíz se calcula."""
    return "".join(map(_eslabon, claves)).lstrip(".")


def es_llamada(nodo: Expresion, funcion: Callable[..., Any]) -> bool:
    """Dice si el nodo es la llamada a esa función interna."""
    return isinstance(nodo, nodes.Filter) and nodo.name == INTERNOS[funcion]


def llamar(funcion: Callable[..., Any], valor: nodes.Expr, *argumentos: nodes.Expr) -> nodes.Filter:
    """Devuelve la llamada a una función interna, escrita como filtro de Jinja."""
    return nodes.Filter(
        valor, INTERNOS[funcion], list(argumentos), [], None, None, lineno=valor.lineno
    )


def medir(comparacion: nodes.Compare) -> None:
    """Hace que se mida lo que se va a comparar, salvo lo escrito en la etiqueta."""
    if not isinstance(comparacion.expr, nodes.Const):
        comparacion.expr = llamar(para_comparar, comparacion.expr)
    for operando in comparacion.ops:
        if not isinstance(operando.expr, nodes.Const):
            busca = operando.op in ("in", "notin")
            operando.expr = llamar(para_buscar if busca else para_comparar, operando.expr)


def renglon_llano(bucle: nodes.For) -> tuple[tuple[str, ...], tuple[Columna, ...]] | None:
    """Devuelve los literales y las columnas de un bucle que sólo imprime datos de su variable.

    Va un literal más que columnas. Devuelve None si el bucle hace cualquier otra cosa.
    """
    literales, columnas = [""], []
    for nodo in bucle.body:
        if not isinstance(nodo, nodes.Output):
            return None
        hijo: Expresion
        for hijo in nodo.nodes:
            if isinstance(hijo, nodes.TemplateData):
                literales[-1] += hijo.data
            elif es_llamada(hijo, imprimir_dato) and _es_la_variable(hijo.node, bucle.target):
                claves, ruta, numero = (argumento.value for argumento in hijo.args)
                if len(claves) != 1 or not isinstance(claves[0], str):
                    return None
                columnas.append((claves[0], ruta, numero))
                literales.append("")
            else:
                return None
    return (tuple(literales), tuple(columnas)) if columnas else None


def _es_la_variable(nodo: Expresion, variable: nodes.Node) -> bool:
    if not isinstance(nodo, nodes.Name) or not isinstance(variable, nodes.Name):
        return False
    return nodo.name == variable.name
