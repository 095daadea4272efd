"""Lo que no pide un trámite: relaciones de peticiones, encuestas, actas e inventarios."""

import pytest

from expediente.almacen.libro import asiento_de_numero
from expediente.nucleo.errores import DatosInvalidos, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.recordatorios import reiterar, sin_respuesta
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import Abridor, carta, dar, texto_de_word

BACHE = {
    "ciudadano.nombres": "Itzel",
    "ciudadano.primer_apellido": "Zúñiga",
    "tema": "bacheo",
    "descripcion": "Tapar un bache.",
    "ubicacion.calle": "Hidalgo",
    "ubicacion.colonia": "Centro",
}
ACTA = {
    "clase": "acta",
    "asunto": "la entrega de la llave del almacén",
    "cuerpo": "Se entregó la llave",
    "fecha_acta": "2026-11-20",
    "hora_inicio": "09:00",
    "hora_cierre": "09:30",
    "lugar_acta": "la oficina de Recepción",
    "levanta": "María Guadalupe Longoria Peña, Auxiliar de Área",
    "interviene": "Araceli Ibarra Nájera, Jefa de Trabajo Social",
    "testigo_uno": "Luz Gil Peña",
    "testigo_dos": "Noé Ávila Muñoz",
}


def texto_del(v: Ventanilla, folio: str, clave: str) -> str:
    return texto_de_word(carta(v, folio, clave))


def peticion(v: Ventanilla, calle: str) -> str:
    """Una petición con acuse, por clasificar."""
    folio = abrir(v, Solicitud("peticion", {**BACHE, "ubicacion.calle": calle})).folio
    dar(v, folio)
    return folio


def relacion(v: Ventanilla, folios: list[str]) -> str:
    datos = {"dependencia": "obras_publicas"}
    for numero, folio in enumerate(folios):
        datos |= {
            f"peticiones.{numero}.folio": folio,
            f"peticiones.{numero}.asunto": "Tapar un bache",
            f"peticiones.{numero}.lugar": f"Calle {numero + 1}, Centro",
        }
    folio = abrir(v, Solicitud("relacion-peticiones", datos)).folio
    dar(v, folio)
    return folio


