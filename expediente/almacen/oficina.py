"""La oficina en el disco: sus ajustes, procedimientos, catálogos, calendarios e informes."""

import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from expediente.almacen.carpetas import error_de_forma, leer_mapa
from expediente.almacen.disco import (
    TEMPORAL,
    copiar_seguro,
    errores_de_disco,
    escribir_entero,
    hacer_carpeta,
    leer_texto,
    publicar,
    tomar_nombre,
)
from expediente.almacen.fabrica import carpeta_de_fabrica
from expediente.nucleo.ajustes import OFICINA, Oficina
from expediente.nucleo.calendario import Calendario
from expediente.nucleo.campo import Catalogo, Opcion
from expediente.nucleo.errores import DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.forma import FormaInvalida, diccionario, lista, texto
from expediente.nucleo.lectura_procedimiento import leer_procedimiento
from expediente.nucleo.procedimiento import Procedimiento

FICHERO = "oficina.yaml"
_COPIADAS = ("procedimientos", "catalogos", "inhabiles", "informes", "mapas")


def hallar_oficina(desde: Path, pedida: Path | None) -> Path:
    """La carpeta de la oficina: la pedida, o la primera hacia arriba con oficina.yaml.

    Lanza NoExiste con el remedio si no la hay.
    """
    candidatas = [pedida] if pedida else [desde, *desde.parents]
    for carpeta in candidatas:
        if (carpeta / FICHERO).is_file():
            return carpeta.resolve()
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
    for nombre in (*_COPIADAS, "plantillas", "expedientes", "libros"):
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


def ruta_de_procedimiento(raiz: Path, clave: str) -> Path:
    """El fichero de un procedimiento. Lanza NoExiste con el más parecido."""
    claves = claves_de(raiz, "procedimientos")
    if clave not in claves:
        parecido = sugerencia(clave, claves) or f" Hay: {', '.join(claves)}."
        raise NoExiste(f"No existe el procedimiento «{clave}».{parecido}")
    return raiz / "procedimientos" / f"{clave}.yaml"


def procedimiento_de_fichero(ruta: Path) -> tuple[Procedimiento, str]:
    """El procedimiento de un fichero y su texto. Lanza DatosInvalidos con renglón."""
    mapa, escrito = leer_mapa(ruta)
    try:
        procedimiento = leer_procedimiento(mapa)
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
    return procedimiento, escrito


@lru_cache(maxsize=64)
def procedimiento_vigente(raiz: Path, clave: str) -> tuple[Procedimiento, str]:
    """El procedimiento tal como la oficina lo tiene hoy, y su texto."""
    ruta = ruta_de_procedimiento(raiz, clave)
    procedimiento, escrito = procedimiento_de_fichero(ruta)
    if procedimiento.clave != clave:
        raise DatosInvalidos(f"{ruta}: la clave debe ser «{clave}», como el nombre del fichero.")
    return procedimiento, escrito


@lru_cache(maxsize=64)
def procedimiento_en_version(raiz: Path, clave: str, version: str) -> Procedimiento:
    """El procedimiento con que nació un caso, aunque la oficina ya tenga otra versión."""
    guardado = _version_guardada(raiz, clave, version)
    if guardado.is_file():
        return procedimiento_de_fichero(guardado)[0]
    vigente, _ = procedimiento_vigente(raiz, clave)
    if vigente.version == version:
        return vigente
    raise NoExiste(
        f"{guardado}: falta la versión {version} de «{clave}», con que nacieron expedientes. "
        "Recupérela del respaldo."
    )


def _version_guardada(raiz: Path, clave: str, version: str) -> Path:
    return raiz / "procedimientos" / ".versiones" / clave / version / f"{clave}.yaml"


def guardar_version(raiz: Path, procedimiento: Procedimiento, escrito: str) -> None:
    """Guarda, la primera vez, la versión con que nace un caso.

    Lanza DatosInvalidos si el fichero cambió y su `version` no.
    """
    guardado = _version_guardada(raiz, procedimiento.clave, procedimiento.version)
    if not guardado.is_file():
        publicar(guardado.parent.parent, guardado.parent.name, {guardado.name: escrito.encode()})
    if leer_texto(guardado) != escrito:
        ruta = raiz / "procedimientos" / f"{procedimiento.clave}.yaml"
        raise DatosInvalidos(
            f"{ruta}: el procedimiento cambió pero sigue diciendo version: "
            f"'{procedimiento.version}'. Póngale otra versión: los expedientes abiertos siguen "
            "con la suya."
        )


@lru_cache(maxsize=8)
def leer_catalogos(raiz: Path) -> Mapping[str, Catalogo]:
    """Los catálogos de la oficina, por clave. Lanza DatosInvalidos con renglón."""
    return {clave: _leer_catalogo(raiz, clave) for clave in claves_de(raiz, "catalogos")}


def _leer_catalogo(raiz: Path, clave: str) -> Catalogo:
    ruta = raiz / "catalogos" / f"{clave}.yaml"
    mapa, escrito = leer_mapa(ruta)
    opciones: dict[str, Opcion] = {}
    try:
        for i, una in enumerate(lista(diccionario)(mapa.get("opciones", []), ("opciones",))):
            ruta_de_llaves = ("opciones", i)
            dice = {k: texto(v, (*ruta_de_llaves, k)) for k, v in una.items()}
            propia = dice.pop("clave", "")
            if not propia or propia in opciones:
                raise FormaInvalida(ruta_de_llaves, "la opción no tiene clave o está repetida.")
            opciones[propia] = Opcion(propia, dice.pop("nombre", propia), dice)
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
    return opciones


def leer_calendario(raiz: Path, oficina: Oficina) -> Calendario:
    """Los días inhábiles firmados de todos los años que la oficina tiene."""
    inhabiles: dict[date, str] = {}
    anios = set()
    for clave in claves_de(raiz, "inhabiles"):
        ruta = raiz / "inhabiles" / f"{clave}.yaml"
        if not (clave.isascii() and clave.isdigit()):
            raise DatosInvalidos(f"{ruta}: el nombre del fichero debe ser el año, como 2026.yaml.")
        mapa, escrito = leer_mapa(ruta)
        try:
            for i, uno in enumerate(lista(diccionario)(mapa.get("inhabiles", []), ("inhabiles",))):
                inhabiles |= _dias_inhabiles(uno, i)
        except FormaInvalida as error:
            raise error_de_forma(error, escrito, ruta) from None
        anios.add(int(clave))
    return Calendario(inhabiles, frozenset(anios), oficina.cierre)


def _dias_inhabiles(uno: Mapping[str, object], lugar: int) -> dict[date, str]:
    ruta = ("inhabiles", lugar)
    try:
        desde = date.fromisoformat(str(uno.get("fecha") or uno.get("desde")))
        hasta = date.fromisoformat(str(uno.get("hasta") or desde.isoformat()))
    except ValueError:
        raise FormaInvalida(ruta, "la fecha no existe; escríbala como 2026-11-20.") from None
    motivo = texto(uno.get("motivo", "inhábil"), ruta)
    return {desde + timedelta(days=n): motivo for n in range((hasta - desde).days + 1)}
