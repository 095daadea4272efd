"""Dos maneras de escribir lo mismo son lo mismo; dos personas distintas, no."""

from datetime import datetime

import pytest

from expediente.almacen.fichero_yaml import leer_mapa
from expediente.nucleo.identidad import comparable, identidad, reglas_tocadas, sigue_contando
from expediente.nucleo.lectura_procedimiento import leer_procedimiento
from expediente.nucleo.procedimiento import Duplicado, Procedimiento
from tests.nucleo.tramite import DATOS

AHORA = datetime(2026, 11, 23, 9, 30)
NOMBRE = Duplicado(("beneficiario.nombre_completo",))


@pytest.fixture
def procedimiento() -> Procedimiento:
    """El descuento de pasaje, con dos reglas de duplicado."""
    escrito, _ = leer_mapa(DATOS / "procedimientos" / "estrella-blanca.yaml")
    escrito["duplicados"] = [
        {"campos": ["beneficiario.nombre_completo", "domicilio.colonia"]},
        {"campos": ["beneficiario.curp"], "meses": "12"},
    ]
    return leer_procedimiento(escrito)


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        ("Ma. de la Luz Peña", "MARIA LUZ PEÑA"),
        ("MA DEL CARMEN", "María Carmen"),
        ("J. Guadalupe Núñez", "josé guadalupe nuñez"),
        ("  Ana   María ", "ana maria"),
        ("O'Farrill", "O Farrill"),
        ("Nu\u0301n\u0303ez", "Núñez"),
        ("Juan de los Santos y Ríos", "Juan Santos Rios"),
    ],
)
def test_el_mismo_nombre_escrito_de_dos_maneras(uno: str, otro: str) -> None:
    assert comparable(uno) == comparable(otro) != ""


@pytest.mark.parametrize(
    ("uno", "otro"), [("Peña", "Pena"), ("Mario", "María"), ("Juana", "Juan"), ("Luz", "Lucía")]
)
def test_dos_nombres_distintos_no_se_confunden(uno: str, otro: str) -> None:
    assert comparable(uno) != comparable(otro)


def test_el_nombre_completo_se_compone_y_el_segundo_apellido_puede_faltar(
    procedimiento: Procedimiento,
) -> None:
    partes = {"beneficiario.nombres": "Ma. Elena", "beneficiario.primer_apellido": "de la Peña"}
    corrido = {"beneficiario.nombres": "MARIA", "beneficiario.primer_apellido": "ELENA PEÑA"}
    por_partes = Duplicado((*partes, "beneficiario.segundo_apellido"))

    assert identidad(procedimiento, NOMBRE, partes) == identidad(procedimiento, NOMBRE, corrido)
    assert identidad(procedimiento, por_partes, partes) == ("maria elena", "peña", "-")


def test_un_dato_vacio_no_es_igual_a_otro_vacio(procedimiento: Procedimiento) -> None:
    [de_lugar, de_curp] = procedimiento.duplicados
    solo_nombre = {"beneficiario.nombres": "Ana", "beneficiario.primer_apellido": "Ruiz"}

    assert identidad(procedimiento, de_curp, solo_nombre) == ()
    assert identidad(procedimiento, de_lugar, solo_nombre) == ()


@pytest.mark.parametrize(
    ("nuevos", "reglas"),
    [
        (["beneficiario.primer_apellido"], [0]),
        (["domicilio.colonia", "destino"], [0]),
        (["beneficiario.curp"], [0, 1]),
        (["domicilio.calle", "destino"], []),
    ],
)
def test_se_sabe_si_lo_nuevo_cambia_quien_es(
    nuevos: list[str], reglas: list[int], procedimiento: Procedimiento
) -> None:
    tocadas = reglas_tocadas(procedimiento, nuevos)

    assert tocadas == tuple(procedimiento.duplicados[i] for i in reglas)


@pytest.mark.parametrize(
    ("meses", "situacion", "en_tramite", "abierto", "cuenta"),
    [
        (None, "en_tramite", True, "2020-01-01", True),
        (None, "concluido", False, "2026-11-22", False),
        (12, "concluido", False, "2025-11-23", True),
        (12, "concluido", False, "2025-11-22", False),
        (11, "negado", False, "2025-12-23", True),
        (12, "cancelado", False, "2026-11-22", False),
    ],
)
def test_lo_concluido_cuenta_los_meses_que_diga_la_regla(
    meses: int | None, situacion: str, en_tramite: bool, abierto: str, cuenta: bool
) -> None:
    regla = Duplicado(("curp",), meses)

    dicho = sigue_contando(regla, situacion, en_tramite, datetime.fromisoformat(abierto), AHORA)

    assert dicho is cuenta
