"""Un procedimiento con más de una puerta: se abre también por otro paso que el primero."""

from pathlib import Path

import pytest

from expediente.nucleo.avance import Peticion
from expediente.nucleo.errores import NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.revision_de_procedimientos import problemas_de
from tests.conftest import Abridor, Correr

VINCULACION = """\
clave: vinculacion
nombre: Vinculación
version: '1'
prefijo: VI
serie: 1S.8
manual: {clave: C-PDG, nombre: Vinculación}
roles:
  - {clave: direccion, nombre: Dirección}
  - {clave: despacho, nombre: Despacho, externo: sí}
apertura: recibir
entradas: [pedir-informe]
pasos:
  - {clave: recibir, responsable: direccion, actividad: Recibe la solicitud., sigue: gestionar}
  - {clave: gestionar, responsable: direccion, actividad: Gestiona el apoyo., final: concluido}
  - {clave: pedir-informe, responsable: despacho, actividad: Pide informe., sigue: informar}
  - {clave: informar, responsable: direccion, actividad: Integra el informe., final: concluido}
"""


@pytest.fixture(autouse=True)
def con_dos_puertas(oficina: Path) -> None:
    (oficina / "procedimientos" / "vinculacion.yaml").write_text(VINCULACION, encoding="utf-8")


def test_se_abre_por_el_oficio_de_fuera_sin_pasar_por_la_solicitud(ventanilla: Abridor) -> None:
    v = ventanilla()
    assert problemas_de(v, "vinculacion") == []

    hecho = abrir(v, Solicitud("vinculacion", paso="pedir-informe"))

    assert hecho.pasos == ("informar",)
    assert set(tomar(v, hecho.folio).estado.ocurrio) == {"pedir-informe", "apertura"}
    assert avanzar(v, hecho.folio, Peticion()).situacion == "concluido"


def test_sin_decir_por_donde_se_abre_por_la_de_siempre(ventanilla: Abridor) -> None:
    assert abrir(ventanilla(), Solicitud("vinculacion")).pasos == ("gestionar",)


def test_no_se_abre_por_un_paso_que_no_es_entrada(ventanilla: Abridor, correr: Correr) -> None:
    with pytest.raises(NoPermitido, match="Se abre por: recibir, pedir-informe"):
        abrir(ventanilla(), Solicitud("vinculacion", paso="informar"))

    assert correr("abrir", "vinculacion", "--paso", "informar").codigo == 69
    assert correr("abrir", "vinculacion", "--paso", "pedir-informe").codigo == 0
