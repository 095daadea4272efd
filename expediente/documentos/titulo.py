"""El título que un documento de Word lleva en sus propiedades."""

from pathlib import Path

from lxml import etree

from expediente.documentos.paquete import leer_paquete
from expediente.nucleo.errores import ErrorExpediente

_PROPIEDADES = "docProps/core.xml"
_TITULO = "{http://purl.org/dc/elements/1.1/}title"


def titulo_de(ruta: Path) -> str:
    """El título del documento; «» si no lo dice o no se puede leer."""
    try:
        propiedades = leer_paquete(ruta).get(_PROPIEDADES)
    except ErrorExpediente:
        return ""
    if propiedades is None:
        return ""
    lector = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    raiz = etree.fromstring(propiedades.contenido, lector)
    return (raiz.findtext(_TITULO) or "").strip() if raiz is not None else ""
