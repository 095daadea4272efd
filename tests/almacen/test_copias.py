"""Las copias analizadas: ida y vuelta exacta de cada clase de hecho."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from expediente.almacen.copias import (
    anotar,
    desempaquetar,
    desempaquetar_tramos,
    empaquetar,
    empaquetar_tramos,
    leer_anotado,
)
from expediente.almacen.indice import CopiaDanada
from expediente.nucleo.medida import Medida
from expediente.nucleo.tramos import Tramo

CENTRO = ZoneInfo("America/Mexico_City")
DATOS: list[Any] = [
    None, True, False, 0, 1, -3, "", "sí", "2026-11-20", 2.5, Decimal("1.50"), Decimal("1E+2"),
    Medida("3.20"), date(2026, 11, 20), datetime(2026, 11, 20, 9, 30),
    datetime(2026, 11, 20, 9, 30, tzinfo=timezone(-timedelta(hours=6))),
    datetime(2026, 11, 20, 9, 30, 15, 250_000, tzinfo=CENTRO),
    [], ["a", 1, Decimal("2")], [["d", "2026-11-20"]],
]  # fmt: skip


@pytest.mark.parametrize("dato", DATOS, ids=repr)
def test_cada_dato_vuelve_igual_y_de_su_tipo(dato: Any) -> None:
    vuelto = leer_anotado(desempaquetar(empaquetar(anotar(dato))))

    assert (vuelto, repr(vuelto), type(vuelto)) == (dato, repr(dato), type(dato))


def test_lo_que_no_es_un_hecho_no_se_guarda() -> None:
    with pytest.raises(TypeError):
        anotar({"a": 1})


def test_los_tramos_vuelven_iguales_aunque_un_hecho_cambie_de_tipo_o_desaparezca() -> None:
    base = Tramo("EB-2026-0001", "eb", date(2026, 11, 2), date(2026, 11, 3), None, (), {})
    tramos = [
        Tramo(**{**vars(base), "hechos": {"a": 1, "b": "x", "c": Decimal("1.0")}}),
        Tramo(**{**vars(base), "hechos": {"a": True, "c": Decimal("1.00"), "d": ["x"]}}),
        Tramo(
            **{
                **vars(base),
                "hasta": None,
                "cerrado": date(2026, 11, 4),
                "movimientos": ("recibidos", "concluidos"),
                "hechos": {"d": ["x"], "b": "y"},
                "vence": datetime(2026, 11, 20, 15, tzinfo=CENTRO),
                "documentos": ({"doc.clave": "oficio", "doc.fecha": date(2026, 11, 4)},),
                "aviso": "no se sabe si venció",
            }
        ),
    ]

    vueltos = desempaquetar_tramos(empaquetar_tramos(tramos))

    assert vueltos == tramos
    assert list(map(repr, vueltos)) == [
        repr(Tramo(**{**vars(t), "hechos": dict(v.hechos)}))
        for t, v in zip(tramos, vueltos, strict=True)
    ]
    assert [type(t.hechos["a"]) for t in vueltos[:2]] == [int, bool]
    assert [str(t.hechos["c"]) for t in vueltos[:2]] == ["1.0", "1.00"]


@pytest.mark.parametrize("crudo", [b"", b"esto no es", empaquetar([1])[:-3]])
def test_lo_danado_se_nota(crudo: bytes) -> None:
    with pytest.raises(CopiaDanada):
        desempaquetar(crudo)
