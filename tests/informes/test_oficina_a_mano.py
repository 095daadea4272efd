"""Una oficina de catorce asuntos, contada con papel y lápiz.

Las dos semanas son la 46 (lunes 9 a domingo 15 de noviembre de 2026) y la 47 (16 a 22); el
lunes 16 es inhábil. Cada número de las pruebas se contó a mano de esta lista:

  Reportes de agua (de fuga: veinticuatro horas desde que se les da número)
  R1  entra lu 9 · baja mi 11 · conforme ju 12 · se cierra vi 13
  R2  entra ma 10 · baja ju 12 · conforme y se cierra ma 17
  R3  entra mi 11 y ese día no procede
  R4  entra vi 13 por la tarde, pero se captura hasta el lu 16; ahí sigue, sin registrar
  R5  entra ju 12 · baja vi 13 · inconforme mi 18 · otra baja ju 19 · conforme y se cierra vi 20
  R6  entra do 15 a las 23:59 · se cancela lu 16 · se reabre mi 18; ahí sigue, sin registrar
  R7  entra lu 16 a las 00:00 y se canaliza; nadie va: vence el ma 17
  R8  entra ma 10 · baja, conforme y se cierra mi 11 por error · se deshace el cierre ju 12
  Solicitudes de descuento
  E1  entra lu 9 · se autoriza ma 10 · se entrega mi 11 · se archiva ju 12
  E2  entra ju 12 · se autoriza lu 16 · se anula el oficio vi 20 a las 15:00
  E3  entra mi 18 · se autoriza ju 19
  Llamadas
  L1  entra ma 10 y se informa (12 minutos)
  L2  entra ma 17 y se corta
  L3  entra vi 13 · se transfiere ma 17 (5 minutos)
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from expediente.nucleo.cifras import Cifras
from expediente.nucleo.deshacer import lo_ultimo, papeles_al_deshacer
from expediente.nucleo.informe import INFORME, Informe
from expediente.nucleo.periodo import leer_periodo
from expediente.nucleo.repaso import repasar
from expediente.operaciones.informes import contar
from expediente.operaciones.ventanilla import sentarse
from tests.conftest import copiar, olvidar_lo_leido
from tests.informes.al_azar import Historia, escribir
from tests.informes.lectura import leer_yaml
from tests.nucleo.tramite import (
    DIRECTORA,
    Tramite,
    abierto,
    canalizado,
    nueva,
    por_autorizar,
    reporte,
)

FIN = "2026-11-30 12:00"
REPORTES = """
clave: reportes
nombre: Reportes
procedimientos: [reporte-servicio]
plantilla: x.docx
periodos: [dia, semana, mes]
renglones: casos
columnas: [{clave: folio, titulo: Folio, valor: folio}]
totales:
  - {clave: con_numero, nombre: Con número, cuenta: consta(numero_reporte)}
  - {clave: improcedentes, nombre: Improcedentes, cuenta: situacion == 'improcedente'}
  - {clave: conformes, nombre: Conformes, cuenta: situacion == 'concluido'}
  - {clave: vencidos, nombre: Vencidos, cuenta: vencido}
  - {clave: bajas, nombre: Bajas, cuenta: sí, fecha: ocurrio.dar_baja}
grupos:
  - {clave: por_estatus, nombre: Por estatus, por: donde}
"""
OFICIOS = """
clave: oficios
nombre: Oficios
procedimientos: [estrella-blanca]
plantilla: x.docx
periodos: [semana]
renglones: documentos
documento: oficio
columnas: [{clave: folio, titulo: Folio, valor: folio}]
totales:
  - {clave: vigentes, nombre: Vigentes, cuenta: doc.estado != 'Cancelado'}
  - {clave: entregados, nombre: Entregados, cuenta: doc.estado == 'Entregado'}
  - {clave: cancelados, nombre: Cancelados, cuenta: doc.estado == 'Cancelado'}
"""
LLAMADAS = """
clave: llamadas
nombre: Llamadas
procedimientos: [llamada-centro]
plantilla: x.docx
periodos: [dia, semana, mes]
renglones: casos
columnas: [{clave: folio, titulo: Folio, valor: folio}]
totales:
  - {clave: minutos, nombre: Minutos, cuenta: sí, fecha: concluido, suma: minutos}
  - {clave: cortadas, nombre: Cortadas, cuenta: resultado.atender == 'abandona', fecha: concluido}
grupos:
  - {clave: por_resultado, nombre: Por resultado, por: donde}
