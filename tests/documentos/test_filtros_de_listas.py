"""Sumar, ordenar y entresacar una lista en la plantilla, como con docxtpl."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from expediente.documentos.dichos import Fecha, Importe, Numero
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hojas import con_docxtpl, guardar, parrafos, plantilla_de

LLANOS = {
    "filas": [
        {"nombre": "beta", "piezas": 3},
        {"nombre": "Alfa", "piezas": 1},
        {"nombre": "gama", "piezas": 2},
        {"nombre": "beta", "piezas": 5},
    ],
    "sueltos": [4, 1, 3, 1],
}
COMO_DOCXTPL = (
    "{{ filas|sum(attribute='piezas') }} y {{ sueltos|sum }} y {{ sueltos|sum(start=10) }}",
    "{% for f in filas|sort(attribute='nombre') %}{{ f.nombre }} {% endfor %}",
    "{% for f in filas|sort(true, attribute='piezas') %}{{ f.piezas }} {% endfor %}",
    "{{ filas|map(attribute='nombre')|join(', ') }}",
    "{{ filas|map(attribute='nombre')|unique|join(', ') }}",
    "{{ sueltos|min }} a {{ sueltos|max }}",
    "{{ (filas|max(attribute='piezas')).nombre }}",
    "{% for f in filas|unique(attribute='nombre') %}{{ f.piezas }} {% endfor %}",
)
DICHOS = {
    "apoyos": [
        {
            "quien": "Zoé Ñáñez",
            "monto": Importe(Decimal("1500.1")),
            "dia": Fecha(date(2026, 11, 2)),
        },
        {"quien": "Álvaro Nava", "monto": Importe(Decimal("20")), "dia": Fecha(date(2026, 2, 10))},
    ],
    "cuentas": [Numero(10), Numero(9)],
    "letras": ["ñu", "nube", "oso", "Ópalo", "nz"],
}


@pytest.mark.parametrize("escrito", COMO_DOCXTPL)
def test_da_lo_mismo_que_docxtpl(escrito: str, tmp_path: Path) -> None:
    nuestra = plantilla_de(tmp_path, escrito).llenar(LLANOS)

    suya = con_docxtpl(guardar(tmp_path, lambda d: d.add_paragraph(escrito), "suya.docx"), LLANOS)

    assert parrafos(nuestra) == parrafos(suya)


@pytest.mark.parametrize(
    ("escrito", "sale"),
    [
        ("{{ apoyos|sum(attribute='monto') }}", "$1,520.10"),
        (
            "{{ (apoyos|sum(attribute='monto')).con_letra }}",
            "$1,520.10 (MIL QUINIENTOS VEINTE PESOS 10/100 M.N.)",
        ),
        ("{{ apoyos|sort(attribute='quien')|join(' · ', attribute='quien') }}",
         "Álvaro Nava · Zoé Ñáñez"),
        ("{{ apoyos|sort(attribute='dia')|join(' · ', attribute='quien') }}",
         "Álvaro Nava · Zoé Ñáñez"),
        ("{{ cuentas|max }} y {{ cuentas|sort|join(' ') }}", "10 y 9 10"),
        ("{{ letras|sort|join(' ') }}", "nube nz ñu Ópalo oso"),
    ],
)  # fmt: skip
def test_suma_y_ordena_lo_que_valen_los_datos(escrito: str, sale: str, tmp_path: Path) -> None:
    assert parrafos(plantilla_de(tmp_path, escrito).llenar(DICHOS)) == [sale]


def test_lo_que_le_falta_a_uno_detiene_la_carta(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ filas|sum(attribute='monto') }}")

    with pytest.raises(DatosInvalidos, match="monto"):
        plantilla.llenar({"filas": [{"monto": Numero(1)}, {}]})
