"""Lo que queda es lo que había menos lo apartado, lo prestado y lo gastado."""

from decimal import Decimal

import pytest

from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.nucleo.folio import Folio
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.inventario import EXISTENCIA, Tomado, leer_toma, saldo_de

AF = Folio("AF", 2025, 7)
SILLAS = {
    "clave": "ayudas",
    "nombre": "Ayudas",
    "unidad": "pieza",
    "renglones": [
        {"clave": "silla", "nombre": "Silla de ruedas", "cantidad": "10"},
        {"clave": "baston", "nombre": "Bastón", "cantidad": "4"},
    ],
}


def tomado(estado: str, cantidad: str = "2", **cambios: str) -> Tomado:
    """Lo que tomó un caso de 2025."""
    dice = {"recurso": "ayuda", "existencia": "ayudas", "renglon": "silla"}
    return leer_toma(AF, {**dice, "cantidad": cantidad, "estado": estado, **cambios})


def test_lo_devuelto_y_lo_de_otro_renglon_no_restan() -> None:
    tomados = [
        tomado("apartado"),
        tomado("prestado", "1"),
        tomado("gastado", "3"),
        tomado("devuelto", "4"),
        tomado("prestado", renglon="baston"),
        tomado("prestado", existencia="presupuesto"),
    ]

    saldo = saldo_de(EXISTENCIA(SILLAS, ()), "silla", tomados)

    assert (saldo.apartado, saldo.prestado, saldo.gastado, saldo.disponible) == (2, 1, 3, 4)


def test_lo_que_se_tomo_de_mas_queda_en_negativo() -> None:
    saldo = saldo_de(EXISTENCIA(SILLAS, ()), "baston", [tomado("gastado", "5", renglon="baston")])

    assert saldo.disponible == -1


@pytest.mark.parametrize(
    ("anio_de_la_toma", "disponible"), [({}, 10), ({"anio": "2026"}, 8), ({"anio": "2025"}, 10)]
)
def test_a_una_existencia_con_anio_solo_le_restan_los_casos_de_ese_anio(
    anio_de_la_toma: dict[str, str], disponible: int
) -> None:
    """Sin año propio, la toma es del año del folio; aquí, 2025."""
    de_2026 = EXISTENCIA({**SILLAS, "anio": "2026"}, ())

    saldo = saldo_de(de_2026, "silla", [tomado("gastado", **anio_de_la_toma)])

    assert saldo.disponible == disponible


def test_los_centavos_no_se_pierden() -> None:
    pesos = EXISTENCIA(
        {**SILLAS, "renglones": {"clave": "4411", "nombre": "Ayudas", "cantidad": "150,000.10"}}, ()
    )

    saldo = saldo_de(pesos, "4411", [tomado("apartado", "0.20", renglon="4411")])

    assert saldo.disponible == Decimal("149999.90")


@pytest.mark.parametrize("cantidad", ["-1", "doce", "1,50", "", "1e3"])
def test_una_cantidad_que_no_es_se_dice_con_su_renglon(cantidad: str) -> None:
    renglones = [{"clave": "silla", "nombre": "Silla", "cantidad": cantidad}]

    with pytest.raises(FormaInvalida) as error:
        EXISTENCIA({**SILLAS, "renglones": renglones}, ())

    assert error.value.ruta[:2] == ("renglones", 0)


def test_un_renglon_repetido_no_se_acepta() -> None:
    renglones = [SILLAS["renglones"][0]] * 2

    with pytest.raises(FormaInvalida, match="«silla» está repetido"):
        EXISTENCIA({**SILLAS, "renglones": renglones}, ())


def test_un_renglon_que_no_hay_se_dice_con_el_mas_parecido() -> None:
    with pytest.raises(NoExiste, match="¿Quiso decir «silla»"):
        saldo_de(EXISTENCIA(SILLAS, ()), "sila", [])


@pytest.mark.parametrize("mal", [{"estado": "perdido"}, {"cantidad": "x"}, {"anio": "26x"}])
def test_una_toma_que_no_se_entiende_dice_de_quien_es(mal: dict[str, str]) -> None:
    with pytest.raises(DatosInvalidos, match="AF-2025-0007"):
        leer_toma(AF, {"cantidad": "1", "estado": "gastado", **mal})
