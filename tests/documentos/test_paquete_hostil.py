"""Un .docx hecho para hacer daño se rechaza antes de leer sus etiquetas, y se dice por qué.

El recuento: 5 bombas zip, 7 nombres peligrosos y 4 repetidos, 8 XML con DTD o en otra
codificación en 3 partes (24), 7 macros e incrustados, 13 relaciones, 10 campos de Word,
7 ficheros que no son un .docx, y 200 (o 2000) plantillas de fábrica con bytes cambiados.
"""

import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from expediente.documentos.paquete import leer_paquete
from expediente.documentos.plantilla import compilar
from expediente.documentos.revision_plantilla import defectos
from expediente.nucleo.errores import DatosInvalidos, NoExiste, SinPermiso
from tests.documentos import hostiles

RAIZ = Path(__file__).resolve().parents[2]
FABRICA = RAIZ / "plantillas"


def _escrito(carpeta: Path, contenido: bytes, nombre: str = "o.docx") -> Path:
    ruta = carpeta / nombre
    ruta.write_bytes(contenido)
    return ruta


def _por_que(carpeta: Path, contenido: bytes) -> str:
    with pytest.raises(DatosInvalidos) as error:
        compilar(_escrito(carpeta, contenido))
    return error.value.mensaje


BOMBAS: dict[str, tuple[Callable[[], bytes], str]] = {
    "un miembro": (lambda: hostiles.docx({"word/b.xml": b"\0" * 2**22}), "ocupa demasiado"),
    "muchos miembros": (
        lambda: hostiles.docx({f"word/{n}.xml": b"x" for n in range(2001)}),
        "más de 2000 ficheros",
    ),
    "anidada": (
        lambda: hostiles.docx({"word/media/b.zip": hostiles.docx({"b": b"\0" * 2**22})}),
        "otro fichero comprimido",
    ),
    "encimada": (hostiles.encimado, "ficheros encimados"),
    "mentirosa": (hostiles.mentiroso, "está dañado"),
}


@pytest.mark.parametrize("bomba", BOMBAS)
def test_una_bomba_zip_no_se_descomprime(tmp_path: Path, bomba: str) -> None:
    armar, mensaje = BOMBAS[bomba]
    contenido = armar()
    tracemalloc.start()

    dicho = _por_que(tmp_path, contenido)

    _, megas = (octetos / 2**20 for octetos in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    assert mensaje in dicho
    assert megas < 8


@pytest.mark.parametrize(
    "nombre", ["../fuera.xml", "word/../../fuera.xml", "/raiz.xml", "..\\fuera.xml",
               "C:\\x.xml", "C:x.xml", "word\\x.xml"],
)  # fmt: skip
def test_un_nombre_que_se_sale_del_paquete_se_rechaza(tmp_path: Path, nombre: str) -> None:
    assert "nombre peligroso" in _por_que(tmp_path, hostiles.docx({nombre: "x"}))


@pytest.mark.parametrize("gemelo", ["word/Document.xml", "WORD/DOCUMENT.XML", "word/document.XML"])
def test_dos_miembros_que_se_llaman_casi_igual_se_rechazan(tmp_path: Path, gemelo: str) -> None:
    assert "dos veces el mismo fichero" in _por_que(tmp_path, hostiles.docx({gemelo: "x"}))


def test_dos_miembros_del_mismo_nombre_se_rechazan(tmp_path: Path) -> None:
    salida = BytesIO(hostiles.docx({}))
    with zipfile.ZipFile(salida, "a") as paquete, pytest.warns(UserWarning, match="Duplicate"):
        paquete.writestr("word/document.xml", "x")

    assert "dos veces el mismo fichero" in _por_que(tmp_path, salida.getvalue())


RISAS = '<!DOCTYPE a [<!ENTITY b "ja"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
AJENO = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("contenido", "mensaje"),
    [
        (RISAS.encode(), "XML con DTD"),
        (AJENO.encode(), "XML con DTD"),
        (b"\xef\xbb\xbf" + AJENO.encode(), "XML con DTD"),
        (AJENO.encode("utf-16"), "XML con DTD"),
        (AJENO.encode("utf-16-le"), "codificación que Word nunca escribe"),
        (AJENO.encode("utf-32"), "codificación que Word nunca escribe"),
        (b"<?xml version='1.0' encoding='UTF-7'?>+ADw-!DOCTYPE a", "codificación que Word"),
        (b"<?xml version='1.0' encoding='cp037'?><a/>", "codificación que Word"),
    ],
)
@pytest.mark.parametrize("parte", ["word/document.xml", "word/x.xml", "word/_rels/x.xml.rels"])
def test_un_xml_con_dtd_se_rechaza_en_cualquier_codificacion(
    tmp_path: Path, parte: str, contenido: bytes, mensaje: str
) -> None:
    assert mensaje in _por_que(tmp_path, hostiles.docx({parte: contenido}))


