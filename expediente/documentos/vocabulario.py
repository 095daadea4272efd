"""Lo que una plantilla puede usar, y qué decirle a quien pide otra cosa.

La ruta de un dato lleva puntos, y `[]` donde hay que recorrer una lista:
«acompanantes[].nombres». Qué datos tiene cada documento lo dice `datos_de_plantilla`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from expediente.documentos.dichos import AYUDA_DE_FORMAS, tiene_forma
from expediente.nucleo.errores import sugerencia

LISTA, CONDICION, TEXTO = "lista", "condición", "texto"
SENSIBLE = "es un dato sensible y no sale en documentos"
_ELEMENTO = "[]"
_PASOS = re.compile(r"\[\]|[^.\[\]]+")
# Todos los modos de pedir un dato suelto, sea de la clase que sea.
FORMAS = tuple(dict.fromkeys(forma for formas in AYUDA_DE_FORMAS.values() for forma in formas))
# Cómo se llama en los ejemplos al elemento de una lista, y al de otra dentro de ella.
_CADA_UNO = ("uno", "otro", "este")

# Otros nombres con que se pide lo mismo: {el que se teclea: el del programa}.
_SINONIMOS = {
    "direccion": "domicilio",
    "ubicacion": "domicilio",
    "tel": "telefono",
    "celular": "telefono",
    "email": "correo",
    "mail": "correo",
    "correo_electronico": "correo",
    "institucion": "ente",
    "puesto": "cargo",
    "apellido": "primer_apellido",
    "apellido_paterno": "primer_apellido",
    "paterno": "primer_apellido",
    "apellido_materno": "segundo_apellido",
    "materno": "segundo_apellido",
    "larga": "con_dia",
    "completa": "con_dia",
    "letra": "en_letra",
    "year": "anio",
    "ano": "anio",
    "año": "anio",
    "month": "mes",
    "day": "dia",
}


def pasos_de(ruta: str) -> list[str]:
    """Los pasos de una ruta: «a[].b» son «a», «[]» y «b»."""
    return _PASOS.findall(ruta)


@dataclass(frozen=True)
class Dato:
    """Algo que una plantilla puede usar: su ruta, cómo lo lee una persona y de qué tipo es.

    `grupo` dice de dónde sale. Uno `sensible` existe y no se imprime; uno `opcional` puede
    no capturarse nunca.
    """

    ruta: str
    nombre: str
    tipo: str = TEXTO
    grupo: str = ""
    sensible: bool = False
    opcional: bool = False

    @property
    def raiz(self) -> str:
        """El primer paso de su ruta."""
        return pasos_de(self.ruta)[0]

    @property
    def etiqueta(self) -> str:
        """Cómo se escribe en Word; dentro de una lista, «uno» es cada elemento."""
        *listas, ultimo = self.ruta.split(_ELEMENTO)
        dicho = _CADA_UNO[len(listas) - 1] + ultimo if listas else ultimo
        if self.tipo == LISTA:
            return f"{{%p for {_CADA_UNO[len(listas)]} in {dicho} %}} … {{%p endfor %}}"
        if self.tipo == CONDICION:
            return f"{{% if {dicho} %}} … {{% endif %}}"
        return f"{{{{ {dicho} }}}}"


# Un árbol de pasos: {"acompanantes": {"[]": {"nombres": {}}}}.
Arbol = dict[str, Any]


@dataclass(frozen=True)
class Vocabulario:
    """Todo lo que puede usarse en un documento.

    `ausentes` son los que otros documentos tienen y éste no: valen de condición, que no se
    cumple. `ajenos` es {dato de otro procedimiento: de cuál es}.
    """

    datos: tuple[Dato, ...]
    ausentes: tuple[Dato, ...] = ()
    ajenos: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _arbol(self) -> Arbol:
        arbol: Arbol = {}
        for dato in (*self.datos, *self.ausentes):
            rama = arbol
            for paso in pasos_de(dato.ruta):
                rama = rama.setdefault(paso, {})
        return arbol

    @cached_property
    def _tipos(self) -> dict[str, str]:
        return {dato.ruta: dato.tipo for dato in (*self.datos, *self.ausentes)}

    @cached_property
    def _sensibles(self) -> frozenset[str]:
        sensibles = (dato for dato in self.datos if dato.sensible)
        return frozenset(ruta for dato in sensibles for ruta in (dato.raiz, dato.ruta))

    def problema(self, ruta: str, impreso: bool) -> str:
        """Lo que está mal en pedir esa ruta, y su remedio; «» si puede usarse.

        `impreso` dice que se imprime tal cual, sin filtro ni condición.
        """
        rama, visto = self._arbol, ""
        for paso in pasos_de(ruta):
            if paso not in rama:
                return self._sin_tal(rama, visto, paso, ruta)
            rama, visto = rama[paso], _junta(visto, paso)
            if visto in self._sensibles:
                return f"«{visto}» {SENSIBLE}."
        if impreso and _ELEMENTO in rama:
            return _es_lista(visto)
        if impreso and rama:
            partes = ", ".join(f"«{_visible(_junta(visto, parte))}»" for parte in list(rama)[:6])
            return f"«{_visible(visto)}» son varios datos; imprima uno de ellos: {partes}."
        return ""

    def _sin_tal(self, rama: Arbol, visto: str, paso: str, ruta: str) -> str:
        """Por qué no hay ese paso después de lo ya visto."""
        if paso == _ELEMENTO:
            return f"«{_visible(visto)}» no es una lista, es un solo dato: no se recorre."
        if _ELEMENTO in rama:
            return _es_lista(visto)
        if visto and not rama:
            return self._de_otro_modo(visto, ruta)
        if not visto and paso in self.ajenos:
            return f"«{paso}» es de «{self.ajenos[paso]}» y aquí no se tiene."
        return f"no conozco «{_visible(ruta)}».{self._acaso(rama, visto, paso, ruta)}"

    def _de_otro_modo(self, visto: str, ruta: str) -> str:
        """Lo que está mal en pedir un dato suelto de otro modo: «monto.con_letra»; «» si nada."""
        tipo, formas = self._tipos[visto], pasos_de(ruta.removeprefix(visto))
        if tiene_forma(tipo, formas):
            return ""
        suyas = [forma for forma in FORMAS if tiene_forma(tipo, [forma])]
        otra = _SINONIMOS.get(formas[0].lower())
        acaso = f" ¿Quiso decir «{otra}»?" if otra in suyas else sugerencia(formas[0], suyas)
        remedio = acaso or f" Imprima {Dato(visto, '').etiqueta}."
        if suyas and not acaso:
            remedio = f" Se puede: {', '.join(f'«.{forma}»' for forma in suyas)}."
        return f"«{_visible(visto)}» no se puede pedir como «{_visible(ruta)}».{remedio}"

    def _acaso(self, rama: Arbol, visto: str, paso: str, ruta: str) -> str:
        """« ¿Quiso decir «x»?»: el más parecido ahí, o el que se llama igual en otra parte."""
        resto = ruta.removeprefix(_junta(visto, paso))
        otro = _SINONIMOS.get(paso.lower())
        parecidos = get_close_matches(paso.lower(), list(rama), n=1, cutoff=0.6)
        if otro in rama:
            parecidos = [otro]
        iguales = [d.ruta for d in self.datos if not d.sensible and d.ruta.endswith(f".{paso}")]
        halladas = [_junta(visto, parecido) for parecido in parecidos] + iguales[:1]
        if not halladas:
            return ""
        entera = halladas[0] + resto
        acaso = entera if not self.problema(entera, impreso=False) else halladas[0]
        return f" ¿Quiso decir «{_visible(acaso)}»?"


def _junta(visto: str, paso: str) -> str:
    return visto + paso if paso == _ELEMENTO or not visto else f"{visto}.{paso}"


def _visible(ruta: str) -> str:
    """La ruta como se escribe en Word: cada elemento de la lista es «uno»."""
    *listas, ultimo = ruta.split(_ELEMENTO)
    return _CADA_UNO[min(len(listas), len(_CADA_UNO)) - 1] + ultimo if listas else ultimo


def _es_lista(ruta: str) -> str:
    return f"«{_visible(ruta)}» es una lista: recórrala con {Dato(ruta, '', LISTA).etiqueta}."
