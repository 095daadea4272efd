"""Los estados del país, con su nombre y su abreviatura de oficio."""

import pytest
from stdnum.mx.curp import _valid_states

from expediente.nucleo.entidades import ENTIDADES, entidad, lugar_abreviado

ABREVIATURAS = (
    "Ags. B.C. B.C.S. Camp. Coah. Col. Chis. Chih. CDMX Dgo. Gto. Gro. Hgo. Jal. Méx. Mich. Mor. "
    "Nay. N.L. Oax. Pue. Qro. Q.Roo S.L.P. Sin. Son. Tab. Tamps. Tlax. Ver. Yuc. Zac."
)


def test_son_las_treinta_y_dos_con_su_clave_de_la_curp() -> None:
    assert {una.clave for una in ENTIDADES} == _claves_de_la_curp()
    assert len({una.nombre for una in ENTIDADES}) == 32


def _claves_de_la_curp() -> set[str]:
    """Las que admite otro programa, sin la de quien nació en el extranjero."""
    return set(_valid_states) - {"NE"}


def test_cada_una_se_abrevia_como_en_los_oficios() -> None:
    assert " ".join(una.abreviatura.replace(" ", "") for una in ENTIDADES) == ABREVIATURAS


@pytest.mark.parametrize("una", ENTIDADES, ids=lambda una: una.clave)
def test_se_reconoce_por_cualquiera_de_sus_nombres(una: object) -> None:
    dichos = (una.nombre, una.abreviatura, *una.otros, una.nombre.upper())  # type: ignore[attr-defined]

    assert {entidad(dicho) for dicho in dichos} == {una}


@pytest.mark.parametrize(
    ("escrita", "nombre"),
    [
        ("durango", "Durango"),
        ("NUEVO LEON", "Nuevo León"),
        ("NL", "Nuevo León"),
        ("slp", "San Luis Potosí"),
        ("Cd. de Méx.", "Ciudad de México"),
        ("Edo. de Méx.", "Estado de México"),
        ("Coahuila de Zaragoza", "Coahuila"),
    ],
)
def test_los_acentos_y_los_puntos_no_estorban(escrita: str, nombre: str) -> None:
    hallada = entidad(escrita)

    assert hallada is not None and hallada.nombre == nombre


@pytest.mark.parametrize("escrita", ["", "Texas", "Laguna", "Dgo. Coah."])
def test_lo_que_no_es_una_entidad_no_se_inventa(escrita: str) -> None:
    assert entidad(escrita) is None


@pytest.mark.parametrize(
    ("completo", "abreviado"),
    [
        ("Gómez Palacio, Durango", "Gómez Palacio, Dgo."),
        ("Torreón, Coahuila", "Torreón, Coah."),
        ("San Nicolás de los Garza, Nuevo León", "San Nicolás de los Garza, N.L."),
        ("Iztapalapa, Ciudad de México", "Iztapalapa, CDMX"),
        ("Centro, Gómez Palacio, Durango", "Centro, Gómez Palacio, Dgo."),
    ],
)
def test_el_lugar_se_abrevia_una_sola_vez(completo: str, abreviado: str) -> None:
    assert lugar_abreviado(completo) == abreviado
    assert lugar_abreviado(abreviado) == abreviado


@pytest.mark.parametrize("lugar", ["", "Durango", "El Paso, Texas", "La Noria"])
def test_un_lugar_sin_entidad_se_queda_igual(lugar: str) -> None:
    assert lugar_abreviado(lugar) == lugar
