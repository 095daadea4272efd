"""La orden de buscar."""

from typing import Annotated

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.ordenes_lista import OpcionProcedimiento, avisar_ilegibles, renglon_json
from expediente.cli.pantalla import avisar, en_json, enmascarar, tabla
from expediente.nucleo.busqueda import Hallazgo, lo_tecleado
from expediente.operaciones import buscar as busqueda
from expediente.operaciones.listas import nombres_de_situaciones


def buscar(
    texto: Annotated[
        list[str],
        typer.Argument(metavar="TEXTO...", help="Nombre, CURP, teléfono, número, colonia."),
    ],
    procedimiento: OpcionProcedimiento = None,
    abiertos: Annotated[
        bool, typer.Option("--abiertos", help="Sólo los que siguen en trámite.")
    ] = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Busca en todos los expedientes, sin que importen acentos, mayúsculas ni el orden.

    Sirve un nombre, una CURP, un teléfono, un folio, un número de oficio o de reporte, o
    una colonia. De cada persona se enseña sólo lo que se tecleó; de un texto, ni eso.

        expediente buscar longoria maria
    """
    v = ventanilla(oficina)
    escrito = " ".join(texto)
    hecha = busqueda.buscar(v, escrito, procedimiento, abiertos)
    if json:
        en_json(
            {
                "casos": [
                    {
                        **renglon_json(v, h.renglon),
                        "hallado": [
                            {"campo": x.campo, "dato": _discreto(x, escrito)} for x in h.hallazgos
                        ],
                    }
                    for h in hecha.hallados
                ],
                "problemas": [{"folio": f, "mensaje": m} for f, m in hecha.problemas],
            }
        )
    elif hecha.hallados:
        nombres = nombres_de_situaciones(v, [h.renglon for h in hecha.hallados])
        tabla(
            ["Folio", "Procedimiento", "Situación", "Recibido", "Hallado en"],
            [_fila(h, escrito, nombres[h.renglon.situacion]) for h in hecha.hallados],
        )
    else:
        avisar("No se halló en ningún expediente.")
    avisar_ilegibles(hecha.problemas)


def _fila(hallado: busqueda.Hallado, escrito: str, situacion: str) -> list[str]:
    renglon = hallado.renglon
    return [
        renglon.folio,
        renglon.texto("procedimiento"),
        situacion,
        f"{renglon.abierto:%d/%m/%Y}",
        "; ".join(_donde(x, escrito) for x in hallado.hallazgos),
    ]


def _donde(hallazgo: Hallazgo, escrito: str) -> str:
    campo = hallazgo.campo.replace(": ", ", ")
    dato = _discreto(hallazgo, escrito)
    return f"{campo}: {dato}" if dato else campo


def _discreto(hallazgo: Hallazgo, escrito: str) -> str:
    """El dato como puede enseñarse; «» si es un texto libre, del que sólo se dice el campo."""
    if hallazgo.tipo == "texto":
        return ""
    if hallazgo.tipo == "nombre":
        return lo_tecleado(escrito, hallazgo.dato)
    return enmascarar(hallazgo.tipo, hallazgo.dato)
