"""Lo que escribe el organismo de agua, además del acuse y del aviso de improcedencia."""

from sencillos import Dato, Relacion, Sencillo

DESPEDIDA = "Sin otro particular, le envío un cordial saludo."
INCONFORMIDAD = (
    "Si no está de acuerdo con esta respuesta, puede decirlo, por escrito o de palabra, en los "
    "medios que aparecen al pie; se le entregará acuse y se le dará respuesta."
)
LUGAR = (
    "{% if ubicacion.calle %}{{ ubicacion.calle }}"
    "{% if ubicacion.numero %} {{ ubicacion.numero }}{% endif %}, {% endif %}"
    "{{ ubicacion.colonia }}{% if ubicacion.localidad %}, {{ ubicacion.localidad }}{% endif %}"
)
RECIBIDO = Dato("Recibido", "{{ caso.abierto }}, {{ caso.hora_abierto }} horas; {{ caso.canal }}")
DEL_REPORTE = (
    Dato("Número de reporte", "**{{ numero_reporte }}**"),
    RECIBIDO,
    Dato("Tipo de servicio", "{{ tipo_servicio }}"),
    Dato("Ubicación", LUGAR),
    Dato("Entre calles", "{{ ubicacion.entre_calles }}", si="ubicacion.entre_calles"),
    Dato("Referencia", "{{ ubicacion.referencia }}", si="ubicacion.referencia"),
)
DE_LA_QUEJA = (
    Dato("Folio", "**{{ caso.folio }}**"),
    RECIBIDO,
    Dato("Asunto", "{{ clase }}, sobre {{ tema }}"),
    Dato("Lugar de los hechos", LUGAR, si="ubicacion and ubicacion.colonia"),
    Dato("Qué pasó", "{{ hechos }}"),
)
QUIEN = Dato("Nombre", "{{ usuario.nombre_completo }}", si="usuario and usuario.nombre_completo")
RECIBIO = ("{{ caso.recibio }}", "Recibió")

