"""Muchos informes de una vez: todos los de una semana, o un año de semanas.

Se cuentan en una sola pasada por los expedientes y se escriben uno por uno: el que falla
no detiene a los demás, y repetir la corrida no hace dos veces lo ya hecho.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.nucleo.errores import CasoCambio, ErrorExpediente, ErrorUso, NoExiste
from expediente.nucleo.informe import Informe
from expediente.nucleo.periodo import (
    ACTUAL,
    EJEMPLOS,
    PERIODOS,
    Periodo,
    leer_periodo,
    periodos_entre,
)
from expediente.nucleo.tramos import Tramo
from expediente.operaciones.informes import (
    InformeHecho,
    carpeta_del_informe,
    contar_varios,
    escribir_informe,
    indicador_del_informe,
)
from expediente.operaciones.resultado import INTERRUMPIDO
from expediente.operaciones.revision_de_informes import exigir_informe_sano
from expediente.operaciones.salidas_de_informe import PDF, Pdfs, pdfs_de
from expediente.operaciones.ventanilla import Ventanilla

TODOS = "todos"
ENTRE = ".."
# Cuántos informes se convierten a PDF de una vez: lo que muere a la mitad no pierde más.
_TANDA = 50


@dataclass(frozen=True)
class Fallido:
    """Un informe que no se pudo hacer: cuál, de qué periodo (None: de todos) y por qué."""

    informe: str
    periodo: Periodo | None
    error: str
    codigo: int


@dataclass(frozen=True)
class Pedidos:
    """Lo que una corrida va a hacer.

    `por_hacer` son los informes con su periodo; `fallidos`, los que ya se sabe que no se
    pueden; `sin_empezar`, cuántos periodos no han empezado y por eso no se hacen.
    """

    por_hacer: tuple[tuple[Informe, Periodo], ...]
    fallidos: tuple[Fallido, ...] = ()
    sin_empezar: int = 0


@dataclass(frozen=True)
class Corrida:
    """Lo que dejó una corrida: los hechos y los que no se pudo.

    `interrumpida` dice que alguien la detuvo; lo hecho, hecho está.
    """

    hechos: tuple[InformeHecho, ...]
    fallidos: tuple[Fallido, ...]
    sin_empezar: int = 0
    interrumpida: bool = False

    @property
    def problemas(self) -> tuple[str, ...]:
        """Lo que ningún informe pudo contar, una vez cada cosa."""
        return tuple(dict.fromkeys(dicho for hecho in self.hechos for dicho in hecho.problemas))

    @property
    def codigo(self) -> int:
        """El código de salida, como lo entiende un programador de tareas.

        0 todo se hizo y se pudo leer todo; 75 sólo falló lo que estaba ocupado y basta
        repetir; 1 algo falló, no cuadra o hubo expedientes ilegibles; 130 se interrumpió.
        """
        if self.interrumpida:
            return INTERRUMPIDO
        ocupado = CasoCambio.codigo_salida
        if self.fallidos and all(fallido.codigo == ocupado for fallido in self.fallidos):
            return ocupado
        mal = self.fallidos or self.problemas or not all(h.cifras.cuadra for h in self.hechos)
        return int(bool(mal))


def pedir_lote(v: Ventanilla, clave: str, clase: str, escrito: str, al: datetime) -> Pedidos:
    """Qué informes se harán: el de esa clave, o `todos` los que se hacen por esa clase.

    `escrito` es un periodo («2026-W47», «anterior»), dos («2026-W01..2026-W52», con ambos) o,
    si no son años, un año entero («2026»). El que no ha empezado al corte no se hace. Lanza
    ErrorUso si no se entiende y NoExiste si ningún informe se hace así.
    """
    periodos = periodos_pedidos(clase, escrito, v.ahora.date())
    empezados = [p for p in periodos if p.desde <= al.date()]
    informes, fallidos = _informes_pedidos(v, clave, clase)
    por_hacer = tuple((informe, periodo) for periodo in empezados for informe in informes)
    return Pedidos(por_hacer, tuple(fallidos), len(periodos) - len(empezados))


def periodos_pedidos(clase: str, escrito: str, hoy: date) -> list[Periodo]:
    """Los periodos de esa clase que dice un texto. Lanza ErrorUso si no se entiende."""
    if clase not in PERIODOS:
        raise ErrorUso(f"Un informe no se hace por «{clase}».")
    if ENTRE in escrito:
        primero, _, ultimo = escrito.partition(ENTRE)
        if not (primero.strip() and ultimo.strip()):
            raise ErrorUso(f"Diga desde cuál y hasta cuál: {EJEMPLOS[clase]}{ENTRE}{ACTUAL}.")
        inicio, fin = (leer_periodo(clase, parte.strip(), hoy) for parte in (primero, ultimo))
        if fin.desde < inicio.desde:
            ejemplo = EJEMPLOS[clase]
            raise ErrorUso(
                f"Ese tramo acaba antes de empezar; escríbalo {ejemplo}{ENTRE}{ejemplo}."
            )
        return list(periodos_entre(inicio, fin))
    if clase != "anio" and escrito.isascii() and escrito.isdigit() and len(escrito) == 4:
        return _del_anio(clase, leer_periodo("anio", escrito, hoy))
    return [leer_periodo(clase, escrito, hoy)]


def _del_anio(clase: str, anio: Periodo) -> list[Periodo]:
    """Los de esa clase que son de ese año; las semanas, por su número (la W01 a la W52 o W53)."""
    # El 4 de enero siempre está en la primera semana, y el 28 de diciembre en la última.
    primero, ultimo = anio.desde.replace(day=4), anio.hasta.replace(day=28)
    if clase == "dia":
        primero, ultimo = anio.desde, anio.hasta
    del_inicio, del_final = (leer_periodo(clase, "", dia) for dia in (primero, ultimo))
    return list(periodos_entre(del_inicio, del_final))


def _informes_pedidos(v: Ventanilla, clave: str, clase: str) -> tuple[list[Informe], list[Fallido]]:
    """Los que se hacen por esa clase de periodo, y los que no se entienden."""
    sanos: list[Informe] = []
    fallidos: list[Fallido] = []
    if clave != TODOS:
        informe = leer_informe(v.raiz, clave)
        _exigir_sano(v, informe)
        if clase not in informe.periodos:
            raise ErrorUso(f"«{clave}» no se hace por {clase}: vea «expediente informe».")
        return [informe], []
    for cual in claves_de_informes(v.raiz):
        try:
            informe = leer_informe(v.raiz, cual)
            if clase in informe.periodos:
                _exigir_sano(v, informe)
                sanos.append(informe)
        except ErrorExpediente as error:
            fallidos.append(Fallido(cual, None, error.mensaje, error.codigo_salida))
    if not sanos and not fallidos:
        raise NoExiste(f"Ningún informe de la oficina se hace por {clase}.")
    return sanos, fallidos


def _exigir_sano(v: Ventanilla, informe: Informe) -> None:
    """Lanza DatosInvalidos si la definición, o la de uno de sus indicadores, está mal."""
    exigir_informe_sano(v, informe)
    for clave in informe.indicadores:
        indicador_del_informe(v, clave, informe)


def contar_lote(
    v: Ventanilla,
    pedidos: Pedidos,
    al: datetime,
    al_leer: Callable[[Tramo], None] = lambda tramo: None,
) -> list[InformeHecho]:
    """Las cifras de cada informe pedido, en una pasada y sin escribir nada."""
    return contar_varios(v, pedidos.por_hacer, al, al_leer)


def escribir_lote(
    v: Ventanilla,
    pedidos: Pedidos,
    contados: Sequence[InformeHecho],
    corte_fijo: bool = False,
    salida: Path | None = None,
    al_escribir: Callable[[], None] = lambda: None,
    formatos: frozenset[str] = frozenset(),
    con_folios: bool = False,
    simular: bool = False,
) -> Corrida:
    """Escribe cada informe ya contado; el que no se puede va en los fallidos.

    Con `salida` cada periodo lleva ahí su propia carpeta, como en `informes/`. `formatos` y
    `con_folios` son los de `hacer_informe`, salvo que, entre varios, el que se publica va sin
    folios. Con `simular` no se escribe nada, y se dice cuáles ya estaban. Ctrl-C deja hecho
    lo hecho: repetir la corrida termina lo que falta.
    """
    hechos: list[InformeHecho] = []
    fallidos = list(pedidos.fallidos)
    varios = len({informe.clave for informe, _ in pedidos.por_hacer}) > 1
    try:
        for desde in range(0, len(contados), _TANDA):
            tanda = contados[desde : desde + _TANDA]
            pdfs: Pdfs = {}
            if PDF in formatos and not simular:
                pdfs = _pdfs_de_la_tanda(v, tanda, salida, con_folios, corte_fijo)
            for contado in tanda:
                suyos = con_folios and not (varios and contado.informe.publico)
                como = (corte_fijo, formatos, suyos, simular, pdfs)
                try:
                    hechos.append(escribir_informe(v, contado, _en(salida, contado), *como))
                except ErrorExpediente as error:
                    clave, codigo = contado.informe.clave, error.codigo_salida
                    fallidos.append(Fallido(clave, contado.periodo, error.mensaje, codigo))
                al_escribir()
    except KeyboardInterrupt:
        return Corrida(tuple(hechos), tuple(fallidos), pedidos.sin_empezar, True)
    return Corrida(tuple(hechos), tuple(fallidos), pedidos.sin_empezar)


def _pdfs_de_la_tanda(
    v: Ventanilla,
    tanda: Sequence[InformeHecho],
    salida: Path | None,
    con_folios: bool,
    corte_fijo: bool,
) -> Pdfs:
    donde = [(uno, carpeta_del_informe(v, uno, _en(salida, uno))) for uno in tanda]
    try:
        return pdfs_de(v, donde, con_folios, corte_fijo)
    except ErrorExpediente:
        return {}  # cada informe dirá por qué no


def _en(salida: Path | None, contado: InformeHecho) -> Path | None:
    return salida / contado.periodo.carpeta if salida else None
