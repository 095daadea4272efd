"""Un indicador: qué se cuenta sobre qué, de qué casos y contra qué estándar.

La definición es un fichero de la oficina, como la escribe el manual: numerador entre
denominador, por cien. Cómo se escribe está en `lectura_indicador` y la cuenta, en
`medicion`; aquí no se leen casos.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from expediente.nucleo.condicion import Condicion
from expediente.nucleo.procedimiento import Manual

PORCENTAJE, PROMEDIO, SUMA = "porcentaje", "promedio", "suma"
MEDIANA, P90, RANGOS, COBERTURA = "mediana", "p90", "rangos", "cobertura"
CALCULOS = (PORCENTAJE, PROMEDIO, SUMA, MEDIANA, P90, RANGOS, COBERTURA)
PROCEDIMIENTOS = "procedimientos"
COHORTE, FLUJO, FOTO = "cohorte", "flujo", "foto"
AL_MENOS, A_LO_MAS = "al_menos", "a_lo_mas"
HORAS, HABILES, NATURALES = "horas", "habiles", "naturales"
UNIDADES = {HORAS: "horas", HABILES: "días hábiles", NATURALES: "días naturales"}
MODOS = {
    COHORTE: "de lo que empezó en el periodo, como está al corte",
    FLUJO: "de lo que pasó en el periodo, empezara cuando empezara",
    FOTO: "de lo que sigue abierto al corte",
}


@dataclass(frozen=True)
class Lado:
    """El numerador o el denominador: cómo se llama y qué casos entran.

    Sin `si`, entran todos. `fecha` es la del hecho que se cuenta, cuando el indicador es
    de flujo. Con `suma` no se cuentan casos: se suma esa expresión. `distintos` cuenta
    cuántos valores distintos hay; `catalogo` y `existencia`, cuánto hay en ellos.
    """

    nombre: str
    si: Condicion | None = None
    fecha: Condicion | None = None
    suma: Condicion | None = None
    distintos: Condicion | None = None
    catalogo: str | None = None
    existencia: str | None = None


@dataclass(frozen=True)
class Exclusion:
    """Lo que no entra a la cuenta; se dice cuántos fueron y por qué."""

    nombre: str
    si: Condicion


@dataclass(frozen=True)
class Medida:
    """Cuánto duró algo: de `desde` a `hasta`; sin `hasta`, al corte. `unidad` es la suya."""

    nombre: str
    desde: Condicion
    unidad: str
    hasta: Condicion | None = None


@dataclass(frozen=True)
class Estandar:
    """Contra qué se juzga: lo que dice el manual y, si se puede medir, su meta."""

    dice: str | None = None
    meta: Decimal | None = None
    sentido: str = AL_MENOS

    def cumple(self, valor: Decimal) -> bool | None:
        """Si ese valor lo alcanza; None si no tiene meta."""
        if self.meta is None:
            return None
        return valor >= self.meta if self.sentido == AL_MENOS else valor <= self.meta


@dataclass(frozen=True)
class Desglose:
    """El mismo indicador por cada valor de `por`.

    Con `catalogo`, el valor es la clave de una de sus opciones y se lee con su nombre;
    `procedimientos` son los de la oficina.
    """

    clave: str
    nombre: str
    por: Condicion
    catalogo: str | None = None


@dataclass(frozen=True)
class Debidos:
    """Lo que se debe cada mes aunque nadie lo abra.

    `mes` da un día del mes a que toca un caso; los que cumplen `salvo` no tocan a ninguno.
    El mes ya terminado que nadie abrió entra al denominador y a nadie da crédito.
    """

    nombre: str
    mes: Condicion
    salvo: Condicion | None = None


@dataclass(frozen=True)
class Indicador:
    """La definición de un indicador.

    `solo` deja los casos que la cumplen; los demás no cuentan ni se dicen. `ancla` es la
    fecha que decide a qué periodo toca un caso, en una cohorte. `holgura` son los días
    naturales que se espera tras el periodo: antes de tomar la foto, o de dar por debido lo
    que nadie abrió. Con menos de
    `minimo` casos no se publica el valor de un desglose; con `agrupa`, los que no llegan se
    juntan en «Otros», que así tampoco se saca por diferencia. `se_mide` es la periodicidad como
    la escribe el manual. `junto_a` son los indicadores sin los que éste engaña.
    """

    clave: str
    nombre: str
    procedimientos: tuple[str, ...]
    calculo: str
    modo: str
    numerador: Lado
    denominador: Lado
    periodicidad: str
    manual: Manual | None = None
    actividades: tuple[int, ...] = ()
    solo: Condicion | None = None
    ancla: Condicion | None = None
    mide: Medida | None = None
    rangos: tuple[int, ...] = ()
    holgura: int = 0
    excluye: tuple[Exclusion, ...] = ()
    debidos: Debidos | None = None
    estandar: Estandar | None = None
    unidad: str | None = None
    se_mide: str | None = None
    por: tuple[Desglose, ...] = ()
    minimo: int = 0
    agrupa: bool = False
    junto_a: tuple[str, ...] = ()
    nota: str | None = None

    @property
    def catalogos(self) -> frozenset[str]:
        """Los catálogos que nombra: el que cuenta y los que dan nombre a sus desgloses."""
        nombrados = (self.denominador.catalogo, *(d.catalogo for d in self.por))
        return frozenset(filter(None, nombrados))

    @property
    def solo_medidos(self) -> bool:
        """Si su número sale sólo de los casos que ya tienen duración."""
        return self.calculo in (MEDIANA, P90)

    @property
    def formula(self) -> str:
        """Cómo se calcula, como lo escribe el manual: «(A / B) × 100»."""
        arriba, abajo = self.numerador.nombre, self.denominador.nombre
        if self.solo_medidos:
            assert self.mide is not None
            que = "Mediana" if self.calculo == MEDIANA else "Percentil 90"
            return f"{que} de {self.mide.nombre} ({arriba})"
        if self.calculo == SUMA:
            return f"Suma de {arriba}"
        return f"{arriba} / {abajo}" if self.calculo == PROMEDIO else f"({arriba} / {abajo}) × 100"

    def expresiones(self) -> Iterator[tuple[str, Condicion]]:
        """Cada expresión de la definición, con el lugar en que está."""
        for nombre, lado in (("numerador", self.numerador), ("denominador", self.denominador)):
            for que in ("si", "fecha", "suma", "distintos"):
                if dicha := getattr(lado, que):
                    yield f"{nombre}, {que}", dicha
        for que in ("solo", "ancla"):
            if dicha := getattr(self, que):
                yield que, dicha
        if self.mide:
            yield "mide, desde", self.mide.desde
            if self.mide.hasta:
                yield "mide, hasta", self.mide.hasta
        for exclusion in self.excluye:
            yield f"excluye «{exclusion.nombre}»", exclusion.si
        if self.debidos:
            yield "debidos, mes", self.debidos.mes
            if self.debidos.salvo:
                yield "debidos, salvo", self.debidos.salvo
        for desglose in self.por:
            yield f"desglose «{desglose.clave}»", desglose.por
