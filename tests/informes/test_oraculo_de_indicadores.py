"""Cada indicador de fábrica, medido dos veces sobre historias al azar."""

import random
from fractions import Fraction

import pytest

from expediente.almacen.definiciones import claves_de_indicadores, leer_indicador
from expediente.nucleo.indicador import Indicador
from expediente.nucleo.medicion import Medicion
from expediente.nucleo.periodo import Periodo, leer_periodo
from expediente.nucleo.resultados import LADOS
from tests.caminatas.en_memoria import calendario_largo
from tests.informes.al_azar import (
    DE_FABRICA,
    INICIO,
    Historia,
    momentos_de,
    oficina_de_fabrica,
    vivir,
)
from tests.informes.oraculo_de_indicadores import remedir
from tests.informes.test_oraculo import periodos_al_azar
from tests.nucleo.historias import referencias
from tests.nucleo.tramite import DATOS

INDICADORES = claves_de_indicadores(DATOS)
OFICINA = oficina_de_fabrica()


def comparar(
    indicador: Indicador, historias: list[Historia], periodo: Periodo, azar: random.Random
) -> bool:
    """Exige que los dos midan lo mismo; devuelve si hubo algo que medir."""
    al = azar.choice(momentos_de(historias, azar, 4))
    hay = referencias(indicador)
    cuenta = Medicion(indicador, periodo, al, calendario_largo(), hay)
    for historia in historias:
        for tramo in historia.tramos(al):
            cuenta.agregar(tramo)
    dicho = cuenta.resultado()
    casos = [h.expediente for h in historias]
    debido = remedir(OFICINA, casos, indicador, periodo, al, hay.catalogos, hay.existencias)
    donde = f"{indicador.clave}, {periodo.clave}, al {al.isoformat()}"

    for lado in LADOS:
        de_casos = [f for f in dicho.folios[lado] if f.count("-") == 2]
        aparte = lado == "denominador" and not dicho.folios[lado]
        assert aparte or de_casos == getattr(debido, lado), f"{lado} de {donde}"
    assert (dicho.valor is None) == (debido.valor is None), donde
    if dicho.valor is not None and debido.valor is not None:
        assert abs(Fraction(dicho.valor) - debido.valor) < Fraction(1, 10**15), donde
        assert dicho.texto != "s/d"
    else:
        assert dicho.texto == "s/d", donde
    return bool(debido.denominador or debido.excluidos or debido.sin_medir)


def ponerlo_a_prueba(clave: str, semilla: int, cuantos: int, veces: int) -> None:
    """Un indicador sobre una oficina al azar, en periodos que la tocan."""
    print(f"semilla {semilla} de {clave}")
    indicador = leer_indicador(DATOS, clave)
    historias = [
        h for p in indicador.procedimientos if p in DE_FABRICA for h in vivir(p, semilla, cuantos)
    ]
    azar = random.Random(f"{clave}-{semilla}")
    for periodo in periodos_al_azar(azar, veces):
        comparar(indicador, historias, periodo, azar)


@pytest.mark.parametrize("clave", INDICADORES)
def test_el_indicador_da_lo_que_da_medido_a_mano(clave: str) -> None:
    solo_uno = len(leer_indicador(DATOS, clave).procedimientos) == 1
    ponerlo_a_prueba(clave, semilla=21, cuantos=4 if solo_uno else 1, veces=2)


@pytest.mark.largo
@pytest.mark.parametrize("clave", INDICADORES)
@pytest.mark.parametrize("semilla", range(300, 303))
def test_el_indicador_en_muchas_oficinas(clave: str, semilla: int) -> None:
    ponerlo_a_prueba(clave, semilla, cuantos=10, veces=10)


def test_el_oraculo_mide_algo() -> None:
    """En un año y con casos de sobra, casi ningún indicador se queda sin denominador."""
    azar = random.Random("algo")
    medidos = []
    for clave in ("opdm-24h-bruto", "opdm-tiempo-mediana", "rezago", "opdm-reasignacion"):
        indicador = leer_indicador(DATOS, clave)
        historias = [h for p in indicador.procedimientos[-3:] for h in vivir(p, 5, 6)]
        medidos.append(
            comparar(indicador, historias, leer_periodo("anio", "2026", INICIO.date()), azar)
        )

    assert sum(medidos) >= 3
