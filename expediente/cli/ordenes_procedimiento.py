"""Las órdenes de los procedimientos: listar, ver y revisar."""

from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, tabla, titulo
from expediente.nucleo.campo import Campo, opciones_de
from expediente.nucleo.procedimiento import Paso, Procedimiento, ReglaPlazo
from expediente.operaciones import procedimientos
from expediente.operaciones.ventanilla import Ventanilla

ArgumentoClave = Annotated[str, typer.Argument(metavar="CLAVE", help="El procedimiento.")]


def listar(oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Los procedimientos que la oficina tiene.

    expediente procedimiento listar
    """
    v = ventanilla(oficina)
    todos, problemas = procedimientos.todos(v)
    if json:
        en_json(
            {
                "procedimientos": [
                    {
                        "clave": p.clave,
                        "nombre": p.nombre,
                        "version": p.version,
                        "prefijo": p.prefijo,
                        "manual": p.manual.clave,
                    }
                    for p in todos
                ],
                "problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas],
            }
        )
    else:
        tabla(
            ["Procedimiento", "Nombre", "Versión", "Prefijo", "Manual"],
            [[p.clave, p.nombre, p.version, p.prefijo, p.manual.clave] for p in todos],
        )
        for problema in problemas:
            avisar(problema.mensaje)
    if problemas:
        raise typer.Exit(1)


def ver(clave: ArgumentoClave, oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Un procedimiento como la tabla del manual: paso, responsable y actividad.

    expediente procedimiento ver estrella-blanca
    """
    v = ventanilla(oficina)
    p = procedimientos.uno(v, clave)
    if json:
        en_json(_procedimiento_json(v, p))
        return
    titulo(f"{p.nombre} (versión {p.version})")
    decir(f"{p.manual.nombre}. Clave {p.manual.codigo or p.manual.clave}.")
    decir()
    tabla(
        ["Manual", "Paso", "Responsable", "Actividad", "Termina en"],
        [
            [
                ", ".join(map(str, paso.manual)) or "—",
                paso.clave,
                p.rol[paso.responsable].nombre,
                paso.actividad,
                _salidas(paso),
            ]
            for paso in p.pasos
        ],
    )
    decir()
    tabla(
        ["Campo", "Nombre", "Tipo", "Se pide en"],
        [
            [_escribible(hoja.clave), hoja.nombre, hoja.tipo, _paso_que_captura(p, hoja.clave)]
            for hoja in p.hojas.values()
        ],
    )
    if p.requisitos:
        decir()
        tabla(
            ["Requisito", "Nombre", "Obligatorio"],
            [[r.clave, r.nombre, _si_no(r.obligatorio)] for r in p.requisitos],
        )


def _salidas(paso: Paso) -> str:
    partes = []
    for salida in paso.salidas:
        a_donde = ", ".join(salida.sigue) or (salida.final or "")
        partes.append(f"{salida.clave} → {a_donde}" if salida.clave else a_donde)
    return "; ".join(partes)


def _escribible(clave: str) -> str:
    """La clave como se teclea: el primer elemento de una lista es el 0."""
    return clave.replace("#", "0")


def _paso_que_captura(p: Procedimiento, clave: str) -> str:
    campo = clave.split(".", 1)[0]
    return ", ".join(paso.clave for paso in p.pasos if campo in paso.captura)


def _si_no(dicho: bool) -> str:
    return "sí" if dicho else "no"


def _procedimiento_json(v: Ventanilla, p: Procedimiento) -> dict[str, Any]:
    return {
        "clave": p.clave,
        "nombre": p.nombre,
        "version": p.version,
        "prefijo": p.prefijo,
        "manual": p.manual.clave,
        "campos": [_campo_json(v, hoja) for hoja in p.hojas.values()],
        "requisitos": [{"clave": r.clave, "obligatorio": r.obligatorio} for r in p.requisitos],
        "pasos": [_paso_json(p, paso) for paso in p.pasos],
    }


def _campo_json(v: Ventanilla, campo: Campo) -> dict[str, Any]:
    return {
        "clave": _escribible(campo.clave),
        "nombre": campo.nombre,
        "tipo": campo.tipo,
        "obligatorio": campo.obligatorio,
        "opciones": list(opciones_de(campo, v.catalogos)),
    }


def _paso_json(p: Procedimiento, paso: Paso) -> dict[str, Any]:
    documentos = [d for s in paso.salidas for d in (*s.prepara, *s.emite, *s.anula, *s.entrega)]
    return {
        "clave": paso.clave,
        "manual": list(paso.manual),
        "responsable": paso.responsable,
        "actividad": paso.actividad,
        "captura": list(paso.captura),
        "autoriza": paso.autoriza,
        "resultados": [s.clave for s in paso.salidas if s.clave],
        "documentos": list(dict.fromkeys(documentos)),
        "plazo": next((_plazo_json(x) for x in p.plazos if paso.clave in x.hasta), None),
    }


def _plazo_json(plazo: ReglaPlazo) -> dict[str, Any]:
    return {"clave": plazo.clave, "cantidad": plazo.cantidad, "unidad": plazo.unidad}


def revisar(
    clave: Annotated[
        str | None, typer.Argument(metavar="[CLAVE|FICHERO]", help="Uno; sin decirlo, todos.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Prueba que un procedimiento se puede recorrer: destinos, finales, ciclos, plantillas.

    expediente procedimiento revisar estrella-blanca
    """
    v = ventanilla(oficina)
    claves = [clave] if clave else procedimientos.claves(v)
    problemas = [x for cual in claves for x in procedimientos.problemas_de(v, cual)]
    if json:
        en_json({"problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas]})
    else:
        for problema in problemas:
            decir(problema.mensaje)
        if not problemas:
            decir(f"Sin problemas: {', '.join(claves)}.")
    if problemas:
        raise typer.Exit(1)
