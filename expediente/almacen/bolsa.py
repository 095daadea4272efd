"""La bolsa: un caso cerrado, puesto en la unidad compartida y comprobable sin el programa.

Es una bolsa BagIt 1.0 (RFC 8493): `data/` con el caso, y las sumas SHA-256 de todo. Se
llena aparte, se vuelve a leer del destino, se compara y sólo entonces toma su nombre.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from expediente.almacen.disco import (
    TEMPORAL,
    copiar_seguro,
    errores_de_disco,
    escribir_seguro,
    hacer_carpeta,
    sha256_de,
    tomar_nombre,
)
from expediente.nucleo.errores import DatosInvalidos, ErrorDisco

MANIFIESTO = "manifest-sha256.txt"
MANIFIESTO_DE_ETIQUETAS = "tagmanifest-sha256.txt"
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def escribir_bolsa(
    destino: Path,
    ficheros: Mapping[str, Path],
    escritos: Mapping[str, bytes],
    informacion: Mapping[str, str],
    esperadas: Mapping[str, str],
) -> bool:
    """Publica la bolsa `destino`; False, sin dejar rastro, si ese nombre ya existe.

    `ficheros` se copian a `data/` y `escritos` se escriben ahí; las claves son rutas
    relativas. `esperadas` son las sumas que el caso recuerda de algunos. Lanza
    DatosInvalidos o ErrorDisco con TODAS las diferencias halladas al volver a leer.
    """
    temporal = destino.with_name(f"{TEMPORAL}{uuid4().hex}")
    hacer_carpeta(destino.parent)
    with errores_de_disco(destino):
        try:
            (temporal / "data").mkdir(parents=True)
            sumas = {
                **{n: _copiar(origen, temporal / "data" / n) for n, origen in ficheros.items()},
                **{n: _poner(temporal / "data" / n, dice) for n, dice in escritos.items()},
            }
            _comparar(temporal, sumas, esperadas)
            _poner_etiquetas(temporal, sumas, informacion)
            return tomar_nombre(temporal, destino)
        except BaseException:  # también Ctrl-C: nunca queda una bolsa a medias
            shutil.rmtree(temporal, ignore_errors=True)
            raise


def _copiar(origen: Path, destino: Path) -> str:
    """Copia asegurando en el disco; devuelve la suma de lo leído."""
    if origen.is_symlink():
        raise DatosInvalidos(f"{origen}: es un enlace; no se archiva lo que está en otra parte.")
    destino.parent.mkdir(parents=True, exist_ok=True)
    return copiar_seguro(origen, destino)


def _poner(destino: Path, contenido: bytes) -> str:
    destino.parent.mkdir(parents=True, exist_ok=True)
    escribir_seguro(destino, contenido)
    return hashlib.sha256(contenido).hexdigest()


def _comparar(temporal: Path, sumas: Mapping[str, str], esperadas: Mapping[str, str]) -> None:
    distintas = [n for n, suma in sumas.items() if sha256_de(temporal / "data" / n) != suma]
    if distintas:
        raise ErrorDisco(
            f"Lo copiado no quedó igual al releerlo: {', '.join(distintas)}. No se archivó nada; "
            "revise la unidad compartida y repita la orden."
        )
    cambiadas = [n for n, suma in esperadas.items() if sumas.get(n, "") != suma]
    if cambiadas:
        raise DatosInvalidos(
            "Estos ficheros ya no son los que el expediente asentó, o faltan: "
            f"{', '.join(cambiadas)}. Recupérelos del respaldo antes de archivar."
        )


def _poner_etiquetas(bolsa: Path, sumas: Mapping[str, str], informacion: Mapping[str, str]) -> None:
    bytes_totales = sum((bolsa / "data" / n).stat().st_size for n in sumas)
    datos = {**informacion, "Payload-Oxum": f"{bytes_totales}.{len(sumas)}"}
    etiquetas = {
        "bagit.txt": BAGIT,
        "bag-info.txt": "".join(f"{k}: {v}\n" for k, v in datos.items()),
        MANIFIESTO: _manifiesto({f"data/{n}": suma for n, suma in sumas.items()}),
    }
    de_etiquetas = {n: _poner(bolsa / n, texto.encode()) for n, texto in etiquetas.items()}
    _poner(bolsa / MANIFIESTO_DE_ETIQUETAS, _manifiesto(de_etiquetas).encode())


def _manifiesto(sumas: Mapping[str, str]) -> str:
    return "".join(f"{suma}  {nombre}\n" for nombre, suma in sorted(sumas.items()))


def bolsas(destino: Path) -> Iterator[Path]:
    """Las bolsas que hay bajo `destino`, en orden."""
    with errores_de_disco(destino):
        for marca in sorted(destino.rglob("bagit.txt")):
            if not any(parte.startswith(TEMPORAL) for parte in marca.parts):
                yield marca.parent


def huella_de_bolsa(bolsa: Path) -> str:
    """La suma de su manifiesto de etiquetas: la que el caso guarda fuera de la bolsa."""
    return sha256_de(bolsa / MANIFIESTO_DE_ETIQUETAS)


def problemas_de_la_bolsa(bolsa: Path) -> list[str]:
    """Todo lo que en la bolsa no coincide con sus sumas; vacío si está íntegra."""
    problemas: list[str] = []
    etiquetas = _leer_manifiesto(bolsa, MANIFIESTO_DE_ETIQUETAS, problemas)
    for obligatoria in ("bagit.txt", "bag-info.txt", MANIFIESTO):
        if obligatoria not in etiquetas:
            problemas.append(f"{obligatoria}: su suma no está en {MANIFIESTO_DE_ETIQUETAS}.")
    contenido = _leer_manifiesto(bolsa, MANIFIESTO, problemas)
    if not contenido:
        problemas.append(f"{MANIFIESTO}: no lista ningún fichero.")
    for nombre, suma in {**etiquetas, **contenido}.items():
        ruta = bolsa / nombre
        if not ruta.is_file() or ruta.is_symlink():
            problemas.append(f"{nombre}: falta.")
        elif sha256_de(ruta) != suma:
            problemas.append(f"{nombre}: cambió (su suma ya no coincide).")
    hay = {r.relative_to(bolsa).as_posix() for r in bolsa.rglob("*") if not r.is_dir()}
    de_mas = hay - set(etiquetas) - set(contenido) - {MANIFIESTO_DE_ETIQUETAS}
    return problemas + [f"{nombre}: sobra; no está en las sumas." for nombre in sorted(de_mas)]


def _leer_manifiesto(bolsa: Path, nombre: str, problemas: list[str]) -> dict[str, str]:
    sumas: dict[str, str] = {}
    try:
        renglones = (bolsa / nombre).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        problemas.append(f"{nombre}: falta o no se puede leer.")
        return sumas
    for lugar, renglon in enumerate(renglones, start=1):
        suma, _, relativa = renglon.partition("  ")
        if len(suma) != 64 or not relativa or ".." in relativa.split("/"):
            problemas.append(f"{nombre}, renglón {lugar}: no se entiende.")
        else:
            sumas[relativa] = suma
    return sumas
