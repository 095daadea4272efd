"""Las condiciones de un procedimiento: expresiones cortas sobre los datos del caso.

    tipo_servicio.requiere_cuenta y situacion_cuenta == 'regularizada'

Se escriben con `y`, `o`, `no`, `en`, comparaciones, sumas y unas pocas funciones. Un
nombre con puntos es un hecho; el que falta es `FALTA`: falso, distinto de todo. Se
compilan a un árbol propio: nada de lo que Python sabe hacer entra aquí.
"""

import ast
import operator
import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from inspect import signature
from typing import Any

from expediente.nucleo.funciones import FALTA, FUNCIONES

_PALABRAS = {"y": "and", "o": "or", "no": "not", "en": "in", "sí": "True"}
_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|(?<!\.)\b(?:y|o|no|en|sí)\b(?!\.)")


class CondicionInvalida(ValueError):
    """La expresión no se entiende o usa algo que no está permitido."""


_COMPARA: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


_OPERA: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


@dataclass(frozen=True)
class Condicion:
    """Una expresión ya revisada; `nombres` son los hechos que consulta."""

    escrita: str
    nombres: frozenset[str]
    _arbol: ast.expr

    def evaluar(self, hechos: Mapping[str, Any]) -> Any:
        """Lo que vale con esos hechos; FALTA si depende de uno que no consta."""
        return _evaluar(self._arbol, hechos)

    def cumple(self, hechos: Mapping[str, Any]) -> bool:
        """Si se cumple con esos hechos; lo que no consta no cumple."""
        return bool(self.evaluar(hechos))

    def podria(self, hechos: Mapping[str, Any], por_decir: Container[str]) -> bool:
        """Si con algún valor de los hechos que faltan por decir llegaría a cumplirse."""
        return True in _posibles(self._arbol, hechos, por_decir)


def sumados_a_texto(condicion: Condicion) -> frozenset[str]:
    """Los hechos que la expresión suma directamente con un texto."""
    hallados: set[str] = set()
    for nodo in ast.walk(condicion._arbol):
        if isinstance(nodo, ast.BinOp) and isinstance(nodo.op, ast.Add):
            sumandos = _sumandos(nodo)
            if any(isinstance(x, ast.Constant) and isinstance(x.value, str) for x in sumandos):
                hallados |= {nombre for x in sumandos if (nombre := _nombre_completo(x))}
    return frozenset(hallados)


def comparados_con_texto(condicion: Condicion) -> Iterator[tuple[str, str]]:
    """(hecho, texto escrito) de cada `hecho == 'texto'`, `!=` o `en ['texto', …]`."""
    for nodo in ast.walk(condicion._arbol):
        if isinstance(nodo, ast.Compare) and isinstance(
            nodo.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn
        ):
            nombres = [nombre for x in _lados(nodo) if (nombre := _nombre_completo(x))]
            for nombre in nombres[:1]:
                yield from ((nombre, texto) for x in _lados(nodo) for texto in _textos(x))


def _lados(nodo: ast.Compare) -> list[ast.expr]:
    return [nodo.left, *nodo.comparators]


def _textos(nodo: ast.expr) -> list[str]:
    if isinstance(nodo, ast.List | ast.Tuple):
        return [texto for x in nodo.elts for texto in _textos(x)]
    return [nodo.value] if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str) else []


def _sumandos(nodo: ast.expr) -> list[ast.expr]:
    if isinstance(nodo, ast.BinOp) and isinstance(nodo.op, ast.Add):
        return [*_sumandos(nodo.left), *_sumandos(nodo.right)]
    return [nodo]


