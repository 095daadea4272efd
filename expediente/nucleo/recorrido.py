"""Lo que hace recorrible un procedimiento: que se llegue a todo y de todo se salga."""

from collections.abc import Iterator, Mapping

from expediente.nucleo.forma import Ruta
from expediente.nucleo.procedimiento import Paso, Procedimiento

Hallazgo = tuple[Ruta, str]


def final_alcanzable(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    # De una rama que otra quita sale el caso por la otra.
    quitados = {clave for paso in p.pasos for s in paso.salidas for clave in s.quita}
    llegan = {x.clave for x in p.pasos if x.clave in quitados or any(s.final for s in x.salidas)}
    creciendo = True
    while creciendo:
        nuevos = {
            paso.clave
            for paso in p.pasos
            if paso.clave not in llegan
            and any(llegan & {*s.sigue, s.al_exceder} for s in paso.salidas)
        }
        creciendo = bool(nuevos)
        llegan |= nuevos
    for i, paso in enumerate(p.pasos):
        if paso.clave not in llegan:
            yield ("pasos", i), f"desde el paso «{paso.clave}» no se llega a ningún final."


def todos_alcanzables(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    entradas = (p.apertura, *p.entradas, p.eventos.al_fallecer)
    visitados = {c for desde in entradas if desde for c in _alcanzables(p, desde)}
    for i, paso in enumerate(p.pasos):
        if paso.clave not in visitados:
            yield ("pasos", i), f"al paso «{paso.clave}» no se llega desde la apertura."


def _alcanzables(p: Procedimiento, desde: str) -> set[str]:
    visitados: set[str] = set()
    por_ver = [desde]
    while por_ver:
        clave = por_ver.pop()
        if clave in visitados or clave not in p.por_clave:
            continue
        visitados.add(clave)
        for salida in p.por_clave[clave].salidas:
            por_ver += [*salida.sigue, *([salida.al_exceder] if salida.al_exceder else [])]
    return visitados


def ciclos_acotados(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    """Los regresos por los que un caso podría dar vueltas sin que nada lo acabe."""
    orden = {paso.clave: i for i, paso in enumerate(p.pasos)}
    libres = {paso.clave: _sin_limite(paso) for paso in p.pasos}
    for i, paso in enumerate(p.pasos):
        for clave in sorted(libres[paso.clave]):
            if orden.get(clave, i + 1) <= i and paso.clave in _de_ahi_en_adelante(libres, clave):
                yield (
                    ("pasos", i),
                    f"del paso «{paso.clave}» se regresa a «{clave}» sin límite: ponga en esa "
                    "vuelta `maximo` (cuántas veces) y `al_exceder` (a dónde va después, que no "
                    "vuelva ahí), o `sin_limite` con el porqué.",
                )


def _sin_limite(paso: Paso) -> set[str]:
    """A qué pasos puede irse desde éste cuantas veces se quiera."""
    libres: set[str] = set()
    for salida in paso.salidas:
        periodico = paso.repite and salida.sigue == (paso.clave,)
        acotado = salida.maximo and salida.al_exceder
        if not (periodico or acotado or salida.sin_limite):
            libres |= set(salida.sigue)
        if salida.al_exceder:
            libres.add(salida.al_exceder)
    return libres


def _de_ahi_en_adelante(libres: Mapping[str, set[str]], desde: str) -> set[str]:
    vistos: set[str] = set()
    por_ver = [desde]
    while por_ver:
        clave = por_ver.pop()
        if clave not in vistos:
            vistos.add(clave)
            por_ver += libres.get(clave, ())
    return vistos


def entregas_con_su_emision(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    """Lo que se entrega debe haberlo emitido un paso anterior."""
    emiten: dict[str, set[str]] = {}
    for paso in p.pasos:
        for salida in paso.salidas:
            for clave in salida.emite:
                emiten.setdefault(clave, set()).add(paso.clave)
    for i, paso in enumerate(p.pasos):
        for clave in sorted({c for salida in paso.salidas for c in salida.entrega}):
            if not emiten.get(clave, set()) & p.llegan_a.get(paso.clave, frozenset()):
                yield (
                    ("pasos", i),
                    f"el paso «{paso.clave}» entrega «{clave}», que ningún paso anterior emite: "
                    "emítalo en uno y entréguelo en otro que le siga.",
                )
