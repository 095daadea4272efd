"""Lo que escribe Atención Ciudadana, y las constancias del mostrador."""

from partes_del_recordatorio import EL_ACUSE, LA_ESPERA
from sencillos import Dato, Relacion, Sencillo

DESPEDIDA = "Sin otro particular, le envío un cordial saludo."
AL_PIE = "en esta oficina o por los medios que aparecen al pie"
RECIBIDA = Dato("Recibida", "{{ caso.abierto }}, {{ caso.hora_abierto }} horas; {{ caso.canal }}")
FOLIO = Dato("Folio", "**{{ caso.folio }}**")
LUGAR = (
    "{% if ubicacion.calle %}{{ ubicacion.calle }}"
    "{% if ubicacion.numero %} {{ ubicacion.numero }}{% endif %}, {% endif %}"
    "{{ ubicacion.colonia }}"
    "{% if ubicacion.localidad %}, {{ ubicacion.localidad }}{% endif %}"
    "{% if ubicacion.entre_calles %}; entre {{ ubicacion.entre_calles }}{% endif %}"
    "{% if ubicacion.referencia %}; {{ ubicacion.referencia }}{% endif %}"
)
DONDE = Dato("Lugar", LUGAR, si="ubicacion and ubicacion.colonia")
TEMA = Dato("Tema", "{{ tema }}")
PETICION = Dato("Qué se pide", "{{ descripcion }}")
CIUDADANO = "ciudadano and ciudadano.nombre_completo"
PROMOVENTE = "promovente and promovente.nombre_completo"

