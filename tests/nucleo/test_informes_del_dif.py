"""Los informes del DIF municipal, contados a mano: resguardos, comisiones, apoyos y gestión."""

from decimal import Decimal

import pytest

from tests.nucleo.historias import (
    apoyo,
    canalizada,
    gestion,
    historia,
    resguardo,
    seguimiento,
    seguir,
)
from tests.nucleo.informes_contados import columna, contar, propios
from tests.nucleo.tramite import Tramite

MAYOR, NINA = "HERG840312MDGRZD81", "ZUCI180721MDGXRTA4"


def test_los_resguardos_dicen_quien_firmo_el_mes_y_quien_no() -> None:
    firmado = resguardo("AF-2026-0001", "2026-09-01 10:00", "2026-10-02 10:00", "2026-11-03 10:00")
    atrasado = resguardo("AF-2026-0002", "2026-09-01 10:00", "2026-10-02 10:00")
    recien = resguardo("AF-2026-0003", "2026-11-12 10:00")
    visitado = resguardo("AF-2026-0004", "2026-08-03 10:00")
    seguir(visitado, "2026-11-16 10:00", "renovar/sin_firmar")
    seguir(visitado, "2026-11-18 10:00", "visitar/regulariza")
    devuelto = seguir(
        resguardo("AF-2026-0005", "2026-08-03 10:00"), "2026-11-20 10:00", "recibir/al_almacen"
    )

    hechas = contar(
        "resguardos", firmado, atrasado, recien, visitado, devuelto, al="2026-11-30 18:00"
    )

    assert propios(hechas) == {
        "entregados": 1,
        "firmas": 1,
        "regularizados": 1,
        "devueltas": 1,
        "vigentes": 4,
        "con_firma": 2,
        "recien": 1,
        "sin_firma": 1,
        "vencidos": 1,
    }
    assert columna(hechas, "mes") == ["Firmada", "Vencida", "Recién entregada", "Firmada"]
    assert columna(hechas, "ultima") == ["03/11/2026", "02/10/2026", "", "18/11/2026"]


def test_vigentes_son_los_que_firmaron_los_recien_entregados_y_los_que_deben() -> None:
    casos = [resguardo(f"AF-2026-000{n}", f"2026-{n:02d}-05 10:00") for n in range(7, 10)]

    totales = contar("resguardos", *casos).totales

    partes = ("con_firma", "recien", "sin_firma")
    assert sum(totales[p] for p in partes) == totales["vigentes"] == 3


def comision(folio: str, *nombres: str, comprobada: str = "") -> Tramite:
    """Una comisión de esas personas, del 10 de noviembre, con viáticos de 300 pesos."""
    datos = {
        "evento": "Curso",
        "objeto": "capacitacion",
        "lugar_comision": "Durango, Dgo.",
        "salida_fecha": "2026-11-10",
        "regreso_fecha": "2026-11-10",
        "lleva_viaticos": "sí",
        "viaticos_dia": "150",
        "viaticos_dias": "2",
    }
    for n, nombre in enumerate(nombres):
        datos |= {
            f"comisionados.{n}.nombres": nombre,
            f"comisionados.{n}.primer_apellido": "Núñez",
            f"comisionados.{n}.cargo": "Auxiliar",
        }
    dia = "2026-11-05 10:00"
    caso = historia(
        "comision", folio, dia, (dia, "dar-cuenta", datos), (dia, "elaborar"), (dia, "entregar")
    )
    return seguir(caso, comprobada, "comprobar") if comprobada else caso


def test_las_comisiones_llevan_un_renglon_por_persona_con_su_comprobacion() -> None:
    hechas = contar(
        "comisiones",
        comision("CM-2026-0001", "Ana", "Íñigo", comprobada="2026-11-12 10:00"),
        comision("CM-2026-0002", "Zoé"),
        al="2026-11-30 12:00",
    )

    assert columna(hechas, "persona") == ["Ana Núñez", "Íñigo Núñez", "Zoé Núñez"]
    assert columna(hechas, "comprobacion")[:2] == ["12/11/2026", "12/11/2026"]
    assert columna(hechas, "viaticos") == ["$300.00"] * 3
    assert propios(hechas) == {
        "comisionados": 3,
        "viaticos": Decimal("900"),
        "comprobadas": 2,
        "por_comprobar": 1,
        "vencidas": 1,
    }


def test_la_gestion_cuenta_lo_incluido_y_lo_canalizado_y_no_nombra_a_nadie() -> None:
    dia = "2026-11-03 10:00"
    incluida = seguir(
        gestion("GE-2026-0001", dia), "2026-11-04 10:00", "incluir", {"programa": "despensas"}
    )
    atendida = seguir(
        canalizada("GE-2026-0002", dia, "2026-11-05 10:00"),
        "2026-11-20 10:00",
        "responder/acepta",
        {"monto_otorgado": "1500.10"},
    )
    pendiente = canalizada("GE-2026-0003", "2026-10-20 10:00", "2026-11-06 10:00")
    seguir(pendiente, "2026-11-09 10:00", "entregar")

    hechas = contar("gestion", incluida, atendida, pendiente, al="2026-11-30 12:00")

    assert propios(hechas) == {
        "incluidas": 1,
        "canalizadas": 2,
        "atendidas": 1,
        "valor": Decimal("1500.10"),
        "en_espera": 1,
        "vencidas": 1,
    }
    assert hechas.grupos["por_localidad"] == {"Cabecera municipal": 3}
    assert not {"persona", "beneficiario"} & set(hechas.filas[0])


