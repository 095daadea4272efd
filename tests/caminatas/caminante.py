"""Quien recorre un procedimiento sin conocerlo: mira qué puede hacerse, y lo hace al azar.

Sólo sabe lo que dicen `siguientes` y los errores. No sabe dónde se guarda el caso: eso es
de su mesa, que lo lleva en la memoria (`en_memoria`) o en una oficina de verdad
(`en_disco`).
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from expediente.nucleo.ajustes import Persona
from expediente.nucleo.avance import Peticion, Siguiente
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoPermitido
from expediente.nucleo.estado import CANCELADO, PENDIENTES, Estado
from expediente.nucleo.faltas import Falta, Incompleto
from expediente.nucleo.procedimiento import Paso, Procedimiento, Salida
from expediente.nucleo.reglas_de_eventos import EVENTOS
from tests.caminatas.inventos import Inventor

RECHAZOS = 6  # cuántas veces cambia de datos antes de dejar un paso para otro día
INTENTOS = 60  # cuántas maneras prueba antes de decir que el caso se atascó
HASTA = datetime(2027, 6, 30)  # el último día con calendario


class Mesa(Protocol):
    """Donde se lleva un caso: lo que el caminante puede pedir."""

    p: Procedimiento
    ahora: datetime
    folio: str  # vacío mientras no se abre
    personal: Sequence[Persona]

    @property
    def estado(self) -> Estado: ...
    def abrir(self, datos: Mapping[str, str], entrada: str) -> None: ...
    def siguientes(self) -> tuple[Siguiente, ...]: ...
    def avanzar(self, peticion: Peticion) -> None: ...
    def evento(self, clave: str, dicho: Mapping[str, Any]) -> None: ...
    def reexpedir(self, documento: str) -> None: ...
    def a_quien(self, clave: str) -> str | None: ...
    def de_paso(self) -> tuple[str, Callable[[], object]] | None: ...
    def comprobar(self) -> None: ...


@dataclass
class Huellas:
    """Por dónde han pasado todas las caminatas de un procedimiento."""

    pasos: Counter[str] = field(default_factory=Counter)
    salidas: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    excedidas: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    finales: Counter[str] = field(default_factory=Counter)
    eventos: Counter[str] = field(default_factory=Counter)
    deshechos: int = 0
    movimientos: int = 0
    atascos: list[str] = field(default_factory=list)

    def sin_pisar(self, p: Procedimiento) -> list[str]:
        """Los pasos, resultados, excesos y finales a que ninguna caminata llegó."""
        salidas = [(paso, s) for paso in p.pasos for s in paso.salidas]
        faltan = [f"paso {paso.clave}" for paso in p.pasos if not self.pasos[paso.clave]]
        for paso, s in salidas:
            if not self.salidas[paso.clave, s.clave]:
                faltan.append(f"resultado {paso.clave}/{s.clave or '—'}")
            elif s.al_exceder and not self.excedidas[paso.clave, s.clave]:
                faltan.append(f"exceso {paso.clave}/{s.clave or '—'} → {s.al_exceder}")
        finales = {s.final for _, s in salidas if s.final}
        return faltan + [f"final {final}" for final in sorted(finales) if not self.finales[final]]


# Lo que un deshacer no tiene por qué reponer igual: va por el lugar en la historia.
_DEL_LUGAR = ("documentos", "orden", "llegadas")
# No mueven el caso: al deshacer se deshace el paso de antes.
_NO_MUEVEN = ("corregir", "deshacer")


class Caminante:
    """Recorre un caso al azar y comprueba cada movimiento.

    `arrepentido` es la probabilidad de que lo recién hecho se deshaga y se repita. La de
    que entre dos pasos ocurra un evento va con su humor; el terco, además, elige en cada
    paso siempre lo mismo: así se agotan las vueltas que tienen un máximo.
    """

    def __init__(
        self,
        mesa: Mesa,
        inventor: Inventor,
        huellas: Huellas,
        arrepentido: float = 0.25,
    ) -> None:
        self.mesa = mesa
        self.inventor = inventor
        self.azar: random.Random = inventor.azar
        self.huellas = huellas
        self.arrepentido = arrepentido
        self.agitado = self.azar.choice((0.0, 0.0, 0.04, 0.2))
        self.terco = self.firme = self.azar.random() < 0.5
        self.manias: dict[str, str | None] = {}
        self.bitacora: list[str] = []

    def caminar(self, movimientos: int) -> None:
        """Abre un caso y lo mueve hasta que termina, o tantas veces."""
        try:
            self._abrir()
            for _ in range(movimientos):
                if self._agotado() or not self._mover():
                    break
            self._anotar_final()
        except Exception as error:
            error.add_note(f"Caminata de {self.mesa.p.clave}:\n" + "\n".join(self.bitacora))
            raise

    def _agotado(self) -> bool:
        return self.mesa.ahora.replace(tzinfo=None) > HASTA

    def _abrir(self) -> None:
        p = self.mesa.p
        entrada = self.azar.choice((p.apertura, *p.entradas))
        for _ in range(INTENTOS):
            self._adelantar()
            datos = self._de_pilon(p.por_clave[entrada].pide, 0.8)
            if self._pudo(lambda d=datos: self.mesa.abrir(d, entrada)):
                break
        else:
            raise AssertionError(f"no hubo manera de abrir «{p.clave}» por «{entrada}»")
        self.bitacora.append(f"abre {self.mesa.folio} por {entrada}: {datos}")
        self.huellas.pasos[entrada] += 1
        self.huellas.salidas[entrada, None] += 1
        self.mesa.comprobar()

    def _mover(self) -> bool:
        """Un movimiento cualquiera; False si el caso ya terminó o se atascó."""
        firme = self.terco and self.azar.random() < 0.9
        for intento in range(INTENTOS):
            self.firme = firme and intento < INTENTOS // 5
            self._adelantar(prisa=intento > (2 if self.firme else INTENTOS // 3))
            estado = self.mesa.estado
            if estado.suspendido or self.azar.random() < self.agitado:
                if self._un_evento():
                    return True
                continue
            if not estado.pasos:
                return False
            if self.azar.random() < self.agitado or intento > INTENTOS // 3:
                self._de_paso()
            if self._un_paso():
                return True
        historia = "\n".join(self.bitacora)
        self.huellas.atascos.append(f"{self.mesa.estado.pasos}:\n{historia}")
        return False

    def _adelantar(self, prisa: bool = False) -> None:
        """El reloj anda: minutos casi siempre, a veces días, de vez en cuando meses."""
        dias = self.azar.choice((0, 0, 0, 0, 0, 0, 0, 1, 2, 7, 25, 75)) if not prisa else 20
        minutos = self.azar.randint(1, 90)
        self.mesa.ahora += timedelta(days=self.azar.randint(0, dias), minutes=minutos)
        self.inventor.hoy = self.mesa.ahora.date()

    def _un_paso(self) -> bool:
        siguiente = self.azar.choice(self.mesa.siguientes())
        if espera := siguiente.espera_hasta:
            self._exigir_espera(siguiente)
            if espera > HASTA.date():
                return False
            zona = self.mesa.ahora.tzinfo
            self.mesa.ahora = datetime.combine(espera, time(8, 30), zona)
            self.inventor.hoy = espera
            siguiente = next(s for s in self.mesa.siguientes() if s.paso == siguiente.paso)
            assert siguiente.espera_hasta is None, "el paso espera todavía el día que esperaba"
        peticion = self._conversada(siguiente)
        return peticion is not None

    def _exigir_espera(self, siguiente: Siguiente) -> None:
        """Lo que espera una fecha no puede darse antes, se diga lo que se diga."""
        try:
            self.mesa.avanzar(Peticion(paso=siguiente.paso))
        except NoPermitido:
            return
        raise AssertionError(f"«{siguiente.paso}» se dio antes de la fecha que espera")

    def _conversada(self, siguiente: Siguiente) -> Peticion | None:
        """Da ese paso contestando lo que el programa pida; None si no pudo."""
        paso = self.mesa.p.por_clave[siguiente.paso]
        resultado = self._resultado(siguiente)
        opcionales = self._opcionales(paso)
        pedida = Peticion(
            paso=siguiente.paso,
            resultado=resultado,
            datos=opcionales,
            por=self._quien(siguiente.falta),
            nota=self._nota(siguiente, resultado),
        )
        rechazos = 0
        while rechazos < RECHAZOS:
            try:
                self._dar(pedida)
                return pedida
            except Incompleto as error:
                completa = self._completada(pedida, error.falta)
                rechazos += completa == pedida  # lo que falta no lo puede dar
                pedida = completa
            except (DatosInvalidos, NoPermitido):
                # Los datos juntos no sirven para eso: otros.
                rechazos += 1
                pedida = replace(pedida, datos=self._opcionales(paso))
        return None

    def _resultado(self, siguiente: Siguiente) -> str | None:
        """El resultado que menos se ha elegido, casi siempre; None si ninguno se ofrece."""
        todos = [s.clave for s in self.mesa.p.por_clave[siguiente.paso].salidas]
        mania = self.manias.setdefault(siguiente.paso, self.azar.choice(todos))
        if self.firme:
            return mania  # aunque todavía no se pueda: ya llegará su día
        if self.azar.random() < 0.2:  # aunque no se ofrezca: puede depender de lo opcional
            return self.azar.choice(todos)
        if not siguiente.resultados:
            return None
        elegido = self.azar.choice(siguiente.resultados)
        if self.azar.random() < 0.6:
            barajados = self.azar.sample(siguiente.resultados, len(siguiente.resultados))
            elegido = min(barajados, key=lambda r: self.huellas.salidas[siguiente.paso, r])
        return elegido

    def _nota(self, siguiente: Siguiente, resultado: str | None) -> str | None:
        """El motivo, si lo pide el resultado o no se sabe; y si no, a veces."""
        se_sabe = resultado is None or resultado in siguiente.resultados
        hace_falta = resultado in siguiente.piden_nota or not se_sabe
        return "Así se acordó." if hace_falta or self.azar.random() < 0.2 else None

    def _quien(self, faltas: tuple[Falta, ...]) -> Persona | None:
        for falta in faltas:
            if falta.clase == "persona":
                assert falta.opciones, f"nadie de la oficina puede autorizar como {falta.clave}"
                elegida = self.azar.choice(falta.opciones)
                return next(x for x in self.mesa.personal if x.clave == elegida)
        return None

    def _opcionales(self, paso: Paso) -> dict[str, str]:
        """Lo que el paso captura, se exija o no; de vez en cuando, además, lo de otro."""
        datos = self._de_pilon(paso.pide, 0.5)
        if self.azar.random() < 0.15 and self.mesa.p.campos:
            datos |= self.inventor.lo_de(self.azar.choice(self.mesa.p.campos))
        return datos

    def _de_pilon(self, captura: tuple[str, ...], cuanto: float) -> dict[str, str]:
        """Datos que nadie exige, pero se capturan ahí."""
        datos: dict[str, str] = {}
        for campo in self.mesa.p.campos:
            if campo.clave in captura and self.azar.random() < cuanto:
                datos |= self.inventor.lo_de(campo)
        return datos

    def _completada(self, pedida: Peticion, faltas: tuple[Falta, ...]) -> Peticion:
        datos, requisitos = dict(pedida.datos), list(pedida.requisitos)
        for falta in faltas:
            if falta.clase == "campo":
                assert falta.orden == ("-d", f"{falta.clave}=…")
                datos[falta.clave] = self.inventor.lo_que_falta(falta)
            elif falta.clase == "requisito":
                assert falta.orden == ("--requisito", falta.clave)
                requisitos.append(falta.clave)
            elif falta.clase == "documento":
                self._pudo(lambda clave=falta.clave: self.mesa.reexpedir(clave))
        return replace(pedida, datos=datos, requisitos=tuple(requisitos))

    def _dar(self, pedida: Peticion) -> None:
        paso = self.mesa.p.por_clave[pedida.paso or ""]
        antes = self.mesa.estado
        if pedida.resultado and not paso.autoriza and self.azar.random() < 0.3:
            self._elegir_solo(pedida, antes)
        self.mesa.avanzar(pedida)
        elegido = self.mesa.estado.resultado.get(paso.clave)
        self.bitacora.append(
            f"{self.mesa.ahora:%Y-%m-%d %H:%M} {paso.clave}/{elegido} "
            f"{dict(pedida.datos)} {pedida.requisitos}"
        )
        salida = paso.salida(elegido)
        assert salida is not None and pedida.resultado in (None, elegido)
        self._anotar_paso(paso, salida, antes)
        self._tras_mover(antes, lambda: self.mesa.avanzar(pedida))

    def _elegir_solo(self, pedida: Peticion, antes: Estado) -> None:
        """Sin decir el resultado, o no se puede o sale uno de los que tienen condición."""
        paso = self.mesa.p.por_clave[pedida.paso or ""]
        try:
            self.mesa.avanzar(replace(pedida, resultado=None))
        except ErrorExpediente:
            return
        assert all(s.clave and s.si for s in paso.salidas), "decidió sin que nadie lo dijera"
        self._deshacer(antes)

    def _anotar_paso(self, paso: Paso, salida: Salida, antes: Estado) -> None:
        self.huellas.pasos[paso.clave] += 1
        self.huellas.salidas[paso.clave, salida.clave] += 1
        veces = antes.veces.get((paso.clave, salida.clave), 0) + 1
        if salida.maximo and veces > salida.maximo:
            self.huellas.excedidas[paso.clave, salida.clave] += 1
        self._revisar_a_donde(salida.maximo, veces, salida.al_exceder, salida.final)

    def _revisar_a_donde(
        self, maximo: int | None, veces: int, al_exceder: str | None, final: str | None
    ) -> None:
        estado = self.mesa.estado
        if final:
            assert (estado.pasos, estado.situacion) == ((), final)
        elif maximo and veces > maximo:
            assert al_exceder in (*estado.pasos, *estado.en_reunion)
        else:
            assert estado.pasos, "el paso no terminó el caso y no dejó nada que hacer"

    def _anotar_final(self) -> None:
        if final := self.mesa.estado.situacion_final:
            self.huellas.finales[final] += 1

    def _un_evento(self) -> bool:
        estado = self.mesa.estado
        claves = [c for c in EVENTOS if c != "deshacer"]
        pesos = [1 if EVENTOS[c].termina or c == "fallecimiento" else 4 for c in claves]
        (clave,) = self.azar.choices(claves, pesos)
        if estado.suspendido and self.azar.random() < 0.7:
            clave = "reanudar"
        dicho = self._dicho(clave)
        if not self._pudo(lambda: self.mesa.evento(clave, dicho)):
            return False
        self.bitacora.append(f"{self.mesa.ahora:%Y-%m-%d %H:%M} {clave} {dicho}")
        self.huellas.eventos[clave] += 1
        if clave in _NO_MUEVEN:
            self.mesa.comprobar()
        else:
            self._tras_mover(estado, lambda: self.mesa.evento(clave, dicho))
        return True

    def _de_paso(self) -> None:
        """Algo que no mueve el caso: una nota, un acuse, un número que se cancela."""
        if (hacer := self.mesa.de_paso()) and self._pudo(hacer[1]):
            self.bitacora.append(f"{self.mesa.ahora:%Y-%m-%d %H:%M} {hacer[0]}")
            self.mesa.comprobar()

    def _dicho(self, clave: str) -> dict[str, Any]:
        """Lo que se dice al asentar ese evento, a veces sin sentido."""
        dicho: dict[str, Any] = {"nota": self.azar.choice(("Lo pidió la persona.", "Así convino."))}
        if a_quien := self.mesa.a_quien(clave):
            dicho["a"] = a_quien
        if clave == "negar":
            dicho["por"] = self.azar.choice(self.mesa.personal)
        if clave == "prorrogar":
            dicho["cantidad"] = self.azar.randint(1, 6)
            dicho["plazo"] = self.azar.choice((None, *(x.clave for x in self.mesa.p.plazos)))
        if clave == "corregir" and self.mesa.p.campos:
            dicho["datos"] = self.inventor.lo_de(self.azar.choice(self.mesa.p.campos))
        if clave == "reabrir" and self.azar.random() < 0.5:
            dicho["paso"] = self.azar.choice(self.mesa.p.pasos).clave
        return dicho

    def _tras_mover(self, antes: Estado, repetir: Callable[[], None]) -> None:
        """Comprueba el movimiento y, a veces, lo deshace y lo vuelve a hacer."""
        self.huellas.movimientos += 1
        self.mesa.comprobar()
        if self.azar.random() >= self.arrepentido:
            return
        hecho = self.mesa.estado
        if not self._deshacer(antes):
            return
        repetir()
        self.bitacora.append("  (y se repite)")
        self.mesa.comprobar()
        iguales(self.mesa.p, hecho, self.mesa.estado, salvo=_DEL_LUGAR)

    def _deshacer(self, antes: Estado) -> bool:
        """Deshace lo último, que estaba como `antes`; False si con razón no se deja."""
        try:
            self.mesa.evento("deshacer", {"nota": "Fue un error."})
        except NoPermitido as error:
            assert "Ya no se deshace" in error.mensaje
            return False
        self.huellas.deshechos += 1
        self.bitacora.append("  (se deshace)")
        self.mesa.comprobar()
        iguales(self.mesa.p, antes, self.mesa.estado)
        return True

    def _pudo(self, hacer: Callable[[], object]) -> bool:
        """Si se pudo; y si no, si el caso quedó como estaba."""
        antes = self.mesa.estado if self.mesa.folio else None
        try:
            hacer()
        except ErrorExpediente:
            assert antes is None or self.mesa.estado == antes, (
                "no se pudo y sin embargo algo cambió"
            )
            return False
        return True


def iguales(p: Procedimiento, uno: Estado, otro: Estado, salvo: tuple[str, ...] = ()) -> None:
    """Exige que los dos estados digan lo mismo, con los papeles que siguen valiendo.

    Un número que se canceló no vuelve a usarse: el documento que lo llevaba toma otro.
    """
    for campo in fields(Estado):
        if campo.name not in (*salvo, "documentos", "datos"):
            previo, actual = getattr(uno, campo.name), getattr(otro, campo.name)
            assert previo == actual, f"{campo.name}: {previo} ≠ {actual}"
    numeros = {n.clave for n in p.numeros} if salvo else set()
    sin_numeros = [{k: v for k, v in e.datos.items() if k not in numeros} for e in (uno, otro)]
    assert sin_numeros[0] == sin_numeros[1]
    assert _vivos(uno) == _vivos(otro), f"documentos: {uno.documentos} ≠ {otro.documentos}"
    assert not any(d.estado in PENDIENTES for d in otro.documentos)
    if not salvo:
        cancelados = {d.numero for d in otro.documentos if d.estado == CANCELADO}
        de_antes = {d.numero for d in uno.documentos if d.estado != CANCELADO}
        de_ahora = {d.numero for d in otro.documentos if d.estado != CANCELADO}
        assert de_antes - cancelados <= de_ahora


def _vivos(estado: Estado) -> Counter[tuple[str, str]]:
    return Counter((d.clave, d.estado) for d in estado.documentos if d.estado != CANCELADO)
