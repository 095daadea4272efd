"""Cada informe se entrega a quien toca, con su acuse, y queda asentado para siempre."""

import re
import shlex
from pathlib import Path

import pytest

from expediente.almacen.entregas import carpetas_de_entregas, leer_carpeta
from expediente.cli import pantalla
from expediente.cli.ordenes_entrega import _ensenar
from expediente.nucleo.errores import (
    CasoCambio,
    DatosInvalidos,
    ErrorUso,
    NoExiste,
    NoPermitido,
)
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones.consulta_de_entregas import DelInforme, entregas_que_hay
from expediente.operaciones.entrega_de_informes import Dicha, EntregaHecha, entregar_informe
from expediente.operaciones.informes import InformeHecho, hacer_informe
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla
from tests.cli.oficinista import foto, objeto
from tests.conftest import Abridor, Correr
from tests.operaciones.tramites import autorizada, concluida
from tests.tormentas.carreras import a_la_vez, insistir

EB = "estrella-blanca"
SEMANA = PeriodoEscrito(semana="2026-W47")
LUNES = "2026-11-23 09:00"


@pytest.fixture
def pide_dos(oficina: Path) -> None:
    """El informe se entrega al contador y a la Presidencia."""
    ruta = oficina / "informes" / f"{EB}.yaml"
    escrito = re.sub(r"(?m)^destinatarios:.*\n", "", ruta.read_text("utf-8"))
    ruta.write_text(f"{escrito}\ndestinatarios: [contador, presidencia-municipal]\n", "utf-8")


@pytest.fixture
def hecho(pide_dos: None, ventanilla: Abridor) -> InformeHecho:
    """El informe de la semana 47, hecho el lunes siguiente."""
    concluida(ventanilla("2026-11-20 11:00"))
    return hacer_informe(ventanilla(LUNES), EB, SEMANA)


def entregar(v: Ventanilla, **dicho: object) -> EntregaHecha:
    """Entrega el informe de la semana 47."""
    return entregar_informe(v, EB, SEMANA, Dicha(**dicho))  # type: ignore[arg-type]


def el_unico(v: Ventanilla) -> DelInforme:
    """Cómo van las entregas del único informe hecho."""
    (van,), problemas = entregas_que_hay(v)
    assert problemas == []
    return van


def test_se_asienta_a_quien_cuando_quien_recibio_y_de_que_fichero(
    hecho: InformeHecho, ventanilla: Abridor
) -> None:
    hecha = entregar(
        ventanilla("2026-11-23 12:00"),
        a=("contador",),
        recibe=" Luz Gil ",
        medio="oficio",
        ocurrio="2026-11-23 10:30",
        por="directora",
    )

    (entrega,) = hecha.asentadas
    assert hecha.fichero == hecho.ficheros[0]
    assert entrega.como_mapa() == {
        "numero": "1",
        "que": "entrega",
        "destinatario": "contador",
        "fichero": "estrella-blanca.docx",
        "sha256": entrega.sha256,
        "entregado": "2026-11-23T10:30:00-06:00",
        "medio": "oficio",
        "por": "directora",
        "capturo": "auxiliar",
        "capturado": "2026-11-23T12:00:00-06:00",
        "recibe": "Luz Gil",
    }


def test_sin_decir_a_quien_se_entrega_a_los_que_faltan(
    hecho: InformeHecho, ventanilla: Abridor
) -> None:
    v = ventanilla(LUNES)
    entregar(v, a=("contador",))

    hecha = entregar(v)

    assert [e.destinatario for e in hecha.asentadas] == ["presidencia-municipal"]
    assert el_unico(v).faltan == ()


def test_lo_que_falta_son_los_destinatarios_que_pide_el_informe(
    hecho: InformeHecho, ventanilla: Abridor
) -> None:
    v = ventanilla(LUNES)
    assert el_unico(v).faltan == ("contador", "presidencia-municipal")

    entregar(v, a=("presidencia-municipal",))

    assert el_unico(v).faltan == ("contador",)


def test_entregar_dos_veces_lo_mismo_no_asienta_nada(
    hecho: InformeHecho, ventanilla: Abridor, oficina: Path
) -> None:
    entregar(ventanilla(LUNES), a=("contador",), recibe="Luz Gil")
    antes = foto(oficina)

    otra = entregar(ventanilla("2026-11-24 09:00"), a=("contador",), recibe="Luz Gil")

    assert (otra.asentadas, len(otra.ya_estaban)) == ((), 1)
    assert foto(oficina) == antes


