"""Qué nombres puede consultar una condición de un procedimiento, y cuáles no existen."""

from collections.abc import Iterator, Mapping

from expediente.nucleo.campo import Campo, Opcion, hojas
from expediente.nucleo.condicion import Condicion, sumados_a_texto
from expediente.nucleo.contexto import claves_de_plazos
from expediente.nucleo.errores import sugerencia
from expediente.nucleo.forma import Ruta
from expediente.nucleo.procedimiento import Procedimiento, ReglaPlazo, nombre_de_hecho
from expediente.nucleo.reiteracion import reiterables
from expediente.nucleo.situacion import SITUACIONES

# Lo que un informe de documentos sabe de cada uno.
HECHOS_DE_DOCUMENTO = (
    "clave", "numero", "estado", "fecha", "emitido", "anulado", "entregado", "recibe", "motivo",
)  # fmt: skip
Hallazgo = tuple[Ruta, str]


def nombres_de_condiciones(p: Procedimiento, catalogos: Mapping[str, object]) -> Iterator[Hallazgo]:
    """Los nombres que las condiciones usan y no existen, con el más parecido."""
    conocidos = nombres_de_hechos(p, catalogos)
    del_momento = nombres_del_momento(p)
    for ruta, condicion in _condiciones(p):
        # Lo del momento sólo lo hay al decidir un paso: lo demás debe dar igual cuando se mire.
        validos = conocidos | (del_momento if ruta[-1] == "si" and ruta[0] == "pasos" else set())
        for nombre in sorted(condicion.nombres - validos):
            parecido = sugerencia(nombre, validos)
            yield ruta, f"la condición usa «{nombre}», que no existe.{parecido}"


def sumas_de_texto(p: Procedimiento, _: Mapping[str, object]) -> Iterator[Hallazgo]:
    """Los números y fechas que se suman a un texto sin decir cómo se escriben."""
    con_otro_tipo = {
        hoja.clave.replace(".#", "", 1): hoja.tipo
        for campo in p.campos
        for hoja in hojas(campo)
        if hoja.tipo in ("fecha", "entero", "monto", "decimal", "si-no")
    }
    for ruta, condicion in _condiciones(p):
        for nombre in sorted(sumados_a_texto(condicion)):
            es_momento = nombre.startswith(("ocurrio.", "emitido.")) or nombre == "recibido"
            if es_momento or nombre in con_otro_tipo:
                yield ruta, f"«{nombre}» no es texto y se suma a uno: escriba escrito({nombre})."


def _condiciones(p: Procedimiento) -> Iterator[tuple[Ruta, Condicion]]:
    for i, paso in enumerate(p.pasos):
        for j, salida in enumerate(paso.salidas):
            if salida.si:
                yield ("pasos", i, "resultados", j, "si"), salida.si
        if paso.espera_hasta:
            yield ("pasos", i, "espera_hasta"), paso.espera_hasta
        if paso.plazo:
            yield from _del_plazo(("pasos", i, "plazo"), paso.plazo)
    for i, requisito in enumerate(p.requisitos):
        if requisito.obligatorio_si:
            yield ("requisitos", i, "obligatorio_si"), requisito.obligatorio_si
    for i, campo in enumerate(p.campos):
        if campo.obligatorio_si:
            yield ("campos", i, "obligatorio_si"), campo.obligatorio_si
        for j, parte in enumerate(campo.campos):
            if parte.obligatorio_si:
                yield ("campos", i, "campos", j, "obligatorio_si"), parte.obligatorio_si
    for i, plazo in enumerate(p.plazos):
        yield from _del_plazo(("plazos", i), plazo)
    for i, recurso in enumerate(p.recursos):
        yield ("recursos", i, "renglon"), recurso.renglon
        yield ("recursos", i, "cantidad"), recurso.cantidad
    for i, regla in enumerate(p.reglas):
        yield ("reglas", i, "si_no"), regla.si_no
    for i, documento in enumerate(p.documentos):
        for clave, expresion in documento.calculados.items():
            yield ("documentos", i, "calculados", clave), expresion
    if p.titulo:
        yield ("titulo",), p.titulo


def _del_plazo(ruta: Ruta, plazo: ReglaPlazo) -> Iterator[tuple[Ruta, Condicion]]:
    if plazo.si:
        # Un plazo no se decide: se mira cuando sea.
        yield (*ruta, "si", "plazo"), plazo.si
    if plazo.fecha:
        yield (*ruta, "fecha"), plazo.fecha


