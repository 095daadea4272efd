"""La solicitud de apoyo: dos autorizaciones, un presupuesto y un recibo."""

from decimal import Decimal

import pytest

from expediente.nucleo.errores import NoPermitido, SinPermiso
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from tests.operaciones.tramites import Abridor, dar, documento
from tests.operaciones.tramites_dif import (
    CITA,
    COTIZACION,
    LAMINAS,
    QUIEN_RECIBE,
    apoyo_por_admitir,
    apoyo_por_aprobar,
    apoyo_por_entregar,
    aprobar,
    pasos,
    saldo,
    situacion,
    texto_del,
)

NEGATIVA = {"razon_negativa": "el programa ya no tiene lugares este año"}


def de_4411(*cifras: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(cifra) for cifra in cifras)


def test_el_apoyo_pasa_por_las_once_actividades_y_deja_recibo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_entregar(v)

    dar(v, folio, resultado="entrega", datos=QUIEN_RECIBE)
    dar(v, folio, recibe="Ana María Nuñez")

    assert situacion(v, folio) == "concluido"
    assert documento(v, folio, "recibo").numero == "DIF/REC/0001/2026"
    recibo = texto_del(v, folio, "recibo")
    assert "Veinte láminas galvanizadas de diez pies" in recibo
    assert "LIC. Sofía Isabel Villarreal Rangel" in recibo
    autorizacion = texto_del(v, folio, "autorizacion")
    assert "$9,800.00" in autorizacion and "4411 Ayudas sociales" in autorizacion
    assert "Ferretería La Cigüeña" in texto_del(v, folio, "cuadro")


