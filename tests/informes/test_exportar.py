"""De la tabla exportada, otro programa saca las mismas cifras; y no dice de quién son."""

import csv
import importlib.util
import io
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from expediente.almacen.definiciones import leer_informe
from expediente.nucleo.cifras import Cifras
from expediente.nucleo.columnas_de_hechos import (
    COMUNES,
    DE_DOCUMENTO,
    FAMILIAS,
    MOVIMIENTOS,
    columnas_exportables,
)
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.informe import CASOS, Columna, Grupo, Informe, Total
from expediente.nucleo.periodo import Periodo, leer_periodo
from expediente.operaciones.exportar import Seleccion, hechos_de_la_oficina
from expediente.operaciones.informes import contar
from expediente.operaciones.ventanilla import sentarse
from tests.cli.oficinista import VIAJE, abrir_viaje, datos, llevar_a, objeto
from tests.conftest import Correr, copiar, olvidar_lo_leido
from tests.informes.al_azar import DE_FABRICA, DURA, INICIO, escribir, vivir
from tests.nucleo.tramite import catalogos, procedimiento

RAIZ = Path(__file__).resolve().parents[2]
GUIA = RAIZ / "docs" / "hechos.md"
REPORTES, OFICIOS = "reporte-servicio", "estrella-blanca"
TARDE = datetime(2026, 8, 1, 12, 0)
PERIODOS = [
    leer_periodo(clase, "", INICIO.date() + timedelta(days=dias))
    for clase in ("dia", "semana", "mes", "anio")
    for dias in (0, 9, 23, DURA.days)
]


def consulta(nombre: str) -> str:
    """La consulta de la guía que se llama así."""
    escrita = re.search(rf"```sql\n-- {nombre}\n(.*?)```", GUIA.read_text("utf-8"), re.S)
    assert escrita, f"la guía no tiene la consulta «{nombre}»"
    return escrita[1]


def en_sqlite(base: sqlite3.Connection, tabla: str, contenido: bytes) -> None:
    """El CSV cargado en una tabla y lo vacío vuelto NULL, como dice la guía."""
    columnas, *filas = csv.reader(io.StringIO(contenido.decode("utf-8-sig"), newline=""))
    nombres = ", ".join(f'"{columna}"' for columna in columnas)
    base.execute(f"CREATE TABLE {tabla} ({nombres})")
    huecos = ", ".join("?" * len(columnas))
    base.executemany(f"INSERT INTO {tabla} VALUES ({huecos})", filas)
    ordenes = base.execute(consulta("vacios").replace("hechos", tabla)).fetchall()
    base.executescript("".join(orden for (orden,) in ordenes))


def un_informe(clave: str, totales: Iterable[tuple[str, str, str | None]], por: str) -> Informe:
    """Un informe con esos (total, cuenta, fecha) y un grupo."""
    return Informe(
        clave="prueba",
        nombre="Prueba",
        procedimientos=(clave,),
        plantilla="x.docx",
        periodos=("semana",),
        renglones=CASOS,
        columnas=(Columna("folio", "Folio", compilar_condicion("folio")),),
        totales=tuple(
            Total(t, t, compilar_condicion(cuenta), compilar_condicion(fecha) if fecha else None)
            for t, cuenta, fecha in totales
        ),
        grupos=(Grupo("grupo", "Grupo", compilar_condicion(por)),),
    )


DE_REPORTES = un_informe(
    REPORTES,
    (
        ("con_numero", "consta(numero_reporte)", None),
        ("conformes", "situacion == 'concluido'", None),
        ("vencidos", "vencido", None),
        ("bajas", "sí", "ocurrio.dar_baja"),
    ),
    "ubicacion.colonia",
)


