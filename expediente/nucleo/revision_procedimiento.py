"""Lo que hace recorrible un procedimiento: destinos que existen, finales, ciclos acotados.

Cada revisión es una función que entrega sus hallazgos; la lista está al final.
"""

from collections.abc import Iterator, Mapping

from expediente.nucleo.campo import COMPUESTOS, Campo, Opcion, hojas
from expediente.nucleo.condicion import Condicion
from expediente.nucleo.errores import sugerencia
from expediente.nucleo.forma import Ruta
from expediente.nucleo.procedimiento import Procedimiento, nombre_de_hecho
from expediente.nucleo.situacion import SITUACIONES

Hallazgo = tuple[Ruta, str]


def problemas_del_procedimiento(
    p: Procedimiento, catalogos: Mapping[str, object]
) -> list[Hallazgo]:
    """Todo lo que impide recorrerlo: (ruta de llaves, qué está mal); vacío si nada."""
    return [hallazgo for revisar in _REVISIONES for hallazgo in revisar(p, catalogos)]


def _claves_repetidas(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for nombre in ("pasos", "campos", "requisitos", "documentos", "numeros", "plazos", "roles"):
        vistas: set[str] = set()
        for i, uno in enumerate(getattr(p, nombre)):
            if uno.clave in vistas:
                yield (nombre, i, "clave"), f"la clave «{uno.clave}» está repetida."
            vistas.add(uno.clave)


def _resultados_repetidos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for i, paso in enumerate(p.pasos):
        claves = [salida.clave for salida in paso.salidas]
        for j, clave in enumerate(claves):
            if clave in claves[:j]:
                yield ("pasos", i, "resultados", j), f"el resultado «{clave}» está repetido."


def _partes_de_campos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for i, campo in enumerate(p.campos):
        partes = {parte.clave: parte for parte in COMPUESTOS.get(campo.tipo, ())}
        for clave in campo.partes:
            yield from _nombrado(clave, partes, "una parte", ("campos", i, "partes"))


def _nombrado(
    escrito: str | None, conocidos: Mapping[str, object], que: str, ruta: Ruta
) -> Iterator[Hallazgo]:
    if escrito is not None and escrito not in conocidos:
        yield ruta, f"no hay {que} «{escrito}».{sugerencia(escrito, conocidos)}"


def _destinos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    yield from _nombrado(p.apertura, p.por_clave, "un paso", ("apertura",))
    numeros = {n.clave: n for n in p.numeros}
    finales = {**SITUACIONES, **p.situaciones}
    campos = {c.clave: c for c in p.campos}
    for i, paso in enumerate(p.pasos):
        yield from _nombrado(paso.responsable, p.rol, "un rol", ("pasos", i, "responsable"))
        for clave in paso.captura:
            yield from _nombrado(clave, campos, "un campo", ("pasos", i, "captura"))
        for j, salida in enumerate(paso.salidas):
            ruta: Ruta = ("pasos", i) if salida.clave is None else ("pasos", i, "resultados", j)
            for clave in filter(None, (*salida.sigue, salida.al_exceder)):
                yield from _nombrado(clave, p.por_clave, "un paso", ruta)
            for clave in (*salida.prepara, *salida.emite, *salida.anula, *salida.entrega):
                yield from _nombrado(clave, p.documento, "un documento", ruta)
            for clave in salida.asigna:
                yield from _nombrado(clave, numeros, "un número", ruta)
            yield from _nombrado(salida.final, finales, "una situación", (*ruta, "final"))
            if bool(salida.sigue) == bool(salida.final):
                yield ruta, f"el paso «{paso.clave}» debe seguir a otro o terminar, y no ambas."


def _final_alcanzable(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    llegan = {paso.clave for paso in p.pasos if any(s.final for s in paso.salidas)}
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


def _todos_alcanzables(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    visitados = _alcanzables(p, p.apertura)
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


def _ciclos_acotados(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    orden = {paso.clave: i for i, paso in enumerate(p.pasos)}
    for i, paso in enumerate(p.pasos):
        for j, salida in enumerate(paso.salidas):
            regresa = any(orden.get(clave, i + 1) <= i for clave in salida.sigue)
            acotado = salida.maximo and orden.get(salida.al_exceder or "", 0) > i
            if regresa and not acotado and not salida.sin_limite:
                yield (
                    ("pasos", i, "resultados", j),
                    f"el regreso «{paso.clave}/{salida.clave or salida.sigue[0]}» necesita "
                    "`maximo` y un `al_exceder` que vaya adelante, o `sin_limite` con el porqué.",
                )


def _nombres_de_condiciones(
    p: Procedimiento, catalogos: Mapping[str, object]
) -> Iterator[Hallazgo]:
    conocidos = nombres_de_hechos(p, catalogos)
    for ruta, condicion in _condiciones(p):
        # «hoy» sólo lo hay al decidir un paso: lo demás debe dar igual cuando se mire.
        de_hoy = {"hoy"} if ruta[0] == "pasos" else set()
        for nombre in sorted(condicion.nombres - conocidos - de_hoy):
            parecido = sugerencia(nombre, conocidos)
            yield ruta, f"la condición usa «{nombre}», que no existe.{parecido}"


def _condiciones(p: Procedimiento) -> Iterator[tuple[Ruta, Condicion]]:
    for i, paso in enumerate(p.pasos):
        for j, salida in enumerate(paso.salidas):
            if salida.si:
                yield ("pasos", i, "resultados", j, "si"), salida.si
    for i, requisito in enumerate(p.requisitos):
        if requisito.obligatorio_si:
            yield ("requisitos", i, "obligatorio_si"), requisito.obligatorio_si
    for i, campo in enumerate(p.campos):
        if campo.obligatorio_si:
            yield ("campos", i, "obligatorio_si"), campo.obligatorio_si
    for i, plazo in enumerate(p.plazos):
        if plazo.si:
            yield ("plazos", i, "si"), plazo.si
    for i, regla in enumerate(p.reglas):
        yield ("reglas", i, "si_no"), regla.si_no
    for i, documento in enumerate(p.documentos):
        for clave, expresion in documento.calculados.items():
            yield ("documentos", i, "calculados", clave), expresion
    if p.titulo:
        yield ("titulo",), p.titulo


def nombres_de_hechos(p: Procedimiento, catalogos: Mapping[str, object]) -> set[str]:
    """Los hechos que puede consultar una condición de este procedimiento."""
    nombres = {"situacion", "canal", "recibido", "abierto", "concluido"}
    for campo in p.campos:
        nombres.add(campo.clave)
        for hoja in hojas(campo):
            nombres.add(hoja.clave)
            opciones = _opciones_conocidas(hoja, catalogos)
            for opcion in opciones:
                nombres |= {f"{hoja.clave}.{atributo}" for atributo in opcion.atributos}
            if hoja.tipo == "opcion":
                nombres.add(f"{hoja.clave}.nombre")
        if campo.tipo == "persona" and not campo.lista:
            nombres.add(f"{campo.clave}.nombre_completo")
    for numero in p.numeros:
        nombres.add(numero.clave)
    for paso in p.pasos:
        clave = nombre_de_hecho(paso.clave)
        nombres |= {f"ocurrio.{clave}", f"actuo.{clave}", f"resultado.{clave}"}
        for salida in paso.salidas:
            if salida.clave:
                nombres.add(f"veces.{clave}.{nombre_de_hecho(salida.clave)}")
    return nombres


def nombres_de_informe(p: Procedimiento, catalogos: Mapping[str, object]) -> set[str]:
    """Los hechos que pueden consultar las expresiones de un informe de este procedimiento."""
    propios = {"folio", "donde", "vence", "vencido"}
    de_documento = {"doc.numero", "doc.estado", "doc.fecha", "doc.motivo"}
    return nombres_de_hechos(p, catalogos) | propios | de_documento


def _opciones_conocidas(campo: Campo, catalogos: Mapping[str, object]) -> list[Opcion]:
    catalogo = catalogos.get(campo.catalogo) if campo.catalogo else None
    if isinstance(catalogo, Mapping):
        return list(catalogo.values())
    return list(campo.opciones)


def _catalogos_y_opciones(p: Procedimiento, catalogos: Mapping[str, object]) -> Iterator[Hallazgo]:
    for i, campo in enumerate(p.campos):
        if campo.catalogo:
            yield from _nombrado(
                campo.catalogo, catalogos, "un catálogo", ("campos", i, "catalogo")
            )
        elif campo.tipo == "opcion" and not campo.opciones:
            yield ("campos", i), f"el campo «{campo.clave}» necesita `opciones` o `catalogo`."


def _plazos_con_hechos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    hechos: dict[str, object] = {"apertura": None}
    for paso in p.pasos:
        hechos[paso.clave] = paso
        hechos |= {f"{paso.clave}/{s.clave}": s for s in paso.salidas if s.clave}
    for i, plazo in enumerate(p.plazos):
        for clave in (*plazo.desde, *plazo.hasta):
            yield from _nombrado(clave, hechos, "un paso", ("plazos", i))


_REVISIONES = (
    _claves_repetidas,
    _resultados_repetidos,
    _partes_de_campos,
    _destinos,
    _final_alcanzable,
    _todos_alcanzables,
    _ciclos_acotados,
    _catalogos_y_opciones,
    _plazos_con_hechos,
    _nombres_de_condiciones,
)
