"""Lo que hace quien atiende la ventanilla: teclear, contestar, leer un folio de la pantalla."""

import hashlib
import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import Correr, Corrida

RAIZ = Path(__file__).parents[2]
REQUISITOS = (
    "--requisito", "identificacion", "--requisito", "comprobante_domicilio",
    "--requisito", "carnet",
)  # fmt: skip
VIAJE = {
    "beneficiario.nombres": "Ofelia",
    "beneficiario.primer_apellido": "Cervantes",
    "beneficiario.segundo_apellido": "Cázares",
    "domicilio.calle": "Calle 5 de Febrero",
    "domicilio.numero": "19",
    "domicilio.colonia": "Las Huertas del Vado",
    "origen": "San Jerónimo de los Ríos",
    "destino": "Torreón",
    "tipo_viaje": "redondo",
    "fecha_viaje": "24/11/2026",
    "fecha_regreso": "28/11/2026",
    "institucion_salud": "Clínica 46",
    "motivo": "tratamiento",
}


def datos(campos: Mapping[str, str]) -> list[str]:
    """Los argumentos `-d campo=valor`."""
    return [parte for campo, valor in campos.items() for parte in ("-d", f"{campo}={valor}")]


def abrir_viaje(correr: Correr, **cambios: str) -> str:
    """El folio de un viaje recién abierto con todos sus datos."""
    abierto = correr("abrir", "estrella-blanca", *datos(VIAJE | cambios), "--json")
    assert abierto.codigo == 0, abierto
    folio: str = json.loads(abierto.stdout)["resultados"][0]["folio"]
    return folio


def llevar_a(correr: Correr, folio: str, paso: str) -> None:
    """Da los pasos de un viaje hasta que toque ése."""
    pasos: dict[str, Sequence[str]] = {
        "registrar": (),
        "reunir-requisitos": REQUISITOS,
        "elaborar": (),
        "autorizar": ("--resultado", "autoriza", "--por", "directora"),
        "entregar": (),
        "orientar": (),
        "archivar": (),
    }
    for dado, argumentos in pasos.items():
        if dado == paso:
            return
        hecho = correr("avanzar", folio, "--paso", dado, *argumentos)
        assert hecho.codigo == 0, hecho


def objeto(corrida: Corrida) -> dict[str, Any]:
    """El único objeto JSON que una orden escribió."""
    leido = json.loads(corrida.stdout)
    assert leido["esquema"] == 1
    return dict(leido)


def foto(carpeta: Path) -> dict[str, str]:
    """Cada fichero y carpeta con su suma, para saber si algo cambió.

    Sin las marcas de cambio: se ponen antes de publicar y no dicen que se haya publicado.
    """
    return {
        ruta.relative_to(carpeta).as_posix(): hashlib.sha256(ruta.read_bytes()).hexdigest()
        if ruta.is_file()
        else "carpeta"
        for ruta in sorted(carpeta.rglob("*"))
        if ".cambios" not in ruta.parts
    }


def entorno(**variables: str) -> dict[str, str]:
    """Un entorno limpio de lo que cambia el habla o el reloj, con esas variables."""
    propias = ("EXPEDIENTE", "LANG", "LC_", "PYTHON", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    limpio = {k: v for k, v in os.environ.items() if not k.startswith(propias)}
    return {**limpio, "LOGNAME": "recepcion", "PYTHONPATH": str(RAIZ), **variables}


def aparte(
    *argumentos: object, en: Path, stdin: bytes = b"", guion: str = "", **variables: str
) -> Corrida:
    """La orden en otro proceso: lo que de verdad llega a los canales.

    `guion` es Python que corre antes que el programa, en el mismo proceso.
    """
    programa = f"{guion}\nfrom expediente.__main__ import principal\nprincipal()"
    hecho = subprocess.run(
        [sys.executable, "-c", programa, *map(str, argumentos)],
        cwd=en,
        env=entorno(**variables),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
    )
    codificacion = variables.get("PYTHONIOENCODING", "utf-8").partition(":")[0]
    return Corrida(
        hecho.returncode, hecho.stdout.decode(codificacion), hecho.stderr.decode(codificacion)
    )


def en_terminal(
    *argumentos: object, en: Path, teclas: str = "", **variables: str
) -> tuple[int, str]:
    """La orden en una terminal de verdad: (código, todo lo que se vio en pantalla)."""
    propia, ajena = pty.openpty()
    proceso = subprocess.Popen(
        [sys.executable, "-m", "expediente", *map(str, argumentos)],
        cwd=en,
        env=entorno(TERM="xterm-256color", COLUMNS="120", **variables),
        stdin=ajena,
        stdout=ajena,
        stderr=ajena,
        close_fds=True,
    )
    os.close(ajena)
    if teclas:
        os.write(propia, teclas.encode())
    pantalla = b""
    while True:
        listos, _, _ = select.select([propia], [], [], 20)
        assert listos, f"la terminal se quedó esperando: {pantalla.decode()}"
        try:
            trozo = os.read(propia, 65536)
        except OSError:  # en Linux, así dice la terminal que ya no hay quien escriba
            break
        if not trozo:
            break
        pantalla += trozo
    os.close(propia)
    return proceso.wait(timeout=20), pantalla.decode("utf-8").replace("\r\n", "\n")
