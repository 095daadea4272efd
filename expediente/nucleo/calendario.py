"""Días hábiles, relojes y vencimientos, explicados día por día.

Tres relojes: horas corridas, días hábiles y días naturales. La autoridad sobre lo
inhábil es el calendario que la oficina firmó; sin el del año, no se calcula.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.fecha import dia_y_fecha, momento_en_palabras, siguiente_dia
from expediente.nucleo.procedimiento import ReglaPlazo
from expediente.nucleo.semaforo import color

SABADO = 5


@dataclass(frozen=True)
class Calendario:
    """Los días inhábiles firmados, con su motivo, y a qué hora cierra la oficina.

    `anios` son los que tienen calendario; sábados y domingos no hace falta listarlos.
    """

    inhabiles: Mapping[date, str]
    anios: frozenset[int]
    cierre: time = time(15, 0)

    def motivo_inhabil(self, dia: date) -> str | None:
        """Por qué no es hábil; None si lo es. Lanza DatosInvalidos si falta el año."""
        if dia.year not in self.anios:
            raise DatosInvalidos(
                f"No hay calendario de días inhábiles de {dia.year}: "
                f"ponga y firme inhabiles/{dia.year}.yaml."
            )
        if dia.weekday() >= SABADO:
            return "fin de semana"
        return self.inhabiles.get(dia)

    def es_habil(self, dia: date) -> bool:
        """Si ese día corre para un plazo en días hábiles."""
        return self.motivo_inhabil(dia) is None

    def dia_de_recepcion(self, momento: datetime) -> date:
        """El día hábil en que algo se tiene por recibido.

        Lo que llega después del cierre o en día inhábil cuenta como del siguiente hábil.
        """
        dia = momento.date()
        if momento.time() > self.cierre:
            dia = siguiente_dia(dia)
        while not self.es_habil(dia):
            dia = siguiente_dia(dia)
        return dia


def sumar_habiles(inicio: date, dias_habiles: int, calendario: Calendario) -> date:
    """Fecha en que vence un plazo contado en días hábiles.

    El día de `inicio` no cuenta; tampoco los inhábiles. Con 0 devuelve `inicio`.
    Lanza ValueError si `dias_habiles` es negativo.
    """
    if dias_habiles < 0:
        raise ValueError("un plazo no puede ser negativo")
    dia = inicio
    while dias_habiles:
        dia = siguiente_dia(dia)
        dias_habiles -= calendario.es_habil(dia)
    return dia


@dataclass(frozen=True)
class Vencimiento:
    """Un plazo de un caso: cuándo empezó, cuándo vence y cuándo se cumplió.

    `cumplido` es None si sigue corriendo. `explicacion` son los renglones de la cuenta.
    """

    clave: str
    nombre: str
    inicio: datetime
    vence: datetime
    cumplido: datetime | None
    explicacion: tuple[str, ...]
    fundamento: str | None = None
    hasta: tuple[str, ...] = ()

    def semaforo(self, ahora: datetime) -> str:
        """verde, amarillo o rojo mientras corre; azul o morado si ya se cumplió.

        Amarillo es el último tercio del plazo.
        """
        if self.cumplido:
            return "azul" if self.cumplido <= self.vence else "morado"
        return color(self.inicio, self.vence, ahora)


def vencimiento(
    regla: ReglaPlazo, inicio: datetime, cumplido: datetime | None, calendario: Calendario
) -> Vencimiento:
    """El vencimiento de una regla que empezó a correr en `inicio`.

    Lanza DatosInvalidos si la cuenta pasa por un año sin calendario.
    """
    if regla.unidad == "horas":
        vence, renglones = _en_horas(regla, inicio)
    elif regla.unidad == "naturales":
        vence, renglones = _en_naturales(regla, inicio, calendario)
    else:
        vence, renglones = _en_habiles(regla, inicio, calendario)
    return Vencimiento(
        regla.clave,
        regla.nombre,
        inicio,
        vence,
        cumplido,
        tuple(renglones),
        regla.fundamento,
        regla.hasta,
    )


def _en_horas(regla: ReglaPlazo, inicio: datetime) -> tuple[datetime, list[str]]:
    # En UTC: donde hay horario de verano, sumar al reloj de pared pierde o regala una hora.
    corrido = inicio.astimezone(UTC) + timedelta(hours=regla.cantidad)
    vence = corrido.astimezone(inicio.tzinfo)
    return vence, [
        f"Empieza a correr: {momento_en_palabras(inicio)}.",
        f"Más {regla.cantidad} horas corridas, de día y de noche, hábiles o no.",
        f"Vence: {momento_en_palabras(vence)}.",
    ]


def _al_cierre(dia: date, inicio: datetime, calendario: Calendario) -> datetime:
    return datetime.combine(dia, calendario.cierre, tzinfo=inicio.tzinfo)


def _en_naturales(
    regla: ReglaPlazo, inicio: datetime, calendario: Calendario
) -> tuple[datetime, list[str]]:
    dia = inicio.date() + timedelta(days=regla.cantidad)
    renglones = [
        f"Empieza a correr: {momento_en_palabras(inicio)}.",
        f"Más {regla.cantidad} días naturales: {dia_y_fecha(dia)}.",
    ]
    while (motivo := calendario.motivo_inhabil(dia)) is not None:
        renglones.append(f"{dia_y_fecha(dia)}: inhábil ({motivo}); pasa al siguiente.")
        dia = siguiente_dia(dia)
    vence = _al_cierre(dia, inicio, calendario)
    return vence, [*renglones, f"Vence: {momento_en_palabras(vence)}."]


def _en_habiles(
    regla: ReglaPlazo, inicio: datetime, calendario: Calendario
) -> tuple[datetime, list[str]]:
    dia = calendario.dia_de_recepcion(inicio)
    renglones = [f"Llegó: {dia_y_fecha(inicio)}, {inicio:%H:%M} horas."]
    if dia != inicio.date():
        renglones.append(f"Se tiene por recibido el siguiente día hábil: {dia_y_fecha(dia)}.")
    renglones.append("El día en que se recibe no cuenta.")
    contados = 0
    while contados < regla.cantidad:
        dia = siguiente_dia(dia)
        motivo = calendario.motivo_inhabil(dia)
        contados += motivo is None
        cuenta = f"día hábil {contados}" if motivo is None else f"no cuenta: {motivo}"
        renglones.append(f"{dia_y_fecha(dia)}: {cuenta}.")
    vence = _al_cierre(dia, inicio, calendario)
    return vence, [*renglones, f"Vence: {momento_en_palabras(vence)}, al cierre."]
