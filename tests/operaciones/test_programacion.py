"""La receta para programar los informes se puede copiar tal cual, y funciona."""

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from expediente.almacen.oficina import crear_oficina
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste
from expediente.nucleo.periodo import PERIODOS
from expediente.operaciones.programacion import (
    Pedida,
    aviso_de_reloj,
    aviso_de_rutas,
    dejar_en_ficheros,
    programadas,
    receta,
)
from expediente.operaciones.recetas_de_tareas import AVISO, REGISTRO, tareas
from expediente.operaciones.ventanilla import Ventanilla, sentarse
from tests.conftest import Abridor, Correr

MUESTRAS = Path(__file__).parents[1] / "muestras"
DIFICIL = "Oficina d'Íñigo 100% ñ $HOME"
ESQUEMA = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
HAY_SH = pytest.mark.skipif(sys.platform == "win32", reason="pide /bin/sh")
HAY_SYSTEMD = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no hay systemd")


@pytest.fixture
def dificil(tmp_path: Path) -> Ventanilla:
    """Una oficina en una carpeta con espacios, acentos, comilla, % y $."""
    crear_oficina(tmp_path / DIFICIL, de_prueba=True)
    return sentarse(tmp_path / DIFICIL, datetime(2026, 11, 18, 9), "recepcion")


def renglones_de_cron(crontab: str) -> list[tuple[list[str], str]]:
    """(los cinco campos, la orden que cron daría a sh) de cada renglón que programa algo.

    Como lo lee cron: un % sin escapar corta la orden, y \\% es un %.
    """
    leidos = []
    for renglon in crontab.splitlines():
        if not renglon or renglon.startswith("#") or re.match(r"\w+=", renglon):
            continue
        *campos, orden = renglon.split(maxsplit=5)
        assert not re.search(r"(?<!\\)%", orden), "cron cortaría la orden en ese %"
        leidos.append((campos, orden.replace(r"\%", "%")))
    return leidos


def test_el_viernes_se_pide_la_semana_en_curso_y_el_lunes_la_anterior(ventanilla: Abridor) -> None:
    corte, completo = programadas(ventanilla("2026-11-18 09:00"), Pedida(), ["/bin/expediente"])

    assert corte.orden[:5] == ("/bin/expediente", "informe", "todos", "--semana", "actual")
    assert completo.orden[4] == "anterior"
    assert f"{corte.empieza:%A %d %H:%M}" == "Friday 20 14:00"
    assert f"{completo.empieza:%A %d %H:%M}" == "Monday 23 07:30"


def test_si_se_piden_en_lunes_se_hace_solo_la_semana_que_termino(ventanilla: Abridor) -> None:
    (unica,) = programadas(ventanilla(), Pedida(dia_de_la_semana="Lunes", hora="9:05"), ["x"])

    assert unica.orden[4] == "anterior" and f"{unica.empieza:%a %H:%M}" == "Mon 09:05"


def test_los_del_mes_se_hacen_el_dia_primero_del_siguiente(ventanilla: Abridor) -> None:
    (unica,) = programadas(ventanilla("2026-11-18 09:00"), Pedida(cada="mes"), ["x"])

    assert unica.orden[3:5] == ("--mes", "anterior")
    assert unica.empieza == datetime(2026, 12, 1, 14)


@pytest.mark.parametrize(
    ("cada", "empieza", "en_cron"),
    [
        ("trimestre", datetime(2027, 1, 1, 14), "0 14 1 1,4,7,10 *"),
        ("anio", datetime(2027, 1, 1, 14), "0 14 1 1 *"),
    ],
)
def test_los_del_trimestre_y_el_ano_se_hacen_cuando_acaban(
    cada: str, empieza: datetime, en_cron: str, ventanilla: Abridor
) -> None:
    v = ventanilla("2026-11-18 09:00")

    (unica,) = programadas(v, Pedida(cada=cada), ["x"])
    (contenido,) = receta(v, "cron", Pedida(cada=cada), ["x"]).ficheros.values()
    en_systemd = "".join(receta(v, "systemd", Pedida(cada="trimestre"), ["x"]).ficheros.values())
    en_windows = "".join(receta(v, "tareas", Pedida(cada="trimestre"), ["x"]).ficheros.values())

    assert unica.orden[3:5] == (f"--{cada}", "anterior") and unica.empieza == empieza
    assert [" ".join(campos) for campos, _ in renglones_de_cron(contenido)] == [en_cron]
    assert "OnCalendar=*-01,04,07,10-01 14:00:00" in en_systemd
    assert re.findall("<(January|April|July|October|May) />", en_windows) == [
        "January", "April", "July", "October",
    ]  # fmt: skip


