"""Los relojes de los pasos: el suyo propio, el que se repite cada mes, y qué ha vencido."""

from dataclasses import replace
from functools import cache

import pytest

from expediente.almacen.texto_yaml import cargar
from expediente.nucleo.calendario import Calendario, Vencimiento
from expediente.nucleo.estado import Estado, Suspension
from expediente.nucleo.lectura_procedimiento import leer_procedimiento
from expediente.nucleo.plazos import el_que_corre, vencidos, vencimientos
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import repasar
from tests.nucleo.test_calendario import LEY
from tests.nucleo.tramite import Tramite, momento, nueva

RESGUARDO = """\
clave: resguardo
nombre: Resguardo
version: '1'
prefijo: RE
serie: 1S.1
manual: {clave: A-REC, nombre: Recepción}
roles:
  - {clave: auxiliar, nombre: Auxiliar}
  - {clave: direccion, nombre: Dirección}
campos:
  - {clave: fecha_limite, nombre: Fecha límite, tipo: fecha}
  - {clave: con_visita, nombre: Con visita, tipo: si-no}
plazos:
  - {clave: respuesta, nombre: Respuesta, cantidad: '15', meta: '10', escala: direccion,
     hasta: [entregar]}
  - {clave: acordada, nombre: Entrega acordada, fecha: fecha_limite, hasta: [entregar]}
apertura: recibir
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: entregar}
  - clave: entregar
    responsable: auxiliar
    actividad: Entrega la ayuda.
    plazo: {cantidad: '3', unidad: habiles, fundamento: Meta interna.}
    sigue: renovar
  - clave: renovar
    responsable: auxiliar
    actividad: Firma cada mes.
    repite: {cantidad: '1', unidad: meses}
    plazo: {cantidad: '5', unidad: habiles, nombre: Firma del mes, escala: direccion}
    resultados:
      - {clave: firmada, nombre: Firmada, sigue: renovar}
      - {clave: devuelve, nombre: Devuelve, sigue: recoger}
  - clave: recoger
    responsable: auxiliar
    actividad: Recoge la ayuda.
    plazo: {cantidad: '2', unidad: habiles, si: con_visita}
    final: concluido
"""


@cache
def resguardo(cambiado: str = "", por: str = "") -> Procedimiento:
    return leer_procedimiento(cargar(RESGUARDO.replace(cambiado, por)))


CADA_CINCO = (
    "repite: {cantidad: '1', unidad: meses}",
    "repite: {cantidad: '5', unidad: habiles}",
)


def sin_gracia(p: Procedimiento) -> Procedimiento:
    pasos = (replace(x, plazo=None) if x.clave == "renovar" else x for x in p.pasos)
    return replace(p, pasos=tuple(pasos))


def abierto(el: str = "2026-01-05 10:00", p: Procedimiento | None = None, **datos: str) -> Tramite:
    p = p or resguardo()
    apertura = replace(nueva("apertura", el), paso=p.apertura, datos=datos)
    return Tramite(p, "RE-2026-0001").asentar(apertura)


def dar(caso: Tramite, paso: str, el: str, resultado: str | None = None) -> Tramite:
    return caso.asentar(replace(nueva("avance", el), paso=paso, resultado=resultado))


def entregado(el: str = "2026-01-07 10:00", p: Procedimiento | None = None) -> Tramite:
    return dar(abierto(p=p), "entregar", el)


def plazos(caso: Tramite, **cambios: object) -> dict[str, Vencimiento]:
    estado: Estado = replace(repasar(caso.procedimiento, caso.actuaciones), **cambios)  # type: ignore[arg-type]
    return {x.clave: x for x in vencimientos(caso.procedimiento, estado, {}, LEY)}


def test_el_plazo_de_un_paso_corre_desde_que_el_paso_toca() -> None:
    caso = abierto("2026-01-05 16:00")

    entregar = plazos(caso)["entregar"]

    assert entregar.nombre == "Entrega la ayuda"
    assert entregar.inicio == momento("2026-01-05 16:00")
    assert (entregar.vence, entregar.cumplido) == (momento("2026-01-09 15:00"), None)
    assert set(plazos(caso)) == {"respuesta", "entregar"}


def test_se_cumple_al_dar_el_paso_y_no_se_olvida() -> None:
    caso = entregado("2026-01-08 10:00")

    assert plazos(caso)["entregar"].cumplido == momento("2026-01-08 10:00")
    assert plazos(caso)["entregar"].semaforo(momento("2026-06-01 10:00")) == "azul"


def test_el_paso_que_dejo_de_tocar_sin_darse_ya_no_corre() -> None:
    caso = abierto()

    assert "entregar" not in plazos(caso, pasos=("recoger",))


