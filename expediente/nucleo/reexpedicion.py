"""Si un documento que se canceló puede salir otra vez: lo que su paso exigía, mirado hoy."""

from expediente.nucleo.campo import Catalogos
from expediente.nucleo.captura import revisar_reglas
from expediente.nucleo.contexto import Contexto, hechos_del_momento
from expediente.nucleo.errores import DatosInvalidos, NoPermitido
from expediente.nucleo.estado import Estado
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.procedimiento import Paso, Procedimiento, Salida

# Lo que el mismo paso ya consumió: volver a preguntarlo lo contaría dos veces.
_YA_GASTADO = ("disponible.", "veces.", "recordatorios.")


def revisar_reexpedicion(
    p: Procedimiento, estado: Estado, clave: str, catalogos: Catalogos, contexto: Contexto
) -> None:
    """Lanza NoPermitido si hoy no se cumple lo que exigía el resultado que emitió `clave`.

    Lanza DatosInvalidos si los datos no cumplen juntos una regla del procedimiento.
    """
    hechos = {**hechos_de(p, estado, catalogos), "hoy": contexto.hoy}
    try:
        revisar_reglas(p, hechos)
    except DatosInvalidos as error:
        raise DatosInvalidos(f"No se puede reexpedir «{clave}»: {error.mensaje}") from None
    paso, salida = _la_que_lo_emitio(p, estado, clave.split(".", 1)[0])
    if paso is None or salida is None or salida.si is None:
        return
    hechos = hechos_del_momento(p, paso, hechos, contexto)
    gastado = {n for n in salida.si.nombres if n.startswith(_YA_GASTADO)}
    cumple = salida.si.podria(hechos, gastado) if gastado else salida.si.cumple(hechos)
    if not cumple:
        porque = salida.mensaje or f"no se cumple: {salida.si.escrita}."
        raise NoPermitido(
            f"No se puede reexpedir «{clave}»: {porque} Un dato se corrige con: expediente "
            "corregir FOLIO -d campo=valor --motivo «…»"
        )


def _la_que_lo_emitio(
    p: Procedimiento, estado: Estado, documento: str
) -> tuple[Paso, Salida] | tuple[None, None]:
    """El paso y el resultado más recientes que emitieron ese documento."""
    dados = [
        (estado.orden[hecho], paso, salida)
        for paso in p.pasos
        for salida in paso.salidas
        if documento in salida.emite
        and (hecho := f"{paso.clave}/{salida.clave}" if salida.clave else paso.clave)
        in estado.orden
    ]
    _, paso, salida = max(dados, key=lambda dado: dado[0], default=(0, None, None))
    return (paso, salida) if paso and salida else (None, None)
