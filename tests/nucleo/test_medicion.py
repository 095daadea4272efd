"""Lo que vale para cualquier indicador: cómo se cuenta, se reparte y se dice."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from expediente.almacen.definiciones import claves_de_indicadores, leer_manual
from expediente.almacen.oficina import claves_de
from expediente.nucleo.calculos import mediana, nombres_de_rangos, percentil_90, rango_de
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.indicador import COHORTE, FLUJO, MEDIANA, P90, SUMA
from expediente.nucleo.lectura_indicador import INDICADOR
from expediente.nucleo.medicion import Medicion
from expediente.nucleo.resultados import POR_RANGO
from tests.nucleo.historias import (
    SERVICIOS,
    apoyo,
    atencion,
    baja,
    canalizada,
    conforme,
    de_fabrica,
    descuento,
    medir,
    mensual,
    periodo,
    peticion,
    referencias,
    reporte,
    reportes,
    resguardo,
    seguimiento,
    tramos,
)
from tests.nucleo.tramite import DATOS, Tramite, calendario, momento, procedimiento

CLAVES = claves_de_indicadores(DATOS)
FIN = "2026-12-31 12:00"


def de_todo() -> list[Tramite]:
    """Una oficina chica con algo de cada manual."""
    dia = "2026-11-10 10:00"
    return [
        *reportes(),
        conforme(baja(reporte("RS-2026-0011", dia, ubicacion__colonia="Norte"), dia), dia),
        canalizada("GE-2026-0001", "2026-11-03 10:00", "2026-11-04 10:00"),
        seguimiento(
            "SG-2026-0001", "2026-11-05 10:00", (dia, "valorar/completo"), (dia, "integrar")
        ),
        mensual("IM-2026-0001", "noviembre", "2026-12-10", "2026-12-09 10:00"),
        descuento("EB-2026-0001", dia, (dia, "autorizar/autoriza"), (dia, "entregar")),
        peticion("PE-2026-0001", dia, (dia, "canalizar", SERVICIOS)),
        atencion("AT-2026-0001", "resuelto", "5"),
        apoyo("AP-2026-0001", (dia, "conceder/concede")),
        resguardo("AF-2026-0001", "2026-09-10 10:00", "2026-11-10 10:00"),
    ]


@pytest.mark.parametrize("clave", CLAVES)
def test_sin_casos_no_hay_dato_que_no_es_cero_ni_cien(clave: str) -> None:
    r = medir(clave, en="2026-12", al="2026-12-20 12:00")

    if de_fabrica(clave).denominador.catalogo or de_fabrica(clave).denominador.existencia:
        assert r.valor == 0  # el catálogo y el presupuesto existen aunque no haya casos
    else:
        assert (r.valor, r.texto, r.cumple) == (None, "s/d", None)


@pytest.mark.parametrize("clave", CLAVES)
def test_cada_desglose_suma_el_total_y_dice_sus_folios(clave: str) -> None:
    r = medir(clave, *de_todo())

    aparte = r.indicador.denominador.catalogo or r.indicador.denominador.existencia
    for desglose, valores in r.desglose.items():
        if desglose == POR_RANGO:
            continue
        juntos = sorted(f for parte in valores.values() for f in parte.folios["denominador"])
        assert juntos == sorted(r.folios["denominador"])
        if not aparte:
            assert sum(parte.denominador for parte in valores.values()) == r.denominador
        publicados = [p.numerador for p in valores.values() if p.numerador is not None]
        if len(publicados) == len(valores):
            assert sum(publicados) == r.numerador


@pytest.mark.parametrize("clave", CLAVES)
def test_da_igual_en_que_orden_lleguen_los_tramos(clave: str) -> None:
    definido = de_fabrica(clave)
    todos = tramos(*de_todo(), al=FIN)

    hechos = []
    for orden in (todos, todos[::-1]):
        una = Medicion(
            definido, periodo("2026-11"), momento(FIN), calendario(), referencias(definido)
        )
        for tramo in orden:
            una.agregar(tramo)
        hechos.append(una.resultado())

    derecho, reves = hechos
    assert (derecho.valor, derecho.folios, derecho.desglose) == (
        reves.valor,
        reves.folios,
        reves.desglose,
    )


@pytest.mark.parametrize(
    "clave",
    [
        c
        for c in CLAVES
        if de_fabrica(c).modo == COHORTE and de_fabrica(c).calculo not in (MEDIANA, P90)
    ],
)
def test_por_cohorte_el_numerador_es_parte_del_denominador(clave: str) -> None:
    for en, al in product(("2026-10", "2026-11", "2026-T4"), ("2026-11-11 12:00", FIN)):
        r = medir(clave, *de_todo(), en=en, al=al)

        assert set(r.folios["numerador"]) <= set(r.folios["denominador"]) or (
            r.indicador.denominador.catalogo
        )
        assert r.valor is None or r.indicador.calculo != "porcentaje" or r.valor <= 100


@pytest.mark.parametrize("clave", [c for c in CLAVES if de_fabrica(c).modo == FLUJO])
def test_por_flujo_los_dias_suman_el_mes(clave: str) -> None:
    casos = de_todo()

    mes = medir(clave, *casos)
    dias = [medir(clave, *casos, en=f"2026-11-{dia:02d}") for dia in range(1, 31)]

    assert sum(dia.numerador or 0 for dia in dias) == mes.numerador
    if not mes.indicador.denominador.existencia:
        assert sum(dia.denominador for dia in dias) == mes.denominador


def test_con_un_corte_pasado_se_mide_lo_que_se_sabia_entonces() -> None:
    caso = reporte("RS-2026-0001", "2026-11-10 08:00")
    tarde = baja(caso, "2026-11-12 08:00")

    antes = medir("opdm-eficiencia-atencion", tarde, al="2026-11-11 12:00")
    despues = medir("opdm-eficiencia-atencion", tarde, al="2026-11-12 12:00")

    assert (antes.texto, despues.texto) == ("0.0 %", "100.0 %")
    assert antes.incompleto and despues.incompleto


def test_cada_actividad_critica_del_manual_tiene_su_indicador_escrito_igual() -> None:
    formulas = {de_fabrica(clave).formula for clave in CLAVES}

    escritas = {
        critica.indicador
        for clave in claves_de(DATOS, "procedimientos")
        for critica in procedimiento(clave).criticas
    }

    assert escritas <= formulas


@pytest.mark.parametrize("clave", [c for c in CLAVES if de_fabrica(c).manual])
def test_cada_indicador_mide_actividades_que_su_manual_tiene(clave: str) -> None:
    definido = de_fabrica(clave)
    assert definido.manual is not None
    funciones = leer_manual(DATOS, definido.manual.clave).funciones

    (suya,) = [f for f in funciones if definido.manual.funcion in (None, f.nombre)]

    assert set(definido.actividades) <= {a.numero for a in suya.actividades}


def test_un_suelo_y_un_techo_se_juzgan_al_reves() -> None:
    techo = de_fabrica("llamadas-abandonadas").estandar
    suelo = de_fabrica("pdg-seguimiento").estandar

    assert techo is not None and suelo is not None
    assert (techo.cumple(Decimal(5)), techo.cumple(Decimal("5.01"))) == (True, False)
    assert (suelo.cumple(Decimal(100)), suelo.cumple(Decimal("99.99"))) == (True, False)


@pytest.mark.parametrize(
    ("medidas", "mitad", "noventa"),
    [
        ((3,), 3, 3),
        ((1, 2), Decimal("1.5"), 2),
        ((1, 2, 9), 2, 9),
        (tuple(range(1, 11)), Decimal("5.5"), 9),
        (tuple(range(1, 21)), Decimal("10.5"), 18),
    ],
)
def test_la_mediana_y_el_percentil_salen_de_las_medidas_ordenadas(
    medidas: tuple[int, ...], mitad: Decimal, noventa: Decimal
) -> None:
    en_orden = [Decimal(m) for m in medidas]

    assert (mediana(en_orden), percentil_90(en_orden)) == (mitad, noventa)


def test_los_rangos_no_se_enciman_ni_dejan_huecos() -> None:
    nombres = nombres_de_rangos((1, 5, 10, 20))

    assert nombres == ["0 a 1", "2 a 5", "6 a 10", "11 a 20", "más de 20"]
    assert [rango_de(Decimal(n), (1, 5, 10, 20)) for n in (0, 1, 2, 5, 6, 20, 21)] == [
        "0 a 1",
        "0 a 1",
        "2 a 5",
        "2 a 5",
        "6 a 10",
        "11 a 20",
        "más de 20",
    ]


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"ancla": ""}, "«ancla»: una cohorte dice su fecha"),
        ({"modo": "flujo"}, "«numerador»: en un flujo, cada lado dice la `fecha`"),
        ({"calculo": "mediana"}, "«mide»: diga qué se mide"),
        ({"calculo": "cobertura"}, "`distintos` en el numerador"),
        ({"modo": "cohote"}, "¿Quiso decir «cohorte»"),
        ({"ezcluye": "x"}, "¿Quiso decir «excluye»"),
        ({"estandar": {"meta": "mucho"}}, "se esperaba un número"),
    ],
)
def test_una_definicion_mal_escrita_dice_que_le_falta(cambio: dict[str, object], dice: str) -> None:
    buena: dict[str, object] = {
        "clave": "x",
        "nombre": "x",
        "procedimientos": ["gestion"],
        "calculo": "porcentaje",
        "modo": "cohorte",
        "ancla": "recibido",
        "periodicidad": "mes",
        "numerador": {"nombre": "a"},
        "denominador": {"nombre": "b"},
    }

    INDICADOR(buena, ())
    with pytest.raises(FormaInvalida, match=dice):
        INDICADOR({**buena, **cambio}, ())


def test_una_suma_sin_casos_tampoco_es_cero() -> None:
    gasto = medir("apoyos-gasto")

    assert gasto.indicador.calculo == SUMA and gasto.texto == "s/d"


def test_la_eficiencia_es_la_misma_medida_dia_por_dia_o_de_una_vez() -> None:
    """Lo que se sabe al corte no depende de cuántas veces se haya medido antes."""
    casos = reportes()
    de_una_vez = medir("opdm-eficiencia-atencion", *casos)
    for dia in range(10, 30):
        medir("opdm-eficiencia-atencion", *casos, al=f"2026-11-{dia} 12:00")

    assert medir("opdm-eficiencia-atencion", *casos) == de_una_vez
    assert replace(de_una_vez, notas=()).valor == de_una_vez.valor
