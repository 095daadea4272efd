"""Lo que se repite, lo que se quita y lo que vuelve a contarse desde cero."""

import pytest

from expediente.nucleo.errores import NoPermitido
from expediente.nucleo.hechos import hechos_de
from tests.nucleo.pequenos import abierto, de
from tests.nucleo.tramite import catalogos

PERMISO = de("""\
situaciones: {vigente: Permiso vigente, revocado: Revocado}
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Da el permiso., sigue: [refrendar, vigilar]}
  - clave: refrendar
    responsable: auxiliar
    actividad: Refrenda cada mes.
    repite: {cantidad: '1', unidad: meses}
    situacion: vigente
    resultados:
      - {clave: refrenda, nombre: Refrenda, sigue: refrendar}
      - {clave: deja, nombre: Lo deja, quita: [vigilar], sigue: archivar}
  - clave: vigilar
    responsable: direccion
    actividad: Anota quejas.
    resultados:
      - clave: queja
        nombre: Hay queja
        motivo: sí
        sigue: vigilar
        maximo: '1'
        al_exceder: revocar
  - {clave: revocar, responsable: direccion, actividad: Revoca., quita: [refrendar], sigue: cerrar}
  - {clave: cerrar, responsable: auxiliar, actividad: Cierra., final: revocado}
  - {clave: archivar, responsable: auxiliar, actividad: Archiva., final: concluido}
""")


def test_lo_mensual_se_da_una_vez_por_mes() -> None:
    caso = abierto(PERMISO)
    caso.dar(el="2026-11-20 13:00", paso="refrendar", resultado="refrenda")

    with pytest.raises(NoPermitido, match="el siguiente empieza el 20 de diciembre de 2026"):
        caso.dar(el="2026-12-19 12:00", paso="refrendar", resultado="refrenda")

    caso.dar(el="2026-12-20 12:00", paso="refrendar", resultado="refrenda")
    assert caso.estado.llegadas["refrendar"].vueltas == 2
    assert caso.estado.situacion == "vigente"


def test_se_sabe_de_que_mes_es_lo_que_se_firmo() -> None:
    caso = abierto(PERMISO)
    caso.dar(el="2026-11-20 13:00", paso="refrendar", resultado="refrenda")
    caso.dar(el="2027-01-15 13:00", paso="refrendar", resultado="refrenda")

    dicho = hechos_de(PERMISO, caso.estado, catalogos())["periodo.refrendar"]

    assert dicho == "del 20 de diciembre de 2026 al 20 de enero de 2027"


def test_lo_mensual_puede_dejarse_cualquier_dia() -> None:
    caso = abierto(PERMISO)
    caso.dar(el="2026-11-20 13:00", paso="refrendar", resultado="refrenda")

    caso.dar(el="2026-11-21 12:00", paso="refrendar", resultado="deja")

    assert caso.estado.pasos == ("archivar",)


def test_a_la_segunda_queja_se_revoca_y_ya_no_hay_que_refrendar() -> None:
    caso = abierto(PERMISO)
    for dia in ("2026-11-21 12:00", "2026-11-22 12:00"):
        caso.dar(el=dia, paso="vigilar", resultado="queja", nota="Tira basura.")

    assert caso.estado.pasos == ("refrendar", "revocar")
    assert caso.dar(el="2026-11-23 12:00", paso="revocar").estado.pasos == ("cerrar",)


def test_la_nota_de_un_paso_la_consultan_las_expresiones() -> None:
    caso = abierto(PERMISO)
    caso.dar(el="2026-11-21 12:00", paso="vigilar", resultado="queja", nota="Tira basura.")

    assert hechos_de(PERMISO, caso.estado, catalogos())["nota.vigilar"] == "Tira basura."


ADOPCION = de("""\
pasos:
  - clave: recibir
    responsable: auxiliar
    actividad: Recibe.
    sigue: adoptar
  - {clave: adoptar, responsable: auxiliar, actividad: Da en adopción., sigue: visitar}
  - clave: visitar
    responsable: auxiliar
    actividad: Visita.
    resultados:
      - {clave: bien, nombre: Bien, sigue: visitar, maximo: '1', al_exceder: cerrar}
      - clave: mal
        nombre: Mal
        reinicia: [visitar]
        sigue: adoptar
        sin_limite: Mientras haya quien adopte.
  - {clave: cerrar, responsable: auxiliar, actividad: Cierra., final: concluido}
""")


def test_al_reiniciarse_las_visitas_se_cuentan_de_nuevo() -> None:
    caso = abierto(ADOPCION).dar()
    caso.dar(resultado="bien").dar(resultado="mal").dar()

    assert caso.dar(resultado="bien").estado.pasos == ("visitar",)
    assert caso.dar(resultado="bien").estado.pasos == ("cerrar",)


UN_SOLO_CAMINO = de("""\
campos:
  - {clave: metros, nombre: Metros, tipo: decimal, obligatorio: sí}
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: medir}
  - clave: medir
    responsable: auxiliar
    actividad: Mide.
    captura: [metros]
    resultados:
      - clave: cabe
        nombre: Cabe
        si: metros <= 3
        mensaje: no caben más de tres metros.
        final: concluido
""")


def test_si_lo_unico_que_puede_pasar_no_puede_todavia_se_dice_por_que() -> None:
    caso = abierto(UN_SOLO_CAMINO)

    with pytest.raises(NoPermitido, match="«medir» todavía no puede darse: no caben más de tres"):
        caso.dar(datos={"metros": "4.5"})

    assert caso.dar(datos={"metros": "2.5"}).estado.situacion == "concluido"
