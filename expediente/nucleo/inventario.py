"""Lo que la oficina tiene para dar o prestar, y cuánto le queda según los casos."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from expediente.nucleo.errores import DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.estado import APARTADO, DEVUELTO, GASTADO, PRESTADO
from expediente.nucleo.folio import Folio
from expediente.nucleo.forma import Forma, FormaInvalida, Llave, Ruta, entero, lista, texto

_CANTIDAD = re.compile(r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,4})?", re.ASCII)


@dataclass(frozen=True)
class Partida:
    """Un renglón de una existencia: qué es y cuánto hubo de él al empezar."""

    clave: str
    nombre: str
    cantidad: Decimal


@dataclass(frozen=True)
class Existencia:
    """Un fichero de existencias: piezas de un almacén o pesos de un presupuesto.

    `unidad` es en qué se cuenta. Con `anio` sólo le restan los casos de ese año; sin él,
    todos.
    """

    clave: str
    nombre: str
    unidad: str
    renglones: tuple[Partida, ...]
    anio: int | None = None

    def renglon(self, clave: str) -> Partida:
        """El renglón de esa clave. Lanza NoExiste con el más parecido."""
        for renglon in self.renglones:
            if renglon.clave == clave:
                return renglon
        claves = [r.clave for r in self.renglones]
        raise NoExiste(
            f"La existencia «{self.clave}» no tiene ese renglón."
            f"{sugerencia(clave, claves) or ' Tiene: ' + ', '.join(claves) + '.'}"
        )


@dataclass(frozen=True)
class Tomado:
    """Lo que un caso tomó de un renglón, leído de su encabezado."""

    folio: str
    recurso: str
    existencia: str
    renglon: str
    cantidad: Decimal
    estado: str
    anio: int

    def resta_de(self, existencia: Existencia) -> bool:
        """Si esto es menos de esa existencia: no se ha devuelto y es de su año."""
        return (
            self.existencia == existencia.clave
            and self.estado != DEVUELTO
            and existencia.anio in (None, self.anio)
        )


@dataclass(frozen=True)
class Saldo:
    """Cuánto hubo de un renglón, cuánto está tomado y cuánto queda, en su unidad."""

    partida: Partida
    apartado: Decimal
    prestado: Decimal
    gastado: Decimal

    @property
    def disponible(self) -> Decimal:
        """Lo que queda; negativo si se tomó de más."""
        return self.partida.cantidad - self.apartado - self.prestado - self.gastado


def saldo_de(existencia: Existencia, renglon: str, tomados: Iterable[Tomado]) -> Saldo:
    """El saldo de un renglón. Lanza NoExiste si la existencia no lo tiene."""
    partida = existencia.renglon(renglon)
    suma = dict.fromkeys((APARTADO, PRESTADO, GASTADO), Decimal(0))
    for tomado in tomados:
        if tomado.renglon == renglon and tomado.resta_de(existencia):
            suma[tomado.estado] += tomado.cantidad
    return Saldo(partida, suma[APARTADO], suma[PRESTADO], suma[GASTADO])


def leer_toma(folio: Folio, dice: Mapping[str, str]) -> Tomado:
    """Lo que un encabezado dice que el caso tomó; sin `anio`, el del folio.

    Lanza DatosInvalidos si no se entiende.
    """
    cantidad, estado = dice.get("cantidad", ""), dice.get("estado", "")
    anio = dice.get("anio", str(folio.anio))
    se_entiende = _CANTIDAD.fullmatch(cantidad) and anio.isdecimal()
    if not se_entiende or estado not in (APARTADO, PRESTADO, GASTADO, DEVUELTO):
        raise DatosInvalidos(f"{folio}: lo que tomó de una existencia no se entiende.")
    return Tomado(
        str(folio),
        dice.get("recurso", ""),
        dice.get("existencia", ""),
        dice.get("renglon", ""),
        Decimal(cantidad.replace(",", "")),
        estado,
        int(anio),
    )


def _cantidad(valor: object, ruta: Ruta) -> Decimal:
    escrito = texto(valor, ruta)
    if not _CANTIDAD.fullmatch(escrito):
        raise FormaInvalida(ruta, "se esperaba una cantidad, como 12 o 150,000.00.")
    return Decimal(escrito.replace(",", ""))


_CLAVE = Llave(texto, "la palabra con que se le nombra", obligatoria=True)
_NOMBRE = Llave(texto, "cómo lo lee una persona", obligatoria=True)

PARTIDA = Forma(
    Partida,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "cantidad": Llave(_cantidad, "cuánto hubo al empezar", obligatoria=True),
    },
)


def _hacer_existencia(**llaves: Any) -> Existencia:
    vistas: set[str] = set()
    for i, partida in enumerate(llaves["renglones"]):
        if partida.clave in vistas:
            raise FormaInvalida(("renglones", i), f"el renglón «{partida.clave}» está repetido.")
        vistas.add(partida.clave)
    return Existencia(**llaves)


EXISTENCIA = Forma(
    _hacer_existencia,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "unidad": Llave(texto, "en qué se cuenta: pieza, pesos", obligatoria=True),
        "renglones": Llave(lista(PARTIDA), "de qué hay", obligatoria=True),
        "anio": Llave(entero, "año de los casos que le restan; sin él, todos"),
    },
)
