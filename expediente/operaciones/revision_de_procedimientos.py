"""Probar que un procedimiento se puede recorrer en esta oficina, con sus plantillas.

Aparte de `procedimientos`: dar un paso los lee, y no debe cargar lo que sólo sirve aquí.
"""

from collections.abc import Iterator
from pathlib import Path

from expediente.almacen.fichero_yaml import error_en
from expediente.almacen.reglas import procedimiento_de_fichero, ruta_de_procedimiento
from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.nucleo.forma import Ruta
from expediente.nucleo.procedimiento import DocumentoEscrito, Procedimiento
from expediente.nucleo.puestos import roles_sin_nadie
from expediente.nucleo.revision import Problema
from expediente.nucleo.revision_procedimiento import (
    Hallazgo,
    documentos_que_nadie_emite,
    problemas_del_procedimiento,
)
from expediente.operaciones.emisor import emisor_de
from expediente.operaciones.existencias import problemas_de_recursos
from expediente.operaciones.revision_de_plantillas import fallos_de
from expediente.operaciones.ventanilla import Ventanilla


def problemas_de(v: Ventanilla, escrito: str) -> list[Problema]:
    """Lo que impide usar un procedimiento, dicho por su clave o por su fichero.

    Cada mensaje lleva fichero, renglón y remedio.
    """
    ruta = Path(escrito)
    if ruta.suffix != ".yaml":
        ruta = ruta_de_procedimiento(v.raiz, escrito)
    try:
        p, texto = procedimiento_de_fichero(ruta)
    except DatosInvalidos as error:
        return [Problema(ruta.stem, error.mensaje)]
    de_la_regla = problemas_del_procedimiento(p, v.catalogos)
    hallazgos = [
        *de_la_regla,
        *documentos_que_nadie_emite(p),
        *_problemas_de_la_oficina(v, p),
        *roles_sin_nadie(v.oficina, p),
        *problemas_de_recursos(v, p),
    ]
    for documento in p.documento.values():
        donde = _lugar_de(p, documento, "plantilla")
        emisor = emisor_de(v, p, documento, sano=not de_la_regla)
        hallazgos += [(donde, fallo.mensaje) for fallo in fallos_de(v, emisor)]
    return [Problema(p.clave, error_en(*x, texto, ruta).mensaje) for x in hallazgos]


def _problemas_de_la_oficina(v: Ventanilla, p: Procedimiento) -> Iterator[Hallazgo]:
    """Lo que el procedimiento nombra y oficina.yaml no tiene; una vez cada cosa."""
    oficina = v.oficina
    hay = {
        "serie": (oficina.serie, "series", [x.clave for x in oficina.series]),
        "ente": (oficina.ente, "entes", [x.clave for x in oficina.entes]),
        "libro": (oficina.libro, "libros", [x.clave for x in oficina.libros]),
        "destinatario": (
            oficina.destinatario,
            "destinatarios",
            [x.clave for x in oficina.destinatarios],
        ),
        "firma": (lambda rol: oficina.firmante(rol, v.ahora.date()), "firmas", []),
    }
    dichos = set()
    for que, clave, donde in _lo_que_nombra(p):
        if clave is None or (que, clave) in dichos:
            continue
        dichos.add((que, clave))
        buscar, seccion, conocidos = hay[que]
        try:
            buscar(clave)
        except NoExiste as error:
            remedio = f" Hay: {', '.join(conocidos)}. Corríjalo o complete `{seccion}` ahí."
            yield donde, error.mensaje + (remedio if conocidos else "")


def _lo_que_nombra(p: Procedimiento) -> Iterator[tuple[str, str | None, Ruta]]:
    """(qué es, su clave, dónde está dicho) de lo que el procedimiento pide a la oficina."""
    yield "serie", p.serie, ("serie",)
    yield "ente", p.ente, ("ente",)
    for documento in p.documento.values():
        dirigido = documento.dirigido.oficina if documento.dirigido else None
        yield "libro", documento.libro, _lugar_de(p, documento, "libro")
        yield "destinatario", dirigido, _lugar_de(p, documento, "dirigido")
        yield "firma", documento.firma, _lugar_de(p, documento, "firma")
        for copia in documento.ccp:
            yield "destinatario", copia, _lugar_de(p, documento, "ccp")
    for i, numero in enumerate(p.numeros):
        yield "libro", numero.libro, ("numeros", i, "libro")


def _lugar_de(p: Procedimiento, documento: DocumentoEscrito, llave: str) -> Ruta:
    """Dónde dice el fichero eso de un documento; los de los eventos los dice `eventos`."""
    if documento in p.documentos:
        return ("documentos", p.documentos.index(documento), llave)
    return ("eventos",) if llave == "plantilla" else ("eventos", llave)
