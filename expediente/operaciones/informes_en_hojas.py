"""Lo que dice la hoja de cálculo de un informe ya contado: cifras, renglones y notas."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from expediente.almacen.reglas import procedimiento_vigente
from expediente.nucleo.campo import hojas
from expediente.nucleo.informe import Columna, Informe, Total
from expediente.nucleo.periodo import rotulo_del_corte
from expediente.nucleo.resultados import Resultado
from expediente.operaciones.redaccion_de_informes import (
    SERIES,
    al_pie,
    con_nombres,
    destinatarios,
    en_su_orden,
    indicador_dicho,
    nombre_del_reparto,
    nombres_de_totales,
    notas_del_indicador,
    partes_del_periodo,
    periodo_dicho,
    procedencia,
    va_en_orden,
)
from expediente.operaciones.ventanilla import Ventanilla

if TYPE_CHECKING:
    from expediente.documentos.hoja_de_informe import InformeEnHojas, Medicion, Reparto
    from expediente.operaciones.informes import InformeHecho

Celda = str | date | datetime | int | Decimal | None
DEFINICIONES_DEL_MOVIMIENTO = {
    "abiertos_inicio": "Los que seguían en trámite cuando empezó el periodo.",
    "recibidos": "Los que se abrieron en el periodo.",
    "reabiertos": "Los que estaban concluidos y volvieron a abrirse en el periodo.",
    "concluidos": "Los que terminaron en el periodo, como sea que hayan terminado.",
    "abiertos_final": "Los que seguían en trámite al terminar el periodo o, si no ha terminado, "
    "al corte.",
}
_NUMERICOS = ("entero", "monto", "decimal")
_FECHA = re.compile(r"(\d\d)/(\d\d)/(\d{4})(?: (\d\d):(\d\d))?")
# Con más cifras, lo que da una cuenta es un teléfono o una clave, no una cantidad.
_NUMERO = re.compile(r"-?(?:0|[1-9]\d{0,6})(?:\.\d+)?")


def informe_en_hojas(v: Ventanilla, hecho: "InformeHecho", con_folios: bool) -> "InformeEnHojas":
    """Lo que lleva su libro de Excel. Los folios de uno que se publica salen sólo si se piden."""
    # Sólo quien saca la hoja carga lo que la escribe.
    from expediente.documentos.hoja_de_informe import Cifra, Desglose, InformeEnHojas

    hecho = con_nombres(v, hecho)
    informe, cifras = hecho.informe, hecho.cifras
    definiciones = {
        **DEFINICIONES_DEL_MOVIMIENTO,
        **{t.clave: _definicion(t) for t in informe.totales},
    }
    nombres = nombres_de_totales(informe)
    return InformeEnHojas(
        titulo=informe.nombre,
        senas=tuple(_senas(v, hecho)),
        identidad=cifras.identidad,
        cifras=tuple(
            Cifra(nombres[clave], cuanto, definiciones[clave], cifras.folios.get(clave, ()))
            for clave, cuanto in cifras.totales.items()
        ),
        columnas=tuple(c.titulo for c in informe.columnas),
        filas=tuple(renglones_con_tipo(v, hecho)),
        grupos=tuple(
            Desglose(
                grupo.nombre,
                tuple(
                    Cifra(valor, n, folios=cifras.folios.get(f"{grupo.clave}/{valor}", ()))
                    for valor, n in en_su_orden(grupo, cifras.grupos[grupo.clave])
                ),
                va_en_orden(grupo),
            )
            for grupo in informe.grupos
        ),
        reparto=_reparto(hecho),
        mediciones=tuple(map(_medicion, hecho.indicadores)),
        notas=tuple(_notas(hecho)),
        con_folios=con_folios or not informe.publico,
    )


def _reparto(hecho: "InformeHecho") -> "Reparto | None":
    from expediente.documentos.hoja_de_informe import Reparto  # ídem

    partes = partes_del_periodo(hecho)
    if not partes:
        return None
    filas = tuple((p.nombre, p.recibidos, p.concluidos) for p in partes)
    return Reparto(nombre_del_reparto(hecho), SERIES, filas)


def _medicion(r: Resultado) -> "Medicion":
    from expediente.documentos.hoja_de_informe import Medicion  # ídem

    dicho = indicador_dicho(r)
    llaves = ("nombre", "formula", "numerador", "denominador", "valor", "estandar", "cumple")
    return Medicion(**{llave: dicho[llave] for llave in llaves})


def _senas(v: Ventanilla, hecho: "InformeHecho") -> Iterator[tuple[str, str]]:
    yield "Institución", v.oficina.ente(hecho.informe.ente).nombre
    if manual := procedencia(hecho.informe):
        yield "Manual", manual
    yield "Periodo", periodo_dicho(hecho)
    yield "Corte", rotulo_del_corte(hecho.al)
    if para := destinatarios(v, hecho.informe):
        yield "Para", para


def _definicion(total: Total) -> str:
    """Qué cuenta una cifra propia, con las expresiones que la definen."""
    que = f"Se suma {total.suma.escrita}" if total.suma else "Se cuentan"
    cuales = "los renglones de la relación"
    if total.fecha:
        cuales = f"los hechos ocurridos en el periodo, según {total.fecha.escrita}"
    de = " de " if total.suma else " "
    si = "" if total.cuenta.escrita == "sí" else f", si se cumple: {total.cuenta.escrita}"
    return f"{que}{de}{cuales}{si}."


def _notas(hecho: "InformeHecho") -> Iterator[tuple[str, str]]:
    yield "Comprobación", hecho.cifras.identidad
    for r in hecho.indicadores:
        yield r.indicador.nombre, r.indicador.formula
        yield from ((r.indicador.nombre, nota) for nota in notas_del_indicador(r))
    yield from (("No se pudo leer", al_pie(problema)) for problema in hecho.problemas)


def renglones_con_tipo(v: Ventanilla, hecho: "InformeHecho") -> Iterator[tuple[Celda, ...]]:
    """La tabla de detalle con sus fechas como fechas y sus cantidades como números.

    Un folio, un teléfono o cualquier clave de puras cifras se queda como texto.
    """
    columnas = hecho.informe.columnas
    de_numeros = _columnas_de_numeros(v, hecho.informe)
    for fila in con_nombres(v, hecho).cifras.filas:
        yield tuple(_con_tipo(fila[c.clave], c.clave in de_numeros) for c in columnas)


def _columnas_de_numeros(v: Ventanilla, informe: Informe) -> frozenset[str]:
    """Las que llevan una cantidad: una cuenta, o un campo que es un número."""
    cantidades = {
        hoja.clave.replace(".#", "", 1)
        for clave in informe.procedimientos
        for campo in procedimiento_vigente(v.raiz, clave)[0].campos
        for hoja in hojas(campo)
        if hoja.tipo in _NUMERICOS
    }
    return frozenset(c.clave for c in informe.columnas if _es_cantidad(c, cantidades))


def _es_cantidad(columna: Columna, cantidades: set[str]) -> bool:
    escrita = columna.valor.escrita
    if escrita in columna.valor.nombres:
        return escrita in cantidades or escrita.startswith("veces.")
    return True


def _con_tipo(texto: str, es_cantidad: bool) -> Celda:
    """Lo que dice una celda, con su tipo; en una cuenta que da textos, se queda en texto."""
    if hallada := _FECHA.fullmatch(texto):
        return _fecha(hallada.groups(), texto)
    if es_cantidad and _NUMERO.fullmatch(texto):
        return int(texto) if texto.lstrip("-").isdigit() else Decimal(texto)
    return texto or None


def _fecha(partes: Sequence[str | None], texto: str) -> Celda:
    dia, mes, anio, *hora = (int(parte) for parte in partes if parte)
    try:
        momento = datetime(anio, mes, dia, hora[0] if hora else 0, hora[1] if hora else 0)
    except ValueError:  # alguien capturó así otra cosa: «31/02/2026»
        return texto
    return momento if hora else momento.date()
