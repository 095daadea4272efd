"""Revisar la oficina entera o unos casos: todo lo que está mal, sin cambiar nada.

Con `reparar` se hace lo que no pide criterio: poner al día copias atrasadas y el libro,
terminar lo que un apagón dejó a medias y barrer temporales.
"""

import re
from pathlib import Path

from expediente.almacen import carpetas, casos, registro
from expediente.almacen.abiertos import abiertos_en
from expediente.almacen.disco import TEMPORAL, barrer_temporales, errores_de_disco, sha256_de
from expediente.almacen.oficina import claves_de
from expediente.almacen.reglas import leer_calendario, leer_catalogos
from expediente.nucleo.aviso_de_abierto import es_aviso_de_abierto
from expediente.nucleo.encabezado import encabezado_de
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.fecha import momento_en_palabras
from expediente.nucleo.folio import leer_folio
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.puestos import roles_mal_escritos
from expediente.nucleo.revision import Hallado, Problema, problemas_del_caso
from expediente.operaciones import catalogos
from expediente.operaciones.abrir import completar
from expediente.operaciones.asunto import Asunto, asentar, plazo_que_corre, tomar, tomar_carpeta
from expediente.operaciones.auditoria_del_libro import auditar
from expediente.operaciones.avanzar import reponer_anexos
from expediente.operaciones.documentos_del_caso import borradores_sobrantes, quitar_borradores
from expediente.operaciones.duplicados import reconstruir_marcas
from expediente.operaciones.existencias import problemas_de_existencias
from expediente.operaciones.libro_al_dia import anular_sobrantes, poner_al_dia_el_libro
from expediente.operaciones.libro_de_oficios import tramos
from expediente.operaciones.procedimientos import todos
from expediente.operaciones.relaciones import problemas_de_cortes
from expediente.operaciones.revision_de_entregas import (
    problemas_de_entregas,
    reponer_copias_de_entregas,
)
from expediente.operaciones.revision_de_indicadores import problemas_de_indicadores
from expediente.operaciones.revision_de_informes import problemas_de_informes
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.revision_de_tablero import problemas_de_tablero
from expediente.operaciones.revision_de_tiradas import problemas_de_tiradas
from expediente.operaciones.ventanilla import Ventanilla

TEMPORAL_VIEJO_SEGUNDOS = 3600


def revisar(v: Ventanilla, folios: list[str], reparar: bool = False) -> list[Problema]:
    """Los problemas de esos casos; sin decir cuáles, los de toda la oficina.

    Con `reparar` primero arregla lo que puede y devuelve lo que queda.
    """
    carpetas_de_casos = (
        [carpetas.carpeta_existente(v.raiz, folio) for folio in folios]
        if folios
        else [carpetas.carpeta_de(v.raiz, folio) for folio in carpetas.folios(v.raiz)]
    )
    problemas: list[Problema] = []
    for carpeta in carpetas_de_casos:
        problemas += _revisar_carpeta(v, carpeta, reparar)
    if not folios:
        if reparar:
            anular_sobrantes(v)
            reponer_copias_de_entregas(v)
            barrer_temporales(v.raiz, _hace_rato(v))
            reconstruir_marcas(v)
        problemas += _problemas_de_la_oficina(v)
    return problemas


def _hace_rato(v: Ventanilla) -> float:
    """Un temporal anterior ya no es de nadie que esté trabajando."""
    return v.ahora.timestamp() - TEMPORAL_VIEJO_SEGUNDOS


def _revisar_carpeta(v: Ventanilla, carpeta: Path, reparar: bool) -> list[Problema]:
    try:
        asunto = tomar_carpeta(v, carpeta)
        if reparar:
            asunto = _reparar(v, asunto)
        hallado = problemas_del_caso(_hallado(v, asunto))
        return [*hallado, *_atrasos(asunto), *_de_otro_dia(v, asunto)]
    except ErrorExpediente as error:
        return [Problema(carpeta.name, error.mensaje)]


def _reparar(v: Ventanilla, asunto: Asunto) -> Asunto:
    casos.reponer_copia(asunto.leido)
    reponer_anexos(asunto)
    if asunto.por_adoptar:
        asunto = asentar(v, asunto)
    asunto = completar(v, asunto)
    quitar_borradores(asunto)
    poner_al_dia_el_libro(v, asunto)
    return tomar(v, asunto.folio)


def _hallado(v: Ventanilla, asunto: Asunto) -> Hallado:
    carpeta, caso = asunto.carpeta, asunto.leido.caso
    sumas = {}
    with errores_de_disco(carpeta):
        for nombre in ("documentos", "anexos"):
            if (carpeta / nombre).is_dir():
                for fichero in (carpeta / nombre).iterdir():
                    if fichero.is_file() and not es_aviso_de_abierto(fichero.name):
                        sumas[f"{nombre}/{fichero.name}"] = sha256_de(fichero)
        nombres = tuple(sorted(f.name for f in carpeta.iterdir() if f.is_file()))
    corre = plazo_que_corre(v, asunto.procedimiento, asunto.estado)
    esperado = encabezado_de(
        asunto.procedimiento, caso.folio, asunto.estado, asunto.actuaciones, corre
    )
    if asunto.por_adoptar:
        esperado = dict(caso.encabezado)
    abiertos = [str(a) for n in ("documentos", "anexos") for a in abiertos_en(carpeta / n)]
    return Hallado(caso, asunto.estado, esperado, sumas, nombres, tuple(abiertos))


