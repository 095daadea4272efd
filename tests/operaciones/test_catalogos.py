"""Los catálogos de la oficina se leen con sus alias, y lo que tienen mal se dice con renglón."""

from pathlib import Path

import pytest

from expediente.nucleo.errores import NoExiste
from expediente.operaciones import catalogos
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.revisar import revisar
from tests.operaciones.tramites import Abridor

CON_COLONIA = """
  - {clave: barrio, nombre: Barrio, tipo: opcion, catalogo: colonias}
"""


def cambiar(oficina: Path, fichero: str, de: str, a: str) -> None:
    """Un cambio a mano, que debe hallar lo que cambia."""
    ruta = oficina / fichero
    escrito = ruta.read_text("utf-8")
    assert de in escrito
    ruta.write_text(escrito.replace(de, a, 1), "utf-8")


def test_los_catalogos_de_fabrica_no_tienen_problemas(ventanilla: Abridor) -> None:
    assert catalogos.problemas_de(ventanilla()) == []


def test_se_sabe_cuantas_opciones_tiene_cada_uno_y_quien_lo_pide(ventanilla: Abridor) -> None:
    v = ventanilla()

    fichas = {ficha.clave: ficha for ficha in catalogos.listar(v)[0]}

    assert len(fichas["destinos"].opciones) == 9
    assert "estrella-blanca" in fichas["destinos"].procedimientos
    assert {"estrella-blanca", "reporte-servicio"} <= set(fichas["canales"].procedimientos)
    assert catalogos.uno(v, "destinos") == fichas["destinos"]


def test_un_catalogo_que_no_hay_se_dice_con_el_mas_parecido(ventanilla: Abridor) -> None:
    for pedir in (catalogos.uno, catalogos.problemas_de):
        with pytest.raises(NoExiste, match="¿Quiso decir «colonias»"):
            pedir(ventanilla(), "colonia")


@pytest.mark.parametrize("escrito", ["Los Mezquites", "FRACC. LOS MEZQUITES", "los  mezquítes"])
def test_una_colonia_se_captura_por_como_la_dice_la_gente(
    escrito: str, ventanilla: Abridor, oficina: Path
) -> None:
    fichero = "procedimientos/estrella-blanca.yaml"
    cambiar(oficina, fichero, "\nreglas:\n", f"{CON_COLONIA}\nreglas:\n")
    v = ventanilla()

    folio = abrir(v, Solicitud("estrella-blanca", {"barrio": escrito})).folio

    assert tomar(v, folio).estado.datos["barrio"] == "fraccionamiento_los_mezquites"


@pytest.mark.parametrize(
    ("fichero", "de", "a", "dicho"),
    [
        ("areas", "clave: alcantarillado", "clave: agua_potable", "«agua_potable» está repetida"),
        ("destinos", "nombre: Durango,", "nombre: TORREÓN,", "sólo se distingue por acentos"),
        ("colonias", "alias: [La Acequia]", "alias: [La Cigüeña]", "también es de «la_ciguenia»"),
        ("colonias", "nombre: Peña Colorada\n", "x: y\n", "«penia_colorada» no tiene nombre"),
        ("dependencias", "    cargo: Director de Obras", "    x: Director de Obras", "falta cargo"),
        (
            "tipos-servicio",
            "area: agua_potable",
            "area: agua_potabl",
            "¿Quiso decir «agua_potable»",
        ),
        ("tipos-servicio", "area: areas}", "area: areaz}", "no hay un catálogo «areaz»"),
        ("colonias", "alias: [La Acequia]", "alias: {a: b}", "se esperaba un texto"),
    ],
)
def test_lo_que_esta_mal_se_dice_con_fichero_y_renglon(
    fichero: str, de: str, a: str, dicho: str, ventanilla: Abridor, oficina: Path
) -> None:
    cambiar(oficina, f"catalogos/{fichero}.yaml", de, a)

    mensajes = [x.mensaje for x in catalogos.problemas_de(ventanilla(), fichero)]

    assert any(dicho in mensaje for mensaje in mensajes), mensajes
    assert all(f"{fichero}.yaml, renglón " in mensaje for mensaje in mensajes)
    assert {*mensajes} <= {x.mensaje for x in revisar(ventanilla(), [])}


def test_un_catalogo_que_se_pide_y_falta_se_dice(ventanilla: Abridor, oficina: Path) -> None:
    (oficina / "catalogos" / "destinos.yaml").rename(oficina / "catalogos" / "destino.yaml")

    problemas = catalogos.problemas_de(ventanilla())

    assert (
        "estrella-blanca",
        "pide el catálogo «destinos», que no hay. ¿Quiso decir «destino»?",
    ) in [(x.folio, x.mensaje) for x in problemas]


def test_revisar_dice_el_rol_que_nadie_desempena_y_el_mal_escrito(
    ventanilla: Abridor, oficina: Path
) -> None:
    cambiar(oficina, "oficina.yaml", "roles: [area-operativa]", "roles: [area-operativ]")

    dichos = {(x.folio, x.mensaje) for x in revisar(ventanilla(), [])}

    assert any(f == "oficina" and "¿Quiso decir «area-operativa»?" in que for f, que in dichos)
    assert any(
        f == "reporte-servicio" and "nadie desempeña el rol «area-operativa»" in que
        for f, que in dichos
    )
