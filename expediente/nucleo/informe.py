"""Un informe: qué renglones lleva, qué cuenta y cómo cuadra.

La definición es un fichero de la oficina. Las cifras salen de la historia de cada caso
cortada en un momento, y por eso son las mismas siempre que se pidan igual. Aquí no se
leen casos ni se escribe Word.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from expediente.nucleo.condicion import Condicion
from expediente.nucleo.forma import Forma, Llave, entero, enumeradas, lista, si_no, texto, uno_de
from expediente.nucleo.lectura_procedimiento import MANUAL, leer_condicion
from expediente.nucleo.periodo import PERIODOS
from expediente.nucleo.procedimiento import Manual

CASOS, DOCUMENTOS = "casos", "documentos"
DETALLE = "Relación del periodo"
# Lo que un renglón sabe del periodo: cuándo empieza, cuál es su último día y hasta cuándo se mira.
HECHOS_DEL_INFORME = ("inicio", "fin", "corte")


@dataclass(frozen=True)
class Columna:
    """Una columna de la tabla: su título y la expresión que la llena.

    Donde se cumple `reserva`, la celda no se publica y lo dice.
    """

    clave: str
    titulo: str
    valor: Condicion
    reserva: Condicion | None = None


@dataclass(frozen=True)
class Total:
    """Una cifra.

    Sin `fecha`, cuántos renglones de la tabla cumplen `cuenta` al corte. Con `fecha`,
    cuántas veces se cumplió eso dentro del periodo: el hecho de esa fecha cuenta el día en
    que pasó, y por eso los días suman la semana. Con `suma` no cuenta: suma esa expresión.
    """

    clave: str
    nombre: str
    cuenta: Condicion
    fecha: Condicion | None = None
    suma: Condicion | None = None


@dataclass(frozen=True)
class Grupo:
    """Un desglose: cuántos renglones hay por cada valor de `por`.

    Con `si`, sólo de los que la cumplen; con `suma`, no cuántos son, sino lo que suman. Si
    `por` da una lista, cada elemento cuenta en el suyo, con su parte de `suma`.
    """

    clave: str
    nombre: str
    por: Condicion
    si: Condicion | None = None
    suma: Condicion | None = None


@dataclass(frozen=True)
class Informe:
    """La definición de un informe.

    `renglones` son los casos que estuvieron abiertos en el periodo, o los documentos
    `documento` que se emitieron o anularon en él; con `fecha`, los que la tienen en el
    periodo, sigan o no abiertos. Con `por_cada` hay un renglón por elemento de esa lista
    del caso. `incluye` deja sólo los que la cumplen y `orden` dice cómo se ordenan; si no,
    por folio. De los que se cuentan, la relación, que se titula `detalle`, lleva sólo los
    que cumplen `imprime`, y los primeros `maximo`. `actividades` son los números del manual
    que este informe cumple. `publico` dice que se publica: no lleva datos de nadie sin que
    su columna diga cuándo se reservan.
    """

    clave: str
    nombre: str
    procedimientos: tuple[str, ...]
    plantilla: str
    periodos: tuple[str, ...]
    renglones: str
    columnas: tuple[Columna, ...]
    manual: Manual | None = None
    actividades: tuple[int, ...] = ()
    documento: str | None = None
    fecha: Condicion | None = None
    por_cada: str | None = None
    incluye: Condicion | None = None
    orden: Condicion | None = None
    detalle: str = DETALLE
    imprime: Condicion | None = None
    maximo: int | None = None
    totales: tuple[Total, ...] = ()
    grupos: tuple[Grupo, ...] = ()
    indicadores: tuple[str, ...] = ()
    ente: str | None = None
    destinatarios: tuple[str, ...] = ()
    elaboro: str | None = None
    visto_bueno: str | None = None
    recibe: str | None = None
    publico: bool = False

    def expresiones(self) -> Iterator[tuple[str, Condicion]]:
        """Cada expresión de la definición, con el lugar en que está."""
        for columna in self.columnas:
            yield f"columna «{columna.clave}»", columna.valor
            if columna.reserva:
                yield f"columna «{columna.clave}», reserva", columna.reserva
        for total in self.totales:
            for que, dicha in (
                ("", total.cuenta),
                (", fecha", total.fecha),
                (", suma", total.suma),
            ):
                if dicha:
                    yield f"total «{total.clave}»{que}", dicha
        for grupo in self.grupos:
            for que, dicha in (("", grupo.por), (", si", grupo.si), (", suma", grupo.suma)):
                if dicha:
                    yield f"grupo «{grupo.clave}»{que}", dicha
        for que, suelta in (
            ("fecha", self.fecha),
            ("incluye", self.incluye),
            ("orden", self.orden),
            ("imprime", self.imprime),
        ):
            if suelta:
                yield que, suelta


_CLAVE = Llave(texto, "cómo se le nombra", obligatoria=True)
_NOMBRE = Llave(texto, "cómo se lee", obligatoria=True)
_EXPRESION = Llave(leer_condicion, "expresión sobre los hechos del caso", obligatoria=True)

COLUMNA = Forma(
    Columna,
    {
        "clave": _CLAVE,
        "titulo": Llave(texto, "título de la columna", obligatoria=True),
        "valor": _EXPRESION,
        "reserva": Llave(leer_condicion, "cuándo no se publica"),
    },
)
TOTAL = Forma(
    Total,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "cuenta": _EXPRESION,
        "fecha": Llave(leer_condicion, "qué fecha decide en qué día cuenta"),
        "suma": Llave(leer_condicion, "qué se suma, en vez de contar"),
    },
)
GRUPO = Forma(
    Grupo,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "por": _EXPRESION,
        "si": Llave(leer_condicion, "qué renglones se desglosan"),
        "suma": Llave(leer_condicion, "qué se suma, en vez de contar"),
    },
)
INFORME = Forma(
    Informe,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "manual": Llave(MANUAL, "de qué manual sale"),
        "actividades": Llave(lista(entero), "números de actividad que cumple", omision=()),
        "procedimientos": Llave(
            lista(texto), "procedimientos cuyos casos cuenta", obligatoria=True
        ),
        "ente": Llave(texto, "institución de su membrete"),
        "plantilla": Llave(texto, "fichero .docx en plantillas/", obligatoria=True),
        "periodos": Llave(
            lista(uno_de(*PERIODOS)),
            f"cada cuánto se hace: {enumeradas(PERIODOS)}",
            obligatoria=True,
        ),
        "renglones": Llave(
            uno_de(CASOS, DOCUMENTOS),
            f"qué es un renglón: {enumeradas((CASOS, DOCUMENTOS))}",
            obligatoria=True,
        ),
        "documento": Llave(texto, "qué documento, si los renglones son documentos"),
        "fecha": Llave(leer_condicion, "qué fecha debe caer en el periodo para entrar"),
        "por_cada": Llave(texto, "lista del caso con un renglón por elemento"),
        "incluye": Llave(leer_condicion, "condición para entrar"),
        "orden": Llave(leer_condicion, "qué ordena los renglones, si no es el folio"),
        "detalle": Llave(texto, "título de la relación", omision=DETALLE),
        "imprime": Llave(leer_condicion, "de lo contado, qué va en la relación"),
        "maximo": Llave(entero, "cuántos renglones caben en la relación"),
        "columnas": Llave(lista(COLUMNA), "las columnas", obligatoria=True),
        "totales": Llave(lista(TOTAL), "las cifras propias", omision=()),
        "grupos": Llave(lista(GRUPO), "los desgloses", omision=()),
        "indicadores": Llave(lista(texto), "indicadores que lleva", omision=()),
        "destinatarios": Llave(lista(texto), "a quiénes se entrega (de oficina.yaml)", omision=()),
        "elaboro": Llave(texto, "rol de quien lo elabora"),
        "visto_bueno": Llave(texto, "rol de quien le da visto bueno"),
        "recibe": Llave(texto, "rol de quien lo recibe firmado"),
        "publico": Llave(si_no, "si se publica fuera de la oficina", omision=False),
    },
)
