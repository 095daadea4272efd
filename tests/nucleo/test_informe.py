"""Las cifras de un informe: cuadran, se repiten iguales y dicen de dónde salen."""

from datetime import date, datetime

import pytest

from expediente.almacen.definiciones import leer_informe
from expediente.nucleo.celda import como_celda
from expediente.nucleo.cifras import Cifras, calcular
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.periodo import Periodo, PeriodoEscrito, rotulo_del_corte
from expediente.nucleo.tramos import tramos_del_caso
from tests.nucleo.tramite import (
    DATOS,
    DIRECTORA,
    Tramite,
    abierto,
    atendido_otra_vez,
    autorizado,
    calendario,
    canalizado,
    catalogos,
    inconforme,
    momento,
    por_autorizar,
    por_verificar,
    reporte,
)

SEMANA_47 = Periodo("semana", date(2026, 11, 16), date(2026, 11, 22))
SEMANA_46 = Periodo("semana", date(2026, 11, 9), date(2026, 11, 15))
DOMINGO = "2026-11-22 23:59"


def cifras(
    clave: str, *tramites: Tramite, periodo: Periodo = SEMANA_47, al: str = DOMINGO
) -> Cifras:
    """Las cifras de un informe de fábrica sobre esos casos."""
    corte = momento(al)
    tramos = [
        tramo
        for t in tramites
        for tramo in tramos_del_caso(
            t.folio, t.procedimiento, t.actuaciones, catalogos(), calendario(), corte.tzinfo, corte
        )
    ]
    return calcular(leer_informe(DATOS, clave), periodo, corte, tramos)


def movimiento(hechas: Cifras) -> tuple[int, ...]:
    """Los cinco números del movimiento, en su orden."""
    return tuple(hechas.totales.values())[:5]


def test_sin_casos_todo_es_cero_y_cuadra() -> None:
    hechas = cifras("estatus-reportes")

    assert movimiento(hechas) == (0, 0, 0, 0, 0)
    assert hechas.cuadra and hechas.filas == ()


def test_lo_de_antes_lo_recibido_y_lo_concluido_cuadran_con_lo_que_queda() -> None:
    viejo_abierto = canalizado("2026-11-10 09:00", "RS-2026-0001")
    viejo_cerrado = por_verificar("2026-11-11 09:00").dar("2026-11-11 10:00", resultado="conforme")
    viejo_cerrado.dar("2026-11-18 09:00")
    recibido = reporte("2026-11-17 09:00", "RS-2026-0003")
    recibido_y_cerrado = por_verificar("2026-11-18 09:00")
    recibido_y_cerrado.dar("2026-11-18 10:00", resultado="conforme").dar("2026-11-19 09:00")
    de_la_otra = reporte("2026-11-23 08:00", "RS-2026-0005")

    hechas = cifras(
        "estatus-reportes",
        viejo_abierto,
        viejo_cerrado,
        recibido,
        recibido_y_cerrado,
        de_la_otra,
        al="2026-11-24 12:00",
    )

    assert movimiento(hechas) == (2, 2, 0, 2, 2)
    assert hechas.cuadra
    assert hechas.identidad == (
        "2 abiertos al inicio + 2 recibidos + 0 reabiertos − 2 concluidos = 2 abiertos al final"
    )


def test_lo_concluido_otra_semana_ya_no_se_cuenta_ni_se_lista() -> None:
    cerrado = por_verificar("2026-11-10 09:00").dar("2026-11-10 10:00", resultado="conforme")
    cerrado.dar("2026-11-11 09:00")

    hechas = cifras("estatus-reportes", cerrado)

    assert movimiento(hechas) == (0, 0, 0, 0, 0)
    assert hechas.cuadra and hechas.filas == ()


def test_si_no_cuadrara_lo_diria() -> None:
    totales = {
        "abiertos_inicio": 1, "recibidos": 1, "reabiertos": 0, "concluidos": 0,
        "abiertos_final": 1,
    }  # fmt: skip

    malas = Cifras(totales, (), {}, {})

    assert not malas.cuadra and "NO CUADRA" in malas.identidad


@pytest.mark.parametrize(
    ("recibido", "cuenta"),
    [
        ("2026-11-15 23:59", 0),
        ("2026-11-16 00:00", 1),
        ("2026-11-22 23:59", 1),
        ("2026-11-23 00:00", 0),
    ],
)
def test_la_semana_va_de_lunes_a_domingo_con_los_dos_dias(recibido: str, cuenta: int) -> None:
    hechas = cifras("estatus-reportes", reporte(recibido), al="2026-11-30 12:00")

    assert hechas.totales["recibidos"] == cuenta
    assert hechas.cuadra


