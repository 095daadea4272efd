"""Los procedimientos de la oficina: cuáles hay y qué dicen."""

from collections.abc import Collection

from expediente.almacen.definiciones import las_que_escriben
from expediente.almacen.oficina import claves_de
from expediente.almacen.reglas import procedimiento_vigente
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.revision import Problema
from expediente.operaciones.ventanilla import Ventanilla


def todos(v: Ventanilla, nombre: str | None = None) -> tuple[list[Procedimiento], list[Problema]]:
    """Los procedimientos legibles de la oficina, y los problemas de los que no lo son.

    Con `nombre`, sólo los que lo escriben: leerlos todos es un quinto de un lote de cartas.
    """
    legibles, problemas = [], []
    for clave in las_que_escriben(v.raiz, "procedimientos", claves(v), nombre):
        try:
            legibles.append(procedimiento_vigente(v.raiz, clave)[0])
        except ErrorExpediente as error:
            problemas.append(Problema(clave, error.mensaje))
    return legibles, problemas


def prefijos_ajenos(v: Ventanilla, propios: Collection[str]) -> set[str]:
    """Los prefijos de folio que sólo dan otros procedimientos de la oficina, y no éstos."""
    legibles = todos(v)[0]
    suyos = {p.prefijo for p in legibles if p.clave in propios}
    return {p.prefijo for p in legibles} - suyos


def uno(v: Ventanilla, clave: str) -> Procedimiento:
    """El procedimiento de esa clave. Lanza NoExiste o DatosInvalidos."""
    return procedimiento_vigente(v.raiz, clave)[0]


def claves(v: Ventanilla) -> list[str]:
    """Las claves de los procedimientos de la oficina."""
    return claves_de(v.raiz, "procedimientos")
