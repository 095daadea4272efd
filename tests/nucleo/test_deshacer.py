"""Deshacer lo último: el caso vuelve a donde estaba y los papeles dicen lo mismo."""

from dataclasses import replace

import pytest

from expediente.nucleo.deshacer import lo_ultimo
from expediente.nucleo.errores import NoPermitido
from expediente.nucleo.estado import CANCELADO, EMITIDO, RESERVADO
from tests.nucleo.pequenos import deshacer
from tests.nucleo.tramite import (
    DIRECTORA,
    FUGA,
    VIAJE,
    Tramite,
    autorizado,
    nueva,
    por_autorizar,
    reporte,
    solicitud,
)


def oficio(caso: Tramite) -> tuple[str, str | None]:
    documento = caso.estado.documento("oficio")
    assert documento is not None
    return documento.estado, documento.numero


def test_lo_autorizado_por_error_vuelve_a_esperar_la_firma() -> None:
    antes = por_autorizar().estado

    caso = deshacer(autorizado())

    assert caso.estado.pasos == ("autorizar",)
    assert replace(caso.estado, documentos=()) == replace(antes, documentos=())


def test_el_numero_emitido_vuelve_a_estar_reservado() -> None:
    assert oficio(deshacer(autorizado())) == (RESERVADO, "DIF/DG/0001/2026")


def test_lo_deshecho_y_vuelto_a_hacer_se_entrega_como_siempre() -> None:
    caso = deshacer(autorizado()).dar("2026-11-20 12:00", resultado="autoriza", por=DIRECTORA)

    assert oficio(caso) == (EMITIDO, "DIF/DG/0001/2026")
    assert caso.dar("2026-11-20 12:00").estado.pasos == ("orientar",)


def test_el_numero_que_reservo_el_paso_deshecho_se_cancela() -> None:
    caso = deshacer(por_autorizar())

    assert [(d.estado, d.numero) for d in caso.estado.documentos] == [
        (CANCELADO, "DIF/DG/0001/2026")
    ]


def test_lo_que_se_anulo_al_negar_vuelve_con_otro_numero() -> None:
    caso = por_autorizar().dar(resultado="niega", por=DIRECTORA, nota="No procede.")
    assert oficio(caso)[0] == CANCELADO

    deshacer(caso)

    assert oficio(caso) == (RESERVADO, "DIF/DG/0002/2026")
    assert (CANCELADO, "DIF/DG/0001/2026") in [(d.estado, d.numero) for d in caso.estado.documentos]


def test_el_numero_de_reporte_que_dio_el_paso_se_cancela_y_deja_de_constar() -> None:
    caso = reporte().dar(resultado="procede", datos=FUGA)
    numero = caso.estado.datos["numero_reporte"]

    deshacer(caso)

    assert "numero_reporte" not in caso.estado.datos
    assert (numero, CANCELADO) in [(d.numero, d.estado) for d in caso.estado.documentos]


def test_deshacer_dos_veces_va_un_paso_mas_atras() -> None:
    caso = deshacer(deshacer(autorizado()))

    assert caso.estado.pasos == ("elaborar",)


def test_los_datos_del_paso_deshecho_dejan_de_constar() -> None:
    caso = solicitud()
    antes = caso.estado.datos

    caso.dar(datos=VIAJE)

    assert deshacer(caso).estado.datos == antes


def test_la_nota_que_vino_despues_no_es_lo_que_se_deshace() -> None:
    caso = por_autorizar().asentar(replace(nueva("nota", "2026-11-20 11:00"), nota="Llamó."))

    assert deshacer(caso).estado.pasos == ("elaborar",)


def test_la_apertura_no_se_deshace() -> None:
    with pytest.raises(NoPermitido, match="Sólo consta la apertura"):
        deshacer(solicitud())


def test_tras_el_acuse_ya_no_se_deshace() -> None:
    acuse = {"clave": "oficio", "numero": "DIF/DG/0001/2026", "recibe": "Ana"}
    caso = autorizado().asentar(replace(nueva("acuse", "2026-11-20 11:00"), documentos=(acuse,)))

    with pytest.raises(NoPermitido, match="se acusó un oficio"):
        deshacer(caso)


def test_lo_entregado_ya_no_se_deshace() -> None:
    with pytest.raises(NoPermitido, match="se entregó"):
        deshacer(autorizado().dar("2026-11-20 11:00"))


def test_lo_archivado_ya_no_se_deshace() -> None:
    caso = autorizado().asentar(nueva("archivo", "2026-11-20 11:00"))

    with pytest.raises(NoPermitido, match="se archivó"):
        deshacer(caso)


def test_tras_cancelar_o_reexpedir_un_oficio_ya_no_se_deshace() -> None:
    caso = autorizado()
    anulado = {"clave": "oficio", "numero": "DIF/DG/0001/2026", "estado": CANCELADO}
    a = replace(nueva("documento", "2026-11-20 11:00"), documentos=(anulado,), nota="Error.")

    with pytest.raises(NoPermitido, match="reexpidió o canceló"):
        deshacer(caso.asentar(a))


def test_si_el_paso_ya_abrio_otro_caso_no_se_deshace() -> None:
    detalle = {"folio": "AP-2026-0001", "como": "abrio", "origen": "5.0"}
    caso = autorizado().asentar(replace(nueva("relacion", "2026-11-20 11:00"), detalle=detalle))

    with pytest.raises(NoPermitido, match="se abrió AP-2026-0001"):
        deshacer(caso)


def test_con_el_paso_se_deshace_lo_que_produjo_en_el_libro() -> None:
    caso = autorizado()

    ultima, numeros = lo_ultimo(caso.actuaciones)

    assert ultima.paso == "autorizar"
    assert numeros == [str(ultima.numero), str(len(caso.actuaciones))]
