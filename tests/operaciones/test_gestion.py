"""La gestión de apoyos a casos vulnerables (PDG-02), hasta cada final."""

import re

import pytest

from expediente.nucleo.errores import DatosInvalidos, NoExiste, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.consultas import ver
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import Abridor, dar, dice, situacion

CASO = {
    "area_remitente": "trabajo_social",
    "beneficiario.nombres": "Eulalia",
    "beneficiario.primer_apellido": "Güemes",
    "beneficiario.segundo_apellido": "Ñáñez",
    "domicilio.calle": "Privada del Mezquite",
    "domicilio.colonia": "Centro",
    "apoyo": "rehabilitacion",
    "resumen": "Necesita una silla de ruedas y vive sola.",
    "investigacion": "No tiene ingresos ni quien la sostenga.",
    "observaciones_reservadas": "Tiene una lesión medular.",
}
REQUISITOS = ("solicitud", "identificacion", "estudio", "comprobante_domicilio", "dictamen")
LLAMADA = {
    "llamada_con": "Mtra. Graciela Muñoz",
    "llamada_fecha": "2026-11-20",
    "llamada_hora": "11:40",
    "peticion": "reduccion",
    "porcentaje": "50",
}
PETICION = {
    "despacho": "gobernador",
    "oficio_numero": "SP/0099/2026",
    "oficio_fecha": "2026-11-19",
    "datos_pedidos": "el estado de la gestión",
}
SEGUIMIENTO = {
    "antecedentes": "La remitió Trabajo Social.",
    "gestiones": "Se habló con la Beneficencia.",
    "situacion_actual": "En espera de respuesta.",
}
CIFRAS = ("recibidas", "incluidas", "canalizadas", "no_atendidas", "pendientes", "seguimientos")


def registrado(v: Ventanilla) -> str:
    folio = abrir(v, Solicitud("gestion", CASO)).folio
    dar(v, folio)
    return folio


def identificado(v: Ventanilla, programa: str) -> str:
    folio = registrado(v)
    dar(v, folio, resultado="correctos")
    dar(v, folio, requisitos=REQUISITOS, resultado=programa)
    return folio


def gestionar(v: Ventanilla, folio: str, organismo: str) -> None:
    """Del organismo elegido a la Solicitud de Gestión ya acusada."""
    dar(v, folio, datos={"organismo": organismo}, requisitos=("consentimiento",))
    dar(v, folio, datos=LLAMADA, por="directora")
    dar(v, folio, recibe="Oficialía de partes")


def en_el_organismo(v: Ventanilla) -> str:
    folio = identificado(v, "ajeno")
    gestionar(v, folio, "beneficencia")
    return folio


@pytest.mark.parametrize("clave", ["gestion", "seguimiento", "informe-mensual"])
def test_el_procedimiento_se_puede_recorrer(clave: str, ventanilla: Abridor) -> None:
    assert problemas_de(ventanilla(), clave) == []


