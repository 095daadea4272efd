"""Los estilos y las listas numeradas de un documento, cambiados por los de otro.

Mandan los del membrete; de la plantilla sólo se traspasa lo que su texto usa y el
membrete no tiene. Dos estilos son el mismo si se llaman igual: la clave con que se
guardan cambia de un programa a otro, y aquí se ajusta.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count

from lxml import etree

from expediente.documentos.etiquetas import Nodo, W
from expediente.nucleo.errores import DatosInvalidos

_VALOR = W + "val"
_CLAVE = W + "styleId"
_EN_EL_TEXTO = tuple(W + n for n in ("pStyle", "rStyle", "tblStyle", "numStyleLink", "styleLink"))
_EN_UN_ESTILO = tuple(W + n for n in ("basedOn", "link", "next"))
# Con esto distingue Word una lista de otra que se ve igual; no cambia cómo se ve.
_SENAS_DE_LISTA = (W + "nsid", W + "tmpl")


@dataclass(frozen=True)
class Traspaso:
    """Con qué clave queda cada estilo y cada lista, y los estilos que el membrete no tenía."""

    estilos: Mapping[str, str]
    listas: Mapping[str, str]
    conservados: tuple[str, ...]

    def ajustar(self, raiz: Nodo) -> None:
        """Pone en un XML las claves nuevas; lo demás no se toca."""
        for nodo in raiz.iter(*_EN_EL_TEXTO, *_EN_UN_ESTILO):
            nodo.set(_VALOR, self.estilos.get(nodo.get(_VALOR), nodo.get(_VALOR)))
        for nodo in raiz.iter(W + "numId"):
            nodo.set(_VALOR, self.listas.get(nodo.get(_VALOR), nodo.get(_VALOR)))


def traspasar(
    textos: Sequence[Nodo], viejos: Nodo, nuevos: Nodo, listas: Nodo, listas_nuevas: Nodo
) -> Traspaso:
    """Agrega a los estilos y listas nuevos lo que esos textos usan de los viejos.

    Cambia `nuevos` y `listas_nuevas`; los textos, no: eso lo hace `ajustar`. Lanza
    DatosInvalidos si una lista lleva de viñeta un dibujo, que se perdería.
    """
    usados = _valores(textos, *_EN_EL_TEXTO)
    usados += _valores(_abstractas(listas, _valores(textos, W + "numId")), *_EN_EL_TEXTO)
    estilos, llevados = _traspasar_estilos(usados, viejos, nuevos)
    numeros = _valores((*textos, *llevados), W + "numId")
    por_numero, abstractas = _traspasar_listas(numeros, listas, listas_nuevas)
    hecho = Traspaso(estilos, por_numero, tuple(_nombre(n)[1] for n in llevados))
    claves = {nodo.get(_CLAVE) for nodo in llevados}
    for nodo in (*llevados, *abstractas):
        hecho.ajustar(nodo)
    for nodo in [n for a in abstractas for n in a.iter(W + "pStyle")]:
        # Un estilo del membrete no numera con la lista de una plantilla.
        if nodo.get(_VALOR) not in claves:
            nodo.getparent().remove(nodo)
    return hecho


def _valores(partes: Iterable[Nodo], *etiquetas: str) -> list[str]:
    return [nodo.get(_VALOR, "") for parte in partes for nodo in parte.iter(*etiquetas)]


def _nombre(estilo: Nodo) -> tuple[str, str]:
    """(clase, nombre): sin ellos no se sabe de cuál se habla."""
    return estilo.get(W + "type", ""), estilo.find(W + "name").get(_VALOR)


def _por_clave(raiz: Nodo) -> dict[str, Nodo]:
    con_nombre = (n for n in raiz.iter(W + "style") if n.find(W + "name") is not None)
    return {nodo.get(_CLAVE): nodo for nodo in con_nombre}


def _traspasar_estilos(
    usados: Iterable[str], viejos: Nodo, nuevos: Nodo
) -> tuple[dict[str, str], list[Nodo]]:
    """Devuelve la clave nueva de cada estilo viejo, y los que hubo que llevar."""
    previos = _por_clave(viejos)
    del_membrete = {_sin_mayusculas(n): clave for clave, n in _por_clave(nuevos).items()}
    mapa = {
        clave: del_membrete[_sin_mayusculas(nodo)]
        for clave, nodo in previos.items()
        if _sin_mayusculas(nodo) in del_membrete
    }
    llevados = []
    ocupadas = set(del_membrete.values())
    hacen_falta = _con_sus_bases(usados, previos, mapa)
    for clave in [c for c in previos if c in hacen_falta]:
        copia = deepcopy(previos[clave])
        mapa[clave] = _libre(clave, ocupadas)
        ocupadas.add(mapa[clave])
        copia.set(_CLAVE, mapa[clave])
        copia.attrib.pop(W + "default", None)
        nuevos.append(copia)
        llevados.append(copia)
    for nodo in [n for copia in llevados for n in copia.iter(*_EN_UN_ESTILO)]:
        if nodo.get(_VALOR) not in mapa:
            nodo.getparent().remove(nodo)
    return mapa, llevados


def _sin_mayusculas(estilo: Nodo) -> tuple[str, str]:
    """Para Word «Heading 1» y «heading 1» son el mismo estilo."""
    clase, nombre = _nombre(estilo)
    return clase, nombre.casefold()


def _con_sus_bases(
    usados: Iterable[str], previos: Mapping[str, Nodo], mapa: Mapping[str, str]
) -> set[str]:
    """Los estilos que hay que llevar: los usados y aquellos de que heredan."""
    hacen_falta: set[str] = set()
    pendientes = list(usados)
    while pendientes:
        clave = pendientes.pop()
        if clave in previos and clave not in mapa and clave not in hacen_falta:
            hacen_falta.add(clave)
            pendientes += _valores([previos[clave]], W + "basedOn", W + "link")
    return hacen_falta


def _libre(clave: str, ocupadas: set[str]) -> str:
    candidatas = (f"{clave}{n}" if n else clave for n in count())
    return next(candidata for candidata in candidatas if candidata not in ocupadas)


def _por_numero(raiz: Nodo, etiqueta: str, atributo: str) -> dict[str, Nodo]:
    """Las listas o las definiciones, por su número; sin definición, una lista no se ve."""
    return {
        n.get(W + atributo): n
        for n in raiz.findall(W + etiqueta)
        if etiqueta != "num" or n.find(W + "abstractNumId") is not None
    }


def _abstractas(listas: Nodo, numeros: Iterable[str]) -> list[Nodo]:
    """Cómo se ve cada una de esas listas: su definición abstracta."""
    todas, abstractas = (
        _por_numero(listas, "num", "numId"),
        _por_numero(listas, "abstractNum", "abstractNumId"),
    )
    claves = (_clave_abstracta(todas[n]) for n in numeros if n in todas)
    return [abstractas[clave] for clave in claves if clave in abstractas]


def _clave_abstracta(lista: Nodo) -> str:
    return str(lista.find(W + "abstractNumId").get(_VALOR))


def _traspasar_listas(
    numeros: Iterable[str], viejas: Nodo, nuevas: Nodo
) -> tuple[dict[str, str], list[Nodo]]:
    """Devuelve el número nuevo de cada lista, y las definiciones que hubo que llevar."""
    mapa: dict[str, str] = {}
    llevadas: dict[str, Nodo] = {}
    previas, propias = (_por_numero(raiz, "num", "numId") for raiz in (viejas, nuevas))
    for numero in sorted({n for n in numeros if n in previas}, key=int):
        if numero in propias and _se_ven_igual(viejas, nuevas, numero):
            continue
        for abstracta in _abstractas(viejas, [numero]):
            clave = _clave_abstracta(previas[numero])
            if clave not in llevadas:
                llevadas[clave] = _llevar_abstracta(abstracta, nuevas)
            mapa[numero] = _llevar_lista(previas[numero], llevadas[clave], nuevas)
    return mapa, list(llevadas.values())


def _se_ven_igual(viejas: Nodo, nuevas: Nodo, numero: str) -> bool:
    return _traza(viejas, numero) == _traza(nuevas, numero)


def _traza(listas: Nodo, numero: str) -> list[bytes]:
    """Lo que se ve de una lista, sin las claves ni las señas con que se guarda."""
    lista = deepcopy(_por_numero(listas, "num", "numId")[numero])
    lista.remove(lista.find(W + "abstractNumId"))
    copias = [lista, *(deepcopy(a) for a in _abstractas(listas, [numero]))]
    for copia in copias:
        copia.attrib.clear()
        for sena in [n for n in copia if n.tag in _SENAS_DE_LISTA]:
            copia.remove(sena)
    return [etree.tostring(copia, method="c14n", exclusive=True) for copia in copias]


def _llevar_abstracta(abstracta: Nodo, nuevas: Nodo) -> Nodo:
    if abstracta.find(f".//{W}lvlPicBulletId") is not None:
        raise DatosInvalidos(
            "una de sus listas lleva un dibujo de viñeta, que se perdería; en Word cámbiela "
            "por una viñeta de letra y repita la orden."
        )
    copia = deepcopy(abstracta)
    copia.set(W + "abstractNumId", _siguiente(nuevas, "abstractNum", "abstractNumId"))
    # Word pide todas las definiciones antes que las listas.
    antes = nuevas.findall(W + "abstractNum") or nuevas.findall(W + "numPicBullet")
    nuevas.insert(nuevas.index(antes[-1]) + 1 if antes else 0, copia)
    return copia


def _llevar_lista(lista: Nodo, abstracta: Nodo, nuevas: Nodo) -> str:
    copia = deepcopy(lista)
    numero = _siguiente(nuevas, "num", "numId")
    copia.set(W + "numId", numero)
    copia.find(W + "abstractNumId").set(_VALOR, abstracta.get(W + "abstractNumId"))
    antes = nuevas.findall(W + "num") or nuevas.findall(W + "abstractNum")
    nuevas.insert(nuevas.index(antes[-1]) + 1, copia)
    return numero


def _siguiente(listas: Nodo, etiqueta: str, atributo: str) -> str:
    ocupados = (int(clave) for clave in _por_numero(listas, etiqueta, atributo))
    return str(max(ocupados, default=0) + 1)