def test_completar_quien_recibio_o_el_acuse_no_pide_motivo(
    hecho: InformeHecho, ventanilla: Abridor, tmp_path: Path
) -> None:
    acuse = tmp_path / "Acuse de Luz Gil.PDF"
    acuse.write_bytes(b"sello")
    entregar(ventanilla(LUNES), a=("contador",))

    entregar(ventanilla("2026-11-24 09:00"), a=("contador",), recibe="Luz Gil", acuse=acuse)

    van = el_unico(ventanilla())
    (vigente,) = van.vigentes
    assert (vigente.recibe, vigente.entregado) == ("Luz Gil", "2026-11-23T09:00:00-06:00")
    assert len(van.asientos) == 2
    assert re.fullmatch(r"acuses/acuse-[0-9a-f]{12}\.pdf", vigente.acuse or "")


def test_corregir_pide_motivo_y_deja_rastro(hecho: InformeHecho, ventanilla: Abridor) -> None:
    v = ventanilla(LUNES)
    entregar(v, a=("contador",), recibe="Luz Gil")

    with pytest.raises(NoPermitido, match=r"--recibe.*--motivo"):
        entregar(v, a=("contador",), recibe="Luis Gil")
    entregar(v, a=("contador",), recibe="Luis Gil", motivo="Se escribió mal el nombre.")

    van = el_unico(v)
    assert [(a.que, a.recibe, a.motivo) for a in van.asientos] == [
        ("entrega", "Luz Gil", None),
        ("correccion", "Luis Gil", "Se escribió mal el nombre."),
    ]
    assert [e.recibe for e in van.vigentes] == ["Luis Gil"]


def test_anular_una_entrega_la_quita_sin_borrarla(hecho: InformeHecho, ventanilla: Abridor) -> None:
    v = ventanilla(LUNES)
    entregar(v, a=("contador",))

    entregar(v, a=("contador",), anular="Era para otra área.")

    van = el_unico(v)
    assert van.vigentes == () and "contador" in van.faltan
    assert [a.que for a in van.asientos] == ["entrega", "anulacion"]
    with pytest.raises(NoPermitido, match="no hay qué anular"):
        entregar(v, a=("contador",), anular="Otra vez.")
    assert [e.destinatario for e in entregar(v, a=("contador",)).asentadas] == ["contador"]


def test_un_informe_entregado_no_se_pisa_y_se_dice_que_ya_no_es_lo_ultimo(
    hecho: InformeHecho, ventanilla: Abridor
) -> None:
    entregar(ventanilla(LUNES), a=("contador",))
    entregado = hecho.ficheros[0].read_bytes()
    autorizada(ventanilla("2026-11-20 12:30"))

    otro = hacer_informe(ventanilla("2026-11-24 09:00"), EB, SEMANA)

    van = el_unico(ventanilla("2026-11-24 09:00"))
    assert otro.ficheros[0].name == "estrella-blanca_v02.docx"
    assert hecho.ficheros[0].read_bytes() == entregado
    assert van.atrasada(van.vigentes[0]) and "contador" in van.faltan


def test_rehacer_uno_con_un_corte_viejo_no_desbanca_al_ultimo(
    hecho: InformeHecho, ventanilla: Abridor
) -> None:
    v = ventanilla("2026-11-24 09:00")
    entregar(v, a=("contador",))

    viejo = hacer_informe(v, EB, SEMANA, al="2026-11-19 09:00")

    assert viejo.ficheros[0].name == "estrella-blanca_v02.docx"
    van = el_unico(v)
    assert van.ultimo == hecho.ficheros[0] and not van.atrasada(van.vigentes[0])


def test_la_copia_con_folios_no_se_entrega_ni_hace_viejo_lo_entregado(
    hecho: InformeHecho, ventanilla: Abridor
) -> None:
    v = ventanilla(LUNES)
    entregar(v, a=("contador",))

    copia, otra = (hacer_informe(v, EB, SEMANA, con_folios=True) for _ in range(2))
    hecha = entregar(v, a=("presidencia-municipal",))

    assert copia.ficheros[0].name == "estrella-blanca_folios.docx" and otra.ya_estaba
    assert hecha.fichero == hecho.ficheros[0] and hecha.avisos == ()
    van = el_unico(v)
    assert not any(van.atrasada(entrega) for entrega in van.vigentes)
    with pytest.raises(NoPermitido, match="lleva los folios"):
        entregar(v, a=("contador",), fichero=copia.ficheros[0].name)


