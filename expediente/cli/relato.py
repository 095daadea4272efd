"""Cómo se cuenta lo que hizo una orden: un renglón por expediente, o su JSON."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import typer

from expediente.cli.pantalla import avisar, decir, en_json, progreso, tabla
from expediente.nucleo.faltas import Falta
from expediente.operaciones.resultado import Resultado, en_lote


def como_json(resultado: Resultado) -> dict[str, Any]:
    """El resultado con las llaves del contrato."""
    llaves = ("folio", "ok", "error", "pasos", "situacion", "documentos", "aviso")
    dicho = asdict(resultado)
    falta = [falta_como_json(f, resultado.folio) for f in resultado.falta]
    return {**{llave: dicho[llave] for llave in llaves}, "falta": falta}


def falta_como_json(falta: Falta, folio: str) -> dict[str, Any]:
    """Algo que falta, con la orden que lo daría para ese expediente."""
    return {
        "clase": falta.clase,
        "clave": falta.clave,
        "tipo": falta.tipo,
        "opciones": list(falta.opciones),
        "orden": orden_que_lo_da(falta, folio),
    }


def orden_que_lo_da(falta: Falta, folio: str) -> list[str]:
    """Los argumentos que darían lo que falta; «…» está donde va el dato."""
    return [folio if parte == "FOLIO" else parte for parte in falta.orden]


def frase(resultado: Resultado, hecho: str, producto: str = "Documento") -> str:
    """Una línea que dice qué pasó, qué sigue y qué produjo."""
    sigue = f"sigue «{'», «'.join(resultado.pasos)}»" if resultado.pasos else "terminó"
    if not resultado.pasos and resultado.situacion:
        sigue = f"queda {resultado.situacion_legible}"
    partes = [f"{resultado.folio}: {hecho}; {sigue}."]
    if resultado.documentos:
        partes.append(f"{producto}: {', '.join(resultado.documentos)}")
    return " ".join(partes)


def lote(
    folios: Sequence[str],
    hacer: Callable[[str], Resultado],
    hecho: str,
    json: bool,
    simular: bool = False,
    producto: str = "Documento",
) -> None:
    """Hace una orden en uno o muchos expedientes y la cuenta.

    Con uno solo, su error es el de la orden. Con muchos, el que falla no detiene a los
    demás: al final van los fallidos en una tabla y el código es 1.
    """
    if len(folios) == 1 and not json:
        unico = hacer(folios[0])
        decir(frase(unico, f"(simulado) {hecho}" if simular else hecho, producto))
        if unico.aviso:
            avisar(unico.aviso)
        return
    with progreso(hecho.capitalize(), len(folios)) as adelantar:
        resultados = en_lote(folios, hacer, adelantar)
    if json:
        en_json({"resultados": [como_json(r) for r in resultados]})
    else:
        _contar(resultados, f"(simulado) {hecho}" if simular else hecho, producto)
    salir_segun(resultados)


def _contar(resultados: Sequence[Resultado], hecho: str, producto: str) -> None:
    for resultado in resultados:
        if resultado.ok:
            decir(frase(resultado, hecho, producto))
    fallidos = [r for r in resultados if not r.ok]
    if fallidos:
        decir()
        tabla(["Folio", "Por qué no"], [[r.folio, r.error or ""] for r in fallidos])
    avisar(f"{len(resultados) - len(fallidos)} hechos, {len(fallidos)} con problema.")


def salir_segun(resultados: Sequence[Resultado]) -> None:
    """Sale con 1 si algo del lote falló; con el código propio si era uno solo."""
    malos = [r for r in resultados if not r.ok]
    if malos:
        raise typer.Exit(malos[0].codigo if len(resultados) == 1 else 1)
