"""Cómo se repasa la historia de un caso: cada actuación, aplicada en su orden.

`repasar` no juzga si cada paso estuvo permitido (eso lo juzgaron `avance` y `eventos`
cuando se dio); sólo aplica lo que ocurrió. Lo que un paso hace a los documentos está en
`papeles`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from expediente.nucleo.caso import Actuacion
from expediente.nucleo.estado import (
    APARTADO,
    DEVUELTO,
    EN_TRAMITE,
    Estado,
    Llegada,
    PorAbrir,
    Suspension,
    Toma,
)
from expediente.nucleo.papeles import (
    asentar_documentos,
    con_acuse,
    documentos_tras,
    por_evento,
    sin_reservas,
    tras_deshacer,
)
from expediente.nucleo.procedimiento import Procedimiento, Salida


def repasar(p: Procedimiento, actuaciones: Sequence[Actuacion]) -> Estado:
    """El estado a que llevan esas actuaciones, la primera de las cuales es la apertura."""
    estado: Estado | None = None
    for actuacion in _vigentes(actuaciones):
        if estado is None:
            estado = _abrir(p, actuacion)
        else:
            estado = _APLICA[actuacion.tipo](p, _con_datos(p, estado, actuacion), actuacion)
    if estado is None:
        raise ValueError("un caso tiene al menos su apertura")
    return _nombrado(p, estado)


def continuar(p: Procedimiento, estado: Estado, nuevas: Iterable[Actuacion]) -> Estado:
    """El estado a que llevan otras actuaciones desde uno ya repasado.

    Da lo mismo que repasarlo todo, si ninguna de las nuevas deshace otra.
    """
    for actuacion in nuevas:
        estado = _APLICA[actuacion.tipo](p, _con_datos(p, estado, actuacion), actuacion)
    return _nombrado(p, estado)


def _vigentes(actuaciones: Iterable[Actuacion]) -> Iterator[Actuacion]:
    """Las actuaciones que nadie deshizo."""
    todas = list(actuaciones)
    deshechas = {numero for a in todas for numero in deshechas_por(a)}
    return (a for a in todas if str(a.numero) not in deshechas)


def deshechas_por(a: Actuacion) -> list[str]:
    """Los números de las actuaciones que ésta deshace; vacío si no deshace ninguna."""
    return a.detalle.get("deshace", "").split() if a.tipo == "deshecho" else []


def _nombrado(p: Procedimiento, estado: Estado) -> Estado:
    """El estado con la situación que le dan sus relojes y el paso en que está."""
    if not estado.pasos:
        return estado
    if suspension := estado.suspendido:
        detenido = {"prevencion": "en_prevencion"}.get(suspension.clase, "suspendido")
        return replace(estado, situacion=detenido)
    propias = (p.por_clave[clave].situacion for clave in estado.pasos)
    return replace(estado, situacion=next(filter(None, propias), EN_TRAMITE))


def _abrir(p: Procedimiento, a: Actuacion) -> Estado:
    entrada = a.paso or p.apertura
    inicial = Estado(
        situacion=EN_TRAMITE,
        pasos=(entrada,),
        abierto=a.ocurrio,
        canal=a.detalle.get("canal"),
        origen=a.detalle.get("origen"),
        datos=dict(a.datos),
        requisitos=dict.fromkeys(a.requisitos, a.ocurrio),
        movimientos=(("apertura", a.ocurrio),),
        relaciones=_ligados(p, a.datos)
        + tuple((folio, "abierto_por") for folio in a.detalle.get("relacionado", "").split()),
    )
    abierto = _dar_paso(inicial, p, entrada, p.por_clave[entrada].salidas[0], a)
    return replace(
        abierto,
        ocurrio={**abierto.ocurrio, "apertura": a.ocurrio},
        orden={**abierto.orden, "apertura": a.numero},
    )


def _con_datos(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    if not a.datos and not a.requisitos:
        return estado
    datos = {k: v for k, v in {**estado.datos, **a.datos}.items() if v != ""}
    nuevas = [r for r in _ligados(p, a.datos) if r not in estado.relaciones]
    return replace(
        estado,
        datos=datos,
        requisitos={**dict.fromkeys(a.requisitos, a.ocurrio), **estado.requisitos},
        relaciones=(*estado.relaciones, *nuevas),
    )


def _ligados(p: Procedimiento, datos: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Los casos que nombran los campos de tipo folio."""
    folios = {campo.clave for campo in p.campos if campo.tipo == "folio"}
    if not folios:
        return ()
    return tuple((v, "ligado") for k, v in datos.items() if v and k.split(".", 1)[0] in folios)


