"""Los catálogos de la oficina: cuáles hay, quién los usa y qué tienen mal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from expediente.almacen.fichero_yaml import error_en
from expediente.almacen.oficina import claves_de
from expediente.almacen.reglas import leer_catalogo_escrito, ruta_de_catalogo
from expediente.nucleo.campo import Opcion
from expediente.nucleo.catalogo import CatalogoEscrito, Entorno, problemas_del_catalogo
from expediente.nucleo.errores import ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.revision import Problema
from expediente.operaciones import procedimientos
from expediente.operaciones.ventanilla import Ventanilla

# El que consulta toda apertura, lo nombre o no el procedimiento.
DE_TODOS = "canales"


@dataclass(frozen=True)
class Ficha:
    """Un catálogo con sus opciones y los procedimientos que lo piden."""

    clave: str
    nombre: str
    opciones: tuple[Opcion, ...]
    procedimientos: tuple[str, ...]


def listar(v: Ventanilla) -> tuple[list[Ficha], list[Problema]]:
    """Los catálogos legibles, por clave, y los problemas de los que no lo son."""
    usos = _usos(procedimientos.todos(v)[0])
    fichas, problemas = [], []
    for clave in claves_de(v.raiz, "catalogos"):
        try:
            fichas.append(_ficha(leer_catalogo_escrito(v.raiz, clave)[0], usos))
        except ErrorExpediente as error:
            problemas.append(Problema(clave, error.mensaje))
    return fichas, problemas


def uno(v: Ventanilla, clave: str) -> Ficha:
    """El catálogo de esa clave. Lanza NoExiste, con el más parecido, o DatosInvalidos."""
    _revisar_que_exista(v, clave)
    usos = _usos(procedimientos.todos(v)[0])
    return _ficha(leer_catalogo_escrito(v.raiz, clave)[0], usos)


def problemas_de(v: Ventanilla, clave: str | None = None) -> list[Problema]:
    """Lo que está mal en un catálogo; sin clave, en todos, y los que se piden y faltan.

    Cada mensaje lleva fichero y renglón.
    """
    if clave:
        _revisar_que_exista(v, clave)
    todos = procedimientos.todos(v)[0]
    claves = claves_de(v.raiz, "catalogos")
    problemas = problemas_de_cada_uno(v, todos, [clave] if clave else claves)
    if clave:
        return problemas
    pedidos = sorted((pedido, p.clave) for p in todos for pedido in _pedidos(p))
    return problemas + [
        Problema(quien, f"pide el catálogo «{pedido}», que no hay.{sugerencia(pedido, claves)}")
        for pedido, quien in pedidos
        if pedido not in claves
    ]


def problemas_de_cada_uno(
    v: Ventanilla, todos: Iterable[Procedimiento], claves: Iterable[str]
) -> list[Problema]:
    """Lo que está mal en esos catálogos; `todos` son los procedimientos que los usan."""
    destinos = _destinos(todos)
    conocidas = {clave: _claves_de_opciones(v, clave) for clave in claves_de(v.raiz, "catalogos")}
    problemas = []
    for clave in claves:
        try:
            dicho, escrito = leer_catalogo_escrito(v.raiz, clave)
        except ErrorExpediente as error:
            problemas.append(Problema(clave, error.mensaje))
            continue
        ruta = ruta_de_catalogo(v.raiz, clave)
        for llaves, mensaje in problemas_del_catalogo(dicho, Entorno(conocidas, clave in destinos)):
            problemas.append(Problema(clave, error_en(llaves, mensaje, escrito, ruta).mensaje))
    return problemas


def _revisar_que_exista(v: Ventanilla, clave: str) -> None:
    claves = claves_de(v.raiz, "catalogos")
    if clave not in claves:
        parecido = sugerencia(clave, claves) or f" Hay: {', '.join(claves)}."
        raise NoExiste(f"No existe el catálogo «{clave}».{parecido}")


def _claves_de_opciones(v: Ventanilla, clave: str) -> frozenset[str] | None:
    try:
        dicho, _ = leer_catalogo_escrito(v.raiz, clave)
    except ErrorExpediente:
        return None  # se dice al revisar ese catálogo
    return frozenset(opcion.clave for opcion in dicho.opciones)


def _ficha(dicho: CatalogoEscrito, usos: Mapping[str, list[str]]) -> Ficha:
    return Ficha(dicho.clave, dicho.nombre, dicho.opciones, tuple(usos.get(dicho.clave, ())))


def _usos(todos: Iterable[Procedimiento]) -> dict[str, list[str]]:
    """{catálogo: procedimientos que lo piden}."""
    usos: dict[str, list[str]] = {}
    for p in todos:
        for catalogo in {DE_TODOS, *_pedidos(p)}:
            usos.setdefault(catalogo, []).append(p.clave)
    return usos


def _pedidos(p: Procedimiento) -> set[str]:
    return {hoja.catalogo for hoja in p.hojas.values() if hoja.catalogo}


def _destinos(todos: Iterable[Procedimiento]) -> set[str]:
    """Los catálogos a cuyas opciones se dirige algún documento."""
    destinos = set()
    for p in todos:
        dirigidos = [d.dirigido.opcion for d in p.documentos if d.dirigido]
        hojas = (p.hojas[campo] for campo in dirigidos if campo and campo in p.hojas)
        destinos |= {hoja.catalogo for hoja in hojas if hoja.catalogo}
    return destinos
