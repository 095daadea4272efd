"""Las condiciones: español corto sobre los hechos, y nada de lo que Python sabe hacer."""

import subprocess
import sys
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from expediente.nucleo.condicion import CondicionInvalida, compilar_condicion
from expediente.nucleo.funciones import FALTA

HECHOS: dict[str, Any] = {
    "tipo": "FUGA",
    "tipo.requiere_cuenta": True,
    "anonimo": False,
    "vacio": "",
    "monto": Decimal("1500.10"),
    "pasajeros": 2,
    "lista": ["uno", "dos"],
    "viaje": date(2026, 11, 21),
    "cita": date(2026, 11, 23),
    "recibido": datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
    "atendido": datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    "veces.verificar.no": 2,
    "resultado.verificar": "no",
    "nombre": "Ana y Óscar",
}


def evaluar(escrita: str) -> Any:
    return compilar_condicion(escrita).evaluar(HECHOS)


@pytest.mark.parametrize(
    ("escrita", "valor"),
    [
        ("tipo == 'FUGA'", True),
        ('tipo == "FUGA" y no anonimo', True),
        ("anonimo o tipo.requiere_cuenta", True),
        ("anonimo y tipo.requiere_cuenta", False),
        ("no anonimo y no anonimo", True),
        ("no (anonimo o tipo == 'FUGA')", False),
        ("tipo en ['FUGA', 'DESAZOLVE']", True),
        ("tipo no en ['FUGA']", False),
        ("tipo != 'BACHE'", True),
        ("tipo.requiere_cuenta == sí", True),
        ("1 < pasajeros <= 2", True),
        ("1 < pasajeros < 2", False),
        ("monto > 1500", True),
        ("monto <= 1500.10", False),
        ("monto == 1500 + 0", False),
        ("pasajeros + 1 == 3", True),
        ("pasajeros - 3 == -1", True),
        ("'Folio ' + tipo", "Folio FUGA"),
        ("viaje < cita", True),
        ("cuenta(lista) == 2", True),
        ("'dos' en lista", True),
        ("veces.verificar.no >= 2", True),
        ("resultado.verificar == 'no'", True),
        ("nombre == 'Ana y Óscar'", True),
        ("nombre == \"Ana y Óscar\" y tipo == 'FUGA'", True),
    ],
)
def test_la_condicion_vale_lo_que_se_lee(escrita: str, valor: object) -> None:
    assert evaluar(escrita) == valor


def test_una_condicion_escrita_con_acentos_sueltos_es_la_misma() -> None:
    """Un procedimiento escrito en otra máquina puede traer la «í» en dos letras."""
    suelta = unicodedata.normalize("NFD", "nombre == 'Ana y Óscar' y tipo.requiere_cuenta == sí")

    assert evaluar(suelta) is True


@pytest.mark.parametrize(
    "escrita",
    [
        "ausente", "ausente == 'x'", "ausente != 'x'", "ausente < 3", "3 > ausente",
        "'x' != ausente", "ausente en ['x']", "ausente no en ['x']", "'x' en ausente",
        "ausente == ausente",
        "ausente y tipo == 'FUGA'", "ausente + 1 > 0", "-ausente < 0", "monto < ausente < 3",
        "consta(ausente)", "cuenta(ausente) > 0", "mas_dias(ausente, 3) > viaje",
        "horas_entre(recibido, ausente) < 24", "fecha(ausente) == viaje",
    ],
)  # fmt: skip
def test_lo_que_no_consta_no_cumple_ninguna_comparacion(escrita: str) -> None:
    assert compilar_condicion(escrita).cumple(HECHOS) is False


def test_lo_que_no_consta_es_falta_y_su_contrario_se_cumple() -> None:
    assert evaluar("ausente") is FALTA
    assert not FALTA
    assert repr(FALTA) == "FALTA"
    assert compilar_condicion("no ausente").cumple(HECHOS)


@pytest.mark.parametrize(
    "escrita",
    ["tipo < 3", "monto > 'x'", "viaje < recibido", "3 en pasajeros", "tipo - 1 == 0",
     "viaje + 1 > viaje", "-tipo == 0", "tipo * 3 == 'FUGAFUGAFUGA'"],
)  # fmt: skip
def test_comparar_cosas_distintas_no_se_cumple_ni_se_rompe(escrita: str) -> None:
    assert compilar_condicion(escrita).cumple(HECHOS) is False


