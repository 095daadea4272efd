"""Preguntar lo que falta al abrir, cuando hay una persona en la terminal."""

from dataclasses import replace

import typer

from expediente.almacen.reglas import procedimiento_vigente
from expediente.cli.ayuda import confirmar
from expediente.cli.pantalla import avisar
from expediente.nucleo.campo import Campo, ValorInvalido, convertir, hojas, opciones_de
from expediente.nucleo.captura import hojas_que_faltan
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.estado import Estado
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import repasar
from expediente.operaciones.ventanilla import Ventanilla


def preguntar_lo_que_falta(
    v: Ventanilla, procedimiento: str, datos: dict[str, str]
) -> dict[str, str]:
    """Los datos más los que se contesten del primer paso que captura.

    Con sólo Intro se deja para después: ningún dato impide abrir.
    """
    p, _ = procedimiento_vigente(v.raiz, procedimiento)
    avisar(f"{p.nombre}. Con sólo Intro, un dato se deja para después.")
    captura = {clave for paso in _pasos_al_abrir(v, p) for clave in p.por_clave[paso].captura}
    for campo in p.campos:
        if campo.clave in captura and not campo.sensible:
            datos = _preguntar_campo(v, p, campo, datos)
    return datos


def _pasos_al_abrir(v: Ventanilla, p: Procedimiento) -> tuple[str, ...]:
    return _estado(v, p, {}).pasos


def _estado(v: Ventanilla, p: Procedimiento, datos: dict[str, str]) -> Estado:
    apertura = Actuacion(1, "apertura", v.ahora, v.ahora, v.quien_teclea, datos=datos)
    return repasar(p, (apertura,))


def _preguntar_campo(
    v: Ventanilla, p: Procedimiento, campo: Campo, datos: dict[str, str]
) -> dict[str, str]:
    """Los datos con lo que se conteste de ese campo; en una lista, de cada elemento."""
    if not campo.lista:
        return _preguntar_hojas(v, p, campo, list(hojas(campo)), datos)
    for lugar in range(campo.lista):
        numerado = f"{campo.clave}.{lugar}"
        if any(clave.startswith(numerado) for clave in datos):
            continue
        otro = "otro " if lugar else ""
        if not confirmar(f"¿Hay {otro}{campo.nombre.lower()}?"):
            break
        partes = [replace(h, clave=h.clave.replace("#", str(lugar))) for h in hojas(campo)]
        datos = _preguntar_hojas(v, p, campo, partes, datos)
    return datos


def _preguntar_hojas(
    v: Ventanilla, p: Procedimiento, campo: Campo, partes: list[Campo], datos: dict[str, str]
) -> dict[str, str]:
    hechos = hechos_de(p, _estado(v, p, datos), v.catalogos)
    exigidas = {h.clave for h in hojas_que_faltan(campo, datos, hechos)}
    aplica = campo.obligatorio_si is None or campo.obligatorio_si.cumple(hechos)
    for hoja in partes:
        exigida = hoja.clave in exigidas or (bool(campo.lista) and hoja.obligatorio)
        # Las coordenadas no se dictan en una ventanilla.
        if hoja.clave in datos or not (exigida or (aplica and hoja.tipo != "decimal")):
            continue
        if respuesta := _preguntar(v, hoja, exigida):
            datos = {**datos, hoja.clave: respuesta}
    return datos


def _preguntar(v: Ventanilla, campo: Campo, exigida: bool) -> str:
    opciones = [opcion.nombre for opcion in opciones_de(campo, v.catalogos).values()]
    pista = f" ({', '.join(opciones)})" if opciones else ""
    pista += "" if exigida else " (opcional)"
    while True:
        escrito: str = typer.prompt(
            f"{campo.nombre}{pista}", default="", show_default=False, err=True
        )
        try:
            return convertir(campo, escrito, v.catalogos)
        except ValorInvalido as error:
            avisar(f"  {str(error)[0].upper()}{str(error)[1:]}")
