"""Medir indicadores: leer su definición, contarlos por los tramos y decir su resultado."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from expediente.almacen.definiciones import claves_de_indicadores, leer_indicador
from expediente.almacen.inventarios import leer_existencia
from expediente.almacen.reglas import procedimiento_vigente
from expediente.nucleo.calculos import Referencias
from expediente.nucleo.indicador import PROCEDIMIENTOS, Indicador
from expediente.nucleo.medicion import Medicion
from expediente.nucleo.periodo import PERIODOS, Periodo, PeriodoEscrito
from expediente.nucleo.resultados import Resultado
from expediente.operaciones.fuente import que_podrian_ser
from expediente.operaciones.pasada import recorrer
from expediente.operaciones.revision_de_indicadores import exigir_indicador_sano
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class IndicadorMedido:
    """El resultado de un indicador, y lo que no se pudo leer o calcular para él."""

    resultado: Resultado
    problemas: tuple[str, ...] = ()


def indicadores_que_hay(v: Ventanilla) -> list[Indicador]:
    """Los indicadores que la oficina tiene definidos; vacío si no tiene la carpeta."""
    return [leer_indicador(v.raiz, clave) for clave in claves_de_indicadores(v.raiz)]


def medir_indicador(
    v: Ventanilla, clave: str, pedido: PeriodoEscrito, al: datetime
) -> IndicadorMedido:
    """Mide un indicador en el periodo pedido o, sin pedirlo, en el que corre de los suyos.

    Un expediente ilegible no se cuenta ni se calla: va en los problemas. Lanza NoExiste si
    no hay tal indicador, DatosInvalidos si su definición está mal, ErrorUso si el periodo
    no se entiende.
    """
    indicador = leer_indicador(v.raiz, clave)
    periodo = _periodo_de(v, indicador, pedido)
    (medido,) = medir_varios(v, [(indicador, periodo)], al)
    return medido


def medir_varios(
    v: Ventanilla, pedidos: Sequence[tuple[Indicador, Periodo]], al: datetime
) -> list[IndicadorMedido]:
    """El resultado de cada indicador en su periodo, en una sola pasada por los tramos.

    Lanza DatosInvalidos si la definición de alguno está mal.
    """
    mediciones = [medicion_de(v, indicador, periodo, al) for indicador, periodo in pedidos]
    ilegibles = recorrer(v, mediciones, al)
    distintos = {indicador.procedimientos for indicador, _ in pedidos}
    suyos = {claves: que_podrian_ser(v, ilegibles, claves) for claves in distintos}
    return [
        medido(medicion, suyos[indicador.procedimientos])
        for medicion, (indicador, _) in zip(mediciones, pedidos, strict=True)
    ]


def medicion_de(v: Ventanilla, indicador: Indicador, periodo: Periodo, al: datetime) -> Medicion:
    """La cuenta de ese indicador, por llenar. Lanza DatosInvalidos si está mal definido."""
    exigir_indicador_sano(v, indicador)
    return medicion_revisada(v, indicador, periodo, al)


def medicion_revisada(
    v: Ventanilla, indicador: Indicador, periodo: Periodo, al: datetime
) -> Medicion:
    """La cuenta de un indicador cuya definición ya se revisó, por llenar."""
    return Medicion(indicador, periodo, al, v.calendario, _referencias(v, indicador))


def medido(medicion: Medicion, ilegibles: Sequence[str]) -> IndicadorMedido:
    """Lo que dio una cuenta ya llena, con los expedientes que no se pudieron leer."""
    avisos = dict.fromkeys(f"{folio}: {dicho}" for folio, dicho in medicion.avisos)
    return IndicadorMedido(medicion.resultado(), (*ilegibles, *sorted(avisos)))


def _periodo_de(v: Ventanilla, indicador: Indicador, pedido: PeriodoEscrito) -> Periodo:
    propio = indicador.periodicidad
    admite = (propio, *(clase for clase in PERIODOS if clase != propio))
    return pedido.leer(v.ahora.date(), admite)


def _referencias(v: Ventanilla, indicador: Indicador) -> Referencias:
    existencia = indicador.denominador.existencia
    existencias = {}
    if existencia:
        renglones = leer_existencia(v.raiz, existencia).renglones
        existencias[existencia] = sum((r.cantidad for r in renglones), Decimal(0))
    nombres = {clave: _nombres(v, indicador, clave) for clave in indicador.catalogos}
    return Referencias(nombres, existencias)


def _nombres(v: Ventanilla, indicador: Indicador, catalogo: str) -> dict[str, str]:
    if catalogo == PROCEDIMIENTOS:
        todos = (procedimiento_vigente(v.raiz, clave)[0] for clave in indicador.procedimientos)
        return {p.clave: p.nombre for p in todos}
    return {clave: opcion.nombre for clave, opcion in v.catalogos[catalogo].items()}
