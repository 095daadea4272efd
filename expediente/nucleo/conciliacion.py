"""Cruzar lo que otro contesta con lo nuestro, número por número.

No cambia ningún caso: dice en qué coincidimos, qué falta allá, qué sobra y qué difiere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from expediente.nucleo.campo import plano
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.forma import Forma, Llave, lista, tabla, texto
from expediente.nucleo.lectura_procedimiento import leer_condicion

COINCIDE, FALTA_ALLA, SOBRA, DIFIERE = "coincide", "falta_alla", "sobra", "difiere"
NOMBRES_DEL_CRUCE = {
    COINCIDE: "Coincide",
    FALTA_ALLA: "Falta allá",
    SOBRA: "Sobra allá",
    DIFIERE: "Difiere",
}


@dataclass(frozen=True)
class Concilia:
    """Cómo se lee la respuesta y con qué se compara.

    `quien` contesta. `numero` y `dice` son los encabezados con que puede venir cada cosa.
    `nuestro` es la expresión con lo que dice el caso, y `valores`, {palabra nuestra: maneras
    en que ellos la dicen}.
    """

    quien: str
    numero: tuple[str, ...]
    dice: tuple[str, ...]
    nuestro: Condicion
    valores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def palabra(self, escrito: str) -> str | None:
        """La palabra nuestra que corresponde a lo que escribieron; None si ninguna."""
        buscado = plano(escrito)
        for palabra, maneras in self.valores.items():
            if buscado in {plano(palabra), *map(plano, maneras)}:
                return palabra
        return None


CONCILIA = Forma(
    Concilia,
    {
        "quien": Llave(texto, "quién contesta", obligatoria=True),
        "numero": Llave(lista(texto), "encabezados del número", obligatoria=True),
        "dice": Llave(lista(texto), "encabezados de lo que dice", obligatoria=True),
        "nuestro": Llave(leer_condicion, "expresión con lo que dice el caso", obligatoria=True),
        "valores": Llave(tabla(lista(texto)), "palabra nuestra: las suyas", obligatoria=True),
    },
)


@dataclass(frozen=True)
class Nuestro:
    """Lo que decimos de un número.

    `exigible` es falso si no hace falta que lo nombren: va adherido a otro que sí está.
    """

    numero: str
    folio: str
    dice: str
    exigible: bool = True


@dataclass(frozen=True)
class Cruce:
    """Un número cruzado: qué resultó y qué dice cada quien; «» si no lo nombra."""

    que: str
    numero: str
    folio: str
    nuestro: str
    suyo: str


def cruzar(
    concilia: Concilia,
    nuestros: Mapping[str, Nuestro],
    suyos: Iterable[tuple[str, str, str]],
    conocidos: Mapping[str, str],
) -> list[Cruce]:
    """Los cruces, primero los de lo nuestro y después lo que sobra.

    `nuestros` es {llave: lo nuestro} y `suyos`, (llave, número, lo que dicen) de cada renglón;
    la llave es el número como se compara. Quien dice dos cosas del mismo número, difiere.
    `conocidos` es {llave: folio} de todos los casos: lo que sobra puede ser de otro corte.
    """
    dichos: dict[str, list[str]] = {}
    numeros: dict[str, str] = {}
    for llave, numero, escrito in suyos:
        dicho = concilia.palabra(escrito) or "no se entiende"
        dichos.setdefault(llave, [])
        numeros.setdefault(llave, numero)
        if dicho not in dichos[llave]:
            dichos[llave].append(dicho)
    cruces = [
        Cruce(_que(n.dice, dichos.get(llave)), n.numero, n.folio, n.dice, _juntos(dichos, llave))
        for llave, n in nuestros.items()
        if n.exigible or llave in dichos
    ]
    sobran = (llave for llave in dichos if llave not in nuestros)
    return cruces + [
        Cruce(SOBRA, numeros[k], conocidos.get(k, ""), "", _juntos(dichos, k)) for k in sobran
    ]


def _que(nuestro: str, suyos: list[str] | None) -> str:
    if suyos is None:
        return FALTA_ALLA
    return COINCIDE if suyos == [nuestro] else DIFIERE


def _juntos(dichos: Mapping[str, list[str]], llave: str) -> str:
    return " / ".join(dichos.get(llave, []))


def cuantos(cruces: Iterable[Cruce]) -> dict[str, int]:
    """{qué resultó: cuántos}, con los que no hubo en cero."""
    cuenta = dict.fromkeys(NOMBRES_DEL_CRUCE, 0)
    for cruce in cruces:
        cuenta[cruce.que] += 1
    return cuenta
