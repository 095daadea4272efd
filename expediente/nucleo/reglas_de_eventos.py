"""Lo que puede pasarle a cualquier caso, del procedimiento que sea: los eventos.

Cada evento existe una sola vez, aquí, con lo que pide y lo que hace a los relojes; lo que
hace al caso lo aplica `repaso`. Las órdenes de la línea de órdenes salen de esta tabla.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expediente.nucleo.ajustes import Persona
from expediente.nucleo.errores import DatosInvalidos, NoExiste, NoPermitido, SinPermiso, sugerencia
from expediente.nucleo.estado import Estado
from expediente.nucleo.fecha import momento_en_palabras
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.tomas import revisar_prestado

ABIERTO, DETENIDO, CERRADO, SIEMPRE = "abierto", "detenido", "cerrado", "siempre"


@dataclass(frozen=True)
class Evento:
    """Una clase de evento.

    `tipo` es el de su actuación; `cuando`, en qué casos cabe: abierto, detenido (en
    suspensión o prevención), cerrado o siempre. `termina` dice si con él acaba el caso y
    `autoriza`, si lo decide quien puede autorizar pasos del procedimiento.
    """

    tipo: str
    cuando: str = ABIERTO
    termina: bool = False
    autoriza: bool = False


EVENTOS: dict[str, Evento] = {
    "prevenir": Evento("prevencion"),
    "suspender": Evento("suspension"),
    "reanudar": Evento("reanudacion", DETENIDO),
    "prorrogar": Evento("prorroga"),
    "reasignar": Evento("reasignacion"),
    "negar": Evento("negativa", termina=True, autoriza=True),
    "desistir": Evento("desistimiento", termina=True),
    "cancelar": Evento("cancelacion", termina=True),
    "caducar": Evento("caducidad", termina=True),
    "declinar": Evento("incompetencia", termina=True),
    "acumular": Evento("acumulacion", termina=True),
    "fallecimiento": Evento("fallecimiento"),
    "reabrir": Evento("reapertura", CERRADO),
    "corregir": Evento("correccion", SIEMPRE),
    "deshacer": Evento("deshecho", SIEMPRE),
}

# Los que puede haber aunque los relojes estén detenidos.
_AUN_DETENIDO = ("reanudar", "desistir", "cancelar", "caducar", "fallecimiento", "reasignar")


def revisar_evento(
    p: Procedimiento,
    estado: Estado,
    clave: str,
    por: Persona | None = None,
    personal: Sequence[Persona] = (),
) -> Evento:
    """El evento de esa clave, si cabe en este caso.

    Lanza NoPermitido si el procedimiento no lo admite o el caso no está para ello, y
    SinPermiso si `por` no puede decidirlo.
    """
    evento = EVENTOS[clave]
    if clave in p.eventos.no_admite:
        raise NoPermitido(f"El procedimiento «{p.clave}» no admite «{clave}».")
    if estado.situacion == "archivado":
        raise NoPermitido("El expediente ya está archivado; abra otro y relaciónelo con éste.")
    _revisar_situacion(p, estado, clave, evento)
    if evento.autoriza:
        _revisar_quien(p, clave, por, personal)
    if evento.termina:
        revisar_prestado(p, estado)
    if clave == "prevenir" and estado.prevenido:
        raise NoPermitido("Ya se previno una vez; sólo puede hacerse una. Suspenda o resuelva.")
    if clave == "fallecimiento" and estado.fallecido:
        cuando = momento_en_palabras(estado.fallecido)
        raise NoPermitido(f"El fallecimiento ya consta desde el {cuando}.")
    return evento


def _revisar_situacion(p: Procedimiento, estado: Estado, clave: str, evento: Evento) -> None:
    situacion = p.nombre_de_situacion(estado.situacion).lower()
    if evento.cuando == CERRADO and estado.abierto_ahora:
        raise NoPermitido(f"El expediente sigue abierto ({situacion}); no hay qué reabrir.")
    if evento.cuando in (ABIERTO, DETENIDO) and not estado.abierto_ahora:
        raise NoPermitido(f"El expediente ya terminó ({situacion}); no cabe «{clave}».")
    if evento.cuando == DETENIDO and not estado.suspendido:
        raise NoPermitido("El expediente no está suspendido ni en prevención; no hay qué reanudar.")
    if evento.cuando == ABIERTO and estado.suspendido and clave not in _AUN_DETENIDO:
        raise NoPermitido(f"El expediente está {situacion}; primero: expediente reanudar FOLIO")


def _revisar_quien(
    p: Procedimiento, clave: str, por: Persona | None, personal: Sequence[Persona]
) -> None:
    roles = {paso.responsable for paso in p.pasos if paso.autoriza} or {
        rol.clave for rol in p.roles if not rol.externo
    }
    pueden = ", ".join(x.clave for x in personal if roles & set(x.roles))
    quienes = f" Puede: {pueden}." if pueden else " Nadie en oficina.yaml tiene ese rol."
    if por is None:
        raise NoPermitido(f"Para {clave} diga quién lo decide: --por PERSONA.{quienes}")
    if not roles & set(por.roles):
        raise SinPermiso(f"«{por.clave}» no autoriza en «{p.clave}».{quienes}")


def paso_al_reabrir(p: Procedimiento, estado: Estado, pedido: str | None) -> str:
    """Los pasos a que vuelve un caso que se reabre, separados por espacio.

    Sin pedir ninguno, los que tenía al terminar. Lanza NoExiste o NoPermitido.
    """
    if pedido is None:
        return " ".join(estado.previos)
    if pedido not in p.por_clave:
        raise NoExiste(
            f"El procedimiento «{p.clave}» no tiene el paso «{pedido}»."
            f"{sugerencia(pedido, p.por_clave)}"
        )
    if pedido not in estado.llegadas and pedido != p.apertura:
        raise NoPermitido(f"El caso nunca llegó al paso «{pedido}»; no puede reabrirse ahí.")
    return pedido


def prorroga_de(
    p: Procedimiento,
    estado: Estado,
    corren: Mapping[str, bool],
    cantidad: int,
    plazo: str | None,
) -> dict[str, str]:
    """El detalle de una prórroga: de qué plazo y cuánto, en su unidad.

    `corren` dice qué plazos corren y si ya vencieron. Lanza NoPermitido si no corre
    ninguno, ya venció, ya se prorrogó o se pide más de la mitad; DatosInvalidos si hay
    varios y no se dice cuál.
    """
    if plazo is None and len(corren) > 1:
        raise DatosInvalidos(f"Corren varios plazos; diga --plazo: {', '.join(corren)}.")
    clave = plazo or next(iter(corren), None)
    if clave is None or clave not in corren:
        raise NoPermitido(f"No corre ningún plazo{f' «{plazo}»' if plazo else ''} que prorrogar.")
    if corren[clave]:
        raise NoPermitido(f"El plazo «{clave}» ya venció; sólo se prorroga antes de vencer.")
    if clave in estado.prorrogas:
        raise NoPermitido(f"El plazo «{clave}» ya se prorrogó; sólo puede hacerse una vez.")
    reglas = [*p.plazos, *(paso.plazo for paso in p.pasos if paso.plazo)]
    total = next((r.cantidad for r in reglas if r.clave == clave), None)
    if total is not None and not 0 < cantidad <= max(total // 2, 1):
        raise NoPermitido(
            f"La prórroga de «{clave}» puede ser de 1 a {max(total // 2, 1)}: la mitad del plazo."
        )
    return {"plazo": clave, "cantidad": str(cantidad)}
