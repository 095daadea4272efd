"""Lo que mueve un vencimiento: los meses, lo suspendido, la prórroga, la fecha y la meta."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from expediente.nucleo.calendario import Calendario, Vencimiento
from expediente.nucleo.computo import vencimiento
from expediente.nucleo.estado import Suspension
from expediente.nucleo.fecha import sumar_meses
from tests.nucleo.test_calendario import LEY, el, plazo

UNIDADES = ("horas", "habiles", "naturales", "meses")
LUNES = el(2026, 11, 2)
SIN_CALENDARIO = Calendario({}, frozenset())


def suspendido(desde: datetime, hasta: datetime | None, clase: str = "suspension") -> Suspension:
    return Suspension(clase, desde, hasta, "Falta el dictamen.")


def corre(
    cantidad: int,
    unidad: str,
    *suspensiones: Suspension,
    inicio: datetime = LUNES,
    cumplido: datetime | None = None,
    **demas: Any,
) -> Vencimiento:
    return vencimiento(plazo(cantidad, unidad), inicio, cumplido, LEY, suspensiones, **demas)


@pytest.mark.parametrize(
    ("inicio", "meses", "vence"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 11, 30), 2, date(2027, 1, 30)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2028, 1, 31), 1, date(2028, 3, 1)),
        (date(2028, 1, 29), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 5, 1)),
        (date(2026, 7, 8), 0, date(2026, 7, 8)),
    ],
)
def test_los_meses_se_cuentan_de_fecha_a_fecha(inicio: date, meses: int, vence: date) -> None:
    assert sumar_meses(inicio, meses) == vence


def test_un_plazo_en_meses_negativo_no_existe() -> None:
    with pytest.raises(ValueError, match="negativo"):
        sumar_meses(date(2026, 3, 13), -1)


def test_si_el_mes_no_tiene_ese_dia_vence_el_primer_habil_del_siguiente() -> None:
    uno = corre(1, "meses", inicio=el(2026, 3, 31))

    assert uno.vence == el(2026, 5, 4, 15)
    assert uno.explicacion == (
        "Empieza a correr: 31 de marzo de 2026, 10:00 horas.",
        "Más 1 mes: abril no tiene día 31; pasa a viernes 1 de mayo de 2026.",
        "viernes 1 de mayo de 2026: inhábil (Día del Trabajo); pasa al siguiente.",
        "sábado 2 de mayo de 2026: inhábil (fin de semana); pasa al siguiente.",
        "domingo 3 de mayo de 2026: inhábil (fin de semana); pasa al siguiente.",
        "Vence: 4 de mayo de 2026, 15:00 horas, al cierre.",
    )


def test_el_dia_en_que_se_suspende_ya_no_cuenta_y_el_que_se_reanuda_todavia_no() -> None:
    tramo = suspendido(el(2026, 11, 4), el(2026, 11, 6))

    tres = corre(3, "habiles", tramo)

    assert tres.explicacion == (
        "Llegó: lunes 2 de noviembre de 2026, 10:00 horas.",
        "El día en que se recibe no cuenta.",
        "martes 3 de noviembre de 2026: día hábil 1.",
        "Del miércoles 4 de noviembre de 2026 al viernes 6 de noviembre de 2026: no cuenta: "
        "suspendido (Falta el dictamen).",
        "sábado 7 de noviembre de 2026: no cuenta: fin de semana.",
        "domingo 8 de noviembre de 2026: no cuenta: fin de semana.",
        "lunes 9 de noviembre de 2026: día hábil 2.",
        "martes 10 de noviembre de 2026: día hábil 3.",
        "Vence: 10 de noviembre de 2026, 15:00 horas, al cierre.",
    )


def test_lo_que_se_suspende_o_reanuda_tras_el_cierre_es_del_siguiente_dia_habil() -> None:
    al_cerrar = suspendido(el(2026, 11, 4, 15), el(2026, 11, 6, 15))
    cerrado = suspendido(el(2026, 11, 4, 15, 1), el(2026, 11, 6, 15, 1))

    assert corre(3, "habiles", al_cerrar).vence.date() == date(2026, 11, 10)
    assert corre(3, "habiles", cerrado).vence.date() == date(2026, 11, 10)
    assert (
        "miércoles 4 de noviembre de 2026: día hábil 2." in corre(3, "habiles", cerrado).explicacion
    )


def test_lo_suspendido_por_prevencion_se_dice_asi() -> None:
    tramo = suspendido(el(2026, 11, 4), el(2026, 11, 4, 12), "prevencion")

    assert (
        "miércoles 4 de noviembre de 2026: no cuenta: prevenido (Falta el dictamen)."
        in corre(3, "habiles", tramo).explicacion
    )


def test_las_horas_suspendidas_no_corren() -> None:
    tramos = (
        suspendido(el(2026, 11, 2, 12), el(2026, 11, 2, 16, 30)),
        suspendido(el(2026, 11, 3, 11), el(2026, 11, 3, 12)),
    )

    un_dia = corre(24, "horas", *tramos)

    assert un_dia.vence == el(2026, 11, 3, 15, 30)
    assert un_dia.explicacion[2] == (
        "Del 2 de noviembre de 2026, 12:00 horas al 2 de noviembre de 2026, 16:30 horas: no "
        "cuenta: suspendido (Falta el dictamen); 4:30 horas."
    )


@pytest.mark.parametrize(
    ("cantidad", "unidad", "vence"), [(10, "naturales", (11, 17)), (1, "meses", (12, 7))]
)
def test_los_dias_naturales_y_los_meses_se_corren_lo_que_duro_la_suspension(
    cantidad: int, unidad: str, vence: tuple[int, int]
) -> None:
    tramo = suspendido(el(2026, 11, 4), el(2026, 11, 9))

    corrido = corre(cantidad, unidad, tramo)

    assert corrido.vence == el(2026, *vence, 15)
    assert any("se corre 5 días naturales" in renglon for renglon in corrido.explicacion)


@pytest.mark.parametrize("unidad", UNIDADES)
def test_lo_que_se_suspende_ya_vencido_no_lo_salva(unidad: str) -> None:
    libre = corre(2, unidad)
    tarde = libre.vence + timedelta(days=1)

    for hasta in (None, tarde + timedelta(days=9)):
        assert corre(2, unidad, suspendido(tarde, hasta)) == libre


@pytest.mark.parametrize("unidad", UNIDADES)
def test_lo_suspendido_antes_de_empezar_o_despues_de_cumplirse_no_cuenta(unidad: str) -> None:
    cumplido = LUNES + timedelta(minutes=30)
    libre = corre(3, unidad, cumplido=cumplido)

    antes = suspendido(LUNES - timedelta(days=9), LUNES)
    despues = suspendido(cumplido + timedelta(hours=1), None)

    assert corre(3, unidad, antes, despues, cumplido=cumplido) == libre


@pytest.mark.parametrize("unidad", UNIDADES)
def test_una_suspension_abierta_deja_el_plazo_en_gris_y_nunca_vence(unidad: str) -> None:
    abierta = suspendido(LUNES + timedelta(hours=1), None)

    detenido = corre(2, unidad, abierta)

    assert detenido.suspendido
    assert detenido.vence == corre(2, unidad).vence
    assert detenido.semaforo(el(2027, 6, 1)) == "gris"
    assert not detenido.vencido(el(2027, 6, 1))
    assert "no corre hasta que se reanude. Por correr: " in detenido.explicacion[-1]
    assert not any(renglon.startswith("Vence") for renglon in detenido.explicacion)


def test_lo_que_falta_por_correr_se_dice_en_su_unidad() -> None:
    abierta = suspendido(el(2026, 11, 4), None)

    faltan = [corre(5, unidad, abierta).explicacion[-1] for unidad in UNIDADES[1:3]]

    assert [renglon.rsplit(". ", 1)[1] for renglon in faltan] == [
        "Por correr: 4 días hábiles.",
        "Por correr: 5 días naturales.",
    ]


def test_al_reanudar_el_amarillo_no_llega_por_lo_que_estuvo_suspendido() -> None:
    tramo = suspendido(el(2026, 11, 3), el(2026, 12, 1))

    reanudado = corre(10, "habiles", tramo)

    assert reanudado.semaforo(el(2026, 12, 2)) == "verde"
    assert reanudado.semaforo(el(2026, 12, 14)) == "amarillo"


def test_la_prorroga_se_suma_y_la_explicacion_conserva_el_vencimiento_original() -> None:
    prorrogado = corre(2, "habiles", prorroga=1)

    assert prorrogado.original == corre(2, "habiles").vence == el(2026, 11, 4, 15)
    assert prorrogado.vence == el(2026, 11, 5, 15)
    assert prorrogado.explicacion[-3:] == (
        "jueves 5 de noviembre de 2026: día hábil 3.",
        "Vencía: 4 de noviembre de 2026, 15:00 horas; se prorrogó 1 día hábil.",
        "Vence: 5 de noviembre de 2026, 15:00 horas, al cierre.",
    )
    assert corre(2, "habiles").original is None


def con_fecha(
    cantidad: int | None, fecha: date, *suspensiones: Suspension, prorroga: int = 0
) -> Vencimiento:
    regla = replace(plazo(0, "habiles"), cantidad=cantidad)
    return vencimiento(regla, LUNES, None, LEY, suspensiones, prorroga, fecha)


def test_la_fecha_acordada_vence_ese_dia_al_cierre_aunque_sea_sabado() -> None:
    sabado = con_fecha(None, date(2026, 11, 14))

    assert sabado.vence == el(2026, 11, 14, 15)
    assert sabado.explicacion == (
        "Empieza a correr: 2 de noviembre de 2026, 10:00 horas.",
        "Fecha que consta en el expediente: sábado 14 de noviembre de 2026.",
        "Vence: 14 de noviembre de 2026, 15:00 horas, al cierre.",
    )


@pytest.mark.parametrize(("dia", "vence"), [(4, 4), (5, 5), (6, 5)])
def test_con_fecha_y_cantidad_manda_lo_que_venza_antes(dia: int, vence: int) -> None:
    los_dos = con_fecha(3, date(2026, 11, dia))

    assert los_dos.vence == el(2026, 11, vence, 15)
    assert "Manda lo que vence antes." in los_dos.explicacion


def test_suspender_no_mueve_la_fecha_acordada_pero_mientras_dura_no_vence() -> None:
    acordada, tramo = date(2026, 11, 13), suspendido(el(2026, 11, 4), el(2026, 11, 10))

    assert con_fecha(None, acordada, tramo).vence == el(2026, 11, 13, 15)
    assert con_fecha(None, acordada, replace(tramo, hasta=None)).suspendido


def test_la_fecha_acordada_se_prorroga() -> None:
    acordada = con_fecha(None, date(2026, 11, 13), prorroga=2)

    assert (acordada.original, acordada.vence) == (el(2026, 11, 13, 15), el(2026, 11, 18, 15))


def test_de_diez_a_veinte_dias_la_meta_son_diez_y_el_tope_veinte() -> None:
    regla = replace(plazo(20, "habiles"), meta=10, escala="direccion")

    informe = vencimiento(regla, LUNES, None, LEY)

    assert (informe.meta, informe.vence) == (el(2026, 11, 17, 15), el(2026, 12, 1, 15))
    assert informe.explicacion[-2:] == (
        "Meta (10 días hábiles): 17 de noviembre de 2026, 15:00 horas.",
        "Vence, como tope: 1 de diciembre de 2026, 15:00 horas, al cierre.",
    )
    assert informe.escala == "direccion"
    colores = [informe.semaforo(el(2026, *dia)) for dia in ((11, 17), (11, 18), (12, 2))]
    assert colores == ["verde", "amarillo", "rojo"]


def test_una_meta_que_no_llega_antes_que_la_fecha_acordada_no_se_dice() -> None:
    regla = replace(plazo(20, "habiles"), meta=10)

    pronto = vencimiento(regla, LUNES, None, LEY, fecha=date(2026, 11, 6))

    assert pronto.meta is None


MOMENTOS = st.integers(0, 300 * 24 * 60).map(lambda n: el(2026, 1, 2) + timedelta(minutes=n))
CUENTAS = st.tuples(st.sampled_from(UNIDADES), st.integers(0, 8))


@given(CUENTAS, MOMENTOS, st.lists(st.tuples(MOMENTOS, MOMENTOS), max_size=4))
def test_suspender_nunca_adelanta_un_vencimiento(
    cuenta: tuple[str, int], inicio: datetime, pares: Sequence[tuple[datetime, datetime]]
) -> None:
    unidad, cantidad = cuenta
    tramos = [suspendido(min(par), max(par)) for par in pares]

    detenido = corre(cantidad, unidad, *tramos, inicio=inicio)

    assert detenido.vence >= corre(cantidad, unidad, inicio=inicio).vence


@given(st.integers(1, 8), MOMENTOS, MOMENTOS, st.integers(1, 120))
def test_suspender_y_reanudar_el_mismo_dia_cuesta_a_lo_mas_ese_dia_habil(
    cantidad: int, inicio: datetime, desde: datetime, minutos: int
) -> None:
    hasta = desde + timedelta(minutes=minutos)
    assume(LEY.dia_de_recepcion(desde) == LEY.dia_de_recepcion(hasta))

    detenido = corre(cantidad, "habiles", suspendido(desde, hasta), inicio=inicio)

    libres = [corre(cantidad + n, "habiles", inicio=inicio).vence for n in (0, 1)]
    assert detenido.vence in libres


@given(CUENTAS, MOMENTOS, st.integers(1, 8), st.lists(st.tuples(MOMENTOS, MOMENTOS), max_size=3))
def test_prorrogar_nunca_adelanta_un_vencimiento(
    cuenta: tuple[str, int],
    inicio: datetime,
    prorroga: int,
    pares: Sequence[tuple[datetime, datetime]],
) -> None:
    unidad, cantidad = cuenta
    tramos = [suspendido(min(par), max(par)) for par in pares]

    prorrogado = corre(cantidad, unidad, *tramos, inicio=inicio, prorroga=prorroga)

    assert prorrogado.original == corre(cantidad, unidad, *tramos, inicio=inicio).vence
    assert prorrogado.vence >= prorrogado.original


@given(st.sampled_from(("meses", "naturales")), MOMENTOS, st.integers(0, 12), MOMENTOS, MOMENTOS)
def test_de_fecha_a_fecha_nunca_vence_en_inhabil(
    unidad: str, inicio: datetime, cantidad: int, uno: datetime, otro: datetime
) -> None:
    tramo = suspendido(min(uno, otro), max(uno, otro))

    vence = corre(cantidad, unidad, tramo, inicio=inicio).vence

    assert LEY.es_habil(vence.date())
    assert vence.time() == LEY.cierre


def test_las_horas_suspendidas_no_necesitan_calendario() -> None:
    tramo = suspendido(el(2026, 11, 2, 12), el(2026, 11, 2, 13))

    hora = vencimiento(plazo(1, "horas"), el(2026, 11, 2, 11, 30), None, SIN_CALENDARIO, [tramo])

    assert hora.vence == el(2026, 11, 2, 13, 30)


def test_dos_suspensiones_que_se_enciman_no_cuentan_dos_veces() -> None:
    prevenido = suspendido(el(2026, 11, 2, 11), el(2026, 11, 2, 14), "prevencion")
    tramo = suspendido(el(2026, 11, 2, 12), el(2026, 11, 2, 13))

    assert corre(24, "horas", prevenido, tramo).vence == el(2026, 11, 3, 13)