"""


def reportes_de_agua() -> Iterator[Tramite]:
    """Los ocho reportes."""
    r1 = canalizado("2026-11-09 09:00", "RS-2026-0001")
    r1.dar("2026-11-11 10:00", datos={"trabajo": "Se reparó."}).dar("2026-11-11 11:00")
    yield r1.dar("2026-11-12 10:00", resultado="conforme").dar("2026-11-13 09:00")
    r2 = canalizado("2026-11-10 09:00", "RS-2026-0002")
    r2.dar("2026-11-12 10:00", datos={"trabajo": "Se reparó."}).dar("2026-11-12 11:00")
    yield r2.dar("2026-11-17 10:00", resultado="conforme").dar("2026-11-17 10:30")
    sin_pagar = {
        "tipo_servicio": "toma_obstruida",
        "anonimo": "sí",
        "ubicacion.colonia": "Centro",
        "cuenta": "1",
        "situacion_cuenta": "no_regularizada",
    }
    r3 = reporte("2026-11-11 09:00", "RS-2026-0003")
    yield r3.dar("2026-11-11 12:00", resultado="improcedente", datos=sin_pagar)
    yield abierto(
        "reporte-servicio", "2026-11-13 18:00", "RS-2026-0004", capturado="2026-11-16 09:00"
    )
    r5 = canalizado("2026-11-12 09:00", "RS-2026-0005")
    r5.dar("2026-11-13 10:00", datos={"trabajo": "Se reparó."}).dar("2026-11-13 11:00")
    r5.dar("2026-11-18 09:00", resultado="inconforme", nota="Sigue la fuga.")
    r5.dar("2026-11-19 09:00", datos={"trabajo": "Se cambió."}).dar("2026-11-19 10:00")
    yield r5.dar("2026-11-20 09:00", resultado="conforme").dar("2026-11-20 09:30")
    r6 = reporte("2026-11-15 23:59", "RS-2026-0006")
    r6.asentar(replace(nueva("cancelacion", "2026-11-16 10:00"), nota="Duplicado."))
    reabierto = replace(nueva("reapertura", "2026-11-18 10:00"), detalle={"pasos": "registrar"})
    yield r6.asentar(reabierto)
    yield canalizado("2026-11-16 00:00", "RS-2026-0007")
    r8 = canalizado("2026-11-10 09:00", "RS-2026-0008")
    r8.dar("2026-11-11 09:00", datos={"trabajo": "Se reparó."}).dar("2026-11-11 10:00")
    r8.dar("2026-11-11 11:00", resultado="conforme").dar("2026-11-11 12:00")
    yield deshacer(r8, "2026-11-12 09:00")


def deshacer(caso: Tramite, el: str) -> Tramite:
    """El caso con lo último deshecho."""
    _, numeros = lo_ultimo(caso.actuaciones)
    hecho = replace(nueva("deshecho", el), detalle={"deshace": " ".join(numeros)}, nota="Error.")
    marca = replace(hecho, numero=len(caso.actuaciones) + 1)
    despues = repasar(caso.procedimiento, (*caso.actuaciones, marca))
    papeles = papeles_al_deshacer(caso.procedimiento, caso.estado, despues)
    return caso.asentar(replace(hecho, documentos=papeles)).cumplir(el)


def los_demas() -> Iterator[Tramite]:
    """Las tres solicitudes y las tres llamadas."""
    e1 = por_autorizar("2026-11-09 09:00", "EB-2026-0001")
    e1.dar("2026-11-10 09:00", resultado="autoriza", por=DIRECTORA)
    e1.dar("2026-11-11 09:00", recibe="Ana").dar("2026-11-11 10:00")
    yield e1.dar("2026-11-12 09:00")
    e2 = por_autorizar("2026-11-12 09:00", "EB-2026-0002")
    e2.dar("2026-11-16 09:00", resultado="autoriza", por=DIRECTORA)
    numero = e2.estado.documentos[-1].numero
    assert numero
    yield e2.anular(numero, "2026-11-20 15:00")
    e3 = por_autorizar("2026-11-18 09:00", "EB-2026-0003")
    yield e3.dar("2026-11-19 09:00", resultado="autoriza", por=DIRECTORA)
    informada = {"asunto": "Horario", "minutos": "12"}
    l1 = abierto("llamada-centro", "2026-11-10 09:00", "CL-2026-0001")
    yield l1.dar("2026-11-10 09:12", resultado="informa", datos=informada)
    l2 = abierto("llamada-centro", "2026-11-17 09:00", "CL-2026-0002")
    yield l2.dar("2026-11-17 09:01", resultado="abandona")
    transferida = {"transferida_a": "obras_publicas", "minutos": "5"}
    l3 = abierto("llamada-centro", "2026-11-13 10:00", "CL-2026-0003")
    yield l3.dar("2026-11-17 10:00", resultado="transfiere", datos=transferida)


@pytest.fixture(scope="module")
def chica(oficina_de_fabrica: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La oficina de los catorce asuntos."""
    raiz = tmp_path_factory.mktemp("chica") / "oficina"
    copiar(oficina_de_fabrica, raiz)
    tramites = (*reportes_de_agua(), *los_demas())
    escribir(raiz, [Historia(t.procedimiento, t.folio, t.actuaciones) for t in tramites])
    return raiz


