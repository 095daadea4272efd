"""Quiénes somos: lo que dice oficina.yaml, ya leído.

Aquí no se lee el disco; `almacen.oficina` entrega el diccionario de textos.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from expediente.nucleo.entidades import lugar_abreviado
from expediente.nucleo.errores import NoExiste, sugerencia


@dataclass(frozen=True)
class Persona:
    """Alguien del personal: su clave, su nombre y los roles que desempeña.

    `cargo` va como se le nombra («Directora»); `genero`, para lo que una carta diga además
    de su cargo: sin él se le nombra en forma incluyente.
    """

    clave: str
    nombre: str
    roles: tuple[str, ...]
    cargo: str = ""
    grado: str = ""
    usuario: str | None = None
    genero: str | None = None

    @property
    def nombre_con_grado(self) -> str:
        """Como firma: «Lic. Ana Pérez»."""
        return f"{self.grado} {self.nombre}".strip()


@dataclass(frozen=True)
class Ente:
    """Una institución con su membrete: el DIF, el organismo de agua."""

    clave: str
    nombre: str
    siglas: str
    domicilio: str
    telefono: str
    correo: str
    administracion: str | None = None


@dataclass(frozen=True)
class Libro:
    """Una serie de números por año: la de una unidad que firma oficios, o la de reportes.

    `formato` lleva `{anio}` y `{consecutivo}`, que va con cuatro cifras o más.
    """

    clave: str
    nombre: str
    formato: str
    dependencia: str = ""
    seccion: str = ""

    def numero(self, anio: int, consecutivo: int) -> str:
        """El número como se escribe en el oficio."""
        return self.formato.replace("{anio}", str(anio)).replace(
            "{consecutivo}", f"{consecutivo:04d}"
        )

    def partes(self, numero: str) -> tuple[int, int] | None:
        """El año y el consecutivo de un número de este libro; None si no es suyo.

        Vale sin los ceros de la izquierda, como se dicta: el 45 es el 0045.
        """
        patron = re.escape(self.formato).replace(r"\{anio\}", r"(?P<anio>\d{4})")
        patron = patron.replace(r"\{consecutivo\}", r"(?P<consecutivo>\d{1,9})")
        hallado = re.fullmatch(patron, numero.strip(), re.IGNORECASE)
        return (int(hallado["anio"]), int(hallado["consecutivo"])) if hallado else None


@dataclass(frozen=True)
class Vigente:
    """Un texto que rige entre dos fechas, ambas incluidas; None es sin límite.

    Con `ente` sólo rige en los documentos de esa institución.
    """

    texto: str
    desde: date | None = None
    hasta: date | None = None
    ente: str | None = None


@dataclass(frozen=True)
class Firma:
    """Quién firma por un rol entre dos fechas; con `modalidad` (P.A.) suple al titular."""

    rol: str
    persona: str
    desde: date | None = None
    hasta: date | None = None
    modalidad: str | None = None


@dataclass(frozen=True)
class Destinatario:
    """Alguien de fuera a quien la oficina escribe seguido."""

    clave: str
    nombre: str
    cargo: str | None = None
    institucion: str | None = None
    formula: str = "P R E S E N T E."
    atencion: str | None = None
    copia: str = "Para su conocimiento."
    genero: str | None = None


@dataclass(frozen=True)
class Serie:
    """Una serie del cuadro de clasificación archivística, con sus vigencias en años."""

    clave: str
    nombre: str
    fondo: str
    seccion: str
    valores: str = "Administrativo"
    vigencia_tramite: str = "1"
    vigencia_concentracion: str = "2"
    destino_final: str = "Baja"
    clasificacion: str = "Confidencial"


@dataclass(frozen=True)
class Oficina:
    """La oficina: instituciones, libros, personal, firmas, leyendas y series.

    `zona` es el huso horario; `cierre`, la hora en que cierra la ventanilla. Sin `lugar`, los
    oficios se fechan en el municipio, con su estado abreviado. Una oficina `de_prueba`
    obedece EXPEDIENTE_AHORA como reloj.
    """

    nombre: str
    municipio: str
    zona: str
    entes: tuple[Ente, ...]
    libros: tuple[Libro, ...]
    personal: tuple[Persona, ...]
    firmas: tuple[Firma, ...]
    series: tuple[Serie, ...]
    destinatarios: tuple[Destinatario, ...] = ()
    leyendas: tuple[Vigente, ...] = ()
    lemas: tuple[Vigente, ...] = ()
    cierre: time = time(15, 0)
    archivo: str | None = None
    de_prueba: bool = False
    lugar: str | None = None

    @property
    def lugar_de_los_oficios(self) -> str:
        """Desde dónde se escribe: «San Jerónimo de los Ríos, Dgo.»."""
        return self.lugar or lugar_abreviado(self.municipio)

    def persona(self, escrita: str) -> Persona:
        """La persona de esa clave. Lanza NoExiste con la clave más parecida."""
        for persona in self.personal:
            if escrita == persona.clave:
                return persona
        claves = [p.clave for p in self.personal]
        raise NoExiste(
            "Esa persona no está en el personal de oficina.yaml."
            f"{sugerencia(escrita, claves) or ' Claves: ' + ', '.join(claves) + '.'}"
        )

    def libro(self, clave: str) -> Libro:
        """El libro de esa clave. Lanza NoExiste con el más parecido."""
        return _por_clave(self.libros, clave, "el libro")

    def ente(self, clave: str | None) -> Ente:
        """La institución de esa clave; sin clave, la primera."""
        return _por_clave(self.entes, clave, "la institución") if clave else self.entes[0]

    def serie(self, clave: str) -> Serie:
        """La serie de esa clave. Lanza NoExiste con la más parecida."""
        return _por_clave(self.series, clave, "la serie")

    def destinatario(self, clave: str) -> Destinatario:
        """El destinatario de esa clave. Lanza NoExiste con el más parecido."""
        return _por_clave(self.destinatarios, clave, "el destinatario")

    def firmante(self, rol: str, fecha: date) -> tuple[Persona, str | None]:
        """Quién firma por ese rol en esa fecha, y «P.A.» si suple al titular.

        Lanza NoExiste si nadie tiene la firma en esa fecha.
        """
        vigentes = [f for f in self.firmas if f.rol == rol and _rige(f, fecha)]
        suplentes = [f for f in vigentes if f.modalidad]
        if not vigentes:
            raise NoExiste(
                f"Nadie firma por «{rol}» en esa fecha: complete `firmas` en oficina.yaml."
            )
        firma = (suplentes or vigentes)[-1]
        return self.persona(firma.persona), firma.modalidad


def vigentes(textos: Sequence[Vigente], fecha: date, ente: str) -> list[str]:
    """Los textos que rigen en esa institución y fecha (la del oficio, no la de impresión)."""
    return [v.texto for v in textos if _rige(v, fecha) and v.ente in (None, ente)]


def _rige(plazo: Vigente | Firma, fecha: date) -> bool:
    return (plazo.desde or date.min) <= fecha <= (plazo.hasta or date.max)


_ConClave = TypeVar("_ConClave", Ente, Libro, Serie, Destinatario)


def _por_clave(todos: Sequence[_ConClave], clave: str, que: str) -> _ConClave:
    for uno in todos:
        if uno.clave == clave:
            return uno
    claves = [uno.clave for uno in todos]
    raise NoExiste(f"oficina.yaml no tiene {que} «{clave}».{sugerencia(clave, claves)}")
