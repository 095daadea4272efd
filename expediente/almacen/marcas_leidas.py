"""Hasta dónde leyó el índice las marcas de cambio, y qué revisiones anunciadas espera."""

from collections.abc import Iterable

from expediente.almacen.cambios import Marca, Vista
from expediente.almacen.indice import Indice


def marcas_vistas(indice: Indice) -> list[Vista]:
    """Hasta dónde se leyeron las marcas."""
    filas = indice.base.execute("SELECT numero, nombres, con_sucesora FROM marcas")
    return [Vista(n, frozenset(filter(None, dice.split("/"))), cuando) for n, dice, cuando in filas]


def recordar_marcas(indice: Indice, vistas: Iterable[Vista]) -> None:
    """Guarda hasta dónde se leyeron."""
    indice.base.execute("DELETE FROM marcas")
    indice.base.executemany(
        "INSERT INTO marcas VALUES (?, ?, ?)",
        ((v.numero, "/".join(v.nombres), v.con_sucesora) for v in vistas),
    )


def anunciadas(indice: Indice) -> dict[Marca, float]:
    """Las revisiones anunciadas que todavía no estaban, y desde cuándo se esperan."""
    filas = indice.base.execute("SELECT folio, revision, desde FROM anunciadas")
    return {Marca(folio, revision): desde for folio, revision, desde in filas}


def esperar(indice: Indice, marcas: dict[Marca, float]) -> None:
    """Guarda las que se siguen esperando."""
    indice.base.execute("DELETE FROM anunciadas")
    indice.base.executemany(
        "INSERT OR REPLACE INTO anunciadas VALUES (?, ?, ?)",
        ((m.folio, m.revision, desde) for m, desde in sorted(marcas.items())),
    )
