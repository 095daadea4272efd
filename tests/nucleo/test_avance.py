"""Los dos manuales, frase por frase: qué paso puede darse y qué le falta."""

import pytest

from expediente.nucleo.avance import revisar_ocurrio, siguientes
from expediente.nucleo.captura import convertir_datos
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste, NoPermitido, SinPermiso
from expediente.nucleo.estado import EMITIDO, RESERVADO
from tests.nucleo.tramite import (
    AUXILIAR,
    DIRECTOR_AGUA,
    DIRECTORA,
    FUGA,
    PERSONAL,
    REQUISITOS,
    VIAJE,
    Tramite,
    atendido_otra_vez,
    autorizado,
    canalizado,
    catalogos,
    inconforme,
    momento,
    por_autorizar,
    por_verificar,
    procedimiento,
    reporte,
    solicitud,
)

TOMA = {
    "tipo_servicio": "falta_agua_toma",
    "anonimo": "no",
    "usuario.nombres": "Íñigo",
    "usuario.primer_apellido": "Muñiz",
    "usuario.telefono": "8711550199",
    "ubicacion.colonia": "La Cigüeña",
    "cuenta": "00418-7",
}


def test_abrir_cumple_el_primer_paso_y_toca_registrar() -> None:
    caso = solicitud()

    toca = caso.siguiente

    assert (toca.paso, toca.responsable) == ("registrar", "auxiliar")


def test_sin_los_datos_de_quien_viaja_no_se_registra() -> None:
    caso = solicitud()

    with pytest.raises(NoPermitido, match="Beneficiario: nombre") as error:
        caso.dar(datos={"motivo": "consulta"})

    assert "campo «fecha_viaje»" in error.value.mensaje
    assert "Le toca a Auxiliar de Área" in error.value.mensaje


def test_lo_que_falta_se_dice_con_la_orden_que_lo_daria() -> None:
    caso = solicitud()

    falta = {f.clave: f for f in caso.siguiente.falta}

    assert falta["beneficiario.nombres"].orden == ("-d", "beneficiario.nombres=…")
    assert falta["tipo_viaje"].opciones == ("ida", "regreso", "redondo")
    assert "beneficiario.curp" not in falta and "fecha_regreso" not in falta


def test_sin_los_requisitos_no_se_elabora_el_oficio() -> None:
    caso = solicitud().dar(datos=VIAJE)

    with pytest.raises(NoPermitido, match="requisito «carnet»"):
        caso.dar(requisitos=("identificacion", "comprobante_domicilio"))

    assert caso.falta == [("requisito", clave) for clave in REQUISITOS]


def test_la_curp_no_es_obligatoria() -> None:
    caso = solicitud().dar(datos=VIAJE)

    caso.dar(requisitos=REQUISITOS)

    assert caso.estado.pasos == ("elaborar",)


def test_un_requisito_entregado_al_abrir_ya_no_se_pide() -> None:
    caso = solicitud().dar(datos=VIAJE, requisitos=("carnet",))

    assert ("requisito", "carnet") not in caso.falta


def test_un_requisito_que_el_manual_no_pide_se_rechaza() -> None:
    with pytest.raises(NoExiste, match=r"¿Quiso decir «carnet»?"):
        solicitud().dar(datos=VIAJE, requisitos=("carne",))


def test_elaborar_reserva_numero_y_deja_borrador() -> None:
    caso = por_autorizar()

    oficio = caso.estado.documento("oficio")

    assert oficio and (oficio.estado, oficio.numero) == (RESERVADO, "DIF/DG/0001/2026")


def test_no_autoriza_nadie_sin_nombrarse() -> None:
    caso = por_autorizar()

    with pytest.raises(NoPermitido, match=r"diga --por PERSONA. Puede: directora"):
        caso.dar(resultado="autoriza")


def test_solo_autoriza_quien_tiene_el_rol() -> None:
    caso = por_autorizar()

    with pytest.raises(SinPermiso, match=r"«auxiliar» no tiene ese rol. Puede: directora"):
        caso.dar(resultado="autoriza", por=AUXILIAR)

    assert caso.estado.pasos == ("autorizar",)


def test_autorizar_se_decide_no_se_supone() -> None:
    caso = por_autorizar()

    with pytest.raises(NoPermitido, match="diga --resultado con uno de autoriza, niega"):
        caso.dar(por=DIRECTORA)


