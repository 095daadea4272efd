"""Los filtros que admite una plantilla (`{{ nombre|upper }}`), y ninguno más.

Todos dejan pasar un dato que falta en vez de inventarle un valor; sólo `default` lo
suple. Ninguno puede dar un texto desmedido.
"""

from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from jinja2.exceptions import SecurityError
from jinja2.filters import do_capitalize, do_float, do_int, do_title

from expediente.documentos.faltante import Faltante, es_faltante, faltante_entre
from expediente.documentos.filtros_de_listas import FILTROS_DE_LISTAS, dato_de
from expediente.documentos.filtros_de_prosa import FILTROS_DE_PROSA
from expediente.documentos.peso import consultar, limitar, limitar_lista, pesar, texto_llano
from expediente.documentos.rico import leer_rico

MAXIMOS_DECIMALES = 10

Filtro = Callable[..., Any]


def no_permitir() -> NoReturn:
    """Lanza el error que la plantilla muestra como «expresión no permitida»."""
    raise SecurityError("no permitida")


def unir(trozos: Iterable[Any], separador: str = "", attribute: str = "") -> Any:
    """Pega varios valores como texto; `attribute` es el dato que se toma de cada uno."""
    elementos = list(trozos)
    if attribute:
        elementos = [dato_de(elemento, attribute) for elemento in elementos]
    faltante = faltante_entre(elementos)
    if faltante is not None:
        return faltante
    limitar_lista(len(elementos))
    textos = [texto_llano(elemento) for elemento in elementos]
    limitar(sum(map(len, textos)) + len(separador) * len(textos))
    return separador.join(textos)


def _reemplazar(texto: str, viejo: str, nuevo: str) -> str:
    limitar(len(texto) + texto.count(viejo) * len(nuevo))
    return texto.replace(viejo, nuevo)


def _redondear(numero: Any, decimales: int = 0) -> Any:
    if abs(decimales) > MAXIMOS_DECIMALES:
        no_permitir()
    return round(numero, decimales)


def _por_omision(valor: Any, otro: Any = "", tambien_si_es_falso: bool = False) -> Any:
    return otro if es_faltante(valor) or (tambien_si_es_falso and not valor) else valor


def _sin_cambio(valor: Any) -> Any:
    # Todo lo que se imprime sale escapado; «|e» en una plantilla vieja no añade nada.
    return valor


def _si_hay(filtro: Filtro) -> Filtro:
    """Hace que un filtro deje pasar un faltante en vez de trabajar con él."""

    def filtrar(*valores: Any, **opciones: Any) -> Any:
        faltante = faltante_entre((*valores, *opciones.values()))
        if faltante is not None:
            return faltante
        consultar(valores[0])
        return pesar(filtro(*valores, **opciones))

    return filtrar


_QUE_PIDEN_DATO: dict[str, Filtro] = {
    "upper": lambda valor: texto_llano(valor).upper(),
    "lower": lambda valor: texto_llano(valor).lower(),
    "capitalize": lambda valor: do_capitalize(texto_llano(valor)),
    "title": lambda valor: do_title(texto_llano(valor)),
    "trim": lambda valor: texto_llano(valor).strip(),
    "string": texto_llano,
    "replace": _reemplazar,
    "length": len,
    "count": len,
    "first": lambda valores: next(iter(valores), Faltante()),
    "last": lambda valores: next(reversed(list(valores)), Faltante()),
    "list": list,
    "reverse": lambda valores: list(valores)[::-1],
    "join": unir,
    "int": do_int,
    "float": do_float,
    "round": _redondear,
    "abs": abs,
    "rico": leer_rico,
    "e": _sin_cambio,
    "escape": _sin_cambio,
    **FILTROS_DE_LISTAS,
    **FILTROS_DE_PROSA,
}
FILTROS: dict[str, Filtro] = {
    **{nombre: _si_hay(filtro) for nombre, filtro in _QUE_PIDEN_DATO.items()},
    "default": _por_omision,
    "d": _por_omision,
}
