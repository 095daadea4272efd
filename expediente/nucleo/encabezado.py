"""Lo que encabeza el fichero de un caso: el estado, escrito para que se lea.

Todo aquí se recalcula de las actuaciones. De una edición a mano sólo se adopta lo que
una persona puede saber mejor que el programa: los datos.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from expediente.nucleo.calendario import Vencimiento
from expediente.nucleo.caso import Actuacion, Caso, Mapa, huella_final
from expediente.nucleo.estado import Documento, Estado
from expediente.nucleo.procedimiento import Procedimiento

EDITABLE = "datos"
# Las llaves que el programa recalcula, en el orden en que se leen; las demás son de quien
# las escribió y se conservan.
CALCULADAS = (
    "situacion", "pasos", "responsables", "canal", "abierto", "corre_desde", "meta", "vence",
    "escala", "suspendido", "asignado", "concluido", "situacion_final", "origen", "relaciones",
    "archivo", EDITABLE, "requisitos", "documentos", "tomas", "anexos", "huella",
)  # fmt: skip


def encabezado_de(
    p: Procedimiento,
    folio: str,
    estado: Estado,
    actuaciones: tuple[Actuacion, ...],
    corre: Vencimiento | None,
) -> Mapa:
    """Las llaves del encabezado con su texto, en el orden en que se leen.

    `corre` es el plazo que vence primero; None si no corre ninguno.
    """
    mapa: Mapa = {
        "situacion": estado.situacion,
        "pasos": list(estado.pasos),
        "responsables": responsables_de(p, estado),
        "canal": estado.canal,
        "abierto": _iso(estado.abierto),
        "corre_desde": _iso(corre.cuenta_desde) if corre else None,
        "meta": _iso(corre.meta) if corre else None,
        "vence": _iso(corre.vence) if corre else None,
        "escala": corre.escala if corre else None,
        "suspendido": _iso(estado.suspendido.desde) if estado.suspendido else None,
        "asignado": estado.asignado,
        "concluido": _iso(estado.concluido),
        "situacion_final": estado.situacion_final,
        "origen": estado.origen,
        "relaciones": [{"folio": folio, "como": como} for folio, como in estado.relaciones],
        "archivo": dict(estado.archivo),
        EDITABLE: _datos_en_orden(p, estado.datos),
        "requisitos": {clave: _iso(cuando) for clave, cuando in estado.requisitos.items()},
        "documentos": [_documento(d) for d in estado.documentos],
        "tomas": [asdict(toma) for toma in estado.tomas],
        "anexos": [dict(anexo) for anexo in estado.anexos],
        "huella": huella_final(folio, actuaciones),
    }
    assert tuple(mapa) == CALCULADAS
    siempre = ("situacion", "pasos", EDITABLE)
    return {k: v for k, v in mapa.items() if k in siempre or v not in (None, "", [], {})}


def responsables_de(p: Procedimiento, estado: Estado) -> list[str]:
    """Los roles a los que toca ahora, en el orden de los pasos activos."""
    return [p.por_clave[clave].responsable for clave in estado.pasos]


def _iso(momento: datetime | None) -> str | None:
    return momento.isoformat(timespec="seconds") if momento else None


def _datos_en_orden(p: Procedimiento, datos: Mapping[str, str]) -> dict[str, str]:
    orden = {campo.clave: i for i, campo in enumerate(p.campos)}
    partes = {hoja: i for i, hoja in enumerate(p.hojas)}

    def lugar(clave: str) -> tuple[int, int, str]:
        return (orden.get(clave.split(".", 1)[0], len(orden)), partes.get(clave, 0), clave)

    return {clave: datos[clave] for clave in sorted(datos, key=lugar)}


def _documento(doc: Documento) -> Mapa:
    mapa: Mapa = {
        "clave": doc.clave,
        "estado": doc.estado,
        "numero": doc.numero,
        "fecha": _iso(doc.fecha),
        "fichero": doc.fichero,
        "sha256": doc.sha256,
        "recibe": doc.recibe,
        "motivo": doc.motivo,
    }
    return {k: v for k, v in mapa.items() if v}


def mapa_del_caso(caso: Caso) -> Mapa:
    """Lo que se escribe en expediente.yaml, en su orden."""
    return {
        "folio": caso.folio,
        "procedimiento": caso.procedimiento,
        "version": caso.version,
        "revision": str(caso.revision),
        **caso.encabezado,
        **caso.otras,
        "actuaciones": [a.como_mapa() for a in caso.actuaciones],
    }
