"""El diagrama de flujo: nada se encima, nada se sale y todo lo del manual está."""

from collections.abc import Iterable
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from expediente.almacen.reglas import procedimiento_de_fichero
from expediente.almacen.texto_yaml import cargar
from expediente.documentos.tinta import contorno, renglones_de
from expediente.nucleo.diagrama import ANCHO_UTIL, ESCALA_MENOR, Diagrama, Flecha, diagrama_de
from expediente.nucleo.flujo import nodos
from expediente.nucleo.lectura_procedimiento import leer_procedimiento
from expediente.nucleo.letra import ancho_de, en_renglones
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.rejilla import Rotulo
from expediente.nucleo.simbolo import BARRA, DECISION, DOCUMENTO, ESPERA, LETRA, RENGLON, Caja

FABRICA = sorted((Path(__file__).parents[2] / "datos" / "procedimientos").glob("*.yaml"))
Recta = tuple[tuple[float, float], tuple[float, float]]

CON_TODO = """
clave: con-todo
nombre: Un procedimiento con todo
version: '1'
prefijo: CT
serie: 1S.1
manual: {clave: M, nombre: Manual de muestra}
roles:
  - {clave: a, nombre: Ventanilla}
  - {clave: b, nombre: Coordinación de Seguimiento Interinstitucional}
  - {clave: c, nombre: Dirección}
campos: [{clave: cita, nombre: Fecha de la cita, tipo: fecha}]
documentos: [{clave: acta, nombre: Acta circunstanciada, plantilla: x.docx}]
apertura: uno
entradas: [tres]
pasos:
  - {clave: uno, responsable: a, actividad: Recibe., manual: ['1', '2'], sigue: [dos, tres]}
  - {clave: dos, responsable: b, actividad: Desinstitucionalización conjunta., sigue: cuatro}
  - {clave: tres, responsable: c, actividad: Opina., sigue: cuatro, plazo: {cantidad: '3'}}
  - {clave: cuatro, responsable: a, actividad: Junta las dos opiniones., reune: sí, sigue: cinco}
  - clave: cinco
    responsable: c
    actividad: Resuelve.
    espera_hasta: cita
    resultados:
      - {clave: procede, nombre: Procede, emite: acta, sigue: seis}
      - {clave: vuelve, nombre: Falta algo, sigue: dos, maximo: '1', al_exceder: seis}
      - {clave: otra-vez, nombre: No llegó, sigue: cinco, sin_limite: Hasta que llegue.}
      - {clave: niega, nombre: No procede, final: negado}
      - {clave: declina, nombre: No es competencia de esta oficina, final: improcedente}
  - {clave: seis, responsable: a, actividad: Entrega., emite: acta, final: concluido}
"""


def con_todo() -> Procedimiento:
    """Un procedimiento con ramas, reunión, espera, regresos y salidas de toda clase."""
    return leer_procedimiento(cargar(CON_TODO))


def todos() -> list[Procedimiento]:
    """Los de fábrica y el que tiene de todo."""
    return [*(procedimiento_de_fichero(ruta)[0] for ruta in FABRICA), con_todo()]


@pytest.fixture(scope="module", params=todos(), ids=lambda p: p.clave)
def procedimiento(request: pytest.FixtureRequest) -> Procedimiento:
    """Cada procedimiento, uno por uno."""
    return request.param


@pytest.fixture(scope="module")
def diagrama(procedimiento: Procedimiento) -> Diagrama:
    """Su diagrama, ya acomodado."""
    return diagrama_de(procedimiento)


def se_enciman(a: Caja, b: Caja) -> bool:
    return a.x < b.x + b.ancho and b.x < a.x + a.ancho and a.y < b.fondo and b.y < a.fondo


def de_rotulo(rotulo: Rotulo) -> Caja:
    """El rectángulo que ocupa un rótulo."""
    ancho = max(ancho_de(r, LETRA) for r in rotulo.renglones)
    x = rotulo.x if rotulo.hacia == "derecha" else rotulo.x - ancho
    alto = (len(rotulo.renglones) - 1) * RENGLON + 6
    return Caja("rotulo", ancho, alto, rotulo.renglones, x=x, y=rotulo.y - 5)


