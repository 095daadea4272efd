"""Lo que el índice guarda de un caso: se lee su expediente o su copia, y se calcula una vez."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from expediente.almacen import casos, registro
from expediente.almacen.carpetas import FICHERO, carpeta_de
from expediente.almacen.copias import desempaquetar, empaquetar, empaquetar_tramos
from expediente.almacen.definiciones import leer_informe
from expediente.almacen.disco import sha256_del_texto
from expediente.almacen.firmas import asentada, firma_de
from expediente.almacen.guardado import Ficha
from expediente.almacen.huellas import huella_de
from expediente.almacen.perfiles import Aportes, aportes
from expediente.almacen.reglas import fichero_en_version, procedimiento_en_version
from expediente.almacen.tablas_del_indice import ABIERTO
from expediente.nucleo.caso import Caso
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.folio import leer_folio
from expediente.nucleo.informe import Informe
from expediente.nucleo.tramos import Tramo, tramos_del_caso
from expediente.operaciones.asunto import leer_para_contar
from expediente.operaciones.ventanilla import Ventanilla

Calculada = tuple[Ficha, tuple[Aportes, ...]]


@dataclass(frozen=True)
class Lector:
    """Lee casos para el índice, con lo que cada uno aporta a los informes.

    `informes` son los que cuentan cada procedimiento: {clave: ((informe, huella), …)}.
    """

    v: Ventanilla
    informes: Mapping[str, Sequence[tuple[str, str]]]

    def leer(self, folio: str) -> Calculada:
        """La ficha de un caso, leído de su carpeta."""
        carpeta = carpeta_del(self.v, folio)
        antes = time.time_ns()
        try:
            revision = registro.ultima_revision(carpeta)
            firma = asentada(firma_de(str(carpeta), revision), antes)
            leido = leer_para_contar(carpeta)
        except ErrorExpediente as error:
            return Ficha(folio, 0, "", problema=sin_ruta(self.v, error.mensaje)), ()
        ficha = Ficha(
            folio,
            leido.caso.revision,
            firma if leido.revision == revision else "",
            contenido=sha256_del_texto(leido.escrito),
            copia=empaquetar(leido.mapa),
        )
        return self._calcular(ficha, leido.caso)

    def recalcular(self, folio: str, contenido: str, copia: bytes) -> Calculada:
        """La ficha de un caso, de su copia ya analizada; queda por firmar.

        Lanza CopiaDanada.
        """
        caso = caso_de_copia(copia, carpeta_del(self.v, folio))
        ficha = Ficha(folio, caso.revision, "", contenido=contenido, copia=copia)
        return self._calcular(ficha, caso)

    def _calcular(self, ficha: Ficha, caso: Caso) -> Calculada:
        ficha = ficha._replace(
            procedimiento=caso.procedimiento,
            version=caso.version,
            capturado=max(a.capturado.timestamp() for a in caso.actuaciones),
        )
        try:
            tramos = tramos_del(self.v, caso)
        except ErrorExpediente as error:
            return ficha._replace(problema=sin_ruta(self.v, error.mensaje)), ()
        dias = [ultimo_dia(tramo) for tramo in tramos]
        ficha = ficha._replace(
            primero=tramos[0].desde.toordinal() if tramos else 0,
            ultimo=max((dia.toordinal() if dia else ABIERTO for dia in dias), default=0),
            tramos=empaquetar_tramos(tramos),
        )
        suyos = self.informes.get(caso.procedimiento, ())
        return ficha, tuple(aportes(tramos, [_definicion(self.v.raiz, *uno) for uno in suyos]))


@lru_cache(maxsize=64)
def _definicion(raiz: Path, clave: str, _huella: str) -> Informe:
    """Un informe, leído una vez mientras su fichero tenga esa huella."""
    return leer_informe(raiz, clave)


def carpeta_del(v: Ventanilla, folio: str) -> Path:
    """La carpeta de ese caso."""
    leido = leer_folio(folio)
    assert leido is not None
    return carpeta_de(v.raiz, leido)


def caso_de_copia(copia: bytes, carpeta: Path) -> Caso:
    """El caso que dice una copia. Lanza CopiaDanada."""
    return casos.caso_de_mapa(desempaquetar(copia), "", carpeta / FICHERO)


def tramos_del(v: Ventanilla, caso: Caso, al: datetime | None = None) -> tuple[Tramo, ...]:
    """Los tramos de un caso con las reglas de la oficina; con `al`, lo que se sabía entonces.

    Lanza NoExiste o DatosInvalidos si falta o no se entiende lo que hace falta.
    """
    p = procedimiento_en_version(v.raiz, caso.procedimiento, caso.version)
    return tramos_del_caso(caso.folio, p, caso.actuaciones, v.catalogos, v.calendario, v.zona, al)


def ultimo_dia(tramo: Tramo) -> date | None:
    """El último día en que algo de ese tramo puede contar; None si sigue abierto.

    De un caso cerrado, el de su cierre o el de la última fecha que conste en él.
    """
    if tramo.cerrado is None:
        return tramo.hasta
    dias = [tramo.cerrado, tramo.desde]
    for hechos in (tramo.hechos, *tramo.documentos):
        for dato in hechos.values():
            if isinstance(dato, date):
                dias.append(dato.date() if isinstance(dato, datetime) else dato)
    return max(dias)


def huella_de_reglas(v: Ventanilla, clave: str, version: str) -> str:
    """La huella de todo aquello de que dependen los hechos de los casos de esa versión.

    Lanza OSError, o DatosInvalidos si el calendario no se entiende.
    """
    fichero = fichero_en_version(v.raiz, clave, version)
    try:
        p = procedimiento_en_version(v.raiz, clave, version)
        usados = sorted({hoja.catalogo for hoja in p.hojas.values() if hoja.catalogo})
    except ErrorExpediente:
        usados = []
    calendario = v.calendario
    dias = sorted((dia.isoformat(), motivo) for dia, motivo in calendario.inhabiles.items())
    return huella_de(
        repr((dias, sorted(calendario.anios), calendario.cierre, v.oficina.zona)),
        ficheros=(fichero, *(v.raiz / "catalogos" / f"{clave}.yaml" for clave in usados)),
    )


def sin_ruta(v: Ventanilla, mensaje: str) -> str:
    """El mensaje con las rutas desde la carpeta de la oficina."""
    return mensaje.replace(f"{v.raiz}/", "")
