"""Cómo se nombra a una persona: según lo que consta, y si no consta, en forma incluyente."""

import pytest

from expediente.nucleo.genero import genero_de, segun_genero

DE_MUJER = "HERG840312MDGRZD81"
DE_HOMBRE = "NUPA791105HDGXXN86"
NO_BINARIA = "NUPA791105XDGXXN85"
FORMAS = ("beneficiario", "beneficiaria", "persona beneficiaria")


@pytest.mark.parametrize(
    ("datos", "dicho"),
    [
        ({"persona.curp": DE_MUJER}, "beneficiaria"),
        ({"persona.curp": DE_HOMBRE}, "beneficiario"),
        ({"persona.curp": NO_BINARIA}, "persona beneficiaria"),
        ({"persona.sexo": "mujer"}, "beneficiaria"),
        ({"persona.sexo": "Hombre"}, "beneficiario"),
        ({"persona.sexo": "femenino"}, "beneficiaria"),
        # Lo que la persona dijo manda sobre la CURP.
        ({"persona.sexo": "mujer", "persona.curp": DE_HOMBRE}, "beneficiaria"),
        ({"persona.sexo": "no binario", "persona.curp": DE_HOMBRE}, "persona beneficiaria"),
        # «M» puede ser mujer o masculino.
        ({"persona.sexo": "M"}, "persona beneficiaria"),
        ({"persona.nombres": "Guadalupe"}, "persona beneficiaria"),
        ({"otra.curp": DE_MUJER}, "persona beneficiaria"),
    ],
)
def test_se_nombra_segun_lo_que_consta_de_la_persona(datos: dict[str, str], dicho: str) -> None:
    assert segun_genero(genero_de(datos, "persona"), *FORMAS) == dicho
