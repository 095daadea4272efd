"""La guía de los procedimientos dice lo que el programa valida, y su ejemplo corre."""

import importlib.util
import re
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from expediente.nucleo.avance import Peticion
from expediente.nucleo.campo import AYUDA_DE_TIPOS, COMPUESTOS, GRUPO, TIPOS
from expediente.nucleo.errores import NoPermitido
from expediente.nucleo.estado import ENTREGADO
from expediente.nucleo.funciones import AYUDA_DE_FUNCIONES, FUNCIONES
from expediente.nucleo.indicador import A_LO_MAS, AL_MENOS, CALCULOS, MODOS, UNIDADES
from expediente.nucleo.informe import CASOS, DOCUMENTOS
from expediente.nucleo.lectura_indicador import INDICADOR
from expediente.nucleo.periodo import PERIODOS, PeriodoEscrito
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.indicadores import medir_indicador
from expediente.operaciones.informes import hacer_informe
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.ventanilla import Ventanilla, sentarse
from tests.nucleo.historias import historia, medir
from tests.nucleo.tramite import Tramite

RAIZ = Path(__file__).resolve().parent.parent
GUIA = RAIZ / "docs" / "procedimientos.md"


def _taller() -> ModuleType:
    ruta = RAIZ / "docs" / "taller" / "hacer_referencia.py"
    especificacion = importlib.util.spec_from_file_location("hacer_referencia", ruta)
    assert especificacion is not None and especificacion.loader is not None
    modulo = importlib.util.module_from_spec(especificacion)
    especificacion.loader.exec_module(modulo)
    return modulo


@pytest.mark.parametrize("nombre", ["procedimientos.md", "informes.md"])
def test_la_referencia_es_la_de_las_tablas_que_validan(nombre: str) -> None:
    guia = GUIA.with_name(nombre).read_text("utf-8")

    assert _taller().poner_referencia(guia, nombre) == guia, (
        "hágala de nuevo: python docs/taller/hacer_referencia.py"
    )


def test_todas_las_formas_de_la_lengua_estan_en_la_referencia() -> None:
    taller = _taller()
    de_la_lengua = {
        id(forma)
        for nombre, forma in vars(taller.lengua).items()
        if isinstance(forma, taller.Forma) and nombre != "PARTE"
    }

    assert {id(forma) for _, _, forma in taller.TABLAS} == de_la_lengua


def test_cada_llave_tipo_y_funcion_tiene_su_ayuda() -> None:
    for _, _, forma in _taller().TABLAS:
        assert all(llave.ayuda.strip() for llave in forma.llaves.values())
    assert set(AYUDA_DE_TIPOS) == {*TIPOS, *COMPUESTOS, GRUPO}
    assert set(AYUDA_DE_FUNCIONES) == set(FUNCIONES)


@pytest.fixture
def con_el_ejemplo(oficina: Path) -> Ventanilla:
    ejemplo = re.search(r"```yaml\n(clave: prestamo-salon\n.*?)```", GUIA.read_text("utf-8"), re.S)
    assert ejemplo is not None
    (oficina / "procedimientos" / "prestamo-salon.yaml").write_text(ejemplo[1], encoding="utf-8")
    return sentarse(oficina, datetime(2026, 11, 20, 10, 0), "recepcion")


def test_el_ejemplo_de_la_guia_no_tiene_problemas(con_el_ejemplo: Ventanilla) -> None:
    assert problemas_de(con_el_ejemplo, "prestamo-salon") == []


def test_el_ejemplo_corre_de_la_solicitud_al_archivo(con_el_ejemplo: Ventanilla) -> None:
    v = con_el_ejemplo
    directora = v.oficina.persona("directora")
    datos = {
        "solicitante.nombres": "Íñigo",
        "solicitante.primer_apellido": "Muñoz",
        "solicitante.telefono": "871 123 4567",
        "evento": "una clase de danza",
        "fecha_evento": "2026-11-27",
        "asistentes": "40",
    }
    folio = abrir(v, Solicitud("prestamo-salon", datos)).folio
    avanzar(v, folio, Peticion())
    avanzar(v, folio, Peticion(requisitos=("identificacion",)))
    condiciones = {"condiciones": "Se entrega limpio."}
    avanzar(v, folio, Peticion(resultado="autoriza", por=directora, datos=condiciones))
    avanzar(v, folio, Peticion(recibe="Íñigo Muñoz"))

    with pytest.raises(NoPermitido, match="espera al 27 de noviembre de 2026"):
        avanzar(v, folio, Peticion())
    despues = Ventanilla(v.raiz, v.oficina, v.ahora + timedelta(days=7), v.usuario)
    avanzar(despues, folio, Peticion())
    hecho = avanzar(despues, folio, Peticion())

    assert hecho.situacion == "concluido"
    assert [d.estado for d in tomar(despues, folio).estado.documentos] == [ENTREGADO]


