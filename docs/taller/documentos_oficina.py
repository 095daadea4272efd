"""Lo que la oficina escribe sin que lo pida un trámite, sus inventarios y su encuesta."""

from documentos_dif import DIRECCION, FOLIO, LUGAR_Y_FECHA
from sencillos import Dato, Relacion, Sencillo

RELATIVO = Dato("Expediente", "{{ relativo_a }}", "relativo_a")
DE_QUIEN_A_QUIEN = (
    Dato("Para", "**{{ dirigido_a }}**, {{ cargo_dirigido }}"),
    Dato("De", "{{ oficio.firmante.nombre }}, {{ oficio.firmante.cargo }}"),
    Dato("Asunto", "**{{ asunto }}**"),
    RELATIVO,
)
PREGUNTAS = (
    ("trato", "Le trataron con amabilidad y respeto"),
    ("claridad", "Le explicaron con claridad"),
    ("rapidez", "Le atendieron en un tiempo razonable"),
    ("lugar", "El lugar es limpio y cómodo"),
    ("solucion", "Se resolvió lo que necesitaba"),
)
# Sin contestar se imprimen las casillas; ya anotada, lo que se contestó.
CASILLAS = (
    "{{% if {0} %}}{{{{ {0} }}}} de 5{{% else %}}☐ 1     ☐ 2     ☐ 3     ☐ 4     ☐ 5{{% endif %}}"
)

DOCUMENTOS: tuple[Sencillo, ...] = (
    Sencillo(
        "memorandum",
        "Memorándum",
        (LUGAR_Y_FECHA,),
        DE_QUIEN_A_QUIEN,
        desarrollo=("{{ cuerpo }}", ("propuesta", "{{ propuesta }}")),
        firmas=(DIRECCION, ("Nombre, fecha y hora", "Recibió")),
        numerado=True,
    ),
    Sencillo(
        "tarjeta-informativa",
        "Tarjeta informativa",
        (LUGAR_Y_FECHA,),
        (FOLIO, *DE_QUIEN_A_QUIEN),
        desarrollo=("{{ cuerpo }}", ("propuesta", "**Se propone:** {{ propuesta|con_punto }}")),
        firmas=(DIRECCION,),
    ),
    Sencillo(
        "acta-circunstanciada",
        "Acta circunstanciada",
        (
            "En {{ oficina.municipio }}, siendo {{ hora_inicio.en_letra }} del "
            "{{ fecha_acta.en_letra }}, en {{ lugar_acta }}, quien levanta esta acta, "
            "{{ levanta }}, hace constar, ante los testigos que al final firman, lo relativo a: "
            "**{{ asunto }}**.",
        ),
        (FOLIO, RELATIVO, Dato("Interviene", "{{ interviene }}")),
        desarrollo=(
            "**Hechos.** {{ cuerpo|con_punto }}",
            "**Manifestación.** En uso de la palabra, quien interviene "
            "{% if manifiesta %}dijo: {{ manifiesta|con_punto }}{% else %}no hizo manifestación "
            "alguna.{% endif %}",
        ),
        cierre=(
            "Leída esta acta y no habiendo más que hacer constar, se cierra a "
            "{{ hora_cierre.en_letra }} del mismo día, y la firman al margen y al calce quienes en "
            "ella intervinieron.",
        ),
        firmas=(
            ("{{ levanta }}", "Levanta el acta"),
            ("{{ interviene }}", "Interviene"),
            ("{{ testigo_uno }}", "Testigo"),
            ("{{ testigo_dos }}", "Testigo"),
        ),
    ),
    Sencillo(
        "acuerdo-archivo",
        "Acuerdo de archivo",
        (
            "Folio {{ caso.folio }}. {{ oficio.lugar_y_fecha }}",
            "Visto el expediente **{{ relativo_a }}**, relativo a {{ asunto }}, y considerando "
            "lo siguiente:",
            "{{ cuerpo }}",
            "**Se acuerda:** {{ resolutivo|con_punto }}",
        ),
        cierre=(
            "Archívese el expediente como asunto concluido, con su carátula y su índice, por el "
            "tiempo que señale el catálogo de disposición documental. Así lo acordó y firma:",
        ),
        firmas=(DIRECCION,),
    ),
    Sencillo(
        "inventario-documental",
        "Inventario documental",
        (LUGAR_Y_FECHA, "**{{ clase }}**"),
        (
            FOLIO,
            Dato("Unidad", "{{ oficina.ente }}"),
            Dato("Fondo y sección", "{{ fondo }}; {{ seccion_documental }}"),
            Dato("Serie", "**{{ serie_documental }}**"),
            Dato(
                "Contiene",
                "Expedientes: {{ cuantos }}; fojas: {{ total_fojas }}"
                "{% if cajas %}; cajas: {{ cajas }}{% endif %}",
            ),
        ),
        Relacion(
            "Expedientes",
            "uno in expedientes",
            (
                ("N.º", "{{ loop.index }}", 1.2),
                ("Clave de archivo", "{{ uno.clave }}", 4.6),
                ("Título", "{{ uno.titulo }}", 5.6),
                ("Apertura", "{{ uno.apertura.corta }}", 2.7),
                ("Cierre", "{% if uno.cierre %}{{ uno.cierre.corta }}{% endif %}", 2.7),
                ("Fojas", "{{ uno.fojas }}", 1.5),
                ("Vigencia", "{{ uno.vigencia }}", 2.0),
                (
                    "Observaciones",
                    "{% if uno.observaciones %}{{ uno.observaciones }}{% endif %}",
                    2.6,
                ),
            ),
            cifras=("N.º", "Fojas"),
        ),
        cierre=(
            "Los expedientes se revisaron uno por uno contra esta relación. La transferencia o la "
            "baja sólo proceden con la firma del área coordinadora de archivos.",
        ),
        firmas=(
            ("{{ formo }}", "Formó"),
            DIRECCION,
            (
                "{% if recibe_archivo %}{{ recibe_archivo }}{% else %}No se transfiere{% endif %}",
                "Recibe por el archivo",
            ),
        ),
        apaisado=True,
    ),
    Sencillo(
        "encuesta-satisfaccion",
        "Encuesta de satisfacción",
        (
            "Ayúdenos a mejorar. Marque del 1 (muy en desacuerdo) al 5 (muy de acuerdo) lo que "
            "piensa de la atención que recibió. **No escriba su nombre**: la encuesta es anónima "
            "y contestarla o no en nada cambia su trámite.",
        ),
        (
            Dato("Encuesta y fecha", "{{ caso.folio }}; {{ caso.abierto }}"),
            *(
                Dato(f"{numero}. {pregunta}", CASILLAS.format(clave))
                for numero, (clave, pregunta) in enumerate(PREGUNTAS, start=1)
            ),
            Dato(
                "¿Algo más que nos quiera decir?",
                "{% if comentario %}{{ comentario }}{% endif %}",
                alto_cm=3.0,
            ),
        ),
        cierre=("Deposite la hoja en el buzón o entréguela a quien le atendió. Gracias.",),
    ),
)
