"""Lo que un caso aparta, presta, gasta y devuelve, y lo que impide."""

from datetime import date
from decimal import Decimal

import pytest

from expediente.nucleo.contexto import Contexto
from expediente.nucleo.errores import NoPermitido
from tests.nucleo.pequenos import abierto, de, deshacer, evento
from tests.nucleo.tramite import Tramite

PRESTAMO = de("""\
campos:
  - {clave: ayuda, nombre: Ayuda, obligatorio: sí}
  - {clave: piezas, nombre: Piezas, tipo: entero, obligatorio: sí}
recursos:
  - {clave: ayudas, nombre: Ayudas, existencia: almacen, renglon: ayuda, cantidad: piezas}
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: apartar}
  - clave: apartar
    responsable: auxiliar
    actividad: Aparta.
    captura: [ayuda, piezas]
    resultados:
      - {clave: hay, nombre: Hay, aparta: ayudas, sigue: entregar}
      - {clave: no_hay, nombre: No hay, final: concluido}
  - clave: entregar
    responsable: auxiliar
    actividad: Entrega.
    resultados:
      - {clave: presta, nombre: Presta, presta: ayudas, sigue: recoger}
      - {clave: da, nombre: Da, gasta: ayudas, final: concluido}
      - {clave: desiste, nombre: Desiste, final: desistido}
  - clave: recoger
    responsable: auxiliar
    actividad: Recoge.
    resultados:
      - {clave: vuelve, nombre: Vuelve, devuelve: ayudas, final: concluido}
      - {clave: se_perdio, nombre: Se perdió, gasta: ayudas, final: concluido}
      - {clave: olvida, nombre: Se olvida, final: concluido}
""")
BASTON = {"ayuda": "baston", "piezas": "2"}


def quedan(piezas: int) -> Contexto:
    return Contexto(date(2026, 11, 20), disponible=lambda existencia, renglon: Decimal(piezas))


def apartado(piezas: int = 9) -> Tramite:
    return abierto(PRESTAMO).dar(resultado="hay", datos=BASTON, contexto=quedan(piezas))


def prestado() -> Tramite:
    return apartado().dar(resultado="presta")


def como_esta(caso: Tramite) -> list[tuple[str, str, str]]:
    return [(t.renglon, t.cantidad, t.estado) for t in caso.estado.tomas]


def test_se_aparta_lo_que_alcanza_justo() -> None:
    assert como_esta(apartado(2)) == [("baston", "2", "apartado")]


def test_lo_que_no_alcanza_no_se_aparta() -> None:
    with pytest.raises(NoPermitido, match=r"quedan 1 de «baston» y se piden 2"):
        apartado(1)


def test_lo_apartado_se_presta_sin_volver_a_tomarlo() -> None:
    caso = apartado(2).dar(resultado="presta", contexto=quedan(0))

    assert como_esta(caso) == [("baston", "2", "prestado")]


def test_lo_apartado_se_libera_si_el_caso_termina_sin_darlo() -> None:
    assert como_esta(apartado().dar(resultado="desiste")) == [("baston", "2", "devuelto")]
    assert como_esta(evento(apartado(), "cancelar")) == [("baston", "2", "devuelto")]


def test_lo_dado_no_vuelve_al_terminar() -> None:
    assert como_esta(apartado().dar(resultado="da")) == [("baston", "2", "gastado")]


def test_lo_prestado_no_deja_terminar() -> None:
    with pytest.raises(NoPermitido, match="Sigue prestado: Ayudas"):
        prestado().dar(resultado="olvida")
    with pytest.raises(NoPermitido, match="Sigue prestado: Ayudas"):
        evento(prestado(), "cancelar")


@pytest.mark.parametrize(("resultado", "queda"), [("vuelve", "devuelto"), ("se_perdio", "gastado")])
def test_lo_que_vuelve_o_se_da_por_perdido_deja_terminar(resultado: str, queda: str) -> None:
    caso = prestado().dar(resultado=resultado)

    assert caso.estado.situacion == "concluido"
    assert como_esta(caso) == [("baston", "2", queda)]


def test_deshacer_deja_lo_tomado_como_estaba() -> None:
    assert como_esta(deshacer(prestado())) == [("baston", "2", "apartado")]
    assert como_esta(deshacer(apartado())) == []
