"""El tablero abierto en un navegador de verdad: no pide nada, no se queja y no se desborda."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from expediente.documentos.pagina_de_tablero import Encabezado, en_html
from expediente.nucleo.cifras_de_tablero import COLORES, Renglon
from tests.cli.oficinista import aparte
from tests.documentos.test_pagina_de_tablero import HOSTILES, pagina
from tests.documentos.test_pagina_de_tablero import tablero as tablero_chico
from tests.navegador.navegador import HAY_NAVEGADOR, Navegador, Pagina, navegador_abierto
from tests.operaciones.test_tablero import oficina_de_fabrica  # la oficina de dos semanas

__all__ = ["oficina_de_fabrica"]
pytestmark = pytest.mark.skipif(not HAY_NAVEGADOR, reason="hace falta Chromium (y bash)")

ANCHOS = (320, 360, 768, 1280)
DESBORDADOS = """[...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.oculto, thead') && e.getClientRects().length)
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.tagName + '.' + (e.className.baseVal ?? e.className))"""
PARTIDOS = """[...document.querySelectorAll('.cifra')]
    .filter(e => e.getClientRects().length > 1).map(e => e.dataset.cifra)"""
CIFRAS = """Object.fromEntries([...document.querySelectorAll('[data-cifra]')]
    .map(e => [e.dataset.cifra, e.textContent]))"""


@pytest.fixture(scope="module")
def navegador(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Navegador]:
    """Un solo navegador para todas."""
    with navegador_abierto(tmp_path_factory.mktemp("perfil")) as abierto:
        yield abierto


@pytest.fixture(scope="module")
def tablero(oficina_de_fabrica: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """El tablero de la oficina de dos semanas: su JSON y su fichero."""
    fichero = tmp_path_factory.mktemp("tablero") / "tablero.html"
    hecho = aparte(
        "tablero", "--salida", str(fichero), "--json",
        en=oficina_de_fabrica, EXPEDIENTE_AHORA="2026-11-20 14:00",
    )  # fmt: skip
    dicho: dict[str, Any] = json.loads(hecho.stdout)
    return dicho


@pytest.fixture(scope="module")
def fichero(tablero: dict[str, Any]) -> Path:
    """La página."""
    return Path(tablero["ficheros"][0])


@pytest.fixture(scope="module")
def hostil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una página en la que todo lo capturado es lo peor que alguien puede escribir."""
    escrita = tmp_path_factory.mktemp("hostil") / "tablero.html"
    escrita.write_text(pagina("".join(HOSTILES), con_folios=True), "utf-8")
    return escrita


@pytest.mark.parametrize("cual", ["fichero", "hostil"])
@pytest.mark.parametrize("esquema", ["light", "dark"])
def test_no_pide_nada_a_nadie_ni_se_queja(
    cual: str, esquema: str, navegador: Navegador, request: pytest.FixtureRequest
) -> None:
    ruta: Path = request.getfixturevalue(cual)

    abierta = Pagina(navegador, ruta, esquema=esquema)

    assert abierta.pedidos == [ruta.as_uri()]
    assert abierta.quejas == []


