"""Los periodos de un paso que se repite: cuándo empieza cada uno y cuál se acaba de dar."""

from datetime import date, timedelta

from expediente.nucleo.estado import Llegada
from expediente.nucleo.fecha import periodo_en_palabras, sumar_meses
from expediente.nucleo.procedimiento import Cadencia


def inicio_del_periodo(cadencia: Cadencia, primera: date, vueltas: int) -> date:
    """Desde qué día puede darse otra vez lo que se repite.

    En días hábiles no se sabe sin calendario: se cuenta desde el día siguiente.
    """
    cuanto = cadencia.cantidad * vueltas
    if cadencia.unidad == "meses":
        return sumar_meses(primera, cuanto)
    return primera + timedelta(days=cuanto if cadencia.unidad == "naturales" else vueltas)


def periodo_dado(cadencia: Cadencia, llegada: Llegada) -> str | None:
    """El último periodo que se dio, en palabras; None si ninguno, o si va en días hábiles."""
    if not llegada.vueltas or cadencia.unidad == "habiles":
        return None
    primera = llegada.primera.date()
    desde, hasta = (inicio_del_periodo(cadencia, primera, llegada.vueltas - n) for n in (1, 0))
    return periodo_en_palabras(desde, hasta)
