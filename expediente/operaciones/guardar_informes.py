"""Guardar un informe sin hacerlo dos veces: lo que ya dice un fichero no se vuelve a escribir.

Dos informes que dicen lo mismo sólo se distinguen por la hora de su corte. Al repetir uno
se prueba con el corte de la última versión: si sale el mismo Word, ya estaba. Si dice otra
cosa (algo se capturó después) queda como otra versión, y la anterior no se toca.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from expediente.almacen.disco import errores_de_disco, escribir_entero, sha256_de
from expediente.almacen.informes_hechos import (
    VersionHecha,
    asentar_version,
    nombre_libre,
    serie_de,
    versiones_asentadas,
)

if TYPE_CHECKING:
    from expediente.operaciones.informes import InformeHecho

Redactar = Callable[["InformeHecho"], bytes]
Acompanar = Callable[["InformeHecho", Path, bytes], Mapping[Path, bytes]]
# Lo que hay abierto viene de antes: no es algo que pasara en el periodo.
_DE_ANTES = ("abiertos_inicio", "abiertos_final")


def guardar_informe(
    hecho: "InformeHecho",
    carpeta: Path,
    redactar: Redactar,
    corte_fijo: bool,
    acompanar: Acompanar = lambda hecho, ruta, contenido: {},
    con_folios: bool = False,
) -> "InformeHecho":
    """El informe guardado en `carpeta`, con el corte y los ficheros con que quedó.

    `redactar` da su Word, y `acompanar` lo que va junto a él; la copia con los folios lleva
    su propia serie de versiones. Con `corte_fijo` alguien pidió ese corte y se respeta. Si
    una corrida murió después de asentarlo y antes de escribirlo, aquí se escribe. Una versión
    que alguien corrigió a mano no se toca: sale otra.
    """
    serie = serie_de(hecho.informe.clave, con_folios)
    with errores_de_disco(carpeta):
        carpeta.mkdir(parents=True, exist_ok=True)
    while True:
        asentadas = versiones_asentadas(carpeta, serie)
        for igual, nombre, contenido in _iguales(asentadas, hecho, redactar, corte_fijo):
            ficheros = _ficheros(igual, carpeta / nombre, contenido, acompanar)
            if not _cambiados(ficheros):
                return _escrito(igual, ficheros)
        contenido = redactar(hecho)
        nombre = nombre_libre(carpeta, serie, asentadas)
        ficheros = _ficheros(hecho, carpeta / nombre, contenido, acompanar)
        nueva = VersionHecha(
            hecho.al, sha256(contenido).hexdigest(), nombre, _sin_movimiento(hecho)
        )
        if asentar_version(carpeta, serie, len(asentadas) + 1, nueva):
            return _escrito(hecho, ficheros)


def word_por_guardar(
    hecho: "InformeHecho",
    carpeta: Path,
    redactar: Redactar,
    corte_fijo: bool,
    con_folios: bool = False,
) -> tuple[Path | None, bytes]:
    """El Word con que `guardar_informe` lo dejaría, y dónde está si ya estaba."""
    asentadas = versiones_asentadas(carpeta, serie_de(hecho.informe.clave, con_folios))
    for _, nombre, contenido in _iguales(asentadas, hecho, redactar, corte_fijo):
        ruta = carpeta / nombre
        if not ruta.is_file() or _dice(ruta, contenido):
            return ruta, contenido
    return None, redactar(hecho)


def informe_ensayado(
    hecho: "InformeHecho",
    carpeta: Path,
    redactar: Redactar,
    corte_fijo: bool,
    sufijos: Iterable[str] = (),
    con_folios: bool = False,
) -> "InformeHecho":
    """El informe como quedaría al guardarlo, sin escribir nada: si ya estaba, y sus ficheros.

    `sufijos` son los de los demás ficheros que se piden. El que no estaba queda sin ficheros.
    """
    asentadas = versiones_asentadas(carpeta, serie_de(hecho.informe.clave, con_folios))
    for igual, nombre, contenido in _iguales(asentadas, hecho, redactar, corte_fijo):
        ruta = carpeta / nombre
        juntos = (ruta, *(ruta.with_suffix(sufijo) for sufijo in sufijos))
        if _dice(ruta, contenido) and all(fichero.is_file() for fichero in juntos):
            return replace(igual, ficheros=juntos, ya_estaba=True)
    return hecho


def _iguales(
    asentadas: list[VersionHecha], hecho: "InformeHecho", redactar: Redactar, corte_fijo: bool
) -> Iterator[tuple["InformeHecho", str, bytes]]:
    """Las versiones que dicen lo mismo: (el informe con su corte, su fichero, su Word)."""
    for version in _comparables(asentadas, hecho, corte_fijo):
        igual = replace(hecho, al=version.al.astimezone(hecho.al.tzinfo))
        contenido = redactar(igual)
        if sha256(contenido).hexdigest() == version.sha256:
            yield igual, version.fichero, contenido


def _sin_movimiento(hecho: "InformeHecho") -> bool:
    """Si no lleva renglones y en su periodo no pasó nada."""
    cifras = hecho.cifras
    return not cifras.filas and not any(
        cuanto for clave, cuanto in cifras.totales.items() if clave not in _DE_ANTES
    )


def _comparables(
    asentadas: list[VersionHecha], hecho: "InformeHecho", corte_fijo: bool
) -> list[VersionHecha]:
    """Las versiones que podrían decir lo mismo que este informe.

    La de un periodo sin terminar no vale por la del mismo periodo ya terminado.
    """
    if corte_fijo:
        return [h for h in asentadas if h.al == hecho.al]
    ultima = sorted(asentadas, key=lambda h: h.al)[-1:]
    periodo = hecho.periodo
    return [h for h in ultima if periodo.incompleto(h.al) == hecho.incompleto]


def _ficheros(
    hecho: "InformeHecho", ruta: Path, contenido: bytes, acompanar: Acompanar
) -> dict[Path, bytes]:
    """Todo lo que se escribirá; el Word al último: si está, está lo demás."""
    return {**acompanar(hecho, ruta, contenido), ruta: contenido}


def _cambiados(ficheros: Mapping[Path, bytes]) -> bool:
    return any(ruta.is_file() and not _dice(ruta, dice) for ruta, dice in ficheros.items())


def _dice(ruta: Path, contenido: bytes) -> bool:
    return ruta.is_file() and sha256_de(ruta) == sha256(contenido).hexdigest()


def _escrito(hecho: "InformeHecho", ficheros: Mapping[Path, bytes]) -> "InformeHecho":
    """Con sus ficheros en el disco; los que ya estaban iguales no se tocan."""
    faltan = [ruta for ruta, dice in ficheros.items() if not _dice(ruta, dice)]
    for ruta in faltan:
        escribir_entero(ruta, ficheros[ruta])
    return replace(hecho, ficheros=tuple(ficheros)[::-1], ya_estaba=not faltan)
