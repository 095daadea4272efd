"""Los indicadores de la ventanilla, del DIF y de Atención Ciudadana, contados a mano."""

from datetime import date, timedelta
from decimal import Decimal

from expediente.nucleo.calculos import nombres_de_rangos
from expediente.nucleo.calendario import habiles_entre
from expediente.nucleo.resultados import POR_RANGO
from tests.nucleo.historias import (
    SERVICIOS,
    Paso,
    apoyo,
    atencion,
    cuenta,
    de_fabrica,
    descuento,
    historia,
    medir,
    peticion,
    referencias,
    resguardo,
    seguir,
)
from tests.nucleo.tramite import Tramite, calendario


def test_lo_vencido_que_sigue_abierto_cuenta_en_contra_de_la_oportunidad() -> None:
    dia = "2026-11-03 10:00"
    en_plazo = descuento("EB-2026-0001", dia, ("2026-11-04 10:00", "entregar"))
    tarde = descuento("EB-2026-0002", dia, ("2026-11-24 10:00", "entregar"))
    vencido = descuento("EB-2026-0003", dia)
    cancelado = descuento("EB-2026-0004", dia, ("2026-11-04 10:00", "cancelacion"))
    detenido = descuento("EB-2026-0005", dia, ("2026-11-04 10:00", "suspension"))
    en_tiempo = descuento("EB-2026-0006", "2026-11-30 10:00")

    casos = (en_plazo, tarde, vencido, cancelado, detenido, en_tiempo)
    r = medir("oportunidad", *casos, al="2026-12-01 12:00")

    assert cuenta(r) == (1, 3, 2, "33.3 %")
    assert r.folios["denominador"] == ("EB-2026-0001", "EB-2026-0002", "EB-2026-0003")
    assert {k: v.texto for k, v in r.desglose["procedimiento"].items()} == {
        "estrella-blanca": "33.3 %"
    }


def test_el_rezago_es_una_foto_de_lo_abierto_por_dias_habiles() -> None:
    # El 16 de noviembre es inhábil: del viernes 13 al viernes 20 van cuatro hábiles.
    recibidos = {
        "2026-11-20 10:00": "0 a 1",
        "2026-11-19 10:00": "0 a 1",
        "2026-11-13 10:00": "2 a 5",
        "2026-11-06 10:00": "6 a 10",
        "2026-10-30 10:00": "11 a 20",
        "2026-03-02 10:00": "más de 20",
    }
    casos = [descuento(f"EB-2026-000{i}", dia) for i, dia in enumerate(recibidos, 1)]
    concluido = descuento("EB-2026-0009", "2026-11-19 10:00", ("2026-11-20 09:00", "cancelacion"))

    prestada = resguardo("AF-2026-0001", "2026-03-02 10:00")

    r = medir("rezago", *casos, concluido, prestada, en="2026-W47", al="2026-11-20 14:00")

    por_rango = {nombre: suyo.numerador for nombre, suyo in r.desglose[POR_RANGO].items()}
    esperado = dict.fromkeys(nombres_de_rangos((1, 5, 10, 20)), 0)
    for rango in recibidos.values():
        esperado[rango] += 1
    assert por_rango == esperado
    assert cuenta(r) == (1, 6, 1, "16.7 %")
    assert r.folios["numerador"] == ("EB-2026-0006",)


def test_el_que_lleva_veinte_dias_habiles_justos_no_pasa_de_veinte() -> None:
    justo = next(
        dia
        for dia in (date(2026, 10, 1) + timedelta(days=n) for n in range(40))
        if habiles_entre(dia, date(2026, 11, 20), calendario()) == 20
    )
    caso = descuento("EB-2026-0001", f"{justo} 10:00")

    entonces = medir("rezago", caso, en="2026-11-20", al="2026-11-20 14:00")
    al_siguiente = medir("rezago", caso, en="2026-11-23", al="2026-11-23 14:00")

    assert entonces.desglose[POR_RANGO]["11 a 20"].numerador == 1 and entonces.valor == 0
    assert al_siguiente.desglose[POR_RANGO]["más de 20"].numerador == 1


def test_el_rezago_de_una_semana_pasada_es_el_que_habia_entonces() -> None:
    caso = descuento("EB-2026-0001", "2026-11-10 10:00", ("2026-11-18 10:00", "cancelacion"))

    entonces = medir("rezago", caso, en="2026-W46")
    despues = medir("rezago", caso, en="2026-W47")

    assert (entonces.denominador, despues.denominador) == (1, 0)
    assert despues.texto == "s/d"


