"""Las órdenes que listan: listar y pendientes."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import SEMAFORO, avisar, decir, en_json, tabla
from expediente.operaciones import listas
from expediente.operaciones.listas import Filtro, Listado, Renglon
from expediente.operaciones.ventanilla import Ventanilla

OpcionProcedimiento = Annotated[
    str | None, typer.Option("--procedimiento", metavar="CLAVE", help="Sólo los de éste.")
]
OpcionRol = Annotated[
    str | None, typer.Option("--rol", metavar="ROL", help="Sólo lo que le toca a este rol.")
]
OpcionVencidos = Annotated[bool, typer.Option("--vencidos", help="Sólo los vencidos.")]
OpcionSoloFolios = Annotated[
    bool, typer.Option("--solo-folios", help="Un folio por renglón, para otra orden.")
]


def listar(
    procedimiento: OpcionProcedimiento = None,
    situacion: Annotated[
        str | None, typer.Option("--situacion", metavar="CLAVE", help="en_tramite, concluido…")
    ] = None,
    paso: Annotated[
        str | None, typer.Option("--paso", metavar="PASO", help="Sólo los que están en él.")
    ] = None,
    rol: OpcionRol = None,
    canal: Annotated[
        str | None, typer.Option("--canal", metavar="CANAL", help="Por dónde llegaron.")
    ] = None,
    desde: Annotated[
        str | None, typer.Option("--desde", metavar="FECHA", help="Recibidos desde ese día.")
    ] = None,
    hasta: Annotated[
        str | None, typer.Option("--hasta", metavar="FECHA", help="Recibidos hasta ese día.")
    ] = None,
    vencidos: OpcionVencidos = False,
    solo_folios: OpcionSoloFolios = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Lista expedientes, sin nombres ni CURP.

    expediente listar --paso autorizar --solo-folios
    """
    v = ventanilla(oficina)
    filtro = Filtro(
        procedimiento, situacion, paso, rol, canal, _dia(v, desde), _dia(v, hasta), vencidos
    )
    listado = listas.listar(v, filtro)
    _ensenar_listado(v, listado, list(listado.renglones), solo_folios, json)


def _dia(v: Ventanilla, escrito: str | None) -> str | None:
    return v.momento(escrito).date().isoformat() if escrito else None


def pendientes(
    rol: OpcionRol = None,
    procedimiento: OpcionProcedimiento = None,
    vencidos: OpcionVencidos = False,
    sin_respuesta: Annotated[
        bool,
        typer.Option("--sin-respuesta", help="Los de un oficio vencido que puede reiterarse."),
    ] = False,
    solo_folios: OpcionSoloFolios = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Lo que toca hacer, lo que vence antes primero.

    expediente pendientes --rol auxiliar
    """
    v = ventanilla(oficina)
    filtro = Filtro(procedimiento, rol=rol, vencidos=vencidos, abiertos=True)
    listado = listas.listar(v, filtro)
    renglones = listas.por_urgencia(listado.renglones)
    if sin_respuesta:
        # Saber si un oficio puede reiterarse pesa: sólo si se pide.
        from expediente.operaciones.recordatorios import sin_respuesta as los_que_callan

        renglones = list(los_que_callan(v, renglones))
    _ensenar_listado(v, listado, renglones, solo_folios, json)


def _ensenar_listado(
    v: Ventanilla, listado: Listado, renglones: list[Renglon], solo_folios: bool, json: bool
) -> None:
    if not solo_folios or json:
        _presentar(v, listado, renglones, json)
        return
    for renglon in renglones:
        decir(renglon.folio)
    avisar_ilegibles(listado.problemas)


def _presentar(v: Ventanilla, listado: Listado, renglones: list[Renglon], json: bool) -> None:
    if json:
        en_json(
            {
                "casos": [renglon_json(v, r) for r in renglones],
                "problemas": [{"folio": f, "mensaje": m} for f, m in listado.problemas],
            }
        )
    elif not renglones and not listado.problemas:
        avisar("No hay expedientes así.")
    else:
        tabla(
            ["Folio", "Procedimiento", "Situación", "Paso", "Le toca a", "Vence", "Plazo"],
            _filas(v, renglones),
        )
    avisar_ilegibles(listado.problemas)


def avisar_ilegibles(problemas: Sequence[tuple[str, str]]) -> None:
    """Dice qué expedientes no se pudieron leer; si los hay, la orden termina con 1."""
    for folio, mensaje in problemas:
        avisar(f"{folio}: no se pudo leer. {mensaje}")
    if problemas:
        raise typer.Exit(1)


def _filas(v: Ventanilla, renglones: list[Renglon]) -> list[list[str]]:
    nombres = listas.nombres_de_situaciones(v, renglones)
    return [_fila(v, r, nombres[r.situacion]) for r in renglones]


def _fila(v: Ventanilla, r: Renglon, situacion: str) -> list[str]:
    vence = f"{r.vence:%d/%m/%Y %H:%M}" if r.vence else ""
    marca = " (editado a mano)" if r.editado else ""
    return [
        r.folio + marca,
        r.texto("procedimiento"),
        situacion,
        ", ".join(r.lista("pasos")),
        ", ".join(dict.fromkeys(r.responsables(v.ahora))),
        vence,
        _semaforo(v, r),
    ]


def _semaforo(v: Ventanilla, r: Renglon) -> str:
    if r.texto("suspendido") and r.vence is None:
        return "suspendido"
    return SEMAFORO[r.semaforo(v.ahora)] if r.lista("pasos") else ""


def renglon_json(v: Ventanilla, r: Renglon) -> dict[str, Any]:
    """El caso de un renglón como lo cuentan las listas en JSON."""
    return {
        "folio": r.folio,
        "procedimiento": r.texto("procedimiento"),
        "version": r.texto("version"),
        "situacion": r.texto("situacion"),
        "pasos": r.lista("pasos"),
        "responsables": r.responsables(v.ahora),
        "canal": r.texto("canal"),
        "abierto": r.texto("abierto"),
        "vence": r.texto("vence") or None,
        "concluido": r.texto("concluido") or None,
        "semaforo": r.semaforo(v.ahora),
        "revision": int(r.texto("revision")),
        "carpeta": str(r.carpeta),
        "editado": r.editado,
    }
