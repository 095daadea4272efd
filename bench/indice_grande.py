"""Un índice de cuantos casos haga falta, sin las carpetas que lo llenarían.

Hacer un millón de carpetas y leerlas tarda más de una hora. Lo que se mide con el índice ya
hecho no las mira; aquí se llena con cada caso de una oficina de verdad, tantas veces como se
pida y cada vez con otro folio.
"""

from expediente.almacen.indice import abrir_indice
from expediente.operaciones.ventanilla import Ventanilla

_CONSECUTIVO = 10_000_000  # a partir del cual no hay folios de verdad


def multiplicar_indice(v: Ventanilla, veces: int) -> int:
    """Deja en el índice de esa oficina cada caso `veces` veces; devuelve cuántos quedan."""
    indice = abrir_indice(v.raiz)
    assert indice is not None
    with indice, indice.escribiendo():
        base = indice.base
        (salto,) = base.execute("SELECT max(id) FROM casos").fetchone()
        base.execute("CREATE TEMP TABLE vueltas (n INTEGER)")
        base.executemany("INSERT INTO vueltas VALUES (?)", ((n,) for n in range(1, veces)))
        for tabla in ("casos", "copias", "tramos", "abiertos", "dias", "renglones"):
            columnas = [fila[1] for fila in base.execute(f"PRAGMA table_info({tabla})")]
            otras = {
                "id": f"id + n * {salto}",
                "caso": f"caso + n * {salto}",
                "folio": f"substr(folio, 1, 8) || ({_CONSECUTIVO} + id + n * {salto})",
                "orden": f"orden || '-' || ({_CONSECUTIVO} + id + n * {salto})",
            }
            lugares = ", ".join(str(n + 1) for n in range(len(columnas)))
            valores = ", ".join(otras.get(columna, columna) for columna in columnas)
            orden = f"ORDER BY {lugares}" if tabla not in ("copias", "tramos") else ""
            base.execute(
                f"INSERT INTO {tabla} SELECT {valores} FROM {tabla} CROSS JOIN vueltas {orden}"
            )
        return indice.cuantos()


def casos_del_indice(v: Ventanilla) -> int:
    """Cuántos casos tiene."""
    indice = abrir_indice(v.raiz, crear=False)
    assert indice is not None
    with indice:
        return indice.cuantos()
