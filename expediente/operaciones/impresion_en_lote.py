"""Imprimir muchos documentos de una vez: un PDF por cada uno, o un solo fichero con todos.

No toma números ni asienta nada: el .docx de cada caso es el que vale, y esto son copias
suyas que se rehacen. Por eso un PDF no se asienta, aunque quede junto a su .docx y se
archive con él.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from expediente.almacen.abiertos import exigir_cerrado
from expediente.almacen.disco import escribir_entero
from expediente.almacen.libro import asiento_de_numero
from expediente.almacen.versiones import ruta_libre
from expediente.nucleo.errores import (
    ErrorDisco,
    ErrorExpediente,
    ErrorUso,
    NoExiste,
    NoPermitido,
    sugerencia,
)
from expediente.nucleo.estado import CANCELADO, EMITIDO, ENTREGADO, Documento
from expediente.nucleo.folio import con_ceros, leer_folio
from expediente.operaciones.asunto import Asunto, tomar
from expediente.operaciones.documentos_del_caso import DE_BORRADOR
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Pedido:
    """Qué se quiere en papel: un PDF junto a cada documento, y uno con todos.

    `pdfa` pide que sean PDF/A-2b, el que se conserva; `juntar` es None si no se juntan.
    `copias` dice que es otra impresión de lo que ya estaba emitido.
    """

    pdf: bool = False
    pdfa: bool = False
    juntar: Path | None = None
    copias: bool = False

    def __bool__(self) -> bool:
        """Si se pide algo."""
        return bool(self.pdf or self.pdfa or self.juntar)

    @property
    def emite(self) -> bool:
        """Si lo que va en papel lo emite la misma orden."""
        return bool(self) and not self.copias

    @property
    def sueltos(self) -> bool:
        """Si va un PDF junto a cada documento; --pdfa solo con --juntar es del junto."""
        return self.pdf or (self.pdfa and self.juntar is None)


@dataclass(frozen=True)
class Impresion:
    """Lo que salió: los ficheros hechos, cuántos documentos y lo que no se pudo.

    `codigo` es el de salida: 0 si todo salió.
    """

    ficheros: tuple[Path, ...] = ()
    documentos: int = 0
    problemas: tuple[tuple[str, str], ...] = ()
    codigo: int = 0


def revisar_pedido(pedido: Pedido) -> None:
    """Se mira antes de hacer nada. Lanza ErrorUso o NoExiste si el fichero no puede ser."""
    if pedido.juntar is None:
        return
    if pedido.juntar.suffix.lower() not in (".docx", ".pdf"):
        raise ErrorUso(f"{pedido.juntar}: el fichero junto es .docx o .pdf; póngale uno de ellos.")
    if not pedido.juntar.parent.is_dir():
        raise NoExiste(f"{pedido.juntar.parent}: no existe esa carpeta; hágala o diga otra.")
    if pedido.juntar.exists():
        raise ErrorUso(f"{pedido.juntar}: ya existe y no se pisa; bórrelo o dé otro nombre.")


def reunir(v: Ventanilla, escrito: str, documento: str | None = None) -> Resultado:
    """Los documentos ya emitidos de un folio o de un número, sin cambiar nada.

    De un folio, los vigentes o sólo el último que se llama `documento`; de un número, el
    suyo, aunque sea borrador. Lanza NoExiste si no hay qué imprimir, y NoPermitido si no
    se ha emitido o ya se canceló.
    """
    if leer_folio(con_ceros(escrito)) is not None:
        asunto = tomar(v, escrito)
        elegidos = _vigentes(asunto, documento)
    else:
        asiento = asiento_de_numero(v.raiz, v.oficina.libros, escrito)
        if not asiento.dice.get("folio"):
            raise NoExiste(f"El número {asiento.numero} no es de ningún expediente.")
        asunto = tomar(v, asiento.dice["folio"])
        elegidos = [d for d in asunto.estado.documentos if d.numero == asiento.numero]
        _exigir_que_valga(asunto, elegidos)
    ficheros = [asunto.carpeta / d.fichero for d in elegidos if d.fichero]
    if not ficheros:
        raise NoPermitido(
            f"{escrito}: no hay documento emitido que imprimir. Mire qué falta con: expediente ver "
            f"{asunto.folio}"
        )
    for ruta in ficheros:
        if not ruta.is_file():
            raise NoExiste(f"{ruta}: no existe; recupérelo del respaldo.")
    dichos = [d.numero or d.fichero or d.clave for d in elegidos]
    return resultado_de(asunto, dichos, ficheros=tuple(ficheros))


def _exigir_que_valga(asunto: Asunto, elegidos: Sequence[Documento]) -> None:
    for doc in elegidos:
        if doc.estado == CANCELADO:
            repuesto = asunto.estado.documento(doc.clave)
            vale = repuesto is not None and repuesto.estado in (EMITIDO, ENTREGADO)
            con = f" Se repuso con {repuesto.numero}." if vale and repuesto else ""
            porque = (doc.motivo or "sin motivo").rstrip(".")
            raise NoPermitido(f"El oficio {doc.numero} está cancelado: {porque}.{con}")


def _vigentes(asunto: Asunto, documento: str | None) -> list[Documento]:
    estados = (EMITIDO, ENTREGADO)
    documentos = [d for d in asunto.estado.documentos if d.estado in estados and d.fichero]
    if documento is None:
        return documentos
    conocidos = asunto.procedimiento.documento
    if documento.split(".", 1)[0] not in conocidos:
        raise NoExiste(
            f"«{asunto.procedimiento.clave}» no tiene el documento «{documento}»."
            f"{sugerencia(documento, conocidos)}"
        )
    suyos = [d for d in documentos if documento in (d.clave, d.clave.split(".", 1)[0])]
    return suyos[-1:]


def imprimir_lote(resultados: Iterable[Resultado], pedido: Pedido) -> Impresion:
    """Hace los PDF y el fichero junto de lo que esos resultados escribieron.

    Lo emitido ya está a salvo: aquí nada se lanza. El documento que no se puede queda en
    los problemas, y sin LibreOffice el junto queda en .docx, listo para Word.
    """
    # El folio y el número de un mismo oficio no lo imprimen dos veces.
    documentos = list(dict.fromkeys(ruta for r in resultados if r.ok for ruta in r.ficheros))
    if not documentos or not pedido:
        return Impresion()
    hechos: list[Path] = []
    problemas: list[tuple[str, str]] = []
    codigos: list[int] = []
    tareas = [
        *([_sueltos] if pedido.sueltos else []),
        *([_junto] if pedido.juntar is not None else []),
    ]
    for tarea in tareas:
        try:
            problemas += tarea(documentos, pedido, hechos)
        except ErrorExpediente as error:
            problemas.append((str(pedido.juntar or "PDF"), error.mensaje))
            codigos.append(error.codigo_salida)
    # Si la orden además emitió, falló sólo en parte.
    codigo = codigos[0] if codigos and pedido.copias else int(bool(problemas))
    return Impresion(tuple(hechos), len(documentos), tuple(problemas), codigo)


def _sueltos(
    documentos: Sequence[Path], pedido: Pedido, hechos: list[Path]
) -> list[tuple[str, str]]:
    """Un PDF junto a cada documento emitido; un borrador no lleva."""
    from expediente.documentos.pdf import a_pdf  # sólo quien pide un PDF lo carga

    emitidos = [d for d in documentos if not d.name.endswith(DE_BORRADOR)]
    problemas = [(d.name, "es un borrador: su PDF se hace al emitirlo.") for d in documentos
                 if d not in emitidos]  # fmt: skip
    for conversion in a_pdf(emitidos, pedido.pdfa):
        destino = conversion.documento.with_suffix(".pdf")
        if conversion.pdf is None:
            problemas.append((conversion.documento.name, conversion.problema))
            continue
        try:
            escribir_entero(destino, conversion.pdf)
            hechos.append(destino)
        except ErrorExpediente as error:
            problemas.append((destino.name, error.mensaje))
    return problemas


def _junto(documentos: Sequence[Path], pedido: Pedido, hechos: list[Path]) -> list[tuple[str, str]]:
    """Un solo fichero con todos, en el orden de la lista."""
    from expediente.documentos.juntar import Junta  # lxml pesa: sólo quien lo pide lo carga

    assert pedido.juntar is not None
    problemas: list[tuple[str, str]] = []
    junta = Junta()
    for documento in documentos:
        try:
            junta.agregar(documento)
        except ErrorExpediente as error:
            problemas.append((documento.name, error.mensaje))
    contenido = junta.cerrar()
    exigir_cerrado(pedido.juntar)
    if pedido.juntar.suffix.lower() == ".docx":
        escribir_entero(pedido.juntar, contenido)
        hechos.append(pedido.juntar)
        return problemas
    try:
        escribir_entero(pedido.juntar, _junto_en_pdf(contenido, pedido.pdfa))
        hechos.append(pedido.juntar)
    except ErrorExpediente as error:
        en_word = ruta_libre(pedido.juntar.with_suffix(".docx"))
        escribir_entero(en_word, contenido)
        hechos.append(en_word)
        raise type(error)(f"{error.mensaje} Quedaron juntos en {en_word}.") from error
    return problemas


def _junto_en_pdf(contenido: bytes, pdfa: bool) -> bytes:
    from tempfile import TemporaryDirectory  # sólo quien pide un PDF lo carga

    from expediente.documentos.pdf import a_pdf  # ídem

    with TemporaryDirectory(prefix="expediente-junto-") as carpeta:
        word = Path(carpeta, "junto.docx")
        word.write_bytes(contenido)
        (conversion,) = a_pdf([word], pdfa)
    if conversion.pdf is None:
        raise ErrorDisco(f"No se hizo el PDF: {conversion.problema}")
    return conversion.pdf
