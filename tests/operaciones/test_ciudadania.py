"""Atención Ciudadana y el mostrador: cada petición, brigada, queja o llamada llega a su final."""

from typing import Any

import pytest

from expediente.almacen.hojas import leer_hoja
from expediente.almacen.oficina import carpeta_de_fabrica
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.cargar import cargar_hoja
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import Abridor, carta, dar, documento, texto_de_word

VECINA = {
    "nombres": "Begoña",
    "primer_apellido": "Ríos",
    "segundo_apellido": "Ibáñez",
    "telefono": "8711660014",
}
LUGAR = {"calle": "Sabino", "numero": "18", "colonia": "Ejido Nuevo Porvenir"}
BACHE = {
    **{f"ciudadano.{k}": dato for k, dato in VECINA.items()},
    **{f"ubicacion.{k}": dato for k, dato in LUGAR.items()},
    "tema": "bacheo",
    "descripcion": "Un socavón que no deja pasar.",
}
LUMINARIA = {**BACHE, "tema": "alumbrado", "descripcion": "Tres luminarias apagadas."}
ANONIMA = {
    "anonimo": "sí",
    "tema": "vigilancia",
    "descripcion": "Piden rondines.",
    **{f"ubicacion.{k}": dato for k, dato in LUGAR.items()},
}
BRIGADA = {
    "colonia": "ejido_nuevo_porvenir",
    "sede": "Plaza ejidal",
    "servicios.0": "Registro Civil",
    "servicios.1": "Salud",
    "dependencias.0": "registro_civil",
    "dependencias.1": "salud",
    "fecha_brigada": "2026-11-21",
    "hora_inicio": "09:00",
    "hora_fin": "13:00",
    "responsable": "lucia_zuniga",
    "vehiculo": "modulo_movil",
    "veda_electoral": "no",
}
QUEJA = {
    **{f"promovente.{k}": dato for k, dato in VECINA.items()},
    "tipo": "queja",
    "hechos": "Me pidieron dinero para pasar.",
}


def registrada(v: Ventanilla, datos: dict[str, str] = LUMINARIA) -> str:
    """Una petición con su acuse, por clasificar."""
    folio = abrir(v, Solicitud("peticion", datos)).folio
    dar(v, folio)
    return folio


def con_la_dependencia(
    v: Ventanilla, datos: dict[str, str] = LUMINARIA, dependencia: str = "servicios_publicos"
) -> str:
    """Una petición canalizada y recibida por la dependencia."""
    folio = registrada(v, datos)
    dar(v, folio, resultado="canaliza", datos={"clase": "tramite"})
    canalizar(v, folio, dependencia)
    return folio


def canalizar(v: Ventanilla, folio: str, dependencia: str = "servicios_publicos") -> None:
    """La manda por oficio y confirma que llegó."""
    dar(v, folio, datos={"dependencia": dependencia})
    dar(v, folio, recibe="Oficialía de partes")


def respondida(v: Ventanilla, folio: str, sentido: str = "atendida", **datos: str) -> Resultado:
    """Asienta lo que respondió la dependencia."""
    dar(v, folio, resultado="responde")
    return dar(
        v, folio, datos={"respuesta": "Se cambiaron tres focos.", "sentido": sentido, **datos}
    )


def verificar(v: Ventanilla, folio: str, resultado: str, como: str = "telefonica") -> Resultado:
    """Verifica la petición."""
    nota = "Sigue igual." if resultado == "no-solucionada" else None
    return dar(v, folio, resultado=resultado, datos={"tipo_verificacion": como}, nota=nota)


def firma(v: Ventanilla, folio: str, resultado: str | None = None, **mas: Any) -> Resultado:
    """Lo que hace la Directora de Atención Ciudadana."""
    return dar(v, folio, resultado=resultado, por="directora-ac", **mas)


