"""Las partes de un informe periódico: el mismo papel para todos, con otras columnas."""

from collections.abc import Sequence

from docx.document import Document as Documento
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.table import Table
from papeleria import elemento, etiqueta, hoja, linea, parrafo, pegado, si_existe
from tablas import (
    control,
    crecida,
    en_cada_pagina,
    encabezado,
    firma,
    ligar,
    renglon,
    renglon_unido,
    repetido,
    tabla,
)

# Totales y agrupaciones corren en columnas de hoja, como en un periódico.
SEPARACION_EN_VIGESIMOS_DE_PUNTO = 450
# Apaisada o no: cuántas columnas de resumen, sus anchos, el de la gráfica y el de la hoja.
DE_LA_HOJA = {
    True: (3, (4.9, 2.1), "7cm", 22.9),
    False: (2, (5.6, 2.2), "7.8cm", 16.6),
}
# Lo que no entra en una columna de resumen: indicador, numerador, denominador, valor,
# estándar y si cumple. En la hoja de pie, «Denominador» no cabe en menos.
PARTES_DE_INDICADORES = {
    True: (0.41, 0.12, 0.12, 0.11, 0.16, 0.08),
    False: (0.35, 0.14, 0.16, 0.12, 0.13, 0.1),
}
CIFRA, NOTA = "Cifra", "Nota"


def informe(titulo: str, *, apaisada: bool = True) -> Documento:
    """Un informe periódico: resumen, comprobación del movimiento, relación y firmas.

    Los títulos de las columnas vienen con los datos, y son cuantos sean: la misma
    plantilla sirve a todos los informes que caben en esa hoja.
    """
    documento = hoja(titulo, apaisada=apaisada)
    _poner_titulo(documento)
    si_existe(documento, "informe.destinatario", "Para: {{ informe.destinatario }}", "Normal")
    linea(parrafo(documento, "{{ informe.identidad }}", "Recuadro"), "top")
    _poner_resumen(documento, apaisada)
    _poner_indicadores(documento, apaisada)
    parrafo(documento, "{{ informe.detalle }}", "Heading 2")
    poner_relacion(documento, apaisada)
    _poner_problemas(documento)
    _poner_cierre(documento, "informe.identidad")
    poner_firmas(documento, apaisada, ("elaboro", "Elaboró"), ("visto_bueno", "Vo.Bo."))
    _poner_anexo(documento, apaisada)
    return documento


def informe_de_atendidos(titulo: str) -> Documento:
    """La lista de lo que se dio de baja, que firman quien la entrega y quien la recibe."""
    documento = hoja(titulo, apaisada=True)
    _poner_titulo(documento)
    linea(parrafo(documento, "{{ informe.cuantos }}", "Recuadro"), "top")
    parrafo(documento, "", "Separador")
    poner_relacion(documento, apaisada=True)
    _poner_problemas(documento)
    _poner_cierre(documento, "informe.cuantos")
    poner_firmas(
        documento,
        True,
        ("elaboro", "Da de baja el área operativa"),
        ("visto_bueno", "Entrega Gestión Social"),
        ("recibe", "Recibe el Centro de Atención"),
    )
    _poner_anexo(documento, apaisada=True)
    return documento


def informe_publico(titulo: str) -> Documento:
    """Lo que se publica de quienes recibieron un beneficio: sin cómo hallarlos."""
    documento = hoja(titulo, apaisada=True)
    parrafo(documento, "{{ informe.titulo }}", "Heading 1")
    parrafo(documento, "Versión pública. **{{ informe.periodo }}**", "Normal")
    parrafo(
        documento,
        "Sujeto obligado: {{ informe.ente }}. Se validó y actualizó con {{ informe.al }}.",
        "Normal",
    )
    linea(parrafo(documento, "{{ informe.cuantos }}", "Recuadro"), "top")
    parrafo(documento, "", "Separador")
    poner_relacion(documento, apaisada=True)
    for nota in (
        "«Confidencial»: no se publica el nombre de menores de edad, de quien pidió reserva ni "
        "de quien recibió un beneficio que deja saber de su salud, ni el de quien no consta su "
        "edad. Este padrón no lleva CURP, domicilio ni teléfono de nadie.",
        "Se publica cada trimestre por la obligación común de transparencia sobre programas y "
        "apoyos; la Unidad de Transparencia confirma el artículo y la fracción vigentes, y "
        "consulta al Comité lo que se reserva, antes de publicarlo.",
    ):
        parrafo(documento, nota, NOTA)
    _poner_problemas(documento)
    _poner_cierre(documento, "informe.cuantos")
    poner_firmas(documento, True, ("elaboro", "Elaboró"), ("visto_bueno", "Responsable del padrón"))
    return documento


def _poner_titulo(documento: Documento) -> None:
    parrafo(documento, "{{ informe.titulo }}", "Heading 1")
    si_existe(documento, "informe.subtitulo", "{{ informe.subtitulo }}", "Normal")
    parrafo(documento, "**{{ informe.periodo }}** ({{ informe.al }})", "Normal")


