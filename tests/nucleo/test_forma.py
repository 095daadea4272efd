"""Las formas: una tabla de llaves lee un registro o dice qué llave falla y dónde."""

from dataclasses import dataclass
from typing import Any

import pytest

from expediente.nucleo.forma import (
    Forma,
    FormaInvalida,
    Llave,
    diccionario,
    entero,
    lista,
    si_no,
    tabla,
    texto,
    uno_de,
)


@dataclass(frozen=True)
class Mesa:
    clave: str
    sillas: int = 4
    abierta: bool = True
    dias: tuple[str, ...] = ()


MESA = Forma(
    Mesa,
    {
        "clave": Llave(texto, "cómo se le nombra", obligatoria=True),
        "sillas": Llave(entero, "cuántas hay", omision=4),
        "abierta": Llave(si_no, "si atiende", omision=True),
        "dias": Llave(lista(texto), "cuándo atiende", omision=()),
    },
)
MESAS = lista(MESA)


def test_lee_las_llaves_y_pone_la_omision_de_las_que_no_estan() -> None:
    mesa = MESA({"clave": "uno", "abierta": "no", "dias": ["lunes", "martes"]}, ())

    assert mesa == Mesa("uno", 4, False, ("lunes", "martes"))


@pytest.mark.parametrize("vacio", ["", None])
def test_una_llave_vacia_es_como_si_no_estuviera(vacio: object) -> None:
    assert MESA({"clave": "uno", "sillas": vacio}, ()) == Mesa("uno")
    with pytest.raises(FormaInvalida, match="falta la llave «clave»"):
        MESA({"clave": vacio}, ())


def test_la_llave_obligatoria_que_falta_se_nombra_con_lo_que_significa() -> None:
    with pytest.raises(FormaInvalida) as error:
        MESAS([{"clave": "uno"}, {"sillas": "3"}], ("mesas",))

    assert error.value.mensaje == "falta la llave «clave» (cómo se le nombra)."
    assert error.value.ruta == ("mesas", 1)


def test_una_llave_desconocida_sugiere_la_parecida_y_dice_donde_esta() -> None:
    with pytest.raises(FormaInvalida) as error:
        MESAS([{"clave": "uno", "silla": "3"}], ("mesas",))

    assert error.value.mensaje == "no conozco la llave «silla». ¿Quiso decir «sillas»?"
    assert error.value.ruta == ("mesas", 0, "silla")


def test_una_llave_que_no_se_parece_a_ninguna_no_inventa_sugerencia() -> None:
    with pytest.raises(FormaInvalida) as error:
        MESA({"clave": "uno", "xyzw": "3"}, ())

    assert error.value.mensaje == "no conozco la llave «xyzw»."


@pytest.mark.parametrize(
    ("llave", "escrito", "ruta", "mensaje"),
    [
        ("sillas", "muchas", ("sillas",), "se esperaba un número entero"),
        ("sillas", "-3", ("sillas",), "se esperaba un número entero"),
        ("sillas", "3.0", ("sillas",), "se esperaba un número entero"),
        ("sillas", "٣", ("sillas",), "se esperaba un número entero"),
        ("sillas", "²", ("sillas",), "se esperaba un número entero"),
        ("sillas", "9" * 5000, ("sillas",), "se esperaba un número entero"),
        ("abierta", "quizá", ("abierta",), "se esperaba «sí» o «no»"),
        ("abierta", {"a": "b"}, ("abierta",), "se esperaba un texto"),
        ("clave", ["uno"], ("clave",), "se esperaba un texto, no una lista"),
        ("dias", ["lunes", ["martes"]], ("dias", 1), "se esperaba un texto"),
    ],
)
def test_un_valor_de_otra_forma_dice_que_se_esperaba_y_donde(
    llave: str, escrito: object, ruta: tuple[Any, ...], mensaje: str
) -> None:
    with pytest.raises(FormaInvalida, match=mensaje) as error:
        MESA({"clave": "uno", llave: escrito}, ())

    assert error.value.ruta == ruta


def test_el_mensaje_de_un_numero_o_un_si_no_no_repite_lo_escrito() -> None:
    for llave in ("sillas", "abierta"):
        with pytest.raises(FormaInvalida) as error:
            MESA({"clave": "uno", llave: "Zutana"}, ())
        assert "Zutana" not in error.value.mensaje


@pytest.mark.parametrize("escrito", ["sí", "si", "SÍ", "true", " Sí "])
def test_si_se_escribe_de_varias_maneras(escrito: str) -> None:
    assert si_no(escrito, ()) is True


@pytest.mark.parametrize("escrito", ["no", "NO", "false"])
def test_no_se_escribe_de_varias_maneras(escrito: str) -> None:
    assert si_no(escrito, ()) is False


def test_un_solo_valor_vale_por_una_lista_de_uno() -> None:
    assert lista(texto)("lunes", ()) == ("lunes",)
    assert lista(texto)(["lunes"], ()) == ("lunes",)
    assert lista(texto)([], ()) == ()


def test_una_tabla_lee_todos_sus_valores_igual() -> None:
    assert tabla(entero)({"a": "1", "b": "02"}, ()) == {"a": 1, "b": 2}
    with pytest.raises(FormaInvalida) as error:
        tabla(entero)({"a": "1", "b": "x"}, ("t",))
    assert error.value.ruta == ("t", "b")


def test_un_diccionario_vacio_puede_escribirse_sin_nada() -> None:
    assert diccionario("", ()) == {}
    assert diccionario(None, ()) == {}
    with pytest.raises(FormaInvalida, match="«llave: valor»"):
        diccionario("texto suelto", ())
    with pytest.raises(FormaInvalida, match="«llave: valor»"):
        diccionario(["a"], ())


def test_una_palabra_fuera_de_la_lista_ensenia_la_lista_y_sugiere() -> None:
    with pytest.raises(FormaInvalida) as error:
        uno_de("horas", "habiles", "naturales")("habil", ("unidad",))

    assert error.value.mensaje == (
        "debe ser uno de: horas, habiles, naturales. ¿Quiso decir «habiles»?"
    )
