"""La hoja membretada que la oficina edita en Word: explica en su texto cómo se cambia.

Su encabezado, su pie y sus estilos son los de toda la papelería. Lo que dice el cuerpo no
sale en ningún documento; por eso no lleva etiquetas.
"""

from docx.document import Document as Documento
from estilos import ESTILOS
from papeleria import hoja, parrafo
from tablas import encabezado, renglon, tabla

TITULO = "Hoja membretada de la oficina"
PASOS = (
    "Haga doble clic en el encabezado o en el pie, y cámbielos como cualquier texto de Word. "
    "Lo que va entre llaves lo llena el programa con lo que diga oficina.yaml: puede moverlo, "
    "cambiarle la letra o borrarlo.",
    "Su escudo: clic derecho sobre el de muestra, «Cambiar imagen», «Desde un archivo». Ajuste "
    "el tamaño arrastrando una esquina y escriba en «Editar texto alternativo» qué es, para "
    "quien no puede verlo. Otro logotipo a la derecha: añada una columna a esa tabla e inserte "
    "ahí la imagen. Sin escudo: borre su columna.",
    "Los márgenes, en «Disposición». Si quiere que la primera página o las pares lleven otro "
    "encabezado, márquelo en «Encabezado y pie de página». Si lo apaisado ha de llevar otro, "
    "agregue al final de este documento una sección apaisada con el suyo.",
    "La letra, los tamaños y los colores, en cada estilo de la lista de abajo: clic derecho "
    "sobre él en «Inicio», «Modificar». No les cambie el nombre.",
    "Guarde y cierre este documento, y en la línea de órdenes escriba: "
    "**expediente plantilla membrete --todas**. Las plantillas como estaban quedan en la "
    "carpeta plantillas/.anteriores.",
)
# Los que llevan etiquetas de control o sólo separan no tienen qué enseñar.
SIN_MUESTRA = ("Etiqueta", "Separador", "Entre tablas", "Espacio de firma")


def membrete_de_fabrica() -> Documento:
    """La hoja de fábrica, con sus instrucciones y una muestra de cada estilo."""
    documento = hoja(TITULO)
    parrafo(documento, TITULO, "Heading 1")
    parrafo(
        documento,
        "Lo que cambie aquí se aplica a todas las plantillas con una orden. Este texto no sale "
        "en ningún documento: puede borrarlo.",
        "Cuerpo",
    )
    parrafo(documento, "Cómo se cambia", "Heading 2")
    for paso in PASOS:
        parrafo(documento, paso, "List Bullet")
    parrafo(documento, "Los estilos", "Heading 2")
    _poner_estilos(documento)
    parrafo(documento, "", "Entre tablas")
    return documento


def _poner_estilos(documento: Documento) -> None:
    muestra = tabla(documento, (5.0, 11.6), "Cada estilo y cómo se ve")
    encabezado(muestra, ("Estilo", "Así se ve"), ("Columna", "Columna"))
    for estilo in ESTILOS:
        if estilo.nombre not in SIN_MUESTRA:
            nombre = _como_lo_llama_word(estilo.nombre)
            renglon(muestra, (nombre, nombre), ("Dato menudo", estilo.nombre))


def _como_lo_llama_word(nombre: str) -> str:
    """Word en español traduce los nombres que trae de fábrica."""
    return nombre.replace("Heading", "Título").replace("List Bullet", "Lista con viñetas")