@pytest.mark.parametrize(
    ("escrita", "valor"),
    [
        ("mas_dias(viaje, 2)", date(2026, 11, 23)),
        ("mas_dias(viaje, 2) == cita", True),
        ("mas_dias(viaje, 99999999999)", FALTA),
        ("mas_dias(viaje, 'x')", FALTA),
        ("viaje - (viaje - mas_dias(viaje, 1))", date(2026, 11, 22)),
        ("fecha(recibido)", date(2026, 11, 20)),
        ("fecha(viaje)", FALTA),
        ("horas_entre(recibido, atendido)", 23.5),
        ("horas_entre(viaje, atendido)", FALTA),
        ("cuenta(tipo)", 0),
        ("consta(vacio)", False),
        ("consta(tipo)", True),
        ("consta(anonimo)", True),
        ("si(anonimo, 'A', 'B')", "B"),
        ("si(ausente, 'A', 'B')", "B"),
        ("si(pasajeros > 1, 'varios', 'uno') == 'varios'", True),
    ],
)
def test_las_funciones_hacen_lo_que_dicen(escrita: str, valor: object) -> None:
    assert evaluar(escrita) == valor


def test_la_condicion_dice_que_hechos_consulta() -> None:
    condicion = compilar_condicion(
        "tipo.requiere_cuenta y consta(cuenta_agua) o 'y no o' en veces.revisar.no"
    )

    assert condicion.nombres == {"tipo.requiere_cuenta", "cuenta_agua", "veces.revisar.no"}


@pytest.mark.parametrize(
    "escrita",
    [
        "__import__('os').system('true')",
        "eval('1')",
        "exec('1')",
        "open('/etc/passwd')",
        "().__class__",
        "''.__class__.__mro__",
        "[].append(1)",
        "tipo.upper()",
        "tipo.__class__()",
        "lista[0]",
        "lista[::2]",
        "{'a': 1}",
        "{1, 2}",
        "[x for x in lista]",
        "(x for x in lista)",
        "lambda: 1",
        "(lambda: 1)()",
        "(tipo := 'x')",
        "tipo if anonimo else 1",
        "f'{tipo}'",
        "2 ** 99999999",
        "1 / 0",
        "'a' % 1",
        "1 << 99999",
        "~1",
        "tipo is None",
        "None",
        "b'x'",
        "1j",
        "...",
        "*lista",
        "cuenta(*lista)",
        "cuenta(lista=1)",
        "cuenta(**{})",
        "await tipo",
        "yield",
        "print('x')",
        "import os",
        "tipo = 'x'",
        "tipo; anonimo",
        "del tipo",
        "assert tipo",
    ],
)
def test_nada_de_lo_que_python_sabe_hacer_entra(escrita: str) -> None:
    with pytest.raises(CondicionInvalida):
        compilar_condicion(escrita)


def test_un_nombre_con_trampa_es_solo_un_hecho_que_no_consta() -> None:
    assert evaluar("tipo.__class__.__mro__") is FALTA
    assert evaluar("__builtins__") is FALTA
    assert evaluar("FUNCIONES") is FALTA


@pytest.mark.parametrize(
    ("escrita", "pedidos"),
    [("cuenta()", 1), ("cuenta(lista, lista)", 1), ("mas_dias(viaje)", 2), ("si(anonimo, 'A')", 3)],
)
def test_una_funcion_con_argumentos_de_mas_o_de_menos_se_nota_al_cargar(
    escrita: str, pedidos: int
) -> None:
    """Si no, se descubriría a media ventanilla, el día en que el caso llega ahí."""
    with pytest.raises(CondicionInvalida, match=f"lleva {pedidos} entre paréntesis"):
        compilar_condicion(escrita)


DE_LA_PERSONA = {
    "curp": "HERG840312MDGRZD81",
    "bisiesta": "PEXA000229HDGRXNA1",
    "recibido": datetime(2026, 3, 11, 9, 5),
    "cumple": date(2026, 3, 12),
    "tarde": datetime(2026, 3, 11, 10, 20, 40),
}


