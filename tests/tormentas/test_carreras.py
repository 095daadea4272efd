"""Ocho personas a la vez: ninguna pierde lo suyo y ningún número sale dos veces."""

from functools import partial
from pathlib import Path

import pytest

from expediente.almacen import libro as libros
from expediente.almacen.carpetas import folios
from expediente.almacen.disco import TEMPORAL
from expediente.almacen.hojas import leer_hoja
from expediente.nucleo.avance import Peticion
from expediente.nucleo.errores import CasoCambio, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.archivo import archivar, verificar
from expediente.operaciones.asunto import tomar
from expediente.operaciones.auditoria_del_libro import auditar
from expediente.operaciones.avanzar import anexar, avanzar
from expediente.operaciones.cargar import cargar_hoja
from expediente.operaciones.numeros_de_fuera import DeFuera, registrar_del_rango
from expediente.operaciones.oficios import emitir
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla
from tests.tormentas.carreras import a_la_vez, insistir
from tests.tormentas.oficina_de_prueba import (
    OficinaDePrueba,
    abrir_eb,
    comprobar_carpetas,
    comprobar_reparada,
    historias,
    oficina_nueva,
)
from tests.tormentas.ordenes import EB, con_pendientes

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
PROCESOS = 8
YA_ESTABA = "Ya estaba registrado."
CHICA, GRANDE = 5, 50
POCAS = pytest.param(CHICA)
MUCHAS = pytest.param(GRANDE, marks=pytest.mark.largo)


def comprobar_sin_restos(oficina: OficinaDePrueba) -> None:
    """Ninguna carpeta vacía, ningún temporal y ningún problema, sin reparar nada."""
    comprobar_carpetas(oficina)
    assert list(oficina.vigilada.rglob(f"{TEMPORAL}*")) == []
    assert revisar(oficina.ventanilla(), []) == []


@pytest.mark.parametrize("cada_uno", [POCAS, MUCHAS])
def test_ocho_que_avanzan_el_mismo_caso_asientan_todos_sus_pasos(
    tmp_path: Path, cada_uno: int
) -> None:
    oficina = oficina_nueva(tmp_path, "vueltas")
    folio = abrir(oficina.ventanilla(), Solicitud("vueltas")).folio

    def girar(n: int) -> None:
        v = oficina.ventanilla()
        for vuelta in range(cada_uno):
            peticion = Peticion("girar", "otra", nota=f"{n}-{vuelta}")
            insistir(partial(avanzar, v, folio, peticion))

    a_la_vez(tmp_path, PROCESOS, girar)

    actuaciones = historias(oficina)[folio]
    notas = {f"{n}-{vuelta}" for n in range(PROCESOS) for vuelta in range(cada_uno)}
    assert [a.numero for a in actuaciones] == list(range(1, PROCESOS * cada_uno + 2))
    assert {a.nota for a in actuaciones[1:]} == notas
    comprobar_sin_restos(oficina)


@pytest.mark.parametrize("cada_uno", [POCAS, MUCHAS])
def test_ocho_que_abren_a_la_vez_tienen_folios_distintos_y_sin_saltos(
    tmp_path: Path, cada_uno: int
) -> None:
    oficina = oficina_nueva(tmp_path, "vueltas")

    def abrir_varios(n: int) -> list[str]:
        v = oficina.ventanilla()
        return [abrir(v, Solicitud("vueltas")).folio for _ in range(cada_uno)]

    dichos = a_la_vez(tmp_path, PROCESOS, abrir_varios)

    abiertos = sorted(folio for uno in dichos for folio in uno)  # type: ignore[attr-defined]  # listas de textos
    assert abiertos == [f"VU-2026-{n:04d}" for n in range(1, PROCESOS * cada_uno + 1)]
    comprobar_sin_restos(oficina)


