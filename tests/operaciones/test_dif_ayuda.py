"""La ayuda funcional se presta contra firma, se renueva cada mes y vuelve."""

from decimal import Decimal

import pytest

from expediente.nucleo.errores import DatosInvalidos, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import plazo_que_corre, tomar
from expediente.operaciones.eventos import Dicho, asentar_evento
from tests.operaciones.tramites import Abridor, dar, documento
from tests.operaciones.tramites_dif import (
    FIRMAS,
    PIEZA,
    REQUISITOS_DE_AYUDA,
    SILLA,
    ayuda_en_resguardo,
    ayuda_por_autorizar,
    pasos,
    saldo,
    situacion,
    texto_del,
)

VUELTA = {
    "motivo_devolucion": "ya_no_la_necesita",
    "quien_devuelve": "Ana María Nuñez",
    "estado_devuelta": "buena",
}


def sillas(*cifras: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(cifra) for cifra in cifras)


def test_el_resguardo_se_numera_al_autorizarlo_y_la_ayuda_se_presta(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = ayuda_por_autorizar(v)
    assert saldo(v, "ayudas-funcionales", "silla_de_ruedas") == sillas(1, 0, 0, 11)
    assert "BORRADOR" in texto_del(v, folio, "resguardo")

    dar(v, folio, resultado="autoriza", por="directora")
    dar(v, folio, recibe="Ana María Nuñez")
    dar(v, folio)

    assert situacion(v, folio) == "en_resguardo"
    assert tomar(v, folio).estado.datos["numero_resguardo"] == "DIF/RES/0001/2026"
    resguardo = texto_del(v, folio, "resguardo")
    assert "DIF/RES/0001/2026" in resguardo and "BORRADOR" not in resguardo
    assert saldo(v, "ayudas-funcionales", "silla_de_ruedas") == sillas(0, 1, 0, 11)


def test_una_pieza_danada_no_se_presta(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("ayuda-funcional", SILLA)).folio
    dar(v, folio, requisitos=REQUISITOS_DE_AYUDA)

    with pytest.raises(DatosInvalidos, match="dañada no se presta"):
        dar(v, folio, datos={**PIEZA, "estado_fisico": "danada"})


def test_la_renovacion_se_firma_cada_mes_contado_desde_que_se_entrego(ventanilla: Abridor) -> None:
    folio = ayuda_en_resguardo(ventanilla("2026-11-20 12:00"))

    for momento in ("2026-12-18 10:00", "2027-01-20 10:00"):
        dar(ventanilla(momento), folio, resultado="firmada", datos=FIRMAS)

    v = ventanilla("2027-01-21 10:00")
    estado = tomar(v, folio).estado
    corre = plazo_que_corre(v, tomar(v, folio).procedimiento, estado)
    assert estado.situacion == "en_resguardo"
    assert corre is not None and corre.meta is not None
    # El sábado 20 de febrero es inhábil.
    assert corre.meta.date().isoformat() == "2027-02-22"
    assert [d.clave for d in estado.documentos].count("renovacion") == 2
    dice = texto_del(v, folio, "renovacion")
    assert "Beatriz Ordóñez Leal" in dice
    assert "Próxima renovación\nA más tardar el 1 de marzo de 2027" in dice


@pytest.mark.parametrize("falta", FIRMAS)
def test_cada_mes_firman_la_dependencia_y_el_resguardante(falta: str, ventanilla: Abridor) -> None:
    folio = ayuda_en_resguardo(ventanilla())
    v = ventanilla("2026-12-18 10:00")
    dar(v, folio, resultado="firmada", datos=FIRMAS)

    with pytest.raises(NoPermitido, match=falta):
        dar(v, folio, resultado="firmada", datos={k: x for k, x in FIRMAS.items() if k != falta})


def test_dos_meses_sin_firmar_llevan_a_la_visita_y_no_antes(ventanilla: Abridor) -> None:
    folio = ayuda_en_resguardo(ventanilla("2026-11-20 12:00"))

    with pytest.raises(NoPermitido, match="todavía no pasan dos meses"):
        dar(ventanilla("2027-01-19 10:00"), folio, resultado="sin_firmar")
    v = ventanilla("2027-01-20 10:00")
    dar(v, folio, resultado="sin_firmar")

    assert pasos(v, folio) == ("visitar",)


def test_en_la_visita_se_regulariza_y_sigue_en_resguardo(ventanilla: Abridor) -> None:
    folio = ayuda_en_resguardo(ventanilla("2026-11-20 12:00"))
    v = ventanilla("2027-01-25 10:00")
    dar(v, folio, resultado="sin_firmar")

    dar(v, folio, resultado="regulariza", datos=FIRMAS)

    assert (pasos(v, folio), situacion(v, folio)) == (("renovar",), "en_resguardo")


def test_quien_no_se_regulariza_recibe_el_requerimiento_y_la_ayuda_vuelve(
    ventanilla: Abridor,
) -> None:
    folio = ayuda_en_resguardo(ventanilla("2026-11-20 12:00"))
    v = ventanilla("2027-01-25 10:00")
    dar(v, folio, resultado="sin_firmar")
    dar(v, folio, resultado="requiere")
    dar(v, folio, por="directora")
    assert situacion(v, folio) == "por_recuperar"

    dar(v, folio, resultado="recuperada")
    dar(v, folio, datos={**VUELTA, "motivo_devolucion": "requerida"})

    assert situacion(v, folio) == "concluido"
    assert documento(v, folio, "requerimiento").numero == "DIF/DG/0001/2027"
    assert "DIF/RES/0001/2026" in texto_del(v, folio, "requerimiento")
    assert saldo(v, "ayudas-funcionales", "silla_de_ruedas") == sillas(0, 0, 0, 12)


def test_la_que_vuelve_danada_se_da_de_baja(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = ayuda_en_resguardo(v)
    dar(v, folio, resultado="devuelve")

    dar(v, folio, datos={**VUELTA, "motivo_devolucion": "dano", "estado_devuelta": "danada"})

    assert situacion(v, folio) == "baja"
    assert "Baja del inventario" in texto_del(v, folio, "acta-devolucion")
    assert saldo(v, "ayudas-funcionales", "silla_de_ruedas") == sillas(0, 0, 1, 11)


def test_el_extravio_pide_acta_de_hechos_y_da_de_baja(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = ayuda_en_resguardo(v)
    dar(v, folio, resultado="extravia")
    como = {"hechos_perdida": "La olvidó en un camión; denuncia 45/2026"}

    with pytest.raises(NoPermitido, match="acta_de_hechos"):
        dar(v, folio, datos=como)
    dar(v, folio, datos=como, requisitos=("acta_de_hechos",))

    assert situacion(v, folio) == "baja"
    assert saldo(v, "ayudas-funcionales", "silla_de_ruedas") == sillas(0, 0, 1, 11)


def test_sin_existencia_se_espera_con_prioridad_hasta_que_vuelve_una(ventanilla: Abridor) -> None:
    v = ventanilla()
    prestada = ayuda_en_resguardo(v, ayuda="concentrador")
    folio = abrir(v, Solicitud("ayuda-funcional", {**SILLA, "ayuda": "concentrador"})).folio

    dar(v, folio, requisitos=REQUISITOS_DE_AYUDA)
    assert pasos(v, folio) == ("anotar-en-espera",)
    dar(v, folio, datos={"prioridad": "alta"})
    assert situacion(v, folio) == "en_lista_de_espera"
    with pytest.raises(NoPermitido, match="todavía no hay"):
        dar(v, folio, resultado="llego")
    dar(v, prestada, resultado="devuelve")
    dar(v, prestada, datos=VUELTA)
    dar(v, folio, resultado="llego")

    assert pasos(v, folio) == ("elaborar",)
    assert saldo(v, "ayudas-funcionales", "concentrador") == sillas(1, 0, 0, 0)


def test_la_negada_libera_la_pieza_y_no_gasta_numero_de_resguardo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = ayuda_por_autorizar(v)
    razon = {"razon_negativa": "la ayuda la da ya otra institución"}

    dar(v, folio, resultado="niega", por="directora", datos=razon)
    dar(v, folio, resultado="notificada", recibe="Ana María Nuñez")

    assert situacion(v, folio) == "negado"
    assert "numero_resguardo" not in tomar(v, folio).estado.datos
    assert saldo(v, "ayudas-funcionales", "silla_de_ruedas") == sillas(0, 0, 0, 12)


def test_si_el_beneficiario_fallece_la_ayuda_se_recupera_en_quince_dias_habiles(
    ventanilla: Abridor,
) -> None:
    folio = ayuda_en_resguardo(ventanilla())
    v = ventanilla("2027-01-08 10:00")

    asentar_evento(v, folio, "fallecimiento", Dicho(nota="Lo avisó su hija"))

    assert (pasos(v, folio), situacion(v, folio)) == (("recuperar",), "por_recuperar")
    asunto = tomar(v, folio)
    corre = plazo_que_corre(v, asunto.procedimiento, asunto.estado)
    assert corre is not None and corre.vence.date().isoformat() == "2027-01-29"
    dar(v, folio, resultado="recuperada")
    dar(v, folio, datos={**VUELTA, "motivo_devolucion": "fallecimiento"})
    assert situacion(v, folio) == "concluido"


def test_lo_prestado_impide_cerrar_el_caso_de_otro_modo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = ayuda_en_resguardo(v)

    with pytest.raises(NoPermitido, match="Sigue prestado"):
        asentar_evento(v, folio, "desistir", Dicho(nota="Ya no quiere"))
