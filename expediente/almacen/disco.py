"""Bytes en el disco: se escriben enteros o no se escriben.

`publicar` es la única manera de tomar un nombre: llena una carpeta temporal al lado,
la asegura en el disco y le pone su nombre definitivo, que no debe existir. Si dos lo
intentan, uno gana y el otro no perdió nada. Aquí no se sabe qué hay en los ficheros.
"""

import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from expediente.nucleo.errores import DatosInvalidos, ErrorDisco, NoExiste, SinPermiso

TEMPORAL = ".tmp-"
_TROZO = 1024 * 1024
_YA_EXISTE = (errno.EEXIST, errno.ENOTEMPTY, errno.EISDIR, errno.ENOTDIR)
_SIN_PERMISO = (errno.EACCES, errno.EPERM, errno.EROFS)
_SIN_ESPACIO = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
# Lo que responde una unidad compartida que no sabe asegurar carpetas, sólo ficheros.
_NO_SABE_ASEGURAR = (errno.EINVAL, errno.EBADF, errno.ENOTSUP)
_ESPERAS_WINDOWS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
# Lo que Windows responde cuando otro programa tiene tomado el fichero.
_TOMADO_EN_WINDOWS = (32, 33)


def en_error(error: OSError, ruta: Path) -> ErrorDisco | SinPermiso | NoExiste:
    """El error de la oficina que corresponde a uno del sistema."""
    if getattr(error, "winerror", None) in _TOMADO_EN_WINDOWS:
        return ErrorDisco(
            f"{ruta}: otro programa lo tiene abierto. Ciérrelo en Word y repita la orden; lo "
            "anterior quedó intacto."
        )
    if error.errno in _SIN_PERMISO:
        return SinPermiso(
            f"{ruta}: no hay permiso para escribir o leer aquí. Revise los permisos de la carpeta."
        )
    if error.errno in _SIN_ESPACIO:
        return ErrorDisco(
            f"{ruta}: no queda espacio en el disco. Lo anterior quedó intacto; libere espacio "
            "y repita la orden."
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NoExiste(f"{ruta}: no existe.")
    if error.errno in (errno.EISDIR, errno.EEXIST):
        cruzado = "es una carpeta" if error.errno == errno.EISDIR else "es un fichero"
        return ErrorDisco(f"{ruta}: algo de esa ruta {cruzado} y no debería; elija otra.")
    causa = errno.errorcode.get(error.errno or 0, "sin número")
    return ErrorDisco(
        f"{ruta}: el disco o la unidad compartida no respondió (error {causa}). "
        "Lo anterior quedó intacto; repita la orden."
    )


@contextmanager
def errores_de_disco(ruta: Path) -> Iterator[None]:
    """Vuelve los errores del sistema en errores de la oficina que nombran `ruta`."""
    try:
        yield
    except OSError as error:
        raise en_error(error, ruta) from error


def leer_texto(ruta: Path, limite: int = 1_000_000) -> str:
    """El texto UTF-8 de un fichero, con o sin marca de orden.

    Lanza NoExiste, ErrorDisco, o DatosInvalidos si no es UTF-8 o pasa de `limite` bytes.
    """
    with errores_de_disco(ruta), ruta.open("rb") as fichero:
        crudo = fichero.read(limite + 1)
    if len(crudo) > limite:
        raise DatosInvalidos(f"{ruta}: el fichero es demasiado grande (más de {limite:,} bytes).")
    try:
        return crudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DatosInvalidos(
            f"{ruta}: no está guardado en UTF-8. Ábralo en el Bloc de notas y guárdelo con "
            "codificación UTF-8."
        ) from None


def leer_bytes(ruta: Path) -> bytes:
    """Los bytes de un fichero. Lanza NoExiste, SinPermiso o ErrorDisco."""
    with errores_de_disco(ruta):
        return ruta.read_bytes()


def _asegurar_carpeta(carpeta: Path) -> None:
    if sys.platform == "win32":
        return  # Windows no deja abrir carpetas para asegurarlas
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SABE_ASEGURAR:
            raise
    finally:
        os.close(descriptor)


def hacer_carpeta(carpeta: Path) -> None:
    """Hace la carpeta y las que le falten por arriba, aseguradas en el disco."""
    if carpeta.is_dir():
        return
    hacer_carpeta(carpeta.parent)
    with errores_de_disco(carpeta):
        carpeta.mkdir(exist_ok=True)
        _asegurar_carpeta(carpeta.parent)


def escribir_seguro(ruta: Path, contenido: bytes) -> None:
    """Escribe un fichero y espera a que esté en el disco; sólo donde nadie lo mira aún."""
    with ruta.open("wb") as fichero:
        fichero.write(contenido)
        fichero.flush()
        os.fsync(fichero.fileno())


def _renombrar(origen: Path, destino: Path) -> None:
    """Renombra; en Windows insiste si el antivirus o Word tienen el fichero tomado."""
    if sys.platform != "win32":
        origen.rename(destino)
        return
    for espera in _ESPERAS_WINDOWS:
        try:
            origen.rename(destino)
        except PermissionError:
            if destino.exists():
                raise FileExistsError(errno.EEXIST, "ya existe", str(destino)) from None
            time.sleep(espera)
        else:
            return
    origen.rename(destino)


def _reemplazar(temporal: Path, ruta: Path) -> None:
    """Pone el temporal en lugar de `ruta`; en Windows insiste si alguien la tiene tomada."""
    for espera in _ESPERAS_WINDOWS if sys.platform == "win32" else ():
        try:
            temporal.replace(ruta)
        except PermissionError:
            time.sleep(espera)
        else:
            return
    temporal.replace(ruta)


def escribir_entero(ruta: Path, contenido: bytes, seguro: bool = True) -> None:
    """Deja `contenido` en `ruta`, reemplazando lo que haya; entero o nada.

    Con `seguro` en falso no espera al disco: sólo para copias que se rehacen solas.
    """
    temporal = ruta.with_name(f"{TEMPORAL}{uuid4().hex}")
    with errores_de_disco(ruta):
        try:
            if seguro:
                escribir_seguro(temporal, contenido)
            else:
                temporal.write_bytes(contenido)
            _reemplazar(temporal, ruta)
            if seguro:
                _asegurar_carpeta(ruta.parent)
        except OSError:
            temporal.unlink(missing_ok=True)
            raise


def copiar_seguro(origen: Path, destino: Path) -> str:
    """Copia un fichero y lo asegura en el disco; devuelve la huella de lo leído."""
    huella = hashlib.sha256()
    with origen.open("rb") as entra, destino.open("wb") as sale:
        while trozo := entra.read(_TROZO):
            huella.update(trozo)
            sale.write(trozo)
        sale.flush()
        os.fsync(sale.fileno())
    return huella.hexdigest()


def copiar_a_temporal(origen: Path, carpeta: Path) -> tuple[Path, str]:
    """Una copia temporal y asegurada en esa carpeta, y su huella; entera o nada."""
    temporal = carpeta / f"{TEMPORAL}{uuid4().hex}"
    hacer_carpeta(carpeta)
    with errores_de_disco(carpeta):
        try:
            huella = copiar_seguro(origen, temporal)
            _asegurar_carpeta(carpeta)
        except OSError:
            temporal.unlink(missing_ok=True)
            raise
    return temporal, huella


def poner_nombre(temporal: Path, destino: Path) -> None:
    """Le pone a un fichero temporal el nombre que ya se le reservó."""
    with errores_de_disco(destino):
        try:
            _renombrar(temporal, destino)
        except FileNotFoundError:
            if not destino.exists():  # si está, ya se lo puso quien reparaba
                raise
        _asegurar_carpeta(destino.parent)


def publicar(padre: Path, nombre: str, ficheros: Mapping[str, bytes]) -> bool:
    """Publica la carpeta `padre/nombre` con esos ficheros, entera o nada.

    Los nombres de `ficheros` son rutas relativas con `/`. Devuelve False, sin dejar
    rastro, si el nombre ya estaba tomado.
    """
    temporal = padre / f"{TEMPORAL}{uuid4().hex}"
    hacer_carpeta(padre)
    with errores_de_disco(padre / nombre):
        try:
            temporal.mkdir()
            for relativa, contenido in ficheros.items():
                ruta = temporal / relativa
                ruta.parent.mkdir(parents=True, exist_ok=True)
                escribir_seguro(ruta, contenido)
            return tomar_nombre(temporal, padre / nombre)
        except OSError:
            shutil.rmtree(temporal, ignore_errors=True)
            raise


def tomar_nombre(temporal: Path, destino: Path) -> bool:
    """Pone a una carpeta ya escrita su nombre definitivo; False si estaba tomado.

    Ante un error dudoso (la red se cortó justo al renombrar) mira si el nombre es ya el
    de nuestra carpeta antes de darlo por fallido. Si no se logra, borra la temporal.
    Lanza ErrorDisco si ya tiene su nombre pero el disco no lo asegura.
    """
    for carpeta in sorted({p for p in temporal.rglob("*") if p.is_dir()}, reverse=True):
        _asegurar_carpeta(carpeta)
    _asegurar_carpeta(temporal)
    identidad = temporal.stat().st_ino
    try:
        _renombrar(temporal, destino)
    except OSError as error:
        if destino.exists() and identidad and destino.stat().st_ino == identidad:
            return True
        shutil.rmtree(temporal, ignore_errors=True)
        if error.errno in _YA_EXISTE:
            return False
        raise
    try:
        _asegurar_carpeta(destino.parent)
    except OSError as error:
        raise ErrorDisco(
            f"{destino}: quedó escrito, pero el disco no lo confirma. Mire si está antes de "
            "repetir la orden."
        ) from error
    return True


def sha256_de(ruta: Path) -> str:
    """La huella SHA-256 de un fichero, leído por trozos."""
    with errores_de_disco(ruta), ruta.open("rb") as fichero:
        return hashlib.file_digest(fichero, "sha256").hexdigest()


def sha256_del_texto(texto: str) -> str:
    """La huella SHA-256 de un texto, en UTF-8."""
    return hashlib.sha256(texto.encode()).hexdigest()


def barrer_temporales(raiz: Path, antes_de: float) -> int:
    """Borra las carpetas y ficheros temporales que una máquina apagada dejó a medias.

    Sólo los anteriores a `antes_de` (segundos desde 1970). Devuelve cuántos eran.
    """
    barridos = 0
    for resto in _temporales(raiz):
        # Otra máquina pudo barrerlo, o su dueña publicarlo, mientras se miraba.
        with errores_de_disco(resto), suppress(FileNotFoundError):
            if resto.stat().st_mtime > antes_de:
                continue
            if resto.is_dir():
                shutil.rmtree(resto)
            else:
                resto.unlink()
            barridos += 1
    return barridos


def _temporales(raiz: Path) -> Iterator[Path]:
    """Los restos que hay bajo `raiz`; lo que desaparece mientras se busca, no estorba."""
    for carpeta, hijas, ficheros in os.walk(raiz):
        restos = [n for n in (*hijas, *ficheros) if n.startswith(TEMPORAL)]
        hijas[:] = [n for n in hijas if not n.startswith(TEMPORAL)]
        yield from (Path(carpeta, n) for n in restos)
