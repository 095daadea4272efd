"""Cómo van las entregas de los informes hechos: a quién, cuándo y qué falta."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expediente.almacen import entregas as disco
from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.almacen.informes_hechos import asiento_de, misma_version, ultima_version
from expediente.nucleo.entrega import Entrega
from expediente.nucleo.errores import ErrorExpediente, ErrorUso
from expediente.nucleo.informe import Informe
from expediente.nucleo.periodo import Periodo, leer_periodo
from expediente.operaciones.ventanilla import Ventanilla

SIN_TERMINAR = "sin terminar"
SIN_MOVIMIENTO = "sin movimiento"


@dataclass(frozen=True)
class DelInforme:
    """Cómo van las entregas de un informe en un periodo.

    `ultimo` es la última versión hecha; None si ya no hay ninguna. `vigentes` es la última
    entrega a cada destinatario. `faltan` son los destinatarios que el informe pide y no
    tienen la última versión; ninguno si no se reclama, y `no_se_reclama` dice por qué: su
    periodo no había terminado, o en él no hubo nada que informar.
    """

    informe: str
    periodo: Periodo
    ultimo: Path | None
    vigentes: tuple[Entrega, ...]
    faltan: tuple[str, ...]
    asientos: tuple[Entrega, ...]
    no_se_reclama: str | None = None

    def atrasada(self, entrega: Entrega) -> bool:
        """Si lo que se entregó ya no es la última versión."""
        return self.ultimo is not None and not misma_version(
            entrega.fichero, self.ultimo.name, self.informe
        )


def entregas_que_hay(
    v: Ventanilla,
    clave: str | None = None,
    desde: date | None = None,
    hasta: date | None = None,
) -> tuple[list[DelInforme], list[str]]:
    """Cómo van las entregas de cada informe hecho, por periodo, y lo que no se pudo leer.

    Con `desde` o `hasta`, sólo los periodos que tocan esos días. Lanza NoExiste si no hay
    tal informe.
    """
    informes = [leer_informe(v.raiz, clave)] if clave else _legibles(v)
    hallados, problemas = [], []
    for carpeta in disco.carpetas_de_periodos(v.raiz):
        periodo = periodo_de_carpeta(v, carpeta)
        if (
            periodo is None
            or (hasta and periodo.desde > hasta)
            or (desde and periodo.hasta < desde)
        ):
            continue
        hay = disco.informes_en(carpeta)
        for informe in (x for x in informes if x.clave in hay):
            try:
                if (van := _como_van(carpeta, periodo, informe)) is not None:
                    hallados.append(van)
            except ErrorExpediente as error:
                problemas.append(error.mensaje)
    return sorted(hallados, key=lambda x: (x.periodo.hasta, x.periodo.desde, x.informe)), problemas


def _legibles(v: Ventanilla) -> list[Informe]:
    """Los informes cuya definición se entiende; de la que no, ya avisa `revisar`."""
    informes = []
    for clave in claves_de_informes(v.raiz):
        try:
            informes.append(leer_informe(v.raiz, clave))
        except ErrorExpediente:
            continue
    return informes


def _como_van(carpeta: Path, periodo: Periodo, informe: Informe) -> DelInforme | None:
    """None si de ese informe no hay nada en ese periodo."""
    ultimo = ultima_version(carpeta, informe.clave)
    asentado, _ = disco.leer_entregas(carpeta, informe.clave, periodo.clase, periodo.clave)
    if ultimo is None and not asentado.asientos:
        return None
    por_destinatario = {entrega.destinatario: entrega for entrega in asentado.vigentes}
    al_dia = {
        entrega.destinatario
        for entrega in asentado.vigentes
        if ultimo is None or misma_version(entrega.fichero, ultimo.name, informe.clave)
    }
    faltan = tuple(c for c in informe.destinatarios if c not in al_dia)
    porque = _por_que_no(ultimo, periodo, informe) if ultimo and faltan else None
    return DelInforme(
        informe.clave,
        periodo,
        ultimo,
        tuple(por_destinatario.values()),
        () if porque else faltan,
        asentado.asientos,
        porque,
    )


def _por_que_no(ultimo: Path, periodo: Periodo, informe: Informe) -> str | None:
    """Por qué no se reclama la entrega de esa versión; None si se reclama."""
    hecha = asiento_de(ultimo, informe.clave)
    if hecha is None:
        return None
    if periodo.incompleto(hecha.al):
        return SIN_TERMINAR
    return SIN_MOVIMIENTO if hecha.sin_movimiento else None


def periodo_de_carpeta(v: Ventanilla, carpeta: Path) -> Periodo | None:
    """El periodo cuyos informes están en esa carpeta; None si no es de ninguno."""
    partes = carpeta.relative_to(v.raiz / disco.INFORMES).parts
    anio, resto = partes[0], partes[1:]
    candidatos: Sequence[tuple[str, str]] = (
        ("semana", f"{anio}-W{resto[0][1:]}"),
        ("trimestre", f"{anio}-{resto[0]}"),
        ("mes" if len(resto) == 1 else "dia", "-".join(partes)),
        ("anio", anio),
    )
    for clase, escrito in candidatos:
        try:
            periodo = leer_periodo(clase, escrito, v.ahora.date())
        except ErrorUso:
            continue
        if periodo.carpeta == "/".join(partes):
            return periodo
    return None
