"""Qué decir de lo que una etiqueta no puede llevar: la palabra que sobra y qué poner."""

import re
from collections.abc import Mapping

from jinja2 import nodes

from expediente.nucleo.errores import sugerencia

# Como alguien las teclearía en español: {palabra: las que sí son}.
ORDENES_EN_ESPANOL: Mapping[str, tuple[str, ...]] = {
    "si": ("if",),
    "sino": ("else",),
    "osi": ("elif",),
    "para": ("for",),
    "cada": ("for",),
    "fin": ("endif", "endfor"),
    "finsi": ("endif",),
    "finpara": ("endfor",),
}
_FILTROS_EN_ESPANOL = {
    "mayusculas": "upper",
    "mayuscula": "upper",
    "minusculas": "lower",
    "minuscula": "lower",
    "titulo": "title",
    "redondear": "round",
    "redondea": "round",
    "longitud": "length",
    "unir": "join",
    "primero": "first",
    "ultimo": "last",
    "omision": "default",
    "moneda": "importe",
    "pesos": "importe",
}
_CON_FOR = "recorra la lista con «for»"
_EN_VEZ = {
    "select": f"{_CON_FOR} y un «if» dentro",
    "selectattr": f"{_CON_FOR} y un «if» dentro",
    "reject": f"{_CON_FOR} y un «if» dentro",
    "rejectattr": f"{_CON_FOR} y un «if» dentro",
    "dictsort": "la lista sale en el orden en que se capturó",
    "format": "use «importe», «round» o junte los textos con «~»",
    "truncate": "el texto sale entero",
    "wordwrap": "Word corta los renglones",
    "center": "alinee el párrafo en Word",
    "indent": "ponga la sangría en Word",
    "safe": "quítelo; para letra con formato use «rico»",
    "strftime": "de una fecha pida «.corta», «.con_dia» o «.en_letra»",
    "date": "de una fecha pida «.corta», «.con_dia» o «.en_letra»",
    "raw": "para que salgan llaves en letra escriba {_{ y }_}",
}


def en_vez_de(palabra: str) -> str:
    """«; use …» si se sabe qué poner en lugar de esa palabra; si no, «»."""
    return f"; {_EN_VEZ[palabra]}" if palabra in _EN_VEZ else ""


def en_vez_de_alguna(codigo: str) -> str:
    """Lo que `en_vez_de` dice de la primera palabra de la etiqueta de que sabe algo."""
    return next((dicho for x in re.findall(r"\w+", codigo) if (dicho := en_vez_de(x))), "")


def acaso_el_filtro(nombre: str, conocidos: Mapping[str, object]) -> str:
    """« ¿Quiso decir «upper»?», o qué poner en vez de un filtro que no existe."""
    if nombre in _EN_VEZ:
        return f" En su lugar, {_EN_VEZ[nombre]}."
    if nombre in _FILTROS_EN_ESPANOL:
        return f" ¿Quiso decir «{_FILTROS_EN_ESPANOL[nombre]}»?"
    return sugerencia(nombre, conocidos)


def lo_que_sobra(nodo: nodes.Node) -> str:
    """«: el filtro «map»; …»: la palabra de esa expresión que no se admite; «» si no es una."""
    if isinstance(nodo, nodes.Filter):
        return f": el filtro «{nodo.name}»{en_vez_de(nodo.name)}"
    if isinstance(nodo, nodes.Call):
        quien = nodo.node
        if isinstance(quien, nodes.Getattr):
            return f": «.{quien.attr}()»{en_vez_de(quien.attr)}"
        return f": la función «{quien.name}()»" if isinstance(quien, nodes.Name) else ""
    if isinstance(nodo, nodes.Name):
        return f": el nombre «{nodo.name}»"
    return f": «.{nodo.attr}»" if isinstance(nodo, nodes.Getattr) else ""


_MEDIDA = re.compile(r"(\w+)\s*=\s*(\d+(?:[.,]\d+)?)\s*(cm|mm|in|pt)\b")
_IMAGEN = re.compile(r"\bimagen\(\s*([\w.-]+\.(?:png|jpe?g))\b", re.IGNORECASE)
_TEXTO_SUELTO = re.compile(r"(?:[=!]=\s*|\(\s*)([^\W\d]\w*(?:\s+\w+)+)\s*(?:$|[),])")
_CADENA = re.compile(r"'[^']*'|\"[^\"]*\"")
_ASIGNA = re.compile(r"(?<![=!<>])=(?!=)")


def remedio_de(codigo: str, dicho_por_jinja: str) -> str:
    """Qué corregir en una etiqueta que Jinja no entiende."""
    sin_textos = _CADENA.sub("''", codigo)
    if comillas := sin_comillas(codigo) or _texto_sin_comillas(sin_textos):
        return comillas
    if re.match(r"for\b.*\ben\b", sin_textos) and not re.search(r"\bin\b", sin_textos):
        return "no se entiende: escriba «in» en vez de «en»."
    if re.match(r"(el)?if\b", sin_textos) and _ASIGNA.search(sin_textos):
        return "no se entiende: para comparar use «==», no «=»."
    sobra = re.search(r"expected token '[^']*', got '(\w+)'", dicho_por_jinja)
    if sobra:
        return (
            f"no se entiende a partir de «{sobra[1]}»; el nombre de un dato va sin espacios "
            "(así: primer_apellido)."
        )
    return "no se entiende; revise que no falte un nombre, una coma, una comilla o un paréntesis."


def sin_comillas(codigo: str) -> str:
    """Lo que se dice de una medida o de una imagen escrita sin comillas; «» si no la hay."""
    if medida := _MEDIDA.search(_CADENA.sub("", codigo)):
        escrita = f"{medida[2]}{medida[3]}"
        return f"no se entiende: ponga la medida entre comillas: {medida[1]}='{escrita}'."
    if imagen := _IMAGEN.search(codigo):
        return f"no se entiende: ponga la imagen entre comillas: imagen('{imagen[1]}')."
    return ""


def _texto_sin_comillas(codigo: str) -> str:
    hallado = _TEXTO_SUELTO.search(codigo)
    palabras = ("and", "or", "not", "in", "is", "if", "else")
    if not hallado or any(palabra in hallado[1].split() for palabra in palabras):
        return ""
    return f"no se entiende: si es un texto, póngalo entre comillas: '{hallado[1]}'."


def acaso_es_texto(etiqueta: str, ruta: str) -> str:
    """« Si es un texto…» si en la etiqueta ese nombre está donde va un texto con comillas."""
    if remedio := sin_comillas(etiqueta):
        dicho = remedio.removeprefix("no se entiende: ")
        return f" {dicho[0].upper()}{dicho[1:]}"
    if re.search(
        rf"(?:[=!]=\s*|\w\(\s*){re.escape(ruta)}\s*(?:$|[^\w.\s([]|%|and\b|or\b)", etiqueta
    ):
        return f" Si es un texto, póngalo entre comillas: '{ruta}'."
    return ""
