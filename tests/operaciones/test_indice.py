"""El índice da exactamente lo que da leer todos los ficheros, y nunca estorba."""

import random
import shutil
import time
from collections.abc import Callable
from typing import Any

import pytest

from expediente.almacen import registro
from expediente.almacen.cambios import anunciar
from expediente.almacen.carpetas import carpeta_de_casos, folios
from expediente.almacen.cifras_guardadas import resumen_guardado
from expediente.almacen.marcas_leidas import anunciadas
from expediente.nucleo.errores import ErrorExpediente
from expediente.operaciones import indice_al_dia as refresco
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.indice_al_dia import indice_al_dia
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.indices import (
    Y_DESPUES,
    abierto,
    comprobar_el_atajo,
    comprobar_que_dan_lo_mismo,
    de_los_ficheros,
    del_indice,
    editar,
    esta_fresco,
)
from tests.operaciones.tramites import (
    VIAJE,
    Abridor,
    canalizado,
    concluida,
    dar,
    improcedente,
    por_autorizar,
    solicitud,
)

pytestmark = pytest.mark.usefixtures("cache_aparte")


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
