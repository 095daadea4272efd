"""El recorrido de un procedimiento, dicho para dibujarse: nodos en el orden del manual.

Aquí no hay medidas ni posiciones, que son de `diagrama`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from expediente.nucleo.procedimiento import Paso, Procedimiento, ReglaPlazo, Salida

_UNIDADES = {
    "horas": ("hora", "horas"),
    "habiles": ("día hábil", "días hábiles"),
    "naturales": ("día natural", "días naturales"),
    "meses": ("mes", "meses"),
}
_PREGUNTA_MAS_LARGA = 16


@dataclass(frozen=True)
class Ramal:
    """Por dónde se sale de un nodo: a uno o varios pasos a la vez, o al final del caso.

    `rotulo` es el nombre del resultado; vacío si el paso no decide.
    """

    rotulo: str
    destinos: tuple[str, ...] = ()
    final: str | None = None


@dataclass(frozen=True)
class Nodo:
    """Un paso para dibujar: lo que dice cada uno de sus símbolos.

    `espera` es lo que lo detiene antes de darse; `plazos`, el tiempo que hay; `pregunta`,
    lo que se decide, None si nada; `entrada`, si por él puede empezar un caso.
    """

    clave: str
    numero: str
    rol: str
    responsable: str
    actividad: str
    documentos: tuple[str, ...]
    espera: str | None
    plazos: tuple[str, ...]
    pregunta: str | None
    ramales: tuple[Ramal, ...]
    entrada: bool
    reune: bool

    @property
    def bifurca(self) -> bool:
        """Si de él salen ramas que corren a la vez sin decidir nada."""
        return self.pregunta is None and any(len(r.destinos) > 1 for r in self.ramales)


def nodos(p: Procedimiento) -> tuple[Nodo, ...]:
    """Los pasos del procedimiento como nodos de su diagrama, en el orden del manual."""
    return tuple(_nodo(p, paso) for paso in p.pasos)


def _nodo(p: Procedimiento, paso: Paso) -> Nodo:
    return Nodo(
        clave=paso.clave,
        numero=numero_del_manual(paso),
        rol=paso.responsable,
        responsable=p.rol[paso.responsable].nombre,
        actividad=paso.actividad,
        documentos=documentos_de(p, paso),
        espera=_espera(p, paso),
        plazos=plazos_de(p, paso),
        pregunta=_pregunta(paso),
        ramales=tuple(_ramales(p, paso)),
        entrada=paso.clave in (p.apertura, *p.entradas),
        reune=paso.reune,
    )


def numero_del_manual(paso: Paso) -> str:
    """Los números de actividad que cubre: «3», «1 y 2», «4 a 6»; «» si el manual no lo dice."""
    if len(paso.manual) < 2:
        return "".join(map(str, paso.manual))
    primero, ultimo = paso.manual[0], paso.manual[-1]
    return f"{primero} {'y' if len(paso.manual) == 2 else 'a'} {ultimo}"


def documentos_de(p: Procedimiento, paso: Paso) -> tuple[str, ...]:
    """Los nombres de los documentos que el paso prepara, emite o entrega."""
    claves = [c for s in paso.salidas for c in (*s.prepara, *s.emite, *s.entrega)]
    return tuple(p.documento[clave].nombre for clave in dict.fromkeys(claves))


def plazos_de(p: Procedimiento, paso: Paso) -> tuple[str, ...]:
    """Los plazos que el paso cumple, con palabras, y su cadencia si se repite."""
    propio = [tiempo_de(paso.plazo)] if paso.plazo else []
    suyos = [f"{x.nombre}: {tiempo_de(x)}" for x in p.plazos if _cumple(paso, x)]
    cadencia = paso.repite
    cada = [f"Cada {cantidad_de(cadencia.cantidad, cadencia.unidad)}"] if cadencia else []
    return (*propio, *suyos, *cada)


def _cumple(paso: Paso, plazo: ReglaPlazo) -> bool:
    enteros = [hasta for hasta in plazo.hasta if "/" not in hasta]
    return paso.clave in (enteros or [hasta.split("/")[0] for hasta in plazo.hasta])


def tiempo_de(plazo: ReglaPlazo) -> str:
    """Cuánto tiempo da un plazo, en palabras: «de 10 a 20 días hábiles»."""
    if plazo.cantidad is None:
        return "hasta la fecha fijada"
    cuanto = cantidad_de(plazo.cantidad, plazo.unidad)
    return f"de {plazo.meta} a {cuanto}" if plazo.meta else cuanto


def cantidad_de(cantidad: int, unidad: str) -> str:
    """Una cantidad de tiempo en palabras: «5 días hábiles», «1 mes»."""
    uno, varios = _UNIDADES[unidad]
    return f"{cantidad} {uno if cantidad == 1 else varios}"


def _espera(p: Procedimiento, paso: Paso) -> str | None:
    if paso.espera_hasta is None:
        return None
    hoja = p.hojas.get(paso.espera_hasta.escrita)
    return f"Espera: {hoja.nombre.lower()}" if hoja else "Espera la fecha prevista"


def _pregunta(paso: Paso) -> str | None:
    if not any(salida.clave for salida in paso.salidas):
        return None
    nombres = [_nombre(salida) for salida in paso.salidas]
    corta = len(nombres) == 2 and len(nombres[0]) <= _PREGUNTA_MAS_LARGA
    return f"¿{nombres[0]}?" if corta else "¿Resultado?"


def _nombre(salida: Salida) -> str:
    return salida.nombre or salida.clave or ""


def _ramales(p: Procedimiento, paso: Paso) -> list[Ramal]:
    """Las salidas, juntas las que llevan al mismo lado: «Sí / En parte»."""
    juntos: dict[tuple[tuple[str, ...], str | None], list[str]] = {}
    for rotulo, destinos, final in _salidas(p, paso):
        juntos.setdefault((destinos, final), []).append(rotulo)
    return [Ramal(" / ".join(nombres), *a_donde) for a_donde, nombres in juntos.items()]


def _salidas(p: Procedimiento, paso: Paso) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    for salida in paso.salidas:
        if salida.sigue or salida.final:
            final = p.nombre_de_situacion(salida.final) if salida.final else None
            yield _nombre(salida), salida.sigue, final
        if salida.al_exceder:
            veces = "vez" if salida.maximo == 1 else "veces"
            yield f"{_nombre(salida)} más de {salida.maximo} {veces}", (salida.al_exceder,), None


def relato_de(todos: Sequence[Nodo]) -> str:
    """El recorrido en frases, para quien no ve el dibujo: un renglón por paso."""
    nombre = {nodo.clave: _como_se_cita(nodo) for nodo in todos}
    return "\n".join(_frase(nodo, nombre) for nodo in todos)


def _como_se_cita(nodo: Nodo) -> str:
    return f"{nodo.numero} ({nodo.clave})" if nodo.numero else nodo.clave


def _frase(nodo: Nodo, nombre: Mapping[str, str]) -> str:
    salidas = []
    for ramal in nodo.ramales:
        sigue = f"sigue {' y a la vez '.join(nombre[d] for d in ramal.destinos)}"
        a_donde = sigue if ramal.destinos else f"termina: {ramal.final}"
        salidas.append(f"{ramal.rotulo}, {a_donde}" if ramal.rotulo else a_donde)
    frase = f"{nombre[nodo.clave]}. {nodo.responsable}: {nodo.actividad}"
    return f"{frase} {'; '.join(salidas)}." if salidas else frase
