"""El minutario de un libro de oficios, como se entrega a quien lo audita."""

from docx.document import Document as Documento
from papeleria import etiqueta, hoja, linea, parrafo, pegado
from tablas import encabezado, firma, renglon, renglon_unido, repetido, tabla

# Título, campo de la fila y ancho en centímetros; caben en la hoja apaisada.
COLUMNAS = (
    ("Número", "numero", 2.7),
    ("Fecha", "fecha", 1.9),
    ("Destinatario", "destinatario", 3.6),
    ("Asunto", "asunto", 3.1),
    ("Expediente", "expediente", 2.2),
    ("Elaboró", "elaboro", 2.2),
    ("Firmó", "firmo", 2.2),
    ("Acuse", "acuse", 2.2),
    ("Estado y motivo", "estado", 2.8),
)
ANCHOS_DE_TOTALES = (5.6, 1.9)


def libro_oficios() -> Documento:
    """Un renglón por número, los totales por estado, lo que no salió y las firmas."""
    documento = hoja("Libro de oficios", apaisada=True)
    parrafo(documento, "{{ libro.nombre }}", "Heading 1")
    linea(parrafo(documento, "Libro {{ libro.clave }} · {{ libro.periodo }}", "Recuadro"), "top")
    _poner_numeros(documento)
    _poner_totales(documento)
    _poner_lo_que_no_salio(documento)
    _poner_firmas(documento)
    return documento


def _poner_numeros(documento: Documento) -> None:
    numeros = tabla(documento, [ancho for _, _, ancho in COLUMNAS], "Números del libro")
    encabezado(numeros, [titulo for titulo, _, _ in COLUMNAS], ["Columna"] * len(COLUMNAS))
    celdas = [f"{{{{ fila.{campo} }}}}" for _, campo, _ in COLUMNAS]
    estilos = ["Renglón de detalle"] * len(COLUMNAS)
    repetido(numeros, "fila in libro.filas", celdas, estilos, "Ningún número en este periodo.")
    renglon_unido(numeros, "Fin de la relación", "Fin de la relación")


def _poner_totales(documento: Documento) -> None:
    parrafo(documento, "Totales por estado", "Heading 2")
    totales = tabla(documento, ANCHOS_DE_TOTALES, "Cuántos números hay en cada estado")
    pareja = ("{{ total.nombre }}", "{{ total.valor }}")
    repetido(totales, "total in libro.totales", pareja, ("Concepto", "Cifra"), "Sin cifras.")
    parrafo(documento, "", "Entre tablas")


def _poner_lo_que_no_salio(documento: Documento) -> None:
    # De lo que un filtro dejó fuera no se dice que no lo hay.
    etiqueta(documento, "if libro.completo")
    parrafo(documento, "Huecos, cancelados y extemporáneos", "Heading 2")
    parrafo(documento, "**Números que faltan en la serie:** {{ libro.huecos }}.", "Normal")
    for titulo, lista in (("cancelados", "cancelados"), ("extemporáneos", "extemporaneos")):
        etiqueta(documento, f"if libro.{lista}")
        pegado(documento, f"**Números {titulo}, con su motivo:**", "Normal")
        etiqueta(documento, f"for dicho in libro.{lista}")
        parrafo(documento, "{{ dicho }}", "List Bullet")
        etiqueta(documento, "endfor")
        etiqueta(documento, "else")
        parrafo(documento, f"**Números {titulo}:** ninguno.", "Normal")
        etiqueta(documento, "endif")
    etiqueta(documento, "else")
    parrafo(
        documento,
        "Esta relación trae sólo lo que se pidió: los huecos, los cancelados y los extemporáneos "
        "se dicen en el libro completo.",
        "Nota",
    )
    etiqueta(documento, "endif")


def _poner_firmas(documento: Documento) -> None:
    # Lo que se firma se dice otra vez: las firmas pueden caer solas en la última página.
    pegado(
        documento,
        "{{ libro.nombre }}, {{ libro.periodo }}. Se imprimió del libro el {{ libro.hecho }}.",
        "Nota",
    )
    firmas = tabla(documento, (7.0, 0.95, 7.0, 0.95, 7.0), "Firmas del libro", bordes=False)
    elaboro, titular, recibe = renglon(firmas, [""] * 5, ["Firma"] * 5).cells[::2]
    firma(elaboro, "{{ libro.elaboro }}", "Elaboró")
    firma(titular, "Nombre y firma", "Titular de {{ libro.seccion }}")
    firma(recibe, "Nombre y firma", "Recibió para su revisión")
    parrafo(documento, "", "Entre tablas")