DOCUMENTOS: tuple[Sencillo, ...] = (
    Sencillo(
        clave="orden-turno",
        titulo="Orden de turno",
        apertura=("Se turna al área que se indica el reporte de servicio siguiente:",),
        datos=(
            *DEL_REPORTE,
            Dato("Qué sucede", "{{ descripcion }}", si="descripcion"),
            Dato("Reportó", "{{ usuario.nombre_completo }}", si=QUIEN.si),
            Dato("Teléfono", "{{ telefono }}", si="telefono"),
            Dato("Área que atiende", "**{{ area }}**"),
            Dato(
                "Prioridad",
                "{% if programa_24h %}Programa de respuesta en 24 horas"
                "{% if caso.vence %}; a más tardar el {{ caso.vence }}{% endif %}"
                "{% else %}Según la logística del área{% endif %}",
            ),
            Dato("Canalizado", "{{ canalizado }}"),
            Dato("Vueltas anteriores", "{{ vueltas }}", si="vueltas != '0'"),
            Dato("Por qué volvió", "{{ inconformidad }}", si="inconformidad"),
            Dato("Cuadrilla", ""),
            Dato("Materiales y observaciones", "", alto_cm=1.8),
        ),
        firmas=(("Nombre y firma", "Turna"), ("Nombre y firma", "Recibe el área")),
    ),
    Sencillo(
        clave="constancia-impedimento",
        titulo="Constancia de impedimento",
        apertura=(
            "El área que se indica acudió y no pudo atender el reporte. El tiempo sigue contando: "
            "esta constancia sólo explica por qué.",
        ),
        datos=(
            *DEL_REPORTE,
            Dato("Área que atiende", "{{ area }}"),
            Dato("Impedimento", "**{{ impedimento }}**"),
            Dato("Qué lo comprueba", "{{ evidencia }}"),
            Dato("Nueva fecha", "{{ nueva_fecha }}"),
            Dato("Se avisó al usuario", "{% if usuario_avisado %}Sí{% else %}No{% endif %}"),
        ),
        firmas=(("Nombre y firma", "Área operativa"), ("Nombre y firma", "Gestión Social")),
    ),
    Sencillo(
        clave="verificacion-usuario",
        titulo="Verificación con el usuario",
        apertura=("Se llamó a quien reportó para saber cómo quedó el servicio.",),
        datos=(
            *DEL_REPORTE,
            Dato("Qué se hizo", "{{ trabajo }}", si="trabajo"),
            Dato("Resultado", "**{{ conformidad }}**"),
            Dato("Llamadas sin respuesta", "{{ sin_respuesta }}"),
            Dato("Veces que se reasignó", "{{ vueltas }}"),
        ),
        relacion=Relacion(
            titulo="Llamadas que se hicieron",
            bucle="uno in intentos",
            columnas=(
                ("Fecha", "{{ uno.fecha }}", 4.4),
                ("Hora", "{% if uno.hora %}{{ uno.hora }}{% endif %}", 2.2),
                ("Número", "{% if uno.numero %}{{ uno.numero }}{% endif %}", 4.0),
                ("Resultado", "{{ uno.resultado }}", 6.0),
            ),
            si_no_hay="No se anotaron una por una.",
        ),
        firmas=(("Nombre y firma", "Centro de Atención"),),
    ),
    Sencillo(
        clave="acuse-queja",
        titulo="Acuse de queja o comentario",
        apertura=(
            "Se recibió lo siguiente. Conserve este acuse y cite el folio al preguntar en los "
            "medios que aparecen al pie.",
        ),
        datos=(
            *DE_LA_QUEJA,
            QUIEN,
            Dato("Respuesta", "{{ medio_respuesta }}", si="medio_respuesta"),
        ),
        firmas=(RECIBIO,),
    ),
    Sencillo(
        clave="turno-queja",
        titulo="Turno al área",
        apertura=(
            "Se turna al área que se indica para que informe por escrito qué encontró y qué hizo. "
            "No se dice quién la presentó: para informar no hace falta.",
        ),
        datos=(*DE_LA_QUEJA, Dato("Área que informa", "**{{ area }}**")),
        firmas=(("Nombre y firma", "Turna"), ("Nombre y firma", "Recibe el área")),
    ),
    Sencillo(
        clave="remision-organo-interno",
        titulo="Remisión al órgano interno de control",
        apertura=(
            "Le remito la queja con folio {{ caso.folio }}, recibida el {{ caso.abierto }}, que "
            "señala a una persona servidora pública de este organismo, para que se investigue "
            "conforme a sus atribuciones. La identidad de quien la presenta y de quien se señala "
            "obra en el expediente, que se pone a su disposición.",
        ),
        datos=(Dato("Asunto de la queja", "{{ tema }}"),),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="respuesta-queja",
        titulo="Respuesta a queja o comentario",
        apertura=(
            "En atención a lo que presentó el {{ caso.abierto }}, registrado con el folio "
            "{{ caso.folio }}, sobre {{ tema }}, le comunico lo siguiente:",
            "{{ respuesta|con_punto }}",
            "{% if mejora %}Como mejora se acordó: {{ mejora|con_punto }}{% else %}Gracias por "
            "hacérnoslo saber.{% endif %}",
            INCONFORMIDAD,
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="constancia-informacion",
        titulo="Constancia de información dada",
        apertura=("Se dio en el acto la información siguiente:",),
        datos=(
            Dato("Folio", "**{{ caso.folio }}**"),
            RECIBIDO,
            QUIEN,
            Dato("Sobre", "{{ tema }}"),
            Dato("Se preguntó", "{{ pregunta }}"),
            Dato("Reporte por el que pregunta", "{{ reporte }}", si="reporte"),
            Dato("Se contestó", "{{ respuesta }}"),
        ),
        firmas=(("{{ caso.recibio }}", "Atendió"),),
    ),
    Sencillo(
        clave="respuesta-informacion",
        titulo="Respuesta a solicitud de información",
        apertura=(
            "En atención a la solicitud de información que presentó el {{ caso.abierto }}, "
            "registrada con el folio {{ caso.folio }}, en que pregunta: {{ pregunta|con_punto }}",
            "{{ respuesta|con_punto }}",
            INCONFORMIDAD,
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="cotejo-evaluacion",
        titulo="Cédula de cotejo de la evaluación",
        apertura=(
            "Se cotejó la evaluación mensual de eficiencia que envió el Centro de Atención con el "
            "cálculo de este organismo.",
        ),
        datos=(
            Dato("Folio y fecha", "{{ caso.folio }}; {{ caso.abierto }}"),
            Dato("Mes evaluado", "{{ mes }} de {{ anio }}"),
            Dato("Eficiencia que dice el Centro", "**{{ eficiencia_recibida }} %**"),
            Dato("Reportes con número", "{{ procedentes }}"),
            Dato("Cerrados con conformidad", "{{ conformes }}"),
            Dato("Eficiencia según el cálculo propio", "**{{ eficiencia_propia }} %**"),
            Dato("Diferencias", "{{ diferencias }}", si="diferencias"),
            Dato("Conciliación", "{{ acuerdo }}", si="acuerdo"),
        ),
        firmas=(("Nombre y firma", "Gestión Social"), ("Nombre y firma", "Dirección General")),
    ),
    Sencillo(
        clave="diferencias-evaluacion",
        titulo="Relación de diferencias",
        apertura=(
            "De la evaluación de {{ mes }} de {{ anio }}, recibida el {{ caso.abierto }} y "
            "registrada con el folio {{ caso.folio }}, le hago saber que no coincide con el "
            "cálculo de este organismo:",
        ),
        datos=(
            Dato("Eficiencia recibida", "{{ eficiencia_recibida }} %"),
            Dato("Eficiencia según este organismo", "{{ eficiencia_propia }} %"),
            Dato("Reportes con número", "{{ procedentes }}"),
            Dato("Cerrados con conformidad", "{{ conformes }}"),
            Dato("En qué no coincide", "{{ diferencias }}"),
        ),
        cierre=("Agradeceré que lo revise y nos diga en qué queda. " + DESPEDIDA,),
        oficio=True,
    ),
)
