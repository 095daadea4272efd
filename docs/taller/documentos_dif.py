"""Los documentos de la recepción del DIF, de la llamada a la comisión.

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
SOLICITANTE = Dato(
    "Solicita en su nombre",
    "{{ solicitante.nombre_completo }}{% if parentesco %} ({{ parentesco }}){% endif %}",
    "solicitante and solicitante.nombre_completo",
)
TIPO_DE_APOYO = Dato("Tipo de apoyo", "{{ tipo_apoyo }}")
DESCRIPCION = Dato("Qué se pide", "{{ descripcion }}")
DIRECCION = ("{{ oficio.firmante.nombre }}", "{{ oficio.firmante.cargo }}")
RESGUARDANTE = (
    "{% if resguardante and resguardante.nombre_completo %}{{ resguardante.nombre_completo }}"
    "{% else %}{{ beneficiario.nombre_completo }}{% endif %}"
)
FIRMA_DEL_RESGUARDANTE = (RESGUARDANTE, "Resguardante")
AYUDA = (
    Dato("Ayuda", "**{{ ayuda }}**{% if medidas %}; {{ medidas }}{% endif %}"),
    Dato(
        "Marca y modelo",
        "{% if marca %}{{ marca }}{% endif %}{% if modelo %} {{ modelo }}{% endif %}",
        "marca or modelo",
    ),
    Dato("Número de serie", "{{ serie }}", "serie"),
    Dato("Número de inventario", "{{ inventario }}"),
)
QUIEN_LA_TIENE = (
    BENEFICIARIO,
    Dato(
        "Resguardante",
        "{{ resguardante.nombre_completo }}",
        "resguardante and resguardante.nombre_completo",
    ),
    DOMICILIO,
)
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

APOYOS = (
    Sencillo(
        "solicitud-apoyo",
        "Solicitud de apoyo",
        (
            LUGAR_Y_FECHA,
            "**{{ oficio.firmante.nombre }}**, {{ oficio.firmante.cargo }}. Presente.",
            "Por este medio solicito el apoyo que se describe, y acompaño los documentos que se me "
            "pidieron.",
        ),
        (
            FOLIO,
            Dato("Folio de entrada", "{{ folio_entrada }}"),
            BENEFICIARIO,
            Dato("CURP", "{{ beneficiario.curp }}", "beneficiario.curp"),
            SOLICITANTE,
            DOMICILIO,
            Dato("Teléfono", "{{ beneficiario.telefono }}", "beneficiario.telefono"),
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Monto estimado", "{{ monto_estimado }}", "monto_estimado"),
        ),
        cierre=(
            "Declaro bajo protesta de decir verdad que estos datos son ciertos. Se me dio a "
            "conocer el aviso de privacidad: mis datos se usan para tramitar esta solicitud y "
            "comprobar el apoyo, y puedo consultar el aviso completo en esta oficina.",
        ),
        firmas=(("{{ firma_solicitud }}", "Firma o huella de quien solicita"),),
    ),
    acuse(
        "acuse-solicitud",
        "Acuse de recibo de solicitud",
        Dato("Presenta", "{{ presenta }}"),
        Dato("Asunto", "Solicitud de apoyo: {{ tipo_apoyo }}"),
    ),
    Sencillo(
        "tarjeta-apoyo",
        "Tarjeta informativa",
        (
            LUGAR_Y_FECHA,
            "Para **{{ oficio.firmante.nombre }}**, {{ oficio.firmante.cargo }}. Se da cuenta de "
            "la solicitud siguiente, para su acuerdo.",
        ),
        (
            FOLIO,
            Dato("Recibida", "{{ recibido_el }}; entrada {{ folio_entrada }}"),
            BENEFICIARIO,
            SOLICITANTE,
            Dato("Colonia", "{{ domicilio.colonia }}"),
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Monto estimado", "{{ monto_estimado }}", "monto_estimado"),
            Dato(
                "Modalidad",
                "{{ modalidad }}{% if razon_existencia %}: {{ razon_existencia }}{% endif %}",
            ),
            Dato(
                "Apoyos en doce meses",
                "{% if antecedentes %}{{ antecedentes }}{% else %}No constan{% endif %}",
            ),
            Dato("Acuerdo", "☐ Se admite a trámite     ☐ Se pide más información     ☐ Se niega"),
            Dato("Instrucción", " "),
        ),
        firmas=(DIRECCION,),
    ),
    Sencillo(
        "cuadro-cotizacion",
        "Cuadro de cotización",
        (LUGAR_Y_FECHA, "Cotización del apoyo pedido en la solicitud {{ caso.folio }}."),
        (
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Cotización que conviene", "**{{ proveedor }}**, por **{{ monto_cotizado }}**"),
            Dato("Por qué conviene", "{{ por_que_conviene }}", "por_que_conviene"),
        ),
        Relacion(
            "Cotizaciones",
            "cotizacion in cotizaciones",
            (
                ("Proveedor", "{{ cotizacion.proveedor }}", 4.6),
                ("Concepto", "{{ cotizacion.concepto }}", 5.8),
                ("Precio con IVA", "{{ cotizacion.precio }}", 2.6),
                (
                    "Vigente hasta",
                    "{% if cotizacion.vigencia %}{{ cotizacion.vigencia }}{% else %}No lo dice"
                    "{% endif %}",
                    3.6,
                ),
            ),
        ),
        firmas=(("{{ elaboro }}", "Elaboró"), (DIRECCION[0], "Recibió")),
    ),
    Sencillo(
        "suficiencia-presupuestal",
        "Suficiencia presupuestal",
        (
            LUGAR_Y_FECHA,
            "Se hace constar que **existe suficiencia** para el apoyo que se indica, y que su "
            "monto queda apartado.",
        ),
        (
            FOLIO,
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Proveedor", "{{ proveedor }}"),
            Dato("Monto cotizado", "{{ monto_cotizado }}"),
            Dato("Partida", "{{ partida }}"),
            Dato("Monto aprobado", "**{{ monto_aprobado }}**"),
            Dato("Observaciones", "{{ observaciones_contador }}", "observaciones_contador"),
        ),
        firmas=(DIRECCION,),
    ),
    Sencillo(
        "autorizacion-apoyo",
        "Autorización del apoyo",
        (
            "Por este conducto le comunico que, en acuerdo de esta fecha, **se autoriza el apoyo** "
            "pedido en la solicitud {{ caso.folio }}, que se admitió a trámite el {{ acordado }}"
            "{% if es_compra %}, con cargo al presupuesto que usted aprobó el {{ aprobado }}"
            "{% endif %}:",
        ),
        (
            BENEFICIARIO,
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Modalidad", "{{ modalidad }}"),
            Dato("Proveedor", "{{ proveedor }}", "es_compra"),
            Dato("Partida", "{{ partida }}", "es_compra"),
            Dato("Monto", "**{{ monto_aprobado }}**", "es_compra"),
            Dato("Condición", "{{ condicion }}", "condicion"),
        ),
        cierre=("Le pido hacer lo que corresponda para su entrega. " + DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        "negativa-apoyo",
        "Oficio de negativa de apoyo",
        (
            "En respuesta a la solicitud que presentó el {{ caso.abierto }}, registrada con el "
            "folio {{ caso.folio }}, le comunico que por ahora no es posible otorgar el apoyo "
            "porque {{ razon_negativa }}.",
            "Si no está de acuerdo, puede pedir que se revise esta respuesta, por escrito o de "
            "palabra, en {{ oficina.domicilio }} o al teléfono {{ oficina.telefono }}. También "
            "puede presentar otra solicitud si cambian las circunstancias.",
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        "aviso-entrega",
        "Aviso de entrega de apoyo",
        (
            LUGAR_Y_FECHA,
            "Se avisa a **{{ beneficiario.nombre_completo }}** que su solicitud fue autorizada y "
            "que puede recibir el apoyo en esta cita:",
        ),
        (
            FOLIO,
            Dato("Apoyo", "{{ articulo }}"),
            Dato("Cuándo", "**{{ fecha_entrega }}, a las {{ hora_entrega }} horas**"),
            Dato("Dónde", "{{ lugar_entrega }}"),
            Dato("Qué presentar", "Este aviso y una identificación oficial con fotografía"),
            Dato("Se avisó por", "{{ medio_aviso }}"),
        ),
        cierre=(
            "Si no puede acudir, comuníquese al teléfono {{ oficina.telefono }} para fijar otra "
            "fecha. El apoyo es gratuito: nadie puede pedirle nada a cambio.",
        ),
        firmas=(("{{ aviso }}", "Avisó"),),
    ),
    Sencillo(
        "recibo-apoyo",
        "Recibo de apoyo",
        (
            LUGAR_Y_FECHA,
            "Recibí de conformidad del {{ oficina.ente }}, **a título gratuito**, el apoyo que se "
            "describe, y me comprometo a no venderlo ni darle otro uso.",
        ),
        (
            FOLIO,
            BENEFICIARIO,
            TIPO_DE_APOYO,
            Dato("Qué se entrega", "**{{ articulo }}**"),
            Dato("Valor", "{{ valor }}", "valor"),
            Dato("Entregado", "{{ entregado_el }}"),
            Dato("Recibe", "{{ recibe }}; se identifica con {{ identificacion_recibe }}"),
            Dato(
                "Entrega por delegación",
                "{{ entrega_en_nombre }}: {{ motivo_delegacion }}",
                "entrega_en_nombre",
            ),
        ),
        firmas=(
            (
                "{% if entrega_en_nombre %}{{ entrega_en_nombre }}{% else %}"
                + DIRECCION[0]
                + "{% endif %}",
                "Entrega",
            ),
            ("{{ recibe }}", "Recibe"),
            ("Nombre y firma", "Testigo"),
        ),
        numerado=True,
    ),
)

RESGUARDOS = (
    Sencillo(
        "resguardo-ayuda",
        "Resguardo de ayuda funcional",
        (
            LUGAR_Y_FECHA,
            "Recibo del {{ oficina.ente }}, **en calidad de resguardo y no de propiedad**, la "
            "ayuda que se describe.",
        ),
        (
            Dato(
                "Número de resguardo",
                "{% if numero_resguardo %}**{{ numero_resguardo }}**{% else %}BORRADOR, sin "
                "validez hasta su autorización{% endif %}",
            ),
            FOLIO,
            *QUIEN_LA_TIENE,
            Dato(
                "Aval",
                "{{ aval.nombre_completo }}, teléfono {{ aval.telefono }}",
            ),
            *AYUDA,
            Dato("Estado en que se entrega", "{{ estado_fisico }}"),
            Dato("Valor", "{{ valor }}", "valor"),
            Dato(
                "Renovación",
                "Cada mes. Firma: {{ firma_renovacion }}. Dependencia: {{ dependencia }}",
            ),
        ),
        cierre=(
            "Me obligo a cuidarla y no prestarla, venderla ni modificarla; a presentarme cada mes "
            "a renovar este resguardo; a avisar si cambio de domicilio, si se daña o se pierde, "
            "y a devolverla cuando deje de necesitarse o se me requiera.",
        ),
        firmas=(
            FIRMA_DEL_RESGUARDANTE,
            ("{{ aval.nombre_completo }}", "Aval"),
            DIRECCION,
        ),
    ),
    Sencillo(
        "renovacion-ayuda",
        "Renovación de resguardo",
        (
            LUGAR_Y_FECHA,
            "Se renueva por un mes el resguardo número **{{ numero_resguardo }}**, cuya ayuda se "
            "tuvo a la vista.",
        ),
        (
            FOLIO,
            *QUIEN_LA_TIENE,
            *AYUDA,
            Dato(
                "Observaciones",
                "{% if observaciones_mes %}{{ observaciones_mes }}{% else %}Ninguna{% endif %}",
            ),
        ),
        firmas=(
            (
                "{% if firmo_dependencia %}{{ firmo_dependencia }}{% else %}No se pide{% endif %}",
                "{{ dependencia }}",
            ),
            (
                "{% if firmo_resguardante %}{{ firmo_resguardante }}"
                "{% else %}No se pide{% endif %}",
                "Resguardante",
            ),
        ),
    ),
    Sencillo(
        "negativa-ayuda",
        "Oficio de negativa de ayuda funcional",
        (
            "En respuesta a la solicitud que presentó el {{ caso.abierto }}, registrada con el "
            "folio {{ caso.folio }}, le comunico que por ahora no es posible prestarle la ayuda "
            "porque {{ razon_negativa }}.",
            "Si no está de acuerdo, puede pedir que se revise esta respuesta, por escrito o de "
            "palabra, en {{ oficina.domicilio }} o al teléfono {{ oficina.telefono }}. También "
            "puede presentar otra solicitud si cambian las circunstancias.",
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        "requerimiento-ayuda",
        "Requerimiento de devolución de ayuda funcional",
        (
            "Por este conducto le comunico que la renovación mensual del resguardo número "
            "{{ numero_resguardo }} no está al corriente. Por ello le requiero **devolver la ayuda "
            "que se describe**, o presentarse a regularizar su resguardo, dentro de los "
            "quince días hábiles siguientes a que reciba este oficio:",
        ),
        (*QUIEN_LA_TIENE, *AYUDA),
        cierre=(
            "Si necesita que se pase por ella a su domicilio, comuníquese al teléfono "
            "{{ oficina.telefono }}. " + DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        "devolucion-ayuda",
        "Acta de devolución de ayuda funcional",
        (
            LUGAR_Y_FECHA,
            "Se recibe la ayuda que se describe y **queda liberado** el resguardo "
            "{{ numero_resguardo }}.",
        ),
        (
            FOLIO,
            *QUIEN_LA_TIENE,
            *AYUDA,
            Dato("Por qué vuelve", "{{ motivo_devolucion }}"),
            Dato("La devuelve", "{{ quien_devuelve }}"),
            Dato("Estado en que se prestó", "{{ estado_fisico }}"),
            Dato("Estado en que vuelve", "**{{ estado_devuelta }}**"),
            Dato(
                "Destino",
                "{% if se_da_de_baja %}Baja del inventario{% else %}Regresa al almacén{% endif %}",
            ),
        ),
        firmas=(("{{ quien_devuelve }}", "Devuelve"), ("{{ recibio_ayuda }}", "Recibe"), DIRECCION),
    ),
    Sencillo(
        "baja-ayuda",
        "Acta de baja de ayuda funcional",
        (
            LUGAR_Y_FECHA,
            "Se hace constar que la ayuda que se describe no se recuperó, y **se da de baja** del "
            "inventario. El resguardo número {{ numero_resguardo }} queda cerrado.",
        ),
        (
            FOLIO,
            *QUIEN_LA_TIENE,
            *AYUDA,
            Dato("Cómo se perdió", "{{ hechos_perdida }}"),
            Dato("Se acompaña", "Acta de hechos o denuncia"),
        ),
        firmas=(("Nombre y firma", "Da cuenta de la pérdida"), DIRECCION),
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

DOCUMENTOS: tuple[Sencillo, ...] = (
    *LLAMADAS,
    *CORRESPONDENCIA,
    *APOYOS,
    *RESGUARDOS,
    *COMISIONES,
)
