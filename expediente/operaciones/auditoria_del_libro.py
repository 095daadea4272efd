"""La auditoría del libro: lo que una Contraloría pregunta de cada serie, ya contestado.

Cada expediente se lee una sola vez, aunque tenga varios números.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from expediente.almacen import libro as libros
from expediente.almacen.libro import Asiento
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.estado import CANCELADO, EMITIDO, RESERVADO
from expediente.nucleo.fecha import fecha_corta
from expediente.operaciones.asunto import Asunto, tomar
from expediente.operaciones.libro_de_oficios import FiltroDelLibro, asientos_del_libro
from expediente.operaciones.numeracion import EXTEMPORANEO
from expediente.operaciones.ventanilla import Ventanilla

RESERVADO_VIEJO_DIAS_NATURALES = 15
Hallazgos = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Auditoria:
    """Lo que el libro dice de sus números y lo que no cuadra; cada hallazgo, con su número.

    `huecos` son los consecutivos que faltan; `problemas`, números cuyo caso dice otra cosa o
    no existe. Explican lo que no salió `cancelados`, con su motivo, y `de_fuera`, lo que se
    tomó a mano. `fuera_de_orden` son los que llevan fecha anterior a la de uno previo sin
    que se haya dicho por qué; con su porqué, `extemporaneos`. `reservados_viejos` llevan
    quince días o más sin emitirse y `sin_acuse`, con su antigüedad, los emitidos. `lugares`
    da el consecutivo de cada número.
    """

    libro: str
    anio: int
    ultimo: int
    por_estado: dict[str, int]
    huecos: tuple[int, ...]
    cancelados: Hallazgos
    problemas: tuple[str, ...]
    fuera_de_orden: Hallazgos = ()
    extemporaneos: Hallazgos = ()
    reservados_viejos: Hallazgos = ()
    sin_acuse: Hallazgos = ()
    de_fuera: Hallazgos = ()
    lugares: Mapping[str, int] = field(default_factory=dict)

    @property
    def tomados(self) -> int:
        """Cuántos números constan; con los huecos dan el último."""
        return self.ultimo - len(self.huecos)

    def seguidos(self, parte: Hallazgos) -> list[tuple[str, str]]:
        """Los hallazgos para leerse: los que van uno tras otro y dicen lo mismo, en uno."""
        dichos: list[list[str]] = []
        previo = ""
        for numero, dicho in parte:
            if (
                dichos
                and dicho == dichos[-1][-1]
                and self.lugares[numero] == self.lugares[previo] + 1
            ):
                dichos[-1][1] = f"{dichos[-1][0]} a {numero}"
            else:
                dichos.append([numero, numero, dicho])
            previo = numero
        return [(cuales, dicho) for _, cuales, dicho in dichos]

    @property
    def en_orden(self) -> bool:
        """Si nada queda por explicar."""
        return not (self.huecos or self.problemas or self.fuera_de_orden)


def auditar(v: Ventanilla, libro: str | None = None, anio: int | None = None) -> list[Auditoria]:
    """Una auditoría por libro y año: huecos, cancelados y lo que no cuadra con su caso."""
    asientos = asientos_del_libro(v, FiltroDelLibro(libro, anio))
    series = groupby(asientos, lambda a: (a.dice["libro"], int(a.dice["anio"])))
    dichos = _lo_que_dicen_los_casos(v, asientos)
    return [_auditar(v, clave, de, list(suyos), dichos) for (clave, de), suyos in series]


@dataclass(frozen=True)
class _SegunElCaso:
    """Lo que el caso dice de un número: qué no cuadra, y si es un oficio que alguien recibe."""

    problema: str | None = None
    es_folio: bool = False
    se_entrega: bool = False


def _auditar(
    v: Ventanilla,
    libro: str,
    anio: int,
    asientos: Sequence[Asiento],
    dichos: Mapping[str, _SegunElCaso],
) -> Auditoria:
    por_estado: dict[str, int] = {}
    for asiento in asientos:
        estado = asiento.dice["estado"]
        por_estado[estado] = por_estado.get(estado, 0) + 1
    oficios = [a for a in asientos if not dichos[a.numero].es_folio]
    return Auditoria(
        libro,
        anio,
        max(int(a.dice["consecutivo"]) for a in asientos),
        por_estado,
        tuple(libros.huecos(v.raiz, libro, anio)),
        _con("motivo", [a for a in asientos if a.dice["estado"] == CANCELADO]),
        tuple(p for a in asientos if (p := dichos[a.numero].problema)),
        tuple(_fuera_de_orden(oficios)),
        _con(EXTEMPORANEO, [a for a in asientos if EXTEMPORANEO in a.dice]),
        tuple(_viejos(v, oficios)),
        tuple(_sin_acuse(v, oficios, dichos)),
        tuple((a.numero, _quien(a)) for a in asientos if a.de_fuera),
        {a.numero: int(a.dice["consecutivo"]) for a in asientos},
    )


def _con(llave: str, cuales: Iterable[Asiento]) -> Hallazgos:
    return tuple((a.numero, a.dice.get(llave, "sin motivo")) for a in cuales)


def _quien(asiento: Asiento) -> str:
    dice = asiento.dice
    quien = f"lo usó {dice['elaboro']}" if "elaboro" in dice else f"lo registró {dice['capturo']}"
    return "; ".join(filter(None, (quien, dice.get("asunto"), dice.get("motivo"))))


def _fuera_de_orden(oficios: Sequence[Asiento]) -> Iterator[tuple[str, str]]:
    """Los que llevan fecha anterior a la mayor de los previos, sin decir por qué."""
    previo: Asiento | None = None
    for asiento in oficios:
        suya = asiento.fecha_de_orden
        if not suya or EXTEMPORANEO in asiento.dice:
            continue
        if previo is not None and suya < previo.fecha_de_orden:
            yield (
                asiento.numero,
                f"es del {_corta(suya)} y el {previo.numero}, del {_corta(previo.fecha_de_orden)}",
            )
        else:
            previo = asiento


def _corta(iso: str) -> str:
    return fecha_corta(date.fromisoformat(iso))


def _antiguedad(v: Ventanilla, asiento: Asiento) -> int | None:
    """Los días naturales que han pasado desde su fecha; None si no consta."""
    fecha = asiento.dice.get("fecha")
    return (v.ahora.date() - date.fromisoformat(fecha)).days if fecha else None


def _hace(dias: int) -> str:
    if dias == 0:
        return "hoy"
    return f"hace {dias} {'día natural' if dias == 1 else 'días naturales'}"


def _viejos(v: Ventanilla, oficios: Sequence[Asiento]) -> Iterator[tuple[str, str]]:
    for asiento in oficios:
        dias = _antiguedad(v, asiento) if asiento.dice["estado"] == RESERVADO else None
        if dias is not None and dias >= RESERVADO_VIEJO_DIAS_NATURALES:
            yield asiento.numero, f"reservado {_hace(dias)}, sin emitir"


def _sin_acuse(
    v: Ventanilla, oficios: Sequence[Asiento], dichos: Mapping[str, _SegunElCaso]
) -> Iterator[tuple[str, str]]:
    for asiento in oficios:
        if asiento.dice["estado"] == EMITIDO and dichos[asiento.numero].se_entrega:
            dias = _antiguedad(v, asiento)
            cuanto = "sin fecha" if dias is None else f"emitido {_hace(dias)}"
            yield asiento.numero, cuanto


def _lo_que_dicen_los_casos(v: Ventanilla, asientos: Sequence[Asiento]) -> dict[str, _SegunElCaso]:
    por_folio: dict[str, list[Asiento]] = {}
    dichos: dict[str, _SegunElCaso] = {}
    for asiento in asientos:
        if asiento.de_fuera:
            # De lo que se registró en bloque sólo consta el número: no se le pide acuse.
            dichos[asiento.numero] = _SegunElCaso(se_entrega="destinatario" in asiento.dice)
        else:
            por_folio.setdefault(asiento.dice.get("folio", ""), []).append(asiento)
    for folio, suyos in por_folio.items():
        try:
            asunto = tomar(v, folio)
        except ErrorExpediente as error:
            porque = f"su expediente no se puede leer. {error.mensaje}"
            dichos |= {a.numero: _SegunElCaso(f"{a.numero}: {porque}") for a in suyos}
        else:
            dichos |= {a.numero: _segun_el_caso(asunto, a) for a in suyos}
    return dichos


def _segun_el_caso(asunto: Asunto, asiento: Asiento) -> _SegunElCaso:
    estado, numero = asunto.estado, asiento.numero
    if numero in estado.datos.values():
        return _SegunElCaso(es_folio=True)
    doc = next((d for d in estado.documentos if d.numero == numero), None)
    if doc is None:
        if asiento.dice["estado"] == CANCELADO:
            return _SegunElCaso()
        return _SegunElCaso(
            f"{numero}: {asunto.folio} no lo asienta; póngalo en orden con: expediente revisar "
            "--reparar"
        )
    regla = asunto.procedimiento.documento.get(doc.clave.split(".", 1)[0])
    se_entrega = regla is not None and regla.dirigido is not None
    if doc.estado == asiento.dice["estado"]:
        return _SegunElCaso(se_entrega=se_entrega)
    return _SegunElCaso(
        f"{numero}: el libro dice {asiento.dice['estado']} y {asunto.folio} dice {doc.estado}; "
        f"póngalo al día con: expediente revisar --reparar {asunto.folio}",
        se_entrega=se_entrega,
    )
