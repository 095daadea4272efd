"""Mover un caso: avanzar un paso, anotar, anexar."""

from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from expediente.almacen.disco import TEMPORAL, copiar_a_temporal, poner_nombre, sha256_de
from expediente.nucleo import avance
from expediente.nucleo.avance import Peticion, revisar_ocurrio
from expediente.nucleo.captura import quien_recibe, revisar_requisitos
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.errores import CasoCambio, DatosInvalidos, NoExiste, NoPermitido
from expediente.nucleo.identidad import reglas_tocadas
from expediente.nucleo.periodos import periodo_dado
from expediente.operaciones import duplicados
from expediente.operaciones.abrir import completar, ensayar_aperturas
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, tomar
from expediente.operaciones.circunstancias import contexto_de
from expediente.operaciones.documentos_del_caso import avisos_de_borradores_abiertos
from expediente.operaciones.efectos import ensayar, ya_asentado
from expediente.operaciones.libro_al_dia import poner_al_dia_el_libro
from expediente.operaciones.novedades import (
    documentos_nuevos,
    ficheros_nuevos,
    sin_otro_nombre,
    sin_quien_recibio,
)
from expediente.operaciones.numeracion import (
    EXTEMPORANEO,
    avisos_de_cambio_de_anio,
    avisos_de_reservas_de_otro_anio,
    revisar_orden,
)
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla
from expediente.operaciones.vinculos import revisar_ligados

ANEXO_MAXIMO_BYTES = 200 * 1024 * 1024


def avanzar(
    v: Ventanilla, folio: str, peticion: Peticion, ocurrio: str | None = None, simular: bool = False
) -> Resultado:
    """Da un paso del caso y cumple lo que ese paso produce.

    Antes de asentar nada ensaya los documentos: si a una carta le falta un dato, no hay
    paso ni número. Lanza lo que lanza `nucleo.avance.avanzar`, y CasoCambio.
    """
    asunto = al_corriente(v, tomar(v, folio), simular)
    actuacion, constaba = sin_otro_nombre(asunto, actuacion_de_avance(v, asunto, peticion, ocurrio))
    hecho = asentar_cambio(v, asunto, actuacion, simular)
    periodo = _periodo_dado(asunto, actuacion)
    aviso = " ".join(filter(None, (periodo, *constaba, hecho.aviso))) or None
    return replace(hecho, aviso=aviso, paso=actuacion.paso)


def _periodo_dado(asunto: Asunto, actuacion: Actuacion) -> str | None:
    """De qué periodo es lo que se acaba de dar, si el paso se repite."""
    p, clave = asunto.procedimiento, actuacion.paso or ""
    cadencia = p.por_clave[clave].repite
    salida = p.por_clave[clave].salida(actuacion.resultado)
    if cadencia is None or salida is None or clave not in salida.sigue:
        return None
    dado = periodo_dado(cadencia, con_actuaciones(asunto, actuacion).estado.llegadas[clave])
    return f"Es el periodo {dado}." if dado else None


def asentar_cambio(
    v: Ventanilla, asunto: Asunto, actuacion: Actuacion, simular: bool = False
) -> Resultado:
    """Asienta una actuación y cumple lo que produce: números, cartas, casos ligados."""
    tentativo = con_actuaciones(asunto, actuacion)
    revisar_ligados(v, asunto, tentativo)
    ensayar(v, tentativo)
    revisar_orden(v, tentativo)
    ensayar_aperturas(v, tentativo)
    identifican = reglas_tocadas(asunto.procedimiento, actuacion.datos)
    avisos = _avisos_de_parecidos(v, tentativo) if identifican else None
    avisos = " ".join(filter(None, (avisos, *sin_quien_recibio(asunto, tentativo)))) or None
    if simular:
        por_venir = avisos_de_reservas_de_otro_anio(v, tentativo)
        return resultado_de(tentativo, aviso=" ".join(filter(None, (avisos, *por_venir))) or None)
    hecho = asentar(v, tentativo)
    with ya_asentado(asunto.folio):
        if identifican:
            duplicados.marcar(v, hecho.procedimiento, hecho.folio, hecho.estado.datos)
        hecho = completar(v, hecho, recien=True)
        poner_al_dia_el_libro(v, hecho, previos=asunto.estado.documentos)
    mas = (*avisos_de_cambio_de_anio(asunto, hecho), *avisos_de_borradores_abiertos(hecho))
    avisos = " ".join(filter(None, (avisos, *mas))) or None
    nuevos = ficheros_nuevos(asunto, hecho)
    return resultado_de(hecho, documentos_nuevos(asunto, hecho), avisos, ficheros=nuevos)


def _avisos_de_parecidos(v: Ventanilla, asunto: Asunto) -> str | None:
    p = asunto.procedimiento
    hallados = duplicados.parecidos(v, p, asunto.estado.datos, asunto.folio)
    return duplicados.aviso_de(p, hallados)


def al_corriente(v: Ventanilla, asunto: Asunto, simular: bool) -> Asunto:
    """El asunto con lo que un apagón dejó pendiente ya cumplido."""
    estado = asunto.estado
    if simular or not (estado.tiene_efectos_pendientes or estado.por_abrir):
        return asunto
    return completar(v, asunto)