@pytest.mark.parametrize("cada_uno", [POCAS, MUCHAS])
def test_ocho_que_toman_numero_del_mismo_libro_no_lo_repiten_ni_dejan_hueco(
    tmp_path: Path, cada_uno: int
) -> None:
    oficina = oficina_nueva(tmp_path, "numera")

    def numerar(n: int) -> None:
        v = oficina.ventanilla()
        for _ in range(cada_uno):
            avanzar(v, abrir(v, Solicitud("numera")).folio, Peticion("numerar"))

    a_la_vez(tmp_path, PROCESOS, numerar)

    v = oficina.ventanilla()
    numeros = [tomar(v, str(folio)).estado.datos["numero"] for folio in folios(v.raiz)]
    assert sorted(numeros) == [f"R-2026-{n:04d}" for n in range(1, PROCESOS * cada_uno + 1)]
    comprobar_sin_restos(oficina)


@pytest.mark.parametrize("cada_uno", [POCAS, MUCHAS])
def test_quienes_registran_a_mano_y_quienes_toman_numero_no_se_lo_quitan(
    tmp_path: Path, cada_uno: int
) -> None:
    """Cuatro pasan el libro de papel, del mismo rango, mientras otros cuatro toman números."""
    oficina = oficina_nueva(tmp_path, "numera")
    rango = range(1, 2 * PROCESOS * cada_uno + 1, 2)

    def usar_el_libro(n: int) -> list[str]:
        v = oficina.ventanilla()
        if n % 2:
            return [_numerado(v) for _ in range(cada_uno)]
        quien = DeFuera(por=f"Persona {n}", motivo="Libro de papel.")
        return [numero for i in rango if (numero := _registrado(v, f"R-2026-{i:04d}", quien))]

    dichos = a_la_vez(tmp_path, PROCESOS, usar_el_libro)

    v = oficina.ventanilla()
    tomados = [numero for uno in dichos for numero in uno]  # type: ignore[attr-defined]  # listas de textos
    assert sorted(tomados) == [a.numero for a in libros.asientos(v.raiz)]
    assert len(set(tomados)) == len(tomados)
    de_casos = {a.numero for a in libros.asientos(v.raiz) if not a.de_fuera}
    assert len(de_casos) == PROCESOS // 2 * cada_uno
    assert de_casos == {tomar(v, str(f)).estado.datos["numero"] for f in folios(v.raiz)}
    assert {f"R-2026-{i:04d}" for i in rango} <= set(tomados)
    assert all(a.problemas == () for a in auditar(v))


def _numerado(v: Ventanilla) -> str:
    folio = abrir(v, Solicitud("numera")).folio
    avanzar(v, folio, Peticion("numerar"))
    return tomar(v, folio).estado.datos["numero"]


def _registrado(v: Ventanilla, numero: str, quien: DeFuera) -> str | None:
    """El número, si lo registró él; None si ya era de otro."""
    try:
        return None if registrar_del_rango(v, numero, quien).aviso == YA_ESTABA else numero
    except (NoPermitido, CasoCambio):
        return None


@pytest.mark.parametrize("veces", [pytest.param(3), pytest.param(15, marks=pytest.mark.largo)])
def test_ocho_que_terminan_el_mismo_oficio_pendiente_dejan_uno_solo(
    tmp_path: Path, veces: int
) -> None:
    """Unos emiten y otros reparan; si alguien tomó un número de más, queda explicado."""
    oficina = oficina_nueva(tmp_path, "estrella-blanca")
    con_pendientes(oficina)
    oficina.guardar_molde()

    def terminar(n: int) -> None:
        v = oficina.ventanilla()
        if n % 2:
            revisar(v, [EB], reparar=True)
        else:
            insistir(lambda: emitir(v, EB))

    for _ in range(veces):
        oficina.reponer()
        a_la_vez(tmp_path, PROCESOS, terminar)

        v = oficina.ventanilla()
        (oficio,) = tomar(v, EB).estado.documentos
        vivos = [a for a in libros.asientos(v.raiz) if a.dice["estado"] != "cancelado"]
        assert [a.numero for a in vivos] == [oficio.numero]
        assert all(a.huecos == () and a.problemas == () for a in auditar(v))
        assert len(list((tomar(v, EB).carpeta / "documentos").iterdir())) == 1
        comprobar_reparada(oficina)


