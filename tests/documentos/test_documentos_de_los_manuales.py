"""Cada documento que piden los manuales tiene plantilla, y cada plantilla, quien la llena.

Las claves son las del catálogo de documentos: una letra por manual y X para los que sirven
a cualquier procedimiento.
"""

from pathlib import Path

import pytest

from expediente.operaciones.emisores import emisores
from tests.conftest import Abridor

FABRICA = Path(__file__).resolve().parents[2] / "plantillas"

DOCUMENTOS: dict[str, tuple[str, ...]] = {
    # Auxiliar de Área, Recepción, DIF Municipal.
    "A-01 solicitud de apoyo": ("solicitud-apoyo", "acuse-solicitud"),
    "A-02 nota a la Dirección y acuerdo": ("tarjeta-apoyo",),
    "A-03 cotización": ("cuadro-cotizacion",),
    "A-04 aprobación presupuestal": ("suficiencia-presupuestal",),
    "A-05 autorización": ("autorizacion-apoyo", "negativa-apoyo"),
    "A-06 aviso al beneficiario": ("aviso-entrega",),
    "A-07 recibo de entrega": ("recibo-apoyo",),
    "A-08 oficio de descuento": ("oficio-estrella-blanca",),
    "A-09 registro de datos": ("registro-datos",),
    "A-10, B-08, B-09, E-06 y E-07, los informes periódicos": ("informe", "informe-vertical"),
    "A-11 resguardo": ("resguardo-ayuda", "negativa-ayuda"),
    "A-12 renovación": ("renovacion-ayuda", "requerimiento-ayuda"),
    "A-13 devolución o baja": ("devolucion-ayuda", "baja-ayuda"),
    "A-14 comisión": ("oficio-comision", "oficio-traslado"),
    "A-16 informe de comisión": ("informe-comision",),
    "A-17 registro de llamada": ("recado-telefonico",),
    # Atención Ciudadana.
    "B-01 acuse de petición": ("acuse-peticion",),
    "B-02 canalización": ("oficio-canalizacion", "oficio-canalizacion-relacion"),
    "B-03 recordatorio": ("oficio-recordatorio",),
    "B-04 respuesta al ciudadano": ("respuesta-ciudadano",),
    "B-05 verificación": ("cedula-verificacion",),
    "B-06 agenda de brigadas": ("agenda-brigada", "oficio-convocatoria"),
    "B-07 informe de brigada": ("informe-brigada",),
    "B-10 autoevaluación": ("autoevaluacion",),
    # Vinculación y gestión de apoyos.
    "C-01 solicitud de caso vulnerable": ("solicitud-caso-vulnerable",),
    "C-02 nota aclaratoria": ("nota-aclaratoria",),
    "C-03 solicitud de gestión": ("solicitud-gestion", "recordatorio-gestion", "aviso-sin-apoyo"),
    "C-05 informe de seguimiento": ("informe-seguimiento", "informe-agregado", "negativa-datos"),
    "C-06 informe mensual": ("informe-mensual",),
    "C-07 acuse del organismo": ("respuesta-organismo",),
    # Atención presencial.
    "D-01 constancia de atención": ("constancia-atencion",),
    "D-02 queja o sugerencia": (
        "queja-sugerencia",
        "oficio-turno-control",
        "oficio-turno-servicio",
        "respuesta-promovente",
    ),
    "D-03 encuesta": ("encuesta-satisfaccion",),
    "D-04 pendiente": ("pendiente-atencion",),
    # Organismo de agua.
    "E-01 acuse de reporte": ("acuse-reporte",),
    "E-02 orden de turno": ("orden-turno",),
    "E-03 aviso de improcedencia": ("aviso-improcedencia",),
    "E-04 relación de atendidos": ("relacion-atendidos", "informe-atendidos"),
    "E-05 verificación con el usuario": ("verificacion-usuario",),
    "E-08 evaluación mensual, cotejada": ("cotejo-evaluacion", "diferencias-evaluacion"),
    "E-09 impedimento": ("constancia-impedimento",),
    "quejas e información del organismo": (
        "acuse-queja",
        "turno-queja",
        "remision-organo-interno",
        "respuesta-queja",
        "constancia-informacion",
        "respuesta-informacion",
    ),
    # De cualquier procedimiento.
    "correspondencia": ("acuse-entrada", "volante-turno", "oficio-respuesta"),
    "X-01 oficio libre": ("oficio-libre", "constancia-libre", "acuse-libre"),
    "X-02 prevención": ("prevencion",),
    "X-03 negativa": ("negativa",),
    "X-04 acuerdo de archivo": ("acuerdo-archivo",),
    "X-05 incompetencia": ("incompetencia",),
    "X-06 desistimiento": ("desistimiento",),
    "X-07 acta circunstanciada": ("acta-circunstanciada",),
    "X-08 memorándum y tarjeta": ("memorandum", "tarjeta-informativa"),
    "X-09 carátula": ("caratula",),
    "X-10 inventarios y libros": ("inventario-documental", "libro-oficios"),
    "padrón de beneficiarios": ("informe-padron",),
    "manual impreso": ("manual-procedimiento",),
    "hoja membretada": ("membrete",),
}
# Llegan de fuera y se anexan: A-15, constancia de asistencia; C-04, oficio de petición.
# Los llena la oficina que los ponga en un procedimiento suyo.
SIN_QUIEN_LAS_LLENE = {"acuse-libre", "constancia-libre"}


@pytest.mark.parametrize("clave", DOCUMENTOS)
def test_el_documento_tiene_su_plantilla(clave: str) -> None:
    faltan = [p for p in DOCUMENTOS[clave] if not (FABRICA / f"{p}.docx").is_file()]

    assert faltan == []


def test_no_hay_plantilla_de_mas_ni_en_dos_documentos() -> None:
    dichas = [plantilla for varias in DOCUMENTOS.values() for plantilla in varias]

    assert sorted(dichas) == sorted(ruta.stem for ruta in FABRICA.glob("*.docx"))


def test_a_cada_plantilla_la_llena_alguien(ventanilla: Abridor) -> None:
    llenadas = {Path(emisor.plantilla).stem for emisor in emisores(ventanilla())}

    huerfanas = {ruta.stem for ruta in FABRICA.glob("*.docx")} - llenadas

    assert huerfanas == SIN_QUIEN_LAS_LLENE
