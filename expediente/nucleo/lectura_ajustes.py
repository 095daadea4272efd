"""Cómo se escribe oficina.yaml: sus llaves y lo que significan."""

from datetime import date, time
from zoneinfo import ZoneInfo

from expediente.nucleo.ajustes import (
    Destinatario,
    Ente,
    Firma,
    Libro,
    Oficina,
    Persona,
    Serie,
    Vigente,
)
from expediente.nucleo.forma import Forma, FormaInvalida, Llave, Ruta, lista, si_no, texto, uno_de
from expediente.nucleo.genero import FEMENINO, MASCULINO


def _fecha(valor: object, ruta: Ruta) -> date:
    try:
        return date.fromisoformat(texto(valor, ruta))
    except ValueError:
        raise FormaInvalida(ruta, "la fecha no existe; escríbala como 2026-11-20.") from None


def _hora(valor: object, ruta: Ruta) -> time:
    try:
        return time.fromisoformat(texto(valor, ruta))
    except ValueError:
        raise FormaInvalida(ruta, "la hora no existe; escríbala como 15:00.") from None


def _formato(valor: object, ruta: Ruta) -> str:
    escrito = texto(valor, ruta)
    if any(escrito.count(parte) != 1 for parte in ("{consecutivo}", "{anio}")):
        raise FormaInvalida(ruta, "el formato lleva {consecutivo} y {anio}, una vez cada uno.")
    return escrito


def _zona(valor: object, ruta: Ruta) -> str:
    escrita = texto(valor, ruta)
    try:
        ZoneInfo(escrita)
    except (KeyError, ValueError, OSError):
        raise FormaInvalida(
            ruta, "ese huso horario no existe; escríbalo como America/Mexico_City."
        ) from None
    return escrita


_CLAVE = Llave(texto, "cómo se le nombra", obligatoria=True)
_NOMBRE = Llave(texto, "cómo se lee", obligatoria=True)
_TEXTO = Llave(texto, "texto")
_DESDE = Llave(_fecha, "primer día en que rige")
_HASTA = Llave(_fecha, "último día en que rige")
_GENERO = Llave(uno_de(MASCULINO, FEMENINO), "cómo se le nombra, si ha de constar")

ENTE = Forma(
    Ente,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "siglas": Llave(texto, "siglas", obligatoria=True),
        "domicilio": Llave(texto, "domicilio del pie de página", obligatoria=True),
        "telefono": Llave(texto, "teléfono del pie de página", obligatoria=True),
        "correo": Llave(texto, "correo del pie de página", obligatoria=True),
        "administracion": Llave(texto, "periodo de la administración"),
    },
)
LIBRO = Forma(
    Libro,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "formato": Llave(_formato, "cómo se escribe el número", obligatoria=True),
        "dependencia": Llave(texto, "para el cuadro del oficio", omision=""),
        "seccion": Llave(texto, "para el cuadro del oficio", omision=""),
    },
)
PERSONA = Forma(
    Persona,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "roles": Llave(lista(texto), "roles que desempeña", omision=()),
        "cargo": Llave(texto, "cargo, ya declinado", omision=""),
        "grado": Llave(texto, "LIC., C.P., ING.…", omision=""),
        "usuario": Llave(texto, "su usuario de la computadora"),
        "genero": _GENERO,
    },
)
VIGENTE = Forma(
    Vigente,
    {
        "texto": Llave(texto, "el texto", obligatoria=True),
        "desde": _DESDE,
        "hasta": _HASTA,
        "ente": Llave(texto, "institución en cuyos documentos va"),
    },
)
FIRMA = Forma(
    Firma,
    {
        "rol": Llave(texto, "rol por el que firma", obligatoria=True),
        "persona": Llave(texto, "clave de la persona", obligatoria=True),
        "desde": _DESDE,
        "hasta": _HASTA,
        "modalidad": Llave(texto, "P.A. o P.O. si suple"),
    },
)
DESTINATARIO = Forma(
    Destinatario,
    {
        "clave": _CLAVE,
        "nombre": Llave(texto, "nombre con su tratamiento", obligatoria=True),
        "cargo": _TEXTO,
        "institucion": _TEXTO,
        "formula": Llave(texto, "PRESENTE, EDIFICIO…", omision="P R E S E N T E."),
        "atencion": _TEXTO,
        "copia": Llave(texto, "qué se le dice en la copia", omision="Para su conocimiento."),
        "genero": _GENERO,
    },
)
SERIE = Forma(
    Serie,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "fondo": Llave(texto, "fondo", obligatoria=True),
        "seccion": Llave(texto, "sección", obligatoria=True),
        "valores": Llave(texto, "valores primarios", omision="Administrativo"),
        "vigencia_tramite": Llave(texto, "años en trámite", omision="1"),
        "vigencia_concentracion": Llave(texto, "años en concentración", omision="2"),
        "destino_final": Llave(texto, "baja, histórico o muestreo", omision="Baja"),
        "clasificacion": Llave(texto, "de la información", omision="Confidencial"),
    },
)
OFICINA = Forma(
    Oficina,
    {
        "nombre": _NOMBRE,
        "municipio": Llave(texto, "municipio y estado", obligatoria=True),
        "lugar": Llave(texto, "lugar de los oficios; si no, el municipio, abreviado su estado"),
        "zona": Llave(_zona, "huso horario", obligatoria=True),
        "cierre": Llave(_hora, "hora en que cierra la ventanilla", omision=time(15, 0)),
        "archivo": Llave(texto, "carpeta de la unidad compartida donde se archiva"),
        "entes": Llave(lista(ENTE), "instituciones con su membrete", obligatoria=True),
        "libros": Llave(lista(LIBRO), "series de números", obligatoria=True),
        "personal": Llave(lista(PERSONA), "quién trabaja aquí", obligatoria=True),
        "firmas": Llave(lista(FIRMA), "quién firma y desde cuándo", obligatoria=True),
        "destinatarios": Llave(lista(DESTINATARIO), "a quién se escribe", omision=()),
        "leyendas": Llave(lista(VIGENTE), "leyendas anuales", omision=()),
        "lemas": Llave(lista(VIGENTE), "lemas de la antefirma", omision=()),
        "series": Llave(lista(SERIE), "cuadro de clasificación", obligatoria=True),
        "de_prueba": Llave(si_no, "si es una oficina de prueba", omision=False),
    },
)