def test_lo_que_es_del_dif_vuelve_al_area_con_nota_y_rubrica(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = identificado(v, "propio")
    programa = {"programa": "ayudas_funcionales", "instruccion": "Entréguese en diciembre."}

    with pytest.raises(NoPermitido, match="lo autoriza"):
        dar(v, folio, datos=programa)
    dar(v, folio, datos=programa, por="directora")

    nota = dice(v, folio, "nota")
    assert situacion(v, folio) == "incluido"
    assert "T.S. Araceli Ibarra Nájera\nJefa de Trabajo Social\nTrabajo Social" in nota
    assert "Ayudas funcionales" in nota and "Entréguese en diciembre." in nota


def test_lo_que_no_es_del_dif_se_pide_al_organismo_tras_llamarle(ventanilla: Abridor) -> None:
    v = ventanilla()

    folio = en_el_organismo(v)

    oficio = dice(v, folio, "solicitud-gestion")
    assert situacion(v, folio) == "en_espera_del_organismo"
    assert "MTRA. Graciela Muñoz Orta\nAdministradora\nBeneficencia Pública del Estado" in oficio
    assert "el 20 de noviembre de 2026 a las 11:40 horas" in oficio
    assert "reducción del cobro, de 50 %" in oficio
    assert "medular" not in oficio


def test_no_se_dan_datos_a_un_organismo_sin_consentimiento(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = identificado(v, "ajeno")

    with pytest.raises(NoPermitido, match="Consentimiento para dar sus datos"):
        dar(v, folio, datos={"organismo": "beneficencia"})


def test_el_dif_no_se_canaliza_a_si_mismo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = identificado(v, "ajeno")

    with pytest.raises(DatosInvalidos, match="no se canaliza un caso a sí mismo"):
        dar(v, folio, datos={"organismo": "dif"}, requisitos=("consentimiento",))


@pytest.mark.parametrize(
    ("resultado", "final", "sentido"),
    [
        ("acepta", "concluido", "se indica aceptó la"),
        ("parcial", "atendido_en_parte", "se indica aceptó en parte la"),
    ],
)
def test_el_organismo_atiende_y_queda_constancia(
    resultado: str, final: str, sentido: str, ventanilla: Abridor
) -> None:
    v = ventanilla()
    folio = en_el_organismo(v)

    with pytest.raises(NoPermitido, match="Apoyo que dio el organismo"):
        dar(v, folio, resultado=resultado)
    dar(v, folio, resultado=resultado, datos={"apoyo_otorgado": "Media silla."})

    assert situacion(v, folio) == final
    assert sentido in dice(v, folio, "respuesta")


def test_si_tres_organismos_niegan_decide_la_direccion(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = en_el_organismo(v)
    for otro in ("salud", "dif_estatal"):
        dar(v, folio, resultado="niega", nota="No hay recursos.")
        gestionar(v, folio, otro)

    dar(v, folio, resultado="niega", nota="No hay recursos.")

    assert tomar(v, folio).estado.pasos == ("agotar",)
    motivo = {"motivo_negativa": "Hoy no hay un programa que lo cubra."}
    dar(v, folio, resultado="termina", por="directora", datos=motivo)
    aviso = dice(v, folio, "aviso")
    assert situacion(v, folio) == "sin_organismo"
    assert "Hoy no hay un programa que lo cubra." in aviso
    assert "puede inconformarse" in aviso


def test_al_organismo_que_calla_solo_se_le_recuerda_ya_vencido(ventanilla: Abridor) -> None:
    folio = en_el_organismo(ventanilla())

    with pytest.raises(NoPermitido, match="todavía está en plazo"):
        dar(ventanilla("2026-12-04 10:00"), folio, resultado="no-contesta")
    v = ventanilla("2026-12-07 10:00")
    dar(v, folio, resultado="no-contesta")
    dar(v, folio)

    recordatorio = dice(v, folio, "recordatorio")
    assert tomar(v, folio).estado.pasos == ("responder",)
    assert "El 20 de noviembre de 2026 le presenté" in recordatorio
    assert "Éste es el primer recordatorio." in recordatorio


def test_al_organismo_que_pide_documentos_se_le_completan(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = en_el_organismo(v)

    dar(v, folio, resultado="pide-documentos", nota="Falta la receta.")
    dar(v, folio)

    assert tomar(v, folio).estado.pasos == ("responder",)


def test_la_solicitud_con_errores_vuelve_dos_veces_y_a_la_tercera_se_resuelve(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = registrado(v)
    for _ in range(2):
        dar(v, folio, resultado="devuelve", nota="El domicilio no coincide.")
        dar(v, folio, datos={"domicilio.numero": "14"})

    dar(v, folio, resultado="devuelve", nota="Sigue sin coincidir.")

    assert tomar(v, folio).estado.pasos == ("resolver",)
    dar(v, folio, resultado="acepta", por="directora", nota="Se comprobó en el lugar.")
    assert tomar(v, folio).estado.pasos == ("identificar",)


def test_a_quien_no_dio_informacion_veridica_se_le_dice_por_que(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = registrado(v)
    dar(v, folio, resultado="no-veridicos", nota="El domicilio no existe.")

    motivo = {"motivo_negativa": "No fue posible comprobar los datos."}
    dar(v, folio, resultado="niega", por="directora", datos=motivo)

    assert situacion(v, folio) == "negado"
    assert "C. EULALIA GÜEMES ÑÁÑEZ" in dice(v, folio, "aviso")


def peticion(v: Ventanilla, **datos: str) -> str:
    """Un seguimiento registrado con su oficio, ligado a una gestión."""
    caso = registrado(v)
    folio = abrir(v, Solicitud("seguimiento", {**PETICION, "casos.0": caso, **datos})).folio
    dar(v, folio, requisitos=("oficio_peticion",))
    return folio


def test_el_seguimiento_entra_con_su_oficio_y_se_liga_a_sus_casos(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = peticion(v)

    dar(v, folio, resultado="completo", por="directora")
    dar(v, folio, datos=SEGUIMIENTO)
    informe = dice(v, folio, "informe")
    dar(v, folio, recibe="Secretaría Particular")

    assert situacion(v, folio) == "concluido"
    assert "oficio SP/0099/2026 de fecha 19 de noviembre de 2026" in informe
    assert "folio de entrada E-2026-0001" in informe
    assert "GE-2026-0001" in informe
    assert "Despacho del Gobernador" in informe


def test_no_se_da_seguimiento_a_un_caso_que_no_existe(ventanilla: Abridor) -> None:
    with pytest.raises(NoExiste, match="GE-2026-0404"):
        abrir(ventanilla(), Solicitud("seguimiento", {**PETICION, "casos.0": "GE-2026-0404"}))


@pytest.mark.parametrize(
    ("limite", "vence"),
    [
        ("", "2026-12-18"),
        ("2026-11-27", "2026-11-27"),
        ("2027-03-01", "2026-12-18"),
    ],
)
def test_el_informe_se_debe_en_veinte_dias_habiles_o_en_la_fecha_menor_que_fije_el_oficio(
    limite: str, vence: str, ventanilla: Abridor
) -> None:
    v = ventanilla()

    folio = peticion(v, fecha_limite=limite)

    (plazo,) = ver(v, folio).vencimientos
    assert plazo.vence.date().isoformat() == vence


def test_quien_no_tiene_atribucion_recibe_cifras_y_ningun_nombre(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = peticion(v, despacho="cabildo")

    with pytest.raises(NoPermitido, match="no tiene atribución para conocer datos personales"):
        dar(v, folio, resultado="completo", por="directora")
    dar(v, folio, resultado="agregado", por="directora")
    dar(v, folio, datos={"version_agregada": "En el mes se canalizaron doce casos."})
    informe = dice(v, folio, "informe-agregado")
    dar(v, folio, recibe="Cabildo")

    assert situacion(v, folio) == "concluido"
    assert "se canalizaron doce casos" in informe
    assert not re.search(r"Eulalia|Güemes|GE-2026", informe)


def test_los_datos_que_no_se_dan_se_niegan_por_oficio(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = peticion(v, despacho="cabildo")

    motivo = {"motivo_negativa": "Sólo los conoce quien tiene atribución."}
    dar(v, folio, resultado="niega", por="directora", nota="Sin atribución.", datos=motivo)

    assert situacion(v, folio) == "negado"
    assert "Sólo los conoce quien tiene atribución." in dice(v, folio, "negativa-datos")


def test_el_informe_mensual_va_a_cada_despacho_y_espera_el_acuse_de_todos(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    acordado = {"mes": "octubre", "anio": "2026", "fecha_compromiso": "2026-11-27"}
    destinos = {"destinatarios.0": "presidencia_municipal", "destinatarios.1": "gobernador"}
    folio = abrir(v, Solicitud("informe-mensual")).folio
    dar(v, folio, datos={**acordado, **destinos})
    hecho = dar(v, folio, datos=dict.fromkeys(CIFRAS, "3"), por="directora")

    with pytest.raises(NoPermitido, match=r"«acuse.1»"):
        dar(v, folio, requisitos=("acuse.0",))
    (plazo,) = ver(v, folio).vencimientos
    dar(v, folio, requisitos=("acuse.0", "acuse.1"))

    estado = tomar(v, folio).estado
    assert hecho.documentos == ("DIF/DG/0001/2026", "DIF/DG/0002/2026")
    assert {d.estado for d in estado.documentos} == {"entregado"}
    assert plazo.vence.date().isoformat() == "2026-11-27"
    assert estado.situacion == "concluido"
    assert "Presidente Municipal" in dice(v, folio, "informe.0")
    assert "Despacho del Gobernador" in dice(v, folio, "informe.1")


def test_la_prevencion_enlista_lo_que_falta_y_hasta_cuando(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = registrado(v)

    asentar_evento(v, folio, "prevenir", Dicho("Traiga lo que se enlista."))

    oficio = dice(v, folio, "prevencion")
    assert "Estudio socioeconómico de Trabajo Social" in oficio
    assert "hasta el 27 de noviembre de 2026" in oficio


@pytest.mark.parametrize(
    ("evento", "documento", "frase"),
    [
        ("negar", "negativa", "no se concede lo que pide"),
        ("declinar", "incompetencia", "quien le toca atenderla: Sistema DIF Estatal"),
        ("desistir", "desistimiento", "a petición suya, se dio por terminada la solicitud"),
    ],
)
def test_lo_que_le_pasa_a_un_caso_se_dice_por_oficio_a_la_persona(
    evento: str, documento: str, frase: str, ventanilla: Abridor
) -> None:
    v = ventanilla()
    folio = registrado(v)
    a = "dif_estatal" if evento == "declinar" else None

    asentar_evento(v, folio, evento, Dicho("Así lo dice.", a=a, por=v.oficina.persona("directora")))

    oficio = dice(v, folio, documento)
    assert "C. EULALIA GÜEMES ÑÁÑEZ" in oficio
    assert frase in oficio and "Así lo dice." in oficio
