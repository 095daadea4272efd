"""Los datos de un caso, escritos como se leen en una carta.

Los que valen algo (montos, fechas, horas, números) salen como `dichos`: textos que además
se pueden pedir de otro modo.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from expediente.documentos.dichos import Fecha, Hora, Importe, Momento, Numero
from expediente.nucleo.campo import (
    Campo,
    Catalogo,
    elementos_de,
    opciones_de,
    partes_de,
    valor,
)
from expediente.nucleo.funciones import FALTA
from expediente.nucleo.genero import genero_de
from expediente.nucleo.hechos import nombre_completo
from expediente.nucleo.medida import Medida
from expediente.nucleo.procedimiento import Procedimiento


class SiNo(int):
    """Un sí o no: en una condición vale como tal, e impreso se lee «sí» o «no»."""

    def __str__(self) -> str:
        return "sí" if self else "no"


def texto_de(dato: object) -> Any:
    """Un dato como se lee en un documento; None si no consta."""
    if dato is FALTA or dato is None:
        return None
    if isinstance(dato, bool):
        return SiNo(dato)
    if isinstance(dato, str):
        return dato
    if isinstance(dato, datetime):
        return Momento(dato)
    if isinstance(dato, date):
        return Fecha(dato)
    if isinstance(dato, int | Medida):
        return Numero(dato)
    if isinstance(dato, Decimal):
        return Importe(dato)
    return str(dato)


def datos_redactados(
    p: Procedimiento, datos: Mapping[str, str], catalogos: Mapping[str, Catalogo]
) -> dict[str, Any]:
    """Los datos del caso, anidados por sus claves y escritos para leerse.

    Una persona lleva además `nombre_completo` y, si consta, `genero`; una lista es una lista,
    vacía si no hay. Un dato sensible no va: la plantilla que lo pida no se llena.
    """
    campos: dict[str, Any] = {}
    for campo in p.campos:
        if campo.sensible:
            continue
        if campo.lista:
            campos[campo.clave] = [
                _redactar(campo, f"{campo.clave}.{n}", datos, catalogos)
                for n in elementos_de(campo.clave, datos)
            ]
        elif (redactado := _redactar(campo, campo.clave, datos, catalogos)) is not None:
            campos[campo.clave] = redactado
    for numero in p.numeros:
        if numero.clave in datos:
            campos[numero.clave] = datos[numero.clave]
    return campos


def _redactar(
    campo: Campo, base: str, datos: Mapping[str, str], catalogos: Mapping[str, Catalogo]
) -> Any:
    if base in datos:
        return dato_escrito(campo, datos[base], catalogos)
    partes = {k.removeprefix(f"{base}."): v for k, v in datos.items() if k.startswith(f"{base}.")}
    if not partes:
        return None
    tipos = {parte.clave: parte for parte in partes_de(campo)}
    redactado: dict[str, Any] = {k: dato_escrito(tipos[k], v, catalogos) for k, v in partes.items()}
    if genero := genero_de(datos, base):
        redactado.setdefault("genero", genero)
    if campo.tipo == "persona":
        redactado["nombre_completo"] = nombre_completo(datos, base)
    return redactado


def dato_escrito(campo: Campo, escrito: str, catalogos: Mapping[str, Catalogo]) -> Any:
    """Un dato suelto, de su forma canónica a como se lee."""
    if campo.tipo == "opcion":
        opcion = opciones_de(campo, catalogos).get(escrito)
        return opcion.nombre if opcion else escrito
    if campo.tipo == "hora":
        return Hora(time.fromisoformat(escrito))
    if campo.tipo == "telefono":
        return f"{escrito[:3]} {escrito[3:6]} {escrito[6:]}"
    return texto_de(valor(campo, escrito))
