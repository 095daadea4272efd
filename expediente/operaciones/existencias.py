"""Cuánto queda de lo que la oficina da o presta, según lo que cada caso tiene tomado."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from expediente.almacen import carpetas, inventarios
from expediente.almacen.oficina import claves_de
from expediente.nucleo.errores import ErrorExpediente, NoExiste
from expediente.nucleo.forma import Ruta
from expediente.nucleo.inventario import Existencia, Saldo, Tomado, leer_toma, saldo_de
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.revision import Problema
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Balance:
    """Una existencia, el saldo de cada renglón y lo que los casos le han tomado."""

    existencia: Existencia
    saldos: tuple[Saldo, ...]
    tomas: tuple[Tomado, ...]


def disponible(
    v: Ventanilla, existencia: str, renglon: str, menos_folio: str | None = None
) -> Decimal:
    """Lo que queda de un renglón, en su unidad, sin contar lo que tenga `menos_folio`.

    Negativo si se tomó de más. Lanza NoExiste si no hay tal existencia o renglón.
    """
    leida = inventarios.leer_existencia(v.raiz, existencia)
    leida.renglon(renglon)  # que falte se dice antes de mirar los casos
    tomados = [t for t in _tomas(v, []) if t.folio != menos_folio]
    return saldo_de(leida, renglon, tomados).disponible


def balances(v: Ventanilla, clave: str | None = None) -> tuple[list[Balance], list[Problema]]:
    """El balance de cada existencia, o de una; y lo que no se pudo leer.

    Lanza NoExiste o DatosInvalidos si se pide una que no hay o no se entiende.
    """
    if clave:
        problemas: list[Problema] = []
        leidas = [inventarios.leer_existencia(v.raiz, clave)]
    else:
        leidas, problemas = _existencias(v)
    tomados = list(_tomas(v, problemas))
    return [_balance(leida, tomados) for leida in leidas], problemas


def _balance(existencia: Existencia, tomados: list[Tomado]) -> Balance:
    propias = tuple(t for t in tomados if t.resta_de(existencia))
    saldos = (saldo_de(existencia, r.clave, propias) for r in existencia.renglones)
    return Balance(existencia, tuple(saldos), propias)


def _existencias(v: Ventanilla) -> tuple[list[Existencia], list[Problema]]:
    leidas, problemas = [], []
    for clave in claves_de(v.raiz, inventarios.CARPETA):
        try:
            leidas.append(inventarios.leer_existencia(v.raiz, clave))
        except ErrorExpediente as error:
            problemas.append(Problema(clave, error.mensaje))
    return leidas, problemas


def _tomas(v: Ventanilla, problemas: list[Problema]) -> Iterator[Tomado]:
    """Lo que cada caso tiene tomado; lo que no se puede leer se añade a `problemas`."""
    for folio in carpetas.folios(v.raiz):
        try:
            carpeta = carpetas.carpeta_de(v.raiz, folio)
            if "\ntomas:" not in carpetas.texto_del_encabezado(carpeta):
                continue
            dichas = carpetas.leer_encabezado(carpeta)[0].get("tomas")
            for dice in dichas if isinstance(dichas, list) else []:
                yield leer_toma(folio, dice)
        except ErrorExpediente as error:
            problemas.append(Problema(str(folio), error.mensaje))


def problemas_de_existencias(v: Ventanilla) -> list[Problema]:
    """Renglones de los que se tomó de más, y casos que tomaron de lo que ya no hay.

    Los expedientes ilegibles no se repiten aquí: ya los dice la revisión de cada uno.
    """
    leidas, problemas = _existencias(v)
    ilegibles = {problema.folio for problema in problemas}
    tomados = list(_tomas(v, []))
    for leida in leidas:
        balance = _balance(leida, tomados)
        problemas += [
            Problema(
                leida.clave,
                f"el renglón «{saldo.partida.clave}» está sobregirado: había "
                f"{saldo.partida.cantidad:,f} y se tomó {-saldo.disponible:,f} de más; vea "
                f"«expediente existencias {leida.clave} --folios».",
            )
            for saldo in balance.saldos
            if saldo.disponible < 0
        ]
    por_clave = {leida.clave: leida for leida in leidas}
    for tomado in tomados:
        if tomado.existencia not in ilegibles and (que := _falta(por_clave, tomado)):
            problemas.append(Problema(tomado.folio, que))
    return problemas


def _falta(por_clave: dict[str, Existencia], tomado: Tomado) -> str | None:
    """Lo que un caso tomó y la oficina ya no tiene escrito; None si ahí está."""
    leida = por_clave.get(tomado.existencia)
    if leida is None:
        return f"tomó de «{tomado.existencia}», y no hay existencias/{tomado.existencia}.yaml."
    if not tomado.resta_de(leida):
        return None
    try:
        leida.renglon(tomado.renglon)
    except NoExiste as error:
        return f"tomó del renglón «{tomado.renglon}». {error.mensaje}"
    return None


def problemas_de_recursos(v: Ventanilla, p: Procedimiento) -> Iterator[tuple[Ruta, str]]:
    """Las existencias que un procedimiento nombra y la oficina no tiene o no se entienden.

    Cada una con el lugar del procedimiento que la nombra.
    """
    for i, recurso in enumerate(p.recursos):
        try:
            inventarios.leer_existencia(v.raiz, recurso.existencia)
        except ErrorExpediente as error:
            yield ("recursos", i, "existencia"), f"recurso «{recurso.clave}»: {error.mensaje}"