@pytest.mark.parametrize(
    ("expresion", "vale"),
    [
        ("sexo(curp)", "Mujer"),
        ("sexo('OXXZ991017XDGFXX88')", "No binario"),
        ("edad(curp, recibido)", 41),
        ("edad(curp, cumple)", 42),
        ("edad(bisiesta, cumple)", 26),
        ("tramo_de(edad(curp, cumple), [0, 18, 42, 60])", "42 a 59"),
        ("tramo_de(17, [0, 18, 60])", "0 a 17"),
        ("tramo_de(60, [0, 18, 60])", "60 o más"),
        ("tramo_de(1, [0, 1, 2])", "1"),
        ("hora_del_dia(recibido)", "9 h"),
        ("minutos_entre(recibido, tarde)", 76),
        ("a_la_hora(recibido, '09:30')", datetime(2026, 3, 11, 9, 30)),
        ("dias_entre(recibido, cumple)", 1),
        ("anio(cumple)", 2026),
    ],
)
def test_de_la_curp_y_de_las_horas_sale_lo_que_piden_los_informes(
    expresion: str, vale: object
) -> None:
    assert compilar_condicion(expresion).evaluar(DE_LA_PERSONA) == vale


@pytest.mark.parametrize(
    "expresion",
    [
        "sexo(recibido)", "sexo('x')", "sexo(falta)", "edad('x', cumple)", "edad(curp, 3)",
        "edad(curp, falta)", "tramo_de('x', [0, 18])", "tramo_de(5, [6, 18])", "tramo_de(5, 18)",
        "tramo_de(5, [])", "hora_del_dia(cumple)", "minutos_entre(cumple, tarde)",
        "a_la_hora(recibido, '08:00')", "a_la_hora(recibido, 'x')", "a_la_hora(cumple, '10:00')",
        "dias_entre(recibido, 'x')", "anio('2026')",
    ],
)  # fmt: skip
def test_lo_que_no_se_puede_saber_falta(expresion: str) -> None:
    assert compilar_condicion(expresion).evaluar(DE_LA_PERSONA) is FALTA


def test_quien_nace_despues_no_tiene_edad() -> None:
    hechos = {**DE_LA_PERSONA, "antes": date(1984, 3, 11)}

    assert compilar_condicion("edad(curp, antes)").evaluar(hechos) is FALTA


def test_una_funcion_que_no_existe_se_nombra() -> None:
    with pytest.raises(CondicionInvalida, match="usa «contar», que no existe"):
        compilar_condicion("contar(lista) > 1")


@pytest.mark.parametrize(
    "escrita", ["", "   ", "tipo ==", "y", "tipo y", "tipo = 'x'", "'sin cerrar", "tipo\0", "a b"]
)
def test_lo_que_no_se_entiende_repite_la_condicion_para_hallarla(escrita: str) -> None:
    with pytest.raises(CondicionInvalida) as error:
        compilar_condicion(escrita)

    assert f"«{escrita}»" in str(error.value)


def test_veinte_niveles_caben_y_veintiuno_no() -> None:
    assert compilar_condicion("no " * 20 + "tipo").cumple(HECHOS)
    with pytest.raises(CondicionInvalida, match="demasiado honda"):
        compilar_condicion("no " * 21 + "tipo")


@pytest.mark.parametrize("veces", [21, 900, 5_000, 100_000])
def test_ninguna_hondura_tumba_el_programa(veces: int) -> None:
    guion = f"""
from expediente.nucleo.condicion import CondicionInvalida, compilar_condicion
for honda in ("(" * {veces} + "a" + ")" * {veces}, "[" * {veces} + "]" * {veces},
              "no " * {veces} + "a", "-" * {veces} + "a", "a" + ".b" * {veces},
              "+".join("a" * {veces}), "cuenta(" * {veces} + "a" + ")" * {veces},
              "a en " * {veces} + "a", "9" * {veces} + " > a"):
    try:
        compilar_condicion(honda).evaluar({{}})
    except CondicionInvalida:
        pass
"""

    corrida = subprocess.run(
        [sys.executable, "-c", guion], capture_output=True, text=True, check=False
    )

    assert (corrida.returncode, corrida.stderr[-300:]) == (0, "")