@pytest.mark.parametrize("cual", ["fichero", "hostil"])
@pytest.mark.parametrize("ancho", ANCHOS)
def test_no_se_desborda(
    cual: str, ancho: int, navegador: Navegador, request: pytest.FixtureRequest
) -> None:
    abierta = Pagina(navegador, request.getfixturevalue(cual), ancho)
    abierta.preguntar("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert abierta.preguntar("document.documentElement.scrollWidth") <= ancho
    assert abierta.preguntar(DESBORDADOS) == []


@pytest.mark.parametrize("cuantos", [178, 98_765])
def test_ningun_numero_se_parte_en_dos_renglones(
    cuantos: int, navegador: Navegador, tmp_path: Path
) -> None:
    """«17» y debajo «8» son otra cifra."""
    muchos = Renglon("Centro", dict.fromkeys(COLORES, ("RS-2026-0001",) * cuantos))
    grande = tmp_path / "grande.html"
    grande.write_bytes(en_html(tablero_chico("Centro", muchos), Encabezado("DIF", "Aquí"), (), ()))

    for ancho in ANCHOS:
        abierta = Pagina(navegador, grande, ancho)

        assert abierta.preguntar(PARTIDOS) == []
        assert abierta.preguntar("document.documentElement.scrollWidth") <= ancho
        assert abierta.preguntar(DESBORDADOS) == []


def test_la_politica_detiene_lo_que_alguien_le_anadiera(
    fichero: Path, navegador: Navegador, tmp_path: Path
) -> None:
    """Si un día algo se escapara, ni corre ni sale a la red."""
    malo = tmp_path / "malo.html"
    anadido = (
        "<script>document.title = 'corrió'</script><img src='http://example.invalid/x.png'>"
        "<style>body { display: none }</style></body>"
    )
    malo.write_text(fichero.read_text("utf-8").replace("</body>", anadido), "utf-8")

    abierta = Pagina(navegador, malo)

    assert abierta.preguntar("document.title") != "corrió"
    assert abierta.preguntar("getComputedStyle(document.body).display") == "block"
    assert len(abierta.quejas) == 3


def test_lo_que_se_lee_es_lo_que_dice_el_json(
    tablero: dict[str, Any], fichero: Path, navegador: Navegador
) -> None:
    leidas = {
        clave: int(cifra.replace(",", ""))
        for clave, cifra in Pagina(navegador, fichero).preguntar(CIFRAS).items()
        if not clave.startswith("indicador/")
    }

    semaforo = {f"semaforo/{color}": n for color, n in tablero["semaforo"].items()}
    semanas = {
        f"semana/{s['semana']}/{que}": n
        for s in tablero["semanas"]
        for que, n in s["totales"].items()
    }
    rezago = {f"rezago/{rotulo}": n for rotulo, n in tablero["rezago"].items()}
    desgloses = {
        f"{clave}/{valor}": n
        for clave, suyos in tablero["desgloses"].items()
        for valor, n in suyos.items()
    }
    esperado = semaforo | semanas | rezago | desgloses
    assert {clave: leidas[clave] for clave in esperado} == esperado
    for p in tablero["procedimientos"]:
        base = f"procedimiento/{p['procedimiento']}"
        assert leidas[f"{base}/abiertos"] == sum(p["semaforo"].values())
        assert leidas[f"{base}/recibidos"] == p["semanas"][-1]["totales"]["recibidos"]


def test_lo_que_se_lee_es_lo_que_dice_el_informe(
    oficina_de_fabrica: Path, fichero: Path, navegador: Navegador
) -> None:
    hecho = aparte(
        "informe", "estatus-reportes", "--semana", "2026-W47", "--simular", "--json",
        en=oficina_de_fabrica, EXPEDIENTE_AHORA="2026-11-20 14:00",
    )  # fmt: skip
    totales = json.loads(hecho.stdout)["totales"]

    leidas = Pagina(navegador, fichero).preguntar(CIFRAS)

    base = "procedimiento/reporte-servicio"
    for que in ("recibidos", "reabiertos", "concluidos"):
        assert leidas[f"{base}/{que}"] == str(totales[que])
    assert leidas[f"{base}/abiertos"] == str(totales["abiertos_final"])


def test_las_barras_miden_lo_que_dicen(fichero: Path, navegador: Navegador) -> None:
    """Cada trozo de la barra de la oficina, en proporción a sus asuntos."""
    abierta = Pagina(navegador, fichero, 1280)
    anchos = abierta.preguntar(
        "[...document.querySelector('.semaforo + .barra').querySelectorAll('rect')]"
        ".map(r => [r.className.baseVal, r.getBoundingClientRect().width])"
    )
    cifras = abierta.preguntar(CIFRAS)

    total = sum(ancho for _, ancho in anchos)
    cuantos = {color: int(cifras[f"semaforo/{color}"]) for color, _ in anchos}
    for color, ancho in anchos:
        assert abs(ancho / total - cuantos[color] / sum(cuantos.values())) < 0.01


def test_lo_oscuro_se_ve_oscuro(fichero: Path, navegador: Navegador) -> None:
    fondos = [
        Pagina(navegador, fichero, esquema=esquema).preguntar(
            "getComputedStyle(document.body).backgroundColor"
        )
        for esquema in ("light", "dark")
    ]

    claro, oscuro = (sum(map(int, re.findall(r"\d+", fondo)[:3])) for fondo in fondos)
    assert claro > 600 and oscuro < 150


def test_los_botones_para_el_dedo_no_son_diminutos(fichero: Path, navegador: Navegador) -> None:
    alturas = Pagina(navegador, fichero).preguntar(
        "[...document.querySelectorAll('summary')].map(s => s.getBoundingClientRect().height)"
    )

    assert alturas and min(alturas) >= 24


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="hace falta pdftotext")
def test_impreso_cabe_en_pocas_hojas_carta_y_lleva_la_tabla(
    fichero: Path, navegador: Navegador, tmp_path: Path
) -> None:
    impreso = tmp_path / "tablero.pdf"
    impreso.write_bytes(Pagina(navegador, fichero).en_pdf())

    texto = subprocess.run(
        ["pdftotext", "-layout", impreso, "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout

    assert texto.count("\f") <= 3
    assert "Del 9 al 15 de noviembre de 2026" in texto
