"""Trámites hechos con las operaciones de verdad, hasta donde cada prueba los necesita."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from expediente.nucleo.avance import Peticion
from expediente.nucleo.estado import Documento
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import Asunto, tomar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.ventanilla import Ventanilla
from tests.documentos.hojas import textos

Abridor = Callable[..., Ventanilla]

VIAJE = {
    "beneficiario.nombres": "Ana María",
    "beneficiario.primer_apellido": "Nuñez",
    "beneficiario.segundo_apellido": "Güemes",
    "domicilio.calle": "Privada del Membrillo",
    "domicilio.numero": "14",
    "domicilio.colonia": "La Cigüeña",
    "origen": "gomez_palacio",
    "destino": "torreon",
    "tipo_viaje": "redondo",
    "fecha_viaje": "2026-11-25",
    "fecha_regreso": "2026-11-26",
    "institucion_salud": "hg_torreon",
    "motivo": "consulta",
}
REQUISITOS = ("identificacion", "comprobante_domicilio", "carnet")
FUGA = {
    "tipo_servicio": "fuga_toma",
    "usuario.nombres": "Íñigo",
    "usuario.primer_apellido": "Muñiz",
    "usuario.segundo_apellido": "O'Farrill",
    "usuario.telefono": "8711550199",
    "ubicacion.calle": "Calle Hidalgo",
    "ubicacion.numero": "120",
    "ubicacion.colonia": "Centro",
    "descripcion": "Sale agua de la banqueta.",
}
TOMA_SIN_REGULARIZAR = {
    **FUGA,
    "tipo_servicio": "falta_agua_toma",
    "cuenta": "00418-7",
    "situacion_cuenta": "no_regularizada",
}


def dar(v: Ventanilla, folio: str, **peticion: Any) -> Resultado:
    """Da un paso; `por` es la clave de quien autoriza."""
    if "por" in peticion:
        peticion["por"] = v.oficina.persona(peticion["por"])
    return avanzar(v, folio, Peticion(**peticion))


def solicitud(v: Ventanilla, **datos: str) -> str:
    """El folio de una solicitud de descuento completa; los datos llevan `__` por punto."""
    cambios = {clave.replace("__", "."): dato for clave, dato in datos.items()}
    return abrir(v, Solicitud("estrella-blanca", {**VIAJE, **cambios})).folio


def por_elaborar(v: Ventanilla, **datos: str) -> str:
    """Una solicitud con sus requisitos, lista para preparar el oficio."""
    folio = solicitud(v, **datos)
    dar(v, folio)
    dar(v, folio, requisitos=REQUISITOS)
    return folio


def por_autorizar(v: Ventanilla, **datos: str) -> str:
    """Una solicitud con su oficio reservado, que espera la firma."""
    folio = por_elaborar(v, **datos)
    dar(v, folio)
    return folio


def autorizada(v: Ventanilla, **datos: str) -> str:
    """Una solicitud con su oficio emitido."""
    folio = por_autorizar(v, **datos)
    dar(v, folio, resultado="autoriza", por="directora")
    return folio


def concluida(v: Ventanilla, **datos: str) -> str:
    """Una solicitud entregada y concluida."""
    folio = autorizada(v, **datos)
    dar(v, folio, recibe="Ana María Nuñez")
    dar(v, folio)
    dar(v, folio)
    return folio


def canalizado(v: Ventanilla, **datos: str) -> str:
    """Un reporte con número, en manos del área operativa."""
    cambios = {clave.replace("__", "."): dato for clave, dato in datos.items()}
    folio = abrir(v, Solicitud("reporte-servicio", {**FUGA, **cambios}, canal="telefono")).folio
    dar(v, folio, resultado="procede")
    dar(v, folio, datos={"area": "agua_potable"})
    return folio


def improcedente(v: Ventanilla) -> str:
    """Un reporte que no procedió, con su aviso."""
    folio = abrir(v, Solicitud("reporte-servicio", TOMA_SIN_REGULARIZAR)).folio
    dar(v, folio, resultado="improcedente")
    return folio


def documento(v: Ventanilla, folio: str, clave: str = "oficio") -> Documento:
    """El más reciente de esa clave, que debe existir."""
    hallado = tomar(v, folio).estado.documento(clave)
    assert hallado is not None
    return hallado


def carta(v: Ventanilla, folio: str, clave: str = "oficio") -> bytes:
    """El .docx de ese documento."""
    asunto = tomar(v, folio)
    return ruta_de(asunto, clave).read_bytes()


def dice(v: Ventanilla, folio: str, clave: str) -> str:
    """Todo lo que dice ese documento."""
    return texto_de_word(carta(v, folio, clave))


def situacion(v: Ventanilla, folio: str) -> str:
    """En qué quedó el caso."""
    return tomar(v, folio).estado.situacion


def ruta_de(asunto: Asunto, clave: str) -> Path:
    """Dónde está el .docx de ese documento."""
    doc = asunto.estado.documento(clave)
    assert doc is not None and doc.fichero is not None
    return asunto.carpeta / doc.fichero


def texto_de_word(contenido: bytes) -> str:
    """Todo lo que dice un .docx, encabezados y pies incluidos, un párrafo por renglón.

    El texto de cada parte lleva delante el nombre de la parte, entre corchetes.
    """
    renglones = []
    for parte, parrafos in textos(contenido).items():
        renglones.append(f"[{Path(parte).stem}]")
        renglones += [dice for _, dice in parrafos if dice.strip()]
    return "\n".join(renglones) + "\n"


def ficheros(carpeta: Path) -> dict[str, bytes]:
    """Todo lo que hay bajo una carpeta: {ruta relativa: contenido}."""
    return {str(f.relative_to(carpeta)): f.read_bytes() for f in carpeta.rglob("*") if f.is_file()}
