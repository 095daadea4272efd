"""Los casos ligados unos con otros: los que un paso abre y los que se nombran entre sí.

Cada relación consta en los dos casos. Se asienta primero en el que la origina; si algo
falla antes de asentarla en el otro, `revisar --reparar` la completa.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from expediente.almacen import carpetas
from expediente.almacen.casos import OrigenTomado
from expediente.nucleo.errores import CasoCambio, DatosInvalidos, NoExiste
from expediente.nucleo.estado import PorAbrir
from expediente.nucleo.procedimiento import Procedimiento
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, tomar
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.ventanilla import Ventanilla

# Cómo se dice en el otro caso cada relación que uno tiene.
INVERSAS = {"ligado": "ligado_por", "abierto_por": "abrio", "acumulado_a": "acumula"}
INTENTOS = 20


def revisar_ligados(v: Ventanilla, antes: Asunto | None, despues: Asunto) -> None:
    """Lanza NoExiste si el caso nombra a otro que no hay, y DatosInvalidos si es él mismo."""
    previas = antes.estado.relaciones if antes else ()
    for folio, _ in despues.estado.relaciones:
        if folio == despues.folio:
            raise DatosInvalidos(f"El expediente {folio} no puede ligarse consigo mismo.")
        if all(folio != previo for previo, _ in previas):
            carpetas.carpeta_existente(v.raiz, folio)


def corresponder(v: Ventanilla, asunto: Asunto) -> None:
    """Asienta en cada caso que éste nombra la relación de vuelta, si no la dice ya."""
    for folio, como in asunto.estado.relaciones:
        if como in INVERSAS:
            _asentar_relacion(v, folio, asunto.folio, INVERSAS[como])


def _asentar_relacion(v: Ventanilla, folio: str, con: str, como: str, origen: str = "") -> None:
    """Lanza CasoCambio si otros no dejan de cambiar el caso."""
    for intento in range(INTENTOS):
        try:
            otro = tomar(v, folio)
        except NoExiste:
            return  # se archivó y salió de la oficina: ya no se le asienta nada
        sabido = (con, como) in otro.estado.relaciones
        if otro.estado.situacion == "archivado" or (sabido and not origen):
            return
        if sabido and all(x.origen != origen for x in otro.estado.por_abrir):
            return
        detalle = {"folio": con, "como": como, **({"origen": origen} if origen else {})}
        actuacion = replace(v.nueva_actuacion("relacion"), detalle=detalle)
        try:
            asentar(v, con_actuaciones(otro, actuacion))
        except CasoCambio:
            if intento == INTENTOS - 1:
                raise
        else:
            return


Abrir = Callable[[PorAbrir, str], Resultado]


def abrir_lo_pendiente(v: Ventanilla, asunto: Asunto, abrir: Abrir) -> Asunto:
    """El asunto con los casos que sus pasos debían abrir ya abiertos y relacionados.

    Repetirlo es seguro: el origen de cada uno impide abrirlo dos veces.
    """
    for pendiente in asunto.estado.por_abrir:
        try:
            folio = abrir(pendiente, origen_de(asunto.folio, pendiente)).folio
        except OrigenTomado as tomado:
            folio = tomado.folio
        _asentar_relacion(v, asunto.folio, folio, "abrio", pendiente.origen)
    return tomar(v, asunto.folio) if asunto.estado.por_abrir else asunto


def origen_de(folio: str, pendiente: PorAbrir) -> str:
    """La identidad de un caso que otro abre: la misma cuantas veces se intente."""
    return sha256(f"{folio}#{pendiente.origen}".encode()).hexdigest()[:32]


def datos_que_pasan(asunto: Asunto, pendiente: PorAbrir) -> dict[str, str]:
    """Los datos que el caso nuevo recibe de éste, con las claves de allá."""
    pasan: dict[str, str] = {}
    for alla, aqui in pendiente.apertura.datos.items():
        for clave, dato in asunto.estado.datos.items():
            if clave == aqui or clave.startswith(f"{aqui}."):
                pasan[alla + clave.removeprefix(aqui)] = dato
    return pasan


def datos_que_comparten(asunto: Asunto, p: Procedimiento) -> dict[str, str]:
    """Los datos del caso cuyos campos se llaman y son igual en otro procedimiento."""
    de_aqui = {c.clave: c for c in asunto.procedimiento.campos}
    comunes = {
        c.clave
        for c in p.campos
        if (propio := de_aqui.get(c.clave)) is not None
        and (propio.tipo, propio.catalogo, bool(propio.lista), propio.campos)
        == (c.tipo, c.catalogo, bool(c.lista), c.campos)
    }
    return {k: v for k, v in asunto.estado.datos.items() if k.split(".", 1)[0] in comunes}