def test_el_contador_aparta_y_la_entrega_gasta(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_entregar(v)
    assert saldo(v, "presupuesto-apoyos", "4411") == de_4411(9800, 0, 0, 240200)

    dar(v, folio, resultado="entrega", datos=QUIEN_RECIBE)

    assert saldo(v, "presupuesto-apoyos", "4411") == de_4411(0, 0, 9800, 240200)


def test_admitir_no_es_conceder_y_cada_una_la_autoriza_la_direccion(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_admitir(v)

    with pytest.raises(NoPermitido, match="lo autoriza Director"):
        dar(v, folio, resultado="admite")
    with pytest.raises(SinPermiso):
        dar(v, folio, resultado="admite", por="auxiliar")
    dar(v, folio, resultado="admite", por="directora")

    assert pasos(v, folio) == ("cotizar",)
    assert tomar(v, folio).estado.documento("autorizacion") is None


def test_lo_que_hay_en_existencia_no_se_cotiza_ni_gasta(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_admitir(v, "existencia")

    with pytest.raises(NoPermitido, match="admite_existencia"):
        dar(v, folio, resultado="admite", por="directora")
    dar(v, folio, resultado="admite_existencia", por="directora")
    dar(v, folio, resultado="concede", por="directora")
    dar(v, folio, datos=CITA)
    dar(v, folio, resultado="avisado", datos={"medio_aviso": "persona"})
    dar(v, folio, resultado="entrega_existencia", datos=QUIEN_RECIBE)
    dar(v, folio, recibe="Ana María Nuñez")

    assert situacion(v, folio) == "concluido"
    assert saldo(v, "presupuesto-apoyos", "4411") == de_4411(0, 0, 0, 250000)
    assert "Partida" not in texto_del(v, folio, "autorizacion")


def test_no_se_aprueba_mas_de_lo_cotizado_ni_de_lo_que_queda(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_aprobar(v)

    with pytest.raises(NoPermitido, match="no puede pasar de lo cotizado"):
        aprobar(v, folio, monto="9800.01")
    dar(v, folio, resultado="otra_cotizacion", por="subdirector", nota="Muy cara")
    dar(v, folio, datos={**COTIZACION, "monto_cotizado": "70000"})
    with pytest.raises(NoPermitido, match="ni de lo disponible"):
        aprobar(v, folio, partida="4413", monto="60000.01")
    aprobar(v, folio, partida="4413", monto="60000")

    assert saldo(v, "presupuesto-apoyos", "4413") == de_4411(60000, 0, 0, 0)


def test_dos_apoyos_no_se_pagan_con_el_mismo_dinero(ventanilla: Abridor) -> None:
    v = ventanilla()
    uno, otro = apoyo_por_aprobar(v), apoyo_por_aprobar(v)
    for folio in (uno, otro):
        dar(v, folio, resultado="otra_cotizacion", por="subdirector", nota="Completa")
        dar(v, folio, datos={**COTIZACION, "monto_cotizado": "40000"})

    aprobar(v, uno, partida="4413", monto="40000")

    with pytest.raises(NoPermitido, match="ni de lo disponible"):
        aprobar(v, otro, partida="4413", monto="40000")


def test_sin_suficiencia_se_espera_y_la_direccion_decide_cuando_volver(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_aprobar(v)

    dar(v, folio, resultado="sin_suficiencia", por="subdirector", nota="Se acabó la partida")
    assert situacion(v, folio) == "en_espera_de_recurso"
    dar(v, folio, resultado="hay_recurso", por="directora")
    aprobar(v, folio)

    assert pasos(v, folio) == ("informar",)


def test_las_vueltas_a_cotizar_se_acaban(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_aprobar(v)

    for _ in range(2):
        dar(v, folio, resultado="otra_cotizacion", por="subdirector", nota="Cara")
        dar(v, folio, datos=COTIZACION)
    dar(v, folio, resultado="otra_cotizacion", por="subdirector", nota="Cara")

    assert pasos(v, folio) == ("resolver-sin-recurso",)


def test_conceder_por_otro_monto_devuelve_lo_apartado_y_cotiza_de_nuevo(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = apoyo_por_aprobar(v)
    aprobar(v, folio)
    dar(v, folio)

    dar(v, folio, resultado="otro_monto", por="directora", nota="Sólo diez láminas")

    assert pasos(v, folio) == ("cotizar",)
    assert saldo(v, "presupuesto-apoyos", "4411") == de_4411(0, 0, 0, 250000)


def test_la_negativa_dice_por_que_y_como_inconformarse(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_admitir(v)

    with pytest.raises(NoPermitido, match="razon_negativa"):
        dar(v, folio, resultado="niega", por="directora")
    dar(v, folio, resultado="niega", por="directora", datos=NEGATIVA)
    dar(v, folio, resultado="notificada", recibe="Ana María Nuñez")

    assert situacion(v, folio) == "negado"
    negativa = texto_del(v, folio, "negativa")
    assert "porque el programa ya no tiene lugares este año." in negativa
    assert "Si no está de acuerdo" in negativa


def test_negar_lo_ya_aprobado_libera_el_presupuesto(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_aprobar(v)
    aprobar(v, folio)
    dar(v, folio)
    dar(v, folio, resultado="niega", por="directora", datos=NEGATIVA)

    dar(v, folio, resultado="no_localizado")
    dar(v, folio, resultado="no_localizado")
    dar(v, folio)

    assert situacion(v, folio) == "negado"
    assert saldo(v, "presupuesto-apoyos", "4411") == de_4411(0, 0, 0, 250000)


def test_la_segunda_vez_que_falta_informacion_se_desecha(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_admitir(v)

    dar(v, folio, resultado="pide_mas", por="directora", nota="Falta el croquis")
    dar(v, folio, datos={"modalidad": "compra"})
    dar(v, folio, resultado="pide_mas", por="directora", nota="Sigue faltando")
    dar(v, folio)

    assert situacion(v, folio) == "desechado"


def test_quien_no_recoge_tras_tres_citas_libera_su_apoyo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_entregar(v)

    for _ in range(2):
        dar(v, folio, resultado="no_acude")
        dar(v, folio, resultado="avisado", datos={"medio_aviso": "domicilio"})
    dar(v, folio, resultado="no_acude")
    dar(v, folio)

    assert situacion(v, folio) == "no_recogido"
    assert saldo(v, "presupuesto-apoyos", "4411") == de_4411(0, 0, 0, 250000)


def test_la_entrega_puede_delegarse_si_se_dice_por_que(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_entregar(v)
    delegada = {**QUIEN_RECIBE, "entrega_en_nombre": "T.S. Araceli Ibarra Nájera"}

    with pytest.raises(NoPermitido, match="motivo_delegacion"):
        dar(v, folio, resultado="entrega", datos=delegada)
    con_motivo = {**delegada, "motivo_delegacion": "la Dirección está de comisión"}
    dar(v, folio, resultado="entrega", datos=con_motivo)

    assert "Araceli Ibarra Nájera: la Dirección está de comisión" in texto_del(v, folio, "recibo")


@pytest.mark.parametrize(
    ("datos", "pedido"),
    [
        ({"tipo_apoyo": "medicamento"}, "documento_medico"),
        ({"tipo_apoyo": "medicamento"}, "sin_seguridad_social"),
        ({"tipo_apoyo": "funerario"}, "acta_defuncion"),
    ],
)
def test_cada_tipo_de_apoyo_pide_lo_suyo(
    datos: dict[str, str], pedido: str, ventanilla: Abridor
) -> None:
    with pytest.raises(NoPermitido, match=pedido):
        apoyo_por_admitir(ventanilla(), **datos)


def test_por_un_menor_solicita_un_adulto_y_firma_el(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("apoyo", {**LAMINAS, "menor": "sí"})).folio

    with pytest.raises(NoPermitido, match="solicitante"):
        dar(v, folio)
    adulto = {"nombres": "Rosa", "primer_apellido": "Güemes"}
    datos = {f"solicitante.{parte}": dicho for parte, dicho in adulto.items()}
    dar(v, folio, datos={**datos, "parentesco": "madre"})

    solicitud = texto_del(v, folio, "solicitud")
    assert solicitud.index("Rosa Güemes") < solicitud.index("Firma o huella")
    assert "Rosa Güemes" in texto_del(v, folio, "acuse")


def test_el_porque_de_la_persona_no_sale_en_ningun_papel(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = apoyo_por_admitir(v, motivo="Su esposo padece insuficiencia renal")

    papeles = [d.clave for d in tomar(v, folio).estado.documentos]

    assert papeles == ["solicitud", "acuse", "tarjeta"]
    assert all("renal" not in texto_del(v, folio, clave) for clave in papeles)
