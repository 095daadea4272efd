"""Si lo que se captura se parece a otro caso: se dice cuál; unirlos lo decide una persona."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from expediente.almacen import carpetas, marcas
from expediente.nucleo.errores import ErrorDisco, ErrorExpediente, NoExiste, SinPermiso
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.nucleo.folio import leer_folio
from expediente.nucleo.identidad import identidad, por_que_coinciden, sigue_contando
from expediente.nucleo.procedimiento import Duplicado, Procedimiento
from expediente.operaciones import procedimientos
from expediente.operaciones.listas import Filtro, Renglon, listar
from expediente.operaciones.ventanilla import Ventanilla

# Está bajo la huella de una regla cuando ya se marcaron todos los casos que la cumplen.
_COMPLETA = "completa"


@dataclass(frozen=True)
class Parecido:
    """Otro caso que podría ser el mismo asunto.

    `abierto` es cuándo se recibió; `en_tramite`, si sigue abierto; `por_que`, lo que se
    le dice a quien captura, sin datos de nadie.
    """

    folio: str
    situacion: str
    abierto: datetime
    en_tramite: bool
    por_que: str


def parecidos(
    v: Ventanilla, p: Procedimiento, datos: Mapping[str, str], folio_propio: str | None = None
) -> list[Parecido]:
    """Los casos del procedimiento con los mismos datos de identidad, por folio, sin repetir.

    No escribe nada. Las marcas sólo abrevian: cada candidato se confirma en su expediente.
    """
    hallados: dict[str, Parecido] = {}
    sal = marcas.tomar_sal(v.raiz)
    for regla in p.duplicados:
        valores = identidad(p, regla, datos)
        if not valores:
            continue
        for renglon in _candidatos(v, p, regla, valores, sal):
            if (
                renglon.folio in (folio_propio, *hallados)
                or _identidad(p, regla, renglon) != valores
            ):
                continue
            if parecido := _parecido(v, p, regla, renglon):
                hallados[renglon.folio] = parecido
    return [hallados[folio] for folio in sorted(hallados)]


def aviso_de(p: Procedimiento, hallados: Iterable[Parecido]) -> str | None:
    """Lo que se le dice a quien captura; None si no hay parecidos."""
    dichos = [
        f"{x.por_que.rstrip('.')}: vea {x.folio}, del {fecha_en_palabras(x.abierto.date())} "
        f"({'en trámite' if x.en_tramite else p.nombre_de_situacion(x.situacion).lower()})."
        for x in hallados
    ]
    return " ".join(dichos) or None


def marcar(v: Ventanilla, p: Procedimiento, folio: str, datos: Mapping[str, str]) -> None:
    """Deja las marcas de un caso recién publicado; si el disco no deja, no pasa nada.

    Repetirlo es gratis. La primera vez que se usa una regla marca también los casos previos.
    """
    if not p.duplicados:
        return
    # El caso ya vale: sin marca se le halla más despacio, o tras «revisar --reparar».
    with suppress(ErrorDisco, SinPermiso, NoExiste):
        sal = marcas.poner_sal(v.raiz)
        for regla in p.duplicados:
            if not _esta_completa(v, p, regla, sal):
                _marcar_todos(v, p, regla, sal, _del_procedimiento(v, p))
            _marcar_uno(v, p, regla, sal, folio, datos)


def reconstruir_marcas(v: Ventanilla) -> int:
    """Pone las marcas que falten de todos los casos; devuelve cuántos casos miró.

    Lanza ErrorDisco o SinPermiso.
    """
    con_reglas = [p for p in procedimientos.todos(v)[0] if p.duplicados]
    if not con_reglas:
        return 0
    sal = marcas.poner_sal(v.raiz)
    renglones = listar(v, Filtro()).renglones
    for p in con_reglas:
        propios = [r for r in renglones if r.texto("procedimiento") == p.clave]
        for regla in p.duplicados:
            _marcar_todos(v, p, regla, sal, propios)
    return len(renglones)


def _del_procedimiento(v: Ventanilla, p: Procedimiento) -> list[Renglon]:
    return [r for r in listar(v, Filtro()).renglones if r.texto("procedimiento") == p.clave]


def _marcar_todos(
    v: Ventanilla, p: Procedimiento, regla: Duplicado, sal: bytes, renglones: Iterable[Renglon]
) -> None:
    for renglon in renglones:
        _marcar_uno(v, p, regla, sal, renglon.folio, renglon.datos)
    marcas.poner_marca(v.raiz, _huella(p, regla, sal), _COMPLETA)


def _marcar_uno(
    v: Ventanilla,
    p: Procedimiento,
    regla: Duplicado,
    sal: bytes,
    folio: str,
    datos: Mapping[str, str],
) -> None:
    if valores := identidad(p, regla, datos):
        marcas.poner_marca(v.raiz, _huella(p, regla, sal, valores), folio)


def _huella(p: Procedimiento, regla: Duplicado, sal: bytes, valores: tuple[str, ...] = ()) -> str:
    return marcas.huella_con_sal(sal, [p.clave, regla.campos, valores])


def _esta_completa(v: Ventanilla, p: Procedimiento, regla: Duplicado, sal: bytes) -> bool:
    return bool(marcas.marcados(v.raiz, _huella(p, regla, sal)))


def _candidatos(
    v: Ventanilla, p: Procedimiento, regla: Duplicado, valores: tuple[str, ...], sal: bytes | None
) -> Iterator[Renglon]:
    """Los casos marcados con esos datos; todos los del procedimiento si aún no hay marcas."""
    if sal is None or not _esta_completa(v, p, regla, sal):
        yield from _del_procedimiento(v, p)
        return
    for nombre in marcas.marcados(v.raiz, _huella(p, regla, sal, valores)):
        if folio := leer_folio(nombre):
            carpeta = carpetas.carpeta_de(v.raiz, folio)
            try:
                encabezado, editado = carpetas.leer_encabezado(carpeta)
            except ErrorExpediente:
                continue  # un expediente ilegible lo dice «revisar», no quien abre otro
            renglon = Renglon(str(folio), encabezado, editado, carpeta)
            if renglon.texto("procedimiento") == p.clave:
                yield renglon


def _identidad(p: Procedimiento, regla: Duplicado, renglon: Renglon) -> tuple[str, ...]:
    return identidad(p, regla, renglon.datos)


def _parecido(
    v: Ventanilla, p: Procedimiento, regla: Duplicado, renglon: Renglon
) -> Parecido | None:
    en_tramite = bool(renglon.lista("pasos"))
    situacion = renglon.texto("situacion_final") or renglon.texto("situacion")
    if not sigue_contando(regla, situacion, en_tramite, renglon.abierto, v.ahora):
        return None
    return Parecido(
        renglon.folio, situacion, renglon.abierto, en_tramite, por_que_coinciden(p, regla)
    )
