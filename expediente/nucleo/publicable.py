"""Qué hechos de un caso pueden rotular una tabla que ve cualquiera.

Es una lista de lo que sí, no de lo que no: un campo que la oficina añada mañana no sale
mientras no sea una opción de un catálogo, un sí o no, o un lugar tan amplio como la colonia.
"""

from collections.abc import Mapping

from expediente.nucleo.campo import Campo, Catalogo, hojas, opciones_de
from expediente.nucleo.procedimiento import Procedimiento, nombre_de_hecho

DE_TODO_CASO = ("canal", "donde", "situacion", "procedimiento", "suspendido")
LUGARES = ("colonia", "localidad", "municipio")


def publicables(p: Procedimiento, catalogos: Mapping[str, Catalogo]) -> set[str]:
    """Los hechos de ese procedimiento que no dicen de quién es el asunto."""
    nombres = {*DE_TODO_CASO, *(f"resultado.{nombre_de_hecho(paso.clave)}" for paso in p.pasos)}
    for campo in p.campos:
        if not campo.sensible and not campo.lista:
            for hoja in hojas(campo):
                nombres |= _del_campo(hoja, catalogos)
    return nombres


def _del_campo(hoja: Campo, catalogos: Mapping[str, Catalogo]) -> set[str]:
    if hoja.tipo == "si-no" or hoja.clave.rpartition(".")[2] in LUGARES:
        return {hoja.clave}
    if hoja.tipo != "opcion":
        return set()
    atributos = {a for opcion in opciones_de(hoja, catalogos).values() for a in opcion.atributos}
    return {hoja.clave, f"{hoja.clave}.nombre", *(f"{hoja.clave}.{a}" for a in atributos)}
