"""Los oficios por su número: emitir lo pendiente, acusar y cancelar."""

from dataclasses import replace
from datetime import datetime

from expediente.almacen.libro import Asiento, asiento_de_numero
from expediente.nucleo.captura import quien_recibe
from expediente.nucleo.errores import DatosInvalidos, NoExiste, NoPermitido, sugerencia
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    POR_EMITIR,
    RESERVADO,
    Documento,
)
from expediente.nucleo.fecha import momento_en_palabras
from expediente.nucleo.reexpedicion import revisar_reexpedicion
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, tomar
from expediente.operaciones.circunstancias import contexto_de
from expediente.operaciones.documentos_del_caso import (
    avisos_de_borradores_abiertos,
    quitar_borradores,
)
from expediente.operaciones.efectos import cumplir, ensayar, ya_asentado
from expediente.operaciones.libro_al_dia import poner_al_dia_el_libro
from expediente.operaciones.novedades import documentos_nuevos, ficheros_nuevos, sin_quien_recibio
from expediente.operaciones.numeracion import ya_tenia_acuse
from expediente.operaciones.numeros_de_fuera import acusar_de_fuera, anular_de_fuera
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla


def emitir(
    v: Ventanilla, folio: str, documento: str | None = None, simular: bool = False
) -> Resultado:
    """Cumple los documentos que un paso dejó pendientes; si no hay, lo dice.

    Con `documento`, reexpide uno que se emitió y después se canceló: con número nuevo.
    Lanza DatosInvalidos si a una plantilla le falta un dato; no se toma número.
    """
    asunto = tomar(v, folio)
    if documento is not None:
        asunto = _reexpedir(v, asunto, documento)
    if not asunto.estado.tiene_efectos_pendientes:
        return resultado_de(asunto, aviso="No hay documentos pendientes.")
    ensayar(v, asunto)
    if simular:
        return resultado_de(asunto)
    pedido = asentar(v, asunto) if documento else asunto
    with ya_asentado(asunto.folio):
        hecho = cumplir(v, pedido)
    nuevos = ficheros_nuevos(asunto, hecho)
    aviso = " ".join(avisos_de_borradores_abiertos(hecho)) or None
    return resultado_de(hecho, documentos_nuevos(asunto, hecho), aviso, ficheros=nuevos)


def _reexpedir(v: Ventanilla, asunto: Asunto, clave: str) -> Asunto:
    documentos = asunto.procedimiento.documento
    if clave.split(".", 1)[0] not in documentos:
        raise NoExiste(
            f"«{asunto.procedimiento.clave}» no tiene el documento «{clave}»."
            f"{sugerencia(clave, documentos)}"
        )
    doc = asunto.estado.documento(clave)
    if doc is None or doc.estado != CANCELADO or doc.emitido is None:
        raise NoPermitido(
            f"El documento «{clave}» lo emite el paso que lo autoriza; sólo se reexpide uno ya "
            "emitido y después cancelado (expediente oficio cancelar NUMERO)."
        )
    contexto = contexto_de(v, asunto, v.ahora)
    revisar_reexpedicion(asunto.procedimiento, asunto.estado, clave, v.catalogos, contexto)
    hecho = {"clave": clave, "estado": POR_EMITIR}
    return con_actuaciones(
        asunto, replace(v.nueva_actuacion("documento"), documentos=(hecho,), nota="Reexpedición.")
    )


