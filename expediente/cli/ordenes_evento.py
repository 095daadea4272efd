"""Las órdenes de lo que puede pasarle a cualquier expediente, del procedimiento que sea.

Son una tabla: cada evento dice qué se lee en su ayuda y qué opciones tiene además de las
de todos.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import (
    ArgumentoFolios,
    OpcionDatos,
    OpcionExtemporaneo,
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

# Las opciones que sólo tienen algunos: su tipo y lo que valen si no se dan.
PROPIAS: dict[str, tuple[Any, Any]] = {
    "dato": (OpcionDatos, []),
    "requisito": (OpcionRequisitos, []),
    "extemporaneo": (OpcionExtemporaneo, None),
    "cantidad": (
        Annotated[
            int | None,
            typer.Option("--cantidad", metavar="N", help="Cuánto más, en la unidad del plazo."),
        ],
        None,
    ),
    "plazo": (
        Annotated[
            str | None, typer.Option("--plazo", metavar="CLAVE", help="Cuál, si corren varios.")
        ],
        None,
    ),
    "a": (
        Annotated[
            str | None,
            typer.Option("--a", metavar="QUIEN", help="A quién o a cuál: su clave o folio."),
        ],
        None,
    ),
    "paso": (
        Annotated[
            str | None, typer.Option("--paso", metavar="PASO", help="En qué paso, si es otro.")
        ],
        None,
    ),
}


@dataclass(frozen=True)
class OrdenDeEvento:
    """Cómo se teclea un evento y cómo se cuenta lo que hizo."""

    ayuda: str
    ejemplo: str
    hecho: str
    propias: tuple[str, ...] = ()


EVENTOS = {
    "prevenir": OrdenDeEvento(
        "Previene a la persona, una sola vez, para que complete lo que falta. "
        "Los plazos se detienen. Con lo que entregue, «reanudar»; si no, «caducar».",
        'prevenir AP-2026-0003 --motivo "Falta el comprobante de domicilio."',
        "prevenido",
        ("requisito", "extemporaneo"),
    ),
    "suspender": OrdenDeEvento(
        "Detiene los plazos del expediente mientras dura una causa.",
        'suspender GE-2026-0004 --motivo "En espera de la dependencia."',
        "suspendido",
    ),
    "reanudar": OrdenDeEvento(
        "Reanuda los plazos de uno suspendido o prevenido, con lo que se haya entregado.",
        "reanudar AP-2026-0003 --requisito comprobante_domicilio",
        "reanudado",
        ("dato", "requisito"),
    ),
    "prorrogar": OrdenDeEvento(
        "Amplía una vez, antes de que venza, el plazo que corre: hasta la mitad.",
        'prorrogar PE-2026-0007 --cantidad 5 --motivo "Se pidió un peritaje."',
        "prorrogado",
        ("cantidad", "plazo"),
    ),
    "reasignar": OrdenDeEvento(
        "Cambia quién lo atiende o su área; el reloj no vuelve a empezar.",
        'reasignar RS-2026-0012 -d area=alcantarillado --motivo "Es del drenaje."',
        "reasignado",
        ("a", "dato"),
    ),
    "negar": OrdenDeEvento(
        "Niega lo que se pide; lo decide quien autoriza y se le dice a la persona por qué.",
        'negar AP-2026-0003 --por directora --motivo "Ya lo recibió este año."',
        "negado",
        ("extemporaneo",),
    ),
    "desistir": OrdenDeEvento(
        "Concluye el expediente porque la persona ya no quiere seguir.",
        'desistir AP-2026-0003 --motivo "Lo dijo por teléfono."',
        "desistido",
        ("extemporaneo",),
    ),
    "cancelar": OrdenDeEvento(
        "Cancela un expediente abierto por error y anula los números que tenía reservados.",
        'cancelar EB-2026-0042 --motivo "Se capturó dos veces."',
        "cancelado",
    ),
    "caducar": OrdenDeEvento(
        "Concluye el que dejó pasar su plazo: la prevención sin atender, la cita a que no acudió.",
        'caducar AP-2026-0003 --motivo "No presentó lo que se le previno."',
        "caducado",
    ),
    "declinar": OrdenDeEvento(
        "Declina el asunto que no toca a la oficina y lo remite a quien le toca.",
        'declinar PE-2026-0007 --a obras_publicas --motivo "Es de alumbrado."',
        "declinado",
        ("a", "extemporaneo"),
    ),
    "acumular": OrdenDeEvento(
        "Une el expediente repetido al rector, que sigue; los dos conservan su folio.",
        "acumular RS-2026-0015 --a RS-2026-0012",
        "acumulado",
        ("a",),
    ),
    "fallecimiento": OrdenDeEvento(
        "Asienta que la persona falleció; lo prestado queda por recuperar.",
        'fallecimiento AF-2026-0002 --motivo "Avisó su hija; acta 123."',
        "fallecimiento asentado",
    ),
    "reabrir": OrdenDeEvento(
        "Reabre uno concluido y todavía no archivado, en el paso en que estaba o en otro.",
        'reabrir PE-2026-0007 --motivo "La fuga sigue."',
        "reabierto",
        ("paso",),
    ),
    "corregir": OrdenDeEvento(
        "Corrige un dato mal capturado; el valor anterior queda en la historia.",
        'corregir EB-2026-0042 -d beneficiario.nombres=Anahí --motivo "Mal escrito."',
        "corregido",
        ("dato",),
    ),
    "deshacer": OrdenDeEvento(
        "Deshace lo último que movió el expediente; nada se borra y sus números se cancelan.",
        'deshacer EB-2026-0042 --motivo "Se dio en otro folio."',
        "deshecho",
    ),
}


def __getattr__(clave: str) -> Callable[..., None]:
    """La orden de ese evento, como una función que Typer sabe leer."""
    if clave not in EVENTOS:
        raise AttributeError(clave)
    return _orden(clave, EVENTOS[clave])


def _orden(clave: str, orden: OrdenDeEvento) -> Callable[..., None]:
    def asentar(
        folios: list[str],
        motivo: str | None,
        por: str | None,
        ocurrio: str | None,
        simular: bool,
        oficina: Path | None,
        json: bool,
        **propias: Any,
    ) -> None:
        v = ventanilla(oficina)
        dicho = Dicho(
            motivo,
            v.oficina.persona(por) if por else None,
            ocurrio,
            datos=datos_de(propias.pop("dato", [])),
            requisitos=tuple(propias.pop("requisito", [])),
            **propias,
        )
        lote(
            folios_de(folios),
            lambda folio: asentar_evento(v, folio, clave, dicho, simular),
            orden.hecho,
            json,
            simular,
        )

    opciones: dict[str, tuple[Any, Any]] = {
        "folios": (ArgumentoFolios, Parameter.empty),
        **{nombre: PROPIAS[nombre] for nombre in orden.propias},
        "motivo": (OpcionMotivo, None),
        "por": (OpcionPor, None),
        "ocurrio": (OpcionOcurrio, None),
        "simular": (OpcionSimular, False),
        "oficina": (OpcionOficina, None),
        "json": (OpcionJson, False),
    }
    asentar.__doc__ = f"{orden.ayuda}\n\n    expediente {orden.ejemplo}\n"
    asentar.__annotations__ = {nombre: tipo for nombre, (tipo, _) in opciones.items()}
    asentar.__signature__ = Signature(  # type: ignore[attr-defined]  # Typer lee de aquí
        [
            Parameter(nombre, Parameter.POSITIONAL_OR_KEYWORD, default=omision, annotation=tipo)
            for nombre, (tipo, omision) in opciones.items()
        ]
    )
    return asentar
