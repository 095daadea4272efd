"""Lo que está mal en la definición de un indicador, antes de medir nada."""

from collections.abc import Iterator

from expediente.almacen.definiciones import claves_de_indicadores, leer_indicador
from expediente.almacen.inventarios import leer_existencia
from expediente.almacen.reglas import procedimiento_vigente
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.indicador import FLUJO, PROCEDIMIENTOS, Indicador
from expediente.nucleo.medicion import HECHOS_DE_LA_MEDICION
from expediente.nucleo.nombres_de_condiciones import nombres_de_informe
from expediente.nucleo.revision import Problema
from expediente.operaciones.revision_de_informes import FECHADOS
from expediente.operaciones.ventanilla import Ventanilla


def problemas_de_indicadores(v: Ventanilla, procedimiento: str | None = None) -> list[Problema]:
    """Lo que está mal en los indicadores de la oficina, o en los de un procedimiento."""
    problemas: list[Problema] = []
    for clave in claves_de_indicadores(v.raiz):
        try:
            indicador = leer_indicador(v.raiz, clave)
        except ErrorExpediente as error:
            problemas.append(Problema(clave, error.mensaje))
            continue
        if procedimiento is None or procedimiento in indicador.procedimientos:
            problemas += [Problema(clave, dicho) for dicho in _los_de(v, indicador)]
    return problemas


def _los_de(v: Ventanilla, indicador: Indicador) -> list[str]:
    try:
        return list(problemas_de_un_indicador(v, indicador))
    except NoExiste as error:
        return [f"indicadores/{indicador.clave}.yaml, procedimientos: {error.mensaje}"]
    except DatosInvalidos:
        return []  # el procedimiento no se entiende, y eso lo dice su propia revisión


def exigir_indicador_sano(v: Ventanilla, indicador: Indicador) -> None:
    """Lanza DatosInvalidos con lo primero que la definición tiene mal."""
    for dicho in problemas_de_un_indicador(v, indicador):
        raise DatosInvalidos(dicho)


def problemas_de_un_indicador(v: Ventanilla, indicador: Indicador) -> Iterator[str]:
    """Lo que la definición tiene mal, con su fichero, su lugar y su remedio.

    Lanza NoExiste si un procedimiento del indicador no está en la oficina.
    """
    todos = [procedimiento_vigente(v.raiz, clave)[0] for clave in indicador.procedimientos]
    fichero = f"indicadores/{indicador.clave}.yaml"
    conocidos = set(HECHOS_DE_LA_MEDICION).union(
        *(nombres_de_informe(p, v.catalogos) for p in todos)
    )
    conocidos = {nombre for nombre in conocidos if not nombre.startswith("doc.")}
    sensibles = set().union(*(p.sensibles for p in todos))
    for donde, expresion in indicador.expresiones():
        if prohibidos := sorted(expresion.nombres & sensibles):
            yield (
                f"{fichero}, {donde}: «{prohibidos[0]}» es un dato sensible y no sale en "
                "indicadores."
            )
        for nombre in sorted(expresion.nombres - conocidos):
            parecido = sugerencia(nombre, conocidos)
            yield f"{fichero}, {donde}: usa «{nombre}», que no existe.{parecido}"
    yield from _fechas_del_flujo(indicador, fichero)
    yield from _lo_que_nombra(v, indicador, fichero)


def _fechas_del_flujo(indicador: Indicador, fichero: str) -> Iterator[str]:
    if indicador.modo != FLUJO:
        return
    for nombre, lado in (
        ("numerador", indicador.numerador),
        ("denominador", indicador.denominador),
    ):
        if lado.fecha and not any(n.startswith(FECHADOS) for n in lado.fecha.nombres):
            yield (
                f"{fichero}, {nombre}: su fecha debe ser la de un hecho del caso, como "
                "ocurrio.PASO; la que alguien captura va en una cohorte."
            )


def _lo_que_nombra(v: Ventanilla, indicador: Indicador, fichero: str) -> Iterator[str]:
    existencia = indicador.denominador.existencia
    for catalogo in sorted(indicador.catalogos - {PROCEDIMIENTOS}):
        if catalogo not in v.catalogos:
            parecido = sugerencia(catalogo, v.catalogos)
            yield f"{fichero}: no existe el catálogo «{catalogo}».{parecido}"
    if existencia:
        try:
            leer_existencia(v.raiz, existencia)
        except ErrorExpediente as error:
            yield f"{fichero}, denominador: {error.mensaje}"
    claves = claves_de_indicadores(v.raiz)
    for clave in indicador.junto_a:
        if clave not in claves:
            yield (
                f"{fichero}, junto_a: no existe el indicador «{clave}».{sugerencia(clave, claves)}"
            )
