"""Lo ya contado de cada informe, para dar sus cifras sin volver a mirar los casos.

Cada renglón que un caso podría dar está valorado una vez; los que aportan lo mismo
comparten *perfil*, y las cifras de un periodo son contar cuántos hay de cada uno. Da
exactamente lo que `nucleo.cifras.Cuenta`, que es quien dice qué vale cada renglón.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from expediente.almacen.indice import Indice
from expediente.almacen.tablas_del_indice import ABIERTO
from expediente.nucleo.cifras import Hechos, Valoracion, fechados, sujetos, valorar
from expediente.nucleo.informe import CASOS, HECHOS_DEL_INFORME, Informe
from expediente.nucleo.movimiento import Cantidad
from expediente.nucleo.tramos import Tramo

Fila = tuple[Any, ...]


class Aportes(NamedTuple):
    """Lo que un caso aporta a un tema (un procedimiento o un informe), por contar.

    `abiertos` son (hasta, desde); `dias`, (día, clave, cuánto); `renglones`, las columnas
    de su tabla desde `ultimo`, con el perfil todavía escrito.
    """

    tema: str
    abiertos: tuple[Fila, ...] = ()
    dias: tuple[Fila, ...] = ()
    renglones: tuple[Fila, ...] = ()


def aportes(tramos: Sequence[Tramo], informes: Iterable[Informe]) -> Iterator[Aportes]:
    """Lo que los tramos de un caso aportan a su procedimiento y a cada informe que lo cuenta."""
    if not tramos:
        return
    clave = tramos[0].procedimiento
    yield Aportes(
        tema_de_procedimiento(clave),
        abiertos=tuple((_dia(t.hasta), t.desde.toordinal()) for t in tramos if t.abierto),
        dias=tuple((t.desde.toordinal(), que, 1) for t in tramos for que in t.movimientos),
    )
    for informe in informes:
        if clave in informe.procedimientos:
            yield Aportes(
                tema_de_informe(informe.clave),
                dias=tuple(
                    (t.desde.toordinal(), total, _guardable(cuanto))
                    for t in tramos
                    for total, cuanto in fechados(informe, t)
                ),
                renglones=tuple(fila for t in tramos for fila in _renglones(informe, t)),
            )


def por_guardar(de_cada_tema: Iterable[Aportes]) -> set[Fila]:
    """Los aportes de un caso como los da `Contador.aportado` después de guardarlos."""
    return {
        fila
        for suyo in de_cada_tema
        for fila in (
            *((suyo.tema, "abierto", *f) for f in suyo.abiertos),
            *((suyo.tema, "dia", *f, lugar) for lugar, f in enumerate(suyo.dias)),
            *((suyo.tema, "renglon", lugar, *f) for lugar, f in enumerate(suyo.renglones)),
        )
    }


def tema_de_procedimiento(clave: str) -> str:
    """El tema de los movimientos de un procedimiento."""
    return f"procedimiento {clave}"


def tema_de_informe(clave: str) -> str:
    """El tema de lo que cuenta un informe."""
    return f"informe {clave}"


def _renglones(informe: Informe, tramo: Tramo) -> Iterator[Fila]:
    """De cada renglón, el último día en que puede contar, sus días y sus perfiles."""
    de_fecha = informe.fecha is not None or informe.renglones != CASOS
    for hechos in sujetos(informe, tramo):
        perfil = _perfiles(informe, hechos, tramo)
        if perfil is None:
            continue
        if de_fecha:
            una, otra = fechas_de_renglon(informe, hechos)
            if una or otra:
                yield (max(una or 0, otra or 0), *_vida(tramo), None, una, otra, *perfil)
            continue
        cerrado = _dia(tramo.cerrado)
        ultimo = _dia(tramo.hasta) - 1 if tramo.abierto else cerrado
        yield (ultimo, *_vida(tramo), cerrado, None, None, *perfil)


def fechas_de_renglon(informe: Informe, hechos: Hechos) -> tuple[int | None, int | None]:
    """Los días por los que un renglón entra a un periodo; None el que no consta."""
    if informe.fecha is not None:
        return _dia_del(informe.fecha.evaluar(hechos)), None
    return _dia_del(hechos.get("doc.emitido")), _dia_del(hechos.get("doc.anulado"))


def _vida(tramo: Tramo) -> tuple[int, int]:
    return tramo.desde.toordinal(), _dia(tramo.hasta)


def _dia(dia: date | None) -> int:
    return dia.toordinal() if dia else ABIERTO


def _dia_del(momento: object) -> int | None:
    return momento.toordinal() if isinstance(momento, date) else None


def _perfiles(informe: Informe, hechos: Hechos, tramo: Tramo) -> Fila | None:
    """(vence, perfil, perfil si venció, aviso) de un renglón; None si no entra de ningún modo."""
    vence = tramo.vence.timestamp() if tramo.vence else None
    en_plazo = _escrito(valorar(informe, {**hechos, "vencido": False}))
    vencido = en_plazo
    if vence is not None and informe_mira_si_vencio(informe):
        vencido = _escrito(valorar(informe, {**hechos, "vencido": True}))
    if en_plazo is None and vencido is None:
        return None
    return (vence, en_plazo, vencido, int(tramo.aviso is not None))


def informe_mira_si_vencio(informe: Informe) -> bool:
    """Si lo que un renglón aporta depende de que su plazo haya vencido."""
    return "vencido" in _nombres(informe)


def se_puede_guardar(informe: Informe) -> bool:
    """Si lo que un renglón aporta no depende de qué periodo se pida."""
    return _nombres(informe).isdisjoint(HECHOS_DEL_INFORME)


def _nombres(informe: Informe) -> set[str]:
    """Los hechos que consulta lo que se cuenta; las columnas no se guardan."""
    expresiones = [informe.incluye, informe.fecha]
    for total in informe.totales:
        expresiones += [total.cuenta, total.fecha, total.suma]
    for grupo in informe.grupos:
        expresiones += [grupo.por, grupo.si, grupo.suma]
    return {nombre for expresion in expresiones if expresion for nombre in expresion.nombres}


def _escrito(valoracion: Valoracion | None) -> str | None:
    if valoracion is None:
        return None
    cuentas = [_guardable(cuanto) for cuanto in valoracion.cuentas]
    grupos = [[[valor, _guardable(n)] for valor, n in suyos] for suyos in valoracion.grupos]
    return json.dumps([cuentas, grupos], ensure_ascii=False)


def _guardable(cuanto: Cantidad) -> int | str:
    return str(cuanto) if isinstance(cuanto, Decimal) else int(cuanto)


class Contador:
    """Guarda los aportes de cada caso, con los temas y perfiles que ya conoce."""

    def __init__(self, indice: Indice) -> None:
        self._base = indice.base
        self._temas: dict[str, int] = dict(self._base.execute("SELECT nombre, id FROM temas"))
        self._perfiles: dict[tuple[int, str], int] = {}

    def huellas(self) -> dict[str, str]:
        """Por tema, con qué definición se contó."""
        return dict(self._base.execute("SELECT nombre, huella FROM temas"))

    def definidos(self) -> list[tuple[str, str]]:
        """(huella, resumen) de cada informe que se cuenta."""
        return self._base.execute("SELECT huella, dice FROM temas WHERE dice != ''").fetchall()

    def definir(self, nombre: str, huella: str, dice: str) -> None:
        """Da por contado un tema con esa definición."""
        con = (huella, dice, self._tema(nombre))
        self._base.execute("UPDATE temas SET huella = ?, dice = ? WHERE id = ?", con)

    def vaciar_tema(self, nombre: str) -> None:
        """Olvida lo contado de un tema, y el tema."""
        if nombre not in self._temas:
            return
        viejo = (self._temas.pop(nombre),)
        for tabla in ("abiertos", "dias", "renglones", "perfiles"):
            self._base.execute(f"DELETE FROM {tabla} WHERE tema = ?", viejo)
        self._base.execute("DELETE FROM temas WHERE id = ?", viejo)

    def _tema(self, nombre: str) -> int:
        if nombre not in self._temas:
            nuevo = "INSERT INTO temas VALUES (NULL, ?, '', '')"
            self._temas[nombre] = self._insertar(nuevo, (nombre,))
        return self._temas[nombre]

    def agregar(self, caso: int, de_cada_tema: Iterable[Aportes]) -> None:
        """Guarda lo que un caso aporta; antes no debe haber nada suyo en esos temas."""
        for suyo in de_cada_tema:
            tema = self._tema(suyo.tema)
            self._base.executemany(
                "INSERT INTO abiertos VALUES (?, ?, ?, ?)",
                ((tema, *fila, caso) for fila in suyo.abiertos),
            )
            self._base.executemany(
                "INSERT INTO dias VALUES (?, ?, ?, ?, ?, ?)",
                ((tema, f[0], caso, lugar, *f[1:]) for lugar, f in enumerate(suyo.dias)),
            )
            self._base.executemany(
                "INSERT INTO renglones VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (tema, f[0], caso, lugar, *f[1:7], *self._ids(tema, f[7:9]), f[9])
                    for lugar, f in enumerate(suyo.renglones)
                ),
            )

    def aportado(self, caso: int) -> set[Fila]:
        """Todo lo guardado de un caso, con sus temas y perfiles escritos."""
        return {
            fila
            for orden in (
                "SELECT nombre, 'abierto', hasta, desde FROM abiertos JOIN temas ON tema = id "
                "WHERE caso = ?",
                "SELECT nombre, 'dia', dia, clave, cuanto, lugar FROM dias JOIN temas "
                "ON tema = id WHERE caso = ?",
                "SELECT nombre, 'renglon', lugar, ultimo, desde, hasta, cerrado, emitido, anulado, "
                "vence, (SELECT dice FROM perfiles WHERE id = perfil), "
                "(SELECT dice FROM perfiles WHERE id = perfil_vencido), aviso "
                "FROM renglones JOIN temas ON tema = id WHERE caso = ?",
            )
            for fila in self._base.execute(orden, (caso,))
        }

    def _ids(self, tema: int, dichos: Sequence[str | None]) -> list[int | None]:
        return [None if dice is None else self._perfil(tema, dice) for dice in dichos]

    def _perfil(self, tema: int, dice: str) -> int:
        if (tema, dice) not in self._perfiles:
            donde = "SELECT id FROM perfiles WHERE tema = ? AND dice = ?"
            fila = self._base.execute(donde, (tema, dice)).fetchone()
            self._perfiles[tema, dice] = (
                fila[0]
                if fila
                else self._insertar("INSERT INTO perfiles VALUES (NULL, ?, ?)", (tema, dice))
            )
        return self._perfiles[tema, dice]

    def _insertar(self, orden: str, con: Sequence[object]) -> int:
        nuevo = self._base.execute(orden, con).lastrowid
        assert nuevo is not None
        return nuevo
