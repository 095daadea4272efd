"""Los documentos de la solicitud de apoyo, del acuse al recibo."""

from documentos_dif import (
    AVISO_DE_PRIVACIDAD,
    BENEFICIARIO,
    DESPEDIDA,
    DIRECCION,
    DOMICILIO,
    FOLIO,
    LUGAR_Y_FECHA,
    REQUISITOS,
    acuse,
)
from sencillos import Dato, Relacion, Sencillo

SOLICITANTE = Dato(
    "Solicita en su nombre",
    "{{ solicitante.nombre_completo }}{% if parentesco %} ({{ parentesco }}){% endif %}",
    "solicitante and solicitante.nombre_completo",
)
TIPO_DE_APOYO = Dato("Tipo de apoyo", "{{ tipo_apoyo }}")
DESCRIPCION = Dato("Qué se pide", "{{ descripcion }}")
PARTES_DEL_PRECIO = (
    ("Precio unitario", "precio_unitario"),
    ("Subtotal", "subtotal"),
    ("IVA", "iva"),
)
DOCUMENTOS: tuple[Sencillo, ...] = (
    Sencillo(
        "solicitud-apoyo",
        "Solicitud de apoyo",
        (
            LUGAR_Y_FECHA,
            "**{{ oficio.firmante.nombre }}**, {{ oficio.firmante.cargo }}. Presente.",
            "Por este medio solicito el apoyo que se describe, y acompaño los documentos que se "
            "marcan.",
        ),
        (
            FOLIO,
            Dato("Folio de entrada", "{{ folio_entrada }}"),
            Dato("Cómo se presentó", "{{ caso.canal }}", "caso.canal"),
            BENEFICIARIO,
            Dato("CURP", "{{ beneficiario.curp }}", "beneficiario.curp"),
            SOLICITANTE,
            DOMICILIO,
            Dato("Teléfono", "{{ beneficiario.telefono }}", "beneficiario.telefono"),
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Monto estimado", "{{ monto_estimado }}", "monto_estimado"),
            # Sensible: lo escribe a mano quien solicita.
            Dato("Por qué lo pide", "", alto_cm=1.4),
            REQUISITOS,
        ),
        cierre=(AVISO_DE_PRIVACIDAD,),
        firmas=(
            ("{{ firma_solicitud }}", "Firma o huella de quien solicita"),
            ("Nombre y firma", "Testigo, si no sabe o no puede firmar"),
            ("Nombre y firma", "Testigo, si no sabe o no puede firmar"),
        ),
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
            Dato(
                "Cotización que conviene",
                "**{{ proveedor }}**, por **{{ monto_cotizado.con_letra }}**",
            ),
            Dato("Por qué conviene", "{{ por_que_conviene }}", "por_que_conviene"),
        ),
        Relacion(
            "Cotizaciones",
            "cotizacion in cotizaciones",
            (
                (
                    "Proveedor",
                    "{{ cotizacion.proveedor }}"
                    "{% if cotizacion.rfc %}, RFC {{ cotizacion.rfc }}{% endif %}"
                    "{% if cotizacion.contacto %}; {{ cotizacion.contacto }}{% endif %}",
                    5.4,
                ),
                (
                    "Concepto y cantidad",
                    "{{ cotizacion.concepto }}"
                    "{% if cotizacion.cantidad %}; {{ cotizacion.cantidad }}{% endif %}",
                    5.0,
                ),
                *(
                    (titulo, f"{{% if cotizacion.{c} %}}{{{{ cotizacion.{c} }}}}{{% endif %}}", 2.5)
                    for titulo, c in PARTES_DEL_PRECIO
                ),
                ("Total con IVA", "{{ cotizacion.precio }}", 2.6),
                (
                    "Vigente hasta",
                    "{% if cotizacion.vigencia %}{{ cotizacion.vigencia.corta }}"
                    "{% else %}No lo dice{% endif %}",
                    2.4,
                ),
            ),
            cifras=(*[titulo for titulo, _ in PARTES_DEL_PRECIO], "Total con IVA"),
        ),
        firmas=(("{{ elaboro }}", "Elaboró"), (DIRECCION[0], "Recibió")),
        apaisado=True,
    ),
    Sencillo(
        "suficiencia-presupuestal",
        "Suficiencia presupuestal",
        (
            LUGAR_Y_FECHA,
            "{{ oficio.firmante|genero('El suscrito', 'La suscrita', 'Quien suscribe') }}, "
            "{{ oficio.firmante.cargo }}, hace constar que **existe suficiencia** para el apoyo "
            "que se indica, y que su monto queda apartado.",
        ),
        (
            FOLIO,
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Proveedor", "{{ proveedor }}"),
            Dato("Monto cotizado", "{{ monto_cotizado }}"),
            Dato("Programa", "{{ programa }}", "programa"),
            Dato("Partida", "{{ partida }}"),
            Dato("Fuente del recurso", "{{ fuente }}", "fuente"),
            Dato("Disponible en la partida", "{{ disponible_partida }}", "disponible_partida"),
            Dato("Monto aprobado", "**{{ monto_aprobado.con_letra }}**"),
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
            "{% if es_compra %}, conforme al cuadro de cotización del {{ cotizado }} y con cargo a "
            "la suficiencia presupuestal que usted hizo constar el {{ aprobado }}{% endif %}:",
        ),
        (
            BENEFICIARIO,
            TIPO_DE_APOYO,
            DESCRIPCION,
            Dato("Modalidad", "{{ modalidad }}"),
            Dato("Proveedor", "{{ proveedor }}", "es_compra"),
            Dato("Partida", "{{ partida }}", "es_compra"),
            Dato("Monto", "**{{ monto_aprobado.con_letra }}**", "es_compra"),
            Dato("Condición", "{{ condicion }}", "condicion"),
            Dato("Vigente hasta", "{{ vigencia_autorizacion }}", "vigencia_autorizacion"),
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
            "porque {{ razon_negativa|con_punto }}",
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
            Dato("Cuándo", "**{{ fecha_entrega.con_dia }}, a las {{ hora_entrega }} horas**"),
            Dato("Dónde", "{{ lugar_entrega }}"),
            Dato("Qué presentar", "Este aviso y una identificación oficial con fotografía"),
            Dato("Se avisó por", "{{ medio_aviso }}"),
            Dato("Intentos sin localizarle", "{{ intentos }}", "intentos != '0'"),
            Dato("Fecha, hora y resultado de cada intento", "", alto_cm=2.0),
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
            Dato("Cantidad", "{{ cantidad_entregada }}", "cantidad_entregada"),
            Dato(
                "Marca y modelo",
                "{% if marca %}{{ marca }}{% endif %}{% if modelo %} {{ modelo }}{% endif %}",
                "marca or modelo",
            ),
            Dato("Número de serie", "{{ serie }}", "serie"),
            Dato("Valor", "{{ valor.con_letra }}", "valor"),
            Dato("Entregado", "{{ entregado_el }}"),
            Dato(
                "Recibe",
                "{{ recibe }}{% if parentesco_recibe %} ({{ parentesco_recibe }}){% endif %}; se "
                "identifica con {{ identificacion_recibe }}",
            ),
            Dato(
                "Entrega por delegación",
                "{{ entrega_en_nombre }}: {{ motivo_delegacion }}",
                "entrega_en_nombre",
            ),
            Dato("Factura (CFDI)", "{{ factura }}", "factura"),
            Dato("Fotografía de la entrega", "☐ Consiento que se tome     ☐ No consiento"),
        ),
        cierre=("Se firma en dos tantos: uno para quien recibe y otro para el expediente.",),
        firmas=(
            (
                "{% if entrega_en_nombre %}{{ entrega_en_nombre }}{% else %}"
                + DIRECCION[0]
                + "{% endif %}",
                "Entrega",
            ),
            ("{{ recibe }}", "Recibe"),
            ("Nombre y firma", "Testigo"),
            ("Nombre y firma", "Testigo"),
        ),
        numerado=True,
    ),
)
