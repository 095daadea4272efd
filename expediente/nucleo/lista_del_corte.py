"""La lista de un corte, renglón por renglón: qué caso nombra cada uno y qué se le daría.

Aquí no se leen casos ni se asienta nada.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from expediente.nucleo.campo import ValorInvalido, leer_momento, plano
from expediente.nucleo.corte import Corte
from expediente.nucleo.errores import DatosInvalidos, NoPermitido, sugerencia
from expediente.nucleo.estado import Estado
from expediente.nucleo.folio import repetible

_SOLO_LA_HORA = re.compile(r"(?a)\d{1,2}:\d\d(:\d\d)?")
_CIFRAS = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True)
class Esperado:
    """Un caso que la lista puede nombrar: su folio y su número.

    `rector` es el folio del caso al que se acumuló; None si sigue por su cuenta.
    """

    folio: str
    numero: str
    rector: str | None = None


@dataclass(frozen=True)
class Pedido:
    """Un renglón de la lista con el caso que nombra.

    `datos` van todavía como se escribieron. `ocurrio` es None si el renglón no lo dice.
    `repite` es el renglón que ya nombró el mismo caso por otro reporte; `adherido`, el
    folio del reporte nombrado si va con su rector.
    """

    renglon: int
    numero: str
    folio: str
    datos: Mapping[str, str] = field(default_factory=dict)
    ocurrio: datetime | None = None
    salvo: bool = False
    adherido: str | None = None
    repite: int | None = None


@dataclass(frozen=True)
class Rehusado:
    """Un renglón con el que no se puede hacer nada, y por qué, sin repetir sus datos."""

    renglon: int
    numero: str
    motivo: str


def mismo_numero(escrito: str) -> str:
    """El número para compararlo: «r-2026-7» y «R-2026-0007» son el mismo."""
    return _CIFRAS.sub(lambda cifras: str(int(cifras[0])), plano(escrito))


Renglones = Iterable[tuple[int, Mapping[str, str]]]


def leer_lista(
    corte: Corte,
    encabezados: Sequence[str],
    renglones: Renglones,
    esperados: Iterable[Esperado],
    dia: date,
) -> tuple[list[Pedido], list[Rehusado]]:
    """Los renglones que nombran un caso nuestro, y los que no se entienden.

    `dia` es de cuándo es la lista, para los renglones que sólo dicen la hora. Lanza
    DatosInvalidos si a la hoja le falta la columna por la que se halla cada caso.
    """
    columnas = columnas_de(corte.hoja, encabezados)
    momento = columnas_de({"": corte.ocurrio}, encabezados).get("")
    if corte.busca not in columnas:
        raise DatosInvalidos(
            f"A la lista le falta la columna «{corte.hoja[corte.busca][0]}», que dice qué caso es; "
            "revise que empiece por sus encabezados."
        )
    por_numero = {mismo_numero(e.numero): e for e in esperados}
    pedidos: list[Pedido] = []
    rehusados: list[Rehusado] = []
    for lugar, dice in renglones:
        escritos = {campo: dice.get(columna, "").strip() for campo, columna in columnas.items()}
        numero = escritos.pop(corte.busca)
        try:
            hallado = _hallar(numero, por_numero)
            ocurrio = _momento(dice.get(momento, "") if momento else "", dia)
            pedido = _pedido(corte, lugar, hallado, escritos, ocurrio, por_numero)
            pedidos.append(_contra_los_previos(pedido, pedidos))
        except DatosInvalidos as error:
            rehusados.append(Rehusado(lugar, repetible(numero) if numero else "", error.mensaje))
    return pedidos, rehusados


def columnas_de(hoja: Mapping[str, Iterable[str]], encabezados: Sequence[str]) -> dict[str, str]:
    """{campo: encabezado de la hoja} de los campos que la hoja trae."""
    traidos = {plano(encabezado): encabezado for encabezado in encabezados}
    return {
        campo: hallado
        for campo, nombres in hoja.items()
        if (hallado := next((traidos[plano(n)] for n in nombres if plano(n) in traidos), None))
        is not None
    }


def columnas_sin_usar(corte: Corte, encabezados: Sequence[str]) -> tuple[str, ...]:
    """Los encabezados de la lista que no dicen nada que el corte use."""
    usadas = columnas_de({**corte.hoja, "": corte.ocurrio}, encabezados).values()
    return tuple(encabezado for encabezado in encabezados if encabezado not in usadas)


def _hallar(numero: str, por_numero: Mapping[str, Esperado]) -> Esperado:
    if not numero:
        raise DatosInvalidos("no dice de qué caso es.")
    hallado = por_numero.get(mismo_numero(numero))
    if hallado is None:
        parecido = sugerencia(numero, (e.numero for e in por_numero.values()))
        raise DatosInvalidos(f"ningún caso tiene ese número.{parecido}")
    return hallado


def _momento(escrito: str, dia: date) -> datetime | None:
    escrito = escrito.strip()
    if not escrito:
        return None
    if _SOLO_LA_HORA.fullmatch(escrito):
        escrito = f"{dia.isoformat()} {escrito}"
    try:
        momento = leer_momento(escrito)
    except ValorInvalido as error:
        raise DatosInvalidos(f"la hora en que se hizo: {error}") from None
    if ":" not in escrito:
        raise DatosInvalidos("la hora en que se hizo: dice el día y le falta la hora.")
    return momento


def _pedido(
    corte: Corte,
    lugar: int,
    nombrado: Esperado,
    escritos: Mapping[str, str],
    ocurrio: datetime | None,
    por_numero: Mapping[str, Esperado],
) -> Pedido:
    datos = {campo: escrito for campo, escrito in escritos.items() if escrito}
    salvo = corte.salvo is not None and corte.salvo.cumple(datos)
    deducidos = {c: _escrito(expresion.evaluar(datos)) for c, expresion in corte.deduce.items()}
    rector = _rector(nombrado, {e.folio: e for e in por_numero.values()})
    adherido = nombrado.folio if rector is not nombrado else None
    return Pedido(
        lugar, nombrado.numero, rector.folio, {**deducidos, **datos}, ocurrio, salvo, adherido
    )


def _escrito(dato: object) -> str:
    return ("sí" if dato else "no") if isinstance(dato, bool) else str(dato)


def _rector(nombrado: Esperado, por_folio: Mapping[str, Esperado]) -> Esperado:
    """El caso en que se atiende: él mismo, o aquél al que se acumuló."""
    while nombrado.rector is not None:
        nombrado = por_folio.get(nombrado.rector) or Esperado(nombrado.rector, nombrado.numero)
    return nombrado


def _contra_los_previos(pedido: Pedido, previos: Sequence[Pedido]) -> Pedido:
    """El pedido, sabiendo si otro renglón ya nombró su caso.

    Lanza DatosInvalidos si lo nombró por el mismo número.
    """
    otro = next((p for p in previos if p.folio == pedido.folio), None)
    if otro is None:
        return pedido
    if any(p.numero == pedido.numero for p in previos):
        raise DatosInvalidos(f"repite el número de otro renglón (el {otro.renglon}).")
    return Pedido(
        pedido.renglon, pedido.numero, pedido.folio, adherido=pedido.adherido, repite=otro.renglon
    )


def pasos_por_dar(corte: Corte, pedido: Pedido, estado: Estado) -> tuple[str, ...]:
    """Los pasos que el corte daría al caso, en su orden; vacío si ya estaba.

    Lanza NoPermitido si el caso no está donde la lista lo da por hecho.
    """
    toca = next((i for i, paso in enumerate(corte.pasos) if paso in estado.pasos), None)
    if toca is None:
        if _ya_paso(corte, estado):
            return ()
        donde = "», «".join(estado.pasos)
        dicho = f"está en «{donde}»" if donde else f"terminó ({estado.situacion})"
        raise NoPermitido(f"No se puede dar «{corte.paso}»: el expediente {dicho}.")
    if pedido.salvo:
        if corte.pasos[toca] == corte.paso:
            raise NoPermitido(
                f"La lista dice que no se terminó y el expediente ya está en «{corte.paso}»; "
                "aclárelo con quien la hizo."
            )
        return corte.pasos[toca:-1]
    return corte.pasos[toca:]


def _ya_paso(corte: Corte, estado: Estado) -> bool:
    """Si el paso del corte es lo último que se dio de los suyos."""
    dados = [estado.ocurrio[p] for p in corte.previos if p in estado.ocurrio]
    dado = estado.ocurrio.get(corte.paso)
    return dado is not None and all(dado >= previo for previo in dados)


def datos_para(corte: Corte, pedido: Pedido, paso: str, estado: Estado) -> dict[str, str]:
    """Los datos del renglón que van con ese paso.

    Si el renglón los trae para un paso previo que ya se dio a mano, sólo van los que no
    constan: lo asentado no se cambia desde una lista.
    """
    if paso in corte.previos or not corte.previos:
        return dict(pedido.datos)
    return {
        campo: dato
        for campo, dato in pedido.datos.items()
        if campo not in estado.datos and campo not in corte.deduce
    }
