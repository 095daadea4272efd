"""El disco: se escribe entero o no se escribe, y gana uno solo."""

import errno
import hashlib
import multiprocessing
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from expediente.almacen import disco
from expediente.almacen.disco import (
    TEMPORAL,
    barrer_temporales,
    en_error,
    errores_de_disco,
    escribir_entero,
    leer_texto,
    publicar,
    sha256_de,
    tomar_nombre,
)
from expediente.nucleo.errores import DatosInvalidos, ErrorDisco, NoExiste, SinPermiso

TRES = {"uno.txt": b"1", "dos.txt": b"2", "dentro/tres.txt": b"3"}


def ficheros(raiz: Path) -> dict[str, bytes]:
    """Todo lo que hay bajo una carpeta, temporales incluidos."""
    return {
        ruta.relative_to(raiz).as_posix(): ruta.read_bytes()
        for ruta in raiz.rglob("*")
        if ruta.is_file()
    }


def test_publicar_deja_la_carpeta_entera_y_ningun_temporal(tmp_path: Path) -> None:
    publicada = publicar(tmp_path, "caso", TRES)

    assert publicada
    assert [hijo.name for hijo in tmp_path.iterdir()] == ["caso"]
    assert ficheros(tmp_path / "caso") == TRES


def test_publicar_hace_las_carpetas_que_falten(tmp_path: Path) -> None:
    assert publicar(tmp_path / "expedientes" / "2026", "caso", TRES)
    assert ficheros(tmp_path / "expedientes" / "2026" / "caso") == TRES


def test_un_nombre_tomado_no_se_toca_y_no_queda_rastro(tmp_path: Path) -> None:
    publicar(tmp_path, "caso", {"uno.txt": b"primero"})

    publicada = publicar(tmp_path, "caso", TRES)

    assert not publicada
    assert ficheros(tmp_path) == {"caso/uno.txt": b"primero"}
    assert [hijo.name for hijo in tmp_path.iterdir()] == ["caso"]


def test_un_fichero_con_ese_nombre_tambien_lo_tiene_tomado(tmp_path: Path) -> None:
    (tmp_path / "caso").write_bytes(b"ajeno")

    publicada = publicar(tmp_path, "caso", TRES)

    assert not publicada
    assert ficheros(tmp_path) == {"caso": b"ajeno"}


def test_tomar_un_nombre_mueve_la_carpeta_o_la_borra(tmp_path: Path) -> None:
    for temporal in ("a", "b"):
        (tmp_path / temporal).mkdir()
        (tmp_path / temporal / "quien.txt").write_text(temporal)

    assert tomar_nombre(tmp_path / "a", tmp_path / "caso")
    assert not tomar_nombre(tmp_path / "b", tmp_path / "caso")
    assert ficheros(tmp_path) == {"caso/quien.txt": b"a"}


RONDAS = 25


def publicar_todas(raiz: str, quien: int, salida: float) -> list[bool]:
    """Un proceso que intenta tomar todos los nombres a la vez que los demás."""
    time.sleep(max(0.0, salida - time.time()))
    propio = {f"{parte}.txt": str(quien).encode() for parte in ("a", "b", "c")}
    return [publicar(Path(raiz), f"caso-{ronda}", propio) for ronda in range(RONDAS)]


def test_de_ocho_procesos_que_publican_lo_mismo_gana_uno_solo(tmp_path: Path) -> None:
    salida = time.time() + 1.5
    with multiprocessing.get_context("spawn").Pool(8) as procesos:
        pedidos = [(str(tmp_path), quien, salida) for quien in range(8)]
        ganadas = procesos.starmap(publicar_todas, pedidos, chunksize=1)

    for ronda in range(RONDAS):
        (ganador,) = [quien for quien in range(8) if ganadas[quien][ronda]]
        contenido = set(ficheros(tmp_path / f"caso-{ronda}").values())
        assert contenido == {str(ganador).encode()}
    assert sorted(hijo.name for hijo in tmp_path.iterdir()) == sorted(
        f"caso-{ronda}" for ronda in range(RONDAS)
    )


def test_escribir_entero_reemplaza_lo_que_hubiera(tmp_path: Path) -> None:
    ruta = tmp_path / "expediente.yaml"

    for contenido in (b"uno", b"", b"x" * 100_000):
        for seguro in (True, False):
            escribir_entero(ruta, contenido, seguro)
            assert ficheros(tmp_path) == {"expediente.yaml": contenido}


