"""El manual impreso dice lo que el procedimiento manda; uno nuevo ya funciona."""

import json
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from expediente.almacen.oficina import claves_de
from expediente.almacen.reglas import procedimiento_de_fichero
from expediente.nucleo.esqueleto import prefijo_para
from expediente.nucleo.lectura_procedimiento import PROCEDIMIENTO
from expediente.operaciones.manual import escribir_nuevo, imprimir_manual
from expediente.operaciones.revision_de_procedimientos import problemas_de
from tests.conftest import Abridor, Correr

FABRICA = sorted((Path(__file__).parents[2] / "datos" / "procedimientos").glob("*.yaml"))


def texto_de(ruta: Path) -> str:
    """Todo lo que dice un Word, con tablas y membrete."""
    documento = Document(str(ruta))
    partes = (documento.sections[0].header._element, documento.element.body)
    return "\n".join(
        "".join(t.text or "" for t in parrafo.iter(qn("w:t")))
        for parte in partes
        for parrafo in parte.iter(qn("w:p"))
    )


@pytest.mark.parametrize("clave", [ruta.stem for ruta in FABRICA])
def test_el_manual_dice_cada_actividad_y_quien_la_hace(
    ventanilla: Abridor, tmp_path: Path, clave: str
) -> None:
    v = ventanilla()
    p, _ = procedimiento_de_fichero(v.raiz / "procedimientos" / f"{clave}.yaml")

    dicho = texto_de(imprimir_manual(v, clave, tmp_path / "manual.docx"))

    for paso in p.pasos:
        assert paso.actividad in dicho
        assert p.rol[paso.responsable].nombre in dicho
    for que in (*p.requisitos, *p.plazos, *p.documentos):
        assert que.nombre in dicho
    for critica in p.criticas:
        assert critica.indicador in dicho
    assert v.oficina.ente(p.ente).nombre in dicho
    assert p.manual.nombre in dicho


