"""Lo que comparten las pruebas: una oficina, su ventanilla y el programa entero.

    def test_algo(oficina: Path, ventanilla: Abridor, correr: Correr) -> None:
        v = ventanilla("2026-11-20 12:00")              # para llamar a operaciones
        assert correr("ver", "EB-2026-9999").codigo == 66   # para la línea de órdenes

Nada se finge: la carpeta, el Word y el código de salida son los de verdad.
"""

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from expediente.almacen import oficina as disco_oficina
from expediente.almacen import reglas
from expediente.cli.idioma import hablar_espanol
from expediente.operaciones.ventanilla import Ventanilla, sentarse

VIERNES = "2026-11-20 12:00"

Abridor = Callable[..., Ventanilla]


class Corrida(NamedTuple):
    """Lo que dejó una orden: su código de salida y lo que escribió."""

    codigo: int
    stdout: str
    stderr: str


class Correr(Protocol):
    """Corre una orden como si alguien la tecleara; vea la fixture `correr`."""

    def __call__(self, *argumentos: object, ahora: str = ..., stdin: str = ...) -> Corrida: ...


@pytest.fixture(scope="session", autouse=True)
def cache_propia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Los índices de las pruebas, lejos de los de quien las corre."""
    con = pytest.MonkeyPatch()
    con.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    yield
    con.undo()


@pytest.fixture(scope="session")
def oficina_de_fabrica(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La oficina recién iniciada de la que se copian las demás; nadie escribe en ella."""
    carpeta = tmp_path_factory.mktemp("fabrica") / "oficina"
    disco_oficina.crear_oficina(carpeta, de_prueba=True)
    return carpeta


@pytest.fixture
def oficina(oficina_de_fabrica: Path, tmp_path: Path) -> Path:
    """Una oficina de prueba propia, con los procedimientos y plantillas de fábrica."""
    carpeta = tmp_path / "oficina"
    copiar(oficina_de_fabrica, carpeta)
    return carpeta


def copiar(molde: Path, destino: Path) -> None:
    """Pone en `destino` lo que hay en el molde, que ya no cambiará: se lee una sola vez."""
    destino.mkdir(exist_ok=True)
    for nombre, contenido in _contenido_de(molde):
        if contenido is None:
            (destino / nombre).mkdir(exist_ok=True)
        else:
            (destino / nombre).write_bytes(contenido)


@cache
def _contenido_de(molde: Path) -> tuple[tuple[str, bytes | None], ...]:
    """(nombre, contenido) de cada fichero; las carpetas, sin contenido y antes que lo suyo."""
    return tuple(
        (ruta.relative_to(molde).as_posix(), ruta.read_bytes() if ruta.is_file() else None)
        for ruta in sorted(molde.rglob("*"))
    )


@pytest.fixture
def ventanilla(oficina: Path) -> Abridor:
    """`ventanilla(momento, usuario)`: la de la oficina, en ese momento («2026-11-20 12:00»).

    Cada una es una orden nueva: vuelve a leer lo que se haya cambiado en la oficina.
    """

    def abrir(momento: str = VIERNES, usuario: str = "recepcion") -> Ventanilla:
        olvidar_lo_leido()
        return sentarse(oficina, datetime.fromisoformat(momento), usuario)

    return abrir


def olvidar_lo_leido() -> None:
    """Como si empezara otro proceso: una orden lee una sola vez su oficina."""
    reglas.procedimiento_vigente.cache_clear()
    reglas.procedimiento_en_version.cache_clear()
    reglas.leer_catalogos.cache_clear()


@pytest.fixture
def correr(
    oficina: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Correr:
    """`correr(*argumentos, ahora=…, stdin=…)`: la orden entera, en este proceso.

    Se corre parado en la carpeta de la oficina, como el usuario «recepcion», con el reloj
    en `ahora` y lo que diga `stdin` en la entrada, que no es una terminal. Devuelve
    (código, stdout, stderr): el código es el de verdad, el que saldría al sistema.

        correr("abrir", "estrella-blanca", ahora="2026-11-20 09:00")
        correr("avanzar", "-", stdin="EB-2026-0001\\nEB-2026-0002\\n")
        assert correr("ver", "EB-2026-9999") == (66, "", "No existe…\\n")
    """
    monkeypatch.chdir(oficina)
    monkeypatch.setenv("LOGNAME", "recepcion")
    monkeypatch.setenv("LANGUAGE", "es")  # `hablar_espanol` la cambia: que se reponga
    monkeypatch.delenv("EXPEDIENTE_OFICINA", raising=False)
    hablar_espanol()
    from expediente.cli.app import correr as correr_orden  # después de hablar español

    def teclear(*argumentos: object, ahora: str = VIERNES, stdin: str = "") -> Corrida:
        monkeypatch.setenv("EXPEDIENTE_AHORA", ahora)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        olvidar_lo_leido()
        capsys.readouterr()
        codigo = correr_orden([str(argumento) for argumento in argumentos])
        return Corrida(codigo, *capsys.readouterr())

    return teclear