def test_los_seguimientos_dicen_lo_pedido_lo_contestado_y_si_fue_a_tiempo() -> None:
    a_tiempo = seguimiento("SG-2026-0001", "2026-11-03 10:00", ("2026-11-10 10:00", "integrar"))
    tarde = seguimiento(
        "SG-2026-0002", "2026-10-01 10:00", ("2026-11-20 10:00", "integrar-agregado")
    )
    sin_contestar = seguimiento("SG-2026-0003", "2026-10-01 10:00")

    hechas = contar("seguimientos", a_tiempo, tarde, sin_contestar, al="2026-11-30 12:00")

    assert hechas.totales["recibidos"] == 1
    assert propios(hechas) == {
        "integrados": 2,
        "en_plazo": 1,
        "tarde": 1,
        "sin_contestar": 1,
        "vencidos": 1,
    }
    assert columna(hechas, "dias") == ["7", "50", ""]


def entregado(folio: str, dia: str, curp: str = MAYOR, **datos: str) -> Tramite:
    """Un apoyo comprado por 850 pesos, concedido y entregado ese día."""
    de_quien = {
        "beneficiario__nombres": "Íñigo",
        "beneficiario__primer_apellido": "Peña",
        "beneficiario__curp": curp,
        "domicilio__colonia": "Centro",
        "monto_aprobado": "850.00",
    }
    return apoyo(folio, (dia, "conceder/concede"), (dia, "entregar/entrega"), **de_quien, **datos)


def test_los_apoyos_cuentan_lo_entregado_y_su_gasto() -> None:
    compra = entregado("AP-2026-0001", "2026-11-10 10:00")
    almacen = entregado(
        "AP-2026-0002", "2026-11-12 10:00", modalidad="existencia", valor="200", tipo_apoyo="leche"
    )

    hechas = contar("apoyos", compra, almacen, apoyo("AP-2026-0003"))

    assert propios(hechas) == {
        "concedidas": 2,
        "entregados": 2,
        "gasto": Decimal("850.00"),
        "en_especie": Decimal(200),
        "vencidas": 1,
    }
    assert hechas.grupos["gasto_por_tipo"] == {
        "Despensa": Decimal("850.00"),
        "Leche o pañales": Decimal(200),
    }
    assert hechas.grupos["por_sexo"] == {"Mujer": 2, "Sin dato": 1}
    assert hechas.grupos["por_edad"] == {"30 a 59": 2, "Sin dato": 1}


def test_el_padron_dice_quien_recibio_que_y_donde_en_el_trimestre() -> None:
    hechas = contar(
        "padron",
        entregado("AP-2026-0001", "2026-11-10 10:00"),
        entregado("AP-2026-0002", "2026-09-30 10:00"),
        en="2026-T4",
    )

    (fila,) = hechas.filas
    assert list(fila.values()) == [
        "2026",
        "01/10/2026",
        "31/12/2026",
        "Despensa",
        "Íñigo",
        "Peña",
        "",
        "Mujer",
        "42",
        "$850.00",
        "Centro",
        "DIF Municipal",
    ]


@pytest.mark.parametrize(
    "caso",
    [
        pytest.param(entregado("AP-2026-0001", "2026-11-10 10:00", NINA), id="menor, por su CURP"),
        pytest.param(
            entregado("AP-2026-0001", "2026-11-10 10:00", menor="sí"), id="menor, porque se dijo"
        ),
        pytest.param(entregado("AP-2026-0001", "2026-11-10 10:00", ""), id="no consta su edad"),
        pytest.param(
            entregado("AP-2026-0001", "2026-11-10 10:00", tipo_apoyo="medicamento"),
            id="el apoyo revela su salud",
        ),
        pytest.param(
            entregado("AP-2026-0001", "2026-11-10 10:00", reserva_nombre="sí"), id="pidió reserva"
        ),
        pytest.param(resguardo("AF-2026-0001", "2026-11-10 10:00"), id="ayuda funcional"),
        pytest.param(
            historia(
                "estrella-blanca",
                "EB-2026-0001",
                "2026-11-03 10:00",
                ("2026-11-10 10:00", "entregar"),
                beneficiario__nombres="Íñigo",
                beneficiario__curp=MAYOR,
            ),
            id="pasaje para consulta",
        ),
    ],
)
def test_el_padron_no_nombra_a_quien_la_ley_protege(caso: Tramite) -> None:
    (fila,) = contar("padron", caso, en="2026-T4").filas

    for celda in ("nombres", "primer_apellido", "segundo_apellido", "edad", "sexo"):
        assert fila[celda] == "Confidencial"
    assert "Íñigo" not in fila.values() and "Peña" not in fila.values()
