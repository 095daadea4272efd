"""Los datos que tiene cada documento, con el nombre con que los lee una persona.

Es la otra cara de `redaccion` y de quienes llenan informes, relaciones, carátulas y
manuales: ellos dan los valores. Una prueba compara estas tablas con lo que dan.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from expediente.documentos.rotulos import INDICE, ROTULOS
from expediente.documentos.vocabulario import LISTA, TEXTO, Dato
from expediente.nucleo.campo import Campo, partes_de
from expediente.nucleo.procedimiento import DOCUMENTOS_DE_EVENTOS, DocumentoEscrito, Procedimiento

DEL_CASO, CALCULADOS = "Datos del caso", "Calculados para este documento"

_DE_LAS_CARTAS = ("oficio", "caso", "evento", "recordatorio")


def datos_de(*raices: str) -> tuple[Dato, ...]:
    """Los datos de esas raíces: `datos_de("oficina", "informe")`."""
    return tuple(
        Dato(f"{raiz}.{ruta}", nombre, tipo[0] if tipo else TEXTO, grupo)
        for raiz in raices
        for grupo, tabla in (ROTULOS[raiz],)
        for ruta, nombre, *tipo in tabla
    )


def ausentes_de(datos: Iterable[Dato]) -> tuple[Dato, ...]:
    """Los de una carta que un documento no tiene: su membrete puede preguntar por ellos."""
    presentes = {dato.raiz for dato in datos}
    return datos_de(*(raiz for raiz in _DE_LAS_CARTAS if raiz not in presentes))


def datos_del_indice() -> tuple[Dato, ...]:
    """Los del índice de documentos que va en la carátula."""
    return (
        Dato("indice", "Los documentos del expediente", LISTA, "Índice"),
        *(Dato(f"indice[].{ruta}", nombre, grupo="Índice") for ruta, nombre in INDICE),
    )


def datos_de_la_carta(p: Procedimiento, documento: DocumentoEscrito) -> tuple[Dato, ...]:
    """Todo lo que puede usarse en un documento de ese procedimiento.

    Lleva también los sensibles, marcados: existen y no se imprimen.
    """
    propios = {dato.ruta: dato for dato in _del_caso(p)}
    propios |= {dato.ruta: dato for dato in _calculados(p, documento)}
    raices = ["oficio", "caso", "oficina"]
    if documento.clave in DOCUMENTOS_DE_EVENTOS:
        raices.insert(0, "evento")
    if documento.reitera:
        raices.insert(0, "recordatorio")
    tapados = (*raices, *(["cada"] if documento.por_cada else []))
    visibles = [dato for dato in propios.values() if dato.raiz not in tapados]
    return (*visibles, *_de_cada_uno(p, documento), *datos_de(*raices))


def _del_caso(p: Procedimiento) -> Iterator[Dato]:
    consultados = {n for x in p.pasos for s in x.salidas if s.si for n in s.si.nombres}
    for campo in p.campos:
        if campo.lista:
            opcional = not (campo.obligatorio or campo.obligatorio_si)
            yield Dato(campo.clave, campo.nombre, LISTA, DEL_CASO, campo.sensible, opcional)
        base = f"{campo.clave}[]" if campo.lista else campo.clave
        for dato in _del_campo(campo, base, DEL_CASO):
            # Si un paso pregunta si consta, ya sabe la oficina que puede faltar.
            yield replace(dato, opcional=dato.opcional and dato.ruta not in consultados)
    for numero in p.numeros:
        yield Dato(numero.clave, numero.nombre, "número", DEL_CASO)


def _del_campo(campo: Campo, base: str, grupo: str) -> Iterator[Dato]:
    partes = partes_de(campo)
    if not partes:
        opcional = not (campo.obligatorio or campo.obligatorio_si or campo.lista)
        yield Dato(base, campo.nombre, campo.tipo, grupo, campo.sensible, opcional)
    if campo.tipo == "persona":
        completo = f"{base}.nombre_completo"
        yield Dato(completo, f"{campo.nombre}: nombre completo", TEXTO, grupo, campo.sensible)
    for parte in partes:
        nombre = f"{campo.nombre}: {_en_minuscula(parte.nombre)}"
        exigida = parte.obligatorio or parte.obligatorio_si or parte.clave in campo.partes
        yield Dato(f"{base}.{parte.clave}", nombre, parte.tipo, grupo, campo.sensible, not exigida)
    if any(parte.tipo == "curp" or parte.clave == "sexo" for parte in partes):
        genero = f"{campo.nombre}: género, para el filtro «genero»"
        yield Dato(f"{base}.genero", genero, TEXTO, grupo, campo.sensible)


def _en_minuscula(nombre: str) -> str:
    """El nombre como va a media frase; una sigla se queda como está."""
    return nombre if nombre[:2].isupper() else nombre[:1].lower() + nombre[1:]


def _calculados(p: Procedimiento, documento: DocumentoEscrito) -> Iterator[Dato]:
    for clave, expresion in documento.calculados.items():
        sensible = bool(expresion.nombres & p.sensibles)
        hoja = p.hojas.get(expresion.escrita)
        dicho = f"Se calcula: {expresion.escrita}"
        nombre, tipo = (hoja.nombre, hoja.tipo) if hoja else (dicho, "calculado")
        yield Dato(clave, nombre, tipo, CALCULADOS, sensible)


def _de_cada_uno(p: Procedimiento, documento: DocumentoEscrito) -> Iterable[Dato]:
    campo = next((c for c in p.campos if c.clave == documento.por_cada), None)
    return _del_campo(campo, "cada", "Cada uno de la lista") if campo else ()
