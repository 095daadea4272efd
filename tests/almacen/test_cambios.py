"""Las marcas de cambio: ninguna se pierde, y leer las nuevas no depende de cuántas haya."""

import os
from pathlib import Path

import pytest

from expediente.almacen import cambios
from expediente.almacen.cambios import Marca, SeCortoElHilo, anunciar, empezar, novedades

AHORA = 1_000_000.0


def test_se_leen_una_sola_vez(tmp_path: Path) -> None:
    vistas = empezar(tmp_path)
    anunciar(tmp_path, "EB-2026-0001", 1)
    anunciar(tmp_path, "EB-2026-0001", 2)

    nuevas, vistas = novedades(tmp_path, vistas, AHORA)
    otra_vez, _ = novedades(tmp_path, vistas, AHORA)

    assert sorted(nuevas) == [Marca("EB-2026-0001", 1), Marca("EB-2026-0001", 2)]
    assert otra_vez == []


def test_la_misma_marca_puesta_dos_veces_se_ve_las_dos(tmp_path: Path) -> None:
    """Quien se apagó antes de publicar la repite: la segunda no puede pasar inadvertida."""
    anunciar(tmp_path, "EB-2026-0001", 7)
    _, vistas = novedades(tmp_path, empezar(tmp_path), AHORA)

    anunciar(tmp_path, "EB-2026-0001", 7)

    assert novedades(tmp_path, vistas, AHORA)[0] == [Marca("EB-2026-0001", 7)]


def test_se_reparten_en_carpetas_y_se_leen_todas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cambios, "_CABEN", 5)
    vistas, leidas = empezar(tmp_path), []
    for n in range(1, 38):
        anunciar(tmp_path, "EB-2026-0001", n)
        if n % 4 == 0:
            nuevas, vistas = novedades(tmp_path, vistas, AHORA + n)
            leidas += nuevas
    nuevas, vistas = novedades(tmp_path, vistas, AHORA + 38)

    carpetas = list((tmp_path / ".cambios").iterdir())
    assert len(carpetas) == 8
    assert all(len(list(c.iterdir())) <= 5 for c in carpetas)
    assert sorted(m.revision for m in [*leidas, *nuevas]) == list(range(1, 38))


def test_una_carpeta_llena_se_deja_de_mirar_un_rato_despues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cambios, "_CABEN", 2)
    for n in range(1, 8):
        anunciar(tmp_path, "EB-2026-0001", n)
    _, vistas = novedades(tmp_path, empezar(tmp_path), AHORA)

    (tmp_path / ".cambios" / "000003" / "EB-2026-0009.000001.ff").touch()
    tarde, vistas = novedades(tmp_path, vistas, AHORA + 60)
    _, vistas = novedades(tmp_path, vistas, AHORA + 200)

    assert tarde == [Marca("EB-2026-0009", 1)]
    assert [v.numero for v in vistas] == [4]


def test_un_reloj_que_retrocede_no_hace_que_se_deje_de_mirar_antes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cambios, "_CABEN", 1)
    for n in (1, 2):
        anunciar(tmp_path, "EB-2026-0001", n)
    _, vistas = novedades(tmp_path, empezar(tmp_path), AHORA)

    _, vistas = novedades(tmp_path, vistas, AHORA - 500)
    _, vistas = novedades(tmp_path, vistas, AHORA - 450)

    assert [v.numero for v in vistas] == [1, 2]


def test_si_alguien_quita_marcas_hay_que_recorrer_la_carpeta(tmp_path: Path) -> None:
    anunciar(tmp_path, "EB-2026-0001", 1)
    _, vistas = novedades(tmp_path, empezar(tmp_path), AHORA)
    for marca in (tmp_path / ".cambios" / "000001").iterdir():
        marca.unlink()

    with pytest.raises(SeCortoElHilo):
        novedades(tmp_path, vistas, AHORA)


def test_si_no_se_puede_marcar_no_estorba(tmp_path: Path) -> None:
    (tmp_path / ".cambios").write_text("aquí no caben carpetas", encoding="utf-8")

    anunciar(tmp_path, "EB-2026-0001", 1)


def test_lo_que_no_es_una_marca_se_pasa_por_alto(tmp_path: Path) -> None:
    anunciar(tmp_path, "EB-2026-0001", 1)
    for nombre in ("Thumbs.db", "con espacio", ".DS_Store", "EB-2026-0001", "..sin.folio"):
        (tmp_path / ".cambios" / "000001" / nombre).touch()

    assert novedades(tmp_path, empezar(tmp_path), AHORA)[0] == [Marca("EB-2026-0001", 1)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="necesita fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_cuatro_que_marcan_a_la_vez_no_pierden_ninguna(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Y quien las va leyendo mientras tanto las ve todas."""
    monkeypatch.setattr(cambios, "_CABEN", 7)
    vistas, leidas, ahora = empezar(tmp_path), [], AHORA
    hijos = []
    for n in range(4):
        hijo = os.fork()
        if not hijo:
            for vuelta in range(1, 61):
                anunciar(tmp_path, f"EB-2026-000{n}", vuelta)
            os._exit(0)
        hijos.append(hijo)
    for hijo in hijos:
        while os.waitpid(hijo, os.WNOHANG) == (0, 0):
            ahora += 50.0
            nuevas, vistas = novedades(tmp_path, vistas, ahora)
            leidas += nuevas
    nuevas, _ = novedades(tmp_path, vistas, ahora)

    esperadas = [Marca(f"EB-2026-000{n}", r) for n in range(4) for r in range(1, 61)]
    assert set(leidas) | set(nuevas) == set(esperadas)
