"""Una carpeta con su historia: el fichero que se ve y las revisiones que valen.

    carpeta/
    ├── expediente.yaml                 la copia que se ve (y que alguien puede editar)
    └── .revisiones/000007/expediente.yaml   la revisión 7, publicada entera

La revisión publicada es la verdad; la copia que se ve se pone al día sola. Sirve igual
a un caso y a un asiento del libro de oficios.
"""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from expediente.almacen import nombres
from expediente.almacen.disco import errores_de_disco, escribir_entero, leer_texto, publicar
from expediente.nucleo.errores import ErrorDisco, NoExiste, SinPermiso

REVISIONES = nombres.REVISIONES


class Lectura(NamedTuple):
    """Lo que hay en una carpeta: la revisión vigente y la copia que se ve.

    `visible` es None si la copia falta. `editado` dice si la copia no es ninguna de las
    revisiones publicadas: alguien la tocó a mano.
    """

    revision: int
    texto: str
    visible: str | None
    editado: bool


def crear(padre: Path, nombre: str, fichero: str, texto: str) -> bool:
    """Publica una carpeta nueva en su revisión 1; False si el nombre está tomado."""
    crudo = texto.encode("utf-8")
    return publicar(padre, nombre, {fichero: crudo, f"{REVISIONES}/000001/{fichero}": crudo})


def publicar_revision(carpeta: Path, fichero: str, revision: int, texto: str) -> bool:
    """Publica esa revisión y pone al día la copia que se ve; False si ya la publicó otro."""
    crudo = texto.encode("utf-8")
    if not publicar(carpeta / REVISIONES, f"{revision:06d}", {fichero: crudo}):
        return False
    # La revisión ya vale: si la copia no se puede escribir, se repone después.
    with suppress(ErrorDisco, SinPermiso):
        _poner_visible(carpeta, fichero, revision, crudo)
    return True


def _poner_visible(carpeta: Path, fichero: str, revision: int, crudo: bytes) -> None:
    """Escribe la copia que se ve, sin dejar encima una más vieja que la vigente."""
    escribir_entero(carpeta / fichero, crudo, seguro=False)
    while (vigente := ultima_revision(carpeta)) > revision:
        revision = vigente
        nuevo = texto_de_revision(carpeta, fichero, vigente).encode("utf-8")
        escribir_entero(carpeta / fichero, nuevo, seguro=False)


def ultima_revision(carpeta: Path) -> int:
    """El número de la revisión vigente. Lanza NoExiste si no hay ninguna."""
    with errores_de_disco(carpeta):
        numeros = [int(r.name) for r in (carpeta / REVISIONES).iterdir() if r.name.isdigit()]
    if not numeros:
        raise NoExiste(f"{carpeta}: no tiene ninguna revisión publicada.")
    return max(numeros)


def texto_de_revision(carpeta: Path, fichero: str, revision: int) -> str:
    """El texto de una revisión publicada."""
    return leer_texto(carpeta / REVISIONES / f"{revision:06d}" / fichero, limite=20_000_000)


def leer(carpeta: Path, fichero: str) -> Lectura:
    """Lo que vale y lo que se ve. Lanza NoExiste si no hay tal carpeta."""
    while True:
        revision = ultima_revision(carpeta)
        lectura = _leer_en(carpeta, fichero, revision)
        # Quien publica mientras se lee cambia la copia: no la tocó nadie a mano.
        if not lectura.editado or ultima_revision(carpeta) == revision:
            return lectura


def _leer_en(carpeta: Path, fichero: str, revision: int) -> Lectura:
    texto = texto_de_revision(carpeta, fichero, revision)
    try:
        visible = leer_texto(carpeta / fichero, limite=20_000_000)
    except NoExiste:
        visible = None
    if visible is not None and not visible.strip("\0 \n"):
        visible = None
    if visible in (texto, None):
        return Lectura(revision, texto, visible, editado=False)
    atrasada = any(
        visible == texto_de_revision(carpeta, fichero, r) for r in range(revision - 1, 0, -1)
    )
    return Lectura(revision, texto, visible, editado=not atrasada)


def poner_al_dia(carpeta: Path, fichero: str, lectura: Lectura) -> None:
    """Repone la copia que se ve si está atrasada o falta; no toca la editada a mano."""
    if lectura.visible != lectura.texto and not lectura.editado:
        escribir_entero(carpeta / fichero, lectura.texto.encode("utf-8"), seguro=False)
