"""Cómo se cuenta lo que hizo una orden: un renglón por expediente, o su JSON."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import typer

from expediente.cli.pantalla import avisar, decir, en_json, progreso, tabla
from expediente.nucleo.errores import NoPermitido
from expediente.nucleo.faltas import Falta
from expediente.operaciones.impresion_en_lote import Impresion, Pedido, imprimir_lote
from expediente.operaciones.resultado import INTERRUMPIDO, Resultado, en_lote

# Más ficheros, o expedientes con el mismo problema, no se leen: se dice cuántos son.
CABEN = 12
CABEN_IGUALES = 3
SIN_PAPEL = Pedido()


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
    dicho = "ya estaba, no se cambió" if resultado.ya_estaba else hecho
    partes = [f"{resultado.folio}: {dicho}; {sigue}."]
    if resultado.documentos:
        varios = "s" if len(resultado.documentos) > 1 else ""
        partes.append(f"{producto}{varios}: {', '.join(resultado.documentos)}")
    return " ".join(partes)


def lote(
    folios: Sequence[str],
    hacer: Callable[[str], Resultado],
    hecho: str,
    json: bool,
    simular: bool = False,
    producto: str = "Documento",
    pedido: Pedido = SIN_PAPEL,
    se_repite: bool = False,
) -> None:
    """Hace una orden en uno o muchos expedientes y la cuenta.

    Con uno solo, su error es el de la orden. Con muchos, el que falla no detiene a los
    demás: al final van los fallidos en una tabla y el código es 1. `pedido` es lo que se
    quiere en papel de lo hecho; `se_repite` dice que darla otra vez a los ya hechos no les
    hace nada: con Ctrl-C se dice eso, o cómo seguir sin repetirlos.
    """
    if len(folios) == 1 and not json:
        unico = hacer(folios[0])
        decir(frase(unico, f"(simulado) {hecho}" if simular else hecho, producto))
        if unico.aviso:
            avisar(unico.aviso)
        impreso = _imprimir([unico], pedido)
        _contar_impresion(impreso, pedido)
        _salir_con(impreso)
        return
    with progreso(hecho.capitalize(), len(folios)) as adelantar:
        resultados = en_lote(folios, hacer, adelantar)
    if not json:
        _contar(resultados, f"(simulado) {hecho}" if simular else hecho, producto)
    if resultados and resultados[-1].codigo == INTERRUMPIDO:
        _interrumpir(folios, resultados, pedido, json, se_repite)
    impreso = _imprimir(resultados, pedido)
    if json:
        papel = {"impresion": _impresion_json(impreso)} if impreso.documentos else {}
        en_json({"resultados": [como_json(r) for r in resultados], **papel})
    else:
        _contar_impresion(impreso, pedido)
        if pedido.emite and any(r.codigo == NoPermitido.codigo_salida for r in resultados):
            avisar(f"Lo que ya estaba emitido no va aquí; {_COMO_SE_IMPRIME}")
    salir_segun(resultados)
    _salir_con(impreso)


def _interrumpir(
    folios: Sequence[str],
    resultados: Sequence[Resultado],
    pedido: Pedido,
    json: bool,
    se_repite: bool,
) -> None:
    """Dice qué falta tras Ctrl-C y cómo seguir sin dar dos veces lo ya dado; sale con 130."""
    faltan = folios[len(resultados) :]
    remedio = _como_seguir(resultados, faltan, se_repite)
    if pedido.emite and any(r.ficheros for r in resultados):
        remedio = f"{remedio} De lo ya emitido no se hizo el papel: {_COMO_SE_IMPRIME}"
    if json:
        dicho = {"faltan": list(faltan), "remedio": remedio}
        en_json({"resultados": [como_json(r) for r in resultados], "interrumpido": dicho})
    else:
        por_dar = f"faltan {len(faltan)}" if len(faltan) != 1 else "falta 1"
        avisar(f"Interrumpido: {por_dar}. {remedio}")
    raise typer.Exit(INTERRUMPIDO)


def _como_seguir(resultados: Sequence[Resultado], faltan: Sequence[str], se_repite: bool) -> str:
    if se_repite:
        return "Repetir la misma orden es seguro: lo ya hecho no se hace dos veces."
    pasos = {r.paso for r in resultados if r.ok}
    vuelven = any(r.paso in r.pasos for r in resultados)
    if len(pasos) == 1 and not vuelven and (paso := pasos.pop()):
        return f"Repita la misma orden con --paso {paso}: así los ya hechos se rehúsan."
    if not faltan:
        return "No repita la orden con los ya hechos."
    return f"No repita la orden con los ya hechos: désela sólo a los que faltan, desde {faltan[0]}."


_COMO_SE_IMPRIME = "se imprime con: expediente oficio imprimir FOLIO… --juntar FICHERO (o --pdf)"


def _imprimir(resultados: Sequence[Resultado], pedido: Pedido) -> Impresion:
    try:
        return imprimir_lote(resultados, pedido)
    except KeyboardInterrupt:
        porque = f"interrumpido; lo emitido está a salvo y {_COMO_SE_IMPRIME}"
        documentos = sum(len(r.ficheros) for r in resultados)
        return Impresion((), documentos, (("Papel", porque),), INTERRUMPIDO)


def _salir_con(impreso: Impresion) -> None:
    if impreso.codigo:
        raise typer.Exit(impreso.codigo)


def _contar_impresion(impreso: Impresion, pedido: Pedido) -> None:
    if impreso.codigo and pedido.emite:
        avisar("Lo pedido sí quedó asentado, con sus documentos de Word; falló sólo el papel:")
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
        _contar_fallidos(fallidos)
    ya_estaban = sum(r.ya_estaba for r in resultados)
    hechos = len(resultados) - len(fallidos) - ya_estaban
    ya = f" {ya_estaban} que ya {'estaba' if ya_estaban == 1 else 'estaban'}," if ya_estaban else ""
    avisar(f"{hechos} {'hecho' if hechos == 1 else 'hechos'},{ya} {len(fallidos)} con problema.")


def _contar_fallidos(fallidos: Sequence[Resultado]) -> None:
    """En una tabla; los muchos que fallan por lo mismo, en un renglón."""
    por_error: dict[str, list[str]] = defaultdict(list)
    for fallido in fallidos:
        por_error[fallido.error or ""].append(fallido.folio)
    filas, muchos = [], []
    for error, folios in por_error.items():
        if len(folios) <= CABEN_IGUALES:
            filas += [[folio, error] for folio in folios]
        else:
            muchos.append(
                f"{len(folios)} con el mismo problema, desde {folios[0]} (todos, con --json): "
                f"{error}"
            )
    if filas:
        tabla(["Folio", "Por qué no"], filas)
    for dicho in muchos:
        decir(dicho)


def salir_segun(resultados: Sequence[Resultado]) -> None:
    """Sale con 1 si algo del lote falló; con el código propio si era uno solo o fue Ctrl-C."""
    if resultados and resultados[-1].codigo == INTERRUMPIDO:
        raise typer.Exit(INTERRUMPIDO)
    malos = [r for r in resultados if not r.ok]
    if malos:
        raise typer.Exit(malos[0].codigo if len(resultados) == 1 else 1)
