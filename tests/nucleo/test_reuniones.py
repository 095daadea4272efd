"""Las ramas que corren a la vez y el paso que las reúne."""

from tests.nucleo.pequenos import abierto, de
from tests.nucleo.tramite import Tramite

RAMAS = de("""\
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: [inspeccionar, cotizar]}
  - {clave: inspeccionar, responsable: auxiliar, actividad: Inspecciona., sigue: acordar}
  - clave: cotizar
    responsable: direccion
    actividad: Cotiza.
    resultados:
      - {clave: completa, nombre: Completa, sigue: sellar}
      - {clave: otra, nombre: Otra, sigue: cotizar, sin_limite: Hasta que convenga.}
  - {clave: sellar, responsable: auxiliar, actividad: Sella., sigue: acordar}
  - {clave: acordar, responsable: direccion, actividad: Acuerda., reune: sí, sigue: cerrar}
  - {clave: cerrar, responsable: auxiliar, actividad: Cierra., final: concluido}
""")


def con_una_rama() -> Tramite:
    return abierto(RAMAS).dar(paso="inspeccionar")


def test_las_ramas_tocan_a_la_vez() -> None:
    assert abierto(RAMAS).estado.pasos == ("inspeccionar", "cotizar")


def test_la_reunion_espera_a_la_rama_que_falta() -> None:
    caso = con_una_rama()

    assert (caso.estado.pasos, caso.estado.en_reunion) == (("cotizar",), ("acordar",))

    caso.dar(resultado="completa")

    assert (caso.estado.pasos, caso.estado.en_reunion) == (("sellar",), ("acordar",))


def test_la_reunion_toca_una_sola_vez_cuando_llega_la_ultima_rama() -> None:
    caso = con_una_rama().dar(resultado="completa").dar(el="2026-11-20 13:00")

    assert (caso.estado.pasos, caso.estado.en_reunion) == (("acordar",), ())
    assert caso.estado.llegadas["acordar"].momento == caso.estado.ocurrio["sellar"]
    assert caso.dar(el="2026-11-20 13:00").estado.pasos == ("cerrar",)


def test_la_rama_que_da_otra_vuelta_no_deja_pasar_a_la_reunion() -> None:
    caso = con_una_rama().dar(resultado="otra")

    assert (caso.estado.pasos, caso.estado.en_reunion) == (("cotizar",), ("acordar",))


def test_no_importa_que_rama_llegue_antes() -> None:
    caso = abierto(RAMAS).dar(paso="cotizar", resultado="completa").dar(paso="sellar")

    assert caso.estado.pasos == ("inspeccionar",)
    assert caso.dar().estado.pasos == ("acordar",)
