"""Los datos ya escritos para una carta que todavía saben cuánto valen.

Cada uno se imprime como el texto que es, y con un punto se pide de otro modo:
`{{ monto }}` es «$1,500.10» y `{{ monto.con_letra }}`, «$1,500.10 (MIL QUINIENTOS PESOS
10/100 M.N.)». En una condición, ante un número o una fecha cuenta lo que vale; ante un
texto, lo que dice. Lo que no puede decirse de ese modo (el lugar cero) es None: falta.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Self

from expediente.nucleo.dinero import pesos, pesos_con_letra, pesos_en_letra
from expediente.nucleo.fecha import (
    MESES,
    dia_y_fecha,
    fecha_corta,
    fecha_en_letra,
    fecha_en_palabras,
    hora_en_letra,
    hora_en_palabras,
    momento_en_letra,
    momento_en_palabras,
)
from expediente.nucleo.numerales import cardinal, ordinal


def _que_compara(opera: Callable[[Any, Any], Any]) -> Callable[["Dicho", object], bool]:
    """La comparación que ante un texto mira lo que se dice, y ante lo demás, lo que vale."""

    def comparar(dicho: "Dicho", otro: object) -> bool:
        if isinstance(otro, str) and not isinstance(otro, Dicho):
            return bool(opera(str(dicho), otro))
        return bool(opera(dicho._vale, valor_de(otro)))

    return comparar


class Dicho(str):
    """Un texto que sabe cuánto vale lo que dice."""

    _vale: Any

    def __getnewargs__(self) -> tuple[Any]:
        return (self._vale,)

    @classmethod
    def _escrito(cls, texto: str, vale: Any) -> Self:
        dicho = super().__new__(cls, texto)
        dicho._vale = vale
        return dicho

    __eq__ = _que_compara(operator.eq)
    __ne__ = _que_compara(operator.ne)
    __lt__ = _que_compara(operator.lt)
    __le__ = _que_compara(operator.le)
    __gt__ = _que_compara(operator.gt)
    __ge__ = _que_compara(operator.ge)
    __hash__ = str.__hash__


def valor_de(dicho: Any) -> Any:
    """Lo que vale un texto dicho por el programa; lo demás, tal cual."""
    return dicho._vale if isinstance(dicho, Dicho) else dicho


def _si_se_puede(decir: Callable[..., str], *valores: Any, **modo: bool) -> str | None:
    try:
        return decir(*valores, **modo)
    except ValueError:
        return None


class Importe(Dicho):
    """Un monto en pesos: «$1,500.10»."""

    def __new__(cls, monto_mxn: Decimal) -> Self:
        return cls._escrito(pesos(monto_mxn), monto_mxn)

    def __float__(self) -> float:
        return float(self._vale)

    @property
    def con_letra(self) -> str | None:
        """«$1,500.10 (MIL QUINIENTOS PESOS 10/100 M.N.)»."""
        return _si_se_puede(pesos_con_letra, self._vale)

    @property
    def en_letra(self) -> str | None:
        """«MIL QUINIENTOS PESOS 10/100 M.N.»."""
        return _si_se_puede(pesos_en_letra, self._vale)


class Numero(Dicho):
    """Un entero o una medida, en cifras. Sólo el entero se puede decir de otro modo."""

    def __new__(cls, numero: int | Decimal) -> Self:
        return cls._escrito(str(numero), numero)

    def __float__(self) -> float:
        return float(self._vale)

    def _en_palabras(self, decir: Callable[..., str], **modo: bool) -> str | None:
        return _si_se_puede(decir, self._vale, **modo) if isinstance(self._vale, int) else None

    @property
    def con_letra(self) -> str | None:
        """«1,021 (mil veintiuno)»."""
        return self._con(self.en_letra)

    @property
    def con_letra_femenino(self) -> str | None:
        """«21 (veintiuna)»."""
        return self._con(self.en_letra_femenino)

    def _con(self, letra: str | None) -> str | None:
        return f"{self._vale:,} ({letra})" if letra else None

    @property
    def en_letra(self) -> str | None:
        """«veintiuno»."""
        return self._en_palabras(cardinal)

    @property
    def en_letra_masculino(self) -> str | None:
        """«veintiún», ante una palabra masculina."""
        return self._en_palabras(cardinal, apocope=True)

    @property
    def en_letra_femenino(self) -> str | None:
        """«veintiuna»."""
        return self._en_palabras(cardinal, femenino=True)

    @property
    def ordinal(self) -> str | None:
        """«primero»."""
        return self._en_palabras(ordinal)

    @property
    def ordinal_masculino(self) -> str | None:
        """«primer», ante una palabra masculina."""
        return self._en_palabras(ordinal, apocope=True)

    @property
    def ordinal_femenino(self) -> str | None:
        """«primera»."""
        return self._en_palabras(ordinal, femenino=True)


class Fecha(Dicho):
    """Un día: «6 de septiembre de 2024»."""

    def __new__(cls, fecha: date) -> Self:
        return cls._escrito(fecha_en_palabras(fecha), fecha)

    @property
    def corta(self) -> str:
        """«06/09/2024», para tablas."""
        return fecha_corta(self._vale)

    @property
    def con_dia(self) -> str:
        """«viernes 6 de septiembre de 2024»."""
        return dia_y_fecha(self._vale)

    @property
    def en_letra(self) -> str:
        """«seis de septiembre de dos mil veinticuatro», para actas."""
        return fecha_en_letra(self._vale)

    @property
    def dia(self) -> Numero:
        """«6»."""
        return Numero(self._vale.day)

    @property
    def mes(self) -> str:
        """«septiembre»."""
        return MESES[self._vale.month - 1]

    @property
    def anio(self) -> Numero:
        """«2024»."""
        return Numero(self._vale.year)


class Hora(Dicho):
    """Una hora: «13:10»."""

    def __new__(cls, hora: time) -> Self:
        return cls._escrito(f"{hora:%H:%M}", hora)

    @property
    def con_horas(self) -> str:
        """«13:10 horas»."""
        return hora_en_palabras(self._vale)

    @property
    def en_letra(self) -> str:
        """«las trece horas con diez minutos», para actas."""
        return hora_en_letra(self._vale)


class Momento(Dicho):
    """Un día con su hora: «6 de septiembre de 2024, 13:10 horas»."""

    def __new__(cls, momento: datetime) -> Self:
        return cls._escrito(momento_en_palabras(momento), momento)

    @property
    def fecha(self) -> Fecha:
        """«6 de septiembre de 2024»."""
        return Fecha(self._vale.date())

    @property
    def hora(self) -> Hora:
        """«13:10»."""
        return Hora(self._vale.time())

    @property
    def corta(self) -> str:
        """«06/09/2024 13:10», para tablas."""
        return f"{fecha_corta(self._vale)} {self._vale:%H:%M}"

    @property
    def en_letra(self) -> str:
        """«las trece horas con diez minutos del seis de septiembre…», para actas."""
        return momento_en_letra(self._vale)


# De qué otros modos se pide cada clase de dato y qué da; `plantilla campos` sale de aquí.
AYUDA_DE_FORMAS: Mapping[type[Dicho], Mapping[str, str]] = {
    Importe: {
        "con_letra": "con cifras y con letra",
        "en_letra": "sólo con letra",
    },
    Numero: {
        "con_letra": "con cifras y con letra",
        "con_letra_femenino": "con cifras y con letra, de lo femenino: 21 (veintiuna)",
        "en_letra": "con letra",
        "en_letra_masculino": "con letra, ante palabra masculina: veintiún oficios",
        "en_letra_femenino": "con letra, ante palabra femenina: veintiuna cartas",
        "ordinal": "qué lugar ocupa: primero",
        "ordinal_masculino": "qué lugar, ante palabra masculina: primer recordatorio",
        "ordinal_femenino": "qué lugar, ante palabra femenina: primera vez",
    },
    Fecha: {
        "corta": "para tablas",
        "con_dia": "con el día de la semana",
        "en_letra": "toda con letra, para actas",
        "dia": "sólo el día",
        "mes": "sólo el mes",
        "anio": "sólo el año",
    },
    Hora: {
        "con_horas": "con la palabra «horas»",
        "en_letra": "con letra, para actas",
    },
    Momento: {
        "fecha": "sólo la fecha",
        "hora": "sólo la hora",
        "corta": "para tablas",
        "en_letra": "todo con letra, para actas",
    },
}


def formas_de(dato: object) -> Iterator[tuple[str, str, str | None]]:
    """(cómo se pide tras el punto, qué da, lo que sale) de cada otra forma de un dato."""
    for clase, formas in AYUDA_DE_FORMAS.items():
        if isinstance(dato, clase):
            for forma, ayuda in formas.items():
                yield forma, ayuda, getattr(dato, forma)


# De qué clase sale un campo de cada tipo, y la forma que a su vez tiene otras.
_CLASES: Mapping[str, type[Dicho]] = {
    "monto": Importe,
    "fecha": Fecha,
    "hora": Hora,
    "momento": Momento,
    "entero": Numero,
    "decimal": Numero,
}
_DAN_OTRA: Mapping[str, type[Dicho]] = {
    "dia": Numero,
    "anio": Numero,
    "fecha": Fecha,
    "hora": Hora,
}


def tiene_forma(tipo: str, formas: Iterable[str]) -> bool:
    """Si un campo de ese tipo se puede pedir con esas formas, una tras otra.

    De uno `calculado` no se sabe la clase: basta que alguna la tenga.
    """
    clases = set(AYUDA_DE_FORMAS) if tipo == "calculado" else {_CLASES.get(tipo)}
    for forma in formas:
        if not any(clase and forma in AYUDA_DE_FORMAS[clase] for clase in clases):
            return False
        clases = {_DAN_OTRA.get(forma)}
    return True
