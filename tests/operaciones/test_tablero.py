"""El tablero de una oficina trabajada: dice lo mismo que los informes, y de nadie."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from expediente.nucleo.errores import DatosInvalidos, ErrorDisco, ErrorUso
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.tablero import hacer_tablero
from expediente.operaciones.ventanilla import sentarse
from tests.cli.oficinista import objeto
from tests.conftest import Correr, copiar
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    canalizado,
    concluida,
    dar,
    improcedente,
    solicitud,
)

MOVIMIENTO = ("abiertos_inicio", "recibidos", "reabiertos", "concluidos", "abiertos_final")
CANARIO = "Zzyxcanario"


@pytest.fixture(scope="module")
def oficina_de_fabrica(oficina_de_fabrica: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una oficina de dos semanas: viajes y reportes abiertos, concluidos y vencidos."""
    trabajada = tmp_path_factory.mktemp("dos_semanas") / "oficina"
    copiar(oficina_de_fabrica, trabajada)
    antes = sentarse(trabajada, datetime(2026, 11, 11, 10), "recepcion")
    for _ in range(3):
        canalizado(antes)
    concluida(antes)
    solicitud(antes, beneficiario__nombres=CANARIO, domicilio__calle=CANARIO)
    ahora = sentarse(trabajada, datetime(2026, 11, 20, 10), "recepcion")
    solicitud(ahora, beneficiario__primer_apellido=CANARIO)
    autorizada(ahora)
    canalizado(ahora)
    improcedente(ahora)
    atendido = canalizado(ahora, tipo_servicio="otro")
    dar(ahora, atendido, datos={"trabajo": "Se orientó."})
    return trabajada


def test_el_semaforo_es_el_de_la_lista(ventanilla: Abridor, tmp_path: Path) -> None:
    v = ventanilla("2026-11-20 14:00")

    tablero = hacer_tablero(v, salida=tmp_path / "t.html").tablero

    listados = Counter(r.semaforo(v.ahora) for r in listar(v, Filtro(abiertos=True)).renglones)
    dicho = {color: len(folios) for color, folios in tablero.oficina.colores.items() if folios}
    assert dicho == dict(listados)
    assert dicho["rojo"] == 4 and tablero.cuadra


@pytest.mark.parametrize("semana", ["2026-W46", "2026-W47"])
@pytest.mark.parametrize(
    ("clave", "procedimiento"),
    [("estatus-reportes", "reporte-servicio"), ("estrella-blanca", "estrella-blanca")],
)
def test_su_movimiento_es_el_de_los_informes(
    clave: str, procedimiento: str, semana: str, correr: Correr
) -> None:
    ahora = "2026-11-20 14:00"

    informe = objeto(
        correr("informe", clave, "--semana", semana, "--simular", "--json", ahora=ahora)
    )
    hecho = objeto(correr("tablero", "--json", ahora=ahora))

    [suyo] = [p for p in hecho["procedimientos"] if p["procedimiento"] == procedimiento]
    [dicha] = [s for s in suyo["semanas"] if s["semana"] == semana]
    assert dicha["totales"] == {que: informe["totales"][que] for que in MOVIMIENTO}


def test_la_oficina_es_la_suma_de_sus_procedimientos(correr: Correr) -> None:
    hecho = objeto(correr("tablero", "--json", ahora="2026-11-20 14:00"))

    for i, semana in enumerate(hecho["semanas"]):
        for que in MOVIMIENTO:
            suyos = [p["semanas"][i]["totales"][que] for p in hecho["procedimientos"]]
            assert semana["totales"][que] == sum(suyos)
    assert sum(hecho["rezago"].values()) == hecho["abiertos"] == sum(hecho["semaforo"].values())
    for desglose in hecho["desgloses"].values():
        assert sum(desglose.values()) == hecho["abiertos"]


