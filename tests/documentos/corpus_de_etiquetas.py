"""Las construcciones del corpus que se escriben tecleando en Word: el texto de cada caso."""

_LOREM = "{% for f in filas %}{{ f.folio }}{% if not loop.last %}, {% endif %}{% endfor %}"

EXPRESIONES = {
    "un valor": "Hola {{ beneficiario.nombre }}, {{ beneficiario.edad }} años.",
    "un valor sin espacios": "{{beneficiario.nombre}}{{oficio.numero}}",
    "corchetes": "{{ beneficiario['nombre'] }} {{ filas[0].folio }} {{ filas[-1]['folio'] }}",
    "comillas dobles tipográficas": "{{ beneficiario[“nombre”] }}",
    "comillas sencillas tipográficas": "{% if ‘a’ == ‘a’ %}sí{% endif %}",
    "un espacio duro en la etiqueta": "{{\u00a0oficio.numero\u00a0}} {%\u00a0if urgente\u00a0%}sí"
    "{% endif %}",
    "un valor vacío": "[{{ beneficiario.vacio }}]",
    "un valor con saltos y tabuladores": "[{{ oficio.cuerpo }}]",
    "si": "{% if urgente %}Urgente{% endif %} y ya",
    "si no": "{% if negado %}a{% else %}b{% endif %}",
    "si no, si": "{% if negado %}a{% elif urgente %}b{% else %}c{% endif %}",
    "condiciones dentro de otras": "{% if urgente %}{% if negado %}a{% else %}b"
    "{% endif %}{% endif %}",
    "comparaciones": "{% if beneficiario.edad >= 60 and not negado or 1 > 2 %}mayor{% endif %}",
    "menor y mayor que": "{% if 1 < 2 and 2 > 1 and 1 <= 1 and 1 != 2 %}sí{% endif %}",
    "pertenencia": "{% if 'dos' in columnas and 'x' not in columnas %}sí{% endif %}",
    "pruebas": "{% if nadie is not defined and monto is number and ancho is even %}sí{% endif %}",
    "en línea": "{{ 'sí' if urgente else 'no' }} {{ 'x' if negado }}",
    "cuentas": "{{ beneficiario.edad + 1 }} {{ ancho * 3 - 1 }} {{ 7 // 2 }} {{ 7 % 4 }}",
    "concatenar": "{{ oficio.numero ~ ' de ' ~ oficio.asunto }}",
    "para cada": _LOREM,
    "para cada con contador": "{% for c in columnas %}{{ loop.index }}/{{ loop.length }} "
    "{{ loop.index0 }} {{ loop.revindex }} {{ loop.revindex0 }} {{ loop.first }};{% endfor %}",
    "para cada, el de antes y el de después": "{% for c in columnas %}"
    "{% if not loop.first %}{{ loop.previtem }}<{% endif %}{{ c }}"
    "{% if not loop.last %}>{{ loop.nextitem }}{% endif %} {% endfor %}",
    "para cada o nada": "{% for f in nada %}x{% else %}nada{% endfor %}",
    "para cada que cumpla": "{% for f in filas if f.monto != '20.50' %}{{ f.folio }} {% endfor %}",
    "para cada dentro de otro": "{% for f in filas %}{{ f.folio }}:"
    "{% for p in f.partes %}{{ p }}{{ loop.index }}{% else %}-{% endfor %} {% endfor %}",
    "para cada clave y valor": "{% for k, v in notas.items() %}{{ k }}={{ v }} {% endfor %}",
    "para cada número": "{% for n in range(3) %}{{ n }}{% endfor %}",
    "asignar": "{% set n = oficio.numero %}{{ n }}{{ n }}",
    "asignar dentro de un para cada":
    "{% for f in filas %}{% set x = f.folio %}{{ x }}{% endfor %}",
    "rebanada": "{{ oficio.numero[:3] }} {% for f in filas[1:] %}{{ f.folio }}{% endfor %}",
    "filtros de texto": "{{ beneficiario.nombre|upper }} {{ beneficiario.apodo|trim }} "
    "{{ 'uno dos'|title }} {{ 'ABC'|lower }} {{ 'juan'|capitalize }}",
    "filtros de lista": "{{ columnas|join(', ') }} {{ columnas|length }} {{ columnas|first }} "
    "{{ columnas|last }} {{ columnas|reverse|join }}",
    "filtros de número": "{{ monto|round(1) }} {{ monto|int }} {{ -3|abs }} {{ '4'|float }}",
    "reemplazar": "{{ oficio.numero|replace('/', '-') }}",
    "por omisión": "{{ nadie|default('sin dato') }} {{ beneficiario.vacio|d('x', true) }}",
    "métodos": "{{ beneficiario.nombre.upper() }} {{ oficio.get('numero') }} "
    "{{ 'a-b'.split('-')[0] }}",
    "un comentario": "Antes{# esto no sale, don't #} después",
    "un comentario con etiquetas dentro": "a{# {{ x }} {% if y %} #}b",
    "llaves como texto": "{{ '{{' }} {{ '}}' }} {{ '{%' }}",
    "llaves escritas con guion bajo": "{_{ nombre }_} {_% if x %_}",
    "texto con símbolos": "A & B < C > D \"E\" 'F' – {{ oficio.numero }}",
    "llaves sencillas": "{a} {{ oficio.numero }} }b{ 100%",
    "un signo de porcentaje": "50% de {{ oficio.numero }} {% if urgente %}100%{% endif %}",
    "recortar espacios": "uno   {{- oficio.asunto -}}   dos",
}  # fmt: skip

