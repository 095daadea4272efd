"""Las cifras y los indicadores inventados con que se prueba la plantilla de un informe."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from expediente.nucleo.cifras import Cifras
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.indicador import FLUJO, PORCENTAJE, Desglose, Estandar, Indicador, Lado
from expediente.nucleo.informe import Informe
from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO
from expediente.nucleo.muestra import (
    FOLIOS_DE_MUESTRA,
    NORMALES,
    renglones_de_muestra,
    texto_de_muestra,
)
from expediente.nucleo.periodo import Periodo
from expediente.nucleo.resultados import Resultado


def cifras_de_muestra(informe: Informe, clase: str = NORMALES) -> Cifras:
    """Las cifras inventadas de un informe, que cuadran."""
    movimiento = dict(zip(NOMBRES_DEL_MOVIMIENTO, (4, 6, 1, 5, 6), strict=True))
    filas = renglones_de_muestra([columna.titulo for columna in informe.columnas], clase)
    claves = [columna.clave for columna in informe.columnas]
    return Cifras(
        totales={**movimiento, **{total.clave: 3 for total in informe.totales}},
        filas=tuple(dict(zip(claves, fila, strict=True)) for fila in filas),
        grupos={g.clave: {_del_grupo(g.nombre, clase): 3} for g in informe.grupos},
        folios=dict.fromkeys(movimiento, FOLIOS_DE_MUESTRA),
    )


def resultado_de_muestra(periodo: Periodo, al: datetime) -> Resultado:
    """El resultado inventado de un indicador, con una nota y un desglose."""
    lados = (Lado("ejemplo de lo que se cumplió"), Lado("ejemplo de lo que se debía"))
    indicador = Indicador(
        "ejemplo", "Ejemplo de indicador", (), PORCENTAJE, FLUJO, *lados, "mes",
        estandar=Estandar(meta=Decimal(90)),
        por=(Desglose("ejemplo", "Por ejemplo", compilar_condicion("ejemplo")),),
    )  # fmt: skip
    folios = {"numerador": FOLIOS_DE_MUESTRA, "denominador": FOLIOS_DE_MUESTRA}
    uno = Resultado(
        indicador, periodo, al, Decimal(100), 2, 2, 0, "100.0 %", True, folios,
        notas=("Ejemplo de nota.",),
    )  # fmt: skip
    return replace(uno, desglose={"ejemplo": {"ejemplo de área": uno}})


def _del_grupo(nombre: str, clase: str) -> str:
    """«ejemplo de destino», del grupo «Por destino»."""
    return texto_de_muestra(f"ejemplo de {nombre.lower().removeprefix('por ')}", clase)
