"""El fichero de un caso: cómo se abre, se lee y se publica su cambio.

Dónde está cada carpeta lo dice `carpetas`; qué se adopta de una edición a mano, `edicion`.
"""

import os
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

from expediente.almacen import cambios, registro
from expediente.almacen.carpetas import FICHERO, carpeta_de, carpeta_de_casos, leer_encabezado
from expediente.almacen.copias_a_mano import mapa_de_copia
from expediente.almacen.disco import errores_de_disco, leer_texto, publicar
from expediente.almacen.fichero_yaml import error_de_forma, mapa_de_texto
from expediente.almacen.texto_yaml import escribir
from expediente.nucleo.caso import Caso, leer_actuaciones
from expediente.nucleo.encabezado import CALCULADAS, mapa_del_caso
from expediente.nucleo.errores import CasoCambio, DatosInvalidos
from expediente.nucleo.folio import Folio, leer_folio
from expediente.nucleo.forma import FormaInvalida, entero, texto

AVISO = (
    "# Lo lleva el programa «expediente». A mano sólo se corrigen los renglones de «datos»:\n"
    "# la corrección se adopta, con su rastro, la próxima vez que alguien trabaje el caso.\n"
)


_PROPIAS = ("folio", "procedimiento", "version", "revision", "actuaciones")


class CasoLeido(NamedTuple):
    """Un caso en su revisión vigente.

    `editado` es el caso según la copia que alguien editó a mano; None si nadie la tocó.
    """

    carpeta: Path
    caso: Caso
    lectura: registro.Lectura
    editado: Caso | None = None


class OrigenTomado(CasoCambio):
    """El renglón de una hoja ya se abrió, quizá a la vez, con `folio`."""

    def __init__(self, folio: Folio) -> None:
        super().__init__(f"Ese renglón ya se abrió como {folio}.")
        self.folio = str(folio)


def reclamar_folio(
    raiz: Path,
    prefijo: str,
    anio: int,
    hacer: Callable[[Folio], Caso],
    origen: str | None = None,
) -> Caso:
    """Abre un caso con el siguiente consecutivo libre, publicando su carpeta entera.

    `hacer` devuelve el caso completo para el folio que se intenta; se llama otra vez con
    el siguiente si otra persona lo tomó primero. Lanza OrigenTomado si ya hay un caso de
    ese `origen`.
    """
    padre = carpeta_de_casos(raiz) / f"{anio:04d}"
    folio = Folio(prefijo, anio, _ultimo_consecutivo(padre, prefijo, anio) + 1)
    while True:
        if origen:
            folio = _apartar(raiz, origen, folio)
        caso, carpeta = hacer(folio), carpeta_de(raiz, folio)
        cambios.anunciar(carpeta_de_casos(raiz), str(folio), 1)
        if registro.crear(carpeta.parent, carpeta.name, FICHERO, texto_del_caso(caso)):
            return caso
        if origen and _origen_de(raiz, folio) == origen:
            raise OrigenTomado(folio)
        folio = folio._replace(consecutivo=folio.consecutivo + 1)


def _apartar(raiz: Path, origen: str, propuesto: Folio) -> Folio:
    """El folio con que se abre ese origen, el mismo para todos los que lo intenten a la vez.

    Quien apartó y se apagó no estorba: otro abre el caso con el folio que él había dicho.
    Sólo si ese folio ya es de otro asunto se aparta uno más.
    """
    apartados = carpeta_de_casos(raiz) / ".origenes" / origen
    for vuelta in count(1):
        if publicar(apartados, f"{vuelta:06d}", {"folio": str(propuesto).encode()}):
            return propuesto
        folio = leer_folio(leer_texto(apartados / f"{vuelta:06d}" / "folio"))
        if folio and _origen_de(raiz, folio) in (None, origen):
            return folio
    raise AssertionError("siempre hay una vuelta más")


def _origen_de(raiz: Path, folio: Folio) -> object:
    """El origen del caso de ese folio, «» si se tecleó; None si nadie ha tomado el folio."""
    carpeta = carpeta_de(raiz, folio)
    return leer_encabezado(carpeta)[0].get("origen", "") if carpeta.is_dir() else None


def _ultimo_consecutivo(padre: Path, prefijo: str, anio: int) -> int:
    if not padre.is_dir():
        return 0
    inicio = f"{prefijo}-{anio:04d}-"
    # Se mira cada folio del año en cada apertura: sin Path ni Folio, diez veces más aprisa.
    with errores_de_disco(padre), os.scandir(padre) as carpetas:
        finales = (c.name[len(inicio) :] for c in carpetas if c.name.startswith(inicio))
        return max((int(final) for final in finales if final.isdecimal()), default=0)


