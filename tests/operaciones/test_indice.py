"""El índice da exactamente lo que da leer todos los ficheros, y nunca estorba."""

import os
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from expediente.almacen import firmas, huellas, indice, registro
from expediente.almacen.cambios import anunciar
from expediente.almacen.carpetas import carpeta_de_casos, folios
from expediente.almacen.cifras_guardadas import contar_guardado, resumen_guardado
from expediente.almacen.copias import empaquetar
from expediente.almacen.copias_a_mano import copias_a_mano
from expediente.almacen.frescura import esta_al_dia
from expediente.almacen.huellas import vistazo
from expediente.almacen.indice import (
    Indice,
    SinIndice,
    abrir_indice,
    ruta_del_indice,
    sin_estorbar,
)
from expediente.almacen.marcas_leidas import anunciadas
from expediente.nucleo.cifras import Cuenta, calcular
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.informe import Informe
from expediente.nucleo.periodo import ACTUAL, ANTERIOR, Periodo, leer_periodo
from expediente.operaciones import indice_al_dia as refresco
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar, tomar_carpeta
from expediente.operaciones.cuidado_del_indice import borrar, comparar, reconstruir
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.fuente import tramos_leidos
from expediente.operaciones.indice_al_dia import indice_al_dia
from expediente.operaciones.informes import informes_que_hay
from expediente.operaciones.pasada import recorrer
from expediente.operaciones.ventanilla import Ventanilla
from tests.conftest import Correr, olvidar_lo_leido
from tests.operaciones.tramites import (
    VIAJE,
    Abridor,
    autorizada,
    canalizado,
    concluida,
    dar,
    improcedente,
    por_autorizar,
    solicitud,
)

Y_DESPUES = "2026-11-23 10:00"


