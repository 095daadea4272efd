"""Los documentos que alguien tiene abiertos: Word y LibreOffice lo dejan dicho al lado.

Word deja un fichero `~$nombre.docx` y LibreOffice un `.~lock.nombre.docx#`, con el nombre
de quien lo abrió. Son avisos, no documentos: nadie los archiva ni los toma por plantilla.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from expediente.nucleo.aviso_de_abierto import DE_LIBREOFFICE, DE_WORD, es_aviso_de_abierto
from expediente.nucleo.errores import EstaAbierto

_BYTES_DEL_AVISO = 1_000
_LARGO_DEL_NOMBRE = 60
# En el aviso de Word, dónde empieza el nombre escrito en dos bytes por letra.
_NOMBRE_LARGO = 54


@dataclass(frozen=True)
class Abierto:
    """Un documento que alguien tiene abierto; `quien` es «» si el aviso no lo dice."""

    documento: str
    programa: str
    quien: str
    aviso: Path

    def __str__(self) -> str:
        """Como se le dice a una persona."""
        por = f" por {self.quien}" if self.quien else ""
        return f"«{self.documento}» está abierto en {self.programa}{por}"


def abierto(documento: Path) -> Abierto | None:
    """Quién tiene abierto un documento, si alguien lo tiene."""
    for aviso in _avisos_posibles(documento.name):
        if (ruta := documento.with_name(aviso)).is_file():
            return _leer_aviso(ruta, documento.name)
    return None


def abiertos_en(carpeta: Path) -> Iterator[Abierto]:
    """Los documentos de una carpeta que alguien tiene abiertos."""
    nombres = sorted(f.name for f in carpeta.iterdir()) if carpeta.is_dir() else []
    for aviso in filter(es_aviso_de_abierto, nombres):
        suyo = next((n for n in nombres if aviso in _avisos_posibles(n)), None)
        yield _leer_aviso(carpeta / aviso, suyo or _sin_adornos(aviso))


def exigir_cerrado(documento: Path, remedio: str = "ciérrelo y repita la orden") -> None:
    """Lanza EstaAbierto, con quién lo tiene, si el documento está abierto."""
    if hallado := abierto(documento):
        raise EstaAbierto(
            f"{hallado}; {remedio}. Si ya nadie lo tiene abierto, borre {hallado.aviso}."
        )


def _avisos_posibles(nombre: str) -> tuple[str, ...]:
    """Word quita una o dos letras a los nombres de siete o más."""
    quita = min(max(len(Path(nombre).stem) - 6, 0), 2)
    de_word = dict.fromkeys((f"{DE_WORD}{nombre[quita:]}", f"{DE_WORD}{nombre}"))
    return (*de_word, f"{DE_LIBREOFFICE}{nombre}#")


def _sin_adornos(aviso: str) -> str:
    return aviso.removeprefix(DE_LIBREOFFICE).removeprefix(DE_WORD).removesuffix("#")


def _leer_aviso(ruta: Path, documento: str) -> Abierto:
    de_word = ruta.name.startswith(DE_WORD)
    try:
        with ruta.open("rb") as fichero:
            crudo = fichero.read(_BYTES_DEL_AVISO)
    except OSError:
        crudo = b""  # Word no deja leerlo en Windows: basta saber que está
    quien = _quien_en_word(crudo) if de_word else _quien_en_libreoffice(crudo)
    legible = "".join(letra for letra in quien if letra.isprintable()).strip()
    programa = "Word" if de_word else "LibreOffice"
    return Abierto(documento, programa, legible[:_LARGO_DEL_NOMBRE], ruta)


def _quien_en_word(crudo: bytes) -> str:
    largo = crudo[_NOMBRE_LARGO] if len(crudo) > _NOMBRE_LARGO else 0
    letras = crudo[_NOMBRE_LARGO + 2 : _NOMBRE_LARGO + 2 + 2 * largo]
    if largo and len(letras) == 2 * largo:
        return letras.decode("utf-16-le", "replace")
    return crudo[1 : 1 + crudo[0]].decode("cp1252", "replace") if crudo else ""


def _quien_en_libreoffice(crudo: bytes) -> str:
    nombre, usuario, *_ = (*crudo.decode("utf-8", "replace").split(","), "", "")
    return nombre.strip() or usuario.strip()
