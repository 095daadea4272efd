"""Quién llena una plantilla, qué puede pedirle ella y un ejemplo de lo que le daría.

Del mismo ejemplo salen la lista de campos, la prueba y la revisión. Aquí están los
documentos de un caso; los demás emisores los reúne `emisores`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial

from expediente.documentos.datos_de_plantilla import datos_de_la_carta
from expediente.documentos.papel import Papel
from expediente.documentos.redaccion import Campos, campos_de_la_carta
from expediente.documentos.vocabulario import Dato
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.muestra import NORMALES, estado_de_muestra, folio_de_muestra
from expediente.nucleo.procedimiento import DocumentoEscrito, Procedimiento
from expediente.operaciones.ventanilla import Ventanilla

DE_DOCUMENTO, DE_INFORME, DE_CORTE = "documento", "informe", "corte"
DE_CARATULA, DE_MANUAL, DE_LIBRO = "carátula", "manual", "libro"
DE_MEMBRETE, DE_NADIE = "membrete", "nadie"


@dataclass(frozen=True)
class Emisor:
    """Quien llena una plantilla: un documento de un procedimiento, un informe…

    `muestra` da, para una clase de datos de muestra, los campos con que se llenaría.
    `procedimiento` es la clave del suyo, o del que se tomó de ejemplo. El de un
    procedimiento que no está `sano` no tiene muestra. `documento` es su regla, si
    es uno. Lo que no es `fijo` lo llena cualquier procedimiento.
    """

    clase: str
    clave: str
    nombre: str
    plantilla: str
    procedimiento: str
    datos: tuple[Dato, ...]
    muestra: Callable[[str], Campos]
    sano: bool = True
    documento: DocumentoEscrito | None = None
    fijo: bool = True

    @cached_property
    def campos(self) -> Campos:
        """Los de un ejemplo cualquiera."""
        return self.muestra(NORMALES)


def emisor_de(
    v: Ventanilla, p: Procedimiento, documento: DocumentoEscrito, sano: bool = True
) -> Emisor:
    """El que llena ese documento de ese procedimiento."""
    return Emisor(
        DE_DOCUMENTO,
        documento.clave,
        documento.nombre,
        documento.plantilla,
        p.clave,
        datos_de_la_carta(p, documento),
        partial(_muestra_de_la_carta, v, p, documento),
        sano,
        documento,
    )


def _muestra_de_la_carta(
    v: Ventanilla, p: Procedimiento, documento: DocumentoEscrito, datos: str
) -> Campos:
    return campos_de_la_carta(papel_de_muestra(v, p, documento, datos))


def papel_de_muestra(
    v: Ventanilla, p: Procedimiento, documento: DocumentoEscrito, datos: str = NORMALES
) -> Papel:
    """El papel de un caso inventado al que no le falta nada, como borrador y sin número.

    Lanza NoExiste si a oficina.yaml le falta quien firma o a quién se dirige.
    """
    estado = estado_de_muestra(p, v.oficina, v.catalogos, v.ahora, datos)
    libro = v.oficina.libro(documento.libro) if documento.libro else None
    quien = next(filter(None, estado.actuo.values()), "")
    return Papel(
        oficina=v.oficina,
        procedimiento=p,
        documento=documento,
        clave=f"{documento.clave}.0" if documento.por_cada else documento.clave,
        folio=folio_de_muestra(p, v.ahora.year),
        estado=estado,
        hechos=hechos_de(p, estado, v.catalogos),
        catalogos=v.catalogos,
        numero=libro.numero(v.ahora.year, 0) if libro else None,
        fecha=v.ahora,
        borrador=True,
        elaboro=quien,
        recibio=quien,
        vence=v.ahora + timedelta(days=5),
        dias_de_espera=6 if documento.reitera else None,
    )
