"""Lo que el organismo de agua recibe: reportes, quejas, información y la evaluación del Centro."""

import re

import pytest

from expediente.nucleo.errores import DatosInvalidos, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.consultas import ver
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import FUGA, Abridor, canalizado, dar, dice, situacion

USUARIO = {clave: dato for clave, dato in FUGA.items() if clave.startswith("usuario.")}
QUEJA = {
    **USUARIO,
    "clase": "queja",
    "tema": "atencion",
    "medio_respuesta": "escrito",
    "hechos": "Esperé dos horas en la ventanilla.",
    "contra_servidor": "no",
}
EVALUACION = {
    "mes": "octubre",
    "anio": "2026",
    "eficiencia_recibida": "80",
    "procedentes": "50",
    "conformes": "40",
    "eficiencia_propia": "80",
}


@pytest.mark.parametrize("clave", ["reporte-servicio", "queja", "informacion", "evaluacion-caic"])
def test_el_procedimiento_se_puede_recorrer(clave: str, ventanilla: Abridor) -> None:
    assert problemas_de(ventanilla(), clave) == []


def turnada(v: Ventanilla, **datos: str) -> str:
    """Una queja en manos del área."""
    folio = abrir(v, Solicitud("queja", {**QUEJA, **datos})).folio
    dar(v, folio, datos={"area": "gestion_social"})
    return folio


