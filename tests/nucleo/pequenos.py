"""Procedimientos de tres renglones, escritos en la propia prueba, y casos suyos.

caso = abierto(de(PASOS))
caso.dar(paso="revisar")
evento(caso, "suspender", nota="Falta un dictamen.")
"""

from dataclasses import replace
from functools import cache

from expediente.almacen.texto_yaml import cargar
from expediente.nucleo.ajustes import Persona
from expediente.nucleo.deshacer import lo_ultimo, papeles_al_deshacer
from expediente.nucleo.lectura_procedimiento import leer_procedimiento
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.reglas_de_eventos import paso_al_reabrir, revisar_evento
from expediente.nucleo.repaso import repasar
from expediente.nucleo.revision_procedimiento import problemas_del_procedimiento
from tests.nucleo.tramite import PERSONAL, Tramite, catalogos, nueva

CABEZA = """\
clave: pequeno
nombre: Pequeño
version: '1'
prefijo: PQ
serie: 1S.1
manual: {clave: A-REC, nombre: Recepción}
roles:
  - {clave: auxiliar, nombre: Auxiliar}
  - {clave: direccion, nombre: Dirección}
apertura: recibir
"""


@cache
def de(cuerpo: str) -> Procedimiento:
    """El procedimiento con ese cuerpo, que no tiene ningún problema."""
    p = leer_procedimiento(cargar(CABEZA + cuerpo))
    assert problemas_del_procedimiento(p, catalogos()) == []
    return p


def abierto(p: Procedimiento, el: str = "2026-11-20 09:00", **datos: str) -> Tramite:
    """Un caso recién abierto; los datos llevan `__` donde va el punto."""
    claros = {k.replace("__", "."): v for k, v in datos.items()}
    apertura = replace(nueva("apertura", el), paso=p.apertura, datos=claros)
    return Tramite(p, "PQ-2026-0001").asentar(apertura).cumplir(el)


def evento(
    caso: Tramite,
    clave: str,
    el: str = "2026-11-20 11:00",
    por: Persona | None = None,
    nota: str | None = "Así convino.",
    **detalle: str,
) -> Tramite:
    """El caso con ese evento, si cabe."""
    p, estado = caso.procedimiento, caso.estado
    tipo = revisar_evento(p, estado, clave, por, PERSONAL).tipo
    if clave == "reabrir":
        detalle = {"pasos": paso_al_reabrir(p, estado, detalle.get("paso"))}
    return caso.asentar(replace(nueva(tipo, el), nota=nota, detalle=detalle)).cumplir(el)


def deshacer(caso: Tramite, el: str = "2026-11-20 12:00") -> Tramite:
    """El caso sin lo último que lo movió."""
    p = caso.procedimiento
    ultima, numeros = lo_ultimo(caso.actuaciones)
    marca = replace(nueva("deshecho", el), paso=ultima.paso, detalle={"deshace": " ".join(numeros)})
    despues = repasar(p, (*caso.actuaciones, replace(marca, numero=len(caso.actuaciones) + 1)))
    papeles = papeles_al_deshacer(p, caso.estado, despues)
    return caso.asentar(replace(marca, documentos=papeles)).cumplir(el)
