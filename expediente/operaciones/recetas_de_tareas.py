"""Cómo se escribe una tarea programada: crontab, systemd de usuario y Windows.

Cada receta lleva rutas absolutas, deja su salida en un registro junto a la oficina, insiste
si estaba ocupado (código 75) y, si termina con otro código, lo deja dicho en un aviso.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from xml.etree import ElementTree

from expediente.nucleo.errores import CasoCambio, DatosInvalidos

REGISTRO = "informes-programados.log"
AVISO = "AVISO-informes-programados.txt"
OCUPADO = CasoCambio.codigo_salida
ESPERA_SEGUNDOS, INTENTOS = 300, 4
# Los que repetir no remedia; con 75, o si la máquina lo mató, se vuelve a intentar.
SIN_REMEDIO = (1, 2, 65, 66, 69, 74, 77, 130)
_LARGO_DE_CRON = 990
_INGLES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MESES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# En qué meses, el día primero, se hace lo que terminó la víspera.
MESES_EN_QUE_TOCA = {"mes": tuple(range(1, 13)), "trimestre": (1, 4, 7, 10), "anio": (1,)}
_ESQUEMA = "http://schemas.microsoft.com/windows/2004/02/mit/task"


@dataclass(frozen=True)
class Programada:
    """Una corrida: qué orden, y cada cuándo. `dia` es el de la semana, 0 el lunes.

    `empieza` es la primera vez que tocará, en la hora de la oficina.
    """

    nombre: str
    orden: tuple[str, ...]
    cada: str
    hora: time
    dia: int | None
    empieza: datetime
    que: str


@dataclass(frozen=True)
class Receta:
    """Lo que hay que copiar: {nombre de fichero: contenido}, y cómo se instala."""

    ficheros: Mapping[str, str]
    instrucciones: tuple[str, ...]
    codificacion: str = "utf-8"


def cron(tareas: Sequence[Programada], oficina: str, zona: str) -> Receta:
    """Un crontab. Lanza DatosInvalidos si una ruta no cabe en su renglón."""
    renglones = [
        "# Informes de expediente. Añádalo a su crontab; no quite lo que ya tenga.",
        "# Si su cron no entiende CRON_TZ (el de Debian y Ubuntu), las horas son las del sistema.",
        f"CRON_TZ={zona}",
        "SHELL=/bin/sh",
    ]
    for tarea in tareas:
        renglones += [f"# {tarea.que}", _renglon_de_cron(tarea, oficina)]
    return Receta(
        {"expediente.crontab": "\n".join(renglones) + "\n"},
        (
            "Revise lo que ya tiene con «crontab -l» y añada esta receta con «crontab -e».",
            f"Lo que haga quedará en {oficina}/{REGISTRO}; si algo falla, en {AVISO}.",
        ),
    )


def _renglon_de_cron(tarea: Programada, oficina: str) -> str:
    cuando = f"{tarea.hora.minute} {tarea.hora.hour}"
    if tarea.cada in MESES_EN_QUE_TOCA:
        cuando += f" 1 {_meses(tarea.cada, '1')} *"
    else:
        cuando += " * * *" if tarea.dia is None else f" * * {tarea.dia + 1}"
    renglon = f"{cuando} {_escapar_porciento(_guion_de_sh(tarea, oficina))}"
    if len(renglon.encode()) > _LARGO_DE_CRON:
        raise DatosInvalidos(
            f"{oficina}: con una ruta tan larga el renglón no cabe en un crontab; use --systemd, o "
            "acorte la ruta."
        )
    return renglon


def _meses(cada: str, cifras: str) -> str:
    """Los meses en que toca, como los escriben cron y systemd: «*» si son todos."""
    meses = MESES_EN_QUE_TOCA[cada]
    return "*" if len(meses) == 12 else ",".join(f"{mes:0{cifras}d}" for mes in meses)


def _escapar_porciento(escrito: str) -> str:
    """Un % sin escapar sería, para cron, un salto de línea."""
    return escrito.replace("%", r"\%")


def _guion_de_sh(tarea: Programada, oficina: str) -> str:
    """Da la orden, insiste si estaba ocupado y, si no terminó en 0, lo dice y lo deja escrito."""
    orden = " ".join(shlex.quote(_en_un_renglon(parte)) for parte in tarea.orden)
    registro, aviso = (shlex.quote(f"{oficina}/{nombre}") for nombre in (REGISTRO, AVISO))
    intentos = " ".join(str(n) for n in range(1, INTENTOS + 1))
    return (
        f"R={registro}; for i in {intentos}; do "
        f'date "+== %Y-%m-%d %H:%M" >> "$R"; {orden} >> "$R" 2>&1; c=$?; '
        f"[ $c -eq {OCUPADO} ] || break; sleep {ESPERA_SEGUNDOS}; done; "
        f'[ $c -eq 0 ] || echo "$(date "+%Y-%m-%d %H:%M") {tarea.nombre}: terminó con código $c; '
        f'vea $R" | tee -a {aviso}'
    )


def _en_un_renglon(parte: str) -> str:
    if not parte.isprintable():
        raise DatosInvalidos(f"{parte!r}: una ruta con saltos de línea no se puede programar.")
    return parte


def systemd(tareas: Sequence[Programada], oficina: str, zona: str) -> Receta:
    """Las unidades .service y .timer de usuario, y la que deja el aviso si una falla."""
    ficheros = {}
    for tarea in tareas:
        ficheros[f"{tarea.nombre}.service"] = _servicio(tarea, oficina)
        ficheros[f"{tarea.nombre}.timer"] = _reloj(tarea, zona)
    ficheros["expediente-aviso@.service"] = _unidad_de_aviso(oficina)
    relojes = " ".join(f"{tarea.nombre}.timer" for tarea in tareas)
    return Receta(
        ficheros,
        (
            "Póngalos en ~/.config/systemd/user/, cada uno con su nombre, y después:",
            "systemctl --user daemon-reload",
            f"systemctl --user enable --now {relojes}",
            "loginctl enable-linger   (para que corra aunque nadie haya entrado)",
            f"Lo que haga quedará en {oficina}/{REGISTRO}; si algo falla, en {AVISO}.",
        ),
    )


def _servicio(tarea: Programada, oficina: str) -> str:
    orden = " ".join(_para_systemd(_en_un_renglon(parte)) for parte in tarea.orden)
    registro = f"{oficina}/{REGISTRO}".replace("%", "%%")
    return (
        "[Unit]\n"
        f"Description={tarea.que.replace('%', '%%')}\n"
        "OnFailure=expediente-aviso@%n.service\n"
        "StartLimitIntervalSec=2h\n"
        f"StartLimitBurst={INTENTOS}\n"
        "\n[Service]\n"
        "Type=oneshot\n"
        f"ExecStart={orden}\n"
        f"# {OCUPADO} es «ocupado, vuelva a intentar»; los demás códigos no mejoran repitiendo.\n"
        "Restart=on-failure\n"
        f"RestartPreventExitStatus={' '.join(map(str, SIN_REMEDIO))}\n"
        f"RestartSec={ESPERA_SEGUNDOS}\n"
        f"StandardOutput=append:{registro}\n"
        f"StandardError=append:{registro}\n"
    )


def _para_systemd(parte: str) -> str:
    """Entre comillas dobles, con lo que systemd expandiría ya doblado."""
    escapada = parte.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escapada.replace("%", "%%").replace("$", "$$")}"'


def _reloj(tarea: Programada, zona: str) -> str:
    dia = "" if tarea.dia is None else f"{_INGLES[tarea.dia][:3]} "
    fecha = f"*-{_meses(tarea.cada, '2')}-01" if tarea.cada in MESES_EN_QUE_TOCA else "*-*-*"
    return (
        "[Unit]\n"
        f"Description={tarea.que.replace('%', '%%')}\n"
        "\n[Timer]\n"
        f"OnCalendar={dia}{fecha} {tarea.hora:%H:%M:%S} {zona}\n"
        "# Si la computadora estaba apagada, se hace al encenderla.\n"
        "Persistent=true\n"
        "\n[Install]\n"
        "WantedBy=timers.target\n"
    )


def _unidad_de_aviso(oficina: str) -> str:
    aviso = shlex.quote(f"{oficina}/{AVISO}")
    guion = f'echo "$(date "+%Y-%m-%d %H:%M") $1: no terminó bien; vea {REGISTRO}" >> {aviso}'
    return (
        "[Unit]\n"
        "Description=Deja escrito que unos informes de expediente no terminaron bien\n"
        "\n[Service]\n"
        "Type=oneshot\n"
        f'ExecStart=/bin/sh -c {_para_systemd(guion)} aviso "%i"\n'
    )


def tareas(programadas: Sequence[Programada], oficina: str, zona: str) -> Receta:
    """Las tareas del Programador de Windows, en XML, y las órdenes que las registran.

    Lanza DatosInvalidos si una ruta lleva algo que la consola de Windows cambiaría.
    """
    ficheros = {f"{t.nombre}.xml": _xml(t, oficina) for t in programadas}
    ordenes = [
        f'schtasks /Create /TN "Expediente\\{t.nombre}" /XML "{t.nombre}.xml"' for t in programadas
    ]
    return Receta(
        ficheros,
        (
            "Guarde los .xml (con --salida CARPETA ya quedan en UTF-16) y, en su carpeta:",
            *ordenes,
            f"Las horas son las de la computadora; la oficina está en {zona}.",
            f"Lo que haga quedará en {oficina}\\{REGISTRO}; si algo falla, en {AVISO}.",
        ),
        codificacion="utf-16",
    )


def _xml(tarea: Programada, oficina: str) -> str:
    ElementTree.register_namespace("", _ESQUEMA)
    raiz = ElementTree.Element(f"{{{_ESQUEMA}}}Task", version="1.2")
    registro = _rama(raiz, "RegistrationInfo")
    _hoja(registro, "Description", tarea.que)
    disparo = _rama(_rama(raiz, "Triggers"), "CalendarTrigger")
    _hoja(disparo, "StartBoundary", tarea.empieza.isoformat(timespec="seconds"))
    _calendario(disparo, tarea)
    quien = _rama(_rama(raiz, "Principals"), "Principal", id="Author")
    _hoja(quien, "LogonType", "InteractiveToken")
    _hoja(quien, "RunLevel", "LeastPrivilege")
    ajustes = _rama(raiz, "Settings")
    for nombre, dato in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("ExecutionTimeLimit", "PT2H"),
    ):
        _hoja(ajustes, nombre, dato)
    ejecuta = _rama(_rama(raiz, "Actions", Context="Author"), "Exec")
    _hoja(ejecuta, "Command", "cmd.exe")
    _hoja(ejecuta, "Arguments", _argumentos_de_cmd(tarea, oficina))
    ElementTree.indent(raiz)
    cuerpo = ElementTree.tostring(raiz, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{cuerpo}\n'


def _rama(padre: ElementTree.Element, nombre: str, **atributos: str) -> ElementTree.Element:
    return ElementTree.SubElement(padre, f"{{{_ESQUEMA}}}{nombre}", dict(atributos))


def _hoja(padre: ElementTree.Element, nombre: str, dato: str) -> None:
    _rama(padre, nombre).text = dato


def _calendario(disparo: ElementTree.Element, tarea: Programada) -> None:
    if tarea.cada == "dia":
        _hoja(_rama(disparo, "ScheduleByDay"), "DaysInterval", "1")
    elif tarea.cada in MESES_EN_QUE_TOCA:
        cada_mes = _rama(disparo, "ScheduleByMonth")
        _hoja(_rama(cada_mes, "DaysOfMonth"), "Day", "1")
        meses = _rama(cada_mes, "Months")
        for mes in MESES_EN_QUE_TOCA[tarea.cada]:
            _rama(meses, _MESES[mes - 1])
    else:
        semanal = _rama(disparo, "ScheduleByWeek")
        _hoja(semanal, "WeeksInterval", "1")
        _rama(_rama(semanal, "DaysOfWeek"), _INGLES[tarea.dia or 0])


def _argumentos_de_cmd(tarea: Programada, oficina: str) -> str:
    """La orden para cmd: con registro, otro intento si estaba ocupado, y aviso si falla."""
    registro, aviso = (_para_cmd(f"{oficina}\\{nombre}") for nombre in (REGISTRO, AVISO))
    orden = f"{' '.join(_para_cmd(parte) for parte in tarea.orden)} >> {registro} 2>&1"
    # ping espera aun sin consola, y timeout no.
    espera = f"ping -n {ESPERA_SEGUNDOS + 1} 127.0.0.1 >nul"
    ocupado = f"if errorlevel {OCUPADO} if not errorlevel {OCUPADO + 1}"
    dicho = f"echo {tarea.nombre}: no termino bien, vea {REGISTRO} >> {aviso}"
    guion = f"{orden} & ({ocupado} ({espera} & {orden})) & if errorlevel 1 ({dicho} & exit 1)"
    return f'/d /s /c "{guion}"'


def _para_cmd(parte: str) -> str:
    if any(letra in parte for letra in '%"') or not parte.isprintable():
        raise DatosInvalidos(
            f"{parte}: la consola de Windows no admite una ruta con % o comillas; cámbiele el "
            "nombre."
        )
    return f'"{parte}"'
