"""De las etiquetas de una parte a su plantilla de Jinja, o a todo lo que tienen mal."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jinja2 import Template
from jinja2.exceptions import TemplateSyntaxError

from expediente.documentos.defecto import Defecto, Pedido, PlantillaMalEscrita
from expediente.documentos.entorno import ENTORNO
from expediente.documentos.estructura import ABRE_BLOQUE, CIERRA_BLOQUE, Fuente, codigo_jinja
from expediente.documentos.etiquetas import Etiqueta, Malas
from expediente.documentos.expresiones import Lectura
from expediente.documentos.remedios import remedio_de
from expediente.documentos.vocabulario import pasos_de

_LARGA = 200
# Más adentro ya no se sabe de qué lista es cada variable: leerlo costaría demasiado.
_HONDO = 4
_VACIO = "for x in []"
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
        raise etiqueta.error(remedio_de(etiqueta.codigo, error.message or "")) from error
    except _DESMEDIDAS as error:
        problema = "es demasiado complicada; divídala en varias con «{% set %}»."
        raise texto.etiquetas[0].error(problema) from error


def revisar_una_por_una(texto: Fuente, malas: Malas) -> list[Pedido]:
    """Apunta en `malas` cada etiqueta que, leída sola, no se admite o no se entiende.

    Devuelve los datos que piden las que sí, salvo los de una variable de la que no se sabe.
    """
    bucles: list[Etiqueta] = []
    pedidos: list[Pedido] = []
    sin_saber = {"loop"}
    for etiqueta in texto.etiquetas:
        palabra = _palabra(etiqueta)
        if palabra == "endfor" and bucles:
            bucles.pop()
        if etiqueta not in malas:
            try:
                rutas = _leer_sola(etiqueta, palabra, bucles)
                pedidos += [Pedido(x, etiqueta.lugar, etiqueta.texto) for x in sorted(rutas)]
            except PlantillaMalEscrita as mala:
                malas[etiqueta] = mala.defectos[0].dicho
        if palabra == "set" or (etiqueta in malas and etiqueta.clase == "{%"):
            sin_saber.update(_variables_de(etiqueta))
        if palabra == "for":
            bucles.append(replace(etiqueta, codigo=_VACIO) if etiqueta in malas else etiqueta)
    return [x for x in pedidos if pasos_de(x.ruta)[0] not in sin_saber]


def _leer_sola(etiqueta: Etiqueta, palabra: str, bucles: Sequence[Etiqueta]) -> list[str]:
    """Los datos que pide una etiqueta dentro de esos bucles, sin las demás."""
    # Compilar cuesta diez veces más que leer, y sólo falla lo que es muy largo.
    larga = len(etiqueta.codigo) > _LARGA
    hondo = len(bucles) > _HONDO
    sola = _sola(etiqueta, palabra, [replace(etiqueta, codigo=_VACIO)] if hondo else bucles)
    rutas = _leer(sola, "", compila=larga)[1].rutas
    propias = [ruta for ruta, numeros in rutas.items() if len(sola.etiquetas) - 1 in numeros]
    return [] if hondo else propias


def _variables_de(etiqueta: Etiqueta) -> list[str]:
    """Los nombres que quiso declarar un for o un set, aunque esté mal escrito."""
    hallados = re.match(r"\w+\s+([\w,\s]+?)\s*(?:\b(?:in|en)\b|=(?!=))", etiqueta.codigo)
    return re.findall(r"\w+", hallados[1]) if hallados else []


def _sola(etiqueta: Etiqueta, palabra: str, bucles: Sequence[Etiqueta]) -> Fuente:
    """Devuelve la etiqueta con lo indispensable para que Jinja la lea sin las demás."""
    antes = despues = ""
    if palabra in ("if", "for"):
        despues = f"end{palabra}"
    elif palabra in ("elif", "else"):
        antes, despues = "if 1", "endif"
    elif palabra in ("endif", "endfor"):
        antes = "if 1" if palabra == "endif" else _VACIO
    trozos = [_bloque(antes), codigo_jinja(etiqueta), _bloque(despues)]
    fuera = "".join(map(codigo_jinja, bucles))
    return Fuente("".join([fuera, *trozos, _bloque("endfor") * len(bucles)]), (*bucles, etiqueta))


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
