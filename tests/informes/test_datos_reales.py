"""Lo que publica un organismo de agua de verdad, cargado, informado y contado aparte.

Los ficheros no viajan con el programa: se dice dónde están con EXPEDIENTE_DATOS_REALES, y
sin ellos estas pruebas se saltan. El recuento es directo del CSV, renglón por renglón.
"""

import csv
import os
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from expediente.almacen.hojas import leer_hoja
from expediente.nucleo.avance import Peticion
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.informe import CASOS, Columna, Grupo, Informe, Total
from expediente.nucleo.periodo import PERIODOS, Periodo, leer_periodo
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.cargar import cargar_hoja
from expediente.operaciones.informes import contar
from expediente.operaciones.ventanilla import sentarse
from tests.conftest import copiar, olvidar_lo_leido

DONDE = Path(os.environ.get("EXPEDIENTE_DATOS_REALES", "no-hay"))
CSV = DONDE / "sacmex_reportes_2022_muestra.csv"
MAPA = Path(__file__).resolve().parents[2] / "datos" / "mapas" / "sacmex-2022.yaml"
CARGA = datetime(2022, 12, 31, 12, 0)

pytestmark = [
    pytest.mark.largo,
    pytest.mark.skipif(not CSV.is_file(), reason="no están los datos reales"),
]

POR_COLONIA = Informe(
    clave="reales",
    nombre="Datos reales",
    procedimientos=("reporte-servicio",),
    plantilla="x.docx",
    periodos=PERIODOS,
    renglones=CASOS,
    columnas=(Columna("folio", "Folio", compilar_condicion("folio")),),
    totales=(
        Total(
            "bajas",
            "Bajas",
            compilar_condicion("consta(ocurrio.dar_baja)"),
            compilar_condicion("ocurrio.dar_baja"),
        ),
        Total("de_24h", "De 24 horas", compilar_condicion("tipo_servicio.programa_24h")),
    ),
    grupos=tuple(
        Grupo(por, por, compilar_condicion(por))
        for por in ("ubicacion.colonia", "ubicacion.localidad", "tipo_servicio", "canal")
    ),
)
AVANZADOS = 120


