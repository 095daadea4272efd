"""Lo que dice cada etiqueta por dentro: qué se admite, qué datos pide y cómo se calcula.

Recorre el árbol de Jinja una vez, al compilar. Lo que no está en la lista corta no
se ejecuta nunca; cada dato queda escrito con su nombre completo, para que un error
pueda decir «beneficiario.nombre» aunque el dato no exista.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.filters import FILTERS

from expediente.documentos.bloques import NO_PERMITIDA
from expediente.documentos.entorno import (
    ENTORNO,
    FUNCIONES,
    METODOS,
    dato,
    metodo,
    rango,
    recorrer,
)
from expediente.documentos.etiquetas import Etiqueta
from expediente.documentos.filtros import FILTROS, unir
from expediente.documentos.impresion import CON_FORMATO, POR_NIVEL, imprimir
from expediente.documentos.nodos import (
    Ambito,
    Expresion,
    cadena,
    es_llamada,
    llamar,
    medir,
    numero_de,
    renglon_llano,
    ruta_de,
    visible,
)
from expediente.documentos.peso import varios
from expediente.documentos.remedios import acaso_el_filtro, lo_que_sobra
from expediente.documentos.renglones import imprimir_dato, imprimir_renglones
from expediente.nucleo.errores import sugerencia

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
_CONSERVAN_LA_LISTA = ("list", "reverse", "default", "d", "sort", "unique")


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
        if etiqueta.nivel not in POR_NIVEL and es_llamada(valor, dato):
            return llamar(imprimir_dato, valor.node, *valor.args, nodes.Const(numero_de(nodo)))
        escribe = POR_NIVEL.get(etiqueta.nivel, imprimir)
        formato = (etiqueta.run, etiqueta.parrafo) if etiqueta.nivel in CON_FORMATO else ()
        return llamar(escribe, valor, *map(nodes.Const, (numero_de(nodo), *formato)))

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
        numero = nodes.Const(numero_de(nodo))
        nodo.iter = llamar(recorrer, valores, numero)
        dentro = {**ambito, _BUCLE: None}
        self._declarar(nodo.target, f"{lista}[]" if lista else None, dentro)
        if nodo.test is not None:
            nodo.test = self._expresion(nodo.test, dentro)
        self._cuerpo(nodo.body, dentro)
        self._cuerpo(nodo.else_, ambito)
        if nodo.test is None and not nodo.else_ and (partes := renglon_llano(nodo)):
            literales, columnas = map(nodes.Const, partes)
            todos = llamar(imprimir_renglones, valores, numero, literales, columnas)
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
        raiz, claves = cadena(nodo)
        if not isinstance(raiz, nodes.Name) or ambito.get(raiz.name, "") is None:
            return None  # de lo que recorre un bucle calculado no se sabe la ruta
        return ruta_de(raiz, claves, ambito)

    def _expresion(self, nodo: Expresion, ambito: Ambito) -> Expresion:
        """Devuelve la expresión reescrita con las funciones de `entorno`."""
        if isinstance(nodo, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            return self._dato(nodo, ambito)
        if isinstance(nodo, nodes.Call):
            return self._llamada(nodo, ambito)
        if isinstance(nodo, nodes.Concat):
            trozos = [self._expresion(trozo, ambito) for trozo in nodo.nodes]
            return llamar(unir, nodes.List(trozos, lineno=nodo.lineno))
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
            medir(nodo)
        if isinstance(nodo, nodes.Tuple):
            # Una tupla de tuplas puede tardar horas en buscarse; una lista no se busca.
            nodo = nodes.List(nodo.items, lineno=nodo.lineno)
        return llamar(varios, nodo) if isinstance(nodo, (nodes.List, nodes.Dict)) else nodo

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
        raiz, claves = cadena(nodo)
        if any(isinstance(clave, str) and clave.startswith("_") for clave in claves):
            self._no_permitida(nodo)
        if isinstance(raiz, nodes.Name):
            if raiz.name.startswith("_") or raiz.name == "self":
                self._no_permitida(nodo)
            if raiz.name == _BUCLE and _BUCLE in ambito:
                return self._del_bucle(nodo, claves)
            if raiz.name == _BUCLE and self._etiqueta(nodo).nivel in ("vm", "hm"):
                raise self._etiqueta(nodo).error("sólo puede ir dentro de un «for».")
            ruta = ruta_de(raiz, claves, ambito)
            if raiz.name not in ambito or ambito[raiz.name] is not None:
                self.rutas.setdefault(ruta, []).append(numero_de(nodo))
            base: nodes.Expr = raiz
        elif isinstance(raiz, nodes.Getitem):
            self._reescribir_hijos(raiz, ambito)
            base, ruta = raiz, ""
        else:
            base, ruta = self._expresion(raiz, ambito), ""
        return llamar(dato, base, nodes.Const(claves), nodes.Const(ruta or visible(claves)))

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
            return llamar(rango, *argumentos)
        if not isinstance(funcion, nodes.Getattr) or funcion.attr not in _TODOS_LOS_METODOS:
            self._no_permitida(nodo)
        quien = self._expresion(funcion.node, ambito)
        return llamar(metodo, quien, nodes.Const(funcion.attr), *argumentos)

    def _funcion(self, nodo: nodes.Call, nombre: str, ambito: Ambito) -> nodes.Expr:
        funcion, opciones = FUNCIONES[nombre]
        claves = {opcion.key for opcion in nodo.kwargs}
        if not nodo.args or nodo.dyn_args or nodo.dyn_kwargs or not claves <= opciones:
            raise self._etiqueta(nodo).error(
                f"no se entiende: {nombre}() lleva primero su dato y después, si acaso, "
                f"{', '.join(sorted(opciones))}."
            )
        llamada = llamar(funcion, *(self._expresion(dato, ambito) for dato in nodo.args))
        llamada.kwargs = [self._hijo(opcion, ambito) for opcion in nodo.kwargs]
        return llamada

    def _comprobar_filtro(self, nodo: nodes.Filter) -> None:
        # «map('upper')» correría un filtro que aquí no se ve; sólo se admite «map(attribute=…)».
        suelto = nodo.dyn_args is None and nodo.dyn_kwargs is None
        if nodo.name in FILTROS and suelto and not (nodo.name == "map" and nodo.args):
            return
        if nodo.name in FILTROS or nodo.name in FILTERS:
            self._no_permitida(nodo)
        raise self._etiqueta(nodo).error(
            f"usa el filtro «{nodo.name}», que no existe.{acaso_el_filtro(nodo.name, FILTROS)}"
        )

    def _etiqueta(self, nodo: nodes.Node) -> Etiqueta:
        return self.etiquetas[numero_de(nodo)]

    def _no_permitida(self, nodo: nodes.Node) -> NoReturn:
        raise self._etiqueta(nodo).error(f"no se puede usar: {NO_PERMITIDA}{lo_que_sobra(nodo)}.")


def campos_pedidos(rutas: Collection[str]) -> frozenset[str]:
    """Devuelve las rutas que son datos de verdad, sin las que sólo llevan a otra."""
    llevan_a_otra = {
        ruta[: eslabon.start()] for ruta in rutas for eslabon in re.finditer(r"\.|\[\]", ruta)
    }
    return frozenset(rutas) - llevan_a_otra
