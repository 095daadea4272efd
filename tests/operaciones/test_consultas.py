"""Las listas dicen de un caso lo mismo que él dice de sí."""

from expediente.nucleo.plazos import el_que_corre
from expediente.operaciones import consultas, listas
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.listas import Filtro
from tests.operaciones.tramites import FUGA, Abridor, dar


def test_un_reporte_reasignado_vuelve_a_verde_en_la_lista_y_en_su_pantalla(
    ventanilla: Abridor,
) -> None:
    lunes = ventanilla("2026-11-23 09:00")
    folio = abrir(lunes, Solicitud("reporte-servicio", FUGA)).folio
    dar(lunes, folio, resultado="procede")
    dar(lunes, folio, datos={"area": "agua_potable"})
    dar(lunes, folio, datos={"trabajo": "Se cambió la llave."})
    dar(lunes, folio)
    martes = ventanilla("2026-11-24 08:50")
    dar(martes, folio, resultado="inconforme", nota="Volvió a salir.")

    (renglon,) = listas.listar(martes, Filtro()).renglones
    corre = el_que_corre(consultas.ver(martes, folio).vencimientos)

    assert renglon.semaforo(martes.ahora) == "verde"
    assert corre is not None
    assert corre.semaforo(martes.ahora) == "verde"
