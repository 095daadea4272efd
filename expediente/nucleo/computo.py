"""De una regla y de lo que consta en el caso, a su vencimiento explicado."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from expediente.nucleo.calendario import Calendario, Vencimiento
from expediente.nucleo.estado import Llegada, Suspension
from expediente.nucleo.fecha import dia_y_fecha, momento_en_palabras
from expediente.nucleo.procedimiento import Cadencia, ReglaPlazo
from expediente.nucleo.relojes import (
    RELOJES,
    Cuenta,
    Tramos,
    cantidad_en_palabras,
    detenido_en,
    no_corre,
    tramos_de,
)


def vencimiento(
    regla: ReglaPlazo,
    inicio: datetime,
    cumplido: datetime | None,
    calendario: Calendario,
    suspensiones: Iterable[Suspension] = (),
    prorroga: int = 0,
    fecha: date | None = None,
) -> Vencimiento:
    """El vencimiento de una regla que empezó a correr en `inicio`.

    `prorroga` se suma a su cantidad, en su unidad; la meta no se prorroga. `fecha` es la
    que el caso trae escrita: vence ese mismo día al cierre, hábil o no, y suspender no la
    mueve; si la regla tiene además cantidad, manda lo que venza antes. Una de las dos
    cosas hace falta. Lo suspendido después de cumplirse no cuenta. Lanza DatosInvalidos si
    la cuenta pasa por un año sin calendario.
    """
    cabeza = _empieza(regla, inicio, calendario)
    return _vencimiento(regla, inicio, cumplido, calendario, suspensiones, prorroga, fecha, cabeza)


def vencimiento_del_periodo(
    regla: ReglaPlazo,
    cadencia: Cadencia,
    llegada: Llegada,
    calendario: Calendario,
    suspensiones: Iterable[Suspension] = (),
    prorroga: int = 0,
    fecha: date | None = None,
) -> Vencimiento:
    """El del periodo en que va un paso que se repite.

    El periodo k acaba k veces la cadencia después de que el paso tocó por primera vez,
    se haya cumplido antes o después el anterior: la fecha-día no se va corriendo. La
    cantidad de `regla` es la gracia, que se cuenta a partir de ese día: acabarlo es la
    meta, y acabar la gracia, el tope. Con cantidad 0 vence al acabar el periodo. Lo
    suspendido desde que tocó por primera vez recorre todos los periodos que siguen: el
    tiempo que no corrió no se debe.
    """
    reloj, cada = RELOJES[cadencia.unidad], cadencia.cantidad
    suspensiones = tuple(suspensiones)
    tramos = tramos_de(suspensiones, llegada.primera, None)
    inicio = llegada.primera
    if llegada.vueltas:
        inicio = reloj(llegada.vueltas * cada, inicio, tramos, calendario).vence
    if cadencia.unidad == "habiles":  # los hábiles se pueden seguir contando desde el anterior
        cuenta = reloj(cada, inicio, tramos_de(suspensiones, inicio, None), calendario)
    else:
        vueltas = llegada.vueltas + 1
        cuenta = reloj(vueltas * cada, llegada.primera, tramos, calendario)
    cabeza = (
        f"Tocó por primera vez: {momento_en_palabras(llegada.primera)}.",
        f"Se repite cada {cantidad_en_palabras(cada, cadencia.unidad).removeprefix('1 ')}; "
        f"va en el periodo {llegada.vueltas + 1}.",
        *cuenta.renglones,
    )
    if regla.cantidad and not cuenta.detenida:
        gracia = cantidad_en_palabras(regla.cantidad, regla.unidad)
        cabeza += (f"Acaba el periodo: {dia_y_fecha(cuenta.vence)}. De gracia, {gracia} más.",)
    sin_meta = replace(regla, cantidad=regla.cantidad or 0, meta=None)
    con_gracia = _vencimiento(
        sin_meta, cuenta.vence, None, calendario, suspensiones, prorroga, fecha, cabeza
    )
    return replace(
        con_gracia,
        inicio=inicio,
        meta=cuenta.vence if cuenta.vence < con_gracia.vence else None,
        suspendido=cuenta.detenida or con_gracia.suspendido,
        explicacion=cabeza if cuenta.detenida else con_gracia.explicacion,
        detenido=detenido_en(tramos_de(suspensiones, inicio, None), con_gracia.vence),
    )


def _vencimiento(
    regla: ReglaPlazo,
    inicio: datetime,
    cumplido: datetime | None,
    calendario: Calendario,
    suspensiones: Iterable[Suspension],
    prorroga: int,
    fecha: date | None,
    cabeza: tuple[str, ...],
) -> Vencimiento:
    tramos = tramos_de(suspensiones, inicio, cumplido)
    cuenta = _contar(regla, prorroga, inicio, tramos, fecha, calendario)
    original = meta = None
    if prorroga:
        original = _contar(regla, 0, inicio, tramos, fecha, calendario).vence
    if regla.meta is not None:
        deseable = RELOJES[regla.unidad](regla.meta, inicio, tramos, calendario).vence
        meta = deseable if deseable < cuenta.vence else None
    return Vencimiento(
        regla.clave,
        regla.nombre.rstrip("."),
        inicio,
        cuenta.vence,
        cumplido,
        (*cabeza, *cuenta.renglones, *_final(regla, cuenta, meta, original, prorroga)),
        regla.fundamento,
        regla.hasta,
        regla.escala,
        meta,
        cuenta.detenida,
        original,
        detenido_en(tramos, cuenta.vence),
    )


def _empieza(regla: ReglaPlazo, inicio: datetime, calendario: Calendario) -> tuple[str, ...]:
    if regla.unidad != "habiles" or regla.cantidad is None:
        return (f"Empieza a correr: {momento_en_palabras(inicio)}.",)
    dia = calendario.dia_de_recepcion(inicio)
    recibido = (
        (f"Se tiene por recibido el siguiente día hábil: {dia_y_fecha(dia)}.",)
        if dia != inicio.date()
        else ()
    )
    llego = f"Llegó: {dia_y_fecha(inicio)}, {inicio:%H:%M} horas."
    return (llego, *recibido, "El día en que se recibe no cuenta.")


def _final(
    regla: ReglaPlazo,
    cuenta: Cuenta,
    meta: datetime | None,
    original: datetime | None,
    prorroga: int,
) -> list[str]:
    """Lo que cierra la explicación: la prórroga, la meta y el vencimiento."""
    renglones = []
    if original:
        mas = cantidad_en_palabras(prorroga, regla.unidad)
        renglones.append(f"Vencía: {momento_en_palabras(original)}; se prorrogó {mas}.")
    if cuenta.detenida:
        return renglones
    if meta:
        deseable = cantidad_en_palabras(regla.meta or 0, regla.unidad)
        renglones.append(f"Meta ({deseable}): {momento_en_palabras(meta)}.")
    en_horas = regla.unidad == "horas" and regla.cantidad is not None
    cierre = "" if en_horas else ", al cierre"
    tope = "Vence, como tope" if meta else "Vence"
    return [*renglones, f"{tope}: {momento_en_palabras(cuenta.vence)}{cierre}."]


def _contar(
    regla: ReglaPlazo,
    prorroga: int,
    inicio: datetime,
    tramos: Tramos,
    fecha: date | None,
    calendario: Calendario,
) -> Cuenta:
    cuentas = []
    if regla.cantidad is not None:
        cantidad = regla.cantidad + prorroga
        cuentas.append(RELOJES[regla.unidad](cantidad, inicio, tramos, calendario))
    if fecha is not None:
        cuentas.append(
            _en_fecha(regla, prorroga, calendario.al_cierre(fecha, inicio), tramos, calendario)
        )
    antes = min(cuentas, key=lambda cuenta: cuenta.vence)
    renglones = tuple(renglon for cuenta in cuentas for renglon in cuenta.renglones)
    if len(cuentas) > 1:
        renglones += ("Manda lo que vence antes.",)
    return antes._replace(renglones=renglones)


def _en_fecha(
    regla: ReglaPlazo, prorroga: int, vence: datetime, tramos: Tramos, calendario: Calendario
) -> Cuenta:
    """La fecha que trae el caso; sólo una prórroga la mueve."""
    renglones = [f"Fecha que consta en el expediente: {dia_y_fecha(vence)}."]
    if prorroga:
        vence = RELOJES[regla.unidad](prorroga, vence, (), calendario).vence
        mas = cantidad_en_palabras(prorroga, regla.unidad)
        renglones.append(f"Con {mas} de prórroga: {dia_y_fecha(vence)}.")
    abierto = next((t for t in tramos if t.hasta is None and t.desde <= vence), None)
    if abierto:
        renglones.append(no_corre(abierto, "La fecha no se mueve"))
    return Cuenta(vence, tuple(renglones), abierto is not None)
