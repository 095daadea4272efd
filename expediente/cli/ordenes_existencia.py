"""La orden de existencias: cuánto queda."""

from decimal import Decimal
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import SOBREGIRADO, avisar, decir, en_json, tabla, titulo
from expediente.nucleo.inventario import Saldo
from expediente.operaciones.existencias import Balance, balances


def existencias(
    clave: Annotated[
        str | None, typer.Argument(metavar="[CLAVE]", help="Una; sin decirlo, todas.")
    ] = None,
    folios: Annotated[
        bool, typer.Option("--folios", help="Qué expediente tiene cada cosa.")
    ] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Cuánto hay de lo que se da o presta: apartado, prestado, gastado y disponible.

    expediente existencias --folios
    """
    todos, problemas = balances(ventanilla(oficina), clave)
    if json:
        en_json(
            {
                "existencias": [_balance_json(b) for b in todos],
                "problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas],
            }
        )
    else:
        for lugar, balance in enumerate(todos):
            if lugar:
                decir()
            _ensenar(balance, folios)
        if not todos and not problemas:
            avisar("La oficina no lleva existencias: su carpeta existencias/ está vacía.")
        for problema in problemas:
            avisar(problema.mensaje)
    if problemas:
        raise typer.Exit(1)


def _ensenar(balance: Balance, folios: bool) -> None:
    existencia = balance.existencia
    anio = f", {existencia.anio}" if existencia.anio else ""
    titulo(f"{existencia.nombre} ({existencia.clave}), en {existencia.unidad}{anio}")
    de_mas = [s for s in balance.saldos if s.disponible < 0]
    columnas = ["Renglón", "Nombre", "Total", "Apartado", "Prestado", "Gastado", "Disponible"]
    tabla(
        [*columnas, *(["Aviso"] if de_mas else [])],
        [
            [
                saldo.partida.clave,
                saldo.partida.nombre,
                *map(_cifra, _cifras(saldo).values()),
                *([SOBREGIRADO if saldo in de_mas else ""] if de_mas else []),
            ]
            for saldo in balance.saldos
        ],
    )
    if folios and balance.tomas:
        decir()
        tabla(
            ["Folio", "Renglón", "Cantidad", "Está"],
            [[t.folio, t.renglon, _cifra(t.cantidad), t.estado] for t in balance.tomas],
        )


def _cifras(saldo: Saldo) -> dict[str, Decimal]:
    return {
        "total": saldo.partida.cantidad,
        "apartado": saldo.apartado,
        "prestado": saldo.prestado,
        "gastado": saldo.gastado,
        "disponible": saldo.disponible,
    }


def _cifra(cantidad: Decimal) -> str:
    return f"{cantidad:,f}"


def _balance_json(balance: Balance) -> dict[str, Any]:
    return {
        "clave": balance.existencia.clave,
        "nombre": balance.existencia.nombre,
        "unidad": balance.existencia.unidad,
        "anio": balance.existencia.anio,
        "renglones": [
            {
                "clave": saldo.partida.clave,
                "nombre": saldo.partida.nombre,
                **{llave: str(cifra) for llave, cifra in _cifras(saldo).items()},
                "folios": [
                    {"folio": t.folio, "cantidad": str(t.cantidad), "estado": t.estado}
                    for t in balance.tomas
                    if t.renglon == saldo.partida.clave
                ],
            }
            for saldo in balance.saldos
        ],
    }
