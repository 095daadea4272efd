"""Los informes de fábrica sobre historias ya hechas: lo que usan las cuentas a mano."""

from collections.abc import Iterable

from expediente.almacen.definiciones import leer_informe
from expediente.nucleo.cifras import Cifras, calcular
from tests.nucleo.historias import periodo, tramos
from tests.nucleo.tramite import DATOS, Tramite, momento


def contar(
    clave: str, *casos: Tramite, en: str = "2026-11", al: str = "2026-12-31 12:00"
) -> Cifras:
    """Las cifras del informe de fábrica sobre esos casos, con lo que se sabía al `al`."""
    return calcular(leer_informe(DATOS, clave), periodo(en), momento(al), tramos(*casos, al=al))


def propios(cifras: Cifras) -> dict[str, object]:
    """Las cifras propias del informe que no son cero."""
    return {clave: n for clave, n in list(cifras.totales.items())[5:] if n}


def columna(cifras: Cifras, clave: str) -> list[str]:
    """Lo que dice una columna, renglón por renglón."""
    return [fila[clave] for fila in cifras.filas]


def sumados(hechas: Iterable[Cifras], clave: str) -> dict[str, int]:
    """La suma de los totales con fecha de varios periodos; con sus movimientos."""
    fechados = [t.clave for t in leer_informe(DATOS, clave).totales if t.fecha]
    flujos = ("recibidos", "reabiertos", "concluidos", *fechados)
    hechas = list(hechas)
    return {flujo: sum(int(h.totales[flujo]) for h in hechas) for flujo in flujos}
