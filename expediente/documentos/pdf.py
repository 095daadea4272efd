"""De Word a PDF con LibreOffice, muchos de una vez y sin fiarse de lo que responde.

Corre con un perfil suyo que se borra, en una carpeta suya: no estorba a quien tenga
LibreOffice abierto ni deja nada junto a los documentos. Aquí no se publica nada: da los
bytes de cada PDF ya comprobado, y quien llama los guarda.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from expediente.nucleo.errores import ErrorDisco, NoExiste

NO_ESTA = (
    "LibreOffice no está en esta computadora y sin él no se hace el PDF: instale LibreOffice, "
    "o abra el .docx en Word y guárdelo como PDF."
)
_USUALES = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.com",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
_CORRIENTE = "pdf:writer_pdf_Export"
# El 2 de LibreOffice es PDF/A-2b: el que se conserva en el archivo.
_DE_ARCHIVO = _CORRIENTE + ':{"SelectPdfVersion":{"type":"long","value":"2"}}'
_PARTE = re.compile(rb"pdfaid:part(?:>|=\")2\b")
_NIVEL = re.compile(rb"pdfaid:conformance(?:>|=\")B\b")
_PAGINA = re.compile(rb"/Type\s*/Page\b")
_FLUJO = re.compile(rb"/ObjStm\b.*?stream\r?\n(.*?)endstream", re.DOTALL)
# Windows no admite órdenes de más de 32 767 letras; cada documento ocupa diez.
TANDA = 500
# Desde aquí dos LibreOffice a la vez ganan lo que cuesta arrancar el segundo.
PARA_DOS = 40
# Lo que LibreOffice puede tardar: en arrancar, por documento, y por lo que uno pese de más,
# como trescientas cartas en un solo fichero.
_ARRANCAR_SEGUNDOS = 90.0
_POR_DOCUMENTO_SEGUNDOS = 5.0
_PESA_DE_MAS_BYTES = 100_000
_BYTES_POR_SEGUNDO = 1_000
_INTENTOS_SIN_FRUTO = 2


@dataclass(frozen=True)
class Conversion:
    """Un documento y su PDF entero, o por qué no se pudo."""

    documento: Path
    pdf: bytes | None = None
    problema: str = ""


def hallar_libreoffice() -> str:
    """La orden que lo corre. Lanza NoExiste, con el remedio, si no está."""
    for nombre in ("soffice", "libreoffice"):
        if hallada := shutil.which(nombre):
            return hallada
    for ruta in _USUALES.get(sys.platform, ()):
        if Path(ruta).is_file():
            return ruta
    raise NoExiste(NO_ESTA)


def a_pdf(documentos: Sequence[Path], pdfa: bool = False) -> Iterator[Conversion]:
    """Convierte cada .docx, en orden; el que falla no detiene a los demás.

    Con `pdfa` cada uno queda como PDF/A-2b, comprobado. Un solo arranque sirve a todos;
    si son muchos, dos a la vez. Lanza NoExiste si LibreOffice no está, y ErrorDisco si
    no hay dónde trabajar.
    """
    orden = hallar_libreoffice()
    tandas = _tandas(documentos)
    try:
        with tempfile.TemporaryDirectory(prefix="expediente-pdf-") as carpeta:
            trabajos = [
                _Trabajo(orden, Path(carpeta, str(n)), tanda, pdfa)
                for n, tanda in enumerate(tandas)
            ]
            # Antes que la carpeta se cierra el grupo: nadie escribe ya en ella.
            with ThreadPoolExecutor(2 if _conviene_repartir(len(documentos)) else 1) as grupo:
                try:
                    for hecho in grupo.map(_Trabajo.correr, trabajos):
                        yield from hecho.conversiones()
                finally:
                    for trabajo in trabajos:
                        trabajo.dejar()
    except OSError as error:
        raise ErrorDisco(
            f"No se pudo preparar el PDF en la carpeta de temporales ({error.strerror}); libere "
            "espacio y repita la orden."
        ) from error


def _conviene_repartir(cuantos: int) -> bool:
    return cuantos >= PARA_DOS and (os.cpu_count() or 1) > 1


def _tandas(documentos: Sequence[Path]) -> list[Sequence[Path]]:
    cuantos = len(documentos)
    partes = 2 if _conviene_repartir(cuantos) else 1
    largo = max(1, min(TANDA, -(-cuantos // partes)))
    return [documentos[n : n + largo] for n in range(0, cuantos, largo)]


class _Trabajo:
    """Una tanda de documentos en su carpeta, con su LibreOffice."""

    def __init__(self, orden: str, carpeta: Path, documentos: Sequence[Path], pdfa: bool) -> None:
        self.orden = orden
        self.carpeta = carpeta
        self.documentos = documentos
        self.pdfa = pdfa
        self.problemas: dict[int, str] = {}
        self._proceso: subprocess.Popen[bytes] | None = None
        self._dejado = False

    def correr(self) -> "_Trabajo":
        """Convierte lo que se pueda; lo que no, queda dicho en `problemas`."""
        (self.carpeta / "pdf").mkdir(parents=True)
        pendientes = [n for n in range(len(self.documentos)) if self._copiar(n)]
        sin_fruto = 0
        while pendientes and not self._dejado:
            porque = self._arrancar(pendientes)
            faltan = [n for n in pendientes if self._problema(n)]
            if len(faltan) < len(pendientes):
                pendientes, sin_fruto = faltan, 0
                continue
            # Se atoró en el primero. Si tampoco puede con el siguiente, no es el documento.
            sin_fruto += 1
            perdidos = pendientes if sin_fruto == _INTENTOS_SIN_FRUTO else pendientes[:1]
            for n in perdidos:
                self.problemas[n] = porque or self._problema(n)
            pendientes = pendientes[len(perdidos) :]
        return self

    def _copiar(self, n: int) -> bool:
        # Con nombre propio: dos casos tienen cada uno su «acuse.docx».
        try:
            shutil.copyfile(self.documentos[n], self._word(n))
        except OSError as error:
            self.problemas[n] = f"no se puede leer ({error.strerror})."
            return False
        if not zipfile.is_zipfile(self._word(n)):
            # LibreOffice lo tomaría por texto y haría un PDF de signos.
            self.problemas[n] = "no es un documento de Word, o está dañado."
            return False
        return True

    def _word(self, n: int) -> Path:
        return self.carpeta / f"{n:05d}.docx"

    def _salida(self, n: int) -> Path:
        return self.carpeta / "pdf" / f"{n:05d}.pdf"

    def _problema(self, n: int) -> str:
        ruta = self._salida(n)
        if not ruta.exists():
            return (
                "LibreOffice no pudo con él y no dejó el PDF; ábralo en Word y guárdelo de nuevo."
            )
        return problema_del_pdf(ruta.read_bytes(), self.pdfa)

    def _arrancar(self, cuales: Sequence[int]) -> str:
        """Corre LibreOffice una vez; devuelve por qué no acabó, o «»."""
        pesan = (self._word(n).stat().st_size for n in cuales)
        de_mas = sum(max(0, bytes_ - _PESA_DE_MAS_BYTES) for bytes_ in pesan)
        limite = (
            _ARRANCAR_SEGUNDOS + _POR_DOCUMENTO_SEGUNDOS * len(cuales) + de_mas / _BYTES_POR_SEGUNDO
        )
        perfil = (self.carpeta / "perfil").as_uri()
        argumentos = [
            self.orden, "--headless", "--norestore", "--nologo", "--nodefault",
            f"-env:UserInstallation={perfil}", "--convert-to",
            _DE_ARCHIVO if self.pdfa else _CORRIENTE,
            "--outdir", "pdf", *(self._word(n).name for n in cuales),
        ]  # fmt: skip
        try:
            self._proceso = subprocess.Popen(
                argumentos, cwd=self.carpeta, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            return f"LibreOffice no arranca ({error.strerror}); revise su instalación."
        try:
            self._proceso.wait(limite)
        except subprocess.TimeoutExpired:
            return f"LibreOffice no terminó en {limite:.0f} segundos y se detuvo."
        finally:
            self._matar()
        return ""

    def dejar(self) -> None:
        """Detiene lo que corra: quien pedía los PDF ya no los espera."""
        self._dejado = True
        self._matar()

    def _matar(self) -> None:
        """Acaba con LibreOffice y con lo que él arrancó; si ya acabó, no hace nada."""
        proceso = self._proceso
        if proceso is None:
            return
        if sys.platform == "win32":
            if proceso.poll() is None:
                orden = ["taskkill", "/T", "/F", "/PID", str(proceso.pid)]
                subprocess.run(orden, capture_output=True, check=False)
        else:
            with suppress(ProcessLookupError):
                os.killpg(proceso.pid, signal.SIGKILL)
        proceso.wait()
        self._proceso = None

    def conversiones(self) -> Iterator[Conversion]:
        """Cada documento con su PDF o su problema; un PDF en memoria a la vez."""
        for n, documento in enumerate(self.documentos):
            if n in self.problemas:
                yield Conversion(documento, problema=self.problemas[n])
            else:
                yield Conversion(documento, self._salida(n).read_bytes())
        shutil.rmtree(self.carpeta, ignore_errors=True)


def problema_del_pdf(contenido: bytes, pdfa: bool = False) -> str:
    """Lo que le falta para ser un PDF entero con páginas, y PDF/A-2b si se pide; «» si nada."""
    if not contenido.startswith(b"%PDF-") or b"%%EOF" not in contenido[-1024:]:
        return "LibreOffice dejó un PDF incompleto; repita la orden."
    if not _PAGINA.search(contenido) and not _paginas_comprimidas(contenido):
        return "LibreOffice dejó un PDF sin páginas; abra el documento en Word y guárdelo de nuevo."
    if pdfa and not (_PARTE.search(contenido) and _NIVEL.search(contenido)):
        return "no quedó como PDF/A-2b; actualice LibreOffice, o pida el PDF sin --pdfa."
    return ""


def _paginas_comprimidas(contenido: bytes) -> bool:
    for flujo in _FLUJO.findall(contenido):
        try:
            abierto = zlib.decompressobj().decompress(flujo)
        except zlib.error:
            continue
        if _PAGINA.search(abierto):
            return True
    return False
