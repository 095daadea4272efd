"""Los plazos de los manuales: 24 horas por vuelta, en cinco tipos y sólo en ésos."""

from dataclasses import replace

import pytest

from expediente.nucleo.calendario import Vencimiento
from expediente.nucleo.plazos import el_que_corre
from tests.nucleo.tramite import (
    DIRECTOR_AGUA,
    DIRECTORA,
    FUGA,
    Tramite,
    atendido_otra_vez,
    autorizado,
    canalizado,
    catalogos,
    inconforme,
    momento,
    nueva,
    por_autorizar,
    por_verificar,
    reporte,
    solicitud,
)

CINCO = ("fuga_toma", "calidad_agua", "brocal_coladera", "desazolve_desborde", "toma_obstruida")
CON_CUENTA = {"cuenta": "1", "situacion_cuenta": "regularizada"}


def de_24_horas(caso: Tramite) -> Vencimiento:
    return next(x for x in caso.plazos() if x.clave == "programa-24h")


@pytest.mark.parametrize("tipo", sorted(catalogos()["tipos-servicio"]))
def test_entran_a_las_24_horas_los_cinco_tipos_y_solo_esos(tipo: str) -> None:
    caso = canalizado(tipo_servicio=tipo, **CON_CUENTA)

    plazos = [x.clave for x in caso.plazos()]

    assert ("programa-24h" in plazos) is (tipo in CINCO)


def test_el_reloj_empieza_al_dar_el_numero_y_no_al_llamar() -> None:
    caso = reporte("2026-11-20 08:00")
    assert caso.plazos() == ()

    caso.dar("2026-11-20 09:30", resultado="procede", datos=FUGA)

    plazo = de_24_horas(caso)
    assert plazo.inicio == momento("2026-11-20 09:30")
    assert plazo.vence == momento("2026-11-21 09:30")


def test_corren_de_noche_y_en_domingo() -> None:
    caso = canalizado("2026-11-21 22:15")

    plazo = de_24_horas(caso)

    assert plazo.vence == momento("2026-11-22 22:15")
    assert "hábiles o no" in plazo.explicacion[1]


def test_se_cumple_con_la_baja_y_no_con_atender() -> None:
    caso = canalizado("2026-11-20 09:00").dar("2026-11-20 11:00", datos={"trabajo": "Ya."})
    assert de_24_horas(caso).cumplido is None

    caso.dar("2026-11-20 12:00")

    assert de_24_horas(caso).cumplido == momento("2026-11-20 12:00")


def test_cada_vuelta_estrena_su_reloj() -> None:
    caso = inconforme(por_verificar("2026-11-20 09:00"), "2026-11-21 16:00")

    plazo = de_24_horas(caso)

    assert plazo.inicio == momento("2026-11-21 16:00")
    assert (plazo.vence, plazo.cumplido) == (momento("2026-11-22 16:00"), None)


def test_la_vuelta_corre_aunque_la_baja_y_la_llamada_fueran_en_el_mismo_minuto() -> None:
    caso = inconforme(por_verificar("2026-11-20 09:00"), "2026-11-20 09:00")

    plazo = de_24_horas(caso)

    assert plazo.cumplido is None


def test_la_baja_de_la_vuelta_la_cumple() -> None:
    caso = inconforme(por_verificar("2026-11-20 09:00"), "2026-11-20 16:00")

    atendido_otra_vez(caso, "2026-11-20 18:00")

    assert de_24_horas(caso).cumplido == momento("2026-11-20 18:00")


def test_si_la_direccion_reasigna_el_reloj_empieza_otra_vez() -> None:
    caso = por_verificar("2026-11-20 09:00")
    for hora in ("10:00", "11:00"):
        atendido_otra_vez(inconforme(caso, f"2026-11-20 {hora}"), f"2026-11-20 {hora}")
    inconforme(caso, "2026-11-20 12:00")

    caso.dar("2026-11-21 08:00", resultado="reasigna", por=DIRECTOR_AGUA, nota="Otra cuadrilla.")

    assert de_24_horas(caso).inicio == momento("2026-11-21 08:00")


def test_sin_vuelta_un_segundo_intento_de_llamada_no_mueve_el_reloj() -> None:
    caso = por_verificar("2026-11-20 09:00").dar("2026-11-20 17:00", resultado="no-localizado")

    plazo = de_24_horas(caso)

    assert plazo.inicio == plazo.cumplido == momento("2026-11-20 09:00")


def test_el_descuento_se_entrega_en_cinco_dias_habiles() -> None:
    caso = solicitud("2026-11-12 09:00")

    (plazo,) = caso.plazos()

    assert plazo.vence == momento("2026-11-20 15:00")
    assert any("Revolución Mexicana" in renglon for renglon in plazo.explicacion)


@pytest.mark.parametrize("resultado", ["autoriza", "niega"])
def test_el_descuento_se_cumple_al_entregar_o_al_negar(resultado: str) -> None:
    caso = por_autorizar("2026-11-20 09:00")

    caso.dar("2026-11-20 10:00", resultado=resultado, por=DIRECTORA, nota="Motivo.")
    cumplido_al_resolver = caso.plazos()[0].cumplido is not None
    if resultado == "autoriza":
        caso.dar("2026-11-20 11:00")

    assert cumplido_al_resolver is (resultado == "niega")
    assert caso.plazos()[0].cumplido is not None


def test_cancelar_el_caso_detiene_sus_plazos() -> None:
    caso = solicitud("2026-11-20 09:00")

    caso.asentar(replace(nueva("cancelacion", "2026-11-20 10:00"), nota="Por error."))

    assert caso.plazos()[0].cumplido == momento("2026-11-20 10:00")


def test_vence_es_lo_primero_que_sigue_corriendo() -> None:
    (corre,) = solicitud("2026-11-20 09:00").plazos()
    (cumplido,) = autorizado("2026-11-20 09:00").dar().plazos()
    tarde = replace(corre, vence=momento("2026-12-01 15:00"))

    assert el_que_corre((tarde, corre, cumplido)) == corre
    assert el_que_corre((cumplido,)) is None