def test_sus_indicadores_son_los_de_la_orden_indicador(correr: Correr) -> None:
    ahora = "2026-11-20 14:00"
    dichos = {
        i["clave"]: i for i in objeto(correr("tablero", "--json", ahora=ahora))["indicadores"]
    }

    solo = objeto(correr("indicador", "opdm-eficiencia-atencion", "--json", ahora=ahora))

    assert json.dumps(solo, ensure_ascii=False).count(dichos["opdm-eficiencia-atencion"]["valor"])


def test_no_lleva_nombres_ni_con_los_folios(ventanilla: Abridor, tmp_path: Path) -> None:
    v = ventanilla("2026-11-20 14:00")

    sin = hacer_tablero(v, salida=tmp_path / "sin.html").fichero.read_text("utf-8")
    con = hacer_tablero(v, salida=tmp_path / "con.html", con_folios=True).fichero.read_text("utf-8")

    for escrita in (sin, con):
        assert CANARIO not in escrita and "Ofelia" not in escrita
    assert "EB-2026-0001" not in sin and "EB-2026-0002" in con


def test_con_un_corte_pasado_dice_lo_que_entonces_se_sabia(
    ventanilla: Abridor, tmp_path: Path
) -> None:
    entonces = ventanilla("2026-11-13 09:00")
    dicho = hacer_tablero(entonces, salida=tmp_path / "entonces.html").fichero.read_bytes()

    v = ventanilla("2026-11-20 14:00")
    recordado = hacer_tablero(v, al="2026-11-13 09:00", salida=tmp_path / "luego.html")

    assert recordado.fichero.read_bytes() == dicho
    assert recordado.tablero.oficina.abiertos == 4


def test_el_corte_no_puede_ser_futuro(ventanilla: Abridor) -> None:
    with pytest.raises(ErrorUso, match="futuro"):
        hacer_tablero(ventanilla("2026-11-20 14:00"), al="2026-11-21 09:00")


def test_lo_ilegible_no_se_cuenta_ni_se_calla(correr: Correr, oficina: Path) -> None:
    ultima = sorted((oficina / "expedientes/2026/RS-2026-0001/.revisiones").iterdir())[-1]
    (ultima / "expediente.yaml").write_text("folio: [", "utf-8")

    corrida = correr("tablero", ahora="2026-11-20 14:00")

    assert corrida.codigo == 1
    assert "RS-2026-0001: no se contó." in corrida.stderr
    pagina = (oficina / "informes/tablero.html").read_text("utf-8")
    assert "RS-2026-0001: no se contó." in pagina.split('id="pendientes"')[1]
    assert "Estas cifras no están completas" in pagina


