"""Un corte: la lista de lo que se hizo fuera en un día, leída contra lo que la oficina espera.

La definición es un fichero de la oficina: qué paso se da, por qué dato se halla cada caso,
en qué columnas viene lo demás y qué dice la relación que se imprime. La lista se lee en
`lista_del_corte`; lo que contesta quien recibe la relación se cruza en `conciliacion`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from expediente.nucleo.conciliacion import CONCILIA, Concilia
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.forma import Forma, FormaInvalida, Llave, lista, tabla, texto
from expediente.nucleo.informe import COLUMNA, Columna
from expediente.nucleo.lectura_procedimiento import MANUAL, leer_condicion
from expediente.nucleo.procedimiento import Manual


@dataclass(frozen=True)
class Rubrica:
    """Quién firma la relación: el rol de la oficina y en calidad de qué."""

    rol: str
    papel: str


@dataclass(frozen=True)
class Corte:
    """La definición de un corte.

    `paso` es el que se da a cada caso de la lista y `previos`, los que se dan antes, con los
    datos del renglón, si el caso todavía está en ellos. `busca` es el dato por el que se
    halla el caso, o `folio`. `hoja` es {campo: encabezados con que puede venir}, y `ocurrio`,
    los de la hora en que se hizo. `deduce` es {campo: expresión sobre el renglón}. El
    renglón que cumple `salvo` sólo da los previos: fuera no se terminó.
    """

    clave: str
    nombre: str
    procedimiento: str
    paso: str
    busca: str
    hoja: Mapping[str, tuple[str, ...]]
    plantilla: str
    columnas: tuple[Columna, ...]
    previos: tuple[str, ...] = ()
    ocurrio: tuple[str, ...] = ()
    deduce: Mapping[str, Condicion] = field(default_factory=dict)
    salvo: Condicion | None = None
    firmas: tuple[Rubrica, ...] = ()
    concilia: Concilia | None = None
    manual: Manual | None = None
    ente: str | None = None

    @property
    def pasos(self) -> tuple[str, ...]:
        """Los pasos que puede dar, en su orden."""
        return (*self.previos, self.paso)


RUBRICA = Forma(
    Rubrica,
    {
        "rol": Llave(texto, "rol de quien firma", obligatoria=True),
        "papel": Llave(texto, "en calidad de qué firma", obligatoria=True),
    },
)
CORTE = Forma(
    Corte,
    {
        "clave": Llave(texto, "cómo se le nombra", obligatoria=True),
        "nombre": Llave(texto, "cómo se lee", obligatoria=True),
        "manual": Llave(MANUAL, "de qué manual sale"),
        "procedimiento": Llave(texto, "procedimiento cuyos casos mueve", obligatoria=True),
        "ente": Llave(texto, "institución de su membrete"),
        "paso": Llave(texto, "el paso que se da a cada caso", obligatoria=True),
        "previos": Llave(lista(texto), "los que se dan antes si faltan", omision=()),
        "busca": Llave(texto, "dato por el que se halla el caso", obligatoria=True),
        "hoja": Llave(tabla(lista(texto)), "campo: encabezados de la lista", obligatoria=True),
        "ocurrio": Llave(lista(texto), "encabezados de la hora en que se hizo", omision=()),
        "deduce": Llave(tabla(leer_condicion), "campo: expresión sobre el renglón", omision={}),
        "salvo": Llave(leer_condicion, "el renglón que la cumple no se terminó"),
        "plantilla": Llave(texto, "fichero .docx en plantillas/", obligatoria=True),
        "columnas": Llave(lista(COLUMNA), "las de la relación", obligatoria=True),
        "firmas": Llave(lista(RUBRICA), "quiénes firman la relación", omision=()),
        "concilia": Llave(CONCILIA, "cómo se cruza con lo que contestan"),
    },
)


def leer_corte(mapa: Mapping[str, object]) -> Corte:
    """La definición que dice el fichero. Lanza FormaInvalida con la llave que falla."""
    corte: Corte = CORTE(mapa, ())
    if corte.busca not in corte.hoja:
        raise FormaInvalida(
            ("busca",), f"«{corte.busca}» no está en `hoja`: diga en qué columna viene."
        )
    return corte
