"""Lo que lleva el tablero: cuánto mira hacia atrás y por qué se desglosa.

La definición es un fichero de la oficina. Se cuenta en `cuenta_de_tablero`.
"""

from dataclasses import dataclass

from expediente.nucleo.condicion import Condicion
from expediente.nucleo.forma import Forma, FormaInvalida, Llave, entero, lista, si_no, texto
from expediente.nucleo.lectura_procedimiento import leer_condicion

MAXIMAS_SEMANAS = 53


@dataclass(frozen=True)
class Desglose:
    """Por qué se reparte lo abierto.

    `reservado` dice que siempre se agrupan las celdas pequeñas; si no, sólo las que tengan
    asuntos de un procedimiento con datos sensibles. `catalogo` dice cómo se lee cada valor.
    """

    clave: str
    nombre: str
    por: Condicion
    catalogo: str | None = None
    reservado: bool = False


@dataclass(frozen=True)
class DefinicionDeTablero:
    """Qué lleva el tablero de la oficina.

    `antiguedades` son los días hábiles en que se corta el rezago. Una celda reservada con
    menos de `minimo` asuntos va a «Otras», y también las que pasan de `renglones`.
    """

    nombre: str
    semanas: int
    minimo: int
    renglones: int
    antiguedades: tuple[int, ...]
    desgloses: tuple[Desglose, ...] = ()
    indicadores: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.semanas <= MAXIMAS_SEMANAS:
            raise FormaInvalida(("semanas",), f"van de 1 a {MAXIMAS_SEMANAS}.")
        if not self.antiguedades or list(self.antiguedades) != sorted(set(self.antiguedades)):
            raise FormaInvalida(("antiguedades",), "van de menor a mayor, sin repetirse.")


DESGLOSE = Forma(
    Desglose,
    {
        "clave": Llave(texto, "cómo se le nombra", obligatoria=True),
        "nombre": Llave(texto, "cómo se lee", obligatoria=True),
        "por": Llave(leer_condicion, "expresión sobre los hechos del caso", obligatoria=True),
        "catalogo": Llave(texto, "catálogo que dice cómo se lee cada valor"),
        "reservado": Llave(si_no, "si siempre se agrupan las celdas pequeñas", omision=False),
    },
)
TABLERO = Forma(
    DefinicionDeTablero,
    {
        "nombre": Llave(texto, "cómo se titula", obligatoria=True),
        "semanas": Llave(entero, "cuántas semanas de tendencia", omision=12),
        "minimo": Llave(entero, "cuántos asuntos hacen publicable una celda", omision=3),
        "renglones": Llave(entero, "cuántos renglones lleva un desglose", omision=10),
        "antiguedades": Llave(
            lista(entero), "días hábiles en que se corta el rezago", omision=(1, 5, 10, 20)
        ),
        "desgloses": Llave(lista(DESGLOSE), "por qué se reparte lo abierto", omision=()),
        "indicadores": Llave(lista(texto), "cuáles lleva; si no, todos", omision=()),
    },
)
