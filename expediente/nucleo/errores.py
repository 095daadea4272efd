"""Los errores que ve una persona: un mensaje y un código de salida.

Un mensaje nombra la cosa, el lugar y el remedio, y nunca repite un dato personal.
Aquí no están los hallazgos de una revisión, que son valores (`revision.Problema`).
"""

import re
from collections.abc import Iterable


class ErrorExpediente(Exception):
    """Una operación que la persona pidió no puede hacerse; el mensaje dice por qué."""

    codigo_salida = 1

    @property
    def mensaje(self) -> str:
        """El texto para la persona, sin «Error:» delante."""
        return str(self.args[0]) if self.args else ""


class ErrorUso(ErrorExpediente):
    """La orden está mal escrita: falta una opción o dos se contradicen."""

    codigo_salida = 2


class DatosInvalidos(ErrorExpediente):
    """Un fichero, una plantilla o un valor no se entiende."""

    codigo_salida = 65


class NoExiste(ErrorExpediente):
    """Se nombró un expediente, paso, campo o fichero que no hay."""

    codigo_salida = 66


class NoPermitido(ErrorExpediente):
    """El procedimiento no lo permite ahora; el mensaje dice qué falta y a quién toca."""

    codigo_salida = 69


class ErrorDisco(ErrorExpediente):
    """No se pudo leer o escribir: disco lleno, unidad desconectada."""

    codigo_salida = 74


class CasoCambio(ErrorExpediente):
    """Otra persona cambió lo mismo entre tanto; no se perdió nada, se vuelve a intentar."""

    codigo_salida = 75


class EstaAbierto(ErrorExpediente):
    """Alguien tiene abierto el documento que toca escribir; al cerrarlo se vuelve a intentar."""

    codigo_salida = 75


class SinPermiso(ErrorExpediente):
    """Quien lo pide, o la carpeta, no tiene permiso."""

    codigo_salida = 77


class Interrumpido(KeyboardInterrupt):
    """Ctrl-C cuando lo pedido ya estaba asentado; el mensaje dice cómo terminarlo."""


def sugerencia(escrito: str, conocidos: Iterable[str]) -> str:
    """Devuelve « ¿Quiso decir «x»?» con el nombre conocido más parecido, o «».

    No distingue mayúsculas: quien teclea de prisa escribe todo en unas o en otras.
    """
    from difflib import get_close_matches  # sólo quien se equivoca la carga

    por_minusculas = {conocido.lower(): conocido for conocido in conocidos}
    parecidos = get_close_matches(escrito.lower(), list(por_minusculas), n=1, cutoff=0.55)
    return f" ¿Quiso decir «{por_minusculas[parecidos[0]]}»?" if parecidos else ""


def citar(escrito: str, si_no: str) -> str:
    """«escrito» si tiene forma de clave; si no, `si_no`: pudo ser el dato de una persona."""
    return f"«{escrito}»" if re.fullmatch(r"[a-z][a-z0-9_.-]{0,60}", escrito) else si_no
