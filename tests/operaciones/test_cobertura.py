"""Cada actividad numerada de los cinco manuales la hace alguien, y nadie cita de más."""

import json
import re
from pathlib import Path

import pytest

from expediente.nucleo.cobertura import Cobertura
from expediente.operaciones.coberturas import coberturas
from expediente.operaciones.procedimientos import todos
from tests.conftest import Correr
from tests.operaciones.tramites import Abridor

MANUALES = ("A-REC", "B-AC", "C-PDG", "D-MAC", "E-OPDM")


def cubierto(v: Abridor, manual: str) -> Cobertura:
    (una,) = coberturas(v(), manual)
    return una


def cambiar(fichero: Path, viejo: str, nuevo: str) -> None:
    escrito = fichero.read_text(encoding="utf-8")
    assert escrito.count(viejo) == 1
    fichero.write_text(escrito.replace(viejo, nuevo), "utf-8")


@pytest.mark.parametrize("manual", MANUALES)
def test_no_falta_ninguna_actividad_del_manual(manual: str, ventanilla: Abridor) -> None:
    una = cubierto(ventanilla, manual)

    assert [(f.funcion.nombre, f.actividad.numero) for f in una.faltan] == []


@pytest.mark.parametrize("manual", MANUALES)
def test_ningun_paso_inventa_salta_ni_mezcla_actividades(manual: str, ventanilla: Abridor) -> None:
    una = cubierto(ventanilla, manual)

    assert [f"{p.folio}: {p.mensaje}" for p in una.problemas] == []


def test_estan_las_tablas_de_los_cinco_manuales_y_enteras(ventanilla: Abridor) -> None:
    cuantas = {una.manual.clave: len(una.actividades) for una in coberturas(ventanilla())}

    assert tuple(cuantas) == MANUALES
    assert {m: cuantas[m] for m in ("A-REC", "C-PDG", "D-MAC", "E-OPDM")} == {
        **{"A-REC": 44, "C-PDG": 12},
        **{"D-MAC": 9, "E-OPDM": 11},
    }


def test_las_actividades_se_hacen_en_el_orden_del_manual(ventanilla: Abridor) -> None:
    procedimientos, ilegibles = todos(ventanilla())

    for p in procedimientos:
        citadas = [n for paso in p.pasos for n in paso.manual]
        assert (p.clave, citadas) == (p.clave, sorted(citadas))
    assert ilegibles == []


def test_lo_periodico_lo_cumple_un_informe(ventanilla: Abridor) -> None:
    una = cubierto(ventanilla, "E-OPDM")

    citas = {c.actividad.numero: [str(cita) for cita in c.citas] for c in una.actividades}

    assert citas[9] == ["informe estatus-reportes"]


@pytest.mark.parametrize(
    ("viejo", "nuevo", "mensaje"),
    [
        ("manual: ['4']", "manual: ['40']", r"cita la actividad 40, que «.+» no tiene"),
        ("manual: ['2']", "manual: ['2', '5']", "no van seguidas"),
        ("manual: ['6']", "manual: ['6', '7']", "hacen personas distintas"),
        (
            "manual: ['3']\n    responsable: direccion-general",
            "manual: ['3']\n    responsable: organismo",
            r"la actividad 3 la hace «Director General» y el paso, «Organismo o dependencia»",
        ),
    ],
)
def test_una_cita_que_no_se_sostiene_se_dice(
    viejo: str, nuevo: str, mensaje: str, ventanilla: Abridor, oficina: Path
) -> None:
    cambiar(oficina / "procedimientos" / "gestion.yaml", viejo, nuevo)

    problemas = cubierto(ventanilla, "C-PDG").problemas

    assert re.search(mensaje, "\n".join(p.mensaje for p in problemas))


def test_una_funcion_que_el_manual_no_tiene_no_cubre_nada(
    ventanilla: Abridor, oficina: Path
) -> None:
    cambiar(oficina / "procedimientos" / "estrella-blanca.yaml", "  funcion: ", "  funcion: Otra, ")

    una = cubierto(ventanilla, "A-REC")

    assert len(una.faltan) == 7  # la octava, el reporte, la sigue cumpliendo el informe
    assert "no cita la función «Otra, " in una.problemas[0].mensaje


def test_la_orden_dice_quien_cumple_que(correr: Correr) -> None:
    dicho = correr("procedimiento", "cobertura", "c-pdg")

    assert dicho.codigo == 0
    assert re.search(r"^6 .*Solicitud de Gestión.*gestion/gestionar$", dicho.stdout, re.MULTILINE)
    assert "Cubiertas: 12 de 12." in dicho.stdout


def test_la_orden_termina_en_uno_si_falta_una_actividad(correr: Correr, oficina: Path) -> None:
    (oficina / "procedimientos" / "evaluacion-caic.yaml").unlink()

    dicho = correr("procedimiento", "cobertura", "E-OPDM", "--json")

    assert dicho.codigo == 1
    (manual,) = json.loads(dicho.stdout)["manuales"]
    assert (manual["total"], manual["cubiertas"]) == (11, 10)
    assert [a["numero"] for a in manual["actividades"] if not a["citas"]] == [11]


def test_un_manual_que_no_esta_sugiere_el_bueno(correr: Correr) -> None:
    dicho = correr("procedimiento", "cobertura", "C-PGD")

    assert dicho.codigo == 66
    assert "¿Quiso decir «C-PDG»" in dicho.stderr
