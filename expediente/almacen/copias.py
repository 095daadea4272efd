"""Lo ya analizado, como se guarda en el índice: comprimido y de ida y vuelta exacta.

Es JSON con etiquetas: lo que JSON no sabe decir va en una lista cuyo primer elemento dice
qué es. De un tramo al siguiente sólo se guarda lo que cambia.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from expediente.almacen.indice import CopiaDanada
from expediente.nucleo.medida import Medida
from expediente.nucleo.tramos import Tramo


def empaquetar(dato: Any) -> bytes:
    """Diccionarios, listas y textos, comprimidos."""
    return zlib.compress(json.dumps(dato, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def desempaquetar(crudo: bytes) -> Any:
    """Lo que se empaquetó. Lanza CopiaDanada."""
    try:
        return json.loads(zlib.decompress(crudo))
    except (zlib.error, ValueError) as error:
        raise CopiaDanada(str(error)) from None


def anotar(dato: Any) -> Any:
    """El dato como JSON con su tipo. Lanza TypeError si no es de los que hay en los hechos."""
    if dato is None or isinstance(dato, str | bool | int | float):
        return dato
    if isinstance(dato, datetime):
        zona = dato.tzinfo
        return ["z", dato.isoformat(), zona.key] if isinstance(zona, ZoneInfo) else _momento(dato)
    if isinstance(dato, date):
        return ["d", dato.isoformat()]
    if isinstance(dato, Decimal):
        return ["m" if isinstance(dato, Medida) else "n", str(dato)]
    if isinstance(dato, list):
        return ["l", [anotar(uno) for uno in dato]]
    raise TypeError(f"un hecho no puede ser {type(dato).__name__}")


def _momento(momento: datetime) -> list[str]:
    return ["t", momento.isoformat()]


def leer_anotado(dicho: Any) -> Any:
    """El dato que se anotó."""
    if not isinstance(dicho, list):
        return dicho
    clase, escrito, *zona = dicho
    if clase == "z":
        return datetime.fromisoformat(escrito).astimezone(ZoneInfo(zona[0]))
    if clase == "l":
        return [leer_anotado(uno) for uno in escrito]
    return _CLASES[clase](escrito)


_CLASES: Mapping[str, Any] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "m": Medida,
    "n": Decimal,
}


def empaquetar_tramos(tramos: Iterable[Tramo]) -> bytes:
    """Los tramos de un caso, comprimidos."""
    dichos = []
    antes: Mapping[str, Any] = {}
    for tramo in tramos:
        ahora = {clave: anotar(dato) for clave, dato in tramo.hechos.items()}
        dichos.append(
            [
                tramo.folio,
                tramo.procedimiento,
                tramo.desde.isoformat(),
                tramo.hasta.isoformat() if tramo.hasta else None,
                tramo.cerrado.isoformat() if tramo.cerrado else None,
                tramo.movimientos,
                {k: x for k, x in ahora.items() if k not in antes or not _igual(antes[k], x)},
                [k for k in antes if k not in ahora],
                anotar(tramo.vence),
                [{k: anotar(x) for k, x in doc.items()} for doc in tramo.documentos],
                tramo.aviso,
            ]
        )
        antes = ahora
    return empaquetar(dichos)


def _igual(uno: Any, otro: Any) -> bool:
    """Si son el mismo dato; 1 y verdadero no lo son."""
    return type(uno) is type(otro) and uno == otro


def desempaquetar_tramos(crudo: bytes) -> list[Tramo]:
    """Los tramos que se empaquetaron. Lanza CopiaDanada."""
    tramos = []
    hechos: dict[str, Any] = {}
    for folio, clave, desde, hasta, cerrado, movimientos, nuevos, quitados, *resto in desempaquetar(
        crudo
    ):
        vence, documentos, aviso = resto
        hechos = {**hechos, **{k: leer_anotado(x) for k, x in nuevos.items()}}
        for quitado in quitados:
            del hechos[quitado]
        tramos.append(
            Tramo(
                folio,
                clave,
                date.fromisoformat(desde),
                date.fromisoformat(hasta) if hasta else None,
                date.fromisoformat(cerrado) if cerrado else None,
                tuple(movimientos),
                hechos,
                leer_anotado(vence),
                tuple({k: leer_anotado(x) for k, x in doc.items()} for doc in documentos),
                aviso,
            )
        )
    return tramos
