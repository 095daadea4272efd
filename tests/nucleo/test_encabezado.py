"""El encabezado del fichero dice, para quien lo lee, lo que resulta de la historia."""

from dataclasses import replace

from expediente.nucleo.calendario import Vencimiento
from expediente.nucleo.caso import Caso, huella_final
from expediente.nucleo.encabezado import encabezado_de, mapa_del_caso, responsables_de
from tests.nucleo.tramite import (
    REQUISITOS,
    VIAJE,
    Tramite,
    autorizado,
    momento,
    nueva,
    por_autorizar,
    solicitud,
)


def encabezado(caso: Tramite, vence: str | None = None) -> dict[str, object]:
    """El encabezado de un trámite."""
    return encabezado_de(
        caso.procedimiento,
        caso.folio,
        caso.estado,
        caso.actuaciones,
        _plazo(vence) if vence else None,
    )


def _plazo(vence: str) -> Vencimiento:
    """Un plazo que empezó el 20 de noviembre y vence cuando se dice."""
    inicio = momento("2026-11-20 09:00")
    return Vencimiento("entrega", "Entrega", inicio, momento(vence), None, ())


def test_dice_donde_esta_a_quien_toca_y_cuando_vence() -> None:
    escrito = encabezado(por_autorizar(), "2026-11-27 15:00")

    assert escrito["situacion"] == "en_tramite"
    assert escrito["pasos"] == ["autorizar"]
    assert escrito["responsables"] == ["direccion"]
    assert escrito["vence"] == "2026-11-27T15:00:00-06:00"
    assert escrito["corre_desde"] == "2026-11-20T09:00:00-06:00"


def test_los_datos_van_en_el_orden_del_formulario() -> None:
    caso = solicitud().dar(datos=dict(reversed(VIAJE.items())))

    assert list(encabezado(caso)["datos"]) == list(VIAJE)  # type: ignore[call-overload]


def test_lo_que_no_hay_no_se_escribe_y_los_datos_siempre() -> None:
    escrito = encabezado(solicitud())

    assert escrito["datos"] == {}
    assert {"concluido", "documentos", "anexos", "archivo", "requisitos"}.isdisjoint(escrito)


def test_de_un_documento_dice_estado_numero_y_fecha() -> None:
    (oficio,) = encabezado(autorizado())["documentos"]  # type: ignore[misc]

    assert oficio == {
        "clave": "oficio",
        "estado": "emitido",
        "numero": "DIF/DG/0001/2026",
        "fecha": "2026-11-20T09:00:00-06:00",
    }


def test_un_caso_terminado_no_le_toca_a_nadie() -> None:
    caso = autorizado().dar().dar().dar()

    escrito = encabezado(caso)

    assert responsables_de(caso.procedimiento, caso.estado) == []
    assert escrito["concluido"] == "2026-11-20T10:00:00-06:00"
    assert escrito["situacion_final"] == "concluido"


def test_la_huella_es_la_de_la_ultima_actuacion() -> None:
    caso = solicitud()
    antes = encabezado(caso)["huella"]

    caso.asentar(replace(nueva("nota", "2026-11-20 11:00"), nota="Llamó."))

    assert encabezado(caso)["huella"] == huella_final(caso.folio, caso.actuaciones) != antes


def test_el_fichero_empieza_por_el_folio_y_acaba_por_la_historia() -> None:
    tramite = solicitud().dar(datos=VIAJE).dar(requisitos=REQUISITOS)
    caso = Caso(
        "EB-2026-0001", "estrella-blanca", "1", 3, tramite.actuaciones, encabezado(tramite),
        {"mi_nota": "hola"},
    )  # fmt: skip

    mapa = mapa_del_caso(caso)

    assert list(mapa)[:4] == ["folio", "procedimiento", "version", "revision"]
    assert list(mapa)[-2:] == ["mi_nota", "actuaciones"]
    assert mapa["revision"] == "3" and len(mapa["actuaciones"]) == 3  # type: ignore[arg-type]
