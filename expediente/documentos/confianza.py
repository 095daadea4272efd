"""Lo que no se admite dentro de una plantilla: lo que corre solo o trae algo de fuera.

Una carta sale a la calle con lo que traiga su plantilla. Aquí sólo se leen bytes y XML;
de etiquetas no se sabe nada.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

_TIPOS = "[Content_Types].xml"
_CON_XML = (".xml", ".rels", ".vml")
_BOMS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CODIFICACION = re.compile(r"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']*)["']""")
_LAS_DE_WORD = ("utf-8", "utf-16", "us-ascii", "ascii")

_CAMPOS = ("DDEAUTO", "DDE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK")
_CAMPO = re.compile(rf"\0\s*({'|'.join(_CAMPOS)})\b", re.IGNORECASE)
_IMAGEN_DE_FUERA = re.compile(r"\0\s*INCLUDEPICTURE\b[^\0]*?(//|\\\\\\\\)", re.IGNORECASE)
_CAMPO_SIN_NOMBRE = re.compile(r"\0\s*(\{\{|\{%)")

# Cómo se quita cada cosa, por el final del tipo de su relación.
_LIGADAS = {
    "attachedTemplate": "está ligada a otra plantilla; en Word, Archivo, Opciones, Complementos, "
    "Administrar: Plantillas, Ir…, y escriba «Normal»",
    "image": "trae una imagen que no está en el documento; bórrela e insértela desde un fichero",
    "subDocument": "es un documento maestro; en Word, vista Esquema, desvincule el subdocumento",
    "frame": "trae un marco con otra página; bórrelo",
    "mailMergeSource": "está ligada a una lista de correspondencia; en Word, Correspondencia, "
    "Iniciar combinación, elija «Documento normal de Word»",
}
_INCRUSTADAS = {
    "oleObject": "trae un objeto incrustado (OLE); bórrelo, o péguelo como imagen",
    "control": "trae un control ActiveX; bórrelo en Word, con la ficha Programador",
    "activeXControlBinary": "trae un control ActiveX; bórrelo en Word, con la ficha Programador",
    "aFChunk": "trae otro documento dentro (altChunk); ábrala en Word y guárdela de nuevo",
    "vbaProject": "trae macros (.docm); guárdela en Word como .docx, sin macros",
    "attachedToolbars": "trae macros (.docm); guárdela en Word como .docx, sin macros",
    "keyMapCustomizations": "trae atajos de teclado que pueden correr macros; quítelos en Word",
}
_MACROS = re.compile(rb"macroEnabled|vbaProject|vbaData", re.IGNORECASE)
_DE_PLANTILLA = b"wordprocessingml.template.main"


def objeciones(partes: Mapping[str, bytes]) -> list[str]:
    """Devuelve por qué no se admite un .docx, con el remedio; nada si es de fiar."""
    return list(dict.fromkeys(_objeciones(partes)))


def _objeciones(partes: Mapping[str, bytes]) -> Iterator[str]:
    tipos = partes.get(_TIPOS, b"")
    if _MACROS.search(tipos) or any(n.lower().endswith("vbaproject.bin") for n in partes):
        yield _INCRUSTADAS["vbaProject"] + "."
    if b"activeX" in tipos or any(n.lower().startswith("word/activex/") for n in partes):
        yield _INCRUSTADAS["control"] + "."
    if _DE_PLANTILLA in tipos:
        yield "es una plantilla de Word (.dotx); ábrala en Word y guárdela como .docx."
    for nombre, contenido in partes.items():
        if not nombre.lower().endswith(_CON_XML):
            continue
        texto = _texto_xml(contenido)
        if texto is None:
            yield "trae dentro un XML con una codificación que Word nunca escribe; no es de fiar."
        elif "<!" in texto and ("<!DOCTYPE" in texto or "<!ENTITY" in texto):
            yield "trae dentro un XML con DTD, que Word nunca escribe; no es de confianza."
        elif nombre.lower().endswith(".rels"):
            yield from _de_las_relaciones(_raiz(contenido))
        elif "instrT" in texto or "fldS" in texto:
            yield from _de_los_campos(_raiz(contenido))


def _texto_xml(contenido: bytes) -> str | None:
    """Devuelve el XML ya decodificado, o None si no está en UTF-8 ni en UTF-16 con marca."""
    codificacion = "utf-16" if contenido.startswith(_BOMS_16) else "utf-8-sig"
    try:
        texto = contenido.decode(codificacion)
    except UnicodeDecodeError:
        return None
    declarada = _CODIFICACION.match(texto)
    if "\0" in texto or (declarada and declarada[1].lower() not in _LAS_DE_WORD):
        return None
    return texto


def _raiz(contenido: bytes) -> Any:
    """Devuelve el XML leído sin resolver nada, o uno vacío: lo dañado lo dice quien lo usa."""
    lector = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(contenido, lector)
    except etree.XMLSyntaxError:
        return etree.Element("danado")


def _de_las_relaciones(raiz: Any) -> Iterator[str]:
    if raiz.tag == "danado":
        yield "está dañada; ábrala en Word y guárdela de nuevo como .docx."
    for relacion in raiz.iter("{*}Relationship"):
        clase = relacion.get("Type", "").rstrip("/").rpartition("/")[2]
        destino = relacion.get("Target", "")
        externa = relacion.get("TargetMode", "").strip().lower() == "external"
        if clase in _INCRUSTADAS:
            yield f"{_INCRUSTADAS[clase]}."
        elif clase == "package" and PurePosixPath(destino).suffix.lower() != ".xlsx":
            yield f"{_INCRUSTADAS['oleObject']}."
        elif clase == "hyperlink" and externa:
            if not re.match(r"(?:https?|mailto|tel):|#", destino.strip(), re.IGNORECASE):
                yield "trae un enlace que no va a una página ni a un correo: quítelo en Word."
        elif externa or re.match(r"[\\/]{2}|\w+:", destino):
            remedio = _LIGADAS.get(clase, "quite esa liga en Word")
            yield f"trae algo de fuera del documento («{clase}»): {remedio}."


def _de_los_campos(raiz: Any) -> Iterator[str]:
    """Mira los campos que al abrir la carta traen algo de otro lado, o corren un programa."""
    codigos = "".join(_codigos(raiz))
    hallados = [hallado[1].upper() for hallado in _CAMPO.finditer(codigos)]
    if _IMAGEN_DE_FUERA.search(codigos):
        hallados.append("INCLUDEPICTURE")
    for campo in dict.fromkeys(hallados):
        yield (
            f"trae un campo {campo}, que abre algo de fuera del documento; en Word pulse Alt+F9 "
            "para verlo y bórrelo."
        )
    if _CAMPO_SIN_NOMBRE.search(codigos):
        yield "trae un campo de Word cuyo nombre es una etiqueta; escriba el nombre del campo."


def _codigos(raiz: Any) -> Iterator[str]:
    """Da los códigos de los campos, cada uno precedido de «\\0»."""
    for nodo in raiz.iter("{*}fldChar", "{*}fldSimple", "{*}instrText"):
        nombre = etree.QName(nodo).localname
        if nombre == "instrText":
            yield "".join(nodo.itertext())
        elif nombre == "fldSimple":
            instruccion = next((v for k, v in nodo.items() if k.endswith("instr")), "")
            yield f"\0{instruccion}\0 "
        else:
            empieza = any(v == "begin" for k, v in nodo.items() if k.endswith("fldCharType"))
            yield "\0" if empieza else "\0 \n"
