"""La orden que abre expedientes: con opciones, de una hoja o preguntando."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from expediente.almacen.hojas import Hoja, hoja_de_bytes, leer_hoja
from expediente.cli.opciones import (
    OpcionDatos,
    OpcionExtemporaneo,
    OpcionJson,
    OpcionOficina,
    OpcionRequisitos,
    OpcionSimular,
    datos_de,
    hay_quien_conteste,
    ventanilla,
)
from expediente.cli.pantalla import avisar, decir, en_json, progreso, tabla
from expediente.cli.preguntas import preguntar_lo_que_falta
from expediente.cli.relato import como_json, frase
from expediente.nucleo.errores import ErrorUso
from expediente.operaciones.abrir import Solicitud
from expediente.operaciones.abrir import abrir as abrir_uno
from expediente.operaciones.cargar import Carga, cargar_hoja
from expediente.operaciones.resultado import INTERRUMPIDO, Resultado
from expediente.operaciones.ventanilla import Ventanilla

ArgumentoProcedimiento = Annotated[
    str, typer.Argument(metavar="PROCEDIMIENTO", help="Cuál; los hay en procedimiento listar.")
]
OpcionCanal = Annotated[
    str | None, typer.Option("--canal", metavar="CANAL", help="Por dónde llegó.")
]
OpcionRecibido = Annotated[
    str | None, typer.Option("--recibido", metavar="MOMENTO", help="Cuándo, si no es ahora.")
]
OpcionNota = Annotated[
    str | None, typer.Option("--nota", metavar="TEXTO", help="Algo que convenga anotar.")
]
OpcionDesde = Annotated[
    str | None,
    typer.Option("--desde", metavar="FICHERO", help="Una hoja .csv o .yaml; - es stdin."),
]
OpcionPaso = Annotated[
    str | None, typer.Option("--paso", metavar="PASO", help="Por qué entrada, si hay otras.")
]
OpcionResultado = Annotated[
    str | None,
    typer.Option("--resultado", metavar="CLAVE", help="Sigue de una vez hasta ese resultado."),
]
OpcionPor = Annotated[
    str | None, typer.Option("--por", metavar="PERSONA", help="Quién autoriza ese resultado.")
]
OpcionRelacionado = Annotated[
    str | None,
    typer.Option("--relacionado", metavar="FOLIO", help="El expediente del que nace."),
]
OpcionMapa = Annotated[
    Path | None, typer.Option("--mapa", metavar="FICHERO", help="Qué columna es qué campo.")
]


def abrir(
    procedimiento: ArgumentoProcedimiento,
    dato: OpcionDatos = [],  # noqa: B006  # Typer copia la lista
    requisito: OpcionRequisitos = [],  # noqa: B006  # Typer copia la lista
    canal: OpcionCanal = None,
    recibido: OpcionRecibido = None,
    nota: OpcionNota = None,
    desde: OpcionDesde = None,
    paso: OpcionPaso = None,
    resultado: OpcionResultado = None,
    por: OpcionPor = None,
    relacionado: OpcionRelacionado = None,
    mapa: OpcionMapa = None,
    extemporaneo: OpcionExtemporaneo = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Abre un expediente y le da folio.

    Lo que falte lo pedirá el paso que lo use; en una terminal, se pregunta. Con --desde
    abre uno por renglón de una hoja y lista los que no sirven; repetirlo es seguro.

        expediente abrir estrella-blanca --desde hoja.csv --mapa mapa.yaml
    """
    v = ventanilla(oficina)
    if desde is not None:
        dicho = {"-d": dato, "--requisito": requisito, "--recibido": recibido, "--nota": nota}
        _revisar_que_sobra({**dicho, "--paso": paso, "--resultado": resultado, "--por": por})
        _abrir_hoja(v, procedimiento, hoja_pedida(desde), mapa, canal, relacionado, simular, json)
        return
    datos = datos_de(dato)
    if hay_quien_conteste() and not json:
        datos = preguntar_lo_que_falta(v, procedimiento, datos)
    solicitud = Solicitud(
        procedimiento,
        datos,
        canal,
        recibido,
        tuple(requisito),
        nota,
        paso=paso,
        resultado=resultado,
        por=v.oficina.persona(por) if por else None,
        relacionado=relacionado,
        extemporaneo=extemporaneo,
    )
    hecho = abrir_uno(v, solicitud, simular)
    if json:
        en_json({"resultados": [como_json(hecho)]})
    else:
        decir(frase(hecho, "(simulado) abierto" if simular else "abierto"))
        if hecho.aviso:
            avisar(hecho.aviso)


