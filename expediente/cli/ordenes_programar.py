"""La orden que escribe la receta para programar los informes."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.opciones_de_informe import OpcionCsv, OpcionHoja, OpcionSuPdf
from expediente.cli.pantalla import avisar, decir, en_json
from expediente.nucleo.errores import ErrorUso
from expediente.operaciones.programacion import (
    Pedida,
    aviso_de_reloj,
    aviso_de_rutas,
    dejar_en_ficheros,
    programadas,
    receta,
)
from expediente.operaciones.recetas_de_tareas import Programada, Receta

ArgumentoInformes = Annotated[
    list[str] | None,
    typer.Argument(metavar="[INFORME...]", help="Cuáles; sin decirlo, todos."),
]
OpcionCron = Annotated[bool, typer.Option("--cron", help="Para crontab (Linux, macOS).")]
OpcionSystemd = Annotated[bool, typer.Option("--systemd", help="Para systemd de usuario (Linux).")]
OpcionTareas = Annotated[
    bool, typer.Option("--tareas", help="Para el Programador de tareas de Windows.")
]
OpcionCada = Annotated[
    str, typer.Option("--cada", metavar="PERIODO", help="dia, semana, mes, trimestre o anio.")
]
OpcionHora = Annotated[
    str,
    typer.Option("--hora", metavar="HORA", help="A qué hora; lo ya completo, a las 7:30."),
]
OpcionDiaDeLaSemana = Annotated[
    str, typer.Option("--dia-de-la-semana", metavar="DÍA", help="Si es por semana.")
]
OpcionPrograma = Annotated[
    str | None,
    typer.Option("--programa", metavar="RUTA", help="Dónde está expediente, si no es éste."),
]
OpcionSalida = Annotated[
    Path | None,
    typer.Option("--salida", metavar="CARPETA", help="La deja en ficheros ahí."),
]


def programar(
    informes: ArgumentoInformes = None,
    cron: OpcionCron = False,
    systemd: OpcionSystemd = False,
    tareas: OpcionTareas = False,
    cada: OpcionCada = "semana",
    hora: OpcionHora = "14:00",
    dia_de_la_semana: OpcionDiaDeLaSemana = "viernes",
    pdf: OpcionSuPdf = False,
    hoja: OpcionHoja = False,
    csv: OpcionCsv = False,
    programa: OpcionPrograma = None,
    salida: OpcionSalida = None,
    oficina: OpcionOficina = None,
    json: OpcionJson = False,
) -> None:
    """Escribe la receta para que la computadora haga los informes sola. No instala nada.

    Ese día se hace la semana en curso, rotulada como incompleta; y el lunes a las 7:30, la
    anterior ya completa. Lo del mes, el trimestre o el año, el día primero. Repetirse no hace
    daño: lo ya hecho no se hace dos veces. Los códigos con que termina: 0 hecho; 1 algo
    falló o no se pudo leer; 75 ocupado, se vuelve a intentar.

        expediente programar --cron --hora 14:00
    """
    formatos = [n for n, si in (("cron", cron), ("systemd", systemd), ("tareas", tareas)) if si]
    if len(formatos) != 1:
        raise ErrorUso("Elija uno: --cron, --systemd o --tareas.")
    v = ventanilla(oficina)
    ruta = [programa] if programa else _programa()
    ademas = tuple(n for n, si in (("pdf", pdf), ("hoja", hoja), ("csv", csv)) if si)
    pedida = Pedida(cada, hora, dia_de_la_semana, tuple(informes or ()), ademas)
    hecha = receta(v, formatos[0], pedida, ruta)
    ficheros = dejar_en_ficheros(hecha, salida) if salida else []
    if json:
        hechas = programadas(v, pedida, ruta)
        en_json(_receta_json(formatos[0], hechas, hecha, ficheros))
        return
    for fichero in ficheros:
        decir(f"Quedó en {fichero}")
    if not salida:
        decir("\n".join(_con_titulos(hecha.ficheros)))
    for instruccion in hecha.instrucciones:
        avisar(instruccion)
    for aviso in (aviso_de_rutas(v, formatos[0]), aviso_de_reloj(v, _desfase_del_sistema())):
        if aviso:
            avisar(aviso)


def _receta_json(
    formato: str, tareas: Sequence[Programada], hecha: Receta, ficheros: Sequence[Path]
) -> dict[str, Any]:
    return {
        "formato": formato,
        "tareas": [
            {
                "nombre": tarea.nombre,
                "orden": list(tarea.orden),
                "empieza": tarea.empieza.isoformat(timespec="minutes"),
            }
            for tarea in tareas
        ],
        "contenido": dict(hecha.ficheros),
        "instrucciones": list(hecha.instrucciones),
        "ficheros": [str(fichero) for fichero in ficheros],
    }


def _con_titulos(ficheros: Mapping[str, str]) -> list[str]:
    """El contenido de cada fichero; si son varios, con su nombre delante."""
    if len(ficheros) == 1:
        return list(ficheros.values())
    return [f"===== {nombre} =====\n{contenido}" for nombre, contenido in ficheros.items()]


def _programa() -> list[str]:
    """La ruta absoluta de este programa."""
    if hallado := shutil.which(sys.argv[0]) or shutil.which("expediente"):
        return [str(Path(hallado).absolute())]
    return [sys.executable, "-m", "expediente"]


def _desfase_del_sistema() -> timedelta:
    return datetime.now().astimezone().utcoffset() or timedelta()
