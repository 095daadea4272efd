"""El acuse con que empieza cualquier otro: su cuerpo lo redacta quien lo copia.

Con él, el oficio y la constancia libres hace sus esqueletos `expediente plantilla nueva`.
"""

from sencillos import Dato, Sencillo

DOCUMENTOS = (
    Sencillo(
        clave="acuse-libre",
        titulo="Acuse de recibo",
        apertura=("{{ cuerpo }}",),
        datos=(
            Dato("Recibido", "{{ caso.abierto }}, a las {{ caso.hora_abierto }} horas"),
            Dato("Expediente", "{{ caso.folio }}"),
            Dato("Vence", "{{ caso.vence }}", si="caso.vence"),
        ),
        cierre=("Conserve este acuse y cite el número de expediente al preguntar por su trámite.",),
        firmas=(("{{ caso.recibio }}", "Recibió"), ("", "Sello de recibido")),
    ),
)
