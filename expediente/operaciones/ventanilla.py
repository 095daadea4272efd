"""Dónde y cuándo se trabaja: la oficina, el reloj y quién teclea.

Toda operación recibe una `Ventanilla`; así ninguna pregunta la hora por su cuenta.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from expediente.almacen import oficina as disco_oficina
from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.campo import Catalogo, ValorInvalido, leer_momento
from expediente.nucleo.caso import Actuacion
from expediente.nucleo.errores import ErrorUso

if TYPE_CHECKING:
    from expediente.nucleo.calendario import Calendario


@dataclass(frozen=True)
class Ventanilla:
    """La oficina de `raiz`, en el momento `ahora`, con `usuario` al teclado."""

    raiz: Path
    oficina: Oficina
    ahora: datetime
    usuario: str

    @cached_property
    def catalogos(self) -> Mapping[str, Catalogo]:
        """Los catálogos de la oficina, por clave."""
        from expediente.almacen import reglas  # una lista no los lee, ni carga el procedimiento

        return reglas.leer_catalogos(self.raiz)

    @cached_property
    def calendario(self) -> "Calendario":
        """Los días inhábiles que la oficina firmó."""
        from expediente.almacen import reglas  # una lista no lo lee, ni carga el procedimiento

        return reglas.leer_calendario(self.raiz, self.oficina)

    @property
    def zona(self) -> ZoneInfo:
        """El huso horario de la oficina."""
        return ZoneInfo(self.oficina.zona)

    def momento(self, escrito: str | None) -> datetime:
        """El momento que alguien escribió, en el huso de la oficina; sin nada, ahora.

        Lanza ErrorUso si no se entiende.
        """
        if escrito is None:
            return self.ahora
        try:
            return self.en_su_huso(leer_momento(escrito))
        except ValorInvalido as error:
            raise ErrorUso(f"La fecha y hora que escribió no se entiende: {error}") from None

    def en_su_huso(self, momento: datetime) -> datetime:
        """El momento en el huso de la oficina; el que no trae huso se entiende de aquí."""
        if momento.tzinfo is None:
            return momento.replace(tzinfo=self.zona)
        return momento.astimezone(self.zona)

    @property
    def quien_teclea(self) -> str:
        """La clave en el personal de quien teclea, o su usuario de la computadora."""
        for persona in self.oficina.personal:
            if persona.usuario == self.usuario:
                return persona.clave
        return self.usuario

    def nueva_actuacion(self, tipo: str, ocurrio: datetime | None = None) -> Actuacion:
        """Una actuación de ese tipo, capturada ahora, todavía sin número ni eslabón."""
        return Actuacion(0, tipo, ocurrio or self.ahora, self.ahora, self.quien_teclea)


def sentarse(raiz: Path, ahora: datetime | None, usuario: str) -> Ventanilla:
    """La ventanilla de la oficina de `raiz`; sin `ahora`, con el reloj del sistema."""
    oficina = disco_oficina.leer_oficina(raiz)
    zona = ZoneInfo(oficina.zona)
    momento = ahora.replace(tzinfo=zona) if ahora else datetime.now(zona)
    return Ventanilla(raiz, oficina, momento.replace(microsecond=0), usuario)
