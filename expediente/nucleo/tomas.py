"""Lo que un paso toma de una existencia: apartar, prestar, gastar y devolver."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from expediente.nucleo.contexto import Contexto, cuanto_queda
from expediente.nucleo.errores import NoPermitido
from expediente.nucleo.estado import APARTADO, DEVUELTO, GASTADO, PRESTADO, Estado
from expediente.nucleo.procedimiento import Procedimiento, Recurso, Salida


def tomas_de(
    p: Procedimiento,
    estado: Estado,
    salida: Salida,
    hechos: Mapping[str, Any],
    contexto: Contexto,
) -> tuple[Mapping[str, str], ...]:
    """Lo que esa salida aparta, presta, gasta o devuelve. Lanza NoPermitido si no alcanza."""
    tiene = {t.recurso for t in estado.tomas if t.estado in (APARTADO, PRESTADO)}
    pedidos = (
        [(clave, APARTADO) for clave in salida.aparta]
        + [(clave, PRESTADO) for clave in salida.presta]
        + [(clave, GASTADO) for clave in salida.gasta]
    )
    tomas: list[Mapping[str, str]] = []
    for clave, como in pedidos:
        toma = {"recurso": clave, "estado": como}
        # Lo ya apartado pasa a prestado o gastado tal como se apartó.
        if clave not in tiene or como == APARTADO:
            toma |= _de_su_existencia(p.recurso[clave], hechos, contexto)
        tomas.append(toma)
    devueltos = [clave for clave in salida.devuelve if clave in tiene]
    return (*tomas, *({"recurso": clave, "estado": DEVUELTO} for clave in devueltos))


def _de_su_existencia(
    recurso: Recurso, hechos: Mapping[str, Any], contexto: Contexto
) -> dict[str, str]:
    renglon, cantidad = recurso.renglon.evaluar(hechos), recurso.cantidad.evaluar(hechos)
    if not isinstance(renglon, str) or not isinstance(cantidad, int | Decimal):
        raise NoPermitido(
            f"No se sabe cuánto tomar de «{recurso.nombre}»: falta "
            f"{recurso.renglon.escrita} o {recurso.cantidad.escrita}."
        )
    queda = cuanto_queda(recurso, hechos, contexto)
    if queda is not None and cantidad > queda:
        raise NoPermitido(
            f"No alcanza «{recurso.nombre}»: quedan {queda} de «{renglon}» y se piden {cantidad}. "
            f"Mírelo con: expediente existencias {recurso.existencia}"
        )
    return {"existencia": recurso.existencia, "renglon": renglon, "cantidad": str(cantidad)}


def revisar_prestado(
    p: Procedimiento, estado: Estado, tomas: Sequence[Mapping[str, str]] = ()
) -> None:
    """Lanza NoPermitido si el caso terminaría con algo prestado sin devolver.

    `tomas` es lo que la misma actuación presta o devuelve.
    """
    como = {t.recurso: t.estado for t in estado.tomas} | {t["recurso"]: t["estado"] for t in tomas}
    prestados = [p.recurso[clave].nombre for clave, dicho in como.items() if dicho == PRESTADO]
    if prestados:
        raise NoPermitido(
            f"Sigue prestado: {', '.join(prestados)}. Primero registre su devolución o su baja."
        )
