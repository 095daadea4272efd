"""Lo que puede pasarle a cualquier caso: cuándo cabe cada evento y cómo lo deja."""

from dataclasses import replace

import pytest

from expediente.nucleo.errores import DatosInvalidos, NoExiste, NoPermitido, SinPermiso
from expediente.nucleo.estado import CANCELADO, EMITIDO
from expediente.nucleo.reglas_de_eventos import prorroga_de
from tests.nucleo.pequenos import abierto, de, deshacer, evento
from tests.nucleo.tramite import (
    AUXILIAR,
    DIRECTORA,
    Tramite,
    catalogos,
    momento,
    nueva,
    siguientes,
)

CUERPO = """\
documentos:
  - {clave: oficio, nombre: Oficio, plantilla: oficio.docx, libro: DG, firma: direccion}
eventos: {libro: DG, firma: direccion, dirigido: {rol: direccion}, al_fallecer: recoger}
plazos:
  - {clave: respuesta, nombre: Respuesta, cantidad: '10', hasta: firmar}
  - {clave: meta, nombre: Meta, cantidad: '1', hasta: firmar}
situaciones: {en_firma: En firma}
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: [preparar, cotejar]}
  - {clave: preparar, responsable: auxiliar, actividad: Prepara., prepara: oficio, sigue: firmar}
  - {clave: cotejar, responsable: auxiliar, actividad: Coteja., sigue: firmar}
  - clave: firmar
    responsable: direccion
    actividad: Firma.
    autoriza: sí
    reune: sí
    situacion: en_firma
    emite: oficio
    final: concluido
  - {clave: recoger, responsable: auxiliar, actividad: Recoge., final: concluido}
"""
EVENTOS = de(CUERPO)
SIN_SALTO = de(CUERPO.replace(", al_fallecer: recoger", ", no_admite: [prorrogar]").replace(
    "  - {clave: recoger, responsable: auxiliar, actividad: Recoge., final: concluido}\n", ""
))  # fmt: skip


def preparado() -> Tramite:
    """Un caso con su oficio en borrador y la otra rama por cotejar."""
    return abierto(EVENTOS).dar(paso="preparar")


def test_el_que_esta_suspendido_no_avanza_hasta_que_se_reanuda() -> None:
    caso = evento(preparado(), "suspender")

    with pytest.raises(NoPermitido, match="suspendido desde"):
        caso.dar(paso="cotejar")

    assert siguientes(caso.procedimiento, caso.estado, catalogos()) == ()
    assert caso.estado.situacion == "suspendido"
    assert evento(caso, "reanudar").dar(paso="cotejar").estado.pasos == ("firmar",)


def test_lo_que_no_esta_detenido_no_se_reanuda() -> None:
    with pytest.raises(NoPermitido, match="no hay qué reanudar"):
        evento(preparado(), "reanudar")


def test_lo_suspendido_no_se_niega_pero_si_se_desiste() -> None:
    caso = evento(preparado(), "suspender")

    with pytest.raises(NoPermitido, match="expediente reanudar"):
        evento(caso, "negar", por=DIRECTORA)

    assert evento(caso, "desistir").estado.situacion == "desistido"


def test_solo_se_previene_una_vez() -> None:
    caso = evento(preparado(), "prevenir", hasta="27 de noviembre", vence="2026-11-27")
    assert caso.estado.situacion == "en_prevencion"

    evento(caso, "reanudar")

    with pytest.raises(NoPermitido, match="sólo puede hacerse una"):
        evento(caso, "prevenir")


def test_la_prevencion_sale_por_oficio() -> None:
    caso = evento(preparado(), "prevenir", hasta="27 de noviembre", vence="2026-11-27")

    documento = caso.estado.documento("prevencion")

    assert documento and documento.estado == EMITIDO and documento.numero


def test_niega_quien_puede_autorizar() -> None:
    with pytest.raises(NoPermitido, match=r"--por PERSONA. Puede: directora"):
        evento(preparado(), "negar")
    with pytest.raises(SinPermiso, match="no autoriza"):
        evento(preparado(), "negar", por=AUXILIAR)

    assert evento(preparado(), "negar", por=DIRECTORA).estado.situacion == "negado"


def test_lo_reservado_se_cancela_al_terminar() -> None:
    caso = evento(preparado(), "desistir")

    oficio = caso.estado.documento("oficio")

    assert oficio and (oficio.estado, oficio.motivo) == (CANCELADO, "Así convino.")
    assert (caso.estado.pasos, caso.estado.en_reunion) == ((), ())


def test_el_que_termina_suspendido_ya_no_esta_suspendido() -> None:
    caso = evento(evento(preparado(), "suspender"), "cancelar", "2026-11-23 10:00")

    assert caso.estado.suspendido is None
    assert caso.estado.suspensiones[0].hasta == momento("2026-11-23 10:00")


def test_lo_terminado_no_admite_mas_que_reabrirse() -> None:
    caso = evento(preparado(), "desistir")

    with pytest.raises(NoPermitido, match="ya terminó"):
        evento(caso, "suspender")
    with pytest.raises(NoPermitido, match="sigue abierto"):
        evento(preparado(), "reabrir")


def test_reabrir_vuelve_a_donde_estaba() -> None:
    caso = evento(evento(preparado(), "desistir"), "reabrir", "2026-11-24 09:00")

    assert caso.estado.pasos == ("cotejar",)
    assert (caso.estado.situacion, caso.estado.concluido) == ("en_tramite", None)
    assert caso.estado.movimientos[-1] == ("reapertura", momento("2026-11-24 09:00"))


