"""Los días que la ley manda descansar, y los que suele acordar una oficina, de un año.

Son propuestas: lo inhábil de verdad es lo que la oficina firmó en su calendario.
"""

from datetime import date, timedelta
from typing import NamedTuple

LEY = "LFT, art. 74"
ACUERDO = "Acuerdo de la oficina"
PRIMER_ANIO = 2024  # antes, el cambio de gobierno federal era el 1 de diciembre
LUNES = 0


class Feriado(NamedTuple):
    """Un día, o varios seguidos, que no se trabaja; `hasta` es None si es uno solo."""

    desde: date
    motivo: str
    fundamento: str
    hasta: date | None = None


def descanso_obligatorio(anio: int) -> tuple[Feriado, ...]:
    """Los del artículo 74 de la Ley Federal del Trabajo, en orden.

    Las jornadas electorales no están: son en domingo, que ya es inhábil. Lanza ValueError
    si el año es anterior a 2024: regía otro texto.
    """
    if anio < PRIMER_ANIO:
        raise ValueError(f"el descanso obligatorio se sabe desde {PRIMER_ANIO}")
    dias = {
        date(anio, 1, 1): "Año Nuevo",
        _lunes(anio, 2, 1): "Día de la Constitución (primer lunes de febrero)",
        _lunes(anio, 3, 3): "Natalicio de Benito Juárez (tercer lunes de marzo)",
        date(anio, 5, 1): "Día del Trabajo",
        date(anio, 9, 16): "Día de la Independencia",
        _lunes(anio, 11, 3): "Revolución Mexicana (tercer lunes de noviembre)",
        date(anio, 12, 25): "Navidad",
    }
    if (anio - PRIMER_ANIO) % 6 == 0:
        dias[date(anio, 10, 1)] = "Transmisión del Poder Ejecutivo Federal"
    return tuple(Feriado(dia, motivo, LEY) for dia, motivo in sorted(dias.items()))


def por_acuerdo(anio: int) -> tuple[Feriado, ...]:
    """Los que muchas oficinas acuerdan y cada una confirma, en orden."""
    domingo = pascua(anio)
    verano = _lunes(anio, 7, 3)
    return (
        Feriado(domingo - timedelta(days=3), "Jueves Santo", ACUERDO),
        Feriado(domingo - timedelta(days=2), "Viernes Santo", ACUERDO),
        Feriado(date(anio, 5, 5), "Batalla de Puebla", ACUERDO),
        Feriado(verano, "Primer periodo de vacaciones", ACUERDO, verano + timedelta(days=11)),
        Feriado(date(anio, 11, 2), "Día de Muertos", ACUERDO),
        Feriado(date(anio, 12, 12), "Día de la Virgen de Guadalupe", ACUERDO),
        Feriado(date(anio, 12, 21), "Segundo periodo de vacaciones", ACUERDO, date(anio, 12, 31)),
    )


def _lunes(anio: int, mes: int, orden: int) -> date:
    """El primer, segundo… lunes de ese mes."""
    primero = date(anio, mes, 1)
    return primero + timedelta(days=(LUNES - primero.weekday()) % 7 + 7 * (orden - 1))


def pascua(anio: int) -> date:
    """El Domingo de Resurrección de un año gregoriano."""
    # El cómputo anónimo de 1876: la luna llena de la Pascua y el domingo que le sigue.
    siglo, en_siglo = divmod(anio, 100)
    dorado = anio % 19
    correccion = (8 * siglo + 13) // 25
    epacta = (19 * dorado + siglo - siglo // 4 - correccion + 15) % 30
    domingo = (32 + 2 * (siglo % 4) + 2 * (en_siglo // 4) - epacta - en_siglo % 4) % 7
    ajuste = (dorado + 11 * epacta + 22 * domingo) // 451
    mes, dia = divmod(epacta + domingo - 7 * ajuste + 114, 31)
    return date(anio, mes, dia + 1)
