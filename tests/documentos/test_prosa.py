"""La prosa de las cartas: montos, fechas, horas y números que se piden de otro modo."""

import pickle
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from inspect import getmembers
from pathlib import Path
from typing import Any

import pytest

from expediente.documentos.datos_escritos import datos_redactados, texto_de
from expediente.documentos.dichos import (
    AYUDA_DE_FORMAS,
    Dicho,
    Fecha,
    Hora,
    Importe,
    Momento,
    Numero,
    formas_de,
    tiene_forma,
)
from expediente.documentos.filtros_de_prosa import AYUDA_DE_FILTROS, FILTROS_DE_PROSA
from expediente.nucleo.campo import Campo
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.medida import Medida
from tests.documentos.hojas import parrafos, plantilla_de
from tests.nucleo.tramite import procedimiento

CAMPOS: dict[str, Any] = {
    "monto": Importe(Decimal("1500.10")),
    "fecha": Fecha(date(2024, 9, 6)),
    "salida": Fecha(date(2026, 3, 3)),
    "regreso": Fecha(date(2026, 3, 7)),
    "hora": Hora(time(13, 10)),
    "vence": Momento(datetime(2024, 9, 6, 13, 10)),
    "boletos": Numero(21),
    "uno": Numero(1),
    "cero": Numero(0),
    "metros": Numero(Medida("25.50")),
    "persona": {"nombre_completo": "Ana Gil", "genero": "femenino"},
    "quien": {"nombre_completo": "Luz Gil"},
}


def dice(carpeta: Path, *lineas: str, **campos: Any) -> list[str]:
    """Lo que sale de una plantilla con esas líneas."""
    return parrafos(plantilla_de(carpeta, *lineas).llenar({**CAMPOS, **campos}))


def test_sin_punto_el_dato_sale_como_siempre(tmp_path: Path) -> None:
    lineas = [f"{{{{ {dato} }}}}" for dato in ("monto", "fecha", "hora", "vence", "boletos")]

    assert dice(tmp_path, *lineas) == [
        "$1,500.10", "6 de septiembre de 2024", "13:10", "6 de septiembre de 2024, 13:10 horas",
        "21",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pedido", "sale"),
    [
        ("monto.con_letra", "$1,500.10 (MIL QUINIENTOS PESOS 10/100 M.N.)"),
        ("monto.en_letra", "MIL QUINIENTOS PESOS 10/100 M.N."),
        ("fecha.corta", "06/09/2024"),
        ("fecha.con_dia", "viernes 6 de septiembre de 2024"),
        ("fecha.en_letra", "seis de septiembre de dos mil veinticuatro"),
        ("fecha.dia.en_letra", "seis"),
        ("fecha.mes", "septiembre"),
        ("fecha.anio.en_letra", "dos mil veinticuatro"),
        ("hora.con_horas", "13:10 horas"),
        ("hora.en_letra", "las trece horas con diez minutos"),
        ("vence.fecha.con_dia", "viernes 6 de septiembre de 2024"),
        ("vence.hora", "13:10"),
        ("vence.corta", "06/09/2024 13:10"),
        ("boletos.con_letra", "21 (veintiuno)"),
        ("boletos.en_letra", "veintiuno"),
        ("boletos.en_letra_masculino", "veintiún"),
        ("boletos.en_letra_femenino", "veintiuna"),
        ("uno.ordinal", "primero"),
        ("uno.ordinal_masculino", "primer"),
        ("uno.ordinal_femenino", "primera"),
        ("metros", "25.50"),
    ],
)
def test_con_un_punto_el_dato_se_pide_de_otro_modo(tmp_path: Path, pedido: str, sale: str) -> None:
    assert dice(tmp_path, f"{{{{ {pedido} }}}}") == [sale]


@pytest.mark.parametrize(
    ("pedido", "falta"),
    [
        ("monto.con_letras", "monto.con_letras"),
        ("monto.upper", "monto.upper"),
        ("fecha.strftime", "fecha.strftime"),
        ("boletos.format", "boletos.format"),
        ("cero.ordinal", "cero.ordinal"),
        ("metros.en_letra", "metros.en_letra"),
        ("enorme.con_letra", "enorme.con_letra"),
    ],
)
def test_lo_que_no_se_puede_decir_falta_con_su_nombre_y_un_metodo_no_es_un_dato(
    tmp_path: Path, pedido: str, falta: str
) -> None:
    with pytest.raises(DatosInvalidos, match=f"«{falta}»"):
        dice(tmp_path, f"{{{{ {pedido} }}}}", enorme=Importe(Decimal(10) ** 18))


@pytest.mark.parametrize("pedido", ["monto._vale", "monto.__class__", "fecha._vale.year"])
def test_lo_que_hay_detras_del_dato_no_se_alcanza(tmp_path: Path, pedido: str) -> None:
    with pytest.raises(DatosInvalidos, match="no se puede usar"):
        plantilla_de(tmp_path, f"{{{{ {pedido} }}}}")


