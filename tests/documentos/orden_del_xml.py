"""Lo que el estándar pide a un .docx y Word repara sin avisar: orden, partes y relaciones.

Las tablas de orden son hechos de ECMA-376 (transicional): para cada elemento, sus hijos en
el único orden en que el esquema los admite. No se comprueban aquí los atributos.
"""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TIPOS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELACIONES = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_BORDES = "top start left bottom end right insideH insideV tl2br tr2bl"
_CAMBIO_DE_RENGLON = "ins del trPrChange"

ORDEN = {
    clave: tuple(orden.split())
    for clave, orden in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
        "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
        "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "pBdr": "top left bottom right between bar",
        "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike "
        "outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern "
        "position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
        "eastAsianLayout specVanish oMath rPrChange",
        "numPr": "ilvl numId numberingChange ins",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
        "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription tblPrChange",
        "tblBorders": _BORDES,
        "tcBorders": _BORDES,
        "tblCellMar": "top start left bottom end right",
        "tcMar": "top start left bottom end right",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
        "tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
        "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
        "rtlGutter docGrid printerSettings sectPrChange",
        "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
        "tr": "tblPrEx trPr tc",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
        "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr "
        "trPr tcPr tblStylePr",
        "tblStylePr": "pPr rPr tblPr trPr tcPr",
        "styles": "docDefaults latentStyles style",
        "docDefaults": "rPrDefault pPrDefault",
        "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
        "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc "
        "pPr rPr",
        "document": "background body",
        "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime "
        "doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText "
        "printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts "
        "saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
        "bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors "
        "hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate "
        "linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge "
        "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection "
        "autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
        "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength "
        "clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting "
        "bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
        "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery "
        "displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin "
        "drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
        "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars "
        "noLineBreaksAfter noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema "
        "saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml "
        "saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags "
        "alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat "
        "docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping "
        "doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions "
        "readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
        "decimalSymbol listSeparator",
        "compat": "useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading "
        "spaceForUL noColumnBalance balanceSingleByteDoubleByteWidth noExtraLineSpacing "
        "doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn spacingInWholePoints "
        "lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack wpSpaceWidth "
        "showBreaksInFrames subFontBySize suppressBottomSpacing suppressTopSpacing "
        "suppressSpacingAtTopOfPage suppressTopSpacingWP suppressSpBfAfterPgBrk "
        "swapBordersFacingPages convMailMergeEsc truncateFontHeightsLikeWP6 mwSmallCaps "
        "usePrinterMetrics doNotSuppressParagraphBorders wrapTrailSpaces footnoteLayoutLikeWW8 "
        "shapeLayoutLikeWW8 alignTablesRowByRow forgetLastTabAlignment adjustLineHeightInTable "
        "autoSpaceLikeWord95 noSpaceRaiseLower doNotUseHTMLParagraphAutoSpacing "
        "layoutRawTableWidth layoutTableRowsApart useWord97LineBreakRules "
        "doNotBreakWrappedTables doNotSnapToGridInCell selectFldWithFirstOrLastChar "
        "applyBreakingRules doNotWrapTextWithPunct doNotUseEastAsianBreakRules "
        "useWord2002TableStyleRules growAutofit useFELayout useNormalStyleForList "
        "doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules "
        "allowSpaceOfSameStyleInTable doNotSuppressIndentation doNotAutofitConstrainedTables "
        "autofitToFirstFixedWidthCell underlineTabInNumList displayHangulFixedWidth "
        "splitPgBreakAndParaMark doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable "
        "doNotVertAlignInTxbx useAnsiKerningPairs cachedColBalance compatSetting",
        "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
        "anchor": "simplePos positionH positionV extent effectExtent wrapNone wrapSquare "
        "wrapTight wrapThrough wrapTopAndBottom docPr cNvGraphicFramePr graphic",
    }.items()
}
# Lo que puede ir en cualquier orden, pero no repetido ni con otra cosa.
SIN_ORDEN = {
    "trPr": set(
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
        f"tblCellSpacing jc hidden {_CAMBIO_DE_RENGLON}".split()
    )
}
REPETIBLES = {
    *("tr", "tc", "style", "tblStylePr", "lvl", "num", "abstractNum", "numPicBullet"),
    *("headerReference", "footerReference", "bookmarkStart", "bookmarkEnd"),
    *("compatSetting", "activeWritingStyle", "attachedSchema", "smartTagType"),
}
PRIMERO = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
PAREJAS = (
    ("bookmarkStart", "bookmarkEnd"),
    ("commentRangeStart", "commentRangeEnd"),
    ("permStart", "permEnd"),
)


