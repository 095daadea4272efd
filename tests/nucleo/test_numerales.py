"""Los números en palabras: la tabla de oro, escrita a mano, y dos oráculos ajenos."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words2 import num2words

from expediente.nucleo.numerales import MAYOR, cardinal, cuantos_en_letra, ordinal
from tests.nucleo.lectura_de_letra import leer_numero

# número, solo, ante palabra masculina, ante palabra femenina.
DE_ORO = [
    (0, "cero", "cero", "cero"),
    (1, "uno", "un", "una"),
    (2, "dos", "dos", "dos"),
    (3, "tres", "tres", "tres"),
    (9, "nueve", "nueve", "nueve"),
    (10, "diez", "diez", "diez"),
    (11, "once", "once", "once"),
    (15, "quince", "quince", "quince"),
    (16, "dieciséis", "dieciséis", "dieciséis"),
    (19, "diecinueve", "diecinueve", "diecinueve"),
    (20, "veinte", "veinte", "veinte"),
    (21, "veintiuno", "veintiún", "veintiuna"),
    (22, "veintidós", "veintidós", "veintidós"),
    (23, "veintitrés", "veintitrés", "veintitrés"),
    (26, "veintiséis", "veintiséis", "veintiséis"),
    (29, "veintinueve", "veintinueve", "veintinueve"),
    (30, "treinta", "treinta", "treinta"),
    (31, "treinta y uno", "treinta y un", "treinta y una"),
    (32, "treinta y dos", "treinta y dos", "treinta y dos"),
    (40, "cuarenta", "cuarenta", "cuarenta"),
    (50, "cincuenta", "cincuenta", "cincuenta"),
    (61, "sesenta y uno", "sesenta y un", "sesenta y una"),
    (70, "setenta", "setenta", "setenta"),
    (85, "ochenta y cinco", "ochenta y cinco", "ochenta y cinco"),
    (99, "noventa y nueve", "noventa y nueve", "noventa y nueve"),
    (100, "cien", "cien", "cien"),
    (101, "ciento uno", "ciento un", "ciento una"),
    (111, "ciento once", "ciento once", "ciento once"),
    (121, "ciento veintiuno", "ciento veintiún", "ciento veintiuna"),
    (131, "ciento treinta y uno", "ciento treinta y un", "ciento treinta y una"),
    (199, *["ciento noventa y nueve"] * 3),
    (200, "doscientos", "doscientos", "doscientas"),
    (201, "doscientos uno", "doscientos un", "doscientas una"),
    (300, "trescientos", "trescientos", "trescientas"),
    (400, "cuatrocientos", "cuatrocientos", "cuatrocientas"),
    (500, "quinientos", "quinientos", "quinientas"),
    (555, *["quinientos cincuenta y cinco"] * 2, "quinientas cincuenta y cinco"),
    (600, "seiscientos", "seiscientos", "seiscientas"),
    (700, "setecientos", "setecientos", "setecientas"),
    (721, "setecientos veintiuno", "setecientos veintiún", "setecientas veintiuna"),
    (800, "ochocientos", "ochocientos", "ochocientas"),
    (900, "novecientos", "novecientos", "novecientas"),
    (999, *["novecientos noventa y nueve"] * 2, "novecientas noventa y nueve"),
    (1000, "mil", "mil", "mil"),
    (1001, "mil uno", "mil un", "mil una"),
    (1021, "mil veintiuno", "mil veintiún", "mil veintiuna"),
    (1100, "mil cien", "mil cien", "mil cien"),
    (1500, "mil quinientos", "mil quinientos", "mil quinientas"),
    (2000, "dos mil", "dos mil", "dos mil"),
    (2026, "dos mil veintiséis", "dos mil veintiséis", "dos mil veintiséis"),
    (10000, "diez mil", "diez mil", "diez mil"),
    (11000, "once mil", "once mil", "once mil"),
    (20000, "veinte mil", "veinte mil", "veinte mil"),
    (21000, "veintiún mil", "veintiún mil", "veintiuna mil"),
    (21021, "veintiún mil veintiuno", "veintiún mil veintiún", "veintiuna mil veintiuna"),
    (31000, "treinta y un mil", "treinta y un mil", "treinta y una mil"),
    (31001, "treinta y un mil uno", "treinta y un mil un", "treinta y una mil una"),
    (41101, "cuarenta y un mil ciento uno", "cuarenta y un mil ciento un",
     "cuarenta y una mil ciento una"),
    (91000, "noventa y un mil", "noventa y un mil", "noventa y una mil"),
    (100000, "cien mil", "cien mil", "cien mil"),
    (101000, "ciento un mil", "ciento un mil", "ciento una mil"),
    (111000, "ciento once mil", "ciento once mil", "ciento once mil"),
    (121000, "ciento veintiún mil", "ciento veintiún mil", "ciento veintiuna mil"),
    (200000, "doscientos mil", "doscientos mil", "doscientas mil"),
    (500500, *["quinientos mil quinientos"] * 2, "quinientas mil quinientas"),
    (999999, *["novecientos noventa y nueve mil novecientos noventa y nueve"] * 2,
     "novecientas noventa y nueve mil novecientas noventa y nueve"),
    (1000000, "un millón", "un millón", "un millón"),
    (1000001, "un millón uno", "un millón un", "un millón una"),
    (1001000, "un millón mil", "un millón mil", "un millón mil"),
    (2000000, "dos millones", "dos millones", "dos millones"),
    (2500200, *["dos millones quinientos mil doscientos"] * 2,
     "dos millones quinientas mil doscientas"),
    (21000000, *["veintiún millones"] * 3),
    (31000021, "treinta y un millones veintiuno", "treinta y un millones veintiún",
     "treinta y un millones veintiuna"),
    (100000000, *["cien millones"] * 3),
    (101000000, *["ciento un millones"] * 3),
    (200000000, *["doscientos millones"] * 3),
    (1000000000, *["mil millones"] * 3),
    (1001000000, *["mil un millones"] * 3),
    (1001001001, "mil un millones mil uno", "mil un millones mil un", "mil un millones mil una"),
    (21000000000, *["veintiún mil millones"] * 3),
    (31001000000, *["treinta y un mil un millones"] * 3),
    (999999999999, *["novecientos noventa y nueve mil novecientos noventa y nueve millones "
     "novecientos noventa y nueve mil novecientos noventa y nueve"] * 2,
     "novecientos noventa y nueve mil novecientos noventa y nueve millones "
     "novecientas noventa y nueve mil novecientas noventa y nueve"),
    (1000000000000, *["un billón"] * 3),
    (2000001000000, *["dos billones un millón"] * 3),
    (-21, "menos veintiuno", "menos veintiún", "menos veintiuna"),
]  # fmt: skip


def test_la_tabla_de_oro_es_larga_y_no_se_repite() -> None:
    assert len({numero for numero, *_ in DE_ORO}) == len(DE_ORO) >= 80


@pytest.mark.parametrize(("numero", "solo", "masculino", "femenino"), DE_ORO)
def test_el_numero_se_dice_como_en_la_tabla_de_oro(
    numero: int, solo: str, masculino: str, femenino: str
) -> None:
    assert cardinal(numero) == solo
    assert cardinal(numero, apocope=True) == masculino
    assert cardinal(numero, femenino=True) == femenino
    assert cardinal(numero, femenino=True, apocope=True) == femenino


def test_hasta_diez_mil_y_en_cada_millar_se_dice_como_lo_dice_otro_programa() -> None:
    # 997 es primo: pasa por todas las terminaciones.
    for numero in (*range(10_000), *range(0, 1_000_000, 1000), *range(0, 10**6, 997)):
        assert cardinal(numero) == num2words(numero, lang="es")


@pytest.mark.largo
def test_hasta_el_millon_se_dice_como_lo_dice_otro_programa_y_se_lee_igual() -> None:
    for numero in range(1_000_000):
        dicho = cardinal(numero)
        assert dicho == num2words(numero, lang="es")
        assert leer_numero(dicho) == numero


def test_los_numeros_grandes_se_dicen_como_los_dice_otro_programa() -> None:
    azar = random.Random(20261120)
    for _ in range(5000):
        numero = azar.randrange(10 ** azar.randint(6, 18))
        assert cardinal(numero) == num2words(numero, lang="es")


@given(st.integers(0, MAYOR), st.booleans(), st.booleans())
def test_lo_dicho_se_lee_y_da_el_mismo_numero(numero: int, femenino: bool, apocope: bool) -> None:
    assert leer_numero(cardinal(numero, femenino=femenino, apocope=apocope)) == numero


def test_lo_que_pasa_de_dieciocho_cifras_no_se_dice() -> None:
    for numero in (MAYOR + 1, -MAYOR - 1):
        with pytest.raises(ValueError, match="dieciocho cifras"):
            cardinal(numero)


@pytest.mark.parametrize(
    ("numero", "femenino", "dicho"),
    [
        (0, False, "cero oficios"),
        (1, False, "un oficio"),
        (21, False, "veintiún oficios"),
        (101, False, "ciento un oficios"),
        (1, True, "una oficio"),
        (21000, False, "veintiún mil oficios"),
        (500, True, "quinientas oficios"),
        (1_000_000, False, "un millón de oficios"),
        (1_000_001, False, "un millón un oficios"),
        (2_000_000, True, "dos millones de oficios"),
        (1_001_000_000, False, "mil un millones de oficios"),
        (10**12, False, "un billón de oficios"),
        (-1, False, "menos un oficio"),
    ],
)
def test_lo_contado_va_en_singular_si_es_uno_y_con_de_tras_los_millones_cerrados(
    numero: int, femenino: bool, dicho: str
) -> None:
    assert cuantos_en_letra(numero, "oficio", "oficios", femenino=femenino) == dicho


ORDINALES = [
    (1, "primero", "primer", "primera"),
    (2, "segundo", "segundo", "segunda"),
    (3, "tercero", "tercer", "tercera"),
    (4, "cuarto", "cuarto", "cuarta"),
    (5, "quinto", "quinto", "quinta"),
    (6, "sexto", "sexto", "sexta"),
    (7, "séptimo", "séptimo", "séptima"),
    (8, "octavo", "octavo", "octava"),
    (9, "noveno", "noveno", "novena"),
    (10, "décimo", "décimo", "décima"),
    (11, "undécimo", "undécimo", "undécima"),
    (12, "duodécimo", "duodécimo", "duodécima"),
    (13, "decimotercero", "decimotercer", "decimotercera"),
    (14, "decimocuarto", "decimocuarto", "decimocuarta"),
    (16, "decimosexto", "decimosexto", "decimosexta"),
    (17, "decimoséptimo", "decimoséptimo", "decimoséptima"),
    (18, "decimoctavo", "decimoctavo", "decimoctava"),
    (19, "decimonoveno", "decimonoveno", "decimonovena"),
    (20, "vigésimo", "vigésimo", "vigésima"),
    (21, "vigesimoprimero", "vigesimoprimer", "vigesimoprimera"),
    (22, "vigesimosegundo", "vigesimosegundo", "vigesimosegunda"),
    (23, "vigesimotercero", "vigesimotercer", "vigesimotercera"),
    (27, "vigesimoséptimo", "vigesimoséptimo", "vigesimoséptima"),
    (30, "trigésimo", "trigésimo", "trigésima"),
    (31, "trigésimo primero", "trigésimo primer", "trigésima primera"),
    (33, "trigésimo tercero", "trigésimo tercer", "trigésima tercera"),
    (40, "cuadragésimo", "cuadragésimo", "cuadragésima"),
    (50, "quincuagésimo", "quincuagésimo", "quincuagésima"),
    (60, "sexagésimo", "sexagésimo", "sexagésima"),
    (70, "septuagésimo", "septuagésimo", "septuagésima"),
    (80, "octogésimo", "octogésimo", "octogésima"),
    (90, "nonagésimo", "nonagésimo", "nonagésima"),
    (99, "nonagésimo noveno", "nonagésimo noveno", "nonagésima novena"),
    (100, "centésimo", "centésimo", "centésima"),
    (101, "101.º", "101.er", "101.ª"),
    (102, "102.º", "102.º", "102.ª"),
    (103, "103.º", "103.er", "103.ª"),
    (111, "111.º", "111.º", "111.ª"),
    (113, "113.º", "113.er", "113.ª"),
]


@pytest.mark.parametrize(("lugar", "solo", "masculino", "femenino"), ORDINALES)
def test_el_lugar_se_dice_como_en_la_tabla_de_oro(
    lugar: int, solo: str, masculino: str, femenino: str
) -> None:
    assert ordinal(lugar) == solo
    assert ordinal(lugar, apocope=True) == masculino
    assert ordinal(lugar, femenino=True, apocope=True) == femenino


def test_hasta_cien_cada_lugar_tiene_su_nombre() -> None:
    nombres = [ordinal(lugar) for lugar in range(1, 101)]

    assert len(set(nombres)) == 100
    assert all(nombre.replace(" ", "").isalpha() and nombre.endswith("o") for nombre in nombres)


@pytest.mark.parametrize("lugar", [0, -1])
def test_antes_del_primero_no_hay_lugar(lugar: int) -> None:
    with pytest.raises(ValueError, match="desde el primero"):
        ordinal(lugar)
