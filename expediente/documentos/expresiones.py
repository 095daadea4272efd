"""Lo que dice cada etiqueta por dentro: qué se admite, qué datos pide y cómo se calcula.

Recorre el árbol de Jinja una vez, al compilar. Lo que no está en la lista corta no
se ejecuta nunca; cada dato queda escrito con su nombre completo, para que un error
pueda decir «beneficiario.nombre» aunque el dato no exista.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.filters import FILTERS

from expediente.documentos.bloques import NO_PERMITIDA
from expediente.documentos.entorno import (
    ENTORNO,
    FUNCIONES,
    INTERNOS,
    METODOS,
    dato,
    metodo,
    rango,
    recorrer,
)
from expediente.documentos.etiquetas import Etiqueta
from expediente.documentos.filtros import FILTROS, unir
from expediente.documentos.impresion import CON_FORMATO, POR_NIVEL, imprimir
from expediente.documentos.peso import para_buscar, para_comparar, varios
from expediente.documentos.renglones import Columna, imprimir_dato, imprimir_renglones
from expediente.nucleo.errores import sugerencia

# Una variable local apunta a la ruta de su dato («filas[]»), o a None si no la tiene.
Ambito = dict[str, str | None]
# Jinja declara un simple nodo donde siempre hay una expresión.
Expresion = Any

_BUCLE = "loop"
_DE_BUCLE = frozenset(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem")
)
_TODOS_LOS_METODOS = frozenset().union(*METODOS.values())
_ADMITIDAS = (
    nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Slice,
    nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos, nodes.Compare, nodes.Operand,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow,
    nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Getitem,
)  # fmt: skip
_CONSERVAN_LA_LISTA = ("list", "reverse", "default", "d")


@dataclass
class Lectura:
    """La lectura de una parte: sus etiquetas, cómo se imprime y los datos que pide."""

    etiquetas: tuple[Etiqueta, ...]
    rutas: dict[str, list[int]] = field(default_factory=dict)

    def leer(self, arbol: nodes.Template) -> None:
        """Reescribe el árbol de Jinja y apunta en `rutas` los datos que pide y dónde.

        Lanza PlantillaMalEscrita si una etiqueta usa algo que no se admite.
        """
        self._cuerpo(arbol.body, {})
        arbol.set_environment(ENTORNO)

    def _cuerpo(self, cuerpo: list[Any], ambito: Ambito) -> None:
        for numero, nodo in enumerate(cuerpo):
            if isinstance(nodo, nodes.Output):
                nodo.nodes = [self._salida(hijo, ambito) for hijo in nodo.nodes]
            elif isinstance(nodo, nodes.If):
                self._si(nodo, ambito)
            elif isinstance(nodo, nodes.For):
                cuerpo[numero] = self._bucle(nodo, ambito)
            elif isinstance(nodo, nodes.Assign):
                ruta = self._ruta_de_lista(nodo.node, ambito)
                nodo.node = self._expresion(nodo.node, ambito)
                self._declarar(nodo.target, ruta, ambito)
            else:
                self._no_permitida(nodo)

    def _salida(self, nodo: nodes.Expr, ambito: Ambito) -> nodes.Expr:
        if isinstance(nodo, nodes.TemplateData):
            return nodo
        valor = self._expresion(nodo, ambito)
        etiqueta = self._etiqueta(nodo)
        if etiqueta.nivel not in POR_NIVEL and _es_llamada(valor, dato):
            return _llamar(imprimir_dato, valor.node, *valor.args, nodes.Const(_numero(nodo)))
        escribe = POR_NIVEL.get(etiqueta.nivel, imprimir)
        formato = (etiqueta.run, etiqueta.parrafo) if etiqueta.nivel in CON_FORMATO else ()
        return _llamar(escribe, valor, *map(nodes.Const, (_numero(nodo), *formato)))

    def _si(self, nodo: nodes.If, ambito: Ambito) -> None:
        nodo.test = self._expresion(nodo.test, ambito)
        for cuerpo in (nodo.body, nodo.elif_, nodo.else_):
            self._cuerpo(cuerpo, ambito)

    def _bucle(self, nodo: nodes.For, ambito: Ambito) -> nodes.Node:
        """Reescribe un bucle; si sólo imprime datos de su variable, como una llamada."""
        if nodo.recursive:
            self._no_permitida(nodo)
        lista = self._ruta_de_lista(nodo.iter, ambito)
        valores = self._expresion(nodo.iter, ambito)
        numero = nodes.Const(_numero(nodo))
        nodo.iter = _llamar(recorrer, valores, numero)
        dentro = {**ambito, _BUCLE: None}
        self._declarar(nodo.target, f"{lista}[]" if lista else None, dentro)
        if nodo.test is not None:
            nodo.test = self._expresion(nodo.test, dentro)
        self._cuerpo(nodo.body, dentro)
        self._cuerpo(nodo.else_, ambito)
        if nodo.test is None and not nodo.else_ and (partes := _renglon_llano(nodo)):
            literales, columnas = map(nodes.Const, partes)
            todos = _llamar(imprimir_renglones, valores, numero, literales, columnas)
            return nodes.Output([todos], lineno=nodo.lineno)
        return nodo

    def _declarar(self, destino: nodes.Node, ruta: str | None, ambito: Ambito) -> None:
        if isinstance(destino, nodes.Name):
            ambito[destino.name] = ruta
        elif isinstance(destino, nodes.Tuple):
            for elemento in destino.items:
                self._declarar(elemento, None, ambito)
        else:
            self._no_permitida(destino)

    def _ruta_de_lista(self, nodo: Expresion, ambito: Ambito) -> str | None:
        """Devuelve la ruta del dato que se va a recorrer o a llamar de otro modo."""
        while isinstance(nodo, nodes.Filter) and nodo.name in _CONSERVAN_LA_LISTA and nodo.node:
            nodo = nodo.node
        if isinstance(nodo, (nodes.And, nodes.Or)):
            nodo = nodo.left
        if not isinstance(nodo, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            return None
        raiz, claves = _cadena(nodo)
        return _ruta(raiz, claves, ambito) if isinstance(raiz, nodes.Name) else None

    def _expresion(self, nodo: Expresion, ambito: Ambito) -> Expresion:
        """Devuelve la expresión reescrita con las funciones de `entorno`."""
        if isinstance(nodo, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            return self._dato(nodo, ambito)
        if isinstance(nodo, nodes.Call):
            return self._llamada(nodo, ambito)
        if isinstance(nodo, nodes.Concat):
            trozos = [self._expresion(trozo, ambito) for trozo in nodo.nodes]
            return _llamar(unir, nodes.List(trozos, lineno=nodo.lineno))
        if not isinstance(nodo, _ADMITIDAS):
            self._no_permitida(nodo)
        if isinstance(nodo, nodes.Filter):
            self._comprobar_filtro(nodo)
        if isinstance(nodo, nodes.Test) and nodo.name not in ENTORNO.tests:
            raise self._etiqueta(nodo).error(
                f"usa la prueba «{nodo.name}», que no existe.{sugerencia(nodo.name, ENTORNO.tests)}"
            )
        if isinstance(nodo, nodes.CondExpr) and nodo.expr2 is None:
            nodo.expr2 = nodes.Const("", lineno=nodo.lineno)
        if isinstance(nodo, nodes.Dict) and any(
            not isinstance(pareja.key, nodes.Const) for pareja in nodo.items
        ):
            self._no_permitida(nodo)
        self._reescribir_hijos(nodo, ambito)
        if isinstance(nodo, nodes.Compare):
            _medir(nodo)
        if isinstance(nodo, nodes.Tuple):
            # Una tupla de tuplas puede tardar horas en buscarse; una lista no se busca.
            nodo = nodes.List(nodo.items, lineno=nodo.lineno)
        return _llamar(varios, nodo) if isinstance(nodo, (nodes.List, nodes.Dict)) else nodo

    def _reescribir_hijos(self, nodo: nodes.Node, ambito: Ambito) -> None:
        for campo, valor in nodo.iter_fields():
            if isinstance(valor, nodes.Node):
                setattr(nodo, campo, self._hijo(valor, ambito))
            elif isinstance(valor, list):
                setattr(nodo, campo, [self._hijo(hijo, ambito) for hijo in valor])

    def _hijo(self, nodo: Any, ambito: Ambito) -> Any:
        if isinstance(nodo, (nodes.Operand, nodes.Pair, nodes.Keyword)):
            self._reescribir_hijos(nodo, ambito)
            return nodo
        return self._expresion(nodo, ambito) if isinstance(nodo, nodes.Expr) else nodo

    def _dato(self, nodo: nodes.Expr, ambito: Ambito) -> nodes.Expr:
        """Convierte «a.b.c» en una sola búsqueda que conoce su nombre completo."""
        raiz, claves = _cadena(nodo)
        if any(isinstance(clave, str) and clave.startswith("_") for clave in claves):
            self._no_permitida(nodo)
        if isinstance(raiz, nodes.Name):
            if raiz.name.startswith("_") or raiz.name == "self":
                self._no_permitida(nodo)
            if raiz.name == _BUCLE and _BUCLE in ambito:
                return self._del_bucle(nodo, claves)
            if raiz.name == _BUCLE and self._etiqueta(nodo).nivel in ("vm", "hm"):
                raise self._etiqueta(nodo).error("sólo puede ir dentro de un «for».")
            ruta = _ruta(raiz, claves, ambito)
            if raiz.name not in ambito or ambito[raiz.name] is not None:
                self.rutas.setdefault(ruta, []).append(_numero(nodo))
            base: nodes.Expr = raiz
        elif isinstance(raiz, nodes.Getitem):
            self._reescribir_hijos(raiz, ambito)
            base, ruta = raiz, ""
        else:
            base, ruta = self._expresion(raiz, ambito), ""
        return _llamar(dato, base, nodes.Const(claves), nodes.Const(ruta or _visible(claves)))

    def _del_bucle(self, nodo: nodes.Expr, claves: tuple[str | int, ...]) -> nodes.Expr:
        if len(claves) != 1 or claves[0] not in _DE_BUCLE or not isinstance(nodo, nodes.Getattr):
            self._no_permitida(nodo)
        return nodo

    def _llamada(self, nodo: nodes.Call, ambito: Ambito) -> nodes.Expr:
        """Admite unas pocas funciones y métodos; una llamada suelta no se ejecuta nunca."""
        if isinstance(nodo.node, nodes.Name) and nodo.node.name in FUNCIONES:
            return self._funcion(nodo, nodo.node.name, ambito)
        if nodo.kwargs or nodo.dyn_args is not None or nodo.dyn_kwargs is not None:
            self._no_permitida(nodo)
        argumentos = [self._expresion(argumento, ambito) for argumento in nodo.args]
        funcion = nodo.node
        if isinstance(funcion, nodes.Name) and funcion.name == "range" and argumentos:
            return _llamar(rango, *argumentos)
        if not isinstance(funcion, nodes.Getattr) or funcion.attr not in _TODOS_LOS_METODOS:
            self._no_permitida(nodo)
        quien = self._expresion(funcion.node, ambito)
        return _llamar(metodo, quien, nodes.Const(funcion.attr), *argumentos)

    def _funcion(self, nodo: nodes.Call, nombre: str, ambito: Ambito) -> nodes.Expr:
        funcion, opciones = FUNCIONES[nombre]
        claves = {opcion.key for opcion in nodo.kwargs}
        if not nodo.args or nodo.dyn_args or nodo.dyn_kwargs or not claves <= opciones:
            raise self._etiqueta(nodo).error(
                f"no se entiende: {nombre}() lleva primero su dato y después, si acaso, "
                f"{', '.join(sorted(opciones))}."
            )
        llamada = _llamar(funcion, *(self._expresion(dato, ambito) for dato in nodo.args))
        llamada.kwargs = [self._hijo(opcion, ambito) for opcion in nodo.kwargs]
        return llamada

    def _comprobar_filtro(self, nodo: nodes.Filter) -> None:
        if nodo.name in FILTROS and nodo.dyn_args is None and nodo.dyn_kwargs is None:
            return
        if nodo.name in FILTROS or nodo.name in FILTERS:
            self._no_permitida(nodo)
        raise self._etiqueta(nodo).error(
            f"usa el filtro «{nodo.name}», que no existe.{sugerencia(nodo.name, FILTROS)}"
        )

    def _etiqueta(self, nodo: nodes.Node) -> Etiqueta:
        return self.etiquetas[_numero(nodo)]

    def _no_permitida(self, nodo: nodes.Node) -> NoReturn:
        raise self._etiqueta(nodo).error(f"no se puede usar: {NO_PERMITIDA}.")


def _renglon_llano(bucle: nodes.For) -> tuple[tuple[str, ...], tuple[Columna, ...]] | None:
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
            elif _es_llamada(hijo, imprimir_dato) and _es_la_variable(hijo.node, bucle.target):
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


def _es_llamada(nodo: Expresion, funcion: Callable[..., Any]) -> bool:
    return isinstance(nodo, nodes.Filter) and nodo.name == INTERNOS[funcion]


def campos_pedidos(rutas: Collection[str]) -> frozenset[str]:
    """Devuelve las rutas que son datos de verdad, sin las que sólo llevan a otra."""
    llevan_a_otra = {
        ruta[: eslabon.start()] for ruta in rutas for eslabon in re.finditer(r"\.|\[\]", ruta)
    }
    return frozenset(rutas) - llevan_a_otra


def _numero(nodo: nodes.Node) -> int:
    # El renglón 1 es anterior a la primera etiqueta (véase `estructura.Fuente`).
    return max(nodo.lineno - 2, 0)


def _cadena(nodo: nodes.Expr) -> tuple[nodes.Expr, tuple[str | int, ...]]:
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


def _ruta(raiz: nodes.Name, claves: tuple[str | int, ...], ambito: Ambito) -> str:
    return (ambito.get(raiz.name) or raiz.name) + "".join(map(_eslabon, claves))


def _eslabon(clave: str | int) -> str:
    return f".{clave}" if isinstance(clave, str) else "[]"


def _visible(claves: tuple[str | int, ...]) -> str:
    return "".join(map(_eslabon, claves)).lstrip(".")


def _medir(comparacion: nodes.Compare) -> None:
    """Hace que se mida lo que se va a comparar, salvo lo escrito en la etiqueta."""
    if not isinstance(comparacion.expr, nodes.Const):
        comparacion.expr = _llamar(para_comparar, comparacion.expr)
    for operando in comparacion.ops:
        if not isinstance(operando.expr, nodes.Const):
            busca = operando.op in ("in", "notin")
            operando.expr = _llamar(para_buscar if busca else para_comparar, operando.expr)


def _llamar(
    funcion: Callable[..., Any], valor: nodes.Expr, *argumentos: nodes.Expr
) -> nodes.Filter:
    """Devuelve la llamada a una función interna, escrita como filtro de Jinja."""
    return nodes.Filter(
        valor, INTERNOS[funcion], list(argumentos), [], None, None, lineno=valor.lineno
    )
