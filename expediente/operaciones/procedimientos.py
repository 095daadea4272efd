"""Los procedimientos de la oficina: verlos y probar que se pueden recorrer."""

from collections.abc import Callable
from pathlib import Path

from expediente.almacen.fichero_yaml import error_en
from expediente.almacen.oficina import claves_de
from expediente.almacen.reglas import (
    procedimiento_de_fichero,
    procedimiento_vigente,
    ruta_de_procedimiento,
)
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.procedimiento import (
    DOCUMENTOS_DE_EVENTOS,
    DocumentoEscrito,
    Procedimiento,
)
from expediente.nucleo.revision import Problema
from expediente.nucleo.revision_procedimiento import problemas_del_procedimiento
from expediente.operaciones.existencias import problemas_de_recursos
from expediente.operaciones.ventanilla import Ventanilla

CAMPOS_DEL_PROGRAMA = ("oficina", "oficio", "caso")
CAMPOS_DEL_EVENTO = ("evento",)
CAMPOS_DE_CADA_UNO = ("cada",)


def todos(v: Ventanilla) -> tuple[list[Procedimiento], list[Problema]]:
    """Los procedimientos legibles de la oficina, y los problemas de los que no lo son."""
    legibles, problemas = [], []
    for clave in claves_de(v.raiz, "procedimientos"):
        try:
            legibles.append(procedimiento_vigente(v.raiz, clave)[0])
        except ErrorExpediente as error:
            problemas.append(Problema(clave, error.mensaje))
    return legibles, problemas


def uno(v: Ventanilla, clave: str) -> Procedimiento:
    """El procedimiento de esa clave. Lanza NoExiste o DatosInvalidos."""
    return procedimiento_vigente(v.raiz, clave)[0]


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
    hallazgos = problemas_del_procedimiento(p, v.catalogos)
    problemas = [error_en(llaves, mensaje, texto, ruta).mensaje for llaves, mensaje in hallazgos]
    problemas += _problemas_de_la_oficina(v, p)
    problemas += problemas_de_recursos(v, p)
    for documento in p.documento.values():
        problemas += _problemas_de_la_plantilla(v, p, documento)
    return [Problema(p.clave, mensaje) for mensaje in problemas]


def _problemas_de_la_oficina(v: Ventanilla, p: Procedimiento) -> list[str]:
    """Lo que el procedimiento nombra y oficina.yaml no tiene."""
    dirigidos = [d.dirigido.oficina for d in p.documentos if d.dirigido and d.dirigido.oficina]
    copias = [clave for d in p.documentos for clave in d.ccp]

    def firma_hoy(rol: str) -> object:
        return v.oficina.firmante(rol, v.ahora.date())

    escritos = p.documento.values()
    libros = [d.libro for d in escritos if d.libro] + [n.libro for n in p.numeros]
    pedidos: list[tuple[Callable[[str], object], list[str]]] = [
        (v.oficina.serie, [p.serie]),
        (v.oficina.ente, [p.ente] if p.ente else []),
        (v.oficina.libro, libros),
        (v.oficina.destinatario, dirigidos + copias),
        (firma_hoy, [d.firma for d in p.documento.values() if d.firma]),
    ]
    problemas = []
    for buscar, claves in pedidos:
        for clave in dict.fromkeys(claves):
            try:
                buscar(clave)
            except NoExiste as error:
                problemas.append(f"{p.clave}: {error.mensaje}")
    return problemas


def _problemas_de_la_plantilla(
    v: Ventanilla, p: Procedimiento, documento: DocumentoEscrito
) -> list[str]:
    # Word pesa en el arranque: sólo lo cargan las órdenes que escriben un documento.
    from expediente.documentos.plantilla import compilar

    try:
        plantilla = compilar(v.raiz / "plantillas" / documento.plantilla)
    except ErrorExpediente as error:
        return [error.mensaje]
    conocidos = {
        *CAMPOS_DEL_PROGRAMA,
        *(CAMPOS_DEL_EVENTO if documento.clave in DOCUMENTOS_DE_EVENTOS else ()),
        *(CAMPOS_DE_CADA_UNO if documento.por_cada else ()),
        *(c.clave for c in p.campos),
        *(n.clave for n in p.numeros),
        *documento.calculados,
    }
    pedidos = {campo.split(".")[0].split("[")[0] for campo in plantilla.campos()}
    ajenos = [
        f"Plantilla {documento.plantilla}: pide «{pedido}», que «{p.clave}» no tiene."
        f"{sugerencia(pedido, conocidos)}"
        for pedido in sorted(pedidos - conocidos)
    ]
    sensibles = {
        *(pedidos & p.sensibles),
        *(n for c in documento.calculados.values() for n in c.nombres & p.sensibles),
    }
    return ajenos + [
        f"Plantilla {documento.plantilla}: «{dato}» es un dato sensible y no sale en documentos."
        for dato in sorted(sensibles)
    ]


def claves(v: Ventanilla) -> list[str]:
    """Las claves de los procedimientos de la oficina."""
    return claves_de(v.raiz, "procedimientos")