def actuacion_de_avance(
    v: Ventanilla, asunto: Asunto, peticion: Peticion, ocurrio: str | None
) -> Actuacion:
    """La actuación del paso pedido, sin asentar nada. Lanza lo que lanza `avanzar`."""
    p, estado = asunto.procedimiento, asunto.estado
    momento = v.momento(ocurrio)
    recibe = quien_recibe(peticion.recibe)
    pedido = replace(peticion, recibe=recibe, contexto=contexto_de(v, asunto, momento))
    hecho = avance.avanzar(p, estado, pedido, v.catalogos, v.oficina.personal)
    revisar_ocurrio(momento, estado.ultimo_movimiento, v.ahora)
    return replace(
        v.nueva_actuacion("avance", momento),
        paso=hecho.paso,
        resultado=hecho.resultado,
        datos=hecho.datos,
        anteriores=hecho.anteriores,
        requisitos=hecho.requisitos,
        tomas=hecho.tomas,
        por=peticion.por.clave if peticion.por else None,
        nota=peticion.nota,
        detalle={
            **({"recibe": recibe} if recibe else {}),
            **({EXTEMPORANEO: peticion.extemporaneo} if peticion.extemporaneo else {}),
        },
    )


def anotar(
    v: Ventanilla, folio: str, nota: str, requisitos: tuple[str, ...] = (), simular: bool = False
) -> Resultado:
    """Añade una nota al caso, esté como esté, con los requisitos que se hayan entregado.

    Lanza NoExiste si el procedimiento no pide uno de ellos.
    """
    asunto = tomar(v, folio)
    revisar_requisitos(asunto.procedimiento, requisitos)
    actuacion = replace(v.nueva_actuacion("nota"), requisitos=requisitos)
    return asentar_cambio(v, asunto, con_nota(actuacion, nota), simular)


def con_nota(actuacion: Actuacion, nota: str) -> Actuacion:
    """La actuación con su nota. Lanza DatosInvalidos si está vacía."""
    if not nota.strip():
        raise DatosInvalidos("La nota está vacía; escriba qué pasó o por qué.")
    return replace(actuacion, nota=nota.strip())


def anexar(
    v: Ventanilla, folio: str, ficheros: list[Path], nota: str | None = None, simular: bool = False
) -> Resultado:
    """Guarda en el caso copias de lo recibido: escaneos, fotos, acuses.

    En la carpeta llevan un nombre neutro (`anexo-0001.pdf`); el original queda en la
    historia. Lanza NoExiste o DatosInvalidos si un fichero no sirve, y NoPermitido si el
    caso ya se archivó; entonces ninguno se anexa.
    """
    asunto = tomar(v, folio)
    if asunto.estado.situacion == "archivado":
        raise NoPermitido(
            f"El expediente {asunto.folio} ya está archivado: lo que se anexe no llegaría a su "
            "bolsa."
        )
    for fichero in ficheros:
        _revisar_anexo(fichero)
    if simular:
        return resultado_de(asunto)
    reponer_anexos(asunto)
    carpeta = asunto.carpeta / "anexos"
    copias = [copiar_a_temporal(fichero, carpeta) for fichero in ficheros]
    anexos = tuple(
        {"fichero": nombre, "original": fichero.name, "sha256": huella}
        for nombre, fichero, (_, huella) in zip(
            _nombres_libres(asunto, ficheros), ficheros, copias, strict=True
        )
    )
    actuacion = replace(v.nueva_actuacion("anexo"), anexos=anexos, nota=nota)
    try:
        hecho = asentar(v, con_actuaciones(asunto, actuacion))
    except CasoCambio:
        for temporal, _ in copias:
            temporal.unlink(missing_ok=True)
        raise
    with ya_asentado(asunto.folio):
        for anexo, (temporal, _) in zip(anexos, copias, strict=True):
            poner_nombre(temporal, asunto.carpeta / anexo["fichero"])
    return resultado_de(hecho, [a["fichero"] for a in anexos])


def reponer_anexos(asunto: Asunto) -> None:
    """Da su nombre a los anexos asentados que un apagón dejó como copia temporal.

    Un anexo se asienta con su copia ya segura y después toma su nombre: así quien pierde
    una carrera no toca el fichero de quien la ganó.
    """
    carpeta = asunto.carpeta / "anexos"
    for anexo in asunto.estado.anexos:
        destino = asunto.carpeta / anexo["fichero"]
        if destino.exists():
            continue
        for temporal in carpeta.glob(f"{TEMPORAL}*"):
            with suppress(NoExiste):  # otro que anexa a la vez le puso ya su nombre, o lo borró
                if sha256_de(temporal) == anexo["sha256"]:
                    poner_nombre(temporal, destino)
                    break


def _revisar_anexo(fichero: Path) -> None:
    if fichero.is_symlink():
        raise DatosInvalidos(f"{fichero}: es un enlace; anexe el fichero verdadero.")
    if not fichero.is_file():
        raise NoExiste(f"{fichero}: no existe o no es un fichero.")
    if fichero.stat().st_size > ANEXO_MAXIMO_BYTES:
        raise DatosInvalidos(f"{fichero}: pasa de 200 MB; redúzcalo antes de anexarlo.")


def _nombres_libres(asunto: Asunto, ficheros: list[Path]) -> list[str]:
    """Un nombre neutro por fichero, que ni otro anexo ni otro fichero lleva."""
    tomados = {a["fichero"] for a in asunto.estado.anexos}
    nombres: list[str] = []
    for fichero in ficheros:
        sufijo = fichero.suffix.lower() if fichero.suffix[1:].isalnum() else ""
        posibles = (f"anexos/anexo-{lugar:04d}{sufijo}" for lugar in count(1))
        nombres.append(
            next(
                posible
                for posible in posibles
                if posible not in tomados and not (asunto.carpeta / posible).exists()
            )
        )
        tomados.add(nombres[-1])
    return nombres