def cifras(raiz: Path, definicion: str, clase: str, cual: str, al: str = FIN) -> Cifras:
    """Las cifras de ese informe, como las da la oficina."""
    olvidar_lo_leido()
    v = sentarse(raiz, datetime.fromisoformat(al), "recepcion")
    informe: Informe = INFORME(leer_yaml(definicion), ())
    hecho = contar(v, informe, leer_periodo(clase, cual, v.ahora.date()), v.ahora)
    assert hecho.problemas == () and hecho.cifras.cuadra
    return hecho.cifras


def movimiento(hechas: Cifras) -> tuple[object, ...]:
    """Al inicio, recibidos, reabiertos, concluidos, al final."""
    return tuple(hechas.totales.values())[:5]


def test_la_primera_semana_de_reportes(chica: Path) -> None:
    hechas = cifras(chica, REPORTES, "semana", "2026-W46")

    # Entran R1 a R6 y R8. Se concluyen R3 y R8 el miércoles y R1 el viernes; el cierre de R8
    # se deshizo el jueves: quedan R2, R4, R5, R6 y R8.
    assert movimiento(hechas) == (0, 7, 1, 3, 5)
    assert hechas.folios["concluidos"] == ("RS-2026-0001", "RS-2026-0003", "RS-2026-0008")
    assert hechas.folios["reabiertos"] == ("RS-2026-0008",)
    # Con número: los que se canalizaron (1, 2, 5, 8). R2 y R5 esperan la llamada, que vence
    # el 17 y el 18 porque el 16 es inhábil: ninguno va vencido.
    assert hechas.totales["con_numero"] == 4
    assert hechas.totales["improcedentes"] == 1
    assert hechas.totales["conformes"] == 1
    assert hechas.totales["vencidos"] == 0
    assert hechas.totales["bajas"] == 4  # R1, R2, R5 y R8
    assert dict(hechas.grupos["por_estatus"]) == {
        "Por registrar": 2,  # R4 y R6
        "Por verificar": 2,  # R2 y R5
        "Concluido": 1,  # R1
        "Improcedente": 1,  # R3
        "Por cerrar": 1,  # R8
    }
    assert len(hechas.filas) == 7


def test_la_segunda_semana_de_reportes(chica: Path) -> None:
    hechas = cifras(chica, REPORTES, "semana", "2026-W47")

    # Entra R7; se reabre R6; se concluyen R6 (cancelado), R2 y R5: quedan R4, R6, R7 y R8.
    assert movimiento(hechas) == (5, 1, 1, 3, 4)
    assert hechas.folios["abiertos_final"] == (
        "RS-2026-0004", "RS-2026-0006", "RS-2026-0007", "RS-2026-0008",
    )  # fmt: skip
    assert hechas.totales["con_numero"] == 4  # R2, R5, R7 y R8
    assert hechas.totales["improcedentes"] == 0
    assert hechas.totales["conformes"] == 2  # R2 y R5
    assert hechas.folios["vencidos"] == ("RS-2026-0007",)
    assert hechas.totales["bajas"] == 1  # la segunda de R5
    assert dict(hechas.grupos["por_estatus"]) == {
        "Concluido": 2,  # R2 y R5
        "Por registrar": 2,  # R4 y R6
        "Por atender": 1,  # R7
        "Por cerrar": 1,  # R8
    }


