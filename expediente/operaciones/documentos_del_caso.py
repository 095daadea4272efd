"""Los documentos en la carpeta de un caso: cómo se llaman, y ninguno pisa a otro ya emitido."""

from pathlib import Path

from expediente.almacen.abiertos import abierto, exigir_cerrado
from expediente.almacen.disco import errores_de_disco, escribir_entero, hacer_carpeta
from expediente.almacen.versiones import ruta_libre
from expediente.nucleo.estado import PENDIENTES, RESERVADO, Documento
from expediente.operaciones.asunto import Asunto

CARPETA = "documentos"
DE_BORRADOR = "_BORRADOR.docx"
# Los estados en que su borrador, si lo hay, todavía sirve.
VIVOS = (RESERVADO, *PENDIENTES)


def nombre_del_documento(clave: str, numero: str | None) -> str:
    """Cómo se llama su fichero, sin «.docx»: «oficio-DIF-DG-012-2026»."""
    fichero = clave.replace(".", "-")
    return f"{fichero}-{numero.replace('/', '-')}" if numero else fichero


def ruta_del_borrador(asunto: Asunto, doc: Documento) -> Path:
    """Dónde está, o estaría, el borrador de ese documento."""
    nombre = nombre_del_documento(doc.clave, doc.numero)
    return asunto.carpeta / CARPETA / f"{nombre}{DE_BORRADOR}"


def guardar_documento(
    asunto: Asunto, clave: str, numero: str | None, borrador: bool, contenido: bytes
) -> str:
    """Deja el documento en la carpeta del caso sin pisar otro ya emitido."""
    nombre = nombre_del_documento(clave, numero)
    carpeta = asunto.carpeta / CARPETA
    hacer_carpeta(carpeta)
    if borrador:
        ruta = carpeta / f"{nombre}{DE_BORRADOR}"
    else:
        ruta = ruta_libre(carpeta / f"{nombre}.docx", contenido)
    if ruta.exists():
        exigir_cerrado(ruta)
    escribir_entero(ruta, contenido)
    return f"{CARPETA}/{ruta.name}"


def quitar_borradores(asunto: Asunto) -> None:
    """Borra los borradores que ya no valen: su documento se emitió o se canceló.

    El que alguien mira en Word se queda hasta la siguiente vez.
    """
    for ruta in borradores_sobrantes(asunto):
        if not abierto(ruta):
            with errores_de_disco(ruta):
                ruta.unlink(missing_ok=True)


def avisos_de_borradores_abiertos(asunto: Asunto) -> list[str]:
    """Qué borradores que ya no valen tiene alguien abiertos, y qué debe hacer."""
    return [
        f"El borrador {dicho}; ya no vale: que lo cierre sin guardar. Después lo quita: expediente "
        f"revisar --reparar {asunto.folio}"
        for dicho in map(abierto, borradores_sobrantes(asunto))
        if dicho
    ]


def borradores_sobrantes(asunto: Asunto) -> list[Path]:
    """Los borradores que siguen en la carpeta y cuyo documento ya se emitió o se canceló."""
    documentos = asunto.estado.documentos
    vivos = {ruta_del_borrador(asunto, d) for d in documentos if d.estado in VIVOS}
    rutas = dict.fromkeys(ruta_del_borrador(asunto, d) for d in documentos)
    return [ruta for ruta in rutas if ruta not in vivos and ruta.is_file()]
