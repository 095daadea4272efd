"""Las órdenes de lo que puede pasarle a cualquier expediente, del procedimiento que sea."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from expediente.cli.opciones import (
    ArgumentoFolios,
    OpcionDatos,
    OpcionJson,
    OpcionOcurrio,
    OpcionOficina,
    OpcionRequisitos,
    OpcionSimular,
    datos_de,
    folios_de,
    ventanilla,
)
from expediente.cli.relato import lote
from expediente.operaciones.eventos import Dicho, asentar_evento

OpcionMotivo = Annotated[
    str | None, typer.Option("--motivo", "--nota", metavar="TEXTO", help="Por qué, o qué pasó.")
]
OpcionPor = Annotated[
    str | None, typer.Option("--por", metavar="PERSONA", help="Quién lo decidió o lo hizo.")
]
OpcionA = Annotated[
    str | None, typer.Option("--a", metavar="QUIEN", help="A quién o a cuál: su clave o folio.")
]


def _asentar(
    clave: str,
    hecho: str,
    folios: list[str],
    dicho: Dicho,
    por: str | None,
    simular: bool,
    oficina: Path | None,
    json: bool,
) -> None:
    """Asienta el evento en cada folio; `hecho` es cómo se cuenta."""
    v = ventanilla(oficina)
    completo = replace(dicho, por=v.oficina.persona(por) if por else None)
    lote(
        folios_de(folios),
        lambda folio: asentar_evento(v, folio, clave, completo, simular),
        hecho,
        json,
        simular,
    )


def prevenir(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Previene a la persona, una sola vez, para que complete lo que falta.

    Los plazos se detienen. Con lo que entregue, «reanudar»; si no, «caducar».

        expediente prevenir AP-2026-0003 --motivo "Falta el comprobante de domicilio."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("prevenir", "prevenido", folios, dicho, por, simular, oficina, json)


def suspender(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Detiene los plazos del expediente mientras dura una causa.

    expediente suspender GE-2026-0004 --motivo "En espera de la dependencia."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("suspender", "suspendido", folios, dicho, por, simular, oficina, json)


def reanudar(
    folios: ArgumentoFolios,
    dato: OpcionDatos = [],  # noqa: B006  # Typer copia la lista
    requisito: OpcionRequisitos = [],  # noqa: B006  # Typer copia la lista
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Reanuda los plazos de uno suspendido o prevenido, con lo que se haya entregado.

    expediente reanudar AP-2026-0003 --requisito comprobante_domicilio
    """
    dicho = Dicho(motivo, ocurrio=ocurrio, datos=datos_de(dato), requisitos=tuple(requisito))
    _asentar("reanudar", "reanudado", folios, dicho, por, simular, oficina, json)


def prorrogar(
    folios: ArgumentoFolios,
    cantidad: Annotated[
        int | None,
        typer.Option("--cantidad", metavar="N", help="Cuánto más, en la unidad del plazo."),
    ] = None,
    plazo: Annotated[
        str | None, typer.Option("--plazo", metavar="CLAVE", help="Cuál, si corren varios.")
    ] = None,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Amplía una vez, antes de que venza, el plazo que corre: hasta la mitad.

    expediente prorrogar PE-2026-0007 --cantidad 5 --motivo "Se pidió un peritaje."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio, cantidad=cantidad, plazo=plazo)
    _asentar("prorrogar", "prorrogado", folios, dicho, por, simular, oficina, json)


def reasignar(
    folios: ArgumentoFolios,
    a: OpcionA = None,
    dato: OpcionDatos = [],  # noqa: B006  # Typer copia la lista
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Cambia quién lo atiende o su área; el reloj no vuelve a empezar.

    expediente reasignar RS-2026-0012 -d area=alcantarillado --motivo "Es del drenaje."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio, a=a, datos=datos_de(dato))
    _asentar("reasignar", "reasignado", folios, dicho, por, simular, oficina, json)


def negar(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Niega lo que se pide; lo decide quien autoriza y se le dice a la persona por qué.

    expediente negar AP-2026-0003 --por directora --motivo "Ya lo recibió este año."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("negar", "negado", folios, dicho, por, simular, oficina, json)


def desistir(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Concluye el expediente porque la persona ya no quiere seguir.

    expediente desistir AP-2026-0003 --motivo "Lo dijo por teléfono."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("desistir", "desistido", folios, dicho, por, simular, oficina, json)


def cancelar(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Cancela un expediente abierto por error y anula los números que tenía reservados.

    expediente cancelar EB-2026-0042 --motivo "Se capturó dos veces."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("cancelar", "cancelado", folios, dicho, por, simular, oficina, json)


def caducar(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Concluye el que dejó pasar su plazo: la prevención sin atender, la cita a que no acudió.

    expediente caducar AP-2026-0003 --motivo "No presentó lo que se le previno."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("caducar", "caducado", folios, dicho, por, simular, oficina, json)


def declinar(
    folios: ArgumentoFolios,
    a: OpcionA = None,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Declina el asunto que no toca a la oficina y lo remite a quien le toca.

    expediente declinar PE-2026-0007 --a obras_publicas --motivo "Es de alumbrado."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio, a=a)
    _asentar("declinar", "declinado", folios, dicho, por, simular, oficina, json)


def acumular(
    folios: ArgumentoFolios,
    a: OpcionA = None,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Une el expediente repetido al rector, que sigue; los dos conservan su folio.

    expediente acumular RS-2026-0015 --a RS-2026-0012
    """
    dicho = Dicho(motivo, ocurrio=ocurrio, a=a)
    _asentar("acumular", "acumulado", folios, dicho, por, simular, oficina, json)


def fallecimiento(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Asienta que la persona falleció; lo prestado queda por recuperar.

    expediente fallecimiento AF-2026-0002 --motivo "Avisó su hija; acta 123."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("fallecimiento", "fallecimiento asentado", folios, dicho, por, simular, oficina, json)


def reabrir(
    folios: ArgumentoFolios,
    paso: Annotated[
        str | None, typer.Option("--paso", metavar="PASO", help="En qué paso, si es otro.")
    ] = None,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Reabre uno concluido y todavía no archivado, en el paso en que estaba o en otro.

    expediente reabrir PE-2026-0007 --motivo "La fuga sigue."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio, paso=paso)
    _asentar("reabrir", "reabierto", folios, dicho, por, simular, oficina, json)


def corregir(
    folios: ArgumentoFolios,
    dato: OpcionDatos = [],  # noqa: B006  # Typer copia la lista
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Corrige un dato mal capturado; el valor anterior queda en la historia.

    expediente corregir EB-2026-0042 -d beneficiario.nombres=Anahí --motivo "Mal escrito."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio, datos=datos_de(dato))
    _asentar("corregir", "corregido", folios, dicho, por, simular, oficina, json)


def deshacer(
    folios: ArgumentoFolios,
    motivo: OpcionMotivo = None,
    por: OpcionPor = None,
    ocurrio: OpcionOcurrio = None,
    simular: OpcionSimular = False,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Deshace lo último que movió el expediente; nada se borra y sus números se cancelan.

    expediente deshacer EB-2026-0042 --motivo "Se dio en otro folio."
    """
    dicho = Dicho(motivo, ocurrio=ocurrio)
    _asentar("deshacer", "deshecho", folios, dicho, por, simular, oficina, json)