def test_a_las_peticiones_se_les_mide_la_canalizacion_y_la_respuesta_en_dias_habiles() -> None:
    al_dia = peticion(
        "PE-2026-0001", "2026-11-12 10:00", ("2026-11-13 10:00", "canalizar", SERVICIOS)
    )
    tarde = peticion(
        "PE-2026-0002", "2026-11-12 10:00", ("2026-11-18 10:00", "canalizar", SERVICIOS)
    )
    cerrada = seguir(al_dia, "2026-11-20 10:00", "cerrar/anonima")

    canalizar = medir("peticiones-canalizacion", cerrada, tarde)
    a_tiempo = medir("peticiones-canalizadas-a-tiempo", cerrada, tarde)
    responder = medir("peticiones-tiempo-mediana", cerrada, tarde)

    assert (canalizar.texto, canalizar.cumple) == ("2 días hábiles", False)
    assert cuenta(a_tiempo) == (1, 2, 0, "50.0 %")
    assert (responder.texto, responder.sin_medir) == ("5 días hábiles", 1)
    assert medir("peticiones-tiempo-p90", cerrada, tarde).valor == 5


def test_la_satisfaccion_de_un_area_no_se_publica_con_menos_de_diez_respuestas() -> None:
    def calificada(numero: int, dependencia: str, nota: str) -> Tramite:
        pasos: list[Paso] = [
            ("2026-11-11 10:00", "canalizar", {"dependencia": dependencia}),
            (
                "2026-11-12 10:00",
                "verificar/solucionada",
                {"tipo_verificacion": "telefonica", "satisfaccion": nota},
            ),
        ]
        return peticion(f"PE-2026-{numero:04d}", "2026-11-10 10:00", *pasos)

    muchas = [calificada(n, "servicios_publicos", "5" if n < 9 else "2") for n in range(1, 11)]
    pocas = [calificada(n, "obras_publicas", "1") for n in range(11, 20)]

    r = medir("satisfaccion-peticiones", *muchas, *pocas)

    por = r.desglose["dependencia"]
    assert cuenta(r) == (8, 19, 0, "42.1 %")
    assert por["Dirección de Servicios Públicos"].texto == "80.0 %"
    assert por["Dirección de Servicios Públicos"].cumple is True
    callada = por["Dirección de Obras Públicas"]
    assert callada.texto == "reservado (menos de 10 casos)"
    assert (callada.valor, callada.numerador) == (None, None)
    assert callada.folios["numerador"] == () and callada.denominador == 9
    assert cuenta(medir("peticiones-verificadas", *muchas)) == (10, 10, 0, "100.0 %")


def test_la_evaluacion_de_ventanilla_da_porcentaje_promedio_y_cuantos_contestaron() -> None:
    casos = [
        atencion("AT-2026-0001", "resuelto", "5"),
        atencion("AT-2026-0002", "resuelto", "4"),
        atencion("AT-2026-0003", "resuelto", "2"),
        atencion("AT-2026-0004", "resuelto"),
        atencion("AT-2026-0005", "se-retiro"),
    ]

    assert cuenta(medir("satisfaccion-ventanilla", *casos)) == (2, 3, 0, "66.7 %")
    assert medir("satisfaccion-ventanilla-media", *casos).texto == "3.7 de 5"
    assert cuenta(medir("ventanilla-respuestas", *casos)) == (3, 4, 1, "75.0 %")


def test_la_encuesta_promedia_sus_cinco_respuestas() -> None:
    dia = "2026-11-10 10:00"
    contestada = dict(
        zip(("trato", "claridad", "rapidez", "lugar", "solucion"), "54345", strict=True)
    )
    casos = [
        historia(
            "encuesta",
            "EN-2026-0001",
            dia,
            (dia, "dar-hoja"),
            (dia, "recoger/contestada", contestada),
        ),
        historia(
            "encuesta", "EN-2026-0002", dia, (dia, "dar-hoja"), (dia, "recoger/sin-contestar")
        ),
    ]

    assert cuenta(medir("satisfaccion-encuesta", *casos)) == (21, 5, 1, "4.2 de 5")
    assert cuenta(medir("encuesta-respuestas", *casos)) == (1, 2, 0, "50.0 %")


def test_toda_consulta_tiene_respuesta_salvo_la_de_quien_se_retira() -> None:
    pendiente = atencion("AT-2026-0003", "pendiente")
    casos = [
        atencion("AT-2026-0001", "resuelto"),
        atencion("AT-2026-0002", "con-peticion"),
        pendiente,
        atencion("AT-2026-0004", "se-retiro"),
    ]

    a_tiempo = medir("consultas-con-respuesta", *casos, al="2026-11-10 12:00")
    vencida = medir("consultas-con-respuesta", *casos)

    assert cuenta(a_tiempo) == (2, 2, 2, "100.0 %")
    assert cuenta(vencida) == (2, 3, 1, "66.7 %")


