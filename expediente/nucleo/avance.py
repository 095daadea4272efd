"""Qué paso puede darse y qué le falta: el corazón del programa.

`siguientes` dice lo que puede hacerse ahora con un caso; `avanzar` da el paso o explica
por qué no. Ninguna función toca el caso: devuelven la actuación que habría que añadir.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from expediente.nucleo.ajustes import Persona
from expediente.nucleo.campo import Catalogos
from expediente.nucleo.captura import convertir_datos, revisar_reglas, revisar_requisitos
from expediente.nucleo.contexto import Contexto, hechos_del_momento
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorUso,
    NoExiste,
    NoPermitido,
    SinPermiso,
    sugerencia,
)
from expediente.nucleo.estado import Estado
from expediente.nucleo.faltas import (
    Falta,
    Incompleto,
    campos_que_faltan,
    documentos_que_faltan,
    lo_que_vale,
    persona_que_falta,
    requisitos_que_faltan,
)
from expediente.nucleo.fecha import fecha_en_palabras, momento_en_palabras
from expediente.nucleo.hechos import fecha_dicha, hechos_de
from expediente.nucleo.periodos import inicio_del_periodo
from expediente.nucleo.procedimiento import Paso, Procedimiento, Salida
from expediente.nucleo.tomas import revisar_prestado, tomas_de


@dataclass(frozen=True)
class Siguiente:
    """Lo que puede hacerse ahora en un paso activo.

    `falta_con` son los datos que pide además cada resultado que los pide. `espera_hasta`
    es la fecha antes de la cual el paso no puede darse; None si puede ya.
    """

    paso: str
    responsable: str
    actividad: str
    resultados: tuple[str, ...]
    piden_nota: tuple[str, ...]
    falta: tuple[Falta, ...]
    falta_con: Mapping[str, tuple[Falta, ...]] = field(default_factory=dict)
    espera_hasta: date | None = None


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
    extemporaneo: str | None = None
    contexto: Contexto | None = None


def siguientes(
    p: Procedimiento,
    estado: Estado,
    catalogos: Catalogos,
    personal: Sequence[Persona] = (),
    contexto: Contexto | None = None,
) -> tuple[Siguiente, ...]:
    """Lo que puede hacerse ahora, un elemento por paso activo; vacío si terminó o se suspendió.

    `contexto` es lo del momento en que se daría el paso; sin él, el día del último paso.
    """
    if estado.suspendido:
        return ()
    hechos = hechos_de(p, estado, catalogos)
    momento = contexto or Contexto(_ultimo_dia(estado))
    pasos = (p.por_clave[clave] for clave in estado.pasos)
    return tuple(
        _siguiente(p, x, estado, hechos_del_momento(p, x, hechos, momento), catalogos, personal)
        for x in pasos
    )


def _siguiente(
    p: Procedimiento,
    paso: Paso,
    estado: Estado,
    hechos: Mapping[str, Any],
    catalogos: Catalogos,
    personal: Sequence[Persona],
) -> Siguiente:
    valen = lo_que_vale(paso, estado, {})
    campos = campos_que_faltan(p, paso.captura, valen, hechos, catalogos)
    propios = {
        s.clave: tuple(campos_que_faltan(p, s.captura, valen, hechos, catalogos))
        for s in paso.salidas
        if s.clave and s.captura
    }
    abiertas = [s for s in paso.salidas if s.clave and _puede_elegirse(paso, s, hechos, valen)]
    return Siguiente(
        paso.clave,
        paso.responsable,
        paso.actividad,
        tuple(s.clave for s in abiertas if s.clave),
        tuple(s.clave for s in abiertas if s.clave and s.motivo),
        (
            *campos,
            *requisitos_que_faltan(p, paso, estado, hechos),
            *documentos_que_faltan(p, paso, estado),
            *persona_que_falta(p, paso, personal),
        ),
        {clave: faltan for clave, faltan in propios.items() if faltan},
        espera_de(paso, hechos),
    )


def espera_de(paso: Paso, hechos: Mapping[str, Any]) -> date | None:
    """La fecha que el paso espera y todavía no llega; None si no espera ninguna."""
    fecha = fecha_dicha(paso.espera_hasta, hechos)
    return fecha if fecha and fecha > hechos["hoy"] else None


def _ultimo_dia(estado: Estado) -> date:
    return (estado.ultimo_paso or estado.abierto).date()


def _puede_elegirse(
    paso: Paso, salida: Salida, hechos: Mapping[str, Any], valen: Mapping[str, str]
) -> bool:
    """Si su condición se cumple, o se cumpliría con lo que el paso captura y no consta aún."""
    if salida.si is None or salida.si.cumple(hechos):
        return True
    dichos = {clave.split(".", 1)[0] for clave in valen}
    por_pedir = {*paso.captura, *salida.captura} - dichos
    por_decir = {n for n in salida.si.nombres if n.split(".", 1)[0] in por_pedir}
    por_decir |= {n for n in salida.si.nombres if n.startswith("disponible.") and n not in hechos}
    return salida.si.podria(hechos, por_decir)


@dataclass(frozen=True)
class Avance:
    """El paso que se da: lo que va en su actuación."""

    paso: str
    resultado: str | None
    datos: Mapping[str, str]
    anteriores: Mapping[str, str]
    requisitos: tuple[str, ...]
    tomas: tuple[Mapping[str, str], ...] = ()


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
    contexto = peticion.contexto or Contexto(_ultimo_dia(estado))
    hechos = hechos_del_momento(p, paso, hechos_de(p, despues, catalogos), contexto)
    _revisar_espera(paso, hechos)
    _revisar_autoriza(p, paso, peticion.por, personal)
    if peticion.recibe and not any(s.entrega for s in paso.salidas):
        quien = next((c for c in paso.pide if c.startswith("recib")), None)
        dato = f"dígalo con -d {quien}=…" if quien else "quite --recibe"
        raise ErrorUso(f"El paso «{paso.clave}» no entrega ningún documento; {dato}.")
    valen = lo_que_vale(paso, estado, datos)
    _revisar_falta(p, paso, paso.captura, despues, valen, hechos, catalogos)
    revisar_reglas(p, hechos)
    if pedida := paso.salida(peticion.resultado):
        # Antes que su condición: lo que le falta suele ser lo que no la deja cumplirse.
        _revisar_falta(p, paso, pedida.captura, despues, valen, hechos, catalogos)
    salida = _elegir_salida(paso, peticion.resultado, hechos)
    _revisar_falta(p, paso, salida.captura, despues, valen, hechos, catalogos)
    if salida.motivo and not (peticion.nota or "").strip():
        que = f"El resultado «{salida.clave}»" if salida.clave else f"El paso «{paso.clave}»"
        raise NoPermitido(f"{que} pide el motivo: añádalo con --nota «…».")
    _revisar_periodo(paso, salida, estado, hechos)
    tomas = tomas_de(p, despues, salida, hechos, contexto)
    if salida.final:
        revisar_prestado(p, estado, tomas)
    anteriores = _anteriores(estado, datos)
    return Avance(paso.clave, salida.clave, datos, anteriores, peticion.requisitos, tomas)


def _revisar_espera(paso: Paso, hechos: Mapping[str, Any]) -> None:
    if fecha := espera_de(paso, hechos):
        raise NoPermitido(
            f"El paso «{paso.clave}» espera al {fecha_en_palabras(fecha)}: antes no puede darse."
        )


def _revisar_periodo(paso: Paso, salida: Salida, estado: Estado, hechos: Mapping[str, Any]) -> None:
    """Lanza NoPermitido si lo que se repite ya se dio en este periodo."""
    llegada = estado.llegadas.get(paso.clave)
    if paso.repite is None or paso.clave not in salida.sigue or llegada is None:
        return
    empieza = inicio_del_periodo(paso.repite, llegada.primera.date(), llegada.vueltas)
    if hechos["hoy"] < empieza:
        raise NoPermitido(
            f"El paso «{paso.clave}» ya se dio en este periodo; el siguiente empieza el "
            f"{fecha_en_palabras(empieza)}."
        )


def _elegir_paso(p: Procedimiento, estado: Estado, pedido: str | None) -> Paso:
    if pedido is not None and pedido not in p.por_clave:
        raise NoExiste(
            f"El procedimiento «{p.clave}» no tiene el paso «{pedido}»."
            f"{sugerencia(pedido, p.por_clave)}"
        )
    if not estado.pasos:
        nombre = p.nombre_de_situacion(estado.situacion).lower()
        raise NoPermitido(f"El expediente ya terminó ({nombre}); no hay paso que dar.")
    if suspension := estado.suspendido:
        dicho = "en prevención" if suspension.clase == "prevencion" else "suspendido"
        raise NoPermitido(
            f"El expediente está {dicho} desde el {momento_en_palabras(suspension.desde)}; para "
            "seguir: expediente reanudar FOLIO"
        )
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
    if pedido is None and (sola := _la_que_dicen_los_datos(paso, hechos)):
        return sola
    if pedido is None and (porques := _por_que_ninguna(paso, hechos)):
        raise NoPermitido(f"El paso «{paso.clave}» todavía no puede darse: {porques}")
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


def _la_que_dicen_los_datos(paso: Paso, hechos: Mapping[str, Any]) -> Salida | None:
    """La única salida cuya condición se cumple, si todas la tienen; None si alguien decide."""
    if len(paso.salidas) == 1 and paso.salidas[0].clave and not paso.salidas[0].si:
        return paso.salidas[0]
    if paso.autoriza or not all(s.clave and s.si for s in paso.salidas):
        return None
    cumplen = [s for s in paso.salidas if s.si and s.si.cumple(hechos)]
    return cumplen[0] if len(cumplen) == 1 else None


def _por_que_ninguna(paso: Paso, hechos: Mapping[str, Any]) -> str:
    """Lo que impide cada salida, si ninguna puede elegirse; «» si alguna puede."""
    if any(s.si is None or s.si.cumple(hechos) for s in paso.salidas):
        return ""
    return " ".join(s.mensaje or f"no se cumple: {s.si.escrita}." for s in paso.salidas if s.si)


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
    captura: Sequence[str],
    estado: Estado,
    valen: Mapping[str, str],
    hechos: Mapping[str, Any],
    catalogos: Catalogos,
) -> None:
    faltan = [
        *campos_que_faltan(p, captura, valen, hechos, catalogos),
        *requisitos_que_faltan(p, paso, estado, hechos),
        *documentos_que_faltan(p, paso, estado),
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