def _atrasos(asunto: Asunto) -> list[Problema]:
    sobrantes = [
        Problema(asunto.folio, f"sobra el borrador {ruta.name}: ya no vale; lo quita --reparar.")
        for ruta in borradores_sobrantes(asunto)
    ]
    return [*sobrantes, *_copia_atrasada(asunto)]


def _copia_atrasada(asunto: Asunto) -> list[Problema]:
    lectura = asunto.leido.lectura
    if asunto.por_adoptar:
        mensaje = "hay una corrección a mano por adoptar (se adopta sola con el siguiente cambio)."
    elif lectura.visible != lectura.texto and not lectura.editado:
        mensaje = "su expediente.yaml está atrasado; póngalo al día con --reparar."
    else:
        return []
    return [Problema(asunto.folio, mensaje)]


def _de_otro_dia(v: Ventanilla, asunto: Asunto) -> list[Problema]:
    """Lo que se capturó con un reloj adelantado: hasta ese día no cuenta en ningún informe."""
    ultimo = max(a.capturado for a in asunto.leido.caso.actuaciones)
    if ultimo.date() <= v.ahora.date():
        return []
    dia = momento_en_palabras(ultimo)
    mensaje = f"algo suyo se capturó con el reloj adelantado ({dia}); antes de ese día no se cuenta"
    return [Problema(asunto.folio, f"{mensaje}. Revise la fecha de la computadora.")]


def _problemas_de_la_oficina(v: Ventanilla) -> list[Problema]:
    legibles = todos(v)[0]
    problemas = list(_carpetas_extranas(v))
    problemas += catalogos.problemas_de_cada_uno(v, legibles, claves_de(v.raiz, "catalogos"))
    problemas += _problemas_de_roles(v, legibles)
    problemas += problemas_de_existencias(v)
    try:
        list(leer_catalogos(v.raiz).values())
    except ErrorExpediente:
        return problemas  # ya se dijo cuál y dónde, y sin él no se revisa lo demás
    try:
        leer_calendario(v.raiz, v.oficina)
    except ErrorExpediente as error:
        return [*problemas, Problema("oficina", error.mensaje)]
    for clave in claves_de(v.raiz, "procedimientos"):
        problemas += problemas_de(v, clave)
    problemas += problemas_de_cortes(v)
    problemas += problemas_de_informes(v)
    problemas += problemas_de_indicadores(v)
    problemas += problemas_de_tablero(v)
    problemas += problemas_de_entregas(v)
    problemas += problemas_de_tiradas(v)
    for auditoria in auditar(v):
        serie = f"libro {auditoria.libro} {auditoria.anio}"
        if huecos := auditoria.huecos:
            faltan = "falta el número" if len(huecos) == 1 else "faltan los números"
            problemas.append(Problema(serie, f"{faltan} {tramos(huecos)}."))
        problemas += [Problema(serie, dicho) for dicho in auditoria.problemas]
    return problemas


def _problemas_de_roles(v: Ventanilla, legibles: list[Procedimiento]) -> list[Problema]:
    """Los roles mal escritos; los que nadie desempeña los dice cada procedimiento."""
    return [Problema("oficina", dicho) for dicho in roles_mal_escritos(v.oficina, legibles)]


def _discreto(nombre: str) -> str:
    """El nombre como para hallar la carpeta; lo que alguien le añadió puede ser un dato."""
    visible = re.match(r"\.tmp-.*|[A-Z]{1,6}-\d{4}-\d+|.{0,3}", nombre)
    assert visible is not None
    return visible[0] if visible[0] == nombre else f"{visible[0]}…"


def _carpetas_extranas(v: Ventanilla) -> list[Problema]:
    """Lo que está entre los expedientes y no es uno: nunca se salta en silencio."""
    problemas = []
    for anio in sorted(carpetas.carpeta_de_casos(v.raiz).glob("[0-9]*")):
        for carpeta in sorted(anio.iterdir()):
            if carpeta.name.startswith(TEMPORAL):
                mensaje = (
                    "es de una orden que alguien está dando, o un resto de una orden interrumpida; "
                    "--reparar lo barre pasada una hora."
                )
            elif leer_folio(carpeta.name) is None:
                mensaje = "no es un expediente; apártelo."
            elif not (carpeta / registro.REVISIONES).is_dir():
                mensaje = "le faltan sus revisiones (.revisiones); recupérelas del respaldo."
            else:
                continue
            problemas.append(Problema(f"{anio.name}/{_discreto(carpeta.name)}", mensaje))
    return problemas