@pytest.fixture(scope="module")
def real(oficina_de_fabrica: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La oficina con los reportes cargados y, de los primeros, una historia posterior."""
    raiz = tmp_path_factory.mktemp("reales") / "oficina"
    copiar(oficina_de_fabrica, raiz)
    de_2026 = (raiz / "inhabiles" / "2026.yaml").read_text(encoding="utf-8")
    for anio in ("2022", "2023"):
        calendario = raiz / "inhabiles" / f"{anio}.yaml"
        calendario.write_text(de_2026.replace("2026", anio), encoding="utf-8")
    olvidar_lo_leido()
    carga = cargar_hoja(
        sentarse(raiz, CARGA, "recepcion"), "reporte-servicio", leer_hoja(CSV), MAPA
    )
    print(f"abiertos {len(carga.abiertos)}, rechazados {len(carga.rechazados)}")
    atender(raiz, [hecho.folio for _, hecho in carga.abiertos[:AVANZADOS]])
    return raiz


def atender(raiz: Path, folios: list[str]) -> None:
    """Por lotes: se canalizan el 5 de enero de 2023, se dan de baja el 6 y se cierran el 9."""
    olvidar_lo_leido()
    for lugar, folio in enumerate(folios):
        canaliza, baja, cierra = (
            sentarse(raiz, datetime(2023, 1, dia, 9, lugar % 60), "recepcion") for dia in (5, 6, 9)
        )
        avanzar(canaliza, folio, Peticion(resultado="procede", datos={"anonimo": "sí"}))
        avanzar(canaliza, folio, Peticion(datos={"area": "agua_potable"}))
        if lugar % 2 == 0:
            avanzar(baja, folio, Peticion(resultado="atendido", datos={"trabajo": "Se reparó."}))
            avanzar(baja, folio, Peticion())
        if lugar % 4 == 0:
            avanzar(cierra, folio, Peticion(resultado="conforme"))
            avanzar(cierra, folio, Peticion())


def renglones_del_csv() -> list[dict[str, str]]:
    """Los renglones que el mapa sabe leer, con el tipo y el canal que les da."""
    mapa = yaml.load(MAPA.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)["columnas"]
    tipos, canales = mapa["tipo_servicio"]["valores"], mapa["canal"]["valores"]
    with CSV.open(encoding="utf-8-sig", newline="") as crudo:
        todos = list(csv.DictReader(crudo))
    leidos = []
    for fila in todos:
        escrito = f"{fila['clasificacion']} / {fila['reporte']}"
        if escrito in tipos and fila["medio_recepcion"] in canales:
            suyos = {"tipo": tipos[escrito], "canal": canales[fila["medio_recepcion"]]}
            leidos.append({**fila, **suyos})
    return leidos


def dia_del_csv(fila: dict[str, str]) -> date:
    """El día del reporte."""
    dia, mes, anio = map(int, fila["fecha_reporte"].split("/"))
    return date(anio, mes, dia)


def sin_na(escrito: str) -> str:
    """Lo escrito, o que no hay dato."""
    limpio = " ".join(escrito.split())
    return "Sin dato" if limpio in ("", "NA", "nan") else limpio


def cifras(raiz: Path, periodo: Periodo, al: datetime) -> Any:
    """Lo que dice el programa."""
    olvidar_lo_leido()
    v = sentarse(raiz, al, "recepcion")
    hecho = contar(v, POR_COLONIA, periodo, v.ahora)
    assert hecho.problemas == () and hecho.cifras.cuadra
    return hecho.cifras


def enero(clase: str, dia: int = 3) -> Periodo:
    """Un periodo de enero de 2022."""
    return leer_periodo(clase, "", date(2022, 1, dia))


@pytest.mark.parametrize("dia", [1, 2, 3, 4])
def test_cada_dia_recibe_lo_que_dice_el_csv(dia: int, real: Path) -> None:
    esperado = Counter(dia_del_csv(fila) for fila in renglones_del_csv())

    recibidos = cifras(real, enero("dia", dia), CARGA).totales["recibidos"]

    print(f"{dia} de enero: {recibidos}")
    assert recibidos == esperado[date(2022, 1, dia)]


@pytest.mark.parametrize(
    ("grupo", "columna"),
    [
        ("ubicacion.colonia", lambda f: sin_na(f["colonia_catalogo"])),
        ("ubicacion.localidad", lambda f: sin_na(f["alcaldia_catalogo"])),
        ("tipo_servicio", lambda f: f["tipo"]),
        ("canal", lambda f: f["canal"]),
    ],
)
def test_el_mes_por_colonia_alcaldia_tipo_y_canal(
    grupo: str, columna: Callable[[dict[str, str]], str], real: Path
) -> None:
    esperado = Counter(columna(f) for f in renglones_del_csv() if dia_del_csv(f).month == 1)

    dicho = cifras(real, enero("mes"), CARGA).grupos[grupo]

    print(f"{grupo}: {len(dicho)} valores; {list(dicho.items())[:3]}")
    assert dict(dicho) == dict(esperado)


def test_lo_de_2021_y_lo_de_2022_suman_lo_cargado(real: Path) -> None:
    anios = Counter(dia_del_csv(fila).year for fila in renglones_del_csv())

    for anio, cuantos in anios.items():
        hechas = cifras(real, leer_periodo("anio", str(anio), CARGA.date()), CARGA)
        assert hechas.totales["recibidos"] == cuantos


def test_las_bajas_y_los_cierres_de_despues(real: Path) -> None:
    despues = datetime(2023, 2, 1, 12, 0)
    todos = len(renglones_del_csv())
    dia = {n: leer_periodo("dia", f"2023-01-{n:02d}", despues.date()) for n in (5, 6, 9)}

    bajas = {n: cifras(real, p, despues).totales["bajas"] for n, p in dia.items()}
    mes = cifras(real, leer_periodo("mes", "2023-01", despues.date()), despues)

    assert bajas == {5: 0, 6: AVANZADOS // 2, 9: 0}
    movimiento = tuple(mes.totales.values())[:5]
    assert movimiento == (todos, 0, 0, AVANZADOS // 4, todos - AVANZADOS // 4)
    assert mes.totales["bajas"] == AVANZADOS // 2


def test_lo_de_despues_no_cambia_lo_que_se_dijo_antes(real: Path) -> None:
    hechas = cifras(real, enero("semana"), CARGA)

    assert hechas.totales["concluidos"] == hechas.totales["bajas"] == 0