def test_los_casos_de_un_procedimiento_que_se_quito_se_siguen_contando(
    ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    antes = hacer_tablero(ventanilla("2026-11-20 14:00"), salida=tmp_path / "a.html").tablero
    (oficina / "procedimientos/reporte-servicio.yaml").unlink()

    despues = hacer_tablero(ventanilla("2026-11-20 14:00"), salida=tmp_path / "b.html").tablero

    assert despues.oficina.abiertos == antes.oficina.abiertos


def test_un_indicador_mal_escrito_no_deja_sin_tablero(
    ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    (oficina / "indicadores/opdm-conformidad.yaml").write_text("clave: otra\n", "utf-8")

    hecho = hacer_tablero(ventanilla("2026-11-20 14:00"), salida=tmp_path / "t.html")

    assert any("«opdm-conformidad»" in problema for problema in hecho.problemas)
    assert hecho.tablero.oficina.abiertos and not hecho.esta_completo


@pytest.mark.parametrize(
    ("expresion", "dicho"),
    [
        ("beneficiario.nombre_completo", "puede decir de quién es"),
        ("usuario.telefono", "puede decir de quién es"),
        ("motivo", "puede decir de quién es"),
        ("folio", "puede decir de quién es"),
        ("domicilio.calle", "puede decir de quién es"),
        ("aera.nombre", "no existe"),
    ],
)
def test_un_desglose_que_diria_de_quien_es_un_asunto_se_rehusa(
    expresion: str, dicho: str, ventanilla: Abridor, oficina: Path
) -> None:
    definicion = oficina / "tableros/general.yaml"
    escrita = definicion.read_text("utf-8").replace("    por: canal\n", f"    por: {expresion}\n")
    definicion.write_text(escrita, "utf-8")

    with pytest.raises(DatosInvalidos, match=dicho):
        hacer_tablero(ventanilla("2026-11-20 14:00"))
    assert not (oficina / "informes/tablero.html").exists()


def test_una_oficina_de_antes_usa_la_definicion_de_fabrica(
    ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    (oficina / "tableros/general.yaml").unlink()

    hecho = hacer_tablero(ventanilla("2026-11-20 14:00"), salida=tmp_path / "t.html")

    assert len(hecho.tablero.semanas) == 12 and hecho.tablero.desgloses


def test_una_llave_mal_escrita_dice_su_renglon(ventanilla: Abridor, oficina: Path) -> None:
    definicion = oficina / "tableros/general.yaml"
    definicion.write_text("nombre: Tablero\nsemana: '4'\n", "utf-8")

    with pytest.raises(DatosInvalidos, match=r"renglón 2: .*¿Quiso decir «semanas»\?"):
        hacer_tablero(ventanilla("2026-11-20 14:00"))


def test_se_escribe_entero_o_se_queda_el_anterior(
    ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    v = ventanilla("2026-11-20 14:00")
    (tmp_path / "ocupado").mkdir()

    with pytest.raises(ErrorDisco):
        hacer_tablero(v, salida=tmp_path / "ocupado")

    assert [*(tmp_path / "ocupado").iterdir()] == []
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".tmp-")] == []


def test_el_que_lleva_folios_no_pisa_al_de_siempre(correr: Correr, oficina: Path) -> None:
    correr("tablero")
    sin = (oficina / "informes/tablero.html").read_bytes()

    corrida = correr("tablero", "--con-folios")

    assert corrida.stdout.splitlines()[-1].endswith("tablero-con-folios.html")
    assert (oficina / "informes/tablero.html").read_bytes() == sin


def test_a_una_salida_sin_extension_se_le_pone_la_de_la_pagina(
    correr: Correr, tmp_path: Path
) -> None:
    for pedida, queda in (("tablero", "tablero.html"), ("otro.htm", "otro.htm")):
        corrida = correr("tablero", "--salida", tmp_path / pedida)

        assert corrida.stdout.splitlines()[-1] == f"Quedó en {tmp_path / queda}"
        assert (tmp_path / queda).is_file()


def test_uno_solo_se_dice_en_singular(correr: Correr, tmp_path: Path) -> None:
    correr("tablero", "--salida", tmp_path / "t.html", ahora="2026-11-20 14:00")

    escrita = (tmp_path / "t.html").read_text("utf-8")
    assert ", 1 excluido." in escrita
    assert "1 excluidos" not in escrita and "1 casos" not in escrita


def test_una_oficina_sin_asuntos_tambien_tiene_tablero(correr: Correr, tmp_path: Path) -> None:
    nueva = tmp_path / "nueva"
    correr("iniciar", nueva, "--de-prueba")
    corrida = correr("tablero", "--oficina", nueva, "--salida", tmp_path / "t.html")

    assert corrida.codigo == 0, corrida
    assert "No hay asuntos abiertos." in (tmp_path / "t.html").read_text("utf-8")


def test_revisar_dice_lo_que_la_definicion_tiene_mal(correr: Correr, oficina: Path) -> None:
    definicion = oficina / "tableros/general.yaml"
    escrita = definicion.read_text("utf-8").replace(
        "    por: canal\n", "    por: usuario.telefono\n"
    )
    definicion.write_text(escrita, "utf-8")

    corrida = correr("revisar")

    assert corrida.codigo == 1
    assert "tableros/general.yaml, desglose «canal»: «usuario.telefono»" in corrida.stdout
