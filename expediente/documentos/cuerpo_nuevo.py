"""Una plantilla que empieza: la de otra con su texto por escribir.

Lo demás (cuadro, destinatario, firmas, acuse) es de la plantilla que le sirve de base; así
el esqueleto del oficio vive en un solo sitio, y es el que la oficina haya editado.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy

from expediente.documentos.etiquetas import Nodo, W
from expediente.documentos.paquete import Miembro
from expediente.documentos.piezas_de_word import Piezas, escribir_nodo, leer_nodo
from expediente.documentos.vocabulario import LISTA, Dato

_HUECO = "{{ cuerpo }}"
_CONTROL = "{%p "
_ESPACIO = "{http://www.w3.org/XML/1998/namespace}space"
_TITULO = "{http://purl.org/dc/elements/1.1/}title"
_PROPIEDADES = "docProps/core.xml"
_INDICACION = (
    "{# Aquí va lo que dice el documento. Cambie este texto por el suyo, y quite los datos que "
    "no use; lo que está entre llave y almohadilla, como esto, no se imprime. #}"
)
_APERTURA = (
    "En relación con el expediente {{ caso.folio }}, recibido el {{ caso.abierto }}, se informa:"
)


def con_otro_cuerpo(base: Mapping[str, Miembro], titulo: str, datos: Sequence[Dato]) -> bytes:
    """La base con ese título y, donde decía «{{ cuerpo }}», indicaciones y una muestra de datos.

    La base que no tiene ese hueco conserva su texto.
    """
    piezas = Piezas(base)
    raiz = leer_nodo(piezas.contenido[piezas.cuerpo])
    parrafos = {nodo: _texto(nodo) for nodo in raiz.iter(W + "p")}
    hueco = next((nodo for nodo, texto in parrafos.items() if texto.strip() == _HUECO), None)
    if hueco is not None:
        control = next((n for n, texto in parrafos.items() if texto.startswith(_CONTROL)), hueco)
        for renglon in _renglones(datos):
            modelo = control if renglon.startswith(_CONTROL) else hueco
            hueco.addprevious(_como(modelo, renglon))
        hueco.getparent().remove(hueco)
        piezas.contenido[piezas.cuerpo] = escribir_nodo(raiz)
    _titular(piezas, titulo)
    return piezas.cerrar()


def _renglones(datos: Iterable[Dato]) -> Iterable[str]:
    """Un párrafo por renglón; cada dato sólo se imprime si lo hay."""
    yield _INDICACION + _APERTURA
    por_raiz: dict[str, list[Dato]] = {}
    for dato in datos:
        por_raiz.setdefault(dato.raiz, []).append(dato)
    for raiz, suyos in por_raiz.items():
        yield f"{_CONTROL}if {raiz} %}}"
        yield from _de_lista(raiz, suyos) if suyos[0].tipo == LISTA else _de_dato(suyos)
        yield f"{_CONTROL}endif %}}"


def _de_dato(suyos: Sequence[Dato]) -> Iterable[str]:
    """«Nombre: dato»; de los que tienen partes, las que haya; de una persona, su nombre."""
    completo = [d for d in suyos if d.ruta.endswith(".nombre_completo")]
    partes = completo or [d for d in suyos if d.tipo != "decimal"] or list(suyos)
    nombre = partes[0].nombre.partition(":")[0]
    if len(partes) == 1:
        yield f"{nombre}: {partes[0].etiqueta}"
    else:
        yield f"{nombre}: {' '.join(_si_lo_hay(parte.etiqueta) for parte in partes)}"


def _si_lo_hay(etiqueta: str) -> str:
    return f"{{% if {etiqueta.strip('{} ')} %}}{etiqueta}{{% endif %}}"


def _de_lista(raiz: str, suyos: Sequence[Dato]) -> Iterable[str]:
    yield f"{suyos[0].nombre}:"
    yield f"{_CONTROL}for uno in {raiz} %}}"
    yield from (texto.partition(": ")[2] for texto in _de_dato(suyos[1:]))
    yield f"{_CONTROL}endfor %}}"


def _texto(parrafo: Nodo) -> str:
    return "".join(nodo.text or "" for nodo in parrafo.iter(W + "t"))


def _como(modelo: Nodo, texto: str) -> Nodo:
    """Un párrafo con el formato de otro y ese texto."""
    parrafo = deepcopy(modelo)
    runs = list(parrafo.iter(W + "r"))
    for sobra in [n for n in parrafo if n.tag != W + "pPr" and n is not runs[0]]:
        parrafo.remove(sobra)
    letras = next(runs[0].iter(W + "t"))
    letras.text = texto
    letras.set(_ESPACIO, "preserve")
    return parrafo


def _titular(piezas: Piezas, titulo: str) -> None:
    if _PROPIEDADES in piezas.contenido:
        propiedades = leer_nodo(piezas.contenido[_PROPIEDADES])
        for nodo in propiedades.iter(_TITULO):
            nodo.text = titulo
        piezas.contenido[_PROPIEDADES] = escribir_nodo(propiedades)
