"""La historia de un caso, en tramos de días: de ellos sale toda cifra.

Un tramo es lo que consta de un caso desde que cierra un día en que le pasó algo hasta el
día en que le pasa otra cosa. Depende de la historia y de las reglas, nunca del reloj, y
cada cifra se decide mirando un tramo solo: por eso pueden guardarse ya hechos, contarse en
cualquier orden y dar siempre lo mismo.

Lo deshecho cuenta el día en que se dio y se descuenta el día en que se deshizo: así los
días suman la semana, y lo abierto al final es siempre lo de antes más lo que entró menos
lo que salió.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from expediente.nucleo.calendario import Calendario, Vencimiento
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.estado import CANCELADO, EMITIDO, ENTREGADO, Documento, Estado
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.plazos import el_que_corre, vencimientos
from expediente.nucleo.procedimiento import Procedimiento, nombre_de_hecho
from expediente.nucleo.repaso import continuar, deshechas_por, repasar

_MOVIMIENTOS = {"apertura": "recibidos", "reapertura": "reabiertos", "conclusion": "concluidos"}
_NO_MUEVEN = (
    "documento", "acuse", "anexo", "nota", "correccion", "relacion", "deshecho", "archivo",
)  # fmt: skip
NOMBRES_DE_ESTADO = {EMITIDO: "Autorizado", ENTREGADO: "Entregado", CANCELADO: "Cancelado"}


@dataclass(frozen=True)
class Tramo:
    """Lo que consta de un caso desde el fin del día `desde` hasta el día `hasta`, sin él.

    `hasta` es None mientras no le pase más, y `cerrado`, si está abierto; si no, el día
    desde el que lo está sin interrupción. `movimientos` son los de ese día: recibidos,
    reabiertos o concluidos. `vence` es el plazo que corre; None si ninguno. `documentos`
    son los hechos de cada documento terminado. `aviso` dice lo que no se pudo calcular.
    """

    folio: str
    procedimiento: str
    desde: date
    hasta: date | None
    cerrado: date | None
    movimientos: tuple[str, ...]
    hechos: Mapping[str, Any]
    vence: datetime | None = None
    documentos: tuple[Mapping[str, Any], ...] = ()
    aviso: str | None = None

    @property
    def abierto(self) -> bool:
        """Si el caso seguía en trámite."""
        return self.cerrado is None

    def cubre(self, dia: date) -> bool:
        """Si es lo que constaba al cerrar ese día."""
        return self.desde <= dia and (self.hasta is None or dia < self.hasta)


def tramos_del_caso(
    folio: str,
    p: Procedimiento,
    actuaciones: Sequence[Actuacion],
    catalogos: Mapping[str, Catalogo],
    calendario: Calendario,
    zona: tzinfo | None,
    al: datetime | None = None,
) -> tuple[Tramo, ...]:
    """Los tramos de un caso, en orden; con `al`, sólo con lo capturado hasta entonces.

    Los días son los del huso `zona`. Vacío si para entonces no se había recibido.
    """
    conocidas = [a for a in actuaciones if al is None or a.capturado <= al]
    tramos: list[Tramo] = []
    previo: Tramo | None = None
    estados = list(_estados(p, conocidas, zona))
    for lugar, (dia, estado) in enumerate(estados):
        siguiente = estados[lugar + 1][0] if lugar + 1 < len(estados) else None
        hechos = hechos_de(p, estado, catalogos)
        vencen, aviso = _vencimientos(p, estado, catalogos, calendario, hechos)
        corre = el_que_corre(vencen)
        hechos |= _hechos_propios(folio, p, estado, vencen)
        movimientos = _movimientos(previo, dia, estado, zona)
        previo = Tramo(
            folio=folio,
            procedimiento=p.clave,
            desde=dia,
            hasta=siguiente,
            cerrado=_cerrado(previo, dia, estado, movimientos),
            movimientos=movimientos,
            hechos=hechos | (_hechos_del_que_corre(corre) if corre else {}),
            vence=corre.vence if corre else None,
            documentos=tuple(_hechos_de_documentos(estado, zona)),
            aviso=aviso,
        )
        tramos.append(previo)
    return tuple(tramos)


def _estados(
    p: Procedimiento, actuaciones: Sequence[Actuacion], zona: tzinfo | None
) -> Iterator[tuple[date, Estado]]:
    """El estado al cerrar cada día en que algo pasó, desde que se recibió."""
    dias = [_dia(a.ocurrio, zona) for a in actuaciones]
    if not dias:
        return
    # En su orden y sin nada deshecho, cada día continúa al anterior sin repasarlo todo.
    seguido = dias == sorted(dias) and all(a.tipo != "deshecho" for a in actuaciones)
    estado: Estado | None = None
    for dia in sorted(set(dias)):
        if seguido and estado is not None:
            nuevas = [a for a, suyo in zip(actuaciones, dias, strict=True) if suyo == dia]
            estado = continuar(p, estado, nuevas)
        else:
            previas = _las_de_hasta(dia, actuaciones, dias)
            if previas[0].tipo != "apertura":
                continue
            estado = repasar(p, previas)
        yield dia, estado


def _las_de_hasta(
    dia: date, actuaciones: Sequence[Actuacion], dias: Sequence[date]
) -> list[Actuacion]:
    """Las que pasaron hasta ese día, sin lo que se deshizo para asentar otra cosa en su lugar.

    Un paso que se da después de deshacer otro, con fecha de antes, lo corrige: los dos no
    pudieron pasar. Lo deshecho sin más, en cambio, consta hasta el día en que se deshizo.
    """
    previas = [a for a, suyo in zip(actuaciones, dias, strict=True) if suyo <= dia]
    ultima = max((a.numero for a in previas if a.tipo not in _NO_MUEVEN), default=0)
    corregidas = {n for a in actuaciones if a.numero < ultima for n in deshechas_por(a)}
    return [a for a in previas if str(a.numero) not in corregidas]


def _dia(momento: datetime, zona: tzinfo | None) -> date:
    return momento.astimezone(zona).date()


def _cerrado(
    previo: Tramo | None, dia: date, estado: Estado, movimientos: Sequence[str]
) -> date | None:
    if estado.abierto_ahora:
        return None
    # El que se reabrió y concluyó el mismo día estuvo abierto ese día.
    return previo.cerrado if previo and previo.cerrado and not movimientos else dia


def _movimientos(
    previo: Tramo | None, dia: date, estado: Estado, zona: tzinfo | None
) -> tuple[str, ...]:
    """Los movimientos de ese día, con el que falte para que lo abierto cuadre.

    Falta uno cuando ese día se deshizo, o se capturó en otro orden, lo de un día anterior.
    """
    suyos = [_MOVIMIENTOS[que] for que, m in estado.movimientos if _dia(m, zona) == dia]
    if previo is None and "recibidos" not in suyos:
        suyos.insert(0, "recibidos")
    if previo is not None:
        suyos = [que for que in suyos if que != "recibidos"]
    entran = sum(1 if que != "concluidos" else -1 for que in suyos)
    sobra = entran + (previo is not None and previo.abierto) - estado.abierto_ahora
    if sobra > 0:
        suyos += ["concluidos"] * sobra
    return tuple(suyos + ["reabiertos"] * -sobra)


def _vencimientos(
    p: Procedimiento,
    estado: Estado,
    catalogos: Mapping[str, Catalogo],
    calendario: Calendario,
    hechos: Mapping[str, Any],
) -> tuple[tuple[Vencimiento, ...], str | None]:
    try:
        return vencimientos(p, estado, catalogos, calendario, hechos), None
    except DatosInvalidos as error:
        return (), f"no se sabe si venció: {error.mensaje}"


def _hechos_propios(
    folio: str, p: Procedimiento, estado: Estado, vencen: Sequence[Vencimiento]
) -> dict[str, Any]:
    """Los hechos que sólo consultan informes e indicadores."""
    final = estado.situacion_final
    propios: dict[str, Any] = {
        "folio": folio,
        "procedimiento": p.clave,
        "donde": p.nombre_de_situacion(final)
        if final
        else ", ".join(p.por_clave[clave].por_dar for clave in estado.pasos),
        "reasignaciones": estado.reasignaciones,
        "suspendido": estado.suspendido is not None,
    }
    if estado.asignado:
        propios["asignado"] = estado.asignado
    for plazo in vencen:
        clave = nombre_de_hecho(plazo.clave)
        propios[f"vence.{clave}"] = plazo.vence
        if plazo.cumplido is not None:
            propios[f"cumplido.{clave}"] = plazo.cumplido
            propios[f"en_plazo.{clave}"] = plazo.cumplido <= plazo.vence
    return propios


def _hechos_del_que_corre(corre: Vencimiento) -> dict[str, Any]:
    """Con qué se sabe, en cualquier momento, de qué color va el plazo que corre."""
    meta = {"plazo.meta": corre.meta} if corre.meta else {}
    return {"vence": corre.vence, "plazo.desde": corre.cuenta_desde, **meta}


def _hechos_de_documentos(estado: Estado, zona: tzinfo | None) -> Iterator[dict[str, Any]]:
    for doc in estado.documentos:
        if doc.estado in NOMBRES_DE_ESTADO:
            yield _hechos_del_documento(doc, zona)


def _hechos_del_documento(doc: Documento, zona: tzinfo | None) -> dict[str, Any]:
    cuando = doc.emitido or doc.fecha
    hechos = {
        "doc.clave": doc.clave,
        "doc.numero": doc.numero or "",
        "doc.estado": NOMBRES_DE_ESTADO[doc.estado],
        "doc.fecha": _dia(cuando, zona) if cuando else None,
        "doc.emitido": doc.emitido,
        "doc.anulado": doc.fecha if doc.estado == CANCELADO else None,
        "doc.entregado": doc.fecha if doc.estado == ENTREGADO else None,
        "doc.recibe": doc.recibe,
        "doc.motivo": doc.motivo,
    }
    return {clave: dato for clave, dato in hechos.items() if dato is not None}