def defectos(contenido: bytes) -> list[str]:
    """Cada cosa que el estándar no admite en ese .docx: «parte: qué». Vacía si está bien."""
    with zipfile.ZipFile(BytesIO(contenido)) as paquete:
        partes = {nombre: paquete.read(nombre) for nombre in paquete.namelist()}
    de_xml = {n: datos for n, datos in partes.items() if n.endswith((".xml", ".rels"))}
    arboles = {nombre: _arbol(datos) for nombre, datos in de_xml.items()}
    hallados = [f"{nombre}: {que}" for nombre, datos in de_xml.items() for que in _del_xml(datos)]
    hallados += _de_los_tipos(set(partes), arboles["[Content_Types].xml"])
    hallados += _de_las_relaciones(set(partes), arboles)
    hallados += _de_los_dibujos(arboles)
    return hallados


def _nombre(nodo: etree._Element) -> str:
    """El nombre local si es de Word o de su dibujo; «» si es de otro espacio de nombres."""
    etiqueta = nodo.tag if isinstance(nodo.tag, str) else ""
    espacio, _, local = etiqueta.rpartition("}")
    return local if f"{espacio}}}" in (W, WP) or local == "graphic" else ""


# Los estilos y el membrete son los mismos en casi todas: se miran una vez.
@lru_cache(maxsize=512)
def _arbol(datos: bytes) -> etree._Element:
    return etree.fromstring(datos)


@lru_cache(maxsize=512)
def _del_xml(datos: bytes) -> tuple[str, ...]:
    raiz = _arbol(datos)
    return (*_de_los_nodos(raiz), *_marcadores(raiz))


def _de_los_nodos(raiz: etree._Element) -> Iterator[str]:
    for nodo in raiz.iter():
        nombre = _nombre(nodo)
        hijos = [_nombre(hijo) for hijo in nodo if _nombre(hijo)]
        if nombre in ORDEN:
            yield from _fuera_de_orden(nombre, hijos)
        elif nombre in SIN_ORDEN and set(hijos) - SIN_ORDEN[nombre]:
            yield f"<{nombre}> no admite {sorted(set(hijos) - SIN_ORDEN[nombre])}"
        if nombre in {*ORDEN, *SIN_ORDEN}:
            repetidos = [h for h, n in Counter(hijos).items() if n > 1 and h not in REPETIBLES]
            yield from (f"<{nombre}> repite <{hijo}>" for hijo in repetidos)
        if PRIMERO.get(nombre) in hijos[1:]:
            yield f"<{PRIMERO[nombre]}> no es lo primero de <{nombre}>"
        yield from _por_su_clase(nombre, nodo, hijos)


def _fuera_de_orden(nombre: str, hijos: list[str]) -> Iterator[str]:
    orden = ORDEN[nombre]
    for hijo in hijos:
        if hijo not in orden:
            yield f"<{nombre}> no admite <{hijo}>"
    lugares = [_lugar(orden, hijo) for hijo in hijos if hijo in orden]
    if lugares != sorted(lugares):
        yield f"<{nombre}> tiene sus hijos fuera de orden: {hijos}"


def _lugar(orden: tuple[str, ...], hijo: str) -> int:
    # Los encabezados y los pies de una sección pueden ir revueltos entre sí.
    return 0 if hijo in ("headerReference", "footerReference") else orden.index(hijo)


def _por_su_clase(nombre: str, nodo: etree._Element, hijos: list[str]) -> Iterator[str]:
    if nombre == "tc" and hijos[-1:] != ["p"]:
        yield "una celda no acaba en párrafo"
    elif nombre == "body" and (hijos[-1:] != ["sectPr"] or hijos.count("sectPr") != 1):
        yield "el cuerpo no acaba en su sección"
    elif nombre in ("hdr", "ftr") and "p" not in hijos[-1:]:
        yield f"<{nombre}> no acaba en párrafo"
    elif nombre == "tbl":
        yield from _rejilla(nodo)