def test_una_peticion_va_del_acuse_a_la_confirmacion_del_ciudadano(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)
    respondida(v, folio)
    verificar(v, folio, "solucionada")

    hecho = firma(v, folio, "atendida")

    assert hecho.situacion == "concluido"
    oficio = texto_de_word(carta(v, folio, "canalizacion"))
    assert "LIC. Irma Peña Carrillo" in oficio and "Tres luminarias apagadas." in oficio
    respuesta = texto_de_word(carta(v, folio, "respuesta"))
    assert "BEGOÑA RÍOS IBÁÑEZ" in respuesta and "quedó atendida" in respuesta
    assert folio in texto_de_word(carta(v, folio, "acuse"))


def test_lo_que_se_contesta_en_el_acto_no_se_canaliza(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = registrada(v)
    dar(v, folio, resultado="contesta", datos={"clase": "informacion_general"})

    hecho = dar(v, folio, datos={"respuesta_inmediata": "El horario es de 8 a 15 horas."})

    assert hecho.situacion == "concluido"
    assert "El horario es de 8 a 15 horas." in texto_de_word(carta(v, folio, "constancia"))


def test_una_queja_pasa_a_su_procedimiento_con_lo_que_ya_se_dijo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = registrada(v)

    hecho = dar(v, folio, resultado="queja", datos={"clase": "queja"})

    assert hecho.situacion == "a_quejas"
    abierta = tomar(v, "QS-2026-0001").estado
    assert abierta.datos["tipo"] == "queja"
    assert abierta.datos["promovente.nombres"] == "Begoña"
    assert abierta.datos["hechos"] == "Tres luminarias apagadas."


def test_lo_urgente_no_se_canaliza_sin_avisar_antes_por_telefono(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = registrada(v, {**BACHE, "tema": "riesgo"})

    with pytest.raises(NoPermitido, match="si es urgente"):
        dar(v, folio, resultado="canaliza", datos={"clase": "tramite"})
    dar(v, folio, resultado="urgencia", datos={"clase": "tramite"})
    hecho = dar(v, folio, datos={"aviso_urgencia": "Guardia de Protección Civil, 12:02"})

    assert hecho.pasos == ("canalizar",)


def test_lo_que_no_toca_al_municipio_se_orienta_por_oficio(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = registrada(v, {**LUMINARIA, "tema": "electricidad"})

    with pytest.raises(NoPermitido, match="autoridad"):
        dar(v, folio, resultado="fuera-de-competencia", datos={"clase": "tramite"})
    datos = {"clase": "tramite", "autoridad": "Comisión Federal de Electricidad"}
    dar(v, folio, resultado="fuera-de-competencia", datos=datos)
    hecho = dar(v, folio)

    assert hecho.situacion == "incompetencia"
    assert "Comisión Federal de Electricidad" in texto_de_word(carta(v, folio, "respuesta"))


def test_el_recordatorio_sale_solo_cuando_vencio_el_plazo(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())

    with pytest.raises(NoPermitido, match="todavía no vence"):
        dar(ventanilla("2026-11-24 09:00"), folio, resultado="sin-respuesta")
    tarde = ventanilla("2026-12-01 09:00")
    dar(tarde, folio, resultado="sin-respuesta")
    dar(tarde, folio)

    assert "primer recordatorio" in texto_de_word(carta(tarde, folio, "recordatorio"))


def test_tras_tres_recordatorios_sin_respuesta_decide_la_direccion(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())
    for momento in ("2026-12-01 09:00", "2026-12-09 09:00", "2026-12-17 09:00"):
        v = ventanilla(momento)
        dar(v, folio, resultado="sin-respuesta")
        dar(v, folio)
    v = ventanilla("2027-01-15 09:00")

    assert dar(v, folio, resultado="sin-respuesta").pasos == ("acordar",)
    firma(v, folio, "cierra", nota="La dependencia no tiene presupuesto.")
    hecho = firma(v, folio, "sin-solucion")

    assert hecho.situacion == "cerrado_sin_solucion"
    tercero = texto_de_word(carta(v, folio, "tercer-recordatorio"))
    assert "tercer recordatorio" in tercero and "Presidencia Municipal" in tercero
    assert "no fue posible obtener su solución" in texto_de_word(carta(v, folio, "respuesta"))


def test_lo_no_solucionado_regresa_con_oficio_nuevo_y_se_cuenta(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)
    for _ in range(2):
        respondida(v, folio)
        assert verificar(v, folio, "no-solucionada").pasos == ("canalizar",)
        canalizar(v, folio)
    respondida(v, folio)

    assert verificar(v, folio, "no-solucionada").pasos == ("acordar",)
    oficios = [d.numero for d in tomar(v, folio).estado.documentos if d.clave == "canalizacion"]
    assert oficios == ["AC/0001/2026", "AC/0002/2026", "AC/0003/2026"]


def test_lo_que_dice_la_dependencia_que_no_le_toca_se_canaliza_a_otra(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)

    hecho = dar(v, folio, resultado="no-corresponde", nota="Es de Obras Públicas.")

    assert hecho.pasos == ("canalizar",)
    dar(v, folio, datos={"dependencia": "obras_publicas"})
    assert "Director de Obras Públicas" in texto_de_word(carta(v, folio, "canalizacion"))


def test_un_bache_no_se_verifica_por_telefono(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v, BACHE, "obras_publicas")
    respondida(v, folio)

    with pytest.raises(NoPermitido, match="en el lugar"):
        verificar(v, folio, "solucionada")

    assert verificar(v, folio, "solucionada", "fisica").pasos == ("cerrar",)


def test_lo_programado_se_verifica_cuando_llega_su_fecha(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)
    respondida(v, folio, "programada", fecha_programada="2026-12-04")

    with pytest.raises(NoPermitido):
        verificar(v, folio, "solucionada")

    assert verificar(ventanilla("2026-12-04 10:00"), folio, "solucionada").pasos == ("cerrar",)


def test_lo_que_no_procede_se_responde_con_su_porque(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)
    respondida(v, folio, "no_procedente")

    hecho = firma(v, folio, "no-procedente")

    assert hecho.situacion == "no_procedente"
    assert "Se cambiaron tres focos." in texto_de_word(carta(v, folio, "respuesta"))


def test_a_quien_no_se_localiza_en_tres_intentos_se_le_cierra_sin_verificar(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)
    respondida(v, folio)
    for _ in range(2):
        assert verificar(v, folio, "no-localizada").pasos == ("verificar",)

    assert verificar(v, folio, "no-localizada").pasos == ("cerrar",)
    with pytest.raises(NoPermitido, match="quedó solucionada"):
        firma(v, folio, "atendida")
    assert firma(v, folio, "sin-verificacion").situacion == "cerrado_sin_verificacion"


def test_una_peticion_anonima_se_verifica_en_el_lugar_y_se_cierra_sin_oficio(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v, ANONIMA, "seguridad")
    respondida(v, folio)
    verificar(v, folio, "solucionada", "fisica")

    hecho = firma(v, folio, "anonima")

    assert hecho.situacion == "concluido"
    assert tomar(v, folio).estado.documento("respuesta") is None
    assert "Anónima" in texto_de_word(carta(v, folio, "acuse"))


def test_no_se_cierra_antes_que_las_que_se_abrieron_de_ella(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)
    hija = abrir(v, Solicitud("peticion", {"tema": "bacheo"}, relacionado=folio)).folio
    respondida(v, folio)
    verificar(v, folio, "solucionada")

    assert tomar(v, hija).estado.datos["ciudadano.nombres"] == "Begoña"
    with pytest.raises(NoPermitido, match="se abrieron de ésta"):
        firma(v, folio, "atendida")
    dar(v, hija)
    dar(v, hija, resultado="contesta", datos={"clase": "tramite"})
    dar(v, hija, datos={"respuesta_inmediata": "Va en el oficio de la otra."})

    assert firma(v, folio, "atendida").situacion == "concluido"


def test_solo_la_direccion_cierra_una_peticion(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = con_la_dependencia(v)
    respondida(v, folio)
    verificar(v, folio, "solucionada")

    with pytest.raises(ErrorExpediente, match="Director"):
        dar(v, folio, resultado="atendida", por="coordinador-gestion")


def agendada(v: Ventanilla, **datos: str) -> str:
    """Una brigada con fecha, que espera la autorización."""
    folio = abrir(v, Solicitud("brigada", {**BRIGADA, **datos})).folio
    dar(v, folio)
    dar(v, folio)
    return folio


def por_realizar(v: Ventanilla, **datos: str) -> str:
    """Una brigada autorizada, convocada y difundida."""
    folio = agendada(v, **datos)
    firma(v, folio, "autoriza")
    dar(v, folio)
    dar(v, folio, datos={"difusion": "Perifoneo y carteles."})
    return folio


def informada(v: Ventanilla, folio: str, captadas: str) -> None:
    """La brigada ya realizada y con su informe."""
    dar(v, folio, resultado="realizada")
    datos = {"asistentes": "64", "atendidos.0.servicio": "Salud", "atendidos.0.personas": "31"}
    dar(v, folio, datos={**datos, "peticiones_captadas": captadas})
    dar(v, folio)


def test_a_cada_dependencia_se_le_convoca_con_su_oficio(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = agendada(v)
    firma(v, folio, "autoriza")

    dar(v, folio)

    textos = [texto_de_word(carta(v, folio, f"convocatoria.{i}")) for i in (0, 1)]
    assert "Oficial del Registro Civil" in textos[0] and "AC/0001/2026" in textos[0]
    assert "Jefe de la Jurisdicción" in textos[1] and "AC/0002/2026" in textos[1]


def test_dos_brigadas_no_llevan_el_mismo_vehiculo_el_mismo_dia(ventanilla: Abridor) -> None:
    v = ventanilla()
    primera = agendada(v)

    otra = abrir(v, Solicitud("brigada", {**BRIGADA, "responsable": "tomas_arguelles"}))

    assert otra.aviso is not None
    assert "El vehículo ya está comprometido ese día" in otra.aviso and primera in otra.aviso
    assert "El responsable" not in otra.aviso


def test_una_brigada_no_se_autoriza_en_veda_electoral(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = agendada(v, veda_electoral="sí")

    with pytest.raises(NoPermitido, match="veda electoral"):
        firma(v, folio, "autoriza")

    assert firma(v, folio, "devuelve", nota="Cae en veda.").pasos == ("fijar-fecha",)


def test_no_se_realiza_antes_de_su_dia(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_realizar(v)

    with pytest.raises(NoPermitido, match="todavía no llega el día"):
        dar(v, folio, resultado="realizada")


def test_la_lluvia_la_reprograma_con_fecha_y_autorizacion_nuevas(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_realizar(v)
    dar(v, folio, resultado="reprograma", nota="Lluvia.")

    with pytest.raises(NoPermitido, match="Fecha"):
        dar(v, folio)
    nueva = {k: BRIGADA[k] for k in ("hora_inicio", "hora_fin", "responsable", "vehiculo")}
    hecho = dar(v, folio, datos={**nueva, "fecha_brigada": "2026-11-28", "veda_electoral": "no"})

    assert hecho.pasos == ("autorizar",)
    assert "28 de noviembre de 2026" in texto_de_word(carta(v, folio, "agenda"))


def test_lo_captado_sin_conexion_se_carga_con_su_hora_y_ligado_a_la_brigada(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = por_realizar(v)
    v = ventanilla("2026-11-23 09:00")
    datos = carpeta_de_fabrica() / "datos"

    carga = cargar_hoja(
        v,
        "peticion",
        leer_hoja(datos / "ejemplos" / "peticiones-brigada.csv"),
        datos / "mapas" / "peticiones-brigada.yaml",
        relacionado=folio,
    )

    assert (len(carga.abiertos), carga.rechazados) == (12, ())
    primera = tomar(v, carga.abiertos[0][1].folio).estado
    assert (f"{primera.abierto:%Y-%m-%d %H:%M}", primera.canal) == ("2026-11-21 09:12", "brigada")
    assert len(tomar(v, folio).estado.relaciones) == 12


def test_el_informe_de_la_brigada_dice_los_folios_que_abrio(ventanilla: Abridor) -> None:
    folio = por_realizar(ventanilla())
    v = ventanilla("2026-11-23 09:00")
    captada = abrir(v, Solicitud("peticion", LUMINARIA, relacionado=folio)).folio

    informada(v, folio, captadas="1")

    assert f"Sus folios\n{captada}\n" in texto_de_word(carta(v, folio, "informe"))


def test_la_brigada_no_se_cierra_hasta_cerrar_su_ultima_peticion(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_realizar(v)
    v = ventanilla("2026-11-23 09:00")
    informada(v, folio, captadas="1")

    with pytest.raises(NoPermitido, match="sin cargar"):
        dar(v, folio, resultado="cerradas")
    captada = abrir(v, Solicitud("peticion", LUMINARIA, relacionado=folio)).folio
    with pytest.raises(NoPermitido, match="abiertas"):
        dar(v, folio, resultado="cerradas")
    dar(v, captada)
    dar(v, captada, resultado="contesta", datos={"clase": "tramite"})
    dar(v, captada, datos={"respuesta_inmediata": "Ya está en el programa."})

    assert dar(v, folio).situacion == "concluido"
    assert "Perifoneo" in texto_de_word(carta(v, folio, "informe"))


def clasificada(v: Ventanilla, **datos: str) -> str:
    """Una queja registrada y clasificada."""
    folio = abrir(v, Solicitud("queja-sugerencia", {**QUEJA, **datos})).folio
    dar(v, folio)
    dar(v, folio)
    return folio


def test_la_queja_contra_una_persona_se_turna_al_organo_de_control(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = clasificada(v, servidor_senalado="El vigilante de la entrada")
    dar(v, folio)
    dar(v, folio, recibe="Órgano Interno de Control")
    firma(v, folio, "por-oficio", datos={"respuesta": "Le avisaremos de su número."})

    hecho = dar(v, folio, resultado="sin-mejora", nota="La determinará el Órgano de Control.")

    assert hecho.situacion == "concluido"
    turno = texto_de_word(carta(v, folio, "turno-control"))
    assert "El vigilante de la entrada" in turno
    respuesta = texto_de_word(carta(v, folio, "respuesta-promovente"))
    assert "se turnó al Órgano Interno de Control" in respuesta


@pytest.mark.parametrize("senalado", ["", "El vigilante de la entrada"])
def test_ningun_turno_dice_quien_se_quejo(ventanilla: Abridor, senalado: str) -> None:
    v = ventanilla()
    folio = clasificada(v, servidor_senalado=senalado)
    dar(v, folio, datos={} if senalado else {"area": "servicios_publicos"})

    turno = texto_de_word(carta(v, folio, "turno-control" if senalado else "turno-area"))

    assert "Begoña" not in turno and "BEGOÑA" not in turno


def test_la_queja_del_servicio_se_contesta_y_deja_una_mejora(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = clasificada(v)
    dar(v, folio, datos={"area": "servicios_publicos"})
    dar(v, folio, resultado="contesta")
    dar(v, folio, datos={"respuesta_area": "Se capacitó al personal."})
    firma(v, folio, "por-oficio", datos={"respuesta": "Se capacitó al personal."})

    with pytest.raises(NoPermitido, match="acción de mejora"):
        dar(v, folio, resultado="con-mejora")
    mejora = {"accion_mejora": "Letrero de costos", "responsable_mejora": "Servicios Públicos"}
    hecho = dar(v, folio, resultado="con-mejora", datos={**mejora, "fecha_mejora": "2026-12-15"})

    assert hecho.situacion == "concluido"


def test_una_queja_anonima_se_responde_en_el_expediente(ventanilla: Abridor) -> None:
    v = ventanilla()
    datos = {"tipo": "sugerencia", "hechos": "Más sillas.", "anonimo": "sí"}
    folio = abrir(v, Solicitud("queja-sugerencia", datos)).folio
    dar(v, folio)
    dar(v, folio)
    dar(v, folio, datos={"area": "dif"})
    dar(v, folio, resultado="contesta")
    dar(v, folio, datos={"respuesta_area": "Se pidieron diez."})

    with pytest.raises(NoPermitido, match="anónima"):
        firma(v, folio, "por-oficio", datos={"respuesta": "Se pidieron diez."})
    hecho = firma(v, folio, "en-expediente", datos={"respuesta": "Se pidieron diez."})

    assert hecho.pasos == ("mejorar",)


def test_al_area_que_no_contesta_se_le_recuerda_dos_veces(ventanilla: Abridor) -> None:
    folio = clasificada(ventanilla())
    dar(ventanilla(), folio, datos={"area": "servicios_publicos"})
    for momento in ("2026-12-01 09:00", "2026-12-09 09:00"):
        v = ventanilla(momento)
        dar(v, folio, resultado="sin-respuesta")
        dar(v, folio)

    hecho = dar(ventanilla("2026-12-17 09:00"), folio, resultado="sin-respuesta")

    assert hecho.pasos == ("responder",)
    assert documento(ventanilla(), folio, "recordatorio").numero == "AC/0003/2026"


def test_una_llamada_de_informacion_se_abre_y_cierra_de_una_vez(ventanilla: Abridor) -> None:
    v = ventanilla()
    datos = {"asunto": "Horario de cajas", "minutos": "3"}

    hecho = abrir(v, Solicitud("llamada-centro", datos, canal="telefono", resultado="informa"))

    assert (hecho.pasos, hecho.situacion) == ((), "concluido")


def test_una_llamada_de_reporte_abre_la_peticion(ventanilla: Abridor) -> None:
    v = ventanilla()
    datos = {**LUMINARIA, "asunto": "Luminarias apagadas"}

    hecho = abrir(v, Solicitud("llamada-centro", datos, canal="telefono", resultado="reporta"))

    abierta = tomar(v, "PE-2026-0001").estado
    assert hecho.situacion == "con_peticion"
    assert (abierta.canal, abierta.datos["ciudadano.nombres"]) == ("telefono", "Begoña")
    assert hecho.folio in [folio for folio, _ in abierta.relaciones]


def test_una_llamada_que_se_corta_tambien_se_anota(ventanilla: Abridor) -> None:
    hecho = abrir(ventanilla(), Solicitud("llamada-centro", resultado="abandona"))

    assert hecho.situacion == "abandonada"


def test_la_autoevaluacion_mide_cada_meta_y_la_revisa_la_direccion(ventanilla: Abridor) -> None:
    v = ventanilla()
    mes = {"periodo": "octubre de 2026", "area": "Gestión Social", "fecha_corte": "2026-10-31"}
    meta = {"persona": "Hugo César", "indicador": "Peticiones cerradas", "meta": "40"}
    metas = {f"metas.0.{k}": dato for k, dato in meta.items()}
    folio = abrir(v, Solicitud("autoevaluacion", mes)).folio
    with pytest.raises(NoPermitido, match=r"campo «metas\.0\.persona»"):
        dar(v, folio)
    dar(v, folio, datos=metas)
    with pytest.raises(NoPermitido, match="esultado"):
        dar(v, folio, datos={"logros": "Más acuses.", "por_mejorar": "Tiempos."})
    logrado = {"metas.0.resultado": "38", "logros": "Más acuses.", "por_mejorar": "Tiempos."}
    dar(v, folio, datos=logrado)
    firma(v, folio, "devuelve", nota="Revise la meta.")
    dar(v, folio, datos={"metas.0.meta": "42"})

    hecho = firma(v, folio, "aprueba")

    assert hecho.situacion == "concluido"
    hoja = texto_de_word(carta(v, folio, "autoevaluacion"))
    assert "Hugo César" in hoja and "42" in hoja and "38" in hoja


ATENCION = {"asunto": "Requisitos de un apoyo", "orientacion": "Se le explicaron."}


def test_una_atencion_resuelta_se_abre_y_cierra_de_una_vez(ventanilla: Abridor) -> None:
    v = ventanilla()
    datos = {**ATENCION, "evaluacion": "5", "herramientas": "sí"}

    hecho = abrir(v, Solicitud("atencion", datos, resultado="resuelto"))

    assert hecho.situacion == "concluido"
    assert "Requisitos de un apoyo" in texto_de_word(carta(v, hecho.folio, "constancia"))


def test_nada_queda_pendiente_sin_contacto_ni_compromiso(ventanilla: Abridor) -> None:
    v = ventanilla()

    with pytest.raises(NoPermitido, match="contacto, compromiso"):
        abrir(v, Solicitud("atencion", ATENCION, resultado="pendiente"))
    promesa = {"contacto": "8711660014", "compromiso": "Llamarle", "fecha_compromiso": "24/11/2026"}
    hecho = abrir(v, Solicitud("atencion", {**ATENCION, **promesa}, resultado="pendiente"))

    assert hecho.pasos == ("resolver",)
    assert "24 de noviembre de 2026" in texto_de_word(carta(v, hecho.folio, "pendiente"))
    with pytest.raises(NoPermitido, match="qué se le respondió"):
        dar(v, hecho.folio, resultado="respondido")
    final = dar(v, hecho.folio, resultado="respondido", datos={"respuesta_final": "Ya procede."})
    assert final.situacion == "concluido"


def test_lo_derivado_espera_a_la_mesa_de_ayuda_y_se_responde(ventanilla: Abridor) -> None:
    v = ventanilla()
    promesa = {"contacto": "8711660014", "compromiso": "Llamarle", "fecha_compromiso": "24/11/2026"}
    datos = {**ATENCION, **promesa, "mesa": "juridico"}
    folio = abrir(v, Solicitud("atencion", datos, resultado="derivado")).folio

    assert tomar(v, folio).estado.pasos == ("segundo-nivel",)
    assert "Orientación jurídica" in texto_de_word(carta(v, folio, "pendiente"))
    dar(v, folio, datos={"respuesta_mesa": "Procede."})
    for _ in range(2):
        dar(v, folio, resultado="no-localizado", datos={"respuesta_final": "Procede."})
    dar(v, folio, resultado="no-localizado")

    assert dar(v, folio).situacion == "sin_aviso"


def test_a_la_tercera_espera_decide_la_direccion(ventanilla: Abridor) -> None:
    v = ventanilla()
    promesa = {"contacto": "8711660014", "compromiso": "Llamarle", "fecha_compromiso": "24/11/2026"}
    folio = abrir(v, Solicitud("atencion", {**ATENCION, **promesa}, resultado="pendiente")).folio
    for _ in range(3):
        dar(v, folio, resultado="sigue-pendiente", nota="Falta el dato.")

    hecho = dar(
        v, folio, resultado="responde", por="directora", datos={"respuesta_final": "Procede."}
    )

    assert hecho.situacion == "concluido"


def test_la_queja_dejada_en_el_mostrador_se_vuelve_expediente(ventanilla: Abridor) -> None:
    v = ventanilla()
    datos = {**ATENCION, "dejo_queja": "sí", "lo_dicho": "Esperé dos horas."}

    with pytest.raises(NoPermitido, match="con-queja"):
        abrir(v, Solicitud("atencion", datos, resultado="resuelto"))
    hecho = abrir(v, Solicitud("atencion", datos, resultado="con-queja"))

    assert hecho.situacion == "con_queja"
    assert tomar(v, "QS-2026-0001").estado.datos["hechos"] == "Esperé dos horas."


def test_de_una_atencion_nace_otro_expediente_ligado(ventanilla: Abridor) -> None:
    v = ventanilla()
    datos = {**ATENCION, "dejo_queja": "sí", "lo_dicho": "Esperé dos horas."}
    folio = abrir(v, Solicitud("atencion", datos)).folio
    for _ in range(2):
        dar(v, folio)

    abrir(v, Solicitud("queja-sugerencia", QUEJA, relacionado=folio))

    assert dar(v, folio, resultado="resuelto").situacion == "concluido"


def test_la_evaluacion_va_de_uno_a_cinco(ventanilla: Abridor) -> None:
    with pytest.raises(DatosInvalidos, match="de 1 a 5"):
        abrir(ventanilla(), Solicitud("atencion", {**ATENCION, "evaluacion": "9"}))


def test_quien_se_retira_antes_tambien_queda_anotado(ventanilla: Abridor) -> None:
    hecho = abrir(
        ventanilla(), Solicitud("atencion", ATENCION, resultado="se-retiro", nota="Tenía prisa.")
    )

    assert hecho.situacion == "retirado"