@pytest.fixture(autouse=True)
def cache_aparte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """La caché de esta prueba."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "expediente"


@pytest.fixture
def sin_prisa(monkeypatch: pytest.MonkeyPatch) -> None:
    """Como si todo se hubiera tocado hace rato: lo que no cambió no se vuelve a mirar."""
    monkeypatch.setattr(firmas, "_RECIENTE_NS", -(10**18))
    monkeypatch.setattr(huellas, "_RECIENTE_NS", -(10**18))


@pytest.fixture
def con_casos(ventanilla: Abridor) -> Ventanilla:
    """Una oficina con casos en varios pasos, y su ventanilla unos días después."""
    v = ventanilla("2026-11-18 10:00")
    solicitud(v)
    autorizada(v, destino="saltillo")
    concluida(v)
    canalizado(v)
    improcedente(v)
    return ventanilla(Y_DESPUES)


Dichas = tuple[list[Any], list[str]]


def pedidos(v: Ventanilla, al: datetime) -> list[tuple[Informe, Periodo]]:
    """Cada informe, en el periodo en curso y en el anterior."""
    return [
        (informe, leer_periodo(informe.periodos[0], escrito, al.date()))
        for informe in informes_que_hay(v)
        for escrito in (ACTUAL, ANTERIOR)
    ]


def de_los_ficheros(v: Ventanilla, al: datetime) -> Dichas:
    """Las cifras de todos los informes y los problemas, leyendo cada expediente."""
    todos = pedidos(v, al)
    fuente = tramos_leidos(v, {c for informe, _ in todos for c in informe.procedimientos}, al)
    tramos = list(fuente.tramos)
    return [calcular(informe, periodo, al, tramos) for informe, periodo in todos], fuente.problemas


def del_indice(v: Ventanilla, al: datetime) -> Dichas:
    """Lo mismo, por donde lo piden los informes."""
    todos = pedidos(v, al)
    cuentas = [Cuenta(informe, periodo, al) for informe, periodo in todos]
    problemas = recorrer(v, cuentas, al)
    return [cuenta.cifras() for cuenta in cuentas], list(problemas)


def comprobar_que_dan_lo_mismo(v: Ventanilla, aprisa: bool = False) -> None:
    """Cada informe, en dos periodos y a dos cortes, por todos los caminos."""
    for al in (v.ahora, v.ahora - timedelta(days=1), v.ahora - timedelta(days=4)):
        de_ficheros = de_los_ficheros(v, al)
        assert del_indice(v, al) == de_ficheros
        contesto = comprobar_el_atajo(v, al, de_ficheros)
    assert comparar(v)[1] == ()
    if aprisa:
        assert contesto or comprobar_el_atajo(v, v.ahora, de_los_ficheros(v, v.ahora))


def comprobar_el_atajo(v: Ventanilla, al: datetime, de_ficheros: Dichas) -> int:
    """Cuántos informes están ya contados; lo que dicen, es lo mismo."""
    if not esta_fresco(v):
        return 0
    contestados = 0
    with abierto(v) as hay:
        for (informe, periodo), cifras in zip(pedidos(v, al), de_ficheros[0], strict=True):
            if (dice := resumen_guardado(hay, informe.clave)) is None:
                continue
            dias = (periodo.desde, periodo.hasta)
            if (conteo := contar_guardado(hay, dice, *dias, al, periodo.corte(al))) is not None:
                contestados += 1
                assert list(conteo.totales.items()) == list(cifras.totales.items())
                assert _en_orden(conteo.grupos) == _en_orden(cifras.grupos)
    return contestados


def esta_fresco(v: Ventanilla) -> bool:
    """Si el índice puede contestar sin leer nada más."""
    hay = abrir_indice(v.raiz, crear=False)
    if hay is None:
        return False
    with hay:
        return esta_al_dia(hay, vistazo(v.raiz))


def abierto(v: Ventanilla) -> Indice:
    """El índice, como esté."""
    hay = abrir_indice(v.raiz, crear=False)
    assert hay is not None
    return hay


def _en_orden(grupos: Any) -> Any:
    return {clave: list(cuenta.items()) for clave, cuenta in grupos.items()}


@pytest.mark.parametrize(
    "semilla", [0, 1, *(pytest.param(n, marks=pytest.mark.largo) for n in range(2, 12))]
)
def test_tras_una_historia_al_azar_dan_lo_mismo(
    semilla: int, ventanilla: Abridor, sin_prisa: None
) -> None:
    azar = random.Random(semilla)
    for dia in range(3):
        v = ventanilla(f"2026-11-{17 + dia} 10:00")
        for _ in range(4):
            azar.choice(LO_QUE_PASA)(v, azar)
        comprobar_que_dan_lo_mismo(v, aprisa=True)


def _algun(v: Ventanilla, azar: random.Random) -> str | None:
    hay = [str(f) for f in folios(v.raiz)]
    return azar.choice(hay) if hay else None


def _asentar(v: Ventanilla, azar: random.Random) -> None:
    evento = azar.choice(["cancelar", "suspender", "reanudar", "reabrir", "deshacer", "desistir"])
    if folio := _algun(v, azar):
        try:
            asentar_evento(v, folio, evento, Dicho("Porque sí."))
        except ErrorExpediente:
            return  # no tocaba


def _copiar_de_una_brigada(v: Ventanilla, azar: random.Random) -> None:
    """Llega una carpeta que nadie anunció."""
    if folio := _algun(v, azar):
        carpeta = carpeta_de_casos(v.raiz) / "2026" / folio
        otra = carpeta.with_name(f"{folio.split('-')[0]}-2026-{azar.randrange(500, 9000)}")
        if not otra.exists():
            shutil.copytree(carpeta, otra)


def _perder(v: Ventanilla, azar: random.Random) -> None:
    if folio := _algun(v, azar):
        shutil.rmtree(carpeta_de_casos(v.raiz) / "2026" / folio)


def _estropear(v: Ventanilla, azar: random.Random) -> None:
    if folio := _algun(v, azar):
        carpeta = carpeta_de_casos(v.raiz) / "2026" / folio
        revision = f"{registro.ultima_revision(carpeta):06d}"
        vigente = carpeta / registro.REVISIONES / revision / "expediente.yaml"
        vigente.write_text("folio: [", encoding="utf-8")


LO_QUE_PASA: list[Callable[[Ventanilla, random.Random], object]] = [
    lambda v, _: solicitud(v),
    lambda v, _: por_autorizar(v),
    lambda v, _: concluida(v, destino="saltillo"),
    lambda v, _: canalizado(v),
    lambda v, _: improcedente(v),
    _asentar,
    _asentar,
    _copiar_de_una_brigada,
    _perder,
    _estropear,
]


def editar(ruta: Path, antes: str, despues: str) -> None:
    """Cambia un fichero de la oficina, como alguien en el Bloc de notas."""
    dice = ruta.read_text(encoding="utf-8")
    assert antes in dice, ruta
    ruta.write_text(dice.replace(antes, despues), encoding="utf-8")
    olvidar_lo_leido()


def test_si_cambian_las_reglas_se_calcula_con_las_nuevas(
    con_casos: Ventanilla, ventanilla: Abridor, sin_prisa: None
) -> None:
    raiz = con_casos.raiz
    comprobar_que_dan_lo_mismo(con_casos, aprisa=True)

    editar(raiz / "catalogos" / "destinos.yaml", "Saltillo", "Ciudad de Saltillo")
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES), aprisa=True)
    editar(
        raiz / "inhabiles" / "2026.yaml",
        "inhabiles:\n",
        "inhabiles:\n  - {fecha: 2026-11-19, motivo: Puente}\n",
    )
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES), aprisa=True)
    editar(raiz / "oficina.yaml", "America/Monterrey", "Europe/Madrid")
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES), aprisa=True)
    (raiz / "inhabiles" / "2026.yaml").unlink()
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES))
    shutil.rmtree(raiz / "procedimientos" / ".versiones" / "estrella-blanca")
    editar(raiz / "procedimientos" / "estrella-blanca.yaml", "version: '1'", "version: '2'")
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES))


def test_si_las_reglas_cambian_mientras_se_calcula_se_vuelve_a_calcular(
    con_casos: Ventanilla,
    ventanilla: Abridor,
    sin_prisa: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Se calculó con las que ya se habían leído, pero en el disco ya están otras."""
    de_veras = refresco.huella_de_reglas

    def huella(v: Ventanilla, clave: str, version: str) -> str:
        catalogo = v.raiz / "catalogos" / "destinos.yaml"
        dice = catalogo.read_text(encoding="utf-8").replace("nombre: Saltillo", "nombre: Otro")
        catalogo.write_text(dice, encoding="utf-8")
        return de_veras(v, clave, version)

    monkeypatch.setattr(refresco, "huella_de_reglas", huella)
    indice_al_dia(con_casos).cerrar()
    monkeypatch.setattr(refresco, "huella_de_reglas", de_veras)

    assert not esta_fresco(con_casos)
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES), aprisa=True)