def test_con_danos_el_ejemplo_termina_de_otro_modo_sin_preguntar(
    con_el_ejemplo: Ventanilla,
) -> None:
    ejemplo = tomar(con_el_ejemplo, _hasta_recibir(con_el_ejemplo)).folio
    despues = Ventanilla(
        con_el_ejemplo.raiz,
        con_el_ejemplo.oficina,
        con_el_ejemplo.ahora + timedelta(days=7),
        con_el_ejemplo.usuario,
    )

    hecho = avanzar(despues, ejemplo, Peticion(datos={"danos": "Un vidrio roto."}))

    assert hecho.situacion == "con_danos"


def _hasta_recibir(v: Ventanilla) -> str:
    datos = {
        "solicitante.nombres": "Íñigo",
        "solicitante.primer_apellido": "Muñoz",
        "solicitante.telefono": "871 123 4567",
        "evento": "un baile",
        "fecha_evento": "2026-11-26",
        "asistentes": "40",
        "condiciones": "Ninguna.",
    }
    folio = abrir(v, Solicitud("prestamo-salon", datos)).folio
    avanzar(v, folio, Peticion())
    avanzar(v, folio, Peticion(requisitos=("identificacion",)))
    avanzar(v, folio, Peticion(resultado="autoriza", por=v.oficina.persona("directora")))
    avanzar(v, folio, Peticion())
    return folio


def _ejemplos_de_informes() -> list[str]:
    guia = GUIA.with_name("informes.md").read_text("utf-8")
    return re.findall(r"```yaml\n(.*?)```", guia, re.DOTALL)


def test_los_ejemplos_de_la_guia_de_informes_se_hacen(oficina: Path) -> None:
    de_informe, de_indicador = _ejemplos_de_informes()
    (oficina / "informes" / "llamadas-del-mes.yaml").write_text(de_informe, "utf-8")
    (oficina / "indicadores" / "comisiones-en-cinco-dias.yaml").write_text(de_indicador, "utf-8")
    v = sentarse(oficina, datetime(2026, 11, 20, 9), "recepcion")

    informe = hacer_informe(v, "llamadas-del-mes")
    indicador = medir_indicador(v, "comisiones-en-cinco-dias", PeriodoEscrito(), v.ahora)

    assert informe.ficheros[0].is_file() and informe.problemas == ()
    assert indicador.resultado.texto == "s/d"


def test_el_indicador_de_la_guia_cuenta_los_cinco_dias_que_dice() -> None:
    _, escrito = _ejemplos_de_informes()
    definido = INDICADOR(yaml.load(escrito, yaml.BaseLoader), ())

    def caso(numero: int, comprobo: str | None) -> Tramite:
        entregada = ("2026-11-03 10:00", "entregar")
        pasos = [entregada, (f"{comprobo} 10:00", "comprobar")] if comprobo else [entregada]
        folio = f"CM-2026-{numero:04d}"
        return historia("comision", folio, "2026-11-02 10:00", *pasos, regreso_fecha="2026-11-10")

    casos = (caso(1, "2026-11-15"), caso(2, "2026-11-16"), caso(3, None))

    tarde = medir(definido, *casos)
    a_tiempo = medir(definido, *casos, al="2026-11-15 12:00")

    assert tarde.folios["numerador"] == ("CM-2026-0001",)
    assert (tarde.numerador, tarde.denominador, tarde.excluidos) == (1, 3, 0)
    assert (a_tiempo.numerador, a_tiempo.denominador, a_tiempo.excluidos) == (1, 1, 2)


def test_la_referencia_dice_los_valores_que_admite_cada_llave() -> None:
    referencia = _taller().referencia_de_informes()

    for llave, valores in (
        ("calculo", CALCULOS), ("modo", MODOS), ("unidad", UNIDADES), ("periodos", PERIODOS),
        ("renglones", (CASOS, DOCUMENTOS)), ("sentido", (AL_MENOS, A_LO_MAS)),
    ):  # fmt: skip
        suyos = [r for r in referencia.splitlines() if r.startswith(f"| `{llave}` |")]
        assert any(all(re.search(rf"\b{v}\b", r) for v in valores) for r in suyos), llave
