"""Los documentos de la recepción del DIF: llamadas, correspondencia y comisiones, y lo común.

Ninguno dice de qué se atiende la persona: el apoyo y la ayuda se nombran por lo que son.
"""

from sencillos import Dato, Relacion, Sencillo

DESPEDIDA = "Sin otro particular, le envío un cordial saludo."
LUGAR_Y_FECHA = "{{ oficio.lugar_y_fecha }}"
FOLIO = Dato("Folio", "{{ caso.folio }}")
DOMICILIO = Dato(
    "Domicilio",
    "{% if domicilio.calle %}{{ domicilio.calle }}"
    "{% if domicilio.numero %} {{ domicilio.numero }}{% endif %}, {% endif %}"
    "{{ domicilio.colonia }}"
    "{% if domicilio.localidad %}, {{ domicilio.localidad }}{% endif %}"
    "{% if domicilio.codigo_postal %}, C.P. {{ domicilio.codigo_postal }}{% endif %}",
)
BENEFICIARIO = Dato(
    "{{ beneficiario|genero('Beneficiario', 'Beneficiaria', 'Persona beneficiaria') }}",
    "**{{ beneficiario.nombre_completo }}**",
)
REQUISITOS = Dato(
    "Documentos que acompaña",
    "{% for uno in caso.requisitos %}{% if uno.consta %}☒{% else %}☐{% endif %}"
    "\N{NO-BREAK SPACE}{{ uno.nombre }}"
    "{% if not loop.last %}; {% endif %}{% endfor %}",
)
DIRECCION = ("{{ oficio.firmante.nombre }}", "{{ oficio.firmante.cargo }}")
AVISO_DE_PRIVACIDAD = (
    "Declaro bajo protesta de decir verdad que estos datos son ciertos. Se me dio a conocer el "
    "aviso de privacidad: mis datos se usan para tramitar esta solicitud y comprobar el apoyo, y "
    "puedo consultar el aviso completo en esta oficina."
)
NOMBRE_DE_CADA = (
    "{{ cada.nombres }} {{ cada.primer_apellido }}"
    "{% if cada.segundo_apellido %} {{ cada.segundo_apellido }}{% endif %}"
)
SALIDA = (
    Dato("Evento", "**{{ evento }}**; {{ objeto }}"),
    Dato("Aviso recibido por", "{{ medio_invitacion }}", "medio_invitacion"),
    Dato("Sede", "{{ sede }}; {{ lugar_comision }}"),
    Dato("Salida", "{{ salida_fecha }}, a las {{ salida_hora }} horas"),
    Dato(
        "Regreso",
        "{{ regreso_fecha }}{% if regreso_hora %}, a las {{ regreso_hora }} horas{% endif %}",
    ),
)
VEHICULO = Dato(
    "Vehículo",
    "{{ vehiculo }}{% if placas != 'no aplica' %}; placas {{ placas }}, número económico "
    "{{ economico }}{% endif %}",
)
COMBUSTIBLE = Dato("Combustible", "{{ combustible }}", "combustible")
KILOMETRAJE = Dato("Kilometraje al salir", "{{ kilometraje }}", "kilometraje")


def acuse(clave: str, titulo: str, *propios: Dato) -> Sencillo:
    """El acuse sellado de lo que entra por la ventanilla, con lo propio de cada clase."""
    return Sencillo(
        clave,
        titulo,
        ("Se recibió, para su trámite, el escrito que se describe.",),
        (
            Dato("Folio de entrada", "**{{ folio_entrada }}**"),
            Dato("Recibido", "{{ caso.abierto }}, a las {{ caso.hora_abierto }} horas"),
            *propios,
            Dato("Expediente", "{{ caso.folio }}"),
        ),
        cierre=(
            "Conserve este acuse y cite el folio de entrada al preguntar por su trámite, en "
            "{{ oficina.domicilio }} o al teléfono {{ oficina.telefono }}. Recibirlo no prejuzga "
            "sobre la respuesta.",
        ),
        firmas=(("{{ caso.recibio }}", "Recibió"), ("Sello de recibido", "{{ oficina.siglas }}")),
    )


LLAMADAS = (
    Sencillo(
        "recado-telefonico",
        "Recado telefónico",
        ("Para **{{ area }}**: favor de devolver esta llamada hoy mismo.",),
        (
            FOLIO,
            Dato("Llamó", "{{ recibio_llamada }}"),
            Dato(
                "Quién",
                "{% if quien_llama.nombre_completo %}{{ quien_llama.nombre_completo }}"
                "{% else %}No quiso dar su nombre{% endif %}",
            ),
            Dato("Teléfono", "**{{ telefono }}**"),
            Dato("Qué necesita", "{{ asunto }}"),
            Dato("Tomó el recado", "{{ tomo_recado }}"),
            Dato("Se pasó a", "{{ pasada_a }}", "pasada_a"),
            Dato("Terminó", "{{ hora_fin }} horas", "hora_fin"),
            Dato("Resultado", "{{ resultado_llamada }}"),
        ),
        firmas=(("Nombre y hora", "Recibió el recado"), ("Nombre y hora", "Devolvió la llamada")),
    ),
)

