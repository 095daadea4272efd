"""Un caso llevado a mano por el núcleo, sin disco: lo que usan las pruebas de las reglas.

Los procedimientos y catálogos son los de fábrica, leídos de `datos/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from expediente.almacen import oficina as disco
from expediente.almacen import reglas
from expediente.nucleo.ajustes import Persona
from expediente.nucleo.avance import Peticion, Siguiente, avanzar, siguientes
from expediente.nucleo.calendario import Calendario, Vencimiento
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.captura import convertir_datos
from expediente.nucleo.caso import Actuacion, encadenar
from expediente.nucleo.contexto import Contexto
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    PENDIENTES,
    POR_CANCELAR,
    POR_RESERVAR,
    RESERVADO,
    Estado,
)
from expediente.nucleo.plazos import vencimientos
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import repasar

DATOS = Path(__file__).resolve().parents[2] / "datos"
ZONA = ZoneInfo("America/Monterrey")

DIRECTORA = Persona("directora", "Sofía Villarreal", ("direccion",))
AUXILIAR = Persona("auxiliar", "María Longoria", ("auxiliar",))
DIRECTOR_AGUA = Persona("director-agua", "Patricia Yáñez", ("direccion-agua",))
PERSONAL = (DIRECTORA, AUXILIAR, DIRECTOR_AGUA)

VIAJE = {
    "beneficiario.nombres": "Ana",
    "beneficiario.primer_apellido": "Nuñez",
    "domicilio.colonia": "La Cigüeña",
    "origen": "gomez_palacio",
    "destino": "torreon",
    "tipo_viaje": "redondo",
    "fecha_viaje": "2026-11-25",
    "institucion_salud": "hg_torreon",
    "motivo": "consulta",
}
REQUISITOS = ("identificacion", "comprobante_domicilio", "carnet")
FUGA = {"tipo_servicio": "fuga_toma", "anonimo": "sí", "ubicacion.colonia": "Centro"}


@cache
def procedimiento(clave: str) -> Procedimiento:
    """El procedimiento de fábrica de esa clave."""
    return reglas.procedimiento_de_fichero(DATOS / "procedimientos" / f"{clave}.yaml")[0]


@cache
def catalogos() -> Mapping[str, Catalogo]:
    """Los catálogos de fábrica."""
    return reglas.leer_catalogos(DATOS)


@cache
def calendario() -> Calendario:
    """Los días inhábiles de fábrica."""
    return reglas.leer_calendario(DATOS, disco.leer_oficina(DATOS))


def momento(escrito: str) -> datetime:
    """Un momento en el huso de la oficina."""
    return datetime.fromisoformat(escrito).replace(tzinfo=ZONA)


@dataclass
class Tramite:
    """Un caso: su procedimiento y lo que consta de él.

    Los números y documentos que un paso deja pendientes se cumplen enseguida.
    """

    procedimiento: Procedimiento
    folio: str
    actuaciones: tuple[Actuacion, ...] = ()
    numeros: Any = field(default_factory=lambda: count(1))

    @property
    def estado(self) -> Estado:
        """Dónde está."""
        return repasar(self.procedimiento, self.actuaciones)

    @property
    def siguiente(self) -> Siguiente:
        """Lo que toca en su único paso activo."""
        (uno,) = siguientes(self.procedimiento, self.estado, catalogos(), PERSONAL)
        return uno

    @property
    def falta(self) -> list[tuple[str, str]]:
        """(clase, clave) de lo que falta para su único paso activo."""
        return [(f.clase, f.clave) for f in self.siguiente.falta]

    def plazos(self) -> tuple[Vencimiento, ...]:
        """Sus plazos."""
        return vencimientos(self.procedimiento, self.estado, catalogos(), calendario())

    def dar(
        self, el: str = "2026-11-20 10:00", capturado: str | None = None, **peticion: Any
    ) -> "Tramite":
        """Da el paso que la petición diga, si se puede."""
        pedida = Peticion(**{"contexto": Contexto(momento(el).date()), **peticion})
        hecho = avanzar(self.procedimiento, self.estado, pedida, catalogos(), PERSONAL)
        actuacion = replace(
            nueva("avance", el, capturado),
            paso=hecho.paso,
            resultado=hecho.resultado,
            datos=hecho.datos,
            anteriores=hecho.anteriores,
            requisitos=hecho.requisitos,
            tomas=hecho.tomas,
            por=pedida.por.clave if pedida.por else None,
            nota=pedida.nota,
            detalle={"recibe": pedida.recibe} if pedida.recibe else {},
        )
        return self.asentar(actuacion).cumplir(el, capturado)

    def asentar(self, actuacion: Actuacion) -> "Tramite":
        """Añade una actuación tal cual."""
        self.actuaciones = encadenar(self.folio, self.actuaciones, actuacion)
        return self

    def cumplir(self, el: str, capturado: str | None = None) -> "Tramite":
        """Da los números y los documentos pendientes, como hace el programa."""
        estado = self.estado
        if not estado.tiene_efectos_pendientes:
            return self
        hechos = []
        for doc in estado.documentos:
            if doc.estado in PENDIENTES:
                numero = doc.numero or f"DIF/DG/{next(self.numeros):04d}/2026"
                queda = {POR_RESERVAR: RESERVADO, POR_CANCELAR: CANCELADO}.get(doc.estado, EMITIDO)
                hechos.append({"clave": doc.clave, "estado": queda, "numero": numero})
        datos = {n: f"R-2026-{next(self.numeros):04d}" for n in estado.numeros_pendientes}
        cumplido = replace(nueva("documento", el, capturado), documentos=tuple(hechos), datos=datos)
        return self.asentar(cumplido)

    def corregir(self, datos: Mapping[str, str], el: str = "2026-11-20 09:30") -> "Tramite":
        """Una corrección hecha a mano en el fichero."""
        return self.asentar(replace(nueva("correccion", el), datos=datos))

    def anular(self, numero: str, el: str) -> "Tramite":
        """Cancela un número, como hace `oficio cancelar`."""
        hecho = {"clave": "oficio", "numero": numero, "estado": CANCELADO, "motivo": "Error."}
        return self.asentar(replace(nueva("documento", el), documentos=(hecho,)))


def nueva(tipo: str, el: str, capturado: str | None = None) -> Actuacion:
    """Una actuación de ese momento, capturada entonces o después."""
    return Actuacion(0, tipo, momento(el), momento(capturado or el), "recepcion")


def abierto(
    clave: str,
    el: str = "2026-11-20 09:00",
    folio: str = "EB-2026-0001",
    capturado: str | None = None,
    **datos: str,
) -> Tramite:
    """Un caso recién abierto; los datos llevan `__` donde va el punto."""
    p = procedimiento(clave)
    escritos = convertir_datos(
        p, {k.replace("__", "."): dato for k, dato in datos.items()}, catalogos()
    )
    apertura = replace(
        nueva("apertura", el, capturado), paso=p.apertura, datos=escritos, detalle={"canal": "otro"}
    )
    return Tramite(p, folio).asentar(apertura).cumplir(el, capturado)


def solicitud(el: str = "2026-11-20 09:00", folio: str = "EB-2026-0001") -> Tramite:
    """Una solicitud de descuento recién abierta, sin datos."""
    return abierto("estrella-blanca", el, folio)


def por_autorizar(el: str = "2026-11-20 09:00", folio: str = "EB-2026-0001") -> Tramite:
    """Una solicitud completa, con su oficio en borrador, que espera la firma."""
    caso = solicitud(el, folio).dar(el, datos=VIAJE).dar(el, requisitos=REQUISITOS)
    return caso.dar(el)


def autorizado(el: str = "2026-11-20 09:00", folio: str = "EB-2026-0001") -> Tramite:
    """Una solicitud autorizada, con su oficio emitido."""
    return por_autorizar(el, folio).dar(el, resultado="autoriza", por=DIRECTORA)


def reporte(el: str = "2026-11-20 09:00", folio: str = "RS-2026-0001", **datos: str) -> Tramite:
    """Un reporte de agua recién recibido."""
    return abierto("reporte-servicio", el, folio, **datos)


def canalizado(el: str = "2026-11-20 09:00", folio: str = "RS-2026-0001", **datos: str) -> Tramite:
    """Un reporte con número, en manos del área operativa."""
    caso = reporte(el, folio).dar(el, resultado="procede", datos={**FUGA, **datos})
    return caso.dar(el, datos={"area": "agua_potable"})


def por_verificar(el: str = "2026-11-20 09:00", **datos: str) -> Tramite:
    """Un reporte atendido y dado de baja, que espera la llamada."""
    return canalizado(el, **datos).dar(el, datos={"trabajo": "Se reparó."}).dar(el)


def inconforme(caso: Tramite, el: str) -> Tramite:
    """El reporte tras decir el usuario que no quedó."""
    return caso.dar(el, resultado="inconforme", nota="Sigue la fuga.")


def atendido_otra_vez(caso: Tramite, el: str) -> Tramite:
    """El reporte reasignado, atendido y dado de baja otra vez."""
    return caso.dar(el, datos={"trabajo": "Se cambió el tramo."}).dar(el)
