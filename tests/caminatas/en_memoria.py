"""Una mesa sin disco: el caso vive en la memoria y lo llevan las reglas del núcleo."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

from expediente.almacen import oficina as disco
from expediente.nucleo import avance
from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.avance import Peticion, Siguiente, revisar_ocurrio
from expediente.nucleo.calendario import Calendario
from expediente.nucleo.captura import convertir_datos, revisar_reglas
from expediente.nucleo.caso import Actuacion, encadenar, eslabon_roto, leer_actuaciones
from expediente.nucleo.contexto import Contexto
from expediente.nucleo.deshacer import lo_ultimo, papeles_al_deshacer
from expediente.nucleo.encabezado import encabezado_de
from expediente.nucleo.errores import NoPermitido
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    PENDIENTES,
    POR_CANCELAR,
    POR_EMITIR,
    POR_RESERVAR,
    RESERVADO,
    Documento,
    Estado,
)
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.plazos import el_que_corre, vencidos, vencimientos
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.reglas_de_eventos import paso_al_reabrir, prorroga_de, revisar_evento
from expediente.nucleo.repaso import repasar
from tests.nucleo.tramite import DATOS, ZONA, calendario, catalogos

OTRO = "ZZ-2026-0009"  # un caso cualquiera con quien relacionarse


@cache
def oficina() -> Oficina:
    """La oficina de fábrica: su personal y sus libros."""
    return disco.leer_oficina(DATOS)


@cache
def calendario_largo() -> Calendario:
    """El de fábrica, con años de sobra: hay quien firma treinta renovaciones de una vez."""
    return replace(calendario(), anios=frozenset(range(2026, 2036)))


class EnMemoria:
    """Un caso en la memoria; lo de fuera (existencias, casos ligados) se tira a suertes."""

    def __init__(self, p: Procedimiento, azar: random.Random, consecutivo: int = 1) -> None:
        self.p = p
        self.azar = azar
        self.folio = ""
        self.consecutivo = consecutivo
        self.ahora = datetime(2026, 1, 7, 9, 0, tzinfo=ZONA) + timedelta(days=azar.randint(0, 90))
        self.actuaciones: tuple[Actuacion, ...] = ()
        self.numeros = count(1)
        self.personal = oficina().personal
        self._visto: tuple[int, Estado] | None = None
        self._fuera: tuple[datetime | None, Contexto] | None = None

    @property
    def estado(self) -> Estado:
        """Dónde está; se repasa sólo si creció la historia."""
        if self._visto is None or self._visto[0] != len(self.actuaciones):
            self._visto = (len(self.actuaciones), repasar(self.p, self.actuaciones))
        return self._visto[1]

    def a_quien(self, clave: str) -> str | None:
        """A quién se reasigna, declina o acumula."""
        return {"reasignar": "auxiliar", "declinar": "obras_publicas", "acumular": OTRO}.get(clave)

    def de_paso(self) -> None:
        """Aquí no hay libros que tocar."""

    def _contexto(self) -> Contexto:
        """Lo de fuera, que sólo cambia cuando anda el reloj."""
        if self._fuera is None or self._fuera[0] != self.ahora:
            abiertos, cerrados = self.azar.choice((0, 0, 2)), self.azar.choice((0, 1, 20))
            hay = Decimal(self.azar.choice((0, 1, 10, 10_000_000)))
            contexto = Contexto(
                self.ahora.date(),
                lambda: vencidos(self._plazos(), self.ahora),
                lambda: (abiertos + cerrados, abiertos),
                lambda existencia, renglon: hay,
            )
            self._fuera = (self.ahora, contexto)
        return self._fuera[1]

    def _plazos(self) -> tuple[Any, ...]:
        return vencimientos(self.p, self.estado, catalogos(), calendario_largo())

    def abrir(self, datos: Mapping[str, str], entrada: str) -> None:
        """Abre el caso por ese paso."""
        escritos = {k: v for k, v in convertir_datos(self.p, datos, catalogos()).items() if v}
        apertura = replace(
            self._nueva("apertura"), paso=entrada, datos=escritos, detalle={"canal": "otro"}
        )
        probado = repasar(self.p, (replace(apertura, numero=1),))
        revisar_reglas(self.p, hechos_de(self.p, probado, catalogos()))
        self.folio = f"{self.p.prefijo}-2026-{self.consecutivo:04d}"
        self._asentar(apertura)

    def siguientes(self) -> tuple[Siguiente, ...]:
        """Lo que puede hacerse ahora."""
        return avance.siguientes(self.p, self.estado, catalogos(), self.personal, self._contexto())

    def avanzar(self, peticion: Peticion) -> None:
        """Da un paso."""
        pedida = replace(peticion, contexto=self._contexto())
        hecho = avance.avanzar(self.p, self.estado, pedida, catalogos(), self.personal)
        revisar_ocurrio(self.ahora, self.estado.ultimo_movimiento, self.ahora)
        self._asentar(
            replace(
                self._nueva("avance"),
                paso=hecho.paso,
                resultado=hecho.resultado,
                datos=hecho.datos,
                anteriores=hecho.anteriores,
                requisitos=hecho.requisitos,
                tomas=hecho.tomas,
                por=peticion.por.clave if peticion.por else None,
                nota=peticion.nota,
                detalle={"recibe": peticion.recibe} if peticion.recibe else {},
            )
        )

    def evento(self, clave: str, dicho: Mapping[str, Any]) -> None:
        """Asienta un evento, si cabe."""
        estado = self.estado
        evento = revisar_evento(self.p, estado, clave, dicho.get("por"), self.personal)
        a = replace(self._nueva(evento.tipo), nota=dicho.get("nota"))
        if clave == "deshacer":
            a = self._deshecho(a)
        elif clave == "corregir":
            a = replace(a, datos=self._corregidos(dicho.get("datos", {})))
        else:
            a = replace(a, detalle=self._detalle(clave, dicho))
        self._asentar(a)

    def _detalle(self, clave: str, dicho: Mapping[str, Any]) -> dict[str, str]:
        estado = self.estado
        if clave == "prorrogar":
            corren = {x.clave: x.vencido(self.ahora) for x in self._plazos() if not x.cumplido}
            return prorroga_de(self.p, estado, corren, dicho["cantidad"], dicho["plazo"])
        if clave == "reabrir":
            return {"pasos": paso_al_reabrir(self.p, estado, dicho.get("paso"))}
        return {
            "prevenir": {"hasta": "dentro de unos días", "vence": self.ahora.date().isoformat()},
            "caducar": {"situacion": "caducado"},
        }.get(clave, {"a": dicho["a"]} if "a" in dicho else {})

    def _corregidos(self, escritos: Mapping[str, str]) -> dict[str, str]:
        datos = convertir_datos(self.p, escritos, catalogos())
        juntos = {k: v for k, v in {**self.estado.datos, **datos}.items() if v}
        revisar_reglas(self.p, hechos_de(self.p, replace(self.estado, datos=juntos), catalogos()))
        if not datos:
            raise NoPermitido("No hay qué corregir.")
        return datos

    def _deshecho(self, a: Actuacion) -> Actuacion:
        ultima, numeros = lo_ultimo(self.actuaciones)
        detalle = {"deshace": " ".join(numeros)}
        marca = replace(a, numero=len(self.actuaciones) + 1, detalle=detalle)
        despues = repasar(self.p, (*self.actuaciones, marca))
        papeles = papeles_al_deshacer(self.p, self.estado, despues)
        return replace(a, detalle=detalle, documentos=papeles, paso=ultima.paso)

    def reexpedir(self, documento: str) -> None:
        """Vuelve a emitir un documento que se había emitido y cancelado."""
        doc = self.estado.documento(documento)
        if doc is None or doc.estado != CANCELADO or doc.emitido is None:
            raise NoPermitido("Sólo se reexpide lo emitido y después cancelado.")
        hecho = {"clave": documento, "estado": POR_EMITIR}
        self._asentar(replace(self._nueva("documento"), documentos=(hecho,), nota="Reexpedición."))

    def _nueva(self, tipo: str) -> Actuacion:
        return Actuacion(0, tipo, self.ahora, self.ahora, "recepcion")

    def _asentar(self, a: Actuacion) -> None:
        """Añade la actuación y cumple lo que deja pendiente, como hace el programa."""
        self.actuaciones = encadenar(self.folio, self.actuaciones, a)
        estado = self.estado
        if estado.tiene_efectos_pendientes:
            hechos = tuple(self._cumplido(d) for d in estado.documentos if d.estado in PENDIENTES)
            datos = {n: f"N-{next(self.numeros):04d}" for n in estado.numeros_pendientes}
            cumplida = replace(self._nueva("documento"), documentos=hechos, datos=datos)
            self.actuaciones = encadenar(self.folio, self.actuaciones, cumplida)
        for i, pendiente in enumerate(self.estado.por_abrir):
            detalle = {"folio": f"YY-2026-{i:04d}", "como": "abrio", "origen": pendiente.origen}
            abierto = replace(self._nueva("relacion"), detalle=detalle)
            self.actuaciones = encadenar(self.folio, self.actuaciones, abierto)

    def _cumplido(self, doc: Documento) -> dict[str, str]:
        queda = {POR_RESERVAR: RESERVADO, POR_CANCELAR: CANCELADO}.get(doc.estado, EMITIDO)
        hecho = {"clave": doc.clave, "estado": queda}
        numero = doc.numero
        if numero is None and self.p.regla_de(doc.clave).libro:
            numero = f"N-{next(self.numeros):04d}"
        if numero:
            hecho["numero"] = numero
        if queda != CANCELADO:
            sufijo = "_BORRADOR" if queda == RESERVADO else ""
            hecho["fichero"] = (
                f"documentos/{doc.clave}-{numero or len(self.actuaciones)}{sufijo}.docx"
            )
            hecho["sha256"] = f"{len(self.actuaciones):064d}"
        return hecho

    def comprobar(self) -> None:
        """Lo que siempre es cierto de un caso y su historia."""
        assert eslabon_roto(self.folio, self.actuaciones) is None
        escritas = leer_actuaciones([a.como_mapa() for a in self.actuaciones])
        assert escritas == self.actuaciones, "lo escrito no se lee igual"
        estado = self.estado
        encabezado_de(self.p, self.folio, estado, escritas, el_que_corre(self._plazos()))
        comprobar_estado(self.p, estado)


def comprobar_estado(p: Procedimiento, estado: Estado) -> None:
    """Lo que ninguna caminata puede romper."""
    assert not estado.tiene_efectos_pendientes and not estado.por_abrir
    assert bool(estado.pasos) != bool(estado.concluido), "terminó y tiene pasos, o al revés"
    assert set(estado.pasos) <= set(p.por_clave) and len(set(estado.pasos)) == len(estado.pasos)
    assert not set(estado.pasos) & set(estado.en_reunion)
    assert set(estado.pasos) <= set(estado.llegadas) | {p.apertura}
    numeros = Counter(d.numero for d in estado.documentos if d.numero)
    assert not [n for n, veces in numeros.items() if veces > 1], f"números repetidos: {numeros}"
    for doc in estado.documentos:
        assert (
            not (doc.estado in (EMITIDO, ENTREGADO) and p.regla_de(doc.clave).libro) or doc.numero
        )
    if not estado.pasos:
        vivos = [d.clave for d in estado.documentos if d.estado == RESERVADO]
        assert not vivos, f"terminó con documentos reservados: {vivos}"
        assert not estado.suspendido, "terminó y sigue suspendido"
        sueltos = [t.recurso for t in estado.tomas if t.estado in ("apartado", "prestado")]
        assert not sueltos, f"terminó con recursos tomados: {sueltos}"
