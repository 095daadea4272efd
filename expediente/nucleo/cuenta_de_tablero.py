"""El tablero: cuántos asuntos hay abiertos, cómo van y hacia dónde, contados de una pasada.

Sus cifras son las de los informes: cada semana de cada procedimiento es la misma `Cuenta`.
Aquí no se decide cómo se ve; cada número trae los folios de que sale, y ningún nombre.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from expediente.nucleo.calculos import nombres_de_rangos
from expediente.nucleo.calendario import Calendario
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.celda import como_celda
from expediente.nucleo.cifras import (
    SIN_DATO,
    Cifras,
    Cuenta,
)
from expediente.nucleo.cifras_de_tablero import (
    COLORES,
    OTRAS,
    DelProcedimiento,
    Folios,
    Renglon,
    Semana,
    Tablero,
    folios_en_orden,
)
from expediente.nucleo.definicion_de_tablero import DefinicionDeTablero, Desglose
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.folio import por_folio
from expediente.nucleo.informe import CASOS, Informe
from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO
from expediente.nucleo.periodo import ACTUAL, Periodo, leer_periodo
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.semaforo import color
from expediente.nucleo.tramos import Tramo


class CuentaDeTablero:
    """Un tablero que se va contando: se le agregan tramos, en cualquier orden."""

    def __init__(
        self,
        definicion: DefinicionDeTablero,
        al: datetime,
        procedimientos: Sequence[Procedimiento],
        calendario: Calendario,
        catalogos: Mapping[str, Catalogo],
    ) -> None:
        self.definicion = definicion
        self._catalogos = catalogos
        self.al = al
        self.periodos = semanas_hasta(al.date(), definicion.semanas)
        self.desde, self.hasta = self.periodos[0].desde, al.date()
        self.cerrados_desde = self.desde
        self._procedimientos = {p.clave: p for p in procedimientos}
        self.procedimientos = tuple(self._procedimientos)
        self._cuentas = {
            clave: [Cuenta(_movimiento(clave), periodo, al) for periodo in self.periodos]
            for clave in self._procedimientos
        }
        self._limites = _limites(al.date(), definicion.antiguedades, calendario)
        self._abiertos: list[tuple[Tramo, str]] = []

    def agregar(self, tramo: Tramo) -> None:
        """Cuenta lo que ese tramo aporta a cada semana y a lo abierto hoy."""
        hoy = self.al.date()
        if tramo.desde > hoy or tramo.procedimiento not in self._cuentas:
            return
        for cuenta in self._las_que_toca(tramo):
            cuenta.agregar(tramo)
        if tramo.abierto and tramo.cubre(hoy):
            self._abiertos.append((tramo, self._color(tramo)))

    def _las_que_toca(self, tramo: Tramo) -> list[Cuenta]:
        """Las semanas a que aporta: la de su día y, si está abierto, las que dura."""
        cuentas = self._cuentas[tramo.procedimiento]
        primera = self._semana(tramo.desde)
        if not tramo.abierto:
            return cuentas[primera : primera + 1] if primera >= 0 else []
        ultima = self._semana(tramo.hasta) if tramo.hasta else len(cuentas)
        return cuentas[max(primera, 0) : ultima + 1] if ultima >= 0 else []

    def _semana(self, dia: date) -> int:
        return (dia - self.periodos[0].desde).days // 7

    def _color(self, tramo: Tramo) -> str:
        if tramo.vence is None:
            return "gris"
        desde = tramo.hechos["plazo.desde"]
        return color(desde, tramo.vence, self.al, tramo.hechos.get("plazo.meta"))

    def tablero(self) -> Tablero:
        """El tablero de todo lo agregado; cada lista, en su orden."""
        semanas = {clave: self._semanas(cuentas) for clave, cuentas in self._cuentas.items()}
        avisos = {aviso for suyas in semanas.values() for aviso in suyas[-1].cifras.avisos}
        return Tablero(
            definicion=self.definicion,
            al=self.al,
            oficina=self._renglon("Toda la oficina", self._abiertos),
            semanas=tuple(
                Semana(p, p.incompleto(self.al), _suma([s[i].cifras for s in semanas.values()]))
                for i, p in enumerate(self.periodos)
            ),
            rezago=self._rezago(),
            procedimientos=tuple(self._por_procedimiento(semanas)),
            desgloses=tuple((d, self._desglosado(d)) for d in self.definicion.desgloses),
            avisos=tuple(sorted(avisos, key=lambda par: por_folio(par[0]))),
        )

    def _semanas(self, cuentas: Sequence[Cuenta]) -> tuple[Semana, ...]:
        return tuple(Semana(c.periodo, c.periodo.incompleto(self.al), c.cifras()) for c in cuentas)

    def _renglon(self, nombre: str, abiertos: Sequence[tuple[Tramo, str]]) -> Renglon:
        por_color: dict[str, list[str]] = {cual: [] for cual in COLORES}
        for tramo, cual in abiertos:
            por_color[cual].append(tramo.folio)
        return Renglon(
            nombre, {cual: folios_en_orden(folios) for cual, folios in por_color.items()}
        )

    def _por_procedimiento(
        self, semanas: Mapping[str, tuple[Semana, ...]]
    ) -> list[DelProcedimiento]:
        """Los que tienen algo que decir, primero los de más vencidos y más abiertos."""
        partidos: defaultdict[str, list[tuple[Tramo, str]]] = defaultdict(list)
        for tramo, cual in self._abiertos:
            partidos[tramo.procedimiento].append((tramo, cual))
        todos = [
            DelProcedimiento(clave, self._renglon(p.nombre, partidos[clave]), semanas[clave])
            for clave, p in self._procedimientos.items()
        ]
        con_algo = [d for d in todos if any(any(s.cifras.totales.values()) for s in d.semanas)]
        return sorted(con_algo, key=lambda d: (_urgencia(d.renglon), d.clave))

    def _rezago(self) -> tuple[tuple[str, Folios], ...] | None:
        if self._limites is None:
            return None
        cubetas: list[list[str]] = [[] for _ in range(len(self._limites) + 1)]
        for tramo, _ in self._abiertos:
            recibido = _dia_de_recibido(tramo, self.al.tzinfo)
            lugar = next((i for i, dia in enumerate(self._limites) if recibido >= dia), -1)
            cubetas[lugar].append(tramo.folio)
        rotulos = nombres_de_rangos(self.definicion.antiguedades)
        return tuple(zip(rotulos, map(folios_en_orden, cubetas), strict=True))

    def _desglosado(self, desglose: Desglose) -> tuple[Renglon, ...]:
        partidos: defaultdict[str, list[tuple[Tramo, str]]] = defaultdict(list)
        for tramo, cual in self._abiertos:
            partidos[self._valor(desglose, tramo)].append((tramo, cual))
        sin_dato = partidos.pop(SIN_DATO, [])
        juntos: list[tuple[Tramo, str]] = []
        publicables: list[tuple[str, list[tuple[Tramo, str]]]] = []
        for valor, suyos in sorted(partidos.items(), key=lambda par: (-len(par[1]), par[0])):
            sobra = len(publicables) >= self.definicion.renglones
            if sobra or self._senala(desglose, suyos):
                juntos += suyos
            else:
                publicables.append((valor, suyos))
        # «Otras» tampoco puede quedar en uno o dos: se lleva la menor de las demás.
        while juntos and publicables and self._senala(desglose, juntos):
            juntos += publicables.pop()[1]
        renglones = [self._renglon(valor, suyos) for valor, suyos in publicables]
        renglones.sort(key=lambda r: (_urgencia(r), r.nombre))
        al_final = ((OTRAS, juntos), (SIN_DATO, sin_dato))
        return (*renglones, *(self._renglon(nombre, suyos) for nombre, suyos in al_final if suyos))

    def _valor(self, desglose: Desglose, tramo: Tramo) -> str:
        dicho = como_celda(desglose.por.evaluar(tramo.hechos)) or SIN_DATO
        opciones = self._catalogos.get(desglose.catalogo, {}) if desglose.catalogo else {}
        return opciones[dicho].nombre if dicho in opciones else dicho

    def _senala(self, desglose: Desglose, celda: Sequence[tuple[Tramo, str]]) -> bool:
        """Si la celda es tan pequeña que, con lo que dice, podría saberse de quién se trata."""
        return len(celda) < self.definicion.minimo and (
            desglose.reservado
            or any(self._procedimientos[tramo.procedimiento].sensibles for tramo, _ in celda)
        )


def semanas_hasta(hoy: date, cuantas: int) -> list[Periodo]:
    """Las últimas semanas, hasta la que contiene ese día."""
    ultima = leer_periodo("semana", ACTUAL, hoy)
    lunes = [ultima.desde - timedelta(weeks=n) for n in reversed(range(cuantas))]
    return [leer_periodo("semana", ACTUAL, dia) for dia in lunes]


def _limites(
    hoy: date, antiguedades: Sequence[int], calendario: Calendario
) -> tuple[date, ...] | None:
    """El primer día que todavía tiene esa antigüedad o menos; None si falta el calendario.

    Como en todo plazo hábil, el día en que se recibe no cuenta y el de hoy sí.
    """
    limites: list[date] = []
    dia, habiles = hoy, 0
    try:
        while len(limites) < len(antiguedades):
            habiles += calendario.es_habil(dia)
            if habiles > antiguedades[len(limites)]:
                limites.append(dia)
            dia -= timedelta(days=1)
    except DatosInvalidos:
        return None
    return tuple(limites)


def _dia_de_recibido(tramo: Tramo, zona: tzinfo | None) -> date:
    recibido = tramo.hechos["recibido"]
    dia: date = recibido.astimezone(zona).date()
    return dia


def _movimiento(procedimiento: str) -> Informe:
    """El informe que sólo cuenta lo que se mueve de un procedimiento."""
    return Informe(
        clave=procedimiento,
        nombre=procedimiento,
        procedimientos=(procedimiento,),
        plantilla="",
        periodos=("semana",),
        renglones=CASOS,
        columnas=(),
    )


def _suma(cifras: Sequence[Cifras]) -> Cifras:
    """El movimiento de varios procedimientos juntos."""
    claves = NOMBRES_DEL_MOVIMIENTO
    return Cifras(
        totales={c: sum(x.totales[c] for x in cifras) for c in claves},
        filas=(),
        grupos={},
        folios={c: folios_en_orden(f for x in cifras for f in x.folios[c]) for c in claves},
    )


def _urgencia(renglon: Renglon) -> tuple[int, ...]:
    return (*(-len(renglon.colores[c]) for c in ("rojo", "amarillo")), -renglon.abiertos)
