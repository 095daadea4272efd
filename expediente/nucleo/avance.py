"""Qué paso puede darse y qué le falta: el corazón del programa.

`siguientes` dice lo que puede hacerse ahora con un caso; `avanzar` da el paso o explica
por qué no. Ninguna función toca el caso: devuelven la actuación que habría que añadir.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from expediente.nucleo.ajustes import Persona
from expediente.nucleo.campo import Catalogos, opciones_de
from expediente.nucleo.captura import (
    convertir_datos,
    hojas_que_faltan,
    revisar_reglas,
    revisar_requisitos,
)
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorUso,
    NoExiste,
    NoPermitido,
    SinPermiso,
    sugerencia,
)
from expediente.nucleo.estado import EMITIDO, ENTREGADO, POR_EMITIR, Estado
from expediente.nucleo.fecha import momento_en_palabras
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.procedimiento import Paso, Procedimiento, Salida


@dataclass(frozen=True)
class Falta:
    """Algo que falta para dar un paso.

    `clase` es campo, requisito, documento o persona. `orden` son los argumentos que lo
    darían: «…» está donde va una de `opciones` o, si no las hay, un dato de ese `tipo`.
    Un documento lo da otra orden, entera, con FOLIO donde va el del caso.
    """

    clase: str
    clave: str
    nombre: str
    tipo: str = "texto"
    opciones: tuple[str, ...] = ()
    orden: tuple[str, ...] = ()


class Incompleto(NoPermitido):
    """El paso no puede darse todavía; `falta` es lo mismo que dice el mensaje, para guiones."""

    def __init__(self, mensaje: str, falta: Sequence[Falta]) -> None:
        super().__init__(mensaje)
        self.falta = tuple(falta)


@dataclass(frozen=True)
class Siguiente:
    """Lo que puede hacerse ahora en un paso activo."""

    paso: str
    responsable: str
    actividad: str
    resultados: tuple[str, ...]
    piden_nota: tuple[str, ...]
    falta: tuple[Falta, ...]


@dataclass(frozen=True)
class Peticion:
    """Lo que una persona pide al avanzar, todavía como lo escribió."""

    paso: str | None = None
    resultado: str | None = None
    datos: Mapping[str, str] = field(default_factory=dict)
    requisitos: tuple[str, ...] = ()
    por: Persona | None = None
    nota: str | None = None
    recibe: str | None = None
    hoy: date | None = None


def siguientes(
    p: Procedimiento,
    estado: Estado,
    catalogos: Catalogos,
    personal: Sequence[Persona] = (),
    hoy: date | None = None,
) -> tuple[Siguiente, ...]:
    """Lo que puede hacerse ahora, un elemento por paso activo; vacío si terminó.

    `hoy` es el día en que se daría el paso; None, el del último que se dio.
    """
    hechos = {**hechos_de(p, estado, catalogos), "hoy": hoy or _ultimo_dia(estado)}
    return tuple(
        _siguiente(p, p.por_clave[clave], estado, hechos, catalogos, personal)
        for clave in estado.pasos
    )


def _siguiente(
    p: Procedimiento,
    paso: Paso,
    estado: Estado,
    hechos: Mapping[str, Any],
    catalogos: Catalogos,
    personal: Sequence[Persona],
) -> Siguiente:
    campos = _campos_que_faltan(p, paso, _lo_que_vale(paso, estado, {}), hechos, catalogos)
    abiertas = [s for s in paso.salidas if s.clave and _puede_elegirse(s, hechos, campos)]
    return Siguiente(
        paso.clave,
        paso.responsable,
        paso.actividad,
        tuple(s.clave for s in abiertas if s.clave),
        tuple(s.clave for s in abiertas if s.clave and s.motivo),
        (
            *campos,
            *_requisitos_que_faltan(p, paso, estado, hechos),
            *_documentos_que_faltan(p, paso, estado),
            *_persona_que_falta(p, paso, personal),
        ),
    )


def _ultimo_dia(estado: Estado) -> date:
    return (estado.ultimo_paso or estado.abierto).date()


def _lo_que_vale(paso: Paso, estado: Estado, nuevos: Mapping[str, str]) -> dict[str, str]:
    """Los datos que cuentan como dados en este paso.

    En una vuelta nueva lo que el paso captura se pide otra vez: lo de antes era de antes.
    """
    repetido = paso.clave in estado.ocurrio
    valen = {
        clave: dato
        for clave, dato in estado.datos.items()
        if not (repetido and clave.split(".", 1)[0] in paso.captura)
    }
    return {clave: dato for clave, dato in {**valen, **nuevos}.items() if dato}


def _puede_elegirse(salida: Salida, hechos: Mapping[str, Any], faltan: Sequence[Falta]) -> bool:
    """Si su condición se cumple, o depende de un dato que el paso todavía va a pedir."""
    if salida.si is None or salida.si.cumple(hechos):
        return True
    nombres = [f"{nombre}." for nombre in salida.si.nombres]
    return any(nombre.startswith(f"{f.clave}.") for f in faltan for nombre in nombres)


def _campos_que_faltan(
    p: Procedimiento,
    paso: Paso,
    datos: Mapping[str, str],
    hechos: Mapping[str, Any],
    catalogos: Catalogos,
) -> list[Falta]:
    faltan = []
    for campo in p.campos:
        if campo.clave in paso.captura:
            for hoja in hojas_que_faltan(campo, datos, hechos):
                opciones = tuple(opciones_de(hoja, catalogos))
                orden = ("-d", f"{hoja.clave}=…")
                faltan.append(Falta("campo", hoja.clave, hoja.nombre, hoja.tipo, opciones, orden))
    return faltan


def _requisitos_que_faltan(
    p: Procedimiento, paso: Paso, estado: Estado, hechos: Mapping[str, Any]
) -> list[Falta]:
    if not paso.pide_requisitos:
        return []
    return [
        Falta("requisito", r.clave, r.nombre, orden=("--requisito", r.clave))
        for r in p.requisitos
        if r.clave not in estado.requisitos
        and (r.obligatorio_si.cumple(hechos) if r.obligatorio_si else r.obligatorio)
    ]


def _documentos_que_faltan(p: Procedimiento, paso: Paso, estado: Estado) -> list[Falta]:
    listos = (EMITIDO, ENTREGADO, POR_EMITIR)
    claves = {clave for salida in paso.salidas for clave in salida.entrega}
    return [
        Falta(
            "documento",
            clave,
            p.documento[clave].nombre,
            orden=("oficio", "emitir", "FOLIO", "--documento", clave),
        )
        for clave in sorted(claves)
        if (doc := estado.documento(clave)) is None or doc.estado not in listos
    ]


def _persona_que_falta(p: Procedimiento, paso: Paso, personal: Sequence[Persona]) -> list[Falta]:
    if not paso.autoriza:
        return []
    pueden = tuple(x.clave for x in personal if paso.responsable in x.roles)
    rol = p.rol[paso.responsable]
    return [Falta("persona", rol.clave, rol.nombre, "persona", pueden, ("--por", "…"))]


@dataclass(frozen=True)
class Avance:
    """El paso que se da: lo que va en su actuación."""

    paso: str
    resultado: str | None
    datos: Mapping[str, str]
    anteriores: Mapping[str, str]
    requisitos: tuple[str, ...]


def avanzar(
    p: Procedimiento,
    estado: Estado,
    peticion: Peticion,
    catalogos: Catalogos,
    personal: Sequence[Persona] = (),
) -> Avance:
    """El avance que corresponde a la petición.

    Lanza NoPermitido si el paso no toca o le falta algo (dice qué y a quién le toca),
    NoExiste si se nombra un paso, resultado, campo o requisito que no hay, SinPermiso si
    `por` no tiene el rol que autoriza, y DatosInvalidos si un dato no se entiende.
    """
    paso = _elegir_paso(p, estado, peticion.paso)
    datos = convertir_datos(p, peticion.datos, catalogos)
    revisar_requisitos(p, peticion.requisitos)
    despues = _con_lo_pedido(estado, datos, peticion.requisitos)
    hoy = peticion.hoy or _ultimo_dia(estado)
    hechos = {**hechos_de(p, despues, catalogos), "hoy": hoy}
    _revisar_autoriza(p, paso, peticion.por, personal)
    if peticion.recibe and not any(s.entrega for s in paso.salidas):
        raise ErrorUso(f"El paso «{paso.clave}» no entrega nada; quite --recibe.")
    _revisar_falta(p, paso, despues, _lo_que_vale(paso, estado, datos), hechos, catalogos)
    revisar_reglas(p, hechos)
    salida = _elegir_salida(paso, peticion.resultado, hechos)
    if salida.motivo and not (peticion.nota or "").strip():
        raise NoPermitido(f"El resultado «{salida.clave}» pide el motivo: añádalo con --nota «…».")
    return Avance(paso.clave, salida.clave, datos, _anteriores(estado, datos), peticion.requisitos)


def _elegir_paso(p: Procedimiento, estado: Estado, pedido: str | None) -> Paso:
    if pedido is not None and pedido not in p.por_clave:
        raise NoExiste(
            f"El procedimiento «{p.clave}» no tiene el paso «{pedido}»."
            f"{sugerencia(pedido, p.por_clave)}"
        )
    if not estado.pasos:
        nombre = p.nombre_de_situacion(estado.situacion).lower()
        raise NoPermitido(f"El expediente ya terminó ({nombre}); no hay paso que dar.")
    if pedido is None and len(estado.pasos) > 1:
        raise NoPermitido(f"Hay varios pasos activos; elija con --paso: {', '.join(estado.pasos)}.")
    clave = pedido or estado.pasos[0]
    if clave not in estado.pasos:
        toca = ", ".join(f"«{c}» ({_quien(p, c)})" for c in estado.pasos)
        raise NoPermitido(f"El paso «{clave}» no toca ahora. Toca {toca}.")
    return p.por_clave[clave]


def _quien(p: Procedimiento, paso: str) -> str:
    return p.rol[p.por_clave[paso].responsable].nombre


def _elegir_salida(paso: Paso, pedido: str | None, hechos: Mapping[str, Any]) -> Salida:
    claves = [s.clave for s in paso.salidas if s.clave]
    if pedido is None and claves:
        raise NoPermitido(
            f"El paso «{paso.clave}» decide: diga --resultado con uno de {', '.join(claves)}."
        )
    salida = paso.salida(pedido)
    if salida is None and not claves:
        raise NoExiste(f"El paso «{paso.clave}» no decide nada; quite --resultado.")
    if salida is None:
        parecido = sugerencia(pedido or "", claves) or f" Son: {', '.join(claves)}."
        raise NoExiste(f"El paso «{paso.clave}» no tiene el resultado «{pedido}».{parecido}")
    if salida.si is not None and not salida.si.cumple(hechos):
        porque = salida.mensaje or f"no se cumple: {salida.si.escrita}"
        raise NoPermitido(f"No se puede elegir «{salida.clave}»: {porque}")
    return salida


def _con_lo_pedido(estado: Estado, datos: Mapping[str, str], requisitos: Sequence[str]) -> Estado:
    juntos = {k: v for k, v in {**estado.datos, **datos}.items() if v}
    entregados = {**dict.fromkeys(requisitos, estado.abierto), **estado.requisitos}
    return replace(estado, datos=juntos, requisitos=entregados)


def _revisar_autoriza(
    p: Procedimiento, paso: Paso, por: Persona | None, personal: Sequence[Persona]
) -> None:
    if not paso.autoriza:
        return
    rol = p.rol[paso.responsable]
    pueden = [x.clave for x in personal if rol.clave in x.roles]
    quienes = f" Puede: {', '.join(pueden)}." if pueden else " Nadie en oficina.yaml tiene ese rol."
    if por is None:
        raise NoPermitido(
            f"El paso «{paso.clave}» lo autoriza {rol.nombre}: diga --por PERSONA.{quienes}"
        )
    if rol.clave not in por.roles:
        raise SinPermiso(
            f"El paso «{paso.clave}» lo autoriza {rol.nombre} y «{por.clave}» no tiene ese "
            f"rol.{quienes}"
        )


def _revisar_falta(
    p: Procedimiento,
    paso: Paso,
    estado: Estado,
    valen: Mapping[str, str],
    hechos: Mapping[str, Any],
    catalogos: Catalogos,
) -> None:
    faltan = [
        *_campos_que_faltan(p, paso, valen, hechos, catalogos),
        *_requisitos_que_faltan(p, paso, estado, hechos),
        *_documentos_que_faltan(p, paso, estado),
    ]
    if faltan:
        lista = "; ".join(f"{f.nombre} ({f.clase} «{f.clave}»)" for f in faltan)
        raise Incompleto(
            f"El paso «{paso.clave}» no puede darse: falta {lista}. "
            f"Le toca a {p.rol[paso.responsable].nombre}.",
            faltan,
        )


def _anteriores(estado: Estado, datos: Mapping[str, str]) -> dict[str, str]:
    return {
        k: estado.datos[k] for k, v in datos.items() if k in estado.datos and estado.datos[k] != v
    }


def revisar_ocurrio(ocurrio: datetime, anterior: datetime | None, ahora: datetime) -> None:
    """Lanza DatosInvalidos si lo ocurrido está en el futuro o antes de lo previo.

    `anterior` es cuándo ocurrió lo último que movió el caso; None al abrirlo.
    """
    if ocurrio > ahora:
        raise DatosInvalidos("Lo ocurrido no puede estar en el futuro; revise la fecha y la hora.")
    if anterior is not None and ocurrio < anterior:
        raise DatosInvalidos(
            "Lo ocurrido no puede ser anterior al paso previo "
            f"({momento_en_palabras(anterior)}); revise --ocurrio."
        )
