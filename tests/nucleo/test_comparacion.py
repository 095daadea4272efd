"""Lo que cambió entre dos versiones, como se escribe en el control de cambios."""

from dataclasses import replace
from pathlib import Path

from expediente.almacen.reglas import procedimiento_de_fichero
from expediente.nucleo.comparacion import diferencias
from expediente.nucleo.procedimiento import Procedimiento, Requisito
from tests.nucleo.test_diagrama import con_todo

FABRICA = Path(__file__).parents[2] / "datos" / "procedimientos"


def con_paso(p: Procedimiento, clave: str, **cambios: object) -> Procedimiento:
    """El procedimiento con ese paso cambiado."""
    pasos = tuple(replace(x, **cambios) if x.clave == clave else x for x in p.pasos)
    return replace(p, pasos=pasos)


def frases(antes: Procedimiento, despues: Procedimiento) -> list[str]:
    return [diferencia.frase for diferencia in diferencias(antes, despues)]


def test_el_mismo_procedimiento_no_difiere_aunque_diga_otra_version() -> None:
    for ruta in FABRICA.glob("*.yaml"):
        p, _ = procedimiento_de_fichero(ruta)

        assert diferencias(p, replace(p, version="99", cambios=())) == ()


def test_nombra_el_paso_y_lo_que_cambio_en_el() -> None:
    p = con_todo()

    dicho = frases(p, con_paso(p, "uno", responsable="c", actividad="Recibe y sella."))

    assert dicho == [
        "Paso «uno», responsable: de «a» a «c».",
        "Paso «uno», actividad: de «Recibe.» a «Recibe y sella.».",
    ]


def test_nombra_lo_anadido_y_lo_quitado() -> None:
    p = con_todo()
    otro = replace(p, campos=(), requisitos=(Requisito("ine", "Identificación"),))

    assert frases(p, otro) == [
        "Campo «cita»: quitado.",
        "Requisito «ine»: añadido.",
    ]


def test_nombra_el_resultado_del_paso_que_cambio() -> None:
    p = con_todo()
    cinco = p.por_clave["cinco"]
    salidas = (replace(cinco.salidas[0], emite=()), *cinco.salidas[2:])

    assert frases(p, con_paso(p, "cinco", salidas=salidas)) == [
        "Resultado «cinco/vuelve»: quitado.",
        "Resultado «cinco/procede», emite: de «acta» a «(nada)».",
    ]


def test_nombra_el_dato_del_plazo_y_del_encabezado() -> None:
    p = con_todo()
    plazo = p.por_clave["tres"].plazo
    assert plazo is not None
    otro = replace(
        con_paso(p, "tres", plazo=replace(plazo, cantidad=5)),
        manual=replace(p.manual, revision="03"),
    )

    assert frases(p, otro) == [
        "Procedimiento «con-todo», manual, revision: de «(nada)» a «03».",
        "Paso «tres», plazo, cantidad: de «3» a «5».",
    ]


def test_nombra_la_condicion_como_esta_escrita() -> None:
    p = con_todo()

    dicho = frases(p, con_paso(p, "cinco", espera_hasta=None))

    assert dicho == ["Paso «cinco», espera hasta: de «cita» a «(nada)»."]


def test_dice_que_cambio_el_orden_de_los_pasos() -> None:
    p = con_todo()
    uno, dos, *resto = p.pasos

    (unica,) = frases(p, replace(p, pasos=(dos, uno, *resto)))

    assert unica.startswith("Paso «todo», orden: de «uno, dos, ")