def test_si_cambia_un_informe_se_cuenta_con_el_nuevo(
    con_casos: Ventanilla, ventanilla: Abridor, sin_prisa: None
) -> None:
    definicion = con_casos.raiz / "informes" / "estrella-blanca.yaml"
    comprobar_que_dan_lo_mismo(con_casos, aprisa=True)

    editar(
        definicion,
        "totales:\n",
        "totales:\n  - {clave: todos, nombre: Todos, cuenta: 'si(vencido, sí, sí)'}\n",
    )
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES), aprisa=True)
    otra = definicion.with_name("otro.yaml")
    otra.write_text(
        definicion.read_text("utf-8").replace("clave: estrella-blanca", "clave: otro", 1), "utf-8"
    )
    comprobar_que_dan_lo_mismo(ventanilla(Y_DESPUES), aprisa=True)
    otra.unlink()
    v = ventanilla(Y_DESPUES)
    comprobar_que_dan_lo_mismo(v, aprisa=True)
    with abierto(v) as hay:
        assert resumen_guardado(hay, "otro") is None


def test_lo_que_se_capturo_tarde_no_cuenta_en_un_corte_de_antes(
    con_casos: Ventanilla, ventanilla: Abridor, sin_prisa: None
) -> None:
    """Pasó el martes, se tecleó el viernes: el jueves no se sabía."""
    tarde = Solicitud("estrella-blanca", VIAJE, recibido="2026-11-17 09:00")
    abrir(ventanilla("2026-11-20 10:00"), tarde)
    v = ventanilla(Y_DESPUES)
    el_jueves = v.momento("2026-11-19 10:00")
    comprobar_que_dan_lo_mismo(v, aprisa=True)

    antes, despues = (
        de_los_ficheros(v, el_jueves),
        de_los_ficheros(v, v.momento("2026-11-20 18:00")),
    )

    assert antes != despues
    assert del_indice(v, el_jueves) == antes
    assert comprobar_el_atajo(v, el_jueves, antes) == 0