PARRAFOS: dict[str, tuple[str, ...]] = {
    "párrafo condicionado": ("a", "{%p if negado %}", "no", "{%p else %}", "sí", "{%p endif %}"),
    "párrafo condicionado con elif": (
        "{%p if negado %}", "a", "{%p elif urgente %}", "b", "{%p else %}", "c", "{%p endif %}",
    ),
    "párrafos en un para cada": (
        "{%p for f in filas %}", "{{ f.folio }}", "{%p if loop.last %}", "último",
        "{%p endif %}", "{%p endfor %}",
    ),
    "párrafos en un para cada vacío": (
        "a", "{%p for f in nada %}", "x", "{%p else %}", "nada", "{%p endfor %}",
    ),
    "párrafos en dos para cada": (
        "{%p for f in filas %}", "{{ f.folio }}", "{%p for p in f.partes %}", "· {{ p }}",
        "{%p endfor %}", "{%p endfor %}",
    ),
    "comentario de párrafo": ("uno", "{#p nota para quien edita #}", "dos"),
    "asignar en su párrafo": ("{%p set n = oficio.numero %}", "{{ n }}"),
    "un bloque de un párrafo a otro": ("a {% if urgente %}b", "c{% endif %} d"),
    "un para cada de un párrafo a otro": ("{% for f in filas %}{{ f.folio }}", "y{% endfor %}"),
    "pegar párrafos": ("Vive", "{%- if urgente -%}", " en el centro", "{%- endif -%}", " y ya."),
    "pegar con el anterior": ("uno", "{%- if urgente %} dos{% endif %}"),
    "una variable que sale a otro párrafo": ("{% set n = 3 %}{{ n }}", "{{ n + 1 }}"),
}  # fmt: skip