def test_un_solo_oficio_cita_los_folios_de_la_dependencia(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00", "gestion")
    folios = [peticion(v, "Hidalgo"), peticion(v, "Juárez")]

    dice = texto_del(v, relacion(v, folios), "oficio")

    assert "Director de Obras Públicas" in dice
    assert all(folio in dice for folio in folios)
    assert "Total de peticiones: 2." in dice


def test_la_peticion_en_relacion_no_lleva_otro_oficio_y_queda_ligada(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00", "gestion")
    folio = peticion(v, "Hidalgo")
    de_la_relacion = relacion(v, [folio])

    dar(v, folio, resultado="en-relacion", datos={"clase": "tramite"})
    dar(v, folio, datos={"dependencia": "obras_publicas", "relacion": de_la_relacion})

    estado = tomar(v, folio).estado
    assert estado.pasos == ("responder",)
    assert [d.clave for d in estado.documentos] == ["acuse"]
    assert (de_la_relacion, "ligado") in estado.relaciones


def en_relacion(ventanilla: Abridor) -> tuple[str, str]:
    """Una petición y la relación en que se canalizó, ya con su acuse."""
    v = ventanilla("2026-11-20 10:00", "gestion")
    folio = peticion(v, "Hidalgo")
    rp = relacion(v, [folio, peticion(v, "Juárez")])
    dar(v, rp, recibe="Oficialía de partes")
    dar(v, folio, resultado="en-relacion", datos={"clase": "tramite"})
    dar(v, folio, datos={"dependencia": "obras_publicas", "relacion": rp})
    return folio, rp


def test_la_relacion_se_recuerda_con_su_numero_su_acuse_y_sus_folios(ventanilla: Abridor) -> None:
    folio, rp = en_relacion(ventanilla)
    tarde = ventanilla("2026-12-01 09:00", "gestion")
    callan = [r.folio for r in sin_respuesta(tarde, listar(tarde, Filtro(abiertos=True)).renglones)]

    reiterar(tarde, rp)

    dicho = texto_del(tarde, rp, "recordatorio")
    assert callan == [rp]
    assert "el oficio número AC/0001/2026" in dicho and "primer recordatorio" in dicho
    assert "lo recibió Oficialía de partes" in dicho
    assert f"Son las de folio {folio} y PE-2026-0002." in dicho
    assert "Primer recordatorio: peticiones ciudadanas canalizadas." in dicho
    with pytest.raises(NoPermitido, match="vence"):
        reiterar(tarde, rp)


def test_la_peticion_en_relacion_dice_donde_va_y_su_carta_cita_el_numero(
    ventanilla: Abridor,
) -> None:
    folio, rp = en_relacion(ventanilla)
    tarde = ventanilla("2026-12-01 09:00", "gestion")

    with pytest.raises(NoPermitido, match=f"AC/0001/2026.*expediente oficio reiterar {rp}"):
        reiterar(tarde, folio)
    dar(tarde, folio, resultado="sin-respuesta")
    dar(tarde, folio)

    dicho = texto_del(tarde, folio, "recordatorio")
    assert "el oficio número AC/0001/2026" in dicho and "«Bacheo" in dicho
    assert "un oficio" not in dicho and "lo recibió Oficialía de partes" in dicho


@pytest.mark.parametrize("clase", ["oficio", "memorandum"])
def test_el_oficio_libre_y_el_libro_llevan_el_asunto_capturado(
    ventanilla: Abridor, clase: str
) -> None:
    v = ventanilla("2026-11-20 10:00")
    datos = {
        "clase": clase,
        "asunto": "Se solicita el salón de usos múltiples",
        "dirigido_a": "Ing. Raúl Soto Meza",
        "cargo_dirigido": "Director de Obras Públicas",
        "cuerpo": "Le pido el salón para el jueves.",
    }
    folio = abrir(v, Solicitud("documento", datos)).folio
    dar(v, folio)
    dar(v, folio, resultado=f"firma-{clase}", por="directora")

    doc = tomar(v, folio).estado.documento(clase)

    assert doc is not None and doc.numero is not None
    asiento = asiento_de_numero(v.raiz, v.oficina.libros, doc.numero)
    assert asiento.dice["asunto"] == "Se solicita el salón de usos múltiples"
    assert "Se solicita el salón de usos múltiples" in texto_del(v, folio, clase)


def test_la_encuesta_no_dice_de_quien_es_ni_de_que_atencion(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    datos = {
        "persona.nombres": "Itzel",
        "persona.primer_apellido": "Zúñiga",
        "asunto": "Informes",
        "orientacion": "Se le dieron.",
    }
    atencion = abrir(v, Solicitud("atencion", datos)).folio
    folio = abrir(v, Solicitud("encuesta", {"atencion": atencion})).folio
    dar(v, folio)

    dice = texto_del(v, folio, "hoja")

    assert "No escriba su nombre" in dice
    assert dice.count("☐\u00a05") == 5
    assert atencion not in dice and "Zúñiga" not in dice
    assert (atencion, "ligado") in tomar(v, folio).estado.relaciones


def test_la_encuesta_se_da_por_contestada_con_sus_cinco_respuestas(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    atencion = abrir(v, Solicitud("atencion", {"asunto": "Informes"})).folio
    folio = abrir(v, Solicitud("encuesta", {"atencion": atencion})).folio
    dar(v, folio)
    cuatro = dict.fromkeys(("trato", "claridad", "rapidez", "lugar"), "5")

    with pytest.raises(NoPermitido, match="las cinco"):
        dar(v, folio, resultado="contestada", datos=cuatro)

    dar(v, folio, resultado="contestada", datos={**cuatro, "solucion": "4"})
    assert tomar(v, folio).estado.situacion == "concluido"


def test_una_respuesta_de_la_encuesta_va_de_uno_a_cinco(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    atencion = abrir(v, Solicitud("atencion", {"asunto": "Informes"})).folio
    folio = abrir(v, Solicitud("encuesta", {"atencion": atencion})).folio
    dar(v, folio)

    with pytest.raises(DatosInvalidos, match="de 1 a 5"):
        dar(v, folio, resultado="sin-contestar", datos={"trato": "6"})


def test_el_acta_lleva_hechos_manifestacion_y_dos_testigos(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = abrir(v, Solicitud("documento", ACTA)).folio
    dar(v, folio)
    dar(v, folio, resultado="firma-acta", por="directora")

    dice = texto_del(v, folio, "acta")

    assert "Hechos. Se entregó la llave." in dice
    assert "no hizo manifestación alguna." in dice
    assert "Luz Gil Peña\nTestigo\nNoé Ávila Muñoz\nTestigo" in dice


def test_un_acta_sin_testigos_no_se_levanta(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    sin_uno = {k: d for k, d in ACTA.items() if k != "testigo_dos"}
    folio = abrir(v, Solicitud("documento", sin_uno)).folio

    with pytest.raises(NoPermitido, match="testigo_dos"):
        dar(v, folio)


def test_el_memorandum_toma_numero_y_la_tarjeta_no(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    numeros = {}
    for clase in ("memorandum", "tarjeta"):
        datos = {
            "clase": clase,
            "asunto": "Guardias",
            "dirigido_a": "C.P. Ernesto Quiñones Agüero",
            "cargo_dirigido": "Subdirector Administrativo",
            "cuerpo": "Se avisan las guardias.",
        }
        folio = abrir(v, Solicitud("documento", datos)).folio
        dar(v, folio)
        dar(v, folio, resultado=f"firma-{clase}", por="directora")
        (emitido,) = tomar(v, folio).estado.documentos
        numeros[clase] = emitido.numero

    assert numeros == {"memorandum": "DIF/DG/0001/2026", "tarjeta": None}


def test_el_inventario_suma_sus_fojas(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    datos = {
        "clase": "general",
        "fondo": "DIFM",
        "seccion_documental": "1S Asistencia social",
        "serie_documental": "1S.2 Descuentos de transporte",
    }
    for numero in range(3):
        datos |= {
            f"expedientes.{numero}.clave": f"DIFM/1S.2/000{numero + 1}/2026",
            f"expedientes.{numero}.titulo": "Descuento de pasaje",
            f"expedientes.{numero}.apertura": "2026-11-20",
            f"expedientes.{numero}.fojas": "12",
            f"expedientes.{numero}.vigencia": "1 + 2",
        }
    folio = abrir(v, Solicitud("inventario", datos)).folio
    dar(v, folio)
    dar(v, folio, resultado="firma", por="directora")

    dice = texto_del(v, folio, "inventario")

    assert "Expedientes: 3; fojas: 36" in dice
    assert "Fin de la relación" in dice