def test_entre_ordenes_solo_se_lee_lo_que_se_anuncio(
    con_casos: Ventanilla, sin_prisa: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    indice_al_dia(con_casos).cerrar()
    leidos: list[str] = []
    de_veras = refresco.Lector.leer

    def leer(lector: Any, folio: str) -> Any:
        leidos.append(folio)
        return de_veras(lector, folio)

    monkeypatch.setattr(refresco.Lector, "leer", leer)
    monkeypatch.setattr(refresco, "recorrer_casos", pytest.fail)  # ni se recorre la carpeta

    indice_al_dia(con_casos).cerrar()
    assert leidos == []
    folio = solicitud(con_casos)
    assert not esta_fresco(con_casos)
    indice_al_dia(con_casos).cerrar()

    assert leidos == [folio]
    assert esta_fresco(con_casos)


def test_lo_que_nadie_anuncio_lo_halla_el_recorrido(con_casos: Ventanilla, sin_prisa: None) -> None:
    indice_al_dia(con_casos).cerrar()
    de, a = (carpeta_de_casos(con_casos.raiz) / "2026" / f"EB-2026-{n}" for n in ("0001", "0777"))
    shutil.copytree(de, a)

    with indice_al_dia(con_casos) as sin_recorrer:
        assert "EB-2026-0777" not in sin_recorrer.folios()
    with indice_al_dia(con_casos, completo=True) as recorrido:
        assert "EB-2026-0777" in recorrido.folios()


def test_si_no_se_pudo_marcar_el_cambio_no_se_pierde(con_casos: Ventanilla) -> None:
    indice_al_dia(con_casos).cerrar()
    shutil.rmtree(carpeta_de_casos(con_casos.raiz) / ".cambios")
    (carpeta_de_casos(con_casos.raiz) / ".cambios").write_text("", encoding="utf-8")

    folio = solicitud(con_casos)

    assert tomar(con_casos, folio).folio == folio
    comprobar_que_dan_lo_mismo(con_casos)


def test_la_revision_que_se_anuncio_antes_de_publicarse_se_espera(
    con_casos: Ventanilla, sin_prisa: None
) -> None:
    """El anuncio se leyó mientras el otro todavía escribía: no vuelve a anunciarse."""
    casos = carpeta_de_casos(con_casos.raiz)
    carpeta = casos / "2026" / "EB-2026-0001"
    aparte = casos.parent / "aparte"
    indice_al_dia(con_casos).cerrar()
    shutil.copytree(casos, aparte)
    dar(con_casos, "EB-2026-0001")
    publicada = carpeta / registro.REVISIONES / "000002"
    publicada.rename(casos.parent / "por-publicar")
    with indice_al_dia(con_casos) as antes:
        assert antes.guardado("EB-2026-0001").revision == 1  # type: ignore[union-attr]
    assert esta_fresco(con_casos)

    (casos.parent / "por-publicar").rename(publicada)

    assert not esta_fresco(con_casos)
    with indice_al_dia(con_casos) as despues:
        assert despues.guardado("EB-2026-0001").revision == 2  # type: ignore[union-attr]
    comprobar_que_dan_lo_mismo(con_casos, aprisa=True)


def test_un_anuncio_que_nadie_cumple_deja_de_esperarse(
    con_casos: Ventanilla, sin_prisa: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    anunciar(carpeta_de_casos(con_casos.raiz), "EB-2026-0001", 99)
    with indice_al_dia(con_casos) as antes:
        assert len(anunciadas(antes)) == 1
    dentro_de_dos_horas = time.time() + 7_200
    monkeypatch.setattr(time, "time", lambda: dentro_de_dos_horas)
    solicitud(con_casos)

    with indice_al_dia(con_casos) as despues:
        assert len(anunciadas(despues)) == 0


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


def comprobar_que_dan_lo_mismo_aunque_falle(v: Ventanilla) -> None:
    """La primera vez que se pide, por lo que sea que se encuentre."""
    assert del_indice(v, v.ahora) == de_los_ficheros(v, v.ahora)


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
