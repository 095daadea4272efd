"""La carátula del expediente que se archiva: lo que su plantilla puede pedir."""

from typing import Any

from expediente.documentos.redaccion import campos_de_la_oficina, clave_de_archivo
from expediente.nucleo.estado import Estado
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.procedimiento import Procedimiento
from expediente.operaciones.ventanilla import Ventanilla


def campos_de_la_caratula(
    v: Ventanilla,
    p: Procedimiento,
    estado: Estado,
    folio: str,
    huella: str,
    indice: list[dict[str, str]],
) -> dict[str, Any]:
    """El membrete, la clasificación y el índice de documentos de un caso concluido."""
    assert estado.concluido is not None
    serie = v.oficina.serie(p.serie)
    titulo = p.titulo.evaluar(hechos_de(p, estado, v.catalogos)) if p.titulo else None
    caratula = {
        "fondo": serie.fondo,
        "unidad": v.oficina.nombre,
        "seccion": serie.seccion,
        "serie": f"{serie.clave} {serie.nombre}",
        "clasificacion": clave_de_archivo(v.oficina, p.serie, folio),
        "numero": folio,
        "titulo": str(titulo) if titulo else p.nombre,
        "asunto": f"{p.nombre}. {p.nombre_de_situacion(estado.situacion_final or '')}.",
        "apertura": fecha_en_palabras(estado.abierto),
        "cierre": fecha_en_palabras(estado.concluido),
        "fojas": "Por foliar",
        "legajo": "1 de 1",
        "valores": serie.valores,
        "vigencia_tramite": _anios(serie.vigencia_tramite),
        "vigencia_concentracion": _anios(serie.vigencia_concentracion),
        "destino_final": serie.destino_final,
        "clasificacion_informacion": serie.clasificacion,
        "soporte": "Mixto",
        "observaciones": "",
        "huella": huella,
    }
    membrete = campos_de_la_oficina(v.oficina, p.ente, estado.concluido.date())
    return {"oficina": membrete, "caratula": caratula, "indice": indice}


def _anios(cuantos: str) -> str:
    return f"{cuantos} año" if cuantos == "1" else f"{cuantos} años"
