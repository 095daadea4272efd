"""Preguntar lo que falta al abrir, cuando hay una persona en la terminal."""

import typer

from expediente.almacen.reglas import procedimiento_vigente
from expediente.cli.pantalla import avisar
from expediente.nucleo.campo import Campo, ValorInvalido, convertir, opciones_de
from expediente.nucleo.captura import hojas_que_faltan
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.estado import repasar
from expediente.nucleo.hechos import hechos_de
from expediente.operaciones.ventanilla import Ventanilla


def preguntar_lo_que_falta(
    v: Ventanilla, procedimiento: str, datos: dict[str, str]
) -> dict[str, str]:
    """Los datos más los que se contesten del primer paso que captura.

    Con sólo Intro se deja para después: ningún dato impide abrir.
    """
    p, _ = procedimiento_vigente(v.raiz, procedimiento)
    avisar(f"{p.nombre}. Con sólo Intro, un dato se deja para después.")
    dejados: set[str] = set()
    while campo := _siguiente_campo(v, procedimiento, datos, dejados):
        respuesta = _preguntar(v, campo)
        if respuesta:
            datos = {**datos, campo.clave: respuesta}
        else:
            dejados.add(campo.clave)
    return datos


def _siguiente_campo(
    v: Ventanilla, procedimiento: str, datos: dict[str, str], dejados: set[str]
) -> Campo | None:
    """El primer dato exigido que no consta ni se dejó para después."""
    p, _ = procedimiento_vigente(v.raiz, procedimiento)
    apertura = Actuacion(1, "apertura", v.ahora, v.ahora, v.quien_teclea, datos=datos)
    estado = repasar(p, (apertura,))
    hechos = hechos_de(p, estado, v.catalogos)
    captura = {clave for paso in estado.pasos for clave in p.por_clave[paso].captura}
    for campo in p.campos:
        if campo.clave in captura:
            for hoja in hojas_que_faltan(campo, datos, hechos):
                if hoja.clave not in dejados:
                    return hoja
    return None


def _preguntar(v: Ventanilla, campo: Campo) -> str:
    opciones = [opcion.nombre for opcion in opciones_de(campo, v.catalogos).values()]
    pista = f" ({', '.join(opciones)})" if opciones else ""
    while True:
        escrito: str = typer.prompt(
            f"{campo.nombre}{pista}", default="", show_default=False, err=True
        )
        try:
            return convertir(campo, escrito, v.catalogos)
        except ValorInvalido as error:
            avisar(f"  {str(error)[0].upper()}{str(error)[1:]}")