def test_el_mismo_corte_da_las_mismas_cifras_aunque_la_vida_siga() -> None:
    caso = autorizado("2026-11-18 09:00")
    antes = cifras("estrella-blanca", caso, al="2026-11-20 14:00")

    caso.dar("2026-11-20 15:00", recibe="Ana").dar("2026-11-20 15:10").dar("2026-11-20 15:20")
    despues = cifras("estrella-blanca", caso, al="2026-11-20 14:00")

    assert despues == antes
    assert antes.totales["entregados"] == 0


def test_lo_capturado_tarde_cuenta_en_su_semana_pero_no_en_el_corte_pasado() -> None:
    tarde = abierto("estrella-blanca", "2026-11-19 17:00", capturado="2026-11-24 09:00")

    viernes = cifras("estrella-blanca", tarde, al="2026-11-20 14:00")
    martes = cifras("estrella-blanca", tarde, al="2026-11-24 12:00")

    assert viernes.totales["recibidos"] == 0
    assert martes.totales["recibidos"] == 1


def test_el_corte_a_media_semana_no_ve_lo_que_falta_de_ella() -> None:
    caso = reporte("2026-11-20 15:00")

    hechas = cifras("estatus-reportes", caso, al="2026-11-20 14:59")

    assert movimiento(hechas) == (0, 0, 0, 0, 0)


def test_lo_de_la_hora_exacta_del_corte_si_cuenta() -> None:
    caso = reporte("2026-11-20 15:00")

    hechas = cifras("estatus-reportes", caso, al="2026-11-20 15:00")

    assert hechas.totales["recibidos"] == 1


def test_cada_cifra_dice_de_que_folios_sale() -> None:
    uno, otro = canalizado(folio="RS-2026-0001"), reporte(folio="RS-2026-0002")

    hechas = cifras("estatus-reportes", uno, otro)

    assert hechas.folios["recibidos"] == ("RS-2026-0001", "RS-2026-0002")
    assert hechas.folios["procedentes"] == ("RS-2026-0001",)


def test_conforme_no_es_lo_mismo_que_sin_localizar() -> None:
    conforme = por_verificar().dar(resultado="conforme").dar()
    sin_localizar = por_verificar()
    for _ in range(3):
        sin_localizar.dar(resultado="no-localizado")
    sin_localizar.dar()

    hechas = cifras("estatus-reportes", conforme, sin_localizar)

    assert hechas.totales["concluidos"] == 2
    assert hechas.totales["conformes"] == 1


def test_reasignados_cuenta_reportes_y_no_vueltas() -> None:
    caso = inconforme(por_verificar("2026-11-20 09:00"), "2026-11-20 12:00")
    inconforme(atendido_otra_vez(caso, "2026-11-20 13:00"), "2026-11-20 14:00")

    hechas = cifras("estatus-reportes", caso)

    assert hechas.totales["reasignados"] == 1
    assert hechas.filas[0]["vueltas"] == "2"


def test_vencido_se_mide_al_corte_y_no_al_final_de_la_semana() -> None:
    caso = canalizado("2026-11-19 10:00")

    a_tiempo = cifras("estatus-reportes", caso, al="2026-11-20 09:00")
    tarde = cifras("estatus-reportes", caso, al="2026-11-20 11:00")

    assert (a_tiempo.totales["vencidos"], tarde.totales["vencidos"]) == (0, 1)


def test_el_oficio_cuenta_por_su_fecha_y_no_por_la_del_viaje() -> None:
    caso = autorizado("2026-11-18 09:00")

    esta, otra = cifras("estrella-blanca", caso), cifras("estrella-blanca", caso, periodo=SEMANA_46)

    assert esta.totales["autorizados"] == 1 and esta.filas[0]["fecha"] == "18/11/2026"
    assert otra.filas == ()


def test_lo_reservado_todavia_no_es_un_renglon() -> None:
    hechas = cifras("estrella-blanca", por_autorizar("2026-11-18 09:00"))

    assert hechas.filas == () and hechas.totales["abiertos_final"] == 1


def test_lo_negado_sale_con_su_numero_y_no_es_un_cancelado() -> None:
    caso = por_autorizar("2026-11-18 09:00")
    caso.dar("2026-11-18 10:00", resultado="niega", por=DIRECTORA, nota="Ya lo tiene.")

    hechas = cifras("estrella-blanca", caso)

    assert [hechas.totales[c] for c in ("autorizados", "negados", "cancelados")] == [0, 1, 0]
    assert (hechas.filas[0]["numero"], hechas.filas[0]["estado"]) == (
        "DIF/DG/0001/2026",
        "Negado",
    )


def test_lo_que_se_anula_otra_semana_sale_en_las_dos() -> None:
    """La primera ya se entregó diciendo «Autorizado»: la segunda dice que se anuló."""
    caso = autorizado("2026-11-12 09:00").anular("DIF/DG/0001/2026", "2026-11-18 09:00")

    primera = cifras("estrella-blanca", caso, periodo=SEMANA_46)
    segunda = cifras("estrella-blanca", caso)

    assert [fila["estado"] for fila in primera.filas] == ["Autorizado"]
    assert [fila["estado"] for fila in segunda.filas] == ["Cancelado"]
    assert (segunda.totales["autorizados"], segunda.totales["cancelados"]) == (0, 1)


