"""Mover un caso: avanzar un paso, anotar, cancelar, anexar."""

import shutil
from dataclasses import replace
from pathlib import Path

from expediente.almacen.disco import errores_de_disco, sha256_de
from expediente.nucleo import avance
from expediente.nucleo.avance import Peticion, revisar_ocurrio
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.errores import DatosInvalidos, NoExiste, NoPermitido
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, tomar
from expediente.operaciones.efectos import (
    cumplir,
    documentos_nuevos,
    ensayar,
    poner_al_dia_el_libro,
)
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla

ANEXO_MAXIMO_BYTES = 200 * 1024 * 1024


def avanzar(
    v: Ventanilla, folio: str, peticion: Peticion, ocurrio: str | None = None, simular: bool = False
) -> Resultado:
    """Da un paso del caso y cumple lo que ese paso produce.

    Antes de asentar nada ensaya los documentos: si a una carta le falta un dato, no hay
    paso ni número. Lanza lo que lanza `nucleo.avance.avanzar`, y CasoCambio.
    """
    asunto = _al_corriente(v, tomar(v, folio), simular)
    actuacion = _actuacion_de_avance(v, asunto, peticion, ocurrio)
    tentativo = con_actuaciones(asunto, actuacion)
    ensayar(v, tentativo)
    if simular:
        return resultado_de(asunto.folio, tentativo.estado)
    hecho = cumplir(v, asentar(v, tentativo), recien=True)
    poner_al_dia_el_libro(v, hecho, previos=asunto.estado.documentos)
    return resultado_de(hecho.folio, hecho.estado, documentos_nuevos(asunto, hecho))


def _al_corriente(v: Ventanilla, asunto: Asunto, simular: bool) -> Asunto:
    """El asunto con lo que un apagón dejó pendiente ya cumplido."""
    if simular or not asunto.estado.tiene_efectos_pendientes:
        return asunto
    return cumplir(v, asunto)


def _actuacion_de_avance(
    v: Ventanilla, asunto: Asunto, peticion: Peticion, ocurrio: str | None
) -> Actuacion:
    p, estado = asunto.procedimiento, asunto.estado
    hecho = avance.avanzar(p, estado, peticion, v.catalogos, v.oficina.personal)
    momento = v.momento(ocurrio)
    revisar_ocurrio(momento, estado.ultimo_paso, v.ahora)
    return replace(
        v.nueva_actuacion("avance", momento),
        paso=hecho.paso,
        resultado=hecho.resultado,
        datos=hecho.datos,
        anteriores=hecho.anteriores,
        requisitos=hecho.requisitos,
        por=peticion.por.clave if peticion.por else None,
        nota=peticion.nota,
        detalle={"recibe": peticion.recibe} if peticion.recibe else {},
    )


def anotar(v: Ventanilla, folio: str, nota: str, simular: bool = False) -> Resultado:
    """Añade una nota al caso, esté como esté."""
    return _asentar_una(v, tomar(v, folio), _con_nota(v.nueva_actuacion("nota"), nota), simular)


def cancelar(v: Ventanilla, folio: str, motivo: str, simular: bool = False) -> Resultado:
    """Cancela el caso por error propio; anula los números que tenía reservados.

    Lanza NoPermitido si ya terminó.
    """
    asunto = tomar(v, folio)
    if not asunto.estado.abierto_ahora:
        nombre = asunto.procedimiento.nombre_de_situacion(asunto.estado.situacion).lower()
        raise NoPermitido(f"El expediente {asunto.folio} ya terminó ({nombre}); no se cancela.")
    return _asentar_una(v, asunto, _con_nota(v.nueva_actuacion("cancelacion"), motivo), simular)


def _con_nota(actuacion: Actuacion, nota: str) -> Actuacion:
    if not nota.strip():
        raise DatosInvalidos("La nota está vacía; escriba qué pasó o por qué.")
    return replace(actuacion, nota=nota.strip())


def _asentar_una(v: Ventanilla, asunto: Asunto, actuacion: Actuacion, simular: bool) -> Resultado:
    tentativo = con_actuaciones(asunto, actuacion)
    if simular:
        return resultado_de(asunto.folio, tentativo.estado)
    hecho = asentar(v, tentativo)
    if hecho.estado.tiene_efectos_pendientes:
        hecho = cumplir(v, hecho)
    return resultado_de(hecho.folio, hecho.estado)


def anexar(
    v: Ventanilla, folio: str, ficheros: list[Path], nota: str | None = None, simular: bool = False
) -> Resultado:
    """Guarda en el caso copias de lo recibido: escaneos, fotos, acuses.

    En la carpeta llevan un nombre neutro (`anexo-0001.pdf`); el original queda en la
    historia. Lanza NoExiste o DatosInvalidos si un fichero no sirve; entonces ninguno
    se anexa.
    """
    asunto = tomar(v, folio)
    for fichero in ficheros:
        _revisar_anexo(fichero)
    if simular:
        return resultado_de(asunto.folio, asunto.estado)
    anexos = tuple(
        _copiar_anexo(asunto, fichero, len(asunto.estado.anexos) + n)
        for n, fichero in enumerate(ficheros, start=1)
    )
    actuacion = replace(v.nueva_actuacion("anexo"), anexos=anexos, nota=nota)
    hecho = asentar(v, con_actuaciones(asunto, actuacion))
    return resultado_de(hecho.folio, hecho.estado, [a["fichero"] for a in anexos])


def _revisar_anexo(fichero: Path) -> None:
    if fichero.is_symlink():
        raise DatosInvalidos(f"{fichero}: es un enlace; anexe el fichero verdadero.")
    if not fichero.is_file():
        raise NoExiste(f"{fichero}: no existe o no es un fichero.")
    if fichero.stat().st_size > ANEXO_MAXIMO_BYTES:
        raise DatosInvalidos(f"{fichero}: pasa de 200 MB; redúzcalo antes de anexarlo.")


def _copiar_anexo(asunto: Asunto, fichero: Path, lugar: int) -> dict[str, str]:
    sufijo = fichero.suffix.lower() if fichero.suffix[1:].isalnum() else ""
    carpeta = asunto.carpeta / "anexos"
    with errores_de_disco(carpeta):
        carpeta.mkdir(exist_ok=True)
        while (destino := carpeta / f"anexo-{lugar:04d}{sufijo}").exists():
            lugar += 1
        shutil.copyfile(fichero, destino)
    return {
        "fichero": f"anexos/{destino.name}",
        "original": fichero.name,
        "sha256": sha256_de(destino),
    }
