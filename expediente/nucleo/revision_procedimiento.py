"""Lo que hace recorrible un procedimiento: destinos que existen, finales, ciclos acotados.

Cada revisión es una función que entrega sus hallazgos; la lista está al final.
"""

from collections.abc import Iterable, Iterator, Mapping

from expediente.nucleo.campo import GRUPO, hojas, partes_de
from expediente.nucleo.errores import sugerencia
from expediente.nucleo.forma import Ruta
from expediente.nucleo.nombres_de_condiciones import nombres_de_condiciones, sumas_de_texto
from expediente.nucleo.procedimiento import Destino, Procedimiento, Salida
from expediente.nucleo.recorrido import (
    ciclos_acotados,
    entregas_con_su_emision,
    final_alcanzable,
    todos_alcanzables,
)
from expediente.nucleo.reglas_de_eventos import EVENTOS
from expediente.nucleo.situacion import SITUACIONES

Hallazgo = tuple[Ruta, str]


def problemas_del_procedimiento(
    p: Procedimiento, catalogos: Mapping[str, object]
) -> list[Hallazgo]:
    """Todo lo que impide recorrerlo: (ruta de llaves, qué está mal); vacío si nada."""
    return [hallazgo for revisar in _REVISIONES for hallazgo in revisar(p, catalogos)]


def documentos_que_nadie_emite(p: Procedimiento) -> Iterator[Hallazgo]:
    """Los declarados que ningún paso prepara ni emite; no impiden recorrerlo."""
    emitidos = {c for x in p.pasos for s in x.salidas for c in (*s.prepara, *s.emite)}
    for i, documento in enumerate(p.documentos):
        # Un recordatorio lo emite quien reitera, sin paso.
        if documento.clave not in emitidos and not documento.reitera:
            dicho = (
                f"el documento «{documento.clave}» nadie lo emite: agréguelo en el paso que lo "
                f"expide, `emite: [{documento.clave}]`, o quítelo."
            )
            yield ("documentos", i, "clave"), dicho


_CON_CLAVE = (
    "pasos", "campos", "requisitos", "documentos", "numeros", "plazos", "roles", "recursos",
)  # fmt: skip


