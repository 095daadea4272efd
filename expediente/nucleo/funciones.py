"""Las funciones que puede usar una expresión; lo que da una que no puede saberse es `FALTA`.

Cada una admite cualquier cosa: con lo que no es de su tipo tampoco se sabe.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from expediente.nucleo.curp import nacimiento_de, sexo_de
from expediente.nucleo.dinero import pesos
from expediente.nucleo.fecha import (
    MESES,
    anios_cumplidos,
    fecha_en_palabras,
    momento_en_palabras,
    sumar_meses,
)
from expediente.nucleo.medida import Medida


class _Falta:
    """El hecho que no consta: falso, y ninguna comparación con él se cumple."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "FALTA"


FALTA = _Falta()


def _cuenta(lista: Any) -> int:
    return len(lista) if isinstance(lista, list | tuple) else 0


def _mas_dias(fecha: Any, dias_naturales: Any) -> Any:
    if not isinstance(fecha, date) or not isinstance(dias_naturales, int):
        return FALTA
    try:
        return fecha + timedelta(days=dias_naturales)
    except OverflowError:
        return FALTA


def _mas_meses(fecha: Any, meses: Any) -> Any:
    if not isinstance(fecha, date) or not isinstance(meses, int) or not 0 <= meses <= 1200:
        return FALTA
    dia = fecha.date() if isinstance(fecha, datetime) else fecha
    try:
        return sumar_meses(dia, meses)
    except ValueError:  # pasa del año 9999
        return FALTA


def _dia_primero(mes: Any, anio: Any) -> Any:
    if mes not in MESES or not isinstance(anio, int) or not 1 <= anio <= 9999:
        return FALTA
    return date(anio, MESES.index(mes) + 1, 1)


def _fecha_de(momento: Any) -> Any:
    return momento.date() if isinstance(momento, datetime) else FALTA


def _horas_entre(desde: Any, hasta: Any) -> Any:
    if not isinstance(desde, datetime) or not isinstance(hasta, datetime):
        return FALTA
    return (hasta - desde).total_seconds() / 3600


def _dias_entre(desde: Any, hasta: Any) -> Any:
    if not isinstance(desde, date) or not isinstance(hasta, date):
        return FALTA
    return (_dia(hasta) - _dia(desde)).days


def _minutos_entre(desde: Any, hasta: Any) -> Any:
    horas = _horas_entre(desde, hasta)
    return horas if horas is FALTA else round(horas * 60)


def _a_la_hora(momento: Any, hora: Any) -> Any:
    """Ese mismo día a esa hora; si la hora ya había pasado, tampoco se sabe."""
    if not isinstance(momento, datetime) or not isinstance(hora, str):
        return FALTA
    try:
        dicho = datetime.combine(momento.date(), time.fromisoformat(hora), momento.tzinfo)
    except ValueError:
        return FALTA
    return dicho if dicho >= momento else FALTA


def _anio(fecha: Any) -> Any:
    return fecha.year if isinstance(fecha, date) else FALTA


def _dia(fecha: date) -> date:
    return fecha.date() if isinstance(fecha, datetime) else fecha


def _hora_del_dia(momento: Any) -> Any:
    return f"{momento.hour} h" if isinstance(momento, datetime) else FALTA


def _sexo(curp: Any) -> Any:
    return (isinstance(curp, str) and sexo_de(curp)) or FALTA


def _edad(curp: Any, al: Any) -> Any:
    nacimiento = nacimiento_de(curp) if isinstance(curp, str) else None
    if nacimiento is None or not isinstance(al, date) or _dia(al) < nacimiento:
        return FALTA
    return anios_cumplidos(nacimiento, _dia(al))


def _tramo_de(cantidad: Any, limites: Any) -> Any:
    """Entre qué límites cae: con [0, 18, 60], «0 a 17», «18 a 59» o «60 o más»."""
    if not isinstance(cantidad, int) or not _hay_numeros(limites) or cantidad < limites[0]:
        return FALTA
    desde = max(limite for limite in limites if limite <= cantidad)
    hasta = min((limite for limite in limites if limite > cantidad), default=None)
    if hasta is None:
        return f"{desde} o más"
    return str(desde) if hasta == desde + 1 else f"{desde} a {hasta - 1}"


