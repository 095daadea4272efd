"""Hace de nuevo la referencia de llaves de docs/procedimientos.md.

    python docs/taller/hacer_referencia.py

Lo que valida un procedimiento es lo que aquí se documenta: las mismas tablas. Lo demás de
la guía, lo que se explica, se escribe a mano y no se toca.
"""

from collections.abc import Iterator
from pathlib import Path

from expediente.nucleo import lectura_procedimiento as lengua
from expediente.nucleo.campo import AYUDA_DE_TIPOS
from expediente.nucleo.condicion import AYUDA_DE_FUNCIONES
from expediente.nucleo.forma import Forma
from expediente.nucleo.procedimiento import DOCUMENTOS_DE_EVENTOS
from expediente.nucleo.situacion import SITUACIONES

GUIA = Path(__file__).resolve().parents[1] / "procedimientos.md"
MARCA = "<!-- referencia: lo que sigue lo escribe docs/taller/hacer_referencia.py -->"

TABLAS: tuple[tuple[str, str, Forma], ...] = (
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


def referencia() -> str:
    """La referencia completa, en Markdown."""
    return "\n".join(_renglones()) + "\n"


def _renglones() -> Iterator[str]:
    yield MARCA
    for titulo, nota, forma in TABLAS:
        yield from ("", f"### {titulo}", "", nota, "")
        yield from _tabla(
            ("Llave", "¿Obligatoria?", "Qué es"),
            [
                (f"`{nombre}`", "sí" if llave.obligatoria else "", llave.ayuda)
                for nombre, llave in forma.llaves.items()
            ],
        )
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


def poner_referencia(guia: str) -> str:
    """La guía con su referencia al día."""
    antes, _, _ = guia.partition(MARCA)
    return antes + referencia()


if __name__ == "__main__":
    GUIA.write_text(poner_referencia(GUIA.read_text("utf-8")), "utf-8")
