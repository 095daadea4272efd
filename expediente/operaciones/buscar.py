"""Buscar en todos los casos por un nombre, una CURP, un teléfono, un número o una colonia."""

from dataclasses import dataclass

from expediente.almacen.reglas import procedimiento_en_version
from expediente.nucleo.busqueda import COLONIAS, Buscado, Hallazgo, hallazgos, que_se_busca
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.errores import ErrorExpediente, ErrorUso
from expediente.operaciones.listas import Filtro, Renglon, listar
from expediente.operaciones.ventanilla import Ventanilla

_MINIMO = 3


@dataclass(frozen=True)
class Hallado:
    """Un caso que tiene lo buscado, y en qué datos; sin enmascarar todavía."""

    renglon: Renglon
    hallazgos: tuple[Hallazgo, ...]


@dataclass(frozen=True)
class Busqueda:
    """Los casos hallados, el más reciente primero, y los que no se pudieron leer."""

    hallados: tuple[Hallado, ...]
    problemas: tuple[tuple[str, str], ...]


def buscar(
    v: Ventanilla, escrito: str, procedimiento: str | None = None, abiertos: bool = False
) -> Busqueda:
    """Los casos en que está lo que alguien tecleó.

    Lanza ErrorUso si es tan poco que estaría en casi todos.
    """
    if sum(letra.isalnum() for letra in escrito) < _MINIMO:
        raise ErrorUso(f"Escriba al menos {_MINIMO} letras o cifras de lo que busca.")
    buscado = que_se_busca(escrito, _colonias(v))
    listado = listar(v, Filtro(procedimiento, abiertos=abiertos), buscado.podria_estar)
    hallados, problemas = [], list(listado.problemas)
    for renglon in listado.renglones:
        try:
            if en_el_caso := _en(v, renglon, buscado):
                hallados.append(Hallado(renglon, en_el_caso))
        except ErrorExpediente as error:
            problemas.append((renglon.folio, error.mensaje))
    hallados.sort(key=lambda h: h.renglon.abierto, reverse=True)
    return Busqueda(tuple(hallados), tuple(problemas))


def _colonias(v: Ventanilla) -> Catalogo:
    """Las colonias, por sus alias; que su catálogo no se entienda no impide buscar."""
    try:
        return v.catalogos.get(COLONIAS, {})
    except ErrorExpediente:
        return {}


def _en(v: Ventanilla, renglon: Renglon, buscado: Buscado) -> tuple[Hallazgo, ...]:
    p = procedimiento_en_version(v.raiz, renglon.texto("procedimiento"), renglon.texto("version"))
    numeros = {}
    for documento in renglon.mapas("documentos"):
        if numero := documento.get("numero"):
            clave = documento["clave"].split(".")[0]
            numeros[numero] = p.documento[clave].nombre if clave in p.documento else clave
    return tuple(hallazgos(p, renglon.folio, renglon.datos, numeros, buscado))
