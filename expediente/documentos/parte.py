"""Una parte de la plantilla ya compilada, y cómo se escribe en cada carta."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError
from lxml import etree

from expediente.documentos.bloques import NO_PERMITIDA
from expediente.documentos.estructura import Fuente
from expediente.documentos.faltante import LLENADO, Llenado
from expediente.documentos.imagenes import Dibujos
from expediente.documentos.presupuesto import Desmedida, Presupuesto
from expediente.documentos.remedios import en_vez_de_alguna
from expediente.nucleo.errores import DatosInvalidos

_CABECERA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ERRORES_DE_EXPRESION = (
    TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError,
    RecursionError,
    etree.XMLSyntaxError,
)  # fmt: skip
# Lo escrito se cuenta por tandas: de una en una costaría más que escribirlo.
_TANDA = 64


@dataclass(frozen=True)
class Parte:
    """Una parte del documento con etiquetas, compilada.

    `lugar` es como la llama una persona («encabezado») y `pide` los datos que usa, con
    los números de sus etiquetas. `imagenes` es la carpeta de donde salen, o None si
    no pide ninguna.
    """

    miembro: str
    lugar: str
    fuente: Fuente
    jinja: Template
    pide: Mapping[str, Sequence[int]]
    imagenes: Path | None = None

    def escribir(self, campos: dict[str, Any], presupuesto: Presupuesto) -> tuple[str, Llenado]:
        """Devuelve el XML de la parte y lo que faltó al escribirla."""
        llenado = Llenado(presupuesto)
        if self.imagenes is not None:
            llenado.dibujos = Dibujos(self.imagenes)
        ficha = LLENADO.set(llenado)
        try:
            trozos = self.jinja.root_render_func(self.jinja.new_context(campos))
            xml = _junto(trozos, presupuesto)
            for arreglar in self.fuente.arreglos:
                xml = arreglar(xml)
        except _ERRORES_DE_EXPRESION as error:
            # Sin la causa: el mensaje de Python puede citar el dato de una persona.
            raise self._error_al_calcular(error) from None
        finally:
            LLENADO.reset(ficha)
        return _CABECERA + xml, llenado

    def _error_al_calcular(self, error: Exception) -> DatosInvalidos:
        etiqueta = self.fuente.etiquetas[self._numero_en(error.__traceback__)]
        if isinstance(error, Desmedida):
            return etiqueta.error(
                "hace que la carta tarde u ocupe demasiado; revise los bucles de la plantilla."
            )
        if isinstance(error, SecurityError):
            return etiqueta.error(
                f"no se puede usar: {NO_PERMITIDA}{en_vez_de_alguna(etiqueta.codigo)}."
            )
        return etiqueta.error(f"no se puede calcular con los datos de este caso{_por_que(error)}.")

    def _numero_en(self, rastro: TracebackType | None) -> int:
        numero = 0
        while rastro is not None:
            if rastro.tb_frame.f_code.co_filename == self.miembro:
                numero = self.jinja.get_corresponding_lineno(rastro.tb_lineno) - 2
            rastro = rastro.tb_next
        return max(numero, 0)


def _por_que(error: Exception) -> str:
    """Por qué no se calculó, sin citar el dato, que puede ser de una persona."""
    if isinstance(error, ZeroDivisionError):
        return ": divide entre cero"
    if isinstance(error, TypeError) and str(error) == "son varios datos":
        return ": son varios datos; recórralos con «for» o júntelos con «join»"
    if isinstance(error, TypeError):
        return ": un texto y un número no se suman ni se comparan, y cada filtro pide lo suyo"
    return "; revise la etiqueta"


def _junto(trozos: Any, presupuesto: Presupuesto) -> str:
    """Devuelve lo escrito; lanza Desmedida, desde la etiqueta en que va, si ya es demasiado."""
    tandas: list[str] = []
    while tanda := list(islice(trozos, _TANDA)):
        escrito = "".join(tanda)
        try:
            presupuesto.gastar(len(escrito))
        except Desmedida as error:
            trozos.throw(error)
        tandas.append(escrito)
    return "".join(tandas)


def problemas_de(
    parte: Parte, llenado: Llenado, decir_lo_que_falta: Callable[[Sequence[str]], str]
) -> Iterator[str]:
    """Da lo que impide la carta, dicho una vez por parte aunque se imprima diez."""
    etiquetas = parte.fuente.etiquetas
    faltan = dict.fromkeys(
        ruta
        for numero, rutas in llenado.faltantes
        for ruta in (rutas or (etiquetas[numero].codigo,))
    )
    if faltan:
        yield f"{parte.lugar}: {decir_lo_que_falta(tuple(faltan))}"
    for numero, porque in dict.fromkeys(llenado.ajenos):
        yield f"{etiquetas[numero].lugar}: «{etiquetas[numero].codigo}» {porque}"
