"""Las imágenes de la oficina y los códigos QR, en cualquier parte de la carta."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import segno
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from expediente.documentos.imagenes import MAXIMO_BYTES_DE_IMAGEN, leer_imagen
from expediente.documentos.plantilla import Plantilla, compilar
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hechuras import Escribir, parrafos_con
from tests.documentos.hojas import abrir, guardar
from tests.documentos.orden_del_xml import defectos


def png(ancho: int, alto: int, por_metro: int = 0) -> bytes:
    """Un PNG gris de ese tamaño, con sus puntos por metro si se dan."""

    def trozo(tipo: bytes, dentro: bytes) -> bytes:
        suma = struct.pack(">L", zlib.crc32(tipo + dentro))
        return struct.pack(">L", len(dentro)) + tipo + dentro + suma

    resolucion = trozo(b"pHYs", struct.pack(">LLB", por_metro, por_metro, 1)) if por_metro else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + trozo(b"IHDR", struct.pack(">LLBBBBB", ancho, alto, 8, 0, 0, 0, 0))
        + resolucion
        + trozo(b"IDAT", zlib.compress((b"\0" + b"\x80" * ancho) * alto))
        + trozo(b"IEND", b"")
    )


def jpeg(ancho: int, alto: int, unidad: int = 1, densidad: int = 96) -> bytes:
    """La cabecera de un JPEG: lo que hace falta para saber sus medidas."""
    app0 = b"JFIF\0\1\2" + struct.pack(">BHH", unidad, densidad, densidad) + b"\0\0"
    sof = struct.pack(">BHHB", 8, alto, ancho, 1) + b"\1\x11\0"
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", len(app0) + 2) + app0
        + b"\xff\xdb\x00\x43" + b"\0" * 65
        + b"\xff\xc2" + struct.pack(">H", len(sof) + 2) + sof + b"\xff\xd9"
    )  # fmt: skip


@pytest.fixture
def oficina(tmp_path: Path) -> Path:
    """Una oficina con su carpeta de imágenes y la de plantillas."""
    for carpeta in ("imagenes", "plantillas"):
        (tmp_path / carpeta).mkdir()
    (tmp_path / "imagenes" / "escudo-municipio.png").write_bytes(png(200, 100, 11811))
    (tmp_path / "imagenes" / "firma.JPG").write_bytes(jpeg(300, 150))
    return tmp_path


def plantilla(oficina: Path, *parrafos: str) -> Plantilla:
    return compilar(guardar(oficina / "plantillas", parrafos_con(*parrafos)))


def dibujos(contenido: bytes) -> list[tuple[int, int, str]]:
    """El ancho, el alto y el texto alternativo de cada imagen del cuerpo."""
    return [
        (
            int(dibujo.find(qn("wp:extent")).get("cx")),
            int(dibujo.find(qn("wp:extent")).get("cy")),
            dibujo.find(qn("wp:docPr")).get("descr"),
        )
        for dibujo in abrir(contenido).element.body.iter(qn("wp:inline"))
    ]


def nombres(contenido: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        assert paquete.testzip() is None
        return paquete.namelist()


@pytest.mark.parametrize(
    ("pide", "mide"),
    [
        ("ancho='4cm'", (Cm(4), Cm(2))),
        ("alto='40mm'", (Cm(8), Cm(4))),
        ("ancho='1.5in', alto='36pt'", (1371600, 457200)),
        ("ancho=3", (Cm(3), Cm(1.5))),
        ("ancho='2,5 cm'", (Cm(2.5), Cm(1.25))),
    ],
)
def test_las_medidas_de_una_imagen(oficina: Path, pide: str, mide: tuple[int, int]) -> None:
    carta = plantilla(oficina, f"{{{{ imagen('escudo-municipio.png', {pide}) }}}}").llenar({})

    assert [(ancho, alto) for ancho, alto, _ in dibujos(carta)] == [mide]


@pytest.mark.parametrize(
    ("contenido", "nombre"),
    [
        (png(200, 100), "a.png"),
        (png(200, 100, 11811), "a.png"),
        (jpeg(300, 150), "a.jpg"),
        (jpeg(300, 150, 2, 40), "a.jpeg"),
        (jpeg(300, 150, 0, 1), "a.jpg"),
    ],
)
@pytest.mark.parametrize("ancho", [None, 4])
def test_una_imagen_mide_lo_mismo_que_con_docxtpl(
    oficina: Path, contenido: bytes, nombre: str, ancho: int | None
) -> None:
    (oficina / "imagenes" / nombre).write_bytes(contenido)
    opcion = f", ancho={ancho}" if ancho else ""
    carta = plantilla(oficina, f"a {{{{ imagen('{nombre}'{opcion}) }}}} b").llenar({})

    oraculo = DocxTemplate(str(guardar(oficina, parrafos_con("a {{ x }} b"))))
    fichero = str(oficina / "imagenes" / nombre)
    imagen = InlineImage(oraculo, fichero, width=Cm(ancho) if ancho else None)
    oraculo.render({"x": imagen})
    salida = io.BytesIO()
    oraculo.save(salida)

    (ancho_nuestro, alto_nuestro, _), (ancho_suyo, alto_suyo, _) = dibujos(carta) + dibujos(
        salida.getvalue()
    )
    assert (ancho_nuestro, alto_nuestro) == pytest.approx((ancho_suyo, alto_suyo), abs=1)
    assert abrir(carta).paragraphs[0].text == abrir(salida.getvalue()).paragraphs[0].text


def test_el_texto_alternativo_es_el_que_se_dice_o_sale_del_nombre(oficina: Path) -> None:
    carta = plantilla(
        oficina,
        "{{ imagen('escudo-municipio.png', texto='Escudo \"x\" & <y>') }}",
        "{{ imagen('escudo-municipio.png') }}",
        "{{ qr('x') }}",
    ).llenar({})

    assert [texto for *_, texto in dibujos(carta)] == [
        'Escudo "x" & <y>', "escudo municipio", "Código QR",
    ]  # fmt: skip


def test_la_misma_imagen_diez_veces_es_una_sola_parte(oficina: Path) -> None:
    logo = "{% for n in range(10) %}{{ imagen('escudo-municipio.png') }}{% endfor %}"

    carta = plantilla(oficina, logo, "{{ imagen('firma.JPG') }}").llenar({})

    assert len([n for n in nombres(carta) if n.startswith("word/media/")]) == 2
    numeros = [d.get("id") for d in abrir(carta).element.body.iter(qn("wp:docPr"))]
    assert len(set(numeros)) == len(numeros) == 11


def _en_todas_partes(documento: Document) -> None:
    imagen = "{{ imagen('escudo-municipio.png', ancho='2cm') }}"
    seccion = documento.sections[0]
    seccion.header.paragraphs[0].text = seccion.footer.paragraphs[0].text = imagen
    documento.add_paragraph(imagen)
    documento.add_table(1, 1).cell(0, 0).text = f"{{{{ qr(folio) }}}}{imagen}"


def test_cada_parte_tiene_su_relacion_con_la_imagen(oficina: Path) -> None:
    contenido = compilar(guardar(oficina / "plantillas", _en_todas_partes)).llenar({"folio": 1})

    assert defectos(contenido) == []
    carta = abrir(contenido)
    seccion = carta.sections[0]
    for parte in (seccion.header.part, seccion.footer.part, carta.part):
        for blip in parte.element.iter(qn("a:blip")):
            assert parte.related_parts[blip.get(qn("r:embed"))].content_type == "image/png"
    logo = (oficina / "imagenes" / "escudo-municipio.png").read_bytes()
    blips = [blip.get(qn("r:embed")) for blip in carta.element.body.iter(qn("a:blip"))]
    assert [carta.part.related_parts[b].blob == logo for b in blips] == [True, False, True]


def test_con_imagenes_tambien_a_los_mismos_campos_los_mismos_bytes(oficina: Path) -> None:
    ruta = guardar(oficina / "plantillas", _en_todas_partes)

    assert compilar(ruta).llenar({"folio": "a"}) == compilar(ruta).llenar({"folio": "a"})
    assert compilar(ruta).llenar({"folio": "a"}) != compilar(ruta).llenar({"folio": "b"})


def test_la_imagen_puede_decirla_un_dato(oficina: Path) -> None:
    firma = plantilla(oficina, "{% if firma %}{{ imagen(firma, ancho='3cm') }}{% endif %}x")

    assert dibujos(firma.llenar({"firma": ""})) == []
    assert dibujos(firma.llenar({"firma": "firma.JPG"})) == [(Cm(3), Cm(1.5), "firma")]
    assert firma.campos() == {"firma"}


def test_un_cambio_de_imagen_se_ve_en_la_carta_siguiente(oficina: Path) -> None:
    carta = plantilla(oficina, "{{ imagen('escudo-municipio.png') }}")
    antes = carta.llenar({})

    (oficina / "imagenes" / "escudo-municipio.png").write_bytes(png(20, 20))

    assert dibujos(antes) != dibujos(carta.llenar({}))


@pytest.mark.parametrize(
    ("etiqueta", "problema"),
    [
        ("imagen('escudo-municipoi.png')", "(¿quiso decir «escudo-municipio.png»?)"),
        ("imagen('../secreto.png')", "sin carpetas"),
        ("imagen('a/b.png')", "sin carpetas"),
        ("imagen('c:\\\\x.png')", "sin carpetas"),
        ("imagen('.png')", "sin carpetas"),
        ("imagen('escudo.svg')", "un fichero .png o .jpg"),
        ("imagen('no-es.png')", "no es una imagen PNG ni JPEG"),
        ("imagen('cortada.png')", "dañada"),
        ("imagen('cortada.jpg')", "dañada"),
        ("imagen('enorme.png')", "más de 10 MB"),
        ("imagen('enlace.png')", "acceso directo"),
        ("imagen('escudo-municipio.png', ancho='4 leguas')", "una medida que no se entiende"),
        ("imagen('escudo-municipio.png', ancho='0cm')", "una medida que no se entiende"),
        ("imagen('escudo-municipio.png', ancho='9m')", "una medida que no se entiende"),
        ("qr('')", "un QR de un dato vacío"),
        ("qr('x' ~ largo)", "más de 1000 letras"),
    ],
)
def test_lo_que_impide_poner_una_imagen_se_dice(
    oficina: Path, etiqueta: str, problema: str
) -> None:
    carpeta = oficina / "imagenes"
    (oficina / "secreto.png").write_bytes(png(1, 1))
    (carpeta / "no-es.png").write_bytes(b"GIF89a")
    (carpeta / "cortada.png").write_bytes(png(9, 9)[:18])
    (carpeta / "cortada.jpg").write_bytes(jpeg(9, 9)[:40])
    (carpeta / "enorme.png").write_bytes(png(1, 1) + b"\0" * MAXIMO_BYTES_DE_IMAGEN)
    (carpeta / "enlace.png").symlink_to(oficina / "secreto.png")

    with pytest.raises(DatosInvalidos) as error:
        plantilla(oficina, "uno", f"{{{{ {etiqueta} }}}}").llenar({"largo": "y" * 1000})

    assert "cuerpo, párrafo 2" in error.value.mensaje
    assert problema in error.value.mensaje


@pytest.mark.parametrize("etiqueta", ["imagen()", "imagen('a.png', borde=1)", "qr('x', alto='2')"])
def test_una_llamada_mal_escrita_se_dice_al_compilar(oficina: Path, etiqueta: str) -> None:
    with pytest.raises(DatosInvalidos, match=r"no se entiende: (imagen|qr)"):
        plantilla(oficina, f"{{{{ {etiqueta} }}}}")


def test_falta_el_dato_de_una_imagen(oficina: Path) -> None:
    with pytest.raises(DatosInvalidos, match="faltan «firma», «folio»"):
        plantilla(oficina, "{{ imagen(firma) }}{{ qr(folio) }}").llenar({})


def test_donde_no_cabe_una_imagen_se_dice(oficina: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.core_properties.title = "{{ imagen('escudo-municipio.png') }}"

    with pytest.raises(DatosInvalidos, match="es una imagen, y aquí sólo cabe texto"):
        compilar(guardar(oficina / "plantillas", escribir)).llenar({})


def test_un_qr_dice_el_dato_y_mide_lo_que_se_pide(oficina: Path) -> None:
    carta = plantilla(oficina, "{{ qr('https://x.mx/' ~ folio, ancho='3cm') }}").llenar(
        {"folio": "EB-1"}
    )

    assert dibujos(carta) == [(Cm(3), Cm(3), "Código QR")]
    (nombre,) = (n for n in nombres(carta) if n.startswith("word/media/"))
    esperado = io.BytesIO()
    segno.make_qr("https://x.mx/EB-1", error="m").save(esperado, kind="png", scale=8, border=4)
    with zipfile.ZipFile(io.BytesIO(carta)) as paquete:
        assert paquete.read(nombre) == esperado.getvalue()


def test_las_imagenes_pueden_estar_en_otra_carpeta(oficina: Path, tmp_path: Path) -> None:
    otra = tmp_path / "logos"
    otra.mkdir()
    (otra / "x.png").write_bytes(png(10, 10))
    hacer: Escribir = parrafos_con("{{ imagen('x.png') }}")

    carta = compilar(guardar(oficina / "plantillas", hacer), otra).llenar({})

    assert len(dibujos(carta)) == 1


def test_una_imagen_sin_medidas_no_se_acepta() -> None:
    with pytest.raises(ValueError, match="dañada"):
        leer_imagen(png(0, 5))
