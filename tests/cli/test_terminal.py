"""Lo que llega a la pantalla: nada que la terminal obedezca, ni color ni marcos de más."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from expediente.cli.app import ORDENES
from expediente.cli.perezoso import todas
from expediente.operaciones.abrir import Solicitud, abrir
from tests.cli.oficinista import VIAJE, aparte, datos, en_terminal, entorno, foto
from tests.conftest import Abridor, Correr

VIERNES = "2026-11-20 12:00"
# Lo que alguien podría dejar en un fichero para que la terminal de otro lo obedezca.
OBEDECE = [
    "\x1b]0;titulo\x07",
    "\x1b]8;;http://example.invalid\x07aqui\x1b]8;;\x07",
    "\x1b]52;c;Zm9v\x07",
    "\x1b]1337;File=:AA\x07",
    "\x1b[2J",
    "\x1b[1A\x1b[2K",
    "\x1b[?1049h",
    "\x1b[31mrojo",
    "\x1b[6n",
    "\x1bc",
    "\x1bP$q\x1b\\",
    "\x9b2J",
    "\x9d0;titulo\x9c",
    "\x90",
    "\x85",
    "\x08\x08\x08",
    "\x07",
    "\rtapado",
    "\u202etxet",
    "\u2066x\u2069",
    "\u200fx",
    "\u2028x",
    "\ufeffx",
    "[bold]x[/bold]",
    "[/x]",
    "[link=http://example.invalid]x",
]
MANDAN = {chr(c) for c in (*range(32), *range(127, 160))} - {"\n", "\t"}
MANDAN |= set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2069\ufeff")


def ensuciar(oficina: Path, folio: str, carga: str) -> None:
    """Pone la carga en un expediente, donde iba el nombre de un dato."""
    caso = oficina / "expedientes/2026" / folio / "expediente.yaml"
    escapado = "".join(f"\\U{ord(letra):08x}" for letra in carga)
    original = caso.read_text("utf-8")
    caso.write_text(original.replace("  domicilio.calle: ", f'  "{escapado}": '), "utf-8")


@pytest.mark.parametrize("carga", OBEDECE, ids=ascii)
def test_lo_escrito_a_mano_no_manda_en_la_terminal(
    carga: str, correr: Correr, oficina_en_marcha: Path
) -> None:
    ensuciar(oficina_en_marcha, "EB-2026-0003", carga)

    dichos = [
        correr("ver", "EB-2026-0003"),
        correr("ver", "EB-2026-0003", "--json"),
        correr("anotar", "EB-2026-0003", "--nota", "x"),
        correr("avanzar", "-", stdin=f"EB-2026-0003\n{carga}\n"),
        correr("anotar", "EB-2026-0001", "--nota", carga),
        correr("historial", "EB-2026-0001"),
        correr("historial", "EB-2026-0001", "--json"),
    ]

    for corrida in dichos:
        assert not MANDAN & set(corrida.stdout + corrida.stderr)
        assert "Traceback" not in corrida.stderr


def test_en_la_revision_tampoco(correr: Correr, ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla()
    folios = [abrir(v, Solicitud("estrella-blanca", VIAJE)).folio for _ in OBEDECE]
    for folio, carga in zip(folios, OBEDECE, strict=True):
        ensuciar(oficina, folio, carga)

    corrida = correr("revisar")

    assert corrida.codigo == 1
    assert [folio for folio in folios if folio not in corrida.stdout] == []
    assert not MANDAN & set(corrida.stdout + corrida.stderr)
    assert "Traceback" not in corrida.stderr


@pytest.mark.parametrize("carga", ["[/x]", "[bold red]x", "\u202etxet", "\x1b]0;x\x07"], ids=ascii)
def test_en_una_terminal_con_color_tampoco(carga: str, oficina: Path) -> None:
    hoja = oficina / "hoja.yaml"
    hoja.write_text(f"domicilio.calle: 'Sauce {carga if carga.isprintable() else ''}'\n", "utf-8")
    nombres = oficina / "catalogos/destinos.yaml"
    escapado = "".join(f"\\U{ord(letra):08x}" for letra in carga)
    catalogo = nombres.read_text("utf-8").replace("nombre: Torreón,", f'nombre: "A{escapado}B",')
    nombres.write_text(catalogo, "utf-8")
    aparte("abrir", "estrella-blanca", "--desde", "hoja.yaml", en=oficina)
    aparte("abrir", "estrella-blanca", "-d", "destino=torreon", en=oficina)

    vistos = [en_terminal("ver", f"EB-2026-000{n}", en=oficina) for n in (1, 2)]

    for codigo, pantalla in vistos:
        assert codigo == 0
        assert "\x1b]" not in pantalla and "\u202e" not in pantalla
    if carga.startswith("["):
        assert carga in vistos[0][1] and f"A{carga}B" in vistos[1][1]


def test_en_la_terminal_hay_color_y_con_no_color_no(oficina_en_marcha: Path) -> None:
    de_color = en_terminal("pendientes", en=oficina_en_marcha, EXPEDIENTE_AHORA=VIERNES)[1]
    sin = en_terminal("pendientes", en=oficina_en_marcha, EXPEDIENTE_AHORA=VIERNES, NO_COLOR="1")[1]

    assert "\x1b[" in de_color and "EB-2026-0001" in de_color
    assert "\x1b" not in sin and "EB-2026-0001" in sin


def test_a_una_tuberia_ni_color_ni_marcos(oficina_en_marcha: Path) -> None:
    for orden in (("pendientes",), ("ver", "EB-2026-0001"), ("listar", "--help"), ("zzz",)):
        corrida = aparte(
            *orden, en=oficina_en_marcha, EXPEDIENTE_AHORA=VIERNES, FORCE_COLOR="1", TERM="xterm"
        )

        dicho = corrida.stdout + corrida.stderr
        assert "\x1b" not in dicho and not set("│╭╰─━┃") & set(dicho)


@pytest.mark.parametrize("codificacion", ["cp1252", "cp850", "ascii"])
def test_una_consola_vieja_cambia_letras_pero_no_revienta(
    codificacion: str, oficina_en_marcha: Path
) -> None:
    nota = "→ ✓ Ñandú 中"
    aparte("anotar", "EB-2026-0001", "--nota", nota, en=oficina_en_marcha)

    for orden in (("historial", "EB-2026-0001"), ("procedimiento", "ver", "estrella-blanca")):
        corrida = aparte(*orden, en=oficina_en_marcha, PYTHONIOENCODING=codificacion)
        assert (corrida.codigo, corrida.stderr) == (0, "")
    error = aparte("ver", "zzz", en=oficina_en_marcha, PYTHONIOENCODING=codificacion)
    assert error.codigo == 66 and "Traceback" not in error.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="hace falta bash para la tubería")
@pytest.mark.parametrize("lector", ["head -1", "true"])
@pytest.mark.parametrize("orden", ["listar", "listar --json", "--help", "procedimiento ver zzz"])
def test_quien_deja_de_leer_no_provoca_una_traza(
    lector: str, orden: str, oficina_en_marcha: Path
) -> None:
    hecho = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m expediente {orden} | {lector}'],
        cwd=oficina_en_marcha,
        env=entorno(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert "Traceback" not in hecho.stderr and "BrokenPipe" not in hecho.stderr
    assert hecho.stdout.count("\n") <= 1


EVENTOS = {
    **dict.fromkeys(
        ("prevenir", "suspender", "desistir", "cancelar", "fallecimiento"),
        ("EB-2026-0002", "--motivo", "x"),
    ),
    "prorrogar": ("EB-2026-0001", "--cantidad", "1", "--motivo", "x"),
    "reasignar": ("EB-2026-0002", "--a", "auxiliar", "--motivo", "x"),
    "negar": ("EB-2026-0002", "--por", "directora", "--motivo", "x"),
    "declinar": ("EB-2026-0002", "--a", "dif_estatal", "--motivo", "x"),
    "acumular": ("EB-2026-0002", "--a", "EB-2026-0003"),
    "reabrir": ("EB-2026-0004", "--motivo", "x"),
    "corregir": ("EB-2026-0002", "-d", "domicilio.calle=Juárez", "--motivo", "x"),
    "deshacer": ("EB-2026-0002",),
}
# Piden un caso que la oficina de muestra no tiene: suspendido, vencido, o ya canalizado.
CON_SU_PRUEBA = {
    "reanudar", "caducar", "corte hacer", "corte deshacer", "corte conciliar", "oficio reiterar",
    "entregar",
}  # fmt: skip
SIMULABLES = {
    "iniciar": ("otra",),
    "abrir": ("estrella-blanca", *datos(VIAJE)),
    "avanzar": ("EB-2026-0002", "--resultado", "autoriza", "--por", "directora"),
    "anotar": ("EB-2026-0003", "--nota", "x"),
    **EVENTOS,
    "anexar": ("EB-2026-0003", "../foto.jpg"),
    "oficio emitir": ("EB-2026-0001",),
    "oficio acusar": ("DIF/DG/0001/2026",),
    "oficio cancelar": ("DIF/DG/0001/2026", "--motivo", "x"),
    "oficio registrar": ("--libro", "DG", "--asunto", "x"),
    "informe": ("estrella-blanca", "--semana", "2026-W47"),
    "tirada": ("resguardos", "--mes", "2026-12"),
    "archivar": ("EB-2026-0004", "--destino", "../unidad"),
    "plantilla nueva": ("oficio-de-vialidad", "--procedimiento", "peticion"),
    "plantilla membrete": ("--todas",),
    "procedimiento nuevo": ("permiso-de-calle",),
}


def test_toda_orden_que_cambia_algo_se_puede_simular(correr: Correr) -> None:
    con_simular = {
        nombre
        for nombre in todas(ORDENES)
        if "--simular" in correr(*nombre.split(), "--help").stdout
    }

    assert con_simular - CON_SU_PRUEBA == set(SIMULABLES)


@pytest.mark.parametrize("orden", SIMULABLES)
@pytest.mark.parametrize("json", [(), ("--json",)], ids=["", "json"])
def test_simular_no_cambia_ni_un_byte(
    orden: str, json: tuple[str, ...], correr: Correr, oficina_en_marcha: Path
) -> None:
    antes = foto(oficina_en_marcha.parent)

    corrida = correr(*orden.split(), *SIMULABLES[orden], "--simular", *json)

    assert corrida.codigo == 0, corrida
    assert corrida.stdout
    assert foto(oficina_en_marcha.parent) == antes


def test_simular_una_hoja_tampoco_abre_nada(correr: Correr, oficina: Path) -> None:
    hoja = oficina / "hoja.csv"
    hoja.write_text("destino\nTorreón\nMarte\n", "utf-8")
    antes = foto(oficina)

    corrida = correr("abrir", "estrella-blanca", "--desde", hoja, "--simular")

    assert corrida.codigo == 1
    assert corrida.stdout.startswith("Se abrirían 1.\nRechazados 1:\n")
    assert foto(oficina) == antes


def test_simular_dice_lo_mismo_que_haria(correr: Correr, oficina_en_marcha: Path) -> None:
    orden = ("avanzar", "EB-2026-0003")

    simulado = correr(*orden, "--simular").stdout
    falta = correr("avanzar", "EB-2026-0002", "--simular")
    hecho = correr(*orden).stdout

    assert "(simulado)" in simulado
    assert simulado.replace("(simulado) ", "") == hecho
    assert falta.codigo == 69


def test_una_oficina_de_verdad_no_mueve_su_reloj(tmp_path: Path) -> None:
    aparte("iniciar", "oficina", en=tmp_path)
    en = tmp_path / "oficina"

    abierto = aparte("abrir", "estrella-blanca", en=en, EXPEDIENTE_AHORA="2030-01-01 10:00")

    assert abierto.codigo == 0 and "EB-2030" not in abierto.stdout
    assert abierto.stderr == ("Se ignora EXPEDIENTE_AHORA: sólo vale en una oficina de prueba.\n")


def test_un_reloj_de_prueba_que_no_se_entiende_se_rehusa(correr: Correr) -> None:
    corrida = correr("listar", ahora="ayer")

    assert (corrida.codigo, corrida.stdout) == (2, "")
    assert corrida.stderr.startswith("EXPEDIENTE_AHORA no se entiende: ")


def test_la_oficina_se_halla_de_tres_maneras(oficina: Path, tmp_path: Path) -> None:
    aparte("abrir", "estrella-blanca", en=oficina, EXPEDIENTE_AHORA=VIERNES)
    dentro = oficina / "expedientes/2026/EB-2026-0001"
    fuera = tmp_path / "fuera"
    fuera.mkdir()

    halladas = [
        aparte("ver", "EB-2026-0001", en=dentro),
        aparte("ver", "EB-2026-0001", "--oficina", "../oficina", en=fuera),
        aparte("ver", "EB-2026-0001", en=fuera, EXPEDIENTE_OFICINA=str(oficina)),
    ]
    perdida = aparte("ver", "EB-2026-0001", "--oficina", "nada", en=oficina)

    assert [h.codigo for h in halladas] == [0, 0, 0]
    assert len({h.stdout for h in halladas}) == 1
    assert perdida.codigo == 66 and "En nada no hay una oficina" in perdida.stderr


def test_las_listas_por_stdin_aguantan_lo_que_manda_windows(
    correr: Correr, oficina_en_marcha: Path
) -> None:
    corrida = correr(
        "anotar", "-", "--nota", "x", stdin="\ufeffEB-2026-0001\r\n\r\neb-2026-0002  en trámite\r\n"
    )

    assert corrida.codigo == 0
    assert corrida.stderr == "2 hechos, 0 con problema.\n"