def test_autorizar_emite_el_oficio_con_el_numero_que_tenia() -> None:
    caso = autorizado()

    oficio = caso.estado.documento("oficio")

    assert oficio and (oficio.estado, oficio.numero) == (EMITIDO, "DIF/DG/0001/2026")
    assert caso.estado.pasos == ("entregar",)


@pytest.mark.parametrize("nota", [None, "", "   "])
def test_sin_motivo_no_se_niega(nota: str | None) -> None:
    caso = por_autorizar()

    with pytest.raises(NoPermitido, match="pide el motivo"):
        caso.dar(resultado="niega", por=DIRECTORA, nota=nota)

    assert caso.siguiente.piden_nota == ("niega",)


def test_no_se_entrega_un_oficio_que_no_esta_autorizado() -> None:
    caso = por_autorizar()

    with pytest.raises(NoPermitido, match=r"El paso «entregar» no toca ahora. Toca «autorizar»"):
        caso.dar(paso="entregar")


def test_no_se_entrega_un_oficio_que_se_cancelo() -> None:
    caso = autorizado()
    caso.anular("DIF/DG/0001/2026", "2026-11-20 11:00")

    with pytest.raises(NoPermitido, match="documento «oficio»"):
        caso.dar()

    (falta,) = caso.siguiente.falta
    assert falta.orden == ("oficio", "emitir", "FOLIO", "--documento", "oficio")


def test_lo_concluido_ya_no_avanza() -> None:
    caso = autorizado().dar().dar().dar()

    with pytest.raises(NoPermitido, match=r"ya terminó \(concluido\)"):
        caso.dar()

    assert siguientes(caso.procedimiento, caso.estado, catalogos(), PERSONAL) == ()


def test_el_regreso_no_es_antes_de_la_ida() -> None:
    with pytest.raises(DatosInvalidos, match="regreso es anterior"):
        solicitud().dar(datos={**VIAJE, "fecha_regreso": "2026-11-24"})


def test_nadie_viaja_a_donde_ya_esta() -> None:
    with pytest.raises(DatosInvalidos, match="mismo lugar"):
        solicitud().dar(datos={**VIAJE, "destino": "Gómez Palacio"})


def test_un_acompanante_a_medias_pide_lo_que_le_falta() -> None:
    caso = solicitud()

    with pytest.raises(NoPermitido, match=r"acompanantes.0.primer_apellido"):
        caso.dar(datos={**VIAJE, "acompanantes.0.nombres": "Luz"})


def test_no_viajan_mas_de_dos_acompanantes() -> None:
    with pytest.raises(DatosInvalidos, match=r"se aceptan hasta 2 \(acompanantes.0 y "):
        solicitud().dar(datos={**VIAJE, "acompanantes.2.nombres": "Luz"})


@pytest.mark.parametrize("clave", ["acompanantes.00.nombres", "acompanantes.٠.nombres"])
def test_un_acompanante_no_se_cuela_con_otro_nombre_de_su_lugar(clave: str) -> None:
    with pytest.raises(NoExiste, match="no tiene el campo"):
        solicitud().dar(datos={**VIAJE, clave: "Luz"})


def test_cambiar_un_dato_al_avanzar_deja_el_anterior() -> None:
    caso = solicitud().dar(datos=VIAJE).dar(datos={"motivo": "tratamiento"}, requisitos=REQUISITOS)

    ultima = caso.actuaciones[-1]

    assert (ultima.datos, ultima.anteriores) == ({"motivo": "tratamiento"}, {"motivo": "consulta"})


def test_un_campo_mal_escrito_sugiere_el_bueno() -> None:
    with pytest.raises(NoExiste, match=r"¿Quiso decir «destino»?"):
        solicitud().dar(datos={"destinos": "Torreón"})


def test_una_persona_se_escribe_por_partes() -> None:
    with pytest.raises(NoExiste, match=r"Diga cada parte: beneficiario.nombres"):
        solicitud().dar(datos={"beneficiario": "Ana Nuñez"})


