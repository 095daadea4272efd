"""Lo que está mal en la definición de un informe, antes de contar nada."""

import re
from collections.abc import Iterator

from expediente.almacen.definiciones import (
    SIN_INDICADORES,
    claves_de_indicadores,
    claves_de_informes,
    leer_informe,
)
from expediente.almacen.reglas import procedimiento_vigente, todas_las_versiones
from expediente.nucleo.condicion import comparados_con_texto, compilar_condicion
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.informe import DOCUMENTOS, HECHOS_DEL_INFORME, Informe
from expediente.nucleo.nombres_de_condiciones import nombres_de_informe, valores_de_hechos
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.revision import Problema
from expediente.operaciones.carpeta_de_plantillas import ficheros_de_plantillas, ruta_de_plantilla
from expediente.operaciones.ventanilla import Ventanilla

# Lo que tiene día propio: un hecho de la historia. Un dato capturado no lo tiene.
FECHADOS = ("ocurrio.", "emitido.", "cumplido.", "recibido", "concluido", "doc.")
# Lo que se sabe al corte de un periodo, y no el día en que algo pasó.
DEL_CORTE = {*HECHOS_DEL_INFORME, "vencido"}
# Dicen quién es alguien o dónde hallarlo: no se publican ni reservándolos a veces.
IDENTIFICAN = {"curp", "rfc", "telefono", "correo", "calle", "numero", "entre_calles"}
NOMBRAN = ("nombre_completo", "nombres", "primer_apellido", "segundo_apellido")
# De la CURP sí puede salir esto.
_SIN_DECIR_QUIEN = re.compile(r"\b(?:sexo|edad)\([^()]*\)")


def problemas_de_informes(v: Ventanilla) -> list[Problema]:
    """Lo que está mal en las definiciones de todos los informes de la oficina."""
    problemas: list[Problema] = []
    for clave in claves_de_informes(v.raiz):
        try:
            informe = leer_informe(v.raiz, clave)
            problemas += [Problema(clave, dicho) for dicho in problemas_de_un_informe(v, informe)]
            problemas += [Problema(clave, dicho) for dicho in _lo_que_nombra(v, informe)]
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
    fichero = f"informes/{informe.clave}.yaml"
    try:
        todos = [procedimiento_vigente(v.raiz, clave)[0] for clave in informe.procedimientos]
    except NoExiste as error:
        raise NoExiste(f"{fichero}, procedimientos: {error.mensaje}") from None
    yield from _de_la_lista(informe, todos, fichero)
    conocidos = set().union(*(nombres_de_informe(p, v.catalogos) for p in todos))
    conocidos |= {*HECHOS_DEL_INFORME, *_de_cada_elemento(informe, todos)}
    sensibles = set().union(*(p.sensibles for p in todos))
    for donde, expresion in informe.expresiones():
        if prohibidos := sorted(expresion.nombres & sensibles):
            yield (
                f"{fichero}, {donde}: «{prohibidos[0]}» es un dato sensible y no sale en informes."
            )
        for nombre in sorted(expresion.nombres - conocidos):
            parecido = sugerencia(nombre, conocidos)
            yield f"{fichero}, {donde}: usa «{nombre}», que no existe.{parecido}"
    yield from _valores(v, informe, todos, fichero)
    for total in informe.totales:
        if total.fecha and not any(n.startswith(FECHADOS) for n in total.fecha.nombres):
            yield (
                f"{fichero}, total «{total.clave}»: su fecha debe ser la de un hecho del caso, "
                "como ocurrio.PASO o emitido.DOCUMENTO; la que alguien captura va en «cuenta»."
            )
    yield from _del_corte_en_lo_fechado(informe, fichero)
    yield from _del_documento(informe, todos, fichero)
    yield from _de_lo_publico(informe, todos, fichero)
    yield from _destinatarios(v, informe, fichero)


def _del_corte_en_lo_fechado(informe: Informe, fichero: str) -> Iterator[str]:
    """Lo que cuenta el día en que pasó no puede mirar lo que sólo se sabe al corte."""
    fechados = {f"total «{t.clave}»" for t in informe.totales if t.fecha}
    for donde, expresion in informe.expresiones():
        if (donde.split(",")[0] in fechados or (fechados and donde == "incluye")) and (
            malos := sorted(expresion.nombres & DEL_CORTE)
        ):
            yield (
                f"{fichero}, {donde}: «{malos[0]}» sólo se sabe al corte, y un total con fecha "
                "cuenta el día en que algo pasó."
            )


def _de_cada_elemento(informe: Informe, todos: list[Procedimiento]) -> set[str]:
    """Los hechos `cada.parte` del informe que lleva un renglón por elemento."""
    if informe.por_cada is None:
        return set()
    base = f"{informe.por_cada}."
    hechos = set().union(*(nombres_de_informe(p, {}) for p in todos))
    return {f"cada.{nombre.removeprefix(base)}" for nombre in hechos if nombre.startswith(base)}


