"""Los plazos de un caso: qué reglas le rigen y cuándo vence cada una."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any

from expediente.nucleo.calendario import Calendario, Vencimiento
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.computo import vencimiento, vencimiento_del_periodo
from expediente.nucleo.contexto import claves_de_plazos
from expediente.nucleo.estado import Estado
from expediente.nucleo.hechos import fecha_dicha, hechos_de
from expediente.nucleo.procedimiento import Paso, Procedimiento, ReglaPlazo


def vencimientos(
    p: Procedimiento,
    estado: Estado,
    catalogos: Mapping[str, Catalogo],
    calendario: Calendario,
    hechos: Mapping[str, Any] | None = None,
) -> tuple[Vencimiento, ...]:
    """Los plazos que corren o corrieron: los del procedimiento y los de sus pasos.

    Un plazo del procedimiento empieza con el último de sus hechos `desde` y se cumple con
    el primero de `hasta` que le sigue, o al concluir el caso. El de un paso corre desde
    que el paso toca, y se cumple al darlo; si el caso siguió por otro lado, deja de
    correr. Del paso que se repite se da el periodo en que va. Sigue a otro lo que se
    asentó después, aunque los dos pasaran en el mismo minuto. El que sólo tiene `fecha`
    no corre mientras el caso no la traiga. `hechos` son los del caso, si ya se sacaron.
    Lanza DatosInvalidos si falta el calendario de un año.
    """
    if not (claves_de_plazos(p) or estado.suspendido):
        return ()
    if hechos is None:
        hechos = hechos_de(p, estado, catalogos)
    return (
        *_de_la_prevencion(p, estado, calendario),
        *_del_procedimiento(p, estado, hechos, calendario),
        *_de_los_pasos(p, estado, hechos, calendario),
    )


def el_que_corre(todos: Iterable[Vencimiento]) -> Vencimiento | None:
    """De los que siguen corriendo, el que vence primero; None si no corre ninguno."""
    corren = [x for x in todos if x.cumplido is None and not x.suspendido]
    return min(corren, key=lambda x: x.vence, default=None)


def vencidos(todos: Iterable[Vencimiento], momento: datetime) -> frozenset[str]:
    """Las claves de los que en ese momento ya pasaron sin cumplirse ni estar suspendidos."""
    return frozenset(x.clave for x in todos if x.vencido(momento))


def _de_la_prevencion(
    p: Procedimiento, estado: Estado, calendario: Calendario
) -> Iterator[Vencimiento]:
    """El plazo para subsanar, que corre mientras los demás están detenidos."""
    suspension = estado.suspendido
    if suspension is not None and suspension.clase == "prevencion":
        regla = ReglaPlazo(
            "prevencion", "Atender la prevención", p.eventos.prevencion, hasta=("reanudar",)
        )
        yield vencimiento(regla, suspension.desde, None, calendario)


def _del_procedimiento(
    p: Procedimiento, estado: Estado, hechos: Mapping[str, Any], calendario: Calendario
) -> Iterator[Vencimiento]:
    for regla in p.plazos:
        dados = [hecho for hecho in regla.desde if hecho in estado.orden]
        if not dados or not _rige(regla, hechos):
            continue
        inicio = max(dados, key=estado.orden.__getitem__)
        cumplido = _cumplido(regla, estado, estado.orden[inicio])
        yield _vence(regla, estado, estado.ocurrio[inicio], cumplido, hechos, calendario)


def _de_los_pasos(
    p: Procedimiento, estado: Estado, hechos: Mapping[str, Any], calendario: Calendario
) -> Iterator[Vencimiento]:
    for paso in p.pasos:
        llegada = estado.llegadas.get(paso.clave)
        if llegada is None:
            continue
        activo = paso.clave in estado.pasos
        if paso.repite:
            if activo:
                yield _del_periodo(paso, estado, hechos, calendario)
        elif paso.plazo and _rige(paso.plazo, hechos):
            dado = estado.orden.get(paso.clave, 0) > llegada.orden
            if activo or dado:
                cumplido = _cumplido(paso.plazo, estado, llegada.orden)
                inicio = _desde_que_puede(paso, llegada.momento, hechos)
                yield _vence(paso.plazo, estado, inicio, cumplido, hechos, calendario)


def _desde_que_puede(paso: Paso, llegada: datetime, hechos: Mapping[str, Any]) -> datetime:
    """Cuándo empieza a correr el plazo de un paso: al tocar, o el día que espera si es después."""
    espera = fecha_dicha(paso.espera_hasta, hechos)
    if espera is None or espera <= llegada.date():
        return llegada
    return datetime.combine(espera, time(), tzinfo=llegada.tzinfo)


def _rige(regla: ReglaPlazo, hechos: Mapping[str, Any]) -> bool:
    """Si la regla alcanza a este caso y tiene con qué contarse."""
    if regla.si is not None and not regla.si.cumple(hechos):
        return False
    return regla.cantidad is not None or fecha_dicha(regla.fecha, hechos) is not None


def _cumplido(regla: ReglaPlazo, estado: Estado, inicio: int) -> datetime | None:
    """Cuándo se cumplió el que empezó en la actuación `inicio`; None si no."""
    fines = [estado.ocurrio[h] for h in regla.hasta if estado.orden.get(h, 0) > inicio]
    fines += [estado.concluido] if estado.concluido else []
    return min(fines, default=None)


def _vence(
    regla: ReglaPlazo,
    estado: Estado,
    inicio: datetime,
    cumplido: datetime | None,
    hechos: Mapping[str, Any],
    calendario: Calendario,
) -> Vencimiento:
    prorroga = estado.prorrogas.get(regla.clave, 0)
    fecha = fecha_dicha(regla.fecha, hechos)
    return vencimiento(regla, inicio, cumplido, calendario, estado.suspensiones, prorroga, fecha)


def _del_periodo(
    paso: Paso, estado: Estado, hechos: Mapping[str, Any], calendario: Calendario
) -> Vencimiento:
    assert paso.repite is not None
    regla = paso.plazo
    if regla is None or not _rige(regla, hechos):
        nombre = regla.nombre if regla else paso.actividad
        regla = ReglaPlazo(paso.clave, nombre, 0, paso.repite.unidad, hasta=(paso.clave,))
    return vencimiento_del_periodo(
        regla,
        paso.repite,
        estado.llegadas[paso.clave],
        calendario,
        estado.suspensiones,
        estado.prorrogas.get(paso.clave, 0),
        fecha_dicha(regla.fecha, hechos),
    )