@pytest.mark.parametrize(
    "condicion",
    [
        "boletos > 1",
        "boletos >= 21 and boletos <= 21",
        "boletos == 21",
        "boletos != 20",
        "boletos in (20, 21)",
        "boletos == '21'",
        "boletos != '1'",
        "uno == '1' and uno == 1",
        "monto > 1000",
        "monto < 1500.11",
        "monto == '$1,500.10'",
        # Como textos, «21» va antes que «3» y «10 de marzo», antes que «3 de marzo».
        "boletos > tres",
        "salida < diez",
        "fecha == '6 de septiembre de 2024'",
        "metros < 25.6",
        "cero",
    ],
)
def test_en_una_condicion_cuenta_lo_que_el_dato_vale_y_tambien_lo_que_dice(
    tmp_path: Path, condicion: str
) -> None:
    si_no = f"{{% if {condicion} %}}se cumple{{% else %}}no{{% endif %}}"

    diez = Fecha(date(2026, 3, 10))
    assert dice(tmp_path, si_no, tres=Numero(3), diez=diez) == ["se cumple"]


def test_los_numeros_que_no_van_juntos_no_se_comparan_en_silencio(tmp_path: Path) -> None:
    with pytest.raises(DatosInvalidos, match="no se puede calcular"):
        dice(tmp_path, "{% if fecha > 3 %}x{% endif %}")


def test_los_datos_dichos_sirven_de_texto_en_todo_lo_demas(tmp_path: Path) -> None:
    lineas = [
        "{{ monto|upper }}",
        "{{ fecha ~ '.' }}",
        "{{ boletos|int + 1 }}",
        "{{ monto|float }}",
    ]

    assert dice(tmp_path, *lineas) == ["$1,500.10", "6 de septiembre de 2024.", "22", "1500.1"]


@pytest.mark.parametrize("dato", list(CAMPOS.values())[:10], ids=list(CAMPOS)[:10])
def test_un_dato_dicho_va_y_vuelve_entre_procesos(dato: Dicho) -> None:
    vuelto = pickle.loads(pickle.dumps(dato))

    assert (type(vuelto), str(vuelto), vuelto) == (type(dato), str(dato), dato)


@pytest.mark.parametrize(
    ("dato", "clase", "sale"),
    [
        (True, int, "sí"),
        (4, Numero, "4"),
        (Medida("25.50"), Numero, "25.50"),
        (Decimal("1500.1"), Importe, "$1,500.10"),
        (date(2024, 9, 6), Fecha, "6 de septiembre de 2024"),
        (datetime(2024, 9, 6, 9, 5), Momento, "6 de septiembre de 2024, 09:05 horas"),
    ],
)
def test_cada_dato_sale_de_su_clase(dato: object, clase: type, sale: str) -> None:
    escrito = texto_de(dato)

    assert isinstance(escrito, clase) and str(escrito) == sale


def test_la_persona_lleva_su_genero_solo_si_consta() -> None:
    campos = (Campo("quien", "Quién", "persona", lista=3), Campo("cita", "Cita", "hora"))
    p = replace(procedimiento("apoyo"), campos=campos)
    datos = {
        "quien.0.nombres": "Ana",
        "quien.0.curp": "HERG840312MDGRZD81",
        "quien.1.nombres": "Ana",
        "cita": "13:10",
    }

    escritos = datos_redactados(p, datos, {})

    assert [persona.get("genero") for persona in escritos["quien"]] == ["femenino", None]
    assert escritos["cita"].en_letra == "las trece horas con diez minutos"


def test_la_ayuda_de_cada_forma_es_de_una_que_existe_y_estan_todas() -> None:
    propias = {
        clase: {nombre for nombre, que in getmembers(clase) if isinstance(que, property)}
        for clase in AYUDA_DE_FORMAS
    }

    assert {clase: set(formas) for clase, formas in AYUDA_DE_FORMAS.items()} == propias


def test_las_formas_de_un_dato_se_enumeran_con_su_ejemplo() -> None:
    formas = {forma: sale for forma, _, sale in formas_de(CAMPOS["monto"])}

    assert formas == {
        "con_letra": "$1,500.10 (MIL QUINIENTOS PESOS 10/100 M.N.)",
        "en_letra": "MIL QUINIENTOS PESOS 10/100 M.N.",
    }
    assert list(formas_de("texto")) == []


