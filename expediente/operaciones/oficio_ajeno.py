"""El oficio que toca a un caso y se mandó desde otro: el de la relación en que va, con otros."""

from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.estado import Documento
from expediente.nucleo.reiteracion import reiterables, reiterado
from expediente.operaciones.asunto import Asunto, tomar
from expediente.operaciones.ventanilla import Ventanilla


def oficio_de_otro_caso(v: Ventanilla, asunto: Asunto) -> tuple[Asunto, Documento | None] | None:
    """El caso que éste nombra en uno de sus datos y que sabe recordar su oficio, con el oficio.

    El oficio es None si todavía no sale. None si no nombra ninguno así, o no se puede leer.
    """
    p, datos = asunto.procedimiento, asunto.estado.datos
    nombrados = [datos[h.clave] for h in p.hojas.values() if h.tipo == "folio" and h.clave in datos]
    for folio in filter(None, nombrados):
        try:
            otro = tomar(v, folio)
        except ErrorExpediente:
            continue  # de ése no consta el número; la carta se escribe sin él
        for clave in reiterables(otro.procedimiento):
            return otro, reiterado(otro.procedimiento, otro.estado, clave).oficio
    return None
