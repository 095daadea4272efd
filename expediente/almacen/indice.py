"""El índice de los expedientes: derivado, local y de quien usa esta computadora.

Es un fichero SQLite en la caché de la persona, nunca en la oficina. La verdad son los
expedientes: si se daña, se llena el disco o lo hizo otra versión del programa, se tira y se
rehace, y mientras tanto se leen los ficheros. Guarda de cada caso con qué firma se leyó,
una copia ya analizada y sus tramos; lo ya contado de cada informe está en `perfiles`.
"""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from math import inf
from pathlib import Path

from expediente.almacen.cache_local import carpeta_de_cache
from expediente.almacen.guardado import Ficha, Guardado, Visto
from expediente.almacen.tablas_del_indice import ESQUEMA, TABLAS
from expediente.nucleo.folio import leer_folio


class SinIndice(Exception):
    """El índice no se puede usar ahora: se leen los ficheros, que dan lo mismo."""


class CopiaDanada(Exception):
    """Lo guardado no se puede desempaquetar."""


_DE_CADA_CASO = ("copias", "tramos", "abiertos", "dias", "renglones")


def ruta_del_indice(raiz: Path) -> Path:
    """El fichero del índice de esa oficina, exista o no. Lanza OSError si no hay caché."""
    # Sin hashlib, que carga OpenSSL: si dos oficinas chocan, se nota en su ajuste «oficina».
    ruta = str(raiz).encode("utf-8", "surrogateescape")
    return carpeta_de_cache() / f"{zlib.crc32(ruta):08x}{zlib.adler32(ruta):08x}.sqlite"


def borrar_indice(raiz: Path) -> bool:
    """Quita el índice de esa oficina; False si no lo había. Lanza OSError."""
    ruta = ruta_del_indice(raiz)
    habia = ruta.exists()
    for sobra in ("", "-wal", "-shm", "-journal"):
        ruta.with_name(ruta.name + sobra).unlink(missing_ok=True)
    return habia


def abrir_indice(raiz: Path, espera: float = 2.0, crear: bool = True) -> "Indice | None":
    """El índice de esa oficina; None si no lo hay y no se pide hacerlo.

    El de otro esquema, o el dañado, se tira. Llámese dentro de `sin_estorbar`.
    """
    ruta = ruta_del_indice(raiz)
    if not ruta.exists():
        if not crear:
            return None
        ruta.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for ultimo_intento in (False, True):
        try:
            return _abrir(ruta, raiz, espera, crear)
        except sqlite3.OperationalError:
            raise  # ocupado o sin espacio: no está dañado
        except (sqlite3.DatabaseError, _OtroEsquema):
            if ultimo_intento or not crear:
                raise
            borrar_indice(raiz)
    raise AssertionError("el segundo intento abre o lanza")


