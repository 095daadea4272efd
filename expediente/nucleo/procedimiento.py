"""La regla escrita: un procedimiento del manual, con sus campos, documentos y pasos.

Aquí nunca se habla de un caso: qué puede hacerse con uno lo decide `avance`. Cómo se lee
de un fichero está en `lectura_procedimiento`; qué lo hace recorrible, en
`revision_procedimiento`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from expediente.nucleo.campo import Campo, hojas
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.situacion import SITUACIONES


@dataclass(frozen=True)
class Requisito:
    """Un documento que la persona entrega; se pide si `obligatorio_si` se cumple.

    Con `por_cada`, uno por elemento de ese campo lista: `constancia.0`, `constancia.1`…
    """

    clave: str
    nombre: str
    obligatorio: bool = True
    obligatorio_si: Condicion | None = None
    por_cada: str | None = None


@dataclass(frozen=True)
class Rol:
    """Quién actúa: de la oficina, o externo (no se le pide `--por`)."""

    clave: str
    nombre: str
    externo: bool = False


@dataclass(frozen=True)
class Destino:
    """A quién va dirigido un oficio: sólo una de las cuatro.

    `oficina` es un destinatario de oficina.yaml; `persona`, un campo del caso; `opcion`,
    un campo cuyo catálogo trae `titular` y `cargo`; `rol`, quien firma por él.
    """

    oficina: str | None = None
    persona: str | None = None
    opcion: str | None = None
    rol: str | None = None


@dataclass(frozen=True)
class DocumentoEscrito:
    """Un documento que el procedimiento produce.

    `libro` es la unidad cuyo libro le da número; None si no se numera. `asunto_de` es el
    campo del caso con que se dice el asunto, en lugar del fijo. `calculados`
    son los campos de la plantilla que salen de una expresión sobre los hechos. Con
    `por_cada` sale uno por elemento de ese campo lista, cada uno con su número. El que
    `reitera` es el recordatorio de otro, y `nivel`, desde cuál se usa: 3 es el tercero.
    """

    clave: str
    nombre: str
    plantilla: str
    libro: str | None = None
    asunto: str | None = None
    asunto_de: str | None = None
    dirigido: Destino | None = None
    firma: str | None = None
    ccp: tuple[str, ...] = ()
    anexos: str | None = None
    calculados: Mapping[str, Condicion] = field(default_factory=dict)
    por_cada: str | None = None
    reitera: str | None = None
    nivel: int = 1


@dataclass(frozen=True)
class Recurso:
    """Algo que se aparta, presta o gasta: dinero de un presupuesto o piezas del almacén.

    `existencia` es el fichero de existencias/ que lo cuenta; `renglon` y `cantidad`, las
    expresiones que dicen de qué renglón y cuánto.
    """

    clave: str
    nombre: str
    existencia: str
    renglon: Condicion
    cantidad: Condicion


@dataclass(frozen=True)
class Duplicado:
    """Con qué datos iguales dos casos del procedimiento parecen el mismo.

    Se avisa si el otro sigue abierto o, con `meses`, si se abrió en esos meses.
    """

    campos: tuple[str, ...]
    meses: int | None = None
    mensaje: str | None = None


@dataclass(frozen=True)
class Apertura:
    """Un caso que un paso abre en otro procedimiento, con los datos que le pasa.

    `datos` va del campo de allá al de aquí.
    """

    procedimiento: str
    datos: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cadencia:
    """Cada cuánto se repite un paso: `cantidad` de `unidad` (habiles, naturales, meses)."""

    cantidad: int
    unidad: str


@dataclass(frozen=True)
class Numero:
    """Un número que el procedimiento da a lo que procede (p. ej. el de reporte).

    Se toma del libro `libro` y se guarda en el campo del mismo nombre.
    """

    clave: str
    nombre: str
    libro: str


@dataclass(frozen=True)
class Salida:
    """Una manera de terminar un paso: lo que pide, lo que produce y a dónde sigue.

    `clave` es None cuando el paso no decide nada. `captura` son los campos que sólo se
    piden al elegirla. `final` es la situación con que se cierra el caso. `quita` son pasos
    de otras ramas que dejan de tocar y `reinicia`, los que vuelven a contarse desde cero.
    Con `maximo`, a partir de ese número de veces sigue `al_exceder`.
    """

    clave: str | None = None
    nombre: str | None = None
    si: Condicion | None = None
    mensaje: str | None = None
    motivo: bool = False
    captura: tuple[str, ...] = ()
    asigna: tuple[str, ...] = ()
    prepara: tuple[str, ...] = ()
    emite: tuple[str, ...] = ()
    anula: tuple[str, ...] = ()
    entrega: tuple[str, ...] = ()
    aparta: tuple[str, ...] = ()
    presta: tuple[str, ...] = ()
    gasta: tuple[str, ...] = ()
    devuelve: tuple[str, ...] = ()
    quita: tuple[str, ...] = ()
    reinicia: tuple[str, ...] = ()
    abre: tuple[Apertura, ...] = ()
    sigue: tuple[str, ...] = ()
    final: str | None = None
    maximo: int | None = None
    al_exceder: str | None = None
    sin_limite: str | None = None


@dataclass(frozen=True)
class Paso:
    """Un paso del manual: quién lo hace, qué pide y cómo puede terminar.

    `manual` son los números de actividad que cubre; vacío si el manual no lo dice y la
    oficina lo necesita. `captura` son los campos que se piden aquí y `requisitos`, los
    que se exigen sólo aquí. El que `reune` espera a que terminen las ramas que llegan a
    él; con `espera_hasta`, no se da antes de esa fecha. `repite` es la cadencia con que
    vuelve a tocar; `situacion`, cómo se llama el caso mientras está en él, y `pendiente`,
    cómo dice un informe que falta darlo.
    """

    clave: str
    responsable: str
    actividad: str
    salidas: tuple[Salida, ...]
    manual: tuple[int, ...] = ()
    captura: tuple[str, ...] = ()
    requisitos: tuple[str, ...] = ()
    pide_requisitos: bool = False
    autoriza: bool = False
    reune: bool = False
    espera_hasta: Condicion | None = None
    plazo: "ReglaPlazo | None" = None
    repite: Cadencia | None = None
    situacion: str | None = None
    pendiente: str = ""

    @property
    def por_dar(self) -> str:
        """Cómo se lee que falta darlo: «Por turnar al área»."""
        return self.pendiente or f"Por {self.clave.replace('-', ' ')}"

    @property
    def pide(self) -> tuple[str, ...]:
        """Los campos que se piden aquí, siempre o con algún resultado."""
        return (*self.captura, *(c for salida in self.salidas for c in salida.captura))

    def salida(self, resultado: str | None) -> Salida | None:
        """La salida de ese nombre; None si no hay tal."""
        return next((s for s in self.salidas if s.clave == resultado), None)


@dataclass(frozen=True)
class ReglaPlazo:
    """Un plazo: cuánto, desde qué hecho y hasta cuál, y en qué casos.

    `desde` y `hasta` son claves de paso, `paso/resultado`, o «apertura»; el plazo de un
    paso corre desde que llega a tocar. `unidad`: horas, habiles, naturales o meses.
    `meta` es la cantidad deseable, menor que la que obliga. `fecha` da el vencimiento
    que el caso trae escrito; con `cantidad` también, manda lo que venza primero.
    Vencido, le toca además al rol `escala`.
    """

    clave: str
    nombre: str
    cantidad: int | None = None
    unidad: str = "habiles"
    desde: tuple[str, ...] = ("apertura",)
    hasta: tuple[str, ...] = ()
    si: Condicion | None = None
    fundamento: str | None = None
    meta: int | None = None
    fecha: Condicion | None = None
    escala: str | None = None


@dataclass(frozen=True)
class Regla:
    """Algo que los datos deben cumplir juntos; `mensaje` es lo que se dice si no."""

    si_no: Condicion
    mensaje: str


@dataclass(frozen=True)
class Critica:
    """Una actividad crítica del manual y el indicador con que se mide."""

    paso: str
    indicador: str
    proveedor: str | None = None
    cliente: str | None = None
    valor: str | None = None
    atributo: str | None = None
    estandar: str | None = None
    periodicidad: str | None = None


@dataclass(frozen=True)
class Cambio:
    """Un renglón del control de cambios."""

    version: str
    fecha: str
    descripcion: str
    reviso: str | None = None
    aprobo: str | None = None


# Los oficios de los eventos que lo llevan: su nombre y su asunto.
DOCUMENTOS_DE_EVENTOS = {
    "prevencion": ("Prevención", "Se le previene para que complete su solicitud."),
    "negativa": ("Negativa", "Se responde a su solicitud."),
    "incompetencia": ("Incompetencia", "Se remite su solicitud a la autoridad competente."),
    "desistimiento": ("Desistimiento", "Se tiene por retirada su solicitud."),
}


@dataclass(frozen=True)
class Eventos:
    """Cómo trata este procedimiento lo que puede pasarle a cualquier caso.

    `libro`, `firma` y `dirigido` son los de los oficios de prevención, negativa,
    incompetencia y desistimiento; sin libro y firma no se escriben. `prevencion` son los
    días hábiles para subsanar. `al_fallecer` es el paso a que salta el caso. `no_admite`
    son los eventos que aquí no caben.
    """

    libro: str | None = None
    firma: str | None = None
    dirigido: Destino | None = None
    prevencion: int = 5
    al_fallecer: str | None = None
    no_admite: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manual:
    """De dónde sale el procedimiento: manual, función, revisión y quién lo aprobó."""

    clave: str
    nombre: str
    funcion: str | None = None
    objetivo: str | None = None
    alcance: str | None = None
    codigo: str | None = None
    revision: str | None = None
    emision: str | None = None
    elaboro: str | None = None
    reviso: str | None = None
    aprobo: str | None = None


@dataclass(frozen=True)
class Procedimiento:
    """Un procedimiento completo, ya leído.

    `apertura` es el paso que se cumple al abrir y `entradas`, otros por los que también
    puede abrirse. `ente` es la institución de su membrete;
    None, la primera de la oficina. `titulo` da el nombre del expediente en la carátula.
    """

    clave: str
    nombre: str
    version: str
    prefijo: str
    manual: Manual
    serie: str
    apertura: str
    pasos: tuple[Paso, ...]
    roles: tuple[Rol, ...]
    campos: tuple[Campo, ...] = ()
    requisitos: tuple[Requisito, ...] = ()
    documentos: tuple[DocumentoEscrito, ...] = ()
    numeros: tuple[Numero, ...] = ()
    plazos: tuple[ReglaPlazo, ...] = ()
    reglas: tuple[Regla, ...] = ()
    situaciones: Mapping[str, str] = field(default_factory=dict)
    titulo: Condicion | None = None
    ente: str | None = None
    entradas: tuple[str, ...] = ()
    recursos: tuple[Recurso, ...] = ()
    duplicados: tuple[Duplicado, ...] = ()
    eventos: Eventos = Eventos()
    criticas: tuple[Critica, ...] = ()
    cambios: tuple[Cambio, ...] = ()

    @cached_property
    def por_clave(self) -> dict[str, Paso]:
        """Los pasos por su clave, en el orden del manual."""
        return {paso.clave: paso for paso in self.pasos}

    @cached_property
    def documento(self) -> dict[str, DocumentoEscrito]:
        """Los documentos por su clave, con los de los eventos si el procedimiento los firma."""
        propios = {doc.clave: doc for doc in self.documentos}
        return {**{doc.clave: doc for doc in self._de_eventos()}, **propios}

    def _de_eventos(self) -> list[DocumentoEscrito]:
        trato = self.eventos
        if not (trato.libro and trato.firma):
            return []
        return [
            DocumentoEscrito(
                clave,
                nombre,
                f"{clave}.docx",
                trato.libro,
                asunto,
                dirigido=trato.dirigido,
                firma=trato.firma,
            )
            for clave, (nombre, asunto) in DOCUMENTOS_DE_EVENTOS.items()
        ]

    @cached_property
    def llegan_a(self) -> dict[str, frozenset[str]]:
        """Los pasos desde los que puede llegarse a cada paso."""
        previos: dict[str, set[str]] = {clave: set() for clave in self.por_clave}
        for paso in self.pasos:
            for salida in paso.salidas:
                for clave in filter(None, (*salida.sigue, salida.al_exceder)):
                    previos.setdefault(clave, set()).add(paso.clave)
        return {clave: _hacia_atras(clave, previos) for clave in self.por_clave}

    @cached_property
    def recurso(self) -> dict[str, Recurso]:
        """Los recursos por su clave."""
        return {recurso.clave: recurso for recurso in self.recursos}

    def regla_de(self, documento: str) -> DocumentoEscrito:
        """La regla de un documento del caso: la de `oficio.1` es la de `oficio`."""
        return self.documento[documento.split(".", 1)[0]]

    @cached_property
    def hojas(self) -> dict[str, Campo]:
        """Los datos sueltos por su clave completa; `#` es el número en una lista."""
        return {hoja.clave: hoja for campo in self.campos for hoja in hojas(campo)}

    @cached_property
    def sensibles(self) -> frozenset[str]:
        """Las claves de los datos que no salen en oficios, listas ni informes."""
        return frozenset(
            clave
            for campo in self.campos
            if campo.sensible
            for clave in (campo.clave, *(hoja.clave for hoja in hojas(campo)))
        )

    @cached_property
    def rol(self) -> dict[str, Rol]:
        """Los roles por su clave."""
        return {rol.clave: rol for rol in self.roles}

    def nombre_de_situacion(self, clave: str) -> str:
        """La situación como la lee una persona."""
        return self.situaciones.get(clave) or SITUACIONES.get(clave, clave)

    def hojas_de(self, campo: str) -> list[Campo]:
        """Los datos sueltos del campo de esa clave."""
        return [hoja for c in self.campos if c.clave == campo for hoja in hojas(c)]


def nombre_de_documento(p: Procedimiento, clave: str) -> str:
    """Cómo se lee un documento o número del caso; la clave misma si la regla ya no lo dice."""
    base, _, numero = clave.partition(".")
    nombre = next((n.nombre for n in p.numeros if n.clave == clave), clave)
    if regla := p.documento.get(base):
        nombre = f"{regla.nombre} {int(numero) + 1}" if numero.isdecimal() else regla.nombre
    return nombre


def _hacia_atras(clave: str, previos: Mapping[str, set[str]]) -> frozenset[str]:
    vistos: set[str] = set()
    por_ver = list(previos[clave])
    while por_ver:
        paso = por_ver.pop()
        if paso not in vistos:
            vistos.add(paso)
            por_ver += previos.get(paso, ())
    return frozenset(vistos)


def nombre_de_hecho(clave: str) -> str:
    """Cómo se escribe una clave dentro de una condición: sin guiones, y con punto por diagonal."""
    return clave.replace("-", "_").replace("/", ".")
