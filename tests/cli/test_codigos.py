"""Cada código de salida con una situación de verdad, y lo que dice a quien la sufre."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.oficinista import aparte, entorno, foto
from tests.conftest import Correr

VIERNES = "2026-11-20 12:00"


def test_0_lo_hecho_hecho_esta(correr: Correr) -> None:
    assert correr("abrir", "estrella-blanca") == (
        0,
        "EB-2026-0001: abierto; sigue «registrar».\n",
        "",
    )


def test_1_algo_del_lote_no_se_pudo(correr: Correr, oficina_en_marcha: Path) -> None:
    corrida = correr("avanzar", "EB-2026-0003", "EB-2026-0004")

    assert corrida.codigo == 1
    assert corrida.stdout.startswith("EB-2026-0003: paso dado; sigue «reunir-requisitos».\n")
    assert "EB-2026-0004  El expediente ya terminó (cancelado)" in corrida.stdout
    assert corrida.stderr == "1 hecho, 1 con problema.\n"


def test_1_la_revision_hallo_problemas(correr: Correr, oficina_en_marcha: Path) -> None:
    (oficina_en_marcha / "plantillas/oficio-estrella-blanca.docx").unlink()

    corrida = correr("revisar")

    assert corrida.codigo == 1
    assert "oficio-estrella-blanca.docx" in corrida.stdout and "problema" in corrida.stderr


# Lo que se teclea mal, con su código y lo que debe decir en stderr.
EQUIVOCACIONES: dict[str, tuple[tuple[str, ...], int, str]] = {
    "orden desconocida": (("abrr",), 2, "¿Quiso decir «abrir»?"),
    "orden sin su grupo": (("emitir",), 2, "¿Quiso decir «oficio emitir»?"),
    "opción desconocida": (("listar", "--vencido"), 2, "¿Quiso decir «--vencidos»?"),
    "dato sin signo igual": (("abrir", "estrella-blanca", "-d", "x"), 2, "campo=valor"),
    "hoja y datos a la vez": (
        ("abrir", "estrella-blanca", "--desde", "-", "-d", "destino=Torreón"),
        2,
        "los datos vienen en la hoja",
    ),
    "fecha que no es": (("listar", "--desde", "32/13/2026"), 2, "esa fecha no existe"),
    "semana que no es": (
        ("informe", "estrella-blanca", "--semana", "la 47"),
        2,
        "2026-W47",
    ),
    "archivar sin decir qué": (("archivar", "--destino", "x"), 2, "Diga qué archivar"),
    "archivar sin decir dónde": (("archivar", "EB-2026-0004"), 2, "--destino CARPETA"),
    "dato que no se entiende": (
        ("abrir", "estrella-blanca", "-d", "fecha_viaje=mañana"),
        65,
        "«fecha_viaje»: no es una fecha; escríbala como 06/09/2024",
    ),
    "datos que no casan": (
        ("abrir", "estrella-blanca", "-d", "origen=Torreón", "-d", "destino=Torreón"),
        65,
        "El origen y el destino son el mismo lugar.",
    ),
    "canal que no está": (
        ("abrir", "estrella-blanca", "--canal", "telefon"),
        65,
        "¿Quiso decir «telefono»?",
    ),
    "recibido en el futuro": (
        ("abrir", "estrella-blanca", "--recibido", "2026-11-21"),
        65,
        "todavía no llega",
    ),
    "ocurrió en el futuro": (
        ("avanzar", "EB-2026-0003", "--ocurrio", "2026-11-20 12:01"),
        65,
        "no puede estar en el futuro",
    ),
    "procedimiento": (("abrir", "estrela-blanca"), 66, "¿Quiso decir «estrella-blanca»?"),
    "folio": (("ver", "EB-2026-00001"), 66, "No existe el expediente EB-2026-00001. ¿Quiso decir"),
    "paso": (
        ("avanzar", "EB-2026-0003", "--paso", "rejistrar"),
        66,
        "¿Quiso decir «registrar»?",
    ),
    "resultado": (
        ("avanzar", "EB-2026-0002", "--resultado", "autorisa", "--por", "directora"),
        66,
        "¿Quiso decir «autoriza»?",
    ),
    "campo": (
        ("abrir", "estrella-blanca", "-d", "beneficiario.nombre=Ana"),
        66,
        "¿Quiso decir «beneficiario.nombres»?",
    ),
    "campo que tiene partes": (
        ("abrir", "estrella-blanca", "-d", "beneficiario=Ana"),
        66,
        "Diga cada parte: beneficiario.nombres",
    ),
    "requisito": (
        ("avanzar", "EB-2026-0003", "--requisito", "carne"),
        66,
        "¿Quiso decir «carnet»?",
    ),
    "persona": (
        ("avanzar", "EB-2026-0002", "--resultado", "autoriza", "--por", "diretora"),
        66,
        "¿Quiso decir «directora»?",
    ),
    "documento": (
        ("oficio", "emitir", "EB-2026-0001", "--documento", "oficios"),
        66,
        "¿Quiso decir «oficio»?",
    ),
    "número": (("oficio", "acusar", "DIF/DG/0009/2026"), 66, "¿Quiso decir «DIF/DG/000"),
    "informe": (("informe", "estatus"), 66, "¿Quiso decir «estatus-reportes»?"),
    "filtro por paso": (("listar", "--paso", "autorisar"), 66, "¿Quiso decir «autorizar»?"),
    "hoja que no está": (
        ("abrir", "estrella-blanca", "--desde", "no.csv"),
        66,
        "no.csv: no existe",
    ),
    "anexo que no está": (("anexar", "EB-2026-0001", "no.pdf"), 66, "no.pdf: no existe"),
    "archivo desconectado": (("archivo", "verificar", "/no/hay"), 66, "no está conectada"),
    "falta un requisito": (
        ("avanzar", "EB-2026-0002", "--resultado", "autoriza"),
        69,
        "lo autoriza Director(a) del Sistema DIF Municipal: diga --por PERSONA. Puede: directora",
    ),
    "no es el turno de ese paso": (
        ("avanzar", "EB-2026-0003", "--paso", "archivar"),
        69,
        "El paso «archivar» no toca ahora. Toca «registrar» (Auxiliar de Área).",
    ),
    "falta decidir": (
        ("avanzar", "EB-2026-0002", "--por", "directora"),
        69,
        "diga --resultado con uno de autoriza, niega",
    ),
    "negar sin motivo": (
        ("avanzar", "EB-2026-0002", "--resultado", "niega", "--por", "directora"),
        69,
        "pide el motivo: añádalo con --nota",
    ),
    "archivar lo que sigue vivo": (
        ("archivar", "EB-2026-0003", "--destino", "x"),
        69,
        "sigue en trámite (paso registrar)",
    ),
    "acusar lo que no salió": (("oficio", "acusar", "DIF/DG/0002/2026"), 69, "está reservado"),
    "autoriza quien no puede": (
        ("avanzar", "EB-2026-0002", "--resultado", "autoriza", "--por", "auxiliar"),
        77,
        "«auxiliar» no tiene ese rol. Puede: directora, subdirector.",
    ),
}


@pytest.mark.parametrize(
    ("orden", "codigo", "frase"), EQUIVOCACIONES.values(), ids=EQUIVOCACIONES.keys()
)
def test_lo_equivocado_sale_con_su_codigo_y_su_remedio(
    orden: tuple[str, ...], codigo: int, frase: str, correr: Correr, oficina_en_marcha: Path
) -> None:
    antes = foto(oficina_en_marcha)

    corrida = correr(*orden)

    assert corrida.codigo == codigo
    assert corrida.stdout == ""
    assert frase in " ".join(corrida.stderr.split())
    assert foto(oficina_en_marcha) == antes


def test_66_sin_oficina_dice_como_hacer_una(tmp_path: Path) -> None:
    corrida = aparte("listar", en=tmp_path)

    assert corrida.codigo == 66 and corrida.stdout == ""
    assert "expediente iniciar CARPETA" in corrida.stderr


def test_65_un_yaml_roto_nombra_fichero_renglon_y_remedio(
    correr: Correr, oficina_en_marcha: Path
) -> None:
    fichero = oficina_en_marcha / "expedientes/2026/EB-2026-0003/expediente.yaml"
    fichero.write_text(fichero.read_text("utf-8").replace("datos:", "datos: [", 1), "utf-8")
    renglon = fichero.read_text("utf-8").splitlines().index("datos: [") + 1

    corrida = correr("avanzar", "EB-2026-0003")

    assert corrida.codigo == 65
    assert str(fichero) in corrida.stderr
    hallado = int(corrida.stderr.split("renglón ")[1].split(":")[0])
    assert hallado - renglon in (0, 1, 2)
    assert "Corrija ese renglón; o borre el fichero y el programa lo repone" in corrida.stderr


def test_65_los_ajustes_mal_escritos_dicen_donde(correr: Correr, oficina: Path) -> None:
    ajustes = oficina / "oficina.yaml"
    ajustes.write_text(ajustes.read_text("utf-8").replace("\nlugar:", "\nlugarr:"), "utf-8")

    corrida = correr("listar")

    assert corrida.codigo == 65
    assert "oficina.yaml, renglón " in corrida.stderr
    assert "no conozco la llave «lugarr». ¿Quiso decir «lugar»?" in corrida.stderr


# En cuanto la primera va a publicar su cambio, otra persona publica el suyo.
OTRA_SE_ADELANTA = """
import subprocess, sys
def vigia(suceso, detalles):
    if suceso == "os.rename" and str(detalles[1]).endswith(".revisiones/000002"):
        if not adelantada:
            adelantada.append(True)
            orden = [sys.executable, "-m", "expediente", "anotar", "EB-2026-0003"]
            subprocess.run([*orden, "--nota", "Llamó."], check=True, capture_output=True)
