"""La forma del programa, comprobada: capas, bibliotecas y nombres."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import expediente

PAQUETE = Path(expediente.__file__).parent
MODULOS = sorted(PAQUETE.rglob("*.py"))

PUEDE_USAR = {
    "nucleo": {"nucleo"},
    "almacen": {"almacen", "nucleo"},
    "documentos": {"documentos", "nucleo"},
    "operaciones": {"operaciones", "almacen", "documentos", "nucleo"},
    "cli": {"cli", "operaciones", "almacen", "documentos", "nucleo"},
}
BIBLIOTECAS = {
    "nucleo": set(),
    "almacen": {"yaml"},
    "documentos": {"docx", "lxml", "jinja2", "markupsafe", "segno", "xlsxwriter"},
    "operaciones": set(),
    "cli": {"typer", "rich", "click"},
}
SIN_DISCO_NI_RELOJ = {"os", "pathlib", "io", "shutil", "time", "sys", "tempfile", "subprocess"}
PROHIBIDOS = {"utils", "util", "helpers", "comun", "base", "tipos", "constantes", "common", "misc"}


def nombre(modulo: Path) -> str:
    """El módulo como se le nombra en una prueba."""
    return modulo.relative_to(PAQUETE).as_posix()


def capa(modulo: Path) -> str | None:
    """La capa de un módulo; None si está en la raíz del paquete."""
    partes = modulo.relative_to(PAQUETE).parts
    return partes[0] if len(partes) > 1 else None


def arbol(modulo: Path) -> ast.Module:
    """El módulo ya analizado."""
    return ast.parse(modulo.read_text(encoding="utf-8"))


def importados(modulo: Path) -> Iterator[str]:
    """Los nombres completos de lo que un módulo importa, esté donde esté el import."""
    for nodo in ast.walk(arbol(modulo)):
        if isinstance(nodo, ast.Import):
            yield from (alias.name for alias in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            yield from (f"{nodo.module}.{alias.name}" for alias in nodo.names)


def de_capas() -> list[Path]:
    """Los módulos que están en una capa."""
    return [modulo for modulo in MODULOS if capa(modulo)]


@pytest.mark.parametrize("modulo", de_capas(), ids=nombre)
def test_las_flechas_solo_corren_hacia_el_nucleo(modulo: Path) -> None:
    propias = {
        importado.split(".")[1]
        for importado in importados(modulo)
        if importado.startswith("expediente.") and importado.split(".")[1] in PUEDE_USAR
    }

    assert propias <= PUEDE_USAR[capa(modulo) or ""]


@pytest.mark.parametrize("modulo", de_capas(), ids=nombre)
def test_cada_biblioteca_solo_la_usa_su_capa(modulo: Path) -> None:
    ajenas = {
        raiz
        for importado in importados(modulo)
        if (raiz := importado.split(".")[0]) not in {*sys.stdlib_module_names, "expediente"}
    }

    assert ajenas <= BIBLIOTECAS[capa(modulo) or ""]


@pytest.mark.parametrize("modulo", [m for m in de_capas() if capa(m) == "nucleo"], ids=nombre)
def test_el_nucleo_no_toca_disco_reloj_ni_pantalla(modulo: Path) -> None:
    usados = {importado.split(".")[0] for importado in importados(modulo)}
    llamadas = {
        ast.unparse(nodo.func) for nodo in ast.walk(arbol(modulo)) if isinstance(nodo, ast.Call)
    }

    assert usados.isdisjoint(SIN_DISCO_NI_RELOJ)
    assert llamadas.isdisjoint({"open", "print", "input", "datetime.now", "date.today"})


@pytest.mark.parametrize("modulo", MODULOS, ids=nombre)
def test_los_import_son_absolutos(modulo: Path) -> None:
    relativos = [
        nodo for nodo in ast.walk(arbol(modulo)) if isinstance(nodo, ast.ImportFrom) and nodo.level
    ]

    assert relativos == []


@pytest.mark.parametrize("modulo", MODULOS, ids=nombre)
def test_ningun_except_se_traga_los_defectos(modulo: Path) -> None:
    atrapados = [
        ast.unparse(nodo.type) if nodo.type else ""
        for nodo in ast.walk(arbol(modulo))
        if isinstance(nodo, ast.ExceptHandler) and not _relanza(nodo)
    ]

    assert {"", "Exception", "BaseException"}.isdisjoint(atrapados)


def _relanza(atrapa: ast.ExceptHandler) -> bool:
    """Si termina en un `raise` a secas: sólo limpia y deja pasar el error."""
    ultimo = atrapa.body[-1]
    return isinstance(ultimo, ast.Raise) and ultimo.exc is None


def test_ningun_modulo_es_un_cajon() -> None:
    assert PROHIBIDOS.isdisjoint(modulo.stem for modulo in MODULOS)
    assert PROHIBIDOS.isdisjoint(carpeta.name for carpeta in PAQUETE.rglob("*") if carpeta.is_dir())


def test_un_nombre_de_modulo_dice_una_sola_cosa() -> None:
    """En una traza se lee el nombre del fichero y poco más."""
    cuenta = Counter(modulo.stem for modulo in MODULOS if modulo.stem != "__init__")

    assert {n for n, veces in cuenta.items() if veces > 1} == set()


def test_ninguna_funcion_publica_esta_escrita_dos_veces() -> None:
    donde: dict[str, list[str]] = {}
    for modulo in MODULOS:
        if capa(modulo) in ("nucleo", "almacen", "documentos"):
            for nodo in arbol(modulo).body:
                if isinstance(nodo, ast.FunctionDef) and not nodo.name.startswith("_"):
                    donde.setdefault(nodo.name, []).append(nombre(modulo))

    assert {funcion: modulos for funcion, modulos in donde.items() if len(modulos) > 1} == {}


@pytest.mark.parametrize("modulo", MODULOS, ids=nombre)
def test_ninguna_funcion_es_tan_larga_que_no_se_vea_entera(modulo: Path) -> None:
    largas = {
        nodo.name: nodo.end_lineno - nodo.lineno + 1
        for nodo in ast.walk(arbol(modulo))
        if isinstance(nodo, ast.FunctionDef) and (nodo.end_lineno or 0) - nodo.lineno >= 60
    }

    assert largas == {}