def _de_la_lista(informe: Informe, todos: list[Procedimiento], fichero: str) -> Iterator[str]:
    listas = {campo.clave for p in todos for campo in p.campos if campo.lista}
    if informe.por_cada is not None and informe.por_cada not in listas:
        parecido = sugerencia(informe.por_cada, listas)
        yield f"{fichero}, por_cada: «{informe.por_cada}» no es una lista del caso.{parecido}"


def _de_lo_publico(informe: Informe, todos: list[Procedimiento], fichero: str) -> Iterator[str]:
    """En lo que se publica nadie se nombra sin decir cuándo se reserva, ni se dice dónde vive."""
    if not informe.publico:
        return
    personas = {c.clave for p in todos for c in p.campos if c.tipo == "persona" and not c.lista}
    for columna in informe.columnas:
        a_la_vista = compilar_condicion(_SIN_DECIR_QUIEN.sub("0", columna.valor.escrita)).nombres
        partes = {nombre.rpartition(".")[2] for nombre in a_la_vista if "." in nombre}
        if hallados := sorted(partes & IDENTIFICAN):
            yield (
                f"{fichero}, columna «{columna.clave}»: «{hallados[0]}» dice quién es alguien o "
                "dónde hallarlo, y este informe se publica; quítela."
            )
        de_alguien = {n for n in a_la_vista if n.rpartition(".")[2] in NOMBRAN} | personas
        if columna.reserva is None and a_la_vista & de_alguien:
            yield (
                f"{fichero}, columna «{columna.clave}»: nombra a una persona y este informe se "
                "publica; diga en «reserva» cuándo no se publica su nombre."
            )


def _del_documento(informe: Informe, todos: list[Procedimiento], fichero: str) -> Iterator[str]:
    claves = {clave for p in todos for clave in p.documento}
    if informe.renglones == DOCUMENTOS and informe.documento and informe.documento not in claves:
        parecido = sugerencia(informe.documento, claves)
        yield f"{fichero}: no hay ningún documento «{informe.documento}».{parecido}"


def _valores(
    v: Ventanilla, informe: Informe, todos: list[Procedimiento], fichero: str
) -> Iterator[str]:
    """Lo que se compara con un resultado o una opción que no hay: contaría cero, callado."""
    if not any(_imposibles(v, informe, todos)):
        return
    # Un caso sigue con la versión con que nació: valen también los valores de antes.
    versiones = [p for clave in informe.procedimientos for p in todas_las_versiones(v.raiz, clave)]
    for donde, hecho, valor, hay in _imposibles(v, informe, versiones):
        parecido = sugerencia(valor, hay) or f" Hay: {', '.join(hay) or 'ninguno'}."
        yield f"{fichero}, {donde}: «{hecho}» nunca es «{valor}».{parecido}"


def _imposibles(
    v: Ventanilla, informe: Informe, todos: list[Procedimiento]
) -> Iterator[tuple[str, str, str, list[str]]]:
    """(lugar, hecho, valor, los que sí puede tener) de cada comparación que nunca se cumple."""
    posibles: dict[str, set[str]] = {"procedimiento": set(informe.procedimientos)}
    for p in todos:
        for hecho, valores in valores_de_hechos(p, v.catalogos).items():
            posibles[hecho] = posibles.get(hecho, set()) | valores
    libres = {hoja for p in todos for hoja, campo in p.hojas.items() if campo.tipo != "opcion"}
    for donde, expresion in informe.expresiones():
        for hecho, valor in comparados_con_texto(expresion):
            # Quien va por dos ramas está en dos lugares: «Por cotizar, Por firmar».
            dichos = valor.split(", ") if hecho == "donde" else [valor]
            if hecho in posibles.keys() - libres and not posibles[hecho].issuperset(dichos):
                yield donde, hecho, valor, sorted(posibles[hecho])


def _lo_que_nombra(v: Ventanilla, informe: Informe) -> Iterator[str]:
    """Lo que nombra y no está, aunque sin ello se puede contar."""
    fichero = f"informes/{informe.clave}.yaml"
    claves = claves_de_indicadores(v.raiz)
    for clave in informe.indicadores:
        if clave not in claves:
            hay = sugerencia(clave, claves) if claves else SIN_INDICADORES
            yield f"{fichero}: no existe el indicador «{clave}».{hay}"
    if not ruta_de_plantilla(v, informe.plantilla).is_file():
        parecido = sugerencia(informe.plantilla, [x.name for x in ficheros_de_plantillas(v)])
        yield f"{fichero}, plantilla: no está plantillas/{informe.plantilla}.{parecido}"
    roles = {rol for persona in v.oficina.personal for rol in persona.roles}
    for quien in ("elaboro", "visto_bueno", "recibe"):
        rol = getattr(informe, quien)
        if rol and rol not in roles:
            remedio = sugerencia(rol, roles) or " Póngalo en `roles` de alguien, en oficina.yaml."
            yield f"{fichero}, {quien}: nadie del personal tiene el rol «{rol}».{remedio}"


def _destinatarios(v: Ventanilla, informe: Informe, fichero: str) -> Iterator[str]:
    for clave in informe.destinatarios:
        try:
            v.oficina.destinatario(clave)
        except ErrorExpediente as error:
            yield f"{fichero}, destinatarios: {error.mensaje}"