def _tipos(contenido: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/x" ContentType="{contenido}"/></Types>'
    )


@pytest.mark.parametrize(
    ("partes", "tipos", "mensaje"),
    [
        ({"word/vbaProject.bin": b"x"}, "", "trae macros"),
        ({}, "application/vnd.ms-word.document.macroEnabled.main+xml", "trae macros"),
        ({}, "application/vnd.ms-office.vbaProject", "trae macros"),
        ({"word/activeX/activeX1.xml": b"<a/>"}, "", "ActiveX"),
        ({}, "application/vnd.ms-office.activeX+xml", "ActiveX"),
        ({"word/media/x.docm": hostiles.docx({})}, "", "otro fichero comprimido"),
        ({}, "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
         "plantilla de Word (.dotx)"),
    ],
)  # fmt: skip
def test_lo_que_corre_solo_no_se_admite(
    tmp_path: Path, partes: dict[str, bytes], tipos: str, mensaje: str
) -> None:
    contenido = hostiles.docx(partes, tipos=_tipos(tipos))

    assert mensaje in _por_que(tmp_path, contenido)


@pytest.mark.parametrize(
    ("clase", "destino", "externa", "mensaje"),
    [
        ("attachedTemplate", "file:///C:/x.dotm", True, "está ligada a otra plantilla"),
        ("attachedTemplate", "https://ejemplo.mx/x.dotm", True, "escriba «Normal»"),
        ("image", "https://ejemplo.mx/x.png", True, "trae una imagen que no está"),
        ("image", "\\\\servidor\\x.png", True, "trae una imagen que no está"),
        ("image", "//servidor/x.png", False, "trae una imagen que no está"),
        ("image", "file:///x.png", False, "trae una imagen que no está"),
        ("frame", "https://ejemplo.mx", True, "trae un marco"),
        ("subDocument", "x.docx", True, "documento maestro"),
        ("oleObject", "https://ejemplo.mx/x", True, "objeto incrustado (OLE)"),
        ("oleObject", "embeddings/x.bin", False, "objeto incrustado (OLE)"),
        ("package", "embeddings/x.xlsm", False, "objeto incrustado (OLE)"),
        ("aFChunk", "x.html", False, "altChunk"),
        ("control", "activeX1.xml", False, "control ActiveX"),
        ("hyperlink", "file:///c:/x.exe", True, "un enlace que no va a una página"),
        ("hyperlink", "\\\\servidor\\x", True, "un enlace que no va a una página"),
        ("hyperlink", " javascript:alert(1)", True, "un enlace que no va a una página"),
    ],
)
def test_una_liga_que_no_es_un_hipervinculo_se_rechaza_con_su_remedio(
    tmp_path: Path, clase: str, destino: str, externa: bool, mensaje: str
) -> None:
    partes = hostiles.relacion(clase, destino, externa)

    assert mensaje in _por_que(tmp_path, hostiles.docx(partes))


def test_un_hipervinculo_y_la_grafica_de_excel_si_se_admiten(tmp_path: Path) -> None:
    hoja = hostiles.docx({"xl/workbook.xml": "<a/>"})
    enlace = hostiles.relacion("hyperlink", "https://ejemplo.mx")
    grafica = hostiles.relacion("package", "../embeddings/h.xlsx", externa=False)

    for numero, partes in enumerate((enlace, {**grafica, "word/embeddings/h.xlsx": hoja})):
        compilar(_escrito(tmp_path, hostiles.docx(partes), f"{numero}.docx"))


@pytest.mark.parametrize(
    ("trozos", "mensaje"),
    [
        ((' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',), "campo DDEAUTO"),
        ((" DDE excel x y ",), "campo DDE"),
        ((" D", "DEA", "UTO x y"), "campo DDEAUTO"),
        ((" ddeauto x y",), "campo DDEAUTO"),
        ((' INCLUDETEXT "\\\\\\\\servidor\\\\x.docx"',), "campo INCLUDETEXT"),
        ((' INCLUDEPICTURE "https://ejemplo.mx/x.png" \\d',), "campo INCLUDEPICTURE"),
        ((' INCLUDEPICTURE "\\\\\\\\servidor\\\\x.png"',), "campo INCLUDEPICTURE"),
        ((" LINK Excel.Sheet x",), "campo LINK"),
        (("{{ n }} x y",), "cuyo nombre es una etiqueta"),
        (("{% if n %}DDE{% endif %}",), "cuyo nombre es una etiqueta"),
    ],
)
def test_un_campo_de_word_que_abre_algo_de_fuera_se_rechaza(
    tmp_path: Path, trozos: tuple[str, ...], mensaje: str
) -> None:
    assert mensaje in _por_que(tmp_path, hostiles.docx(hostiles.campo(*trozos)))


