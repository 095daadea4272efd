"""Los filtros para escribir bien una frase: cantidades, lugares, plurales, periodos y género."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from expediente.documentos.dichos import Dicho, Importe, Numero, valor_de
from expediente.nucleo.fecha import periodo_en_palabras
from expediente.nucleo.genero import segun_genero
from expediente.nucleo.numerales import cuantos_en_letra

_CIFRAS = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII)


def _numero(valor: Any) -> Any:
    """El número que es, o que dice («1,500.10»), un valor; ValueError si ninguno."""
    vale = valor_de(valor)
    escrito = str(vale).replace("$", "").replace(",", "").strip()
    if not _CIFRAS.fullmatch(escrito):
        raise ValueError("no es un número")
    return Decimal(escrito) if "." in escrito else int(escrito)


def _entero(valor: Any) -> int:
    numero = _numero(valor)
    if not isinstance(numero, int):
        raise ValueError("no es un número entero")
    return numero


def _forma(nombre: str) -> Callable[[Any], Any]:
    """El filtro que hace con un número suelto lo que el punto hace con un dato."""

    def pedir(valor: Any) -> Any:
        dicho = valor if isinstance(valor, Dicho) else Numero(_numero(valor))
        if not hasattr(dicho, nombre):
            raise ValueError("ese dato no tiene esa forma")
        return getattr(dicho, nombre)

    return pedir


def _importe(valor: Any) -> Importe:
    return Importe(Decimal(_numero(valor)))


def _plural(valor: Any, singular: str, plural: str) -> str:
    return singular if abs(_numero(valor)) == 1 else plural


def _cuantos(valor: Any, singular: str, plural: str) -> str:
    return cuantos_en_letra(_entero(valor), singular, plural)


def _cuantas(valor: Any, singular: str, plural: str) -> str:
    return cuantos_en_letra(_entero(valor), singular, plural, femenino=True)


def _periodo(desde: Any, hasta: Any) -> str:
    dias = valor_de(desde), valor_de(hasta)
    if not all(isinstance(dia, date) for dia in dias):
        raise ValueError("un periodo va de una fecha a otra")
    return periodo_en_palabras(*dias)


def _genero(persona: Any, masculino: str, femenino: str, incluyente: str) -> str:
    consta = persona.get("genero") if isinstance(persona, Mapping) else None
    return segun_genero(consta, masculino, femenino, incluyente)


def _sin_punto(dicho: Any) -> str:
    return str(dicho).rstrip().rstrip(".;,").rstrip()


def _con_punto(dicho: Any) -> str:
    """Quien lo escribió pudo poner el punto o no: sale uno, y ninguno tras «?», «!» o «…»."""
    texto = _sin_punto(dicho)
    return texto if texto.endswith(("?", "!", "…", ":")) or not texto else f"{texto}."


_FORMAS = ("con_letra", "en_letra", "ordinal", "ordinal_masculino", "ordinal_femenino")
FILTROS_DE_PROSA: dict[str, Callable[..., Any]] = {
    **{nombre: _forma(nombre) for nombre in _FORMAS},
    "importe": _importe,
    "plural": _plural,
    "cuantos": _cuantos,
    "cuantas": _cuantas,
    "periodo": _periodo,
    "genero": _genero,
    "con_punto": _con_punto,
    "sin_punto": _sin_punto,
}

# Cómo se escribe cada uno, qué da y lo que sale; `plantilla campos` sale de aquí.
AYUDA_DE_FILTROS: dict[str, tuple[str, str, str]] = {
    "importe": ("{{ 1500.1|importe }}", "el número como monto en pesos", "$1,500.10"),
    "con_letra": ("{{ 4|con_letra }}", "el número o el monto, con cifras y letra", "4 (cuatro)"),
    "en_letra": ("{{ 21|en_letra }}", "el número o el monto, con letra", "veintiuno"),
    "ordinal": ("{{ 3|ordinal }}", "qué lugar ocupa", "tercero"),
    "ordinal_masculino": (
        "{{ 1|ordinal_masculino }} recordatorio",
        "qué lugar ocupa, ante palabra masculina",
        "primer recordatorio",
    ),
    "ordinal_femenino": (
        "{{ 1|ordinal_femenino }} vez",
        "qué lugar ocupa, ante palabra femenina",
        "primera vez",
    ),
    "plural": (
        "2 {{ 2|plural('boleto', 'boletos') }}",
        "la palabra que va con esa cantidad, sin la cantidad",
        "2 boletos",
    ),
    "cuantos": (
        "{{ 21|cuantos('oficio', 'oficios') }}",
        "la cantidad con letra y lo que se cuenta, si es masculino",
        "veintiún oficios",
    ),
    "cuantas": (
        "{{ 21|cuantas('carta', 'cartas') }}",
        "la cantidad con letra y lo que se cuenta, si es femenino",
        "veintiuna cartas",
    ),
    "periodo": (
        "{{ salida|periodo(regreso) }}",
        "de una fecha a la otra, sin repetir lo que comparten",
        "del 3 al 7 de marzo de 2026",
    ),
    "genero": (
        "{{ persona|genero('el beneficiario', 'la beneficiaria', 'la persona beneficiaria') }}",
        "la palabra que toca a una persona del caso o a quien firma; la última, si no consta",
        "la beneficiaria",
    ),
    "con_punto": (
        "{{ 'No procede'|con_punto }}",
        "el texto con un solo punto al final, lo traiga o no",
        "No procede.",
    ),
    "sin_punto": (
        "{{ 'que no procede.'|sin_punto }}, y se archiva",
        "el texto sin su punto final, para seguir la frase",
        "que no procede, y se archiva",
    ),
}
