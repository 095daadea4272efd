"""Lo que da una orden que cambia casos: un resultado por folio, y el lote entero."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from expediente.almacen.copias_a_mano import copias_a_mano
from expediente.nucleo.errores import ErrorExpediente, Interrumpido
from expediente.nucleo.faltas import Falta, Incompleto
from expediente.nucleo.folio import repetible
from expediente.operaciones.asunto import Asunto

INTERRUMPIDO = 130


@dataclass(frozen=True)
class Resultado:
    """Cómo quedó un caso, o por qué no se pudo.

    `documentos` son sus números o ficheros nuevos. `codigo` es el de salida del error, 0
    si no lo hubo; `falta`, lo que lo remediaría si se sabe. `aviso` es algo que conviene
    saber aunque se haya hecho; `ficheros`, los documentos de Word que se escribieron;
    `paso`, el que se dio; `ya_estaba`, que no había nada que hacer.
    """

    folio: str
    ok: bool = True
    error: str | None = None
    codigo: int = 0
    pasos: tuple[str, ...] = ()
    situacion: str | None = None
    situacion_legible: str = ""
    documentos: tuple[str, ...] = field(default_factory=tuple)
    aviso: str | None = None
    falta: tuple[Falta, ...] = ()
    ficheros: tuple[Path, ...] = ()
    paso: str | None = None
    ya_estaba: bool = False


def resultado_de(
    asunto: Asunto,
    documentos: Iterable[str] = (),
    aviso: str | None = None,
    folio: str | None = None,
    ficheros: tuple[Path, ...] = (),
) -> Resultado:
    """El resultado de un asunto que cambió bien; `folio` manda si el suyo aún no es firme."""
    estado = asunto.estado
    return Resultado(
        folio or asunto.folio,
        pasos=estado.pasos,
        situacion=estado.situacion,
        situacion_legible=asunto.procedimiento.nombre_de_situacion(estado.situacion).lower(),
        documentos=tuple(documentos),
        aviso=aviso,
        ficheros=ficheros,
    )


def en_lote(
    folios: Iterable[str],
    hacer: Callable[[str], Resultado],
    al_avanzar: Callable[[], None] = lambda: None,
) -> list[Resultado]:
    """Aplica `hacer` a cada folio; el que falla no detiene a los demás.

    Ctrl-C sí: el último resultado dice en cuál fue, con el código INTERRUMPIDO.
    """
    todos = list(folios)
    with copias_a_mano(len(todos)):
        return _uno_por_uno(todos, hacer, al_avanzar)


def _uno_por_uno(
    folios: Iterable[str], hacer: Callable[[str], Resultado], al_avanzar: Callable[[], None]
) -> list[Resultado]:
    resultados = []
    for folio in folios:
        try:
            resultados.append(hacer(folio))
        except ErrorExpediente as error:
            falta = error.falta if isinstance(error, Incompleto) else ()
            mensaje, codigo = error.mensaje, error.codigo_salida
            resultados.append(Resultado(repetible(folio), False, mensaje, codigo, falta=falta))
        except KeyboardInterrupt as corte:
            mensaje = _donde_se_corto(corte, repetible(folio))
            return [*resultados, Resultado(repetible(folio), False, mensaje, INTERRUMPIDO)]
        al_avanzar()
    return resultados


def _donde_se_corto(corte: KeyboardInterrupt, folio: str) -> str:
    if isinstance(corte, Interrumpido):
        return str(corte)
    return f"Interrumpido. Antes de repetirlo, mire cómo quedó con: expediente ver {folio}"