def _avance(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    salida = p.por_clave[a.paso or ""].salida(a.resultado)
    assert salida is not None
    return _dar_paso(estado, p, a.paso or "", salida, a)


def siguientes_de(salida: Salida, veces: int) -> tuple[str, ...]:
    """A dónde sigue esa salida la vez número `veces`."""
    if salida.maximo and salida.al_exceder and veces > salida.maximo:
        return (salida.al_exceder,)
    return salida.sigue


def _dar_paso(estado: Estado, p: Procedimiento, paso: str, salida: Salida, a: Actuacion) -> Estado:
    veces = estado.veces.get((paso, salida.clave), 0) + 1
    hechos = [paso] if salida.clave is None else [paso, f"{paso}/{salida.clave}"]
    abre = (PorAbrir(f"{a.numero}.{i}", apertura) for i, apertura in enumerate(salida.abre))
    dado = replace(
        estado,
        ultimo_paso=a.ocurrio,
        veces=_veces_tras(estado, paso, salida, veces),
        ocurrio={**estado.ocurrio, **dict.fromkeys(hechos, a.ocurrio)},
        notas={**estado.notas, paso: a.nota or ""},
        actuo={**estado.actuo, **dict.fromkeys(hechos, a.por or a.capturo)},
        orden={**estado.orden, **dict.fromkeys(hechos, a.numero)},
        resultado={**estado.resultado, **({paso: salida.clave} if salida.clave else {})},
        documentos=documentos_tras(p, estado, salida, a),
        numeros_pendientes=estado.numeros_pendientes
        + tuple(n for n in salida.asigna if n not in estado.datos),
        tomas=_tomas_tras(estado.tomas, a),
        prorrogas=_sin_las_de(p, estado.prorrogas, {*hechos, *siguientes_de(salida, veces)}),
        por_abrir=(*estado.por_abrir, *abre),
    )
    if salida.final:
        return _terminar(replace(dado, previos=(paso,)), salida.final, a)
    quedan = tuple(clave for clave in dado.pasos if clave not in salida.quita)
    en_reunion = tuple(clave for clave in dado.en_reunion if clave not in salida.quita)
    dado = replace(dado, pasos=quedan, en_reunion=en_reunion)
    return _llegar(p, dado, siguientes_de(salida, veces), a, desde=paso)


def _veces_tras(
    estado: Estado, paso: str, salida: Salida, veces: int
) -> dict[tuple[str, str | None], int]:
    """Cuántas veces va cada salida, sin las de los pasos que ésta vuelve a contar."""
    todas = {**estado.veces, (paso, salida.clave): veces}
    return {cual: n for cual, n in todas.items() if cual[0] not in salida.reinicia}


def _llegar(
    p: Procedimiento,
    estado: Estado,
    siguen: Sequence[str],
    a: Actuacion,
    desde: str | None = None,
) -> Estado:
    """El estado con esos pasos activos en vez de `desde`.

    El que reúne ramas espera a que ningún paso activo pueda llegar a él todavía.
    """
    activos = [clave for clave in estado.pasos if clave != desde]
    esperan = [c for c in estado.en_reunion if c != desde]
    for clave in siguen:
        if p.por_clave[clave].reune and clave not in activos:
            esperan = [*(c for c in esperan if c != clave), clave]
        elif clave not in activos:
            activos.append(clave)
    listos = [c for c in esperan if not _falta_llegar(p, c, activos, esperan)]
    activos += listos
    nuevos = [c for c in activos if c == desde or c not in estado.pasos]
    llegadas = {c: _llegada(estado.llegadas.get(c), c == desde, a) for c in nuevos}
    return replace(
        estado,
        pasos=tuple(activos),
        en_reunion=tuple(c for c in esperan if c not in listos),
        llegadas={**estado.llegadas, **llegadas},
    )


def _falta_llegar(
    p: Procedimiento, clave: str, activos: Sequence[str], esperan: Sequence[str]
) -> bool:
    """Si alguna rama viva puede llegar todavía a esa reunión."""
    if not activos:
        return False
    antes = p.llegan_a[clave]
    previas = (c for c in esperan if c in antes and clave not in p.llegan_a[c])
    return any(c in antes for c in activos) or any(previas)


def _llegada(previa: Llegada | None, se_sigue: bool, a: Actuacion) -> Llegada:
    if previa is not None and se_sigue:
        return Llegada(a.ocurrio, a.numero, previa.primera, previa.vueltas + 1)
    return Llegada(a.ocurrio, a.numero, a.ocurrio)


def _sin_las_de(
    p: Procedimiento, prorrogas: Mapping[str, int], hechos: set[str]
) -> Mapping[str, int]:
    """Las prórrogas sin las de los plazos que empiezan de nuevo: valían para la vuelta anterior."""
    nuevos = {regla.clave for regla in p.plazos if hechos & set(regla.desde)} | hechos
    return {clave: cuanto for clave, cuanto in prorrogas.items() if clave not in nuevos}


def _tomas_tras(tomas: tuple[Toma, ...], a: Actuacion) -> tuple[Toma, ...]:
    for hecho in a.tomas:
        previa = next((t for t in tomas if t.recurso == hecho["recurso"]), None)
        otras = tuple(t for t in tomas if t is not previa)
        if "cantidad" in hecho:
            nueva = Toma(
                hecho["recurso"],
                hecho["existencia"],
                hecho["renglon"],
                hecho["cantidad"],
                hecho["estado"],
            )
        elif previa is not None:
            nueva = replace(previa, estado=hecho["estado"])
        else:
            continue
        tomas = (*otras, nueva)
    return tomas


def _terminar(estado: Estado, situacion: str, a: Actuacion) -> Estado:
    return replace(
        estado,
        situacion=situacion,
        situacion_final=situacion,
        previos=estado.pasos if estado.pasos and a.tipo != "avance" else estado.previos,
        pasos=(),
        en_reunion=(),
        concluido=a.ocurrio,
        suspensiones=_reanudadas(estado.suspensiones, a.ocurrio),
        documentos=sin_reservas(estado.documentos, a),
        tomas=tuple(
            replace(t, estado=DEVUELTO) if t.estado == APARTADO else t for t in estado.tomas
        ),
        movimientos=(*estado.movimientos, ("conclusion", a.ocurrio)),
    )


def _reanudadas(suspensiones: tuple[Suspension, ...], momento: datetime) -> tuple[Suspension, ...]:
    return tuple(s if s.hasta else replace(s, hasta=momento) for s in suspensiones)


def _documento(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    """Lo que se cumplió en el libro y en la carpeta."""
    pendientes = tuple(n for n in estado.numeros_pendientes if n not in a.datos)
    return replace(
        estado, documentos=asentar_documentos(estado.documentos, a), numeros_pendientes=pendientes
    )


def _acuse(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return replace(estado, documentos=con_acuse(estado.documentos, a))


def _anexo(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return replace(estado, anexos=(*estado.anexos, *a.anexos))


def _archivo(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return replace(estado, situacion="archivado", archivo=dict(a.detalle))


def _sin_efecto(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return estado


def _deshecho(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    """Lo deshecho ya no se repasó; los números que había tomado se cancelan."""
    return replace(estado, documentos=tras_deshacer(estado.documentos, a))


def _relacion(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    relacion = (a.detalle["folio"], a.detalle["como"])
    return replace(
        estado,
        relaciones=tuple(dict.fromkeys((*estado.relaciones, relacion))),
        por_abrir=tuple(x for x in estado.por_abrir if x.origen != a.detalle.get("origen")),
    )


def _suspension(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    nueva = Suspension(a.tipo, a.ocurrio, None, a.nota)
    return replace(estado, suspensiones=(*estado.suspensiones, nueva))


def _prevencion(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return _suspension(p, _con_oficio(p, estado, a), a)


def _reanudacion(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    return replace(estado, suspensiones=_reanudadas(estado.suspensiones, a.ocurrio))


def _prorroga(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    plazo = a.detalle["plazo"]
    total = estado.prorrogas.get(plazo, 0) + int(a.detalle["cantidad"])
    return replace(estado, prorrogas={**estado.prorrogas, plazo: total})


def _reasignacion(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    quien = a.detalle.get("a", estado.asignado)
    return replace(estado, asignado=quien, reasignaciones=estado.reasignaciones + 1)


def _con_oficio(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    """El estado con lo que se dijo en el evento y, si lo lleva, su oficio por emitir."""
    dicho = {**a.detalle, **({"nota": a.nota} if a.nota else {}), "por": a.por or a.capturo}
    return replace(
        estado,
        eventos={**estado.eventos, a.tipo: dicho},
        documentos=por_evento(p, estado.documentos, a),
    )


# A qué situación lleva cada evento que termina el caso.
TERMINAN = {
    "negativa": "negado",
    "desistimiento": "desistido",
    "cancelacion": "cancelado",
    "caducidad": "caducado",
    "incompetencia": "incompetencia",
    "acumulacion": "acumulado",
}


def _termina(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    situacion = a.detalle.get("situacion", TERMINAN[a.tipo])
    terminado = _con_oficio(p, _terminar(estado, situacion, a), a)
    if a.tipo != "acumulacion":
        return terminado
    relacion = (a.detalle["a"], "acumulado_a")
    return replace(terminado, relaciones=(*terminado.relaciones, relacion))


def _fallecimiento(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    enterado = replace(_con_oficio(p, estado, a), fallecido=a.ocurrio)
    salto = p.eventos.al_fallecer
    if salto is None:
        return _terminar(enterado, "fallecimiento", a)
    reanudado = replace(enterado, suspensiones=_reanudadas(estado.suspensiones, a.ocurrio))
    return _llegar(p, replace(reanudado, pasos=(), en_reunion=()), (salto,), a)


def _reapertura(p: Procedimiento, estado: Estado, a: Actuacion) -> Estado:
    # Mientras estuvo concluido nadie le debía nada: ese tiempo no cuenta en sus plazos.
    cierre = Suspension("cierre", estado.concluido or a.ocurrio, a.ocurrio, "estuvo concluido")
    abierto = replace(
        estado,
        suspensiones=(*estado.suspensiones, cierre),
        situacion=EN_TRAMITE,
        situacion_final=None,
        concluido=None,
        movimientos=(*estado.movimientos, ("reapertura", a.ocurrio)),
    )
    return _llegar(p, abierto, a.detalle["pasos"].split(), a)


_APLICA = {
    "avance": _avance,
    "documento": _documento,
    "acuse": _acuse,
    "anexo": _anexo,
    "archivo": _archivo,
    "nota": _sin_efecto,
    "correccion": _sin_efecto,
    "relacion": _relacion,
    "prevencion": _prevencion,
    "suspension": _suspension,
    "reanudacion": _reanudacion,
    "prorroga": _prorroga,
    "reasignacion": _reasignacion,
    "fallecimiento": _fallecimiento,
    "reapertura": _reapertura,
    "deshecho": _deshecho,
    **dict.fromkeys(TERMINAN, _termina),
}
