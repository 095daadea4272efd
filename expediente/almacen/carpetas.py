"""La carpeta de cada caso: dónde está, cómo se lee y cómo se publica su cambio."""

import re
from collections.abc import Iterator
from pathlib import Path

from expediente.almacen import nombres, registro
from expediente.almacen.disco import errores_de_disco
from expediente.almacen.fichero_yaml import mapa_de_texto
from expediente.nucleo.errores import DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.folio import Folio, con_ceros, leer_folio, repetible

FICHERO = nombres.FICHERO
# Donde acaba el encabezado y empieza la historia.
_HISTORIA = "\nactuaciones:\n"


def carpeta_de_casos(raiz: Path) -> Path:
    """Donde están los casos de la oficina."""
    return raiz / nombres.CASOS


def carpeta_de(raiz: Path, folio: Folio) -> Path:
    """La carpeta de ese folio, exista o no."""
    return carpeta_de_casos(raiz) / f"{folio.anio:04d}" / str(folio)


def folios(raiz: Path) -> Iterator[Folio]:
    """Los folios que hay, por año y en orden; ignora lo que no es un expediente."""
    casos = carpeta_de_casos(raiz)
    if not casos.is_dir():
        return
    with errores_de_disco(casos):
        for anio in sorted(a for a in casos.iterdir() if re.fullmatch(r"\d{4}", a.name)):
            leidos = (leer_folio(c.name) for c in anio.iterdir() if not c.name.startswith("."))
            yield from sorted(folio for folio in leidos if folio)


def carpeta_existente(raiz: Path, escrito: str) -> Path:
    """La carpeta de un folio escrito por una persona.

    Lanza NoExiste con el folio más parecido si no lo hay.
    """
    folio = leer_folio(con_ceros(escrito))
    if folio:
        carpeta = carpeta_de(raiz, folio)
        if (carpeta / registro.REVISIONES).is_dir():
            return carpeta
    parecido = sugerencia(escrito.upper(), (str(f) for f in folios(raiz)))
    raise NoExiste(f"No existe el expediente {folio or repetible(escrito)}.{parecido}")


def leer_encabezado(carpeta: Path) -> tuple[dict[str, object], bool]:
    """El encabezado de la revisión vigente, sin leer la historia, y si fue editado a mano.

    Es lo que necesita una lista: lo escribió el programa y `revisar` lo comprueba.
    """
    lectura = registro.leer(carpeta, FICHERO)
    ruta = carpeta / registro.REVISIONES / f"{lectura.revision:06d}" / FICHERO
    return mapa_de_texto(lectura.texto.partition(_HISTORIA)[0], ruta), lectura.editado


def texto_del_encabezado(carpeta: Path) -> str:
    """El encabezado de la revisión vigente, sin analizar.

    Ver si trae algo tarda mucho menos que analizar el de cada caso. Lanza DatosInvalidos si
    le falta la historia: está roto, y lo que no trae no dice nada.
    """
    revision = registro.ultima_revision(carpeta)
    cabeza, historia, _ = registro.texto_de_revision(carpeta, FICHERO, revision).partition(
        _HISTORIA
    )
    if not historia:
        ruta = carpeta / registro.REVISIONES / f"{revision:06d}" / FICHERO
        raise DatosInvalidos(f"{ruta}: le falta su historia; recupérelo del respaldo.")
    return cabeza
