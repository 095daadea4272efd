"""Las órdenes del corte del día: hacerlo, deshacerlo, conciliarlo y listarlos."""

from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, OpcionSimular, ventanilla
from expediente.cli.ordenes_abrir import hoja_pedida
from expediente.cli.pantalla import avisar, decir, en_json, progreso, tabla, titulo
from expediente.cli.relato import como_json, salir_segun
from expediente.nucleo.conciliacion import (
    COINCIDE,
    DIFIERE,
    FALTA_ALLA,
    NOMBRES_DEL_CRUCE,
    SOBRA,
    cuantos,
)
from expediente.nucleo.lote import DADO, PENDIENTE, YA_ESTABA, Lote
from expediente.operaciones.cortes import ADHERIDO, RECHAZADO, CorteHecho, Linea, hacer_corte
from expediente.operaciones.cortes_hechos import (
    Conciliacion,
    conciliar_lote,
    cortes_que_hay,
    deshacer_lote,
    lotes_hechos,
)

ArgumentoCorte = Annotated[str, typer.Argument(metavar="CLAVE", help="Cuál: atendidos.")]
ArgumentoLote = Annotated[str, typer.Argument(metavar="LOTE", help="El lote: 2026-11-22-01.")]
# (cómo se cuentan, cómo se dice de un renglón), por lo que resultó.
DICHOS = {
    DADO: ("dados", "dado"),
    PENDIENTE: ("sin terminar", "no se terminó"),
    YA_ESTABA: ("ya estaban", "ya estaba"),
    ADHERIDO: ("adheridos a otro de la lista", "va con otro renglón"),
    RECHAZADO: ("con problema", "NO"),
}

# La lista de cada cruce en el JSON.
LISTAS = {COINCIDE: "coinciden", FALTA_ALLA: "faltan_alla", SOBRA: "sobran", DIFIERE: "difieren"}


