"""Un .docx como lo que es, un zip: leerlo con desconfianza y volver a cerrarlo aprisa.

Aquí no se sabe nada de etiquetas ni de párrafos; las partes son bytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath

from expediente.documentos.confianza import objeciones
from expediente.documentos.defecto import Defecto, PlantillaMalEscrita
from expediente.documentos.otro_formato import no_esta
from expediente.nucleo.aviso_de_abierto import es_aviso_de_abierto
from expediente.nucleo.errores import ErrorDisco, NoExiste, SinPermiso

MAXIMO_BYTES = 100 * 2**20
MAXIMO_DEL_FICHERO = 50 * 2**20
MAXIMO_MIEMBROS = 2000
MAXIMA_RAZON = 100
DESDE_ESTOS_BYTES_CUENTA_LA_RAZON = 2**20

_TIPOS = "[Content_Types].xml"
_FIRMA_ZIP = b"PK\3\4"
_FIRMA_DE_FICHA = b"PK\1\2"
_PROBLEMA_CIFRADO = (
    "está cifrada con contraseña; quítesela en Word (Archivo, Información, Proteger)."
)
_OTROS_FORMATOS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
     "es un documento del Word antiguo (.doc); ábralo en Word y guárdelo como .docx."),
    (b"{\\rtf", "es un documento RTF; ábralo en Word y guárdelo como .docx."),
    (b"%PDF", "es un PDF, no un documento de Word; busque el .docx del que se hizo."),
)  # fmt: skip
_MARCA_CIFRADO = "EncryptedPackage".encode("utf-16-le")
_BANDERA_CIFRADO = 0x1
_BANDERA_UTF8 = 0x800

# Lo que zipfile lanza con bytes dañados; un nombre ilegible llega como UnicodeDecodeError.
_DANOS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,
    UnicodeDecodeError,
)

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_FINAL = struct.Struct("<4s4H2LH")
_VERSION_ZIP = 20
# El 1 de enero de 1980: con una fecha fija, la misma carta da los mismos bytes.
_FECHA_ZIP = 33
# El nivel 1 cuesta la tercera parte que el 6 y una carta crece menos de 1 KB.
_NIVEL_DEFLATE = 1


@dataclass(frozen=True)
class Miembro:
    """Una parte del paquete.

    `contenido` está sin comprimir; `crudo` es como venía en el zip, según `metodo`.
    """

    nombre: str
    contenido: bytes
    crudo: bytes
    metodo: int
    crc: int


@dataclass(frozen=True)
class Molde:
    """Un .docx al que sólo le faltan sus partes variables, que van al final.

    `fijo` son los miembros que no cambian y `directorio` sus renglones en el
    índice del zip (`cuantos`); `variables` nombra los que faltan, en orden.
    """

    fijo: bytes
    directorio: bytes
    cuantos: int
    variables: tuple[str, ...]

    def cerrar(self, contenidos: Iterable[bytes], agregados: Iterable[Miembro] = ()) -> bytes:
        """Devuelve el .docx completo con un contenido por cada parte variable.

        `agregados` son las partes que sólo lleva esta carta.
        """
        trozos, indice, posicion = [self.fijo], [self.directorio], len(self.fijo)
        variables = map(comprimir, self.variables, contenidos)
        for miembro in (*variables, *agregados):
            local, central = _registros(miembro, posicion)
            trozos.append(local)
            indice.append(central)
            posicion += len(local)
        directorio = b"".join(indice)
        total = self.cuantos + len(indice) - 1
        final = _FINAL.pack(b"PK\5\6", 0, 0, total, total, len(directorio), posicion, 0)
        return b"".join((*trozos, directorio, final))


def comprimir(nombre: str, contenido: bytes) -> Miembro:
    """Devuelve una parte nueva, comprimida aprisa."""
    if len(contenido) <= _PARTE_CORTA:
        return _comprimir_una_vez(nombre, contenido)
    return _comprimir(nombre, contenido)


def _comprimir(nombre: str, contenido: bytes) -> Miembro:
    compresor = zlib.compressobj(_NIVEL_DEFLATE, zlib.DEFLATED, -15)
    crudo = compresor.compress(contenido) + compresor.flush()
    return Miembro(nombre, contenido, crudo, zipfile.ZIP_DEFLATED, zlib.crc32(contenido))


# En un lote, el membrete y el pie salen iguales en casi todas las cartas.
_PARTE_CORTA = 4096
_comprimir_una_vez = lru_cache(maxsize=64)(_comprimir)


def moldear(miembros: Mapping[str, Miembro], variables: Iterable[str]) -> Molde:
    """Devuelve el molde de un paquete en el que cambiarán las partes `variables`."""
    cambian = tuple(variables)
    trozos, indice, posicion = [], [], 0
    fijos = [miembro for nombre, miembro in miembros.items() if nombre not in cambian]
    for miembro in fijos:
        local, central = _registros(miembro, posicion)
        trozos.append(local)
        indice.append(central)
        posicion += len(local)
    return Molde(b"".join(trozos), b"".join(indice), len(fijos), cambian)


def _registros(miembro: Miembro, posicion: int) -> tuple[bytes, bytes]:
    """Devuelve el miembro como se escribe en el zip y su renglón del directorio."""
    nombre = miembro.nombre.encode()
    bandera = 0 if miembro.nombre.isascii() else _BANDERA_UTF8
    comunes = (
        _VERSION_ZIP, bandera, miembro.metodo, 0, _FECHA_ZIP,
        miembro.crc, len(miembro.crudo), len(miembro.contenido), len(nombre), 0,
    )  # fmt: skip
    local = _LOCAL.pack(b"PK\3\4", *comunes) + nombre + miembro.crudo
    central = _CENTRAL.pack(b"PK\1\2", _VERSION_ZIP, *comunes, 0, 0, 0, 0, posicion) + nombre
    return local, central


def leer_paquete(ruta: Path) -> dict[str, Miembro]:
    """Devuelve las partes de un .docx, en el orden del zip: `{nombre: Miembro}`.

    Lanza NoExiste si no hay tal fichero, y PlantillaMalEscrita si no es un .docx, está
    dañado o cifrado, trae macros o está hecho para agotar la memoria.
    """
    if es_aviso_de_abierto(ruta.name):
        raise _rechazo(ruta, "no es la plantilla: es la marca que deja el programa que la tiene "
                       "abierta.")  # fmt: skip
    datos = _bytes_de(ruta)
    for firma, problema in _OTROS_FORMATOS:
        if datos.startswith(firma):
            raise _rechazo(ruta, _PROBLEMA_CIFRADO if _MARCA_CIFRADO in datos else problema)
    try:
        fichas = _fichas(ruta, datos)
        miembros = {ficha.filename: _miembro(ficha, datos) for ficha in fichas}
    except _DANOS as error:
        raise _rechazo(ruta, "no es un documento de Word, o está dañado; ábralo en Word y "
                       "guárdelo de nuevo como .docx.") from error  # fmt: skip
    _revisar_contenido(ruta, {nombre: m.contenido for nombre, m in miembros.items()})
    return miembros


def _rechazo(ruta: Path, problema: str) -> PlantillaMalEscrita:
    return PlantillaMalEscrita(ruta.name, [Defecto("", "", problema)])


def _bytes_de(ruta: Path) -> bytes:
    try:
        if ruta.stat().st_size > MAXIMO_DEL_FICHERO:
            raise _rechazo(ruta, "es demasiado grande; una plantilla pesa menos de 50 MB.")
        return ruta.read_bytes()
    except FileNotFoundError as error:
        raise NoExiste(no_esta(ruta)) from error
    except PermissionError as error:
        # En Windows, lo que Word tiene abierto falla igual que lo que no se puede leer.
        raise SinPermiso(
            f"No se puede leer la plantilla {ruta.name}: si está abierta, ciérrela en Word; "
            "si no, falta permiso para leerla."
        ) from error
    except IsADirectoryError as error:
        raise _rechazo(ruta, "es una carpeta, no un documento de Word.") from error
    except OSError as error:
        raise ErrorDisco(f"No se pudo leer la plantilla {ruta.name}: {error.strerror}.") from error


def _fichas(ruta: Path, datos: bytes) -> list[zipfile.ZipInfo]:
    """Devuelve el directorio del zip, ya revisado; todavía no se descomprime nada."""
    # Antes de leerlo: un directorio de un millón de renglones ya ocupa demasiado.
    if datos.count(_FIRMA_DE_FICHA) > 10 * MAXIMO_MIEMBROS:
        raise _rechazo(ruta, f"trae más de {MAXIMO_MIEMBROS} ficheros dentro; no es de confianza.")
    with zipfile.ZipFile(BytesIO(datos)) as paquete:
        fichas = [ficha for ficha in paquete.infolist() if not ficha.is_dir()]
        _revisar_fichas(ruta, fichas)
        _revisar_sitios(ruta, fichas, datos, paquete.start_dir)
    return fichas


def _revisar_fichas(ruta: Path, fichas: list[zipfile.ZipInfo]) -> None:
    """Detiene un zip sospechoso antes de descomprimir nada."""
    nombres = [ficha.filename for ficha in fichas]
    if len(fichas) > MAXIMO_MIEMBROS:
        raise _rechazo(ruta, f"trae más de {MAXIMO_MIEMBROS} ficheros dentro; no es de confianza.")
    if len({nombre.casefold() for nombre in nombres}) != len(nombres):
        raise _rechazo(ruta, "trae dos veces el mismo fichero dentro; no es de confianza.")
    if any(_sale_del_paquete(ficha.orig_filename) for ficha in fichas):
        raise _rechazo(ruta, "trae dentro un fichero con un nombre peligroso (como «..»).")
    if any(ficha.flag_bits & _BANDERA_CIFRADO for ficha in fichas):
        raise _rechazo(ruta, "está cifrada con contraseña; guárdela en Word sin contraseña.")
    if any(f.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for f in fichas):
        raise _rechazo(ruta, "está comprimida de un modo que Word no usa; guárdela desde Word.")
    if sum(ficha.file_size for ficha in fichas) > MAXIMO_BYTES or any(map(_es_bomba, fichas)):
        raise _rechazo(ruta, "ocupa demasiado al descomprimirla; no es de confianza.")


def _sale_del_paquete(nombre: str) -> bool:
    return (
        nombre.startswith("/")
        or any(caracter in nombre for caracter in "\\:\0")
        or ".." in PurePosixPath(nombre).parts
    )


def _es_bomba(ficha: zipfile.ZipInfo) -> bool:
    return (
        ficha.file_size > DESDE_ESTOS_BYTES_CUENTA_LA_RAZON
        and ficha.file_size > MAXIMA_RAZON * ficha.compress_size
    )


def _revisar_sitios(
    ruta: Path, fichas: list[zipfile.ZipInfo], datos: bytes, directorio: int
) -> None:
    """Detiene un zip cuyos miembros comparten bytes: así caben terabytes en un megabyte."""
    libre = 0
    for ficha in sorted(fichas, key=lambda ficha: ficha.header_offset):
        if ficha.header_offset < libre:
            raise _rechazo(ruta, "trae ficheros encimados dentro; no es de confianza.")
        libre = _inicio_de(ficha, datos) + ficha.compress_size
    if libre > directorio:
        raise zipfile.BadZipFile("un miembro invade el directorio")


def _inicio_de(ficha: zipfile.ZipInfo, datos: bytes) -> int:
    """Devuelve dónde empiezan los bytes de un miembro, después de su cabecera local."""
    firma, *_, de_nombre, de_mas = _LOCAL.unpack_from(datos, ficha.header_offset)
    nombre: int = ficha.header_offset + _LOCAL.size
    if firma != b"PK\3\4" or datos[nombre : nombre + de_nombre] != _nombre_en_bytes(ficha):
        raise zipfile.BadZipFile("la cabecera de un miembro no es la suya")
    return nombre + int(de_nombre) + int(de_mas)


def _nombre_en_bytes(ficha: zipfile.ZipInfo) -> bytes:
    return ficha.orig_filename.encode("utf-8" if ficha.flag_bits & _BANDERA_UTF8 else "cp437")


def _miembro(ficha: zipfile.ZipInfo, datos: bytes) -> Miembro:
    """Descomprime una parte, que no puede medir más de lo que declara, y comprueba su CRC."""
    inicio = _inicio_de(ficha, datos)
    crudo = contenido = datos[inicio : inicio + ficha.compress_size]
    if ficha.compress_type == zipfile.ZIP_DEFLATED:
        contenido = zlib.decompressobj(-15).decompress(crudo, ficha.file_size + 1)
    if len(contenido) != ficha.file_size or zlib.crc32(contenido) != ficha.CRC:
        raise zipfile.BadZipFile("un miembro no mide lo que declara")
    return Miembro(ficha.filename, contenido, crudo, ficha.compress_type, ficha.CRC)


def _revisar_contenido(ruta: Path, partes: Mapping[str, bytes]) -> None:
    if partes.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise _rechazo(ruta, "es un documento de LibreOffice (.odt); guárdelo como .docx.")
    if _TIPOS not in partes or not any(n.startswith("word/document") for n in partes):
        raise _rechazo(ruta, "no es un documento de Word; guárdela desde Word como .docx.")
    for nombre, contenido in partes.items():
        if contenido.startswith(_FIRMA_ZIP):
            _revisar_anidado(ruta, nombre, contenido)
    if problemas := objeciones(partes):
        raise PlantillaMalEscrita(ruta.name, [Defecto("", "", p) for p in problemas])


def _revisar_anidado(ruta: Path, nombre: str, contenido: bytes) -> None:
    """Admite el libro de Excel de una gráfica; ningún otro zip dentro de la plantilla."""
    if not nombre.lower().endswith(".xlsx"):
        raise _rechazo(ruta, "trae dentro otro fichero comprimido; bórrelo en Word.")
    try:
        _fichas(ruta, contenido)
    except _DANOS as error:
        raise _rechazo(ruta, "trae dañado el libro de una gráfica; bórrela en Word.") from error
