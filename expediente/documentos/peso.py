"""Lo que mide cada valor que una plantilla hace, compara o escribe.

Es la reja contra una plantilla hecha para agotar el equipo; un dato normal pasa de largo.
"""

from collections.abc import Mapping
from typing import Any

from expediente.documentos.faltante import LLENADO
from expediente.documentos.presupuesto import DESDE_ESTAS_LETRAS_SE_CUENTA, Desmedida

MAXIMO_TEXTO = 200_000
MAXIMOS_ELEMENTOS = 20_000
_VARIOS = (list, tuple, Mapping, set, frozenset)
# Un elemento de una lista ocupa en memoria lo que ocho letras.
_LETRAS_POR_ELEMENTO = 8


def limitar(letras: int) -> None:
    """Apunta un texto o una lista de ese tamaño. Lanza Desmedida si no es de una carta."""
    if letras > MAXIMO_TEXTO:
        raise Desmedida
    if letras > DESDE_ESTAS_LETRAS_SE_CUENTA:
        LLENADO.get().presupuesto.gastar(letras)


def pesar(valor: Any) -> Any:
    """Devuelve el valor, una vez apuntado lo que ocupa; lanza Desmedida como `limitar`."""
    if isinstance(valor, str):
        limitar(len(valor))
    elif isinstance(valor, (list, tuple, dict)):
        limitar_lista(len(valor))
    return valor


def limitar_lista(elementos: int) -> None:
    """Como `limitar`, para una lista que hace la plantilla."""
    if elementos > MAXIMOS_ELEMENTOS:
        raise Desmedida
    if elementos > DESDE_ESTAS_LETRAS_SE_CUENTA:
        LLENADO.get().presupuesto.gastar(elementos * _LETRAS_POR_ELEMENTO)


def consultar(valor: Any) -> None:
    """Apunta el costo de leer un valor entero, que puede ser un dato grande."""
    if isinstance(valor, (str, list, tuple, dict)) and len(valor) > DESDE_ESTAS_LETRAS_SE_CUENTA:
        LLENADO.get().presupuesto.gastar(len(valor))


def texto_llano(valor: Any) -> str:
    """Devuelve el valor como texto. Lanza TypeError si son varios datos.

    Una lista que se contiene a sí misma dos veces, treinta veces, mide mil millones.
    """
    if isinstance(valor, _VARIOS):
        raise TypeError("son varios datos")
    return str(valor)


def para_comparar(valor: Any) -> Any:
    """Devuelve el valor. Lanza TypeError si es una lista de listas, por lo que `texto_llano`."""
    if isinstance(valor, _VARIOS) and not isinstance(valor, range):
        limitar_lista(len(valor))
        LLENADO.get().presupuesto.gastar(len(valor))
        dentro = (*valor, *valor.values()) if isinstance(valor, Mapping) else valor
        if any(isinstance(elemento, _VARIOS) for elemento in dentro):
            raise TypeError("son varios datos")
    return valor


def varios(valor: Any) -> Any:
    """Devuelve una lista escrita en la etiqueta; lanza Desmedida si por dentro no tiene fin.

    «[l, l]», cuarenta veces, son cuarenta listas y un billón de elementos al recorrerlas.
    """
    pendientes, vistos = [valor], 0
    while pendientes:
        uno = pendientes.pop()
        vistos += 1
        if vistos > MAXIMO_TEXTO:
            raise Desmedida
        if isinstance(uno, Mapping):
            pendientes.extend(uno.values())
        elif isinstance(uno, (list, tuple)):
            pendientes.extend(uno)
    limitar(vistos)
    return valor


def para_buscar(valor: Any) -> Any:
    """Devuelve la lista o el texto donde se va a buscar con «in»."""
    consultar(valor)
    return valor
