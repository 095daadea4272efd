"""Un catálogo en el que no se sabría cuál opción es cuál, se dice."""

import pytest

from expediente.nucleo.campo import Opcion, opcion_escrita
from expediente.nucleo.catalogo import CatalogoEscrito, Entorno, problemas_del_catalogo

LA_FE = Opcion("la_fe", "Fraccionamiento La Fe", {}, ("La Fe", "Fracc. La Fe"))
FELIPE = Opcion("felipe", "Felipe Ángeles")
OBRAS = Opcion("obras", "Obras", {"titular": "ING. X", "cargo": "Director", "telefono": "871"})


def dichos(*opciones: Opcion, entorno: Entorno | None = None, **referencias: str) -> list[str]:
    """Lo que está mal en un catálogo con esas opciones."""
    catalogo = CatalogoEscrito("prueba", "Prueba", opciones, referencias)
    return [mensaje for _, mensaje in problemas_del_catalogo(catalogo, entorno or Entorno())]


def test_un_catalogo_en_que_todo_se_distingue_no_tiene_problemas() -> None:
    assert dichos(LA_FE, FELIPE) == []


@pytest.mark.parametrize(
    ("otra", "que"),
    [
        (Opcion("felipe", "Otra"), "la clave «felipe» está repetida."),
        (Opcion("", "Otra"), "la opción no tiene clave."),
        (Opcion("otra", ""), "la opción «otra» no tiene nombre."),
        (Opcion("otra", "Felipe Ángeles"), "«otra» se llama igual que «felipe»."),
        (
            Opcion("otra", "FELIPE ANGELES"),
            "«otra» sólo se distingue por acentos o mayúsculas de «felipe».",
        ),
        (
            Opcion("otra", "Otra", {}, ("Felipe Angeles",)),
            "el alias «Felipe Angeles» de «otra» también es de «felipe»: no se sabría cuál es.",
        ),
    ],
)
def test_lo_repetido_y_lo_que_falta_se_dicen(otra: Opcion, que: str) -> None:
    assert que in dichos(FELIPE, otra)


def test_dos_opciones_con_el_mismo_alias_chocan() -> None:
    ejido = Opcion("ejido_la_fe", "Ejido La Fe", {}, ("la fe",))

    assert len(dichos(LA_FE, ejido)) == 2


def test_a_quien_se_le_escribe_lleva_titular_cargo_y_contacto() -> None:
    a_medias = Opcion("dif", "DIF", {"titular": "LIC. Y"})

    assert dichos(OBRAS, a_medias) == ["a «dif» le falta cargo, telefono o correo."]
    assert dichos(FELIPE, entorno=Entorno(se_le_escribe=True)) == [
        "a «felipe» le falta titular, cargo, telefono o correo."
    ]


def test_una_referencia_es_a_un_catalogo_y_a_una_opcion_que_hay() -> None:
    fuga = Opcion("fuga", "Fuga", {"area": "agua_potabl"})
    entorno = Entorno({"areas": frozenset({"agua_potable"})})

    assert dichos(fuga, entorno=entorno, area="areas") == [
        "«agua_potabl» no está en el catálogo «areas». ¿Quiso decir «agua_potable»?"
    ]
    assert dichos(fuga, entorno=entorno, area="area") == [
        "no hay un catálogo «area». ¿Quiso decir «areas»?"
    ]
    assert dichos(fuga, entorno=Entorno({"areas": None}), area="areas") == []


@pytest.mark.parametrize("escrito", ["La Fe", "fracc.  la fe", "LA_FE", "Fraccionamiento la fé"])
def test_una_opcion_se_dice_por_su_alias(escrito: str) -> None:
    assert opcion_escrita({"la_fe": LA_FE, "felipe": FELIPE}, escrito) is LA_FE


def test_el_alias_de_una_no_le_gana_al_nombre_de_otra() -> None:
    ladina = Opcion("ladina", "Ladina", {}, ("Felipe Ángeles",))

    assert opcion_escrita({"ladina": ladina, "felipe": FELIPE}, "felipe angeles") is FELIPE
