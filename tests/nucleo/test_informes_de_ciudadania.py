"""Los informes de Atención Ciudadana y del mostrador, contados a mano."""

import pytest

from tests.nucleo.historias import SERVICIOS, atencion, historia, peticion, seguir
from tests.nucleo.informes_contados import columna, contar, propios, sumados
from tests.nucleo.tramite import Tramite


def llamada(folio: str, entro: str, resultado: str, minutos: str = "") -> Tramite:
    """Una llamada al centro que terminó así, minutos después de entrar."""
    dicho = {"asunto": "Cajas", "tema": "alumbrado", "minutos": minutos}
    return historia("llamada-centro", folio, entro, (entro, f"atender/{resultado}", dicho))


def test_el_centro_de_llamadas_cuenta_recibidas_atendidas_y_cortadas() -> None:
    casos = (
        llamada("CL-2026-0001", "2026-11-20 09:05", "informa", "3"),
        llamada("CL-2026-0002", "2026-11-20 09:40", "reporta", "7"),
        llamada("CL-2026-0003", "2026-11-20 10:00", "abandona"),
        llamada("CL-2026-0004", "2026-11-19 23:59", "informa", "5"),
    )

    hechas = contar("llamadas-centro", *casos, en="2026-11-20")

    assert hechas.totales["recibidos"] == 3
    assert propios(hechas) == {
        "atendidas": 2,
        "cortadas": 1,
        "reportes": 1,
        "informacion": 1,
        "minutos": 10,
    }
    assert hechas.grupos["por_hora"] == {"9 h": 2, "10 h": 1}
    assert columna(hechas, "minutos") == ["3", "7", ""]


def brigada(folio: str, dia: str, colonia: str, *atendidos: tuple[str, str]) -> Tramite:
    """Una brigada hecha ese día, con lo que se atendió en cada servicio."""
    contado = {"asistentes": "40", "peticiones_captadas": "6"}
    for n, (servicio, personas) in enumerate(atendidos):
        contado |= {f"atendidos.{n}.servicio": servicio, f"atendidos.{n}.personas": personas}
    return historia(
        "brigada",
        folio,
        "2026-11-03 09:00",
        (f"{dia} 09:00", "realizar/realizada"),
        (f"{dia} 14:00", "levantar-asistencia", contado),
        colonia=colonia,
        fecha_brigada=dia,
        sede="Plaza",
    )


def test_la_brigada_cuenta_personas_por_servicio_y_por_colonia() -> None:
    una = brigada("BR-2026-0001", "2026-11-12", "centro", ("Actas", "12"), ("Vacunas", "30"))
    otra = brigada("BR-2026-0002", "2026-11-19", "centro", ("Vacunas", "5"))
    de_otro_mes = brigada("BR-2026-0003", "2026-12-01", "centro", ("Actas", "99"))
    agendada = historia(
        "brigada", "BR-2026-0004", "2026-11-20 09:00", ("2026-11-20 10:00", "fijar-fecha/agendada")
    )

    hechas = contar("brigadas", una, otra, de_otro_mes, agendada)

    assert propios(hechas) == {
        "agendadas": 1,
        "realizadas": 2,
        "asistentes": 80,
        "atendidos": 47,
        "peticiones": 12,
    }
    assert hechas.grupos["por_servicio"] == {"Vacunas": 35, "Actas": 12}
    assert list(hechas.grupos["por_colonia"].values()) == [47]
    assert columna(hechas, "atendidos") == ["42", "5"]


def test_la_autoevaluacion_lleva_un_renglon_por_meta() -> None:
    metas = {
        "metas.0.persona": "Hugo",
        "metas.0.indicador": "Cerradas",
        "metas.0.meta": "10",
        "metas.1.persona": "Lucía",
        "metas.1.indicador": "Brigadas",
        "metas.1.meta": "4",
        "metas.2.persona": "Hugo",
        "metas.2.indicador": "Acuses",
        "metas.2.meta": "9",
    }
    medido = {"metas.0.resultado": "12", "metas.1.resultado": "3"}
    caso = historia(
        "autoevaluacion",
        "AE-2026-0001",
        "2026-11-03 09:00",
        ("2026-11-03 10:00", "fijar-metas", metas),
        ("2026-11-30 10:00", "medir", medido),
        periodo="noviembre de 2026",
        area="Gestión Social",
    )

    hechas = contar("autoevaluaciones", caso)

    assert columna(hechas, "cumple") == ["Sí", "No", "Sin medir"]
    assert propios(hechas) == {"metas": 3, "cumplidas": 1, "no_cumplidas": 1, "sin_medir": 1}
    assert hechas.grupos["por_persona"] == {"Hugo": 2, "Lucía": 1}
    assert hechas.grupos["cumplidas_por_persona"] == {"Hugo": 1}