def rectas(flecha: Flecha) -> Iterable[Recta]:
    return pairwise(flecha.puntos)


def pisa(recta: Recta, caja: Caja) -> bool:
    """Si una recta, que siempre es horizontal o vertical, pasa por dentro de la caja."""
    (x1, y1), (x2, y2) = recta
    dentro_x = min(x1, x2) < caja.x + caja.ancho - 0.5 and max(x1, x2) > caja.x + 0.5
    return dentro_x and min(y1, y2) < caja.fondo - 3 and max(y1, y2) > caja.y + 0.5


def corren_juntas(a: Recta, b: Recta) -> bool:
    """Si dos rectas van una sobre otra más de medio punto."""
    for fijo, largo in ((0, 1), (1, 0)):
        if a[0][fijo] == a[1][fijo] == b[0][fijo] == b[1][fijo]:
            desde = max(min(a[0][largo], a[1][largo]), min(b[0][largo], b[1][largo]))
            hasta = min(max(a[0][largo], a[1][largo]), max(b[0][largo], b[1][largo]))
            return hasta - desde > 0.5
    return False


def dentro(punto: tuple[float, float], orilla: tuple[tuple[float, float], ...]) -> bool:
    """Si un punto cae dentro de un polígono."""
    x, y = punto
    cruces = 0
    for (x1, y1), (x2, y2) in zip(orilla, (*orilla[1:], orilla[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            cruces += 1
    return cruces % 2 == 1


def test_ninguna_caja_se_encima_con_otra(diagrama: Diagrama) -> None:
    encimadas = [
        (a.titulo, b.titulo) for a, b in combinations(diagrama.cajas, 2) if se_enciman(a, b)
    ]

    assert encimadas == []


def test_ningun_nombre_de_salida_tapa_una_caja_ni_otro_nombre(diagrama: Diagrama) -> None:
    rotulos = [de_rotulo(rotulo) for rotulo in diagrama.rotulos]

    sobre_cajas = [
        (r.renglones, c.titulo) for r in rotulos for c in diagrama.cajas if se_enciman(r, c)
    ]
    sobre_otros = [
        (a.renglones, b.renglones) for a, b in combinations(rotulos, 2) if se_enciman(a, b)
    ]

    # La esquina de un rombo no llena su rectángulo: ahí sí cabe un nombre.
    rombos = {c.titulo for c in diagrama.cajas if c.forma == DECISION}
    assert [par for par in sobre_cajas if par[1] not in rombos] == []
    assert sobre_otros == []


def test_ningun_texto_se_sale_de_su_simbolo(diagrama: Diagrama) -> None:
    salidos = []
    for caja in diagrama.cajas:
        for letrero in renglones_de(caja) if caja.forma != BARRA else ():
            ancho = ancho_de(letrero.texto, letrero.tamano)
            esquinas = [
                (x, y) for x in (letrero.x, letrero.x + ancho) for y in (letrero.y - 4.5, letrero.y)
            ]
            if not all(dentro(esquina, contorno(caja)) for esquina in esquinas):
                salidos.append((caja.forma, letrero.texto))

    assert salidos == []


def test_todo_cabe_en_el_dibujo(diagrama: Diagrama) -> None:
    cosas = [*diagrama.cajas, *map(de_rotulo, diagrama.rotulos)]
    puntos = [punto for flecha in diagrama.flechas for punto in flecha.puntos]

    fuera = [c.titulo for c in cosas if c.x < 0 or c.x + c.ancho > diagrama.ancho]

    assert fuera == []
    assert all(0 <= x <= diagrama.ancho and 0 <= y <= diagrama.alto for x, y in puntos)
    assert max(caja.fondo for caja in cosas) <= diagrama.alto


def test_ninguna_flecha_pasa_sobre_una_caja(diagrama: Diagrama) -> None:
    pisadas = [
        (recta, caja.titulo)
        for flecha in diagrama.flechas
        for recta in rectas(flecha)
        for caja in diagrama.cajas
        if pisa(recta, caja)
    ]

    assert pisadas == []


def test_dos_flechas_que_van_a_lugares_distintos_no_corren_una_sobre_otra(
    diagrama: Diagrama,
) -> None:
    juntas = [
        (a.puntos, b.puntos)
        for a, b in combinations(diagrama.flechas, 2)
        if a.puntos[-1] != b.puntos[-1] and a.puntos[0] != b.puntos[0]
        for recta in rectas(a)
        if any(corren_juntas(recta, otra) for otra in rectas(b))
    ]

    assert juntas == []


def test_cada_actividad_y_cada_resultado_estan(
    procedimiento: Procedimiento, diagrama: Diagrama
) -> None:
    cajas = [" ".join(caja.renglones) for caja in diagrama.cajas]
    rotulos = " | ".join(" ".join(rotulo.renglones) for rotulo in diagrama.rotulos)

    for nodo in nodos(procedimiento):
        assert any(" ".join(nodo.actividad.split()) in texto for texto in cajas)
        for ramal in nodo.ramales:
            assert ramal.rotulo in rotulos
            assert ramal.final is None or any(ramal.final == texto for texto in cajas)


def test_el_que_es_de_una_hoja_cabe_legible_en_una_hoja(diagrama: Diagrama) -> None:
    """Unos quince pasos sencillos; con muchas decisiones, mejor dos hojas que letra de 4."""
    if len(diagrama.cajas) <= 30:
        assert diagrama.escala >= ESCALA_MENOR


def test_las_ramas_a_la_vez_y_su_reunion_llevan_barra() -> None:
    d = diagrama_de(con_todo())

    barras = [caja.titulo for caja in d.cajas if caja.forma == BARRA]

    assert barras == ["Siguen a la vez", "Espera a que terminen las ramas", "Ramas a la vez"]


def test_lo_que_emite_es_documento_y_lo_que_espera_es_demora() -> None:
    d = diagrama_de(con_todo())

    documentos = [c.titulo for c in d.cajas if c.forma == DOCUMENTO]
    esperas = [c.titulo for c in d.cajas if c.forma == ESPERA]

    assert documentos == ["Dirección: Resuelve.", "Ventanilla: Entrega.", "Con documento"]
    assert esperas == ["3 días hábiles", "Espera: fecha de la cita", "Espera o plazo"]


def test_los_regresos_van_por_fuera_de_todos_los_carriles() -> None:
    d = diagrama_de(con_todo())
    cajas = [c for c in d.cajas if c.y < d.pie]

    regresos = [flecha for flecha in d.flechas if flecha.regreso]

    assert len(regresos) == 2
    for flecha in regresos:
        x = flecha.puntos[1][0]
        assert x < min(c.x for c in cajas) or x > max(c.x + c.ancho for c in cajas)


def test_puede_empezarse_por_cada_entrada() -> None:
    d = diagrama_de(con_todo())

    assert [c.titulo for c in d.cajas].count("Inicio") == 2


def test_se_corta_entre_pasos_sin_tocar_una_caja(diagrama: Diagrama) -> None:
    tocadas = [
        (corte, caja.titulo)
        for corte in diagrama.cortes
        for caja in diagrama.cajas
        if caja.y < corte < caja.fondo
    ]

    assert tocadas == []
    assert diagrama.ancho <= ANCHO_UTIL * 1.6


@pytest.mark.parametrize("ancho", [20.0, 37.0, 80.0, 200.0])
def test_un_renglon_nunca_mide_mas_que_su_caja(ancho: float) -> None:
    texto = "Dé aviso a la Coordinación Interinstitucional: ¿«mañana» o el 50 % después?"

    renglones = en_renglones(texto, LETRA, ancho)

    assert all(ancho_de(renglon, LETRA) <= ancho for renglon in renglones)
    assert "".join(renglones).replace(" ", "") == texto.replace(" ", "")
