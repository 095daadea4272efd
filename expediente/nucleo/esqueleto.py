"""El procedimiento más sencillo que funciona, escrito y explicado para editarse.

Lo que dice de cada llave es la ayuda de la tabla que la valida.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from string import ascii_uppercase
from typing import Any, NamedTuple

from expediente.nucleo.forma import Forma
from expediente.nucleo.lectura_procedimiento import (
    CAMPO,
    DOCUMENTO,
    PASO,
    PLAZO,
    PROCEDIMIENTO,
    REQUISITO,
    SALIDA,
)

CLAVE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LETRAS_DEL_PREFIJO = 6
# Las llaves que son listas de registros, y qué llaves admite cada uno.
_REGISTROS: Mapping[str, Mapping[str, Forma[Any]]] = {
    "campos": {"campo": CAMPO},
    "requisitos": {"requisito": REQUISITO},
    "documentos": {"documento": DOCUMENTO},
    "plazos": {"plazo": PLAZO},
    "pasos": {"paso": PASO, "resultado": SALIDA},
}


class Datos(NamedTuple):
    """Lo que el esqueleto toma de la oficina y de quien lo pide."""

    clave: str
    nombre: str
    prefijo: str
    serie: str
    rol: str
    cargo: str


def esqueleto(datos: Datos) -> str:
    """El YAML de un procedimiento nuevo: se puede revisar y recorrer tal cual."""
    escritas = _escritas(datos)
    renglones = [
        "# Un procedimiento nuevo. Tal como está ya funciona; cámbielo por lo de su manual y",
        f"# pruébelo con: expediente procedimiento revisar {datos.clave}",
        "# Lo que empieza con # es explicación: las llaves que no se usan pueden borrarse.",
    ]
    for llave, como in PROCEDIMIENTO.llaves.items():
        renglones += ["", f"# {llave}: {como.ayuda}."]
        for registro, forma in _REGISTROS.get(llave, {}).items():
            renglones += _ayuda_del_registro(registro, forma)
        renglones.append(escritas.get(llave, f"# {llave}:"))
    return "\n".join((*renglones, ""))


def prefijo_para(clave: str, ocupados: Collection[str]) -> str | None:
    """Letras para el folio, sacadas de la clave, que nadie usa; None si todas están tomadas."""
    return next((p for p in _prefijos_posibles(clave) if p not in ocupados), None)


def _prefijos_posibles(clave: str) -> Iterator[str]:
    palabras = [letras for palabra in clave.upper().split("-") if (letras := _letras(palabra))]
    iniciales = "".join(palabra[0] for palabra in palabras)[:_LETRAS_DEL_PREFIJO]
    if len(iniciales) > 1:
        yield iniciales
    juntas = "".join(palabras)[:_LETRAS_DEL_PREFIJO]
    yield from list(accumulate(juntas))[1:]
    yield from (f"{iniciales[: _LETRAS_DEL_PREFIJO - 1]}{letra}" for letra in ascii_uppercase)


def _letras(palabra: str) -> str:
    return re.sub("[^A-Z]", "", palabra)


def _ayuda_del_registro(registro: str, forma: Forma[Any]) -> list[str]:
    return [
        f"#   Cada {registro} admite:",
        *(f"#     {llave}: {como.ayuda}" for llave, como in forma.llaves.items()),
    ]


def _escritas(d: Datos) -> dict[str, str]:
    """Lo que el esqueleto ya trae escrito, por llave."""
    return {
        "clave": f"clave: {d.clave}",
        "nombre": f"nombre: {_cita(d.nombre)}",
        "version": "version: '1'",
        "prefijo": f"prefijo: {d.prefijo}",
        "manual": f"""\
manual:
  clave: {_cita(d.clave.upper())}
  nombre: {_cita(f"Manual de procedimientos: {d.nombre}")}
  objetivo: Que quien presenta una solicitud tenga respuesta.
  elaboro: ''
  reviso: ''
  aprobo: ''""",
        "serie": f"serie: {_cita(d.serie)}",
        "roles": f"""\
roles:
  - {{clave: solicitante, nombre: Solicitante, externo: sí}}
  - {{clave: {_cita(d.rol)}, nombre: {_cita(d.cargo)}}}""",
        "campos": """\
campos:
  - {clave: solicitante, nombre: Solicitante, tipo: persona, obligatorio: sí}
  - {clave: asunto, nombre: Qué solicita, tipo: parrafo, obligatorio: sí}""",
        "requisitos": """\
requisitos:
  - {clave: identificacion, nombre: Identificación oficial, obligatorio: no}""",
        "apertura": "apertura: solicitar",
        "pasos": f"""\
pasos:
  - clave: solicitar
    manual: ['1']
    responsable: solicitante
    actividad: Presenta su solicitud.
    sigue: registrar

  - clave: registrar
    manual: ['2']
    responsable: {_cita(d.rol)}
    actividad: Registra la solicitud y recibe los requisitos.
    captura: [solicitante, asunto]
    pide_requisitos: sí
    sigue: resolver

  - clave: resolver
    manual: ['3']
    responsable: {_cita(d.rol)}
    actividad: Resuelve si la solicitud procede.
    resultados:
      - {{clave: procede, nombre: Procede, sigue: concluir}}
      - {{clave: no-procede, nombre: No procede, motivo: sí, final: improcedente}}

  - clave: concluir
    manual: ['4']
    responsable: {_cita(d.rol)}
    actividad: Entrega lo solicitado e integra el expediente.
    final: concluido""",
    }


def _cita(texto: str) -> str:
    """El texto entre apóstrofos, como lo pide YAML."""
    return "'" + texto.replace("'", "''") + "'"