def test_el_mostrador_dice_cuanto_tardo_cada_quien() -> None:
    dia = "2026-11-10 10:00"
    con_reloj = historia(
        "atencion", "AT-2026-0001", dia, ("2026-11-10 10:25", "registrar/resuelto")
    )
    apuntada = historia(
        "atencion",
        "AT-2026-0002",
        dia,
        ("2026-11-10 13:00", "registrar/pendiente", {"hora_fin": "10:08"}),
    )
    al_dia_siguiente = historia(
        "atencion",
        "AT-2026-0003",
        dia,
        ("2026-11-11 09:00", "registrar/resuelto", {"hora_fin": "09:30"}),
    )

    hechas = contar("mostrador", con_reloj, apuntada, al_dia_siguiente, en="2026-11-10")

    assert columna(hechas, "minutos") == ["25", "8", ""]
    assert hechas.totales["minutos"] == 33


def test_el_mostrador_no_dice_de_la_atencion_preferente() -> None:
    hechas = contar("mostrador", atencion("AT-2026-0001", "resuelto", "5"))

    assert hechas.grupos["por_evaluacion"] == {"5": 1}
    assert "preferente" not in hechas.filas[0]


@pytest.mark.parametrize("cuantas", [0, 3, 25])
def test_la_presidencia_ve_las_veinte_mas_antiguas_y_cuenta_todas(cuantas: int) -> None:
    viejas = [
        peticion(f"PE-2026-{n:04d}", f"2026-{1 + n // 28:02d}-{1 + n % 28:02d} 10:00")
        for n in range(cuantas, 0, -1)
    ]
    cerrada = peticion("PE-2026-0900", "2026-11-03 10:00", ("2026-11-04 10:00", "contestar"))

    hechas = contar("presidencia", *viejas, cerrada)

    caben = min(cuantas, 20)
    assert columna(hechas, "folio") == [f"PE-2026-{n:04d}" for n in range(1, caben + 1)]
    assert hechas.sin_imprimir == 1 + cuantas - caben
    assert hechas.totales["abiertos_final"] == cuantas
    assert sum(hechas.grupos["por_canal"].values()) == cuantas + 1


def test_la_estadistica_cuenta_lo_canalizado_y_lo_solucionado_cuando_paso() -> None:
    una = peticion(
        "PE-2026-0001",
        "2026-11-02 10:00",
        ("2026-11-03 10:00", "canalizar", SERVICIOS),
        ("2026-11-10 10:00", "verificar/solucionada", {"satisfaccion": "5"}),
        ("2026-12-01 10:00", "cerrar/atendida"),
    )
    otra_vez = peticion(
        "PE-2026-0002",
        "2026-10-20 10:00",
        ("2026-10-21 10:00", "canalizar", SERVICIOS),
        ("2026-11-12 10:00", "canalizar", SERVICIOS),
    )

    octubre, noviembre, diciembre = (
        contar("presidencia", una, otra_vez, en=f"2026-{mes}") for mes in (10, 11, 12)
    )

    assert [h.totales["canalizadas"] for h in (octubre, noviembre, diciembre)] == [1, 2, 0]
    assert [h.totales["solucionadas"] for h in (octubre, noviembre, diciembre)] == [0, 0, 1]
    assert noviembre.grupos["por_satisfaccion"] == {"5": 1}
    assert noviembre.grupos["por_canal"] == {"Otro": 2}


def test_las_quejas_dicen_a_donde_fueron_y_no_quien_se_quejo() -> None:
    dia = "2026-11-10 10:00"
    datos = {
        "tipo": "queja",
        "promovente__nombres": "Ñoño",
        "promovente__primer_apellido": "Güereca",
        "servidor_senalado": "El del turno",
    }
    a_control = historia("queja-sugerencia", "QS-2026-0001", dia, (dia, "turnar-control"), **datos)
    mejora = {
        "accion_mejora": "Más sillas",
        "responsable_mejora": "Hugo",
        "fecha_mejora": "2026-12-01",
    }
    con_mejora = historia(
        "queja-sugerencia",
        "QS-2026-0002",
        dia,
        ("2026-11-12 10:00", "turnar-area", {"area": "salud"}),
        ("2026-11-18 10:00", "responder/en-expediente"),
        ("2026-11-19 10:00", "mejorar/con-mejora", mejora),
        tipo="sugerencia",
        anonimo="sí",
    )

    hechas = contar("quejas-sugerencias", a_control, con_mejora)

    assert propios(hechas) == {
        "a_control": 1,
        "a_area": 1,
        "respondidas": 1,
        "con_mejora": 1,
        "anonimas": 1,
    }
    assert columna(hechas, "turno")[0] == "Órgano Interno de Control"
    assert "Güereca" not in str(hechas.filas) and "turno" not in str(columna(hechas, "mejora"))


def test_los_dias_suman_la_semana_en_las_peticiones() -> None:
    caso = peticion(
        "PE-2026-0001", "2026-11-16 10:00", ("2026-11-17 10:00", "canalizar", SERVICIOS)
    )
    seguir(caso, "2026-11-20 10:00", "recordar/primero")
    dias = [contar("peticiones", caso, en=f"2026-11-{d}") for d in range(16, 23)]

    semana = contar("peticiones", caso, en="2026-W47")

    assert sumados(dias, "peticiones") == sumados([semana], "peticiones")
    assert semana.totales["recordadas"] == 1