@pytest.mark.parametrize("cada_uno", [pytest.param(2), pytest.param(20, marks=pytest.mark.largo)])
def test_ocho_que_anexan_a_la_vez_no_se_pisan_los_ficheros(tmp_path: Path, cada_uno: int) -> None:
    oficina = oficina_nueva(tmp_path, "estrella-blanca")
    folio = abrir_eb(oficina.ventanilla())

    def anexar_varios(n: int) -> None:
        v = oficina.ventanilla()
        for vuelta in range(cada_uno):
            foto = tmp_path / f"foto-{n}.jpg"
            foto.write_bytes(f"{n}-{vuelta}".encode() * 1_000)
            insistir(partial(anexar, v, folio, [foto]))

    a_la_vez(tmp_path, PROCESOS, anexar_varios)

    anexos = tomar(oficina.ventanilla(), folio).estado.anexos
    assert len({a["fichero"] for a in anexos}) == PROCESOS * cada_uno
    assert len({a["sha256"] for a in anexos}) == PROCESOS * cada_uno
    comprobar_sin_restos(oficina)


def test_dos_que_archivan_el_mismo_lote_dejan_una_bolsa_de_cada_uno(tmp_path: Path) -> None:
    oficina = oficina_nueva(tmp_path, "estrella-blanca")
    lote = [abrir_eb(oficina.ventanilla(), 7) for _ in range(4)]

    def archivar_lote(n: int) -> None:
        v = oficina.ventanilla()
        for folio in lote:
            insistir(partial(archivar, v, folio, oficina.archivo))

    a_la_vez(tmp_path, 2, archivar_lote)

    v = oficina.ventanilla()
    hecha = verificar(v, oficina.archivo)
    assert (hecha.integras, hecha.problemas) == (4, ())
    for folio in lote:
        tipos = [a.tipo for a in historias(oficina)[folio]]
        assert tipos.count("archivo") == 1
    comprobar_sin_restos(oficina)


@pytest.mark.parametrize("procesos", [pytest.param(2), pytest.param(8, marks=pytest.mark.largo)])
def test_dos_que_cargan_la_misma_hoja_no_abren_dos_veces_ningun_renglon(
    tmp_path: Path, procesos: int
) -> None:
    oficina = oficina_nueva(tmp_path, "estrella-blanca")
    nombres = [f"{letra}na" for letra in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    (tmp_path / "hoja.csv").write_text("\n".join(["beneficiario.nombres", *nombres]) + "\n")
    hoja = leer_hoja(tmp_path / "hoja.csv")

    def cargar(n: int) -> list[int]:
        carga = cargar_hoja(oficina.ventanilla(), "estrella-blanca", hoja)
        assert carga.rechazados == ()
        return [len(carga.abiertos), len(carga.ya_estaban)]

    dichos = a_la_vez(tmp_path, procesos, cargar)

    v = oficina.ventanilla()
    abiertos = [
        tomar(v, str(folio)).estado.datos["beneficiario.nombres"] for folio in folios(v.raiz)
    ]
    assert sorted(abiertos) == sorted(nombres)
    assert sum(uno[0] for uno in dichos) == len(nombres)  # type: ignore[index]  # [abiertos, ya estaban]
    comprobar_sin_restos(oficina)


def test_un_renglon_apartado_por_quien_se_apago_no_estorba_a_los_demas(tmp_path: Path) -> None:
    """Quedó apartado un folio que después tomó otro caso: el renglón se abre con uno más."""
    oficina = oficina_nueva(tmp_path, "vueltas", "estrella-blanca")
    (tmp_path / "hoja.csv").write_text("beneficiario.nombres\nAna\nEva\n")
    hoja = leer_hoja(tmp_path / "hoja.csv")
    oficina.guardar_molde()
    v = oficina.ventanilla()
    cargar_hoja(v, "estrella-blanca", hoja)
    apartados = {r.name for r in (oficina.raiz / "expedientes" / ".origenes").iterdir()}

    oficina.reponer()
    for origen in apartados:
        apartado = oficina.raiz / "expedientes" / ".origenes" / origen / "000001"
        apartado.mkdir(parents=True)
        (apartado / "folio").write_text("EB-2026-0001")
    abrir_eb(v)
    carga = cargar_hoja(v, "estrella-blanca", hoja)

    assert [r.folio for _, r in carga.abiertos] == ["EB-2026-0002", "EB-2026-0003"]
    assert cargar_hoja(v, "estrella-blanca", hoja).abiertos == ()
    comprobar_sin_restos(oficina)
