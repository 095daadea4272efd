"""Todo lo que hace falta para escribir un documento de un caso."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.estado import Documento, Estado
from expediente.nucleo.procedimiento import DocumentoEscrito, Procedimiento


@dataclass(frozen=True)
class Papel:
    """Un documento de un caso, por redactar.

    `clave` es la del documento en el caso (`oficio.1` es el del segundo elemento de su
    lista) y `hechos`, los del caso en ese estado. `numero` es None si no se numera; `fecha`,
    la del documento (manda sobre leyendas y firmas). `elaboro` y `recibio` son claves del
    personal o usuarios de la computadora. `dias_de_espera` son los hábiles desde que se
    entregó el oficio que éste recuerda, y `recordado_ajeno`, ese oficio si se mandó desde
    otro caso.
    """

    oficina: Oficina
    procedimiento: Procedimiento
    documento: DocumentoEscrito
    clave: str
    folio: str
    estado: Estado
    hechos: Mapping[str, Any]
    catalogos: Mapping[str, Catalogo]
    numero: str | None
    fecha: datetime
    borrador: bool
    elaboro: str
    recibio: str
    vence: datetime | None
    dias_de_espera: int | None = None
    recordado_ajeno: Documento | None = None
