"""Cuánto queda se sabe por lo que dicen los expedientes, y lo que no cuadra se dice."""

import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from expediente.almacen.carpetas import FICHERO, carpeta_existente
from expediente.almacen.registro import leer, publicar_revision
from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.operaciones.existencias import balances, disponible, problemas_de_existencias
from expediente.operaciones.revisar import revisar
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import Abridor, solicitud

SILLAS = """
clave: sillas
nombre: Sillas de ruedas
unidad: pieza
renglones:
  - {clave: adulto, nombre: De adulto, cantidad: '3'}
  - {clave: infantil, nombre: Infantil, cantidad: '1'}
"""
RECURSO = """
recursos:
  - {clave: silla, nombre: Silla, existencia: sillas, renglon: "'adulto'"}
"""


@pytest.fixture
def almacen(oficina: Path) -> Path:
    """La carpeta de existencias, sólo con las sillas."""
    carpeta = oficina / "existencias"
    shutil.rmtree(carpeta)
    carpeta.mkdir()
    (carpeta / "sillas.yaml").write_text(SILLAS, "utf-8")
    return carpeta


def con_toma(v: Ventanilla, **toma: str) -> str:
    """El folio de un caso cuyo encabezado dice que tomó una silla."""
    folio = solicitud(v)
    anotar_toma(v, folio, toma)
    return folio


def anotar_toma(v: Ventanilla, folio: str, toma: Mapping[str, str]) -> None:
    """Publica el caso con esa toma en su encabezado, como lo escribe quien da el paso."""
    dice = {
        "recurso": "silla",
        "existencia": "sillas",
        "renglon": "adulto",
        "cantidad": "1",
        "estado": "prestado",
        **toma,
    }
    renglones = "".join(f"  {llave}: '{dicho}'\n" for llave, dicho in dice.items())
    carpeta = carpeta_existente(v.raiz, folio)
    lectura = leer(carpeta, FICHERO)
    escrito = lectura.texto.replace(
        "\nactuaciones:\n", f"\ntomas:\n-{renglones[1:]}actuaciones:\n"
    ).replace(f"revision: '{lectura.revision}'", f"revision: '{lectura.revision + 1}'")
    assert publicar_revision(carpeta, FICHERO, lectura.revision + 1, escrito)


def test_queda_lo_que_habia_menos_lo_que_los_casos_tienen(
    ventanilla: Abridor, almacen: Path
) -> None:
    v = ventanilla()
    con_toma(v, estado="apartado")
    mio = con_toma(v, estado="prestado")
    con_toma(v, estado="devuelto", cantidad="3")

    assert disponible(v, "sillas", "adulto") == 1
    assert disponible(v, "sillas", "infantil") == 1
    assert disponible(v, "sillas", "adulto", menos_folio=mio) == 2


def test_un_presupuesto_solo_lo_gastan_los_casos_de_su_anio(
    ventanilla: Abridor, almacen: Path
) -> None:
    (almacen / "sillas.yaml").write_text(f"{SILLAS}anio: '2027'\n", "utf-8")
    v = ventanilla()
    con_toma(v)
    con_toma(v, anio="2027")

    assert disponible(v, "sillas", "adulto") == 2


def test_lo_que_no_hay_se_dice_con_lo_mas_parecido(ventanilla: Abridor, almacen: Path) -> None:
    v = ventanilla()

    with pytest.raises(NoExiste, match="¿Quiso decir «sillas»"):
        disponible(v, "silla", "adulto")
    with pytest.raises(NoExiste, match="¿Quiso decir «adulto»"):
        disponible(v, "sillas", "adultos")


@pytest.mark.parametrize(
    ("de", "a", "renglon"),
    [
        ("cantidad: '1'", "cantidad: una", 7),
        ("unidad: pieza", "unidat: pieza", 4),
        ("clave: infantil", "clave: adulto", 7),
    ],
)
def test_un_fichero_mal_escrito_se_dice_con_su_renglon(
    de: str, a: str, renglon: int, ventanilla: Abridor, almacen: Path
) -> None:
    (almacen / "sillas.yaml").write_text(SILLAS.replace(de, a), "utf-8")

    with pytest.raises(DatosInvalidos, match=rf"sillas.yaml, renglón {renglon}:"):
        disponible(ventanilla(), "sillas", "adulto")


def test_el_balance_dice_que_folio_tiene_cada_cosa(ventanilla: Abridor, almacen: Path) -> None:
    v = ventanilla()
    folio = con_toma(v)

    [balance], problemas = balances(v)

    assert problemas == []
    assert [(t.folio, t.renglon, t.estado) for t in balance.tomas] == [
        (folio, "adulto", "prestado")
    ]
    assert [s.disponible for s in balance.saldos] == [Decimal(2), Decimal(1)]


def test_un_expediente_ilegible_no_esconde_a_los_demas(ventanilla: Abridor, almacen: Path) -> None:
    v = ventanilla()
    roto, sano = con_toma(v, cantidad="una"), con_toma(v)

    [balance], [problema] = balances(v)

    assert [t.folio for t in balance.tomas] == [sano]
    assert problema.folio == roto


def test_revisar_dice_lo_que_se_tomo_de_mas_y_lo_que_ya_no_hay(
    ventanilla: Abridor, almacen: Path
) -> None:
    v = ventanilla()
    con_toma(v, cantidad="2")
    con_toma(v, cantidad="3")
    sin_renglon = con_toma(v, renglon="grande")
    sin_fichero = con_toma(v, existencia="bastones")
    con_toma(v, renglon="vieja", estado="devuelto")

    dichos = {x.folio: x.mensaje for x in problemas_de_existencias(v)}

    assert dichos.keys() == {"sillas", sin_renglon, sin_fichero}
    assert "«adulto» está sobregirado: había 3 y se tomó 2 de más" in dichos["sillas"]
    assert "renglón «grande»" in dichos[sin_renglon]
    assert dichos[sin_fichero] == "tomó de «bastones», y no hay existencias/bastones.yaml."
    assert set(dichos.values()) <= {x.mensaje for x in revisar(v, [])}


def test_un_procedimiento_no_toma_de_una_existencia_que_no_hay(
    ventanilla: Abridor, oficina: Path, almacen: Path
) -> None:
    ruta = oficina / "procedimientos" / "estrella-blanca.yaml"
    ruta.write_text(ruta.read_text("utf-8") + RECURSO, "utf-8")
    antes = [x.mensaje for x in problemas_de(ventanilla(), "estrella-blanca")]
    (almacen / "sillas.yaml").rename(almacen / "silla.yaml")

    dichos = [x.mensaje for x in problemas_de(ventanilla(), "estrella-blanca")]

    assert not any("existencia" in dicho for dicho in antes)
    renglon = len(ruta.read_text("utf-8").splitlines())
    assert (
        f"{ruta}, renglón {renglon}: recurso «silla»: No existe la existencia «sillas». "
        "¿Quiso decir «silla»?"
    ) in dichos


def test_una_oficina_nueva_trae_las_existencias_de_fabrica(
    ventanilla: Abridor, oficina: Path
) -> None:
    todos, problemas = balances(ventanilla())

    assert problemas == []
    assert {b.existencia.clave for b in todos} == {f.stem for f in oficina.glob("existencias/*")}
    assert todos and all(s.disponible == s.partida.cantidad for b in todos for s in b.saldos)
