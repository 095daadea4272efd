"""El manual impreso de un procedimiento: lo que dice el papel que se firma.

El diagrama de flujo no está aquí: el programa lo dibuja y lo pone al final.
"""

from docx.document import Document as Documento
from papeleria import etiqueta, hoja, parrafo, pegado
from tablas import encabezado, ficha, firma, renglon, repetido, tabla

ANCHOS_DE_FICHA = (3.4, 13.2)
MENUDO, COLUMNA = "Dato menudo", "Columna"


def manual_procedimiento() -> Documento:
    """El procedimiento como lo pide un manual municipal, con sus tres firmas."""
    documento = hoja("Manual de procedimiento")
    parrafo(documento, "Procedimiento: {{ manual.procedimiento }}", "Heading 1")
    _poner_datos(documento)
    _poner_aprobacion(documento)
    _poner_texto(documento, "Objetivo", "manual.objetivo")
    _poner_texto(documento, "Alcance", "manual.alcance")
    parrafo(documento, "Descripción de actividades", "Heading 2")
    _poner_tabla(
        documento,
        "Actividades del procedimiento",
        "paso in manual.pasos",
        (
            ("No.", "{{ paso.numero }}", 1.2),
            ("Responsable", "{{ paso.responsable }}", 3.6),
            (
                "Actividad",
                "{{ paso.actividad }}{% if paso.salidas %} {{ paso.salidas }}{% endif %}",
                8.2,
            ),
            ("Registro o documento", "{{ paso.documentos }}", 3.6),
        ),
    )
    _poner_seccion(
        documento,
        "Requisitos",
        "manual.requisitos",
        (("Requisito", "{{ x.nombre }}", 11.6), ("Se exige", "{{ x.exige }}", 5.0)),
    )
    _poner_seccion(
        documento,
        "Plazos",
        "manual.plazos",
        (
            ("Plazo", "{{ x.nombre }}", 6.6),
            ("Tiempo", "{{ x.tiempo }}", 4.0),
            ("Fundamento", "{{ x.fundamento }}", 6.0),
        ),
    )
    _poner_criticas(documento)
    _poner_cambios(documento)
    return documento


def _poner_datos(documento: Documento) -> None:
    datos = tabla(documento, ANCHOS_DE_FICHA, "Identificación del procedimiento")
    ficha(datos, "Manual", "{{ manual.nombre }}")
    ficha(datos, "Función", "{{ manual.funcion }}", si="manual.funcion")
    ficha(datos, "Unidad", "{{ oficina.ente }}")
    ficha(datos, "Código", "{{ manual.codigo }}")
    ficha(datos, "Revisión", "{{ manual.revision }}", si="manual.revision")
    ficha(datos, "Emisión", "{{ manual.emision }}", si="manual.emision")
    ficha(datos, "Versión en uso", "{{ manual.version }}, impresa el {{ manual.impreso }}")


def _poner_aprobacion(documento: Documento) -> None:
    pegado(documento, "", "Separador")
    firmas = tabla(documento, (5.2, 0.5, 5.2, 0.5, 5.2), "Quién aprobó", bordes=False)
    celdas = renglon(firmas, [""] * 5, ["Firma"] * 5).cells
    for celda, quien, papel in zip(
        celdas[::2], ("elaboro", "reviso", "aprobo"), ("Elaboró", "Revisó", "Aprobó"), strict=True
    ):
        firma(celda, f"{{{{ manual.{quien} }}}}", papel)
    parrafo(documento, "", "Entre tablas")


def _poner_texto(documento: Documento, titulo: str, dato: str) -> None:
    etiqueta(documento, f"if {dato}")
    parrafo(documento, titulo, "Heading 2")
    parrafo(documento, f"{{{{ {dato} }}}}", "Normal")
    etiqueta(documento, "endif")


def _poner_seccion(
    documento: Documento, titulo: str, lista: str, columnas: tuple[tuple[str, str, float], ...]
) -> None:
    """Una tabla con su título, que no se imprime si no tiene renglones."""
    etiqueta(documento, f"if {lista}")
    parrafo(documento, titulo, "Heading 2")
    _poner_tabla(documento, titulo, f"x in {lista}", columnas)
    etiqueta(documento, "endif")


def _poner_tabla(
    documento: Documento,
    titulo: str,
    bucle: str,
    columnas: tuple[tuple[str, str, float], ...],
    si_no_hay: str = "Ninguno.",
) -> None:
    nueva = tabla(documento, [ancho for _, _, ancho in columnas], titulo)
    encabezado(nueva, [rotulo for rotulo, _, _ in columnas], [COLUMNA] * len(columnas))
    textos = [texto for _, texto, _ in columnas]
    repetido(nueva, bucle, textos, [MENUDO] * len(textos), si_no_hay)
    parrafo(documento, "", "Entre tablas")


def _poner_criticas(documento: Documento) -> None:
    _poner_seccion(
        documento,
        "Actividades críticas e indicadores",
        "manual.criticas",
        (
            ("Actividad crítica", "{{ x.actividad }}", 4.2),
            ("Indicador", "{{ x.indicador }}", 4.4),
            ("De quién y para quién", "{{ x.cadena }}", 3.0),
            ("Valor, atributo y estándar", "{{ x.calidad }}", 3.2),
            ("Se mide", "{{ x.periodicidad }}", 1.8),
        ),
    )


def _poner_cambios(documento: Documento) -> None:
    parrafo(documento, "Control de cambios", "Heading 2")
    _poner_tabla(
        documento,
        "Control de cambios",
        "x in manual.cambios",
        (
            ("Versión", "{{ x.version }}", 1.6),
            ("Fecha", "{{ x.fecha }}", 2.4),
            ("Qué cambió", "{{ x.descripcion }}", 7.4),
            ("Revisó", "{{ x.reviso }}", 2.6),
            ("Aprobó", "{{ x.aprobo }}", 2.6),
        ),
        "Sin cambios registrados.",
    )