CORRESPONDENCIA = (
    acuse(
        "acuse-entrada",
        "Acuse de recibo",
        Dato("Presenta", "{{ remitente }}{% if institucion %}; {{ institucion }}{% endif %}"),
        Dato("Asunto", "{{ asunto }}"),
        Dato("Su número de oficio", "{{ referencia }}", "referencia"),
        Dato("Fojas", "{{ fojas }}"),
        Dato("Anexos", "{{ anexos }}", "anexos"),
    ),
    Sencillo(
        "volante-turno",
        "Volante de turno",
        (LUGAR_Y_FECHA, "Se turna a **{{ area }}** el escrito que se describe, {{ instruccion }}."),
        (
            Dato("Folio de entrada", "**{{ folio_entrada }}**"),
            Dato("Recibido", "{{ recibido_el }}"),
            Dato(
                "Remitente",
                "{{ remitente }}{% if cargo_remitente %}, {{ cargo_remitente }}{% endif %}"
                "{% if institucion %}; {{ institucion }}{% endif %}",
            ),
            Dato("Su número de oficio", "{{ referencia }}", "referencia"),
            Dato("Asunto", "{{ asunto }}"),
            Dato("Fojas", "{{ fojas }}"),
            Dato("Pide respuesta a más tardar", "{{ fecha_limite }}", "fecha_limite"),
            Dato("Expediente", "{{ caso.folio }}"),
        ),
        firmas=(DIRECCION, ("Nombre, fecha y hora", "Recibe por el área")),
    ),
    Sencillo(
        "oficio-respuesta",
        "Oficio de respuesta",
        (
            "En atención a su escrito{% if referencia %} número {{ referencia }}{% endif %}"
            "{% if fecha_escrito %} de fecha {{ fecha_escrito }}{% endif %}, recibido el "
            "{{ caso.abierto }} con el folio de entrada {{ folio_entrada }} y el asunto "
            "«{{ asunto }}», le informo que {{ respuesta|con_punto }}",
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
)

COMISIONES = (
    Sencillo(
        "oficio-comision",
        "Oficio de comisión",
        (
            "Por este conducto me permito comisionar a usted, {{ cada.cargo }}"
            "{% if cada.numero_empleado %} (número de empleado {{ cada.numero_empleado }})"
            "{% endif %}, para asistir, {{ salida_fecha|periodo(regreso_fecha) }}, a lo que se "
            "indica:",
        ),
        (
            *SALIDA,
            Dato("Responsable del traslado", "{{ responsable_traslado }}"),
            VEHICULO,
            KILOMETRAJE,
            COMBUSTIBLE,
            Dato(
                "Viáticos",
                "{{ viaticos_dia }} por día, {{ viaticos_dias }} "
                "{{ viaticos_dias|plural('día', 'días') }}: **{{ total_viaticos.con_letra }}**; "
                "partida {{ partida }}",
                "lleva_viaticos",
            ),
        ),
        cierre=(
            "Al volver, y a más tardar dentro de los cinco días hábiles siguientes, entregue en la "
            "recepción copia de su constancia de asistencia"
            "{% if lleva_viaticos %}, su informe y los comprobantes de los viáticos{% endif %}. "
            + DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        "oficio-traslado",
        "Oficio de comisión para el traslado",
        (
            "Por este conducto me permito comisionar a usted como **responsable del traslado** del "
            "personal que asistirá a lo que se indica:",
        ),
        (*SALIDA, VEHICULO, KILOMETRAJE, COMBUSTIBLE),
        Relacion(
            "Personal que viaja",
            "persona in comisionados",
            (
                (
                    "Nombre",
                    "{{ persona.nombres }} {{ persona.primer_apellido }}"
                    "{% if persona.segundo_apellido %} {{ persona.segundo_apellido }}{% endif %}",
                    8.6,
                ),
                ("Cargo", "{{ persona.cargo }}", 8.0),
            ),
        ),
        cierre=(
            "Le pido revisar el vehículo antes de salir y entregarlo, al volver, con su bitácora. "
            + DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        "informe-comision",
        "Informe de comisión",
        (
            "Para llenarse al volver y entregarse en la recepción con la constancia de asistencia"
            "{% if lleva_viaticos %} y los comprobantes de los viáticos{% endif %}.",
        ),
        (
            FOLIO,
            Dato("Persona comisionada", f"**{NOMBRE_DE_CADA}**, {{{{ cada.cargo }}}}"),
            *SALIDA,
            Dato("Actividades que se hicieron", "", alto_cm=3.2),
            Dato("Resultados y acuerdos", "", alto_cm=3.2),
            Dato("Viáticos recibidos", "{{ total_viaticos.con_letra }}", "lleva_viaticos"),
            Dato("Gasto comprobado, con folio de cada factura", "", "lleva_viaticos", 2.2),
        ),
        firmas=((NOMBRE_DE_CADA, "Persona comisionada"), DIRECCION),
    ),
)

DOCUMENTOS: tuple[Sencillo, ...] = (*LLAMADAS, *CORRESPONDENCIA, *COMISIONES)
