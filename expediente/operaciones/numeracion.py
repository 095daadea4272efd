"""Tomar números de un libro en su orden, y anotar en él lo que después pasa con cada uno.

El año de un número es el de la fecha del oficio, no el del reloj. Y un oficio no se fecha
antes que el último de su libro, ni en un año que ya terminó, salvo que se diga por qué
(`--extemporaneo`): el motivo queda en la actuación y en el asiento. La regla, en corto:

- Se compara por día, y con el último número que tomó su lugar en orden. Pasar el lunes lo
  del viernes no estorba mientras nadie haya tomado número el lunes; si ya lo tomó, un solo
  motivo vale para todo el lote. Un reservado guarda el turno del día en que se reservó.
- No se pide a los folios que no son oficios (`numeros`: el de entrada, el de un reporte),
  que es lo único que toma lo capturado tarde: las brigadas y `abrir --desde`.
- Si entre la revisión y la toma otra persona adelantó el libro, o un apagón dejó el número
  para después, el paso ya está dado y no se detiene: el motivo se escribe solo.
- Un número reservado en un año no sirve a un oficio fechado en otro: se cancela con su
  motivo y se toma uno del año de la fecha.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime

from expediente.almacen import libro as libros
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.errores import CasoCambio, NoPermitido
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    POR_EMITIR,
    POR_RESERVAR,
    RESERVADO,
    Documento,
    Estado,
)
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.nucleo.reiteracion import asunto_del_documento
from expediente.operaciones.asunto import Asunto
from expediente.operaciones.ventanilla import Ventanilla

# Las actuaciones que no piden ningún documento.
AL_MARGEN = ("documento", "acuse", "anexo", "nota", "correccion", "relacion", "deshecho")
EXTEMPORANEO = "extemporaneo"
TOMADO_DESPUES = "El paso ya estaba asentado cuando se tomó su número."


def lo_pedido(asunto: Asunto) -> Actuacion:
    """La actuación que pide lo que falta por cumplir: el último paso o la reexpedición."""
    return next(
        a
        for a in reversed(asunto.actuaciones)
        if a.tipo not in AL_MARGEN or any(d["estado"] == POR_EMITIR for d in a.documentos)
    )


def fecha_de(asunto: Asunto, doc: Documento) -> datetime:
    """La fecha que lleva escrita un documento: la del paso que lo produjo."""
    return doc.fecha or asunto.estado.ultimo_paso or asunto.estado.abierto


def numeros_conocidos(estado: Estado) -> frozenset[str]:
    """Los números que los documentos del caso llevan o llevaron."""
    return frozenset(d.numero for d in estado.documentos if d.numero)


def revisar_orden(v: Ventanilla, asunto: Asunto) -> None:
    """Lanza NoPermitido si un oficio tomaría número fuera de orden y no se dijo por qué."""
    if lo_pedido(asunto).detalle.get(EXTEMPORANEO):
        return
    for doc, libro in _por_numerar(v, asunto):
        if porque := fuera_de_orden(v, libro, fecha_de(asunto, doc).date()):
            nombre = asunto.procedimiento.regla_de(doc.clave).nombre
            raise NoPermitido(
                f"«{nombre}» {porque} Si la fecha es la buena, diga por qué se pasa hasta ahora: "
                "--extemporaneo «…». Si no, corrija --ocurrio."
            )


def _por_numerar(v: Ventanilla, asunto: Asunto) -> Iterator[tuple[Documento, str]]:
    for doc in asunto.estado.documentos:
        if doc.estado in (POR_RESERVAR, POR_EMITIR):
            libro = asunto.procedimiento.regla_de(doc.clave).libro
            if libro and (doc.numero is None or es_de_otro_anio(v, libro, asunto, doc)):
                yield doc, libro


def es_de_otro_anio(v: Ventanilla, libro: str, asunto: Asunto, doc: Documento) -> bool:
    """Si el número que el oficio tenía reservado no es del año de la fecha que llevará."""
    partes = v.oficina.libro(libro).partes(doc.numero or "")
    por_emitir = doc.estado == POR_EMITIR
    return por_emitir and partes is not None and partes[0] != fecha_de(asunto, doc).year


def fuera_de_orden(v: Ventanilla, libro: str, fecha: date) -> str | None:
    """Por qué un número tomado ahora con esa fecha rompería el orden; None si no lo rompe."""
    if fecha >= v.ahora.date():
        return None
    if fecha.year < v.ahora.year:
        return f"llevaría fecha de {fecha.year}, un año que ya terminó en el libro {libro}."
    tomados = libros.consecutivos_de(v.raiz, libro, fecha.year)
    ultimo = libros.asiento_fechado(v.raiz, libro, fecha.year, reversed(tomados))
    if ultimo is None or fecha.isoformat() >= ultimo.fecha_de_orden:
        return None
    return (
        f"llevaría fecha del {fecha_en_palabras(fecha)} y el último número del libro {libro}, "
        f"{ultimo.numero}, es del "
        f"{fecha_en_palabras(date.fromisoformat(ultimo.fecha_de_orden))}."
    )


def tomar_para_el_caso(
    v: Ventanilla,
    asunto: Asunto,
    libro: str,
    clave: str,
    fecha: datetime,
    dice: Mapping[str, str],
    recien: bool,
) -> str:
    """El número del libro que toca a ese documento o campo del caso, tomado si no lo estaba.

    `dice` es lo propio de su asiento; el de un documento trae si se reserva. `recien` dice
    que no hace falta buscar uno que un apagón haya dejado tomado.
    """
    conocidos = numeros_conocidos(asunto.estado)
    if not recien:
        hallado = libros.asiento_de_documento(v.raiz, libro, asunto.folio, clave, conocidos)
        if hallado:
            return hallado.numero
    es_oficio = clave not in {n.clave for n in asunto.procedimiento.numeros}
    tarde = fuera_de_orden(v, libro, fecha.date()) if es_oficio else None
    motivo = lo_pedido(asunto).detalle.get(EXTEMPORANEO) or TOMADO_DESPUES
    completo = {
        "folio": asunto.folio,
        "documento": clave,
        "asunto": _asunto_del_numero(asunto, clave),
        "fecha": fecha.date().isoformat(),
        **dice,
        **({EXTEMPORANEO: motivo} if tarde else {}),
        **firma_del_asiento(v),
    }
    return libros.tomar_numero(v.raiz, v.oficina.libro(libro), fecha.year, completo).numero


def _asunto_del_numero(asunto: Asunto, clave: str) -> str:
    p = asunto.procedimiento
    if regla := p.documento.get(clave.split(".", 1)[0]):
        return asunto_del_documento(p, asunto.estado, regla)
    return next(numero.nombre for numero in p.numeros if numero.clave == clave)


def avisos_de_cambio_de_anio(antes: Asunto, despues: Asunto) -> list[str]:
    """Qué números reservados en otro año se cancelaron, y con cuál salió el oficio."""
    reservados = {d.numero: d.clave for d in antes.estado.documentos if d.estado == RESERVADO}
    avisos = []
    for doc in despues.estado.documentos:
        clave = reservados.get(doc.numero)
        nuevo = despues.estado.documento(clave) if clave else None
        if doc.estado == CANCELADO and nuevo and nuevo.estado == EMITIDO and nuevo.numero:
            avisos.append(
                f"{doc.numero} se había reservado en otro año: queda cancelado y el oficio sale "
                f"con {nuevo.numero}. Tire el borrador."
            )
    return avisos


def avisos_de_reservas_de_otro_anio(v: Ventanilla, asunto: Asunto) -> list[str]:
    """Qué números reservados en otro año se cancelarían al dar el paso que se ensaya."""
    return [
        f"{doc.numero} se reservó en otro año: se cancelará, y el oficio tomará otro número del "
        f"libro {libro}."
        for doc, libro in _por_numerar(v, asunto)
        if doc.numero
    ]


def aviso_de_quien_recibio(numero: str) -> str:
    """Lo que se dice de un oficio entregado sin que conste quién lo recibió."""
    return (
        f"{numero} queda entregado sin decir quién lo recibió, y así sale en el libro; dígalo "
        f"con: expediente oficio acusar {numero} --recibe «NOMBRE»"
    )


def ya_tenia_acuse(consta: str | None, recibe: str | None) -> str:
    """Lo que se dice de un oficio que ya estaba entregado."""
    if recibe and recibe != consta:
        return "Ya tenía acuse, y consta con otro nombre quién lo recibió: no se cambió."
    return "Ya tenía acuse."


def firma_del_asiento(v: Ventanilla) -> dict[str, str]:
    """Quién y cuándo teclea lo que se anota en el libro."""
    return {"capturo": v.quien_teclea, "capturado": v.ahora.isoformat(timespec="seconds")}


def anotar_en_el_libro(v: Ventanilla, numero: str, cambios: Mapping[str, str]) -> bool:
    """Asienta los cambios en el libro; False si ya los decía."""
    while True:
        asiento = libros.asiento_de_numero(v.raiz, v.oficina.libros, numero)
        # El caso manda: si otra persona anotó a la vez, se vuelve a mirar qué falta decir.
        with suppress(CasoCambio):
            anotado = libros.anotar_asiento(asiento, {**cambios, **firma_del_asiento(v)})
            return anotado.revision != asiento.revision