def publicar_cambio(carpeta: Path, caso: Caso) -> CasoLeido | None:
    """Publica el caso en su nueva revisión y lo da como quedó, sin volver a leerlo.

    None si otra persona publicó esa misma.
    """
    escrito = texto_del_caso(caso)
    cambios.anunciar(carpeta.parent.parent, carpeta.name, caso.revision)
    if not registro.publicar_revision(carpeta, FICHERO, caso.revision, escrito):
        return None
    lectura = registro.Lectura(caso.revision, escrito, escrito, editado=False)
    return CasoLeido(carpeta, caso, lectura)


def texto_del_caso(caso: Caso) -> str:
    """El texto de expediente.yaml."""
    return AVISO + escribir(mapa_del_caso(caso))


def leer_caso(carpeta: Path) -> CasoLeido:
    """El caso de esa carpeta y, si alguien lo editó a mano, también su edición.

    Lanza DatosInvalidos con fichero y renglón si no se entiende.
    """
    lectura = registro.leer(carpeta, FICHERO)
    ruta = _ruta_vigente(carpeta, lectura.revision)
    mapa = mapa_de_copia(carpeta, lectura.texto) or mapa_de_texto(lectura.texto, ruta)
    caso = caso_de_mapa(mapa, lectura.texto, ruta)
    editado = None
    if lectura.editado and lectura.visible is not None:
        editado = _leer_edicion(carpeta, lectura)
    return CasoLeido(carpeta, caso, lectura, editado)


class Publicado(NamedTuple):
    """Un caso como se publicó: su revisión, su texto y lo que dice, analizado."""

    carpeta: Path
    caso: Caso
    revision: int
    escrito: str
    mapa: Mapping[str, object]


def leer_publicado(carpeta: Path) -> Publicado:
    """El caso en su revisión publicada, que es lo que cuenta, sin mirar la copia que se ve.

    Lanza DatosInvalidos con fichero y renglón si no se entiende.
    """
    revision = registro.ultima_revision(carpeta)
    escrito = registro.texto_de_revision(carpeta, FICHERO, revision)
    ruta = _ruta_vigente(carpeta, revision)
    mapa = mapa_de_texto(escrito, ruta)
    return Publicado(carpeta, caso_de_mapa(mapa, escrito, ruta), revision, escrito, mapa)


def _ruta_vigente(carpeta: Path, revision: int) -> Path:
    return carpeta / registro.REVISIONES / f"{revision:06d}" / FICHERO


def _leer_edicion(carpeta: Path, lectura: registro.Lectura) -> Caso:
    assert lectura.visible is not None
    try:
        return caso_de_texto(lectura.visible, carpeta / FICHERO)
    except DatosInvalidos as error:
        raise DatosInvalidos(
            f"{error.mensaje} Corrija ese renglón; o borre el fichero y el programa lo repone "
            f"con su última revisión (la {lectura.revision})."
        ) from None


def caso_de_texto(escrito: str, ruta: Path) -> Caso:
    """El caso que dice un texto; `ruta` es para nombrarla en los errores."""
    return caso_de_mapa(mapa_de_texto(escrito, ruta), escrito, ruta)


def caso_de_mapa(mapa: Mapping[str, object], escrito: str, ruta: Path) -> Caso:
    """El caso que dice un texto ya analizado. Lanza DatosInvalidos con su renglón."""
    try:
        return Caso(
            folio=texto(mapa.get("folio", ""), ("folio",)),
            procedimiento=texto(mapa.get("procedimiento", ""), ("procedimiento",)),
            version=texto(mapa.get("version", ""), ("version",)),
            revision=entero(mapa.get("revision", ""), ("revision",)),
            actuaciones=leer_actuaciones(mapa.get("actuaciones")),
            encabezado={k: mapa[k] for k in CALCULADAS if k in mapa},
            otras={k: v for k, v in mapa.items() if k not in _PROPIAS and k not in CALCULADAS},
        )
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None


def por_publicar(carpeta: Path, caso: Caso) -> CasoLeido:
    """Un caso del que en el disco todavía no hay nada."""
    return CasoLeido(carpeta, caso, registro.Lectura(0, "", None, editado=False))


def reponer_copia(leido: CasoLeido) -> None:
    """Repone expediente.yaml si está atrasado o falta."""
    registro.poner_al_dia(leido.carpeta, FICHERO, leido.lectura)