def test_lo_escrito_lo_puede_leer_quien_sigue_en_la_ventanilla(tmp_path: Path) -> None:
    """Un temporal hecho con permisos de uno solo dejaría fuera al resto de la oficina."""
    anterior = os.umask(0o002)
    try:
        escribir_entero(tmp_path / "a.yaml", b"x")
        publicar(tmp_path, "caso", {"b.yaml": b"x"})
    finally:
        os.umask(anterior)

    for ruta in (tmp_path / "a.yaml", tmp_path / "caso" / "b.yaml"):
        assert ruta.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("seguro", [True, False])
def test_si_el_destino_es_una_carpeta_no_se_escribe_ni_queda_temporal(
    tmp_path: Path, seguro: bool
) -> None:
    (tmp_path / "expediente.yaml").mkdir()

    with pytest.raises(ErrorDisco):
        escribir_entero(tmp_path / "expediente.yaml", b"x", seguro)

    assert [hijo.name for hijo in tmp_path.iterdir()] == ["expediente.yaml"]


def test_escribir_donde_no_hay_carpeta_dice_que_no_existe(tmp_path: Path) -> None:
    with pytest.raises(NoExiste, match="nada"):
        escribir_entero(tmp_path / "nada" / "a.yaml", b"x")


MUERTE = """
import os, sys
from pathlib import Path
from expediente.almacen.disco import escribir_entero, publicar

raiz, paso, hace = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
vistos = 0

def vigilar(suceso, argumentos):
    global vistos
    if suceso in ("open", "os.rename", "os.mkdir", "os.remove") and str(raiz) in str(argumentos[0]):
        vistos += 1
        if vistos == paso:
            os._exit(137)

sys.addaudithook(vigilar)
if hace == "publicar":
    publicar(raiz, "nuevo", {"a.txt": b"nuevo", "b/c.txt": b"nuevo"})
else:
    escribir_entero(raiz / "viejo.txt", b"nuevo")
"""


@pytest.mark.parametrize("hace", ["publicar", "escribir_entero"])
def test_si_la_maquina_se_apaga_en_cualquier_paso_queda_lo_viejo_o_lo_nuevo(
    tmp_path: Path, hace: str
) -> None:
    for paso in range(1, 40):
        raiz = tmp_path / str(paso)
        raiz.mkdir()
        (raiz / "viejo.txt").write_bytes(b"viejo")
        orden = [sys.executable, "-c", MUERTE, str(raiz), str(paso), hace]
        corrida = subprocess.run(orden, check=False)

        barrer_temporales(raiz, time.time() + 1)

        quedan = ficheros(raiz)
        if hace == "publicar":
            nuevos = {"nuevo/a.txt": b"nuevo", "nuevo/b/c.txt": b"nuevo"}
            assert quedan in ({"viejo.txt": b"viejo"}, {"viejo.txt": b"viejo"} | nuevos)
        else:
            assert quedan in ({"viejo.txt": b"viejo"}, {"viejo.txt": b"nuevo"})
        if corrida.returncode == 0:
            break
        assert corrida.returncode == 137

    assert corrida.returncode == 0
    assert paso > 3


@pytest.fixture
def unidad(tmp_path: Path) -> Iterator[Path]:
    """Una unidad de disco de verdad, de 64 KB."""
    punto = tmp_path / "unidad"
    punto.mkdir()
    orden = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(punto)]
    if (
        sys.platform != "linux"
        or subprocess.run(orden, capture_output=True, check=False).returncode
    ):
        pytest.skip("montar una unidad pequeña pide Linux y ser root")
    yield punto
    subprocess.run(["umount", str(punto)], check=True)


@pytest.mark.parametrize("ocupado", [0, 40_000, 60_000])
def test_con_el_disco_lleno_lo_anterior_queda_intacto(unidad: Path, ocupado: int) -> None:
    (unidad / "viejo.txt").write_bytes(b"viejo")
    (unidad / "relleno").write_bytes(b"x" * ocupado)
    antes = ficheros(unidad)

    with pytest.raises(ErrorDisco, match="no queda espacio en el disco"):
        escribir_entero(unidad / "viejo.txt", b"n" * 70_000)
    with pytest.raises(ErrorDisco, match="no queda espacio en el disco"):
        publicar(unidad, "caso", {"a.txt": b"1", "b.txt": b"n" * 70_000})

    assert ficheros(unidad) == antes
    assert not (unidad / "caso").exists()
    assert not list(unidad.glob(f"{TEMPORAL}*"))


