"""Oficinas con historias al azar: capturas tardías, lo deshecho días después, lo reabierto.

La semilla dice toda la historia. Los casos viven en la memoria y los llevan las reglas del
núcleo; lo que se cuenta de ellos es lo mismo que se escribiría en su fichero.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from expediente.almacen import registro
from expediente.almacen.carpetas import FICHERO
from expediente.almacen.casos import texto_del_caso
from expediente.nucleo.campo import partes_de
from expediente.nucleo.caso import Actuacion, Caso
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.estado import Estado
from expediente.nucleo.informe import CASOS, DOCUMENTOS, Columna, Grupo, Informe, Total
from expediente.nucleo.periodo import PERIODOS
from expediente.nucleo.procedimiento import Procedimiento, nombre_de_hecho
from expediente.nucleo.tramos import Tramo, tramos_del_caso
from tests.caminatas.caminante import Caminante, Huellas
from tests.caminatas.en_memoria import OTRO, EnMemoria, calendario_largo
from tests.caminatas.inventos import Inventor
from tests.informes.lectura import Expediente, Oficina
from tests.nucleo.tramite import DATOS, ZONA, catalogos, procedimiento

INICIO = datetime(2026, 3, 2, 9, 0, tzinfo=ZONA)  # un lunes
DURA = timedelta(days=45)
DE_FABRICA = sorted(ruta.stem for ruta in DATOS.glob("procedimientos/*.yaml"))


class Rezagada(EnMemoria):
    """Una mesa que teclea lo de hoy, lo de ayer y lo de la semana pasada."""

    def _nueva(self, tipo: str) -> Actuacion:
        nueva = super()._nueva(tipo)
        if tipo == "documento":  # lleva la hora del paso que la pide
            return replace(nueva, ocurrio=self.actuaciones[-1].ocurrio)
        if tipo == "deshecho" or self.azar.random() < 0.5:
            return nueva
        horas = self.azar.choice((1, 5, 20, 30, 70, 200))
        desde = self.estado.ultimo_movimiento if self.folio and self.actuaciones else None
        pasado = self.ahora - timedelta(hours=self.azar.randint(1, horas))
        return replace(nueva, ocurrio=max(pasado, desde or INICIO))


class Inquieto(Caminante):
    """Se arrepiente días después, reabre lo concluido y no se va muy lejos en el tiempo."""

    def __init__(self, mesa: Rezagada, inventor: Inventor) -> None:
        super().__init__(mesa, inventor, Huellas(), arrepentido=0.15)
        self.agitado = self.azar.choice((0.0, 0.05, 0.2))

    def caminar(self, movimientos: int) -> None:
        super().caminar(movimientos)
        while not self.mesa.estado.pasos and self.azar.random() < 0.5:
            self._adelantar()
            if not self._pudo(lambda: self.mesa.evento("reabrir", self._dicho("reabrir"))):
                return
            for _ in range(self.azar.randint(0, 8)):
                if self._agotado() or not self._mover():
                    break

    def _agotado(self) -> bool:
        return self.mesa.ahora > INICIO + DURA

    def _adelantar(self, prisa: bool = False) -> None:
        dias = self.azar.choice((0, 0, 0, 0, 1, 1, 2, 6))
        self.mesa.ahora += timedelta(days=dias, minutes=self.azar.randint(1, 300))
        self.inventor.hoy = self.mesa.ahora.date()

    def _tras_mover(self, antes: Estado, repetir: Callable[[], None]) -> None:
        self.mesa.comprobar()
        if self.azar.random() < self.arrepentido:
            self._adelantar()
            self._deshacer(antes)


@dataclass(frozen=True)
class Historia:
    """Un caso vivido: lo que consta en su fichero, y lo mismo para el programa."""

    p: Procedimiento
    folio: str
    actuaciones: tuple[Actuacion, ...]

    def tramos(self, al: datetime) -> tuple[Tramo, ...]:
        """Lo que el programa sabe de él al momento `al`."""
        return tramos_del_caso(
            self.folio, self.p, self.actuaciones, catalogos(), calendario_largo(), ZONA, al
        )

    @property
    def expediente(self) -> Expediente:
        """Lo que diría su fichero."""
        return Expediente(self.folio, self.p.clave, [a.como_mapa() for a in self.actuaciones])


def vivir(clave: str, semilla: int, cuantos: int, movimientos: int = 25) -> list[Historia]:
    """Casos de un procedimiento; la misma semilla vive siempre lo mismo."""
    azar = random.Random(f"{clave}-{semilla}")
    historias = []
    for consecutivo in range(1, cuantos + 1):
        mesa = Rezagada(procedimiento(clave), azar, consecutivo)
        mesa.ahora = INICIO + timedelta(days=azar.randint(0, 20), hours=azar.randint(0, 9))
        inventor = Inventor(azar, catalogos())
        inventor.folios = (OTRO,)
        Inquieto(mesa, inventor).caminar(movimientos)
        historias.append(Historia(mesa.p, mesa.folio, mesa.actuaciones))
    return historias


def oficina_de_fabrica() -> Oficina:
    """Las reglas de fábrica, para el oráculo."""
    reglas = {clave: procedimiento(clave) for clave in DE_FABRICA}
    return Oficina(DATOS, reglas, catalogos(), calendario_largo(), ZONA)


def informe_de_todo(p: Procedimiento, renglones: str = CASOS) -> Informe:
    """Un informe que pregunta por cuanto puede pasar en un procedimiento."""
    pasos = [nombre_de_hecho(paso.clave) for paso in p.pasos]
    fechados = [
        _total(f"dio_{paso}", f"consta(ocurrio.{paso})", fecha=f"ocurrio.{paso}") for paso in pasos
    ]
    totales = [
        _total("abiertos", "abierto"),
        _total("vencidos", "vencido"),
        _total("sin_plazo", "no consta(vence)"),
        _total("por_telefono", "canal == 'telefono'"),
        _total("reasignaciones", "reasignaciones > 0", suma="reasignaciones"),
        _total("entraron", "sí", fecha="recibido"),
        _total("terminaron", "no abierto", fecha="concluido"),
        *fechados,
    ]
    columnas = ("folio", "recibido", "donde", "vence", "canal", "situacion", "concluido")
    grupos = ("donde", "canal", "situacion")
    if renglones == DOCUMENTOS:
        columnas += ("doc.clave", "doc.numero", "doc.fecha", "doc.estado")
        grupos += ("doc.clave", "doc.estado")
        totales.append(_total("emitidos", "sí", fecha="doc.emitido"))
        totales.append(_total("anulados", "sí", fecha="doc.anulado"))
    return Informe(
        clave=f"todo-{p.clave}",
        nombre="Todo",
        procedimientos=(p.clave,),
        plantilla="no-se-usa.docx",
        periodos=PERIODOS,
        renglones=renglones,
        columnas=tuple(Columna(x, x, compilar_condicion(x)) for x in columnas),
        totales=tuple(totales),
        grupos=tuple(Grupo(f"por_{x}", x, compilar_condicion(x)) for x in grupos),
    )


def informe_por_elemento(p: Procedimiento) -> Informe | None:
    """Un informe con un renglón por elemento de una lista del caso; None si no tiene listas."""
    lista = next((campo for campo in p.campos if campo.lista), None)
    if lista is None:
        return None
    partes = [parte.clave for parte in partes_de(lista)]
    columnas = ("folio", "donde", *(f"cada.{parte}" for parte in partes))
    return Informe(
        clave=f"cada-{p.clave}",
        nombre="Cada uno",
        procedimientos=(p.clave,),
        plantilla="no-se-usa.docx",
        periodos=PERIODOS,
        renglones=CASOS,
        por_cada=lista.clave,
        fecha=compilar_condicion("recibido"),
        imprime=compilar_condicion("no vencido"),
        maximo=3,
        columnas=tuple(Columna(x, x, compilar_condicion(x)) for x in columnas),
        totales=(_total("elementos", "sí"), _total("de_antes", "recibido < inicio")),
        grupos=tuple(
            Grupo(
                f"por_{parte}",
                parte,
                compilar_condicion(f"{lista.clave}.{parte}"),
                compilar_condicion("abierto"),
                compilar_condicion(f"{lista.clave}.{parte}"),
            )
            for parte in partes
        ),
    )


def escribir(raiz: Path, historias: Sequence[Historia]) -> None:
    """Deja los casos en los ficheros de una oficina, como los habría dejado el programa."""
    for h in historias:
        caso = Caso(h.folio, h.p.clave, h.p.version, 1, h.actuaciones)
        anio = raiz / "expedientes" / h.folio.split("-")[1]
        anio.mkdir(parents=True, exist_ok=True)
        assert registro.crear(anio, h.folio, FICHERO, texto_del_caso(caso))


def _total(clave: str, cuenta: str, fecha: str | None = None, suma: str | None = None) -> Total:
    return Total(
        clave,
        clave,
        compilar_condicion(cuenta),
        compilar_condicion(fecha) if fecha else None,
        compilar_condicion(suma) if suma else None,
    )


def momentos_de(historias: Sequence[Historia], azar: random.Random, cuantos: int) -> list[datetime]:
    """Momentos en que alguien pudo pedir un informe: al capturar algo, o días después."""
    capturas = [a.capturado for h in historias for a in h.actuaciones]
    elegidas = azar.sample(capturas, min(cuantos, len(capturas)))
    return [*elegidas, max(capturas) + timedelta(days=90)]
