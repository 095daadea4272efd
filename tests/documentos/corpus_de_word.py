"""Las construcciones del corpus que Word guarda con su propio XML; `[[…]]` es un run."""

PREFIJOS = (
    "xmlns:v='urn:schemas-microsoft-com:vml' "
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
)


def _cuadro(caja: str) -> str:
    return (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{caja}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )


def _cuadro_alterno(caja: str) -> str:
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{caja}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{caja}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def _control(dentro: str, propiedades: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{propiedades}</w:sdtPr><w:sdtContent>{dentro}</w:sdtContent></w:sdt>"


_PIE_DE_TABLA = "<w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid>"


def _renglon(texto: str) -> str:
    return f"<w:tr><w:tc><w:tcPr/><w:p>[[{texto}]]</w:p></w:tc></w:tr>"


PARRAFOS_XML = {
    "hipervínculo": "[[Vea ]]<w:hyperlink r:id='rId1'>[[{{ oficio.numero }}]]</w:hyperlink>",
    "hipervínculo partido": "<w:hyperlink w:anchor='x'>[[{{ ofi]][[cio.numero }}]]</w:hyperlink>",
    "campo sencillo": "<w:fldSimple w:instr=' DATE '>[[{{ oficio.numero }}]]</w:fldSimple>",
    "campo de Word con un dato": "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>"
    'HYPERLINK "{{ oficio.numero }}"</w:instrText></w:r><w:r><w:fldChar '
    "w:fldCharType='separate'/></w:r>[[{{ oficio.asunto }}]]<w:r>"
    "<w:fldChar w:fldCharType='end'/></w:r>",
    "etiqueta inteligente": "<w:smartTag w:uri='u' w:element='e'>[[{{ oficio]]</w:smartTag>"
    "[[.numero }}]]",
    "texto insertado": "[[a ]]<w:ins w:id='1' w:author='x'>[[{{ oficio.numero }}]]</w:ins>[[ b]]",
    "texto borrado": "[[{{ oficio.numero }}]]<w:del w:id='1' w:author='x'><w:r><w:delText>viejo"
    "</w:delText></w:r></w:del>",
    "etiqueta corregida con control de cambios": "[[{{ oficio.]]<w:del w:id='1' w:author='x'><w:r>"
    "<w:delText>nombre</w:delText></w:r></w:del><w:ins w:id='2' w:author='x'>[[numero]]</w:ins>"
    "[[ }}]]",
    "texto movido aquí": "<w:moveTo w:id='1' w:author='x'>[[{{ oficio.numero }}]]</w:moveTo>",
    "marcador en medio": "[[{{ ofi]]<w:bookmarkStart w:id='1' w:name='m'/>[[cio.numero ]]"
    "<w:bookmarkEnd w:id='1'/>[[}} fin]]",
    "marca de ortografía en medio": "[[{{ ofi]]<w:proofErr w:type='spellStart'/>[[cio]]"
    "<w:proofErr w:type='spellEnd'/>[[.numero }}]]",
    "salto de página anotado en medio": "<w:r><w:t>{{ oficio</w:t></w:r><w:r>"
    "<w:lastRenderedPageBreak/><w:t>.numero }} fin</w:t></w:r>",
    "idioma en medio": "<w:r><w:rPr><w:lang w:val='es-MX'/></w:rPr><w:t>{</w:t></w:r><w:r>"
    "<w:rPr><w:lang w:val='en-US'/></w:rPr><w:t>{ oficio.numero }</w:t></w:r>[[} fin]]",
    "comentario anclado en medio": "[[{{ ofi]]<w:commentRangeStart w:id='0'/>[[cio.numero }}]]"
    "<w:commentRangeEnd w:id='0'/>[[ fin]]",
    "tabulador y salto entre etiquetas": "<w:r><w:t>{{ oficio.numero }}</w:t><w:tab/>"
    "<w:t>{{ oficio.asunto }}</w:t><w:br/><w:t>fin</w:t></w:r>",
    "control de contenido en línea": "[[a ]]" + _control("[[{{ oficio.numero }}]]") + "[[ b]]",
    "control de contenido con texto de muestra": _control(
        "[[{{ oficio.numero }}]]", "<w:showingPlcHdr/>"
    ),
    "control que envuelve parte de la etiqueta": "[[{{ ]]" + _control("[[oficio.numero]]")
    + "[[ }}]]",
    "ecuación": "<m:oMath><m:r><m:t>{{ ancho }}</m:t></m:r></m:oMath>[[ = {{ ancho }}]]",
    "run condicionado": "[[a ]][[{%r if urgente %}]][[b]][[{%r else %}]][[c]]"
    "[[{%r endif %}]][[ d]]",
    "runs en un para cada": "[[{%r for c in columnas %}]][[{{ c }} ]][[{%r endfor %}]][[fin]]",
    "cuadro de texto": "[[Fuera {{ oficio.numero }}]]"
    + _cuadro("<w:p>[[{{ oficio.asunto }}]]</w:p>"),
    "cuadro de texto con un para cada": _cuadro(
        "<w:p>[[{%p for f in filas %}]]</w:p><w:p>[[{{ f.folio }}]]</w:p>"
        "<w:p>[[{%p endfor %}]]</w:p>"
    ) + "[[{{ oficio.numero }}]]",
    "cuadro de texto con sus dos copias": _cuadro_alterno(
        "<w:p>[[{{ oficio.]][[asunto }}]]</w:p>"
    ) + "[[{{ oficio.numero }}]]",
}  # fmt: skip

CUERPOS_XML = {
    "control de contenido en bloque": _control("<w:p>[[{{ oficio.numero }}]]</w:p>"),
    "control de contenido con párrafos condicionados": _control(
        "<w:p>[[{%p if negado %}]]</w:p><w:p>[[no]]</w:p><w:p>[[{%p else %}]]</w:p>"
        "<w:p>[[sí]]</w:p><w:p>[[{%p endif %}]]</w:p>"
    ),
    "control de contenido en una celda": f"<w:tbl>{_PIE_DE_TABLA}<w:tr><w:tc><w:tcPr/>"
    + _control("<w:p>[[{{ oficio.numero }}]]</w:p>") + "</w:tc></w:tr></w:tbl>",
    "control de contenido que envuelve una celda": f"<w:tbl>{_PIE_DE_TABLA}<w:tr>"
    + _control("<w:tc><w:tcPr/><w:p>[[{{ oficio.numero }}]]</w:p></w:tc>") + "</w:tr></w:tbl>",
    "control de contenido que envuelve un renglón": f"<w:tbl>{_PIE_DE_TABLA}"
    + _control(_renglon("{{ oficio.numero }}")) + "</w:tbl>",
    "control de contenido con renglones que crecen": f"<w:tbl>{_PIE_DE_TABLA}" + _control(
        _renglon("{%tr for f in filas %}") + _renglon("{{ f.folio }}") + _renglon("{%tr endfor %}")
    ) + "</w:tbl>",
    "párrafo insertado con control de cambios": "<w:p><w:pPr><w:rPr><w:ins w:id='1' w:author='x'/>"
    "</w:rPr></w:pPr>[[{{ oficio.numero }}]]</w:p>",
}  # fmt: skip
