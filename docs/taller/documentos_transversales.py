"""Los oficios de lo que puede pasarle a cualquier caso: los mismos para todo procedimiento.

Además de lo común reciben `evento`: lo que pasó, quién lo resolvió y hasta cuándo.
"""

from sencillos import Dato, Relacion, Sencillo

DESPEDIDA = "Sin otro particular, le envío un cordial saludo."
SU_SOLICITUD = "la solicitud que presentó el {{ caso.abierto }}, con el folio {{ caso.folio }},"
INCONFORMIDAD = (
    "Si no está de acuerdo, puede inconformarse, por escrito o de palabra, en los medios que "
    "aparecen al pie; se le entregará acuse y se le dará respuesta."
)

DOCUMENTOS: tuple[Sencillo, ...] = (
    Sencillo(
        clave="prevencion",
        titulo="Prevención por requisitos",
        apertura=(
            f"Para dar trámite a {SU_SOLICITUD} hace falta completarla."
            "{% if evento.nota %} {{ evento.nota|con_punto }}{% endif %}",
        ),
        relacion=Relacion(
            titulo="Lo que falta",
            bucle="uno in evento.requisitos",
            columnas=(("Lo que falta", "{{ uno }}", 16.6),),
            si_no_hay="Lo que se explica arriba.",
        ),
        cierre=(
            "Puede entregarlo **hasta el {{ evento.hasta }}**; mientras tanto el plazo de "
            "respuesta no corre. Si no se completa, la solicitud se tendrá por no presentada y "
            "podrá hacerla de nuevo cuando quiera.",
            DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        clave="negativa",
        titulo="Negativa",
        apertura=(
            f"En atención a {SU_SOLICITUD} le comunico que **no se concede lo que pide**, por lo "
            "siguiente:",
            "{{ evento.nota|con_punto }}",
            INCONFORMIDAD,
        ),
        datos=(Dato("Resolvió", "{{ evento.por }}", si="evento.por"),),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="incompetencia",
        titulo="Incompetencia y remisión",
        apertura=(
            f"En atención a {SU_SOLICITUD} le comunico que lo que pide **no toca a esta "
            "oficina**: {{ evento.nota|con_punto }}",
            "{% if evento.dependencia %}Se remite su solicitud a quien le toca atenderla: "
            "**{{ evento.dependencia }}**.{% else %}Puede presentarla ante la autoridad a "
            "quien le toca; si lo necesita, en esta oficina le orientamos.{% endif %}",
            INCONFORMIDAD,
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="desistimiento",
        titulo="Desistimiento",
        apertura=(
            f"Le confirmo que, a petición suya, se dio por terminada {SU_SOLICITUD} sin resolver "
            "lo que pedía.{% if evento.nota %} {{ evento.nota|con_punto }}{% endif %}",
            "Desistirse no le quita el derecho de presentar otra solicitud cuando quiera.",
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
)
