"""Historias que alguna vez torcieron una cifra: lo que se deshace, se corrige o se reabre."""

from dataclasses import replace
from datetime import date

import pytest

from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.tramos import Tramo
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.eventos import Dicho, asentar_evento
from tests.conftest import Abridor
from tests.informes.al_azar import Historia, informe_por_elemento
from tests.informes.test_oficina_a_mano import deshacer
from tests.nucleo.tramite import (
    Tramite,
    abierto,
    canalizado,
    momento,
    nueva,
    por_verificar,
    procedimiento,
)

TARDE = momento("2026-12-20 12:00")


def tramos(caso: Tramite) -> dict[date, Tramo]:
    """{día en que empieza: tramo}."""
    historia = Historia(caso.procedimiento, caso.folio, caso.actuaciones)
    return {tramo.desde: tramo for tramo in historia.tramos(TARDE)}


def test_lo_que_se_reabre_y_se_cierra_el_mismo_dia_estuvo_abierto_ese_dia() -> None:
    caso = por_verificar("2026-11-02 09:00").dar("2026-11-03 09:00", resultado="conforme")
    caso.dar("2026-11-03 10:00")
    reabierto = replace(nueva("reapertura", "2026-11-18 10:00"), detalle={"pasos": "cerrar"})
    caso.asentar(reabierto).dar("2026-11-18 12:00")

    hecho = tramos(caso)[date(2026, 11, 18)]

    assert sorted(hecho.movimientos) == ["concluidos", "reabiertos"]
    assert hecho.cerrado == date(2026, 11, 18)  # y no el 3: el 18 estuvo en la mesa


def test_una_nota_en_uno_cerrado_no_lo_cierra_otra_vez() -> None:
    caso = por_verificar("2026-11-02 09:00").dar("2026-11-03 09:00", resultado="conforme")
    caso.dar("2026-11-03 10:00").asentar(replace(nueva("nota", "2026-11-18 10:00"), nota="Llamó."))

    hecho = tramos(caso)[date(2026, 11, 18)]

    assert hecho.movimientos == () and hecho.cerrado == date(2026, 11, 3)


def test_lo_deshecho_y_vuelto_a_dar_con_fecha_de_antes_no_paso() -> None:
    """El lunes se cierra por error; el martes se deshace y se da lo cierto, con fecha del lunes."""
    caso = por_verificar("2026-11-09 09:00").dar("2026-11-09 10:00", resultado="conforme")
    deshacer(caso.dar("2026-11-09 11:00"), "2026-11-10 09:00")
    deshacer(caso, "2026-11-10 09:05")
    caso.dar("2026-11-09 10:30", capturado="2026-11-10 09:10", resultado="inconforme", nota="No.")

    lunes = tramos(caso)[date(2026, 11, 9)]

    assert lunes.movimientos == ("recibidos",)
    assert lunes.abierto and lunes.hechos["donde"] == "Por atender"


def test_lo_deshecho_sin_mas_consta_hasta_el_dia_en_que_se_deshizo() -> None:
    caso = por_verificar("2026-11-09 09:00").dar("2026-11-09 10:00", resultado="conforme")
    deshacer(caso.dar("2026-11-09 11:00"), "2026-11-10 09:00")

    suyos = tramos(caso)

    assert suyos[date(2026, 11, 9)].movimientos == ("recibidos", "concluidos")
    assert suyos[date(2026, 11, 10)].movimientos == ("reabiertos",)


def test_una_nota_con_fecha_de_antes_no_corrige_nada() -> None:
    caso = por_verificar("2026-11-09 09:00").dar("2026-11-09 10:00", resultado="conforme")
    deshacer(caso.dar("2026-11-09 11:00"), "2026-11-10 09:00")
    nota = nueva("nota", "2026-11-09 12:00", capturado="2026-11-10 10:00")
    caso.asentar(replace(nota, nota="Se le llamó."))

    assert tramos(caso)[date(2026, 11, 9)].movimientos == ("recibidos", "concluidos")


def test_no_se_asienta_un_paso_antes_de_reabrir_ni_se_reabre_antes_de_cerrar(
    ventanilla: Abridor,
) -> None:
    """Quien lo aceptara tendría abierto un día que nadie lo había abierto."""
    folio = abrir(ventanilla("2026-11-02 09:00"), Solicitud("llamada-centro")).folio
    asentar_evento(ventanilla("2026-11-05 09:00"), folio, "cancelar", Dicho("Se repitió."))

    with pytest.raises(DatosInvalidos, match="anterior"):
        dicho = Dicho("Sí era.", ocurrio="2026-11-04 09:00")
        asentar_evento(ventanilla("2026-11-06 09:00"), folio, "reabrir", dicho)
    asentar_evento(ventanilla("2026-11-06 09:00"), folio, "reabrir", Dicho("Sí era."))
    with pytest.raises(DatosInvalidos, match="anterior"):
        dicho = Dicho("Otra vez.", ocurrio="2026-11-05 12:00")
        asentar_evento(ventanilla("2026-11-07 09:00"), folio, "cancelar", dicho)


def test_los_datos_de_una_lista_conservan_su_tipo() -> None:
    """Un informe por elemento los suma y los escribe como fecha: no son textos."""
    caso = canalizado("2026-11-09 09:00")
    caso.corregir({"intentos.0.fecha": "2026-11-10", "intentos.0.resultado": "Contestó."})

    hechos = tramos(caso)[date(2026, 11, 20)].hechos

    assert hechos["intentos"] == ["intentos.0"]
    assert hechos["intentos.0.fecha"] == date(2026, 11, 10)
    assert informe_por_elemento(procedimiento("reporte-servicio")) is not None


def test_lo_capturado_tarde_cierra_el_dia_en_que_paso() -> None:
    caso = abierto("llamada-centro", "2026-11-09 09:00", "CL-2026-0001")
    caso.dar("2026-11-10 09:00", capturado="2026-11-17 09:00", resultado="abandona")
    historia = Historia(caso.procedimiento, caso.folio, caso.actuaciones)

    antes = historia.tramos(momento("2026-11-16 12:00"))
    despues = historia.tramos(momento("2026-11-18 12:00"))

    assert [t.abierto for t in antes] == [True]
    assert [(t.desde.day, t.abierto) for t in despues] == [(9, True), (10, False)]
