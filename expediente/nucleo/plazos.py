"""Los plazos de un caso: qué reglas le rigen y cuándo vence cada una."""

from collections.abc import Mapping

from expediente.nucleo.calendario import Calendario, Vencimiento, vencimiento
from expediente.nucleo.campo import Catalogo
from expediente.nucleo.estado import Estado
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.procedimiento import Procedimiento


def vencimientos(
    p: Procedimiento, estado: Estado, catalogos: Mapping[str, Catalogo], calendario: Calendario
) -> tuple[Vencimiento, ...]:
    """Los plazos que corren o corrieron, uno por regla que rige este caso.

    Un plazo empieza con el último de sus hechos `desde` y se cumple con el primero de
    `hasta` que le sigue, o al concluir el caso. Sigue a otro lo que se asentó después,
    aunque los dos pasaran en el mismo minuto. Lanza DatosInvalidos si falta el
    calendario de un año.
    """
    if not p.plazos:
        return ()
    hechos = hechos_de(p, estado, catalogos)
    hallados = []
    for regla in p.plazos:
        dados = [hecho for hecho in regla.desde if hecho in estado.orden]
        if not dados or (regla.si and not regla.si.cumple(hechos)):
            continue
        inicio = max(dados, key=estado.orden.__getitem__)
        siguen = (h for h in regla.hasta if estado.orden.get(h, 0) > estado.orden[inicio])
        fines = [estado.ocurrio[h] for h in siguen]
        fines += [estado.concluido] if estado.concluido else []
        cumplido = min(fines, default=None)
        hallados.append(vencimiento(regla, estado.ocurrio[inicio], cumplido, calendario))
    return tuple(hallados)


def el_que_corre(todos: tuple[Vencimiento, ...]) -> Vencimiento | None:
    """De los que siguen corriendo, el que vence primero; None si no corre ninguno."""
    corren = [x for x in todos if x.cumplido is None]
    return min(corren, key=lambda x: x.vence, default=None)
