"""El diagrama de flujo en Mermaid, para pegarlo donde se lee ese lenguaje."""

from collections.abc import Iterator, Mapping

from expediente.nucleo.flujo import Nodo, nodos
from expediente.nucleo.procedimiento import Procedimiento


def en_mermaid(p: Procedimiento) -> str:
    """El procedimiento como `flowchart` de Mermaid, un carril por responsable."""
    todos = nodos(p)
    lugar = {nodo.clave: f"p{i}" for i, nodo in enumerate(todos)}
    renglones = ["flowchart TD"]
    for i, rol in enumerate(dict.fromkeys(nodo.rol for nodo in todos)):
        suyos = [nodo for nodo in todos if nodo.rol == rol]
        renglones.append(f"  subgraph c{i}[{_comillas(suyos[0].responsable)}]")
        renglones += [f"    {linea}" for n in suyos for linea in _simbolos(n, lugar[n.clave])]
        renglones.append("  end")
    llega = {n.clave: lugar[n.clave] + ("r" if n.reune else "") for n in todos}
    renglones += [f"  {linea}" for n in todos for linea in _flechas(n, lugar[n.clave], llega)]
    return "\n".join((*renglones, ""))


def _simbolos(nodo: Nodo, aqui: str) -> Iterator[str]:
    numero = f"{nodo.numero}. " if nodo.numero else ""
    notas = [x for x in (nodo.espera, *nodo.plazos, *nodo.documentos) if x]
    dice = _comillas("<br>".join((numero + nodo.actividad, *notas)))
    forma = "doc" if nodo.documentos else "rect"
    yield f"{aqui}@{{ shape: {forma}, label: {dice} }}"
    if nodo.pregunta:
        yield f"{aqui}d{{{_comillas(nodo.pregunta)}}}"
    if nodo.bifurca:
        yield f"{aqui}b@{{ shape: fork }}"
    if nodo.reune:
        yield f"{aqui}r@{{ shape: fork }}"


def _flechas(nodo: Nodo, aqui: str, llega: Mapping[str, str]) -> Iterator[str]:
    sale = aqui
    if nodo.entrada:
        yield f'inicio(["Inicio"]) --> {llega[nodo.clave]}'
    if nodo.reune:
        yield f"{aqui}r --> {aqui}"
    if nodo.pregunta or nodo.bifurca:
        sale = f"{aqui}{'d' if nodo.pregunta else 'b'}"
        yield f"{aqui} --> {sale}"
    for i, ramal in enumerate(nodo.ramales):
        nombre = f"|{_comillas(ramal.rotulo)}|" if ramal.rotulo else ""
        for destino in ramal.destinos:
            yield f"{sale} -->{nombre} {llega[destino]}"
        if ramal.final:
            yield f"{sale} -->{nombre} {aqui}f{i}([{_comillas(ramal.final)}])"


def _comillas(texto: str) -> str:
    """El texto entre comillas, con las suyas escritas como entidad."""
    return f'"{texto.replace(chr(34), "#quot;")}"'
