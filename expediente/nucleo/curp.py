"""La CURP: qué la hace válida en su estructura (no si existe en el RENAPO)."""

import re
from datetime import date

from expediente.nucleo.entidades import ENTIDADES

_ALFABETO = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
# NE es quien nació en el extranjero.
_ENTIDADES = frozenset((*(una.clave for una in ENTIDADES), "NE"))
_ESTRUCTURA = re.compile(r"[A-Z]{4}(\d\d)(\d\d)(\d\d)[HMX]([A-Z]{2})[A-Z]{3}[A-Z0-9]\d", re.ASCII)
_SEXOS = {"M": "Mujer", "H": "Hombre", "X": "No binario"}


def digito_verificador(primeras_diecisiete: str) -> str:
    """La última cifra que corresponde a las diecisiete primeras letras."""
    suma = sum(_ALFABETO.index(c) * (18 - i) for i, c in enumerate(primeras_diecisiete))
    return str(-suma % 10)


def revisar_curp(curp: str) -> str | None:
    """Lo que está mal en una CURP ya en mayúsculas; None si su estructura es válida."""
    if len(curp) != 18:
        return "la CURP tiene dieciocho letras y cifras."
    hallada = _ESTRUCTURA.fullmatch(curp)
    if not hallada:
        return "la CURP no sigue su estructura."
    if nacimiento_de(curp) is None:
        return "la CURP lleva una fecha de nacimiento que no existe."
    if hallada[4] not in _ENTIDADES:
        return "la CURP lleva una entidad de nacimiento que no existe."
    if digito_verificador(curp[:17]) != curp[17]:
        return "el dígito verificador de la CURP no corresponde."
    return None


def nacimiento_de(curp: str) -> date | None:
    """El día en que nació quien tiene esa CURP; None si no lo dice."""
    hallada = _ESTRUCTURA.fullmatch(curp)
    if not hallada:
        return None
    siglo = 1900 if curp[16].isdigit() else 2000
    try:
        return date(siglo + int(hallada[1]), int(hallada[2]), int(hallada[3]))
    except ValueError:
        return None


def sexo_de(curp: str) -> str | None:
    """«Mujer», «Hombre» o «No binario», como lo dice la CURP; None si no es una."""
    return _SEXOS[curp[10]] if _ESTRUCTURA.fullmatch(curp) else None
