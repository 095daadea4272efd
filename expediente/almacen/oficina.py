"""La oficina en el disco: sus ajustes, procedimientos, catálogos, calendarios e informes."""

import shutil
from pathlib import Path

from expediente.almacen.disco import (
    TEMPORAL,
    copiar_seguro,
    errores_de_disco,
    escribir_entero,
    hacer_carpeta,
    leer_texto,
    tomar_nombre,
)
from expediente.almacen.fabrica import carpeta_de_fabrica
from expediente.almacen.fichero_yaml import error_de_forma, leer_mapa
from expediente.almacen.raiz import FICHERO, raiz_de_la_oficina
from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.lectura_ajustes import OFICINA

_COPIADAS = (
    "procedimientos",
    "catalogos",
    "cortes",
    "existencias",
    "indicadores",
    "inhabiles",
    "informes",
    "manuales",
    "mapas",
    "tableros",
    "tiradas",
)


def hallar_oficina(desde: Path, pedida: Path | None) -> Path:
    """La carpeta de la oficina: la pedida, o la primera hacia arriba con oficina.yaml.

    Lanza NoExiste con el remedio si no la hay.
    """
    if raiz := raiz_de_la_oficina(desde, pedida):
        return raiz
    donde = f"En {pedida} no hay" if pedida else "Ni aquí ni más arriba hay"
    raise NoExiste(
        f"{donde} una oficina (oficina.yaml). Colóquese en su carpeta, use --oficina CARPETA, "
        "o cree una con: expediente iniciar CARPETA"
    )


def crear_oficina(carpeta: Path, de_prueba: bool, simular: bool = False) -> None:
    """Pone en `carpeta` una oficina nueva con lo que viene de fábrica; `simular`, sólo mira.

    Aparece entera o no aparece. Lanza DatosInvalidos si la carpeta ya tiene algo.
    """
    with errores_de_disco(carpeta):
        if carpeta.exists() and (not carpeta.is_dir() or any(carpeta.iterdir())):
            raise DatosInvalidos(f"{carpeta}: ya existe y no está vacía; elija otra carpeta.")
        fabrica = carpeta_de_fabrica()
        if simular:
            return
        destino = carpeta.absolute()
        hacer_carpeta(destino.parent)
        temporal = destino.with_name(f"{TEMPORAL}{destino.name}")
        shutil.rmtree(temporal, ignore_errors=True)
        try:
            _copiar_fabrica(fabrica, temporal, de_prueba)
            if carpeta.exists():
                carpeta.rmdir()  # vacía: Windows no renombra sobre ella
            puesta = tomar_nombre(temporal, destino)
        except OSError:
            shutil.rmtree(temporal, ignore_errors=True)
            raise
        if not puesta:
            raise DatosInvalidos(f"{carpeta}: alguien la creó entre tanto; elija otra carpeta.")


def _copiar_fabrica(fabrica: Path, nueva: Path, de_prueba: bool) -> None:
    for nombre in (*_COPIADAS, "plantillas", "imagenes", "expedientes", "libros"):
        (nueva / nombre).mkdir(parents=True)
    for nombre in _COPIADAS:
        for fichero in sorted((fabrica / "datos" / nombre).glob("*.yaml")):
            copiar_seguro(fichero, nueva / nombre / fichero.name)
    for plantilla in sorted((fabrica / "plantillas").glob("*.docx")):
        copiar_seguro(plantilla, nueva / "plantillas" / plantilla.name)
    ajustes = leer_texto(fabrica / "datos" / FICHERO)
    if de_prueba:
        ajustes = ajustes.replace("\nde_prueba: no\n", "\nde_prueba: sí\n")
    escribir_entero(nueva / FICHERO, ajustes.encode())


def leer_oficina(raiz: Path) -> Oficina:
    """Los ajustes de la oficina. Lanza DatosInvalidos con fichero y renglón."""
    mapa, escrito = leer_mapa(raiz / FICHERO)
    try:
        return OFICINA(mapa, ())
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, raiz / FICHERO) from None


def claves_de(raiz: Path, carpeta: str) -> list[str]:
    """Las claves de los ficheros .yaml de una carpeta de la oficina, en orden."""
    return sorted(f.stem for f in (raiz / carpeta).glob("*.yaml") if not f.name.startswith("."))
