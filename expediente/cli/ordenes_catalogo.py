"""Las órdenes de los catálogos: listar, ver y revisar."""

from typing import Annotated

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, tabla, titulo
from expediente.operaciones import catalogos

_CABEN = 4


def listar(oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Los catálogos de la oficina: cuántas opciones tienen y qué procedimientos los piden.

    expediente catalogo listar
    """
    fichas, problemas = catalogos.listar(ventanilla(oficina))
    if json:
        en_json(
            {
                "catalogos": [
                    {
                        "clave": f.clave,
                        "nombre": f.nombre,
                        "opciones": len(f.opciones),
                        "procedimientos": list(f.procedimientos),
                    }
                    for f in fichas
                ],
                "problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas],
            }
        )
    else:
        tabla(
            ["Catálogo", "Nombre", "Opciones", "Lo piden"],
            [[f.clave, f.nombre, str(len(f.opciones)), _quienes(f.procedimientos)] for f in fichas],
        )
        for problema in problemas:
            avisar(problema.mensaje)
    if problemas:
        raise typer.Exit(1)


def ver(
    clave: Annotated[str, typer.Argument(metavar="CLAVE", help="El catálogo.")],
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Las opciones de un catálogo, con sus alias y lo demás que dicen.

    expediente catalogo ver colonias
    """
    ficha = catalogos.uno(ventanilla(oficina), clave)
    if json:
        opciones = [
            {"clave": o.clave, "nombre": o.nombre, "alias": list(o.alias), **o.atributos}
            for o in ficha.opciones
        ]
        en_json(
            {
                "clave": ficha.clave,
                "nombre": ficha.nombre,
                "procedimientos": list(ficha.procedimientos),
                "opciones": opciones,
            }
        )
        return
    titulo(f"{ficha.nombre} ({ficha.clave})")
    decir(f"Lo piden: {_quienes(ficha.procedimientos)}.")
    decir()
    atributos = list(dict.fromkeys(llave for o in ficha.opciones for llave in o.atributos))
    con_alias = any(o.alias for o in ficha.opciones)
    tabla(
        ["Clave", "Nombre", *(["También"] if con_alias else []), *atributos],
        [
            [
                o.clave,
                o.nombre,
                *([", ".join(o.alias)] if con_alias else []),
                *(o.atributos.get(llave, "") for llave in atributos),
            ]
            for o in ficha.opciones
        ],
    )


def _quienes(procedimientos: tuple[str, ...]) -> str:
    """Los primeros y cuántos más: los canales los piden todos."""
    if len(procedimientos) > _CABEN:
        return f"{', '.join(procedimientos[:_CABEN])} y {len(procedimientos) - _CABEN} más"
    return ", ".join(procedimientos) or "nadie"


def revisar(
    clave: Annotated[
        str | None, typer.Argument(metavar="[CLAVE]", help="Uno; sin decirlo, todos.")
    ] = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Busca claves o nombres repetidos, alias dudosos, referencias rotas y datos que faltan.

    expediente catalogo revisar dependencias
    """
    problemas = catalogos.problemas_de(ventanilla(oficina), clave)
    if json:
        en_json({"problemas": [{"folio": x.folio, "mensaje": x.mensaje} for x in problemas]})
    elif problemas:
        tabla(["Dónde", "Qué"], [[x.folio, x.mensaje] for x in problemas])
    else:
        decir("Todo en orden.")
    if problemas:
        raise typer.Exit(1)
