"""Los indicadores del PDG-02 y del organismo de agua, sobre oficinas chicas contadas a mano."""

from decimal import Decimal

from expediente.nucleo.lectura_indicador import INDICADOR
from tests.nucleo.historias import (
    baja,
    canalizada,
    conforme,
    cuenta,
    de_fabrica,
    gestion,
    medir,
    mensual,
    reporte,
    reportes,
    seguimiento,
    seguir,
)


def test_la_solicitud_pedida_en_octubre_y_redactada_en_noviembre_es_de_octubre() -> None:
    caso = canalizada("GE-2026-0001", "2026-10-28 10:00", "2026-11-04 10:00")

    octubre = medir("pdg-solicitud-de-gestion", caso, en="2026-10")
    noviembre = medir("pdg-solicitud-de-gestion", caso, en="2026-11")

    assert cuenta(octubre) == (1, 1, 0, "100.0 %")
    assert cuenta(noviembre) == (0, 0, 0, "s/d")


def test_por_flujo_la_misma_solicitud_se_pide_en_un_mes_y_se_redacta_en_otro() -> None:
    caso = canalizada("GE-2026-0001", "2026-10-28 10:00", "2026-11-04 10:00")
    otro = canalizada("GE-2026-0002", "2026-11-03 10:00", "2026-11-04 10:00")
    definicion = de_fabrica("pdg-solicitud-de-gestion")
    por_flujo = INDICADOR(
        {
            "clave": "x",
            "nombre": "x",
            "procedimientos": ["gestion"],
            "calculo": "porcentaje",
            "modo": "flujo",
            "periodicidad": "mes",
            "numerador": {"nombre": "redactadas", "fecha": "ocurrio.gestionar"},
            "denominador": {
                "nombre": "pedidas",
                "fecha": "ocurrio.identificar",
                "si": "resultado.identificar == 'ajeno'",
            },
        },
        (),
    )

    octubre = medir(por_flujo, caso, otro, en="2026-10")
    noviembre = medir(por_flujo, caso, otro, en="2026-11")

    assert cuenta(octubre) == (0, 1, 0, "0.0 %")
    assert cuenta(noviembre) == (2, 1, 0, "200.0 %")
    assert medir(definicion, caso, otro, en="2026-11").texto == "100.0 %"


def test_se_pide_solicitud_solo_de_lo_que_no_es_del_dif() -> None:
    redactada = canalizada("GE-2026-0001", "2026-11-03 10:00", "2026-11-04 10:00")
    por_redactar = gestion(
        "GE-2026-0002", "2026-11-05 10:00", ("2026-11-06 10:00", "identificar/ajeno")
    )
    propia = gestion("GE-2026-0003", "2026-11-05 10:00", ("2026-11-06 10:00", "identificar/propio"))
    sin_decidir = gestion("GE-2026-0004", "2026-11-06 10:00")
    por_error = gestion("GE-2026-0005", "2026-11-06 10:00", ("2026-11-07 10:00", "cancelacion"))

    r = medir("pdg-solicitud-de-gestion", redactada, por_redactar, propia, sin_decidir, por_error)

    assert cuenta(r) == (1, 2, 2, "50.0 %")
    assert r.folios["numerador"] == ("GE-2026-0001",)
    assert r.folios["denominador"] == ("GE-2026-0001", "GE-2026-0002")
    assert set(r.motivos.values()) == {1} and r.cumple is None


def test_el_informe_de_seguimiento_integrado_tarde_cuenta_igual_pero_no_en_plazo() -> None:
    a_tiempo = seguimiento(
        "SG-2026-0001",
        "2026-10-05 10:00",
        ("2026-10-06 10:00", "valorar/completo"),
        ("2026-10-15 10:00", "integrar"),
    )
    tarde = seguimiento(
        "SG-2026-0002",
        "2026-10-05 10:00",
        ("2026-10-06 10:00", "valorar/agregado"),
        ("2026-11-27 10:00", "integrar-agregado"),
    )
    vencido = seguimiento("SG-2026-0003", "2026-10-08 10:00")
    negado = seguimiento("SG-2026-0004", "2026-10-08 10:00", ("2026-10-09 10:00", "valorar/niega"))

    casos = (a_tiempo, tarde, vencido, negado)
    integrados = medir("pdg-seguimiento", *casos, en="2026-10")
    en_plazo = medir("pdg-seguimiento-en-plazo", *casos, en="2026-10")
    antes = medir("pdg-seguimiento-en-plazo", *casos, en="2026-10", al="2026-10-20 12:00")

    assert cuenta(integrados) == (2, 3, 1, "66.7 %") and integrados.cumple is False
    assert cuenta(en_plazo) == (1, 3, 1, "33.3 %")
    assert cuenta(antes) == (1, 1, 3, "100.0 %") and antes.cumple is True


