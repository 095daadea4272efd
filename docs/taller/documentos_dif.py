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
BENEFICIARIO = Dato("Beneficiario", "**{{ beneficiario.nombre_completo }}**")
DIRECCION = ("{{ oficio.firmante.nombre }}", "{{ oficio.firmante.cargo }}")
SALIDA = (
    Dato("Evento", "**{{ evento }}**; {{ objeto }}"),
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
            "«{{ asunto }}», le informo que {{ respuesta }}.",
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
            "{% endif %}, para asistir a lo que se indica:",
        ),
        (
            *SALIDA,
            Dato("Responsable del traslado", "{{ responsable_traslado }}"),
            VEHICULO,
            Dato(
                "Viáticos",
                "{{ viaticos_dia }} por día, {{ viaticos_dias }} día"
                "{% if viaticos_dias != '1' %}s{% endif %}: **{{ total_viaticos }}**; partida "
                "{{ partida }}",
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
        (*SALIDA, VEHICULO),
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
)

DOCUMENTOS: tuple[Sencillo, ...] = (*LLAMADAS, *CORRESPONDENCIA, *COMISIONES)
