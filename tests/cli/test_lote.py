"""Una orden en muchos expedientes: qué se cuenta, y qué se dice si alguien la interrumpe."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from expediente.cli.relato import lote
from expediente.nucleo.avance import Peticion
from expediente.nucleo.errores import Interrumpido
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.efectos import ya_asentado
from expediente.operaciones.impresion_en_lote import Pedido
from expediente.operaciones.resultado import Resultado
from tests.conftest import Correr
from tests.operaciones.tramites import Abridor, por_autorizar, por_elaborar, solicitud

Corte = Callable[[str], Resultado]


def con_ctrl_c_en(folio: str, hacer: Corte) -> Corte:
    """La operación, con alguien que pulsa Ctrl-C al llegar a ese folio."""

    def con_corte(cual: str) -> Resultado:
        if cual == folio:
            raise KeyboardInterrupt
        return hacer(cual)

    return con_corte


def test_interrumpir_ensena_lo_hecho_y_como_seguir_sin_dar_dos_pasos(
    ventanilla: Abridor, correr: Correr, capsys: pytest.CaptureFixture[str]
) -> None:
    v = ventanilla()
    folios = [por_elaborar(v) for _ in range(4)]
    hacer = con_ctrl_c_en(folios[2], lambda folio: avanzar(v, folio, Peticion()))

    with pytest.raises(typer.Exit) as salida:
        lote(folios, hacer, "paso dado", json=False)
    dicho = capsys.readouterr()
    repetida = correr("avanzar", *folios, "--paso", "elaborar")

    assert salida.value.exit_code == 130
    assert f"{folios[1]}: paso dado" in dicho.out and f"ver {folios[2]}" in dicho.out
    assert "falta 1. Repita la misma orden con --paso elaborar: así los ya" in dicho.err
    assert repetida.codigo == 1 and "2 hechos, 2 con problema." in repetida.stderr


def test_interrumpir_con_json_da_lo_hecho_y_lo_que_falta(
    ventanilla: Abridor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    v = ventanilla()
    folios = [por_autorizar(v) for _ in range(3)]
    peticion = Peticion(resultado="autoriza", por=v.oficina.persona("directora"))
    hacer = con_ctrl_c_en(folios[1], lambda folio: avanzar(v, folio, peticion))

    with pytest.raises(typer.Exit) as salida:
        lote(folios, hacer, "paso dado", json=True, pedido=Pedido(juntar=tmp_path / "j.docx"))
    dicho = json.loads(capsys.readouterr().out)

    assert salida.value.exit_code == 130 and not (tmp_path / "j.docx").exists()
    assert [r["ok"] for r in dicho["resultados"]] == [True, False]
    assert dicho["interrumpido"]["faltan"] == folios[2:]
    assert "--paso autorizar" in dicho["interrumpido"]["remedio"]
    assert "expediente oficio imprimir" in dicho["interrumpido"]["remedio"]


def test_si_el_paso_ya_estaba_asentado_se_dice_y_con_que_terminarlo(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def a_medias(folio: str) -> Resultado:
        with ya_asentado(folio):
            raise KeyboardInterrupt

    with pytest.raises(typer.Exit):
        lote(["EB-2026-0001", "EB-2026-0002"], a_medias, "paso dado", json=False)
    with pytest.raises(Interrumpido, match="oficio emitir EB-2026-0001"):
        a_medias("EB-2026-0001")

    dicho = capsys.readouterr().out
    assert "sí quedó asentado" in dicho and "expediente oficio emitir EB-2026-0001" in dicho
    assert "EB-2026-0002" not in dicho


def test_lo_que_puede_repetirse_dice_que_repetir_es_seguro(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hacer = con_ctrl_c_en("EB-2026-0002", Resultado)

    with pytest.raises(typer.Exit):
        lote(["EB-2026-0001", "EB-2026-0002"], hacer, "archivado", json=False, se_repite=True)

    assert "faltan 0. Repetir la misma orden es seguro" in capsys.readouterr().err


def test_si_no_se_sabe_el_paso_se_sigue_solo_con_los_que_faltan(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folios = [f"EB-2026-000{n}" for n in range(1, 5)]

    with pytest.raises(typer.Exit):
        lote(folios, con_ctrl_c_en(folios[1], Resultado), "anotado", json=False)

    assert f"désela sólo a los que faltan, desde {folios[2]}." in capsys.readouterr().err


def test_los_que_fallan_por_lo_mismo_van_en_un_renglon(correr: Correr, ventanilla: Abridor) -> None:
    v = ventanilla()
    folios = [solicitud(v) for _ in range(5)]

    corrida = correr("avanzar", *folios[:4], "--paso", "entregar")

    assert corrida.codigo == 1
    assert f"4 con el mismo problema, desde {folios[0]}" in corrida.stdout
    assert corrida.stdout.count("no toca ahora") == 1 and "Por qué no" not in corrida.stdout


def test_al_repetir_con_juntar_se_dice_como_se_imprime_lo_que_ya_estaba(
    correr: Correr, ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla()
    folios = [por_autorizar(v) for _ in range(2)]
    orden = ("--paso", "autorizar", "--resultado", "autoriza", "--por", "directora", "--juntar")
    correr("avanzar", folios[0], *orden, tmp_path / "uno.docx")

    corrida = correr("avanzar", *folios, *orden, tmp_path / "dos.docx")

    assert "Lo que ya estaba emitido no va aquí" in corrida.stderr
    assert "expediente oficio imprimir" in corrida.stderr


def test_abrir_de_una_hoja_dice_que_opciones_sobran(correr: Correr, tmp_path: Path) -> None:
    corrida = correr(
        "abrir", "queja", "--desde", tmp_path / "h.csv", "--recibido", "2026-11-20", "--nota", "x"
    )

    assert corrida.codigo == 2 and "quite --recibido, --nota." in corrida.stderr
