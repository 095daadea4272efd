"""Cuándo los datos de dos casos son los mismos, aunque se hayan escrito distinto.

Aquí sólo se compara. Nadie une dos casos: se enseña el folio anterior y decide una persona.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from expediente.nucleo.campo import plano
from expediente.nucleo.hechos import nombre_completo
from expediente.nucleo.procedimiento import Duplicado, Procedimiento

NOMBRE_COMPLETO = "nombre_completo"
# Un caso que se canceló porque se abrió por error no repite nada.
NO_CUENTA = "cancelado"
# Hay quien no tiene segundo apellido, y dos que no lo tienen son iguales en eso.
_SIN_SEGUNDO = "-"
_LIBRES = ("texto", "parrafo")
_ABREVIATURAS = {"ma": "maria", "j": "jose"}
_PARTICULAS = frozenset(("de", "del", "la", "las", "los", "y"))


def comparable(escrito: str) -> str:
    """El texto sin lo que cambia según quién lo escriba.

    Minúsculas, sin acentos (la ñ se queda), sin signos ni partículas, con «Ma.» y «J.»
    desatadas. «» si no queda nada.
    """
    palabras = (_ABREVIATURAS.get(p, p) for p in re.findall(r"\w+", plano(escrito)))
    return " ".join(p for p in palabras if p not in _PARTICULAS)


def identidad(p: Procedimiento, regla: Duplicado, datos: Mapping[str, str]) -> tuple[str, ...]:
    """Los datos con que esa regla compara un caso; vacío si alguno no consta."""
    valores = tuple(_valor(p, campo, datos) for campo in regla.campos)
    return valores if all(valores) else ()


def _valor(p: Procedimiento, campo: str, datos: Mapping[str, str]) -> str:
    if persona := _persona(p, campo):
        return comparable(nombre_completo(datos, persona))
    dicho, hoja = datos.get(campo, ""), p.hojas.get(campo)
    comparado = comparable(dicho) if hoja and hoja.tipo in _LIBRES else plano(dicho)
    return comparado or (_SIN_SEGUNDO if campo.endswith(".segundo_apellido") else "")


def _persona(p: Procedimiento, campo: str) -> str | None:
    """El campo persona cuyo nombre completo se compara; None si es un dato suelto."""
    clave = campo.removesuffix(f".{NOMBRE_COMPLETO}")
    return clave if any(c.clave == clave and c.tipo == "persona" for c in p.campos) else None


def reglas_tocadas(p: Procedimiento, datos_nuevos: Iterable[str]) -> tuple[Duplicado, ...]:
    """Las reglas de duplicados que miran alguno de esos campos (claves completas)."""
    nuevos = set(datos_nuevos)
    return tuple(r for r in p.duplicados if any(_toca(p, campo, nuevos) for campo in r.campos))


def _toca(p: Procedimiento, campo: str, nuevos: set[str]) -> bool:
    if persona := _persona(p, campo):
        return any(clave.startswith(f"{persona}.") for clave in nuevos)
    return campo in nuevos


def por_que_coinciden(p: Procedimiento, regla: Duplicado) -> str:
    """Lo que se dice del parecido: el mensaje de la regla, o qué datos son iguales."""
    if regla.mensaje:
        return regla.mensaje
    return f"Coincide en {', '.join(_nombre(p, campo) for campo in regla.campos)}."


def _nombre(p: Procedimiento, campo: str) -> str:
    if persona := _persona(p, campo):
        return next(f"{c.nombre}: nombre completo" for c in p.campos if c.clave == persona)
    return p.hojas[campo].nombre if campo in p.hojas else campo


def sigue_contando(
    regla: Duplicado, situacion: str, en_tramite: bool, abierto: datetime, ahora: datetime
) -> bool:
    """Si otro caso igual se avisa: sigue en trámite, o se abrió en los meses de la regla."""
    if en_tramite:
        return True
    if regla.meses is None or situacion == NO_CUENTA:
        return False
    anios, mes = divmod(ahora.year * 12 + ahora.month - 1 - regla.meses, 12)
    desde = (anios, mes + 1, ahora.day)
    return (abierto.year, abierto.month, abierto.day) >= desde
