"""La recepción del DIF contesta el teléfono y recibe la correspondencia."""

import pytest

from expediente.nucleo.errores import NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from tests.operaciones.tramites import Abridor, dar, documento
from tests.operaciones.tramites_dif import llamada, pasos, situacion, texto_del

ESCRITO = {
    "remitente": "PROFRA. Elvira Peña Zúñiga",
    "referencia": "PBJ/045/2026",
    "asunto": "Pide una plática sobre crianza",
    "fojas": "2",
}
AL_AREA = {"area": "psicologia", "instruccion": "para su atención y respuesta"}
RESPUESTA = {"respuesta": "la plática será el 3 de diciembre"}


@pytest.mark.parametrize(
    ("resultado", "final"),
    [
        ("resuelto", "concluido"),
        ("incompetencia", "incompetencia"),
        ("urgencia", "urgencia"),
        ("no_contesta", "no_atendida"),
    ],
)
def test_una_llamada_que_no_deja_pendiente_se_abre_y_se_cierra_con_una_orden(
    resultado: str, final: str, ventanilla: Abridor
) -> None:
    v = ventanilla()

    folio = llamada(v, resultado)

    estado = tomar(v, folio).estado
    assert (estado.situacion, estado.pasos) == (final, ())
    assert {"llamar", "contestar", "atender"} <= set(estado.ocurrio)


def test_el_recado_queda_abierto_y_se_devuelve_el_mismo_dia(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 09:15")

    folio = llamada(v, "recado")

    assert pasos(v, folio) == ("devolver",)
    assert "871 155 0199" in texto_del(v, folio, "recado")
    dar(ventanilla("2026-11-20 13:00"), folio, resultado="resuelto")
    assert situacion(v, folio) == "concluido"


def test_sin_telefono_no_se_deja_recado(ventanilla: Abridor) -> None:
    v = ventanilla()

    with pytest.raises(NoPermitido, match="hace falta el teléfono"):
        llamada(v, "recado", **{"quien_llama.telefono": ""})


def test_quien_no_da_su_nombre_tambien_se_atiende(ventanilla: Abridor) -> None:
    v = ventanilla()
    sin_nombre = {"anonimo": "sí", "quien_llama.nombres": "", "quien_llama.primer_apellido": ""}

    folio = llamada(v, "resuelto", **sin_nombre, **{"quien_llama.telefono": ""})

    assert situacion(v, folio) == "concluido"


def test_tras_tres_intentos_el_recado_se_cierra_sin_atender(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = llamada(v, "recado")

    for _ in range(3):
        dar(v, folio, resultado="no_contesta")

    assert pasos(v, folio) == ("cerrar",)
    dar(v, folio)
    assert situacion(v, folio) == "no_atendida"


@pytest.mark.parametrize(
    ("resultado", "datos", "prefijo", "copiado"),
    [
        ("abrir_apoyo", {"tipo_apoyo": "despensa"}, "AP", "tipo_apoyo"),
        ("abrir_descuento", {}, "EB", "beneficiario.nombres"),
        ("abrir_ayuda", {"ayuda": "baston"}, "AF", "ayuda"),
    ],
)
def test_la_llamada_que_pide_un_tramite_lo_abre_con_sus_datos(
    resultado: str, datos: dict[str, str], prefijo: str, copiado: str, ventanilla: Abridor
) -> None:
    v = ventanilla()

    folio = llamada(v, resultado, **datos)

    ((abierto, como),) = tomar(v, folio).estado.relaciones
    assert (abierto, como) == (f"{prefijo}-2026-0001", "abrio")
    nuevo = tomar(v, abierto).estado
    assert nuevo.canal == "telefono"
    assert nuevo.datos["beneficiario.primer_apellido"] == "Muñiz"
    assert nuevo.datos[copiado] == datos.get(copiado, "Íñigo")


def test_el_escrito_entra_con_folio_se_turna_se_contesta_y_se_archiva(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("correspondencia", ESCRITO, canal="escrito")).folio

    dar(v, folio)
    dar(v, folio, datos=AL_AREA)
    dar(v, folio, resultado="responde", datos=RESPUESTA)
    dar(v, folio, resultado="firma", por="directora")
    dar(v, folio, resultado="entregada", recibe="Secretaría del plantel")
    dar(v, folio)

    assert situacion(v, folio) == "concluido"
    assert "E-2026-0001" in texto_del(v, folio, "acuse")
    assert "la plática será el 3 de diciembre." in texto_del(v, folio, "respuesta")
    assert documento(v, folio, "respuesta").estado == "entregado"


def test_la_respuesta_que_la_direccion_corrige_anula_su_numero(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("correspondencia", ESCRITO)).folio
    dar(v, folio)
    dar(v, folio, datos=AL_AREA)
    dar(v, folio, resultado="responde", datos=RESPUESTA)

    dar(v, folio, resultado="corrige", por="directora", nota="Falta el lugar")
    dar(v, folio, datos={"respuesta": "la plática será el 3 de diciembre en su plantel"})
    dar(v, folio, resultado="firma", por="directora")

    estados = [(d.numero, d.estado) for d in tomar(v, folio).estado.documentos if d.numero]
    assert estados == [("DIF/DG/0001/2026", "cancelado"), ("DIF/DG/0002/2026", "emitido")]


def test_a_la_tercera_que_nadie_lo_toma_la_direccion_decide_el_turno(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("correspondencia", ESCRITO)).folio
    dar(v, folio)

    for _ in range(3):
        dar(v, folio, datos=AL_AREA)
        dar(v, folio, resultado="no_es_mio", nota="Es de otra área")

    assert pasos(v, folio) == ("resolver-turno",)
    dar(v, folio, resultado="turna", por="directora", datos=AL_AREA)
    assert pasos(v, folio) == ("responder",)


def test_el_escrito_que_pide_un_apoyo_abre_su_solicitud(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("correspondencia", ESCRITO)).folio
    dar(v, folio)
    dar(v, folio, datos=AL_AREA)

    dar(v, folio, resultado="es_apoyo")

    assert tomar(v, folio).estado.relaciones == (("AP-2026-0001", "abrio"),)
    assert tomar(v, "AP-2026-0001").estado.datos["descripcion"] == ESCRITO["asunto"]