def test_el_plazo_de_un_paso_que_no_rige_a_este_caso_no_corre() -> None:
    def recogiendo(**datos: str) -> Tramite:
        caso = dar(abierto(**datos), "entregar", "2026-01-07 10:00")
        return dar(caso, "renovar", "2026-01-20 10:00", "devuelve")

    assert "recoger" in plazos(recogiendo(con_visita="sí"))
    assert "recoger" not in plazos(recogiendo())


def test_la_fecha_acordada_no_corre_mientras_el_caso_no_la_trae() -> None:
    sin_fecha, con_fecha = abierto(), abierto(fecha_limite="2026-01-10")

    assert "acordada" not in plazos(sin_fecha)
    assert plazos(con_fecha)["acordada"].vence == momento("2026-01-10 15:00")


def test_la_renovacion_toca_la_misma_fecha_dia_de_cada_mes_y_da_cinco_dias_de_gracia() -> None:
    firma = plazos(entregado())["renovar"]

    assert firma.meta == momento("2026-02-09 15:00")
    assert firma.vence == momento("2026-02-16 15:00")
    assert firma.nombre == "Firma del mes"
    assert firma.explicacion[:5] == (
        "Tocó por primera vez: 7 de enero de 2026, 10:00 horas.",
        "Se repite cada mes; va en el periodo 1.",
        "Más 1 mes: sábado 7 de febrero de 2026.",
        "sábado 7 de febrero de 2026: inhábil (fin de semana); pasa al siguiente.",
        "domingo 8 de febrero de 2026: inhábil (fin de semana); pasa al siguiente.",
    )
    assert firma.explicacion[5] == (
        "Acaba el periodo: lunes 9 de febrero de 2026. De gracia, 5 días hábiles más."
    )
    assert firma.explicacion[-1] == "Vence: 16 de febrero de 2026, 15:00 horas, al cierre."


def test_firmar_tarde_o_temprano_no_va_corriendo_la_fecha() -> None:
    caso = entregado()
    fechas = []
    for dia in ("2026-01-08", "2026-03-02", "2026-03-09", "2026-05-20"):
        dar(caso, "renovar", f"{dia} 12:00", "firmada")
        fechas.append(plazos(caso)["renovar"].meta)

    assert fechas == [
        momento(f"{dia} 15:00") for dia in ("2026-03-09", "2026-04-07", "2026-05-07", "2026-06-08")
    ]


def test_el_mes_que_no_se_firmo_esta_vencido_desde_que_empieza() -> None:
    caso = dar(entregado(), "renovar", "2026-05-20 12:00", "firmada")

    firma = plazos(caso)["renovar"]

    assert firma.inicio == momento("2026-02-09 15:00")
    assert firma.vence == momento("2026-03-17 15:00")
    assert firma.semaforo(momento("2026-05-20 12:00")) == "rojo"


def test_el_31_vuelve_a_ser_31_en_el_mes_que_lo_tiene() -> None:
    caso = entregado("2026-03-31 10:00")
    dar(caso, "renovar", "2026-05-04 10:00", "firmada")

    assert plazos(caso)["renovar"].meta == momento("2026-06-01 15:00")
    assert "domingo 31 de mayo" in plazos(caso)["renovar"].explicacion[2]


def test_quien_devuelve_la_ayuda_ya_no_debe_firmar() -> None:
    caso = dar(entregado(), "renovar", "2026-01-20 10:00", "devuelve")

    assert "renovar" not in plazos(caso)


def test_sin_gracia_vence_al_acabar_el_periodo() -> None:
    caso = entregado(p=sin_gracia(resguardo()))

    firma = plazos(caso)["renovar"]

    assert (firma.meta, firma.vence) == (None, momento("2026-02-09 15:00"))
    assert (firma.nombre, firma.hasta) == ("Firma cada mes", ("renovar",))


def test_lo_que_se_repite_cada_tantos_dias_habiles_cuenta_desde_el_periodo_anterior() -> None:
    p = resguardo(
        "repite: {cantidad: '1', unidad: meses}", "repite: {cantidad: '5', unidad: habiles}"
    )
    caso = dar(entregado(p=p), "renovar", "2026-01-30 10:00", "firmada")

    firma = plazos(caso)["renovar"]

    assert firma.inicio == momento("2026-01-14 15:00")
    assert firma.meta == momento("2026-01-21 15:00")
    assert firma.explicacion[2] == "jueves 15 de enero de 2026: día hábil 1."


