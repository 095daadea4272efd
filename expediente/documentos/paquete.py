"""Un .docx como lo que es, un zip: leerlo con desconfianza y volver a cerrarlo aprisa.

Aquí no se sabe nada de etiquetas ni de párrafos; las partes son bytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from expediente.nucleo.errores import DatosInvalidos, ErrorDisco, NoExiste, SinPermiso

MAXIMO_BYTES = 100 * 2**20
MAXIMO_MIEMBROS = 2000
MAXIMA_RAZON = 100
DESDE_ESTOS_BYTES_CUENTA_LA_RAZON = 2**20

_FIRMA_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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

    def cerrar(self, contenidos: Iterable[bytes]) -> bytes:
        """Devuelve el .docx completo con un contenido por cada parte variable."""
        trozos, indice, posicion = [self.fijo], [self.directorio], len(self.fijo)
        for nombre, contenido in zip(self.variables, contenidos, strict=True):
            compresor = zlib.compressobj(_NIVEL_DEFLATE, zlib.DEFLATED, -15)
            crudo = compresor.compress(contenido) + compresor.flush()
            miembro = Miembro(nombre, contenido, crudo, zipfile.ZIP_DEFLATED, zlib.crc32(contenido))
            local, central = _registros(miembro, posicion)
            trozos.append(local)
            indice.append(central)
            posicion += len(local)
        directorio = b"".join(indice)
        total = self.cuantos + len(self.variables)
        final = _FINAL.pack(b"PK\5\6", 0, 0, total, total, len(directorio), posicion, 0)
        return b"".join((*trozos, directorio, final))


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

    Lanza NoExiste si no hay tal fichero, y DatosInvalidos si no es un .docx, está
    dañado o cifrado, trae macros o está hecho para agotar la memoria.
    """
    datos = _bytes_de(ruta)
    if datos.startswith(_FIRMA_OLE):
        raise _rechazo(ruta, _problema_ole(datos))
    try:
        with zipfile.ZipFile(BytesIO(datos)) as paquete:
            fichas = [ficha for ficha in paquete.infolist() if not ficha.is_dir()]
            _revisar_fichas(ruta, fichas)
            miembros = {f.filename: _miembro(paquete, f, datos) for f in fichas}
    except _DANOS as error:
        raise _rechazo(ruta, "no es un documento de Word, o está dañado; ábralo en Word y "
                       "guárdelo de nuevo como .docx.") from error  # fmt: skip
    _revisar_contenido(ruta, miembros)
    return miembros


def _rechazo(ruta: Path, problema: str) -> DatosInvalidos:
    return DatosInvalidos(f"Plantilla {ruta.name}: {problema}")


def _bytes_de(ruta: Path) -> bytes:
    try:
        if ruta.stat().st_size > MAXIMO_BYTES:
            raise _rechazo(ruta, "es demasiado grande; una plantilla pesa menos de 100 MB.")
        return ruta.read_bytes()
    except FileNotFoundError as error:
        raise NoExiste(
            f"No existe la plantilla {ruta.name} en la carpeta {ruta.parent}."
        ) from error
    except PermissionError as error:
        raise SinPermiso(f"No hay permiso para leer la plantilla {ruta.name}.") from error
    except IsADirectoryError as error:
        raise _rechazo(ruta, "es una carpeta, no un documento de Word.") from error
    except OSError as error:
        raise ErrorDisco(f"No se pudo leer la plantilla {ruta.name}: {error.strerror}.") from error


def _problema_ole(datos: bytes) -> str:
    if _MARCA_CIFRADO in datos:
        return "está cifrada con contraseña; quítesela en Word (Archivo, Información, Proteger)."
    return "es un documento del Word antiguo (.doc); ábralo en Word y guárdelo como .docx."


def _revisar_fichas(ruta: Path, fichas: list[zipfile.ZipInfo]) -> None:
    """Detiene un zip sospechoso antes de descomprimir nada."""
    nombres = [ficha.filename for ficha in fichas]
    if len(fichas) > MAXIMO_MIEMBROS:
        raise _rechazo(ruta, f"trae más de {MAXIMO_MIEMBROS} ficheros dentro; no es de confianza.")
    if len(set(nombres)) != len(nombres):
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


def _miembro(paquete: zipfile.ZipFile, ficha: zipfile.ZipInfo, datos: bytes) -> Miembro:
    """Descomprime una parte (zipfile comprueba su CRC) y guarda también sus bytes crudos."""
    contenido = paquete.read(ficha)
    campos = _LOCAL.unpack_from(datos, ficha.header_offset)
    inicio = ficha.header_offset + _LOCAL.size + campos[-2] + campos[-1]
    crudo = datos[inicio : inicio + ficha.compress_size]
    return Miembro(ficha.filename, contenido, crudo, ficha.compress_type, ficha.CRC)


def _revisar_contenido(ruta: Path, miembros: Mapping[str, Miembro]) -> None:
    tipos = miembros.get("[Content_Types].xml")
    if tipos is None or not any(n.startswith("word/document") for n in miembros):
        raise _rechazo(ruta, "no es un documento de Word; guárdela desde Word como .docx.")
    con_macros = b"macroEnabled" in tipos.contenido
    if con_macros or any(n.lower().endswith("vbaproject.bin") for n in miembros):
        raise _rechazo(ruta, "trae macros (.docm); guárdela en Word como .docx, sin macros.")
    if any(n.endswith((".xml", ".rels")) and _tiene_dtd(m) for n, m in miembros.items()):
        raise _rechazo(
            ruta, "trae dentro un XML con DTD, que Word nunca escribe; no es de confianza."
        )


def _tiene_dtd(miembro: Miembro) -> bool:
    return any(
        "<!DOCTYPE".encode(codificacion) in miembro.contenido
        for codificacion in ("ascii", "utf-16-le", "utf-16-be")
    )
