"""La hoja de otro sistema, leída como solicitudes nuestras."""

from datetime import datetime

import pytest

from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.mapa import (
    MAPA,
    Mapa,
    columnas_que_faltan,
    mapa_directo,
    traducir,
)

ESCRITO: dict[str, object] = {
    "procedimiento": "reporte-servicio",
    "identidad": ["id"],
    "vacios": ["", "NA"],
    "fijos": {"anonimo": "sí"},
    "columnas": {
        "recibido": {"columnas": ["fecha", "hora"], "formato": ["%d/%m/%Y %H:%M"]},
        "canal": {"columna": "medio", "valores": {"Redes (X)": "redes"}},
        "tipo_servicio": {
            "columnas": ["clase", "falla"], "union": " / ", "valores": {"Agua / Fuga": "fuga_red"},
        },
        "ubicacion.colonia": "colonia",
    },
}  # fmt: skip
RENGLON = {
    "id": "7", "fecha": "18/11/2026", "hora": "07:33", "medio": "redes (x)",
    "clase": "Agua", "falla": "FUGA", "colonia": " La Cigüeña ",
}  # fmt: skip


def mapa(**columnas: object) -> Mapa:
    """El mapa de ejemplo, con unas columnas cambiadas."""
    juntas = {**ESCRITO["columnas"], **columnas}  # type: ignore[dict-item]
    leido: Mapa = MAPA({**ESCRITO, "columnas": juntas}, ())
    return leido


def test_cada_columna_llega_a_su_campo() -> None:
    traducido = traducir(mapa(), RENGLON)

    assert traducido.recibido == datetime(2026, 11, 18, 7, 33)
    assert traducido.canal == "redes"
    assert traducido.datos == {
        "anonimo": "sí", "tipo_servicio": "fuga_red", "ubicacion.colonia": "La Cigüeña",
    }  # fmt: skip


@pytest.mark.parametrize("vacio", ["", "NA", "  NA "])
def test_lo_que_la_hoja_llama_vacio_no_es_un_dato(vacio: str) -> None:
    traducido = traducir(mapa(), {**RENGLON, "colonia": vacio})

    assert "ubicacion.colonia" not in traducido.datos


def test_na_dentro_de_una_palabra_si_es_un_dato() -> None:
    traducido = traducir(mapa(), {**RENGLON, "colonia": "NAVARRO"})

    assert traducido.datos["ubicacion.colonia"] == "NAVARRO"


def test_un_valor_que_el_mapa_no_conoce_rechaza_el_renglon_sin_repetirlo() -> None:
    with pytest.raises(DatosInvalidos, match=r"«tipo_servicio».*«clase» y «falla»") as error:
        traducir(mapa(), {**RENGLON, "falla": "SECRETO"})

    assert "SECRETO" not in error.value.mensaje


def test_una_hora_que_no_existe_rechaza_el_renglon() -> None:
    with pytest.raises(DatosInvalidos, match="«recibido»"):
        traducir(mapa(), {**RENGLON, "hora": "25:00"})


def test_se_prueban_los_formatos_en_orden() -> None:
    recibido = {"columna": "fecha", "formato": ["%Y-%m-%d", "%d/%m/%Y"]}

    traducido = traducir(mapa(recibido=recibido), RENGLON)

    assert traducido.recibido == datetime(2026, 11, 18)


def test_las_columnas_que_la_hoja_no_trae_se_dicen_todas() -> None:
    hay = [c for c in RENGLON if c not in ("falla", "id")]

    assert columnas_que_faltan(mapa(), hay) == ["falla", "id"]
    assert columnas_que_faltan(mapa(), list(RENGLON)) == []


def test_sin_mapa_valen_la_clave_o_el_nombre_del_campo() -> None:
    campos = {"destino": "Va a", "fecha_viaje": "Fecha de viaje"}

    directo = mapa_directo("estrella-blanca", ["VA A", "fecha_viaje", "Recibido"], campos)

    assert list(directo.columnas) == ["destino", "fecha_viaje", "recibido"]


def test_sin_mapa_una_columna_ajena_se_rechaza_con_el_remedio() -> None:
    with pytest.raises(DatosInvalidos, match=r"¿Quiso decir «destino».*use --mapa"):
        mapa_directo("estrella-blanca", ["destinos"], {"destino": "Va a"})


def test_una_llave_mal_escrita_del_mapa_se_dice() -> None:
    with pytest.raises(FormaInvalida, match="¿Quiso decir «columnas»"):
        MAPA({"procedimiento": "x", "colunmas": {"a": "b"}}, ())
