"""El manual de un procedimiento en Word: sus campos y, al final, su diagrama de flujo."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.document import Document as Documento
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from expediente.documentos.dibujo_emf import en_emf
from expediente.nucleo.diagrama import ALTO_UTIL, ANCHO_UTIL, ESCALA_MENOR, Diagrama
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.nucleo.flujo import documentos_de, numero_del_manual, tiempo_de
from expediente.nucleo.procedimiento import Critica, Paso, Procedimiento, Requisito

_UNIDADES_POR_PUNTO = 12700
_MILESIMAS = 100_000
_MARGEN_DEL_DIAGRAMA = Pt(42)
_TEXTO_ALTERNATIVO_MAS_LARGO = 4000
_REDUCCIONES = (1.0, 0.95, 0.9, 0.85, 0.8)

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DIBUJO = """<w:drawing {ns}>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{ancho}" cy="{alto}"/>
<wp:docPr id="{cual}" name="Diagrama de flujo {cual}"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic><pic:nvPicPr><pic:cNvPr id="{cual}" name="diagrama.emf"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{imagen}"/><a:srcRect {corte}/>
<a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{ancho}" cy="{alto}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>
</a:graphicData></a:graphic></wp:inline></w:drawing>"""

Campos = dict[str, Any]
Franja = tuple[float, float]


def _en_palabras(dia: str | None) -> str:
    """La fecha en palabras; lo que no es una fecha, como se escribió."""
    try:
        return fecha_en_palabras(date.fromisoformat(dia or ""))
    except ValueError:
        return dia or ""


def campos_del_manual(p: Procedimiento, fecha: date) -> Campos:
    """Lo que pide la plantilla del manual; una firma que no se sabe queda en blanco."""
    manual = p.manual
    return {
        "procedimiento": p.nombre,
        "nombre": manual.nombre,
        "funcion": manual.funcion,
        "codigo": manual.codigo or manual.clave,
        "revision": manual.revision,
        "emision": _en_palabras(manual.emision),
        "objetivo": manual.objetivo,
        "alcance": manual.alcance,
        "version": p.version,
        "impreso": fecha_en_palabras(fecha),
        "elaboro": manual.elaboro or "",
        "reviso": manual.reviso or "",
        "aprobo": manual.aprobo or "",
        "pasos": [_paso(p, paso) for paso in p.pasos],
        "requisitos": [_requisito(p, r) for r in p.requisitos],
        "plazos": list(_plazos(p)),
        "criticas": [_critica(p, critica) for critica in p.criticas],
        "cambios": [
            {
                "version": c.version,
                "fecha": c.fecha,
                "descripcion": c.descripcion,
                "reviso": c.reviso or "",
                "aprobo": c.aprobo or "",
            }
            for c in p.cambios
        ],
    }


def _paso(p: Procedimiento, paso: Paso) -> Campos:
    nombres = [salida.nombre for salida in paso.salidas if salida.nombre]
    return {
        "numero": numero_del_manual(paso),
        "responsable": p.rol[paso.responsable].nombre,
        "actividad": paso.actividad,
        "salidas": f"Resultados: {'; '.join(nombres)}." if nombres else "",
        "documentos": "; ".join(documentos_de(p, paso)),
    }


def _requisito(p: Procedimiento, requisito: Requisito) -> Campos:
    exige = "Siempre" if requisito.obligatorio else "Si se tiene"
    if pasos := [x.actividad for x in p.pasos if requisito.clave in x.requisitos]:
        exige = f"Al hacerse: {pasos[0]}"
    if requisito.obligatorio_si:
        exige = "Según el caso"
    if requisito.por_cada:
        campo = next((c.nombre for c in p.campos if c.clave == requisito.por_cada), "")
        exige += f", uno por cada elemento de «{campo}»" if campo else ", uno por elemento"
    return {"nombre": requisito.nombre, "exige": exige}


def _plazos(p: Procedimiento) -> Iterator[Campos]:
    for plazo in (*p.plazos, *(paso.plazo for paso in p.pasos if paso.plazo)):
        yield {
            "nombre": plazo.nombre,
            "tiempo": tiempo_de(plazo),
            "fundamento": plazo.fundamento or "",
        }


def _critica(p: Procedimiento, critica: Critica) -> Campos:
    paso = p.por_clave[critica.paso]
    de_quien = [critica.proveedor and f"De {critica.proveedor}", critica.cliente]
    if critica.cliente:
        de_quien[1] = f"para {critica.cliente}"
    return {
        "actividad": f"{numero_del_manual(paso)}. {paso.actividad}".lstrip(". "),
        "indicador": critica.indicador,
        "cadena": _frase(", ", de_quien),
        "calidad": _frase("; ", (critica.valor, critica.atributo, critica.estandar)),
        "periodicidad": critica.periodicidad or "",
    }


def _frase(entre: str, partes: Sequence[str | None]) -> str:
    return entre.join(parte for parte in partes if parte)


def con_diagrama(llenado: bytes, diagrama: Diagrama) -> bytes:
    """El manual ya llenado, con el diagrama en hoja aparte, o en varias si no cabe.

    Es una sola imagen vectorial con texto alternativo; en cada hoja se enseña su parte,
    cortada entre dos pasos, con los responsables arriba.
    """
    documento = Document(io.BytesIO(llenado))
    imagen = _guardar_imagen(documento, en_emf(diagrama))
    seccion = documento.add_section(WD_SECTION.NEW_PAGE)
    seccion.left_margin = seccion.right_margin = _MARGEN_DEL_DIAGRAMA
    escala, hojas = _repartir(diagrama)
    for numero, franjas in enumerate(hojas, start=1):
        cual = f", hoja {numero} de {len(hojas)}" if len(hojas) > 1 else ""
        titulo = documento.add_paragraph(f"Diagrama de flujo{cual}", style="Heading 2")
        titulo.paragraph_format.page_break_before = numero > 1
        for franja in franjas:
            _poner_franja(documento, diagrama, imagen, franja, escala)
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()


def _guardar_imagen(documento: Documento, emf: bytes) -> str:
    paquete = documento.part.package
    parte = Part(PackURI("/word/media/diagrama.emf"), "image/x-emf", emf, paquete)
    return documento.part.relate_to(parte, RELATIONSHIP_TYPE.IMAGE)


def _repartir(d: Diagrama) -> tuple[float, list[list[Franja]]]:
    """A qué escala se imprime y qué franjas del diagrama van en cada hoja.

    De las escalas que se leen, la mayor de las que piden menos hojas.
    """
    if d.escala >= ESCALA_MENOR:
        return d.escala, [[(0.0, d.alto)]]
    entera = min(1.0, ANCHO_UTIL / d.ancho)
    repartos = [(entera * e, _cortar(d, ALTO_UTIL / (entera * e))) for e in _REDUCCIONES]
    return min(repartos, key=lambda reparto: len(reparto[1]))


def _cortar(d: Diagrama, cabe: float) -> list[list[Franja]]:
    """Las franjas de cada hoja, si en una caben `cabe` puntos del diagrama."""
    hojas: list[list[Franja]] = []
    desde, cabeza = 0.0, 0.0
    while desde < d.alto:
        fin = desde + cabe - cabeza
        cortes = [corte for corte in d.cortes if desde < corte <= fin]
        hasta = d.alto if d.alto <= fin or not cortes else cortes[-1]
        hojas.append([(0.0, d.cabeza), (desde, hasta)] if hojas else [(desde, hasta)])
        desde, cabeza = hasta, d.cabeza
    return hojas


def _poner_franja(
    documento: Documento, d: Diagrama, imagen: str, franja: Franja, escala: float
) -> None:
    parrafo = documento.add_paragraph()
    parrafo.alignment = WD_ALIGN_PARAGRAPH.CENTER
    desde, hasta = franja
    ancho = round(d.ancho * escala * _UNIDADES_POR_PUNTO)
    alto = round((hasta - desde) * escala * _UNIDADES_POR_PUNTO)
    corte = f't="{round(desde / d.alto * _MILESIMAS)}" b="{_desde_abajo(hasta, d.alto)}"'
    cual = len(documento.inline_shapes) + 1
    dibujo = parse_xml(
        _DIBUJO.format(
            ns=nsdecls("w", "wp", "a", "pic", "r"),
            ancho=ancho,
            alto=alto,
            cual=cual,
            corte=corte,
            imagen=imagen,
        )
    )
    (propiedades,) = dibujo.iter(f"{{{_WP}}}docPr")
    propiedades.set("title", f"Diagrama de flujo: {d.titulo}")
    propiedades.set("descr", d.descripcion[:_TEXTO_ALTERNATIVO_MAS_LARGO])
    parrafo.add_run()._r.append(dibujo)


def _desde_abajo(hasta: float, alto: float) -> int:
    return round((alto - hasta) / alto * _MILESIMAS)
