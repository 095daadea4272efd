"""Comparar lo que la oficina hace con las tablas de sus manuales."""

from expediente.almacen.definiciones import (
    claves_de_informes,
    claves_de_manuales,
    leer_informe,
    leer_manual,
)
from expediente.nucleo.cobertura import Cobertura, cobertura_de
from expediente.operaciones.procedimientos import todos
from expediente.operaciones.ventanilla import Ventanilla


def coberturas(v: Ventanilla, manual: str | None = None) -> list[Cobertura]:
    """La cobertura de ese manual, o de todos los que la oficina tiene transcritos.

    Un procedimiento ilegible no cumple nada: sus actividades salen como faltantes, y qué
    tiene lo dice `procedimiento revisar`. Lanza NoExiste si no hay tal manual.
    """
    procedimientos, _ = todos(v)
    informes = [leer_informe(v.raiz, clave) for clave in claves_de_informes(v.raiz)]
    claves = [manual] if manual else claves_de_manuales(v.raiz)
    return [cobertura_de(leer_manual(v.raiz, c), procedimientos, informes) for c in claves]