def test_la_cobertura_cuenta_una_vez_cada_colonia_con_brigada() -> None:
    def brigada(folio: str, colonia: str, fecha: str, resultado: str) -> Tramite:
        pasos = [(f"{fecha} 09:00", f"realizar/{resultado}")]
        return historia(
            "brigada", folio, "2026-10-01 10:00", *pasos, colonia=colonia, fecha_brigada=fecha
        )

    casos = [
        brigada("BR-2026-0001", "centro", "2026-10-10", "realizada"),
        brigada("BR-2026-0002", "centro", "2026-11-10", "realizada"),
        brigada("BR-2026-0003", "ejido_nuevo_porvenir", "2026-11-14", "realizada"),
        brigada("BR-2026-0004", "penia_colorada", "2026-11-21", "cancela"),
    ]
    colonias = len(referencias(de_fabrica("cobertura-brigadas")).catalogos["colonias"])

    r = medir("cobertura-brigadas", *casos, en="2026-T4")

    assert (r.numerador, r.denominador, r.excluidos) == (2, colonias, 1)
    assert r.valor == 100 * Decimal(2) / colonias
    assert r.folios["numerador"] == ("BR-2026-0001", "BR-2026-0002", "BR-2026-0003")


def test_las_llamadas_las_quejas_y_los_recados_se_cuentan_por_su_resultado() -> None:
    dia, manana = "2026-11-10 10:00", "2026-11-11 10:00"
    llamadas = [
        historia("llamada-centro", f"CL-2026-000{i}", dia, (dia, f"atender/{que}"))
        for i, que in enumerate(("informa", "abandona", "informa", "transfiere"), 1)
    ]
    recados = [
        historia(
            "llamada",
            f"LL-2026-000{i}",
            dia,
            (dia, "contestar"),
            (dia, "atender/recado"),
            (cuando, "devolver/resuelto"),
        )
        for i, cuando in enumerate((dia, manana), 1)
    ]
    quejas = [
        historia(
            "queja-sugerencia",
            f"QS-2026-000{i}",
            dia,
            (dia, "responder/en-expediente"),
            (dia, f"mejorar/{que}"),
            tipo="queja",
        )
        for i, que in enumerate(("con-mejora", "sin-mejora"), 1)
    ]

    abandonadas = medir("llamadas-abandonadas", *llamadas)

    assert cuenta(abandonadas) == (1, 4, 0, "25.0 %") and abandonadas.cumple is False
    assert cuenta(medir("llamadas-devueltas", *recados)) == (1, 2, 0, "50.0 %")
    assert cuenta(medir("quejas-con-mejora", *quejas)) == (1, 2, 0, "50.0 %")


def test_la_aprobacion_y_la_negativa_de_apoyos_suman_lo_resuelto() -> None:
    dia = "2026-11-10 10:00"
    casos = [
        apoyo("AP-2026-0001", (dia, "conceder/concede")),
        apoyo("AP-2026-0002", (dia, "conceder/niega")),
        apoyo("AP-2026-0003", (dia, "admitir/niega")),
        apoyo("AP-2026-0004", (dia, "desistimiento")),
        apoyo("AP-2026-0005"),
        historia("estrella-blanca", "EB-2026-0001", dia, (dia, "autorizar/autoriza")),
    ]

    si, no = medir("apoyos-aprobados", *casos), medir("apoyos-negados", *casos)

    assert cuenta(si) == (2, 4, 1, "50.0 %") and cuenta(no) == (2, 4, 1, "50.0 %")
    assert set(si.folios["numerador"]) | set(no.folios["numerador"]) == set(
        si.folios["denominador"]
    )