def test_lo_que_no_tuvo_movimiento_o_no_ha_terminado_no_se_reclama(
    hecho: InformeHecho, ventanilla: Abridor, correr: Correr
) -> None:
    v = ventanilla(LUNES)
    for escrito in ("2026-W46", "2026-W48"):
        hacer_informe(v, EB, PeriodoEscrito(semana=escrito))
    van, _ = entregas_que_hay(v)

    assert [(x.periodo.clave, len(x.faltan), x.no_se_reclama) for x in van] == [
        ("2026-W46", 0, "sin movimiento"),
        ("2026-W47", 2, None),
        ("2026-W48", 0, "sin terminar"),
    ]
    faltan = correr("entregas", "--pendientes", ahora=LUNES)
    assert "W46" not in faltan.stdout and faltan.stdout.count("2026-W47") == 2
    assert faltan.stderr == "Hechos que no se reclaman: 1 sin movimiento, 1 sin terminar.\n"


def test_el_ejemplo_de_la_guia_entrega_el_semanal_a_la_direccion(
    ventanilla: Abridor, correr: Correr, tmp_path: Path
) -> None:
    concluida(ventanilla("2026-11-20 11:00"))
    correr("informe", EB, "--semana", "2026-W47", ahora=LUNES)
    guia = (Path(__file__).parents[2] / "docs" / "informes.md").read_text("utf-8")
    (ejemplo,) = re.findall(r"(?m)^expediente (entregar .*)$", guia)
    acuse = tmp_path / "acuse.pdf"
    acuse.write_bytes(b"sello")
    orden = [str(acuse) if parte == acuse.name else parte for parte in shlex.split(ejemplo)]

    antes = correr("entregas", "--pendientes", ahora=LUNES)
    dada = correr(*orden, ahora=LUNES)

    assert dada.codigo == 0 and "entregado a «direccion-dif»" in dada.stdout
    assert "direccion-dif" in antes.stdout
    assert correr("entregas", "--pendientes", ahora=LUNES).stdout.startswith("No falta nada")


