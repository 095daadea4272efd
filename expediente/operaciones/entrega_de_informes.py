"""Entregar los informes hechos, con su acuse, y saber qué falta por entregar.

El informe ya hecho no cambia al entregarse. Si se vuelve a hacer y sale distinto queda como
otra versión, y aquí se dice que lo entregado ya no es lo último.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from expediente.almacen import entregas as disco
from expediente.almacen.definiciones import leer_informe
from expediente.almacen.disco import sha256_de
from expediente.almacen.informes_hechos import misma_version, serie_de, ultima_version, version_de
from expediente.nucleo.captura import quien_recibe
from expediente.nucleo.entrega import (
    ANULACION,
    ENTREGA,
    Entrega,
    Entregas,
    asiento_de_cambio,
    revisar_medio,
)
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorUso,
    NoExiste,
    NoPermitido,
)
from expediente.nucleo.informe import Informe
from expediente.nucleo.periodo import Periodo, PeriodoEscrito
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Dicha:
    """Lo que alguien dice de una entrega; None es lo que no dijo.

    `a` son claves de destinatarios; vacío, los que pide el informe y faltan. `fichero` es
    cuál de las versiones; None, la última. `anular` es el motivo de quitar lo asentado.
    """

    a: tuple[str, ...] = ()
    recibe: str | None = None
    medio: str | None = None
    ocurrio: str | None = None
    acuse: Path | None = None
    por: str | None = None
    motivo: str | None = None
    anular: str | None = None
    fichero: str | None = None


@dataclass(frozen=True)
class EntregaHecha:
    """Lo que quedó de una orden de entregar: lo asentado y los que ya estaban."""

    informe: Informe
    periodo: Periodo
    fichero: Path
    asentadas: tuple[Entrega, ...]
    ya_estaban: tuple[Entrega, ...]
    avisos: tuple[str, ...] = ()


def entregar_informe(
    v: Ventanilla, clave: str, pedido: PeriodoEscrito, dicha: Dicha, simular: bool = False
) -> EntregaHecha:
    """Asienta que un informe ya hecho se entregó; darla otra vez igual no asienta nada.

    Lanza NoExiste si el informe no se ha hecho o no está el destinatario, NoPermitido si
    cambia sin motivo lo que ya constaba o lleva los folios, DatosInvalidos si el momento no
    puede ser.
    """
    informe = leer_informe(v.raiz, clave)
    periodo = pedido.leer(v.ahora.date(), informe.periodos)
    carpeta = disco.carpeta_del_periodo(v.raiz, periodo.carpeta)
    fichero = _fichero_entregado(carpeta, informe, periodo, dicha.fichero)
    antes, revision = disco.leer_entregas(carpeta, clave, periodo.clase, periodo.clave)
    huella = sha256_de(fichero)
    destinatarios = _destinatarios(v, informe, antes, huella, dicha)
    dichos = _lo_dicho(v, periodo, dicha)
    base = _entrega_nueva(v, fichero.name, huella, dichos)
    despues = antes
    ya_estaban = []
    for destinatario in destinatarios:
        asiento = _asiento(antes, replace(base, destinatario=destinatario), dichos, dicha)
        if asiento is None:
            ya_estaban.append(antes.vigente(destinatario, huella))
        else:
            despues = despues.con(asiento)
    if despues != antes and not simular:
        if dicha.acuse:
            disco.guardar_acuse(carpeta, dicha.acuse, dichos["acuse"])
        disco.publicar_entregas(carpeta, despues, revision)
    return EntregaHecha(
        informe,
        periodo,
        fichero,
        despues.asientos[len(antes.asientos) :],
        tuple(e for e in ya_estaban if e),
        tuple(_avisos(carpeta, informe, fichero)),
    )


def _avisos(carpeta: Path, informe: Informe, fichero: Path) -> Iterator[str]:
    ultimo = ultima_version(carpeta, informe.clave)
    if ultimo and not misma_version(fichero.name, ultimo.name, informe.clave):
        yield f"Hay una versión más nueva de ese informe: {ultimo.name}"


def _fichero_entregado(
    carpeta: Path, informe: Informe, periodo: Periodo, nombre: str | None
) -> Path:
    """El fichero que se entregó: el que se nombró, o la última versión en Word."""
    if nombre is not None:
        if version_de(nombre, serie_de(informe.clave, con_folios=True)) is not None:
            raise NoPermitido(
                f"{nombre} lleva los folios de cada cifra: es para revisarlo en la oficina. Se "
                f"entrega el que no los lleva: expediente informe {informe.clave} "
                f"--{periodo.clase} {periodo.clave}"
            )
        ruta = carpeta / nombre
        if version_de(nombre, informe.clave) is None or not ruta.is_file():
            raise NoExiste(
                f"{carpeta}: no está ahí ese fichero de «{informe.clave}»; diga su nombre con "
                f"--fichero, como {informe.clave}.docx."
            )
        return ruta
    ultimo = ultima_version(carpeta, informe.clave)
    if ultimo is None:
        raise NoExiste(
            f"No se ha hecho «{informe.clave}» de ese periodo ({periodo.rotulo}). Hágalo primero: "
            f"expediente informe {informe.clave} --{periodo.clase} {periodo.clave}"
        )
    return ultimo


def _destinatarios(
    v: Ventanilla, informe: Informe, antes: Entregas, huella: str, dicha: Dicha
) -> tuple[str, ...]:
    pedidos = tuple(dict.fromkeys(dicha.a))
    for clave in pedidos:
        v.oficina.destinatario(clave)
    if not pedidos:
        if not informe.destinatarios:
            raise ErrorUso(
                f"«{informe.clave}» no dice a quién se entrega: dígalo con --a DESTINATARIO, o "
                "póngalo en `destinatarios` de su definición."
            )
        faltan = [c for c in informe.destinatarios if antes.vigente(c, huella) is None]
        pedidos = informe.destinatarios if dicha.anular or not faltan else tuple(faltan)
    de_uno = {"--recibe": dicha.recibe, "--acuse": dicha.acuse, "--anular": dicha.anular}
    if len(pedidos) > 1 and (dichas := [o for o, dato in de_uno.items() if dato is not None]):
        raise ErrorUso(
            f"{dichas[0]} es de un solo destinatario, y se entregaría a {len(pedidos)} "
            f"({', '.join(pedidos)}): dé la orden una vez por cada uno, con --a."
        )
    return pedidos


def _lo_dicho(v: Ventanilla, periodo: Periodo, dicha: Dicha) -> dict[str, str]:
    """Lo que se dijo de la entrega, ya revisado; sin lo que no se dijo."""
    dichos: dict[str, str] = {}
    if recibe := quien_recibe(dicha.recibe):
        dichos["recibe"] = recibe
    if dicha.medio is not None:
        dichos["medio"] = revisar_medio(dicha.medio)
    if dicha.por is not None:
        dichos["por"] = v.oficina.persona(dicha.por).clave
    if dicha.ocurrio is not None:
        momento = v.momento(dicha.ocurrio)
        if momento > v.ahora:
            raise DatosInvalidos("La entrega no puede ser del futuro; revise --ocurrio.")
        if momento.date() < periodo.desde:
            raise DatosInvalidos(
                f"La entrega no puede ser anterior a su periodo ({periodo.rotulo}); revise "
                "--ocurrio."
            )
        dichos["entregado"] = momento.isoformat(timespec="seconds")
    if dicha.acuse is not None:
        disco.revisar_acuse(dicha.acuse)
        dichos["acuse"], dichos["acuse_sha256"] = disco.nombre_del_acuse(dicha.acuse)
    return dichos


def _entrega_nueva(v: Ventanilla, fichero: str, huella: str, dichos: Mapping[str, str]) -> Entrega:
    ahora = v.ahora.isoformat(timespec="seconds")
    dicho: dict[str, Any] = {"entregado": ahora, "medio": "mano", "por": v.quien_teclea, **dichos}
    return Entrega(
        numero=0,
        que=ENTREGA,
        destinatario="",
        fichero=fichero,
        sha256=huella,
        capturo=v.quien_teclea,
        capturado=ahora,
        **dicho,
    )


def _asiento(
    antes: Entregas, nueva: Entrega, dichos: Mapping[str, str], dicha: Dicha
) -> Entrega | None:
    """El asiento que falta para que conste lo dicho; None si ya consta."""
    previa = antes.vigente(nueva.destinatario, nueva.sha256)
    if dicha.anular is not None:
        if previa is None:
            raise NoPermitido(
                f"No consta que «{nueva.fichero}» se haya entregado a «{nueva.destinatario}»; no "
                "hay qué anular. Vea lo asentado con: expediente entregas"
            )
        return replace(previa, que=ANULACION, de=previa.numero, motivo=dicha.anular,
                       capturo=nueva.capturo, capturado=nueva.capturado)  # fmt: skip
    if previa is None:
        return nueva
    return asiento_de_cambio(previa, nueva, dichos, dicha.motivo)