DE_LA_PETICION = (
    Sencillo(
        clave="acuse-peticion",
        titulo="Acuse de petición",
        apertura=(
            "Se recibió la petición siguiente. La Dirección de Atención Ciudadana la turnará a "
            "quien le toca atenderla y le dará respuesta.",
        ),
        datos=(
            FOLIO,
            RECIBIDA,
            Dato(
                "Presenta",
                f"{{% if {CIUDADANO} %}}{{{{ ciudadano.nombre_completo }}}}"
                "{% else %}Anónima{% endif %}",
            ),
            Dato("En representación de", "{{ representa }}", si="representa"),
            TEMA,
            PETICION,
            DONDE,
            Dato("Prioridad", "{{ prioridad }}", si="prioridad"),
            Dato("Respuesta", "{{ medio_respuesta }}", si="medio_respuesta"),
            Dato("Se turnará", "A más tardar el {{ caso.vence }}", si="caso.vence"),
        ),
        cierre=(
            "La respuesta se procura dentro de los {{ dias_de_respuesta }} días hábiles "
            "siguientes. Conserve este acuse y, para saber cómo va, pregunte con su folio "
            f"{AL_PIE}.",
        ),
        firmas=(("{{ caso.recibio }}", "Recibió"),),
    ),
    Sencillo(
        clave="oficio-canalizacion",
        titulo="Oficio de canalización",
        apertura=(
            "Por este conducto le canalizo la petición ciudadana que se describe, recibida el "
            "{{ caso.abierto }} con el folio {{ caso.folio }}, por ser de su competencia:",
        ),
        datos=(
            TEMA,
            PETICION,
            DONDE,
            Dato("Presenta", "{{ ciudadano.nombre_completo }}", si=CIUDADANO),
            Dato("En representación de", "{{ representa }}", si="representa"),
            Dato("Teléfono", "{{ ciudadano.telefono }}", si="ciudadano and ciudadano.telefono"),
            Dato("Prioridad", "**Urgente**; ya se avisó por teléfono", si="urgente"),
            Dato("Indicaciones", "{{ indicaciones }}", si="indicaciones"),
        ),
        cierre=(
            "Le solicito atenderla o, en su caso, informar por escrito a esta Dirección lo que "
            "proceda, dentro de los **{{ dias_para_responder }} días hábiles** siguientes a la "
            "recepción de este oficio, citando el folio. Lo que usted responda se verificará con "
            "quien la presentó.",
            "Agradezco su atención y le envío un cordial saludo.",
        ),
        oficio=True,
    ),
    Sencillo(
        clave="oficio-canalizacion-relacion",
        titulo="Oficio de canalización en relación",
        apertura=(
            "Por este conducto le canalizo las peticiones ciudadanas que se relacionan, por ser "
            "de su competencia:",
        ),
        relacion=Relacion(
            titulo="Peticiones que se canalizan",
            bucle="uno in peticiones",
            columnas=(
                ("N.º", "{{ loop.index }}", 1.2),
                ("Folio", "**{{ uno.folio }}**", 3.2),
                ("Qué se pide", "{{ uno.asunto }}", 6.6),
                ("Lugar", "{{ uno.lugar }}", 5.6),
            ),
            cifras=("N.º",),
        ),
        desarrollo=(
            "Total de peticiones: **{{ cuantas }}**.",
            ("indicaciones", "**Indicaciones.** {{ indicaciones|con_punto }}"),
            ("anexos", "**Anexos.** {{ anexos|con_punto }}"),
        ),
        cierre=(
            "Le solicito atenderlas o, en su caso, informar por escrito a esta Dirección lo que "
            "proceda de cada una, dentro de los **{{ dias_para_responder }} días hábiles** "
            "siguientes a la recepción de este oficio, citando su folio. Lo que usted responda se "
            "verificará con quienes las presentaron.",
            "Agradezco su atención y le envío un cordial saludo.",
        ),
        oficio=True,
    ),
    # Lo llena cualquier documento que `reitera` otro: de lo calculado sólo son
    # indispensables `turnado` y `materia`.
    Sencillo(
        clave="oficio-recordatorio",
        titulo="Recordatorio",
        apertura=(
            "Con fecha {% if recordatorio.fecha %}{{ recordatorio.fecha }}{% else %}{{ turnado }}"
            "{% endif %} se le envió {% if recordatorio.oficio %}el oficio número "
            "**{{ recordatorio.oficio }}**{% else %}un oficio{% endif %} de esta oficina, relativo "
            "a **{{ materia }}**, del expediente {{ caso.folio }}, abierto el {{ caso.abierto }}."
            "{% if recordatorio.relacionados %} Son las de folio "
            "{% for folio in recordatorio.relacionados %}"
            "{% if not loop.first %}{% if loop.last %} y {% else %}, {% endif %}{% endif %}"
            "{{ folio }}{% endfor %}.{% endif %}" + EL_ACUSE + LA_ESPERA,
            "Por lo anterior le dirijo este **{{ recordatorio.ordinal }} recordatorio** y le "
            "solicito informar por escrito, a la brevedad, si el asunto ya se atendió, para cuándo "
            "está programado o por qué no procede.",
        ),
        cierre=(
            "{% if oficio.ccp %}De este oficio se marca copia a las instancias que se indican al "
            "pie.{% else %}De no recibir respuesta, el asunto se hará del conocimiento de las "
            "instancias que corresponda.{% endif %}",
            DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        clave="cedula-verificacion",
        titulo="Cédula de verificación",
        apertura=("Se verificó con la persona, o en el lugar, cómo quedó la petición siguiente:",),
        datos=(
            FOLIO,
            TEMA,
            PETICION,
            DONDE,
            Dato("Dependencia", "{{ dependencia }}"),
            Dato("Lo que respondió", "{{ respuesta }}"),
            Dato("Se verificó", "{{ tipo_verificacion }}; {{ verificada }}"),
            Dato("Qué se encontró", "{{ hallazgo }}", si="hallazgo"),
            Dato(
                "Resultado",
                "**{% if solucionada %}Quedó solucionada{% else %}No quedó solucionada; se "
                "canaliza otra vez o se somete a la Dirección{% endif %}**",
            ),
            Dato("Satisfacción", "{{ satisfaccion }} de 5", si="satisfaccion"),
        ),
        firmas=(("{{ verifico }}", "Verificó"), ("Nombre y firma", "Persona entrevistada")),
    ),
    Sencillo(
        clave="respuesta-ciudadano",
        titulo="Respuesta al ciudadano",
        apertura=(
            "En atención a la petición que presentó el {{ caso.abierto }}, registrada con el "
            "folio {{ caso.folio }}, sobre **{{ tema }}**, le comunico lo siguiente:",
            "{% if ajena %}Lo que usted pide **no le toca atenderlo al municipio**. La autoridad "
            "a la que puede acudir es **{{ autoridad }}**; si lo necesita, en esta oficina le "
            "orientamos para presentar su petición."
            "{% else %}Su petición se turnó a la dependencia que le toca, **{{ dependencia }}**, "
            "{% endif %}"
            "{% if sin_solucion %}y **no fue posible obtener su solución**. Esta Dirección acordó "
            "cerrar su seguimiento; puede presentarla de nuevo cuando cambien las circunstancias, "
            "o acudir directamente a esa dependencia."
            "{% elif no_procede %}que respondió que **no procede**, por lo siguiente: "
            "{{ respuesta|con_punto }}"
            "{% elif verificada %}y, según se verificó, **quedó atendida**. La dependencia "
            "informó: {{ respuesta|con_punto }}"
            "{% elif not ajena %}que informó: {{ respuesta|con_punto }} "
            "Se intentó confirmarlo con usted en tres ocasiones y no fue posible localizarle."
            "{% endif %}",
            ("programada", "La dependencia la había programado para el {{ fecha_programada }}."),
            ("fundamento", "Fundamento: {{ fundamento|con_punto }}"),
        ),
        cierre=(
            "Si no está de acuerdo o tiene algo que agregar, puede decirlo, por escrito o de "
            f"palabra, {AL_PIE}; se le entregará acuse y se le dará respuesta.",
            "Agradezco su confianza y le envío un cordial saludo.",
        ),
        oficio=True,
    ),
)

FECHA_Y_HORARIO = Dato(
    "Fecha y horario",
    "**{{ fecha_brigada.con_dia }}**, de {{ hora_inicio }} a {{ hora_fin }} horas",
)
DE_LA_BRIGADA = (
    Sencillo(
        clave="agenda-brigada",
        titulo="Agenda de brigada",
        apertura=("Se propone la brigada de atención ciudadana siguiente:",),
        datos=(
            FOLIO,
            FECHA_Y_HORARIO,
            Dato("Colonia o ejido", "{{ colonia }}"),
            Dato("Sede", "{{ sede }}"),
            Dato("Responsable", "{{ responsable }}"),
            Dato(
                "Vehículo", "{{ vehiculo }}{% if economico %}, económico {{ economico }}{% endif %}"
            ),
            Dato("Servicios", "{{ servicios | join(', ') }}"),
            Dato("Insumos", "{{ insumos }}", si="insumos"),
            Dato("Difusión", "{{ difusion_prevista }}", si="difusion_prevista"),
            Dato(
                "Estado",
                "☒ Programada     ☐ Confirmada     ☐ Realizada     ☐ Reprogramada     ☐ Cancelada",
            ),
        ),
        relacion=Relacion(
            titulo="Dependencias que participan",
            bucle="dependencia in dependencias",
            columnas=(("Dependencias que participan", "{{ dependencia }}", 16.6),),
        ),
        firmas=(("Nombre y firma", "Coordinación Operativa"), ("Nombre y firma", "Autoriza")),
    ),
    Sencillo(
        clave="oficio-convocatoria",
        titulo="Convocatoria a brigada",
        apertura=(
            "Por este conducto le convoco a participar, con el personal y los servicios de su "
            "dependencia, en la brigada de atención ciudadana que se describe:",
        ),
        datos=(
            FECHA_Y_HORARIO,
            Dato("Colonia o ejido", "{{ colonia }}"),
            Dato("Sede", "{{ sede }}"),
            Dato("Servicios", "{{ servicios | join(', ') }}"),
            Dato("Responsable", "{{ responsable }}, de Atención Ciudadana"),
        ),
        cierre=(
            "Le agradeceré confirmar su asistencia y el nombre de quien acudirá. Las peticiones "
            "que se reciban ahí se le canalizarán por oficio.",
            "Agradezco su colaboración y le envío un cordial saludo.",
        ),
        oficio=True,
    ),
    Sencillo(
        clave="informe-brigada",
        titulo="Informe de brigada",
        apertura=("Resultado de la brigada de atención ciudadana:",),
        datos=(
            FOLIO,
            FECHA_Y_HORARIO,
            Dato("Colonia o ejido y sede", "{{ colonia }}; {{ sede }}"),
            Dato("Responsable", "{{ responsable }}"),
            Dato("Dependencias", "{{ dependencias | join(', ') }}"),
            Dato("Difusión", "{{ difusion }}"),
            Dato("Asistentes", "**{{ asistentes }}**"),
            Dato("Peticiones captadas", "**{{ peticiones_captadas }}**"),
            Dato("Sus folios", "{{ caso.relacionados | join(', ') }}", si="caso.relacionados"),
            Dato("Incidencias", "{{ incidencias }}", si="incidencias"),
            Dato("Evidencias", "{{ evidencias }}", si="evidencias"),
        ),
        relacion=Relacion(
            titulo="Personas atendidas por servicio",
            bucle="uno in atendidos",
            columnas=(
                ("Servicio", "{{ uno.servicio }}", 12.6),
                ("Personas", "{{ uno.personas }}", 4.0),
            ),
            cifras=("Personas",),
            si_no_hay="No se llevó cuenta por servicio.",
        ),
        firmas=(("{{ elaboro }}", "Elaboró"), ("Nombre y firma", "Vo.Bo. de la Dirección")),
    ),
)

DE_LA_QUEJA = (
    Sencillo(
        clave="queja-sugerencia",
        titulo="Acuse de queja o sugerencia",
        apertura=(
            "Se recibió lo siguiente. Su identidad se reserva: no se da a conocer al área ni a la "
            "persona señalada.",
        ),
        datos=(
            FOLIO,
            RECIBIDA,
            Dato("Tipo", "**{{ tipo }}**"),
            Dato(
                "Presenta",
                f"{{% if {PROMOVENTE} %}}{{{{ promovente.nombre_completo }}}}"
                "{% else %}Anónima{% endif %}",
            ),
            Dato("Qué pasó o qué sugiere", "{{ hechos }}"),
            Dato("Cuándo", "{{ fecha_hechos }}", si="fecha_hechos"),
            Dato("Dónde", "{{ lugar_hechos }}", si="lugar_hechos"),
            Dato("Persona señalada", "{{ servidor_senalado }}", si="servidor_senalado"),
            Dato("Respuesta", "{{ medio_respuesta }}", si="medio_respuesta"),
        ),
        cierre=(
            "Si señala a una persona servidora pública, se turna al Órgano Interno de Control, "
            "que es quien investiga; si es sobre el servicio, al área que lo presta. Para saber "
            f"cómo va, pregunte con su folio {AL_PIE}.",
        ),
        firmas=(("{{ caso.recibio }}", "Recibió"),),
    ),
    Sencillo(
        clave="oficio-turno-control",
        titulo="Turno al Órgano Interno de Control",
        apertura=(
            "Le turno, por ser de su competencia, lo que se presentó ante esta Dirección el "
            "{{ recibida }}, registrado con el folio {{ caso.folio }}:",
        ),
        datos=(
            Dato("Tipo", "{{ tipo }}"),
            Dato("Persona señalada", "**{{ servidor_senalado }}**"),
            Dato("Hechos, como se narraron", "{{ hechos }}"),
            Dato("Cuándo", "{{ fecha_hechos }}", si="fecha_hechos"),
            Dato("Dónde", "{{ lugar_hechos }}", si="lugar_hechos"),
        ),
        cierre=(
            "Esta Dirección no ha practicado investigación alguna. La identidad de quien la "
            "presentó, si la dio, obra reservada en el expediente y se le proporcionará si la "
            "requiere. Le agradeceré informar el número con que quede registrada, para "
            "comunicarlo a quien la presentó.",
            DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        clave="oficio-turno-servicio",
        titulo="Turno de queja o sugerencia",
        apertura=(
            "Le turno lo que se presentó ante esta Dirección el {{ recibida }}, registrado con "
            "el folio {{ caso.folio }}, por referirse a un servicio a su cargo:",
        ),
        datos=(
            Dato("Tipo", "{{ tipo }}"),
            Dato("Qué pasó o qué se sugiere", "{{ hechos }}"),
            Dato("Cuándo", "{{ fecha_hechos }}", si="fecha_hechos"),
            Dato("Dónde", "{{ lugar_hechos }}", si="lugar_hechos"),
        ),
        cierre=(
            "Le solicito informar por escrito, dentro de los **{{ dias_para_responder }} días "
            "hábiles** siguientes, qué se hizo o qué se hará para mejorar el servicio. Quien la "
            "presentó tiene derecho a que se reserve su identidad.",
            DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        clave="respuesta-promovente",
        titulo="Respuesta a quien presentó la queja o sugerencia",
        apertura=(
            "En atención a lo que presentó el {{ recibida }}, registrado con el folio "
            "{{ caso.folio }}, le comunico lo siguiente:",
            "{% if turnada_a_control %}Su escrito **se turnó al Órgano Interno de Control**, que "
            "es la autoridad que investiga a las personas servidoras públicas; esta Dirección no "
            "interviene en la investigación. {% endif %}{{ respuesta|con_punto }}",
        ),
        cierre=(
            f"Si tiene algo que agregar, puede decirlo, por escrito o de palabra, {AL_PIE}.",
            "Agradezco que nos ayude a mejorar y le envío un cordial saludo.",
        ),
        oficio=True,
    ),
)

DEL_MOSTRADOR = (
    Sencillo(
        clave="constancia-atencion",
        titulo="Constancia de atención",
        apertura=("Se hace constar la atención siguiente:",),
        datos=(
            FOLIO,
            Dato("Inicio", "{{ inicio }}"),
            Dato("Fin", "{{ fin }}"),
            Dato("Persona atendida", "{{ persona_atendida }}", si="persona_atendida"),
            Dato("Asunto", "{{ asunto_tratado }}"),
            Dato("Orientación", "{{ orientacion_dada }}"),
            Dato("Requisitos entregados", "{{ requisitos_dados }}", si="requisitos_dados"),
            Dato("Resultado", "**{{ resultado_dado }}**"),
            Dato("Próximo paso", "{{ proximo_paso }}", si="proximo_paso"),
        ),
        firmas=(("{{ atendio }}", "Atendió"),),
    ),
    Sencillo(
        clave="pendiente-atencion",
        titulo="Compromiso de respuesta",
        apertura=(
            "No fue posible darle una respuesta completa en el momento. La oficina se compromete "
            "a lo siguiente:",
        ),
        datos=(
            FOLIO,
            RECIBIDA,
            Dato("Persona", "{{ nombre_de_quien_acude }}", si="nombre_de_quien_acude"),
            Dato("Asunto", "{{ asunto }}"),
            Dato("Compromiso", "{{ compromiso }}"),
            Dato("Para cuándo", "**{{ fecha_compromiso }}**"),
            Dato("Estudia el asunto", "{{ derivado_a }}", si="derivado_a"),
            Dato("Se le avisará en", "{{ contacto }}"),
        ),
        cierre=(
            f"Si no recibe respuesta en esa fecha, pregunte por ella, con su folio, {AL_PIE}.",
        ),
        firmas=(("{{ atendio }}", "Se compromete"),),
    ),
)

DE_LA_AUTOEVALUACION = (
    Sencillo(
        clave="autoevaluacion",
        titulo="Autoevaluación mensual",
        apertura=("Metas contra resultados de **{{ area }}**, {{ periodo }}:",),
        datos=(
            Dato("Avances y logros", "{{ logros }}"),
            Dato("Qué hay que mejorar", "{{ por_mejorar }}"),
            Dato("Observaciones", "{{ observaciones }}", si="observaciones"),
        ),
        relacion=Relacion(
            titulo="Metas y resultados por persona",
            bucle="uno in metas",
            columnas=(
                ("Persona", "{{ uno.persona }}", 5.2),
                ("Qué se mide", "{{ uno.indicador }}", 7.0),
                ("Meta", "{{ uno.meta }}", 2.2),
                ("Resultado", "{{ uno.resultado }}", 2.2),
            ),
            cifras=("Meta", "Resultado"),
        ),
        firmas=(("{{ elaboro }}", "Elaboró"), ("{{ reviso }}", "Revisó")),
    ),
)

DOCUMENTOS: tuple[Sencillo, ...] = (
    *DE_LA_PETICION,
    *DE_LA_BRIGADA,
    *DE_LA_QUEJA,
    *DEL_MOSTRADOR,
    *DE_LA_AUTOEVALUACION,
)
