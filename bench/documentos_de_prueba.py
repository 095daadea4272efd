"""Las plantillas y los textos con que se miden los motores de Word.

La carta ocupa dos hojas: escudo y datos en el encabezado, pie con página, ocho renglones de
tabla. El informe es una tabla de quinientos renglones. Cada motor recibe la misma hoja con
las etiquetas en su propio dialecto, sobre los estilos recortados que dejaría Word: los que
trae python-docx pesan 800 KB y harían más lentos a los que los vuelven a leer en cada carta.
Los textos varían de una carta a otra, porque lo repetido se comprime más aprisa.
"""

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Documento
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

RENGLONES, RENGLONES_DEL_INFORME = 8, 500
COLUMNAS = ("partida", "descripcion", "cantidad", "importe")
PARRAFOS = 9
_DE_CORRIDO = (
    "apoyo atención audiencia cabecera cañada ciudadanía colonia comunidad constancia consulta "
    "domicilio ejido entrega escrito expediente familia gestión hospital jornada madre municipio "
    "niñez oficio padrón pasaje persona petición programa regidor respuesta salud señora servicio "
    "solicitud sureste tarifa traslado trámite ubicación vecina vía vivienda zona"
)
PALABRAS = _DE_CORRIDO.split()

Poner = Callable[[Paragraph, str], object]


def _texto(parrafo: Paragraph, etiqueta: str) -> None:
    parrafo.add_run(etiqueta)


def _campo_de_combinacion(parrafo: Paragraph, etiqueta: str) -> None:
    campo = OxmlElement("w:fldSimple")
    campo.set(qn("w:instr"), f" MERGEFIELD {etiqueta} ")
    run, texto = OxmlElement("w:r"), OxmlElement("w:t")
    texto.text = f"«{etiqueta}»"
    run.append(texto)
    campo.append(run)
    parrafo._p.append(campo)


def hoja_de_docxtpl(ruta: Path, armar: Callable[..., None]) -> None:
    """La hoja en el dialecto de docxtpl, que es también el nuestro."""
    armar(
        ruta,
        lambda p, clave: _texto(p, f"{{{{ {clave} }}}}"),
        lambda p, clave: _texto(p, f"{{{{ fila.{clave} }}}}"),
        ("{%tr for fila in filas %}", "{%tr endfor %}"),
    )


def hoja_de_docxtemplater(ruta: Path, armar: Callable[..., None]) -> None:
    """La hoja en el dialecto de docxtemplater: el ciclo se abre y cierra en el renglón."""

    def celda(parrafo: Paragraph, clave: str) -> None:
        abre = "{#filas}" if clave == COLUMNAS[0] else ""
        cierra = "{/filas}" if clave == COLUMNAS[-1] else ""
        _texto(parrafo, f"{abre}{{{clave}}}{cierra}")

    armar(ruta, lambda p, clave: _texto(p, f"{{{clave}}}"), celda, None)


def hoja_de_mailmerge(ruta: Path, armar: Callable[..., None]) -> None:
    """La hoja con campos de combinación de Word; se repite el renglón de «concepto»."""

    def celda(parrafo: Paragraph, clave: str) -> None:
        _campo_de_combinacion(parrafo, "concepto" if clave == COLUMNAS[0] else clave)

    armar(ruta, _campo_de_combinacion, celda, None)


def armar_carta(
    ruta: Path, poner: Poner, poner_celda: Poner, ciclo: tuple[str, str] | None
) -> None:
    """Guarda en `ruta` la carta de dos hojas."""
    documento = Document()
    seccion = documento.sections[0]
    cabeza = seccion.header.paragraphs[0]
    cabeza.add_run().add_picture(BytesIO(_escudo()), width=Cm(2))
    poner(cabeza, "ente")
    poner(seccion.footer.paragraphs[0], "domicilio")
    for clave in ("numero", "fecha", "destinatario", "cargo"):
        poner(documento.add_paragraph(f"{clave.capitalize()}: "), clave)
    fijo = random.Random(0)
    for numero in range(PARRAFOS):
        parrafo = documento.add_paragraph(_frase(fijo, 30) + " ")
        poner(parrafo, f"parrafo_{numero}")
        parrafo.add_run(" " + _frase(fijo, 12))
        poner(parrafo, "nombre")
    _tabla(documento, poner_celda, ciclo)
    documento.add_paragraph("ATENTAMENTE")
    poner(documento.add_paragraph(), "firmante")
    _guardar(documento, ruta)


