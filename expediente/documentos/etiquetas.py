"""Las etiquetas de un texto: hallarlas, enderezar sus comillas y leer de qué clase son.

Dónde están en el XML lo sabe `marcado`; lo que dicen por dentro, `expresiones`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from expediente.documentos.defecto import Defecto, PlantillaMalEscrita

# Los stubs de lxml dicen que todo nodo puede no tener padre; aquí siempre lo tiene.
Nodo = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAXIMAS_ETIQUETAS = 3000
MAXIMO_DE_ETIQUETA = 4000
MAXIMO_DE_PARRAFO = 200_000
# Lo que se cita de una etiqueta larga.
_CABE = 120
_CIERRES = {"{{": "}}", "{%": "%}", "{#": "#}"}
MARCA = re.compile(r"\{[{%#]|[}%]\}")
_CADENA = r'"[^"]*"|\'[^\']*\''
_COMILLAS = f"{_CADENA}|[\u2018-\u201f\u2032\u2033]"
_TIPOGRAFICAS = str.maketrans("“”„‟″‘’‚‛′", "\"\"\"\"\"'''''")
_SOBRANTES = str.maketrans("\n\r\t", "   ", "\u200b\ufeff\xad")
_FORMA = re.compile(r"(?P<nivel>tr|tc|p|r)\s+(?P<codigo>\S.*)", re.DOTALL)
_DE_CELDA = re.compile(r"\s*(?P<nivel>colspan|cellbg|vm|hm)\b\s*(?P<codigo>.*)", re.DOTALL)
_FILTRO_RICO = re.compile(r"\|\s*rico\b")


@dataclass(frozen=True)
class Etiqueta:
    """Una etiqueta de la plantilla y el sitio donde una persona la encuentra.

    `clase` es «{{», «{%» o «{#»; `nivel` dice qué envuelve («p» párrafo, «tr»
    renglón, «tc» celda, «r» run), qué cambia de su celda («colspan», «cellbg», «vm»,
    «hm»), o «linea» si está donde no cabe formato; es «» si sólo se envuelve a sí
    misma. `codigo` es lo de dentro, ya curado. `run` y `parrafo` son el formato (XML)
    que la rodea, si lo necesita para imprimirse.
    """

    plantilla: str
    lugar: str
    texto: str
    clase: str
    nivel: str
    codigo: str
    run: str = field(default="", compare=False)
    parrafo: str = field(default="", compare=False)

    def error(self, problema: str) -> PlantillaMalEscrita:
        """Devuelve el error que nombra la plantilla, el lugar y la etiqueta."""
        return PlantillaMalEscrita(self.plantilla, [Defecto(self.lugar, self.texto, problema)])


# Las etiquetas mal escritas y su problema: se apuntan todas antes de rechazar la plantilla.
Malas = dict[Etiqueta, str]


@dataclass(frozen=True)
class Hallada:
    """Una etiqueta con su tramo en el texto del párrafo y si recorta a sus lados."""

    etiqueta: Etiqueta
    inicio: int
    fin: int
    recorta_antes: bool
    recorta_despues: bool


def hallar(texto: str, plantilla: str, lugar: str, malas: Malas) -> Iterator[Hallada]:
    """Da las etiquetas de un texto, de izquierda a derecha, con las que están a medias."""
    llano = texto.translate(_TIPOGRAFICAS)
    posicion = 0
    # Un párrafo con más etiquetas de la cuenta lo rechaza `_topar`.
    for _ in range(MAXIMAS_ETIQUETAS + 1):
        if not (marca := MARCA.search(llano, posicion)):
            break
        inicio, abre = marca.start(), marca.group()
        fin = _fin(llano, marca.end(), abre) if abre in _CIERRES else 0
        dentro = re.sub(_CADENA, "", llano[inicio + 2 : fin - 2]) if fin else "{{"
        if not fin or (abre != "{#" and ("{{" in dentro or "{%" in dentro)):
            yield _a_medias(texto, marca, plantilla, lugar, malas)
            ajena = MARCA.search(llano, marca.end())
            # «{% if x }}»: el cierre equivocado es parte del mismo defecto.
            cierra_mal = abre in _CIERRES and ajena and ajena.group() not in _CIERRES
            posicion = ajena.end() if ajena and cierra_mal else marca.end()
        else:
            yield _leer(texto[inicio:fin], inicio, plantilla, lugar, malas)
            posicion = fin


def _a_medias(
    texto: str, marca: re.Match[str], plantilla: str, lugar: str, malas: Malas
) -> Hallada:
    """Apunta lo que se quedó a medias; lo da como etiqueta para poder seguir buscando."""
    abre = marca.group()
    visto = texto[marca.start() : marca.start() + 40].partition("\n")[0].strip()
    problema = f"no se cierra: le falta «{_CIERRES.get(abre)}»."
    if abre not in _CIERRES:
        falta = "{{" if abre == "}}" else "{%"
        abre, visto, problema = "", abre, f"está suelto: le falta «{falta}» antes."
    cerca = texto[marca.end() : marca.end() + MAXIMO_DE_ETIQUETA]
    nivel, codigo = _nivel_y_codigo(MARCA.split(cerca, maxsplit=1)[0].strip())
    etiqueta = Etiqueta(plantilla, lugar, visto, abre, nivel, codigo)
    malas[etiqueta] = problema
    return Hallada(etiqueta, marca.start(), marca.end(), False, False)


def _fin(llano: str, desde: int, abre: str) -> int:
    """Devuelve dónde acaba la etiqueta, o 0 si no se cierra.

    Un cierre entre comillas no cuenta, salvo que las comillas estén cojas.
    """
    cierre, cerca = _CIERRES[abre], llano[desde : desde + MAXIMO_DE_ETIQUETA]
    if abre != "{#":
        for hallado in re.finditer(f"{_CADENA}|{re.escape(cierre)}", cerca):
            if hallado.group() == cierre:
                return desde + hallado.end()
    return desde + cerca.find(cierre) + len(cierre) if cierre in cerca else 0


def _leer(texto: str, inicio: int, plantilla: str, lugar: str, malas: Malas) -> Hallada:
    dentro = re.sub(_COMILLAS, _enderezar, texto[2:-2].translate(_SOBRANTES))
    antes, despues = dentro.startswith("-"), dentro.endswith("-")
    dentro = dentro[1:] if dentro[:1] in ("-", "+") else dentro
    dentro = dentro[:-1] if dentro[-1:] in ("-", "+") else dentro
    nivel, codigo = _nivel_y_codigo(dentro)
    de_celda = _DE_CELDA.fullmatch(dentro) if texto[:2] == "{%" else None
    if de_celda:
        nivel, codigo = de_celda["nivel"], de_celda["codigo"]
    elif texto[:2] == "{{" and not nivel and _FILTRO_RICO.search(codigo):
        nivel = "r"
    visto = texto.strip() if len(texto) <= _CABE else f"{texto[:_CABE].strip()}…"
    etiqueta = Etiqueta(plantilla, lugar, visto, texto[:2], nivel, codigo.strip())
    if etiqueta.clase == "{{" and nivel not in ("", "r", "p"):
        malas[etiqueta] = f"no se puede imprimir: escriba {{{{ {etiqueta.codigo} }}}}."
    return Hallada(etiqueta, inicio, inicio + len(texto), antes, despues)


def _nivel_y_codigo(dentro: str) -> tuple[str, str]:
    forma = _FORMA.fullmatch(dentro)
    return (forma["nivel"], forma["codigo"]) if forma else ("", dentro)


def _enderezar(hallado: re.Match[str]) -> str:
    """Cambia una comilla tipográfica por la recta; lo que va entre rectas queda igual."""
    trozo = hallado.group()
    return trozo if len(trozo) > 1 else trozo.translate(_TIPOGRAFICAS)
