"""La relación de lo atendido en el día, que el área entrega para terminarlo en otra plataforma."""

from collections.abc import Sequence

from docx.document import Document as Documento
from papeleria import hoja, linea, parrafo, pegado, si_existe
from tablas import encabezado, firma, renglon, renglon_unido, repetido, tabla

# N.º de reporte, tipo, colonia, área, hora de reporte, de atención, horas, resultado, adheridos.
ANCHOS_ATENDIDOS = (2.2, 3.0, 3.0, 1.9, 1.9, 1.9, 1.2, 5.6, 2.2)


def relacion(titulo: str, anchos_cm: Sequence[float]) -> Documento:
    """La relación de un corte: de cuándo es, un renglón por caso, el total y las firmas."""
    documento = hoja(titulo, apaisada=True)
    parrafo(documento, "{{ corte.titulo }}", "Heading 1")
    si_existe(documento, "corte.subtitulo", "{{ corte.subtitulo }}", "Normal")
    parrafo(documento, "Corte del **{{ corte.fecha }}** · lote {{ corte.lote }}", "Normal")
    linea(parrafo(documento, "{{ corte.total }}", "Recuadro"), "top")
    _poner_casos(documento, titulo, anchos_cm)
    # Lo que se firma se dice otra vez: las firmas pueden caer solas en la última página.
    pegado(
        documento,
        "Lote {{ corte.lote }}, del {{ corte.fecha }}. {{ corte.total }} Se hizo el "
        "{{ corte.hecho }}.",
        "Nota",
    )
    _poner_firmas(documento)
    return documento


def _poner_casos(documento: Documento, titulo: str, anchos_cm: Sequence[float]) -> None:
    columnas = range(len(anchos_cm))
    casos = tabla(documento, anchos_cm, titulo)
    titulos = [f"{{{{ corte.columnas[{columna}] }}}}" for columna in columnas]
    encabezado(casos, titulos, ["Columna" for _ in columnas])
    celdas = [f"{{{{ fila[{columna}] }}}}" for columna in columnas]
    estilos = ["Renglón de detalle" for _ in columnas]
    repetido(casos, "fila in corte.filas", celdas, estilos, "Ninguno en este corte.")
    renglon_unido(casos, "Fin de la relación", "Fin de la relación")


def _poner_firmas(documento: Documento) -> None:
    firmas = tabla(documento, (7.0, 0.95, 7.0, 0.95, 7.0), "Firmas de la relación", bordes=False)
    celdas = renglon(firmas, [""] * 5, ["Firma"] * 5).cells
    for lugar, celda in enumerate(celdas[::2]):
        nombre, papel = (f"{{{{ corte.firmas[{lugar}].{dato} }}}}" for dato in ("nombre", "papel"))
        firma(celda, nombre, papel)
    parrafo(documento, "", "Entre tablas")
