"""Las partes de un informe periódico: el mismo papel para todos, con otras columnas."""

from collections.abc import Sequence

from docx.document import Document as Documento
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from papeleria import etiqueta, hoja, linea, parrafo, pegado, si_existe
from tablas import control, encabezado, firma, ligar, renglon, renglon_unido, repetido, tabla

# Totales y agrupaciones corren en tres columnas de hoja, como en un periódico.
COLUMNAS_DE_RESUMEN = 3
SEPARACION_EN_VIGESIMOS_DE_PUNTO = 450
ANCHOS_DE_RESUMEN = (5.6, 1.5)


def informe(titulo: str, detalle: str, anchos_cm: Sequence[float]) -> Documento:
    """Un informe periódico: resumen, comprobación del movimiento, detalle y firmas.

    `anchos_cm` tiene una medida por columna del detalle; los títulos de las
    columnas vienen con los datos, para que nunca digan otra cosa que sus cifras.
    """
    documento = hoja(titulo, apaisada=True)
    parrafo(documento, "{{ informe.titulo }}", "Heading 1")
    si_existe(documento, "informe.subtitulo", "{{ informe.subtitulo }}", "Normal")
    parrafo(documento, "**{{ informe.periodo }}** ({{ informe.al }})", "Normal")
    si_existe(documento, "informe.destinatario", "Para: {{ informe.destinatario }}", "Normal")
    linea(parrafo(documento, "{{ informe.identidad }}", "Recuadro"), "top")
    _poner_resumen(documento)
    _poner_detalle(documento, detalle, anchos_cm)
    _poner_problemas(documento)
    _poner_firmas(documento)
    return documento


def _poner_resumen(documento: Documento) -> None:
    _cambiar_columnas(documento, COLUMNAS_DE_RESUMEN)
    _poner_cifras(documento, "Totales del periodo", "informe.totales")
    etiqueta(documento, "for grupo in informe.grupos")
    _poner_cifras(documento, "{{ grupo.nombre }}", "grupo.filas")
    etiqueta(documento, "endfor")
    _cambiar_columnas(documento, 1)


def _poner_cifras(documento: Documento, titulo: str, lista: str) -> None:
    parrafo(documento, titulo, "Título de cifras")
    cifras = tabla(documento, ANCHOS_DE_RESUMEN, "Cada concepto con su número")
    pareja = ("{{ total.nombre }}", "{{ total.valor }}")
    repetido(cifras, f"total in {lista}", pareja, ("Concepto", "Cifra"), "Sin cifras.")
    parrafo(documento, "", "Entre tablas")


def _cambiar_columnas(documento: Documento, cuantas: int) -> None:
    """Lo que sigue corre en tantas columnas de hoja, sin cambiar de página."""
    seccion = documento.add_section(WD_SECTION.CONTINUOUS)
    documento.paragraphs[-1].style = "Separador"
    columnas = seccion._sectPr.find(qn("w:cols"))
    columnas.set(qn("w:num"), str(cuantas))
    columnas.set(qn("w:space"), str(SEPARACION_EN_VIGESIMOS_DE_PUNTO))


def _poner_detalle(documento: Documento, detalle: str, anchos_cm: Sequence[float]) -> None:
    parrafo(documento, detalle, "Heading 2")
    columnas = range(len(anchos_cm))
    registros = tabla(documento, anchos_cm, detalle)
    titulos = [f"{{{{ informe.columnas[{columna}] }}}}" for columna in columnas]
    encabezado(registros, titulos, ["Columna" for _ in columnas])
    celdas = [f"{{{{ fila[{columna}] }}}}" for columna in columnas]
    estilos = ["Renglón de detalle" for _ in columnas]
    # El último va aparte y ligado: el fin de la relación no queda solo con el encabezado.
    control(registros, "for fila in informe.filas[:-1]")
    renglon(registros, celdas, estilos)
    control(registros, "endfor")
    control(registros, "for fila in informe.filas[-1:]")
    ligar(renglon(registros, celdas, estilos))
    control(registros, "else")
    renglon_unido(registros, "Sin registros en el periodo.", "Dato menudo")
    control(registros, "endfor")
    # Va con las firmas: si caen en otra página, no llegan solas.
    renglon_unido(registros, "Fin de la relación", "Fin de la relación")


def _poner_problemas(documento: Documento) -> None:
    etiqueta(documento, "if informe.problemas")
    parrafo(documento, "Ficheros que no se pudieron leer", "Heading 2")
    pegado(documento, "Las cifras de este informe no los incluyen.", "Nota")
    etiqueta(documento, "for problema in informe.problemas")
    parrafo(documento, "{{ problema }}", "List Bullet")
    etiqueta(documento, "endfor")
    etiqueta(documento, "endif")


def _poner_firmas(documento: Documento) -> None:
    pegado(documento, "Este informe se elaboró con {{ informe.al }}.", "Nota")
    firmas = tabla(documento, (9.0, 4.9, 9.0), "Firmas del informe", bordes=False)
    elaboro, _, visto_bueno = renglon(firmas, ("", "", ""), ("Firma", "Firma", "Firma")).cells
    firma(elaboro, "{{ informe.elaboro }}", "Elaboró")
    firma(visto_bueno, "{{ informe.visto_bueno }}", "Vo.Bo.")
    parrafo(documento, "", "Entre tablas")
