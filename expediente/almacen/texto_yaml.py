"""YAML leído como texto: sin sorpresas de tipos, sin llaves repetidas, sin trampas.

Todo escalar llega como `str`. Se rechazan anclas, etiquetas, llaves repetidas y
honduras de más antes de construir nada: el fichero lo pudo escribir cualquiera. Los
mensajes llevan el renglón y nunca el valor.
"""

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.reader import Reader

from expediente.nucleo.forma import Ruta

HONDURA_MAXIMA = 20
# Sin libyaml todo funciona, ocho veces más lento; su rueda de PyPI siempre la trae.
_Lector: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Escritor: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class YamlInvalido(ValueError):
    """El texto no es un YAML aceptable; `renglon` cuenta desde 1."""

    def __init__(self, renglon: int, mensaje: str) -> None:
        super().__init__(mensaje)
        self.renglon = renglon
        self.mensaje = mensaje


def cargar(escrito: str) -> Any:
    """Diccionarios, listas y textos que dice el YAML; «» si está vacío.

    Lanza YamlInvalido con el renglón de lo que no se acepta.
    """
    pila: list[tuple[Any, list[str]]] = []
    raiz: list[Any] = []
    for suceso in _sucesos(escrito):
        if isinstance(suceso, yaml.ScalarEvent):
            _revisar_nodo(suceso)
            _colgar(pila, raiz, _escalar(suceso), suceso)
        elif isinstance(suceso, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _revisar_nodo(suceso)
            if len(pila) >= HONDURA_MAXIMA:
                raise _invalido(suceso, "hay demasiados niveles, uno dentro de otro.")
            nuevo: Any = {} if isinstance(suceso, yaml.MappingStartEvent) else []
            _colgar(pila, raiz, nuevo, suceso)
            pila.append((nuevo, []))
        elif isinstance(suceso, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            pila.pop()
        elif isinstance(suceso, yaml.AliasEvent):
            raise _invalido(suceso, "no se aceptan anclas ni alias (& y *).")
        elif isinstance(suceso, yaml.DocumentStartEvent) and raiz:
            raise _invalido(suceso, "hay más de un documento en el fichero.")
    return raiz[0] if raiz else ""


def _sucesos(escrito: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(escrito, Loader=_Lector)
    except yaml.MarkedYAMLError as error:
        # Unas comillas sin cerrar se notan al final del fichero: el renglón es donde abren.
        abren = error.context_mark if "quoted" in (error.context or "") else None
        marca = abren or error.problem_mark or error.context_mark
        raise YamlInvalido(
            marca.line + 1 if marca else 1,
            "no se entiende; revise la sangría, los dos puntos y las comillas.",
        ) from None
    except (yaml.YAMLError, ValueError):
        raro = Reader.NON_PRINTABLE.search(escrito)
        renglon = escrito.count("\n", 0, raro.start()) + 1 if raro else 1
        raise YamlInvalido(renglon, "tiene caracteres que no son texto.") from None


def _invalido(suceso: Any, mensaje: str) -> YamlInvalido:
    return YamlInvalido(suceso.start_mark.line + 1, mensaje)


def _revisar_nodo(suceso: Any) -> None:
    if suceso.anchor:
        raise _invalido(suceso, "no se aceptan anclas ni alias (& y *).")
    if suceso.tag not in (None, "!"):
        raise _invalido(suceso, "no se aceptan etiquetas de tipo (!).")


def _escalar(suceso: Any) -> str:
    vacio = suceso.implicit[0] and suceso.value in ("~", "null")
    return "" if vacio else str(suceso.value)


def _colgar(pila: list[tuple[Any, list[str]]], raiz: list[Any], valor: Any, suceso: Any) -> None:
    if not pila:
        raiz.append(valor)
        return
    contenedor, llave = pila[-1]
    if isinstance(contenedor, list):
        contenedor.append(valor)
    elif not llave:
        if not isinstance(valor, str):
            raise _invalido(suceso, "una llave debe ser un texto.")
        if valor in contenedor:
            raise _invalido(suceso, "esta llave está repetida; deje una sola.")
        llave.append(valor)
    else:
        contenedor[llave.pop()] = valor


def renglon_de(escrito: str, ruta: Ruta) -> int:
    """Renglón, desde 1, en que está lo que nombra esa ruta de llaves.

    Si la ruta no existe del todo, el de lo último que sí existe.
    """
    nodo = yaml.compose(escrito, Loader=_Lector)
    renglon = nodo.start_mark.line + 1 if nodo else 1
    for parte in ruta:
        if isinstance(nodo, yaml.MappingNode):
            par = next(((k, v) for k, v in nodo.value if k.value == parte), None)
            if par is None:
                break
            renglon, nodo = par[0].start_mark.line + 1, par[1]
        elif isinstance(nodo, yaml.SequenceNode) and isinstance(parte, int):
            if parte >= len(nodo.value):
                break
            nodo = nodo.value[parte]
            renglon = nodo.start_mark.line + 1
    return renglon


def _texto_como_texto(escritor: Any, dato: str) -> Any:
    """Los textos largos, en bloque; los que otro programa creería números, entre comillas."""
    estilo = None
    if "\n" in dato:
        estilo = "|"
    elif dato[:1].isdigit() or dato[:1] in "+-." or dato.lower() in ("sí", "si", "no", "y", "n"):
        estilo = "'"
    return escritor.represent_scalar("tag:yaml.org,2002:str", dato, style=estilo)


class _Oficina(_Escritor):  # type: ignore[misc]  # la clase base se elige al importar
    """Escribe los textos como texto y nunca con anclas."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Oficina.add_representer(str, _texto_como_texto)


def escribir(dato: Any) -> str:
    """El YAML de diccionarios, listas y textos, en el orden en que vienen."""
    return str(yaml.dump(dato, Dumper=_Oficina, sort_keys=False, allow_unicode=True, width=10_000))
