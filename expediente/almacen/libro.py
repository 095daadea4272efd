"""El libro de oficios: un asiento por número tomado, por libro y año.

    libros/DG/2026/0042/asiento.yaml

Un número tomado no se reutiliza: reservado → emitido → entregado, o cancelado con su
motivo. Tomar un número es publicar su carpeta: dos personas nunca toman el mismo, ni uno
que se registró porque se había tomado a mano.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from expediente.almacen import registro
from expediente.almacen.disco import errores_de_disco
from expediente.almacen.fichero_yaml import mapa_de_texto
from expediente.almacen.texto_yaml import escribir
from expediente.nucleo.ajustes import Libro
from expediente.nucleo.errores import CasoCambio, NoExiste, sugerencia

FICHERO = "asiento.yaml"
LLAVES = (
    "numero", "libro", "anio", "consecutivo", "estado", "origen", "folio", "documento",
    "asunto", "destinatario", "elaboro", "firmo", "reservado", "fecha", "extemporaneo",
    "entregado", "recibe", "motivo", "capturo", "capturado",
)  # fmt: skip
# El origen de un número que se tomó a mano, sin el programa.
DE_FUERA = "fuera"


@dataclass(frozen=True)
class Asiento:
    """Un número del libro: su carpeta, su revisión y lo que dice."""

    carpeta: Path
    revision: int
    dice: Mapping[str, str]

    @property
    def numero(self) -> str:
        """El número como se escribe en el oficio."""
        return self.dice["numero"]

    @property
    def de_fuera(self) -> bool:
        """Si se tomó a mano y después se registró: no es de ningún caso."""
        return self.dice.get("origen") == DE_FUERA

    @property
    def fecha_de_orden(self) -> str:
        """La fecha con que tomó su lugar, ISO; «» si no consta.

        Es la del oficio, o la de la reserva si después se emitió: un número reservado no se
        salta su turno porque se firme más tarde.
        """
        return self.dice.get("reservado") or self.dice.get("fecha", "")


def tomar_numero(raiz: Path, libro: Libro, anio: int, dice: Mapping[str, str]) -> Asiento:
    """Toma el siguiente número del libro en ese año, con lo que dirá su asiento."""
    consecutivo = max(consecutivos_de(raiz, libro.clave, anio), default=0)
    while True:
        consecutivo += 1
        if tomado := tomar_este(raiz, libro, anio, consecutivo, dice):
            return tomado


def tomar_este(
    raiz: Path, libro: Libro, anio: int, consecutivo: int, dice: Mapping[str, str]
) -> Asiento | None:
    """Toma ese número exacto, con lo que dirá su asiento; None si ya estaba tomado."""
    carpeta = _carpeta(raiz, libro.clave, anio, consecutivo)
    completo = {
        "numero": libro.numero(anio, consecutivo),
        "libro": libro.clave,
        "anio": str(anio),
        "consecutivo": str(consecutivo),
        **dice,
    }
    if registro.crear(carpeta.parent, carpeta.name, FICHERO, _texto(completo)):
        return Asiento(carpeta, 1, completo)
    return None


def anotar_asiento(asiento: Asiento, cambios: Mapping[str, str]) -> Asiento:
    """El asiento con esos cambios publicados; el mismo si ya los dice.

    Lanza CasoCambio si otra persona lo cambió entre tanto.
    """
    dice = {**asiento.dice, **cambios}
    estables = {k: v for k, v in cambios.items() if k not in ("capturo", "capturado")}
    if all(asiento.dice.get(k) == v for k, v in estables.items()):
        return asiento
    siguiente = asiento.revision + 1
    if not registro.publicar_revision(asiento.carpeta, FICHERO, siguiente, _texto(dice)):
        raise CasoCambio(f"Otra persona cambió el asiento {asiento.numero}; repita la orden.")
    return Asiento(asiento.carpeta, siguiente, dice)


def _texto(dice: Mapping[str, str]) -> str:
    return escribir({k: dice[k] for k in LLAVES if dice.get(k)})


def _carpeta(raiz: Path, libro: str, anio: int, consecutivo: int) -> Path:
    return raiz / "libros" / libro / f"{anio:04d}" / f"{consecutivo:04d}"


def consecutivos_de(raiz: Path, libro: str, anio: int) -> list[int]:
    """Los consecutivos tomados de ese libro y año, en orden."""
    return _consecutivos(raiz / "libros" / libro / f"{anio:04d}")


def asiento_fechado(
    raiz: Path, libro: str, anio: int, consecutivos: Iterable[int]
) -> Asiento | None:
    """El primero de esos números que tiene fecha y la tiene en su orden; None si ninguno.

    Uno extemporáneo no dice por dónde va el libro: su fecha es la de otro día.
    """
    for consecutivo in consecutivos:
        asiento = leer_asiento(_carpeta(raiz, libro, anio, consecutivo))
        if asiento.fecha_de_orden and not asiento.dice.get("extemporaneo"):
            return asiento
    return None


def _consecutivos(padre: Path) -> list[int]:
    if not padre.is_dir():
        return []
    with errores_de_disco(padre):
        return sorted(int(c.name) for c in padre.iterdir() if re.fullmatch(r"\d{4,}", c.name))


def asientos(raiz: Path, libro: str | None = None, anio: int | None = None) -> Iterator[Asiento]:
    """Los asientos, por libro, año y número; de todos si no se dice cuál."""
    libros = raiz / "libros"
    if not libros.is_dir():
        return
    for carpeta_libro in sorted(c for c in libros.iterdir() if c.name == (libro or c.name)):
        for carpeta_anio in sorted(c for c in carpeta_libro.iterdir() if c.name.isdigit()):
            if anio is None or int(carpeta_anio.name) == anio:
                for consecutivo in _consecutivos(carpeta_anio):
                    yield leer_asiento(carpeta_anio / f"{consecutivo:04d}")


def leer_asiento(carpeta: Path) -> Asiento:
    """El asiento de esa carpeta, en su última revisión, con su copia visible al día."""
    lectura = registro.leer(carpeta, FICHERO)
    mapa = mapa_de_texto(lectura.texto, carpeta / FICHERO)
    return Asiento(carpeta, lectura.revision, {k: str(v) for k, v in mapa.items()})


def asiento_de_numero(raiz: Path, libros: Sequence[Libro], numero: str) -> Asiento:
    """El asiento de un número de oficio escrito por una persona.

    Lanza NoExiste con el número más parecido.
    """
    for libro in libros:
        if partes := libro.partes(numero):
            carpeta = _carpeta(raiz, libro.clave, *partes)
            if carpeta.is_dir():
                return leer_asiento(carpeta)
    parecido = sugerencia(numero.upper(), (a.numero for a in asientos(raiz)))
    raise NoExiste(f"Ese número no está en los libros.{parecido}")


def asiento_de_documento(
    raiz: Path, libro: str, folio: str, documento: str, libres_de: frozenset[str]
) -> Asiento | None:
    """El asiento vivo de ese caso y documento cuyo número el caso aún no conoce.

    Sólo lo hay si la máquina se apagó justo después de tomar el número.
    """
    for asiento in asientos(raiz, libro):
        dice = asiento.dice
        mismo = dice.get("folio") == folio and dice.get("documento") == documento
        if mismo and asiento.numero not in libres_de and dice.get("estado") != "cancelado":
            return asiento
    return None


def huecos(raiz: Path, libro: str, anio: int) -> list[int]:
    """Los consecutivos que faltan entre el primero y el último del año."""
    tomados = consecutivos_de(raiz, libro, anio)
    return sorted(set(range(1, (max(tomados, default=0)) + 1)) - set(tomados))
