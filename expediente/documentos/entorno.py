"""El Jinja de las plantillas: cerrado, sin nada que ejecute ni agote la memoria.

Qué expresiones se admiten lo decide `expresiones` al compilar, y las convierte en
llamadas a las funciones de aquí. La caja de arena de Jinja es la segunda reja.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from expediente.documentos import estructura
from expediente.documentos.dichos import Dicho, Importe, Numero, valor_de
from expediente.documentos.faltante import (
    LLENADO,
    Faltante,
    es_faltante,
    faltante_entre,
    rutas_de,
)
from expediente.documentos.filtros import FILTROS, no_permitir, unir
from expediente.documentos.grafica_en_word import grafica
from expediente.documentos.imagenes import imagen, qr
from expediente.documentos.impresion import POR_NIVEL, imprimir, imprimir_en_linea
from expediente.documentos.peso import consultar, para_buscar, para_comparar, pesar, varios
from expediente.documentos.presupuesto import Presupuesto

MAXIMO_RANGO = 1000
MAXIMOS_BITS = 256
MAXIMO_EXPONENTE = 64

# Las funciones que puede llamar una plantilla, con los nombres de sus opciones.
FUNCIONES: Mapping[str, tuple[Callable[..., Any], frozenset[str]]] = {
    "imagen": (imagen, frozenset(("ancho", "alto", "texto"))),
    "qr": (qr, frozenset(("ancho", "texto"))),
    "grafica": (grafica, frozenset(("ancho", "como", "titulo"))),
}
METODOS: Mapping[type, frozenset[str]] = {
    Mapping: frozenset(("items", "keys", "values", "get")),
    str: frozenset(
        (
            "upper",
            "lower",
            "title",
            "capitalize",
            "strip",
            "lstrip",
            "rstrip",
            "startswith",
            "endswith",
            "split",
        )
    ),
    date: frozenset(("strftime", "isoformat")),
}
_NUMEROS = (int, float, Decimal)
_COMPARAN = frozenset(
    ("in", "==", "eq", "equalto", "!=", "ne", "<", "lt", "lessthan", "<=", "le", ">", "gt",
     "greaterthan", ">=", "ge")
)  # fmt: skip


def _con_medida(prueba: Any) -> Callable[..., bool]:
    """Hace que una prueba que compara («is eq(x)») mida antes lo que compara."""
    return lambda valor, *otros: prueba(para_comparar(valor), *map(para_comparar, otros))


PRUEBAS = {
    nombre: _con_medida(prueba) if nombre in _COMPARAN else prueba
    for nombre, prueba in TESTS.items()
    if nombre not in ("filter", "test", "callable", "escaped", "sameas")
}


class Entorno(ImmutableSandboxedEnvironment):
    """La caja de arena, con la aritmética vigilada."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Hace la cuenta si están los dos datos y el resultado es de tamaño de oficina."""
        faltante = faltante_entre((left, right))
        if faltante is not None:
            return faltante
        if isinstance(left, Dicho) or isinstance(right, Dicho):
            return self._con_lo_que_valen(context, operator, left, right)
        if operator in ("*", "**", "%") and not _es_cuenta_corta(operator, left, right):
            no_permitir()
        return pesar(super().call_binop(context, operator, left, right))

    def _con_lo_que_valen(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Hace la cuenta con lo que valen los datos: «boletos + 1» suma, no pega textos."""
        if any(isinstance(x, str) and not isinstance(x, Dicho) for x in (left, right)):
            return pesar(super().call_binop(context, operator, str(left), str(right)))
        resultado = self.call_binop(context, operator, _exacto(left), _exacto(right))
        if isinstance(resultado, timedelta):
            return Numero(resultado.days)
        montos = sum(isinstance(x, Importe) for x in (left, right))
        if montos and not (montos == 2 and operator in ("/", "//", "%")):
            return Importe(Decimal(resultado))
        return Numero(resultado) if isinstance(resultado, (int, Decimal)) else resultado

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Busca sólo entre los datos: un atributo nunca se pide con corchetes."""
        if not isinstance(obj, (Mapping, list, tuple, str)):
            return Faltante()
        try:
            hallado = obj[argument]
        except (LookupError, TypeError):
            return Faltante()
        return pesar(hallado) if isinstance(argument, slice) else hallado


def _exacto(valor: Any) -> Any:
    """Lo que vale un dato; un «1.5» de la plantilla, sin los errores de la coma flotante."""
    return Decimal(str(valor)) if isinstance(valor, float) else valor_de(valor)


def _es_cuenta_corta(operador: str, izquierdo: Any, derecho: Any) -> bool:
    if not isinstance(izquierdo, _NUMEROS) or not isinstance(derecho, _NUMEROS):
        return False
    if operador == "**":
        if not -MAXIMO_EXPONENTE <= derecho <= MAXIMO_EXPONENTE:
            return False
        return not isinstance(izquierdo, int) or _bits(izquierdo) * derecho <= MAXIMOS_BITS
    return _bits(izquierdo) + _bits(derecho) <= MAXIMOS_BITS


def _bits(numero: int | float | Decimal) -> int:
    return numero.bit_length() if isinstance(numero, int) else 64


def dato(valor: Any, claves: tuple[str | int, ...], ruta: str) -> Any:
    """Devuelve el dato al que se llega desde `valor` por las claves.

    Mira primero la clave y después el atributo; un método no es un dato. Si no
    está, o es None, devuelve un Faltante que se llama `ruta`, si la ruta se sabe.
    """
    for clave in claves:
        if es_faltante(valor):
            break
        if isinstance(valor, (dict, Mapping)) and clave in valor:
            valor = valor[clave]
        elif isinstance(clave, int):
            valor = ENTORNO.getitem(valor, clave)
        else:
            atributo = ENTORNO.getattr(valor, clave)
            valor = None if callable(atributo) else atributo
    if es_faltante(valor):
        return Faltante(rutas=(ruta,) if ruta else rutas_de(valor))
    return valor


def metodo(valor: Any, nombre: str, *argumentos: Any, **opciones: Any) -> Any:
    """Llama a uno de los pocos métodos que se admiten para cada clase de dato."""
    faltante = faltante_entre((valor, *argumentos, *opciones.values()))
    if faltante is not None:
        return faltante
    if not any(isinstance(valor, clase) and nombre in METODOS[clase] for clase in METODOS):
        no_permitir()
    consultar(valor)
    return pesar(getattr(valor, nombre)(*argumentos, **opciones))


def rango(*limites: Any) -> Any:
    """Como `range`, hasta mil números."""
    faltante = faltante_entre(limites)
    if faltante is not None:
        return faltante
    numeros = range(*limites)
    if len(numeros) > MAXIMO_RANGO:
        no_permitir()
    return numeros


def recorrer(valores: Any, numero: int) -> Any:
    """Devuelve lo que va a recorrer el «for» de la etiqueta `numero`; véase `enlistar`."""
    return _Vueltas(enlistar(valores, numero), LLENADO.get().presupuesto)


def enlistar(valores: Any, numero: int) -> Any:
    """Devuelve los valores que recorre el «for» de la etiqueta `numero`, ya contados.

    Si falta o no es una lista lo apunta y no recorre nada: una tabla sin renglones
    también es un hueco en la carta.
    """
    llenado = LLENADO.get()
    if es_faltante(valores):
        llenado.faltantes.append((numero, rutas_de(valores)))
        return ()
    if isinstance(valores, str) or not isinstance(valores, Iterable):
        llenado.ajenos.append((numero, "no es una lista y no se puede recorrer"))
        return ()
    lista = valores if isinstance(valores, Sized) else list(valores)
    llenado.presupuesto.dar_vueltas(len(lista))
    return lista


class _Vueltas:
    """Una lista que al recorrerla mira el reloj en cada vuelta."""

    def __init__(self, lista: Any, presupuesto: Presupuesto) -> None:
        self._lista = lista
        self._presupuesto = presupuesto

    def __len__(self) -> int:
        return len(self._lista)

    def __iter__(self) -> Iterator[Any]:
        for elemento in self._lista:
            self._presupuesto.gastar(0)
            yield elemento


# El espacio del principio hace que ninguna plantilla pueda nombrarlas.
INTERNOS: dict[Any, str] = {
    funcion: f" {funcion.__name__}"
    for funcion in (
        *(dato, metodo, rango, recorrer, unir, imagen, qr, grafica, imprimir, imprimir_en_linea),
        *(para_comparar, para_buscar, varios),
        *POR_NIVEL.values(),
    )
}


def _crear() -> Entorno:
    entorno = Entorno(
        block_start_string=estructura.ABRE_BLOQUE,
        block_end_string=estructura.CIERRA_BLOQUE,
        variable_start_string=estructura.ABRE_VALOR,
        variable_end_string=estructura.CIERRA_VALOR,
        comment_start_string=estructura.ABRE_COMENTARIO,
        comment_end_string=estructura.CIERRA_COMENTARIO,
        keep_trailing_newline=True,
        undefined=Faltante,
        # Escapa `impresion`, que sabe además de saltos, tabuladores y faltantes.
        autoescape=False,
        # Con el optimizador, una cadena de cien filtros tarda un minuto en compilarse.
        optimized=False,
    )
    entorno.globals.clear()
    entorno.tests = {**PRUEBAS, "none": es_faltante}
    entorno.filters = {**FILTROS, **{nombre: funcion for funcion, nombre in INTERNOS.items()}}
    return entorno


ENTORNO = _crear()


def interna(funcion: Callable[..., Any]) -> Callable[..., Any]:
    """Registra una función que sólo llaman los árboles que reescribe `expresiones`."""
    INTERNOS[funcion] = f" {funcion.__name__}"
    ENTORNO.filters[INTERNOS[funcion]] = funcion
    return funcion
