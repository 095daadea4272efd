"""El minutario en Word y en Excel: dice lo que el libro, y se puede firmar."""

from pathlib import Path

import pytest

from expediente.nucleo.errores import EstaAbierto
from expediente.operaciones.libro_de_oficios import FiltroDelLibro, asientos_del_libro
from expediente.operaciones.minutario import campos_del_minutario, sacar_minutarios
from expediente.operaciones.numeros_de_fuera import DeFuera, registrar
from expediente.operaciones.oficios import cancelar_numero
from tests.documentos.test_hoja_de_calculo import celdas
from tests.operaciones.tramites import Abridor, autorizada, concluida, por_autorizar, texto_de_word

VIERNES = "2026-11-20 12:00"


@pytest.fixture
def libro_lleno(ventanilla: Abridor) -> Path:
    """Uno entregado, uno cancelado, un hueco y uno tomado a mano; la raíz de la oficina."""
    v = ventanilla(VIERNES)
    concluida(v)
    autorizada(v)
    cancelar_numero(v, "DIF/DG/0002/2026", "Se reprogramó.")
    registrar(v, "DIF/DG/0004/2026", DeFuera(asunto="=1+1", destinatario="Lic. Luz & Cía. <x>"))
    return v.raiz


def test_el_word_trae_cada_numero_sus_totales_sus_huecos_y_quien_firma(
    libro_lleno: Path, ventanilla: Abridor
) -> None:
    v = ventanilla(VIERNES)

    (fichero,) = sacar_minutarios(v, FiltroDelLibro("DG", 2026), word=True, hoja=False)

    dicho = texto_de_word(fichero.read_bytes())
    assert fichero == libro_lleno / "minutarios" / "libro-DG-2026.docx"
    for parte in (
        "Oficios de la Dirección General del DIF", "Libro DG · Año 2026", "DIF/DG/0001/2026",
        "20/11/2026", "20/11/2026 12:00", "María Guadalupe Longoria Peña",
        "Sofía Isabel Villarreal Rangel", "EB-2026-0001", "cancelado; Se reprogramó.",
        "Lic. Luz & Cía. <x>", "tomado a mano", "sin acuse", "0003 · hueco",
        "extemporáneos: ninguno",
        "DIF/DG/0002/2026: Se reprogramó.", "Titular de Dirección General",
    ):  # fmt: skip
        assert parte in dicho


def test_la_hoja_trae_fechas_que_son_fechas_y_textos_que_son_textos(
    libro_lleno: Path, ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla(VIERNES)

    (fichero,) = sacar_minutarios(
        v, FiltroDelLibro("DG"), word=False, hoja=True, salida=tmp_path / "salida"
    )

    leidas = celdas(fichero.read_bytes())
    assert fichero == tmp_path / "salida" / "libro-DG-2026.xlsx"
    assert leidas["A1"] == ("s", "Número") and leidas["A2"] == ("s", "DIF/DG/0001/2026")
    assert leidas["B2"] == ("n", "46346") and leidas["H2"][1].startswith("46346.5")
    assert leidas["A4"] == ("s", "0003 · hueco")
    assert leidas["D5"] == ("s", "=1+1") and leidas["M5"] == ("s", "tomado a mano")


def test_el_periodo_y_el_estado_salen_dichos(libro_lleno: Path, ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    filtro = FiltroDelLibro("DG", estado="cancelado", desde=v.ahora.date())

    (fichero,) = sacar_minutarios(v, filtro, word=True, hoja=False)

    dicho = texto_de_word(fichero.read_bytes())
    assert "desde el 20 de noviembre de 2026, sólo en estado cancelado" in dicho
    assert "DIF/DG/0002/2026" in dicho and "DIF/DG/0001/2026" not in dicho
    assert fichero.name == "libro-DG-2026-cancelado-desde-2026-11-20.docx"
    assert "ninguno" not in dicho and "se dicen en el libro completo" in dicho


def test_el_que_alguien_tiene_abierto_no_se_pisa(libro_lleno: Path, ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    (fichero,) = sacar_minutarios(v, FiltroDelLibro("DG", 2026), word=True, hoja=False)
    antes = fichero.read_bytes()
    fichero.with_name(f".~lock.{fichero.name}#").write_text("Luz,luz,pc,hoy,x;", "utf-8")
    registrar(v, "DIF/DG/0005/2026", DeFuera())

    with pytest.raises(EstaAbierto, match="está abierto en LibreOffice por Luz"):
        sacar_minutarios(v, FiltroDelLibro("DG", 2026), word=True, hoja=False)

    assert fichero.read_bytes() == antes


def test_lo_reservado_y_lo_cancelado_sin_emitir_no_tiene_quien_lo_firmo(
    ventanilla: Abridor,
) -> None:
    v = ventanilla(VIERNES)
    for _ in range(2):
        por_autorizar(v)
    cancelar_numero(v, "DIF/DG/0002/2026", "Se reprogramó.")

    asientos = asientos_del_libro(v, FiltroDelLibro("DG"))
    filas = campos_del_minutario(v, FiltroDelLibro("DG"), "DG", 2026, asientos)["libro"]["filas"]

    assert [(f["estado"], f["firmo"]) for f in filas] == [
        ("reservado", ""),
        ("cancelado; Se reprogramó.", ""),
    ]


def test_un_libro_que_la_oficina_ya_no_usa_tambien_se_imprime(
    libro_lleno: Path, ventanilla: Abridor
) -> None:
    ajustes = libro_lleno / "oficina.yaml"
    sin_dg = ajustes.read_text("utf-8").replace("  - clave: DG\n", "  - clave: DIR\n")
    ajustes.write_text(sin_dg, "utf-8")

    ficheros = sacar_minutarios(ventanilla(VIERNES), FiltroDelLibro(), word=True, hoja=True)

    assert [f.name for f in ficheros] == ["libro-DG-2026.docx", "libro-DG-2026.xlsx"]
    assert "Libro DG" in texto_de_word(ficheros[0].read_bytes())