def test_los_boletos_son_por_persona_y_por_sentido() -> None:
    redondo = por_autorizar()
    redondo.corregir({"acompanantes.0.nombres": "Luz", "acompanantes.0.primer_apellido": "Gil"})
    redondo.dar(resultado="autoriza", por=DIRECTORA)
    sencillo = por_autorizar()
    sencillo.corregir({"tipo_viaje": "ida"})
    sencillo.dar(resultado="autoriza", por=DIRECTORA)

    hechas = cifras("estrella-blanca", redondo, sencillo)

    assert [fila["boletos"] for fila in hechas.filas] == ["4", "1"]


def test_los_desgloses_van_de_mayor_a_menor_y_nada_se_pierde() -> None:
    fugas = [reporte(tipo_servicio="fuga_toma") for _ in range(2)]

    hechas = cifras("estatus-reportes", reporte(), *fugas)

    assert list(hechas.grupos["por_tipo"].items()) == [
        ("Fuga de agua en toma domiciliaria", 2),
        ("Sin dato", 1),
    ]


@pytest.mark.parametrize(
    ("dato", "celda"),
    [
        (True, "Sí"),
        (False, "No"),
        (None, ""),
        (date(2026, 11, 5), "05/11/2026"),
        (datetime(2026, 11, 5, 9, 7), "05/11/2026 09:07"),
        (3, "3"),
    ],
)
def test_una_celda_se_escribe_para_leerse(dato: object, celda: str) -> None:
    assert como_celda(dato) == celda


@pytest.mark.parametrize(
    ("pedido", "rotulo", "carpeta"),
    [
        (
            {"semana": "2026-W47"},
            "Semana 47: del lunes 16 al domingo 22 de noviembre de 2026",
            "2026/S47",
        ),
        (
            {"semana": "2026-S49"},
            "Semana 49: del lunes 30 de noviembre al domingo 6 de diciembre de 2026",
            "2026/S49",
        ),
        (
            {"semana": "2026-W53"},
            "Semana 53: del lunes 28 de diciembre de 2026 al domingo 3 de enero de 2027",
            "2026/S53",
        ),
        ({"mes": "2026-02"}, "Febrero de 2026", "2026/02"),
        ({"dia": "2026-11-20"}, "Viernes 20 de noviembre de 2026", "2026/11/20"),
    ],
)
def test_cada_periodo_tiene_su_rotulo_y_su_carpeta(
    pedido: dict[str, str], rotulo: str, carpeta: str
) -> None:
    periodo = PeriodoEscrito(**pedido).leer(date(2026, 11, 20), ("dia", "semana", "mes"))

    assert (periodo.rotulo, periodo.carpeta) == (rotulo, carpeta)


@pytest.mark.parametrize(
    ("admite", "desde", "hasta"),
    [
        (("semana",), date(2026, 11, 16), date(2026, 11, 22)),
        (("mes",), date(2026, 11, 1), date(2026, 11, 30)),
        (("dia", "semana"), date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_sin_pedir_periodo_es_el_de_hoy(admite: tuple[str, ...], desde: date, hasta: date) -> None:
    periodo = PeriodoEscrito().leer(date(2026, 11, 20), admite)

    assert (periodo.desde, periodo.hasta) == (desde, hasta)


@pytest.mark.parametrize(
    ("dia", "semana", "mes", "mensaje"),
    [
        ("2026-11-31", None, None, "--dia 2026-11-20"),
        (None, "2026-W54", None, "--semana 2026-W47"),
        (None, None, "2026-13", "--mes 2026-11"),
        (None, None, "9999-12", "--mes 2026-11"),
        (None, "2026-W47", "2026-11", "Elija un solo periodo"),
    ],
)
def test_un_periodo_que_no_se_entiende_se_rechaza_con_su_ejemplo(
    dia: str | None, semana: str | None, mes: str | None, mensaje: str
) -> None:
    with pytest.raises(ErrorUso, match=mensaje):
        PeriodoEscrito(dia, semana, mes).leer(date(2026, 11, 20), ("dia", "semana", "mes"))


def test_un_informe_no_se_hace_por_un_periodo_que_no_admite() -> None:
    with pytest.raises(ErrorUso, match="se hace por: semana, mes"):
        PeriodoEscrito("2026-11-20").leer(date(2026, 11, 20), ("semana", "mes"))


def test_el_rotulo_dice_de_cuando_son_las_cifras() -> None:
    rotulo = rotulo_del_corte(momento("2026-11-20 14:00"))

    assert rotulo == "cifras al 20 de noviembre de 2026, 14:00 horas"
