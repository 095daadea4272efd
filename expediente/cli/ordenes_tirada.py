"""La orden que imprime, una sola vez, lo que toca firmar en el mes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import (
    OpcionJson,
    OpcionOficina,
    OpcionPdf,
    OpcionSimular,
    ventanilla,
)
from expediente.cli.opciones_de_periodo import OpcionMes
from expediente.cli.pantalla import avisar, decir, en_json, tabla
from expediente.cli.relato import CABEN
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.fecha import dia_y_fecha
from expediente.nucleo.periodo import ACTUAL
from expediente.nucleo.tirada import Impresa, Tirada
from expediente.operaciones.tirada_unica import TiradaHecha, tiradas_que_hay, tirar


def tirada(
    clave: Annotated[
        str | None, typer.Argument(metavar="[TIRADA]", help="Cuál; sin decirlo, las lista.")
    ] = None,
    mes: OpcionMes = None,
    otra_vez: Annotated[
        str | None,
        typer.Option("--otra-vez", metavar="MOTIVO", help="Imprime otra, y por qué; se asienta."),
    ] = None,
    pdf: OpcionPdf = False,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Imprime, en un solo fichero y una sola vez, lo que toca firmar en el mes.

    Pedirla otra vez da el mismo fichero y dice cuándo y quién lo imprimió. No cambia ningún
    expediente: lo firmado se asienta después, con avanzar.

        expediente tirada resguardos --mes 2026-12
    """
    v = ventanilla(oficina)
    if clave is None:
        if mes or otra_vez or pdf or simular:
            raise ErrorUso("Diga cuál: expediente tirada resguardos --mes 2026-12")
        _listar(*tiradas_que_hay(v), json)
        return
    hecha = tirar(v, clave, mes or ACTUAL, otra_vez, pdf, simular)
    if json:
        en_json(_hecha_json(hecha, simular))
    else:
        _contar(hecha, simular)
    if hecha.problemas:
        raise typer.Exit(1)


def _listar(
    definidas: list[Tirada], hechas: list[tuple[Path, Impresa]], problemas: list[str], json: bool
) -> None:
    if json:
        en_json(
            {
                "tiradas": [{"clave": t.clave, "nombre": t.nombre} for t in definidas],
                "impresas": [_impresa_json(i, carpeta / i.fichero) for carpeta, i in hechas],
                "problemas": problemas,
            }
        )
    else:
        tabla(["Tirada", "Qué es"], [[t.clave, t.nombre] for t in definidas])
        if hechas:
            decir()
            tabla(
                ["Mes", "Tirada", "Impresa", "Por", "Hojas", "Otra vez, porque"],
                [
                    [i.mes, i.tirada, i.dia_y_hora, i.hizo, str(len(i.folios)), i.motivo or ""]
                    for _, i in hechas
                ],
            )
        for problema in problemas:
            avisar(problema)
    if problemas:
        raise typer.Exit(1)


def _impresa_json(impresa: Impresa, fichero: Path) -> dict[str, Any]:
    return {
        "tirada": impresa.tirada,
        "mes": impresa.mes,
        "numero": impresa.numero,
        "hecha": impresa.hecha,
        "hizo": impresa.hizo,
        "motivo": impresa.motivo,
        "folios": list(impresa.folios),
        "fichero": str(fichero),
    }


def _hecha_json(hecha: TiradaHecha, simular: bool) -> dict[str, Any]:
    impresa = hecha.impresa
    return {
        "tirada": hecha.tirada.clave,
        "mes": hecha.mes.clave,
        "simulado": simular,
        "impresa": _impresa_json(impresa, hecha.ficheros[0]) if impresa else None,
        "ya_estaba": hecha.ya_estaba,
        "folios": list(hecha.folios),
        "nuevos": list(hecha.nuevos),
        "atrasados": list(hecha.atrasados),
        "problemas": list(hecha.problemas),
        "ficheros": [str(fichero) for fichero in hecha.ficheros],
    }


def _contar(hecha: TiradaHecha, simular: bool) -> None:
    nombre, mes = hecha.tirada.nombre, hecha.mes.rotulo.lower()
    if hecha.impresa is None and simular:
        decir(f"{nombre}, {mes}: se imprimirían {_hojas(hecha.folios)}.{_siguiente(hecha)}")
        _nombrar(hecha.folios)
    elif hecha.impresa is None:
        decir(f"{nombre}, {mes}: no toca firmar ninguna.{_siguiente(hecha)}")
    elif hecha.ya_estaba:
        motivo = f", porque: {hecha.impresa.motivo}" if hecha.impresa.motivo else ""
        decir(
            f"{nombre}, {mes}: ya se imprimió el {hecha.impresa.dia_y_hora}, por "
            f"{hecha.impresa.hizo}{motivo}; {_hojas(hecha.impresa.folios)}. No se imprime dos "
            "veces; si hace falta: --otra-vez MOTIVO"
        )
    else:
        decir(f"{nombre}, {mes}: {_hojas(hecha.impresa.folios)} por firmar.")
    for fichero in hecha.ficheros:
        decir(f"Para imprimir: {fichero}")
    if hecha.nuevos:
        avisar(f"Tocan este mes y no van en ella: {', '.join(hecha.nuevos)}.")
    if hecha.atrasados:
        avisar(f"Debían firmarse desde un mes anterior: {', '.join(hecha.atrasados)}.")
    for problema in hecha.problemas:
        avisar(problema)


def _hojas(folios: tuple[str, ...]) -> str:
    return "1 hoja" if len(folios) == 1 else f"{len(folios)} hojas"


def _siguiente(hecha: TiradaHecha) -> str:
    """Cuándo tocará, si ese mes no toca: cada hoja se firma el día en que acaba su mes."""
    if hecha.folios or hecha.siguiente is None:
        return ""
    mes = f"{hecha.siguiente:%Y-%m}"
    return f" La primera se firma el {dia_y_fecha(hecha.siguiente)}: pida --mes {mes}"


def _nombrar(folios: tuple[str, ...]) -> None:
    if folios:
        resto = f" y {len(folios) - CABEN} más" if len(folios) > CABEN else ""
        decir(f"{', '.join(folios[:CABEN])}{resto}.")
