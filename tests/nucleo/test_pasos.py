"""Lo que un paso puede pedir, esperar y decidir solo."""

from datetime import date

import pytest

from expediente.nucleo.avance import siguientes
from expediente.nucleo.contexto import Contexto
from expediente.nucleo.errores import DatosInvalidos, NoPermitido
from expediente.nucleo.estado import POR_EMITIR, RESERVADO
from expediente.nucleo.repaso import repasar
from tests.nucleo.pequenos import abierto, de
from tests.nucleo.tramite import DIRECTORA, PERSONAL, Tramite, catalogos

PASOS = de("""\
campos:
  - {clave: dia, nombre: Día, tipo: fecha}
  - {clave: edad, nombre: Edad, tipo: entero, obligatorio: sí}
  - {clave: motivo, nombre: Motivo, obligatorio: sí}
  - {clave: tutores, nombre: Tutor, lista: '3', obligatorio: sí}
  - {clave: minimo, nombre: Mínimo, tipo: entero}
reglas:
  - {si_no: edad >= minimo, mensaje: No llega a la edad.}
requisitos:
  - {clave: acta, nombre: Acta}
  - {clave: poder, nombre: Poder, por_cada: tutores}
  - {clave: foto, nombre: Foto, obligatorio_si: edad < 18}
  - {clave: carta, nombre: Carta}
documentos:
  - {clave: aviso, nombre: Aviso, plantilla: aviso.docx, libro: DG, por_cada: tutores}
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: clasificar}
  - clave: clasificar
    responsable: auxiliar
    actividad: Clasifica.
    captura: [edad]
    resultados:
      - {clave: adulto, nombre: Adulto, si: edad >= 18, sigue: esperar}
      - {clave: menor, nombre: Menor, si: edad < 18, mensaje: es adulto., captura: [motivo], sigue: esperar}
  - {clave: esperar, responsable: auxiliar, actividad: Espera., espera_hasta: dia, sigue: cotejar}
  - clave: cotejar
    responsable: auxiliar
    actividad: Coteja.
    captura: [tutores]
    requisitos: [poder]
    prepara: aviso
    sigue: reunir
  - clave: reunir
    responsable: auxiliar
    actividad: Reúne.
    pide_requisitos: sí
    emite: aviso
    sigue: decidir
  - clave: decidir
    responsable: direccion
    actividad: Decide.
    autoriza: sí
    requisitos: [carta]
    resultados:
      - {clave: si, nombre: Sí, si: edad >= 18, final: concluido}
      - {clave: no, nombre: No, si: edad < 18, motivo: sí, final: negado}
""")  # noqa: E501  # el procedimiento se lee mejor en sus renglones


def por_esperar(**datos: str) -> Tramite:
    return abierto(PASOS, **datos).dar(datos={"edad": "30"})


def por_cotejar() -> Tramite:
    return por_esperar().dar()


def test_lo_que_dicen_los_datos_se_elige_solo() -> None:
    adulto = abierto(PASOS).dar(datos={"edad": "18"})
    menor = abierto(PASOS).dar(datos={"edad": "17", "motivo": "x"})

    assert adulto.estado.resultado["clasificar"] == "adulto"
    assert menor.estado.resultado["clasificar"] == "menor"


def test_lo_que_alguien_autoriza_no_se_elige_solo() -> None:
    caso = por_cotejar().dar(datos={"tutores.0": "Ana"}, requisitos=("poder.0",))
    caso.dar(requisitos=("acta",))

    with pytest.raises(NoPermitido, match="diga --resultado"):
        caso.dar(por=DIRECTORA, requisitos=("carta",))


def test_lo_que_no_se_cumple_no_se_elige() -> None:
    with pytest.raises(NoPermitido, match="No se puede elegir «menor»: es adulto"):
        abierto(PASOS).dar(resultado="menor", datos={"edad": "40", "motivo": "x"})


def test_un_dato_que_solo_pide_un_resultado_no_estorba_al_otro() -> None:
    caso = abierto(PASOS)

    (toca,) = siguientes(PASOS, caso.estado, catalogos(), PERSONAL)
    assert [f.clave for f in toca.falta_con["menor"]] == ["motivo"]
    with pytest.raises(NoPermitido, match="campo «motivo»"):
        caso.dar(datos={"edad": "9"})

    assert caso.dar(datos={"edad": "40"}).estado.pasos == ("esperar",)


def test_un_paso_que_espera_una_fecha_no_se_da_antes() -> None:
    caso = por_esperar(dia="2026-11-25")

    with pytest.raises(NoPermitido, match="espera al 25 de noviembre de 2026"):
        caso.dar("2026-11-24 10:00")
    (toca,) = siguientes(PASOS, caso.estado, catalogos(), contexto=Contexto(date(2026, 11, 24)))
    assert toca.espera_hasta == date(2026, 11, 25)

    assert caso.dar("2026-11-25 09:00").estado.pasos == ("cotejar",)


def test_sin_la_fecha_no_espera() -> None:
    assert por_esperar().dar().estado.pasos == ("cotejar",)


def test_se_exige_un_requisito_por_cada_uno() -> None:
    caso = por_cotejar()
    dos = {"tutores.0": "Ana", "tutores.1": "Luz"}

    with pytest.raises(NoPermitido, match=r"«poder.1»"):
        caso.dar(datos=dos, requisitos=("poder.0",))

    assert caso.dar(datos=dos, requisitos=("poder.0", "poder.1")).estado.pasos == ("reunir",)


def test_el_requisito_de_un_paso_no_se_pide_en_los_demas() -> None:
    caso = por_cotejar()
    assert ("requisito", "acta") not in caso.falta

    caso.dar(datos={"tutores.0": "Ana"}, requisitos=("poder.0",))

    assert caso.falta == [("requisito", "acta")]


def test_el_requisito_que_depende_de_un_dato_se_pide_solo_entonces() -> None:
    caso = abierto(PASOS).dar(datos={"edad": "9", "motivo": "x"}).dar()
    caso.dar(datos={"tutores.0": "Ana"}, requisitos=("poder.0",))

    assert caso.falta == [("requisito", "acta"), ("requisito", "foto")]


def test_sale_un_documento_por_cada_uno_con_su_numero() -> None:
    caso = por_cotejar()

    caso.dar(datos={"tutores.0": "Ana", "tutores.1": "Luz"}, requisitos=("poder.0", "poder.1"))

    avisos = caso.estado.documentos
    assert [(d.clave, d.estado) for d in avisos] == [("aviso.0", RESERVADO), ("aviso.1", RESERVADO)]
    assert len({d.numero for d in avisos}) == 2


def test_los_datos_deben_cumplir_juntos_sus_reglas() -> None:
    caso = abierto(PASOS, minimo="65")

    with pytest.raises(DatosInvalidos, match="No llega a la edad"):
        caso.dar(datos={"edad": "64"})

    assert caso.dar(datos={"edad": "65"}).estado.pasos == ("esperar",)


def test_mientras_no_se_escriban_las_cartas_el_caso_dice_cuales_debe() -> None:
    caso = por_cotejar().dar(datos={"tutores.0": "Ana"}, requisitos=("poder.0",))
    caso.dar(requisitos=("acta",))

    antes_de_cumplir = repasar(PASOS, caso.actuaciones[:-1])

    assert [d.estado for d in antes_de_cumplir.documentos] == [POR_EMITIR]
    assert antes_de_cumplir.tiene_efectos_pendientes
