"""Si un caso tiene lo que alguien busca: un nombre, una CURP, un teléfono, un número.

Nunca se busca en los datos sensibles, ni se dice de una persona más que lo que se tecleó.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from expediente.nucleo.campo import COMPUESTOS, Campo, Catalogo, Opcion, opcion_escrita, plano
from expediente.nucleo.hechos import nombre_completo
from expediente.nucleo.procedimiento import Procedimiento

COLONIAS = "colonias"
# Con menos, medio padrón tiene la misma CURP o el mismo teléfono.
_CURP_MINIMA = 10
_TELEFONO_MINIMO = 7


class Hallazgo(NamedTuple):
    """El dato de un caso que casa con lo buscado.

    `tipo` dice cómo se enmascara al enseñarlo: curp, telefono, nombre, colonia, numero o
    texto, que no se enseña: ahí puede ir el nombre de cualquiera.
    """

    campo: str
    tipo: str
    dato: str


@dataclass(frozen=True)
class Buscado:
    """Lo que alguien tecleó para buscar, en las formas en que se compara.

    `colonia` es la del catálogo que se llama así, o tiene ese alias; None si ninguna.
    """

    palabras: tuple[str, ...]
    colonia: Opcion | None
    numero: tuple[str, ...]
    curp: str
    telefono: str

    def podria_estar(self, escrito: str) -> bool:
        """Si un texto trae algo de lo buscado, mirado por encima: lo que no, no está."""
        liso = _liso(escrito)
        de_colonia = (self.colonia.clave, self.colonia.nombre) if self.colonia else ()
        formas = [
            self.palabras,
            *(_palabras(dicho) for dicho in de_colonia),
            self.numero,
            (self.curp,),
            (self.telefono,),
        ]
        return any(all(forma) and all(_liso(x) in liso for x in forma) for forma in formas if forma)


def que_se_busca(escrito: str, colonias: Catalogo) -> Buscado:
    """Lo tecleado, listo para comparar; el alias de una colonia vale por su nombre."""
    palabras = _palabras(escrito)
    colonia = opcion_escrita(colonias, escrito)
    curp = re.sub(r"[^A-Z0-9]", "", escrito.upper())
    telefono = re.sub(r"\D", "", escrito) if not re.search(r"[^\d\s()+.\-]", escrito) else ""
    return Buscado(
        palabras,
        colonia,
        _numero(escrito),
        curp if len(curp) >= _CURP_MINIMA else "",
        telefono[-10:] if len(telefono) >= _TELEFONO_MINIMO else "",
    )


def hallazgos(
    p: Procedimiento,
    folio: str,
    datos: Mapping[str, str],
    numeros: Mapping[str, str],
    buscado: Buscado,
) -> Iterator[Hallazgo]:
    """Cada dato del caso que casa; `numeros` son los de sus oficios, {número: documento}."""
    if _numero(folio) == buscado.numero:
        yield Hallazgo("Folio", "numero", folio)
    for numero, documento in numeros.items():
        if _numero(numero) == buscado.numero:
            yield Hallazgo(documento, "numero", numero)
    de_libro = {n.clave: n.nombre for n in p.numeros}
    for clave, dato in datos.items():
        if clave in de_libro:
            if _numero(dato) == buscado.numero:
                yield Hallazgo(de_libro[clave], "numero", dato)
        elif hallado := _en_dato(p, clave, dato, buscado):
            yield hallado
    yield from _en_personas(p, datos, buscado)


def _en_dato(p: Procedimiento, clave: str, dato: str, buscado: Buscado) -> Hallazgo | None:
    hoja = p.hojas.get(_patron(clave))
    if hoja is None or hoja.sensible or clave in p.sensibles:
        return None
    raiz = clave.split(".", 1)[0]
    compuesto = any(c.clave == raiz and c.tipo in COMPUESTOS for c in p.campos)
    casa, tipo = _como_casa(hoja, compuesto, dato, buscado)
    if casa and buscado.colonia and dato == buscado.colonia.clave:
        dato = buscado.colonia.nombre
    return Hallazgo(hoja.nombre, tipo, dato) if casa else None


def _como_casa(hoja: Campo, compuesto: bool, dato: str, buscado: Buscado) -> tuple[bool, str]:
    """Si el dato casa con lo buscado, y de qué tipo es para enmascararlo.

    De una persona o un domicilio no se mira aquí cada parte: ni su calle ni un apellido.
    """
    if hoja.tipo == "curp":
        return bool(buscado.curp) and dato.startswith(buscado.curp), "curp"
    if hoja.tipo == "telefono":
        return bool(buscado.telefono) and dato.endswith(buscado.telefono), "telefono"
    if hoja.tipo == "folio":
        return _numero(dato) == buscado.numero, "numero"
    if hoja.clave.endswith(".colonia") or hoja.catalogo == COLONIAS:
        return _es_la_colonia(buscado, dato), "colonia"
    if hoja.tipo == "texto" and not compuesto:
        return _estan(buscado.palabras, dato), "texto"
    return False, ""


def _es_la_colonia(buscado: Buscado, dato: str) -> bool:
    if _estan(buscado.palabras, dato):
        return True
    colonia = buscado.colonia
    return colonia is not None and (
        dato == colonia.clave or _estan(_palabras(colonia.nombre), dato)
    )


def _en_personas(
    p: Procedimiento, datos: Mapping[str, str], buscado: Buscado
) -> Iterator[Hallazgo]:
    for campo in p.campos:
        if campo.tipo != "persona" or campo.sensible:
            continue
        claves = {k.rpartition(".")[0] for k in datos if k.startswith(f"{campo.clave}.")}
        for clave in sorted(claves):
            nombre = nombre_completo(datos, clave)
            if _estan(buscado.palabras, nombre):
                yield Hallazgo(campo.nombre, "nombre", nombre)


def _estan(buscadas: tuple[str, ...], dato: str) -> bool:
    """Si cada palabra buscada empieza alguna del dato, en el orden que sea."""
    tiene = _palabras(dato)
    return bool(buscadas) and all(any(t.startswith(b) for t in tiene) for b in buscadas)


def lo_tecleado(escrito: str, dato: str) -> str:
    """El dato con las palabras que se teclearon enteras; de las demás, sólo la inicial."""
    dichas = set(_palabras(escrito))
    return " ".join(
        palabra if dichas.issuperset(_palabras(palabra)) else f"{palabra[0]}."
        for palabra in dato.split()
    )


def _palabras(escrito: str) -> tuple[str, ...]:
    """Las palabras para buscar: también sin la ñ, que no todos los teclados tienen."""
    return tuple(re.findall(r"\w+", plano(escrito).replace("ñ", "n")))


def _liso(escrito: str) -> str:
    """El texto en minúsculas y sin ninguna tilde, ni la de la ñ; aprisa."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", escrito.casefold()))


def _numero(escrito: str) -> tuple[str, ...]:
    """Las partes de un folio o número de oficio, sin los ceros que se suelen omitir."""
    partes = re.split(r"[-/\s]+", escrito.strip().upper())
    return tuple(parte.lstrip("0") or "0" for parte in partes)


def _patron(clave: str) -> str:
    return re.sub(r"\.\d+(?=\.|$)", ".#", clave)
