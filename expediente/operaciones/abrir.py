"""Abrir un caso: lo que llega por la ventanilla se vuelve expediente."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from expediente.almacen import carpetas, casos
from expediente.almacen.reglas import guardar_version, procedimiento_vigente
from expediente.nucleo import avance
from expediente.nucleo.ajustes import Persona
from expediente.nucleo.avance import Peticion
from expediente.nucleo.campo import opcion_escrita
from expediente.nucleo.captura import convertir_datos, revisar_reglas, revisar_requisitos
from expediente.nucleo.caso import Actuacion, Caso, encadenar
from expediente.nucleo.errores import DatosInvalidos, NoPermitido, sugerencia
from expediente.nucleo.estado import PorAbrir
from expediente.nucleo.folio import Folio
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import repasar
from expediente.operaciones import duplicados
from expediente.operaciones.asunto import Asunto, caso_escrito, con_actuaciones, tomar
from expediente.operaciones.circunstancias import contexto_de
from expediente.operaciones.efectos import cumplir, ensayar, ya_asentado
from expediente.operaciones.novedades import documentos_nuevos
from expediente.operaciones.numeracion import EXTEMPORANEO, revisar_orden
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla
from expediente.operaciones.vinculos import (
    abrir_lo_pendiente,
    corresponder,
    datos_que_comparten,
    datos_que_pasan,
    revisar_ligados,
)

CANAL_DE_SIEMPRE = "mostrador"


@dataclass(frozen=True)
class Solicitud:
    """Lo que se sabe al abrir, como alguien lo escribió.

    `recibido` es cuándo llegó; None es ahora. `origen` identifica el renglón del que
    viene, para no abrirlo dos veces; None si se tecleó. `paso` es otra entrada que la de
    siempre. Con `resultado` se dan además, de una vez, los pasos que no deciden y el
    primero que tiene ese resultado, que autoriza `por`. `relacionado` es el folio del que
    éste nace y `extemporaneo`, por qué su oficio se fecha antes que el último del libro.
    """

    procedimiento: str
    datos: Mapping[str, str] = field(default_factory=dict)
    canal: str | None = None
    recibido: str | datetime | None = None
    requisitos: tuple[str, ...] = ()
    nota: str | None = None
    origen: str | None = None
    paso: str | None = None
    resultado: str | None = None
    por: Persona | None = None
    relacionado: str | None = None
    extemporaneo: str | None = None


def abrir(v: Ventanilla, solicitud: Solicitud, simular: bool = False) -> Resultado:
    """Abre un caso y le da folio; los datos que falten los pedirá el paso que los use.

    Lo que el paso de apertura produce (un número, un acuse) se cumple aquí mismo. Lanza
    NoExiste si el procedimiento, un campo o un requisito no existe, DatosInvalidos si un
    dato no se entiende o le falta a un documento, y NoPermitido si no se puede llegar al
    resultado pedido; entonces no se tomó ningún folio.
    """
    p, escrito = procedimiento_vigente(v.raiz, solicitud.procedimiento)
    solicitud = _con_lo_del_relacionado(v, p, solicitud)
    apertura = _apertura(v, p, solicitud)
    por_dar = Folio(p.prefijo, apertura.ocurrio.year, 0)
    tentativo = _recien_abierto(v, p, por_dar, (apertura,))
    revisar_reglas(p, hechos_de(p, tentativo.estado, v.catalogos))
    if solicitud.resultado:
        tentativo = _hasta_el_resultado(v, tentativo, solicitud)
    revisar_ligados(v, None, tentativo)
    ensayar(v, tentativo)
    revisar_orden(v, tentativo)
    ensayar_aperturas(v, tentativo)
    avisos = duplicados.aviso_de(p, duplicados.parecidos(v, p, tentativo.estado.datos))
    if simular:
        folio = f"{p.prefijo}-{apertura.ocurrio.year}-(por dar)"
        return resultado_de(tentativo, folio=folio, aviso=avisos)
    nuevas = tentativo.actuaciones

    def hacer(folio: Folio) -> Caso:
        return _recien_abierto(v, p, folio, nuevas).leido.caso

    guardar_version(v.raiz, p, escrito)
    anio, origen = apertura.ocurrio.year, solicitud.origen
    caso = casos.reclamar_folio(v.raiz, p.prefijo, anio, hacer, origen)
    with ya_asentado(caso.folio):
        duplicados.marcar(v, p, caso.folio, tentativo.estado.datos)
        if not _deja_algo(tentativo):
            return resultado_de(tentativo, folio=caso.folio, aviso=avisos)
        abierto = tomar(v, caso.folio)
        hecho = completar(v, abierto, recien=True)
    return resultado_de(hecho, documentos_nuevos(abierto, hecho), avisos)


def _deja_algo(asunto: Asunto) -> bool:
    estado = asunto.estado
    return bool(estado.tiene_efectos_pendientes or estado.por_abrir or estado.relaciones)


def completar(v: Ventanilla, asunto: Asunto, recien: bool = False) -> Asunto:
    """El asunto con todo lo que sus pasos dejaron por hacer: números, cartas, casos ligados.

    Repetirlo es seguro. `recien` dice que el paso se asentó en esta misma orden.
    """

    def abrir_pendiente(pendiente: PorAbrir, origen: str) -> Resultado:
        return abrir(v, _solicitud_de(asunto, pendiente, origen))

    hecho = cumplir(v, asunto, recien)
    hecho = abrir_lo_pendiente(v, hecho, abrir_pendiente)
    corresponder(v, hecho)
    return hecho


def _solicitud_de(asunto: Asunto, pendiente: PorAbrir, origen: str | None = None) -> Solicitud:
    """Con qué se abre el caso que un paso de éste abre; sin `origen`, para ensayarlo."""
    return Solicitud(
        pendiente.apertura.procedimiento,
        datos_que_pasan(asunto, pendiente),
        canal=asunto.estado.canal,
        origen=origen,
        relacionado=asunto.folio if origen else None,
        nota=f"Lo abrió {asunto.folio}." if origen else None,
    )


def ensayar_aperturas(v: Ventanilla, asunto: Asunto) -> None:
    """Lanza lo que lanzaría abrir los casos que el paso abre, sin abrir ninguno."""
    for pendiente in asunto.estado.por_abrir:
        abrir(v, _solicitud_de(asunto, pendiente), simular=True)


def _con_lo_del_relacionado(v: Ventanilla, p: Procedimiento, solicitud: Solicitud) -> Solicitud:
    """La solicitud con los datos que ya constan en el caso del que nace."""
    if solicitud.relacionado is None:
        return solicitud
    otro = tomar(v, solicitud.relacionado)
    if solicitud.origen:  # de una hoja, o de otro caso: sus datos ya vienen dichos
        return replace(solicitud, relacionado=otro.folio)
    datos = {**datos_que_comparten(otro, p), **solicitud.datos}
    return replace(solicitud, datos=datos, relacionado=otro.folio)


def _hasta_el_resultado(v: Ventanilla, asunto: Asunto, solicitud: Solicitud) -> Asunto:
    """El asunto con los pasos dados hasta el primero que tiene ese resultado, ése incluido."""
    p, momento = asunto.procedimiento, asunto.actuaciones[0].ocurrio
    while True:
        if len(asunto.estado.pasos) != 1:
            raise NoPermitido(
                f"«{p.clave}» no llega de una vez al resultado «{solicitud.resultado}»; ábralo sin "
                "--resultado y avance paso por paso."
            )
        paso = p.por_clave[asunto.estado.pasos[0]]
        es_este = paso.salida(solicitud.resultado) is not None
        peticion = Peticion(
            paso.clave,
            solicitud.resultado if es_este else None,
            por=solicitud.por,
            nota=solicitud.nota if es_este else None,
            contexto=contexto_de(v, asunto, momento),
        )
        hecho = avance.avanzar(p, asunto.estado, peticion, v.catalogos, v.oficina.personal)
        actuacion = replace(
            v.nueva_actuacion("avance", momento),
            paso=hecho.paso,
            resultado=hecho.resultado,
            tomas=hecho.tomas,
            por=solicitud.por.clave if solicitud.por and paso.autoriza else None,
            nota=peticion.nota,
            detalle=_por_que_tarde(solicitud) if es_este else {},
        )
        asunto = con_actuaciones(asunto, actuacion)
        if es_este:
            return asunto


def _apertura(v: Ventanilla, p: Procedimiento, solicitud: Solicitud) -> Actuacion:
    momento = _recibido(v, solicitud.recibido)
    if momento > v.ahora:
        raise DatosInvalidos(
            "«recibido»: esa fecha y hora todavía no llega; revísela, o revise el reloj de la "
            "computadora."
        )
    datos = convertir_datos(p, solicitud.datos, v.catalogos)
    datos = {clave: dato for clave, dato in datos.items() if dato}
    revisar_requisitos(p, solicitud.requisitos)
    detalle = {"canal": _canal(v, solicitud.canal), **_por_que_tarde(solicitud)}
    if solicitud.origen:
        detalle["origen"] = solicitud.origen
    if solicitud.relacionado:
        detalle["relacionado"] = solicitud.relacionado
    return replace(
        v.nueva_actuacion("apertura", momento),
        paso=_entrada(p, solicitud.paso),
        datos=datos,
        requisitos=solicitud.requisitos,
        nota=None if solicitud.resultado else solicitud.nota,
        detalle=detalle,
    )


def _por_que_tarde(solicitud: Solicitud) -> dict[str, str]:
    return {EXTEMPORANEO: solicitud.extemporaneo} if solicitud.extemporaneo else {}


def _entrada(p: Procedimiento, pedido: str | None) -> str:
    """El paso por el que se abre. Lanza NoPermitido si no es una entrada."""
    entradas = (p.apertura, *p.entradas)
    if pedido is None or pedido in entradas:
        return pedido or p.apertura
    raise NoPermitido(
        f"«{p.clave}» no se abre por el paso «{pedido}».{sugerencia(pedido, entradas)} "
        f"Se abre por: {', '.join(entradas)}."
    )


def _recien_abierto(
    v: Ventanilla, p: Procedimiento, folio: Folio, nuevas: tuple[Actuacion, ...]
) -> Asunto:
    """El asunto como quedaría con ese folio, sin escribir nada."""
    actuaciones = encadenar(str(folio), (), *nuevas)
    estado = repasar(p, actuaciones)
    caso = caso_escrito(v, p, str(folio), 1, actuaciones, estado)
    leido = casos.por_publicar(carpetas.carpeta_de(v.raiz, folio), caso)
    return Asunto(p, leido, caso.actuaciones, estado)


def _recibido(v: Ventanilla, dicho: str | datetime | None) -> datetime:
    return v.en_su_huso(dicho) if isinstance(dicho, datetime) else v.momento(dicho)


def _canal(v: Ventanilla, escrito: str | None) -> str:
    """La clave del canal. Lanza DatosInvalidos si no está en el catálogo."""
    canales = v.catalogos.get("canales", {})
    if canal := opcion_escrita(canales, escrito or CANAL_DE_SIEMPRE):
        return canal.clave
    parecido = sugerencia(escrito or "", canales) or f" Son: {', '.join(canales)}."
    raise DatosInvalidos(f"El canal no está en el catálogo «canales».{parecido}")
