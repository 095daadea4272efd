"""El libro de oficios puesto de acuerdo con los casos: qué dice cada número y cuáles sobran."""

from collections.abc import Collection

from expediente.almacen import libro as libros
from expediente.almacen.disco import errores_de_disco
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.estado import CANCELADO, ENTREGADO, Documento
from expediente.operaciones.asunto import Asunto, tomar
from expediente.operaciones.documentos_del_caso import CARPETA, DE_BORRADOR, nombre_del_documento
from expediente.operaciones.libro_de_oficios import ESTADOS
from expediente.operaciones.numeracion import anotar_en_el_libro, numeros_conocidos
from expediente.operaciones.ventanilla import Ventanilla


def poner_al_dia_el_libro(
    v: Ventanilla, asunto: Asunto, previos: Collection[Documento] = ()
) -> list[str]:
    """Hace que el libro diga lo que el caso: emitido, entregado o cancelado.

    Sólo mira los documentos que no están en `previos`. Devuelve los números cuyo asiento
    estaba atrasado.
    """
    atrasados = []
    for doc in asunto.estado.documentos:
        if doc.numero and doc not in previos and doc.estado in ESTADOS:
            acuse = doc.fecha if doc.estado == ENTREGADO else None
            cambios = {
                "estado": doc.estado,
                "motivo": doc.motivo,
                "entregado": acuse.isoformat(timespec="minutes") if acuse else None,
                "recibe": doc.recibe,
            }
            if anotar_en_el_libro(v, doc.numero, {k: x for k, x in cambios.items() if x}):
                atrasados.append(doc.numero)
    return atrasados


def anular_sobrantes(v: Ventanilla, folio: str | None = None) -> None:
    """Anula los números tomados para un caso que después no los asentó; de todos sin `folio`.

    Los hay si dos personas cumplen lo mismo a la vez, o si el caso terminó tras un apagón.
    El caso se lee después que el libro: quien acaba de tomar uno lo tiene pendiente.
    """
    por_folio: dict[str, list[libros.Asiento]] = {}
    for asiento in libros.asientos(v.raiz):
        de = asiento.dice.get("folio")
        if de and not asiento.de_fuera and folio in (None, de):
            por_folio.setdefault(de, []).append(asiento)
    for de, asientos in por_folio.items():
        try:
            asunto = tomar(v, de)
        except ErrorExpediente:
            continue  # la auditoría del libro ya dice que no se puede leer
        if not asunto.estado.tiene_efectos_pendientes:
            for asiento in asientos:
                if not _asienta(asunto, asiento.numero):
                    _anular_sobrante(v, asunto, asiento)


def _asienta(asunto: Asunto, numero: str) -> bool:
    datos = asunto.estado.datos.values()
    return numero in datos or numero in numeros_conocidos(asunto.estado)


def _anular_sobrante(v: Ventanilla, asunto: Asunto, asiento: libros.Asiento) -> None:
    if asiento.dice["estado"] != CANCELADO:
        motivo = "Se tomó el número y el expediente no llegó a usarlo."
        anotar_en_el_libro(v, asiento.numero, {"estado": CANCELADO, "motivo": motivo})
    nombre = nombre_del_documento(asiento.dice["documento"], asiento.numero)
    for fichero in (f"{nombre}.docx", f"{nombre}{DE_BORRADOR}"):
        ruta = asunto.carpeta / CARPETA / fichero
        with errores_de_disco(ruta):
            ruta.unlink(missing_ok=True)
