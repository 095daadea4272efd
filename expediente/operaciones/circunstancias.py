"""Lo que rodea a un caso cuando se decide: qué venció, qué queda, cómo van los ligados."""

from datetime import datetime
from decimal import Decimal

from expediente.almacen import carpetas
from expediente.nucleo.contexto import Contexto
from expediente.nucleo.errores import NoExiste
from expediente.nucleo.plazos import vencidos
from expediente.operaciones.asunto import Asunto, vencimientos_de
from expediente.operaciones.ventanilla import Ventanilla

# Cómo se dice de este lado que otro caso depende de éste.
DEPENDEN = ("abrio", "ligado_por", "ligado")


def contexto_de(v: Ventanilla, asunto: Asunto, momento: datetime) -> Contexto:
    """Lo que las condiciones de un paso pueden preguntar del momento en que se da."""

    def los_vencidos() -> frozenset[str]:
        return vencidos(vencimientos_de(v, asunto.procedimiento, asunto.estado), momento)

    def disponible(existencia: str, renglon: str) -> Decimal:
        # Contar una existencia recorre los casos: sólo quien toma de ella lo paga.
        from expediente.operaciones import existencias

        return existencias.disponible(v, existencia, renglon, menos_folio=asunto.folio)

    return Contexto(momento.date(), los_vencidos, lambda: relacionados_de(v, asunto), disponible)


def relacionados_de(v: Ventanilla, asunto: Asunto) -> tuple[int, int]:
    """Cuántos casos dependen de éste, y cuántos de ellos siguen abiertos."""
    folios = [folio for folio, como in asunto.estado.relaciones if como in DEPENDEN]
    abiertos = 0
    for folio in folios:
        try:
            carpeta = carpetas.carpeta_existente(v.raiz, folio)
        except NoExiste:
            continue  # se archivó y salió de la oficina: no sigue abierto
        encabezado, _ = carpetas.leer_encabezado(carpeta)
        abiertos += bool(encabezado.get("pasos"))
    return len(folios), abiertos