def test_lo_concluido_se_reabre_en_el_paso_que_lo_cerro() -> None:
    caso = preparado().dar(paso="cotejar").dar(por=DIRECTORA)

    assert evento(caso, "reabrir").estado.pasos == ("firmar",)


def test_no_se_reabre_en_un_paso_al_que_nunca_llego() -> None:
    caso = evento(preparado(), "desistir")

    with pytest.raises(NoPermitido, match="nunca llegó al paso «firmar»"):
        evento(caso, "reabrir", paso="firmar")
    with pytest.raises(NoExiste, match=r"¿Quiso decir «cotejar»?"):
        evento(caso, "reabrir", paso="cotejo")

    assert evento(caso, "reabrir", paso="preparar").estado.pasos == ("preparar",)


def test_el_fallecimiento_salta_al_paso_que_lo_atiende() -> None:
    caso = evento(evento(preparado(), "suspender"), "fallecimiento")

    assert (caso.estado.pasos, caso.estado.suspendido) == (("recoger",), None)
    assert caso.estado.fallecido == momento("2026-11-20 11:00")
    with pytest.raises(NoPermitido, match="ya consta"):
        evento(caso, "fallecimiento")


def test_el_fallecimiento_termina_el_caso_si_nada_lo_atiende() -> None:
    caso = evento(abierto(SIN_SALTO), "fallecimiento")

    assert (caso.estado.pasos, caso.estado.situacion) == ((), "fallecimiento")


def test_lo_que_el_procedimiento_no_admite_no_cabe() -> None:
    with pytest.raises(NoPermitido, match="no admite «prorrogar»"):
        evento(abierto(SIN_SALTO), "prorrogar")


def test_acumular_termina_el_caso_y_dice_a_cual() -> None:
    caso = evento(preparado(), "acumular", a="PQ-2026-0007")

    assert caso.estado.situacion == "acumulado"
    assert ("PQ-2026-0007", "acumulado_a") in caso.estado.relaciones


def test_lo_archivado_ya_no_admite_nada() -> None:
    caso = evento(preparado(), "desistir").asentar(nueva("archivo", "2026-11-25 09:00"))

    with pytest.raises(NoPermitido, match="ya está archivado"):
        evento(caso, "reabrir")


def test_el_paso_le_da_su_nombre_a_la_situacion() -> None:
    assert preparado().dar(paso="cotejar").estado.situacion == "en_firma"
    assert preparado().estado.situacion == "en_tramite"


def test_la_prorroga_es_de_hasta_la_mitad_del_plazo() -> None:
    estado = preparado().estado
    corren = {"respuesta": False}

    assert prorroga_de(EVENTOS, estado, corren, 5, None) == {"plazo": "respuesta", "cantidad": "5"}
    for cantidad in (6, 0, -1):
        with pytest.raises(NoPermitido, match="de 1 a 5"):
            prorroga_de(EVENTOS, estado, corren, cantidad, None)
    assert prorroga_de(EVENTOS, estado, {"meta": False}, 1, None)["cantidad"] == "1"


def test_solo_se_prorroga_antes_de_vencer() -> None:
    with pytest.raises(NoPermitido, match="ya venció"):
        prorroga_de(EVENTOS, preparado().estado, {"respuesta": True}, 2, None)
    with pytest.raises(NoPermitido, match="No corre ningún plazo"):
        prorroga_de(EVENTOS, preparado().estado, {}, 2, None)


def test_si_corren_varios_plazos_se_dice_cual_se_prorroga() -> None:
    corren = {"respuesta": False, "meta": False}

    with pytest.raises(DatosInvalidos, match="--plazo: respuesta, meta"):
        prorroga_de(EVENTOS, preparado().estado, corren, 2, None)

    assert prorroga_de(EVENTOS, preparado().estado, corren, 2, "respuesta")["plazo"] == "respuesta"


def test_solo_se_prorroga_una_vez() -> None:
    caso = evento(preparado(), "prorrogar", plazo="respuesta", cantidad="2")
    assert caso.estado.prorrogas == {"respuesta": 2}

    with pytest.raises(NoPermitido, match="sólo puede hacerse una vez"):
        prorroga_de(EVENTOS, caso.estado, {"respuesta": False}, 2, None)


def test_deshacer_un_evento_es_como_si_no_hubiera_pasado() -> None:
    antes = preparado().estado

    for clave in ("suspender", "prevenir", "desistir", "fallecimiento", "reasignar"):
        caso = deshacer(
            evento(preparado(), clave, hasta="mañana", vence="2026-11-27", a="auxiliar")
        )
        assert replace(caso.estado, documentos=()) == replace(antes, documentos=()), clave


def test_lo_reasignado_dice_a_quien() -> None:
    assert evento(preparado(), "reasignar", a="auxiliar").estado.asignado == "auxiliar"


def test_el_oficio_del_evento_se_pide_una_vez_por_evento() -> None:
    caso = evento(preparado(), "negar", por=DIRECTORA)
    evento(caso, "reabrir")

    evento(caso, "negar", por=DIRECTORA)

    emitidos = [d.numero for d in caso.estado.documentos if d.clave == "negativa"]
    assert len(emitidos) == len(set(emitidos)) == 2
