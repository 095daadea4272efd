"""Los documentos de la ayuda funcional: su resguardo, sus renovaciones y su regreso."""

from documentos_dif import (
    AVISO_DE_PRIVACIDAD,
    BENEFICIARIO,
    DESPEDIDA,
    DIRECCION,
    DOMICILIO,
    FOLIO,
    LUGAR_Y_FECHA,
)
from sencillos import Dato, Sencillo

RESGUARDANTE = (
    "{% if resguardante and resguardante.nombre_completo %}{{ resguardante.nombre_completo }}"
    "{% else %}{{ beneficiario.nombre_completo }}{% endif %}"
)
FIRMA_DEL_RESGUARDANTE = (RESGUARDANTE, "Resguardante")
# Las actas se fechan con letra y de corrido.
EN_ESTE_LUGAR = "En {{ oficina.lugar }}, el {{ oficio.fecha.en_letra }}"
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
DOCUMENTOS: tuple[Sencillo, ...] = (
    Sencillo(
        "registro-datos",
        "Ficha de registro",
        ("Datos de la persona beneficiaria y de quien responde por ella.",),
        (
            FOLIO,
            Dato("Fecha y canal", "{{ caso.abierto }}; {{ caso.canal }}"),
            BENEFICIARIO,
            Dato("CURP", "{{ beneficiario.curp }}", "beneficiario.curp"),
            Dato("Teléfono", "{{ beneficiario.telefono }}", "beneficiario.telefono"),
            DOMICILIO,
            Dato("Entre calles", "{{ domicilio.entre_calles }}", "domicilio.entre_calles"),
            Dato("Referencia", "{{ domicilio.referencia }}", "domicilio.referencia"),
            Dato(
                "Responde por ella",
                "{{ resguardante.nombre_completo }}"
                "{% if resguardante.telefono %}, teléfono {{ resguardante.telefono }}{% endif %}",
                "resguardante and resguardante.nombre_completo",
            ),
            Dato("Aval", "{{ aval.nombre_completo }}, teléfono {{ aval.telefono }}"),
            Dato("Situación social", "{{ vulnerabilidad }}", "vulnerabilidad"),
            Dato("Escolaridad", "{{ escolaridad }}", "escolaridad"),
            Dato("Ocupación", "{{ ocupacion }}", "ocupacion"),
            Dato("Lo que solicita", "{{ ayuda }}{% if medidas %}; {{ medidas }}{% endif %}"),
        ),
        cierre=(AVISO_DE_PRIVACIDAD,),
        firmas=(
            ("{{ firma_registro }}", "Firma o huella de quien se registra"),
            ("{{ caso.recibio }}", "Registró"),
        ),
    ),
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
            Dato("Valor", "{{ valor.con_letra }}", "valor"),
            Dato("Plazo del préstamo", "{{ plazo_prestamo }}", "plazo_prestamo"),
            Dato("Primera renovación", "{{ primera_renovacion }}", "primera_renovacion"),
            Dato(
                "Renovación",
                "Cada mes. Firma{% if renuevan_ambos %}n{% endif %} {{ firma_renovacion }}, "
                "por {{ dependencia }}",
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
            "Se renueva {% if periodo %}{{ periodo }}{% else %}por un mes{% endif %} el resguardo "
            "número **{{ numero_resguardo }}**, cuya ayuda se tuvo a la vista.",
        ),
        (
            FOLIO,
            *QUIEN_LA_TIENE,
            *AYUDA,
            Dato("Estado en que está", "{{ estado_mes }}", "estado_mes"),
            Dato("Próxima renovación", "A más tardar el {{ caso.vence }}", "caso.vence"),
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
            "porque {{ razon_negativa|con_punto }}",
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
            f"{EN_ESTE_LUGAR}, se recibe la ayuda que se describe y **queda liberado** el "
            "resguardo {{ numero_resguardo }}.",
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
            f"{EN_ESTE_LUGAR}, se hace constar que la ayuda que se describe no se recuperó, y **se "
            "da de baja** del inventario. El resguardo número {{ numero_resguardo }} queda "
            "cerrado.",
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
