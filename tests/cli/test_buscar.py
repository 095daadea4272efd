"""Buscar, mirar catálogos y saber qué queda: lo que se ve en el mostrador."""

from pathlib import Path

import pytest

from tests.cli.oficinista import abrir_viaje, objeto
from tests.conftest import Correr
from tests.operaciones.tramites import Abridor, canalizado

PERSONA = {
    "beneficiario.nombres": "Ofelia",
    "beneficiario.curp": "PEGJ850315HDGRRN04",
    "beneficiario.telefono": "8711550167",
    "observaciones_salud": "Hemodiálisis",
}


def test_se_halla_un_caso_sin_ensenar_mas_que_lo_tecleado(correr: Correr) -> None:
    abrir_viaje(correr, **PERSONA)

    corrida = correr("buscar", "cazares", "ofelia")

    assert corrida == (
        0,
        "Folio         Procedimiento    Situación   Recibido    Hallado en\n"
        "EB-2026-0001  estrella-blanca  En trámite  20/11/2026  Beneficiario: Ofelia C. Cázares\n",
        "",
    )


def test_de_un_texto_libre_solo_se_dice_en_que_campo_esta(
    correr: Correr, ventanilla: Abridor
) -> None:
    canalizado(ventanilla(), cuenta="Luz Gil Ramos")

    (caso,) = objeto(correr("buscar", "luz", "gil", "--json"))["casos"]

    assert [x["dato"] for x in caso["hallado"]] == [""]
    assert "Gil" not in correr("buscar", "luz", "gil").stdout


@pytest.mark.parametrize(
    ("escrito", "se_ve"),
    [
        ("PEGJ850315HDGRRN04", "Beneficiario, CURP: PEGJ85**********04"),
        ("871-155-0167", "Beneficiario, teléfono: 871 *** **67"),
        ("eb-2026-1", "Folio: EB-2026-0001"),
        ("huertas", "Domicilio, colonia o ejido: Las Huertas del Vado"),
    ],
)
def test_la_curp_y_el_telefono_salen_a_medias(correr: Correr, escrito: str, se_ve: str) -> None:
    abrir_viaje(correr, **PERSONA)

    for corrida in (correr("buscar", escrito), correr("buscar", escrito, "--json")):
        assert corrida.codigo == 0
        assert "0315HDGRRN" not in corrida.stdout and "1550167" not in corrida.stdout
    assert correr("buscar", escrito).stdout.endswith(f"{se_ve}\n")


def test_un_oficio_se_halla_por_su_numero(correr: Correr, oficina_en_marcha: Path) -> None:
    [caso] = objeto(correr("buscar", "dif/dg/2/2026", "--json"))["casos"]

    assert caso["folio"] == "EB-2026-0002"
    assert caso["hallado"] == [{"campo": "Oficio de descuento", "dato": "DIF/DG/0002/2026"}]


def test_se_puede_buscar_solo_en_un_procedimiento_o_en_lo_abierto(
    correr: Correr, oficina_en_marcha: Path
) -> None:
    todos = objeto(correr("buscar", "ofelia", "--json"))["casos"]
    abiertos = objeto(correr("buscar", "ofelia", "--abiertos", "--json"))["casos"]
    de_agua = objeto(correr("buscar", "ofelia", "--procedimiento", "reporte-servicio", "--json"))

    assert {c["folio"] for c in todos} == {f"EB-2026-000{n}" for n in range(1, 6)}
    assert {c["folio"] for c in abiertos} == {f"EB-2026-000{n}" for n in range(1, 4)}
    assert de_agua["casos"] == []


def test_la_salud_no_se_busca_y_no_hallar_no_es_un_error(correr: Correr) -> None:
    abrir_viaje(correr, **PERSONA)

    assert correr("buscar", "hemodiálisis") == (0, "", "No se halló en ningún expediente.\n")
    assert correr("buscar", "of").codigo == 2


def test_un_caso_que_no_se_puede_leer_se_dice_y_los_demas_salen(
    correr: Correr, oficina: Path
) -> None:
    abrir_viaje(correr)
    roto = abrir_viaje(correr)
    (oficina / f"expedientes/2026/{roto}/.revisiones/000001/expediente.yaml").write_text("folio: [")

    corrida = correr("buscar", "ofelia")

    assert corrida.codigo == 1
    assert "EB-2026-0001" in corrida.stdout and roto in corrida.stderr


def test_sin_entender_las_colonias_se_busca_igual(correr: Correr, oficina: Path) -> None:
    abrir_viaje(correr)
    (oficina / "catalogos" / "colonias.yaml").write_text("opciones: {", "utf-8")

    assert "EB-2026-0001" in correr("buscar", "ofelia").stdout


def test_un_catalogo_se_ve_con_sus_alias(correr: Correr) -> None:
    visto = correr("catalogo", "ver", "colonias").stdout
    dicho = objeto(correr("catalogo", "ver", "colonias", "--json"))
    colonias = {opcion["clave"]: opcion for opcion in dicho["opciones"]}

    assert "Los Mezquites, Fracc. Los Mezquites" in visto and "35907" in visto
    assert colonias["barrio_de_la_acequia"]["alias"] == ["La Acequia"]
    assert colonias["la_ciguenia"]["codigo_postal"] == "35906"


def test_un_catalogo_dudoso_se_dice_y_sale_con_1(correr: Correr, oficina: Path) -> None:
    ruta = oficina / "catalogos" / "areas.yaml"
    ruta.write_text(ruta.read_text("utf-8").replace("Alcantarillado", "Agua Potable"), "utf-8")

    corrida = correr("catalogo", "revisar")

    assert correr("catalogo", "revisar", "destinos") == (0, "Todo en orden.\n", "")
    assert corrida.codigo == 1 and "areas.yaml, renglón" in corrida.stdout


def test_lo_que_queda_se_ve_por_renglon(correr: Correr, oficina: Path) -> None:
    (oficina / "existencias" / "pesos.yaml").write_text(
        "clave: pesos\nnombre: Apoyos\nunidad: pesos\nanio: '2026'\n"
        "renglones:\n  - {clave: '4411', nombre: Ayudas, cantidad: '1,500.10'}\n",
        "utf-8",
    )

    corrida = correr("existencias", "pesos")

    assert corrida == (
        0,
        "Apoyos (pesos), en pesos, 2026\n"
        "Renglón  Nombre  Total     Apartado  Prestado  Gastado  Disponible\n"
        "4411     Ayudas  1,500.10  0         0         0        1,500.10\n",
        "",
    )
    assert correr("existencias", "peso").codigo == 66
