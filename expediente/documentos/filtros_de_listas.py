"""Los filtros que trabajan con una lista entera: sumarla, ordenarla, quedarse con un dato.

Llevan los argumentos de Jinja, en su orden, para que sirvan las plantillas de docxtpl.
Suman y comparan lo que valen los datos; los textos se ordenan como en un diccionario, con
la ñ tras la n y sin contar mayúsculas ni acentos.
"""

import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from expediente.documentos.dichos import Importe, Numero, valor_de
from expediente.documentos.faltante import Faltante, faltante_entre
from expediente.documentos.peso import limitar_lista


def dato_de(elemento: Any, clave: str) -> Any:
    """El dato de un elemento de la lista, o un Faltante con su nombre."""
    valor = elemento.get(clave) if isinstance(elemento, dict) else None
    return Faltante(rutas=(clave,)) if valor is None else valor


def _de_cada_uno(valores: Iterable[Any], attribute: str) -> list[Any]:
    lista = list(valores)
    limitar_lista(len(lista))
    return [dato_de(elemento, attribute) for elemento in lista] if attribute else lista


def _sumar(valores: Any, attribute: str = "", start: Any = 0) -> Any:
    datos = _de_cada_uno(valores, attribute)
    if (faltante := faltante_entre(datos)) is not None:
        return faltante
    total = valor_de(start)
    for dato in datos:
        vale = valor_de(dato)
        if isinstance(vale, (str, bool)):
            raise TypeError("hay un texto entre lo que se suma")
        total += Decimal(str(vale)) if isinstance(vale, float) else vale
    if any(isinstance(dato, Importe) for dato in datos):
        return Importe(Decimal(total))
    return Numero(total) if isinstance(total, (int, Decimal)) else total


def _en_orden(dato: Any) -> Any:
    """Por qué se ordena un dato."""
    vale = valor_de(dato)
    if not isinstance(vale, str):
        return vale
    # La ñ es letra aparte: se aparta antes de quitar los acentos y vuelve tras la n.
    llano = unicodedata.normalize("NFC", vale).casefold().replace("ñ", "n\uffff")
    return "".join(x for x in unicodedata.normalize("NFD", llano) if not unicodedata.combining(x))


def _con_su_orden(valores: Any, attribute: str) -> list[tuple[Any, Any]] | Faltante:
    lista = list(valores)
    datos = _de_cada_uno(lista, attribute)
    if (faltante := faltante_entre(datos)) is not None:
        return faltante
    return list(zip(map(_en_orden, datos), lista, strict=True))


def _ordenar(
    valores: Any, reverse: bool = False, case_sensitive: bool = False, attribute: str = ""
) -> Any:
    pares = _con_su_orden(valores, attribute)
    if isinstance(pares, Faltante):
        return pares
    return [x for _, x in sorted(pares, key=lambda par: par[0], reverse=reverse)]


def _distintos(valores: Any, case_sensitive: bool = False, attribute: str = "") -> Any:
    pares = _con_su_orden(valores, attribute)
    if isinstance(pares, Faltante):
        return pares
    primeros: dict[Any, Any] = {}
    for orden, elemento in pares:
        primeros.setdefault(orden, elemento)
    return list(primeros.values())


def _extremo(cual: Callable[..., Any]) -> Callable[..., Any]:
    def elegir(valores: Any, case_sensitive: bool = False, attribute: str = "") -> Any:
        pares = _con_su_orden(valores, attribute)
        if isinstance(pares, Faltante):
            return pares
        return cual(pares, key=lambda par: par[0], default=(None, Faltante()))[1]

    return elegir


FILTROS_DE_LISTAS: dict[str, Callable[..., Any]] = {
    "sum": _sumar,
    "sort": _ordenar,
    "unique": _distintos,
    "min": _extremo(min),
    "max": _extremo(max),
    "map": _de_cada_uno,
}
