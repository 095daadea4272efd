"""El calendario de un año: la oficina pide la propuesta, la revisa, la firma y la usa."""

import json
from datetime import date
from pathlib import Path

from expediente.almacen.reglas import leer_calendario
from tests.conftest import Abridor, Correr


def test_la_propuesta_se_ensena_y_no_se_escribe_si_no_se_dice_donde(
    correr: Correr, oficina: Path
) -> None:
    dicho = correr("inhabiles", "proponer", 2030)

    assert dicho.codigo == 0
    assert dicho.stdout.startswith("# PROPUESTA: revísela y firme.\n")
    assert "{fecha: '2030-10-01', motivo: Transmisión del Poder Ejecutivo Federal" in dicho.stdout
    assert "  # - {fecha: '2030-04-18', motivo: Jueves Santo" in dicho.stdout
    assert not (oficina / "inhabiles" / "2030.yaml").exists()


def test_la_propuesta_no_pide_estar_en_una_oficina(correr: Correr, tmp_path: Path) -> None:
    salida = tmp_path / "propuesta.yaml"

    hecho = correr("inhabiles", "proponer", 2029, "--salida", salida, "--oficina", tmp_path)

    assert hecho.codigo == 0
    assert salida.read_text("utf-8").startswith("# PROPUESTA")


def test_la_propuesta_sin_cambios_ya_sirve_y_no_trae_problemas(
    correr: Correr, oficina: Path, ventanilla: Abridor
) -> None:
    antes = correr("revisar").stdout

    assert correr("inhabiles", "proponer", 2028, "--guardar").codigo == 0

    v = ventanilla()
    calendario = leer_calendario(oficina, v.oficina)
    assert correr("revisar").stdout == antes
    assert 2028 in calendario.anios
    assert calendario.motivo_inhabil(date(2028, 11, 20)) is not None
    assert calendario.es_habil(date(2028, 12, 12))


def test_lo_que_la_oficina_descomenta_se_lee(
    correr: Correr, oficina: Path, ventanilla: Abridor
) -> None:
    correr("inhabiles", "proponer", 2028, "--guardar")
    fichero = oficina / "inhabiles" / "2028.yaml"
    fichero.write_text(fichero.read_text("utf-8").replace("  # - {", "  - {"), "utf-8")

    calendario = leer_calendario(oficina, ventanilla().oficina)

    assert calendario.motivo_inhabil(date(2028, 12, 12)) == "Día de la Virgen de Guadalupe"
    assert calendario.motivo_inhabil(date(2028, 7, 20)) == "Primer periodo de vacaciones"


def test_lo_firmado_no_se_pisa(correr: Correr, oficina: Path, tmp_path: Path) -> None:
    firmado = (oficina / "inhabiles" / "2026.yaml").read_bytes()
    otro = tmp_path / "mio.yaml"
    otro.write_text("mío", "utf-8")

    for donde in (["--guardar"], ["--salida", str(otro)]):
        hecho = correr("inhabiles", "proponer", 2026, *donde)
        assert hecho.codigo == 65
        assert "ya existe y no se pisa" in hecho.stderr

    assert (oficina / "inhabiles" / "2026.yaml").read_bytes() == firmado
    assert otro.read_text("utf-8") == "mío"


def test_guardarla_en_dos_sitios_a_la_vez_es_un_error_de_uso(
    correr: Correr, tmp_path: Path
) -> None:
    hecho = correr("inhabiles", "proponer", 2030, "--guardar", "--salida", tmp_path / "p.yaml")

    assert hecho.codigo == 2


def test_ver_un_anio_dice_sus_dias_y_quien_los_firmo(correr: Correr) -> None:
    dicho = correr("inhabiles", "ver", 2026)

    assert "lunes 16 de noviembre de 2026" in dicho.stdout
    assert "Revolución Mexicana" in dicho.stdout
    assert dicho.stderr.startswith("Lo firmó: ")


def test_ver_una_propuesta_dice_que_nadie_la_ha_firmado(correr: Correr) -> None:
    correr("inhabiles", "proponer", 2030, "--guardar")

    assert "Nadie lo ha firmado" in correr("inhabiles", "ver", 2030).stderr
    assert json.loads(correr("inhabiles", "ver", 2030, "--json").stdout)["firmado"] is None


def test_el_anio_que_no_esta_dice_como_se_pide(correr: Correr) -> None:
    dicho = correr("inhabiles", "ver", 2031)

    assert dicho.codigo == 66
    assert "expediente inhabiles proponer 2031 --guardar" in dicho.stderr