def _revisar_que_sobra(de_uno_solo: Mapping[str, object]) -> None:
    """Lanza ErrorUso si con --desde se dijo algo que en la hoja va en cada renglón."""
    if dichas := [opcion for opcion, dicho in de_uno_solo.items() if dicho]:
        raise ErrorUso(f"Con --desde los datos vienen en la hoja; quite {', '.join(dichas)}.")


def hoja_pedida(desde: str) -> Hoja:
    """La hoja de ese fichero; «-» la lee de stdin."""
    if desde != "-":
        return leer_hoja(Path(desde))
    crudo = sys.stdin.buffer.read()
    renglones = crudo.removeprefix(b"\xef\xbb\xbf").splitlines()
    primera = next((r for r in renglones if r.strip() and not r.startswith((b"#", b"---"))), b"")
    es_yaml = b":" in primera and b"," not in primera and b";" not in primera
    return hoja_de_bytes(crudo, ".yaml" if es_yaml else ".csv", "stdin")


def _abrir_hoja(
    v: Ventanilla,
    procedimiento: str,
    hoja: Hoja,
    mapa: Path | None,
    canal: str | None,
    relacionado: str | None,
    simular: bool,
    json: bool,
) -> None:
    with progreso("Abriendo", len(hoja.renglones)) as adelantar:
        carga = cargar_hoja(v, procedimiento, hoja, mapa, canal, simular, adelantar, relacionado)
    if json:
        en_json(_carga_json(carga))
    else:
        _contar_carga(carga, simular)
    if carga.faltan:
        avisar(f"Interrumpido: renglones sin abrir, {carga.faltan}. {COMO_SEGUIR}")
        raise typer.Exit(INTERRUMPIDO)
    if carga.rechazados:
        raise typer.Exit(1)


COMO_SEGUIR = (
    "Repetir la misma orden es seguro: los ya abiertos no se repiten. Si uno quedó a medias, lo "
    "termina: expediente revisar --reparar"
)


def _carga_json(carga: Carga) -> dict[str, object]:
    por_renglon = [
        *((n, False, como_json(r)) for n, r in carga.abiertos),
        *((n, True, como_json(r)) for n, r in carga.ya_estaban),
        *(
            (r.renglon, False, {**como_json(Resultado("", False, r.motivo)), "folio": None})
            for r in carga.rechazados
        ),
    ]
    corte = {"interrumpido": {"faltan": carga.faltan, "remedio": COMO_SEGUIR}}
    return {
        "resultados": [{**dicho, "renglon": n, "ya_estaba": ya} for n, ya, dicho in por_renglon],
        **(corte if carga.faltan else {}),
    }


CUANTOS_SE_NOMBRAN = 5


def _dicho_de_los_que_estaban(casos: list[Resultado]) -> str:
    """Cuáles son los primeros, con los que ya terminaron delante y cómo quedaron."""
    terminados = [f"{r.folio} ({r.situacion_legible})" for r in casos if _termino(r)]
    nombres = [*terminados, *(r.folio for r in casos if not _termino(r))]
    cuales = ", ".join(nombres[:CUANTOS_SE_NOMBRAN])
    if len(casos) == 1:
        return f"Ya estaba: {cuales}; no se repite."
    mas = len(casos) - CUANTOS_SE_NOMBRAN
    return f"Ya estaban {len(casos)}: {cuales}{f' y {mas} más' if mas > 0 else ''}; no se repiten."


def _termino(caso: Resultado) -> bool:
    return caso.situacion is not None and not caso.pasos


def _contar_carga(carga: Carga, simular: bool) -> None:
    if carga.abiertos:
        folios = [r.folio for _, r in carga.abiertos]
        cuales = folios[0] if len(folios) == 1 else f"{folios[0]} a {folios[-1]}"
        decir(f"Se abrirían {len(folios)}." if simular else f"Abiertos {len(folios)}: {cuales}.")
    if carga.ya_estaban:
        decir(_dicho_de_los_que_estaban([r for _, r in carga.ya_estaban]))
    if carga.rechazados:
        decir(f"Rechazados {len(carga.rechazados)}:")
        tabla(["Renglón", "Motivo"], [[str(r.renglon), r.motivo] for r in carga.rechazados])
        avisar(
            "Corrija en la hoja sólo esos renglones y repita la orden: los ya abiertos no se "
            "repiten mientras no los cambie."
        )