@pytest.mark.parametrize(
    ("tipo", "formas", "tiene"),
    [
        ("monto", ["con_letra"], True),
        ("monto", ["corta"], False),
        ("fecha", ["anio", "en_letra"], True),
        ("fecha", ["anio", "corta"], False),
        ("fecha", ["mes", "en_letra"], False),
        ("momento", ["fecha", "dia", "ordinal"], True),
        ("hora", ["con_horas"], True),
        ("entero", ["ordinal_masculino"], True),
        ("texto", ["con_letra"], False),
        ("calculado", ["con_letra"], True),
        ("calculado", ["con_letras"], False),
    ],
)
def test_se_sabe_que_formas_tiene_cada_tipo_de_dato_sin_llenar_nada(
    tipo: str, formas: list[str], tiene: bool
) -> None:
    assert tiene_forma(tipo, formas) is tiene


@pytest.mark.parametrize("filtro", FILTROS_DE_PROSA)
def test_cada_filtro_hace_lo_que_dice_su_ayuda(tmp_path: Path, filtro: str) -> None:
    escrito, _, sale = AYUDA_DE_FILTROS[filtro]

    assert f"|{filtro}" in escrito
    assert dice(tmp_path, escrito) == [sale]


def test_todo_filtro_tiene_ayuda_y_toda_ayuda_filtro() -> None:
    assert AYUDA_DE_FILTROS.keys() == FILTROS_DE_PROSA.keys()


@pytest.mark.parametrize(
    ("escrito", "sale"),
    [
        ("{{ '1,500.10'|importe|con_letra }}", "$1,500.10 (MIL QUINIENTOS PESOS 10/100 M.N.)"),
        ("{{ boletos|cuantos('boleto', 'boletos') }}", "veintiún boletos"),
        ("{{ uno|plural('día', 'días') }}", "día"),
        ("{{ salida|periodo(salida) }}", "el 3 de marzo de 2026"),
        ("{{ quien|genero('el', 'la', 'la persona') }}", "la persona"),
        ("{{ fecha|en_letra }}", "seis de septiembre de dos mil veinticuatro"),
    ],
)
def test_los_filtros_entienden_datos_y_numeros_escritos(
    tmp_path: Path, escrito: str, sale: str
) -> None:
    assert dice(tmp_path, escrito) == [sale]


@pytest.mark.parametrize(
    "escrito",
    [
        "{{ 'mucho'|importe }}",
        "{{ '1e999999999'|en_letra }}",
        "{{ 'nan'|importe }}",
        "{{ '1_000'|en_letra }}",
        "{{ 1.5|cuantos('boleto', 'boletos') }}",
        "{{ regreso|periodo(salida) }}",
        "{{ 'lunes'|periodo('martes') }}",
        "{{ persona|genero('el', 'la') }}",
    ],
)
def test_un_filtro_que_no_puede_con_el_dato_detiene_la_carta(tmp_path: Path, escrito: str) -> None:
    with pytest.raises(DatosInvalidos, match="no se puede calcular"):
        dice(tmp_path, escrito)


def test_un_filtro_deja_pasar_lo_que_falta_con_su_nombre(tmp_path: Path) -> None:
    with pytest.raises(DatosInvalidos, match="«viaticos»"):
        dice(tmp_path, "{{ viaticos|importe|con_letra }}")


@pytest.mark.parametrize(
    ("escrito", "sale"),
    [
        ("{{ boletos + 1 }}", "3"),
        ("{{ boletos + boletos }}", "4"),
        ("{{ monto + monto }}", "$3,000.20"),
        ("{{ (monto * 0.5).en_letra }}", "SETECIENTOS CINCUENTA PESOS 05/100 M.N."),
        ("{{ regreso - salida }} días", "4 días"),
        ("{{ 'núm. ' + boletos }}", "núm. 2"),
        ("{% if nadie == none %}nadie{% endif %}", "nadie"),
    ],
)  # fmt: skip
def test_una_cuenta_se_hace_con_lo_que_valen_los_datos(
    escrito: str, sale: str, tmp_path: Path
) -> None:
    datos = {
        "boletos": Numero(2),
        "monto": Importe(Decimal("1500.10")),
        "salida": Fecha(date(2026, 3, 3)),
        "regreso": Fecha(date(2026, 3, 7)),
        "nadie": None,
    }

    assert parrafos(plantilla_de(tmp_path, escrito).llenar(datos)) == [sale]


@pytest.mark.parametrize("filtro", ["con_letra", "en_letra", "ordinal", "ordinal_femenino"])
@pytest.mark.parametrize(
    "dicho", [Fecha(date(2026, 1, 1)), Hora(time(13, 10)), Importe(Decimal(1)), "abc", [1]], ids=str
)
def test_un_filtro_que_no_toca_a_ese_dato_no_detiene_el_programa(
    filtro: str, dicho: object, tmp_path: Path
) -> None:
    plantilla = plantilla_de(tmp_path, f"{{{{ dato|{filtro} }}}}")

    with suppress(DatosInvalidos):
        plantilla.llenar({"dato": dicho})