def test_en_una_unidad_de_solo_lectura_se_lee_y_no_se_escribe(unidad: Path) -> None:
    (unidad / "viejo.txt").write_bytes(b"viejo")
    subprocess.run(["mount", "-o", "remount,ro", str(unidad)], check=True)

    with pytest.raises(SinPermiso, match="no hay permiso"):
        escribir_entero(unidad / "viejo.txt", b"nuevo")
    with pytest.raises(SinPermiso, match="no hay permiso"):
        publicar(unidad, "caso", TRES)

    assert leer_texto(unidad / "viejo.txt") == "viejo"
    assert ficheros(unidad) == {"viejo.txt": b"viejo"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no pone tope al tamaño de un fichero")
def test_un_fichero_que_pasa_del_tope_del_sistema_no_deja_la_mitad(tmp_path: Path) -> None:
    (tmp_path / "viejo.txt").write_bytes(b"viejo")
    guion = """
import resource, sys
from pathlib import Path
from expediente.almacen.disco import escribir_entero
from expediente.nucleo.errores import ErrorDisco
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    escribir_entero(Path(sys.argv[1]), b"n" * 5_000)
except ErrorDisco as error:
    raise SystemExit(error.codigo_salida)
"""

    corrida = subprocess.run(
        [sys.executable, "-c", guion, str(tmp_path / "viejo.txt")], check=False
    )

    assert corrida.returncode == 74
    assert ficheros(tmp_path) == {"viejo.txt": b"viejo"}


def test_se_lee_utf8_con_o_sin_la_marca_del_bloc_de_notas(tmp_path: Path) -> None:
    for crudo in ("año: «sí»\n".encode(), "año: «sí»\n".encode("utf-8-sig")):
        (tmp_path / "a.yaml").write_bytes(crudo)
        assert leer_texto(tmp_path / "a.yaml") == "año: «sí»\n"


@pytest.mark.parametrize(
    "crudo",
    ["año".encode("latin-1"), "«año»".encode("cp1252"), "año".encode("utf-16"), b"\xff\xfe",
     "año".encode()[:-2], b"\xed\xa0\x80", b"\xc0\xaf"],
)  # fmt: skip
def test_lo_que_no_es_utf8_dice_como_guardarlo(tmp_path: Path, crudo: bytes) -> None:
    ruta = tmp_path / "a.yaml"
    ruta.write_bytes(crudo)

    with pytest.raises(DatosInvalidos) as error:
        leer_texto(ruta)

    assert error.value.mensaje == (
        f"{ruta}: no está guardado en UTF-8. Ábralo en el Bloc de notas y guárdelo con "
        "codificación UTF-8."
    )


def test_un_fichero_de_mas_de_un_millon_de_bytes_no_se_lee(tmp_path: Path) -> None:
    ruta = tmp_path / "a.yaml"

    ruta.write_bytes(b"x" * 1_000_000)
    assert len(leer_texto(ruta)) == 1_000_000

    ruta.write_bytes(b"x" * 1_000_001)
    with pytest.raises(DatosInvalidos, match="demasiado grande"):
        leer_texto(ruta)


def test_un_fichero_enorme_se_rechaza_sin_traerlo_a_la_memoria(tmp_path: Path) -> None:
    enorme = tmp_path / "a.yaml"
    with enorme.open("wb") as fichero:
        fichero.truncate(200_000_000)

    tracemalloc.start()
    with pytest.raises(DatosInvalidos, match="demasiado grande"):
        leer_texto(enorme)
    _, memoria = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert memoria < 5_000_000


def test_leer_lo_que_no_esta_dice_que_no_existe(tmp_path: Path) -> None:
    with pytest.raises(NoExiste, match=r"nada\.yaml: no existe"):
        leer_texto(tmp_path / "nada.yaml")
    with pytest.raises(NoExiste):
        sha256_de(tmp_path / "nada.yaml")


@pytest.mark.parametrize(
    ("numero", "clase", "codigo"),
    [
        (errno.EACCES, SinPermiso, 77),
        (errno.EROFS, SinPermiso, 77),
        (errno.ENOSPC, ErrorDisco, 74),
        (errno.EDQUOT, ErrorDisco, 74),
        (errno.ENOENT, NoExiste, 66),
        (errno.EIO, ErrorDisco, 74),
        (errno.ESTALE, ErrorDisco, 74),
    ],
)
def test_cada_error_del_sistema_tiene_su_codigo_y_se_dice_en_espanol(
    numero: int, clase: type[Exception], codigo: int
) -> None:
    error = en_error(OSError(numero, os.strerror(numero)), Path("expediente.yaml"))

    assert type(error) is clase
    assert error.codigo_salida == codigo
    assert error.mensaje.startswith("expediente.yaml: ")
    assert os.strerror(numero) not in error.mensaje


def test_sin_cuota_es_lo_mismo_que_sin_espacio() -> None:
    error = en_error(OSError(errno.EDQUOT, ""), Path("a"))

    assert "no queda espacio" in error.mensaje


def test_lo_que_no_es_del_disco_no_se_disfraza(tmp_path: Path) -> None:
    with pytest.raises(KeyError), errores_de_disco(tmp_path):
        raise KeyError("defecto del programa")


@pytest.mark.parametrize("tamanio", [0, 1, 3_000_000])
def test_la_huella_es_la_del_fichero_entero(tmp_path: Path, tamanio: int) -> None:
    contenido = os.urandom(tamanio)
    (tmp_path / "a").write_bytes(contenido)

    assert sha256_de(tmp_path / "a") == hashlib.sha256(contenido).hexdigest()


def test_barrer_quita_los_temporales_viejos_y_respeta_lo_demas(tmp_path: Path) -> None:
    viejo, nuevo = tmp_path / "2026" / f"{TEMPORAL}viejo", tmp_path / f"{TEMPORAL}nuevo"
    suelto = tmp_path / f"{TEMPORAL}suelto"
    for carpeta in (viejo, nuevo):
        (carpeta / f"{TEMPORAL}dentro").mkdir(parents=True)
        (carpeta / "a.txt").write_bytes(b"x")
    suelto.write_bytes(b"x")
    publicar(tmp_path, "caso", TRES)
    hace_una_hora = time.time() - 3_600
    for resto in (viejo, suelto):
        os.utime(resto, (hace_una_hora - 60, hace_una_hora - 60))

    barridos = barrer_temporales(tmp_path, hace_una_hora)

    assert barridos == 2
    assert not viejo.exists() and not suelto.exists()
    assert nuevo.exists() and ficheros(tmp_path / "caso") == TRES
    assert barrer_temporales(tmp_path, hace_una_hora) == 0


def barrer(raiz: str, salida: float) -> int:
    time.sleep(max(0.0, salida - time.time()))
    return barrer_temporales(Path(raiz), time.time() + 60)


def test_dos_maquinas_pueden_barrer_a_la_vez(tmp_path: Path) -> None:
    for n in range(150):
        (tmp_path / f"{TEMPORAL}{n}" / "dentro").mkdir(parents=True)

    with multiprocessing.get_context("spawn").Pool(2) as procesos:
        salida = time.time() + 0.7
        procesos.starmap(barrer, [(str(tmp_path), salida)] * 2, chunksize=1)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("fallos", "queda"), [(2, b"nuevo"), (99, b"viejo")])
def test_en_windows_se_insiste_si_word_tiene_tomado_el_fichero(
    fallos: int, queda: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows no deja reemplazar lo que otro tiene abierto: se finge su respuesta."""
    (tmp_path / "carta.docx").write_bytes(b"viejo")
    faltan, esperas, replace = [fallos], [], Path.replace

    def reemplazar(origen: Path, destino: Path) -> Path:
        if faltan[0]:
            faltan[0] -= 1
            tomado = PermissionError(13, "tomado", str(destino))
            tomado.winerror = 32  # type: ignore[attr-defined]  # sólo existe en Windows
            raise tomado
        return replace(origen, destino)

    monkeypatch.setattr(disco.sys, "platform", "win32")
    monkeypatch.setattr(disco.time, "sleep", esperas.append)
    monkeypatch.setattr(Path, "replace", reemplazar)
    dicho = ""
    try:
        escribir_entero(tmp_path / "carta.docx", b"nuevo")
    except ErrorDisco as error:
        dicho = error.mensaje

    assert (tmp_path / "carta.docx").read_bytes() == queda
    assert ("Ciérrelo en Word" in dicho) == (queda == b"viejo")
    assert 0 < sum(esperas) < 2.6 and not list(tmp_path.glob(".tmp-*"))
