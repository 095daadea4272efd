"""Las reglas de la oficina en el disco: procedimientos, catálogos y calendarios."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from expediente.almacen.disco import (
    leer_texto,
    publicar,
)
from expediente.almacen.fichero_yaml import error_de_forma, error_en, leer_mapa
from expediente.almacen.oficina import claves_de
from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.calendario import Calendario
from expediente.nucleo.campo import Catalogo, Opcion
from expediente.nucleo.catalogo import CatalogoEscrito
from expediente.nucleo.errores import DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.forma import FormaInvalida, Ruta, diccionario, lista, tabla, texto
from expediente.nucleo.lectura_procedimiento import leer_procedimiento
from expediente.nucleo.procedimiento import Procedimiento


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


def fichero_en_version(raiz: Path, clave: str, version: str) -> Path:
    """El fichero que dice esa versión: el que se guardó o, si no, el de hoy; exista o no."""
    guardado = _version_guardada(raiz, clave, version)
    return guardado if guardado.is_file() else raiz / "procedimientos" / f"{clave}.yaml"


def _version_guardada(raiz: Path, clave: str, version: str) -> Path:
    return raiz / "procedimientos" / ".versiones" / clave / version / f"{clave}.yaml"


def versiones_guardadas(raiz: Path) -> dict[str, str]:
    """{procedimiento: su última versión} de todos con los que han nacido casos."""
    guardadas: dict[str, str] = {}
    for carpeta in sorted((raiz / "procedimientos" / ".versiones").glob("*/*")):
        otra = guardadas.get(carpeta.parent.name, "")
        guardadas[carpeta.parent.name] = max(otra, carpeta.name, key=lambda v: (len(v), v))
    return guardadas


def todas_las_versiones(raiz: Path, clave: str) -> list[Procedimiento]:
    """El procedimiento de hoy y cada versión suya con que nació algún caso."""
    guardadas = sorted((raiz / "procedimientos" / ".versiones" / clave).glob("*"))
    anteriores = [procedimiento_en_version(raiz, clave, carpeta.name) for carpeta in guardadas]
    return [procedimiento_vigente(raiz, clave)[0], *anteriores]


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


class CatalogosDeLaOficina(Mapping[str, Catalogo]):
    """Los catálogos de una oficina, por clave; cada uno se lee cuando se consulta.

    Una orden usa dos o tres. Consultar uno que no se entiende lanza DatosInvalidos con
    su fichero y renglón.
    """

    def __init__(self, raiz: Path) -> None:
        self._raiz = raiz
        self._leidos: dict[str, Catalogo] = {}
        self._claves = claves_de(raiz, "catalogos")

    def __getitem__(self, clave: str) -> Catalogo:
        if clave not in self._leidos:
            if clave not in self._claves:
                raise KeyError(clave)
            self._leidos[clave] = _leer_catalogo(self._raiz, clave)
        return self._leidos[clave]

    def __iter__(self) -> Iterator[str]:
        return iter(self._claves)

    def __len__(self) -> int:
        return len(self._claves)


@lru_cache(maxsize=8)
def leer_catalogos(raiz: Path) -> Mapping[str, Catalogo]:
    """Los catálogos de la oficina, por clave, los mismos durante toda la orden."""
    return CatalogosDeLaOficina(raiz)


def _leer_catalogo(raiz: Path, clave: str) -> Catalogo:
    dicho, escrito = leer_catalogo_escrito(raiz, clave)
    opciones: dict[str, Opcion] = {}
    for i, opcion in enumerate(dicho.opciones):
        if not opcion.clave or opcion.clave in opciones:
            mensaje = "la opción no tiene clave o está repetida."
            raise error_en(("opciones", i), mensaje, escrito, ruta_de_catalogo(raiz, clave))
        con_nombre = opcion if opcion.nombre else replace(opcion, nombre=opcion.clave)
        opciones[opcion.clave] = con_nombre
    return opciones


def ruta_de_catalogo(raiz: Path, clave: str) -> Path:
    """El fichero de un catálogo, exista o no."""
    return raiz / "catalogos" / f"{clave}.yaml"


def leer_catalogo_escrito(raiz: Path, clave: str) -> tuple[CatalogoEscrito, str]:
    """El catálogo como lo dice su fichero, sin juzgar sus claves, y su texto.

    Lanza DatosInvalidos con renglón si no tiene la forma de un catálogo.
    """
    ruta = ruta_de_catalogo(raiz, clave)
    mapa, escrito = leer_mapa(ruta)
    try:
        opciones = lista(_opcion_de_catalogo)(mapa.get("opciones", []), ("opciones",))
        referencias = tabla(texto)(mapa.get("referencias", {}), ("referencias",))
        nombre = texto(mapa.get("nombre", clave), ("nombre",))
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None
    return CatalogoEscrito(clave, nombre, opciones, referencias), escrito


def _opcion_de_catalogo(valor: object, ruta: Ruta) -> Opcion:
    dice = dict(diccionario(valor, ruta))
    alias = tuple(filter(None, lista(texto)(dice.pop("alias", []), (*ruta, "alias"))))
    textos = {k: texto(v, (*ruta, k)) for k, v in dice.items()}
    return Opcion(textos.pop("clave", ""), textos.pop("nombre", ""), textos, alias)


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