def _rejilla(tabla: etree._Element) -> Iterator[str]:
    columnas = len(tabla.findall(f"{W}tblGrid/{W}gridCol"))
    renglones = tabla.findall(f"{W}tr")
    if not renglones:
        yield "una tabla sin renglones"
    for renglon in renglones:
        anchos = [celda.find(f"{W}tcPr/{W}gridSpan") for celda in renglon.findall(f"{W}tc")]
        if columnas != sum(1 if a is None else int(a.get(f"{W}val", "1")) for a in anchos):
            yield "un renglón no tiene las columnas de su tabla"


def _marcadores(raiz: etree._Element) -> Iterator[str]:
    for abre, cierra in PAREJAS:
        abiertos = Counter(nodo.get(f"{W}id") for nodo in raiz.iter(f"{W}{abre}"))
        cerrados = Counter(nodo.get(f"{W}id") for nodo in raiz.iter(f"{W}{cierra}"))
        if abiertos != cerrados or any(n > 1 for n in abiertos.values()):
            yield f"<{abre}> y <{cierra}> no están emparejados"
    campos = [nodo.get(f"{W}fldCharType") for nodo in raiz.iter(f"{W}fldChar")]
    if campos.count("begin") != campos.count("end"):
        yield "un campo no se cierra"


def _de_los_tipos(partes: set[str], tipos: etree._Element) -> Iterator[str]:
    extensiones = {nodo.get("Extension", "").lower() for nodo in tipos.iter(f"{TIPOS}Default")}
    dichas = {nodo.get("PartName", "").lstrip("/") for nodo in tipos.iter(f"{TIPOS}Override")}
    for parte in sorted(partes - dichas - {"[Content_Types].xml"}):
        if parte.rpartition(".")[2].lower() not in extensiones:
            yield f"{parte}: no tiene tipo de contenido"
    for parte in sorted(dichas - partes):
        yield f"{parte}: tiene tipo de contenido y no existe"


def _de_las_relaciones(partes: set[str], arboles: dict[str, etree._Element]) -> Iterator[str]:
    alcanzadas = {"[Content_Types].xml", *(p for p in partes if p.endswith(".rels"))}
    for nombre in sorted(n for n in arboles if n.endswith(".rels")):
        carpeta, fichero = posixpath.split(nombre)
        dueno = posixpath.join(posixpath.dirname(carpeta), fichero.removesuffix(".rels"))
        claves = [nodo.get("Id") for nodo in arboles[nombre].iter(f"{RELACIONES}Relationship")]
        if len(claves) != len(set(claves)):
            yield f"{nombre}: repite una clave"
        for nodo in arboles[nombre].iter(f"{RELACIONES}Relationship"):
            if nodo.get("TargetMode") == "External":
                continue
            destino = _destino(posixpath.dirname(carpeta), nodo.get("Target", ""))
            alcanzadas.add(destino)
            if destino not in partes:
                yield f"{nombre}: apunta a «{destino}», que no existe"
        if dueno in arboles:
            yield from _claves_usadas(dueno, arboles[dueno], arboles[nombre])
    yield from (f"{parte}: nadie la usa" for parte in sorted(partes - alcanzadas))


def _destino(carpeta: str, escrito: str) -> str:
    return posixpath.normpath(posixpath.join("/", carpeta, escrito)).lstrip("/")


def _claves_usadas(dueno: str, raiz: etree._Element, relaciones: etree._Element) -> Iterator[str]:
    """Lo que la parte cita existe, y lo que sólo sirve citado (imágenes, pies) se cita."""
    citadas = {
        valor for nodo in raiz.iter() for llave, valor in nodo.attrib.items() if llave.startswith(R)
    }
    hay = {n.get("Id"): n.get("Type", "").rpartition("/")[2] for n in relaciones}
    yield from (f"{dueno}: cita «{c}», que no está en sus relaciones" for c in citadas - set(hay))
    for clave, clase in hay.items():
        if clase in ("image", "header", "footer", "hyperlink") and clave not in citadas:
            yield f"{dueno}: no usa su relación «{clave}» ({clase})"


def _de_los_dibujos(arboles: dict[str, etree._Element]) -> Iterator[str]:
    """Los dibujos tienen número propio en cada parte."""
    for nombre, raiz in arboles.items():
        claves = Counter(nodo.get("id") for nodo in raiz.iter(f"{WP}docPr"))
        for clave, veces in claves.items():
            if veces > 1 or not clave:
                yield f"{nombre}: {veces} dibujos llevan el número {clave}"