def hacer(
    clave: ArgumentoCorte,
    lista: Annotated[
        str, typer.Argument(metavar="FICHERO", help="La lista, en CSV o YAML; - la lee de stdin.")
    ],
    dia: Annotated[
        str | None, typer.Option("--dia", metavar="FECHA", help="De qué día es; si no, de hoy.")
    ] = None,
    ocurrio: Annotated[
        str | None,
        typer.Option("--ocurrio-columna", metavar="COLUMNA", help="La columna con la hora."),
    ] = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Da de baja, en bloque, los de la lista del día, y escribe su relación.

    Primero ensaya la lista entera. El renglón malo no detiene a los demás y repetir la
    lista no hace nada dos veces.

        expediente corte hacer atendidos lista-de-hoy.csv --simular
    """
    v = ventanilla(oficina)
    hoja = hoja_pedida(lista)
    with progreso("Corte", len(hoja.renglones)) as adelantar:
        hecho = hacer_corte(v, clave, hoja, dia, ocurrio, simular, adelantar)
    if json:
        en_json(_corte_json(hecho, simular))
    else:
        _contar(hecho, simular)
        avisar(_resumen(hecho, simular))
    if hecho.problemas or not all(linea.resultado.ok for linea in hecho.lineas):
        raise typer.Exit(1)


def _corte_json(hecho: CorteHecho, simular: bool) -> dict[str, Any]:
    return {
        "corte": hecho.corte.clave,
        "dia": hecho.dia.isoformat(),
        "simulado": simular,
        "lote": hecho.lote.lote if hecho.lote else None,
        "resultados": [_linea_json(linea) for linea in hecho.lineas],
        "ficheros": [str(fichero) for fichero in hecho.ficheros],
        "problemas": list(hecho.problemas),
        "sin_usar": list(hecho.sin_usar),
    }


def _linea_json(linea: Linea) -> dict[str, Any]:
    return {
        **como_json(linea.resultado),
        "folio": linea.resultado.folio or None,
        "renglon": linea.renglon,
        "numero": linea.numero,
        "que": linea.que,
        "adheridos": list(linea.adheridos),
    }


def _contar(hecho: CorteHecho, simular: bool) -> None:
    titulo(f"{hecho.corte.nombre}, {hecho.dia:%d/%m/%Y}{' (simulado)' if simular else ''}")
    bien = [x for x in hecho.lineas if x.resultado.ok]
    mal = [x for x in hecho.lineas if not x.resultado.ok]
    if bien:
        tabla(
            ["Renglón", "Número", "Folio", "Qué resultó", "Adheridos"],
            [
                [str(x.renglon), x.numero, x.resultado.folio, DICHOS[x.que][1], _adheridos(x)]
                for x in bien
            ],
        )
    if mal:
        decir()
        filas = [[str(x.renglon), x.numero, x.resultado.error or ""] for x in mal]
        tabla(["Renglón", "Número", "Por qué no"], filas)
    for fichero in hecho.ficheros:
        decir(f"Quedó en {fichero}")
    for problema in hecho.problemas:
        avisar(problema)
    if hecho.sin_usar:
        avisar(f"Columnas de la lista que no se usan: {', '.join(hecho.sin_usar)}.")


def _adheridos(linea: Linea) -> str:
    return str(len(linea.adheridos)) if linea.adheridos else ""


def _resumen(hecho: CorteHecho, simular: bool) -> str:
    cuenta = {que: sum(x.que == que for x in hecho.lineas) for que in DICHOS}
    dichos = [f"{n} {DICHOS[que][0]}" for que, n in cuenta.items() if n or que == DADO]
    adheridos = sum(len(x.adheridos) for x in hecho.lineas if x.que == DADO)
    cola = f" Reportes adheridos que se atienden con ellos: {adheridos}." if adheridos else ""
    sin_lote = "Simulado" if simular else "Nada nuevo que relacionar"
    nombre = f"Lote {hecho.lote.lote}" if hecho.lote else sin_lote
    return f"{nombre}: {', '.join(dichos)}.{cola}"


def deshacer(
    clave: ArgumentoCorte,
    lote: ArgumentoLote,
    motivo: Annotated[str, typer.Option("--motivo", metavar="TEXTO", help="Por qué.")],
    los_que_se_pueda: Annotated[
        bool, typer.Option("--los-que-se-pueda", help="Aunque alguno ya haya seguido adelante.")
    ] = False,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Deshace un corte entero: cada caso vuelve a donde estaba.

    Si alguno ya siguió adelante no deshace ninguno, y dice cuál.

        expediente corte deshacer atendidos 2026-11-22-01 --motivo "Era la lista de ayer."
    """
    resultados = deshacer_lote(ventanilla(oficina), clave, lote, motivo, los_que_se_pueda, simular)
    if json:
        en_json({"resultados": [como_json(r) for r in resultados]})
    else:
        hecho = "se desharía" if simular else "deshecho"
        filas = [
            [r.folio, hecho if r.ok else "NO", ", ".join(r.pasos), r.error or r.aviso or ""]
            for r in resultados
        ]
        tabla(["Folio", "Qué resultó", "Queda en", ""], filas)
    salir_segun(resultados)


def conciliar(
    clave: ArgumentoCorte,
    lote: ArgumentoLote,
    respuesta: Annotated[
        str, typer.Argument(metavar="FICHERO", help="Lo que contestaron; - lo lee de stdin.")
    ],
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Cruza un corte con lo que contestó quien lo recibió, número por número.

    No cambia ningún caso: dice qué coincide, qué falta allá, qué sobra y qué difiere.

        expediente corte conciliar atendidos 2026-11-22-01 respuesta-del-centro.csv
    """
    hecha = conciliar_lote(ventanilla(oficina), clave, lote, hoja_pedida(respuesta), simular)
    if json:
        en_json(_conciliacion_json(hecha))
    else:
        _contar_cruces(hecha)
    if any(cruce.que != COINCIDE for cruce in hecha.cruces):
        raise typer.Exit(1)


def _conciliacion_json(hecha: Conciliacion) -> dict[str, Any]:
    return {
        "corte": hecha.corte.clave,
        "lote": hecha.lote.lote,
        "totales": cuantos(hecha.cruces),
        **{llave: _cruces_json(hecha, que) for que, llave in LISTAS.items()},
        "ficheros": [str(hecha.fichero)] if hecha.fichero else [],
    }


def _cruces_json(hecha: Conciliacion, que: str) -> list[dict[str, Any]]:
    return [
        {
            "numero": cruce.numero,
            "folio": cruce.folio or None,
            "nuestro": cruce.nuestro or None,
            "suyo": cruce.suyo or None,
            "remedio": hecha.remedios.get(cruce.numero),
        }
        for cruce in hecha.cruces
        if cruce.que == que
    ]


def _contar_cruces(hecha: Conciliacion) -> None:
    filas = [
        [c.numero, c.folio, NOMBRES_DEL_CRUCE[c.que], c.nuestro, c.suyo]
        for c in hecha.cruces
        if c.que != COINCIDE
    ]
    if filas:
        tabla(["Número", "Folio", "Qué resultó", "Aquí", hecha.quien], filas)
        decir()
    for orden in dict.fromkeys(hecha.remedios.values()):
        decir(f"Si así fue: {orden}")
    if hecha.fichero:
        decir(f"Quedó en {hecha.fichero}")
    totales = [f"{NOMBRES_DEL_CRUCE[k].lower()}: {n}" for k, n in cuantos(hecha.cruces).items()]
    avisar(f"Lote {hecha.lote.lote}: {', '.join(totales)}.")


def listar(
    clave: Annotated[
        str | None, typer.Argument(metavar="[CLAVE]", help="De cuál; si no, de todos.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Lista los cortes que se han hecho, con su lote.

    expediente corte listar
    """
    v = ventanilla(oficina)
    hechos = lotes_hechos(v, clave)
    if json:
        definidos = [{"clave": c.clave, "nombre": c.nombre} for c in cortes_que_hay(v)]
        en_json({"cortes": [_lote_json(*h) for h in hechos], "definidos": definidos})
        return
    if not hechos:
        claves = ", ".join(corte.clave for corte in cortes_que_hay(v))
        decir(f"Todavía no se hace ningún corte. Se pueden hacer: {claves or 'ninguno'}.")
        return
    tabla(
        ["Lote", "Corte", "Relacionados", "Adheridos", "Lo hizo", ""],
        [
            [x.lote, x.corte, str(len(x.en_la_relacion)), str(x.adheridos), x.hizo, _como_va(x)]
            for x, _ in hechos
        ],
    )


def _como_va(lote: Lote) -> str:
    if lote.deshecho is None:
        return ""
    return f"deshecho, menos {len(lote.deshecho.quedan)}" if lote.deshecho.quedan else "deshecho"


def _lote_json(lote: Lote, carpeta: Path) -> dict[str, Any]:
    return {
        "corte": lote.corte,
        "lote": lote.lote,
        "dia": lote.dia,
        "hecho": lote.hecho,
        "hizo": lote.hizo,
        "relacionados": len(lote.en_la_relacion),
        "adheridos": lote.adheridos,
        "deshecho": lote.deshecho is not None,
        "carpeta": str(carpeta),
    }
