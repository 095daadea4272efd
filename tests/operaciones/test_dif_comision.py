"""La comisión: un expediente por evento, un oficio por persona, y su constancia al volver."""

import pytest

from expediente.nucleo.errores import DatosInvalidos, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import Abridor, dar
from tests.operaciones.tramites_dif import pasos, situacion, texto_del

CURSO = {
    "evento": "Curso de primeros auxilios",
    "objeto": "capacitacion",
    "sede": "Cruz Roja",
    "lugar_comision": "Gómez Palacio, Dgo.",
    "salida_fecha": "2026-11-26",
    "salida_hora": "07:30",
    "regreso_fecha": "2026-11-27",
    "comisionados.0.nombres": "Araceli",
    "comisionados.0.primer_apellido": "Ibarra",
    "comisionados.0.cargo": "Jefa de Trabajo Social",
    "comisionados.1.nombres": "Hugo",
    "comisionados.1.primer_apellido": "Peñaloza",
    "comisionados.1.cargo": "Psicólogo",
}
TRASLADO = {"responsable_traslado": "Joaquín Zúñiga Borrego", "vehiculo": "suburban"}
CONSTANCIAS = ("constancia.0", "constancia.1")


def por_elaborar(v: Ventanilla, **datos: str) -> str:
    """Una comisión autorizada y con traslado."""
    folio = abrir(v, Solicitud("comision", {**CURSO, **datos}, canal="correo")).folio
    dar(v, folio)
    dar(v, folio, resultado="autoriza", por="directora")
    dar(v, folio, datos=TRASLADO)
    return folio


def por_comprobar(v: Ventanilla, **datos: str) -> str:
    """Una comisión con sus oficios entregados."""
    folio = por_elaborar(v, **datos)
    dar(v, folio)
    dar(v, folio)
    dar(v, folio, recibe="Araceli Ibarra")
    return folio


def test_cada_comisionado_recibe_su_oficio_y_quien_hace_el_traslado_el_suyo(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = por_elaborar(v)

    dar(v, folio)

    numeros = {d.clave: d.numero for d in tomar(v, folio).estado.documentos}
    assert set(numeros) == {"oficio-traslado", "oficio.0", "oficio.1"}
    assert len(set(numeros.values())) == 3
    assert "C. HUGO PEÑALOZA" in texto_del(v, folio, "oficio.1")
    assert "Psicólogo" in texto_del(v, folio, "oficio.1")
    assert "Psicólogo" not in texto_del(v, folio, "oficio.0")
    traslado = texto_del(v, folio, "oficio-traslado")
    assert "Joaquín Zúñiga Borrego" in traslado
    assert "Araceli Ibarra" in traslado and "Hugo Peñaloza" in traslado
    assert "FXX-101-A" in traslado


def test_sin_quien_haga_el_traslado_no_se_elaboran_oficios(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("comision", CURSO)).folio
    dar(v, folio)
    dar(v, folio, resultado="autoriza", por="directora")

    with pytest.raises(NoPermitido, match="responsable_traslado"):
        dar(v, folio)


def test_se_cierra_cuando_todos_entregan_su_constancia_y_no_antes_del_regreso(
    ventanilla: Abridor,
) -> None:
    folio = por_comprobar(ventanilla())

    with pytest.raises(NoPermitido, match="antes no puede darse"):
        dar(ventanilla("2026-11-26 10:00"), folio, requisitos=CONSTANCIAS)
    v = ventanilla("2026-11-30 10:00")
    with pytest.raises(NoPermitido, match=r"constancia\.1"):
        dar(v, folio, requisitos=("constancia.0",))
    dar(v, folio, requisitos=CONSTANCIAS)
    dar(v, folio)

    assert situacion(v, folio) == "concluido"


def test_con_viaticos_el_oficio_dice_cuanto_y_se_comprueban(ventanilla: Abridor) -> None:
    viaticos = {
        "lleva_viaticos": "sí",
        "viaticos_dia": "350.50",
        "viaticos_dias": "2",
        "partida": "3751",
    }
    folio = por_comprobar(ventanilla(), **viaticos)
    v = ventanilla("2026-11-30 10:00")

    with pytest.raises(NoPermitido, match="comprobantes"):
        dar(v, folio, requisitos=CONSTANCIAS)

    assert "$701.00" in texto_del(v, folio, "oficio.0")


def test_el_viaje_que_ya_paso_no_se_autoriza(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-27 09:00")
    folio = abrir(v, Solicitud("comision", CURSO)).folio
    dar(v, folio)

    with pytest.raises(NoPermitido, match="ya pasó"):
        dar(v, folio, resultado="autoriza", por="directora")
    dar(v, folio, resultado="niega", por="directora", nota="Ya pasó")

    assert situacion(v, folio) == "negado"


def test_no_se_regresa_antes_de_salir(ventanilla: Abridor) -> None:
    with pytest.raises(DatosInvalidos, match="regreso es anterior"):
        abrir(ventanilla(), Solicitud("comision", {**CURSO, "regreso_fecha": "2026-11-25"}))


def test_avisa_si_el_vehiculo_ya_sale_ese_dia(ventanilla: Abridor) -> None:
    v = ventanilla()
    por_elaborar(v)
    otra = abrir(v, Solicitud("comision", CURSO)).folio
    dar(v, otra)
    dar(v, otra, resultado="autoriza", por="directora")

    hecho = dar(v, otra, datos=TRASLADO)

    assert hecho.aviso is not None and "CM-2026-0001" in hecho.aviso
    assert pasos(v, otra) == ("elaborar",)
