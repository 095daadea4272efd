"""La prosa de los documentos de fábrica: el dinero con letra, las actas y el género."""

from pathlib import Path

import pytest

from tests.documentos.hojas import guardar
from tests.operaciones import test_dif_ayuda, test_dif_comision
from tests.operaciones.tramites import Abridor, dar
from tests.operaciones.tramites_dif import (
    apoyo_por_admitir,
    apoyo_por_aprobar,
    apoyo_por_entregar,
    aprobar,
    ayuda_en_resguardo,
    texto_del,
)

DE_LAMINAS = "$9,800.00 (NUEVE MIL OCHOCIENTOS PESOS 00/100 M.N.)"
DE_MUJER, DE_HOMBRE = "HERG840312MDGRZD81", "NUPA791105HDGXXN86"


@pytest.mark.parametrize("documento", ["cuadro", "suficiencia", "autorizacion"])
def test_el_dinero_que_se_cotiza_se_aprueba_o_se_autoriza_va_con_letra(
    ventanilla: Abridor, documento: str
) -> None:
    v = ventanilla()
    folio = apoyo_por_entregar(v)

    assert DE_LAMINAS in texto_del(v, folio, documento)


def test_el_recibo_dice_con_letra_cuanto_vale_lo_que_se_entrega(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = ayuda_en_resguardo(v, valor="4,321.50")

    valor = "$4,321.50 (CUATRO MIL TRESCIENTOS VEINTIÚN PESOS 50/100 M.N.)"
    assert valor in texto_del(v, folio, "resguardo")


def test_la_comision_dice_sus_fechas_de_corrido_y_sus_viaticos_con_letra(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    viaticos = {"viaticos_dia": "350.50", "viaticos_dias": "1", "partida": "3751"}
    folio = test_dif_comision.por_comprobar(v, lleva_viaticos="sí", **viaticos)

    oficio = texto_del(v, folio, "oficio.0")

    assert "para asistir, del 26 al 27 de noviembre de 2026, a lo que se indica" in oficio
    letra = "$350.50 (TRESCIENTOS CINCUENTA PESOS 50/100 M.N.)"
    assert f"$350.50 por día, 1 día: {letra}; partida" in oficio


def test_el_acta_se_fecha_con_letra(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = ayuda_en_resguardo(v)
    dar(v, folio, resultado="devuelve")
    dar(v, folio, datos=test_dif_ayuda.VUELTA)

    acta = texto_del(v, folio, "acta-devolucion")

    lugar = "En San Jerónimo de los Ríos, Dgo."
    assert f"{lugar}, el veinte de noviembre de dos mil veintiséis, se recibe la ayuda" in acta


@pytest.mark.parametrize(
    ("datos", "rotulo"),
    [
        ({"beneficiario.curp": DE_MUJER}, "Beneficiaria"),
        ({"beneficiario.curp": DE_HOMBRE}, "Beneficiario"),
        ({}, "Persona beneficiaria"),
    ],
)
def test_a_quien_se_beneficia_se_le_nombra_segun_su_curp(
    ventanilla: Abridor, datos: dict[str, str], rotulo: str
) -> None:
    v = ventanilla()
    folio = ayuda_en_resguardo(v, **datos)

    assert f"\n{rotulo}\nAna María Nuñez\n" in texto_del(v, folio, "resguardo")


@pytest.mark.parametrize(
    ("en_oficina_yaml", "dicho"),
    [
        ("    genero: masculino\n", "El suscrito, Subdirector Administrativo"),
        ("    genero: femenino\n", "La suscrita, Subdirector Administrativo"),
        ("", "Quien suscribe, Subdirector Administrativo"),
    ],
)
def test_quien_firma_se_nombra_como_dice_oficina_yaml(
    ventanilla: Abridor, oficina: Path, en_oficina_yaml: str, dicho: str
) -> None:
    ajustes = oficina / "oficina.yaml"
    cargo = "    cargo: Subdirector Administrativo del Sistema DIF Municipal\n"
    escrito = ajustes.read_text("utf-8")
    assert escrito.count(f"{cargo}    genero: masculino\n") == 1
    ajustes.write_text(
        escrito.replace(f"{cargo}    genero: masculino\n", cargo + en_oficina_yaml), "utf-8"
    )
    v = ventanilla()
    folio = apoyo_por_aprobar(v)
    aprobar(v, folio)

    assert f"\n{dicho} del Sistema DIF Municipal, hace constar" in texto_del(
        v, folio, "suficiencia"
    )


@pytest.mark.parametrize(
    ("datos", "dicho"),
    [
        ({"beneficiario.curp": DE_MUJER}, "A la C."),
        ({"beneficiario.curp": DE_HOMBRE}, "Al C."),
        ({}, "A"),
    ],
)
def test_una_plantilla_puede_dirigirse_segun_el_genero_de_quien_recibe(
    ventanilla: Abridor, oficina: Path, datos: dict[str, str], dicho: str
) -> None:
    a_quien = "{{ oficio.destinatario|genero('Al C.', 'A la C.', 'A') }} Ana"
    guardar(oficina / "plantillas", lambda d: d.add_paragraph(a_quien), "negativa-apoyo.docx")
    v = ventanilla()
    folio = apoyo_por_admitir(v, **datos)

    razon = {"razon_negativa": "no hay lugares"}
    dar(v, folio, resultado="niega", por="directora", datos=razon)

    assert texto_del(v, folio, "negativa") == f"[document]\n{dicho} Ana\n"


def test_sin_lugar_los_oficios_se_fechan_en_el_municipio_con_su_estado_abreviado(
    ventanilla: Abridor, oficina: Path
) -> None:
    ajustes = oficina / "oficina.yaml"
    sin_lugar = ajustes.read_text("utf-8").replace("lugar: San Jerónimo de los Ríos, Dgo.\n", "", 1)
    ajustes.write_text(sin_lugar.replace("Ríos, Durango", "Ríos, Nuevo León", 1), "utf-8")
    v = ventanilla()

    folio = apoyo_por_entregar(v)

    fecha = "San Jerónimo de los Ríos, N.L., a 20 de noviembre de 2026."
    assert fecha in texto_del(v, folio, "autorizacion")
