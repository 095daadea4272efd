"""Lo que un paso produce fuera del caso: números del libro y documentos.

El paso se asienta primero y sus efectos después, uno por uno y sin repetirse: si la
máquina se apaga en medio, el caso dice qué falta y `cumplir` lo termina. Por eso sólo
quien ganó el paso toma un número, y ninguno se pierde ni se toma dos veces.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from expediente.almacen import libro as libros
from expediente.almacen.disco import (
    errores_de_disco,
    escribir_entero,
    hacer_carpeta,
    leer_bytes,
)
from expediente.documentos.redaccion import Papel, campos_de_la_carta
from expediente.nucleo.errores import (
    CasoCambio,
    ErrorDisco,
    ErrorExpediente,
    NoExiste,
    SinPermiso,
)
from expediente.nucleo.estado import (
    CANCELADO,
    EMITIDO,
    ENTREGADO,
    PENDIENTES,
    POR_CANCELAR,
    POR_EMITIR,
    POR_RESERVAR,
    RESERVADO,
    Documento,
    Estado,
)
from expediente.nucleo.procedimiento import DocumentoEscrito
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, plazo_que_corre, tomar
from expediente.operaciones.ventanilla import Ventanilla

NUMERO_DE_ENSAYO = "0000"
EN_EL_LIBRO = (RESERVADO, EMITIDO, ENTREGADO, CANCELADO)
# Las actuaciones que no piden ningún documento.
AL_MARGEN = ("documento", "acuse", "anexo", "nota", "correccion", "relacion", "deshecho")


@dataclass(frozen=True)
class _Carta:
    """Un documento por escribir: con qué número, de qué fecha y si es borrador."""

    documento: DocumentoEscrito
    clave: str
    numero: str | None
    fecha: datetime
    borrador: bool


def documentos_nuevos(antes: Asunto, despues: Asunto) -> list[str]:
    """Los números que se dieron y los documentos que cambiaron entre dos momentos del asunto."""
    claves = [n.clave for n in despues.procedimiento.numeros]
    ahora, previos_datos = despues.estado.datos, antes.estado.datos
    numeros = [ahora[c] for c in claves if c in ahora and c not in previos_datos]
    previos = set(antes.estado.documentos)
    nuevos = [d for d in despues.estado.documentos if d not in previos and d.estado != CANCELADO]
    return numeros + [d.numero or d.fichero or d.clave for d in nuevos]


def ensayar(v: Ventanilla, asunto: Asunto) -> None:
    """Llena en memoria lo que el paso va a escribir, sin tomar número ni dejar nada.

    Lanza DatosInvalidos si a una plantilla le falta un dato, y NoExiste si no está.
    """
    estado = asunto.estado
    if not any(d.estado in PENDIENTES and d.estado != POR_CANCELAR for d in estado.documentos):
        return
    de_ensayo = dict.fromkeys(estado.numeros_pendientes, NUMERO_DE_ENSAYO)
    probado = replace(asunto, estado=replace(estado, datos={**estado.datos, **de_ensayo}))
    for doc in estado.documentos:
        if doc.estado in PENDIENTES and doc.estado != POR_CANCELAR:
            regla = asunto.procedimiento.regla_de(doc.clave)
            numero = doc.numero or (NUMERO_DE_ENSAYO if regla.libro else None)
            borrador = doc.estado == POR_RESERVAR
            carta = _Carta(regla, doc.clave, numero, _fecha_de(asunto, doc), borrador)
            _llenar(v, probado, carta)


def _fecha_de(asunto: Asunto, doc: Documento) -> datetime:
    """La fecha que lleva escrita: la del paso que lo produjo."""
    return doc.fecha or asunto.estado.ultimo_paso or asunto.estado.abierto


def _llenar(v: Ventanilla, asunto: Asunto, carta: _Carta) -> bytes:
    # Word pesa en el arranque: sólo lo cargan las órdenes que escriben un documento.
    from expediente.documentos.plantilla import compilar

    corre = plazo_que_corre(v, asunto.procedimiento, asunto.estado)
    papel = Papel(
        oficina=v.oficina,
        procedimiento=asunto.procedimiento,
        documento=carta.documento,
        clave=carta.clave,
        folio=asunto.folio,
        estado=asunto.estado,
        catalogos=v.catalogos,
        numero=carta.numero,
        fecha=carta.fecha,
        borrador=carta.borrador,
        elaboro=_quien_lo_pidio(asunto),
        recibio=asunto.actuaciones[0].capturo,
        vence=corre.vence if corre else None,
    )
    ruta = v.raiz / "plantillas" / carta.documento.plantilla
    return compilar(ruta).llenar(campos_de_la_carta(papel))


def _quien_lo_pidio(asunto: Asunto) -> str:
    """Quien tecleó el paso o la reexpedición: la carta sale igual la termine quien la termine."""
    pedidos = (
        a.capturo
        for a in reversed(asunto.actuaciones)
        if a.tipo not in AL_MARGEN or any(d["estado"] == POR_EMITIR for d in a.documentos)
    )
    return next(pedidos)


@contextmanager
def ya_asentado(folio: str) -> Iterator[None]:
    """Si el disco falla después de asentar, que el error no invite a repetir el paso."""
    try:
        yield
    except (ErrorDisco, SinPermiso) as error:
        causa, _, _ = error.mensaje.partition(". ")
        raise type(error)(
            f"{causa}. Lo de {folio} sí quedó asentado: no repita la orden; cuando el disco "
            f"responda, termine lo que falta con: expediente revisar --reparar {folio}"
        ) from error


def cumplir(v: Ventanilla, asunto: Asunto, recien: bool = False) -> Asunto:
    """El asunto con sus números y documentos pendientes ya cumplidos y asentados.

    `recien` dice que el paso se asentó en esta misma orden: no hace falta buscar en el
    libro un número que un apagón haya dejado tomado. Si otra persona cambia el caso entre
    tanto, quizá cumpliendo lo mismo, se sigue desde lo que ella dejó.
    """
    while asunto.estado.tiene_efectos_pendientes:
        try:
            asunto = _cumplir_lo_pendiente(v, asunto, recien)
        except CasoCambio:
            asunto, recien = tomar(v, asunto.folio), False
            anular_sobrantes(v, asunto.folio)
    return asunto


def _cumplir_lo_pendiente(v: Ventanilla, asunto: Asunto, recien: bool) -> Asunto:
    con_numeros = _dar_numeros(v, asunto, recien)
    hechos = [
        _cumplir_documento(v, con_numeros, doc, recien)
        for doc in con_numeros.estado.documentos
        if doc.estado in PENDIENTES
    ]
    actuacion = replace(
        v.nueva_actuacion("documento", _cuando_se_pidio(asunto.estado)),
        datos=_numeros(con_numeros, asunto),
        documentos=tuple(hechos),
    )
    hecho = asentar(v, con_actuaciones(asunto, actuacion))
    quitar_borradores(hecho)
    return hecho


def quitar_borradores(asunto: Asunto) -> None:
    """Borra el borrador de cada documento que ya tiene su versión definitiva."""
    vigentes = {d.fichero for d in asunto.estado.documentos if d.estado == RESERVADO}
    for doc in asunto.estado.documentos:
        borrador = f"documentos/{_nombre(doc.clave, doc.numero)}_BORRADOR.docx"
        if doc.fichero not in (None, borrador) and borrador not in vigentes:
            with errores_de_disco(asunto.carpeta / borrador):
                (asunto.carpeta / borrador).unlink(missing_ok=True)


def anular_sobrantes(v: Ventanilla, folio: str | None = None) -> None:
    """Anula los números tomados para un caso que después no los asentó; de todos sin `folio`.

    Los hay si dos personas cumplen lo mismo a la vez, o si el caso terminó tras un apagón.
    El caso se lee después que el libro: quien acaba de tomar uno lo tiene pendiente.
    """
    for asiento in libros.asientos(v.raiz):
        de = asiento.dice.get("folio")
        if not de or folio not in (None, de):
            continue
        try:
            asunto = tomar(v, de)
        except ErrorExpediente:
            continue  # la auditoría del libro ya dice que no se puede leer
        if not asunto.estado.tiene_efectos_pendientes and not _asienta(asunto, asiento.numero):
            _anular_sobrante(v, asunto, asiento)


def _asienta(asunto: Asunto, numero: str) -> bool:
    datos = asunto.estado.datos.values()
    return numero in datos or numero in _numeros_conocidos(asunto.estado)


def _anular_sobrante(v: Ventanilla, asunto: Asunto, asiento: libros.Asiento) -> None:
    if asiento.dice["estado"] != CANCELADO:
        motivo = "Se tomó el número y el expediente no llegó a usarlo."
        _anotar(v, asiento.numero, {"estado": CANCELADO, "motivo": motivo})
    nombre = _nombre(asiento.dice["documento"], asiento.numero)
    for fichero in (f"{nombre}.docx", f"{nombre}_BORRADOR.docx"):
        ruta = asunto.carpeta / "documentos" / fichero
        with errores_de_disco(ruta):
            ruta.unlink(missing_ok=True)


def _cuando_se_pidio(estado: Estado) -> datetime | None:
    """El momento del paso, o de la reexpedición, que dejó los efectos pendientes."""
    pedidos = [d.fecha for d in estado.documentos if d.estado == POR_EMITIR and d.fecha]
    return max(pedidos, default=estado.concluido or estado.ultimo_paso)


def _numeros(despues: Asunto, antes: Asunto) -> dict[str, str]:
    return {n: despues.estado.datos[n] for n in antes.estado.numeros_pendientes}


def _dar_numeros(v: Ventanilla, asunto: Asunto, recien: bool) -> Asunto:
    estado = asunto.estado
    dados = {
        numero.clave: _tomar(
            v, asunto, numero.libro, numero.clave, estado.ultimo_paso or v.ahora, recien, EMITIDO
        )
        for numero in asunto.procedimiento.numeros
        if numero.clave in estado.numeros_pendientes
    }
    return replace(asunto, estado=replace(estado, datos={**estado.datos, **dados}))


def _tomar(
    v: Ventanilla,
    asunto: Asunto,
    libro: str,
    clave: str,
    fecha: datetime,
    recien: bool,
    estado: str,
) -> str:
    conocidos = _numeros_conocidos(asunto.estado)
    if not recien:
        hallado = libros.asiento_de_documento(v.raiz, libro, asunto.folio, clave, conocidos)
        if hallado:
            return hallado.numero
    dice = {
        "estado": estado,
        "folio": asunto.folio,
        "documento": clave,
        "asunto": _asunto_del_numero(asunto, clave),
        "fecha": fecha.date().isoformat(),
        "capturo": v.quien_teclea,
        "capturado": v.ahora.isoformat(timespec="seconds"),
    }
    return libros.tomar_numero(v.raiz, v.oficina.libro(libro), fecha.year, dice).numero


def _asunto_del_numero(asunto: Asunto, clave: str) -> str:
    p = asunto.procedimiento
    if regla := p.documento.get(clave.split(".", 1)[0]):
        return regla.asunto or regla.nombre
    return next(numero.nombre for numero in p.numeros if numero.clave == clave)


def _numeros_conocidos(estado: Estado) -> frozenset[str]:
    return frozenset(d.numero for d in estado.documentos if d.numero)


def _cumplir_documento(
    v: Ventanilla, asunto: Asunto, doc: Documento, recien: bool
) -> dict[str, str]:
    if doc.estado == POR_CANCELAR:
        return _cancelar_documento(v, doc)
    regla = asunto.procedimiento.regla_de(doc.clave)
    borrador = doc.estado == POR_RESERVAR
    fecha = _fecha_de(asunto, doc)
    numero = doc.numero
    if regla.libro and numero is None:
        numero = _tomar(v, asunto, regla.libro, doc.clave, fecha, recien, RESERVADO)
    contenido = _llenar(v, asunto, _Carta(regla, doc.clave, numero, fecha, borrador))
    fichero = _guardar(asunto, doc.clave, numero, borrador, contenido)
    if numero and not borrador:
        _anotar(v, numero, {"estado": EMITIDO, "fecha": fecha.date().isoformat()})
    hecho = {
        "clave": doc.clave,
        "estado": RESERVADO if borrador else EMITIDO,
        "fichero": fichero,
        "sha256": sha256(contenido).hexdigest(),
    }
    return {**hecho, "numero": numero} if numero else hecho


def _cancelar_documento(v: Ventanilla, doc: Documento) -> dict[str, str]:
    motivo = doc.motivo or "El expediente terminó sin emitirlo."
    assert doc.numero is not None
    _anotar(v, doc.numero, {"estado": CANCELADO, "motivo": motivo})
    return {"clave": doc.clave, "estado": CANCELADO, "numero": doc.numero, "motivo": motivo}


def _anotar(v: Ventanilla, numero: str, cambios: dict[str, str]) -> bool:
    """Asienta los cambios en el libro; False si ya los decía."""
    firma = {"capturo": v.quien_teclea, "capturado": v.ahora.isoformat(timespec="seconds")}
    while True:
        asiento = libros.asiento_de_numero(v.raiz, v.oficina.libros, numero)
        # El caso manda: si otra persona anotó a la vez, se vuelve a mirar qué falta decir.
        with suppress(CasoCambio):
            anotado = libros.anotar_asiento(asiento, {**cambios, **firma})
            return anotado.revision != asiento.revision


def _nombre(clave: str, numero: str | None) -> str:
    fichero = clave.replace(".", "-")
    return f"{fichero}-{numero.replace('/', '-')}" if numero else fichero


def _guardar(
    asunto: Asunto, clave: str, numero: str | None, borrador: bool, contenido: bytes
) -> str:
    """Deja el documento en la carpeta del caso sin pisar otro ya emitido."""
    nombre = _nombre(clave, numero)
    carpeta = asunto.carpeta / "documentos"
    hacer_carpeta(carpeta)
    base = f"{nombre}_BORRADOR" if borrador else nombre
    for vuelta in range(1, 1000):
        ruta = carpeta / (f"{base}.docx" if vuelta == 1 else f"{base}_v{vuelta:02d}.docx")
        if not ruta.exists() or borrador or leer_bytes(ruta) == contenido:
            break
    escribir_entero(ruta, contenido)
    return f"documentos/{ruta.name}"


def poner_al_dia_el_libro(
    v: Ventanilla, asunto: Asunto, previos: Collection[Documento] = ()
) -> list[str]:
    """Hace que el libro diga lo que el caso: emitido, entregado o cancelado.

    Sólo mira los documentos que no están en `previos`. Devuelve los números cuyo asiento
    estaba atrasado.
    """
    atrasados = []
    for doc in asunto.estado.documentos:
        if doc.numero and doc not in previos and doc.estado in EN_EL_LIBRO:
            cambios = {"estado": doc.estado, "motivo": doc.motivo, "recibe": doc.recibe}
            if _anotar(v, doc.numero, {k: x for k, x in cambios.items() if x}):
                atrasados.append(doc.numero)
    return atrasados


def asiento_del_caso(v: Ventanilla, numero: str) -> libros.Asiento:
    """El asiento de un número que pertenece a un caso.

    Lanza NoExiste si el número no está o no es de ningún caso.
    """
    asiento = libros.asiento_de_numero(v.raiz, v.oficina.libros, numero)
    if not asiento.dice.get("folio"):
        raise NoExiste(f"El número {asiento.numero} no es de ningún expediente.")
    return asiento