def test_el_informe_mensual_se_debe_cada_mes_aunque_nadie_lo_abra() -> None:
    agosto = mensual("IM-2026-0001", "agosto", "2026-09-10", "2026-09-09 10:00")
    septiembre = mensual("IM-2026-0002", "septiembre", "2026-10-10", "2026-10-14 10:00")

    trimestre = medir("pdg-informe-mensual", agosto, septiembre, en="2026-T3")
    julio = medir("pdg-informe-mensual", agosto, septiembre, en="2026-07")
    diciembre = medir("pdg-informe-mensual", agosto, septiembre, en="2026-12")

    assert cuenta(trimestre) == (1, 3, 0, "33.3 %")
    assert trimestre.folios["denominador"] == ("julio de 2026", "IM-2026-0001", "IM-2026-0002")
    assert "Nadie abrió el expediente de: julio de 2026." in trimestre.notas
    assert cuenta(julio) == (0, 1, 0, "0.0 %")
    assert cuenta(diciembre) == (0, 0, 0, "s/d")


def test_el_mes_que_nadie_abrio_se_debe_pasada_la_holgura() -> None:
    antes = medir("pdg-informe-mensual", en="2026-10", al="2026-11-10 23:00")
    despues = medir("pdg-informe-mensual", en="2026-10", al="2026-11-11 00:00")

    assert (antes.texto, despues.texto) == ("s/d", "0.0 %")


def test_el_informe_extraordinario_se_suma_al_del_mes() -> None:
    del_mes = mensual("IM-2026-0001", "octubre", "2026-11-10", "2026-11-09 10:00")
    aparte = mensual(
        "IM-2026-0002", "octubre", "2026-11-20", "2026-11-25 10:00", extraordinario="sí"
    )

    r = medir("pdg-informe-mensual", del_mes, aparte, en="2026-10")
    solo_aparte = medir("pdg-informe-mensual", aparte, en="2026-10")

    assert cuenta(r) == (1, 2, 0, "50.0 %")
    assert {k: v.denominador for k, v in r.desglose["clase"].items()} == {
        "Del mes": 1,
        "Extraordinario": 1,
    }
    assert solo_aparte.folios["denominador"] == ("octubre de 2026", "IM-2026-0002")


def test_el_informe_que_no_llega_a_su_fecha_acordada_todavia_no_se_juzga() -> None:
    caso = mensual("IM-2026-0001", "octubre", "2026-11-20", None)

    antes = medir("pdg-informe-mensual", caso, en="2026-10", al="2026-11-15 12:00")
    despues = medir("pdg-informe-mensual", caso, en="2026-10", al="2026-11-23 12:00")

    assert cuenta(antes) == (0, 0, 1, "s/d")
    assert cuenta(despues) == (0, 1, 0, "0.0 %")


LLUVIA = {
    "impedido": "sí",
    "impedimento": "lluvia",
    "evidencia": "Foto.",
    "nueva_fecha": "2026-11-20",
}


def test_la_eficiencia_se_da_de_lo_atendido_y_de_lo_conforme() -> None:
    atendidos = medir("opdm-eficiencia-atencion", *reportes())
    conformes = medir("opdm-eficiencia-conformidad", *reportes())

    assert cuenta(atendidos) == (2, 3, 2, "66.7 %")
    assert cuenta(conformes) == (1, 3, 2, "33.3 %")
    assert dict(atendidos.motivos) == {"improcedentes": 1, "adheridos a otro reporte": 1}
    assert atendidos.folios["excluidos"] == ("RS-2026-0004", "RS-2026-0005")


def test_la_eficiencia_por_flujo_pasa_de_cien_cuando_se_atiende_rezago() -> None:
    viejo = baja(reporte("RS-2026-0001", "2026-10-20 08:00"), "2026-11-05 08:00")
    nuevo = baja(reporte("RS-2026-0002", "2026-11-04 08:00"), "2026-11-05 08:00")

    flujo = medir("opdm-eficiencia-flujo", viejo, nuevo)
    cohorte = medir("opdm-eficiencia-atencion", viejo, nuevo)

    assert cuenta(flujo) == (2, 1, 0, "200.0 %")
    assert cuenta(cohorte) == (1, 1, 0, "100.0 %")


def test_el_ajustado_descuenta_lo_que_un_impedimento_dejo_fuera_y_el_bruto_no() -> None:
    dia, tarde = "2026-11-10 08:00", "2026-11-12 08:00"
    a_tiempo = baja(reporte("RS-2026-0001", dia), "2026-11-11 08:00")
    fuera = baja(reporte("RS-2026-0002", dia), tarde)
    llovio = baja(
        reporte("RS-2026-0003", dia, ("2026-11-10 12:00", "atender/impedido", LLUVIA)), tarde
    )
    sin_ajuste = {**LLUVIA, "impedimento": "sin_falla"}
    excusa = baja(
        reporte("RS-2026-0004", dia, ("2026-11-10 12:00", "atender/impedido", sin_ajuste)), tarde
    )
    pese_a_todo = baja(
        reporte("RS-2026-0005", dia, ("2026-11-10 09:00", "atender/impedido", LLUVIA)),
        "2026-11-10 20:00",
    )
    otro_servicio = reporte("RS-2026-0006", dia, tipo_servicio="fuga_red")

    casos = (a_tiempo, fuera, llovio, excusa, pese_a_todo, otro_servicio)
    bruto = medir("opdm-24h-bruto", *casos)
    ajustado = medir("opdm-24h-ajustado", *casos)

    assert cuenta(bruto) == (2, 5, 0, "40.0 %")
    assert cuenta(ajustado) == (2, 4, 1, "50.0 %")
    assert ajustado.folios["excluidos"] == ("RS-2026-0003",)