@lru_cache(maxsize=512)
def compilar_condicion(escrita: str) -> Condicion:
    """La expresión lista para evaluarse.

    Lanza CondicionInvalida si no se entiende o usa algo fuera de la lista.
    """
    compuesta = unicodedata.normalize("NFC", escrita)  # como los datos con que se compara
    traducida = _TOKEN.sub(lambda t: _PALABRAS.get(t[0], t[0]), compuesta)
    try:
        arbol = ast.parse(traducida.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise CondicionInvalida(f"la condición «{escrita}» no se entiende.") from None
    nombres: set[str] = set()
    _revisar(arbol, nombres, escrita)
    return Condicion(escrita, frozenset(nombres), arbol)


def _posibles(
    nodo: ast.expr, hechos: Mapping[str, Any], por_decir: Container[str]
) -> frozenset[bool]:
    """Qué puede valer una condición cuando parte de lo que consulta no se ha dicho."""
    if isinstance(nodo, ast.BoolOp):
        partes = [_posibles(x, hechos, por_decir) for x in nodo.values]
        todas, alguna = (all, any) if isinstance(nodo.op, ast.And) else (any, all)
        valen = {True} if todas(True in parte for parte in partes) else set()
        return frozenset(valen | ({False} if alguna(False in parte for parte in partes) else set()))
    if isinstance(nodo, ast.UnaryOp) and isinstance(nodo.op, ast.Not):
        return frozenset(not x for x in _posibles(nodo.operand, hechos, por_decir))
    nombres = (_nombre_completo(x) for x in ast.walk(nodo) if isinstance(x, ast.expr))
    if any(nombre in por_decir for nombre in nombres if nombre):
        return frozenset((True, False))
    return frozenset((bool(_evaluar(nodo, hechos)),))


def _nombre_completo(nodo: ast.expr) -> str | None:
    partes: list[str] = []
    while isinstance(nodo, ast.Attribute):
        partes.insert(0, nodo.attr)
        nodo = nodo.value
    return ".".join((nodo.id, *partes)) if isinstance(nodo, ast.Name) else None


def _revisar(nodo: ast.expr, nombres: set[str], escrita: str, hondura: int = 0) -> None:
    if hondura > 20:
        raise CondicionInvalida(f"la condición «{escrita}» es demasiado honda.")
    if nombre := _nombre_completo(nodo):
        nombres.add(nombre)
        return
    for hijo in _hijos(nodo, escrita):
        _revisar(hijo, nombres, escrita, hondura + 1)


def _hijos(nodo: ast.expr, escrita: str) -> list[ast.expr]:
    if isinstance(nodo, ast.BoolOp):
        return nodo.values
    if isinstance(nodo, ast.UnaryOp) and isinstance(nodo.op, ast.Not | ast.USub):
        return [nodo.operand]
    if isinstance(nodo, ast.Compare) and all(type(op) in _COMPARA for op in nodo.ops):
        return [nodo.left, *nodo.comparators]
    if isinstance(nodo, ast.List | ast.Tuple):
        return nodo.elts
    if isinstance(nodo, ast.BinOp) and isinstance(nodo.op, ast.Add | ast.Sub | ast.Mult):
        return [nodo.left, nodo.right]
    if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str | int | float | bool):
        return []
    if isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Name) and not nodo.keywords:
        _revisar_llamada(nodo.func.id, len(nodo.args), escrita)
        return nodo.args
    raise CondicionInvalida(f"la condición «{escrita}» usa algo que no está permitido.")


def _revisar_llamada(funcion: str, escritos: int, escrita: str) -> None:
    if funcion not in FUNCIONES:
        raise CondicionInvalida(f"la condición «{escrita}» usa «{funcion}», que no existe.")
    pedidos = len(signature(FUNCIONES[funcion]).parameters)
    if escritos != pedidos:
        raise CondicionInvalida(
            f"la condición «{escrita}»: «{funcion}» lleva {pedidos} entre paréntesis."
        )


def _evaluar(nodo: ast.expr, hechos: Mapping[str, Any]) -> Any:
    if nombre := _nombre_completo(nodo):
        return hechos.get(nombre, FALTA)
    if isinstance(nodo, ast.Constant):
        return nodo.value
    if isinstance(nodo, ast.BoolOp):
        junta = all if isinstance(nodo.op, ast.And) else any
        return junta(_evaluar(v, hechos) for v in nodo.values)
    if isinstance(nodo, ast.UnaryOp):
        dato = _evaluar(nodo.operand, hechos)
        return not dato if isinstance(nodo.op, ast.Not) else _menos(dato)
    if isinstance(nodo, ast.Compare):
        return _comparar(nodo, hechos)
    if isinstance(nodo, ast.List | ast.Tuple):
        return [_evaluar(e, hechos) for e in nodo.elts]
    if isinstance(nodo, ast.BinOp):
        return _aritmetica(nodo, hechos)
    assert isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Name)
    return FUNCIONES[nodo.func.id](*(_evaluar(a, hechos) for a in nodo.args))


def _menos(dato: Any) -> Any:
    return -dato if isinstance(dato, int | float) else FALTA


def _comparar(nodo: ast.Compare, hechos: Mapping[str, Any]) -> bool:
    izquierda = _evaluar(nodo.left, hechos)
    for op, derecho in zip(nodo.ops, nodo.comparators, strict=True):
        derecha = _evaluar(derecho, hechos)
        if izquierda is FALTA or derecha is FALTA:
            return False
        try:
            if not _COMPARA[type(op)](izquierda, derecha):
                return False
        except TypeError:
            return False
        izquierda = derecha
    return True


def _aritmetica(nodo: ast.BinOp, hechos: Mapping[str, Any]) -> Any:
    a, b = _evaluar(nodo.left, hechos), _evaluar(nodo.right, hechos)
    if isinstance(nodo.op, ast.Mult) and not (_es_numero(a) and _es_numero(b)):
        return FALTA
    try:
        return _OPERA[type(nodo.op)](a, b)
    except (TypeError, OverflowError):
        return FALTA


def _es_numero(dato: Any) -> bool:
    return isinstance(dato, int | float | Decimal)
