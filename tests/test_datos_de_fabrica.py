"""Los mapas, catálogos y calendarios de fábrica: se leen, no se contradicen y casan entre sí."""

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from expediente.nucleo.campo import plano
from tests.nucleo.tramite import procedimiento
from tests.test_ejemplos import DATOS, REPORTES, SOLICITUDES, filas, renglones, sin_defecto

DE_FABRICA = sorted(
    ruta
    for carpeta in ("catalogos", "inhabiles", "mapas")
    for ruta in DATOS.glob(f"{carpeta}/*.yaml")
)


def leer_yaml(ruta: Path) -> Any:
    """El fichero con todo como texto, igual que lo lee el programa."""
    return yaml.load(ruta.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def claves_repetidas(nodo: yaml.Node) -> Iterator[str]:
    """Las claves que aparecen dos veces en un mismo nivel, que YAML calla."""
    if isinstance(nodo, yaml.MappingNode):
        cuenta = Counter(llave.value for llave, _ in nodo.value)
        yield from (llave for llave, veces in cuenta.items() if veces > 1)
        for _, hijo in nodo.value:
            yield from claves_repetidas(hijo)
    if isinstance(nodo, yaml.SequenceNode):
        for hijo in nodo.value:
            yield from claves_repetidas(hijo)


def nombres_del_catalogo(clave: str) -> set[str]:
    """Los nombres de un catálogo, como se comparan."""
    opciones = leer_yaml(DATOS / "catalogos" / f"{clave}.yaml")["opciones"]
    return {plano(opcion["nombre"]) for opcion in opciones}


def lunes(anio: int, mes: int, orden: int) -> date:
    """El primer, segundo… lunes del mes."""
    semanas = calendar.Calendar().monthdatescalendar(anio, mes)
    return [semana[0] for semana in semanas if semana[0].month == mes][orden - 1]


def test_los_lugares_de_los_ejemplos_estan_en_su_catalogo() -> None:
    catalogos = {
        "Origen": nombres_del_catalogo("destinos"),
        "Destino": nombres_del_catalogo("destinos"),
        "Unidad médica": nombres_del_catalogo("instituciones-salud"),
        "Canal": nombres_del_catalogo("canales"),
        "Colonia": nombres_del_catalogo("colonias") | {"progreso"},
    }

    usados = {
        columna: {plano(fila[columna]) for fila in sin_defecto().values()} for columna in catalogos
    }

    for columna, nombres in usados.items():
        assert nombres <= catalogos[columna]


def test_el_mapa_no_conoce_tres_de_los_reportes() -> None:
    valores = leer_yaml(DATOS / "mapas" / "sacmex-2022.yaml")["columnas"]["tipo_servicio"][
        "valores"
    ]

    juntos = [f"{fila['clasificacion']} / {fila['reporte']}" for fila in filas(REPORTES).values()]

    assert sum(valor not in valores for valor in juntos) == 3


@pytest.mark.parametrize(
    ("mapa", "ejemplo"), [("estrella-blanca", SOLICITUDES), ("sacmex-2022", REPORTES)]
)
def test_cada_mapa_nombra_columnas_que_la_hoja_tiene(mapa: str, ejemplo: Path) -> None:
    columnas = leer_yaml(DATOS / "mapas" / f"{mapa}.yaml")["columnas"].values()
    encabezado = renglones(ejemplo)[0]

    nombradas = {
        nombre
        for origen in columnas
        for nombre in (
            [origen] if isinstance(origen, str) else origen.get("columnas") or [origen["columna"]]
        )
    }

    assert nombradas <= set(encabezado)


def test_los_valores_de_los_mapas_estan_en_su_catalogo() -> None:
    agua = leer_yaml(DATOS / "mapas" / "sacmex-2022.yaml")["columnas"]
    autobus = leer_yaml(DATOS / "mapas" / "estrella-blanca.yaml")["columnas"]

    destinos = {
        "canales": {*agua["canal"]["valores"].values(), *autobus["canal"]["valores"].values()},
        "tipos-servicio": set(agua["tipo_servicio"]["valores"].values()),
    }

    for catalogo, claves in destinos.items():
        opciones = leer_yaml(DATOS / "catalogos" / f"{catalogo}.yaml")["opciones"]
        assert claves <= {opcion["clave"] for opcion in opciones}


@pytest.mark.parametrize("ruta", DE_FABRICA, ids=lambda ruta: f"{ruta.parent.name}/{ruta.stem}")
def test_todo_yaml_se_lee_y_no_repite_claves(ruta: Path) -> None:
    nodo = yaml.compose(ruta.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    opciones = leer_yaml(ruta).get("opciones", [])
    claves = [opcion["clave"] for opcion in opciones]

    assert nodo is not None and not list(claves_repetidas(nodo))
    assert len(claves) == len(set(claves))
    assert not opciones or leer_yaml(ruta)["clave"] == ruta.stem


@pytest.mark.parametrize("ruta", DE_FABRICA, ids=lambda ruta: f"{ruta.parent.name}/{ruta.stem}")
def test_ningun_yaml_cambia_si_otro_lector_adivina_tipos(ruta: Path) -> None:
    """Quien abra estos ficheros con otra herramienta debe leer lo mismo que el programa."""
    como_texto = leer_yaml(ruta)

    adivinado = yaml.safe_load(ruta.read_text(encoding="utf-8"))

    assert como_texto == adivinado


def test_los_cinco_servicios_de_24_horas_son_los_del_manual() -> None:
    opciones = leer_yaml(DATOS / "catalogos" / "tipos-servicio.yaml")["opciones"]

    urgentes = {opcion["clave"] for opcion in opciones if opcion["programa_24h"] == "sí"}
    con_cuenta = {opcion["clave"] for opcion in opciones if opcion["requiere_cuenta"] == "sí"}

    assert urgentes == {
        "fuga_toma", "calidad_agua", "brocal_coladera", "desazolve_desborde", "toma_obstruida",
    }  # fmt: skip
    assert con_cuenta == {"falta_agua_toma", "toma_obstruida"}


@pytest.mark.parametrize("anio", [2026, 2027])
def test_el_calendario_trae_los_descansos_obligatorios(anio: int) -> None:
    anotados = leer_yaml(DATOS / "inhabiles" / f"{anio}.yaml")["inhabiles"]
    fechas = {date.fromisoformat(dia["fecha"]) for dia in anotados if "fecha" in dia}

    fijos = {date(anio, mes, dia) for mes, dia in ((1, 1), (5, 1), (9, 16), (12, 25))}
    recorridos = {lunes(anio, mes, orden) for mes, orden in ((2, 1), (3, 3), (11, 3))}

    assert fijos | recorridos <= fechas
    assert {fecha.year for fecha in fechas} == {anio}


@pytest.mark.parametrize("anio", [2026, 2027])
def test_los_rangos_del_calendario_no_se_enciman_con_otros_dias(anio: int) -> None:
    anotados = leer_yaml(DATOS / "inhabiles" / f"{anio}.yaml")["inhabiles"]

    tramos = [
        (dia.get("desde", dia.get("fecha")), dia.get("hasta", dia.get("fecha"))) for dia in anotados
    ]

    assert all(desde <= hasta for desde, hasta in tramos)
    assert all(uno[1] < otro[0] for uno, otro in pairwise(tramos))


def test_lo_que_falta_dar_se_lee_con_sus_acentos() -> None:
    """«Por canalizar en relación» va en un informe que alguien firma."""
    dichos = {
        paso.por_dar
        for ruta in DATOS.glob("procedimientos/*.yaml")
        for paso in procedimiento(ruta.stem).pasos
    }
    sin_acento = re.compile(r"[cs]ion\b|\b(area|memorandum|numero|minimo|tecnico)\b")

    assert "Por canalizar en relación" in dichos and "Por turnar al área" in dichos
    assert [dicho for dicho in dichos if sin_acento.search(dicho)] == []
