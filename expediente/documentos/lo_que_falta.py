"""Cómo se dice lo que le faltó a una carta: qué dato es y cómo se captura."""

from collections.abc import Mapping, Sequence

from expediente.documentos.datos_de_plantilla import DEL_CASO, datos_de_la_carta
from expediente.documentos.papel import Papel
from expediente.documentos.vocabulario import SENSIBLE, Dato


def faltan(rutas: Sequence[str]) -> str:
    """«faltan «monto», «nombres» de algún elemento de «acompanantes»»."""
    verbo = "falta" if len(rutas) == 1 else "faltan"
    return f"{verbo} {', '.join(map(_citada, rutas))}"


def _citada(ruta: str) -> str:
    lista, de_lista, parte = ruta.rpartition("[]")
    if not de_lista:
        return f"«{ruta}»"
    suyo = f"«{parte.lstrip('.')}» de " if parte else ""
    return f"{suyo}algún elemento de «{lista}»"


def faltan_en(papel: Papel, rutas: Sequence[str]) -> str:
    """Lo que falta en esa carta: con su nombre y su remedio, y sin llamar falta a lo sensible."""
    datos = {dato.ruta: dato for dato in datos_de_la_carta(papel.procedimiento, papel.documento)}
    pedidos = {ruta: _dato_de(ruta, datos) for ruta in rutas}
    sensibles = [ruta for ruta, dato in pedidos.items() if dato and dato.sensible]
    otras = [ruta for ruta in rutas if ruta not in sensibles]
    dichos = [f"«{ruta}» {SENSIBLE}; quítelo de la plantilla" for ruta in sensibles]
    if otras:
        conocidos = [d for ruta in otras if (d := pedidos[ruta]) and d.grupo == DEL_CASO]
        dichos.append(faltan(otras) + _nombrados([d.nombre for d in conocidos]))
        sueltos = [dato.ruta for dato in conocidos if "[]" not in dato.ruta]
        if sueltos:
            captura = " ".join(f"-d {ruta}=…" for ruta in sueltos)
            dichos.append(f"para capturarlo: expediente corregir {papel.folio} {captura}")
    return "; ".join(dichos)


def _dato_de(ruta: str, datos: Mapping[str, Dato]) -> Dato | None:
    """El dato de esa ruta, aunque se pida de otro modo: «monto.con_letra» es «monto»."""
    while ruta and ruta not in datos:
        ruta = ruta.rpartition(".")[0]
    return datos.get(ruta)


def _nombrados(nombres: Sequence[str]) -> str:
    return f" ({'; '.join(nombres)})" if nombres else ""