@pytest.mark.parametrize(
    ("reanudado", "acaba"), [("2026-01-20 10:00", "2026-01-23 15:00"), (None, "2026-01-21 15:00")]
)
def test_lo_suspendido_tampoco_corre_si_se_repite_cada_tantos_dias_habiles(
    reanudado: str | None, acaba: str
) -> None:
    p = sin_gracia(resguardo(*CADA_CINCO))
    caso = dar(entregado(p=p), "renovar", "2026-01-14 10:00", "firmada")
    hasta = momento(reanudado) if reanudado else None
    tramo = Suspension("suspension", momento("2026-01-19 10:00"), hasta)

    firma = plazos(caso, suspensiones=(tramo,))["renovar"]

    assert firma.vence == momento(acaba)
    assert firma.suspendido is (reanudado is None)


def test_los_meses_que_estuvo_suspendido_no_se_deben() -> None:
    caso = entregado()
    tramo = Suspension("suspension", momento("2026-01-12 10:00"), momento("2026-04-12 10:00"))

    primera = plazos(caso, suspensiones=(tramo,))["renovar"]
    dar(caso, "renovar", "2026-05-05 10:00", "firmada")
    segunda = plazos(caso, suspensiones=(tramo,))["renovar"]

    assert primera.meta == momento("2026-05-08 15:00")
    assert segunda.meta == momento("2026-06-05 15:00")
    assert primera.semaforo(momento("2026-04-13 10:00")) == "verde"
    assert segunda.semaforo(momento("2026-05-05 10:00")) == "verde"


def test_prevenido_solo_corre_el_plazo_para_subsanar() -> None:
    prevenido = Suspension("prevencion", momento("2026-01-06 10:00"), None, "Falta la CURP.")
    todos = plazos(abierto(), suspensiones=(prevenido,))

    corre = el_que_corre(todos.values())

    assert corre is todos["prevencion"]
    assert corre.vence == momento("2026-01-13 15:00")
    assert vencidos(todos.values(), momento("2026-01-14 10:00")) == {"prevencion"}


@pytest.mark.parametrize("clave", ["respuesta", "entregar", "acordada"])
def test_mientras_esta_suspendido_ningun_plazo_corre_ni_vence(clave: str) -> None:
    abierta = Suspension("suspension", momento("2026-01-06 10:00"), None, "Falta la CURP.")
    todos = plazos(abierto(fecha_limite="2026-01-10"), suspensiones=(abierta,))

    assert todos[clave].suspendido
    assert el_que_corre(todos.values()) is None
    assert vencidos(todos.values(), momento("2026-12-01 10:00")) == frozenset()


def test_la_renovacion_suspendida_tampoco_vence() -> None:
    abierta = Suspension("suspension", momento("2026-01-12 10:00"), None, "De viaje.")

    firma = plazos(entregado(), suspensiones=(abierta,))["renovar"]

    assert firma.suspendido
    assert firma.semaforo(momento("2026-12-01 10:00")) == "gris"
    assert firma.explicacion[-1] == (
        "Desde el 12 de enero de 2026, 10:00 horas: suspendido (De viaje); no corre hasta que se "
        "reanude. Por correr: 28 días naturales."
    )


def test_la_prorroga_alcanza_al_plazo_que_nombra_y_a_ninguno_mas() -> None:
    todos = plazos(abierto(), prorrogas={"entregar": 2})

    assert todos["entregar"].original == momento("2026-01-08 15:00")
    assert todos["entregar"].vence == momento("2026-01-12 15:00")
    assert todos["respuesta"].original is None


def test_prorrogar_una_firma_alarga_su_gracia() -> None:
    firma = plazos(entregado(), prorrogas={"renovar": 1})["renovar"]

    assert firma.original == momento("2026-02-16 15:00")
    assert firma.vence == momento("2026-02-17 15:00")


def test_ha_vencido_lo_que_paso_sin_cumplirse_y_solo_eso() -> None:
    caso = entregado("2026-01-20 10:00")
    antes, despues = momento("2026-02-27 15:00"), momento("2026-02-27 15:01")

    assert plazos(caso)["entregar"].semaforo(antes) == "morado"
    assert vencidos(plazos(caso).values(), antes) == frozenset()
    assert vencidos(plazos(caso).values(), despues) == {"renovar"}


def test_un_procedimiento_sin_relojes_no_pide_calendario() -> None:
    caso = abierto()
    sin_relojes = replace(
        resguardo(),
        plazos=(),
        pasos=tuple(replace(paso, plazo=None, repite=None) for paso in resguardo().pasos),
    )

    assert vencimientos(sin_relojes, caso.estado, {}, Calendario({}, frozenset())) == ()