def test_el_gasto_suma_lo_entregado_en_el_periodo_aunque_se_pidiera_antes() -> None:
    en_octubre, en_noviembre = "2026-10-30 10:00", "2026-11-10 10:00"
    casos = [
        apoyo(
            "AP-2026-0001", (en_octubre, "entregar/entrega"), monto_aprobado="500", partida="4414"
        ),
        apoyo(
            "AP-2026-0002",
            (en_noviembre, "entregar/entrega"),
            monto_aprobado="1,500.50",
            partida="4411",
        ),
        apoyo(
            "AP-2026-0003",
            (en_noviembre, "entregar/entrega_existencia"),
            modalidad="existencia",
            valor="99.50",
        ),
        apoyo(
            "AP-2026-0004", (en_noviembre, "entregar/entrega_existencia"), modalidad="existencia"
        ),
        apoyo("AP-2026-0005", (en_noviembre, "entregar/no_acude"), monto_aprobado="9000"),
    ]

    gasto = medir("apoyos-gasto", *casos)
    del_presupuesto = medir("apoyos-presupuesto", *casos, en="2026-11")

    assert cuenta(gasto) == (Decimal("1600.00"), 3, 0, "$1,600.00")
    assert any("AP-2026-0004" in nota for nota in gasto.notas)
    assert del_presupuesto.numerador == Decimal("1500.50")
    assert del_presupuesto.denominador == Decimal("650000.00")
    assert del_presupuesto.texto == "0.2 %"


def test_lo_que_toco_a_menos_de_tres_se_junta_y_no_sale_ni_por_diferencia() -> None:
    def entregados(tipo: str, *numeros: int) -> list[Tramite]:
        entrega = ("2026-11-10 10:00", "entregar/entrega")
        return [
            apoyo(f"AP-2026-{n:04d}", entrega, tipo_apoyo=tipo, monto_aprobado="100")
            for n in numeros
        ]

    casos = [*entregados("despensa", 1, 2, 3, 4), *entregados("leche", 5, 6, 7)]
    con_dos_solos = [*casos, *entregados("funerario", 8, 9)]
    con_tres_sueltos = [*casos, *entregados("funerario", 8, 9), *entregados("lentes", 10)]

    def por_tipo(*cuales: Tramite) -> dict[str, str]:
        desglose = medir("apoyos-gasto", *cuales).desglose["tipo"]
        return {tipo: r.texto for tipo, r in desglose.items()}

    assert por_tipo(*casos) == {"Despensa": "$400.00", "Leche o pañales": "$300.00"}
    assert por_tipo(*con_dos_solos) == {"Despensa": "$400.00", "Otros": "$500.00"}
    assert por_tipo(*con_tres_sueltos) == {
        "Despensa": "$400.00",
        "Leche o pañales": "$300.00",
        "Otros": "$300.00",
    }


def test_un_resguardo_esta_al_corriente_con_la_firma_del_mes_hasta_el_dia_cinco() -> None:
    firmado = resguardo("AF-2026-0001", "2026-09-10 10:00", "2026-10-09 10:00", "2026-11-10 10:00")
    el_dia_cuatro = resguardo(
        "AF-2026-0002", "2026-09-28 10:00", "2026-10-28 10:00", "2026-12-04 10:00"
    )
    el_dia_seis = resguardo(
        "AF-2026-0003", "2026-09-28 10:00", "2026-10-28 10:00", "2026-12-06 10:00"
    )
    nuevo = resguardo("AF-2026-0004", "2026-11-20 10:00")
    por_prestar = historia("ayuda-funcional", "AF-2026-0005", "2026-11-20 10:00", ayuda="baston")

    r = medir("resguardos-al-corriente", firmado, el_dia_cuatro, el_dia_seis, nuevo, por_prestar)

    assert cuenta(r) == (2, 3, 2, "66.7 %")
    assert r.folios["numerador"] == ("AF-2026-0001", "AF-2026-0002")
    assert r.folios["excluidos"] == ("AF-2026-0004", "AF-2026-0005")


def test_una_comision_se_comprueba_en_el_mes_en_que_se_volvia() -> None:
    def comision(folio: str, regreso: str, *pasos: tuple[str, str]) -> Tramite:
        hasta = "2026-10-30 10:00"
        dados = [
            (hasta, p)
            for p in (
                "dar-cuenta",
                "autorizar/autoriza",
                "confirmar-traslado",
                "elaborar",
                "agendar",
                "entregar",
            )
        ]
        return historia(
            "comision", folio, hasta, *dados, *pasos, salida_fecha=regreso, regreso_fecha=regreso
        )

    casos = [
        comision("CM-2026-0001", "2026-11-05", ("2026-11-09 10:00", "comprobar")),
        comision("CM-2026-0002", "2026-11-05"),
        comision("CM-2026-0003", "2026-11-05", ("2026-11-04 10:00", "cancelacion")),
        comision("CM-2026-0004", "2026-11-18"),
        comision("CM-2026-0005", "2026-11-28"),
    ]

    r = medir("comisiones-comprobadas", *casos, al="2026-11-20 12:00")
    despues = medir("comisiones-comprobadas", *casos)

    assert cuenta(r) == (1, 2, 3, "50.0 %")
    assert cuenta(despues) == (1, 4, 1, "25.0 %")
