"""Cada documento de Word de un caso: con qué se escribe y cómo se llena."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from expediente.documentos.papel import Papel
from expediente.documentos.redaccion import campos_de_la_carta
from expediente.nucleo.calendario import habiles_entre
from expediente.nucleo.estado import Documento
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.plazos import el_que_corre
from expediente.nucleo.procedimiento import DocumentoEscrito
from expediente.nucleo.reiteracion import reiterado
from expediente.operaciones.asunto import Asunto, vencimientos_de
from expediente.operaciones.carpeta_de_plantillas import plantilla_de
from expediente.operaciones.numeracion import lo_pedido
from expediente.operaciones.oficio_ajeno import oficio_de_otro_caso
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Carta:
    """Un documento por escribir: con qué número, de qué fecha y si es borrador."""

    documento: DocumentoEscrito
    clave: str
    numero: str | None
    fecha: datetime
    borrador: bool


def papel_del_asunto(v: Ventanilla, asunto: Asunto, carta: Carta) -> Papel:
    """Todo lo que hace falta para escribir esa carta de ese asunto."""
    hechos = hechos_de(asunto.procedimiento, asunto.estado, v.catalogos)
    corre = el_que_corre(vencimientos_de(v, asunto.procedimiento, asunto.estado, hechos))
    oficio, ajeno = _que_recuerda(v, asunto, carta)
    return Papel(
        oficina=v.oficina,
        procedimiento=asunto.procedimiento,
        documento=carta.documento,
        clave=carta.clave,
        folio=asunto.folio,
        estado=asunto.estado,
        hechos=hechos,
        catalogos=v.catalogos,
        numero=carta.numero,
        fecha=carta.fecha,
        borrador=carta.borrador,
        # Quien tecleó el paso o la reexpedición, la termine quien la termine.
        elaboro=lo_pedido(asunto).capturo,
        recibio=asunto.actuaciones[0].capturo,
        vence=corre.vence if corre else None,
        dias_de_espera=_dias_de_espera(v, oficio, carta),
        recordado_ajeno=ajeno,
    )


def _que_recuerda(
    v: Ventanilla, asunto: Asunto, carta: Carta
) -> tuple[Documento | None, Documento | None]:
    """El oficio que la carta recuerda; y otra vez, si se mandó desde otro caso."""
    if carta.documento.reitera is None:
        return None, None
    oficio = reiterado(asunto.procedimiento, asunto.estado, carta.documento.reitera).oficio
    if oficio is not None:
        return oficio, None
    hallado = oficio_de_otro_caso(v, asunto)
    ajeno = hallado[1] if hallado else None
    return ajeno, ajeno


def _dias_de_espera(v: Ventanilla, oficio: Documento | None, carta: Carta) -> int | None:
    """Los días hábiles que se lleva esperando la respuesta del oficio que la carta recuerda."""
    if oficio is None or oficio.fecha is None:
        return None
    return habiles_entre(oficio.fecha.date(), carta.fecha.date(), v.calendario)


def llenar_carta(v: Ventanilla, papel: Papel) -> bytes:
    """El documento de Word ya escrito.

    Lanza DatosInvalidos si a la plantilla le falta un dato, y NoExiste si no está.
    """
    plantilla = plantilla_de(v, papel.documento.plantilla)
    return plantilla.llenar(campos_de_la_carta(papel), partial(_lo_que_falta, papel))


def _lo_que_falta(papel: Papel, rutas: Sequence[str]) -> str:
    # Sólo lo carga la carta que no sale; lo demás que da un paso no lo necesita.
    from expediente.documentos.lo_que_falta import faltan_en

    return faltan_en(papel, rutas)