def test_todos_los_datos_malos_se_dicen_de_una_vez_y_sin_repetirlos() -> None:
    p = procedimiento("estrella-blanca")

    with pytest.raises(DatosInvalidos) as error:
        convertir_datos(p, {"destino": "Zzz", "beneficiario.telefono": "871-SECRETO"}, catalogos())

    assert "«destino»" in error.value.mensaje and "«beneficiario.telefono»" in error.value.mensaje
    assert "SECRETO" not in error.value.mensaje and "Zzz" not in error.value.mensaje


def test_un_anonimo_no_da_su_nombre() -> None:
    caso = reporte().dar(resultado="procede", datos=FUGA)

    assert caso.estado.pasos == ("canalizar",)


def test_quien_no_es_anonimo_da_nombre_y_telefono() -> None:
    with pytest.raises(NoPermitido, match=r"usuario.nombres") as error:
        reporte().dar(resultado="procede", datos={**FUGA, "anonimo": "no"})

    assert "usuario.telefono" in error.value.mensaje


def test_a_lo_que_procede_se_le_da_numero_de_reporte() -> None:
    caso = reporte().dar(resultado="procede", datos=FUGA)

    numero = caso.estado.datos["numero_reporte"]

    assert numero.startswith("R-2026-")


def test_la_falta_de_agua_en_la_toma_pide_la_cuenta() -> None:
    sin_cuenta = {k: dato for k, dato in TOMA.items() if k != "cuenta"}

    with pytest.raises(NoPermitido, match=r"«cuenta».*«situacion_cuenta»"):
        reporte().dar(resultado="procede", datos=sin_cuenta)


@pytest.mark.parametrize("tipo", ["falta_agua_zona", "fuga_toma", "otro"])
def test_los_demas_tipos_no_piden_cuenta(tipo: str) -> None:
    caso = reporte().dar(resultado="procede", datos={**FUGA, "tipo_servicio": tipo})

    assert "cuenta" not in caso.estado.datos


def test_la_cuenta_no_regularizada_no_procede() -> None:
    datos = {**TOMA, "situacion_cuenta": "no regularizada"}

    with pytest.raises(NoPermitido, match="la cuenta no está regularizada; elija «improcedente»"):
        reporte().dar(resultado="procede", datos=datos)

    caso = reporte().dar(resultado="improcedente", datos=datos)
    assert caso.estado.situacion == "improcedente"
    assert "numero_reporte" not in caso.estado.datos


def test_lo_que_procede_no_puede_declararse_improcedente() -> None:
    with pytest.raises(NoPermitido, match="sólo no procede si"):
        reporte().dar(resultado="improcedente", datos={**TOMA, "situacion_cuenta": "regularizada"})


def test_solo_se_ofrecen_los_resultados_que_se_pueden_elegir() -> None:
    por_consultar, consultado = reporte(), reporte()
    por_consultar.corregir(TOMA)
    consultado.corregir({**TOMA, "situacion_cuenta": "no_regularizada"})

    fuga = reporte(tipo_servicio="fuga_toma")

    assert por_consultar.siguiente.resultados == ("procede", "improcedente")
    assert consultado.siguiente.resultados == ("improcedente",)
    assert fuga.siguiente.resultados == ("procede",)


def test_no_se_da_de_baja_sin_decir_que_se_hizo() -> None:
    caso = canalizado()

    with pytest.raises(NoPermitido, match="campo «trabajo»"):
        caso.dar()


def test_un_inconforme_se_reasigna_con_el_mismo_numero() -> None:
    caso = por_verificar()
    numero = caso.estado.datos["numero_reporte"]

    inconforme(caso, "2026-11-20 12:00")

    assert caso.estado.pasos == ("atender",)
    assert caso.estado.datos["numero_reporte"] == numero


def test_la_tercera_inconformidad_sube_a_la_direccion() -> None:
    caso = por_verificar()
    for hora in ("11:00", "12:00"):
        inconforme(caso, f"2026-11-20 {hora}")
        atendido_otra_vez(caso, f"2026-11-20 {hora}")

    inconforme(caso, "2026-11-20 13:00")

    assert caso.estado.pasos == ("intervenir",)
    assert caso.siguiente.responsable == "direccion-agua"


def test_despues_de_la_tercera_cada_vuelta_la_decide_la_direccion() -> None:
    caso = _en_intervencion()

    caso.dar("2026-11-20 14:00", resultado="reasigna", por=DIRECTOR_AGUA, nota="Última vez.")
    inconforme(atendido_otra_vez(caso, "2026-11-20 15:00"), "2026-11-20 16:00")

    assert caso.estado.pasos == ("intervenir",)


