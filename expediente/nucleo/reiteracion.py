"""Recordar un oficio que nadie contestó: cuál, qué recordatorio toca y con qué documento.

Qué documento recuerda a cuál lo dice el procedimiento (`reitera`), y desde qué recordatorio
se usa cada uno (`nivel`): así el tercero puede llevar otras copias.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from expediente.nucleo.estado import EMITIDO, ENTREGADO, POR_EMITIR, Documento, Estado
from expediente.nucleo.numerales import ordinal
from expediente.nucleo.procedimiento import DocumentoEscrito, Procedimiento

SALIERON = (EMITIDO, ENTREGADO)


@dataclass(frozen=True)
class Reiterado:
    """El oficio que se recuerda y los recordatorios que ya lleva, del primero al último.

    `oficio` es None si en este caso no consta: se mandó con otros, en el de otro caso.
    """

    oficio: Documento | None
    anteriores: tuple[Documento, ...]

    @property
    def nivel(self) -> int:
        """Qué recordatorio toca: 1 el primero."""
        return len(self.anteriores) + 1


def reiterables(p: Procedimiento) -> tuple[str, ...]:
    """Las claves de los documentos que el procedimiento sabe recordar."""
    return tuple(dict.fromkeys(d.reitera for d in p.documentos if d.reitera))


def reiterado(
    p: Procedimiento, estado: Estado, clave: str, salvo: str | None = None, pedidos: bool = False
) -> Reiterado:
    """El último oficio de esa clave y sus recordatorios; uno cancelado no cuenta.

    Si el oficio se volvió a expedir, o se mandó a otra dependencia, se cuenta desde el
    nuevo. `salvo` es el número de uno que no se cuenta, y `pedidos` cuenta también los que
    faltan por escribir.
    """
    salidos = [d for d in estado.documentos if d.clave == clave and d.estado in SALIERON]
    oficio = salidos[-1] if salidos else None
    desde = oficio.emitido if oficio else None
    validos = (*SALIERON, POR_EMITIR) if pedidos else SALIERON
    suyos = {d.clave for d in p.documentos if d.reitera == clave}
    anteriores = (
        d
        for d in estado.documentos
        if d.clave in suyos
        and d.estado in validos
        and (desde is None or (d.emitido is not None and d.emitido >= desde))
        and (salvo is None or d.numero != salvo)
    )
    return Reiterado(oficio, tuple(anteriores))


def documento_del_nivel(p: Procedimiento, clave: str, nivel: int) -> DocumentoEscrito:
    """El documento con que se manda ese recordatorio del oficio de esa clave."""
    suyos = [d for d in p.documentos if d.reitera == clave]
    alcanzados = [d for d in suyos if d.nivel <= nivel] or suyos
    return max(alcanzados, key=lambda d: d.nivel)


def asunto_del_documento(
    p: Procedimiento, estado: Estado, documento: DocumentoEscrito, salvo: str | None = None
) -> str:
    """El asunto que lleva; el de un recordatorio dice cuál es: «Segundo recordatorio: …».

    El capturado, si lo dice un campo del caso, va antes que el fijo. `salvo` es su propio
    número, si ya lo tiene.
    """
    capturado = estado.datos.get(documento.asunto_de) if documento.asunto_de else None
    asunto = capturado or documento.asunto or documento.nombre
    if documento.reitera is None:
        return asunto
    nivel = reiterado(p, estado, documento.reitera, salvo).nivel
    cual = ordinal(nivel, apocope=True).capitalize()
    if not asunto[1:2].isupper():
        asunto = asunto[:1].lower() + asunto[1:]
    return f"{cual} {'' if asunto.startswith('recordatorio') else 'recordatorio: '}{asunto}"


def cuenta_de_recordatorios(p: Procedimiento, estado: Estado) -> Iterator[tuple[str, int]]:
    """(clave del oficio, cuántos recordatorios lleva) de los que el procedimiento recuerda."""
    for clave in reiterables(p):
        yield clave, len(reiterado(p, estado, clave, pedidos=True).anteriores)
