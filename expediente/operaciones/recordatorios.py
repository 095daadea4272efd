"""Reiterar un oficio entregado que nadie contestó: el primero, el segundo, el tercero…

Si el procedimiento tiene pasos que mandan el recordatorio, se dan esos pasos, con sus
reglas; si no, el recordatorio se emite como documento del caso. En los dos, qué documento
recuerda a cuál lo dice el procedimiento (`reitera`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from expediente.nucleo.ajustes import Persona
from expediente.nucleo.avance import Peticion
from expediente.nucleo.errores import ErrorExpediente, NoExiste, NoPermitido, sugerencia
from expediente.nucleo.estado import EMITIDO, POR_EMITIR, Documento
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.nucleo.numerales import ordinal
from expediente.nucleo.procedimiento import Paso, Salida
from expediente.nucleo.reiteracion import (
    Reiterado,
    documento_del_nivel,
    reiterables,
    reiterado,
)
from expediente.nucleo.repaso import siguientes_de
from expediente.operaciones.asunto import (
    Asunto,
    asentar,
    con_actuaciones,
    tomar,
    vencimientos_de,
)
from expediente.operaciones.avanzar import (
    actuacion_de_avance,
    al_corriente,
    asentar_cambio,
    avanzar,
)
from expediente.operaciones.efectos import cumplir, ensayar, ya_asentado
from expediente.operaciones.listas import Renglon
from expediente.operaciones.novedades import documentos_nuevos, ficheros_nuevos
from expediente.operaciones.oficio_ajeno import oficio_de_otro_caso
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla


def reiterar(
    v: Ventanilla,
    folio: str,
    documento: str | None = None,
    por: Persona | None = None,
    simular: bool = False,
) -> Resultado:
    """Emite el recordatorio que toca del oficio entregado que nadie ha contestado.

    `documento` es la clave del oficio, si el caso tiene varios por contestar. Lanza
    NoPermitido si no hay qué recordar, si al oficio le falta su acuse, si ya hubo
    respuesta o si todavía no vence el plazo para darla.
    """
    asunto = al_corriente(v, tomar(v, folio), simular)
    clave, hallado = _por_recordar(v, asunto, documento)
    pasos = _pasos_que_recuerdan(v, asunto, clave, por)
    hecho = (
        _dando_los_pasos(v, asunto, pasos, simular)
        if pasos
        else _sin_pasos(v, asunto, clave, hallado, simular)
    )
    return replace(hecho, aviso=" ".join(filter(None, (_cual_es(hallado), hecho.aviso))))


def _cual_es(hallado: Reiterado) -> str:
    oficio = hallado.oficio
    assert oficio is not None and oficio.fecha is not None
    return (
        f"Es el {ordinal(hallado.nivel, apocope=True)} recordatorio de {oficio.numero}, entregado "
        f"el {fecha_en_palabras(oficio.fecha)}."
    )


def _por_recordar(v: Ventanilla, asunto: Asunto, documento: str | None) -> tuple[str, Reiterado]:
    """La clave del oficio que se recuerda, ya con su acuse, y lo que lleva recordado."""
    p = asunto.procedimiento
    claves = reiterables(p)
    if not claves:
        raise NoPermitido(
            f"{asunto.folio} es de «{p.nombre}», que no manda recordatorios; lo que le toca se ve "
            f"con: expediente ver {asunto.folio}"
        )
    if documento is not None:
        claves = (_el_pedido(asunto, documento),)
    hallados = {clave: reiterado(p, asunto.estado, clave) for clave in claves}
    salidos = {c: h for c, h in hallados.items() if h.oficio is not None}
    if not salidos and (aparte := oficio_de_otro_caso(v, asunto)):
        raise _va_en_otro(asunto, *aparte)
    if not salidos:
        nombres = ", ".join(f"«{p.regla_de(clave).nombre}»" for clave in claves)
        raise NoPermitido(f"{asunto.folio} no tiene emitido {nombres}: no hay qué recordar.")
    if len(salidos) > 1:
        raise NoPermitido(
            f"{asunto.folio} tiene varios oficios: diga cuál con --documento "
            f"({', '.join(salidos)})."
        )
    ((clave, hallado),) = salidos.items()
    if hallado.oficio is not None and hallado.oficio.estado == EMITIDO:
        numero = hallado.oficio.numero
        raise NoPermitido(
            f"{numero} no tiene acuse: no consta que lo recibieran. Primero: expediente oficio "
            f"acusar {numero} --recibe «NOMBRE» --ocurrio «CUÁNDO»"
        )
    return clave, hallado


def _va_en_otro(asunto: Asunto, otro: Asunto, oficio: Documento | None) -> NoPermitido:
    con = f", con el oficio {oficio.numero}" if oficio else ", que todavía no sale"
    return NoPermitido(
        f"{asunto.folio} se mandó junto con otros en {otro.folio}{con}; el recordatorio es uno "
        f"para todos: expediente oficio reiterar {otro.folio}"
    )


def _el_pedido(asunto: Asunto, documento: str) -> str:
    """La clave del oficio pedido; también se puede pedir por su recordatorio."""
    p = asunto.procedimiento
    claves = reiterables(p)
    regla = p.documento.get(documento)
    clave = regla.reitera if regla and regla.reitera else documento
    if clave in claves:
        return clave
    raise NoExiste(
        f"«{p.clave}» no recuerda ningún «{documento}».{sugerencia(documento, claves)} "
        f"Recuerda: {', '.join(claves)}."
    )


def _pasos_que_recuerdan(
    v: Ventanilla, asunto: Asunto, clave: str, por: Persona | None
) -> list[Peticion]:
    """Los pasos que mandan el recordatorio desde donde está el caso; vacío si no los hay.

    Lanza NoPermitido si los hay y ya no admiten otro.
    """
    p, estado = asunto.procedimiento, asunto.estado
    recuerdan = {
        paso.clave for paso in p.pasos if any(_recuerda(asunto, s, clave) for s in paso.salidas)
    }
    activos = [p.por_clave[activo] for activo in estado.pasos]
    for paso in activos:
        if paso.clave in recuerdan:
            return [_dar(asunto, paso, clave, por)]
    for paso in activos:
        for salida in paso.salidas:
            if not recuerdan & set(salida.sigue):
                continue
            veces = estado.veces.get((paso.clave, salida.clave), 0) + 1
            siguen = siguientes_de(salida, veces)
            if not recuerdan & set(siguen):
                raise NoPermitido(
                    f"{asunto.folio} ya lleva los recordatorios que admite su procedimiento; sigue "
                    f"«{siguen[0]}»: expediente avanzar {asunto.folio} --resultado {salida.clave}"
                )
            esperando = Peticion(paso.clave, salida.clave, por=por if paso.autoriza else None)
            despues = con_actuaciones(asunto, actuacion_de_avance(v, asunto, esperando, None))
            siguiente = next(p.por_clave[c] for c in siguen if c in recuerdan)
            return [esperando, _dar(despues, siguiente, clave, por)]
    if recuerdan:
        raise _ya_no_espera(asunto)
    return []


def _recuerda(asunto: Asunto, salida: Salida, clave: str) -> bool:
    documento = asunto.procedimiento.documento
    return any(documento[emitido].reitera == clave for emitido in salida.emite)


def _dar(asunto: Asunto, paso: Paso, clave: str, por: Persona | None) -> Peticion:
    """Dar ese paso con el resultado que manda el recordatorio que toca.

    Si varios lo mandan, el del documento del nivel; si aun así son varios, el que sigue a
    los ya mandados.
    """
    p = asunto.procedimiento
    hallado = reiterado(p, asunto.estado, clave)
    toca = documento_del_nivel(p, clave, hallado.nivel).clave
    salidas = [s for s in paso.salidas if toca in s.emite] or [
        s for s in paso.salidas if _recuerda(asunto, s, clave)
    ]
    salida = salidas[min(hallado.nivel, len(salidas)) - 1]
    return Peticion(paso.clave, salida.clave, por=por if paso.autoriza else None)


def _dando_los_pasos(
    v: Ventanilla, asunto: Asunto, pasos: Iterable[Peticion], simular: bool
) -> Resultado:
    """Da los pasos, todos o ninguno: antes de asentar el primero se ensayan hasta el último."""
    pasos = list(pasos)
    tentativo = asunto
    for peticion in pasos:
        actuacion = actuacion_de_avance(v, tentativo, peticion, None)
        ensayado = asentar_cambio(v, tentativo, actuacion, simular=True)
        tentativo = con_actuaciones(tentativo, actuacion)
    if simular:
        return ensayado
    hechos = [avanzar(v, asunto.folio, peticion) for peticion in pasos]
    return replace(
        hechos[-1],
        documentos=tuple(d for hecho in hechos for d in hecho.documentos),
        ficheros=tuple(f for hecho in hechos for f in hecho.ficheros),
    )


def _sin_pasos(
    v: Ventanilla, asunto: Asunto, clave: str, hallado: Reiterado, simular: bool
) -> Resultado:
    """Emite el recordatorio como documento del caso, sin mover ningún paso."""
    _revisar_que_espera(v, asunto)
    documento = documento_del_nivel(asunto.procedimiento, clave, hallado.nivel)
    nota = f"{ordinal(hallado.nivel, apocope=True).capitalize()} recordatorio."
    pedido = {"clave": documento.clave, "estado": POR_EMITIR}
    actuacion = replace(v.nueva_actuacion("documento"), documentos=(pedido,), nota=nota)
    tentativo = con_actuaciones(asunto, actuacion)
    ensayar(v, tentativo)
    if simular:
        return resultado_de(tentativo)
    pedido_ya = asentar(v, tentativo)
    with ya_asentado(asunto.folio):
        hecho = cumplir(v, pedido_ya, recien=True)
    nuevos = ficheros_nuevos(asunto, hecho)
    return resultado_de(hecho, documentos_nuevos(asunto, hecho), ficheros=nuevos)


def _ya_no_espera(asunto: Asunto) -> NoPermitido:
    pasos = asunto.estado.pasos
    donde = f"está en «{'», «'.join(pasos)}»" if pasos else "ya terminó"
    return NoPermitido(f"{asunto.folio} {donde}: no espera respuesta de ese oficio.")


def _revisar_que_espera(v: Ventanilla, asunto: Asunto) -> None:
    """Lanza NoPermitido si a nadie de fuera le toca contestar, o si todavía está en plazo."""
    p, estado = asunto.procedimiento, asunto.estado
    esperan = [clave for clave in estado.pasos if p.rol[p.por_clave[clave].responsable].externo]
    if not esperan or estado.suspendido:
        raise _ya_no_espera(asunto)
    for corre in vencimientos_de(v, p, estado):
        if corre.clave in esperan and corre.cumplido is None and not corre.vencido(v.ahora):
            raise NoPermitido(
                f"Todavía no vence «{corre.nombre}»: vence el {fecha_en_palabras(corre.vence)}."
            )


def sin_respuesta(v: Ventanilla, renglones: Iterable[Renglon]) -> Iterator[Renglon]:
    """Los que tienen un oficio entregado que nadie contestó y ya puede reiterarse.

    Sólo lee los vencidos. El que no se pueda leer o reiterar no sale: por qué lo dice
    `oficio reiterar` con su folio.
    """
    for renglon in renglones:
        if renglon.vencido(v.ahora) and _puede_reiterarse(v, renglon.folio):
            yield renglon


def _puede_reiterarse(v: Ventanilla, folio: str) -> bool:
    try:
        reiterar(v, folio, simular=True)
    except ErrorExpediente:
        return False
    return True
