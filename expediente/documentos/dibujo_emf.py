"""El diagrama de flujo como metafichero de Windows (EMF): la imagen que va en el Word."""

from expediente.documentos.metafichero import metafichero
from expediente.documentos.tinta import entintar
from expediente.nucleo.diagrama import Diagrama


def en_emf(d: Diagrama) -> bytes:
    """El diagrama como fichero EMF, de `d.ancho` por `d.alto` puntos."""
    return metafichero(d.ancho, d.alto, (t for grupo in entintar(d) for t in grupo.trazos))
