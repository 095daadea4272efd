"""Dañado, ocupado, a medio hacer o sin dónde guardarse, el índice no cambia ninguna cifra."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from expediente.almacen import indice
from expediente.almacen.carpetas import carpeta_de_casos
from expediente.almacen.cifras_guardadas import contar_guardado, resumen_guardado
from expediente.almacen.copias import empaquetar
from expediente.almacen.copias_a_mano import copias_a_mano
from expediente.almacen.indice import (
    SinIndice,
    abrir_indice,
    ruta_del_indice,
    sin_estorbar,
)
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.periodo import leer_periodo
from expediente.operaciones import indice_al_dia as refresco
from expediente.operaciones.asunto import tomar, tomar_carpeta
from expediente.operaciones.cuidado_del_indice import borrar, comparar, reconstruir
from expediente.operaciones.indice_al_dia import indice_al_dia
from expediente.operaciones.ventanilla import Ventanilla
from tests.conftest import Correr, olvidar_lo_leido
from tests.operaciones.indices import (
    comprobar_que_dan_lo_mismo,
    comprobar_que_dan_lo_mismo_aunque_falle,
    de_los_ficheros,
    editar,
    esta_fresco,
)
from tests.operaciones.tramites import (
    dar,
    solicitud,
)

pytestmark = pytest.mark.usefixtures("cache_aparte")


def danar(ruta: Path) -> None:
    """Pone basura a la mitad del índice."""
    crudo = bytearray(ruta.read_bytes())
    crudo[4096 : len(crudo) - 4096] = os.urandom(len(crudo) - 8192)
    ruta.write_bytes(crudo)


def cortar(ruta: Path) -> None:
    """Deja el índice a la mitad."""
    ruta.write_bytes(ruta.read_bytes()[: ruta.stat().st_size // 2])


def otra_version(ruta: Path) -> None:
    """Lo hizo otra versión del programa."""
    with sqlite3.connect(ruta) as base:
        base.execute("UPDATE ajustes SET dice = '0' WHERE clave = 'esquema'")
    base.close()


@pytest.mark.parametrize(
    "hacer",
    [
        danar,
        cortar,
        otra_version,
        lambda ruta: ruta.write_bytes(b"no es una base"),
        lambda ruta: ruta.write_bytes(b""),
    ],
)
def test_un_indice_danado_se_rehace_y_da_lo_mismo(
    hacer: Callable[[Path], object], con_casos: Ventanilla, sin_prisa: None
) -> None:
    indice_al_dia(con_casos).cerrar()
    hacer(ruta_del_indice(con_casos.raiz))

    comprobar_que_dan_lo_mismo_aunque_falle(con_casos)
    comprobar_que_dan_lo_mismo(con_casos, aprisa=True)


def test_una_copia_danada_se_lee_de_su_expediente(con_casos: Ventanilla, sin_prisa: None) -> None:
    indice_al_dia(con_casos).cerrar()
    with sqlite3.connect(ruta_del_indice(con_casos.raiz)) as base:
        base.execute("UPDATE tramos SET tramos = x'00'")
    base.close()

    comprobar_que_dan_lo_mismo_aunque_falle(con_casos)


@pytest.mark.parametrize(
    "cambio",
    [
        "UPDATE temas SET dice = substr(dice, 3) WHERE dice != ''",
        "UPDATE perfiles SET dice = '[[1],[],' || id || ']'",
        "UPDATE dias SET clave = 'nada'",
        "UPDATE abiertos SET hasta = 0",
    ],
)
def test_lo_contado_que_se_dano_no_se_ensena(
    cambio: str, con_casos: Ventanilla, sin_prisa: None
) -> None:
    indice_al_dia(con_casos).cerrar()
    with sqlite3.connect(ruta_del_indice(con_casos.raiz)) as base:
        base.execute(cambio)
    base.close()

    al, semana = con_casos.ahora, leer_periodo("semana", "2026-W47", con_casos.ahora.date())
    with (
        pytest.raises(SinIndice),
        sin_estorbar(con_casos.raiz),
        indice_al_dia(con_casos) as contado,
    ):
        dice = resumen_guardado(contado, "estatus-reportes")
        assert dice is not None
        contar_guardado(contado, dice, semana.desde, semana.hasta, al, semana.corte(al))

    comprobar_que_dan_lo_mismo(con_casos, aprisa=True)


def test_un_expediente_copiado_con_otro_folio_no_se_cuenta_dos_veces(
    con_casos: Ventanilla,
) -> None:
    anio = carpeta_de_casos(con_casos.raiz) / "2026"
    shutil.copytree(anio / "EB-2026-0001", anio / "EB-2026-0900")

    comprobar_que_dan_lo_mismo(con_casos)
    _, problemas = de_los_ficheros(con_casos, con_casos.ahora)
    assert [p.split(":")[0] for p in problemas] == ["EB-2026-0900"]
    assert "dentro dice que es EB-2026-0001" in problemas[0]


def test_sin_donde_guardarlo_se_leen_los_ficheros(
    con_casos: Ventanilla, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ocupado").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "ocupado"))

    comprobar_que_dan_lo_mismo_aunque_falle(con_casos)

    assert not esta_fresco(con_casos)
    with pytest.raises(ErrorExpediente, match="más despacio"):
        reconstruir(con_casos)


def test_si_otro_lo_refresca_se_leen_los_ficheros(
    con_casos: Ventanilla, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresco, "_ESPERA", 0.05)
    indice_al_dia(con_casos).cerrar()
    solicitud(con_casos)
    otro = abrir_indice(con_casos.raiz)
    assert otro is not None

    with otro.turno():
        with pytest.raises(SinIndice):
            indice_al_dia(con_casos)
        comprobar_que_dan_lo_mismo_aunque_falle(con_casos)
    otro.cerrar()

    comprobar_que_dan_lo_mismo(con_casos)


@pytest.mark.skipif(sys.platform == "win32", reason="necesita fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_apagarse_a_medio_refresco_no_cambia_ninguna_cifra(
    con_casos: Ventanilla, monkeypatch: pytest.MonkeyPatch, sin_prisa: None
) -> None:
    monkeypatch.setattr(refresco, "_TANDA", 1)
    for apagon in range(1, 6):
        borrar(con_casos)
        hijo = os.fork()
        if not hijo:
            _morir_en(con_casos, apagon)
        assert os.waitstatus_to_exitcode(os.waitpid(hijo, 0)[1]) == 137
        assert not esta_fresco(con_casos)
        comprobar_que_dan_lo_mismo_aunque_falle(con_casos)
    comprobar_que_dan_lo_mismo(con_casos, aprisa=True)


def _morir_en(v: Ventanilla, apagon: int) -> None:
    quedan = iter(range(apagon - 1, -1, -1))
    try:
        indice_al_dia(v, al_avanzar=lambda _: None if next(quedan) else os._exit(137))
    finally:
        os._exit(1)


@pytest.mark.skipif(sys.platform == "win32", reason="necesita fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
@pytest.mark.parametrize(
    ("regla", "antes", "despues"),
    [
        (
            "informes/estrella-blanca.yaml",
            "totales:\n",
            "totales:\n  - {clave: otro, nombre: Otro, cuenta: 'sí'}\n",
        ),
        ("catalogos/destinos.yaml", "nombre: S", "nombre: De S"),
    ],
)
def test_apagarse_mientras_se_recalcula_y_volver_a_las_reglas_de_antes(
    regla: str,
    antes: str,
    despues: str,
    con_casos: Ventanilla,
    sin_prisa: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Lo que quedó a medias con otras reglas no pasa por calculado con las de antes."""
    monkeypatch.setattr(refresco, "_TANDA", 1)
    indice_al_dia(con_casos).cerrar()
    vigente, guardada = con_casos.raiz / regla, con_casos.raiz / "de-antes"
    for apagon in (1, 2):
        shutil.copy2(vigente, vigente.with_suffix(".otra"))
        vigente.rename(guardada)
        vigente.with_suffix(".otra").rename(vigente)
        editar(vigente, antes, despues)
        hijo = os.fork()
        if not hijo:
            olvidar_lo_leido()
            _morir_al_recalcular(con_casos, apagon)
        assert os.waitstatus_to_exitcode(os.waitpid(hijo, 0)[1]) == 137
        guardada.replace(vigente)

        assert not esta_fresco(con_casos)
        comprobar_que_dan_lo_mismo(con_casos, aprisa=True)


