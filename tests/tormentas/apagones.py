"""Apagones y fallos de disco de mentira, en un proceso hijo.

Un gancho de auditoría cuenta lo que el hijo le hace a las carpetas vigiladas (abrir para
escribir, asegurar una carpeta, renombrar, borrar, hacer carpetas, enlazar) y en el suceso
pedido lo mata o le da un error del sistema. El hijo nace de `fork`, con todo ya importado.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from expediente.cli.app import correr

MUERTO = 137
DEFECTO = 70
_CAMBIAN = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link")
_ESCRIBE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Corrida:
    """Cómo acabó un hijo: código, lo que dijo y cuántos sucesos se le contaron.

    `sucesos` es None si murió antes de poder decirlo.
    """

    codigo: int
    salida: str
    error: str
    sucesos: int | None


@dataclass(frozen=True)
class Falla:
    """Qué pasa en el suceso número `lugar`: un apagón, o el error `errno` del sistema."""

    lugar: int
    errno: int | None = None


def correr_orden(
    argumentos: Sequence[str], vigiladas: Sequence[Path], falla: Falla | None = None
) -> Corrida:
    """Corre una orden del programa en un hijo, con esa falla; sin ella, hasta el final."""
    return en_un_hijo(lambda: correr(argumentos), vigiladas, falla)


def en_un_hijo(
    hacer: Callable[[], int], vigiladas: Sequence[Path], falla: Falla | None = None
) -> Corrida:
    """Corre `hacer` en un hijo; su resultado es el código de salida."""
    with (
        tempfile.TemporaryFile("w+b") as salida,
        tempfile.TemporaryFile("w+b") as error,
        tempfile.TemporaryFile("w+b") as cuenta,
    ):
        hijo = os.fork()
        if not hijo:
            _vivir(hacer, vigiladas, falla, (salida.fileno(), error.fileno(), cuenta.fileno()))
        _, acabo = os.waitpid(hijo, 0)
        dichos = []
        for fichero in (salida, error, cuenta):
            fichero.seek(0)
            dichos.append(fichero.read().decode("utf-8"))
    contados = int(dichos[2]) if dichos[2] else None
    return Corrida(os.waitstatus_to_exitcode(acabo), dichos[0], dichos[1], contados)


def _vivir(
    hacer: Callable[[], int],
    vigiladas: Sequence[Path],
    falla: Falla | None,
    descriptores: tuple[int, int, int],
) -> None:
    """La vida del hijo, que nunca vuelve: ni con una excepción sale del `fork`."""
    codigo = DEFECTO
    try:
        salida, error, cuenta = descriptores
        sys.stdout = open(salida, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # es del hijo, que no vuelve
        sys.stderr = open(error, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # ídem
        contados = _vigilar([str(v) for v in vigiladas], falla)
        codigo = hacer()
        os.write(cuenta, str(contados[0]).encode())
    except BaseException:  # noqa: BLE001  # lo que sea se cuenta como defecto, con su traza
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(codigo)


def _vigilar(vigiladas: Sequence[str], falla: Falla | None) -> list[int]:
    contados = [0]

    def gancho(suceso: str, argumentos: tuple[object, ...]) -> None:
        if not _cuenta(suceso, argumentos, vigiladas):
            return
        contados[0] += 1
        if falla is None or contados[0] != falla.lugar:
            return
        if falla.errno is None:
            sys.stdout.flush()
            os._exit(MUERTO)
        raise OSError(falla.errno, os.strerror(falla.errno), str(argumentos[0]))

    sys.addaudithook(gancho)
    return contados


def _cuenta(suceso: str, argumentos: tuple[object, ...], vigiladas: Sequence[str]) -> bool:
    if suceso == "open":
        ruta, modo, banderas = argumentos
        # Con `os.open` y sin modo sólo se abren carpetas, para asegurarlas.
        escribe = modo is None or (isinstance(banderas, int) and bool(banderas & _ESCRIBE))
        return escribe and _dentro(ruta, vigiladas)
    if suceso not in _CAMBIAN:
        return False
    return _dentro(argumentos[0], vigiladas)


def _dentro(ruta: object, vigiladas: Sequence[str]) -> bool:
    if not isinstance(ruta, (str, bytes, os.PathLike)):
        return False
    dicha = os.fsdecode(ruta)
    # shutil.rmtree borra con nombres relativos a la carpeta que tiene abierta.
    return not Path(dicha).is_absolute() or dicha.startswith(tuple(vigiladas))