def armar_informe(
    ruta: Path, poner: Poner, poner_celda: Poner, ciclo: tuple[str, str] | None
) -> None:
    """Guarda en `ruta` el informe, que es casi todo una tabla."""
    documento = Document()
    poner(documento.add_paragraph("Informe de "), "fecha")
    _tabla(documento, poner_celda, ciclo)
    _guardar(documento, ruta)


def _tabla(documento: Documento, poner: Poner, ciclo: tuple[str, str] | None) -> None:
    tabla = documento.add_table(1, len(COLUMNAS))
    for celda, titulo in zip(tabla.rows[0].cells, COLUMNAS, strict=True):
        celda.paragraphs[0].add_run(titulo.capitalize())
    if ciclo:
        tabla.add_row().cells[0].paragraphs[0].add_run(ciclo[0])
    for celda, clave in zip(tabla.add_row().cells, COLUMNAS, strict=True):
        poner(celda.paragraphs[0], clave)
    if ciclo:
        tabla.add_row().cells[0].paragraphs[0].add_run(ciclo[1])


def _guardar(documento: Documento, ruta: Path) -> None:
    """Guarda el documento con los estilos sin sangrías y sin las partes que Word ya no escribe."""
    entero = BytesIO()
    documento.save(entero)
    with zipfile.ZipFile(entero) as de, zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as a:
        for nombre in de.namelist():
            if nombre == "word/stylesWithEffects.xml":
                continue
            contenido = de.read(nombre)
            if nombre == "word/styles.xml":
                contenido = _estilos_de_word(contenido)
            if nombre in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
                contenido = re.sub(rb"<[^<]*stylesWithEffects[^>]*/>", b"", contenido)
            a.writestr(nombre, contenido)


def _estilos_de_word(estilos: bytes) -> bytes:
    """Deja los estilos que usa la hoja: sin sangrías y sin los cien de tabla que no usa."""
    juntos = re.sub(rb">\s+<", b"><", estilos)
    de_tabla = rb'<w:style w:type="table"(?:(?!</w:style>).)*</w:style>'
    return re.sub(
        de_tabla,
        lambda estilo: estilo.group() if b"w:default" in estilo.group()[:90] else b"",
        juntos,
        flags=re.DOTALL,
    )


def textos(cuantos: int, renglones: int = RENGLONES) -> list[dict[str, object]]:
    """Los datos de `cuantos` cartas, siempre los mismos y todos distintos."""
    azar = random.Random(1)
    return [_carta(azar, numero, renglones) for numero in range(cuantos)]


def _carta(azar: random.Random, numero: int, renglones: int) -> dict[str, object]:
    sueltos = ("fecha", "destinatario", "cargo", "nombre", "firmante")
    filas = [
        {
            "partida": f"{n:04d}",
            "concepto": f"{n:04d}",
            "descripcion": _frase(azar, 8),
            "cantidad": str(azar.randint(1, 99)),
            "importe": f"${azar.randint(1, 99999):,}.00",
        }
        for n in range(1, renglones + 1)
    ]
    return {
        "ente": "Sistema para el Desarrollo Integral de la Familia",
        "domicilio": "Calle Abasolo 100, Centro",
        "numero": f"DIF/DG/{numero:04d}/2026",
        **{clave: _frase(azar, 4) for clave in sueltos},
        **{f"parrafo_{n}": _frase(azar, 40) for n in range(PARRAFOS)},
        "filas": filas,
    }


def _frase(azar: random.Random, palabras: int) -> str:
    return " ".join(azar.choice(PALABRAS) for _ in range(palabras)).capitalize()


def _escudo() -> bytes:
    """Un PNG pequeño de ruido: como un escudo, no se deja comprimir."""
    import struct
    import zlib

    lado, azar = 64, random.Random(2)

    def bloque(clase: bytes, contenido: bytes) -> bytes:
        cuerpo = clase + contenido
        return struct.pack(">I", len(contenido)) + cuerpo + struct.pack(">I", zlib.crc32(cuerpo))

    puntos = b"".join(b"\0" + azar.randbytes(lado * 3) for _ in range(lado))
    cabeza = struct.pack(">IIBBBBB", lado, lado, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + bloque(b"IHDR", cabeza)
        + bloque(b"IDAT", zlib.compress(puntos))
        + bloque(b"IEND", b"")
    )