@contextmanager
def sin_estorbar(raiz: Path) -> Iterator[None]:
    """Lo que falle con el índice adentro, lanza SinIndice; si está dañado, además se tira."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise SinIndice(str(error)) from error
    except (sqlite3.DatabaseError, CopiaDanada) as error:
        with suppress(OSError):
            borrar_indice(raiz)
        raise SinIndice(str(error)) from error


class _OtroEsquema(sqlite3.DatabaseError):
    """Lo hizo otra versión del programa."""


def _abrir(ruta: Path, raiz: Path, espera: float, crear: bool) -> "Indice":
    if not ruta.exists():
        os.close(os.open(ruta, os.O_CREAT | os.O_RDWR, 0o600))  # nunca legible para otros
    base = sqlite3.connect(ruta, timeout=espera, isolation_level=None)
    indice = Indice(base, raiz, ruta)
    try:
        hay = base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not hay:
            if not crear:
                raise _OtroEsquema
            base.execute("PRAGMA journal_mode = WAL")
            suyo = _esquema(raiz).replace("'", "''")
            base.executescript(
                f"BEGIN IMMEDIATE;{TABLAS}INSERT INTO ajustes VALUES ('esquema', '{suyo}');COMMIT;"
            )
        elif indice.ajuste("esquema") != _esquema(raiz):
            raise _OtroEsquema
        base.execute("PRAGMA synchronous = NORMAL")
    except BaseException:  # también al interrumpir: abierta, la base estorba a las demás
        indice.cerrar()
        raise
    return indice


def _esquema(raiz: Path) -> str:
    return f"{ESQUEMA} {raiz}"


class Indice:
    """El índice abierto; se cierra con `cerrar` o al salir de su `with`.

    Todo lo suyo se usa dentro de `sin_estorbar`.
    """

    def __init__(self, base: sqlite3.Connection, raiz: Path, ruta: Path) -> None:
        self.base = base
        self.raiz = raiz
        self.ruta = ruta

    def __enter__(self) -> "Indice":
        return self

    def __exit__(self, *_: object) -> None:
        self.cerrar()

    def cerrar(self) -> None:
        """Deja de usarlo."""
        with suppress(sqlite3.Error):
            self.base.close()

    @contextmanager
    def turno(self, espera: float = 2.0) -> Iterator[None]:
        """El turno de refrescarlo, que es de uno a la vez; lo suelta quien muere.

        Lanza sqlite3.OperationalError si otro no lo suelta en `espera` segundos.
        """
        candado = self.ruta.with_suffix(".turno")
        if not candado.exists():
            os.close(os.open(candado, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(candado, timeout=espera, isolation_level=None)) as suyo:
            suyo.execute("BEGIN EXCLUSIVE")
            yield

    def fijar(self) -> None:
        """Desde ahora se lee lo que hay ahora, aunque otro lo refresque, hasta `soltar`."""
        self.base.execute("BEGIN")
        self.ajuste("esquema")

    def soltar(self) -> None:
        """Deja de leer lo fijado."""
        if self.base.in_transaction:
            self.base.execute("COMMIT")

    @contextmanager
    def escribiendo(self) -> Iterator[None]:
        """Lo que se escribe adentro queda todo o nada."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.base.execute("COMMIT")
        except BaseException:  # también al interrumpir: a medias no queda nada
            with suppress(sqlite3.Error):
                self.base.execute("ROLLBACK")
            raise

    def ajuste(self, clave: str) -> str:
        """Lo que dice un ajuste; «» si no está."""
        fila = self.base.execute("SELECT dice FROM ajustes WHERE clave = ?", (clave,)).fetchone()
        return fila[0] if fila else ""

    def ajustar(self, ajustes: Mapping[str, str]) -> None:
        """Pone esos ajustes."""
        self.base.executemany("INSERT OR REPLACE INTO ajustes VALUES (?, ?)", ajustes.items())

    def vistos(self) -> dict[str, Visto]:
        """Por folio, con qué firma se leyó cada caso."""
        filas = self.base.execute("SELECT folio, revision, firma FROM casos")
        return {folio: Visto(revision, firma) for folio, revision, firma in filas}

    def guardado(self, folio: str) -> Guardado | None:
        """Lo que hay de ese caso; None si nada."""
        return next(self._guardados("folio = ?", (folio,)), None)

    def _guardados(self, donde: str, con: Sequence[object]) -> Iterator[Guardado]:
        filas = self.base.execute(
            "SELECT id, folio, revision, firma, procedimiento, reglas, capturado, problema "
            f"FROM casos WHERE {donde} ORDER BY orden",
            con,
        )
        return (Guardado(*fila) for fila in filas.fetchall())

    def vivos(
        self, procedimientos: Iterable[str], desde: int, hasta: int, al: float = inf
    ) -> list[Guardado]:
        """Los casos legibles de los que algo puede contar entre esos días, en orden.

        Y los que cambiaron después de `al`: entonces podían seguir abiertos.
        """
        claves = tuple(procedimientos)
        return list(
            self._guardados(
                f"procedimiento IN ({_huecos(claves)}) AND (ultimo >= ? OR capturado > ?) "
                "AND primero <= ? AND problema IS NULL",
                (*claves, desde, al, hasta),
            )
        )

    def con_problema(self, procedimientos: Iterable[str] | None = None) -> list[Guardado]:
        """Los ilegibles, y los que no se pudieron calcular de esos procedimientos, en orden.

        Sin decir cuáles, de todos.
        """
        if procedimientos is None:
            return list(self._guardados("problema IS NOT NULL", ()))
        claves = tuple(procedimientos)
        suyos = f"procedimiento IS NULL OR procedimiento IN ({_huecos(claves)})"
        return list(self._guardados(f"problema IS NOT NULL AND ({suyos})", claves))

    def por_recalcular(self, procedimiento: str, version: str, reglas: str) -> list[Guardado]:
        """Los casos de esa versión que se calcularon con otras reglas."""
        donde = "procedimiento = ? AND version = ? AND reglas != ?"
        return list(self._guardados(donde, (procedimiento, version, reglas)))

    def versiones(self) -> list[tuple[str, str]]:
        """Los (procedimiento, versión) de que hay casos."""
        return self.base.execute(
            "SELECT DISTINCT procedimiento, version FROM casos WHERE procedimiento IS NOT NULL"
        ).fetchall()

    def folios(self) -> list[str]:
        """Los folios de todos los casos, en orden."""
        return [f for (f,) in self.base.execute("SELECT folio FROM casos ORDER BY orden")]

    def capturado_despues(self, momento: float) -> bool:
        """Si de algún caso se tecleó algo después de ese momento."""
        donde = "SELECT 1 FROM casos WHERE capturado > ? LIMIT 1"
        return self.base.execute(donde, (momento,)).fetchone() is not None

    def cuantos(self) -> int:
        """Cuántos casos hay."""
        return int(self.base.execute("SELECT count(*) FROM casos").fetchone()[0])

    def tramos_empacados(self, caso: int) -> bytes | None:
        """Los tramos de un caso, empaquetados; None si no tiene."""
        fila = self.base.execute("SELECT tramos FROM tramos WHERE caso = ?", (caso,)).fetchone()
        return fila[0] if fila else None

    def copia(self, folio: str) -> tuple[str, bytes] | None:
        """La huella del texto que se leyó de ese caso y su copia analizada; None si no hay."""
        fila = self.base.execute(
            "SELECT contenido, copia FROM casos JOIN copias ON caso = id WHERE folio = ?", (folio,)
        ).fetchone()
        return (fila[0], fila[1]) if fila else None

    def guardar(self, ficha: Ficha) -> int:
        """Pone la ficha de un caso en lugar de la que hubiera; devuelve su número."""
        self.quitar(ficha.folio)
        folio = leer_folio(ficha.folio)
        assert folio is not None
        orden = f"{folio.anio:04d} {folio.prefijo} {folio.consecutivo:09d}"
        hecho = self.base.execute(
            f"INSERT INTO casos VALUES (NULL, ?, ?, {_huecos(ficha[1:11])})",
            (ficha.folio, orden, *ficha[1:11]),
        )
        caso = hecho.lastrowid
        assert caso is not None
        for tabla, crudo in (("copias", ficha.copia), ("tramos", ficha.tramos)):
            if crudo is not None:
                self.base.execute(f"INSERT INTO {tabla} VALUES (?, ?)", (caso, crudo))
        return caso

    def desconfiar(self) -> None:
        """Da por calculado con otras reglas todo lo que hay."""
        self.base.execute("UPDATE casos SET reglas = ''")
        self.base.execute("UPDATE temas SET huella = ''")

    def quitar(self, folio: str) -> None:
        """Olvida un caso."""
        fila = self.base.execute("SELECT id FROM casos WHERE folio = ?", (folio,)).fetchone()
        if fila:
            for tabla in _DE_CADA_CASO:
                self.base.execute(f"DELETE FROM {tabla} WHERE caso = ?", fila)
            self.base.execute("DELETE FROM casos WHERE id = ?", fila)


def _huecos(valores: Sequence[object]) -> str:
    return ", ".join("?" * len(valores))
