"""Los bloques de una plantilla: que cada if y cada for se abra y se cierre donde debe."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from expediente.documentos.etiquetas import Etiqueta, Malas, Nodo
from expediente.documentos.remedios import ORDENES_EN_ESPANOL, en_vez_de
from expediente.nucleo.errores import sugerencia

NO_PERMITIDA = "la plantilla usa una expresión no permitida"
# Python no compila más de veinte bucles uno dentro de otro; ninguna carta pasa de cuatro.
MAXIMOS_BLOQUES_ANIDADOS = 15
NIVELES = {"p": "párrafo", "tr": "renglón de tabla", "tc": "celda", "r": "run"}

_CIERRE_DE = {"if": "endif", "for": "endfor"}
_INTERMEDIAS = {"elif": ("if",), "else": ("if", "for")}
_PALABRAS = (*_CIERRE_DE, *_INTERMEDIAS, *_CIERRE_DE.values(), "set")
_PROHIBIDAS = frozenset((
    "autoescape", "block", "break", "call", "continue", "do", "extends", "filter", "from",
    "import", "include", "macro", "raw", "set", "trans", "with",
))  # fmt: skip

# El contenedor de una etiqueta y lo que hay que abrir para llegar a ella.
Altura = tuple[Nodo, tuple[str, ...]]


@dataclass(frozen=True)
class Abierto:
    """Un bloque que se abrió y todavía no se cierra: `clase` es «if» o «for»."""

    etiqueta: Etiqueta
    clase: str
    altura: Altura

    def sigue_con(self, palabra: str) -> bool:
        """Dice si el bloque se parte o se cierra con esa palabra."""
        return palabra == _CIERRE_DE[self.clase] or self.clase in _INTERMEDIAS.get(palabra, ())

    def sin_cierre(self) -> str:
        """Devuelve lo que se dice del que nadie cerró."""
        return f"no se cierra: le falta «{{%{self.etiqueta.nivel} {_CIERRE_DE[self.clase]} %}}»."


def comprobar_bloques(etiquetas: list[tuple[Etiqueta, Altura]], malas: Malas) -> None:
    """Apunta los bloques que no se cierran, o no donde se abrieron."""
    abiertos: list[Abierto] = []
    for etiqueta, altura in etiquetas:
        palabra = _palabra(etiqueta, malas)
        if palabra == "fin":
            palabra = _CIERRE_DE[abiertos[-1].clase] if abiertos else ""
        if palabra in _CIERRE_DE:
            abiertos.append(Abierto(etiqueta, palabra, altura))
            if len(abiertos) > MAXIMOS_BLOQUES_ANIDADOS:
                malas.setdefault(
                    etiqueta, f"está dentro de más de {MAXIMOS_BLOQUES_ANIDADOS} bloques."
                )
        elif palabra not in ("", "set"):
            _seguir(etiqueta, palabra, altura, abiertos, malas)
    for abierto in abiertos:
        malas.setdefault(abierto.etiqueta, abierto.sin_cierre())


def _seguir(
    etiqueta: Etiqueta, palabra: str, altura: Altura, abiertos: list[Abierto], malas: Malas
) -> None:
    """Parte o cierra con esta etiqueta el bloque abierto, o apunta por qué no puede."""
    if any(abierto.sigue_con(palabra) for abierto in abiertos):
        while not abiertos[-1].sigue_con(palabra):
            sobra = abiertos.pop()
            malas.setdefault(sobra.etiqueta, sobra.sin_cierre())
    else:
        quien = f"«{abiertos[-1].etiqueta.texto}» no se cierra así" if abiertos else ""
        porque = quien or "antes no se abrió ningún if ni for"
        malas.setdefault(etiqueta, f"está de más: {porque}.")
        return
    abierto = abiertos[-1].etiqueta
    if altura != abiertos[-1].altura and abierto not in malas:
        malas.setdefault(
            etiqueta,
            f"no está a la misma altura que «{abierto.texto}» ({abierto.lugar}): póngalas "
            "en la misma celda o fuera de la tabla, y las dos con p, tr, tc, r o sin nada.",
        )
    if palabra in _CIERRE_DE.values():
        abiertos.pop()


def _o(palabras: Sequence[str]) -> str:
    return " o ".join(f"«{palabra}»" for palabra in palabras)


def _palabra(etiqueta: Etiqueta, malas: Malas) -> str:
    """Devuelve la palabra de un bloque («if», «endfor»…), o «» si es un valor.

    Si no es de este dialecto lo apunta, y devuelve la que debió ser si se sabe.
    """
    if etiqueta.clase != "{%":
        return ""
    hallada = re.match(r"\w+", etiqueta.codigo)
    palabra = hallada.group() if hallada else ""
    if palabra in _PALABRAS:
        return palabra
    if palabra in _PROHIBIDAS or palabra.removeprefix("end") in _PROHIBIDAS:
        sobra = f": «{palabra}»{en_vez_de(palabra)}"
        malas.setdefault(etiqueta, f"no se puede usar: {NO_PERMITIDA}{sobra}.")
        return ""
    if palabra in NIVELES:
        malas.setdefault(etiqueta, f"lleva un espacio de más: escriba «{{%{etiqueta.codigo} %}}».")
        segunda = etiqueta.codigo.split()[1:2]
        return segunda[0] if segunda and segunda[0] in _PALABRAS else ""
    if palabra in ORDENES_EN_ESPANOL:
        son = ORDENES_EN_ESPANOL[palabra]
        malas.setdefault(etiqueta, f"no se reconoce: en vez de «{palabra}» escriba {_o(son)}.")
        return son[0] if len(son) == 1 else "fin"
    parecida = sugerencia(palabra, _PALABRAS)
    malas.setdefault(
        etiqueta,
        f"no se reconoce: «{palabra}» no es una orden.{parecida} "
        f"Se puede usar: {', '.join(_PALABRAS)}.",
    )
    return next((posible for posible in _PALABRAS if f"«{posible}»" in parecida), "")