def test_las_claves_caben_enteras_en_una_terminal_de_ochenta_columnas(
    hecho: InformeHecho, ventanilla: Abridor, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    entregar(ventanilla(LUNES), a=("presidencia-municipal",), recibe="María Guadalupe Longoria")
    monkeypatch.setattr(pantalla, "hay_quien_mire", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")

    _ensenar([el_unico(ventanilla(LUNES))], pendientes=False)

    dicho = capsys.readouterr().out
    assert "estrella-blanca" in dicho and "presidencia-municipal" in dicho
    assert "2026-W47" in dicho and max(map(len, dicho.splitlines())) <= 80


def test_no_se_entrega_lo_que_no_se_ha_hecho(pide_dos: None, ventanilla: Abridor) -> None:
    with pytest.raises(NoExiste, match="expediente informe estrella-blanca --semana 2026-W47"):
        entregar(ventanilla(LUNES), a=("contador",))


@pytest.mark.parametrize(
    ("dicho", "error", "remedio"),
    [
        ({"a": ("contadora",)}, NoExiste, "Quiso decir «contador»"),
        ({"a": ("contador",), "ocurrio": "2026-11-30 10:00"}, DatosInvalidos, "futuro"),
        ({"a": ("contador",), "ocurrio": "2026-11-10 10:00"}, DatosInvalidos, "anterior"),
        ({"a": ("contador",), "medio": "paloma"}, ErrorUso, "mano, oficio, correo"),
        ({"a": ("contador",), "recibe": "  "}, ErrorUso, "en blanco"),
        ({"a": ("contador",), "acuse": Path("no-hay.pdf")}, NoExiste, "revise --acuse"),
        ({"a": ("contador",), "por": "nadie"}, NoExiste, "no está en el personal"),
        ({"a": ("contador",), "fichero": "../../oficina.yaml"}, NoExiste, "diga su nombre"),
        ({"recibe": "Luz Gil"}, ErrorUso, "de un solo destinatario"),
    ],
)
def test_lo_que_no_puede_ser_se_dice_y_no_asienta_nada(
    dicho: dict[str, object],
    error: type[Exception],
    remedio: str,
    hecho: InformeHecho,
    ventanilla: Abridor,
    oficina: Path,
) -> None:
    antes = foto(oficina)

    with pytest.raises(error, match=remedio):
        entregar(ventanilla(LUNES), **dicho)

    assert foto(oficina) == antes


def test_revisar_dice_si_lo_entregado_o_su_acuse_cambio_o_falta(
    hecho: InformeHecho, ventanilla: Abridor, tmp_path: Path, oficina: Path
) -> None:
    acuse = tmp_path / "acuse.pdf"
    acuse.write_bytes(b"sello")
    v = ventanilla(LUNES)
    entregar(v, a=("contador",), acuse=acuse)
    assert revisar(v, []) == []

    hecho.ficheros[0].write_bytes(b"otra cosa")
    next((oficina / "informes").rglob("acuse-*.pdf")).unlink()

    dichos = {p.mensaje for p in revisar(ventanilla(LUNES), [])}
    assert any("estrella-blanca.docx cambió después de asentarse" in dicho for dicho in dichos)
    assert any(dicho.startswith("falta el acuse acuse-") for dicho in dichos)


def test_editar_a_mano_lo_asentado_no_lo_cambia_y_revisar_lo_dice(
    hecho: InformeHecho, ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla(LUNES)
    entregar(v, a=("contador",), recibe="Luz Gil")
    (propia,) = carpetas_de_entregas(oficina)
    visible = propia / "entregas.yaml"
    visible.write_text(visible.read_text("utf-8").replace("Luz Gil", "Otra"), "utf-8")

    assert el_unico(v).vigentes[0].recibe == "Luz Gil"
    assert "editó a mano" in revisar(v, [])[0].mensaje


def test_si_un_apagon_dejo_atrasada_la_copia_que_se_ve_revisar_la_repone(
    hecho: InformeHecho, ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla(LUNES)
    entregar(v, a=("contador",))
    (propia,) = carpetas_de_entregas(oficina)
    vieja = (propia / "entregas.yaml").read_text("utf-8")
    entregar(v, a=("presidencia-municipal",))
    (propia / "entregas.yaml").write_text(vieja, "utf-8")

    assert [p.mensaje for p in revisar(v, [])] == [
        "su entregas.yaml está atrasado; póngalo al día con --reparar."
    ]
    assert revisar(v, [], reparar=True) == []
    assert "presidencia-municipal" in (propia / "entregas.yaml").read_text("utf-8")


def test_el_resto_de_una_entrega_interrumpida_no_estorba(
    hecho: InformeHecho, ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla(LUNES)
    resto = oficina / "informes/2026/S47/entregas/.tmp-resto/.revisiones"
    resto.mkdir(parents=True)

    entregar(v, a=("contador",))

    assert [c.name for c in carpetas_de_entregas(oficina)] == [EB]
    assert revisar(v, [], reparar=True) == []


def test_ningun_nombre_de_fichero_dice_quien_recibio(
    hecho: InformeHecho, ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    acuse = tmp_path / "Luz Gil.jpg"
    acuse.write_bytes(b"sello")

    entregar(ventanilla(LUNES), a=("contador",), recibe="Luz Gil", acuse=acuse)

    assert not [r for r in (oficina / "informes").rglob("*") if "Luz" in r.name]


def test_ocho_que_entregan_a_la_vez_no_pierden_ni_repiten_un_asiento(
    hecho: InformeHecho, ventanilla: Abridor, tmp_path: Path, oficina: Path
) -> None:
    v = ventanilla(LUNES)

    def dar(n: int) -> int:
        destinatario = ("contador", "presidencia-municipal")[n % 2]
        return len(insistir(lambda: entregar(v, a=(destinatario,))).asentadas)

    dichos = a_la_vez(tmp_path, 8, dar)

    (propia,) = carpetas_de_entregas(oficina)
    entregas, _ = leer_carpeta(propia)
    assert sum(map(int, dichos)) == 2  # type: ignore[call-overload]
    assert sorted(e.destinatario for e in entregas.asientos) == [
        "contador",
        "presidencia-municipal",
    ]
    assert CasoCambio.codigo_salida == 75


def test_en_pantalla_y_en_json_se_ve_lo_entregado_y_lo_que_falta(
    hecho: InformeHecho, correr: Correr
) -> None:
    orden = ("entregar", EB, "--semana", "2026-W47", "--a", "contador", "--recibe", "Luz Gil")
    simulada = correr(*orden, "--simular", ahora=LUNES)
    dada = correr(*orden, "--json", ahora=LUNES)
    tabla = correr("entregas", ahora=LUNES)
    faltan = correr("entregas", EB, "--pendientes", ahora=LUNES)
    en_json = objeto(correr("entregas", "--json", ahora=LUNES))
    de_antes = correr("entregas", "--hasta", "2026-11-01", ahora=LUNES)

    assert "(simulado) entregado a «contador»" in simulada.stdout
    assert set(objeto(dada)) >= {"informe", "periodo", "fichero", "entregas", "ya_estaban"}
    assert "23/11/2026 09:00 en propia mano; recibió Luz Gil; sin acuse" in tabla.stdout
    assert "contador" not in faltan.stdout and "presidencia-municipal" in faltan.stdout
    (van,) = en_json["informes"]
    assert van["faltan"] == ["presidencia-municipal"] and van["entregas"][0]["es_lo_ultimo"]
    assert de_antes.stdout == "Todavía no consta ninguna entrega.\n"
