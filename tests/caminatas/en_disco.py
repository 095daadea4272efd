"""Una mesa de verdad: el caso está en la carpeta de una oficina, con sus libros y su Word."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from expediente.almacen import carpetas, casos
from expediente.almacen import libro as libros
from expediente.nucleo.avance import Peticion, Siguiente
from expediente.nucleo.caso import eslabon_roto
from expediente.nucleo.encabezado import encabezado_de
from expediente.nucleo.estado import CANCELADO, Estado
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import repasar
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import plazo_que_corre, tomar
from expediente.operaciones.avanzar import anotar, avanzar
from expediente.operaciones.consultas import ver
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.existencias import balances
from expediente.operaciones.oficios import acusar, cancelar_numero, emitir
from expediente.operaciones.procedimientos import todos
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla, sentarse
from expediente.operaciones.vinculos import INVERSAS
from tests.caminatas.en_memoria import comprobar_estado


class EnDisco:
    """Un caso de la oficina de `raiz`; cada petición es una orden nueva, con su hora."""

    def __init__(self, raiz: Path, p: Procedimiento, azar: random.Random) -> None:
        self.p = p
        self.azar = azar
        self.folio = ""
        self._ventanilla = sentarse(raiz, datetime(2026, 1, 7, 9, 0), "recepcion")
        self.ahora = self._ventanilla.ahora + timedelta(days=azar.randint(0, 90))
        self.personal = self._ventanilla.oficina.personal

    @property
    def v(self) -> Ventanilla:
        """La ventanilla, a la hora que es."""
        return replace(self._ventanilla, ahora=self.ahora)

    @property
    def estado(self) -> Estado:
        """Dónde está, según el disco."""
        return tomar(self.v, self.folio).estado

    def abrir(self, datos: Mapping[str, str], entrada: str) -> None:
        """Lo abre por ese paso."""
        canal = self.azar.choice(list(self.v.catalogos["canales"]))
        solicitud = Solicitud(self.p.clave, datos, canal=canal, paso=entrada)
        assert abrir(self.v, solicitud, simular=True).ok
        self.folio = abrir(self.v, solicitud).folio

    def siguientes(self) -> tuple[Siguiente, ...]:
        """Lo que `ver` dice que puede hacerse ahora."""
        return ver(self.v, self.folio).siguientes

    def avanzar(self, peticion: Peticion) -> None:
        """Da un paso."""
        avanzar(self.v, self.folio, peticion)

    def evento(self, clave: str, dicho: Mapping[str, Any]) -> None:
        """Asienta un evento."""
        asentar_evento(self.v, self.folio, clave, Dicho(**dicho))

    def reexpedir(self, documento: str) -> None:
        """Vuelve a emitir un documento."""
        emitir(self.v, self.folio, documento)

    def a_quien(self, clave: str) -> str | None:
        """Alguien de la oficina, una dependencia o un folio, según el evento."""
        posibles = {
            "reasignar": [x.clave for x in self.personal],
            "declinar": list(self.v.catalogos["dependencias"]),
            "acumular": folios(self.v),
        }
        return self.azar.choice(posibles[clave]) if clave in posibles else None

    def de_paso(self) -> tuple[str, Callable[[], object]]:
        """Una nota, otro caso que nace de éste, o el acuse o la cancelación de un número suyo."""
        v, folio = self.v, self.folio
        if self.azar.random() < 0.4:
            return "abre otro que nace de él", self._abrir_relacionado
        numeros = [d.numero for d in self.estado.documentos if d.numero and d.estado != CANCELADO]
        if not numeros or self.azar.random() < 0.4:
            return "anota", lambda: anotar(v, folio, "Llamó para preguntar.")
        numero = self.azar.choice(numeros)
        if self.azar.random() < 0.7:
            return f"acusa {numero}", lambda: acusar(v, numero, recibe="Luz Nuñez")
        return f"cancela {numero}", lambda: cancelar_numero(v, numero, "Salió con errores.")

    def _abrir_relacionado(self) -> None:
        """Un caso ligado a éste, que en seguida se retira."""
        todos_ellos, _ = todos(self.v)
        cancelables = [p for p in todos_ellos if "cancelar" not in p.eventos.no_admite]
        clave = self.azar.choice(cancelables).clave
        otro = abrir(self.v, Solicitud(clave, relacionado=self.folio)).folio
        asentar_evento(self.v, otro, "cancelar", Dicho(nota="Ya no hizo falta."))

    def comprobar(self) -> None:
        """Lo que dice el disco es lo que resulta de la historia, y el libro dice lo mismo."""
        carpeta = carpetas.carpeta_existente(self.v.raiz, self.folio)
        leido = casos.leer_caso(carpeta)
        caso = leido.caso
        assert leido.lectura.visible == leido.lectura.texto, "la copia visible quedó atrás"
        assert eslabon_roto(caso.folio, caso.actuaciones) is None
        estado = repasar(self.p, caso.actuaciones)
        corre = plazo_que_corre(self.v, self.p, estado)
        assert caso.encabezado == encabezado_de(self.p, caso.folio, estado, caso.actuaciones, corre)
        comprobar_estado(self.p, estado)
        for doc in estado.documentos:
            if doc.numero:
                asiento = libros.asiento_de_numero(self.v.raiz, self.v.oficina.libros, doc.numero)
                dice = (asiento.dice["folio"], asiento.dice["estado"])
                assert dice == (self.folio, doc.estado), f"el libro dice otra cosa de {doc}"
            if doc.fichero and doc.estado != CANCELADO:
                contenido = (carpeta / doc.fichero).read_bytes()
                assert sha256(contenido).hexdigest() == doc.sha256


def folios(v: Ventanilla) -> list[str]:
    """Los folios de la oficina."""
    return [str(folio) for folio in carpetas.folios(v.raiz)]


def comprobar_oficina(v: Ventanilla) -> None:
    """Al cerrar: nada que revisar, libros sin huecos, nada sobregirado, relaciones mutuas."""
    assert [f"{x.folio}: {x.mensaje}" for x in revisar(v, [])] == []
    _comprobar_libros(v)
    for balance in balances(v)[0]:
        assert all(saldo.disponible >= 0 for saldo in balance.saldos), balance
    estados = {folio: tomar(v, folio).estado for folio in folios(v)}
    for folio, estado in estados.items():
        for otro, como in estado.relaciones:
            vuelta = INVERSAS.get(como)
            assert vuelta is None or (folio, vuelta) in estados[otro].relaciones


def _comprobar_libros(v: Ventanilla) -> None:
    """Cada número, una vez y sin huecos; y el vivo, de un solo documento o dato."""
    asientos = list(libros.asientos(v.raiz))
    numeros = Counter(a.numero for a in asientos)
    assert max(numeros.values(), default=1) == 1
    for serie in {(a.dice["libro"], a.dice["anio"]) for a in asientos}:
        tomados = sorted(
            int(a.dice["consecutivo"])
            for a in asientos
            if (a.dice["libro"], a.dice["anio"]) == serie
        )
        assert tomados == list(range(1, len(tomados) + 1)), f"huecos en {serie}"
    usados: Counter[str] = Counter()
    for folio in folios(v):
        asunto = tomar(v, folio)
        claves = {n.clave for n in asunto.procedimiento.numeros}
        usados.update(
            d.numero for d in asunto.estado.documentos if d.numero and d.estado != CANCELADO
        )
        usados.update(x for k, x in asunto.estado.datos.items() if k in claves)
    vivos = {a.numero for a in asientos if a.dice["estado"] != CANCELADO}
    assert vivos == set(usados) and max(usados.values(), default=1) == 1
