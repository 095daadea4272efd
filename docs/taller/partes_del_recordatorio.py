"""Lo que todo recordatorio cita del oficio que nadie contestó."""

EL_ACUSE = (
    "{% if recordatorio.acuse %} Según su acuse, se entregó el {{ recordatorio.acuse.fecha }}"
    ", a las {{ recordatorio.acuse.hora }} horas"
    "{% if recordatorio.recibio %}, y lo recibió {{ recordatorio.recibio }}{% endif %}."
    "{% endif %}"
)
LA_ESPERA = (
    "{% if recordatorio.anteriores %} Se le recordó ya por "
    "{% for numero in recordatorio.anteriores %}"
    "{% if not loop.first %}{% if loop.last %} y {% else %}, {% endif %}{% endif %}{{ numero }}"
    "{% endfor %}.{% endif %}"
    "{% if recordatorio.espera %} Han transcurrido {{ recordatorio.espera }}"
    "{% else %} El plazo que se le pidió venció{% endif %} sin que conste su respuesta."
)
