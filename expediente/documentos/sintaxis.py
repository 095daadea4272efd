"""De las etiquetas de una parte a su plantilla de Jinja, o a todo lo que tienen mal."""

import re
from collections.abc import Sequence
from typing import Any

from jinja2 import Template
from jinja2.exceptions import TemplateSyntaxError

from expediente.documentos.defecto import Defecto, PlantillaMalEscrita
from expediente.documentos.entorno import ENTORNO
from expediente.documentos.estructura import ABRE_BLOQUE, CIERRA_BLOQUE, Fuente, codigo_jinja
from expediente.documentos.etiquetas import Etiqueta, Malas
from expediente.documentos.expresiones import Lectura

_LARGA = 200
# Lo que Jinja y Python lanzan cuando una expresión los rebasa: mil paréntesis, mil dígitos.
_DESMEDIDAS = (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError)


def compilar_fuente(texto: Fuente, miembro: str) -> tuple[Template, dict[str, list[int]]]:
    """Devuelve la plantilla de una parte y, de cada dato que pide, sus etiquetas.

    Lanza PlantillaMalEscrita con la primera etiqueta que no se admite o no se entiende.
    """
    codigo, lectura = _leer(texto, miembro)
    return Template.from_code(ENTORNO, codigo, {}), lectura.rutas


def _leer(texto: Fuente, miembro: str, compila: bool = True) -> tuple[Any, Lectura]:
    lectura = Lectura(texto.etiquetas)
    try:
        arbol = ENTORNO.parse(texto.texto, miembro, miembro)
        lectura.leer(arbol)
        return (ENTORNO.compile(arbol, miembro, miembro) if compila else None), lectura
    except TemplateSyntaxError as error:
        etiqueta = texto.etiquetas[max(error.lineno - 2, 0)]
        raise etiqueta.error(_remedio(error)) from error
    except _DESMEDIDAS as error:
        problema = "es demasiado complicada; divídala en varias con «{% set %}»."
        raise texto.etiquetas[0].error(problema) from error


def revisar_una_por_una(texto: Fuente, malas: Malas) -> None:
    """Apunta en `malas` cada etiqueta que, leída sola, no se admite o no se entiende."""
    bucles = 0
    for etiqueta in texto.etiquetas:
        palabra = _palabra(etiqueta)
        bucles += (palabra == "for") - (palabra == "endfor")
        if etiqueta in malas:
            continue
        try:
            # Compilar cuesta diez veces más que leer, y sólo falla lo que es muy largo.
            larga = len(etiqueta.codigo) > _LARGA
            _leer(_sola(etiqueta, palabra, bucles > 0), "", compila=larga)
        except PlantillaMalEscrita as mala:
            malas[etiqueta] = mala.defectos[0].dicho


def _sola(etiqueta: Etiqueta, palabra: str, en_bucle: bool) -> Fuente:
    """Devuelve la etiqueta con lo indispensable para que Jinja la lea sin las demás."""
    antes = despues = ""
    if palabra in ("if", "for"):
        despues = f"end{palabra}"
    elif palabra in ("elif", "else"):
        antes, despues = "if 1", "endif"
    elif palabra in ("endif", "endfor"):
        antes = "if 1" if palabra == "endif" else "for x in []"
    trozos = [_bloque(antes), codigo_jinja(etiqueta), _bloque(despues)]
    if en_bucle and palabra != "endfor":
        trozos = [_bloque("for x in []"), *trozos, _bloque("endfor")]
    return Fuente("".join(trozos), (etiqueta,))


def _bloque(codigo: str) -> str:
    return f"{ABRE_BLOQUE} {codigo} {CIERRA_BLOQUE}" if codigo else ""


def _palabra(etiqueta: Etiqueta) -> str:
    hallada = re.match(r"\w+", etiqueta.codigo) if etiqueta.clase == "{%" else None
    return hallada.group() if hallada else ""


def defectos_en_orden(etiquetas: Sequence[Etiqueta], malas: Malas) -> list[Defecto]:
    """Devuelve los defectos de una parte como se leen en el documento."""
    return [
        Defecto(etiqueta.lugar, etiqueta.texto, malas[etiqueta])
        for etiqueta in dict.fromkeys(etiquetas)
        if etiqueta in malas
    ]


def _remedio(error: TemplateSyntaxError) -> str:
    sobra = re.search(r"expected token '[^']*', got '(\w+)'", error.message or "")
    if sobra:
        return (
            f"no se entiende a partir de «{sobra[1]}»; el nombre de un dato va sin espacios "
            "(así: primer_apellido)."
        )
    return "no se entiende; revise que no falte un nombre, una coma, una comilla o un paréntesis."