def _poner_resumen(documento: Documento, apaisada: bool) -> None:
    columnas, anchos, ancho_de_grafica, _ = DE_LA_HOJA[apaisada]
    _cambiar_columnas(documento, columnas)
    parrafo(documento, "Totales del periodo", "Título de cifras")
    cifras = tabla(documento, anchos, "Cada concepto con su número")
    pareja = ("{{ total.nombre }}", "{{ total.valor }}")
    repetido(cifras, "total in informe.totales", pareja, ("Concepto", CIFRA), "Sin cifras.")
    parrafo(documento, "", "Entre tablas")
    etiqueta(documento, "if informe.tendencia")
    como = f"ancho='{ancho_de_grafica}', como='columnas'"
    parrafo(documento, f"{{{{ grafica(informe.tendencia, {como}) }}}}", NOTA)
    etiqueta(documento, "endif")
    etiqueta(documento, "for grupo in informe.grupos")
    _poner_grupo(documento, anchos, ancho_de_grafica)
    etiqueta(documento, "endfor")
    _cambiar_columnas(documento, 1)


def _poner_grupo(documento: Documento, anchos: Sequence[float], ancho_de_grafica: str) -> None:
    """La gráfica de un desglose; su tabla, si de uno no hay qué comparar o de muchos no se lee."""
    etiqueta(documento, "if 1 < grupo.filas|length <= 12")
    como = "'columnas' if grupo.en_orden else 'barras'"
    dibujo = f"{{{{ grafica(grupo, ancho='{ancho_de_grafica}', como={como}, titulo='') }}}}"
    # En un solo párrafo, para que el título no quede en otra columna de hoja.
    parrafo(documento, f"**{{{{ grupo.nombre }}}}**\n{dibujo}", NOTA)
    etiqueta(documento, "else")
    desglose = tabla(documento, anchos, "Cada valor con cuántos son y qué parte del total")
    _titular(desglose, "{{ grupo.nombre }}")
    repetido(
        desglose,
        "fila in grupo.filas",
        ("{{ fila.nombre }}", "{{ fila.valor }}{% if fila.parte %} ({{ fila.parte }}){% endif %}"),
        ("Concepto", CIFRA),
        "Ninguno.",
    )
    etiqueta(documento, "endif")
    parrafo(documento, "", "Entre tablas")


def _titular(destino: Table, titulo: str) -> None:
    """El título dentro de la tabla: así LibreOffice no lo deja solo en otra columna de hoja."""
    celda = renglon_unido(destino, titulo, "Título de cifras")
    bordes, margenes = elemento("tcBorders"), elemento("tcMar")
    bordes.extend(elemento(lado, val="nil") for lado in ("top", "left", "right"))
    margenes.append(elemento("left", w="0", type="dxa"))
    celda._tc.get_or_add_tcPr().extend((bordes, margenes))
    # Ligado o repetido, al pasar de hoja LibreOffice deja páginas en blanco.
    celda.paragraphs[0].paragraph_format.keep_with_next = False


def _cambiar_columnas(documento: Documento, cuantas: int) -> None:
    """Lo que sigue corre en tantas columnas de hoja, sin cambiar de página."""
    seccion = documento.add_section(WD_SECTION.CONTINUOUS)
    documento.paragraphs[-1].style = "Separador"
    columnas = seccion._sectPr.find(qn("w:cols"))
    columnas.set(qn("w:num"), str(cuantas))
    columnas.set(qn("w:space"), str(SEPARACION_EN_VIGESIMOS_DE_PUNTO))


def _poner_indicadores(documento: Documento, apaisada: bool) -> None:
    etiqueta(documento, "if informe.indicadores")
    parrafo(documento, "Indicadores", "Heading 2")
    ancho = DE_LA_HOJA[apaisada][3]
    medidas = [round(ancho * parte, 2) for parte in PARTES_DE_INDICADORES[apaisada]]
    indicadores = tabla(documento, medidas, "Cada indicador con su cuenta y su valor")
    encabezado(
        indicadores,
        ("Indicador", "Numerador", "Denominador", "Valor", "Estándar", "Cumple"),
        ("Columna", *["Columna de cifras"] * 3, "Columna", "Columna"),
    )
    control(indicadores, "for uno in informe.indicadores")
    celdas = (
        "**{{ uno.nombre }}**",
        "{{ uno.numerador }}",
        "{{ uno.denominador }}",
        "{{ uno.valor }}",
        "{{ uno.estandar }}",
        "{{ uno.cumple }}",
    )
    nuevo = renglon(
        indicadores, celdas, ("Dato menudo", CIFRA, CIFRA, CIFRA, "Dato menudo", "Dato menudo")
    )
    parrafo(nuevo.cells[0], "{{ uno.formula }}", "Renglón de detalle")
    etiqueta(nuevo.cells[0], "for reparto in uno.grupos if reparto.en_orden")
    parrafo(
        nuevo.cells[0],
        "{{ reparto.nombre }}. {% for fila in reparto.filas %}{{ fila.nombre }}: {{ fila.valor }}"
        "{% if not loop.last %}; {% endif %}{% endfor %}",
        "Renglón de detalle",
    )
    etiqueta(nuevo.cells[0], "endfor")
    etiqueta(nuevo.cells[0], "for nota in uno.notas")
    parrafo(nuevo.cells[0], "{{ nota }}", "Renglón de detalle")
    etiqueta(nuevo.cells[0], "endfor")
    control(indicadores, "endfor")
    parrafo(documento, "", "Entre tablas")
    etiqueta(documento, "endif")