def test_la_directora_del_dif_no_decide_por_el_organismo_de_agua() -> None:
    with pytest.raises(SinPermiso, match="Puede: director-agua"):
        _en_intervencion().dar(resultado="cierra", por=DIRECTORA, nota="Ya.")


def test_al_tercer_intento_sin_localizar_se_cierra_sin_verificacion() -> None:
    caso = por_verificar()
    for _ in range(2):
        caso.dar(resultado="no-localizado")
        assert caso.estado.pasos == ("verificar",)

    caso.dar(resultado="no-localizado")

    assert caso.estado.pasos == ("cerrar-sin-verificacion",)


def test_solo_el_conforme_cierra_como_concluido() -> None:
    conforme = por_verificar().dar(resultado="conforme").dar()
    sin_verificar = por_verificar()
    for _ in range(3):
        sin_verificar.dar(resultado="no-localizado")

    sin_verificar.dar()

    assert conforme.estado.situacion == "concluido"
    assert sin_verificar.estado.situacion == "cerrado_sin_verificacion"


def test_un_resultado_que_no_existe_sugiere_el_bueno() -> None:
    with pytest.raises(NoExiste, match=r"¿Quiso decir «conforme»?"):
        por_verificar().dar(resultado="comforme")


def test_un_paso_que_no_decide_no_acepta_resultado() -> None:
    with pytest.raises(NoExiste, match="no decide nada; quite --resultado"):
        canalizado().dar(datos={"trabajo": "Ya."}).dar(resultado="procede")


def test_un_paso_que_no_existe_sugiere_el_bueno() -> None:
    with pytest.raises(NoExiste, match=r"¿Quiso decir «entregar»?"):
        solicitud().dar(paso="entrega")


def test_nada_ocurre_en_el_futuro() -> None:
    ahora = momento("2026-11-20 10:00")

    with pytest.raises(DatosInvalidos, match="futuro"):
        revisar_ocurrio(momento("2026-11-20 10:01"), None, ahora)

    revisar_ocurrio(ahora, None, ahora)


def test_nada_ocurre_antes_del_paso_previo() -> None:
    previo, ahora = momento("2026-11-20 09:00"), momento("2026-11-20 10:00")

    with pytest.raises(DatosInvalidos, match="20 de noviembre de 2026, 09:00 horas"):
        revisar_ocurrio(momento("2026-11-20 08:59"), previo, ahora)

    revisar_ocurrio(previo, previo, ahora)


def _en_intervencion() -> Tramite:
    """Un reporte con tres inconformidades, en manos de la Dirección General."""
    caso = por_verificar()
    for hora in ("11:00", "12:00"):
        atendido_otra_vez(inconforme(caso, f"2026-11-20 {hora}"), f"2026-11-20 {hora}")
    return inconforme(caso, "2026-11-20 13:00")


def test_en_una_vuelta_nueva_se_dice_otra_vez_que_se_hizo() -> None:
    caso = inconforme(por_verificar("2026-11-20 09:00"), "2026-11-20 16:00")

    with pytest.raises(NoPermitido, match="campo «trabajo»"):
        caso.dar("2026-11-20 17:00")


def test_no_se_autoriza_un_viaje_que_ya_paso() -> None:
    caso = por_autorizar("2026-11-20 09:00")

    with pytest.raises(NoPermitido, match="la fecha de viaje ya pasó"):
        caso.dar("2026-12-20 09:00", resultado="autoriza", por=DIRECTORA)


def test_un_paso_que_no_entrega_nada_no_dice_quien_recibe() -> None:
    caso = por_autorizar("2026-11-20 09:00")

    with pytest.raises(ErrorUso, match="no entrega ningún documento; quite --recibe"):
        caso.dar("2026-11-20 09:00", resultado="autoriza", por=DIRECTORA, recibe="Ana")


def test_el_nombre_de_una_lista_se_sugiere_con_su_numero() -> None:
    with pytest.raises(NoExiste, match=r"acompanantes\.0\.nombres"):
        solicitud().dar(datos={"acompanantes.#.nombre": "Íñigo"})