adelantada = []
sys.addaudithook(vigia)
"""


def test_75_si_el_caso_cambio_dice_quien_y_no_se_pierde_nada(
    correr: Correr, oficina_en_marcha: Path
) -> None:
    corrida = aparte(
        "avanzar",
        "EB-2026-0003",
        en=oficina_en_marcha,
        guion=OTRA_SE_ADELANTA,
        EXPEDIENTE_AHORA=VIERNES,
    )
    despues = aparte("avanzar", "EB-2026-0003", en=oficina_en_marcha, EXPEDIENTE_AHORA=VIERNES)

    assert corrida.codigo == 75 and corrida.stdout == ""
    assert "El expediente EB-2026-0003 cambió mientras tanto: auxiliar asentó" in corrida.stderr
    assert "20 de noviembre de 2026, 12:00 horas" in corrida.stderr
    assert "«expediente ver EB-2026-0003»" in corrida.stderr
    assert despues.codigo == 0
    assert "Llamó." in correr("historial", "EB-2026-0003").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="el tope de tamaño es de Unix")
def test_74_sin_espacio_no_queda_nada_a_medias(oficina_en_marcha: Path) -> None:
    antes = foto(oficina_en_marcha)
    tope = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"

    corrida = aparte(
        "avanzar", "EB-2026-0003", en=oficina_en_marcha, guion=tope, EXPEDIENTE_AHORA=VIERNES
    )

    assert corrida.codigo == 74 and corrida.stdout == ""
    assert "Lo anterior quedó intacto; " in corrida.stderr
    assert foto(oficina_en_marcha) == antes


@pytest.mark.skipif(sys.platform == "win32", reason="los permisos de carpeta son de Unix")
def test_77_sin_permiso_en_la_carpeta(oficina_en_marcha: Path) -> None:
    revisiones = oficina_en_marcha / "expedientes/2026/EB-2026-0003/.revisiones"
    for carpeta in oficina_en_marcha.parents[:3]:
        carpeta.chmod(0o755)
    revisiones.chmod(0o555)
    # A quien administra la máquina ningún permiso lo detiene: la orden la da otra cuenta.
    otra_cuenta = (
        "import os, encodings.utf_8_sig, expediente.cli.app, expediente.cli.ordenes_cambio\n"
        "if os.geteuid() == 0: os.setuid(65534)"
    )

    corrida = aparte(
        "avanzar",
        "EB-2026-0003",
        en=oficina_en_marcha,
        guion=otra_cuenta,
        EXPEDIENTE_AHORA=VIERNES,
    )
    revisiones.chmod(0o755)

    assert corrida.codigo == 77 and corrida.stdout == ""
    assert "no hay permiso para escribir o leer aquí" in corrida.stderr


# Avisa cuando la orden se pone a leer la lista, y la deja esperando.
ESPERA_LA_LISTA = """
import sys, time
class Teclado:
    def __iter__(self):
        print("leyendo", file=sys.stderr, flush=True)
        time.sleep(30)
        return iter(())
sys.stdin = Teclado()
from expediente.__main__ import principal
principal()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C se manda como señal de Unix")
def test_130_con_ctrl_c_se_detiene_sin_traza(oficina_en_marcha: Path) -> None:
    antes = foto(oficina_en_marcha)
    with subprocess.Popen(
        [sys.executable, "-c", ESPERA_LA_LISTA, "avanzar", "EB-2026-0003", "-"],
        cwd=oficina_en_marcha,
        env=entorno(EXPEDIENTE_AHORA=VIERNES),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as proceso:
        assert proceso.stderr is not None
        assert proceso.stderr.readline() == "leyendo\n"
        proceso.send_signal(signal.SIGINT)
        stdout, stderr = proceso.communicate(timeout=20)

    assert (proceso.returncode, stdout) == (130, "")
    assert stderr.startswith("Interrumpido. Lo que ya se había hecho quedó asentado")
    assert foto(oficina_en_marcha) == antes