def _morir_al_recalcular(v: Ventanilla, apagon: int) -> None:
    quedan = iter(range(apagon - 1, -1, -1))
    de_veras = refresco._Refresco._recontar, refresco._Refresco._recalculado

    def contando(hacer: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *con: hacer(*con) if next(quedan) else os._exit(137)

    refresco._Refresco._recontar = contando(de_veras[0])  # type: ignore[method-assign]
    refresco._Refresco._recalculado = contando(de_veras[1])  # type: ignore[method-assign]
    try:
        indice_al_dia(v)
    finally:
        os._exit(1)


@pytest.mark.skipif(sys.platform == "win32", reason="necesita fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_cuatro_a_la_vez_sobre_un_indice_que_no_existe(con_casos: Ventanilla) -> None:
    hijos = []
    for _ in range(4):
        hijo = os.fork()
        if not hijo:
            _comprobar_y_salir(con_casos)
        hijos.append(hijo)

    assert [os.waitstatus_to_exitcode(os.waitpid(h, 0)[1]) for h in hijos] == [0] * 4
    comprobar_que_dan_lo_mismo(con_casos)


def _comprobar_y_salir(v: Ventanilla) -> None:
    codigo = 1
    try:
        comprobar_que_dan_lo_mismo_aunque_falle(v)
        codigo = 0
    finally:
        os._exit(codigo)


def test_una_edicion_a_mano_sin_adoptar_no_cuenta_ni_estorba(con_casos: Ventanilla) -> None:
    """Lo que cuenta es lo publicado, aunque la copia que se ve esté rota."""
    visible = carpeta_de_casos(con_casos.raiz) / "2026" / "EB-2026-0001" / "expediente.yaml"
    antes = de_los_ficheros(con_casos, con_casos.ahora)
    visible.write_text("roto: [", encoding="utf-8")

    comprobar_que_dan_lo_mismo(con_casos)
    assert de_los_ficheros(con_casos, con_casos.ahora) == antes


@pytest.mark.skipif(sys.platform == "win32", reason="permisos de POSIX")
def test_lo_copiado_solo_lo_lee_su_dueno_y_nada_queda_en_la_oficina(
    con_casos: Ventanilla, cache_aparte: Path
) -> None:
    def en_la_oficina() -> set[str]:
        return {str(f.relative_to(con_casos.raiz)) for f in con_casos.raiz.rglob("*")}

    antes = en_la_oficina()

    comprobar_que_dan_lo_mismo_aunque_falle(con_casos)

    assert en_la_oficina() == antes
    assert cache_aparte.stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in cache_aparte.iterdir()} == {0o600}
    marcas = [f.name for f in con_casos.raiz.glob("expedientes/.cambios/*/*")]
    assert marcas and all(n[:2] in ("EB", "RS") and "Nu" not in n for n in marcas)
    assert borrar(con_casos) and not borrar(con_casos)
    assert not list(cache_aparte.glob("*.sqlite*"))


@pytest.fixture
def con_otra_copia(con_casos: Ventanilla) -> Iterator[None]:
    """El índice con la copia de EB-2026-0001 trastocada, para saber cuándo se usa."""
    indice_al_dia(con_casos).cerrar()
    with sqlite3.connect(ruta_del_indice(con_casos.raiz)) as base:
        mapa = {"folio": "COPIA", "procedimiento": "x", "version": "1", "revision": "1"}
        mapa["actuaciones"] = [tomar(con_casos, "EB-2026-0001").actuaciones[0].como_mapa()]  # type: ignore[assignment]
        orden = "UPDATE copias SET copia = ? WHERE caso = (SELECT id FROM casos WHERE folio = ?)"
        base.execute(orden, (empaquetar(mapa), "EB-2026-0001"))
    base.close()
    yield


def leido(v: Ventanilla) -> str:
    """Qué folio dice EB-2026-0001 al leerse."""
    from expediente.almacen.casos import leer_caso

    return leer_caso(carpeta_de_casos(v.raiz) / "2026" / "EB-2026-0001").caso.folio


def test_en_un_lote_se_usa_la_copia_y_suelto_se_lee_el_fichero(
    con_casos: Ventanilla, con_otra_copia: None
) -> None:
    with copias_a_mano(500):
        assert leido(con_casos) == "COPIA"
    with copias_a_mano(2):
        assert leido(con_casos) == "EB-2026-0001"
    assert leido(con_casos) == "EB-2026-0001"


def test_la_copia_de_otro_texto_no_se_usa(con_casos: Ventanilla, con_otra_copia: None) -> None:
    dar(con_casos, "EB-2026-0001")

    with copias_a_mano(500):
        assert leido(con_casos) == "EB-2026-0001"


def test_las_ordenes_lo_rehacen_lo_comparan_y_lo_borran(
    correr: Correr, con_casos: Ventanilla, sin_prisa: None
) -> None:
    assert correr("indice", "reconstruir") == (0, "Quedaron 5 expedientes en el índice.\n", "")
    assert correr("indice", "revisar").stdout == "El índice dice lo mismo que los 5 expedientes.\n"
    with sqlite3.connect(ruta_del_indice(con_casos.raiz)) as base:
        base.execute("DELETE FROM abiertos")
    base.close()

    distinto = correr("indice", "revisar")

    assert distinto.codigo == 1
    assert "EB-2026-0001: no está contado como dice su expediente." in distinto.stdout
    assert "indice reconstruir" in distinto.stderr
    assert correr("indice", "borrar").stdout == "Se borró el índice.\n"
    assert correr("indice", "borrar").stdout == "No había índice.\n"


def test_lo_que_alguien_cambio_por_dentro_lo_dice_la_comparacion(
    con_casos: Ventanilla, sin_prisa: None
) -> None:
    indice_al_dia(con_casos).cerrar()
    with sqlite3.connect(ruta_del_indice(con_casos.raiz)) as base:
        base.execute("UPDATE casos SET contenido = 'x' WHERE folio = 'EB-2026-0002'")
    base.close()

    assert [d.folio for d in comparar(con_casos)[1]] == ["EB-2026-0002"]


def test_el_asunto_se_lee_de_su_carpeta_aunque_el_indice_diga_otra_cosa(
    con_casos: Ventanilla, con_otra_copia: None
) -> None:
    assert tomar_carpeta(con_casos, carpeta_de_casos(con_casos.raiz) / "2026" / "EB-2026-0001")
    assert indice.ruta_del_indice(con_casos.raiz).exists()
