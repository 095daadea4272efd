"""Las fechas como se escriben en un oficio, en una tabla y en un informe semanal."""

from datetime import date, datetime, time, timedelta

import pytest

from expediente.nucleo.fecha import (
    dia_y_fecha,
    fecha_corta,
    fecha_en_letra,
    fecha_en_palabras,
    hora_en_letra,
    hora_en_palabras,
    lunes_de,
    momento_en_letra,
    momento_en_palabras,
    periodo_en_palabras,
    semana_iso,
    siguiente_dia,
)


@pytest.mark.parametrize(
    ("fecha", "escrita"),
    [
        (date(2024, 9, 6), "6 de septiembre de 2024"),
        (date(2026, 1, 1), "1 de enero de 2026"),
        (date(2024, 2, 29), "29 de febrero de 2024"),
        (date(2026, 12, 31), "31 de diciembre de 2026"),
    ],
)
def test_la_fecha_de_un_oficio_va_con_el_mes_en_palabra_y_el_dia_sin_cero(
    fecha: date, escrita: str
) -> None:
    assert fecha_en_palabras(fecha) == escrita


def test_los_doce_meses_y_los_siete_dias_tienen_su_nombre() -> None:
    meses = [fecha_en_palabras(date(2026, mes, 1)).split()[2] for mes in range(1, 13)]
    dias = [dia_y_fecha(date(2026, 11, 16) + timedelta(n)).split()[0] for n in range(7)]

    assert " ".join(meses) == (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    )
    assert " ".join(dias) == "lunes martes miércoles jueves viernes sábado domingo"


def test_el_dia_la_fecha_y_la_hora_se_escriben_como_se_dicen() -> None:
    momento = datetime(2024, 9, 6, 9, 5)

    assert dia_y_fecha(momento) == "viernes 6 de septiembre de 2024"
    assert momento_en_palabras(momento) == "6 de septiembre de 2024, 09:05 horas"
    assert fecha_corta(momento) == "06/09/2024"


@pytest.mark.parametrize(
    ("fecha", "escrita"),
    [
        (date(2024, 9, 6), "seis de septiembre de dos mil veinticuatro"),
        (date(2026, 1, 1), "primero de enero de dos mil veintiséis"),
        (date(2026, 11, 20), "veinte de noviembre de dos mil veintiséis"),
        (date(2026, 5, 21), "veintiuno de mayo de dos mil veintiséis"),
        (date(2031, 12, 31), "treinta y uno de diciembre de dos mil treinta y uno"),
        (date(1999, 3, 2), "dos de marzo de mil novecientos noventa y nueve"),
    ],
)
def test_la_fecha_de_un_acta_va_toda_con_letra(fecha: date, escrita: str) -> None:
    assert fecha_en_letra(fecha) == escrita


@pytest.mark.parametrize(
    ("hora", "cifras", "letra"),
    [
        (time(13, 10), "13:10 horas", "las trece horas con diez minutos"),
        (time(9, 0), "09:00 horas", "las nueve horas"),
        (time(1, 1), "01:01 horas", "la una hora con un minuto"),
        (time(1, 30), "01:30 horas", "la una hora con treinta minutos"),
        (time(21, 21), "21:21 horas", "las veintiuna horas con veintiún minutos"),
        (time(0, 5), "00:05 horas", "las cero horas con cinco minutos"),
        (time(12, 0), "12:00 horas", "las doce horas"),
        (time(23, 59), "23:59 horas", "las veintitrés horas con cincuenta y nueve minutos"),
    ],
)
def test_la_hora_va_de_veinticuatro_y_en_un_acta_con_letra(
    hora: time, cifras: str, letra: str
) -> None:
    assert (hora_en_palabras(hora), hora_en_letra(hora)) == (cifras, letra)


def test_el_momento_de_un_acta_dice_primero_la_hora() -> None:
    assert momento_en_letra(datetime(2024, 9, 6, 13, 10)) == (
        "las trece horas con diez minutos del seis de septiembre de dos mil veinticuatro"
    )


@pytest.mark.parametrize(
    ("desde", "hasta", "escrito"),
    [
        (date(2026, 3, 3), date(2026, 3, 7), "del 3 al 7 de marzo de 2026"),
        (date(2026, 3, 30), date(2026, 4, 2), "del 30 de marzo al 2 de abril de 2026"),
        (
            date(2026, 12, 30),
            date(2027, 1, 2),
            "del 30 de diciembre de 2026 al 2 de enero de 2027",
        ),
        (date(2026, 3, 3), date(2027, 3, 3), "del 3 de marzo de 2026 al 3 de marzo de 2027"),
        (date(2026, 3, 3), date(2026, 3, 3), "el 3 de marzo de 2026"),
    ],
)
def test_el_periodo_no_repite_lo_que_sus_fechas_comparten(
    desde: date, hasta: date, escrito: str
) -> None:
    assert periodo_en_palabras(desde, hasta) == escrito


def test_un_periodo_no_acaba_antes_de_empezar() -> None:
    with pytest.raises(ValueError, match="antes de empezar"):
        periodo_en_palabras(date(2026, 3, 4), date(2026, 3, 3))


@pytest.mark.parametrize(
    ("fecha", "semana"),
    [
        (date(2026, 11, 21), "2026-W47"),
        (date(2026, 1, 4), "2026-W01"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_la_semana_va_de_lunes_a_domingo_aunque_cruce_de_anio(fecha: date, semana: str) -> None:
    assert semana_iso(fecha) == semana


def test_cada_dia_de_diez_anios_esta_en_la_semana_de_su_lunes() -> None:
    dias = [date(2020, 1, 1) + timedelta(n) for n in range(3653)]

    lunes = {dia: lunes_de(semana_iso(dia)) for dia in dias}

    assert all(uno.weekday() == 0 and 0 <= (dia - uno).days <= 6 for dia, uno in lunes.items())


@pytest.mark.parametrize("escrita", ["2026-W47", "2026-w47", "2026-S47", "2026-s47", " 2026-47 "])
def test_la_semana_se_escribe_con_w_con_s_o_sin_letra(escrita: str) -> None:
    assert lunes_de(escrita) == date(2026, 11, 16)


@pytest.mark.parametrize(
    "escrita",
    ["", "2026", "47", "2026-W00", "2026-W54", "2025-W53", "2026-W", "26-W47", "2026-W4_7",
     "2026- 47", "2026-W47-1", "2026-W-47", "２０２６-W47", "semana 47"],
)  # fmt: skip
def test_una_semana_que_no_existe_no_tiene_lunes(escrita: str) -> None:
    with pytest.raises(ValueError):
        lunes_de(escrita)


def test_el_siguiente_dia_pasa_de_mes_y_de_anio() -> None:
    assert siguiente_dia(date(2028, 2, 28)) == date(2028, 2, 29)
    assert siguiente_dia(date(2026, 12, 31)) == date(2027, 1, 1)
