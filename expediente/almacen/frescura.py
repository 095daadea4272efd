"""Si el índice sigue al día, mirando lo menos posible: marcas, reglas y qué día es."""

import time
from datetime import date
from pathlib import Path

from expediente.almacen.cambios import Marca, SeCortoElHilo, novedades
from expediente.almacen.firmas import recorrer_casos
from expediente.almacen.huellas import Vistazo
from expediente.almacen.indice import Indice
from expediente.almacen.marcas_leidas import anunciadas, marcas_vistas
from expediente.almacen.nombres import CASOS, REVISIONES
from expediente.nucleo.folio import leer_folio

# Mirar éstos es un parpadeo.
_POCOS = 2_000


def esta_al_dia(indice: Indice, visto: Vistazo) -> bool:
    """Si nada cambió desde la última vez; lo que se mira no depende de cuántos casos haya.

    Deja fijado lo que el índice dice, para leerlo. Puede lanzar OSError.
    """
    indice.fijar()
    if indice.ajuste("recorrido") != hoy() or not visto.asentado:
        return False
    if indice.ajuste("vistazo") != visto.dice:
        return False
    vistas, casos = marcas_vistas(indice), indice.raiz / CASOS
    try:
        nuevas, siguen = novedades(casos, vistas, time.time())
    except SeCortoElHilo:
        return False
    if nuevas or {x.numero for x in siguen} - {x.numero for x in vistas}:
        return False
    return not any(ya_publicada(casos, marca) for marca in anunciadas(indice))


def sin_tocar(indice: Indice) -> bool:
    """Si nadie cambió un caso sin dejar marca; de muchos no se mira: lo hará el recorrido."""
    if indice.cuantos() > _POCOS:
        return True
    return recorrer_casos(indice.raiz / CASOS, indice.vistos()) == ([], set())


def hoy() -> str:
    """El día en esta computadora: el índice es suyo y se recorre una vez en cada uno."""
    return date.today().isoformat()


def ya_publicada(casos: Path, marca: Marca) -> bool:
    """Si la revisión que se anunció ya está en la carpeta de su caso."""
    folio = leer_folio(marca.folio)
    if folio is None or str(folio) != marca.folio:
        return False
    carpeta = casos / f"{folio.anio:04d}" / marca.folio
    return (carpeta / REVISIONES / f"{marca.revision:06d}").is_dir()