def _claves_repetidas(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for nombre in _CON_CLAVE:
        vistas: set[str] = set()
        for i, uno in enumerate(getattr(p, nombre)):
            if uno.clave in vistas:
                yield (nombre, i, "clave"), f"la clave «{uno.clave}» está repetida."
            vistas.add(uno.clave)


def _plazos_de_pasos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    con_plazo = {paso.clave for paso in p.pasos if paso.plazo or paso.repite}
    for i, plazo in enumerate(p.plazos):
        if plazo.clave in con_plazo:
            dicho = f"la clave «{plazo.clave}» es también la de un paso con plazo; use otra."
            yield ("plazos", i, "clave"), dicho


def _resultados_repetidos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for i, paso in enumerate(p.pasos):
        claves = [salida.clave for salida in paso.salidas]
        for j, clave in enumerate(claves):
            if clave in claves[:j]:
                yield ("pasos", i, "resultados", j), f"el resultado «{clave}» está repetido."


def _partes_de_campos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for i, campo in enumerate(p.campos):
        partes = {parte.clave: parte for parte in partes_de(campo)}
        if (campo.tipo == GRUPO) != bool(campo.campos):
            yield ("campos", i), f"el campo «{campo.clave}» es grupo si, y sólo si, trae `campos`."
        for clave in campo.partes:
            yield from _nombrado(clave, partes, "una parte", ("campos", i, "partes"))


def _nombrado(
    escrito: str | None, conocidos: Mapping[str, object], que: str, ruta: Ruta
) -> Iterator[Hallazgo]:
    if escrito is not None and escrito not in conocidos:
        yield ruta, f"no hay {que} «{escrito}».{sugerencia(escrito, conocidos)}"


def _destinos(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for clave, llave in ((p.apertura, "apertura"), *((e, "entradas") for e in p.entradas)):
        yield from _nombrado(clave, p.por_clave, "un paso", (llave,))
        if clave in p.por_clave and p.por_clave[clave].salidas[0].clave:
            yield (llave,), f"el paso «{clave}» abre el caso: no puede tener `resultados`."
    finales = {**SITUACIONES, **p.situaciones}
    for i, paso in enumerate(p.pasos):
        yield from _nombrado(paso.responsable, p.rol, "un rol", ("pasos", i, "responsable"))
        yield from _nombrado(paso.situacion, finales, "una situación", ("pasos", i, "situacion"))
        for j, salida in enumerate(paso.salidas):
            ruta: Ruta = ("pasos", i) if salida.clave is None else ("pasos", i, "resultados", j)
            yield from _de_la_salida(p, salida, ruta)
            yield from _nombrado(salida.final, finales, "una situación", (*ruta, "final"))
            if bool(salida.sigue) == bool(salida.final):
                yield ruta, f"el paso «{paso.clave}» debe seguir a otro o terminar, y no ambas."


def _de_la_salida(p: Procedimiento, salida: Salida, ruta: Ruta) -> Iterator[Hallazgo]:
    """Lo que una salida nombra y el procedimiento no tiene."""
    campos = {c.clave: c for c in p.campos}
    tomados = (*salida.aparta, *salida.presta, *salida.gasta, *salida.devuelve)
    papeles = (*salida.prepara, *salida.emite, *salida.anula, *salida.entrega)
    nombrados: list[tuple[Iterable[str | None], Mapping[str, object], str]] = [
        ((*salida.sigue, salida.al_exceder), p.por_clave, "un paso"),
        ((*salida.quita, *salida.reinicia), p.por_clave, "un paso"),
        (papeles, p.documento, "un documento"),
        (salida.asigna, {n.clave: n for n in p.numeros}, "un número"),
        (tomados, p.recurso, "un recurso"),
        (salida.captura, campos, "un campo"),
        ((de for apertura in salida.abre for de in apertura.datos.values()), campos, "un campo"),
    ]
    for escritos, conocidos, que in nombrados:
        for escrito in escritos:
            yield from _nombrado(escrito, conocidos, que, ruta)


def _lo_que_pide_cada_paso(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    campos = {c.clave: c for c in p.campos}
    requisitos = {r.clave: r for r in p.requisitos}
    for i, paso in enumerate(p.pasos):
        for clave in paso.captura:
            yield from _nombrado(clave, campos, "un campo", ("pasos", i, "captura"))
        for clave in paso.requisitos:
            yield from _nombrado(clave, requisitos, "un requisito", ("pasos", i, "requisitos"))
        if paso.repite and not any(paso.clave in s.sigue for s in paso.salidas):
            yield (
                ("pasos", i, "repite"),
                f"el paso «{paso.clave}» se repite y no se sigue a sí mismo.",
            )
        if paso.reune and sum(paso.clave in _siguen(otro.salidas) for otro in p.pasos) < 2:
            yield (
                ("pasos", i, "reune"),
                f"al paso «{paso.clave}» sólo llega un paso: no reúne ramas.",
            )


def _siguen(salidas: Iterable[Salida]) -> set[str | None]:
    return {clave for s in salidas for clave in (*s.sigue, s.al_exceder)}


def _uno_por_cada(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    listas = {c.clave: c for c in p.campos if c.lista}
    for nombre in ("requisitos", "documentos"):
        for i, uno in enumerate(getattr(p, nombre)):
            yield from _nombrado(uno.por_cada, listas, "un campo lista", (nombre, i, "por_cada"))


def _lo_que_se_reitera(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for i, documento in enumerate(p.documentos):
        ruta: Ruta = ("documentos", i, "reitera")
        yield from _nombrado(documento.reitera, p.documento, "un documento", ruta)
        if documento.reitera == documento.clave:
            yield ruta, f"«{documento.clave}» no se recuerda a sí mismo."
        if documento.reitera and not documento.libro:
            yield ruta, f"el recordatorio «{documento.clave}» es un oficio: le falta su `libro`."


def _a_quien_se_dirige(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    campos = {c.clave: c for c in p.campos}
    opciones = {c.clave: c for c in p.campos if c.tipo == "opcion"}
    dirigidos: list[tuple[Ruta, Destino | None]] = [
        (("documentos", i, "dirigido"), d.dirigido) for i, d in enumerate(p.documentos)
    ]
    for ruta, dirigido in (*dirigidos, (("eventos", "dirigido"), p.eventos.dirigido)):
        if dirigido is None:
            continue
        dichos = (dirigido.oficina, dirigido.persona, dirigido.opcion, dirigido.rol)
        if sum(dicho is not None for dicho in dichos) != 1:
            yield ruta, "diga una sola de `oficina`, `persona`, `opcion` o `rol`."
        yield from _nombrado(dirigido.persona, campos, "un campo", ruta)
        yield from _nombrado(dirigido.opcion, opciones, "un campo de tipo opcion", ruta)


def _de_donde_sale_el_asunto(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    campos = {c.clave: c for c in p.campos}
    for i, documento in enumerate(p.documentos):
        ruta: Ruta = ("documentos", i, "asunto_de")
        yield from _nombrado(documento.asunto_de, campos, "un campo", ruta)
        campo = campos.get(documento.asunto_de or "")
        if campo and (campo.sensible or campo.lista or campo.tipo != "texto"):
            yield ruta, f"«{campo.clave}» no es un texto de un renglón, o es sensible."


def _lo_demas_que_se_nombra(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    for i, plazo in enumerate(p.plazos):
        yield from _nombrado(plazo.escala, p.rol, "un rol", ("plazos", i, "escala"))
    for i, paso in enumerate(p.pasos):
        escala = paso.plazo.escala if paso.plazo else None
        yield from _nombrado(escala, p.rol, "un rol", ("pasos", i, "plazo", "escala"))
    for i, critica in enumerate(p.criticas):
        yield from _nombrado(critica.paso, p.por_clave, "un paso", ("criticas", i, "paso"))
    yield from _nombrado(p.eventos.al_fallecer, p.por_clave, "un paso", ("eventos", "al_fallecer"))
    for clave in p.eventos.no_admite:
        yield from _nombrado(clave, EVENTOS, "un evento", ("eventos", "no_admite"))
    datos = {hoja.clave: hoja for campo in p.campos for hoja in hojas(campo)}
    datos |= {f"{c.clave}.nombre_completo": c for c in p.campos if c.tipo == "persona"}
    for i, duplicado in enumerate(p.duplicados):
        for clave in duplicado.campos:
            yield from _nombrado(clave, datos, "un dato", ("duplicados", i, "campos"))


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
    _plazos_de_pasos,
    _resultados_repetidos,
    _partes_de_campos,
    _destinos,
    _lo_que_pide_cada_paso,
    _uno_por_cada,
    _lo_que_se_reitera,
    _a_quien_se_dirige,
    _de_donde_sale_el_asunto,
    _lo_demas_que_se_nombra,
    final_alcanzable,
    todos_alcanzables,
    ciclos_acotados,
    entregas_con_su_emision,
    _catalogos_y_opciones,
    _plazos_con_hechos,
    nombres_de_condiciones,
    sumas_de_texto,
)
