"""Lo que siempre es cierto de las cifras, sea cual sea la historia de la oficina."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from expediente.nucleo.cifras import Cifras, calcular
from expediente.nucleo.informe import CASOS, DOCUMENTOS, Informe
from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO
from expediente.nucleo.periodo import Periodo, leer_periodo, periodos_entre
from expediente.nucleo.tramos import Tramo
from tests.informes.al_azar import DE_FABRICA, INICIO, Historia, informe_de_todo, vivir

PASARON = ("recibidos", "reabiertos", "concluidos")
# Los que más vueltas dan, para cada corrida; los demás, en las largas.
DE_CADA_DIA = ("reporte-servicio", "peticion", "ayuda-funcional")
MARZO = Periodo("mes", INICIO.date().replace(day=1), INICIO.date().replace(day=31))
PARTES = {"semana": "dia", "mes": "dia", "trimestre": "mes", "anio": "trimestre"}


def oficina(clave: str, semilla: int, cuantos: int) -> list[Historia]:
    """Unos casos al azar."""
    print(f"semilla {semilla} de {clave}")
    return vivir(clave, semilla, cuantos)


def tramos(historias: Sequence[Historia], al: datetime) -> list[Tramo]:
    """Lo que consta de todos."""
    return [tramo for h in historias for tramo in h.tramos(al)]


def tarde(historias: Sequence[Historia]) -> datetime:
    """Cuando ya se capturó todo y no queda periodo por terminar."""
    return max(a.capturado for h in historias for a in h.actuaciones) + timedelta(days=400)


def revisar(clave: str, semilla: int, cuantos: int) -> None:
    """Todas las propiedades de una oficina."""
    historias = oficina(clave, semilla, cuantos)
    al = tarde(historias)
    for renglones in (CASOS, DOCUMENTOS):
        informe = informe_de_todo(historias[0].p, renglones)
        las_partes_suman_el_todo(informe, historias, al)
        cada_cifra_tiene_sus_folios(informe, historias, al)
        el_orden_no_cambia_nada(informe, historias, al)
        los_grupos_suman_los_renglones(informe, historias, al)
    los_tramos_cubren_sin_huecos(historias, al)
    lo_que_se_dijo_se_vuelve_a_decir(historias, random.Random(f"{clave}-{semilla}"))


@pytest.mark.parametrize("clave", DE_CADA_DIA)
def test_las_cifras_de_una_oficina_al_azar(clave: str) -> None:
    revisar(clave, 11, cuantos=2)


@pytest.mark.largo
@pytest.mark.parametrize("clave", DE_FABRICA)
@pytest.mark.parametrize("semilla", range(200, 205))
def test_las_cifras_de_muchas_oficinas(clave: str, semilla: int) -> None:
    revisar(clave, semilla, cuantos=8)


def las_partes_suman_el_todo(informe: Informe, historias: Sequence[Historia], al: datetime) -> None:
    """Los días suman la semana y el mes; los meses, el trimestre; los trimestres, el año."""
    lo_que_consta = tramos(historias, al)
    con_fecha = [total.clave for total in informe.totales if total.fecha is not None]
    for clase, parte in PARTES.items():
        entero = leer_periodo(clase, "", INICIO.date() + timedelta(days=16))
        primero = leer_periodo(parte, "", entero.desde)
        suma: Counter[str] = Counter()
        folios: dict[str, list[str]] = {}
        previo: Cifras | None = None
        for periodo in periodos_entre(primero, leer_periodo(parte, "", entero.hasta)):
            cifras = calcular(informe, periodo, al, lo_que_consta)
            assert cifras.cuadra
            if previo is not None:
                assert cifras.totales["abiertos_inicio"] == previo.totales["abiertos_final"]
            for clave in (*PASARON, *con_fecha):
                suma[clave] += int(cifras.totales[clave])
                folios[clave] = folios.get(clave, []) + list(cifras.folios[clave])
            previo = cifras
        todo = calcular(informe, entero, al, lo_que_consta)
        for clave in (*PASARON, *con_fecha):
            assert suma[clave] == todo.totales[clave], f"{clave} de {entero.clave}"
            assert Counter(folios[clave]) == Counter(todo.folios[clave])
        assert previo and previo.totales["abiertos_final"] == todo.totales["abiertos_final"]


def cada_cifra_tiene_sus_folios(
    informe: Informe, historias: Sequence[Historia], al: datetime
) -> None:
    """Una cifra es el número de sus folios; si suma, sólo da folios si algo suma."""
    cifras = calcular(informe, MARZO, al, tramos(historias, al))
    suman = {total.clave for total in informe.totales if total.suma is not None}
    for clave, cuanto in cifras.totales.items():
        if clave in suman:
            assert bool(cifras.folios[clave]) == bool(cuanto)
        else:
            assert len(cifras.folios[clave]) == cuanto
    for grupo, valores in cifras.grupos.items():
        for valor, cuantos in valores.items():
            assert len(cifras.folios[f"{grupo}/{valor}"]) == cuantos
    conocidos = {h.folio for h in historias}
    assert {folio for folios in cifras.folios.values() for folio in folios} <= conocidos
    assert set(NOMBRES_DEL_MOVIMIENTO) <= set(cifras.totales)


def el_orden_no_cambia_nada(informe: Informe, historias: Sequence[Historia], al: datetime) -> None:
    """Ni el de los casos ni el de los tramos de un caso; y los ajenos no se cuentan."""
    derechos = tramos(historias, al)
    revueltos = random.Random(7).sample(derechos, len(derechos))
    otro = "queja" if informe.procedimientos == ("encuesta",) else "encuesta"
    ajenos = tramos(vivir(otro, 1, 1), al)

    dicho = calcular(informe, MARZO, al, derechos)

    assert calcular(informe, MARZO, al, [*ajenos, *revueltos]) == dicho


def los_grupos_suman_los_renglones(
    informe: Informe, historias: Sequence[Historia], al: datetime
) -> None:
    """Áreas, colonias o canales: cada renglón cae en uno y sólo uno."""
    cifras = calcular(informe, MARZO, al, tramos(historias, al))
    for valores in cifras.grupos.values():
        assert sum(valores.values(), Decimal(0)) == len(cifras.filas)


def los_tramos_cubren_sin_huecos(historias: Sequence[Historia], al: datetime) -> None:
    """De cada día, desde que se recibió, hay uno y sólo un tramo; y no dependen del reloj."""
    for h in historias:
        suyos = h.tramos(al)
        assert suyos == h.tramos(al + timedelta(days=3650))
        assert suyos[0].movimientos[0] == "recibidos"
        assert sum(t.movimientos.count("recibidos") for t in suyos) == 1
        for uno, siguiente in pairwise(suyos):
            assert uno.desde < siguiente.desde == uno.hasta
        assert suyos[-1].hasta is None
        abierto = 0
        for tramo in suyos:
            entran = sum(1 if que != "concluidos" else -1 for que in tramo.movimientos)
            abierto += entran
            assert abierto == tramo.abierto
            if tramo.cerrado is not None:
                assert suyos[0].desde <= tramo.cerrado <= tramo.desde


def lo_que_se_dijo_se_vuelve_a_decir(historias: Sequence[Historia], azar: random.Random) -> None:
    """Con --al en el pasado, lo mismo que dijo entonces quien no sabía lo que venía."""
    informe = informe_de_todo(historias[0].p)
    capturas = sorted(a.capturado for h in historias for a in h.actuaciones)
    for al in azar.sample(capturas, min(4, len(capturas))):
        de_entonces = [
            Historia(h.p, h.folio, tuple(a for a in h.actuaciones if a.capturado <= al))
            for h in historias
            if h.actuaciones[0].capturado <= al
        ]
        periodo = leer_periodo(azar.choice(("semana", "mes")), "", al.date())
        entonces = calcular(informe, periodo, al, tramos(de_entonces, al))
        assert calcular(informe, periodo, al, tramos(historias, al)) == entonces
