"""Los días hábiles de la oficina y el vencimiento a que lleva un plazo.

La autoridad sobre lo inhábil es el calendario que la oficina firmó; sin el del año, no
se calcula. Cómo se cuenta cada unidad está en `relojes`; cada plazo, en `computo`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.fecha import siguiente_dia
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
                f"ponga y firme inhabiles/{dia.year}.yaml. Le propone uno: "
                f"expediente inhabiles proponer {dia.year} --guardar"
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
        return self.primer_habil(siguiente_dia(dia) if momento.time() > self.cierre else dia)

    def primer_habil(self, dia: date) -> date:
        """Ese día, si es hábil; si no, el primero hábil que le sigue."""
        while not self.es_habil(dia):
            dia = siguiente_dia(dia)
        return dia

    def al_cierre(self, dia: date, como: datetime) -> datetime:
        """La hora de cierre de ese día, en el huso de `como`."""
        return datetime.combine(dia, self.cierre, tzinfo=como.tzinfo)


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


def habiles_entre(inicio: date, fin: date, calendario: Calendario) -> int:
    """Cuántos días hábiles van de un día a otro: no cuenta el primero y sí el último."""
    dias = (inicio + timedelta(days=n) for n in range(1, (fin - inicio).days + 1))
    return sum(calendario.es_habil(dia) for dia in dias)


@dataclass(frozen=True)
class Vencimiento:
    """Un plazo de un caso: cuándo empezó, cuándo vence y cuándo se cumplió.

    `cumplido` es None si no se ha cumplido. `explicacion` son los renglones de la cuenta.
    `hasta` son los hechos que lo cumplen y `escala`, el rol al que también le toca ya
    vencido. `meta` es cuándo convendría haberlo cumplido; None si el plazo no la tiene.
    `suspendido` dice si ahora no corre: entonces `vence` es provisional, el que sería si
    se reanudara enseguida. `detenido` es lo que ya estuvo suspendido, y `original`, el
    vencimiento que tenía antes de prorrogarse; None si no se prorrogó.
    """

    clave: str
    nombre: str
    inicio: datetime
    vence: datetime
    cumplido: datetime | None
    explicacion: tuple[str, ...]
    fundamento: str | None = None
    hasta: tuple[str, ...] = ()
    escala: str | None = None
    meta: datetime | None = None
    suspendido: bool = False
    original: datetime | None = None
    detenido: timedelta = timedelta(0)

    def semaforo(self, ahora: datetime) -> str:
        """verde, amarillo o rojo mientras corre; gris suspendido; azul o morado cumplido.

        Amarillo es el último tercio del plazo, sin contar lo suspendido, o lo que pasa de
        la meta si llega antes.
        """
        if self.cumplido:
            return "azul" if self.cumplido <= self.vence else "morado"
        if self.suspendido:
            return "gris"
        return color(self.cuenta_desde, self.vence, ahora, self.meta)

    @property
    def cuenta_desde(self) -> datetime:
        """Desde cuándo se mide su último tercio: el inicio, corrido lo que estuvo suspendido."""
        return self.inicio + self.detenido

    def vencido(self, momento: datetime) -> bool:
        """Si en ese momento ya pasó sin cumplirse; lo suspendido no vence."""
        return self.cumplido is None and not self.suspendido and momento > self.vence
