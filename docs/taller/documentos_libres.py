"""Documentos que sirven a cualquier procedimiento sin hacerles plantilla propia.

El procedimiento les da el texto en `calculados`, con el nombre `cuerpo`.
"""

from sencillos import Dato, Sencillo

DOCUMENTOS = (
    Sencillo(
        clave="oficio-libre",
        titulo="Oficio",
        apertura=("{{ cuerpo }}",),
        cierre=("Sin otro particular, le envío un cordial saludo.",),
        oficio=True,
    ),
    Sencillo(
        clave="constancia-libre",
        titulo="Constancia",
        apertura=("{{ cuerpo }}",),
        datos=(
            Dato("Expediente", "{{ caso.folio }}"),
            Dato("Número", "{{ oficio.numero }}", si="oficio.numero"),
            Dato("Fecha", "{{ oficio.fecha }}"),
        ),
        firmas=(("{{ oficio.firmante.nombre }}", "{{ oficio.firmante.cargo }}"), ("", "Recibió")),
    ),
)
