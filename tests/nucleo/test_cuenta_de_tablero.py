"""El tablero: qué cuenta, cómo colorea y qué no deja ver."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from expediente.nucleo.calendario import Calendario
from expediente.nucleo.cifras import SIN_DATO
from expediente.nucleo.cifras_de_tablero import OTRAS, Tablero
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.cuenta_de_tablero import CuentaDeTablero
from expediente.nucleo.definicion_de_tablero import TABLERO, DefinicionDeTablero, Desglose
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.tramos import Tramo
from tests.nucleo.tramite import calendario, catalogos, momento, procedimiento

AL = momento("2026-11-20 14:00")
POR_COLONIA = Desglose("colonia", "Por colonia", compilar_condicion("colonia"), reservado=True)
POR_AREA = Desglose("area", "Por área", compilar_condicion("area"))


def definicion(*desgloses: Desglose, renglones: int = 10) -> DefinicionDeTablero:
    """La de una oficina que corta el rezago en 1, 5, 10 y 20 días."""
    return DefinicionDeTablero("Tablero", 12, 3, renglones, (1, 5, 10, 20), desgloses)


def tramo(n: int, desde: str, hasta: str | None = None, **datos: Any) -> Tramo:
    """Un tramo del reporte `n`, o del viaje `n` si se dice; con el plazo y hechos que se digan."""
    cual = datos.pop("procedimiento", "reporte-servicio")
    recibido = momento(f"{datos.pop('recibido', desde)} 09:00")
    vence = datos.pop("vence", None)
    movimientos = datos.pop("movimientos", ("recibidos",))
    cerrado = datos.pop("cerrado", None)
    hechos: dict[str, Any] = {"recibido": recibido, **datos}
    if vence:
        hechos |= {"vence": momento(vence), "plazo.desde": recibido}
    return Tramo(
        folio=f"{'EB' if cual == 'estrella-blanca' else 'RS'}-2026-{n:04d}",
        procedimiento=cual,
        desde=date.fromisoformat(desde),
        hasta=date.fromisoformat(hasta) if hasta else None,
        cerrado=date.fromisoformat(cerrado) if cerrado else None,
        movimientos=movimientos,
        hechos=hechos,
        vence=momento(vence) if vence else None,
    )


def contar(*tramos: Tramo, lleva: DefinicionDeTablero | None = None, al: datetime = AL) -> Tablero:
    """El tablero de esos tramos."""
    cuales = [procedimiento("reporte-servicio"), procedimiento("estrella-blanca")]
    cuenta = CuentaDeTablero(lleva or definicion(), al, cuales, calendario(), catalogos())
    for uno in tramos:
        cuenta.agregar(uno)
    return cuenta.tablero()


def colores(t: Tablero) -> dict[str, int]:
    """Cuántos hay de cada color."""
    return {color: len(folios) for color, folios in t.oficina.colores.items() if folios}


@pytest.mark.parametrize(
    ("vence", "color"),
    [
        (None, "gris"),
        ("2026-11-20 13:59", "rojo"),
        ("2026-11-20 14:00", "amarillo"),
        ("2026-11-20 14:01", "amarillo"),
        ("2026-11-30 09:00", "verde"),
    ],
)
def test_cada_abierto_tiene_el_color_de_su_plazo(vence: str | None, color: str) -> None:
    assert colores(contar(tramo(1, "2026-11-18", vence=vence))) == {color: 1}


def test_la_meta_adelanta_el_amarillo() -> None:
    con_meta = tramo(1, "2026-11-18", vence="2026-12-30 09:00", **{"plazo.meta": AL})

    assert colores(contar(con_meta)) == {"verde": 1}
    assert colores(contar(con_meta, al=AL + timedelta(minutes=1))) == {"amarillo": 1}


def test_lo_cerrado_no_esta_en_el_semaforo_ni_en_el_rezago() -> None:
    t = contar(
        tramo(1, "2026-11-17", "2026-11-19"),
        tramo(1, "2026-11-19", cerrado="2026-11-19", movimientos=("concluidos",)),
    )

    assert t.oficina.abiertos == 0
    assert t.rezago is not None and not any(folios for _, folios in t.rezago)
    assert t.semanas[-1].cifras.totales == {
        "abiertos_inicio": 0, "recibidos": 1, "reabiertos": 0, "concluidos": 1, "abiertos_final": 0,
    }  # fmt: skip


def test_cada_semana_cuadra_con_la_siguiente() -> None:
    t = contar(
        tramo(1, "2026-06-01"),
        tramo(2, "2026-09-16", "2026-10-14"),
        tramo(2, "2026-10-14", cerrado="2026-10-14", movimientos=("concluidos",)),
        tramo(3, "2026-11-08", "2026-11-09"),
        tramo(3, "2026-11-09", movimientos=()),
    )

    pares = zip(t.semanas, t.semanas[1:], strict=False)
    assert t.cuadra
    assert all(
        a.cifras.totales["abiertos_final"] == b.cifras.totales["abiertos_inicio"] for a, b in pares
    )
    al_final = [s.cifras.totales["abiertos_final"] for s in t.semanas]
    assert al_final == [1, 1, *[2] * 4, *[1] * 3, *[2] * 3]


def test_lo_reabierto_y_vuelto_a_cerrar_el_mismo_dia_cuenta_aunque_cerrara_hace_meses() -> None:
    t = contar(
        tramo(1, "2026-11-18", cerrado="2026-03-02", movimientos=("reabiertos", "concluidos"))
    )

    totales = t.semanas[-1].cifras.totales
    assert (totales["reabiertos"], totales["concluidos"]) == (1, 1)


def test_solo_la_ultima_semana_va_incompleta() -> None:
    assert [s.incompleta for s in contar().semanas] == [*[False] * 11, True]
    lunes = contar(al=momento("2026-11-23 00:00"))
    assert [s.periodo.clave for s in lunes.semanas][-2:] == ["2026-W47", "2026-W48"]


def test_el_rezago_cuenta_dias_habiles_y_el_de_hoy_es_cero() -> None:
    """El lunes 16 de noviembre de 2026 es inhábil."""
    recibidos = ["2026-11-20", "2026-11-19", "2026-11-18", "2026-11-13", "2026-11-12", "2026-10-01"]
    t = contar(*(tramo(n, dia) for n, dia in enumerate(recibidos, start=1)))

    assert t.rezago is not None
    assert [(rotulo, len(folios)) for rotulo, folios in t.rezago] == [
        ("0 a 1", 2), ("2 a 5", 3), ("6 a 10", 0), ("11 a 20", 0), ("más de 20", 1),
    ]  # fmt: skip


def test_sin_calendario_el_rezago_no_se_inventa() -> None:
    sin_anios = Calendario({}, frozenset())
    cuenta = CuentaDeTablero(definicion(), AL, [], sin_anios, {})

    assert cuenta.tablero().rezago is None


def test_una_o_dos_personas_de_una_colonia_no_se_ven() -> None:
    colonias = ["Centro"] * 4 + ["La Cigüeña"] * 2 + ["Las Huertas"]
    t = contar(
        *(tramo(n, "2026-11-18", colonia=c) for n, c in enumerate(colonias, start=1)),
        lleva=definicion(POR_COLONIA),
    )

    [(_, renglones)] = t.desgloses
    assert [(r.nombre, r.abiertos) for r in renglones] == [("Centro", 4), (OTRAS, 3)]


def test_otras_tampoco_queda_en_uno_o_dos() -> None:
    colonias = ["Centro"] * 5 + ["La Fe"] * 3 + ["La Cigüeña"]
    t = contar(
        *(tramo(n, "2026-11-18", colonia=c) for n, c in enumerate(colonias, start=1)),
        lleva=definicion(POR_COLONIA),
    )

    [(_, renglones)] = t.desgloses
    assert [(r.nombre, r.abiertos) for r in renglones] == [("Centro", 5), (OTRAS, 4)]


def test_un_area_pequena_se_ve_si_sus_asuntos_no_llevan_datos_sensibles() -> None:
    """Un reporte de agua no dice nada de la salud de nadie; un viaje al hospital, sí."""
    reporte = tramo(1, "2026-11-18", area="Drenaje")
    viaje = tramo(2, "2026-11-18", area="Recepción", procedimiento="estrella-blanca")
    muchos = [tramo(n, "2026-11-18", area="Agua") for n in range(3, 9)]

    [(_, renglones)] = contar(reporte, viaje, *muchos, lleva=definicion(POR_AREA)).desgloses

    nombres = [r.nombre for r in renglones]
    assert "Recepción" not in nombres and nombres[-1] == OTRAS
    assert renglones[-1].abiertos >= 3
    [(_, solo_agua)] = contar(reporte, *muchos, lleva=definicion(POR_AREA)).desgloses
    assert [(r.nombre, r.abiertos) for r in solo_agua] == [("Agua", 6), ("Drenaje", 1)]


def test_los_renglones_de_mas_van_juntos_y_lo_que_no_lo_dice_al_final() -> None:
    suyos = [
        tramo(10 * n + m, "2026-11-18", area=f"Área {n}") for n in range(1, 6) for m in range(n)
    ]
    t = contar(*suyos, tramo(90, "2026-11-18"), lleva=definicion(POR_AREA, renglones=2))

    [(_, renglones)] = t.desgloses
    assert [(r.nombre, r.abiertos) for r in renglones] == [
        ("Área 5", 5), ("Área 4", 4), (OTRAS, 6), (SIN_DATO, 1),
    ]  # fmt: skip
    assert sum(r.abiertos for r in renglones) == t.oficina.abiertos


def test_primero_el_procedimiento_con_mas_vencidos() -> None:
    viajes = [tramo(n, "2026-11-18", procedimiento="estrella-blanca") for n in range(1, 6)]
    vencido = tramo(9, "2026-11-17", vence="2026-11-18 09:00")

    t = contar(*viajes, vencido)

    assert [d.clave for d in t.procedimientos] == ["reporte-servicio", "estrella-blanca"]


@pytest.mark.parametrize(
    "llaves",
    [
        {"semanas": "0"},
        {"semanas": "99"},
        {"antiguedades": ["5", "5"]},
        {"antiguedades": ["9", "2"]},
    ],
)
def test_una_definicion_que_no_se_puede_contar_se_rehusa(llaves: dict[str, Any]) -> None:
    with pytest.raises(FormaInvalida):
        TABLERO({"nombre": "Tablero", **llaves}, ())
