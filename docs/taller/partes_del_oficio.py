"""Las partes de un oficio, en el orden en que se leen.

El membrete, las leyendas y el pie son de la hoja (`papeleria`); aquí va todo lo
demás, menos el cuerpo, que cada plantilla redacta entre abrir y cerrar.
"""

from docx.document import Document as Documento
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.table import _Cell
from papeleria import elemento, etiqueta, parrafo, pegado, si_existe
from tablas import ficha, renglon, renglon_unido, sombrear, tabla

AVISO_DE_BORRADOR = "BORRADOR — sin validez hasta su autorización"


def abrir_oficio(documento: Documento) -> None:
    """Cuadro de identificación, asunto, lugar y fecha, y a quién se dirige."""
    si_existe(documento, "oficio.borrador", AVISO_DE_BORRADOR, "Aviso de borrador")
    _poner_cuadro(documento)
    parrafo(documento, "ASUNTO: {{ oficio.asunto }}", "Asunto")
    parrafo(documento, "{{ oficio.lugar_y_fecha }}", "Lugar y fecha")
    parrafo(documento, "{{ oficio.destinatario.nombre }}", "Nombre del destinatario")
    for dato in ("cargo", "institucion"):
        campo = f"oficio.destinatario.{dato}"
        si_existe(documento, campo, f"{{{{ {campo} }}}}", "Destinatario")
    parrafo(documento, "{{ oficio.destinatario.formula }}", "Destinatario")
    atencion = "oficio.destinatario.atencion"
    si_existe(documento, atencion, f"AT’N. {{{{ {atencion} }}}}", "Atención")


def cerrar_oficio(documento: Documento) -> None:
    """Antefirma, lema, firma, copias, iniciales, sello, anexos y acuse.

    De la despedida al sello todo va ligado: si no cabe, pasa junto a la otra página
    y la firma nunca queda sola. El acuse puede pasar sin ellos, con sus anexos.
    """
    parrafo(documento, "ATENTAMENTE", "Antefirma")
    si_existe(documento, "oficina.lema", "“{{ oficina.lema }}”", "Lema")
    parrafo(documento, "", "Espacio de firma")
    modalidad = "oficio.firmante.modalidad"
    si_existe(documento, modalidad, f"{{{{ {modalidad} }}}}", "Cargo")
    parrafo(documento, "{{ oficio.firmante.nombre }}", "Firma")
    parrafo(documento, "{{ oficio.firmante.cargo }}", "Cargo")
    _poner_copias_y_sello(documento)
    parrafo(documento, "", "Separador")
    si_existe(documento, "oficio.anexos", "Anexos: {{ oficio.anexos }}", "Anexos")
    _poner_acuse(documento)


def _poner_cuadro(documento: Documento) -> None:
    cuadro = tabla(documento, (3.6, 6.0), "Cuadro de identificación del oficio")
    cuadro.alignment = WD_TABLE_ALIGNMENT.RIGHT
    for rotulo, campo in (
        ("DEPENDENCIA:", "dependencia"),
        ("SECCIÓN:", "seccion"),
        ("NÚMERO DE OFICIO:", "numero"),
        ("EXPEDIENTE:", "expediente"),
    ):
        ficha(cuadro, rotulo, f"{{{{ oficio.{campo} }}}}", estilo="Dato menudo")


def _poner_copias_y_sello(documento: Documento) -> None:
    pegado(documento, "", "Separador")
    pie = tabla(documento, (11.7, 0.4, 4.5), "Copias, iniciales y espacio del sello", bordes=False)
    fila = renglon(pie, ("", "", "SELLO"), ("Copia", "Copia", "Sello"), alto_cm=1.7)
    copias, _, sello = fila.cells
    etiqueta(copias, "for copia in oficio.ccp")
    parrafo(copias, "c.c.p. {{ copia }}", "Copia")
    etiqueta(copias, "endfor")
    parrafo(copias, "{{ oficio.iniciales }}", "Copia")
    _punteado(sello)


def _punteado(celda: _Cell) -> None:
    bordes = elemento("tcBorders")
    for lado in ("top", "left", "bottom", "right"):
        bordes.append(elemento(lado, val="dashed", sz="4", space="0", color="A6A6A6"))
    celda._tc.get_or_add_tcPr().append(bordes)


def _poner_acuse(documento: Documento) -> None:
    acuse = tabla(documento, (2.9, 2.6, 6.6, 4.5), "Acuse de recibo, para llenar a mano")
    # Puede quedar en otra página o archivarse aparte: dice de qué oficio es.
    titulo = "ACUSE DE RECIBO DEL OFICIO {{ oficio.numero }}"
    sombrear(renglon_unido(acuse, titulo, "Título de recuadro"))
    casillas = ("Fecha", "Hora", "Nombre y firma de quien recibe", "Sello de recibido")
    renglon(acuse, casillas, ("Rótulo",) * 4, alto_cm=1.7)
    parrafo(documento, "", "Entre tablas")
