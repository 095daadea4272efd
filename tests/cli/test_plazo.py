"""`expediente plazo` explica lo que pasó con cada reloj: se suspendió, se prorrogó, venció."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Correr
from tests.nucleo.test_plazos_de_pasos import RESGUARDO

FOLIO = "RE-2026-0001"


@pytest.fixture
def resguardo(oficina: Path, correr: Correr) -> str:
    """El folio de un resguardo recibido el lunes 5 de enero de 2026."""
    (oficina / "procedimientos" / "resguardo.yaml").write_text(RESGUARDO, "utf-8")
    abierto = correr("abrir", "resguardo", ahora="2026-01-05 10:00")
    assert abierto.codigo == 0, abierto
    return FOLIO


def en_json(correr: Correr, clave: str, ahora: str) -> dict[str, Any]:
    dicho = json.loads(correr("plazo", FOLIO, "--json", ahora=ahora).stdout)
    hallado: dict[str, Any] = next(x for x in dicho["plazos"] if x["clave"] == clave)
    return hallado


def test_lo_suspendido_se_dice_con_su_motivo_y_sin_fecha(correr: Correr, resguardo: str) -> None:
    correr("suspender", resguardo, "--motivo", "Falta el dictamen.", ahora="2026-01-06 11:00")

    dicho = correr("plazo", resguardo, ahora="2026-03-02 10:00").stdout
    vista = correr("ver", resguardo, ahora="2026-03-02 10:00").stdout
    entregar = en_json(correr, "entregar", "2026-03-02 10:00")

    assert "Entrega la ayuda: suspendido, no corre\n" in dicho
    assert "suspendido (Falta el dictamen); no corre hasta que se reanude" in dicho
    assert "Entrega la ayuda: (suspendido, no corre)" in vista
    assert (entregar["vence"], entregar["meta"], entregar["semaforo"]) == (None, None, "gris")
    assert entregar["suspendido"] is True


def test_la_prorroga_dice_cuando_vencia_y_cuando_vence(correr: Correr, resguardo: str) -> None:
    correr(
        "prorrogar", resguardo, "--plazo", "entregar", "--cantidad", 1, "--motivo", "Peritaje.",
        ahora="2026-01-06 11:00",
    )  # fmt: skip

    entregar = en_json(correr, "entregar", "2026-01-06 12:00")

    assert entregar["original"] == "2026-01-08T15:00:00-06:00"
    assert entregar["vence"] == "2026-01-09T15:00:00-06:00"
    assert any("se prorrogó 1 día hábil" in renglon for renglon in entregar["explicacion"])


@pytest.mark.parametrize(
    ("ahora", "dicho"),
    [
        ("2026-01-19 15:00", "Respuesta: por vencer\n"),
        ("2026-01-19 15:01", "Respuesta: por vencer, pasó la meta\n"),
        ("2026-01-26 15:01", "Respuesta: VENCIDO\n"),
        ("2026-01-29 09:00", "Respuesta: VENCIDO +3 d\n"),
    ],
)
def test_la_meta_y_los_dias_de_atraso_se_leen_sin_color(
    correr: Correr, resguardo: str, ahora: str, dicho: str
) -> None:
    explicado = correr("plazo", resguardo, ahora=ahora).stdout

    assert dicho in explicado
    assert "Meta (10 días hábiles): 19 de enero de 2026, 15:00 horas." in explicado
    toca = "Ya venció" if "VENCIDO" in dicho else "Si vence"
    assert f"{toca}, toca también a: Dirección." in explicado