def test_lo_programado_lleva_los_ficheros_que_se_piden(correr: Correr) -> None:
    corrida = correr("programar", "--cron", "--pdf", "--hoja")

    assert "--semana anterior --pdf --hoja --oficina" in corrida.stdout
    assert "expediente.crontab" not in corrida.stderr


def test_una_receta_para_otra_clase_de_computadora_lo_avisa(ventanilla: Abridor) -> None:
    v = ventanilla()
    de_aqui, ajena = ("tareas", "cron") if sys.platform == "win32" else ("cron", "tareas")

    assert aviso_de_rutas(v, de_aqui) is None
    assert "son las de esta computadora" in (aviso_de_rutas(v, ajena) or "")


@pytest.mark.parametrize(
    ("pedida", "dicho"),
    [
        (Pedida(cada="año"), "--cada es uno de"),
        (Pedida(hora="25:00"), "--hora se escribe"),
        (Pedida(dia_de_la_semana="viernez"), "Quiso decir «viernes»"),
    ],
)
def test_lo_que_no_se_entiende_se_dice_con_su_remedio(
    pedida: Pedida, dicho: str, ventanilla: Abridor
) -> None:
    with pytest.raises(ErrorUso, match=dicho):
        programadas(ventanilla(), pedida, ["x"])


def test_un_informe_semanal_no_se_programa_cada_mes(ventanilla: Abridor, oficina: Path) -> None:
    ruta = oficina / "informes" / "estrella-blanca.yaml"
    escrito = re.sub(r"(?m)^periodos:.*$", "periodos: [semana]", ruta.read_text("utf-8"))
    ruta.write_text(escrito, "utf-8")

    with pytest.raises(ErrorUso, match="no se hace por mes, sino por: semana"):
        programadas(ventanilla(), Pedida(cada="mes", informes=("estrella-blanca",)), ["x"])


def test_un_informe_que_no_hay_no_se_programa(ventanilla: Abridor) -> None:
    with pytest.raises(NoExiste, match="Quiso decir «estrella-blanca»"):
        programadas(ventanilla(), Pedida(informes=("estrella-blanco",)), ["x"])


def test_el_crontab_dice_minuto_hora_y_dia(ventanilla: Abridor) -> None:
    por_semana = receta(ventanilla(), "cron", Pedida(hora="14:05"), ["/bin/expediente"])
    por_mes = receta(ventanilla(), "cron", Pedida(cada="mes"), ["/bin/expediente"])
    por_dia = receta(ventanilla(), "cron", Pedida(cada="dia", hora="15:30"), ["/bin/expediente"])

    (contenido,) = por_semana.ficheros.values()
    assert "CRON_TZ=America/Monterrey" in contenido
    campos = [
        [" ".join(c) for c, _ in renglones_de_cron(next(iter(r.ficheros.values())))]
        for r in (por_semana, por_mes, por_dia)
    ]
    assert campos == [["5 14 * * 5", "30 7 * * 1"], ["0 14 1 * *"], ["30 15 * * *", "30 7 * * *"]]


@HAY_SH
def test_el_renglon_de_cron_hace_los_informes_y_deja_su_registro(dificil: Ventanilla) -> None:
    hecha = receta(dificil, "cron", Pedida(), [sys.executable, "-m", "expediente"])
    (_, orden), _ = renglones_de_cron(next(iter(hecha.ficheros.values())))

    corrida = _en_sh(orden, dificil.raiz.parent)

    assert (corrida.returncode, corrida.stdout, corrida.stderr) == (0, "", "")
    registro = (dificil.raiz / REGISTRO).read_text("utf-8")
    assert registro.startswith("== 20") and "estrella-blanca" in registro
    assert list((dificil.raiz / "informes").rglob("estrella-blanca.docx"))
    assert not (dificil.raiz / AVISO).exists()


