"""Los oficios por su número: emitir lo pendiente, acusar y cancelar."""

from dataclasses import replace

from expediente.almacen.libro import Asiento, asiento_de_numero
from expediente.nucleo.errores import DatosInvalidos, NoExiste, NoPermitido, sugerencia
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    POR_EMITIR,
    RESERVADO,
    Documento,
)
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, tomar
from expediente.operaciones.efectos import (
    cumplir,
    documentos_nuevos,
    ensayar,
    ficheros_nuevos,
    poner_al_dia_el_libro,
    sin_quien_recibio,
    ya_asentado,
)
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
    return resultado_de(hecho, documentos_nuevos(asunto, hecho), ficheros=nuevos)


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

    Lanza NoPermitido si no está emitido.
    """
    asiento = asiento_de_numero(v.raiz, v.oficina.libros, numero)
    if asiento.de_fuera:
        return acusar_de_fuera(v, asiento, ocurrio, recibe, simular)
    asunto, doc = _documento_del(v, asiento)
    if doc.estado == ENTREGADO and (doc.recibe or not recibe):
        if not simular:
            poner_al_dia_el_libro(v, asunto)
        return resultado_de(asunto, aviso="Ya tenía acuse.")
    if doc.estado not in (EMITIDO, ENTREGADO):
        raise NoPermitido(
            f"El oficio {doc.numero} está {doc.estado}; sólo se acusa uno emitido. "
            f"Mire qué falta con: expediente ver {asunto.folio}"
        )
    momento = v.momento(ocurrio)
    if momento > v.ahora or (doc.emitido and momento < doc.emitido):
        raise DatosInvalidos("El acuse no puede ser del futuro ni anterior a la emisión.")
    if doc.estado == ENTREGADO and doc.fecha:
        momento = doc.fecha  # sólo faltaba decir quién lo recibió
    hecho = {"clave": doc.clave, "numero": doc.numero or "", "estado": ENTREGADO}
    if recibe:
        hecho["recibe"] = recibe
    acuse = replace(v.nueva_actuacion("acuse", momento), documentos=(hecho,))
    entregado = con_actuaciones(asunto, acuse)
    avisos = sin_quien_recibio(asunto, entregado)
    return replace(_asentar(v, entregado, simular), aviso=" ".join(avisos) or None)


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
    return resultado_de(hecho)


def _documento_del(v: Ventanilla, asiento: Asiento) -> tuple[Asunto, Documento]:
    asunto = tomar(v, asiento.dice.get("folio", ""))
    for doc in reversed(asunto.estado.documentos):
        if doc.numero == asiento.numero:
            return asunto, doc
    raise NoPermitido(
        f"El número {asiento.numero} se tomó para {asunto.folio}, que aún no lo asienta; "
        f"termínelo con: expediente oficio emitir {asunto.folio}"
    )
