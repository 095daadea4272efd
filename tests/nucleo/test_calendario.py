"""Los tres relojes: cuándo vence algo y por qué, día por día."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from expediente.nucleo.calendario import Calendario, Vencimiento, sumar_habiles
from expediente.nucleo.computo import vencimiento
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.procedimiento import ReglaPlazo

CENTRO = timezone(timedelta(hours=-6))


def enesimo_lunes(anio: int, mes: int, orden: int) -> date:
    primero = date(anio, mes, 1)
    return primero + timedelta(days=-primero.weekday() % 7 + 7 * (orden - 1))


def descanso_obligatorio(anio: int) -> dict[date, str]:
    """Los días de la Ley Federal del Trabajo, art. 74, en un año sin elecciones."""
    return {
        date(anio, 1, 1): "Año Nuevo",
        enesimo_lunes(anio, 2, 1): "Día de la Constitución",
        enesimo_lunes(anio, 3, 3): "Natalicio de Benito Juárez",
        date(anio, 5, 1): "Día del Trabajo",
        date(anio, 9, 16): "Día de la Independencia",
        enesimo_lunes(anio, 11, 3): "Revolución Mexicana",
        date(anio, 12, 25): "Navidad",
    }


def dias(desde: date, hasta: date) -> Iterator[date]:
    for n in range((hasta - desde).days + 1):
        yield desde + timedelta(days=n)


ANIOS = (2026, 2027, 2028)
LEY = Calendario(
    {dia: motivo for anio in ANIOS for dia, motivo in descanso_obligatorio(anio).items()},
    frozenset(ANIOS),
)
CON_VACACIONES = Calendario(
    dict.fromkeys(dias(date(2026, 12, 21), date(2027, 1, 1)), "vacaciones") | dict(LEY.inhabiles),
    frozenset(ANIOS),
)


def plazo(cantidad: int, unidad: str) -> ReglaPlazo:
    return ReglaPlazo("respuesta", "Respuesta", cantidad, unidad, ("apertura",), (), None, "Art. 8")


def el(anio: int, mes: int, dia: int, hora: int = 10, minuto: int = 0) -> datetime:
    return datetime(anio, mes, dia, hora, minuto, tzinfo=CENTRO)


@pytest.mark.parametrize(
    ("inicio", "calendario", "vence"),
    [
        (date(2026, 3, 13), LEY, date(2026, 3, 30)),
        (date(2026, 11, 13), LEY, date(2026, 11, 30)),
        (date(2026, 12, 11), LEY, date(2026, 12, 28)),
        (date(2026, 12, 11), CON_VACACIONES, date(2027, 1, 8)),
    ],
)
def test_diez_dias_habiles_saltan_fines_de_semana_puentes_y_vacaciones(
    inicio: date, calendario: Calendario, vence: date
) -> None:
    assert sumar_habiles(inicio, 10, calendario) == vence


def test_ningun_plazo_vence_en_inhabil_ni_antes_que_uno_mas_corto() -> None:
    """Todos los días de dos años por todos los plazos de 0 a 60, contra una cuenta aparte."""
    habiles = [
        dia
        for dia in dias(date(2026, 1, 1), date(2028, 12, 31))
        if dia.weekday() < 5 and dia not in LEY.inhabiles
    ]

    for inicio in dias(date(2026, 1, 1), date(2027, 12, 31)):
        siguiente = bisect_right(habiles, inicio)
        vencimientos = [sumar_habiles(inicio, n, LEY) for n in range(61)]
        assert vencimientos == [inicio, *habiles[siguiente : siguiente + 60]]


def test_con_cero_dias_vence_el_mismo_dia_aunque_sea_inhabil() -> None:
    domingo = date(2026, 11, 22)

    assert sumar_habiles(domingo, 0, LEY) == domingo


def test_un_plazo_negativo_no_existe() -> None:
    with pytest.raises(ValueError, match="negativo"):
        sumar_habiles(date(2026, 3, 13), -1, LEY)


@pytest.mark.parametrize("dia", descanso_obligatorio(2026).items())
def test_un_dia_inhabil_dice_su_motivo(dia: tuple[date, str]) -> None:
    fecha, motivo = dia

    assert LEY.motivo_inhabil(fecha) == motivo
    assert not LEY.es_habil(fecha)


def test_sabado_y_domingo_son_inhabiles_sin_que_nadie_los_anote() -> None:
    assert LEY.motivo_inhabil(date(2026, 11, 21)) == "fin de semana"
    assert LEY.motivo_inhabil(date(2026, 11, 22)) == "fin de semana"
    assert LEY.motivo_inhabil(date(2026, 11, 20)) is None


@pytest.mark.parametrize("unidad", ["habiles", "naturales"])
def test_un_anio_sin_calendario_no_se_calcula_en_silencio(unidad: str) -> None:
    solo_2026 = Calendario(descanso_obligatorio(2026), frozenset({2026}))

    with pytest.raises(DatosInvalidos) as error:
        vencimiento(plazo(20, unidad), el(2026, 12, 18), None, solo_2026)

    assert error.value.mensaje == (
        "No hay calendario de días inhábiles de 2027: ponga y firme inhabiles/2027.yaml. "
        "Le propone uno: expediente inhabiles proponer 2027 --guardar"
    )


def test_las_horas_corridas_no_necesitan_calendario() -> None:
    sin_calendario = Calendario({}, frozenset())

    corre = vencimiento(plazo(24, "horas"), el(2026, 12, 31, 18), None, sin_calendario)

    assert corre.vence == el(2027, 1, 1, 18)


@pytest.mark.parametrize(
    ("llego", "recibido"),
    [
        (el(2026, 11, 20, 14, 59), date(2026, 11, 20)),
        (el(2026, 11, 20, 15, 0), date(2026, 11, 20)),
        (el(2026, 11, 20, 15, 1), date(2026, 11, 23)),
        (el(2026, 11, 21, 9, 0), date(2026, 11, 23)),
        (el(2026, 11, 22, 23, 59), date(2026, 11, 23)),
        (el(2026, 11, 13, 18, 0), date(2026, 11, 17)),
        (el(2026, 11, 16, 8, 0), date(2026, 11, 17)),
        (el(2026, 12, 31, 16, 0), date(2027, 1, 4)),
    ],
)
def test_lo_que_llega_fuera_de_hora_o_en_inhabil_se_recibe_el_siguiente_habil(
    llego: datetime, recibido: date
) -> None:
    assert LEY.dia_de_recepcion(llego) == recibido


def test_la_hora_de_cierre_es_la_de_la_oficina() -> None:
    hasta_las_seis = Calendario(LEY.inhabiles, LEY.anios, cierre=time(18, 0))

    corre = vencimiento(plazo(1, "habiles"), el(2026, 11, 19, 17), None, hasta_las_seis)

    assert corre.vence == el(2026, 11, 20, 18)


def test_el_plazo_en_habiles_vence_al_cierre_y_se_explica_dia_por_dia() -> None:
    llego = el(2026, 11, 12, 16, 30)

    corre = vencimiento(plazo(2, "habiles"), llego, None, LEY)

    assert corre.vence == el(2026, 11, 18, 15)
    assert corre.fundamento == "Art. 8"
    assert corre.explicacion == (
        "Llegó: jueves 12 de noviembre de 2026, 16:30 horas.",
        "Se tiene por recibido el siguiente día hábil: viernes 13 de noviembre de 2026.",
        "El día en que se recibe no cuenta.",
        "sábado 14 de noviembre de 2026: no cuenta: fin de semana.",
        "domingo 15 de noviembre de 2026: no cuenta: fin de semana.",
        "lunes 16 de noviembre de 2026: no cuenta: Revolución Mexicana.",
        "martes 17 de noviembre de 2026: día hábil 1.",
        "miércoles 18 de noviembre de 2026: día hábil 2.",
        "Vence: 18 de noviembre de 2026, 15:00 horas, al cierre.",
    )


def test_la_explicacion_llega_al_mismo_dia_que_la_cuenta() -> None:
    """Hay dos caminos al vencimiento: el que explica y el que sólo suma."""
    inicios = [el(2026, 1, 2) + timedelta(days=n, hours=n % 24) for n in range(0, 700, 3)]

    for inicio in inicios:
        for cantidad in (0, 1, 5, 15):
            explicado = vencimiento(plazo(cantidad, "habiles"), inicio, None, LEY)
            contado = sumar_habiles(LEY.dia_de_recepcion(inicio), cantidad, LEY)
            assert explicado.vence.date() == contado
            numerados = [r for r in explicado.explicacion if ": día hábil " in r]
            assert len(numerados) == cantidad


def test_un_dia_inhabil_sin_motivo_tampoco_cuenta_ni_vence() -> None:
    sin_motivo = Calendario({date(2026, 11, 20): ""}, LEY.anios)

    en_habiles = vencimiento(plazo(1, "habiles"), el(2026, 11, 19), None, sin_motivo)
    en_naturales = vencimiento(plazo(1, "naturales"), el(2026, 11, 19), None, sin_motivo)

    assert en_habiles.vence == el(2026, 11, 23, 15)
    assert en_naturales.vence == el(2026, 11, 23, 15)


@pytest.mark.parametrize(
    ("inicio", "cantidad", "vence"),
    [
        (el(2026, 11, 2), 3, el(2026, 11, 5, 15)),
        (el(2026, 11, 2), 12, el(2026, 11, 17, 15)),
        (el(2026, 12, 18), 7, el(2026, 12, 28, 15)),
    ],
)
def test_los_dias_naturales_cuentan_todos_y_si_caen_en_inhabil_pasan_al_siguiente(
    inicio: datetime, cantidad: int, vence: datetime
) -> None:
    corre = vencimiento(plazo(cantidad, "naturales"), inicio, None, LEY)

    assert corre.vence == vence


def test_los_dias_naturales_explican_cada_dia_que_se_recorren() -> None:
    corre = vencimiento(plazo(7, "naturales"), el(2026, 12, 18), None, LEY)

    assert corre.explicacion[1:-1] == (
        "Más 7 días naturales: viernes 25 de diciembre de 2026.",
        "viernes 25 de diciembre de 2026: inhábil (Navidad); pasa al siguiente.",
        "sábado 26 de diciembre de 2026: inhábil (fin de semana); pasa al siguiente.",
        "domingo 27 de diciembre de 2026: inhábil (fin de semana); pasa al siguiente.",
    )


def test_las_veinticuatro_horas_corren_de_noche_y_en_fin_de_semana() -> None:
    viernes = el(2026, 11, 20, 14, 5)

    corre = vencimiento(plazo(24, "horas"), viernes, None, LEY)

    assert corre.vence == el(2026, 11, 21, 14, 5)
    assert corre.explicacion == (
        "Empieza a correr: 20 de noviembre de 2026, 14:05 horas.",
        "Más 24 horas corridas, de día y de noche, hábiles o no.",
        "Vence: 21 de noviembre de 2026, 14:05 horas.",
    )


@pytest.mark.parametrize("inicio", [datetime(2026, 3, 7, 20, 0), datetime(2026, 10, 31, 20, 0)])
def test_las_veinticuatro_horas_son_veinticuatro_aunque_cambie_el_horario(
    inicio: datetime,
) -> None:
    """Tijuana y Ciudad Juárez todavía mueven el reloj en marzo y noviembre."""
    en_tijuana = inicio.replace(tzinfo=ZoneInfo("America/Tijuana"))

    corre = vencimiento(plazo(24, "horas"), en_tijuana, None, LEY)

    assert corre.vence.astimezone(UTC) - en_tijuana.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("horas", "color"),
    [(0, "verde"), (15.9, "verde"), (16, "amarillo"), (24, "amarillo"), (24.1, "rojo")],
)
def test_el_semaforo_del_programa_de_veinticuatro_horas(horas: float, color: str) -> None:
    corre = vencimiento(plazo(24, "horas"), el(2026, 11, 20), None, LEY)

    assert corre.semaforo(el(2026, 11, 20) + timedelta(hours=horas)) == color


@pytest.mark.parametrize(("horas", "color"), [(0, "azul"), (24, "azul"), (24.1, "morado")])
def test_lo_cumplido_es_azul_a_tiempo_y_morado_tarde_y_ya_no_cambia(
    horas: float, color: str
) -> None:
    inicio = el(2026, 11, 20)

    corre = vencimiento(plazo(24, "horas"), inicio, inicio + timedelta(hours=horas), LEY)

    assert corre.semaforo(inicio) == color
    assert corre.semaforo(inicio + timedelta(days=365)) == color


def test_el_amarillo_es_el_ultimo_tercio_del_plazo() -> None:
    corre = Vencimiento("p", "P", el(2026, 11, 2), el(2026, 11, 11), None, ())

    colores = [corre.semaforo(el(2026, 11, dia)) for dia in (2, 7, 8, 11, 12)]

    assert colores == ["verde", "verde", "amarillo", "amarillo", "rojo"]