@HAY_SH
def test_si_terminan_mal_cron_deja_un_aviso_y_lo_dice(dificil: Ventanilla) -> None:
    (dificil.raiz / "informes" / "estrella-blanca.yaml").write_text("clave: [", "utf-8")
    hecha = receta(dificil, "cron", Pedida(), [sys.executable, "-m", "expediente"])
    (_, orden), _ = renglones_de_cron(next(iter(hecha.ficheros.values())))

    corrida = _en_sh(orden, dificil.raiz.parent)

    assert "terminó con código 1" in corrida.stdout
    assert (dificil.raiz / AVISO).read_text("utf-8") == corrida.stdout


@HAY_SH
def test_si_estaba_ocupado_lo_intenta_otra_vez(dificil: Ventanilla, tmp_path: Path) -> None:
    programa = tmp_path / "ocupado la primera vez"
    programa.write_text(
        f'#!/bin/sh\ncd "{tmp_path}"; echo x >> veces\n[ -e ya ] && exit 0\ntouch ya; exit 75\n',
        "utf-8",
    )
    programa.chmod(0o755)
    hecha = receta(dificil, "cron", Pedida(), [str(programa)])
    (_, orden), _ = renglones_de_cron(next(iter(hecha.ficheros.values())))

    corrida = _en_sh(orden.replace("sleep 300", "sleep 0"), tmp_path)

    assert (tmp_path / "veces").read_text("utf-8").count("x") == 2
    assert (corrida.returncode, corrida.stdout) == (0, "")