@pytest.mark.parametrize("codigo", [" PAGE ", " REF LINK \\h ", ' TOC \\o "1-3" ', " DATE "])
def test_los_campos_de_todos_los_dias_si_se_admiten(tmp_path: Path, codigo: str) -> None:
    compilar(_escrito(tmp_path, hostiles.docx(hostiles.campo(codigo))))


def test_dice_de_una_vez_todo_lo_que_trae_de_fuera(tmp_path: Path) -> None:
    partes = {
        **hostiles.relacion("attachedTemplate", "https://ejemplo.mx/x.dotm"),
        **hostiles.campo(" DDE x y "),
        "word/vbaProject.bin": b"x",
    }

    todos = defectos(_escrito(tmp_path, hostiles.docx(partes)))

    assert len(todos) == 3
    assert {(defecto.lugar, defecto.etiqueta) for defecto in todos} == {("", "")}


@pytest.mark.parametrize(
    ("contenido", "mensaje"),
    [
        (b"", "no es un documento de Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "Word antiguo (.doc)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "cifrada"),
        (b"{\\rtf1\\ansi hola}", "RTF"),
        (b"%PDF-1.7", "es un PDF"),
        (hostiles.docx({"mimetype": "application/vnd.oasis.opendocument.text"}), "(.odt)"),
        (hostiles.docx({"word/styles.xml": "x" * 900})[:-200], "dañado"),
    ],
)
def test_cada_fichero_que_no_es_un_docx_tiene_su_mensaje(
    tmp_path: Path, contenido: bytes, mensaje: str
) -> None:
    assert mensaje in _por_que(tmp_path, contenido)


def test_la_que_no_existe_la_que_no_se_puede_leer_y_la_marca_de_word(tmp_path: Path) -> None:
    with pytest.raises(NoExiste, match="No existe la plantilla"):
        compilar(tmp_path / "nada.docx")
    with pytest.raises(DatosInvalidos, match="es la marca que deja el programa"):
        compilar(_escrito(tmp_path, b"x", "~$icio.docx"))


def test_una_plantilla_abierta_en_word_dice_que_se_cierre(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows no deja leer lo que otro programa tiene abierto para él solo."""
    ruta = _escrito(tmp_path, hostiles.docx({}))

    def abierto(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", abierto)

    with pytest.raises(SinPermiso, match="si está abierta, ciérrela en Word"):
        compilar(ruta)


def test_ninguna_plantilla_de_fabrica_trae_macros_ni_ligas() -> None:
    vistas = 0
    for ruta in sorted(FABRICA.glob("*.docx")):
        partes = leer_paquete(ruta)
        externas = [
            relacion.get("Type")
            for nombre, miembro in partes.items()
            if nombre.endswith(".rels")
            for relacion in etree.fromstring(miembro.contenido)
            if relacion.get("TargetMode") == "External"
        ]
        assert {clase.rpartition("/")[2] for clase in externas} <= {"hyperlink"}, ruta.name
        assert not [n for n in partes if n.endswith((".bin", ".zip"))], ruta.name
        vistas += 1

    assert vistas >= 6


def _estropear(carpeta: Path, cambios: list[tuple[float, int]], corte: float) -> None:
    entero = bytearray((FABRICA / "acuse-reporte.docx").read_bytes())
    for donde, mascara in cambios:
        entero[int(donde * (len(entero) - 1))] ^= mascara
    ruta = _escrito(carpeta, bytes(entero[: int(len(entero) * corte)]))

    try:
        compilar(ruta)
    except DatosInvalidos as error:
        assert error.mensaje.startswith("Plantilla o.docx")


CAMBIOS = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), max_size=8)
CORTE = st.one_of(st.just(1.0), st.floats(0, 1))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(CAMBIOS, CORTE)
@example([], 1.0)
def test_una_plantilla_estropeada_se_rechaza_sin_romperse(
    tmp_path_factory: pytest.TempPathFactory, cambios: list[tuple[float, int]], corte: float
) -> None:
    _estropear(tmp_path_factory.getbasetemp(), cambios, corte)


@pytest.mark.largo
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(CAMBIOS, CORTE)
def test_dos_mil_plantillas_estropeadas_se_rechazan_sin_romperse(
    tmp_path_factory: pytest.TempPathFactory, cambios: list[tuple[float, int]], corte: float
) -> None:
    _estropear(tmp_path_factory.getbasetemp(), cambios, corte)
