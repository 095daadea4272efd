"""Trámites de la recepción del DIF, hechos con las operaciones de verdad."""

from decimal import Decimal
from typing import Any

from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.existencias import balances
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import carta, dar, texto_de_word

ANA = {
    "beneficiario.nombres": "Ana María",
    "beneficiario.primer_apellido": "Nuñez",
    "domicilio.calle": "Privada del Membrillo",
    "domicilio.colonia": "La Cigüeña",
}
LAMINAS = {**ANA, "tipo_apoyo": "vivienda", "descripcion": "Veinte láminas"}
REQUISITOS_DE_APOYO = (
    "escrito",
    "identificacion",
    "curp",
    "comprobante_domicilio",
    "estudio_socioeconomico",
)
COTIZACION = {
    "cotizaciones.0.proveedor": "Láminas del Vado",
    "cotizaciones.0.concepto": "Veinte láminas de diez pies",
    "cotizaciones.0.precio": "9,800.00",
    "cotizaciones.1.proveedor": "Ferretería La Cigüeña",
    "cotizaciones.1.concepto": "Veinte láminas de diez pies",
    "cotizaciones.1.precio": "10,450.50",
    "proveedor": "Láminas del Vado",
    "monto_cotizado": "9,800.00",
}
CITA = {
    "articulo": "Veinte láminas galvanizadas de diez pies",
    "fecha_entrega": "27/11/2026",
    "hora_entrega": "10:00",
    "lugar_entrega": "Almacén del DIF",
}
QUIEN_RECIBE = {"recibe": "Ana María Nuñez", "identificacion_recibe": "credencial para votar"}
SILLA = {
    **ANA,
    "aval.nombres": "Íñigo",
    "aval.primer_apellido": "Muñiz",
    "aval.telefono": "8711550199",
    "ayuda": "silla_de_ruedas",
}
REQUISITOS_DE_AYUDA = (
    "identificacion",
    "curp",
    "comprobante_domicilio",
    "valoracion",
    "estudio_socioeconomico",
    "identificacion_aval",
)
PIEZA = {
    "inventario": "DIF-AF-031",
    "estado_fisico": "buena",
    "dependencia": "patrimonio",
    "firma_renovacion": "ambos",
}
FIRMAS = {"firmo_dependencia": "Beatriz Ordóñez Leal", "firmo_resguardante": "Ana María Nuñez"}


def llamada(v: Ventanilla, resultado: str, **datos: str) -> str:
    """El folio de una llamada atendida de una vez hasta ese resultado."""
    dicho = {
        "quien_llama.nombres": "Íñigo",
        "quien_llama.primer_apellido": "Muñiz",
        "quien_llama.telefono": "8711550199",
        "asunto": "Pregunta por los requisitos",
        "area": "trabajo_social",
        **datos,
    }
    nota = "Se le dijo que llame al IMSS." if resultado == "incompetencia" else None
    pedido = Solicitud("llamada", dicho, canal="telefono", resultado=resultado, nota=nota)
    return abrir(v, pedido).folio


def apoyo_por_admitir(v: Ventanilla, modalidad: str = "compra", **datos: str) -> str:
    """Una solicitud de apoyo con sus requisitos, que espera el primer acuerdo."""
    folio = abrir(v, Solicitud("apoyo", {**LAMINAS, **datos})).folio
    dar(v, folio)
    dicha = {"modalidad": modalidad}
    if modalidad == "existencia":
        dicha["razon_existencia"] = "Quedaron del programa anterior"
    dar(v, folio, datos=dicha, requisitos=REQUISITOS_DE_APOYO)
    return folio


def apoyo_por_aprobar(v: Ventanilla, **datos: str) -> str:
    """Un apoyo admitido y cotizado, que espera al contador."""
    folio = apoyo_por_admitir(v, **datos)
    dar(v, folio, resultado="admite", por="directora")
    dar(v, folio, datos=COTIZACION)
    return folio


def aprobar(v: Ventanilla, folio: str, partida: str = "4411", monto: str = "9800") -> None:
    """El contador aprueba y aparta ese monto."""
    dado = {"partida": partida, "monto_aprobado": monto}
    dar(v, folio, resultado="aprueba", por="subdirector", datos=dado)


def apoyo_por_entregar(v: Ventanilla) -> str:
    """Un apoyo concedido, con la persona ya citada."""
    folio = apoyo_por_aprobar(v)
    aprobar(v, folio)
    dar(v, folio)
    dar(v, folio, resultado="concede", por="directora")
    dar(v, folio, datos=CITA, requisitos=("cfdi",))
    dar(v, folio, resultado="avisado", datos={"medio_aviso": "telefono"})
    return folio


def ayuda_por_autorizar(v: Ventanilla, **datos: str) -> str:
    """Una solicitud de ayuda con la pieza apartada y su resguardo en borrador."""
    folio = abrir(v, Solicitud("ayuda-funcional", {**SILLA, **datos})).folio
    dar(v, folio, requisitos=REQUISITOS_DE_AYUDA)
    dar(v, folio, datos=PIEZA)
    return folio


def ayuda_en_resguardo(v: Ventanilla, **datos: str) -> str:
    """Una ayuda ya entregada, que espera su primera renovación."""
    folio = ayuda_por_autorizar(v, **datos)
    dar(v, folio, resultado="autoriza", por="directora")
    dar(v, folio, recibe="Ana María Nuñez")
    dar(v, folio)
    return folio


def saldo(v: Ventanilla, existencia: str, renglon: str) -> tuple[Decimal, ...]:
    """(apartado, prestado, gastado, disponible) de un renglón."""
    (balance,), _ = balances(v, existencia)
    este = next(s for s in balance.saldos if s.partida.clave == renglon)
    return (este.apartado, este.prestado, este.gastado, este.disponible)


def situacion(v: Ventanilla, folio: str) -> str:
    """En qué situación está el caso."""
    return tomar(v, folio).estado.situacion


def pasos(v: Ventanilla, folio: str) -> tuple[str, ...]:
    """Los pasos que tocan."""
    return tomar(v, folio).estado.pasos


def texto_del(v: Ventanilla, folio: str, documento: str) -> str:
    """Lo que dice un documento emitido del caso."""
    return texto_de_word(carta(v, folio, documento))


def intentar(v: Ventanilla, folio: str, veces: int, **peticion: Any) -> None:
    """Da el mismo paso tantas veces."""
    for _ in range(veces):
        dar(v, folio, **peticion)
