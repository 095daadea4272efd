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
    """Un documento que la persona entrega; se pide si `obligatorio_si` se cumple."""

    clave: str
    nombre: str
    obligatorio: bool = True
    obligatorio_si: Condicion | None = None


@dataclass(frozen=True)
class Rol:
    """Quién actúa: de la oficina, o externo (no se le pide `--por`)."""

    clave: str
    nombre: str
    externo: bool = False


@dataclass(frozen=True)
class Destino:
    """A quién va dirigido un oficio: un destinatario de la oficina o una persona del caso."""

    oficina: str | None = None
    persona: str | None = None


@dataclass(frozen=True)
class DocumentoEscrito:
    """Un documento que el procedimiento produce.

    `libro` es la unidad cuyo libro le da número; None si no se numera. `calculados`
    son los campos de la plantilla que salen de una expresión sobre los hechos.
    """

    clave: str
    nombre: str
    plantilla: str
    libro: str | None = None
    asunto: str | None = None
    dirigido: Destino | None = None
    firma: str | None = None
    ccp: tuple[str, ...] = ()
    anexos: str | None = None
    calculados: Mapping[str, Condicion] = field(default_factory=dict)


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
    """Una manera de terminar un paso: lo que produce y a dónde sigue.

    `clave` es None cuando el paso no decide nada. `final` es la situación con que se
    cierra el caso. Con `maximo`, a partir de ese número de veces sigue `al_exceder`.
    """

    clave: str | None = None
    nombre: str | None = None
    si: Condicion | None = None
    mensaje: str | None = None
    motivo: bool = False
    asigna: tuple[str, ...] = ()
    prepara: tuple[str, ...] = ()
    emite: tuple[str, ...] = ()
    anula: tuple[str, ...] = ()
    entrega: tuple[str, ...] = ()
    sigue: tuple[str, ...] = ()
    final: str | None = None
    maximo: int | None = None
    al_exceder: str | None = None
    sin_limite: str | None = None


@dataclass(frozen=True)
class Paso:
    """Un paso del manual: quién lo hace, qué pide y cómo puede terminar.

    `manual` son los números de actividad que cubre; vacío si el manual no lo dice y la
    oficina lo necesita. `captura` son los campos que se piden aquí.
    """

    clave: str
    responsable: str
    actividad: str
    salidas: tuple[Salida, ...]
    manual: tuple[int, ...] = ()
    captura: tuple[str, ...] = ()
    pide_requisitos: bool = False
    autoriza: bool = False

    def salida(self, resultado: str | None) -> Salida | None:
        """La salida de ese nombre; None si no hay tal."""
        return next((s for s in self.salidas if s.clave == resultado), None)


@dataclass(frozen=True)
class ReglaPlazo:
    """Un plazo: cuánto, desde qué hecho y hasta cuál, y en qué casos.

    `desde` y `hasta` son claves de paso, `paso/resultado`, o «apertura». Manda la
    primera regla cuya condición se cumple. `unidad`: horas, habiles o naturales.
    """

    clave: str
    nombre: str
    cantidad: int
    unidad: str
    desde: tuple[str, ...]
    hasta: tuple[str, ...]
    si: Condicion | None = None
    fundamento: str | None = None


@dataclass(frozen=True)
class Regla:
    """Algo que los datos deben cumplir juntos; `mensaje` es lo que se dice si no."""

    si_no: Condicion
    mensaje: str


@dataclass(frozen=True)
class Manual:
    """De dónde sale el procedimiento: manual, función, revisión y quién lo aprobó."""

    clave: str
    nombre: str
    funcion: str | None = None
    codigo: str | None = None
    revision: str | None = None
    emision: str | None = None
    elaboro: str | None = None
    reviso: str | None = None
    aprobo: str | None = None


@dataclass(frozen=True)
class Procedimiento:
    """Un procedimiento completo, ya leído.

    `apertura` es el paso que se cumple al abrir. `ente` es la institución de su membrete;
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

    @cached_property
    def por_clave(self) -> dict[str, Paso]:
        """Los pasos por su clave, en el orden del manual."""
        return {paso.clave: paso for paso in self.pasos}

    @cached_property
    def documento(self) -> dict[str, DocumentoEscrito]:
        """Los documentos por su clave."""
        return {doc.clave: doc for doc in self.documentos}

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


def nombre_de_hecho(clave: str) -> str:
    """Cómo se escribe una clave dentro de una condición: sin guiones."""
    return clave.replace("-", "_")
