"""Abrir un caso: lo que llega por la ventanilla se vuelve expediente."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from expediente.almacen import carpetas, casos
from expediente.almacen.reglas import guardar_version, procedimiento_vigente
from expediente.nucleo.campo import opcion_escrita
from expediente.nucleo.captura import convertir_datos, revisar_reglas, revisar_requisitos
from expediente.nucleo.caso import Actuacion, Caso, encadenar
from expediente.nucleo.errores import DatosInvalidos, sugerencia
from expediente.nucleo.estado import repasar
from expediente.nucleo.folio import Folio
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.procedimiento import Procedimiento
from expediente.operaciones.asunto import Asunto, caso_escrito, tomar
from expediente.operaciones.efectos import cumplir, documentos_nuevos, ensayar, ya_asentado
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla

CANAL_DE_SIEMPRE = "mostrador"


@dataclass(frozen=True)
class Solicitud:
    """Lo que se sabe al abrir, como alguien lo escribió.

    `recibido` es cuándo llegó; None es ahora. `origen` identifica el renglón del que
    viene, para no abrirlo dos veces; None si se tecleó.
    """

    procedimiento: str
    datos: Mapping[str, str] = field(default_factory=dict)
    canal: str | None = None
    recibido: str | datetime | None = None
    requisitos: tuple[str, ...] = ()
    nota: str | None = None
    origen: str | None = None


def abrir(v: Ventanilla, solicitud: Solicitud, simular: bool = False) -> Resultado:
    """Abre un caso y le da folio; los datos que falten los pedirá el paso que los use.

    Lo que el paso de apertura produce (un número, un acuse) se cumple aquí mismo. Lanza
    NoExiste si el procedimiento, un campo o un requisito no existe, y DatosInvalidos si
    un dato no se entiende o le falta a un documento; entonces no se tomó ningún folio.
    """
    p, escrito = procedimiento_vigente(v.raiz, solicitud.procedimiento)
    apertura = _apertura(v, p, solicitud)
    tentativo = _recien_abierto(v, p, Folio(p.prefijo, apertura.ocurrio.year, 0), apertura)
    revisar_reglas(p, hechos_de(p, tentativo.estado, v.catalogos))
    ensayar(v, tentativo)
    if simular:
        return resultado_de(tentativo, folio=f"{p.prefijo}-{apertura.ocurrio.year}-(por dar)")

    def hacer(folio: Folio) -> Caso:
        return _recien_abierto(v, p, folio, apertura).leido.caso

    guardar_version(v.raiz, p, escrito)
    anio, origen = apertura.ocurrio.year, solicitud.origen
    caso = casos.reclamar_folio(v.raiz, p.prefijo, anio, hacer, origen)
    if not tentativo.estado.tiene_efectos_pendientes:
        return resultado_de(tentativo, folio=caso.folio)
    abierto = tomar(v, caso.folio)
    with ya_asentado(caso.folio):
        hecho = cumplir(v, abierto, recien=True)
    return resultado_de(hecho, documentos_nuevos(abierto, hecho))


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
    detalle = {"canal": _canal(v, solicitud.canal)}
    if solicitud.origen:
        detalle["origen"] = solicitud.origen
    return replace(
        v.nueva_actuacion("apertura", momento),
        paso=p.apertura,
        datos=datos,
        requisitos=solicitud.requisitos,
        nota=solicitud.nota,
        detalle=detalle,
    )


def _recien_abierto(v: Ventanilla, p: Procedimiento, folio: Folio, apertura: Actuacion) -> Asunto:
    """El asunto como quedaría con ese folio, sin escribir nada."""
    actuaciones = encadenar(str(folio), (), apertura)
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
