"""Lo que se captura: qué datos se exigen, cómo se convierten y qué deben cumplir juntos."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from expediente.nucleo.campo import Campo, Catalogos, ValorInvalido, convertir, hojas
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorUso,
    NoExiste,
    citar,
    sugerencia,
)
from expediente.nucleo.procedimiento import Procedimiento

# Un elemento de lista tiene un solo nombre: ni «00» ni cifras de otra escritura.
_INDICE = re.compile(r"\.(0|[1-9][0-9]{0,3})(?=\.|$)")


def hojas_que_faltan(
    campo: Campo, datos: Mapping[str, str], hechos: Mapping[str, Any]
) -> list[Campo]:
    """Los datos sueltos de un campo que se exigen y no constan.

    Un campo compuesto que no es obligatorio exige lo suyo en cuanto algo de él consta.
    """
    exigido = campo.obligatorio or bool(
        campo.obligatorio_si and campo.obligatorio_si.cumple(hechos)
    )
    numeros = sorted({k.split(".")[1] for k in datos if k.startswith(f"{campo.clave}.")})
    indices = (numeros or (["0"] if exigido else [])) if campo.lista else [""]
    faltan = []
    for indice in indices:
        partes = [_con_indice(h, indice) for h in hojas(campo)]
        if not exigido and not any(h.clave in datos for h in partes):
            continue
        obligatorias = partes if len(partes) == 1 else [h for h in partes if _exige(h, hechos)]
        faltan += [h for h in obligatorias if not datos.get(h.clave)]
    return faltan


def _exige(parte: Campo, hechos: Mapping[str, Any]) -> bool:
    return parte.obligatorio or bool(parte.obligatorio_si and parte.obligatorio_si.cumple(hechos))


def _con_indice(hoja: Campo, indice: str) -> Campo:
    return replace(hoja, clave=hoja.clave.replace("#", indice)) if indice else hoja


def quien_recibe(escrito: str | None) -> str | None:
    """El nombre de quien recibe, sin blancos alrededor; None si no se dijo.

    Lanza ErrorUso si se dijo en blanco.
    """
    if escrito is not None and not escrito.strip():
        raise ErrorUso("--recibe está en blanco: diga el nombre de quien lo recibió, o quítelo.")
    return escrito.strip() if escrito else None


def revisar_reglas(p: Procedimiento, hechos: Mapping[str, Any]) -> None:
    """Lanza DatosInvalidos si los datos que constan no cumplen juntos una regla."""
    for regla in p.reglas:
        consta = all(nombre in hechos for nombre in regla.si_no.nombres)
        if consta and not regla.si_no.cumple(hechos):
            raise DatosInvalidos(regla.mensaje)


def revisar_requisitos(p: Procedimiento, requisitos: Sequence[str]) -> None:
    """Lanza NoExiste, con el más parecido, si se nombra un requisito que no se pide."""
    conocidos = {r.clave for r in p.requisitos if not r.por_cada}
    de_listas = {r.clave for r in p.requisitos if r.por_cada}
    for clave in requisitos:
        base, _, numero = clave.rpartition(".")
        if clave not in conocidos and not (base in de_listas and numero.isdecimal()):
            parecido = sugerencia(clave, {*conocidos, *(f"{base}.0" for base in de_listas)})
            raise NoExiste(f"«{p.clave}» no pide el requisito «{clave}».{parecido}")


def convertir_datos(
    p: Procedimiento, escritos: Mapping[str, str], catalogos: Catalogos
) -> dict[str, str]:
    """Los datos en su forma canónica, por clave completa; vacíos incluidos como «».

    Lanza NoExiste si un campo no es del procedimiento y DatosInvalidos, con todos los
    que no se entienden, sin repetir lo escrito.
    """
    datos, malos = {}, []
    for clave, escrito in escritos.items():
        campo = _campo_de(p, clave)
        try:
            datos[clave] = convertir(campo, escrito, catalogos)
        except ValorInvalido as error:
            malos.append(f"«{clave}»: {error}")
    if malos:
        raise DatosInvalidos(" ".join(malos))
    return datos


def _campo_de(p: Procedimiento, clave: str) -> Campo:
    patron = _INDICE.sub(".#", clave)
    hoja = p.hojas.get(patron) if "#" not in clave else None
    if hoja is None:
        escribibles = [h.replace("#", "0") for h in p.hojas]
        partes = [h for h in escribibles if h.startswith(f"{clave.replace('#', '0')}.")]
        pista = f" Diga cada parte: {', '.join(partes[:3])}…" if partes else ""
        raise NoExiste(
            f"«{p.clave}» no tiene el campo {citar(clave, 'que se escribió')}."
            f"{pista or sugerencia(clave.replace('#', '0'), escribibles)}"
        )
    lista = next((c.lista for c in p.campos if c.clave == clave.split(".", maxsplit=1)[0]), None)
    indice = _INDICE.search(clave)
    if lista and indice and int(indice[1]) >= lista:
        base = clave[: indice.start()]
        une = "y" if lista == 2 else "a"
        cuales = f"{base}.0" + (f" {une} {base}.{lista - 1}" if lista > 1 else "")
        raise DatosInvalidos(f"«{clave}»: se aceptan hasta {lista} ({cuales}).")
    return hoja