def test_el_mes_de_reportes(chica: Path) -> None:
    hechas = cifras(chica, REPORTES, "mes", "2026-11")

    # Los ocho entran; seis cierres (1, 2, 3, 5, 6 y el de 8 que se deshizo) y dos
    # reaperturas (6 y 8): quedan cuatro. Cinco bajas, porque R5 tuvo dos.
    assert movimiento(hechas) == (0, 8, 2, 6, 4)
    assert hechas.totales["bajas"] == 5
    assert hechas.folios["bajas"].count("RS-2026-0005") == 2
    assert hechas.totales["conformes"] == 3


@pytest.mark.parametrize(
    ("dia", "dice"),
    [
        ("2026-11-09", (0, 1, 0, 0, 1)),  # entra R1
        ("2026-11-10", (1, 2, 0, 0, 3)),  # entran R2 y R8
        ("2026-11-11", (3, 1, 0, 2, 2)),  # entra R3; se cierran R3 y R8
        ("2026-11-12", (2, 1, 1, 0, 4)),  # entra R5; se deshace el cierre de R8
        ("2026-11-13", (4, 1, 0, 1, 4)),  # entra R4 aunque se capture el lunes; se cierra R1
        ("2026-11-14", (4, 0, 0, 0, 4)),
        ("2026-11-15", (4, 1, 0, 0, 5)),  # R6, un minuto antes de la media noche
        ("2026-11-16", (5, 1, 0, 1, 5)),  # R7, en el primer minuto; se cancela R6
        ("2026-11-17", (5, 0, 0, 1, 4)),  # se cierra R2
        ("2026-11-18", (4, 0, 1, 0, 5)),  # se reabre R6
        ("2026-11-20", (5, 0, 0, 1, 4)),  # se cierra R5
    ],
)
def test_cada_dia_de_reportes(dia: str, dice: tuple[int, ...], chica: Path) -> None:
    assert movimiento(cifras(chica, REPORTES, "dia", dia)) == dice


def test_lo_que_se_sabia_el_domingo_no_trae_lo_capturado_el_lunes(chica: Path) -> None:
    hechas = cifras(chica, REPORTES, "semana", "2026-W46", al="2026-11-15 23:59")

    assert movimiento(hechas) == (0, 6, 1, 3, 4)  # falta R4
    assert "RS-2026-0004" not in hechas.folios["recibidos"]


def test_lo_que_se_sabia_el_miercoles_todavia_da_por_cerrado_el_r8(chica: Path) -> None:
    hechas = cifras(chica, REPORTES, "semana", "2026-W46", al="2026-11-11 18:00")

    # Han entrado R1, R2, R3 y R8; se cerraron R3 y R8. R1 ya está de baja.
    assert movimiento(hechas) == (0, 4, 0, 2, 2)
    assert hechas.totales["conformes"] == 1  # R8, que mañana dejará de serlo
    # R2 tenía hasta el miércoles a las 9:00.
    assert hechas.folios["vencidos"] == ("RS-2026-0002",)


def test_los_oficios_de_cada_semana(chica: Path) -> None:
    primera = cifras(chica, OFICIOS, "semana", "2026-W46")
    segunda = cifras(chica, OFICIOS, "semana", "2026-W47")
    viernes = cifras(chica, OFICIOS, "semana", "2026-W47", al="2026-11-20 14:00")

    # Vigentes, entregados y cancelados. En la 46 sólo salió el de E1; el de E2 se anula una
    # hora después de lo que se sabía el viernes a las 14:00.
    assert tuple(primera.totales.values()) == (0, 2, 0, 1, 1, 1, 1, 0)
    assert tuple(segunda.totales.values()) == (1, 1, 0, 0, 2, 1, 0, 1)
    assert tuple(viernes.totales.values()) == (1, 1, 0, 0, 2, 2, 0, 0)
    assert [fila["folio"] for fila in segunda.filas] == ["EB-2026-0002", "EB-2026-0003"]


def test_las_llamadas_y_sus_minutos(chica: Path) -> None:
    primera = cifras(chica, LLAMADAS, "semana", "2026-W46")
    segunda = cifras(chica, LLAMADAS, "semana", "2026-W47")
    mes = cifras(chica, LLAMADAS, "mes", "2026-11")

    # El movimiento, los minutos y las cortadas.
    assert tuple(primera.totales.values()) == (0, 2, 0, 1, 1, 12, 0)
    assert tuple(segunda.totales.values()) == (1, 1, 0, 2, 0, 5, 1)
    assert tuple(mes.totales.values()) == (0, 3, 0, 3, 0, 17, 1)
    assert dict(segunda.grupos["por_resultado"]) == {
        "Cortada antes de atenderse": 1,
        "Transferida": 1,
    }
