"""La receta para que la computadora haga los informes sola: cuándo, cuáles y qué orden se da.

Aquí no se instala nada: se escribe el texto que una persona copia en su programador de
tareas. Cómo se escribe para cada uno lo sabe `recetas_de_tareas`.

El viernes a las 14:00 la semana no ha terminado: ese día se hace la de curso, rotulada como
incompleta, y el lunes se hace la anterior, ya completa.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from expediente.almacen.definiciones import leer_informe
from expediente.almacen.disco import escribir_entero, hacer_carpeta
from expediente.nucleo.errores import ErrorUso, sugerencia
from expediente.nucleo.fecha import DIAS
from expediente.nucleo.periodo import ACTUAL, ANTERIOR, PERIODOS
from expediente.operaciones.recetas_de_tareas import (
    MESES_EN_QUE_TOCA,
    Programada,
    Receta,
    cron,
    systemd,
    tareas,
)
from expediente.operaciones.ventanilla import Ventanilla

TODOS = "todos"
FORMATOS = {"cron": cron, "systemd": systemd, "tareas": tareas}
# Cuándo se hace el periodo que ya terminó: temprano, antes de abrir la ventanilla.
HORA_DEL_COMPLETO = time(7, 30)
LUNES = 0


@dataclass(frozen=True)
class Pedida:
    """Lo que alguien quiere programar; `informes` vacío son todos.

    `formatos` son los ficheros que se piden además del Word: pdf, hoja o csv.
    """

    cada: str = "semana"
    hora: str = "14:00"
    dia_de_la_semana: str = "viernes"
    informes: tuple[str, ...] = ()
    formatos: tuple[str, ...] = ()


def receta(v: Ventanilla, formato: str, pedida: Pedida, programa: Sequence[str]) -> Receta:
    """La receta en ese formato; `programa` son la ruta del programa y sus argumentos propios.

    Lanza ErrorUso si la hora o el día no se entienden, NoExiste si no hay tal informe, y
    DatosInvalidos si una ruta no se puede escribir en ese formato.
    """
    return FORMATOS[formato](programadas(v, pedida, programa), str(v.raiz), v.oficina.zona)


def programadas(v: Ventanilla, pedida: Pedida, programa: Sequence[str]) -> tuple[Programada, ...]:
    """Las corridas que hacen falta: la del corte y la del periodo ya completo."""
    if pedida.cada not in PERIODOS:
        raise ErrorUso(f"--cada es uno de: {', '.join(PERIODOS)}.")
    hora = _hora(pedida.hora)
    dia = _dia(pedida.dia_de_la_semana) if pedida.cada == "semana" else None
    claves = pedida.informes or (TODOS,)
    for clave in claves:
        _revisar_informe(v, clave, pedida.cada)
    return tuple(
        Programada(
            nombre=_nombre(v, clave, pedida.cada, cual),
            orden=(
                *programa, "informe", clave, f"--{pedida.cada}", cual,
                *(f"--{formato}" for formato in pedida.formatos), "--oficina", str(v.raiz),
            ),
            cada=pedida.cada,
            hora=cuando,
            dia=en,
            empieza=_proxima(v.ahora, pedida.cada, cuando, en),
            que=f"Informes de expediente, por {pedida.cada} ({cual}): {clave}",
        )
        for cual, cuando, en in _momentos(pedida.cada, hora, dia)
        for clave in claves
    )  # fmt: skip


def _momentos(cada: str, hora: time, dia: int | None) -> list[tuple[str, time, int | None]]:
    """(actual o anterior, hora, día de la semana) de cada corrida."""
    completo = min(HORA_DEL_COMPLETO, hora)
    if cada in MESES_EN_QUE_TOCA:
        return [(ANTERIOR, hora, None)]
    if cada == "dia":
        return [(ACTUAL, hora, None), (ANTERIOR, completo, None)]
    # En lunes la semana en curso apenas empieza: lo que se quiere es la que terminó.
    corte = [] if dia == LUNES else [(ACTUAL, hora, dia)]
    return [*corte, (ANTERIOR, completo if corte else hora, LUNES)]


def _hora(escrita: str) -> time:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", escrita, re.ASCII):
        raise ErrorUso("--hora se escribe 14:00, de 00:00 a 23:59.")
    horas, _, minutos = escrita.partition(":")
    return time(int(horas), int(minutos))


def _dia(escrito: str) -> int:
    sin_acento = {_sin_acentos(dia): lugar for lugar, dia in enumerate(DIAS)}
    buscado = _sin_acentos(escrito.lower())
    if buscado not in sin_acento:
        raise ErrorUso(
            f"--dia-de-la-semana es uno de: {', '.join(DIAS)}.{sugerencia(escrito, DIAS)}"
        )
    return sin_acento[buscado]


def _sin_acentos(escrito: str) -> str:
    return unicodedata.normalize("NFKD", escrito).encode("ascii", "ignore").decode()


def _revisar_informe(v: Ventanilla, clave: str, cada: str) -> None:
    if clave != TODOS and cada not in (periodos := leer_informe(v.raiz, clave).periodos):
        raise ErrorUso(f"«{clave}» no se hace por {cada}, sino por: {', '.join(periodos)}.")


def _nombre(v: Ventanilla, clave: str, cada: str, cual: str) -> str:
    """Sin acentos ni espacios: nombra ficheros y tareas en cualquier sistema."""
    oficina = re.sub(r"[^a-z0-9]+", "-", _sin_acentos(v.raiz.name.lower())).strip("-")
    return f"expediente-{oficina or 'oficina'}-{clave}-{cada}-{cual}"


def _proxima(ahora: datetime, cada: str, hora: time, dia: int | None) -> datetime:
    """La primera vez que tocará, después de ahora; sin huso, en la hora de la oficina."""
    hoy = ahora.replace(tzinfo=None)
    cuando = datetime.combine(hoy.date(), hora)
    while cuando <= hoy or (dia is not None and cuando.weekday() != dia):
        cuando += timedelta(days=1)
    meses = MESES_EN_QUE_TOCA.get(cada)
    while meses and not (cuando.day == 1 and cuando.month in meses):
        cuando += timedelta(days=1)
    return cuando


def aviso_de_rutas(v: Ventanilla, formato: str) -> str | None:
    """Lo que hay que saber si la receta es para otra clase de computadora; None si es para ésta."""
    de_windows = bool(v.raiz.drive)
    if (formato == "tareas") == de_windows:
        return None
    donde = "Windows" if formato == "tareas" else "Linux"
    return (
        f"Las rutas de esta receta son las de esta computadora ({v.raiz}): para que sirva, dé esta "
        f"orden en la computadora con {donde} que hará los informes."
    )


def aviso_de_reloj(v: Ventanilla, desfase: timedelta) -> str | None:
    """Lo que hay que saber si la computadora no va a la hora de la oficina; None si va."""
    if (suyo := v.ahora.utcoffset()) is None or suyo == desfase:
        return None
    horas = (desfase - suyo).total_seconds() / 3600
    que = "adelantado" if horas > 0 else "atrasado"
    return (
        f"El reloj de esta computadora va {abs(horas):g} h {que} respecto a la oficina "
        f"({v.oficina.zona}): si su programador de tareas no entiende de husos, ponga la hora del "
        "sistema."
    )


def dejar_en_ficheros(hecha: Receta, salida: Path) -> list[Path]:
    """Escribe la receta en esa carpeta; devuelve los ficheros, en el orden de la receta."""
    hacer_carpeta(salida)
    rutas = []
    for nombre, contenido in hecha.ficheros.items():
        ruta = salida / nombre
        escribir_entero(ruta, contenido.encode(hecha.codificacion))
        rutas.append(ruta)
    return rutas
