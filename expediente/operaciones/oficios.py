"""Los oficios por su número: emitir lo pendiente, acusar, cancelar y revisar el libro."""

from dataclasses import dataclass, replace

from expediente.almacen import libro as libros
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorExpediente,
    NoExiste,
    NoPermitido,
    sugerencia,
)
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
    asiento_del_caso,
    cumplir,
    documentos_nuevos,
    ensayar,
    poner_al_dia_el_libro,
    ya_asentado,
)
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
    return resultado_de(hecho, documentos_nuevos(asunto, hecho))


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
    asunto, doc = _del_numero(v, numero)
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
    return _asentar(v, con_actuaciones(asunto, acuse), simular)


def cancelar_numero(v: Ventanilla, numero: str, motivo: str, simular: bool = False) -> Resultado:
    """Anula un número con su motivo; el número no vuelve a usarse.

    Lanza NoPermitido si el oficio ya se entregó o ya estaba cancelado.
    """
    if not motivo.strip():
        raise DatosInvalidos("Diga por qué se cancela: --motivo «…».")
    asunto, doc = _del_numero(v, numero)
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


def _del_numero(v: Ventanilla, numero: str) -> tuple[Asunto, Documento]:
    asiento = asiento_del_caso(v, numero)
    asunto = tomar(v, asiento.dice["folio"])
    for doc in reversed(asunto.estado.documentos):
        if doc.numero == asiento.numero:
            return asunto, doc
    raise NoPermitido(
        f"El número {asiento.numero} se tomó para {asunto.folio}, que aún no lo asienta; "
        f"termínelo con: expediente oficio emitir {asunto.folio}"
    )


@dataclass(frozen=True)
class Auditoria:
    """Lo que el libro dice de sus números y lo que no cuadra.

    `huecos` son los consecutivos que faltan; `problemas`, números cuyo caso dice otra
    cosa o no existe. `cancelados` llevan su motivo: explican lo que no salió.
    """

    libro: str
    anio: int
    ultimo: int
    por_estado: dict[str, int]
    huecos: tuple[int, ...]
    cancelados: tuple[tuple[str, str], ...]
    problemas: tuple[str, ...]


def libro_de_oficios(
    v: Ventanilla, libro: str | None = None, anio: int | None = None
) -> list[libros.Asiento]:
    """Los asientos del libro y año pedidos; de todos si no se dice."""
    if libro is not None:
        v.oficina.libro(libro)
    return list(libros.asientos(v.raiz, libro, anio))


def auditar(v: Ventanilla, libro: str | None = None, anio: int | None = None) -> list[Auditoria]:
    """Una auditoría por libro y año: huecos, cancelados y lo que no cuadra con su caso."""
    por_serie: dict[tuple[str, int], list[libros.Asiento]] = {}
    for asiento in libro_de_oficios(v, libro, anio):
        serie = (asiento.dice["libro"], int(asiento.dice["anio"]))
        por_serie.setdefault(serie, []).append(asiento)
    return [_auditar(v, clave, de, asientos) for (clave, de), asientos in por_serie.items()]


def _auditar(v: Ventanilla, libro: str, anio: int, asientos: list[libros.Asiento]) -> Auditoria:
    por_estado: dict[str, int] = {}
    for asiento in asientos:
        estado = asiento.dice["estado"]
        por_estado[estado] = por_estado.get(estado, 0) + 1
    return Auditoria(
        libro,
        anio,
        max(int(a.dice["consecutivo"]) for a in asientos),
        por_estado,
        tuple(libros.huecos(v.raiz, libro, anio)),
        tuple(
            (a.numero, a.dice.get("motivo", "sin motivo"))
            for a in asientos
            if a.dice["estado"] == CANCELADO
        ),
        tuple(problema for a in asientos if (problema := _problema_del_asiento(v, a))),
    )


def _problema_del_asiento(v: Ventanilla, asiento: libros.Asiento) -> str | None:
    folio = asiento.dice.get("folio", "")
    try:
        estado = tomar(v, folio).estado
    except ErrorExpediente as error:
        return f"{asiento.numero}: su expediente no se puede leer. {error.mensaje}"
    if asiento.numero in estado.datos.values():
        return None
    doc = next((d for d in estado.documentos if d.numero == asiento.numero), None)
    if doc is None:
        if asiento.dice["estado"] == CANCELADO:
            return None
        return (
            f"{asiento.numero}: {folio} no lo asienta; póngalo en orden con: expediente revisar "
            "--reparar"
        )
    if doc.estado != asiento.dice["estado"]:
        return (
            f"{asiento.numero}: el libro dice {asiento.dice['estado']} y {folio} dice "
            f"{doc.estado}; póngalo al día con: expediente revisar --reparar {folio}"
        )
    return None
