"""El diagrama de flujo en cada formato: SVG, Mermaid y el metafichero de Word."""

import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from expediente.almacen.reglas import procedimiento_de_fichero
from expediente.documentos.dibujo_emf import en_emf
from expediente.documentos.dibujo_mermaid import en_mermaid
from expediente.documentos.dibujo_svg import en_svg
from expediente.nucleo.diagrama import diagrama_de
from expediente.nucleo.procedimiento import Procedimiento
from tests.nucleo.test_diagrama import con_todo

FABRICA = sorted((Path(__file__).parents[2] / "datos" / "procedimientos").glob("*.yaml"))
SVG = "{http://www.w3.org/2000/svg}"
ESCRIBE = 84


@pytest.fixture(
    scope="module",
    params=[*(procedimiento_de_fichero(ruta)[0] for ruta in FABRICA), con_todo()],
    ids=lambda p: p.clave,
)
def procedimiento(request: pytest.FixtureRequest) -> Procedimiento:
    """Cada procedimiento, uno por uno."""
    return request.param


def textos_del_emf(emf: bytes) -> list[str]:
    """Lo que escribe un metafichero, renglón por renglón."""
    textos, lugar = [], 0
    while lugar < len(emf):
        tipo, largo = struct.unpack_from("<II", emf, lugar)
        if tipo == ESCRIBE:
            letras, desde = struct.unpack_from("<II", emf, lugar + 44)
            crudo = emf[lugar + desde : lugar + desde + 2 * letras]
            textos.append(crudo.decode("utf-16-le"))
        lugar += largo
    return textos


def test_el_svg_es_xml_bien_formado_y_dice_todo_el_manual(procedimiento: Procedimiento) -> None:
    raiz = ET.fromstring(en_svg(diagrama_de(procedimiento)))

    titulos = [titulo.text or "" for titulo in raiz.iter(f"{SVG}title")]
    escrito = " ".join(texto.text or "" for texto in raiz.iter(f"{SVG}text"))
    descripcion = raiz.findtext(f"{SVG}desc") or ""

    assert titulos[0] == f"Diagrama de flujo: {procedimiento.nombre}"
    for paso in procedimiento.pasos:
        assert any(titulo.endswith(paso.actividad) for titulo in titulos)
        assert paso.actividad in escrito
        for salida in paso.salidas:
            assert (salida.nombre or "") in descripcion
            assert (salida.nombre or "") in escrito


def test_el_svg_no_pide_nada_a_la_red(procedimiento: Procedimiento) -> None:
    svg = en_svg(diagrama_de(procedimiento))

    sin_espacio_de_nombres = svg.replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert "://" not in sin_espacio_de_nombres
    assert "href" not in svg and "<image" not in svg and "<style" not in svg


def test_el_mermaid_tiene_un_nodo_por_paso_y_una_flecha_por_resultado() -> None:
    dicho = en_mermaid(con_todo())

    assert dicho.startswith("flowchart TD\n")
    assert dicho.count("subgraph") == dicho.count("  end\n") == 3
    assert 'p4d -->|"Procede / Falta algo más de 1 vez"| p5' in dicho
    assert 'p4d -->|"No procede"| p4f3(["Negado"])' in dicho
    assert "p1 --> p3r" in dicho and "p2 --> p3r" in dicho
    assert "p0b --> p1" in dicho and "p0b --> p2" in dicho


def test_el_metafichero_mide_y_cuenta_lo_que_dice_su_cabecera(
    procedimiento: Procedimiento,
) -> None:
    emf = en_emf(diagrama_de(procedimiento))

    largo, registros = struct.unpack_from("<II", emf, 48)
    lugar, contados = 0, 0
    while lugar < len(emf):
        lugar += struct.unpack_from("<I", emf, lugar + 4)[0]
        contados += 1

    assert emf[40:44] == b" EMF"
    assert (largo, registros) == (len(emf), contados)
    assert lugar == len(emf)


def test_el_metafichero_escribe_acentos_y_lo_mismo_que_el_svg(
    procedimiento: Procedimiento,
) -> None:
    d = diagrama_de(procedimiento)

    textos = textos_del_emf(en_emf(d))

    assert textos == [t.text for t in ET.fromstring(en_svg(d)).iter(f"{SVG}text")]
