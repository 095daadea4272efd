"""Los cuatro relojes: horas corridas, días hábiles, días naturales y meses.

Lo suspendido no corre en ninguno. Cada cuenta deja sus renglones, que son la explicación
que lee una persona. A qué plazo de un caso se le echa a andar cada uno lo dice `computo`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from expediente.nucleo.calendario import Calendario, sumar_habiles
from expediente.nucleo.estado import Suspension
from expediente.nucleo.fecha import (
    MESES,
    dia_y_fecha,
    momento_en_palabras,
    siguiente_dia,
    sumar_meses,
)

Tramos = tuple[Suspension, ...]

_UNIDADES = {
    "horas": ("hora", "horas"),
    "habiles": ("día hábil", "días hábiles"),
    "naturales": ("día natural", "días naturales"),
    "meses": ("mes", "meses"),
}
_DETENIDO = {"prevencion": "prevenido"}


class Cuenta(NamedTuple):
    """A dónde llega un reloj, los renglones que lo explican y si quedó detenido."""

    vence: datetime
    renglones: tuple[str, ...]
    detenida: bool = False


def cantidad_en_palabras(cantidad: int, unidad: str) -> str:
    """«10 días hábiles», «1 mes»."""
    singular, plural = _UNIDADES[unidad]
    return f"{cantidad} {singular if cantidad == 1 else plural}"


def tramos_de(
    suspensiones: Iterable[Suspension], inicio: datetime, cumplido: datetime | None
) -> Tramos:
    """Lo suspendido entre esos dos momentos, en orden y sin encimarse."""
    tramos: list[Suspension] = []
    libre: datetime | None = inicio
    for s in sorted(suspensiones, key=lambda s: s.desde):
        if libre is None:
            break
        desde = max(s.desde, libre)
        hasta = s.hasta if cumplido is None else min(s.hasta or cumplido, cumplido)
        if hasta is None or hasta > desde:
            tramos.append(replace(s, desde=desde, hasta=hasta))
            libre = hasta
    return tuple(tramos)


def detenido_en(tramos: Tramos, vence: datetime) -> timedelta:
    """Cuánto duraron los tramos que detuvieron un plazo que vence entonces."""
    cerrados = ((t.desde, t.hasta) for t in tramos if t.hasta and t.desde <= vence)
    return sum(((hasta - desde) for desde, hasta in cerrados), timedelta(0))


def _por_que(tramo: Suspension) -> str:
    detenido = _DETENIDO.get(tramo.clase, "suspendido")
    return f"{detenido} ({tramo.motivo.rstrip('.')})" if tramo.motivo else detenido


def no_corre(tramo: Suspension, falta: str) -> str:
    """El renglón de lo que está suspendido y no se sabe hasta cuándo."""
    return (
        f"Desde el {momento_en_palabras(tramo.desde)}: {_por_que(tramo)}; no corre hasta que "
        f"se reanude. {falta}."
    )


def _en_horas(cantidad: int, inicio: datetime, tramos: Tramos, calendario: Calendario) -> Cuenta:
    renglones = []
    if cantidad:
        horas = cantidad_en_palabras(cantidad, "horas")
        renglones.append(f"Más {horas} corridas, de día y de noche, hábiles o no.")
    # En UTC: donde hay horario de verano, sumar al reloj de pared pierde o regala una hora.
    vence = inicio.astimezone(UTC) + timedelta(hours=cantidad)
    detenida = False
    for tramo in tramos:
        falta = vence - tramo.desde.astimezone(UTC)
        if falta < timedelta(0):
            break
        if tramo.hasta is None:
            renglones.append(no_corre(tramo, f"Por correr: {_reloj_de(falta)}"))
            detenida = True
            break
        duro = tramo.hasta.astimezone(UTC) - tramo.desde.astimezone(UTC)
        vence += duro
        renglones.append(
            f"Del {momento_en_palabras(tramo.desde)} al {momento_en_palabras(tramo.hasta)}: no "
            f"cuenta: {_por_que(tramo)}; {_reloj_de(duro)}."
        )
    return Cuenta(vence.astimezone(inicio.tzinfo), tuple(renglones), detenida)


def _reloj_de(duracion: timedelta) -> str:
    """«4:30 horas»."""
    horas, minutos = divmod(int(duracion.total_seconds()) // 60, 60)
    return f"{horas}:{minutos:02d} horas"


def _en_naturales(
    cantidad: int, inicio: datetime, tramos: Tramos, calendario: Calendario
) -> Cuenta:
    dia = inicio.date() + timedelta(days=cantidad)
    mas = [f"Más {cantidad_en_palabras(cantidad, 'naturales')}: {dia_y_fecha(dia)}."]
    return _de_fecha_a_fecha(dia, mas if cantidad else [], inicio, tramos, calendario)


def _en_meses(cantidad: int, inicio: datetime, tramos: Tramos, calendario: Calendario) -> Cuenta:
    dia = sumar_meses(inicio.date(), cantidad)
    meses = cantidad_en_palabras(cantidad, "meses")
    mas = [f"Más {meses}: {dia_y_fecha(dia)}."]
    if dia.day != inicio.day:
        sin_ese_dia = MESES[(dia.month - 2) % 12]
        mas = [f"Más {meses}: {sin_ese_dia} no tiene día {inicio.day}; pasa a {dia_y_fecha(dia)}."]
    return _de_fecha_a_fecha(dia, mas if cantidad else [], inicio, tramos, calendario)


def _de_fecha_a_fecha(
    dia: date, renglones: list[str], inicio: datetime, tramos: Tramos, calendario: Calendario
) -> Cuenta:
    """Ese día, corrido tantos días naturales como duró lo suspendido, o el hábil siguiente."""
    detenida = False
    for tramo in tramos:
        vence = calendario.al_cierre(calendario.primer_habil(dia), inicio)
        if tramo.desde > vence:
            break
        if tramo.hasta is None:
            dias = (vence.date() - tramo.desde.date()).days
            renglones.append(
                no_corre(tramo, f"Por correr: {cantidad_en_palabras(dias, 'naturales')}")
            )
            detenida = True
            break
        duro = tramo.hasta.date() - tramo.desde.date()
        dia += duro
        renglones.append(
            f"Del {dia_y_fecha(tramo.desde)} al {dia_y_fecha(tramo.hasta)}: {_por_que(tramo)}; "
            f"se corre {cantidad_en_palabras(duro.days, 'naturales')}: {dia_y_fecha(dia)}."
        )
    while not detenida and (motivo := calendario.motivo_inhabil(dia)) is not None:
        renglones.append(f"{dia_y_fecha(dia)}: inhábil ({motivo}); pasa al siguiente.")
        dia = siguiente_dia(dia)
    vence = calendario.al_cierre(calendario.primer_habil(dia), inicio)
    return Cuenta(vence, tuple(renglones), detenida)


def _en_habiles(cantidad: int, inicio: datetime, tramos: Tramos, calendario: Calendario) -> Cuenta:
    """Los hábiles que siguen al de recepción, sin los que toca una suspensión.

    Suspender y reanudar se reciben como todo: lo que llega tras el cierre, el hábil
    siguiente. El día en que se suspende ya no cuenta; el que se reanuda, tampoco todavía.
    """
    dia = calendario.dia_de_recepcion(inicio)
    renglones = []
    contados = 0
    while contados < cantidad:
        dia = siguiente_dia(dia)
        if tramo := _que_lo_toca(dia, tramos, calendario):
            if tramo.hasta is None:
                faltan = cantidad - contados
                cuantos = cantidad_en_palabras(faltan, "habiles")
                renglones.append(no_corre(tramo, f"Por correr: {cuantos}"))
                dia = sumar_habiles(dia - timedelta(days=1), faltan, calendario)
                return Cuenta(calendario.al_cierre(dia, inicio), tuple(renglones), True)
            ultimo = calendario.dia_de_recepcion(tramo.hasta)
            dias = dia_y_fecha(dia)
            if ultimo != dia:
                dias = f"Del {dias} al {dia_y_fecha(ultimo)}"
            renglones.append(f"{dias}: no cuenta: {_por_que(tramo)}.")
            dia = ultimo
            continue
        motivo = calendario.motivo_inhabil(dia)
        contados += motivo is None
        cuenta = f"día hábil {contados}" if motivo is None else f"no cuenta: {motivo}"
        renglones.append(f"{dia_y_fecha(dia)}: {cuenta}.")
    return Cuenta(calendario.al_cierre(dia, inicio), tuple(renglones))


def _que_lo_toca(dia: date, tramos: Tramos, calendario: Calendario) -> Suspension | None:
    for tramo in tramos:
        if dia < calendario.dia_de_recepcion(tramo.desde):
            return None
        if tramo.hasta is None or dia <= calendario.dia_de_recepcion(tramo.hasta):
            return tramo
    return None


RELOJES: dict[str, Callable[[int, datetime, Tramos, Calendario], Cuenta]] = {
    "horas": _en_horas,
    "habiles": _en_habiles,
    "naturales": _en_naturales,
    "meses": _en_meses,
}
