"""Las fechas como se escriben en México, en oficios, informes y pantallas."""

import re
from datetime import date, datetime, time, timedelta

from expediente.nucleo.numerales import cardinal, cuantos_en_letra

MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_SEMANA = re.compile(r"(\d{4})-[WS]?(\d{1,2})", re.ASCII | re.IGNORECASE)


def fecha_en_palabras(fecha: date) -> str:
    """«6 de septiembre de 2024»: día sin cero, mes en minúscula; el primero es «1», sin más."""
    return f"{fecha.day} de {MESES[fecha.month - 1]} de {fecha.year}"


def dia_y_fecha(fecha: date) -> str:
    """«viernes 6 de septiembre de 2024»."""
    return f"{DIAS[fecha.weekday()]} {fecha_en_palabras(fecha)}"


def momento_en_palabras(momento: datetime) -> str:
    """«6 de septiembre de 2024, 09:05 horas»."""
    return f"{fecha_en_palabras(momento)}, {hora_en_palabras(momento)}"


def hora_en_palabras(hora: time | datetime) -> str:
    """«09:05 horas»."""
    return f"{hora:%H:%M} horas"


def fecha_en_letra(fecha: date) -> str:
    """«seis de septiembre de dos mil veinticuatro», para actas; el 1 es «primero»."""
    dia = "primero" if fecha.day == 1 else cardinal(fecha.day)
    return f"{dia} de {MESES[fecha.month - 1]} de {cardinal(fecha.year)}"


def hora_en_letra(hora: time | datetime) -> str:
    """«las trece horas con diez minutos», para actas: se escribe «a» o «siendo» delante."""
    articulo = "la" if hora.hour == 1 else "las"
    minutos = f" con {cuantos_en_letra(hora.minute, 'minuto', 'minutos')}" if hora.minute else ""
    return f"{articulo} {cuantos_en_letra(hora.hour, 'hora', 'horas', femenino=True)}{minutos}"


def momento_en_letra(momento: datetime) -> str:
    """«las nueve horas con cinco minutos del seis de septiembre de dos mil veinticuatro»."""
    return f"{hora_en_letra(momento)} del {fecha_en_letra(momento)}"


def periodo_en_palabras(desde: date, hasta: date) -> str:
    """«del 3 al 7 de marzo de 2026»: lo que las dos fechas comparten se dice una vez.

    El de un solo día es «el 3 de marzo de 2026». Lanza ValueError si acaba antes de empezar.
    """
    if hasta < desde:
        raise ValueError("el periodo acaba antes de empezar")
    if desde == hasta:
        return f"el {fecha_en_palabras(desde)}"
    inicio = str(desde.day)
    if (desde.year, desde.month) != (hasta.year, hasta.month):
        inicio += f" de {MESES[desde.month - 1]}"
    if desde.year != hasta.year:
        inicio += f" de {desde.year}"
    return f"del {inicio} al {fecha_en_palabras(hasta)}"


def fecha_corta(fecha: date) -> str:
    """«06/09/2024», para tablas."""
    return f"{fecha:%d/%m/%Y}"


def semana_iso(fecha: date) -> str:
    """«2026-W47»: la semana, de lunes a domingo, que contiene la fecha."""
    anio, semana, _ = fecha.isocalendar()
    return f"{anio}-W{semana:02d}"


def lunes_de(semana: str) -> date:
    """El lunes de una semana escrita «2026-W47», «2026-S47» o «2026-47».

    Lanza ValueError si no es una semana que exista.
    """
    hallada = _SEMANA.fullmatch(semana.strip())
    if hallada is None:
        raise ValueError("no es una semana escrita como 2026-W47")
    return date.fromisocalendar(int(hallada[1]), int(hallada[2]), 1)


def siguiente_dia(fecha: date) -> date:
    """El día natural que sigue."""
    return fecha + timedelta(days=1)


def sumar_meses(inicio: date, meses: int) -> date:
    """La misma fecha-día, tantos meses naturales después.

    Si ese mes no la tiene (31 de abril), el día primero del siguiente. Se suma siempre
    desde el mismo `inicio`, y así el 31 vuelve a ser 31 en el mes que lo tiene. No mira si
    el día es hábil. Lanza ValueError si `meses` es negativo.
    """
    if meses < 0:
        raise ValueError("un plazo no puede ser negativo")
    anio, mes = divmod(inicio.year * 12 + inicio.month - 1 + meses, 12)
    primero = date(anio, mes + 1, 1)
    mismo_dia = primero + timedelta(days=inicio.day - 1)
    if mismo_dia.month == primero.month:
        return mismo_dia
    return mismo_dia.replace(day=1)


def anios_cumplidos(nacimiento: date, dia: date) -> int:
    """Los años cumplidos ese día; quien nació el 29 de febrero los cumple el 1 de marzo."""
    falta_el_de_este = (dia.month, dia.day) < (nacimiento.month, nacimiento.day)
    return dia.year - nacimiento.year - falta_el_de_este
