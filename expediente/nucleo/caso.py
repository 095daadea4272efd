"""El caso: lo que consta de un asunto, actuación por actuación.

Aquí no hay reglas: un caso sabe lo que pasó, no lo que debía pasar (eso es `avance`).
Cada actuación lleva la huella de la anterior, de modo que ninguna se cambia, quita o
intercala sin que se note.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from expediente.nucleo.forma import (
    Forma,
    FormaInvalida,
    Llave,
    Ruta,
    diccionario,
    entero,
    lista,
    tabla,
    texto,
    uno_de,
)

Mapa = dict[str, object]

TIPOS_DE_ACTUACION = {
    "apertura": "Apertura",
    "avance": "Avance",
    "documento": "Documento",
    "acuse": "Acuse",
    "anexo": "Anexo",
    "nota": "Nota",
    "correccion": "Corrección",
    "relacion": "Relación",
    "prevencion": "Prevención",
    "suspension": "Suspensión",
    "reanudacion": "Reanudación",
    "prorroga": "Prórroga",
    "reasignacion": "Reasignación",
    "negativa": "Negativa",
    "desistimiento": "Desistimiento",
    "cancelacion": "Cancelación",
    "caducidad": "Caducidad",
    "incompetencia": "Incompetencia",
    "acumulacion": "Acumulación",
    "fallecimiento": "Fallecimiento",
    "reapertura": "Reapertura",
    "deshecho": "Paso deshecho",
    "archivo": "Archivo",
}


@dataclass(frozen=True)
class Actuacion:
    """Un hecho fechado que se añade a un caso y ya no cambia.

    `ocurrio` es cuándo pasó; `capturado`, cuándo se tecleó. `por` es quien actuó y
    `capturo` quien tecleó; sin `por`, actuó quien tecleó o un tercero. `datos` son los
    que fija, por clave completa; `anteriores`, los que había. `documentos` y `anexos`
    son lo que produjo o recibió, y `tomas`, lo que apartó, prestó, gastó o devolvió; un
    diccionario cada uno. `detalle` guarda lo propio de
    su tipo (canal y origen de una apertura, bolsa de un archivo). `anterior` es la
    huella de la actuación previa; en la primera, la del folio.
    """

    numero: int
    tipo: str
    ocurrio: datetime
    capturado: datetime
    capturo: str
    por: str | None = None
    paso: str | None = None
    resultado: str | None = None
    datos: Mapping[str, str] = field(default_factory=dict)
    anteriores: Mapping[str, str] = field(default_factory=dict)
    requisitos: tuple[str, ...] = ()
    documentos: tuple[Mapping[str, str], ...] = ()
    anexos: tuple[Mapping[str, str], ...] = ()
    tomas: tuple[Mapping[str, str], ...] = ()
    detalle: Mapping[str, str] = field(default_factory=dict)
    nota: str | None = None
    anterior: str = ""

    def como_mapa(self) -> Mapa:
        """Lo que se escribe en el fichero: sólo las llaves con contenido, en orden."""
        mapa: Mapa = {}
        for llave in ACTUACION.llaves:
            dato = getattr(self, llave)
            if dato in (None, "", ()) or dato == {}:
                continue
            mapa[llave] = _como_texto(dato)
        return mapa


def _como_texto(dato: object) -> object:
    if isinstance(dato, datetime):
        return dato.isoformat(timespec="seconds")
    if isinstance(dato, Mapping):
        return dict(dato)
    if isinstance(dato, tuple):
        return [_como_texto(uno) for uno in dato]
    return str(dato)


def _momento(valor: object, ruta: Ruta) -> datetime:
    try:
        momento = datetime.fromisoformat(texto(valor, ruta))
    except ValueError:
        raise FormaInvalida(ruta, "la fecha y hora no existe o no está en forma ISO.") from None
    if momento.tzinfo is None:
        raise FormaInvalida(ruta, "a la fecha y hora le falta su huso (por ejemplo -06:00).")
    return momento


def _tal_cual(valor: object, ruta: Ruta) -> str:
    if not isinstance(valor, str):
        raise FormaInvalida(ruta, "se esperaba un texto.")
    return valor


_textos = tabla(_tal_cual)

ACTUACION = Forma(
    Actuacion,
    {
        "numero": Llave(entero, "su lugar en la historia", obligatoria=True),
        "tipo": Llave(uno_de(*TIPOS_DE_ACTUACION), "qué clase de hecho es", obligatoria=True),
        "paso": Llave(texto, "paso que se dio"),
        "resultado": Llave(texto, "decisión que se tomó"),
        "ocurrio": Llave(_momento, "cuándo pasó", obligatoria=True),
        "capturado": Llave(_momento, "cuándo se tecleó", obligatoria=True),
        "por": Llave(texto, "quién actuó"),
        "capturo": Llave(texto, "quién tecleó", obligatoria=True),
        "nota": Llave(_tal_cual, "lo que se anotó"),
        "detalle": Llave(_textos, "lo propio de su tipo", omision={}),
        "datos": Llave(_textos, "datos que fija", omision={}),
        "anteriores": Llave(_textos, "los valores que había", omision={}),
        "requisitos": Llave(lista(texto), "requisitos que se entregaron", omision=()),
        "documentos": Llave(lista(_textos), "documentos que produjo", omision=()),
        "anexos": Llave(lista(_textos), "ficheros que se recibieron", omision=()),
        "tomas": Llave(lista(_textos), "recursos que tomó o devolvió", omision=()),
        "anterior": Llave(texto, "huella de la actuación previa", obligatoria=True),
    },
)


def leer_actuaciones(valor: object, ruta: Ruta = ("actuaciones",)) -> tuple[Actuacion, ...]:
    """Las actuaciones que dice una lista de diccionarios de textos.

    Lanza FormaInvalida con la ruta de lo que no se entiende.
    """
    if not isinstance(valor, list) or not valor:
        raise FormaInvalida(ruta, "un expediente tiene al menos su apertura.")
    return tuple(ACTUACION(diccionario(uno, (*ruta, i)), (*ruta, i)) for i, uno in enumerate(valor))


def huella(contenido: object) -> str:
    """SHA-256, en hexadecimal, del JSON canónico de un contenido de textos."""
    canonico = json.dumps(contenido, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonico.encode("utf-8")).hexdigest()


def huella_final(folio: str, actuaciones: Sequence[Actuacion]) -> str:
    """La huella de la última actuación; sin actuaciones, la del folio."""
    return huella(actuaciones[-1].como_mapa() if actuaciones else {"folio": folio})


def eslabon_roto(folio: str, actuaciones: Iterable[Actuacion]) -> int | None:
    """Número de la primera actuación que no encadena con la previa; None si todas."""
    esperada = huella({"folio": folio})
    for lugar, actuacion in enumerate(actuaciones, start=1):
        if actuacion.numero != lugar or actuacion.anterior != esperada:
            return lugar
        esperada = huella(actuacion.como_mapa())
    return None


def encadenar(
    folio: str, previas: tuple[Actuacion, ...], *nuevas: Actuacion
) -> tuple[Actuacion, ...]:
    """Las actuaciones previas y las nuevas, numeradas y unidas por sus huellas."""
    todas = previas
    for nueva in nuevas:
        eslabon = replace(nueva, numero=len(todas) + 1, anterior=huella_final(folio, todas))
        todas = (*todas, eslabon)
    return todas


@dataclass(frozen=True)
class Caso:
    """Un caso tal como está en su fichero.

    `revision` cuenta sus publicaciones, desde 1. `encabezado` son las llaves que el
    programa recalcula y `otras`, las que alguien añadió a mano y se conservan.
    """

    folio: str
    procedimiento: str
    version: str
    revision: int
    actuaciones: tuple[Actuacion, ...]
    encabezado: Mapping[str, object] = field(default_factory=dict)
    otras: Mapping[str, object] = field(default_factory=dict)

    @property
    def datos(self) -> Mapping[str, str]:
        """Los datos que dice el encabezado, por clave completa."""
        datos = self.encabezado.get("datos")
        return datos if isinstance(datos, dict) else {}