def poner_relacion(documento: Documento, apaisada: bool) -> None:
    """La relación, con las columnas que traiga y un renglón que dice dónde termina."""
    ancho = DE_LA_HOJA[apaisada][3]
    registros = tabla(documento, (ancho / 3, ancho / 3, ancho / 3), "Relación de lo que se informa")
    titulo = crecida(registros, "titulo in informe.columnas", "{{ titulo }}", "Columna")
    en_cada_pagina(titulo)
    # El último va aparte y ligado: el fin de la relación no queda solo con el encabezado.
    control(registros, "for fila in informe.filas[:-1]")
    crecida(registros, "celda in fila", "{{ celda }}", "Renglón de detalle")
    control(registros, "endfor")
    control(registros, "for fila in informe.filas[-1:]")
    ligar(crecida(registros, "celda in fila", "{{ celda }}", "Renglón de detalle"))
    # Va con las firmas: si caen en otra página, no llegan solas.
    _a_todo_lo_ancho(registros, "Fin de la relación", "Fin de la relación")
    control(registros, "else")
    _a_todo_lo_ancho(registros, "Sin registros en el periodo.", "Dato menudo")
    control(registros, "endfor")
    si_existe(documento, "informe.sin_imprimir", "{{ informe.sin_imprimir }}", NOTA)


def _a_todo_lo_ancho(registros: Table, texto: str, estilo: str) -> None:
    """Un renglón de una celda que abarca las columnas que haya."""
    renglon_unido(registros, "{% colspan informe.columnas|length %}" + texto, estilo)


def _poner_problemas(documento: Documento) -> None:
    etiqueta(documento, "if informe.problemas")
    parrafo(documento, "Expedientes que no se pudieron leer o no se sabe si vencieron", "Heading 2")
    pegado(documento, "Lo que no se contó no está en las cifras de este informe.", NOTA)
    etiqueta(documento, "for problema in informe.problemas")
    parrafo(documento, "{{ problema }}", "List Bullet")
    etiqueta(documento, "endfor")
    etiqueta(documento, "endif")


def _poner_anexo(documento: Documento, apaisada: bool) -> None:
    ancho = DE_LA_HOJA[apaisada][3]
    etiqueta(documento, "if informe.anexo")
    anexo = parrafo(documento, "Anexo: de qué folios sale cada cifra", "Heading 2")
    anexo.paragraph_format.page_break_before = True
    pegado(documento, "{{ informe.titulo }}. {{ informe.periodo }} ({{ informe.al }}).", NOTA)
    parrafo(documento, "", "Entre tablas")
    cifras = tabla(documento, (ancho * 0.28, ancho * 0.1, ancho * 0.62), "Cada cifra y sus folios")
    encabezado(cifras, ("Cifra", "Cuánto", "Folios"), ("Columna", "Columna de cifras", "Columna"))
    control(cifras, "for cifra in informe.anexo")
    celdas = ("{{ cifra.nombre }}", "{{ cifra.valor }}", "{{ cifra.folios|join(', ') }}")
    renglon(cifras, celdas, ("Renglón de detalle", CIFRA, "Renglón de detalle"))
    control(cifras, "endfor")
    parrafo(documento, "", "Entre tablas")
    etiqueta(documento, "endif")


def _poner_cierre(documento: Documento, cifra: str) -> None:
    """Qué se firma, otra vez: las firmas pueden caer solas en la última página."""
    dicho = f"**{{{{ informe.titulo }}}}. {{{{ informe.periodo }}}}.** {{{{ {cifra} }}}}"
    pegado(documento, dicho, NOTA)
    pegado(documento, "Este informe se elaboró con {{ informe.al }}.", NOTA)


def poner_firmas(documento: Documento, apaisada: bool, *quienes: tuple[str, str]) -> None:
    """El lugar de cada firma: (dato de quién firma, en calidad de qué)."""
    ancho, hueco = DE_LA_HOJA[apaisada][3], 0.95
    cada = (ancho - hueco * 2) / 3 if len(quienes) > 2 else min(9.0, (ancho - hueco) / 2)
    separa = (ancho - cada * len(quienes)) / (len(quienes) - 1)
    anchos = [cada, *[separa, cada] * (len(quienes) - 1)]
    firmas = tabla(documento, anchos, "Firmas del informe", bordes=False)
    celdas = renglon(firmas, [""] * len(anchos), ["Firma"] * len(anchos)).cells
    for celda, (dato, papel) in zip(celdas[::2], quienes, strict=True):
        etiqueta(celda, f"if informe.{dato}")
        firma(celda, f"{{{{ informe.{dato} }}}}", papel)
        etiqueta(celda, "endif")
    parrafo(documento, "", "Entre tablas")
