"""Los informes del organismo de agua, contados a mano (actividades 6, 9 y 10 de su manual)."""

import pytest

from tests.nucleo.historias import baja, conforme, historia, improcedente, reporte, seguir
from tests.nucleo.informes_contados import columna, contar, propios, sumados
from tests.nucleo.tramite import Tramite

DIAS = [f"2026-11-{dia}" for dia in range(16, 23)]


def semana_del_16() -> tuple[Tramite, ...]:
    """Cinco reportes de la semana 47: conforme, reasignado, de baja, impedido e improcedente."""
    vuelto = baja(reporte("RS-2026-0002", "2026-11-16 09:00"), "2026-11-16 17:00")
    seguir(vuelto, "2026-11-17 10:00", "verificar/inconforme")
    baja(vuelto, "2026-11-18 12:00")
    return (
        conforme(
            baja(reporte("RS-2026-0001", "2026-11-16 08:00"), "2026-11-16 12:00"),
            "2026-11-17 09:00",
        ),
        vuelto,
        baja(reporte("RS-2026-0003", "2026-11-17 08:00"), "2026-11-19 09:30"),
        seguir(reporte("RS-2026-0004", "2026-11-18 08:00"), "2026-11-18 15:00", "atender/impedido"),
        improcedente("RS-2026-0005", "2026-11-19 11:00"),
    )


def test_el_estatus_de_la_semana_cuenta_cada_cosa_el_dia_en_que_paso() -> None:
    hechas = contar("estatus-reportes", *semana_del_16(), en="2026-W47", al="2026-11-23 09:00")

    assert propios(hechas) == {
        "procedentes": 4,
        "programa_24h": 4,
        "improcedentes": 1,
        "atendidos": 4,
        "a_tiempo": 2,
        "a_destiempo": 2,
        "impedidos": 1,
        "verificados": 2,
        "conformes": 1,
        "reasignados": 1,
        "en_atencion": 1,
        "por_verificar": 2,
        "vencidos": 1,
    }


def test_lo_que_se_dio_de_baja_una_semana_no_se_cuenta_otra_vez_en_la_siguiente() -> None:
    """Antes se volvía a contar mientras el reporte siguiera sin cerrarse."""
    siguiente = contar("estatus-reportes", *semana_del_16(), en="2026-W48", al="2026-11-29 12:00")

    assert siguiente.totales["atendidos"] == siguiente.totales["procedentes"] == 0
    assert siguiente.totales["por_verificar"] == 2 and len(siguiente.filas) == 3


@pytest.mark.parametrize("informe", ["estatus-reportes", "bajas-del-dia"])
def test_los_dias_suman_la_semana(informe: str) -> None:
    casos, al = semana_del_16(), "2026-11-23 09:00"

    dias = [contar(informe, *casos, en=dia, al=al) for dia in DIAS]
    semana = contar(informe, *casos, en="2026-W47", al=al)

    assert sumados(dias, informe) == sumados([semana], informe)
    assert all(dia.cuadra for dia in dias) and semana.cuadra


def test_la_lista_del_dia_lleva_lo_que_se_dio_de_baja_ese_dia_con_sus_horas() -> None:
    casos, al = semana_del_16(), "2026-11-23 09:00"

    lunes, miercoles, jueves = (
        contar("bajas-del-dia", *casos, en=f"2026-11-{dia}", al=al) for dia in (16, 18, 19)
    )

    assert columna(lunes, "reportado") == ["16/11/2026 08:00", "16/11/2026 09:00"]
    assert columna(lunes, "horas") == ["4.0", "8.0"]
    assert columna(miercoles, "vueltas") == ["1"] and columna(miercoles, "programa") == ["No"]
    assert (columna(jueves, "horas"), columna(jueves, "programa")) == (["49.5"], ["No"])


def test_la_baja_que_el_usuario_rechaza_el_mismo_dia_tambien_fue_a_tiempo_o_tarde() -> None:
    a_tiempo = baja(reporte("RS-2026-0001", "2026-11-20 08:00"), "2026-11-20 10:00")
    tarde = baja(reporte("RS-2026-0002", "2026-11-18 08:00"), "2026-11-20 10:00")
    for caso in (a_tiempo, tarde):
        seguir(caso, "2026-11-20 12:00", "verificar/inconforme")

    hechas = contar("estatus-reportes", a_tiempo, tarde, en="2026-11-20")

    assert (hechas.totales["a_tiempo"], hechas.totales["a_destiempo"]) == (1, 1)
    assert columna(contar("bajas-del-dia", a_tiempo, tarde, en="2026-11-20"), "programa") == [
        "Sí",
        "No",
    ]


def test_la_lista_del_dia_va_en_el_orden_en_que_se_dieron_de_baja() -> None:
    tarde = baja(reporte("RS-2026-0001", "2026-11-20 08:00"), "2026-11-20 16:00")
    temprano = baja(reporte("RS-2026-0002", "2026-11-20 08:00"), "2026-11-20 10:00")

    hechas = contar("bajas-del-dia", tarde, temprano, en="2026-11-20")

    assert columna(hechas, "baja") == ["20/11/2026 10:00", "20/11/2026 16:00"]


def test_la_eficiencia_mira_lo_del_mes_como_estaba_al_corte() -> None:
    adherido = reporte("RS-2026-0006", "2026-11-20 08:00", ("2026-11-20 09:00", "acumulacion"))
    de_octubre = conforme(
        baja(reporte("RS-2026-0007", "2026-10-30 08:00"), "2026-11-03 08:00"), "2026-11-04 09:00"
    )

    hechas = contar("eficiencia-opdm", *semana_del_16(), adherido, de_octubre)

    assert propios(hechas) == {
        "procedentes": 5,
        "improcedentes": 1,
        "adheridos": 1,
        "atendidos": 3,
        "conformes": 1,
        "pendientes": 3,
    }
    assert hechas.grupos["conformes_por_area"] == {"Agua potable": 1}


def test_la_relacion_de_la_eficiencia_es_de_lo_que_falta_y_dice_cuantos_no_van() -> None:
    hechas = contar("eficiencia-opdm", *semana_del_16())

    assert columna(hechas, "registrado")[0] == "16/11/2026 09:00"
    assert (len(hechas.filas), hechas.sin_imprimir) == (3, 2)


def test_las_quejas_y_la_informacion_van_juntas_y_no_dicen_de_quien() -> None:
    dia = "2026-11-10 10:00"
    de_alguien = {"usuario__nombres": "Ñoño", "usuario__primer_apellido": "Güereca"}
    queja = historia(
        "queja",
        "QJ-2026-0001",
        dia,
        (dia, "registrar/remite"),
        clase="queja",
        tema="cobro",
        hechos="Algo.",
        **de_alguien,
    )
    pregunta = historia(
        "informacion", "IN-2026-0001", dia, tema="obras", pregunta="¿Cuándo?", **de_alguien
    )

    hechas = contar("quejas-agua", queja, pregunta)

    assert propios(hechas) == {"remitidas": 1}
    assert hechas.grupos["por_clase"] == {"Queja": 1, "Solicitud de información": 1}
    assert "Güereca" not in str(hechas.filas)
