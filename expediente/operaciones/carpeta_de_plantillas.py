"""La carpeta de plantillas de la oficina: cuáles hay, cuáles están abiertas, y usar una."""

from pathlib import Path
from typing import TYPE_CHECKING

from expediente.almacen.abiertos import abierto
from expediente.almacen.fabrica import carpeta_de_fabrica
from expediente.documentos.otro_formato import OTROS_FORMATOS, en_otros_formatos
from expediente.nucleo.aviso_de_abierto import es_aviso_de_abierto
from expediente.operaciones.ventanilla import Ventanilla

if TYPE_CHECKING:
    from expediente.documentos.plantilla import Plantilla

PLANTILLAS, IMAGENES = "plantillas", "imagenes"
# La hoja de la que salen el membrete y el pie de las demás.
MEMBRETE = "membrete.docx"
CARATULA, LIBRO, MANUAL = "caratula.docx", "libro-oficios.docx", "manual-procedimiento.docx"
# Las llena el programa sin que la oficina las nombre: una oficina puede ser más vieja que ellas.
DEL_PROGRAMA = (CARATULA, LIBRO, MANUAL)


def ficheros_de_plantillas(v: Ventanilla) -> list[Path]:
    """Los .docx de la carpeta, sin los que Word y LibreOffice dejan al tenerlos abiertos."""
    hallados = (v.raiz / PLANTILLAS).glob("*.docx")
    return sorted(
        ruta
        for ruta in hallados
        if not ruta.name.startswith(".") and not es_aviso_de_abierto(ruta.name)
    )


def plantillas_en_otro_formato(v: Ventanilla) -> list[Path]:
    """Las que alguien guardó como .doc, .odt… y les falta ser .docx."""
    return list(en_otros_formatos(v.raiz / PLANTILLAS))


def plantillas_abiertas(v: Ventanilla) -> set[str]:
    """Los nombres de las que alguien tiene abiertas en Word o en LibreOffice."""
    return {ruta.name for ruta in ficheros_de_plantillas(v) if abierto(ruta)}


def fichero_de_plantilla(escrito: str) -> str:
    """El .docx que se nombra, se escriba con o sin su extensión, o con la de otro formato."""
    base, punto, extension = escrito.rpartition(".")
    nombre = base if punto + extension.lower() in (*OTROS_FORMATOS, ".docx") else escrito
    return f"{nombre}.docx"


def ruta_de_plantilla(v: Ventanilla, fichero: str) -> Path:
    """Dónde está esa plantilla; la del programa que la oficina no tiene, en la fábrica."""
    ruta = v.raiz / PLANTILLAS / fichero
    if fichero in DEL_PROGRAMA and not ruta.is_file():
        return carpeta_de_fabrica() / PLANTILLAS / fichero
    return ruta


def plantilla_de(v: Ventanilla, fichero: str) -> "Plantilla":
    """Esa plantilla, compilada, con las imágenes de la oficina.

    Lanza NoExiste si no está, y PlantillaMalEscrita con todo lo que tenga mal.
    """
    # Word pesa en el arranque: sólo lo cargan las órdenes que escriben o miran un documento.
    from expediente.documentos.plantilla import compilar

    return compilar(ruta_de_plantilla(v, fichero), v.raiz / IMAGENES)
