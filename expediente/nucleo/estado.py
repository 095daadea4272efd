"""Dónde está un caso según su procedimiento: lo que resulta de repasar su historia.

El estado nunca se guarda como verdad: `repaso` lo recalcula de las actuaciones, y por eso
puede pedirse el de cualquier momento pasado.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from expediente.nucleo.procedimiento import Apertura

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

    @property
    def consta_quien_recibio(self) -> bool:
        """Si se entregó y se dijo a quién; un nombre en blanco no lo dice."""
        return self.estado == ENTREGADO and bool(self.recibe and self.recibe.strip())


@dataclass(frozen=True)
class Suspension:
    """Un tramo en que los relojes no corren; `hasta` es None mientras dura.

    `clase` es suspension, prevencion o cierre (lo que estuvo concluido antes de reabrirse).
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


# Estados de lo que se toma de una existencia.
APARTADO, PRESTADO, GASTADO, DEVUELTO = "apartado", "prestado", "gastado", "devuelto"


@dataclass(frozen=True)
class PorAbrir:
    """Un caso que un paso ya dado debe abrir; `origen` es su actuación y su lugar en ella."""

    origen: str
    apertura: Apertura


@dataclass(frozen=True)
class Estado:
    """Lo que se sabe de un caso tras repasar sus actuaciones.

    `pasos` son los activos; vacío si terminó. `veces` cuenta cada (paso, resultado).
    `ocurrio`, `actuo` y `orden` guardan el momento, el actor y el número de actuación de
    la última vez de cada paso y de cada `paso/resultado`, y `notas`, lo que se anotó en
    él; `ultimo_paso`, el momento del último que se dio. `movimientos` son
    (apertura|conclusion|reapertura, momento).
    `llegadas` dice desde cuándo toca cada paso, aunque ya se diera; `en_reunion`, los que
    esperan a que terminen otras ramas. `prorrogas` es lo que se añadió a cada plazo, en
    su unidad. `relaciones` son casos ligados a éste, (folio, cómo). `previos` son los pasos
    en que estaba al terminar y `eventos`, lo que se dijo en el último de cada clase.
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
    notas: Mapping[str, str] = field(default_factory=dict)
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
    por_abrir: tuple[PorAbrir, ...] = ()
    previos: tuple[str, ...] = ()
    eventos: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asignado: str | None = None
    reasignaciones: int = 0
    fallecido: datetime | None = None

    @property
    def abierto_ahora(self) -> bool:
        """Si el caso sigue en trámite."""
        return bool(self.pasos)

    @property
    def ultimo_movimiento(self) -> datetime:
        """Cuándo pasó lo último que lo movió: un paso, un cierre, una reapertura, una muerte."""
        cierres = (momento for _, momento in self.movimientos)
        return max(filter(None, (self.abierto, self.ultimo_paso, self.fallecido, *cierres)))

    def documento(self, clave: str) -> Documento | None:
        """El más reciente con esa clave; None si no hay."""
        return next((d for d in reversed(self.documentos) if d.clave == clave), None)

    @property
    def suspendido(self) -> Suspension | None:
        """La suspensión o prevención que dura; None si los relojes corren."""
        return next((s for s in reversed(self.suspensiones) if s.hasta is None), None)

    @property
    def prevenido(self) -> bool:
        """Si ya se le previno alguna vez: sólo puede hacerse una."""
        return any(s.clase == "prevencion" for s in self.suspensiones)

    @property
    def tiene_efectos_pendientes(self) -> bool:
        """Si un paso ya dado dejó números o documentos por cumplir."""
        return bool(self.numeros_pendientes) or any(d.estado in PENDIENTES for d in self.documentos)
