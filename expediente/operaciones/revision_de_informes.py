"""Lo que está mal en la definición de un informe, antes de contar nada."""

from collections.abc import Iterator

from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.almacen.reglas import procedimiento_vigente
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, sugerencia
from expediente.nucleo.informe import DOCUMENTOS, Informe
from expediente.nucleo.nombres_de_condiciones import nombres_de_informe
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.revision import Problema
from expediente.operaciones.ventanilla import Ventanilla

# Lo que tiene día propio: un hecho de la historia. Un dato capturado no lo tiene.
FECHADOS = ("ocurrio.", "emitido.", "cumplido.", "recibido", "concluido", "doc.")


def problemas_de_informes(v: Ventanilla) -> list[Problema]:
    """Lo que está mal en las definiciones de todos los informes de la oficina."""
    problemas: list[Problema] = []
    for clave in claves_de_informes(v.raiz):
        try:
            informe = leer_informe(v.raiz, clave)
            problemas += [Problema(clave, dicho) for dicho in problemas_de_un_informe(v, informe)]
        except ErrorExpediente as error:
            problemas.append(Problema(clave, error.mensaje))
    return problemas


def exigir_informe_sano(v: Ventanilla, informe: Informe) -> None:
    """Lanza DatosInvalidos con lo primero que la definición tiene mal."""
    for dicho in problemas_de_un_informe(v, informe):
        raise DatosInvalidos(dicho)


def problemas_de_un_informe(v: Ventanilla, informe: Informe) -> Iterator[str]:
    """Lo que la definición tiene mal, con su fichero, su lugar y su remedio.

    Lanza NoExiste si un procedimiento del informe no está en la oficina.
    """
    todos = [procedimiento_vigente(v.raiz, clave)[0] for clave in informe.procedimientos]
    fichero = f"informes/{informe.clave}.yaml"
    conocidos = set().union(*(nombres_de_informe(p, v.catalogos) for p in todos))
    sensibles = set().union(*(p.sensibles for p in todos))
    for donde, expresion in informe.expresiones():
        if prohibidos := sorted(expresion.nombres & sensibles):
            yield (
                f"{fichero}, {donde}: «{prohibidos[0]}» es un dato sensible y no sale en informes."
            )
        for nombre in sorted(expresion.nombres - conocidos):
            parecido = sugerencia(nombre, conocidos)
            yield f"{fichero}, {donde}: usa «{nombre}», que no existe.{parecido}"
    for total in informe.totales:
        if total.fecha and not any(n.startswith(FECHADOS) for n in total.fecha.nombres):
            yield (
                f"{fichero}, total «{total.clave}»: su fecha debe ser la de un hecho del caso, "
                "como ocurrio.PASO o emitido.DOCUMENTO; la que alguien captura va en «cuenta»."
            )
    yield from _del_documento(informe, todos, fichero)
    yield from _destinatarios(v, informe, fichero)


def _del_documento(informe: Informe, todos: list[Procedimiento], fichero: str) -> Iterator[str]:
    claves = {clave for p in todos for clave in p.documento}
    if informe.renglones == DOCUMENTOS and informe.documento and informe.documento not in claves:
        parecido = sugerencia(informe.documento, claves)
        yield f"{fichero}: no hay ningún documento «{informe.documento}».{parecido}"


def _destinatarios(v: Ventanilla, informe: Informe, fichero: str) -> Iterator[str]:
    for clave in informe.destinatarios:
        try:
            v.oficina.destinatario(clave)
        except ErrorExpediente as error:
            yield f"{fichero}, destinatarios: {error.mensaje}"
