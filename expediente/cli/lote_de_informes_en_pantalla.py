"""Hacer muchos informes de una vez y contarlo: lo que `informe todos` y `--semanas` enseñan."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer

from expediente.almacen import carpetas
from expediente.cli.pantalla import avisar, decir, en_json, progreso, tabla
from expediente.nucleo.errores import ErrorUso
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.nucleo.tramos import Tramo
from expediente.operaciones.informes import InformeHecho, corte_pedido
from expediente.operaciones.lote_de_informes import (
    ENTRE,
    TODOS,
    Corrida,
    Fallido,
    contar_lote,
    escribir_lote,
    pedir_lote,
)
from expediente.operaciones.ventanilla import Ventanilla

# Más informes no se leen: se dice cuántos son.
CABEN = 30


def lote_pedido(clave: str, pedido: PeriodoEscrito, semanas: str | None) -> tuple[str, str] | None:
    """(clase de periodo, lo escrito) si se piden muchos informes; None si es uno solo.

    Lanza ErrorUso si no se dice de cuándo, o se dice dos veces.
    """
    if semanas is not None:
        if pedido.dichos:
            raise ErrorUso("--semanas ya dice de cuándo: quite el otro periodo.")
        return ("semana", semanas)
    if clave != TODOS:
        return None
    if len(pedido.dichos) != 1:
        raise ErrorUso(
            "Diga de qué periodo, y uno solo: expediente informe todos --semana anterior "
            "(o --dia, --mes, --trimestre, --anio, --semanas)."
        )
    return pedido.dichos[0]


def lote_de_informes(
    v: Ventanilla,
    clave: str,
    cuando: tuple[str, str],
    al: str | None,
    salida: Path | None,
    simular: bool,
    json: bool,
    formatos: frozenset[str] = frozenset(),
    con_folios: bool = False,
) -> None:
    """Hace los informes pedidos, los cuenta y sale con el código que toca."""
    corte = corte_pedido(v, al)
    pedidos = pedir_lote(v, clave, *cuando, corte)
    with progreso("Expedientes leídos", _cuantos_hay(v)) as leyo:
        contados = contar_lote(v, pedidos, corte, _por_folio(leyo))
    with progreso("Informes", len(contados)) as escribio:
        corrida = escribir_lote(
            v, pedidos, contados, al is not None, salida, escribio, formatos, con_folios, simular
        )
    if con_folios and (publicos := [h.informe.nombre for h in corrida.hechos if h.informe.publico]):
        avisar(f"Va sin folios porque se publica: {', '.join(dict.fromkeys(publicos))}.")
    if json:
        en_json(_corrida_json(corrida, simular))
    else:
        _ensenar(corrida, simular)
    if corrida.codigo:
        raise typer.Exit(corrida.codigo)


def _cuantos_hay(v: Ventanilla) -> int:
    """Cuántos expedientes hay; 0 si nadie espera frente a la pantalla."""
    return len(list(carpetas.folios(v.raiz))) if sys.stderr.isatty() else 0


def _por_folio(adelantar: Callable[[], None]) -> Callable[[Tramo], None]:
    """Adelanta la barra una vez por expediente, aunque tenga muchos tramos."""
    ultimo = ""

    def al_leer(tramo: Tramo) -> None:
        nonlocal ultimo
        if tramo.folio != ultimo:
            ultimo = tramo.folio
            adelantar()

    return al_leer


def _corrida_json(corrida: Corrida, simular: bool) -> dict[str, Any]:
    return {
        "simulado": simular,
        "resultados": [
            *(_hecho_json(hecho) for hecho in corrida.hechos),
            *(_fallido_json(fallido) for fallido in corrida.fallidos),
        ],
        "problemas": list(corrida.problemas),
        "sin_empezar": corrida.sin_empezar,
        "interrumpida": corrida.interrumpida,
    }


def _hecho_json(hecho: InformeHecho) -> dict[str, Any]:
    return {
        "informe": hecho.informe.clave,
        "periodo": hecho.periodo.como_mapa(),
        "ok": True,
        "error": None,
        "al": hecho.al.isoformat(timespec="seconds"),
        "incompleto": hecho.incompleto,
        "ya_estaba": hecho.ya_estaba,
        "cuadra": hecho.cifras.cuadra,
        "ilegibles": len(hecho.problemas),
        "ficheros": [str(fichero) for fichero in hecho.ficheros],
    }


def _fallido_json(fallido: Fallido) -> dict[str, Any]:
    return {
        "informe": fallido.informe,
        "periodo": fallido.periodo.como_mapa() if fallido.periodo else None,
        "ok": False,
        "error": fallido.error,
    }


def _ensenar(corrida: Corrida, simular: bool) -> None:
    if len(corrida.hechos) > CABEN:
        _ensenar_por_informe(corrida.hechos)
    elif corrida.hechos:
        tabla(
            ["Informe", "Periodo", "Qué resultó", "Fichero"],
            [
                [h.informe.clave, h.periodo.clave, _que_resulto(h, simular), _ficheros(h)]
                for h in corrida.hechos
            ],
        )
    for carpeta in dict.fromkeys(h.ficheros[0].parent for h in corrida.hechos if h.ficheros):
        if len(corrida.hechos) <= CABEN:
            decir(f"Están en {carpeta}")
    if corrida.fallidos:
        decir()
        tabla(
            ["Informe", "Periodo", "Por qué no"],
            [[f.informe, f.periodo.clave if f.periodo else "", f.error] for f in corrida.fallidos],
        )
    for problema in corrida.problemas[:CABEN]:
        avisar(problema)
    if len(corrida.problemas) > CABEN:
        avisar(f"…y {len(corrida.problemas) - CABEN} más (todos, con --json).")
    avisar(_resumen(corrida, simular))


def _que_resulto(hecho: InformeHecho, simular: bool) -> str:
    partes = ["ya estaba" if hecho.ya_estaba else "se haría" if simular else "hecho"]
    if hecho.incompleto:
        partes.append(f"incompleto: corte al {hecho.al:%d/%m/%Y %H:%M}")
    if not hecho.cifras.cuadra:
        partes.append("NO CUADRA")
    return ", ".join(partes)


def _ficheros(hecho: InformeHecho) -> str:
    """El Word y, si se pidieron, los que van junto a él: «presidencia.docx, .pdf»."""
    word, *junto = hecho.ficheros or (Path(),)
    return ", ".join([word.name, *(fichero.suffix for fichero in junto)])


def _ensenar_por_informe(hechos: Sequence[InformeHecho]) -> None:
    """Un año de semanas no se lee renglón por renglón: cuántos de cada uno, y de cuándo."""
    por_informe: dict[str, list[InformeHecho]] = {}
    for hecho in hechos:
        por_informe.setdefault(hecho.informe.clave, []).append(hecho)
    tabla(
        ["Informe", "Nuevos", "De antes", "Periodos", "Aviso"],
        [
            [
                clave,
                str(sum(not h.ya_estaba for h in suyos)),
                str(sum(h.ya_estaba for h in suyos)),
                f"{suyos[0].periodo.clave}{ENTRE}{suyos[-1].periodo.clave}",
                _avisos(suyos),
            ]
            for clave, suyos in por_informe.items()
        ],
    )


def _avisos(suyos: Sequence[InformeHecho]) -> str:
    incompletos = sum(h.incompleto for h in suyos)
    no_cuadran = sum(not h.cifras.cuadra for h in suyos)
    dichos = [_cuantos(incompletos, "incompleto", "incompletos")] if incompletos else []
    dichos += [_cuantos(no_cuadran, "NO CUADRA", "NO CUADRAN")] if no_cuadran else []
    return ", ".join(dichos)


def _cuantos(cuantos: int, uno: str, varios: str) -> str:
    return f"{cuantos} {uno if cuantos == 1 else varios}"


def _resumen(corrida: Corrida, simular: bool) -> str:
    ya = sum(h.ya_estaba for h in corrida.hechos)
    nuevos = len(corrida.hechos) - ya
    hechos = ("se haría", "se harían") if simular else ("hecho", "hechos")
    partes = [_cuantos(nuevos, *hechos), _cuantos(ya, "que ya estaba", "que ya estaban")]
    partes.append(f"{len(corrida.fallidos)} con problema")
    if malos := len(corrida.problemas):
        partes.append(
            _cuantos(malos, "expediente", "expedientes") + " con algo que no se pudo contar"
        )
    if corrida.sin_empezar:
        partes.append(
            _cuantos(corrida.sin_empezar, "periodo no ha empezado", "periodos no han empezado")
        )
    fin = "Interrumpido: repetir la orden termina lo que falta. " if corrida.interrumpida else ""
    return f"{fin}{', '.join(partes)}."