def acusar(
    v: Ventanilla,
    numero: str,
    ocurrio: str | None = None,
    recibe: str | None = None,
    simular: bool = False,
) -> Resultado:
    """Asienta que un oficio emitido se entregó, cuándo y quién lo recibió.

    Avisa si el caso espera un paso que sólo dice que se entregó. Lanza NoPermitido si no
    está emitido, y ErrorUso si `recibe` está en blanco.
    """
    recibe = quien_recibe(recibe)
    asiento = asiento_de_numero(v.raiz, v.oficina.libros, numero)
    if asiento.de_fuera:
        return acusar_de_fuera(v, asiento, ocurrio, recibe, simular)
    asunto, doc = _documento_del(v, asiento)
    if doc.estado == ENTREGADO and (doc.consta_quien_recibio or not recibe):
        if not simular:
            poner_al_dia_el_libro(v, asunto)
        ya = " ".join((ya_tenia_acuse(doc.recibe, recibe), *_lo_que_sigue(asunto, doc)))
        return replace(resultado_de(asunto, aviso=ya), ya_estaba=True)
    if doc.estado not in (EMITIDO, ENTREGADO):
        raise NoPermitido(
            f"El oficio {doc.numero} está {doc.estado}; sólo se acusa uno emitido. "
            f"Mire qué falta con: expediente ver {asunto.folio}"
        )
    momento = v.momento(ocurrio)
    _revisar_momento_del_acuse(v, doc, momento)
    if doc.estado == ENTREGADO and doc.fecha:
        momento = doc.fecha  # sólo faltaba decir quién lo recibió
    hecho = {"clave": doc.clave, "numero": doc.numero or "", "estado": ENTREGADO}
    if recibe:
        hecho["recibe"] = recibe
    acuse = replace(v.nueva_actuacion("acuse", momento), documentos=(hecho,))
    entregado = con_actuaciones(asunto, acuse)
    hecho_ya = _asentar(v, entregado, simular)
    dichos = (*sin_quien_recibio(asunto, entregado), *_lo_que_sigue(entregado, doc))
    avisos = filter(None, (*dichos, hecho_ya.aviso))
    return replace(hecho_ya, aviso=" ".join(avisos) or None)


def _lo_que_sigue(asunto: Asunto, doc: Documento) -> list[str]:
    """El paso que espera esa entrega, con la orden que lo da: el acuse solo no mueve el caso."""
    p, folio = asunto.procedimiento, asunto.folio
    clave = doc.clave.split(".", 1)[0]
    avisos = []
    for activo in asunto.estado.pasos:
        salidas = p.por_clave[activo].salidas
        if not any(clave in salida.entrega for salida in salidas):
            continue
        cual = f" --paso {activo}" if len(asunto.estado.pasos) > 1 else ""
        decide = " --resultado …" if len(salidas) > 1 else ""
        avisos.append(f"Falta dar el paso «{activo}»: expediente avanzar {folio}{cual}{decide}")
    return avisos


def _revisar_momento_del_acuse(v: Ventanilla, doc: Documento, momento: datetime) -> None:
    if momento > v.ahora:
        raise DatosInvalidos("El acuse no puede ser del futuro; revise --ocurrio.")
    if doc.emitido and momento < doc.emitido:
        raise DatosInvalidos(
            f"El acuse no puede ser anterior a la emisión, el {momento_en_palabras(doc.emitido)}; "
            "diga el día y la hora: --ocurrio «AAAA-MM-DD HH:MM»."
        )


def cancelar_numero(v: Ventanilla, numero: str, motivo: str, simular: bool = False) -> Resultado:
    """Anula un número con su motivo; el número no vuelve a usarse.

    Lanza NoPermitido si el oficio ya se entregó o ya estaba cancelado.
    """
    if not motivo.strip():
        raise DatosInvalidos("Diga por qué se cancela: --motivo «…».")
    asiento = asiento_de_numero(v.raiz, v.oficina.libros, numero)
    if asiento.de_fuera:
        return anular_de_fuera(v, asiento, motivo.strip(), simular)
    asunto, doc = _documento_del(v, asiento)
    if doc.estado not in (RESERVADO, EMITIDO):
        raise NoPermitido(f"El oficio {doc.numero} está {doc.estado}; ya no se cancela.")
    hecho = {
        "clave": doc.clave,
        "numero": doc.numero or "",
        "estado": CANCELADO,
        "motivo": motivo.strip(),
    }
    actuacion = replace(v.nueva_actuacion("documento"), documentos=(hecho,), nota=motivo.strip())
    return _asentar(v, con_actuaciones(asunto, actuacion), simular)


def _asentar(v: Ventanilla, tentativo: Asunto, simular: bool) -> Resultado:
    if simular:
        return resultado_de(tentativo)
    hecho = asentar(v, tentativo)
    with ya_asentado(hecho.folio):
        poner_al_dia_el_libro(v, hecho)
        quitar_borradores(hecho)
    return resultado_de(hecho, aviso=" ".join(avisos_de_borradores_abiertos(hecho)) or None)


def _documento_del(v: Ventanilla, asiento: Asiento) -> tuple[Asunto, Documento]:
    asunto = tomar(v, asiento.dice.get("folio", ""))
    for doc in reversed(asunto.estado.documentos):
        if doc.numero == asiento.numero:
            return asunto, doc
    raise NoPermitido(
        f"El número {asiento.numero} se tomó para {asunto.folio}, que aún no lo asienta; "
        f"termínelo con: expediente oficio emitir {asunto.folio}"
    )
