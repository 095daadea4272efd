"""El estado es la historia repasada: nada se guarda, todo se recalcula."""

from dataclasses import replace

import pytest

from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    POR_CANCELAR,
    POR_EMITIR,
    POR_RESERVAR,
    Documento,
)
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.repaso import repasar
from tests.nucleo.tramite import (
    DIRECTORA,
    REQUISITOS,
    VIAJE,
    Tramite,
    autorizado,
    canalizado,
    catalogos,
    momento,
    nueva,
    por_autorizar,
    procedimiento,
    reporte,
    solicitud,
)


def test_un_caso_sin_apertura_no_existe() -> None:
    with pytest.raises(ValueError, match="apertura"):
        repasar(procedimiento("estrella-blanca"), ())


def test_el_estado_de_un_momento_pasado_sale_de_menos_actuaciones() -> None:
    caso = autorizado()

    antes = repasar(caso.procedimiento, caso.actuaciones[:2])

    assert antes.pasos == ("reunir-requisitos",)
    assert caso.estado.pasos == ("entregar",)


def test_un_dato_vacio_borra_el_que_habia() -> None:
    caso = solicitud().dar(datos={**VIAJE, "fecha_cita": "2026-11-26"})

    caso.corregir({"fecha_cita": ""})

    assert "fecha_cita" not in caso.estado.datos


def test_un_requisito_conserva_el_dia_en_que_se_entrego() -> None:
    caso = solicitud().dar("2026-11-20 10:00", datos=VIAJE, requisitos=("carnet",))

    caso.dar("2026-11-20 11:00", requisitos=REQUISITOS)

    assert caso.estado.requisitos["carnet"] == momento("2026-11-20 10:00")
    assert caso.estado.requisitos["identificacion"] == momento("2026-11-20 11:00")


def test_actuo_quien_autorizo_y_no_quien_tecleo() -> None:
    caso = autorizado()

    assert caso.estado.actuo["autorizar"] == "directora"
    assert caso.estado.actuo["autorizar/autoriza"] == "directora"
    assert caso.estado.actuo["elaborar"] == "recepcion"


def test_negar_termina_el_caso_y_deja_el_oficio_por_cancelar_con_su_motivo() -> None:
    caso = por_autorizar()

    caso.dar(resultado="niega", por=DIRECTORA, nota="Ya tiene el descuento.")

    oficio = caso.estado.documento("oficio")
    assert caso.estado.situacion == "negado" and caso.estado.pasos == ()
    assert oficio and (oficio.estado, oficio.motivo) == (CANCELADO, "Ya tiene el descuento.")


def test_un_paso_deja_dicho_lo_que_falta_cumplir() -> None:
    caso = solicitud().dar(datos=VIAJE).dar(requisitos=REQUISITOS)
    elaborar = replace(nueva("avance", "2026-11-20 12:00"), paso="elaborar")

    caso.asentar(elaborar)

    oficio = caso.estado.documento("oficio")
    assert oficio and oficio.estado == POR_RESERVAR
    assert caso.estado.tiene_efectos_pendientes


def test_al_terminar_lo_reservado_se_cancela_y_lo_emitido_no() -> None:
    reservado, emitido = por_autorizar(), autorizado()
    cancelacion = replace(nueva("cancelacion", "2026-11-20 12:00"), nota="Se capturó dos veces.")

    reservado.asentar(cancelacion)
    emitido.asentar(cancelacion)

    anulado, vigente = reservado.estado.documentos[0], emitido.estado.documentos[0]
    assert (anulado.estado, anulado.motivo) == (POR_CANCELAR, "Se capturó dos veces.")
    assert vigente.estado == EMITIDO


def test_lo_que_se_iba_a_reservar_y_no_tomo_numero_se_cancela_sin_mas() -> None:
    caso = solicitud().dar(datos=VIAJE).dar(requisitos=REQUISITOS)
    caso.asentar(replace(nueva("avance", "2026-11-20 12:00"), paso="elaborar"))

    caso.asentar(replace(nueva("cancelacion", "2026-11-20 12:01"), nota="Por error."))

    assert [d.estado for d in caso.estado.documentos] == [CANCELADO]
    assert not caso.estado.tiene_efectos_pendientes


def test_el_oficio_cancelado_se_reexpide_como_otro() -> None:
    caso = autorizado().anular("DIF/DG/0001/2026", "2026-11-20 11:00")
    otro = {"clave": "oficio", "estado": POR_EMITIR}

    caso.asentar(replace(nueva("documento", "2026-11-20 12:00"), documentos=(otro,)))
    caso.cumplir("2026-11-20 12:00")

    assert [(d.numero, d.estado) for d in caso.estado.documentos] == [
        ("DIF/DG/0001/2026", CANCELADO),
        ("DIF/DG/0002/2026", EMITIDO),
    ]