def test_el_manual_trae_las_tres_firmas_aunque_no_se_sepa_de_quien(
    ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla()
    ruta = v.raiz / "procedimientos" / "estrella-blanca.yaml"
    escrito = ruta.read_text(encoding="utf-8")
    ruta.write_text(
        escrito.replace("  emision:", "  reviso: Lic. Íñigo Muñiz\n  emision:", 1), encoding="utf-8"
    )

    dicho = texto_de(imprimir_manual(ventanilla(), "estrella-blanca", tmp_path / "m.docx"))

    assert [r for r in dicho.splitlines() if r in ("Elaboró", "Revisó", "Aprobó")][:3] == [
        "Elaboró", "Revisó", "Aprobó",
    ]  # fmt: skip
    assert "Lic. Íñigo Muñiz" in dicho


def test_el_diagrama_va_en_el_word_y_se_puede_oir(ventanilla: Abridor) -> None:
    v = ventanilla()

    documento = Document(str(imprimir_manual(v, "estrella-blanca")))

    (imagen,) = documento.inline_shapes
    alternativo = imagen._inline.docPr.get("descr")
    assert "Auxiliar de Área: Recibe y coteja los requisitos." in alternativo
    (parte,) = [p for p in documento.part.package.iter_parts() if p.partname.endswith(".emf")]
    assert parte.blob[40:44] == b" EMF"


def test_el_diagrama_largo_se_parte_en_hojas_con_los_responsables_en_cada_una(
    ventanilla: Abridor,
) -> None:
    documento = Document(str(imprimir_manual(ventanilla(), "apoyo")))

    titulos = [p.text for p in documento.paragraphs if p.text.startswith("Diagrama de flujo")]

    assert len(titulos) > 1
    assert titulos[1] == f"Diagrama de flujo, hoja 2 de {len(titulos)}"
    assert len(documento.inline_shapes) == 2 * len(titulos) - 1
    util = documento.sections[0].page_height - documento.sections[0].top_margin
    assert all(imagen.height < util for imagen in documento.inline_shapes)


def test_sin_decir_donde_queda_en_la_oficina_con_su_version(ventanilla: Abridor) -> None:
    v = ventanilla()

    ruta = imprimir_manual(v, "estrella-blanca")

    assert ruta.parent == v.raiz / "manuales"
    assert ruta.name.startswith("estrella-blanca-v")
    assert imprimir_manual(v, "estrella-blanca") == ruta


def test_el_procedimiento_nuevo_pasa_la_revision_tal_cual(ventanilla: Abridor) -> None:
    hecho = escribir_nuevo(ventanilla(), "permiso-de-calle", "Permiso: «cerrar» una calle d'aquí")

    assert problemas_de(ventanilla(), "permiso-de-calle") == []
    assert hecho.prefijo == "PDC"
    p, _ = procedimiento_de_fichero(hecho.ruta)
    assert p.nombre == "Permiso: «cerrar» una calle d'aquí"


def test_el_procedimiento_nuevo_explica_cada_llave_con_la_ayuda_que_la_valida(
    ventanilla: Abridor,
) -> None:
    texto = escribir_nuevo(ventanilla(), "permiso-de-calle", simular=True).texto

    for llave, como in PROCEDIMIENTO.llaves.items():
        assert f"# {llave}: {como.ayuda}." in texto


def test_el_prefijo_del_nuevo_no_choca_con_ninguno(ventanilla: Abridor) -> None:
    assert prefijo_para("estrella-blanca", {"EB", "ES"}) == "EST"
    assert prefijo_para("queja", set()) == "QU"
    assert prefijo_para("q", {"QA"}) == "QB"

    nuevo = escribir_nuevo(ventanilla(), "estado-baldio")

    assert nuevo.prefijo != "EB"


def test_el_procedimiento_nuevo_se_recorre_de_principio_a_fin(correr: Correr) -> None:
    correr("procedimiento", "nuevo", "permiso-de-calle")
    correr("abrir", "permiso-de-calle", "-d", "solicitante.nombres=Íñigo",
           "-d", "solicitante.primer_apellido=Muñiz", "-d", "asunto=Una fiesta.")  # fmt: skip

    dados = [
        correr("avanzar", "PDC-2026-0001"),
        correr("avanzar", "PDC-2026-0001", "--resultado", "procede"),
        correr("avanzar", "PDC-2026-0001"),
    ]

    assert [dado.codigo for dado in dados] == [0, 0, 0], dados
    assert "Concluido" in correr("ver", "PDC-2026-0001").stdout


@pytest.mark.parametrize(
    ("argumentos", "codigo", "dice"),
    [
        (("Permiso",), 2, "minúsculas sin acento"),
        (("../fuera",), 2, "minúsculas sin acento"),
        (("estrella-blanca",), 65, "ya existe"),
        (("otro", "--prefijo", "EB"), 2, "ya es de «estrella-blanca»"),
        (("otro", "--prefijo", "e1"), 2, "de una a seis letras"),
    ],
)
def test_el_nuevo_no_pisa_ni_choca(
    correr: Correr, oficina: Path, argumentos: tuple[str, ...], codigo: int, dice: str
) -> None:
    antes = claves_de(oficina, "procedimientos")

    hecho = correr("procedimiento", "nuevo", *argumentos)

    assert hecho.codigo == codigo
    assert dice in hecho.stderr
    assert claves_de(oficina, "procedimientos") == antes


def test_comparar_dice_que_cambio_desde_la_version_guardada(correr: Correr, oficina: Path) -> None:
    ruta = oficina / "procedimientos" / "estrella-blanca.yaml"
    version = procedimiento_de_fichero(ruta)[0].version
    correr("abrir", "estrella-blanca")  # guarda la versión con que nace el caso
    escrito = ruta.read_text(encoding="utf-8")
    ruta.write_text(escrito.replace("y coteja los", "y revisa los"), encoding="utf-8")

    dicho = correr("procedimiento", "comparar", f"estrella-blanca@{version}", "estrella-blanca")

    assert dicho.codigo == 0
    assert dicho.stdout == (
        "Paso «reunir-requisitos», actividad: de «Recibe y coteja los requisitos.» a "
        "«Recibe y revisa los requisitos.».\n"
    )
    assert correr("procedimiento", "comparar", str(ruta), "estrella-blanca").stdout == (
        "Mandan lo mismo: no hay diferencias.\n"
    )


def test_comparar_con_una_version_que_no_hay_lo_dice(correr: Correr) -> None:
    hecho = correr("procedimiento", "comparar", "estrella-blanca@77", "estrella-blanca")

    assert hecho.codigo == 66
    assert "falta la versión 77" in hecho.stderr


def test_el_diagrama_sale_en_pantalla_o_en_un_fichero(correr: Correr, oficina: Path) -> None:
    en_pantalla = correr("procedimiento", "diagrama", "estrella-blanca")
    hecho = correr("procedimiento", "diagrama", "estrella-blanca", "--salida", "mapas/nuevo.svg")

    assert en_pantalla.stdout.startswith("<svg ")
    assert hecho.stdout == "Quedó en mapas/nuevo.svg\n"
    assert (oficina / "mapas/nuevo.svg").read_text(encoding="utf-8") == en_pantalla.stdout


@pytest.mark.parametrize(
    ("orden", "llaves"),
    [
        (("diagrama", "queja"), {"procedimiento", "formato", "diagrama"}),
        (("diagrama", "queja", "--salida", "q.svg"), {"procedimiento", "formato", "fichero"}),
        (("imprimir", "queja"), {"procedimiento", "fichero"}),
        (("comparar", "queja", "llamada"), {"cambios"}),
        (("nuevo", "otro"), {"procedimiento", "prefijo", "fichero", "texto"}),
    ],
)
def test_cada_orden_del_manual_contesta_en_json(
    correr: Correr, orden: tuple[str, ...], llaves: set[str]
) -> None:
    hecho = correr("procedimiento", *orden, "--json")

    dicho = json.loads(hecho.stdout)
    assert hecho.codigo == 0
    assert dicho.pop("esquema") == 1
    assert set(dicho) == llaves


def test_el_dato_que_no_es_formato_se_rechaza_en_espanol(correr: Correr) -> None:
    hecho = correr("procedimiento", "diagrama", "queja", "--formato", "png")

    assert hecho.codigo == 2
    assert "svg" in hecho.stderr