def test_la_queja_se_turna_se_contesta_y_se_cierra(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = turnada(v)
    turno = dice(v, folio, "turno")

    dar(v, folio, datos={"informe_area": "Faltó personal."})
    dar(v, folio, datos={"respuesta": "Se abrió otra ventanilla."})
    dar(v, folio, resultado="entregada", recibe="Íñigo Muñiz")
    dar(v, folio)

    assert situacion(v, folio) == "concluido"
    assert "Se abrió otra ventanilla." in dice(v, folio, "respuesta")
    assert "Muñiz" not in turno


def test_la_queja_anonima_se_atiende_sin_oficio(ventanilla: Abridor) -> None:
    v = ventanilla()
    sin_nombre = {c: d for c, d in QUEJA.items() if not c.startswith(("usuario", "medio"))}
    folio = abrir(v, Solicitud("queja", {**sin_nombre, "anonimo": "sí"})).folio
    dar(v, folio, datos={"area": "gestion_social"})
    dar(v, folio, datos={"informe_area": "Faltó personal."})

    dar(v, folio, datos={"respuesta": "Se abrió otra ventanilla."})
    dar(v, folio)

    assert situacion(v, folio) == "concluido"
    assert tomar(v, folio).estado.documento("respuesta") is None


def test_a_quien_no_se_localiza_en_tres_intentos_se_le_cierra(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = turnada(v)
    dar(v, folio, datos={"informe_area": "Faltó personal."})
    dar(v, folio, datos={"respuesta": "Se abrió otra ventanilla."})

    for _ in range(3):
        dar(v, folio, resultado="no-localizada")
    dar(v, folio)

    assert situacion(v, folio) == "cerrada_sin_notificar"


def test_la_queja_contra_una_persona_va_al_organo_interno_sin_nombrarla(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    datos = {**QUEJA, "contra_servidor": "sí", "senalado": "El cajero de la tarde"}
    folio = abrir(v, Solicitud("queja", datos)).folio

    dar(v, folio)

    remision = dice(v, folio, "remision")
    assert situacion(v, folio) == "remitida"
    assert "Órgano Interno de Control" in remision
    assert not re.search("cajero|Muñiz", remision)


def test_la_queja_que_es_una_solicitud_de_servicio_abre_su_reporte(ventanilla: Abridor) -> None:
    v = ventanilla()
    lugar = {"ubicacion.calle": "Calle Hidalgo", "ubicacion.colonia": "Centro"}
    folio = abrir(v, Solicitud("queja", {**QUEJA, "clase": "servicio", **lugar})).folio

    dar(v, folio)

    reporte = tomar(v, "RS-2026-0001").estado
    assert situacion(v, folio) == "vuelta_reporte"
    assert reporte.datos["descripcion"] == QUEJA["hechos"]
    assert reporte.datos["usuario.telefono"] == "8711550199"
    assert reporte.datos["ubicacion.calle"] == "Calle Hidalgo"


PREGUNTA = {"tema": "suministro", "pregunta": "¿Qué días hay agua en el Centro?"}


def test_la_informacion_que_se_tiene_se_da_en_el_acto(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("informacion", PREGUNTA)).folio

    dar(v, folio, resultado="en-el-acto", datos={"respuesta": "Martes y jueves."})

    assert situacion(v, folio) == "concluido"
    assert "Martes y jueves." in dice(v, folio, "constancia")


def test_la_que_averigua_el_area_se_contesta_por_oficio(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("informacion", PREGUNTA)).folio

    with pytest.raises(NoPermitido, match="hace falta saber a quién contestar"):
        dar(v, folio, resultado="averigua", datos={"area": "agua_potable"})
    dar(v, folio, resultado="averigua", datos={"area": "agua_potable", **USUARIO})
    dar(v, folio, datos={"dato_area": "El tandeo es martes y jueves."})
    dar(v, folio, datos={"respuesta": "Martes y jueves."})
    dar(v, folio, recibe="Íñigo Muñiz")

    assert situacion(v, folio) == "concluido"
    assert "Martes y jueves." in dice(v, folio, "respuesta")


def test_la_que_toca_a_otra_autoridad_se_orienta(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("informacion", PREGUNTA)).folio

    dar(v, folio, resultado="otra-autoridad", datos={"autoridad": "Comisión estatal del agua"})

    assert situacion(v, folio) == "orientado"


def test_la_evaluacion_que_coincide_se_conoce_y_se_archiva(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("evaluacion-caic")).folio

    dar(v, folio, datos=EVALUACION, requisitos=("evaluacion",))
    dar(v, folio)
    dar(v, folio)

    assert situacion(v, folio) == "concluido"
    assert "octubre de 2026" in dice(v, folio, "cotejo")


def test_la_evaluacion_que_no_coincide_se_concilia_con_el_centro(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("evaluacion-caic")).folio
    difiere = {"eficiencia_recibida": "90", "diferencias": "Falta la llamada de R-2026-0004."}

    dar(v, folio, datos={**EVALUACION, **difiere}, requisitos=("evaluacion",))
    oficio = dice(v, folio, "diferencias")
    dar(v, folio, datos={"acuerdo": "Queda en 80 %."})

    assert "Luis Ángel Treviño Muñoz" in oficio and "R-2026-0004" in oficio
    assert "Queda en 80 %." in dice(v, folio, "cotejo")


def test_el_calculo_propio_sale_de_los_reportes_contados(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("evaluacion-caic")).folio

    with pytest.raises(DatosInvalidos, match="no sale de los reportes"):
        dar(v, folio, datos={**EVALUACION, "eficiencia_propia": "95"}, requisitos=("evaluacion",))


IMPEDIDO = {
    "impedido": "sí",
    "impedimento": "lluvia",
    "evidencia": "Foto de la calle inundada.",
    "nueva_fecha": "2026-11-21",
    "usuario_avisado": "sí",
}


def test_el_impedimento_deja_constancia_y_no_detiene_el_reloj(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = canalizado(v)

    with pytest.raises(NoPermitido, match="Qué comprueba el impedimento"):
        dar(v, folio, datos={"impedido": "sí", "impedimento": "lluvia"})
    dar(v, folio, datos=IMPEDIDO)

    estado = tomar(v, folio).estado
    constancia = dice(v, folio, "impedimento")
    programa = next(x for x in ver(v, folio).vencimientos if x.clave == "programa-24h")
    assert estado.pasos == ("atender",)
    assert "Lluvia" in constancia and "21 de noviembre de 2026" in constancia
    assert (programa.cumplido, programa.vence.isoformat()[:16]) == (None, "2026-11-21T12:00")


def test_tras_un_impedimento_hay_que_decir_si_ya_se_pudo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = canalizado(v)
    dar(v, folio, datos=IMPEDIDO)

    with pytest.raises(NoPermitido, match=r"«impedido»"):
        dar(v, folio, datos={"trabajo": "Se cambió el tramo."})
    dar(v, folio, datos={"impedido": "no", "trabajo": "Se cambió el tramo."})

    assert tomar(v, folio).estado.pasos == ("dar-baja",)


def test_al_cuarto_impedimento_decide_la_direccion(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = canalizado(v)

    for _ in range(4):
        dar(v, folio, datos=IMPEDIDO)

    assert tomar(v, folio).estado.pasos == ("intervenir",)


def test_el_area_recibe_su_orden_y_otra_si_se_le_reasigna(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = canalizado(v)
    primera = dice(v, folio, "orden-turno")
    dar(v, folio, datos={"trabajo": "Se cambió el tramo."})
    dar(v, folio)

    dar(v, folio, resultado="inconforme", nota="Sigue la fuga.")

    assert "R-2026-0001" in primera and "Programa de respuesta en 24 horas" in primera
    assert "Vueltas anteriores" not in primera
    assert "Vueltas anteriores\n1" in dice(v, folio, "orden-turno")


def test_el_cierre_dice_como_quedo_el_usuario(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = canalizado(v)
    dar(v, folio, datos={"trabajo": "Se cambió el tramo."})
    dar(v, folio)
    dar(v, folio, resultado="no-localizado")

    dar(v, folio, resultado="conforme")
    dar(v, folio)

    verificacion = dice(v, folio, "verificacion")
    assert "Resultado\nConforme" in verificacion
    assert "Llamadas sin respuesta\n1" in verificacion


def test_dos_vecinos_por_la_misma_fuga_se_avisan(ventanilla: Abridor) -> None:
    v = ventanilla()
    abrir(v, Solicitud("reporte-servicio", FUGA))

    otro = abrir(v, Solicitud("reporte-servicio", {**FUGA, "ubicacion.numero": "122"}))
    lejos = abrir(v, Solicitud("reporte-servicio", {**FUGA, "ubicacion.calle": "Aldama"}))

    assert otro.aviso is not None and "RS-2026-0001" in otro.aviso
    assert "expediente acumular" in otro.aviso
    assert lejos.aviso is None
