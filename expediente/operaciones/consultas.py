"""Mirar sin cambiar nada: ver un caso, listar, lo pendiente, la historia y los plazos."""

from typing import NamedTuple

from expediente.almacen import carpetas
from expediente.nucleo.avance import Siguiente, siguientes
from expediente.nucleo.calendario import Vencimiento
from expediente.nucleo.errores import DatosInvalidos
from expediente.operaciones.asunto import Asunto, tomar, vencimientos_de
from expediente.operaciones.circunstancias import contexto_de
from expediente.operaciones.ventanilla import Ventanilla


class Vista(NamedTuple):
    """Un caso con lo que puede hacerse ahora y cómo van sus plazos.

    `avisos` son cosas que conviene saber: una edición a mano por adoptar, efectos por
    cumplir, un calendario que falta.
    """

    asunto: Asunto
    siguientes: tuple[Siguiente, ...]
    vencimientos: tuple[Vencimiento, ...]
    avisos: tuple[str, ...]


def cuantos_hay(v: Ventanilla) -> int:
    """Cuántos expedientes hay en la carpeta, se puedan leer o no."""
    return sum(1 for _ in carpetas.folios(v.raiz))


def ver(v: Ventanilla, folio: str) -> Vista:
    """Todo lo que se sabe de un caso. Lanza lo que `asunto.tomar`."""
    asunto = tomar(v, folio)
    avisos = []
    if asunto.por_adoptar:
        avisos.append("Hay una corrección hecha a mano; se adoptará con el siguiente cambio.")
    if asunto.estado.tiene_efectos_pendientes:
        avisos.append(
            "Un paso dejó documentos por cumplir; termínelos con: expediente oficio emitir "
            f"{asunto.folio}"
        )
    try:
        vencimientos = vencimientos_de(v, asunto.procedimiento, asunto.estado)
    except DatosInvalidos as error:
        vencimientos = ()
        avisos.append(error.mensaje)
    return Vista(
        asunto,
        siguientes(
            asunto.procedimiento,
            asunto.estado,
            v.catalogos,
            v.oficina.personal,
            contexto_de(v, asunto, v.ahora),
        ),
        vencimientos,
        tuple(avisos),
    )