def _suma(lista: Any) -> Any:
    return sum(lista) if _hay_numeros(lista) else FALTA


def _menor(lista: Any) -> Any:
    return min(lista) if _hay_numeros(lista) else FALTA


def _mayor(lista: Any) -> Any:
    return max(lista) if _hay_numeros(lista) else FALTA


def _hay_numeros(lista: Any) -> bool:
    return (
        bool(lista)
        and isinstance(lista, list)
        and all(isinstance(uno, int | Decimal) for uno in lista)
    )


def _escrito(dato: Any) -> Any:
    """El dato como se lee en un oficio; lo que no consta sigue sin constar."""
    if isinstance(dato, bool):
        return "sí" if dato else "no"
    if isinstance(dato, datetime):
        return momento_en_palabras(dato)
    if isinstance(dato, date):
        return fecha_en_palabras(dato)
    if isinstance(dato, Decimal) and not isinstance(dato, Medida):
        return pesos(dato)
    return str(dato) if isinstance(dato, int | str | Medida) else FALTA


FUNCIONES: dict[str, Callable[..., Any]] = {
    "cuenta": _cuenta,
    "mas_dias": _mas_dias,
    "mas_meses": _mas_meses,
    "dia_primero": _dia_primero,
    "fecha": _fecha_de,
    "horas_entre": _horas_entre,
    "minutos_entre": _minutos_entre,
    "dias_entre": _dias_entre,
    "a_la_hora": _a_la_hora,
    "anio": _anio,
    "hora_del_dia": _hora_del_dia,
    "sexo": _sexo,
    "edad": _edad,
    "tramo_de": _tramo_de,
    "suma": _suma,
    "menor": _menor,
    "mayor": _mayor,
    "escrito": _escrito,
    "consta": lambda hecho: hecho is not FALTA and hecho not in ("", None),
    "si": lambda condicion, si_cumple, si_no: si_cumple if condicion else si_no,
}

# Cómo se llama a cada función y qué da; la guía de los procedimientos sale de aquí.
AYUDA_DE_FUNCIONES: dict[str, tuple[str, str]] = {
    "cuenta": ("cuenta(lista)", "cuántos elementos tiene una lista"),
    "suma": ("suma(lista.parte)", "la suma de esa parte en todos los elementos"),
    "menor": ("menor(lista.parte)", "el menor de los valores"),
    "mayor": ("mayor(lista.parte)", "el mayor de los valores"),
    "mas_dias": ("mas_dias(fecha, 10)", "la fecha, tantos días naturales después"),
    "mas_meses": ("mas_meses(fecha, 1)", "el mismo día, meses después"),
    "dia_primero": ("dia_primero('octubre', 2026)", "el primer día de ese mes"),
    "fecha": ("fecha(ocurrio.paso)", "el día de un momento, sin su hora"),
    "horas_entre": ("horas_entre(desde, hasta)", "las horas que van de un momento a otro"),
    "minutos_entre": ("minutos_entre(desde, hasta)", "los minutos enteros, redondeados"),
    "a_la_hora": ("a_la_hora(recibido, hora_fin)", "el momento de ese mismo día a esa hora"),
    "anio": ("anio(fecha)", "el año, en número"),
    "dias_entre": ("dias_entre(desde, hasta)", "los días naturales de una fecha a otra"),
    "hora_del_dia": ("hora_del_dia(recibido)", "a qué hora del día fue: «9 h», de 9:00 a 9:59"),
    "sexo": ("sexo(persona.curp)", "«Mujer», «Hombre» o «No binario», si la CURP lo dice"),
    "edad": ("edad(persona.curp, recibido)", "los años cumplidos ese día, según la CURP"),
    "tramo_de": (
        "tramo_de(edad, [0, 18, 60])",
        "entre qué límites cae un número: «0 a 17», «18 a 59» o «60 o más»",
    ),
    "escrito": (
        "escrito(dato)",
        "el dato como se lee en un oficio: la fecha en palabras, el monto",
    ),
    "consta": ("consta(dato)", "si el dato está escrito"),
    "si": ("si(condición, a, b)", "a si se cumple; si no, b"),
}