def test_un_acuse_va_al_numero_que_dice_y_no_al_ultimo() -> None:
    caso = _con_dos_acuses_emitidos()
    entregado = {"clave": "acuse", "numero": "DIF/DG/0001/2026", "recibe": "Ana"}

    caso.asentar(replace(nueva("acuse", "2026-11-20 13:00"), documentos=(entregado,)))

    primero, segundo = _acuses(caso)
    assert (primero.estado, primero.recibe) == (ENTREGADO, "Ana")
    assert (segundo.estado, segundo.recibe) == (EMITIDO, None)


def test_cancelar_un_numero_no_toca_a_otro_de_la_misma_clase() -> None:
    caso = _con_dos_acuses_emitidos()
    anulado = {"clave": "acuse", "numero": "DIF/DG/0001/2026", "estado": CANCELADO}

    caso.asentar(replace(nueva("documento", "2026-11-20 13:00"), documentos=(anulado,)))

    assert [(d.numero, d.estado) for d in _acuses(caso)] == [
        ("DIF/DG/0001/2026", CANCELADO),
        ("DIF/DG/0002/2026", EMITIDO),
    ]


def test_entregar_conserva_el_primer_acuse() -> None:
    caso = autorizado()
    acuse = {"clave": "oficio", "numero": "DIF/DG/0001/2026", "recibe": "Luz Nuñez"}
    caso.asentar(replace(nueva("acuse", "2026-11-20 11:00"), documentos=(acuse,)))

    caso.dar("2026-11-20 12:00")

    oficio = caso.estado.documento("oficio")
    assert oficio and oficio.recibe == "Luz Nuñez"
    assert oficio.fecha == momento("2026-11-20 11:00")


def test_el_numero_de_reporte_no_se_vuelve_a_pedir() -> None:
    caso = canalizado()

    assert caso.estado.numeros_pendientes == ()
    assert [c for c in caso.estado.datos if c == "numero_reporte"] == ["numero_reporte"]


def test_archivado_conserva_como_termino() -> None:
    caso = autorizado().dar().dar().dar()
    archivo = {"bolsa": "DIFM/1S.2/2026/EB-2026-0001"}

    caso.asentar(replace(nueva("archivo", "2026-11-21 09:00"), detalle=archivo))

    hechos = hechos_de(caso.procedimiento, caso.estado, catalogos())
    assert (caso.estado.situacion, caso.estado.situacion_final) == ("archivado", "concluido")
    assert hechos["situacion"] == "concluido"


def test_los_hechos_llevan_el_nombre_y_los_atributos_de_lo_elegido() -> None:
    caso = reporte(tipo_servicio="fuga_toma")

    hechos = hechos_de(caso.procedimiento, caso.estado, catalogos())

    assert hechos["tipo_servicio"] == "fuga_toma"
    assert hechos["tipo_servicio.nombre"] == "Fuga de agua en toma domiciliaria"
    assert hechos["tipo_servicio.programa_24h"] is True
    assert hechos["tipo_servicio.requiere_cuenta"] is False


def test_los_hechos_cuentan_vueltas_acompanantes_y_nombre_completo() -> None:
    datos = {**VIAJE, "acompanantes.0.nombres": "Luz", "acompanantes.0.primer_apellido": "Gil"}
    caso = solicitud().dar(datos=datos)

    hechos = hechos_de(caso.procedimiento, caso.estado, catalogos())

    assert hechos["acompanantes"] == ["acompanantes.0"]
    assert hechos["beneficiario"] == "Ana Nuñez"
    assert hechos["veces.autorizar.niega"] == 0
    assert "ocurrio.entregar" not in hechos


def _acuses(caso: Tramite) -> list[Documento]:
    return [d for d in caso.estado.documentos if d.clave == "acuse"]


def _con_dos_acuses_emitidos() -> Tramite:
    caso = canalizado()
    for lugar in (1, 2):
        numero = f"DIF/DG/{lugar:04d}/2026"
        hecho = {"clave": "acuse", "estado": EMITIDO, "numero": numero}
        if lugar == 2:
            pedido = {"clave": "acuse", "estado": POR_EMITIR}
            caso.asentar(replace(nueva("documento", "2026-11-20 12:00"), documentos=(pedido,)))
        caso.asentar(replace(nueva("documento", "2026-11-20 12:00"), documentos=(hecho,)))
    return caso
