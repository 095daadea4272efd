"""El programa y su oráculo cuentan lo mismo, pase lo que pase en la oficina."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import pytest

from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.nucleo.cifras import Cifras, calcular
from expediente.nucleo.informe import CASOS, DOCUMENTOS, Informe
from expediente.nucleo.periodo import PERIODOS, Periodo, leer_periodo
from tests.informes.al_azar import (
    DE_FABRICA,
    DURA,
    INICIO,
    Historia,
    informe_de_todo,
    informe_por_elemento,
    momentos_de,
    oficina_de_fabrica,
    vivir,
)
from tests.informes.historia import constaba
from tests.informes.oraculo import recontar
from tests.nucleo.tramite import DATOS, procedimiento

DE_UN_JALON = 4
LARGO = range(100, 104)


def contar(
    informe: Informe, periodo: Periodo, al: datetime, historias: Sequence[Historia]
) -> Cifras:
    """Lo que dice el programa."""
    return calcular(informe, periodo, al, [t for h in historias for t in h.tramos(al)])


def comparar(
    informe: Informe, periodo: Periodo, al: datetime, historias: Sequence[Historia]
) -> None:
    """Exige que el programa y el oráculo digan lo mismo."""
    casos = [h.expediente for h in historias]
    dicho = contar(informe, periodo, al, historias)
    debido = recontar(oficina_de_fabrica_, casos, informe, periodo, al)
    donde = f"{informe.clave}, {periodo.clave}, al {al.isoformat()}"

    assert dicho.totales == debido.totales, donde
    assert {k: list(v) for k, v in dicho.folios.items()} == debido.folios, donde
    assert [dict(f) for f in dicho.filas] == debido.filas, donde
    assert {k: dict(v) for k, v in dicho.grupos.items()} == debido.grupos, donde
    assert dicho.cuadra, donde


oficina_de_fabrica_ = oficina_de_fabrica()


def periodos_al_azar(azar: random.Random, cuantos: int) -> Iterator[Periodo]:
    """Periodos de todas las clases que tocan a la historia."""
    for _ in range(cuantos):
        dia = INICIO.date() + timedelta(days=azar.randint(-3, DURA.days + 10))
        yield leer_periodo(azar.choice(PERIODOS), "", dia)


def informes_sobre(clave: str) -> list[Informe]:
    """Los de fábrica que miran ese procedimiento, y los que lo preguntan todo."""
    de_fabrica = (leer_informe(DATOS, uno) for uno in claves_de_informes(DATOS))
    p = procedimiento(clave)
    por_elemento = informe_por_elemento(p)
    return [
        *(uno for uno in de_fabrica if clave in uno.procedimientos),
        informe_de_todo(p, CASOS),
        informe_de_todo(p, DOCUMENTOS),
        *((por_elemento,) if por_elemento else ()),
    ]


def ponerlos_a_prueba(clave: str, semilla: int, cuantos: int, veces: int) -> None:
    """Una oficina al azar y unos cuantos informes de ella, contados dos veces."""
    print(f"semilla {semilla} de {clave}")
    historias = vivir(clave, semilla, cuantos)
    azar = random.Random(f"informes-{clave}-{semilla}")
    for informe in informes_sobre(clave):
        for periodo in periodos_al_azar(azar, veces):
            comparar(informe, periodo, azar.choice(momentos_de(historias, azar, 5)), historias)


@pytest.mark.parametrize("clave", DE_FABRICA)
def test_el_programa_cuenta_lo_mismo_que_quien_cuenta_dia_por_dia(clave: str) -> None:
    ponerlos_a_prueba(clave, semilla=1, cuantos=DE_UN_JALON, veces=2)


@pytest.mark.parametrize("clave", DE_FABRICA)
def test_cada_tramo_dice_lo_que_constaba_cada_dia(clave: str) -> None:
    exigir_los_hechos(clave, vivir(clave, 2, 2))


def exigir_los_hechos(clave: str, historias: Sequence[Historia]) -> None:
    """Día por día: un solo tramo, y con los hechos que sacaría quien leyera el fichero."""
    for historia in historias:
        al = historia.actuaciones[-1].capturado
        tramos = historia.tramos(al)
        dia = tramos[0].desde - timedelta(days=1)
        while dia <= al.date() + timedelta(days=2):
            suyos = [t for t in tramos if t.cubre(dia)]
            debido = constaba(oficina_de_fabrica_, historia.expediente, dia, al)
            assert len(suyos) == (debido is not None), f"{historia.folio}, {dia}"
            for tramo in suyos:
                assert debido is not None
                assert dict(tramo.hechos) == debido.hechos, f"{historia.folio}, {dia}"
                assert [dict(d) for d in tramo.documentos] == list(debido.papeles)
                assert tramo.abierto == debido.abierto
                assert tramo.vence == debido.vence
            dia += timedelta(days=1)


@pytest.mark.largo
@pytest.mark.parametrize("clave", DE_FABRICA)
@pytest.mark.parametrize("semilla", LARGO)
def test_muchas_oficinas_al_azar(clave: str, semilla: int) -> None:
    ponerlos_a_prueba(clave, semilla, cuantos=10, veces=8)
    exigir_los_hechos(clave, vivir(clave, semilla, 10))


def test_el_oraculo_no_es_el_programa_con_otro_nombre() -> None:
    """Si se le cambia un día a un cierre, lo nota."""
    historias = vivir("reporte-servicio", 1, DE_UN_JALON)
    al = max(a.capturado for h in historias for a in h.actuaciones)
    informe = informe_de_todo(procedimiento("reporte-servicio"))
    anio = Periodo("anio", date(2026, 1, 1), date(2026, 12, 31))
    recontado = recontar(oficina_de_fabrica_, [h.expediente for h in historias], informe, anio, al)

    assert recontado.totales["recibidos"] == DE_UN_JALON
    assert recontado.totales == contar(informe, anio, al, historias).totales
    assert recontado.totales != contar(informe, anio, al, historias[:-1]).totales
