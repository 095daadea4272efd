"""Un informe: qué renglones lleva, qué cuenta y cómo cuadra.

La definición es un fichero de la oficina. Las cifras salen de la historia de cada caso
cortada en un momento, y por eso son las mismas siempre que se pidan igual. Aquí no se
leen casos ni se escribe Word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from expediente.nucleo.campo import ValorInvalido, leer_momento
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.fecha import (
    MESES,
    dia_y_fecha,
    lunes_de,
    momento_en_palabras,
    semana_iso,
)
from expediente.nucleo.forma import Forma, Llave, entero, lista, texto, uno_de
from expediente.nucleo.lectura_procedimiento import MANUAL, leer_condicion
from expediente.nucleo.procedimiento import Manual

PERIODOS = ("dia", "semana", "mes")


@dataclass(frozen=True)
class Columna:
    """Una columna de la tabla: su título y la expresión que la llena."""

    clave: str
    titulo: str
    valor: Condicion


@dataclass(frozen=True)
class Total:
    """Una cifra: cuántos renglones cumplen `cuenta`."""

    clave: str
    nombre: str
    cuenta: Condicion


@dataclass(frozen=True)
class Grupo:
    """Un desglose: cuántos renglones hay por cada valor de `por`."""

    clave: str
    nombre: str
    por: Condicion


@dataclass(frozen=True)
class Informe:
    """La definición de un informe.

    `renglones` son los casos que se movieron en el periodo, o los documentos `documento`
    que se emitieron o anularon en él. `incluye` deja sólo los que la cumplen.
    `actividades` son los números del manual que este informe cumple.
    """

    clave: str
    nombre: str
    procedimiento: str
    plantilla: str
    periodos: tuple[str, ...]
    renglones: str
    columnas: tuple[Columna, ...]
    manual: Manual | None = None
    actividades: tuple[int, ...] = ()
    documento: str | None = None
    incluye: Condicion | None = None
    totales: tuple[Total, ...] = ()
    grupos: tuple[Grupo, ...] = ()
    ente: str | None = None
    destinatario: str | None = None
    elaboro: str | None = None
    visto_bueno: str | None = None


_CLAVE = Llave(texto, "cómo se le nombra", obligatoria=True)
_NOMBRE = Llave(texto, "cómo se lee", obligatoria=True)
_EXPRESION = Llave(leer_condicion, "expresión sobre los hechos del caso", obligatoria=True)

COLUMNA = Forma(
    Columna,
    {
        "clave": _CLAVE,
        "titulo": Llave(texto, "título de la columna", obligatoria=True),
        "valor": _EXPRESION,
    },
)
TOTAL = Forma(Total, {"clave": _CLAVE, "nombre": _NOMBRE, "cuenta": _EXPRESION})
GRUPO = Forma(Grupo, {"clave": _CLAVE, "nombre": _NOMBRE, "por": _EXPRESION})
INFORME = Forma(
    Informe,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "manual": Llave(MANUAL, "de qué manual sale"),
        "actividades": Llave(lista(entero), "números de actividad que cumple", omision=()),
        "procedimiento": Llave(texto, "procedimiento cuyos casos cuenta", obligatoria=True),
        "ente": Llave(texto, "institución de su membrete"),
        "plantilla": Llave(texto, "fichero .docx en plantillas/", obligatoria=True),
        "periodos": Llave(lista(uno_de(*PERIODOS)), "cada cuánto se hace", obligatoria=True),
        "renglones": Llave(uno_de("casos", "documentos"), "qué es un renglón", obligatoria=True),
        "documento": Llave(texto, "qué documento, si los renglones son documentos"),
        "incluye": Llave(leer_condicion, "condición para entrar"),
        "columnas": Llave(lista(COLUMNA), "las columnas", obligatoria=True),
        "totales": Llave(lista(TOTAL), "las cifras propias", omision=()),
        "grupos": Llave(lista(GRUPO), "los desgloses", omision=()),
        "destinatario": Llave(texto, "a quién se envía (de oficina.yaml)"),
        "elaboro": Llave(texto, "rol de quien lo elabora"),
        "visto_bueno": Llave(texto, "rol de quien le da visto bueno"),
    },
)


@dataclass(frozen=True)
class Periodo:
    """De `desde` a `hasta`, con ambos días incluidos."""

    clase: str
    desde: date
    hasta: date

    @property
    def rotulo(self) -> str:
        """«Semana 47: del lunes 16 al domingo 22 de noviembre de 2026»."""
        if self.clase == "dia":
            return dia_y_fecha(self.desde).capitalize()
        if self.clase == "mes":
            return f"{MESES[self.desde.month - 1].capitalize()} de {self.desde.year}"
        numero = int(semana_iso(self.desde)[-2:])
        inicio = dia_y_fecha(self.desde)
        if self.desde.year == self.hasta.year:
            inicio = inicio.removesuffix(f" de {self.desde.year}")
            if self.desde.month == self.hasta.month:
                inicio = inicio.removesuffix(f" de {MESES[self.desde.month - 1]}")
        return f"Semana {numero}: del {inicio} al {dia_y_fecha(self.hasta)}"

    @property
    def carpeta(self) -> str:
        """Dónde se guarda: «2026/S47», «2026/11» o «2026/11/20»."""
        if self.clase == "semana":
            anio, semana = semana_iso(self.desde).split("-W")
            return f"{anio}/S{semana}"
        return f"{self.desde:%Y/%m}" if self.clase == "mes" else f"{self.desde:%Y/%m/%d}"

    def contiene(self, momento: datetime) -> bool:
        """Si el momento cae en el periodo."""
        return self.desde <= momento.date() <= self.hasta


def periodo_pedido(
    dia: str | None, semana: str | None, mes: str | None, hoy: date, admite: Sequence[str]
) -> Periodo:
    """El periodo que alguien pidió; sin pedir nada, el primero que admite el informe.

    Lanza ErrorUso si no se entiende, se piden dos o el informe no se hace así.
    """
    pedidos = [(c, e) for c, e in zip(PERIODOS, (dia, semana, mes), strict=True) if e is not None]
    if len(pedidos) > 1:
        raise ErrorUso("Elija uno: --dia, --semana o --mes.")
    clase, escrito = pedidos[0] if pedidos else (admite[0], "")
    if clase not in admite:
        raise ErrorUso(f"Este informe se hace por: {', '.join(admite)}.")
    try:
        return _periodo(clase, escrito, hoy)
    except (ValorInvalido, ValueError, OverflowError):  # no existe, o es el fin de los tiempos
        ejemplos = {"dia": "2026-11-20", "semana": "2026-W47", "mes": "2026-11"}
        raise ErrorUso(
            f"Ese periodo no existe; escríbalo como --{clase} {ejemplos[clase]}."
        ) from None


def _periodo(clase: str, escrito: str, hoy: date) -> Periodo:
    if clase == "dia":
        fecha = leer_momento(escrito).date() if escrito else hoy
        return Periodo(clase, fecha, fecha)
    if clase == "semana":
        lunes = lunes_de(escrito or semana_iso(hoy))
        return Periodo(clase, lunes, lunes + timedelta(days=6))
    primero = date.fromisoformat(f"{escrito or f'{hoy:%Y-%m}'}-01")
    siguiente = (primero + timedelta(days=32)).replace(day=1)
    return Periodo(clase, primero, siguiente - timedelta(days=1))


def rotulo_del_corte(al: datetime) -> str:
    """«cifras al 20 de noviembre de 2026, 14:00 horas»."""
    return f"cifras al {momento_en_palabras(al)}"
