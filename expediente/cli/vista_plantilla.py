"""Cómo se cuentan las plantillas: el listado, sus campos, sus problemas y sus pruebas."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from expediente.cli.pantalla import avisar, decir, tabla, titulo
from expediente.operaciones.emisor import DE_DOCUMENTO, Emisor
from expediente.operaciones.listado_de_plantillas import PlantillaListada, Revisada
from expediente.operaciones.plantillas import CampoUsable, Prueba

_CABEN = 2
_ANCHO_DEL_EJEMPLO = 60


def listada_json(x: PlantillaListada) -> dict[str, Any]:
    """Una plantilla del listado con las llaves del contrato."""
    return {
        "fichero": x.fichero,
        "titulo": x.titulo,
        "emisores": [_emisor_json(e) for e in x.emisores],
        "existe": x.existe,
        "abierta": x.abierta,
        "problemas": [problema_json(fallo) for fallo in x.fallos],
    }


def _emisor_json(e: Emisor) -> dict[str, Any]:
    propio = e.procedimiento if e.fijo else None
    return {"clase": e.clase, "clave": e.clave, "nombre": e.nombre, "procedimiento": propio}


def decir_listado(hay: Sequence[PlantillaListada]) -> None:
    """El listado: una tabla y, aparte, lo que pide que alguien haga algo."""
    tabla(
        ["Plantilla", "Título", "La emite", "Cómo está"],
        [[x.fichero, x.titulo, _quienes(x.emisores), _como_esta(x)] for x in hay],
    )
    for dicho, cuales in (
        ("Nadie la emite", [x for x in hay if x.existe and not x.emisores]),
        ("Falta", [x for x in hay if not x.existe]),
        ("Alguien la tiene abierta", [x for x in hay if x.abierta]),
    ):
        if cuales:
            avisar(f"{dicho}: {', '.join(x.fichero for x in cuales)}.")
    if any(x.fallos for x in hay):
        avisar("Qué tienen: expediente plantilla revisar --todas")


def _quienes(emisores: Sequence[Emisor]) -> str:
    dichos = [_quien(e) for e in emisores]
    if len(dichos) > _CABEN:
        return f"{dichos[0]} y {len(dichos) - 1} más"
    return " y ".join(dichos) or "nadie"


def _quien(e: Emisor) -> str:
    if e.clase == DE_DOCUMENTO:
        return f"{e.procedimiento}/{e.clave}"
    return f"{e.clase} {e.clave}" if e.fijo else e.clase


def _como_esta(x: PlantillaListada) -> str:
    if not x.existe:
        return "no está; hay que guardarla como .docx" if x.en_otro_formato else "no está"
    cuantos = len(x.fallos)
    return "bien" if not cuantos else "1 problema" if cuantos == 1 else f"{cuantos} problemas"


def campos_json(suyos: Sequence[Emisor], usables: Sequence[CampoUsable]) -> dict[str, Any]:
    """Los campos que puede usar una plantilla, con las llaves del contrato."""
    return {
        "plantilla": suyos[0].plantilla,
        "emisores": [_emisor_json(e) for e in suyos],
        "campos": [
            {
                "ruta": x.dato.ruta,
                "nombre": x.dato.nombre,
                "tipo": x.dato.tipo,
                "grupo": x.dato.grupo,
                "etiqueta": x.dato.etiqueta,
                "ejemplo": x.ejemplo,
                "pedido": x.pedido,
                "opcional": x.dato.opcional,
                "formas": [
                    {"etiqueta": f.etiqueta, "da": f.da, "ejemplo": f.ejemplo} for f in x.formas
                ],
            }
            for x in usables
        ],
        "filtros": [
            {"nombre": nombre, "etiqueta": etiqueta, "da": da, "ejemplo": ejemplo}
            for nombre, (etiqueta, da, ejemplo) in _filtros().items()
        ],
    }


def _filtros() -> dict[str, tuple[str, str, str]]:
    from expediente.documentos.filtros_de_prosa import AYUDA_DE_FILTROS  # carga jinja2

    return AYUDA_DE_FILTROS


def decir_campos(suyos: Sequence[Emisor], usables: Sequence[CampoUsable]) -> None:
    """Los campos en una tabla por grupo; los que la plantilla ya usa llevan una marca."""
    titulo(f"{suyos[0].plantilla}: {_quienes(suyos)}")
    for grupo, suyas in groupby(usables, key=lambda x: x.dato.grupo):
        decir()
        tabla(["", grupo, "Se escribe", "Ejemplo"], [_fila(x) for x in suyas])
    decir()
    if otros := _de_otro_modo(usables):
        tabla(["De otro modo", "Qué da", "Ejemplo"], otros)
        decir()
    tabla(["Con filtro", "Qué da", "Ejemplo"], [list(dicho) for dicho in _filtros().values()])
    if any(x.pedido for x in usables):
        avisar("Lo marcado con * ya lo usa la plantilla.")
    if any(x.dato.opcional for x in usables):
        avisar("Lo marcado con ? puede faltar: póngalo en un {% if %} o con |default.")
    if len({e.procedimiento for e in suyos}) > 1:
        avisar("La emiten varios: para ver lo propio de uno, diga --procedimiento CLAVE.")


def _fila(x: CampoUsable) -> list[str]:
    marcas = ("*" if x.pedido else "") + ("?" if x.dato.opcional else "")
    return [marcas, x.dato.nombre, x.dato.etiqueta, _corto(x.ejemplo)]


def _de_otro_modo(usables: Sequence[CampoUsable]) -> list[list[str]]:
    """Las otras formas de un dato de cada clase: valen igual para los demás de la suya."""
    por_clase = {tuple(f.da for f in x.formas): x for x in reversed(usables)}
    return [[f.etiqueta, f.da, f.ejemplo] for x in reversed(por_clase.values()) for f in x.formas]


def _corto(ejemplo: str) -> str:
    return ejemplo if len(ejemplo) <= _ANCHO_DEL_EJEMPLO else f"{ejemplo[:_ANCHO_DEL_EJEMPLO]}…"


def problema_json(x: Revisada) -> dict[str, Any]:
    """Un problema de una plantilla con las llaves del contrato."""
    return {
        "plantilla": x.fallo.plantilla,
        "lugar": x.fallo.lugar,
        "etiqueta": x.fallo.etiqueta,
        "mensaje": x.mensaje,
        "procedimientos": list(x.con),
    }


def decir_revision(problemas: Sequence[Revisada], avisos: Sequence[Revisada]) -> None:
    """Un renglón por problema; los avisos, aparte."""
    for problema in problemas:
        decir(problema.mensaje)
    for aviso in avisos:
        avisar(f"Aviso. {aviso.mensaje}")
    if problemas:
        avisar("1 problema." if len(problemas) == 1 else f"{len(problemas)} problemas.")
    elif avisos:
        decir(f"Sin problemas; {'1 aviso' if len(avisos) == 1 else f'{len(avisos)} avisos'}.")
    else:
        decir("Sin problemas.")


def avisar_de_abiertas(abiertas: Iterable[str]) -> None:
    """Avisa de las que alguien tiene abiertas: se mira lo guardado, no lo que está tecleando."""
    if nombres := sorted(abiertas):
        avisar(f"Abierta en Word: {', '.join(nombres)}. Lo que no se ha guardado no se ve aquí.")


def prueba_json(x: Prueba) -> dict[str, Any]:
    """Una prueba con las llaves del contrato."""
    return {
        "plantilla": x.plantilla,
        "procedimiento": x.procedimiento,
        "documento": x.documento,
        "folio": x.folio,
        "ok": x.error is None,
        "error": x.error,
        "fichero": str(x.fichero) if x.fichero else None,
    }


def prueba_dicha(x: Prueba) -> str:
    """Dónde quedó la prueba, o por qué no se pudo."""
    if x.error is None:
        return str(x.fichero)
    return f"{x.folio or x.procedimiento}: {x.error}"
