"""Los tramos de un caso: lo que constaba al cerrar cada día en que algo le pasó."""

from datetime import date

from expediente.nucleo.tramos import Tramo, tramos_del_caso
from tests.nucleo.tramite import (
    Tramite,
    abierto,
    calendario,
    canalizado,
    catalogos,
    inconforme,
    momento,
    nueva,
    por_verificar,
)


def tramos(caso: Tramite, al: str | None = None) -> tuple[Tramo, ...]:
    """Los tramos del caso, con lo que se sabía `al`."""
    zona = momento("2026-11-20 09:00").tzinfo
    return tramos_del_caso(
        caso.folio,
        caso.procedimiento,
        caso.actuaciones,
        catalogos(),
        calendario(),
        zona,
        momento(al) if al else None,
    )


def dias(hechos: tuple[Tramo, ...]) -> list[tuple[str, str | None]]:
    """Cada tramo por sus días, como se leen."""
    return [(f"{t.desde:%d}", f"{t.hasta:%d}" if t.hasta else None) for t in hechos]


def movimientos(hechos: tuple[Tramo, ...]) -> list[tuple[str, ...]]:
    """Lo que se movió cada día."""
    return [t.movimientos for t in hechos]


def conforme(caso: Tramite, cuando: str, cierra: str) -> Tramite:
    """El reporte con su usuario conforme, y cerrado."""
    return caso.dar(cuando, resultado="conforme").dar(cierra)


def test_lo_del_mismo_dia_es_un_solo_tramo_y_cada_dia_empieza_otro() -> None:
    caso = conforme(por_verificar("2026-11-17 09:00"), "2026-11-19 10:00", "2026-11-19 11:00")

    hechos = tramos(caso)

    assert dias(hechos) == [("17", "19"), ("19", None)]
    assert movimientos(hechos) == [("recibidos",), ("concluidos",)]
    assert [t.cerrado for t in hechos] == [None, date(2026, 11, 19)]


def test_lo_recibido_y_concluido_el_mismo_dia_cuenta_las_dos_cosas() -> None:
    caso = conforme(por_verificar("2026-11-17 09:00"), "2026-11-17 10:00", "2026-11-17 11:00")

    assert movimientos(tramos(caso)) == [("recibidos", "concluidos")]


def test_lo_que_sigue_cerrado_recuerda_desde_cuando() -> None:
    caso = conforme(por_verificar("2026-11-17 09:00"), "2026-11-17 10:00", "2026-11-17 11:00")
    caso.asentar(nueva("nota", "2026-11-20 09:00"))

    hechos = tramos(caso)

    assert [t.cerrado for t in hechos] == [date(2026, 11, 17)] * 2
    assert movimientos(hechos)[1] == ()


def test_cada_plazo_dice_si_se_cumplio_a_tiempo() -> None:
    a_tiempo = por_verificar("2026-11-17 09:00")
    corre = canalizado("2026-11-17 09:00", "RS-2026-0002")

    assert tramos(a_tiempo)[-1].hechos["en_plazo.programa_24h"] is True
    assert "en_plazo.programa_24h" not in tramos(corre)[-1].hechos
    assert tramos(corre)[-1].vence == tramos(corre)[-1].hechos["vence"]


def test_las_vueltas_se_cuentan_en_el_tramo_en_que_van() -> None:
    hechos = tramos(inconforme(por_verificar("2026-11-17 09:00"), "2026-11-18 09:00"))

    assert hechos[-1].hechos["veces.verificar.inconforme"] == 1


def test_lo_que_se_supo_despues_no_esta_en_el_corte_de_antes() -> None:
    tarde = abierto("estrella-blanca", "2026-11-19 17:00", capturado="2026-11-24 09:00")

    assert tramos(tarde, al="2026-11-20 14:00") == ()
    assert dias(tramos(tarde)) == [("19", None)]