TABLAS: dict[str, tuple[tuple[str, ...], ...]] = {
    "renglones": (
        ("Folio", "Monto"), ("{%tr for f in filas %}", ""), ("{{ f.folio }}", "{{ f.monto }}"),
        ("{%tr endfor %}", ""), ("Fin", ""),
    ),
    "renglones con contador": (
        ("{%tr for f in filas %}", ""), ("{{ loop.index }}", "{{ f.folio }}"),
        ("{%tr endfor %}", ""),
    ),
    "dos para cada de renglones": (
        ("{%tr for f in filas %}", ""), ("{{ f.folio }}", ""), ("{%tr for p in f.partes %}", ""),
        ("", "{{ p }}"), ("{%tr endfor %}", ""), ("{%tr endfor %}", ""), ("Total", "x"),
    ),
    "renglones o uno que diga que no hay": (
        ("Folio",), ("{%tr for f in nada %}",), ("x",), ("{%tr else %}",), ("Ninguno",),
        ("{%tr endfor %}",),
    ),
    "renglón condicionado": (("{%tr if negado %}",), ("no",), ("{%tr endif %}",), ("a",)),
    "renglón condicionado dentro de un para cada": (
        ("{%tr for f in filas %}",), ("{%tr if loop.first %}",), ("primero {{ f.folio }}",),
        ("{%tr else %}",), ("{{ f.folio }}",), ("{%tr endif %}",), ("{%tr endfor %}",),
    ),
    "comentario de renglón": (("uno",), ("{#tr nota #}",), ("dos",)),
    "celdas que crecen": (("fija", "{%tc for c in columnas %}", "{{ c }}", "{%tc endfor %}"),),
    "celdas que crecen en dos renglones": (
        ("{%tc for c in columnas %}", "{{ c|upper }}", "{%tc endfor %}"),
        ("{%tc for c in columnas %}", "{{ loop.index }}", "{%tc endfor %}"),
    ),
    "celda condicionada": (("a", "{%tc if negado %}", "no", "{%tc endif %}"),),
    "celdas que crecen en renglones que crecen": (
        ("{%tr for f in filas %}", "", "", ""),
        ("{{ f.folio }}", "{%tc for c in columnas %}", "{{ c }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", "", ""),
    ),
    "un para cada dentro de una celda": ((_LOREM, "fija"),),
    "abarcar columnas": (("{% colspan 2 %}{{ oficio.numero }}", "b"), ("c", "d")),
    "abarcar las columnas que diga un dato": (("{% colspan ancho %}uno",), ("dos",)),
    "abarcar lo que midan los datos": (
        ("{% colspan columnas|length %}{{ oficio.asunto }}", "", ""),
        ("{%tc for c in columnas %}", "{{ c }}", "{%tc endfor %}"),
    ),
    "pintar una celda": (("{% cellbg 'FFE699' %}{{ oficio.numero }}", "b"),),
    "pintar una celda con un dato": (("{% cellbg color %}uno", "{{ color }}"),),
    "pintar cada renglón": (
        ("{%tr for f in filas %}", ""), ("{% cellbg f.color %}{{ f.folio }}", "{{ f.monto }}"),
        ("{%tr endfor %}", ""),
    ),
    "abarcar y pintar": (("{% colspan 2 %}{% cellbg color %}uno", "b"),),
    "unir hacia abajo": (
        ("{%tr for f in filas %}", ""), ("{% vm %}Todos", "{{ f.folio }}"),
        ("{%tr endfor %}", ""),
    ),
    "unir hacia abajo con un dato": (
        ("{%tr for f in filas %}", ""), ("{% vm %}{{ oficio.asunto }}", "{{ f.folio }}"),
        ("{%tr endfor %}", ""),
    ),
    "unir hacia abajo en cada grupo": (
        ("{%tr for f in filas %}", ""), ("{%tr for p in f.partes %}", ""),
        ("{% vm %}{{ f.folio }}", "{{ p }}"), ("{%tr endfor %}", ""), ("{%tr endfor %}", ""),
        ("fin", ""),
    ),
    "unir hacia la derecha": (
        ("{%tc for c in columnas %}", "{% hm %}{{ oficio.asunto }}", "{%tc endfor %}"),
        ("{%tc for c in columnas %}", "{{ c }}", "{%tc endfor %}"),
    ),
}  # fmt: skip
