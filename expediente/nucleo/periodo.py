"""El periodo de un informe: un día, una semana, un mes, un trimestre o un año.

Liviano a propósito: quien sólo pide cifras ya contadas no carga nada más del núcleo.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.fecha import (
    MESES,
    dia_y_fecha,
    lunes_de,
    momento_en_palabras,
    semana_iso,
)

PERIODOS = ("dia", "semana", "mes", "trimestre", "anio")
EJEMPLOS = {
    "dia": "2026-11-20",
    "semana": "2026-W47",
    "mes": "2026-11",
    "trimestre": "2026-T4",
    "anio": "2026",
}
ACTUAL, ANTERIOR = "actual", "anterior"
ORDINALES = ("Primer", "Segundo", "Tercer", "Cuarto")


class Periodo(NamedTuple):
    """De `desde` a `hasta`, con ambos días incluidos."""

    clase: str
    desde: date
    hasta: date

    @property
    def clave(self) -> str:
        """Como se escribe al pedirlo: «2026-W47», «2026-11», «2026-T4», «2026» o «2026-11-20»."""
        if self.clase == "semana":
            return semana_iso(self.desde)
        if self.clase == "trimestre":
            return f"{self.desde.year}-T{self._trimestre}"
        return self.desde.isoformat()[: {"dia": 10, "mes": 7, "anio": 4}[self.clase]]

    @property
    def rotulo(self) -> str:
        """«Semana 47: del lunes 16 al domingo 22 de noviembre de 2026»."""
        if self.clase == "dia":
            return dia_y_fecha(self.desde).capitalize()
        if self.clase == "mes":
            return f"{MESES[self.desde.month - 1].capitalize()} de {self.desde.year}"
        if self.clase == "trimestre":
            return f"{ORDINALES[self._trimestre - 1]} trimestre de {self.desde.year}"
        if self.clase == "anio":
            return f"Año {self.desde.year}"
        numero = int(semana_iso(self.desde)[-2:])
        inicio = dia_y_fecha(self.desde)
        if self.desde.year == self.hasta.year:
            inicio = inicio.removesuffix(f" de {self.desde.year}")
            if self.desde.month == self.hasta.month:
                inicio = inicio.removesuffix(f" de {MESES[self.desde.month - 1]}")
        return f"Semana {numero}: del {inicio} al {dia_y_fecha(self.hasta)}"

    @property
    def carpeta(self) -> str:
        """Dónde se guarda: «2026/S47», «2026/11», «2026/11/20», «2026/T4» o «2026/anual»."""
        if self.clase == "semana":
            anio, semana = semana_iso(self.desde).split("-W")
            return f"{anio}/S{semana}"
        if self.clase == "trimestre":
            return f"{self.desde.year}/T{self._trimestre}"
        if self.clase == "anio":
            return f"{self.desde.year}/anual"
        return f"{self.desde:%Y/%m}" if self.clase == "mes" else f"{self.desde:%Y/%m/%d}"

    @property
    def vispera(self) -> date:
        """El día anterior al primero."""
        return self.desde - timedelta(days=1)

    @property
    def _trimestre(self) -> int:
        return (self.desde.month + 2) // 3

    def contiene(self, momento: date) -> bool:
        """Si el día, o el día de ese momento, cae en el periodo."""
        dia = momento.date() if isinstance(momento, datetime) else momento
        return self.desde <= dia <= self.hasta

    def corte(self, al: datetime) -> datetime:
        """Hasta cuándo se mira: el fin del periodo o, si no ha terminado, `al`."""
        if self.incompleto(al):
            return al
        return datetime.combine(self.hasta + timedelta(days=1), time(), tzinfo=al.tzinfo)

    def incompleto(self, al: datetime) -> bool:
        """Si al momento `al` el periodo no había terminado."""
        # El último instante de un día ya es su fin.
        return (al + datetime.resolution).date() <= self.hasta

    def rotulo_al(self, al: datetime) -> str:
        """El rótulo y, si el periodo no ha terminado, que está incompleto y hasta cuándo llega."""
        if not self.incompleto(al):
            return self.rotulo
        return f"{self.rotulo} (incompleto: corte al {momento_en_palabras(al)})"

    def como_mapa(self) -> dict[str, str]:
        """Como se dice en JSON: su clase, su clave y sus días, en ISO 8601."""
        return {
            "clase": self.clase,
            "clave": self.clave,
            "desde": self.desde.isoformat(),
            "hasta": self.hasta.isoformat(),
        }

    def siguiente(self) -> "Periodo":
        """El que le sigue, de su misma clase."""
        return _el_de(self.clase, self.hasta + timedelta(days=1))

    def anterior(self) -> "Periodo":
        """El que le precede, de su misma clase."""
        return _el_de(self.clase, self.vispera)


class PeriodoEscrito(NamedTuple):
    """El periodo como alguien lo tecleó, una clase por campo; None lo que no dijo."""

    dia: str | None = None
    semana: str | None = None
    mes: str | None = None
    trimestre: str | None = None
    anio: str | None = None

    @property
    def dichos(self) -> list[tuple[str, str]]:
        """(clase, lo escrito) de cada uno que se dijo."""
        return [(c, e) for c, e in zip(PERIODOS, self, strict=True) if e is not None]

    def leer(self, hoy: date, admite: Sequence[str]) -> Periodo:
        """El periodo pedido; sin pedir nada, el que corre de la primera clase que se admite.

        Además de su fecha, cada uno admite «actual» y «anterior». Lanza ErrorUso si no se
        entiende, se piden dos o el informe no se hace así.
        """
        if len(self.dichos) > 1:
            raise ErrorUso("Elija un solo periodo: --dia, --semana, --mes, --trimestre o --anio.")
        clase, escrito = self.dichos[0] if self.dichos else (admite[0], ACTUAL)
        if clase not in admite:
            raise ErrorUso(f"Este informe se hace por: {', '.join(nombres(admite))}.")
        return leer_periodo(clase, escrito, hoy)


def leer_periodo(clase: str, escrito: str, hoy: date) -> Periodo:
    """El periodo de esa clase que dice un texto. Lanza ErrorUso si no existe."""
    try:
        if escrito in ("", ACTUAL):
            return _el_de(clase, hoy)
        if escrito == ANTERIOR:
            return _el_de(clase, hoy).anterior()
        return _el_de(clase, _dia_de(clase, escrito))
    except (ValueError, OverflowError):  # no existe, o es el fin de los tiempos
        raise ErrorUso(
            f"Ese periodo no existe; escríbalo como --{clase} {EJEMPLOS[clase]}."
        ) from None


def nombres(clases: Sequence[str]) -> list[str]:
    """Las clases de periodo como se leen: «día», «año»."""
    return [{"dia": "día", "anio": "año"}.get(clase, clase) for clase in clases]


def periodos_entre(primero: Periodo, ultimo: Periodo) -> Iterator[Periodo]:
    """Los de la clase de `primero`, hasta el que contiene el final de `ultimo`."""
    periodo = primero
    while periodo.desde <= ultimo.hasta:
        yield periodo
        periodo = periodo.siguiente()


def rotulo_del_corte(al: datetime) -> str:
    """«cifras al 20 de noviembre de 2026, 14:00 horas»."""
    return f"cifras al {momento_en_palabras(al)}"


def _dia_de(clase: str, escrito: str) -> date:
    """Un día que cae en el periodo escrito."""
    if clase == "dia":
        from expediente.nucleo.campo import leer_momento  # casi siempre se pide otro

        return leer_momento(escrito).date()
    if clase == "semana":
        return lunes_de(escrito)
    if clase == "trimestre":
        anio, _, numero = escrito.upper().partition("-T")
        return date(int(anio), (1, 4, 7, 10)[int(numero) - 1 if int(numero) > 0 else 4], 1)
    return date.fromisoformat(f"{escrito}-01" if clase == "mes" else f"{escrito}-01-01")


def _el_de(clase: str, dia: date) -> Periodo:
    """El periodo de esa clase que contiene el día."""
    if clase == "dia":
        return Periodo(clase, dia, dia)
    if clase == "semana":
        lunes = dia - timedelta(days=dia.weekday())
        return Periodo(clase, lunes, lunes + timedelta(days=6))
    meses = {"mes": 1, "trimestre": 3, "anio": 12}[clase]
    primero = date(dia.year, (dia.month - 1) // meses * meses + 1, 1)
    siguiente = (primero + timedelta(days=31 * meses)).replace(day=1)
    return Periodo(clase, primero, siguiente - timedelta(days=1))
