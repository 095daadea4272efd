"""Hojas que llegan de fuera: CSV de Excel y YAML, renglón por renglón."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expediente.almacen.disco import leer_bytes
from expediente.almacen.fichero_yaml import error_de_forma, leer_mapa
from expediente.almacen.texto_yaml import YamlInvalido, cargar
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.mapa import MAPA, Mapa

CODIFICACIONES = ("utf-8-sig", "cp1252")


@dataclass(frozen=True)
class Renglon:
    """Un renglón de la hoja: dónde empieza (desde 1), qué dice y qué está mal en él.

    `problema` es None si se pudo separar en sus columnas.
    """

    lugar: int
    dice: Mapping[str, str]
    problema: str | None = None


@dataclass(frozen=True)
class Hoja:
    """Una hoja leída: sus encabezados y sus renglones."""

    encabezados: tuple[str, ...]
    renglones: tuple[Renglon, ...]


def leer_hoja(ruta: Path) -> Hoja:
    """La hoja de un fichero .csv, .yaml o .yml.

    Lanza NoExiste, o DatosInvalidos si no se puede leer.
    """
    return hoja_de_bytes(leer_bytes(ruta), ruta.suffix.lower(), str(ruta))


def hoja_de_bytes(crudo: bytes, sufijo: str, nombre: str) -> Hoja:
    """La hoja que dicen unos bytes; sin sufijo conocido, se mira si es YAML o CSV."""
    escrito = _decodificar(crudo, nombre)
    if sufijo in (".yaml", ".yml"):
        return _de_yaml(escrito, nombre)
    return _de_csv(escrito, nombre)


def _decodificar(crudo: bytes, nombre: str) -> str:
    for codificacion in CODIFICACIONES:
        try:
            return crudo.decode(codificacion)
        except UnicodeDecodeError:
            continue
    raise DatosInvalidos(f"{nombre}: guárdelo como «CSV UTF-8» y vuelva a intentarlo.")


def _de_csv(escrito: str, nombre: str) -> Hoja:
    primera = escrito.partition("\n")[0]
    separador = max(",;\t", key=primera.count)
    lector = csv.reader(io.StringIO(escrito, newline=""), delimiter=separador, strict=True)
    filas = _con_lugar(lector, nombre)
    _, encabezados = next(filas, (1, []))
    titulos = tuple(t.strip() for t in encabezados)
    if not any(titulos) or len(set(titulos)) != len(titulos):
        raise DatosInvalidos(f"{nombre}, renglón 1: los encabezados faltan o están repetidos.")
    renglones = tuple(
        _renglon(lugar, fila, titulos) for lugar, fila in filas if any(c.strip() for c in fila)
    )
    return Hoja(titulos, renglones)


def _con_lugar(lector: Any, nombre: str) -> Iterator[tuple[int, list[str]]]:
    """Cada fila con el renglón del fichero en que empieza."""
    lugar = 1
    try:
        for fila in lector:
            yield lugar, fila
            lugar = lector.line_num + 1
    except csv.Error:
        raise DatosInvalidos(f"{nombre}, renglón {lugar}: las comillas no cierran.") from None


def _renglon(lugar: int, fila: list[str], titulos: tuple[str, ...]) -> Renglon:
    if len(fila) > len(titulos):
        problema = (
            f"tiene {len(fila)} columnas y el encabezado {len(titulos)}; ponga entre comillas "
            "el texto que lleva el separador."
        )
        return Renglon(lugar, {}, problema)
    return Renglon(lugar, dict(zip(titulos, fila, strict=False)))


def _de_yaml(escrito: str, nombre: str) -> Hoja:
    try:
        leido = cargar(escrito)
    except YamlInvalido as error:
        raise DatosInvalidos(f"{nombre}, renglón {error.renglon}: {error.mensaje}") from None
    solicitudes = leido if isinstance(leido, list) else [leido]
    renglones = []
    for lugar, una in enumerate(solicitudes, start=1):
        if not isinstance(una, dict):
            raise DatosInvalidos(f"{nombre}: la solicitud {lugar} no es de «campo: valor».")
        renglones.append(Renglon(lugar, dict(_aplanar(una))))
    titulos = dict.fromkeys(t for r in renglones for t in r.dice)
    return Hoja(tuple(titulos), tuple(renglones))


def _aplanar(dato: object, prefijo: str = "") -> Iterator[tuple[str, str]]:
    """Las claves con puntos de un diccionario anidado: `beneficiario.nombres`."""
    if isinstance(dato, dict):
        for clave, valor in dato.items():
            yield from _aplanar(valor, f"{prefijo}.{clave}" if prefijo else clave)
    elif isinstance(dato, list):
        for lugar, valor in enumerate(dato):
            yield from _aplanar(valor, f"{prefijo}.{lugar}")
    else:
        yield prefijo, str(dato)


def leer_mapa_de_columnas(ruta: Path) -> Mapa:
    """El mapa de columnas de un fichero. Lanza DatosInvalidos con fichero y renglón."""
    mapa, escrito = leer_mapa(ruta)
    try:
        leido: Mapa = MAPA(mapa, ())
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
    return leido
