"""Lo que está mal en la definición del tablero, y de qué procedimientos lleva la cuenta."""

from collections.abc import Iterator

from expediente.almacen.reglas import procedimiento_en_version, versiones_guardadas
from expediente.almacen.tableros import FICHERO, leer_tablero
from expediente.nucleo.definicion_de_tablero import DefinicionDeTablero
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, sugerencia
from expediente.nucleo.nombres_de_condiciones import nombres_de_informe
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.publicable import publicables
from expediente.nucleo.revision import Problema
from expediente.operaciones.fichas import sin_ruta
from expediente.operaciones.procedimientos import todos
from expediente.operaciones.ventanilla import Ventanilla


def procedimientos_con_historia(v: Ventanilla) -> tuple[list[Procedimiento], list[str]]:
    """Los de la oficina y los que quitó, o se estropearon, pero con los que nacieron casos.

    Van con lo que no se entiende de los estropeados.
    """
    legibles, malos = todos(v)
    claves = {p.clave for p in legibles}
    viejos = [
        procedimiento_en_version(v.raiz, clave, version)
        for clave, version in versiones_guardadas(v.raiz).items()
        if clave not in claves
    ]
    return [*legibles, *viejos], [f"{x.folio}: {sin_ruta(v, x.mensaje)}" for x in malos]


def problemas_de_tablero(v: Ventanilla) -> list[Problema]:
    """Lo que está mal en la definición del tablero de la oficina."""
    try:
        dichos = list(problemas_de_la_definicion(v, leer_tablero(v.raiz)))
    except ErrorExpediente as error:
        dichos = [error.mensaje]
    return [Problema("tablero", dicho) for dicho in dichos]


def exigir_tablero_sano(v: Ventanilla, definicion: DefinicionDeTablero) -> None:
    """Lanza DatosInvalidos con lo primero que la definición tiene mal."""
    for dicho in problemas_de_la_definicion(v, definicion):
        raise DatosInvalidos(dicho)


def problemas_de_la_definicion(v: Ventanilla, definicion: DefinicionDeTablero) -> Iterator[str]:
    """Los desgloses que dirían de quién es un asunto, o que nombran lo que no hay."""
    conocidos: set[str] = set()
    personales: set[str] = set()
    for p in procedimientos_con_historia(v)[0]:
        suyos = nombres_de_informe(p, v.catalogos)
        conocidos |= suyos
        personales |= suyos - publicables(p, v.catalogos)
    for desglose in definicion.desgloses:
        donde = f"{FICHERO}, desglose «{desglose.clave}»"
        for nombre in sorted(desglose.por.nombres & personales):
            yield (
                f"{donde}: «{nombre}» puede decir de quién es un asunto y no sale en el tablero; "
                "use una opción de catálogo, la colonia o el canal."
            )
        for nombre in sorted(desglose.por.nombres - conocidos):
            yield f"{donde}: usa «{nombre}», que no existe.{sugerencia(nombre, conocidos)}"
