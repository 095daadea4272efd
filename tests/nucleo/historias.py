"""Historias de casos ya hechas, para contar sobre ellas: lo que pasó, sin volver a juzgarlo."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from expediente.almacen.definiciones import leer_indicador
from expediente.almacen.inventarios import leer_existencia
from expediente.nucleo.calculos import Referencias
from expediente.nucleo.captura import convertir_datos
from expediente.nucleo.indicador import PROCEDIMIENTOS, Indicador
from expediente.nucleo.medicion import Medicion
from expediente.nucleo.periodo import Periodo, leer_periodo
from expediente.nucleo.resultados import Resultado
from expediente.nucleo.tramos import Tramo, tramos_del_caso
from tests.nucleo.tramite import (
    DATOS,
    ZONA,
    Tramite,
    abierto,
    calendario,
    catalogos,
    momento,
    nueva,
)

# (cuándo, «paso» o «paso/resultado», datos que capturó)
Paso = tuple[str, str] | tuple[str, str, Mapping[str, str]]
EVENTOS = {"cancelacion", "desistimiento", "suspension", "acumulacion"}


def historia(clave: str, folio: str, recibido: str, *pasos: Paso, **datos: str) -> Tramite:
    """Un caso al que le pasó eso; un paso que es el nombre de un evento, es el evento."""
    caso = abierto(clave, recibido, folio, **datos)
    for paso in pasos:
        seguir(caso, *paso)
    return caso


def seguir(caso: Tramite, el: str, que: str, datos: Mapping[str, str] | None = None) -> Tramite:
    """El mismo caso, después de que le pasara otra cosa."""
    if que in EVENTOS:
        detalle = {"a": "RS-2026-0999"} if que == "acumulacion" else {}
        return caso.asentar(replace(nueva(que, el), detalle=detalle))
    paso, _, resultado = que.partition("/")
    escritos = convertir_datos(caso.procedimiento, dict(datos or {}), catalogos())
    dado = replace(nueva("avance", el), paso=paso, resultado=resultado or None, datos=escritos)
    return caso.asentar(dado).cumplir(el)


def tramos(*casos: Tramite, al: str) -> list[Tramo]:
    """Los tramos de esos casos que se conocían entonces."""
    return [
        tramo
        for caso in casos
        for tramo in tramos_del_caso(
            caso.folio,
            caso.procedimiento,
            caso.actuaciones,
            catalogos(),
            calendario(),
            ZONA,
            momento(al),
        )
    ]


def de_fabrica(clave: str) -> Indicador:
    """El indicador de fábrica de esa clave."""
    return leer_indicador(DATOS, clave)


def periodo(escrito: str) -> Periodo:
    """El periodo que dice «2026-11», «2026-T4», «2026-W47», «2026» o «2026-11-20»."""
    marca = "T" if "-T" in escrito else "W" if "-W" in escrito else str(len(escrito))
    clase = {"T": "trimestre", "W": "semana", "4": "anio", "7": "mes", "10": "dia"}[marca]
    return leer_periodo(clase, escrito, date(2026, 11, 20))


def medir(
    indicador: str | Indicador,
    *casos: Tramite,
    en: str = "2026-11",
    al: str = "2026-12-31 12:00",
) -> Resultado:
    """Lo que da un indicador sobre esos casos, en ese periodo, con lo que se sabía al `al`."""
    definido = de_fabrica(indicador) if isinstance(indicador, str) else indicador
    cuenta = Medicion(definido, periodo(en), momento(al), calendario(), referencias(definido))
    for tramo in tramos(*casos, al=al):
        cuenta.agregar(tramo)
    return cuenta.resultado()


def referencias(indicador: Indicador) -> Referencias:
    """Los catálogos y existencias de fábrica que el indicador nombra."""
    existencia = indicador.denominador.existencia
    hay = {}
    if existencia:
        renglones = leer_existencia(DATOS, existencia).renglones
        hay[existencia] = sum((r.cantidad for r in renglones), Decimal(0))
    nombres = {
        clave: {opcion.clave: opcion.nombre for opcion in catalogos()[clave].values()}
        for clave in indicador.catalogos - {PROCEDIMIENTOS}
    }
    return Referencias(nombres, hay)


FUGA = {"tipo_servicio": "fuga_toma", "anonimo": "sí", "ubicacion__colonia": "Centro"}
SERVICIOS = {"dependencia": "servicios_publicos"}


def gestion(folio: str, recibido: str, *pasos: tuple[str, str]) -> Tramite:
    """Una gestión con sus datos correctos, y lo que le pasó después."""
    previos = [(recibido, "registrar"), (recibido, "revisar/correctos")]
    return historia("gestion", folio, recibido, *previos, *pasos)


def canalizada(folio: str, recibido: str, redactada: str) -> Tramite:
    """Una gestión que no toca al DIF, y cuándo se redactó su solicitud."""
    pasos = [(recibido, "identificar/ajeno"), (recibido, "canalizar"), (redactada, "gestionar")]
    return gestion(folio, recibido, *pasos)


def seguimiento(folio: str, recibido: str, *pasos: tuple[str, str]) -> Tramite:
    """Un seguimiento pedido por oficio, y lo que le pasó después."""
    datos = {"despacho": "gobernador", "oficio_fecha": recibido[:10]}
    return historia("seguimiento", folio, recibido, (recibido, "registrar"), *pasos, **datos)


def mensual(folio: str, mes: str, acordada: str, entregado: str | None, **datos: str) -> Tramite:
    """Un informe mensual, con su fecha acordada y cuándo se entregó; None si no."""
    abierto = f"{acordada[:8]}01 10:00"
    captura = {"mes": mes, "anio": "2026", "fecha_compromiso": acordada, **datos}
    caso = historia("informe-mensual", folio, abierto, (abierto, "acordar", captura))
    if entregado:
        seguir(seguir(caso, entregado, "elaborar"), entregado, "recibir")
    return caso


def reporte(folio: str, recibido: str, *pasos: Paso, **datos: str) -> Tramite:
    """Un reporte con número, canalizado, y lo que le pasó después."""
    previos: list[Paso] = [
        (recibido, "registrar/procede"),
        (recibido, "canalizar", {"area": "agua_potable"}),
    ]
    return historia("reporte-servicio", folio, recibido, *previos, *pasos, **{**FUGA, **datos})


def baja(caso: Tramite, el: str) -> Tramite:
    """El reporte, atendido y dado de baja entonces."""
    return seguir(seguir(caso, el, "atender/atendido"), el, "dar-baja")


def conforme(caso: Tramite, el: str) -> Tramite:
    """El reporte, cerrado con la conformidad del usuario."""
    return seguir(seguir(caso, el, "verificar/conforme"), el, "cerrar")


def improcedente(folio: str, recibido: str) -> Tramite:
    """Un reporte que no procedió."""
    return historia(
        "reporte-servicio",
        folio,
        recibido,
        (recibido, "registrar/improcedente"),
        tipo_servicio="falta_agua_toma",
        anonimo="sí",
    )


def reportes() -> tuple[Tramite, ...]:
    """Seis reportes de noviembre: conforme, de baja, en el área, improcedente y adherido."""
    dia = "2026-11-10 08:00"
    return (
        conforme(baja(reporte("RS-2026-0001", dia), "2026-11-10 18:00"), "2026-11-11 10:00"),
        baja(reporte("RS-2026-0002", dia), "2026-11-12 08:00"),
        reporte("RS-2026-0003", dia, area="alcantarillado"),
        improcedente("RS-2026-0004", dia),
        reporte("RS-2026-0005", dia, ("2026-11-10 09:00", "acumulacion")),
        seguir(reporte("RS-2026-0006", "2026-10-30 08:00"), "2026-11-03 08:00", "atender/atendido"),
    )


def descuento(folio: str, recibido: str, *pasos: tuple[str, str]) -> Tramite:
    """Una solicitud de descuento, y lo que le pasó después."""
    return historia("estrella-blanca", folio, recibido, *pasos)


def peticion(folio: str, recibido: str, *pasos: Paso, **datos: str) -> Tramite:
    """Una petición anónima, y lo que le pasó después."""
    de_la_vecina = {"anonimo": "sí", "tema": "alumbrado", "ubicacion__colonia": "Centro"}
    return historia(
        "peticion", folio, recibido, (recibido, "registrar"), *pasos, **{**de_la_vecina, **datos}
    )


def atencion(folio: str, resultado: str, evaluacion: str = "") -> Tramite:
    """Una atención en ventanilla que terminó así, con su evaluación si la dio."""
    dia = "2026-11-10 10:00"
    dicho = {"asunto": "Requisitos", "evaluacion": evaluacion}
    return historia(
        "atencion",
        folio,
        dia,
        (dia, "atender"),
        (dia, "ofrecer", dicho),
        (dia, f"registrar/{resultado}"),
    )


def apoyo(folio: str, *pasos: Paso, **datos: str) -> Tramite:
    """Una solicitud de apoyo, y lo que le pasó después."""
    pedido = {"tipo_apoyo": "despensa", "modalidad": "compra", **datos}
    return historia("apoyo", folio, "2026-11-03 10:00", *pasos, **pedido)


def resguardo(folio: str, entregada: str, *firmas: str) -> Tramite:
    """Una ayuda prestada entonces, y cuándo se firmó cada renovación."""
    pasos = [(entregada, "entregar-ayuda"), *((firma, "renovar/firmada") for firma in firmas)]
    return historia("ayuda-funcional", folio, entregada, *pasos, ayuda="baston")


def cuenta(r: Resultado) -> tuple[object, ...]:
    """(numerador, denominador, excluidos, lo que se lee)."""
    return (r.numerador, r.denominador, r.excluidos, r.texto)
