"""Las tres cartas y los dos informes, palabra por palabra, contra `tests/esperado/`.

Un texto de oro sólo cambia a mano, y el cambio dice por qué. Lleva el encabezado y el
pie: cada parte del documento empieza con su nombre entre corchetes.
"""

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones.informes import hacer_informe
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    canalizado,
    carta,
    concluida,
    dar,
    improcedente,
    por_autorizar,
    texto_de_word,
)

ESPERADO = Path(__file__).resolve().parent.parent / "esperado"
VIERNES = "2026-11-20 10:00"
SEMANA_47 = PeriodoEscrito(semana="2026-W47")


def comparar(nombre: str, dice: str) -> None:
    """Falla enseñando los renglones distintos si el texto no es el de oro."""
    esperado = (ESPERADO / f"{nombre}.txt").read_text(encoding="utf-8")
    diferencia = "\n".join(
        difflib.unified_diff(esperado.splitlines(), dice.splitlines(), "esperado", "salió", n=1)
    )

    assert not diferencia, f"\n{diferencia}"


def con_acompanante(ventanilla: Abridor) -> bytes:
    """El oficio de un viaje redondo con acompañante, ya firmado."""
    v = ventanilla(VIERNES)
    acompanante = {"acompanantes__0__nombres": "Luz", "acompanantes__0__primer_apellido": "Gil"}
    return carta(v, autorizada(v, **acompanante))


def por_ausencia(ventanilla: Abridor) -> bytes:
    """El oficio de un viaje de ida, firmado en vacaciones por el suplente."""
    fechas = {"fecha_viaje": "2026-12-29", "fecha_regreso": "", "tipo_viaje": "ida"}
    v = ventanilla("2026-12-28 10:00")
    return carta(v, autorizada(v, **fechas))


def borrador(ventanilla: Abridor) -> bytes:
    """El oficio reservado que espera la firma."""
    v = ventanilla(VIERNES)
    return carta(v, por_autorizar(v))


def acuse(ventanilla: Abridor) -> bytes:
    """El acuse de una fuga en la toma, del programa de 24 horas."""
    v = ventanilla(VIERNES)
    return carta(v, canalizado(v), "acuse")


def aviso(ventanilla: Abridor) -> bytes:
    """El aviso a quien no tiene regularizada su cuenta."""
    v = ventanilla(VIERNES)
    return carta(v, improcedente(v), "aviso-improcedencia")


def informe_de_oficios(ventanilla: Abridor) -> bytes:
    """El reporte semanal con uno autorizado, uno entregado y uno negado."""
    v = ventanilla(VIERNES)
    autorizada(v, destino="saltillo", institucion_salud="hae_noreste", tipo_viaje="ida")
    concluida(v)
    dar(v, por_autorizar(v), resultado="niega", por="directora", nota="Ya lo tiene.")
    hecho = hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca", SEMANA_47)
    return hecho.ficheros[0].read_bytes()


def informe_de_reportes(ventanilla: Abridor) -> bytes:
    """El informe semanal con uno en atención, uno inconforme y uno improcedente."""
    v = ventanilla(VIERNES)
    canalizado(v)
    improcedente(v)
    otro = canalizado(v, tipo_servicio="desazolve_desborde")
    dar(v, otro, datos={"trabajo": "Se desazolvó."})
    dar(v, otro)
    dar(v, otro, resultado="inconforme", nota="Volvió a salir.")
    hecho = hacer_informe(ventanilla("2026-11-20 14:00"), "estatus-reportes", SEMANA_47)
    return hecho.ficheros[0].read_bytes()


@pytest.mark.parametrize(
    "escribir",
    [
        con_acompanante,
        por_ausencia,
        borrador,
        acuse,
        aviso,
        informe_de_oficios,
        informe_de_reportes,
    ],
    ids=lambda escribir: escribir.__name__,
)
def test_el_documento_dice_lo_que_el_texto_de_oro(
    escribir: Callable[[Abridor], bytes], ventanilla: Abridor
) -> None:
    dice = texto_de_word(escribir(ventanilla))

    comparar(escribir.__name__, dice)


def test_cada_texto_de_oro_tiene_quien_lo_compare() -> None:
    hay = {fichero.stem for fichero in ESPERADO.glob("*.txt")}

    assert hay == {
        "con_acompanante", "por_ausencia", "borrador", "acuse", "aviso",
        "informe_de_oficios", "informe_de_reportes",
    }  # fmt: skip


def test_la_carta_del_autobus_no_dice_de_que_se_atiende_nadie(
    ventanilla: Abridor, oficina: Path
) -> None:
    """La línea de autobuses sólo necesita saber quién viaja, a dónde y cuándo."""
    procedimiento = oficina / "procedimientos" / "estrella-blanca.yaml"
    con_diagnostico = procedimiento.read_text("utf-8").replace(
        "reglas:\n",
        "  - {clave: diagnostico, nombre: Diagnóstico, tipo: parrafo, sensible: sí}\n\nreglas:\n",
        1,
    )
    procedimiento.write_text(con_diagnostico, "utf-8")
    v = ventanilla(VIERNES)

    folio = autorizada(v, diagnostico="insuficiencia renal crónica; oncología")

    dice = texto_de_word(carta(v, folio)).lower()
    for palabra in ("renal", "oncolog", "diagnóstico", "padecimiento", "enfermedad"):
        assert palabra not in dice