@pytest.fixture(scope="module")
def con_historia(oficina_de_fabrica: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una oficina con reportes y solicitudes de dos meses."""
    raiz = tmp_path_factory.mktemp("exportar") / "oficina"
    copiar(oficina_de_fabrica, raiz)
    escribir(raiz, [*vivir(REPORTES, 8, 12), *vivir(OFICIOS, 8, 12)])
    olvidar_lo_leido()
    return raiz


@pytest.fixture(scope="module")
def base(con_historia: Path) -> sqlite3.Connection:
    """Las dos tablas, en una base de datos ajena."""
    v = sentarse(con_historia, TARDE, "recepcion")
    base = sqlite3.connect(":memory:")
    en_sqlite(base, "hechos", hechos_de_la_oficina(v, Seleccion((REPORTES,))).como_csv())
    por_documento = Seleccion((OFICIOS,), por_documento=True)
    en_sqlite(base, "documentos", hechos_de_la_oficina(v, por_documento).como_csv())
    return base


def preguntar(base: sqlite3.Connection, nombre: str, periodo: Periodo) -> list[tuple[Any, ...]]:
    """Lo que contesta una consulta de la guía en ese periodo."""
    corte = periodo.hasta + timedelta(days=1)
    con = {
        "desde": periodo.desde.isoformat(),
        "hasta": periodo.hasta.isoformat(),
        "corte": f"{corte.isoformat()} 00:00:00",
    }
    return base.execute(consulta(nombre), con).fetchall()


def del_programa(raiz: Path, informe: Informe, periodo: Periodo) -> Cifras:
    """Lo que dice el programa."""
    v = sentarse(raiz, TARDE, "recepcion")
    return contar(v, informe, periodo, v.ahora).cifras


@pytest.mark.parametrize("periodo", PERIODOS, ids=lambda p: p.clave)
def test_otro_programa_recalcula_el_informe(
    periodo: Periodo, base: sqlite3.Connection, con_historia: Path
) -> None:
    cifras = del_programa(con_historia, DE_REPORTES, periodo)
    totales = dict(cifras.totales)

    assert preguntar(base, "movimiento", periodo) == [tuple(totales.values())[:5]]
    [(renglones, *al_corte)] = preguntar(base, "totales", periodo)
    assert renglones == len(cifras.filas)
    assert al_corte == [totales[x] for x in ("con_numero", "conformes", "vencidos")]
    assert preguntar(base, "bajas", periodo) == [(totales["bajas"],)]
    assert preguntar(base, "por_colonia", periodo) == list(cifras.grupos["grupo"].items())
    vencidos = [folio for (folio,) in preguntar(base, "folios_vencidos", periodo)]
    assert vencidos == list(cifras.folios["vencidos"])


@pytest.mark.parametrize("periodo", PERIODOS, ids=lambda p: p.clave)
def test_otro_programa_recalcula_los_oficios(
    periodo: Periodo, base: sqlite3.Connection, con_historia: Path
) -> None:
    de_fabrica = leer_informe(con_historia, OFICIOS)
    estados = Counter(
        fila["estado"] for fila in del_programa(con_historia, de_fabrica, periodo).filas
    )

    assert dict(preguntar(base, "oficios", periodo)) == estados


def test_entre_los_oficios_que_se_recalculan_hay_de_los_tres_estados(
    base: sqlite3.Connection,
) -> None:
    estados = dict(preguntar(base, "oficios", PERIODOS[-1]))

    assert {"Cancelado", "Entregado", "Negado"} <= estados.keys()


def test_el_indicador_de_la_guia_se_calcula(base: sqlite3.Connection) -> None:
    [(eficiencia,)] = preguntar(base, "eficiencia", PERIODOS[-1])
    [(sin_nadie,)] = preguntar(base, "eficiencia", leer_periodo("anio", "2019", INICIO.date()))

    assert 0 < eficiencia <= 100
    assert sin_nadie is None


def test_la_guia_no_tiene_consultas_sin_probar() -> None:
    dichas = set(re.findall(r"```sql\n-- (\w+)\n", GUIA.read_text("utf-8")))

    assert dichas == {
        "movimiento", "totales", "bajas", "por_colonia", "folios_vencidos", "eficiencia", "oficios",
        "vacios",
    }  # fmt: skip


def _taller() -> ModuleType:
    ruta = RAIZ / "docs" / "taller" / "hacer_columnas_de_hechos.py"
    especificacion = importlib.util.spec_from_file_location("hacer_columnas_de_hechos", ruta)
    assert especificacion is not None and especificacion.loader is not None
    modulo = importlib.util.module_from_spec(especificacion)
    especificacion.loader.exec_module(modulo)
    return modulo


def test_la_guia_dice_las_columnas_que_se_exportan() -> None:
    guia = GUIA.read_text("utf-8")

    assert _taller().poner_columnas(guia) == guia, (
        "hágala de nuevo: python docs/taller/hacer_columnas_de_hechos.py"
    )


@pytest.mark.parametrize("clave", DE_FABRICA)
def test_cada_columna_es_de_una_familia_de_la_guia(clave: str) -> None:
    p = procedimiento(clave)
    del_formulario = {campo.clave for campo in p.campos} | {n.clave for n in p.numeros}
    familias = {familia.split(".")[0] for familia in FAMILIAS} - {"CAMPO", "NUMERO"}

    for columna in columnas_exportables([p], catalogos(), por_documento=True, con_personales=True):
        propia = columna in COMUNES or columna in DE_DOCUMENTO
        assert propia or columna.split(".")[0] in familias | del_formulario, columna


@pytest.mark.parametrize("clave", DE_FABRICA)
def test_ningun_hecho_se_queda_sin_columna(clave: str) -> None:
    columnas = set(columnas_exportables([procedimiento(clave)], catalogos(), False, True))
    columnas |= {"ocurrio.apertura", "actuo.apertura"}  # es `recibido`, con otro nombre
    de_un_elemento = re.compile(r"\.\d+(\.|$)")

    for historia in vivir(clave, 9, 2):
        for tramo in historia.tramos(historia.actuaciones[-1].capturado):
            sueltos = {h for h in tramo.hechos if not de_un_elemento.search(h)}
            assert sueltos <= columnas
            assert {d for doc in tramo.documentos for d in doc} <= set(DE_DOCUMENTO)


NADIE = ("Ofelia", "Cervantes", "Cázares", "5 de Febrero", "8711550199", "XIOZ850315MDGCRN03")
PERSONA = {
    "beneficiario.curp": "XIOZ850315MDGCRN03",
    "beneficiario.telefono": "8711550199",
    "acompanantes.0.nombres": "Ofelia",
    "acompanantes.0.primer_apellido": "Cervantes",
}


@pytest.mark.parametrize("por_documento", [(), ("--por-documento",)], ids=["casos", "oficios"])
def test_sin_pedirlos_no_salen_datos_de_nadie(por_documento: Sequence[str], correr: Correr) -> None:
    folio = abrir_viaje(correr, **PERSONA)
    llevar_a(correr, folio, "entregar")
    correr("avanzar", folio, "--recibe", "Ofelia Cervantes", "--nota", "Vino Ofelia Cervantes.")

    callado = correr("exportar", "hechos", *por_documento)
    todo = correr("exportar", "hechos", "--con-datos-personales", *por_documento)

    assert callado.codigo == todo.codigo == 0
    assert [dicho for dicho in NADIE if dicho in callado.stdout] == []
    assert [dicho for dicho in NADIE if dicho not in todo.stdout] == []
    assert VIAJE["domicilio.colonia"] in callado.stdout  # una colonia no dice de quién es


@pytest.mark.parametrize("clave", DE_FABRICA)
def test_ningun_texto_libre_ni_dato_sensible_tiene_columna(clave: str) -> None:
    p = procedimiento(clave)
    columnas = set(columnas_exportables([p], catalogos(), por_documento=True, con_personales=False))

    prohibidas = {
        hoja.clave.replace(".#", "", 1)
        for hoja in p.hojas.values()
        if hoja.sensible or hoja.tipo in ("texto", "parrafo", "curp", "telefono", "codigo-postal")
    }
    permitidas = {c for c in prohibidas if c.endswith((".colonia", ".localidad"))}
    listas = {campo.clave for campo in p.campos if campo.lista}
    assert columnas & prohibidas <= permitidas | listas
    assert not {c for c in columnas if c.endswith((".latitud", ".longitud", "nombre_completo"))}
    assert not columnas & {"doc.recibe", "doc.motivo"}
    assert not {c for c in columnas if c.startswith("nota.")}


def test_el_fichero_es_para_excel_y_la_tuberia_no(correr: Correr, tmp_path: Path) -> None:
    abrir_viaje(correr)

    dicho = correr("exportar", "hechos", "--salida", tmp_path / "hechos.csv")
    por_tuberia = correr("exportar", "hechos")

    crudo = (tmp_path / "hechos.csv").read_bytes()
    assert dicho.stdout == f"1 renglones en {tmp_path / 'hechos.csv'}\n"
    assert crudo.startswith(b"\xef\xbb\xbffolio,procedimiento,desde,hasta,")
    assert crudo.count(b"\r\n") == crudo.count(b"\n") == 2
    assert por_tuberia.stdout == crudo.decode("utf-8-sig").replace("\r\n", "\n")


def test_hacerlo_otra_vez_da_los_mismos_bytes_y_en_orden(con_historia: Path) -> None:
    una, otra = (
        hechos_de_la_oficina(sentarse(con_historia, TARDE, "recepcion"), Seleccion())
        for _ in range(2)
    )
    lugares = [(fila[0], fila[2]) for fila in una.renglones]

    assert una.como_csv() == otra.como_csv()
    assert lugares == sorted(lugares)
    assert una.columnas[: len(COMUNES)] == tuple(COMUNES)


def test_los_renglones_de_un_caso_van_uno_tras_otro(con_historia: Path) -> None:
    tabla = hechos_de_la_oficina(sentarse(con_historia, TARDE, "recepcion"), Seleccion())
    desde, hasta = tabla.columnas.index("desde"), tabla.columnas.index("hasta")

    for uno, siguiente in zip(tabla.renglones, tabla.renglones[1:], strict=False):
        if uno[0] == siguiente[0]:
            assert uno[hasta] == siguiente[desde]
        else:
            assert uno[hasta] is None


def test_las_fechas_y_el_corte_dejan_lo_que_constaba(con_historia: Path) -> None:
    v = sentarse(con_historia, TARDE, "recepcion")
    todo = hechos_de_la_oficina(v, Seleccion((REPORTES,)))
    al = "2026-03-20 12:00"

    de_marzo = hechos_de_la_oficina(v, Seleccion((REPORTES,), "2026-03-10", "2026-03-12"))
    de_entonces = hechos_de_la_oficina(v, Seleccion((REPORTES,), al=al))

    assert set(de_marzo.renglones) < set(todo.renglones)
    for fila in de_marzo.renglones:
        assert str(fila[2]) <= "2026-03-12" and (fila[3] is None or str(fila[3]) >= "2026-03-10")
    assert de_entonces.al.isoformat() == "2026-03-20T12:00:00-06:00"
    assert max(str(fila[2]) for fila in de_entonces.renglones) <= "2026-03-20"


def test_sin_la_columna_que_se_contaria_de_mas() -> None:
    por_oficio = columnas_exportables([procedimiento(OFICIOS)], catalogos(), True, False)

    assert not set(por_oficio) & set(MOVIMIENTOS)
    assert {"doc.numero", "doc.estado"} <= set(por_oficio)


def test_lo_ilegible_se_nombra_y_el_codigo_lo_dice(correr: Correr, oficina: Path) -> None:
    folio = abrir_viaje(correr)
    (oficina / "expedientes/2026" / folio / ".revisiones/000001/expediente.yaml").write_text("x: [")

    corrida = correr("exportar", "hechos", "--json")

    dicho = objeto(corrida)
    assert corrida.codigo == 1
    assert dicho["cuantos"] == 0 and folio in dicho["problemas"][0]


@pytest.mark.parametrize(
    ("argumentos", "codigo"),
    [
        (("--procedimiento", "estrela-blanca"), 66),
        (("--al", "2027-01-01"), 2),
        (("--desde", "2026-11-20", "--hasta", "2026-11-01"), 2),
        (("--desde", "ayer"), 2),
        (("--salida", "no/hay/tal/hechos.csv"), 66),
    ],
)
def test_lo_mal_pedido_se_dice(argumentos: Sequence[str], codigo: int, correr: Correr) -> None:
    corrida = correr("exportar", "hechos", *argumentos)

    assert corrida.codigo == codigo, corrida
    assert corrida.stdout == "" and corrida.stderr


def test_el_json_trae_los_hechos_con_su_tipo(correr: Correr) -> None:
    correr("abrir", REPORTES, *datos({"tipo_servicio": "fuga_toma", "anonimo": "sí"}))

    dicho = objeto(correr("exportar", "hechos", "--procedimiento", REPORTES, "--json"))

    [hecho] = dicho["hechos"]
    assert hecho["folio"] == "RS-2026-0001" and hecho["recibidos"] == 1
    assert hecho["anonimo"] == 1 and hecho["tipo_servicio.programa_24h"] == 1
    assert hecho["desde"] == "2026-11-20" and "hasta" not in hecho
    assert dicho["cuantos"] == 1 and dicho["ficheros"] == []


@pytest.mark.parametrize("nombre", ["hechos.xlsx", "hechos"])
def test_un_fichero_que_no_es_csv_se_rechaza(correr: Correr, tmp_path: Path, nombre: str) -> None:
    dicho = correr("exportar", "hechos", "--salida", tmp_path / nombre)

    assert dicho.codigo == 2 and "termine en .csv, como hechos.csv" in dicho.stderr
    assert not (tmp_path / nombre).exists()
