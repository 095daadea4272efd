"""Hace de nuevo la referencia de llaves de las guías de procedimientos y de informes.

    python docs/taller/hacer_referencia.py

Lo que valida una definición es lo que aquí se documenta: las mismas tablas. Lo demás de
cada guía, lo que se explica, se escribe a mano y no se toca.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from expediente.nucleo import definicion_de_tablero, informe, lectura_indicador, tirada
from expediente.nucleo import lectura_procedimiento as lengua
from expediente.nucleo.campo import AYUDA_DE_TIPOS
from expediente.nucleo.forma import Forma
from expediente.nucleo.funciones import AYUDA_DE_FUNCIONES
from expediente.nucleo.procedimiento import DOCUMENTOS_DE_EVENTOS
from expediente.nucleo.situacion import SITUACIONES

GUIAS = Path(__file__).resolve().parents[1]
MARCA = "<!-- referencia: lo que sigue lo escribe docs/taller/hacer_referencia.py -->"

Tablas = tuple[tuple[str, str, Forma], ...]
TABLAS: Tablas = (
    ("El procedimiento", "Hasta arriba del fichero.", lengua.PROCEDIMIENTO),
    ("`manual`", "De dónde sale; encabeza el manual impreso.", lengua.MANUAL),
    ("`roles`", "Una lista.", lengua.ROL),
    ("`campos`", "Una lista.", lengua.CAMPO),
    ("`requisitos`", "Una lista.", lengua.REQUISITO),
    ("`documentos`", "Una lista.", lengua.DOCUMENTO),
    ("`dirigido`", "En un documento o en `eventos`: una sola de éstas.", lengua.DESTINO),
    ("`numeros`", "Una lista.", lengua.NUMERO),
    ("`pasos`", "Una lista.", lengua.PASO),
    ("`resultados`", "La lista de decisiones de un paso.", lengua.SALIDA),
    ("`plazo` de un paso", "Corre desde que el paso toca.", lengua.PLAZO_DE_PASO),
    ("`repite`", "En un paso que se sigue a sí mismo.", lengua.CADENCIA),
    ("`abre`", "En un paso o resultado: una lista.", lengua.APERTURA),
    ("`plazos`", "Una lista: los que cruzan varios pasos.", lengua.PLAZO),
    ("`reglas`", "Una lista.", lengua.REGLA),
    ("`recursos`", "Una lista.", lengua.RECURSO),
    ("`duplicados`", "Una lista.", lengua.DUPLICADO),
    ("`eventos`", "Cómo trata lo que puede pasarle a cualquier caso.", lengua.EVENTOS),
    ("`criticas`", "Una lista, para el manual impreso.", lengua.CRITICA),
    ("`cambios`", "Una lista, para el manual impreso.", lengua.CAMBIO),
)


TABLAS_DE_INFORMES: Tablas = (
    ("Un informe", "Un fichero de `informes/`.", informe.INFORME),
    ("`columnas`", "Una lista.", informe.COLUMNA),
    ("`totales`", "Una lista.", informe.TOTAL),
    ("`grupos`", "Una lista.", informe.GRUPO),
    ("Un indicador", "Un fichero de `indicadores/`.", lectura_indicador.INDICADOR),
    ("`numerador` y `denominador`", "De un indicador.", lectura_indicador.LADO),
    ("`excluye`", "Una lista.", lectura_indicador.EXCLUSION),
    ("`mide`", "Cuánto duró algo.", lectura_indicador.MEDIDA),
    ("`estandar`", "Contra qué se juzga.", lectura_indicador.ESTANDAR),
    ("`por`", "Los desgloses de un indicador: una lista.", lectura_indicador.DESGLOSE),
    ("`debidos`", "Lo que se debe cada mes aunque nadie lo abra.", lectura_indicador.DEBIDOS),
    ("Un tablero", "Un fichero de `tableros/`.", definicion_de_tablero.TABLERO),
    ("`desgloses`", "Del tablero: una lista.", definicion_de_tablero.DESGLOSE),
    ("Una tirada", "Un fichero de `tiradas/`.", tirada.TIRADA),
)


def referencia_de_procedimientos() -> str:
    """La de docs/procedimientos.md, en Markdown."""
    return _en_markdown(_renglones_de(TABLAS), _de_la_lengua())


def referencia_de_informes() -> str:
    """La de docs/informes.md, en Markdown."""
    return _en_markdown(_renglones_de(TABLAS_DE_INFORMES))


REFERENCIAS: dict[str, Callable[[], str]] = {
    "procedimientos.md": referencia_de_procedimientos,
    "informes.md": referencia_de_informes,
}


def _en_markdown(*partes: Iterator[str]) -> str:
    return "\n".join((MARCA, *chain(*partes))) + "\n"


def _renglones_de(tablas: Tablas) -> Iterator[str]:
    for titulo, nota, forma in tablas:
        yield from ("", f"### {titulo}", "", nota, "")
        yield from _tabla(
            ("Llave", "¿Obligatoria?", "Qué es"),
            [
                (f"`{nombre}`", "sí" if llave.obligatoria else "", llave.ayuda)
                for nombre, llave in forma.llaves.items()
            ],
        )


def _de_la_lengua() -> Iterator[str]:
    yield from ("", "### Tipos de campo", "")
    yield from _tabla(
        ("Tipo", "Qué se escribe"), [(f"`{t}`", a) for t, a in AYUDA_DE_TIPOS.items()]
    )
    yield from ("", "### Funciones de las expresiones", "")
    yield from _tabla(
        ("Función", "Qué da"), [(f"`{forma}`", que) for forma, que in AYUDA_DE_FUNCIONES.values()]
    )
    yield from ("", "### Situaciones que ya existen", "")
    yield from _tabla(("Clave", "Cómo se lee"), [(f"`{c}`", n) for c, n in SITUACIONES.items()])
    yield from ("", "### Oficios de los eventos", "")
    yield from _tabla(
        ("Documento y plantilla", "Asunto"),
        [(f"`{clave}.docx`", asunto) for clave, (_, asunto) in DOCUMENTOS_DE_EVENTOS.items()],
    )


def _tabla(titulos: tuple[str, ...], filas: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(titulos)} |"
    yield f"|{'---|' * len(titulos)}"
    for fila in filas:
        yield f"| {' | '.join(celda.replace('|', '/') for celda in fila)} |"


def poner_referencia(guia: str, nombre: str = "procedimientos.md") -> str:
    """Esa guía con su referencia al día."""
    antes, _, _ = guia.partition(MARCA)
    return antes + REFERENCIAS[nombre]()


if __name__ == "__main__":
    for nombre in REFERENCIAS:
        ruta = GUIAS / nombre
        ruta.write_text(poner_referencia(ruta.read_text("utf-8"), nombre), "utf-8")
