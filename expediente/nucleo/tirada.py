"""Una tirada: lo que toca firmar en un mes, de todos los casos, impreso una sola vez.

La definición es un fichero de la oficina: qué paso que se repite, con qué documento y qué se
deja para llenar a mano. Qué casos tocan en el mes se decide aquí; imprimir, en operaciones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from expediente.nucleo.condicion import Condicion
from expediente.nucleo.estado import Estado
from expediente.nucleo.forma import Forma, Llave, entero, lista, tabla, texto
from expediente.nucleo.lectura_procedimiento import leer_condicion
from expediente.nucleo.periodo import Periodo
from expediente.nucleo.periodos import inicio_del_periodo
from expediente.nucleo.procedimiento import Procedimiento


@dataclass(frozen=True)
class Tirada:
    """La definición de una tirada.

    `paso` es el que se repite y `resultado`, el que se firmará; `documento`, lo que se
    imprime. `pone` es {campo: expresión} con lo que se deja en lugar del dato, que aún no
    consta; lo que da «» se quita. `orden` dice cómo se ordenan las hojas; si no, por folio.
    """

    clave: str
    nombre: str
    procedimiento: str
    paso: str
    documento: str
    resultado: str | None = None
    pone: Mapping[str, Condicion] = field(default_factory=dict)
    orden: Condicion | None = None


TIRADA = Forma(
    Tirada,
    {
        "clave": Llave(texto, "cómo se le nombra", obligatoria=True),
        "nombre": Llave(texto, "cómo se lee", obligatoria=True),
        "procedimiento": Llave(texto, "de qué procedimiento", obligatoria=True),
        "paso": Llave(texto, "el paso que se repite", obligatoria=True),
        "resultado": Llave(texto, "el resultado que se firmará"),
        "documento": Llave(texto, "lo que se imprime", obligatoria=True),
        "pone": Llave(tabla(leer_condicion), "lo que se deja para llenar a mano", omision={}),
        "orden": Llave(leer_condicion, "cómo se ordenan las hojas"),
    },
)


@dataclass(frozen=True)
class Impresa:
    """Una tirada ya hecha: cuándo, por quién y de qué casos; `motivo`, si se hizo otra vez.

    `hecha` es un momento ISO con su huso; `folios`, en el orden de las hojas.
    """

    tirada: str
    mes: str
    hecha: str
    hizo: str
    fichero: str
    sha256: str
    folios: tuple[str, ...]
    motivo: str | None = None
    numero: int = 1

    @property
    def dia_y_hora(self) -> str:
        """Cuándo se hizo: «01/12/2026 09:00»."""
        return f"{datetime.fromisoformat(self.hecha):%d/%m/%Y %H:%M}"

    def como_mapa(self) -> dict[str, object]:
        """Lo que se escribe: sólo las llaves con contenido, en orden."""
        return {
            llave: list(dato) if isinstance(dato, tuple) else str(dato)
            for llave, dato in vars(self).items()
            if dato is not None
        }


IMPRESA = Forma(
    Impresa,
    {
        "tirada": Llave(texto, "qué tirada es", obligatoria=True),
        "mes": Llave(texto, "de qué mes", obligatoria=True),
        "hecha": Llave(texto, "cuándo se hizo", obligatoria=True),
        "hizo": Llave(texto, "quién la hizo", obligatoria=True),
        "fichero": Llave(texto, "lo que se imprimió", obligatoria=True),
        "sha256": Llave(texto, "su huella", obligatoria=True),
        "folios": Llave(lista(texto), "de qué casos", omision=()),
        "motivo": Llave(texto, "por qué se hizo otra vez"),
        "numero": Llave(entero, "cuál del mes", omision=1),
    },
)


def toca_el(p: Procedimiento, paso: str, estado: Estado) -> date | None:
    """El día en que toca dar otra vez el paso que se repite; None si no lo espera.

    Es el último día de lo que se renueva, sin la gracia de su plazo.
    """
    cadencia, llegada = p.por_clave[paso].repite, estado.llegadas.get(paso)
    if cadencia is None or llegada is None or paso not in estado.pasos or estado.suspendido:
        return None
    return inicio_del_periodo(cadencia, llegada.primera.date(), llegada.vueltas + 1)


def va_en_la_tirada(toca: date | None, mes: Periodo) -> bool:
    """Si lo que toca ese día se imprime en la tirada del mes: lo del mes y lo atrasado."""
    return toca is not None and toca <= mes.hasta
