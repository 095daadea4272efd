"""Lo que escribe la vinculación y gestión de apoyos (manual PDG-02)."""

from documentos_dif import REQUISITOS
from partes_del_recordatorio import EL_ACUSE, LA_ESPERA
from sencillos import Dato, Relacion, Sencillo

DESPEDIDA = "Sin otro particular, le envío un cordial saludo."
PERSONA = Dato("Persona", "**{{ beneficiario.nombre_completo }}**")
APOYO = Dato("Apoyo que necesita", "{{ apoyo }}")
VIVE_EN = Dato(
    "Vive en",
    "{% if domicilio.calle %}{{ domicilio.calle }}"
    "{% if domicilio.numero %} {{ domicilio.numero }}{% endif %}, {% endif %}"
    "{{ domicilio.colonia }}{% if domicilio.localidad %}, {{ domicilio.localidad }}{% endif %}",
)
LO_QUE_SE_PIDE = Dato(
    "Lo que se pide", "{{ peticion }}{% if porcentaje %}, de {{ porcentaje }} %{% endif %}"
)
DETALLE = Dato("Detalle", "{{ detalle_peticion }}", si="detalle_peticion")
FIRMA_DE_LA_DIRECCION = ("Nombre y firma", "Dirección General")

DOCUMENTOS: tuple[Sencillo, ...] = (
    Sencillo(
        clave="solicitud-caso-vulnerable",
        titulo="Solicitud de apoyo a caso vulnerable",
        apertura=(
            "La dirección o área que se indica remite el caso siguiente, que ya investigó, para "
            "que la Dirección General decida en qué programa u organismo se atiende.",
        ),
        datos=(
            Dato("Folio y fecha", "{{ caso.folio }}; {{ caso.abierto }}"),
            Dato("Remite", "{{ area_remitente }}"),
            PERSONA,
            Dato("Teléfono", "{{ beneficiario.telefono }}", si="beneficiario.telefono"),
            VIVE_EN,
            APOYO,
            Dato("El caso", "{{ resumen }}"),
            Dato("Investigación previa", "{{ investigacion }}"),
            REQUISITOS,
        ),
        firmas=(("Nombre y firma", "Área que remite"), FIRMA_DE_LA_DIRECCION),
    ),
    Sencillo(
        clave="nota-aclaratoria",
        titulo="Nota aclaratoria",
        apertura=(
            "Le devuelvo la solicitud de apoyo con folio {{ caso.folio }}, recibida el "
            "{{ caso.abierto }}, porque el caso **es competencia de este Sistema** y se autoriza "
            "su inclusión en el programa que se indica:",
        ),
        datos=(
            PERSONA,
            APOYO,
            Dato("Programa", "**{{ programa }}**"),
            Dato("Nota aclaratoria", "{{ instruccion }}"),
        ),
        cierre=("La rúbrica de esta nota vale como autorización. " + DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="solicitud-gestion",
        titulo="Solicitud de Gestión",
        apertura=(
            "Como se trató con {{ llamada_con }} por teléfono el {{ llamada_fecha }} a las "
            "{{ llamada_hora }} horas, le presento el caso con folio {{ caso.folio }}, que este "
            "Sistema recibió el {{ caso.abierto }} y que, una vez investigado, no corresponde a "
            "sus programas propios:",
        ),
        datos=(
            PERSONA,
            Dato("Teléfono", "{{ beneficiario.telefono }}", si="beneficiario.telefono"),
            VIVE_EN,
            Dato("El caso", "{{ resumen }}"),
            APOYO,
            LO_QUE_SE_PIDE,
            Dato("Por cuánto tiempo", "{{ vigencia_apoyo }}", si="vigencia_apoyo"),
            DETALLE,
        ),
        cierre=(
            "Le solicito atentamente brindarle el apoyo señalado y agradeceré que informe a esta "
            "Dirección General el resultado; el enlace para este caso atiende en el teléfono "
            "{{ oficina.telefono }}. La persona consintió por escrito que se le den "
            "estos datos, sólo para este fin.",
            DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        clave="recordatorio-gestion",
        titulo="Recordatorio de la Solicitud de Gestión",
        apertura=(
            "El {{ pedido_el }} le presenté la Solicitud de Gestión del caso con folio "
            "{{ caso.folio }}, recibido por este Sistema el {{ caso.abierto }}, por el oficio "
            "número **{{ recordatorio.oficio }}**." + EL_ACUSE + LA_ESPERA,
            "Éste es el **{{ recordatorio.ordinal }} recordatorio**.",
        ),
        datos=(PERSONA, LO_QUE_SE_PIDE, DETALLE),
        cierre=(
            "Agradeceré que nos haga saber si el caso puede atenderse, en qué términos, o si "
            "debemos dirigirnos a otra instancia.",
            DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        clave="respuesta-organismo",
        titulo="Constancia de la respuesta del organismo",
        apertura=(
            "El organismo o dependencia que se indica **{{ sentido }}** la Solicitud de Gestión "
            "que se le presentó el {{ pedido_el }}.",
        ),
        datos=(
            Dato("Folio", "{{ caso.folio }}"),
            Dato("Organismo o dependencia", "{{ organismo }}"),
            PERSONA,
            LO_QUE_SE_PIDE,
            Dato("Apoyo que dio", "{{ apoyo_otorgado }}"),
            Dato("Valor del apoyo", "{{ monto_otorgado.con_letra }}", si="monto_otorgado"),
        ),
        firmas=(("Nombre y firma", "Organismo o dependencia"), FIRMA_DE_LA_DIRECCION),
    ),
    Sencillo(
        clave="aviso-sin-apoyo",
        titulo="Aviso de que no se pudo atender",
        apertura=(
            "En atención a su solicitud de {{ apoyo }}, registrada el {{ caso.abierto }} con el "
            "folio {{ caso.folio }}, le comunico que **por ahora no fue posible atenderla**, por "
            "lo siguiente:",
            "{{ motivo_negativa|con_punto }}",
            "Si su situación cambia o tiene más documentos, puede presentar de nuevo su "
            "solicitud. Si no está de acuerdo, puede inconformarse, por escrito o de palabra, en "
            "los medios que aparecen al pie; se le entregará acuse y se le dará respuesta.",
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="informe-seguimiento",
        titulo="Informe de Seguimiento",
        apertura=(
            "En atención a su oficio {{ oficio_numero }} de fecha {{ oficio_fecha }}, recibido el "
            "{{ caso.abierto }} con el folio de entrada {{ folio_entrada }}, en que pide: "
            "{{ datos_pedidos|sin_punto }}; le informo lo siguiente:",
        ),
        datos=(
            Dato(
                "Casos",
                "{% for uno in casos %}{{ uno }}{% if not loop.last %}, {% endif %}{% endfor %}",
            ),
            Dato("Antecedentes", "{{ antecedentes }}"),
            Dato("Gestiones hechas", "{{ gestiones }}"),
            Dato("Situación actual", "{{ situacion_actual }}"),
            Dato("Apoyo otorgado", "{{ apoyo_otorgado }}", si="apoyo_otorgado"),
            Dato("Lo que falta", "{{ pendientes }}", si="pendientes"),
        ),
        cierre=(
            "Estos datos se dan para el ejercicio de sus atribuciones; le agradeceré cuidar su "
            "confidencialidad.",
            DESPEDIDA,
        ),
        oficio=True,
    ),
    Sencillo(
        clave="informe-agregado",
        titulo="Informe sin datos personales",
        apertura=(
            "En atención a su oficio {{ oficio_numero }} de fecha {{ oficio_fecha }}, recibido el "
            "{{ caso.abierto }} con el folio de entrada {{ folio_entrada }}, le informo en versión "
            "agregada, porque los datos de las personas atendidas son confidenciales:",
            "{{ version_agregada|con_punto }}",
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="negativa-datos",
        titulo="Oficio que no da la información",
        apertura=(
            "En atención a su oficio {{ oficio_numero }} de fecha {{ oficio_fecha }}, recibido el "
            "{{ caso.abierto }} con el folio de entrada {{ folio_entrada }}, le comunico que **no "
            "es posible dar la información que pide**, por lo siguiente:",
            "{{ motivo_negativa|con_punto }}",
            "La persona titular de los datos puede pedirlos en esta oficina, y usted puede "
            "presentar una solicitud de acceso a la información ante la Unidad de Transparencia.",
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
    Sencillo(
        clave="informe-mensual",
        titulo="Informe Mensual",
        apertura=(
            "Para su conocimiento, le presento el informe de las solicitudes de apoyo a casos "
            "vulnerables que este Sistema atendió o canalizó en **{{ mes }} de {{ anio }}** "
            "(expediente {{ caso.folio }}, abierto el {{ caso.abierto }}):",
        ),
        datos=(
            Dato("Recibidas", "{{ recibidas }}"),
            Dato("Incluidas en programas propios", "{{ incluidas }}"),
            Dato("Canalizadas a organismos", "{{ canalizadas }}"),
            Dato("Que no se pudieron atender", "{{ no_atendidas }}"),
            Dato("Pendientes al cierre del mes", "{{ pendientes }}"),
            Dato("Informes de Seguimiento", "{{ seguimientos }}"),
            Dato("Comentarios", "{{ comentarios }}", si="comentarios"),
        ),
        relacion=Relacion(
            titulo="A quiénes se entrega",
            bucle="uno in destinatarios",
            columnas=(("Se entrega a", "{{ uno }}", 16.6),),
        ),
        cierre=(DESPEDIDA,),
        oficio=True,
    ),
)
