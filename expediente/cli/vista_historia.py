"""La historia de un expediente en la pantalla: sus actuaciones y lo que capturó cada una."""

from collections.abc import Iterator

from expediente.cli.pantalla import decir, tabla
from expediente.cli.vista_caso import RESERVADO, dato_en_pantalla, datos_con_su_campo
from expediente.nucleo.caso import TIPOS_DE_ACTUACION, Actuacion
from expediente.nucleo.procedimiento import Procedimiento
from expediente.operaciones.asunto import Asunto
from expediente.operaciones.ventanilla import Ventanilla


def ensenar_historia(v: Ventanilla, asunto: Asunto, completo: bool) -> None:
    """Las actuaciones en una tabla y, en otra, lo que se capturó en cada una.

    Sin `completo`, los datos se enseñan tan enmascarados como en el expediente.
    """
    tabla(
        ["N.º", "Pasó", "Qué", "Actuó", "Capturó", "Nota"],
        [
            [
                str(a.numero),
                f"{a.ocurrio:%d/%m/%Y %H:%M}",
                " ".join(filter(None, (TIPOS_DE_ACTUACION[a.tipo], a.paso, a.resultado))),
                a.por or "",
                a.capturo,
                _lo_anotado(a),
            ]
            for a in asunto.actuaciones
        ],
    )
    p = asunto.procedimiento
    capturado = [
        [str(a.numero), que, dicho]
        for a in asunto.actuaciones
        for que, dicho in _lo_capturado(v, p, a, completo)
    ]
    if capturado:
        decir()
        tabla(["N.º", "Capturado", "Valor"], capturado)


def _lo_anotado(a: Actuacion) -> str:
    """La nota de una actuación, o lo que produjo o recibió."""
    recibe = next((x["recibe"] for x in (a.detalle, *a.documentos) if "recibe" in x), "")
    tarde = a.detalle.get("extemporaneo")
    partes = [
        a.nota or ", ".join(d.get("numero", d["clave"]) for d in a.documentos),
        f"recibió {recibe}" if recibe else "",
        f"extemporáneo: {tarde}" if tarde else "",
    ]
    return "; ".join(filter(None, partes))


def _lo_capturado(
    v: Ventanilla, p: Procedimiento, a: Actuacion, completo: bool
) -> Iterator[tuple[str, str]]:
    """Lo que fijó, con lo que decía antes si cambió, y los requisitos que se entregaron."""
    for numero in p.numeros:
        if numero.clave in a.datos:
            yield numero.nombre, a.datos[numero.clave]
    for clave, dato, campo in datos_con_su_campo(p, a.datos):
        nuevo = dato_en_pantalla(v, campo, dato, completo) if dato else "(se borró)"
        if (anterior := a.anteriores.get(clave)) and nuevo != RESERVADO:
            nuevo = f"{dato_en_pantalla(v, campo, anterior, completo)} → {nuevo}"
        yield campo.nombre, nuevo
    requisitos = {r.clave: r.nombre for r in p.requisitos}
    for clave in a.requisitos:
        base, _, numero_de = clave.partition(".")
        nombre = requisitos.get(base, base)
        cual = f" {int(numero_de) + 1}" if numero_de.isdecimal() else ""
        yield f"{nombre}{cual}", "se entregó"