def test_en_el_bruto_corre_el_reloj_original_aunque_se_reasigne() -> None:
    caso = baja(reporte("RS-2026-0001", "2026-11-10 08:00"), "2026-11-10 20:00")
    seguir(caso, "2026-11-11 09:00", "verificar/inconforme")

    reasignado = medir("opdm-24h-bruto", caso)
    atendido = medir("opdm-24h-bruto", baja(caso, "2026-11-11 12:00"))

    assert cuenta(reasignado) == (0, 1, 0, "0.0 %")
    assert cuenta(atendido) == (0, 1, 0, "0.0 %")


def test_lo_que_todavia_esta_dentro_de_las_24_horas_no_se_juzga() -> None:
    caso = reporte("RS-2026-0001", "2026-11-20 08:00")

    a_tiempo = medir("opdm-24h-bruto", caso, al="2026-11-20 20:00")
    vencido = medir("opdm-24h-bruto", caso, al="2026-11-21 08:01")

    assert cuenta(a_tiempo) == (0, 0, 1, "s/d")
    assert cuenta(vencido) == (0, 1, 0, "0.0 %")


def test_del_tiempo_de_atencion_se_da_la_mediana_y_se_dice_cuantos_siguen_abiertos() -> None:
    horas = (2, 4, 6, 30)
    casos = [
        baja(
            reporte(f"RS-2026-000{i}", "2026-11-10 08:00"),
            f"2026-11-{10 + (8 + h) // 24} {(8 + h) % 24:02d}:00",
        )
        for i, h in enumerate(horas, 1)
    ]
    casos.append(reporte("RS-2026-0005", "2026-11-10 08:00"))

    mitad = medir("opdm-tiempo-mediana", *casos)
    nueve_de_diez = medir("opdm-tiempo-p90", *casos)

    assert (mitad.valor, mitad.texto, mitad.denominador) == (Decimal(5), "5 h", 4)
    assert (nueve_de_diez.valor, nueve_de_diez.sin_medir) == (Decimal(30), 1)
    assert any("no terminan" in nota for nota in mitad.notas)
    medidos = tuple(f"RS-2026-000{i}" for i in range(1, 5))
    assert mitad.folios["numerador"] == mitad.folios["denominador"] == medidos
    assert mitad.folios["sin_medir"] == ("RS-2026-0005",)


def test_la_reasignacion_cuenta_reportes_y_las_vueltas_van_aparte() -> None:
    dos_vueltas = baja(reporte("RS-2026-0001", "2026-11-10 08:00"), "2026-11-10 12:00")
    for dia in ("11", "12"):
        seguir(dos_vueltas, f"2026-11-{dia} 09:00", "verificar/inconforme")
        baja(dos_vueltas, f"2026-11-{dia} 12:00")
    a_la_primera = conforme(
        baja(reporte("RS-2026-0002", "2026-11-10 08:00"), "2026-11-10 12:00"), "2026-11-11 09:00"
    )
    sin_verificar = baja(reporte("RS-2026-0003", "2026-11-10 08:00"), "2026-11-10 12:00")

    casos = (dos_vueltas, a_la_primera, sin_verificar)

    assert cuenta(medir("opdm-reasignacion", *casos)) == (1, 2, 0, "50.0 %")
    assert cuenta(medir("opdm-vueltas", *casos)) == (2, 1, 0, "2.0 vueltas")


def test_no_localizar_a_alguien_no_es_que_quedara_conforme() -> None:
    dia = "2026-11-10 08:00"
    si = conforme(baja(reporte("RS-2026-0001", dia), dia), "2026-11-11 09:00")
    no = seguir(baja(reporte("RS-2026-0002", dia), dia), "2026-11-11 09:00", "verificar/inconforme")
    nadie = baja(reporte("RS-2026-0003", dia), dia)
    for hora in ("09", "12", "17"):
        seguir(nadie, f"2026-11-11 {hora}:00", "verificar/no-localizado")

    conformidad = medir("opdm-conformidad", si, no, nadie)
    contacto = medir("opdm-contacto-efectivo", si, no, nadie)

    assert cuenta(conformidad) == (1, 2, 1, "50.0 %")
    assert cuenta(contacto) == (2, 5, 0, "40.0 %")