def _en_sh(orden: str, en: Path) -> "subprocess.CompletedProcess[str]":
    """La orden como la da cron: con /bin/sh, en otra carpeta y casi sin entorno."""
    return subprocess.run(
        ["/bin/sh", "-c", orden],
        cwd=en,
        env={
            "HOME": str(en),
            "PATH": "/usr/bin:/bin",
            "LOGNAME": "recepcion",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_una_ruta_que_no_cabe_en_un_crontab_se_dice(tmp_path: Path) -> None:
    raiz = tmp_path / ("o" * 200) / ("p" * 200)
    crear_oficina(raiz, de_prueba=True)

    with pytest.raises(DatosInvalidos, match="no cabe en un crontab; use --systemd"):
        receta(sentarse(raiz, None, "x"), "cron", Pedida(), ["/bin/expediente"])


@HAY_SYSTEMD
@pytest.mark.parametrize("cada", PERIODOS)
def test_systemd_da_por_buenas_las_unidades(cada: str, dificil: Ventanilla, tmp_path: Path) -> None:
    unidades = tmp_path / "unidades"
    hecha = receta(dificil, "systemd", Pedida(cada=cada), [sys.executable, "-m", "expediente"])
    dejar_en_ficheros(hecha, unidades)
    principales = [u for u in sorted(unidades.iterdir()) if "@" not in u.name]

    revisado = subprocess.run(
        ["systemd-analyze", "--user", "verify", *map(str, principales)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "SYSTEMD_UNIT_PATH": f"{unidades}:"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert [
        d for d in revisado.stderr.splitlines() if str(unidades) in d or "expediente" in d
    ] == []
    assert revisado.returncode == 0, revisado.stderr


@HAY_SYSTEMD
def test_el_reloj_de_systemd_toca_cuando_se_pidio(ventanilla: Abridor) -> None:
    hecha = receta(ventanilla(), "systemd", Pedida(), ["/bin/expediente"])
    cuando = [
        re.search("OnCalendar=(.*)", contenido)[1]  # type: ignore[index]
        for nombre, contenido in hecha.ficheros.items()
        if nombre.endswith(".timer")
    ]

    dicho = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2026-11-18", *cuando],
        env={**os.environ, "TZ": "America/Monterrey", "LANG": "C"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert re.findall(r"Next elapse: (\w+ [\d-]+ [\d:]+)", dicho) == [
        "Fri 2026-11-20 14:00:00",
        "Mon 2026-11-23 07:30:00",
    ]


def test_systemd_reintenta_si_estaba_ocupado_y_avisa_si_no_termina(ventanilla: Abridor) -> None:
    hecha = receta(ventanilla(), "systemd", Pedida(), ["/bin/expediente"])

    servicio = next(c for n, c in hecha.ficheros.items() if n.endswith("actual.service"))
    sin_remedio = re.search(r"RestartPreventExitStatus=(.*)", servicio)
    assert sin_remedio is not None and "75" not in sin_remedio[1].split()
    assert "Restart=on-failure" in servicio and "OnFailure=expediente-aviso@%n" in servicio
    assert "Persistent=true" in next(c for n, c in hecha.ficheros.items() if n.endswith(".timer"))


def test_la_tarea_de_windows_es_un_xml_que_dice_cuando_y_que(dificil: Ventanilla) -> None:
    programa = r"C:\Archivos de programa (x86)\Ñandú\expediente.exe"
    oficina = r"C:\Users\Lupita\Oficina de atención & ñ"
    dichas = programadas(dificil, Pedida(), [programa])
    dichas = tuple(type(t)(**{**vars(t), "orden": (*t.orden[:-1], oficina)}) for t in dichas)

    hecha = tareas(dichas, oficina, "America/Monterrey")

    nombre, contenido = next(iter(hecha.ficheros.items()))
    raiz = ElementTree.fromstring(contenido.encode("utf-16"))
    assert re.fullmatch(r"[a-z0-9-]+\.xml", nombre)
    assert [rama.tag.removeprefix(ESQUEMA) for rama in raiz] == [
        "RegistrationInfo", "Triggers", "Principals", "Settings", "Actions",
    ]  # fmt: skip
    disparo = raiz.find(f"{ESQUEMA}Triggers/{ESQUEMA}CalendarTrigger")
    assert disparo is not None
    # El esquema publicado manda ese orden: primero el comienzo, después el calendario.
    assert [d.tag.removeprefix(ESQUEMA) for d in disparo] == ["StartBoundary", "ScheduleByWeek"]
    assert disparo.findtext(f"{ESQUEMA}StartBoundary") == "2026-11-20T14:00:00"
    assert disparo.find(f".//{ESQUEMA}Friday") is not None
    argumentos = raiz.findtext(f".//{ESQUEMA}Arguments") or ""
    assert argumentos.startswith(f'/d /s /c ""{programa}" "informe" "todos" "--semana" "actual"')
    assert f'"{oficina}" >> "{oficina}\\{REGISTRO}" 2>&1' in argumentos
    assert "if errorlevel 75 if not errorlevel 76" in argumentos
    assert argumentos.count("(") - argumentos.count("(x86)") == 4 - 1
    assert f'/XML "{nombre}"' in hecha.instrucciones[1]


@pytest.mark.parametrize("cada", PERIODOS)
def test_la_tarea_cumple_el_esquema_que_windows_publica(cada: str, ventanilla: Abridor) -> None:
    esquema = etree.XMLSchema(etree.parse(MUESTRAS / "tarea_programada.xsd"))

    hecha = receta(ventanilla(), "tareas", Pedida(cada=cada), [r"C:\expediente.exe"])

    for contenido in hecha.ficheros.values():
        esquema.assertValid(etree.fromstring(contenido.encode("utf-16")))


def test_windows_no_admite_porcientos_ni_comillas_en_la_ruta(dificil: Ventanilla) -> None:
    with pytest.raises(DatosInvalidos, match="no admite una ruta con %"):
        receta(dificil, "tareas", Pedida(), ["expediente.exe"])


def test_en_ficheros_el_xml_queda_en_utf_16_como_lo_quiere_schtasks(
    correr: Correr, tmp_path: Path
) -> None:
    corrida = correr("programar", "--tareas", "--cada", "mes", "--salida", tmp_path / "x")

    (fichero,) = (tmp_path / "x").iterdir()
    assert corrida.codigo == 0 and str(fichero) in corrida.stdout
    assert fichero.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert ElementTree.fromstring(fichero.read_bytes()).tag == f"{ESQUEMA}Task"


def test_programar_no_instala_ni_cambia_nada(correr: Correr, oficina: Path) -> None:
    antes = sorted(oficina.rglob("*"))

    corrida = correr("programar", "--cron")

    assert corrida.codigo == 0 and str(oficina) in corrida.stdout
    assert sorted(oficina.rglob("*")) == antes


def test_se_elige_uno_y_solo_un_programador(correr: Correr) -> None:
    assert correr("programar").codigo == 2
    assert correr("programar", "--cron", "--tareas").codigo == 2


def test_si_la_computadora_va_a_otra_hora_se_avisa(ventanilla: Abridor) -> None:
    v = ventanilla()

    assert aviso_de_reloj(v, timedelta(hours=-6)) is None
    assert "va 6 h adelantado" in (aviso_de_reloj(v, timedelta()) or "")
