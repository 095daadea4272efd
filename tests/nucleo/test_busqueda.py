"""Se halla por lo que la persona dice de memoria, y no se enseña más que lo tecleado."""

import pytest

from expediente.almacen.reglas import leer_catalogos, procedimiento_de_fichero
from expediente.nucleo.busqueda import hallazgos, lo_tecleado, que_se_busca
from tests.nucleo.tramite import DATOS

EB, _ = procedimiento_de_fichero(DATOS / "procedimientos" / "estrella-blanca.yaml")
RS, _ = procedimiento_de_fichero(DATOS / "procedimientos" / "reporte-servicio.yaml")
COLONIAS = leer_catalogos(DATOS)["colonias"]
VIAJE = {
    "beneficiario.nombres": "María Guadalupe",
    "beneficiario.primer_apellido": "Ibáñez",
    "beneficiario.segundo_apellido": "Muñiz",
    "beneficiario.curp": "PEGJ850315HDGRRN04",
    "beneficiario.telefono": "8711550167",
    "acompanantes.0.nombres": "Óscar",
    "acompanantes.0.primer_apellido": "Zúñiga",
    "domicilio.calle": "Hidalgo",
    "domicilio.colonia": "Fraccionamiento Los Mezquites",
    "observaciones_salud": "Diálisis",
}
OFICIOS = {"DIF/DG/0042/2026": "Oficio de descuento"}


def hallado(escrito: str) -> list[tuple[str, str]]:
    """En qué campos del viaje se halla eso, y de qué tipo es cada uno."""
    buscado = que_se_busca(escrito, COLONIAS)
    casan = hallazgos(EB, "EB-2026-0003", VIAJE, OFICIOS, buscado)
    return [(hallazgo.campo, hallazgo.tipo) for hallazgo in casan]


@pytest.mark.parametrize(
    "escrito", ["ibáñez", "IBANEZ guadalupe", "muniz maria", "guada iba", "  Ibáñez,  María "]
)
def test_un_nombre_se_halla_sin_acentos_y_en_cualquier_orden(escrito: str) -> None:
    assert hallado(escrito) == [("Beneficiario", "nombre")]


@pytest.mark.parametrize("escrito", ["ibáñez óscar", "báñez", "maría zúñiga", "guadalupano"])
def test_las_palabras_han_de_ser_de_la_misma_persona_y_desde_el_principio(escrito: str) -> None:
    assert hallado(escrito) == []


@pytest.mark.parametrize(
    ("escrito", "campo", "tipo"),
    [
        ("oscar zuñiga", "Acompañante", "nombre"),
        ("PEGJ850315HDGRRN04", "Beneficiario: CURP", "curp"),
        ("pegj-850315", "Beneficiario: CURP", "curp"),
        ("871 155 01 67", "Beneficiario: teléfono", "telefono"),
        ("+52 (871) 155-0167", "Beneficiario: teléfono", "telefono"),
        ("1550167", "Beneficiario: teléfono", "telefono"),
        ("eb-2026-3", "Folio", "numero"),
        ("EB 2026 0003", "Folio", "numero"),
        ("dif/dg/42/2026", "Oficio de descuento", "numero"),
        ("mezquites", "Domicilio: colonia o ejido", "colonia"),
        ("Fracc. Los Mezquites", "Domicilio: colonia o ejido", "colonia"),
    ],
)
def test_cada_dato_se_halla_como_se_dice(escrito: str, campo: str, tipo: str) -> None:
    assert hallado(escrito) == [(campo, tipo)]


@pytest.mark.parametrize("escrito", ["diálisis", "hidalgo", "PEGJ85", "155016", "0042", "torreón"])
def test_ni_la_salud_ni_la_calle_ni_un_pedazo_de_clave_se_buscan(escrito: str) -> None:
    assert hallado(escrito) == []


def test_el_numero_de_reporte_se_halla_sin_sus_ceros() -> None:
    buscado = que_se_busca("r-2026-17", COLONIAS)

    [hallazgo] = hallazgos(RS, "RS-2026-0040", {"numero_reporte": "R-2026-0017"}, {}, buscado)

    assert hallazgo == ("Número de reporte", "numero", "R-2026-0017")


def test_una_colonia_elegida_del_catalogo_se_halla_por_su_nombre() -> None:
    """Su clave no es su nombre: la de Peña Colorada es «penia_colorada»."""
    brigada, _ = procedimiento_de_fichero(DATOS / "procedimientos" / "brigada.yaml")
    campo = next(c for c, hoja in brigada.hojas.items() if hoja.catalogo == "colonias")
    datos = {campo.replace("#", "0"): "penia_colorada"}
    buscado = que_se_busca("peña colorada", COLONIAS)

    [hallazgo] = hallazgos(brigada, "BR-2026-0001", datos, {}, buscado)

    assert (hallazgo.tipo, hallazgo.dato) == ("colonia", "Peña Colorada")
    assert buscado.podria_estar("colonia: penia_colorada")


@pytest.mark.parametrize(
    ("escrito", "texto", "podria"),
    [
        ("nuñez ana", "nombres: Ana María\nprimer_apellido: Núñez", True),
        ("nuñez ana", "nombres: Ana María\nprimer_apellido: Ruiz", False),
        ("dif/dg/42/2026", "numero: DIF/DG/0042/2026", True),
        ("871 155-0167", "telefono: '8711550167'", True),
        ("pegj850315", "curp: PEGJ850315HDGRRN04", True),
        ("Fracc. Los Mezquites", "colonia: Fraccionamiento Los Mezquites", True),
    ],
)
def test_lo_que_de_lejos_no_esta_no_se_analiza(escrito: str, texto: str, podria: bool) -> None:
    assert que_se_busca(escrito, COLONIAS).podria_estar(texto) is podria


@pytest.mark.parametrize(
    ("escrito", "se_ve"),
    [
        ("ibañez maría", "María G. Ibáñez M."),
        ("iba", "M. G. I. M."),
        ("MARIA GUADALUPE IBÁÑEZ MUÑIZ", "María Guadalupe Ibáñez Muñiz"),
    ],
)
def test_de_un_nombre_se_ve_lo_que_se_tecleo_entero(escrito: str, se_ve: str) -> None:
    assert lo_tecleado(escrito, "María Guadalupe Ibáñez Muñiz") == se_ve
