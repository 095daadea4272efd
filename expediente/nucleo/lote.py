"""El lote de un corte: qué dejó en cada caso, cuándo y quién. Con él se deshace y se concilia."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from expediente.nucleo.caso import Actuacion
from expediente.nucleo.corte import Corte
from expediente.nucleo.forma import Forma, Llave, Ruta, entero, lista, texto, uno_de
from expediente.nucleo.repaso import deshechas_por

# Qué resultó de cada caso de la lista: se le dio el paso; sólo los previos, porque fuera no
# se terminó; ya lo tenía y ninguna relación lo había dicho.
DADO, PENDIENTE, YA_ESTABA = "dado", "pendiente", "ya_estaba"
Mapa = dict[str, object]


@dataclass(frozen=True)
class DelLote:
    """Lo que el corte dejó en un caso.

    `actuaciones` son los números de las que asentó, en orden; vacío si no asentó ninguna.
    `ultima` es la de su paso, la que la relación da por hecha; None si no llegó a él.
    """

    folio: str
    numero: str
    resultado: str
    actuaciones: tuple[int, ...] = ()
    ultima: int | None = None
    adheridos: int = 0


@dataclass(frozen=True)
class Deshecho:
    """Cuándo se deshizo un lote, quién y por qué; `quedan` son los que no se pudieron."""

    cuando: str
    quien: str
    motivo: str
    quedan: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lote:
    """Un corte hecho. `dia` y `hecho` son la fecha del corte y el momento en que se hizo, ISO."""

    corte: str
    lote: str
    dia: str
    hecho: str
    hizo: str
    casos: tuple[DelLote, ...]
    deshecho: Deshecho | None = None

    @property
    def en_la_relacion(self) -> tuple[DelLote, ...]:
        """Los casos que la relación da por hechos."""
        return tuple(c for c in self.casos if c.resultado != PENDIENTE)

    @property
    def adheridos(self) -> int:
        """Cuántos reportes van adheridos a los de la relación."""
        return sum(c.adheridos for c in self.en_la_relacion)

    def como_mapa(self) -> Mapa:
        """Lo que se escribe en corte.yaml: sólo las llaves con contenido, en orden."""
        mapa: Mapa = {
            "corte": self.corte,
            "lote": self.lote,
            "dia": self.dia,
            "hecho": self.hecho,
            "hizo": self.hizo,
            "casos": [_con_contenido(caso) for caso in self.casos],
        }
        if self.deshecho:
            mapa["deshecho"] = _con_contenido(self.deshecho)
        return mapa


def _con_contenido(registro: DelLote | Deshecho) -> Mapa:
    return {
        llave: " ".join(map(str, dato)) if isinstance(dato, tuple) else str(dato)
        for llave, dato in vars(registro).items()
        if dato not in ("", None, 0, ())
    }


def _numeros(valor: object, ruta: Ruta) -> tuple[int, ...]:
    return tuple(entero(parte, ruta) for parte in texto(valor, ruta).split())


DEL_LOTE = Forma(
    DelLote,
    {
        "folio": Llave(texto, "el expediente", obligatoria=True),
        "numero": Llave(texto, "su número", obligatoria=True),
        "resultado": Llave(uno_de(DADO, PENDIENTE, YA_ESTABA), "qué resultó", obligatoria=True),
        "actuaciones": Llave(_numeros, "las que asentó el corte", omision=()),
        "ultima": Llave(entero, "la del paso del corte"),
        "adheridos": Llave(entero, "cuántos lleva adheridos", omision=0),
    },
)
DESHECHO = Forma(
    Deshecho,
    {
        "cuando": Llave(texto, "cuándo", obligatoria=True),
        "quien": Llave(texto, "quién", obligatoria=True),
        "motivo": Llave(texto, "por qué", obligatoria=True),
        "quedan": Llave(lambda v, r: tuple(texto(v, r).split()), "los que quedan", omision=()),
    },
)
LOTE = Forma(
    Lote,
    {
        "corte": Llave(texto, "qué corte es", obligatoria=True),
        "lote": Llave(texto, "cómo se llama", obligatoria=True),
        "dia": Llave(texto, "de qué día", obligatoria=True),
        "hecho": Llave(texto, "cuándo se hizo", obligatoria=True),
        "hizo": Llave(texto, "quién lo hizo", obligatoria=True),
        "casos": Llave(lista(DEL_LOTE), "lo que dejó en cada caso", omision=()),
        "deshecho": Llave(DESHECHO, "si se deshizo"),
    },
)


def vigentes_de(actuaciones: Sequence[Actuacion]) -> list[Actuacion]:
    """Los pasos que cuentan: los que ninguna otra actuación deshizo."""
    deshechas = {numero for a in actuaciones for numero in deshechas_por(a)}
    return [a for a in actuaciones if a.tipo == "avance" and str(a.numero) not in deshechas]


def ya_asentado(
    corte: Corte,
    actuaciones: Sequence[Actuacion],
    datos: Mapping[str, str],
    momento: datetime | None,
) -> bool:
    """Si lo que dice un renglón ya consta: los mismos datos y, si la dice, la misma hora.

    Así la lista de ayer, repetida, no vuelve a dar de baja lo que entre tanto se reasignó.
    """
    if momento is None and not datos:
        return False
    return any(
        momento in (None, a.ocurrio)
        and (
            (a.paso == corte.paso and momento is not None)
            or (a.paso in corte.previos and all(a.datos.get(k) == x for k, x in datos.items()))
        )
        for a in vigentes_de(actuaciones)
    )
