"""Cómo se cuenta lo que hizo una orden: un renglón por expediente, o su JSON."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import typer

from expediente.cli.pantalla import avisar, decir, en_json, progreso, tabla
from expediente.nucleo.faltas import Falta
from expediente.operaciones.impresion_en_lote import Impresion
from expediente.operaciones.resultado import Resultado, en_lote

# Más ficheros que éstos no se leen: se dice cuántos son.
CABEN = 12


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
    imprimir: Callable[[Sequence[Resultado]], Impresion] = lambda _: Impresion(),
) -> None:
    """Hace una orden en uno o muchos expedientes y la cuenta.

    Con uno solo, su error es el de la orden. Con muchos, el que falla no detiene a los
    demás: al final van los fallidos en una tabla y el código es 1. `imprimir` recibe lo
    hecho y da lo que salió en papel.
    """
    if len(folios) == 1 and not json:
        unico = hacer(folios[0])
        decir(frase(unico, f"(simulado) {hecho}" if simular else hecho, producto))
        if unico.aviso:
            avisar(unico.aviso)
        _contar_impresion(impreso := imprimir([unico]))
        if impreso.codigo:
            raise typer.Exit(impreso.codigo)
        return
    with progreso(hecho.capitalize(), len(folios)) as adelantar:
        resultados = en_lote(folios, hacer, adelantar)
    if not json:
        _contar(resultados, f"(simulado) {hecho}" if simular else hecho, producto)
    impreso = imprimir(resultados)
    if json:
        papel = {"impresion": _impresion_json(impreso)} if impreso.documentos else {}
        en_json({"resultados": [como_json(r) for r in resultados], **papel})
    else:
        _contar_impresion(impreso)
    salir_segun(resultados)
    if impreso.codigo:
        raise typer.Exit(impreso.codigo)


def _contar_impresion(impreso: Impresion) -> None:
    if len(impreso.ficheros) > CABEN:
        decir(f"Para imprimir: {len(impreso.ficheros)} ficheros; el último, {impreso.ficheros[-1]}")
    else:
        for fichero in impreso.ficheros:
            decir(f"Para imprimir: {fichero}")
    for cual, porque in impreso.problemas:
        avisar(f"{cual}: {porque}")


def _impresion_json(impreso: Impresion) -> dict[str, Any]:
    return {
        "ficheros": [str(fichero) for fichero in impreso.ficheros],
        "documentos": impreso.documentos,
        "problemas": [{"documento": d, "problema": p} for d, p in impreso.problemas],
    }


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
