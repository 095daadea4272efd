"""Los hechos de un caso, con su tipo y nombre, como los consultan las condiciones."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from expediente.nucleo.campo import (
    Campo,
    Catalogo,
    elementos_de,
    hojas,
    opciones_de,
    partes_de,
    valor,
)
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.estado import CANCELADO, Estado
from expediente.nucleo.periodos import periodo_dado
from expediente.nucleo.procedimiento import Procedimiento, nombre_de_hecho
from expediente.nucleo.reiteracion import cuenta_de_recordatorios

# El catálogo de por dónde llega lo que llega.
CANALES = "canales"

_EN_UNA_LISTA = re.compile(r"^([^.]+)\.\d+")


def hechos_de(
    p: Procedimiento, estado: Estado, catalogos: Mapping[str, Catalogo]
) -> dict[str, Any]:
    """Los hechos que consultan las condiciones, con su tipo y nombre completo."""
    hechos: dict[str, Any] = {
        "situacion": estado.situacion_final or estado.situacion,
        "canal": estado.canal,
        "recibido": estado.abierto,
        "abierto": estado.abierto_ahora,
    }
    if canal := catalogos.get(CANALES, {}).get(estado.canal or ""):
        hechos["canal.nombre"] = canal.nombre
    if estado.concluido:
        hechos["concluido"] = estado.concluido
    for clave, escrito in estado.datos.items():
        hechos |= _hechos_del_dato(p, clave, escrito, catalogos)
    for campo in p.campos:
        hechos |= _hechos_compuestos(campo, estado)
    for paso, momento in estado.ocurrio.items():
        hechos[f"ocurrio.{nombre_de_hecho(paso)}"] = momento
        hechos[f"actuo.{nombre_de_hecho(paso)}"] = estado.actuo.get(paso)
    for paso, nota in estado.notas.items():
        if nota:
            hechos[f"nota.{nombre_de_hecho(paso)}"] = nota
    for paso, clave in estado.resultado.items():
        hechos[f"resultado.{nombre_de_hecho(paso)}"] = clave
    for doc in estado.documentos:
        if doc.emitido and doc.estado != CANCELADO:
            clave = nombre_de_hecho(doc.clave)
            hechos[f"emitido.{clave}"] = doc.emitido
            hechos[f"numero.{clave}"] = doc.numero
    for clave, cuantos in cuenta_de_recordatorios(p, estado):
        hechos[f"recordatorios.{nombre_de_hecho(clave)}"] = cuantos
    for nodo in p.pasos:
        llegada = estado.llegadas.get(nodo.clave)
        if nodo.repite and llegada and (periodo := periodo_dado(nodo.repite, llegada)):
            hechos[f"periodo.{nombre_de_hecho(nodo.clave)}"] = periodo
        for salida in nodo.salidas:
            if salida.clave:
                llave = f"veces.{nombre_de_hecho(nodo.clave)}.{nombre_de_hecho(salida.clave)}"
                hechos[llave] = estado.veces.get((nodo.clave, salida.clave), 0)
    return hechos


def _hechos_del_dato(
    p: Procedimiento, clave: str, escrito: str, catalogos: Mapping[str, Catalogo]
) -> dict[str, Any]:
    hoja = p.hojas.get(clave) or p.hojas.get(_EN_UNA_LISTA.sub(r"\1.#", clave))
    if hoja is None:
        return {clave: escrito}
    hechos: dict[str, Any] = {clave: valor(hoja, escrito)}
    if hoja.tipo == "opcion" and (opcion := opciones_de(hoja, catalogos).get(escrito)):
        hechos[f"{clave}.nombre"] = opcion.nombre
        for atributo, dicho in opcion.atributos.items():
            hechos[f"{clave}.{atributo}"] = dicho == "sí" if dicho in ("sí", "no") else dicho
    return hechos


def _hechos_compuestos(campo: Campo, estado: Estado) -> dict[str, Any]:
    if campo.lista:
        return _hechos_de_lista(campo, estado)
    if campo.tipo == "persona" and (nombre := nombre_completo(estado.datos, campo.clave)):
        return {campo.clave: nombre, f"{campo.clave}.nombre_completo": nombre}
    return {}


def _hechos_de_lista(campo: Campo, estado: Estado) -> dict[str, Any]:
    """La lista de elementos y, de cada parte, la de sus valores: `cotizaciones.precio`."""
    numeros = elementos_de(campo.clave, estado.datos)
    hechos: dict[str, Any] = {campo.clave: [f"{campo.clave}.{n}" for n in numeros]}
    for hoja in hojas(campo):
        claves = [hoja.clave.replace("#", n) for n in numeros]
        dichos = [valor(hoja, estado.datos[c]) for c in claves if c in estado.datos]
        hechos[hoja.clave.replace(".#", "", 1)] = (
            dichos if partes_de(campo) else hechos[campo.clave]
        )
    return hechos


def fecha_dicha(condicion: Condicion | None, hechos: Mapping[str, Any]) -> date | None:
    """El día que da una expresión; None si no hay expresión o lo suyo no consta."""
    dicha = condicion.evaluar(hechos) if condicion else None
    if isinstance(dicha, datetime):
        return dicha.date()
    return dicha if isinstance(dicha, date) else None


def nombre_completo(datos: Mapping[str, str], clave: str) -> str:
    """Nombre(s) y apellidos de una persona del caso; «» si no consta."""
    partes = ("nombres", "primer_apellido", "segundo_apellido")
    return " ".join(datos[f"{clave}.{parte}"] for parte in partes if f"{clave}.{parte}" in datos)
