"""Dónde está un caso según su procedimiento: la historia, repasada.

El estado nunca se guarda como verdad: se recalcula de las actuaciones, y por eso puede
pedirse el de cualquier momento pasado. `repasar` no juzga si cada paso estuvo permitido
(eso lo juzgó `avance` cuando se dio); sólo aplica lo que ocurrió.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from expediente.nucleo.caso import Actuacion
from expediente.nucleo.procedimiento import Procedimiento, Salida

EN_TRAMITE = "en_tramite"

# Estados de un documento. Los «por_…» son efectos de un paso ya dado que falta cumplir
# en el libro y en la carpeta: nadie pierde el paso si la máquina se apaga en medio.
POR_RESERVAR, RESERVADO = "por_reservar", "reservado"
POR_EMITIR, EMITIDO, ENTREGADO = "por_emitir", "emitido", "entregado"
POR_CANCELAR, CANCELADO = "por_cancelar", "cancelado"
PENDIENTES = (POR_RESERVAR, POR_EMITIR, POR_CANCELAR)


@dataclass(frozen=True)
class Documento:
    """Un documento del caso: en qué estado está, su número y su fichero.

    `fichero` es relativo a la carpeta del caso; None mientras no se escribe. `fecha` es
    la de su último estado y `emitido`, la que lleva escrita; None si no se emitió.
    """

    clave: str
    estado: str
    numero: str | None = None
    fichero: str | None = None
    sha256: str | None = None
    fecha: datetime | None = None
    emitido: datetime | None = None
    motivo: str | None = None
    recibe: str | None = None


@dataclass(frozen=True)
class Suspension:
    """Un tramo en que los relojes no corren; `hasta` es None mientras dura.

    `clase` es suspension o prevencion.
    """

    clase: str
    desde: datetime
    hasta: datetime | None = None
    motivo: str | None = None


@dataclass(frozen=True)
class Llegada:
    """Cuándo llegó a tocar un paso, y en qué actuación.

    `primera` es cuándo tocó al empezar la serie de vueltas en que se sigue a sí mismo, y
    `vueltas`, cuántas lleva dadas.
    """

    momento: datetime
    orden: int
    primera: datetime
    vueltas: int = 0


@dataclass(frozen=True)
class Toma:
    """Lo que un caso tiene de una existencia: cuánto de qué renglón y cómo.

    `estado` es apartado, prestado, gastado o devuelto.
    """

    recurso: str
    existencia: str
    renglon: str
    cantidad: str
    estado: str


@dataclass(frozen=True)
class Estado:
    """Lo que se sabe de un caso tras repasar sus actuaciones.

    `pasos` son los activos; vacío si terminó. `veces` cuenta cada (paso, resultado).
    `ocurrio`, `actuo` y `orden` guardan el momento, el actor y el número de actuación de
    la última vez de cada paso y de cada `paso/resultado`; `ultimo_paso`, el momento del
    último que se dio. `movimientos` son (apertura|conclusion|reapertura, momento).
    `llegadas` dice desde cuándo toca cada paso, aunque ya se diera; `en_reunion`, los que
    esperan a que terminen otras ramas. `prorrogas` es lo que se añadió a cada plazo, en
    su unidad. `relaciones` son casos ligados a éste, (folio, cómo).
    """

    situacion: str
    pasos: tuple[str, ...]
    abierto: datetime
    canal: str | None = None
    origen: str | None = None
    concluido: datetime | None = None
    situacion_final: str | None = None
    archivo: Mapping[str, str] = field(default_factory=dict)
    datos: Mapping[str, str] = field(default_factory=dict)
    requisitos: Mapping[str, datetime] = field(default_factory=dict)
    documentos: tuple[Documento, ...] = ()
    numeros_pendientes: tuple[str, ...] = ()
    anexos: tuple[Mapping[str, str], ...] = ()
    veces: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    ocurrio: Mapping[str, datetime] = field(default_factory=dict)
    actuo: Mapping[str, str] = field(default_factory=dict)
    orden: Mapping[str, int] = field(default_factory=dict)
    resultado: Mapping[str, str] = field(default_factory=dict)
    movimientos: tuple[tuple[str, datetime], ...] = ()
    ultimo_paso: datetime | None = None
    llegadas: Mapping[str, Llegada] = field(default_factory=dict)
    en_reunion: tuple[str, ...] = ()
    suspensiones: tuple[Suspension, ...] = ()
    prorrogas: Mapping[str, int] = field(default_factory=dict)
    tomas: tuple[Toma, ...] = ()
    relaciones: tuple[tuple[str, str], ...] = ()
    asignado: str | None = None
    fallecido: datetime | None = None

    @property
    def abierto_ahora(self) -> bool:
        """Si el caso sigue en trámite."""
        return bool(self.pasos)

    def documento(self, clave: str) -> Documento | None:
        """El más reciente con esa clave; None si no hay."""
        return next((d for d in reversed(self.documentos) if d.clave == clave), None)

    @property
    def tiene_efectos_pendientes(self) -> bool:
        """Si un paso ya dado dejó números o documentos por cumplir."""
        return bool(self.numeros_pendientes) or any(d.estado in PENDIENTES for d in self.documentos)


def repasar(p: Procedimiento, actuaciones: Iterable[Actuacion]) -> Estado:
    """El estado a que llevan esas actuaciones, la primera de las cuales es la apertura."""
    estado: Estado | None = None
    for actuacion in actuaciones:
        if estado is None:
            estado = _abrir(p, actuacion)
        else:
            estado = _APLICA[actuacion.tipo](p, _con_datos(estado, actuacion), actuacion)
    if estado is None:
        raise ValueError("un caso tiene al menos su apertura")
    return estado


def _abrir(p: Procedimiento, a: Actuacion) -> Estado:
    inicial = Estado(
        situacion=EN_TRAMITE,
        pasos=(p.apertura,),
        abierto=a.ocurrio,
        canal=a.detalle.get("canal"),
        origen=a.detalle.get("origen"),
        datos=dict(a.datos),
        requisitos=dict.fromkeys(a.requisitos, a.ocurrio),
        movimientos=(("apertura", a.ocurrio),),
    )
    salida = p.por_clave[p.apertura].salidas[0]
    abierto = _dar_paso(inicial, p, p.apertura, salida, a)
    return replace(
        abierto,
        ocurrio={**abierto.ocurrio, "apertura": a.ocurrio},
        orden={**abierto.orden, "apertura": a.numero},
    )


def _con_datos(estado: Estado, a: Actuacion) -> Estado:
    if not a.datos and not a.requisitos:
        return estado
    datos = {k: v for k, v in {**estado.datos, **a.datos}.items() if v != ""}
    return replace(
        estado,
        datos=datos,
        requisitos={**dict.fromkeys(a.requisitos, a.ocurrio), **estado.requisitos},
    )


def _avance(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    salida = p.por_clave[a.paso or ""].salida(a.resultado)
    assert salida is not None
    return _dar_paso(estado, p, a.paso or "", salida, a)


def siguientes_de(salida: Salida, veces: int) -> tuple[str, ...]:
    """A dónde sigue esa salida la vez número `veces`."""
    if salida.maximo and salida.al_exceder and veces > salida.maximo:
        return (salida.al_exceder,)
    return salida.sigue


def _dar_paso(estado: Estado, p: Procedimiento, paso: str, salida: Salida, a: Actuacion) -> Estado:
    veces = estado.veces.get((paso, salida.clave), 0) + 1
    hechos = [paso] if salida.clave is None else [paso, f"{paso}/{salida.clave}"]
    activos = [clave for clave in estado.pasos if clave != paso]
    activos += [c for c in siguientes_de(salida, veces) if c not in activos]
    dado = replace(
        estado,
        pasos=tuple(activos),
        ultimo_paso=a.ocurrio,
        veces={**estado.veces, (paso, salida.clave): veces},
        ocurrio={**estado.ocurrio, **dict.fromkeys(hechos, a.ocurrio)},
        actuo={**estado.actuo, **dict.fromkeys(hechos, a.por or a.capturo)},
        orden={**estado.orden, **dict.fromkeys(hechos, a.numero)},
        resultado={**estado.resultado, **({paso: salida.clave} if salida.clave else {})},
        documentos=_documentos_tras(estado.documentos, salida, a),
        numeros_pendientes=estado.numeros_pendientes
        + tuple(n for n in salida.asigna if n not in estado.datos),
    )
    return _terminar(dado, salida.final, a) if salida.final else dado


def _terminar(estado: Estado, situacion: str, a: Actuacion) -> Estado:
    return replace(
        estado,
        situacion=situacion,
        situacion_final=situacion,
        pasos=(),
        concluido=a.ocurrio,
        documentos=tuple(_sin_reserva(d, a) for d in estado.documentos),
        movimientos=(*estado.movimientos, ("conclusion", a.ocurrio)),
    )


def _sin_reserva(doc: Documento, a: Actuacion) -> Documento:
    if doc.estado not in (RESERVADO, POR_RESERVAR):
        return doc
    motivo = a.nota or "El expediente terminó sin emitirlo."
    return replace(doc, estado=POR_CANCELAR if doc.numero else CANCELADO, motivo=motivo)


def _documentos_tras(
    documentos: tuple[Documento, ...], salida: Salida, a: Actuacion
) -> tuple[Documento, ...]:
    for clave in salida.prepara:
        documentos = (*documentos, Documento(clave, POR_RESERVAR))
    for clave in salida.emite:
        documentos = _en_vivo(
            documentos, clave, POR_EMITIR, nuevo=True, fecha=a.ocurrio, emitido=a.ocurrio
        )
    for clave in salida.anula:
        documentos = _en_vivo(documentos, clave, POR_CANCELAR, motivo=a.nota)
    for clave in salida.entrega:
        documentos = _entregar(documentos, clave, a, a.detalle.get("recibe"))
    return documentos


def _entregar(
    documentos: tuple[Documento, ...],
    clave: str,
    a: Actuacion,
    recibe: str | None,
    numero: str | None = None,
) -> tuple[Documento, ...]:
    """Los documentos con ése entregado.

    El que ya tenía acuse conserva su fecha y quien recibió, si se sabía.
    """
    lugar = _lugar_vivo(documentos, clave, numero)
    if lugar is None or (documentos[lugar].estado == ENTREGADO and documentos[lugar].recibe):
        return documentos
    if documentos[lugar].estado == ENTREGADO:
        return _cambiado(documentos, lugar, ENTREGADO, recibe=recibe)
    return _cambiado(documentos, lugar, ENTREGADO, fecha=a.ocurrio, recibe=recibe)


def _lugar_vivo(
    documentos: tuple[Documento, ...], clave: str, numero: str | None = None
) -> int | None:
    """El lugar del documento sin cancelar que lleva ese número; o del último de la clave."""
    vivos = [i for i, d in enumerate(documentos) if d.clave == clave and d.estado != CANCELADO]
    numerados = [i for i in vivos if numero and documentos[i].numero == numero]
    return max(numerados or vivos, default=None)


def _en_vivo(
    documentos: tuple[Documento, ...], clave: str, estado: str, nuevo: bool = False, **cambios: Any
) -> tuple[Documento, ...]:
    """Los documentos con uno sin cancelar cambiado; o con uno nuevo si ya no hay por emitir."""
    lugar = _lugar_vivo(documentos, clave, cambios.get("numero"))
    if lugar is None or (nuevo and documentos[lugar].estado in (EMITIDO, ENTREGADO)):
        return (*documentos, Documento(clave, estado, **cambios)) if nuevo else documentos
    if estado == POR_CANCELAR and not documentos[lugar].numero:
        estado = CANCELADO
    return _cambiado(documentos, lugar, estado, **cambios)


def _cambiado(
    documentos: tuple[Documento, ...], lugar: int, estado: str, **cambios: Any
) -> tuple[Documento, ...]:
    cambiado = replace(documentos[lugar], estado=estado, **cambios)
    return (*documentos[:lugar], cambiado, *documentos[lugar + 1 :])


def _documento(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    """Lo que se cumplió en el libro y en la carpeta."""
    documentos = estado.documentos
    for hecho in a.documentos:
        cambios: dict[str, Any] = {
            k: hecho[k] for k in ("numero", "fichero", "sha256", "motivo") if k in hecho
        }
        if hecho["estado"] != RESERVADO:
            cambios["fecha"] = a.ocurrio
        nuevo = hecho["estado"] == POR_EMITIR
        if nuevo:
            cambios["emitido"] = a.ocurrio
        documentos = _en_vivo(documentos, hecho["clave"], hecho["estado"], nuevo, **cambios)
    pendientes = tuple(n for n in estado.numeros_pendientes if n not in a.datos)
    return replace(estado, documentos=documentos, numeros_pendientes=pendientes)


def _acuse(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    documentos = estado.documentos
    for hecho in a.documentos:
        documentos = _entregar(
            documentos, hecho["clave"], a, hecho.get("recibe"), hecho.get("numero")
        )
    return replace(estado, documentos=documentos)


def _cancelacion(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return _terminar(estado, "cancelado", a)


def _anexo(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return replace(estado, anexos=(*estado.anexos, *a.anexos))


def _archivo(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return replace(estado, situacion="archivado", archivo=dict(a.detalle))


def _sin_efecto(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return estado


_APLICA = {
    "avance": _avance,
    "documento": _documento,
    "acuse": _acuse,
    "cancelacion": _cancelacion,
    "anexo": _anexo,
    "archivo": _archivo,
    "nota": _sin_efecto,
    "correccion": _sin_efecto,
}
