"""Los eventos en una oficina de verdad: lo que piden, lo que asientan y en qué casos."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from expediente.almacen import carpetas
from expediente.nucleo.avance import Peticion
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste, NoPermitido
from expediente.nucleo.repaso import repasar
from expediente.operaciones.abrir import Solicitud, abrir, completar
from expediente.operaciones.asunto import tomar
from expediente.operaciones.avanzar import anotar, avanzar
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import REQUISITOS, autorizada, canalizado, dar, solicitud

Abridor = Callable[..., Ventanilla]
PORQUE = Dicho(nota="Así convino.")


def relaciones(v: Ventanilla, folio: str) -> tuple[tuple[str, str], ...]:
    return tomar(v, folio).estado.relaciones


def test_solo_caduca_lo_que_ya_vencio(ventanilla: Abridor) -> None:
    folio = canalizado(ventanilla("2026-11-20 10:00"))

    with pytest.raises(NoPermitido, match="No ha vencido ningún plazo"):
        asentar_evento(ventanilla("2026-11-20 11:00"), folio, "caducar", PORQUE)

    hecho = asentar_evento(ventanilla("2027-02-20 11:00"), folio, "caducar", PORQUE)
    assert hecho.situacion == "caducado"


def test_la_prevencion_se_desecha_solo_pasado_su_plazo(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = solicitud(v)
    asentar_evento(v, folio, "prevenir", PORQUE)
    vence = tomar(v, folio).estado.eventos["prevencion"]["vence"]

    with pytest.raises(NoPermitido, match="antes no caduca"):
        asentar_evento(ventanilla(f"{vence} 14:00"), folio, "caducar", PORQUE)

    hecho = asentar_evento(ventanilla("2026-12-15 10:00"), folio, "caducar", PORQUE)
    assert hecho.situacion == "desechado"


def test_prevenir_dice_que_requisitos_faltan(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = solicitud(v)
    dar(v, folio)
    asentar_evento(v, folio, "prevenir", Dicho())

    faltan = tomar(v, folio).estado.eventos["prevencion"]["requisitos"]

    assert faltan.split() == list(REQUISITOS)


def test_de_lo_que_ya_trajo_no_se_le_previene(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = solicitud(v)
    dar(v, folio)
    asentar_evento(v, folio, "prevenir", Dicho(requisitos=REQUISITOS[:2]))

    estado = tomar(v, folio).estado

    assert estado.eventos["prevencion"]["requisitos"].split() == list(REQUISITOS[2:])
    assert set(estado.requisitos) == set(REQUISITOS[:2])


def test_los_requisitos_se_apuntan_conforme_llegan(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = solicitud(v)
    dar(v, folio)
    for clave in REQUISITOS:
        anotar(v, folio, "Lo trajo.", (clave,))

    assert dar(v, folio).pasos == ("elaborar",)
    with pytest.raises(NoExiste, match="no pide el requisito"):
        anotar(v, folio, "Trajo otra cosa.", ("acta_de_nacimiento",))


def test_acumular_consta_en_los_dos_casos(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    uno, rector = solicitud(v), solicitud(v)

    asentar_evento(v, uno, "acumular", Dicho(a=rector))

    assert relaciones(v, uno) == ((rector, "acumulado_a"),)
    assert relaciones(v, rector) == ((uno, "acumula"),)


def test_no_se_acumula_a_si_mismo_ni_a_otro_ya_acumulado(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    uno, dos, tres = solicitud(v), solicitud(v), solicitud(v)
    asentar_evento(v, uno, "acumular", Dicho(a=dos))

    with pytest.raises(DatosInvalidos, match="a sí mismo"):
        asentar_evento(v, tres, "acumular", Dicho(a=tres))
    with pytest.raises(NoPermitido, match="ya está acumulado"):
        asentar_evento(v, tres, "acumular", Dicho(a=uno))
    with pytest.raises(NoPermitido, match="no se acumulan"):
        asentar_evento(v, tres, "acumular", Dicho(a=canalizado(v)))


def test_un_evento_sin_motivo_no_se_asienta(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = solicitud(v)

    with pytest.raises(ErrorUso, match="--motivo"):
        asentar_evento(v, folio, "suspender", Dicho(nota="  "))

    assert tomar(v, folio).estado.suspendido is None


def test_corregir_deja_el_valor_que_habia_y_no_acepta_lo_mismo(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = solicitud(v)
    dicho = Dicho(nota="Error de captura.", datos={"motivo": "tratamiento"})

    asentar_evento(v, folio, "corregir", dicho)

    ultima = tomar(v, folio).actuaciones[-1]
    assert (ultima.tipo, ultima.anteriores) == ("correccion", {"motivo": "consulta"})
    with pytest.raises(NoPermitido, match="ya está así"):
        asentar_evento(v, folio, "corregir", dicho)


def test_nada_ocurre_antes_del_ultimo_paso(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = solicitud(v)

    with pytest.raises(DatosInvalidos, match="anterior al paso previo"):
        asentar_evento(v, folio, "suspender", Dicho(nota="x", ocurrio="2026-11-19 10:00"))


def test_el_caso_que_un_paso_abre_consta_en_los_dos(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = llamada_con_reporte(v)

    ((otro, como),) = relaciones(v, folio)

    assert como == "abrio" and otro.startswith("PE-")
    assert relaciones(v, otro) == ((folio, "abierto_por"),)
    assert tomar(v, otro).estado.datos["descripcion"] == "No hay luz."


def test_lo_que_un_paso_abre_se_abre_una_sola_vez(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = llamada_con_reporte(v)
    asunto = tomar(v, folio)
    sin_la_relacion = repasar(asunto.procedimiento, asunto.actuaciones[:-1])
    assert sin_la_relacion.por_abrir

    completar(v, replace(asunto, estado=sin_la_relacion))

    assert relaciones(v, folio) == asunto.estado.relaciones
    assert [str(f) for f in carpetas.folios(v.raiz)] == [folio, asunto.estado.relaciones[0][0]]


def test_lo_que_ya_abrio_otro_caso_no_se_deshace(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = llamada_con_reporte(v)

    with pytest.raises(NoPermitido, match="se abrió PE-"):
        asentar_evento(v, folio, "deshacer", PORQUE)


def test_lo_deshecho_y_vuelto_a_autorizar_se_entrega_como_siempre(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = autorizada(v)
    asentar_evento(v, folio, "deshacer", PORQUE)

    dar(v, folio, resultado="autoriza", por="directora")

    assert dar(v, folio, recibe="Ana María Nuñez").pasos == ("orientar",)


def llamada_con_reporte(v: Ventanilla) -> str:
    """Una llamada que resultó un reporte: su último paso abrió la petición."""
    folio = abrir(v, Solicitud("llamada-centro")).folio
    tema = next(iter(v.catalogos["temas"]))
    datos = {"tema": tema, "descripcion": "No hay luz.", "asunto": "Alumbrado"}
    avanzar(v, folio, Peticion(resultado="reporta", datos=datos))
    return folio