def nombres_del_momento(p: Procedimiento) -> set[str]:
    """Los hechos que sólo hay al decidir un paso: el día, lo vencido, lo que queda."""
    vencidos = {f"vencido.{nombre_de_hecho(clave)}" for clave in claves_de_plazos(p)}
    disponibles = {f"disponible.{nombre_de_hecho(r.clave)}" for r in p.recursos}
    return {"hoy", "relacionados.total", "relacionados.abiertos", *vencidos, *disponibles}


def nombres_de_hechos(p: Procedimiento, catalogos: Mapping[str, object]) -> set[str]:
    """Los hechos que puede consultar una condición de este procedimiento."""
    nombres = {"situacion", "canal", "canal.nombre", "recibido", "abierto", "concluido"}
    for campo in p.campos:
        nombres |= _nombres_del_campo(campo, catalogos)
    for numero in p.numeros:
        nombres.add(numero.clave)
    for documento in p.documento:
        clave = nombre_de_hecho(documento)
        nombres |= {f"emitido.{clave}", f"numero.{clave}"}
    nombres |= {f"recordatorios.{nombre_de_hecho(clave)}" for clave in reiterables(p)}
    for paso in p.pasos:
        clave = nombre_de_hecho(paso.clave)
        nombres |= {f"{que}.{clave}" for que in ("ocurrio", "actuo", "resultado", "nota")}
        if paso.repite:
            nombres.add(f"periodo.{clave}")
        for salida in paso.salidas:
            if salida.clave:
                salida_dada = f"{clave}.{nombre_de_hecho(salida.clave)}"
                nombres |= {f"{que}.{salida_dada}" for que in ("ocurrio", "actuo", "veces")}
    return nombres


def _nombres_del_campo(campo: Campo, catalogos: Mapping[str, object]) -> set[str]:
    nombres = {campo.clave}
    for hoja in hojas(campo):
        clave = hoja.clave.replace(".#", "", 1)
        nombres.add(clave)
        if hoja.tipo == "opcion" and not campo.lista:
            nombres.add(f"{clave}.nombre")
            for opcion in _opciones_conocidas(hoja, catalogos):
                nombres |= {f"{clave}.{atributo}" for atributo in opcion.atributos}
    if campo.tipo == "persona" and not campo.lista:
        nombres.add(f"{campo.clave}.nombre_completo")
    return nombres


def nombres_de_informe(p: Procedimiento, catalogos: Mapping[str, object]) -> set[str]:
    """Los hechos que pueden consultar las expresiones de un informe de este procedimiento."""
    propios = {"folio", "procedimiento", "donde", "vence", "vencido", "reasignaciones"}
    propios |= {"suspendido", "asignado"}
    de_plazos = {
        f"{que}.{nombre_de_hecho(clave)}"
        for que in ("vence", "cumplido", "en_plazo")
        for clave in claves_de_plazos(p)
    }
    de_documento = {f"doc.{que}" for que in HECHOS_DE_DOCUMENTO}
    return nombres_de_hechos(p, catalogos) | propios | de_plazos | de_documento


def valores_de_hechos(p: Procedimiento, catalogos: Mapping[str, object]) -> dict[str, set[str]]:
    """{hecho: los únicos valores que puede tener}: dónde va, los resultados y las opciones."""
    valores = {
        f"resultado.{nombre_de_hecho(paso.clave)}": {s.clave for s in paso.salidas if s.clave}
        for paso in p.pasos
    }
    finales = map(p.nombre_de_situacion, (*SITUACIONES, *p.situaciones))
    valores["donde"] = {paso.por_dar for paso in p.pasos}.union(finales)
    for campo in p.campos:
        for hoja in hojas(campo):
            if hoja.tipo == "opcion":
                clave = hoja.clave.replace(".#", "", 1)
                valores[clave] = {x.clave for x in _opciones_conocidas(hoja, catalogos)}
    return valores


def _opciones_conocidas(campo: Campo, catalogos: Mapping[str, object]) -> list[Opcion]:
    catalogo = catalogos.get(campo.catalogo) if campo.catalogo else None
    if isinstance(catalogo, Mapping):
        return list(catalogo.values())
    return list(campo.opciones)
