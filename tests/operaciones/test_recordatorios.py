"""Reiterar un oficio: qué cita, qué nivel toca y cuándo no se puede."""

import pytest

from expediente.nucleo.errores import NoExiste, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.oficios import acusar, cancelar_numero
from expediente.operaciones.recordatorios import reiterar, sin_respuesta
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.test_ciudadania import canalizar, con_la_dependencia, registrada, respondida
from tests.operaciones.test_gestion import en_el_organismo
from tests.operaciones.tramites import Abridor, autorizada, dar, dice, documento, ficheros

# Sin pasos que recuerden: el recordatorio sólo se declara.
GESTORIA = """\
clave: gestoria
nombre: Gestoría de prueba
version: '1'
prefijo: GP
serie: 1S.2
ente: dif
manual: {clave: PRUEBA, nombre: Manual de prueba}
roles:
  - {clave: auxiliar, nombre: Auxiliar}
  - {clave: dependencia, nombre: Dependencia, externo: sí}
campos:
  - {clave: cuerpo, nombre: Qué se pide, tipo: parrafo, obligatorio: sí}
  - {clave: dependencia, nombre: A quién, tipo: opcion, catalogo: dependencias, obligatorio: sí}
documentos:
  - clave: peticion
    nombre: Oficio de petición
    plantilla: oficio-libre.docx
    libro: DG
    asunto: Se solicita apoyo.
    dirigido: {opcion: dependencia}
    firma: direccion
  - clave: aviso
    nombre: Recordatorio
    plantilla: oficio-recordatorio.docx
    libro: DG
    asunto: Se recuerda la petición.
    dirigido: {opcion: dependencia}
    firma: direccion
    reitera: peticion
    calculados: {turnado: emitido.peticion, materia: cuerpo}
  - clave: ultimo-aviso
    nombre: Tercer recordatorio
    plantilla: oficio-recordatorio.docx
    libro: DG
    asunto: Se recuerda por última vez la petición.
    dirigido: {opcion: dependencia}
    firma: direccion
    ccp: [organo-interno]
    reitera: peticion
    nivel: '3'
    calculados: {turnado: emitido.peticion, materia: cuerpo}
apertura: recibir
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: enviar}
  - clave: enviar
    responsable: auxiliar
    actividad: Manda el oficio.
    captura: [cuerpo, dependencia]
    emite: peticion
    sigue: contestar
  - clave: contestar
    responsable: dependencia
    actividad: Contesta.
    plazo: {cantidad: '3', unidad: habiles, nombre: Respuesta}
    sigue: cerrar
  - {clave: cerrar, responsable: auxiliar, actividad: Cierra., final: concluido}
"""


def enviada(v: Ventanilla) -> str:
    """Una gestoría con su oficio emitido, todavía sin acuse."""
    (v.raiz / "procedimientos" / "gestoria.yaml").write_text(GESTORIA, encoding="utf-8")
    folio = abrir(v, Solicitud("gestoria")).folio
    dar(v, folio, datos={"cuerpo": "Pavimento", "dependencia": "obras_publicas"})
    return folio


def test_el_recordatorio_cita_el_oficio_su_acuse_y_los_dias_habiles(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla("2026-11-20 12:00"))

    hecho = reiterar(ventanilla("2026-12-01 09:00"), folio)

    v = ventanilla("2026-12-01 09:00")
    escrito = dice(v, folio, "recordatorio")
    assert documento(v, folio, "recordatorio").numero == hecho.documentos[0] == "AC/0002/2026"
    assert "el oficio número AC/0001/2026" in escrito
    entrega = "se entregó el 20 de noviembre de 2026, a las 12:00 horas, y lo recibió Oficialía"
    assert entrega in escrito
    assert "Han transcurrido 7 días hábiles" in escrito
    assert "primer recordatorio" in escrito and "Órgano Interno" not in escrito
    assert hecho.aviso is not None and "primer recordatorio de AC/0001/2026" in hecho.aviso
    assert hecho.pasos == ("responder",) and revisar(v, []) == []


def test_el_nivel_sube_solo_y_el_tercero_lleva_copia(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())
    for momento in ("2026-12-01 09:00", "2026-12-09 09:00", "2026-12-17 09:00"):
        v = ventanilla(momento)
        reiterar(v, folio)

    segundo, tercero = dice(v, folio, "recordatorio"), dice(v, folio, "tercer-recordatorio")
    assert "segundo recordatorio" in segundo and "Se le recordó ya por AC/0002/2026." in segundo
    assert "tercer recordatorio" in tercero and "AC/0002/2026 y AC/0003/2026" in tercero
    assert "Presidencia Municipal" in tercero and "Órgano Interno" in tercero
    with pytest.raises(NoPermitido, match=r"ya lleva los recordatorios.*«acordar»"):
        reiterar(ventanilla("2027-01-15 09:00"), folio)


def test_a_la_dependencia_nueva_se_le_cuenta_desde_el_primero(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())
    reiterar(ventanilla("2026-12-01 09:00"), folio)
    v = ventanilla("2026-12-02 09:00")
    dar(v, folio, resultado="no-corresponde", nota="Es de Obras Públicas.")
    canalizar(v, folio, "obras_publicas")

    reiterar(ventanilla("2026-12-14 09:00"), folio)

    escrito = dice(v, folio, "recordatorio")
    assert "primer recordatorio" in escrito and "AC/0003/2026" in escrito
    assert "Se le recordó ya" not in escrito


def test_antes_de_que_venza_no_se_reitera(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())
    antes = ficheros(ventanilla().raiz)

    with pytest.raises(NoPermitido, match="todavía no vence"):
        reiterar(ventanilla("2026-11-24 09:00"), folio)

    assert ficheros(ventanilla().raiz) == antes


def test_si_ya_hubo_respuesta_no_se_reitera(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())
    respondida(ventanilla(), folio)

    with pytest.raises(NoPermitido, match="«verificar»: no espera respuesta"):
        reiterar(ventanilla("2026-12-01 09:00"), folio)


def test_sin_acuse_dice_como_asentarlo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = registrada(v)
    dar(v, folio, resultado="canaliza", datos={"clase": "tramite"})
    dar(v, folio, datos={"dependencia": "servicios_publicos"})

    with pytest.raises(NoPermitido, match="expediente oficio acusar AC/0001/2026 --recibe"):
        reiterar(ventanilla("2026-12-01 09:00"), folio)


def test_lo_que_no_se_ha_emitido_no_se_recuerda(ventanilla: Abridor) -> None:
    v = ventanilla()

    with pytest.raises(NoPermitido, match="no tiene emitido «Oficio de canalización»"):
        reiterar(v, registrada(v))
    with pytest.raises(NoPermitido, match="no manda recordatorios"):
        reiterar(v, autorizada(v))
    with pytest.raises(NoExiste, match="¿Quiso decir «canalizacion»"):
        reiterar(v, registrada(v), "canalisacion")


def test_la_gestion_se_recuerda_con_su_propio_documento(ventanilla: Abridor) -> None:
    folio = en_el_organismo(ventanilla())

    reiterar(ventanilla("2026-12-08 10:00"), folio, "recordatorio")

    escrito = dice(ventanilla(), folio, "recordatorio")
    assert "DIF/DG/0001/2026" in escrito and "primer recordatorio" in escrito


def test_un_procedimiento_sin_pasos_que_recuerden_tambien_reitera(ventanilla: Abridor) -> None:
    folio = enviada(ventanilla("2026-11-20 12:00"))
    acusar(ventanilla("2026-11-20 13:10"), "DIF/DG/0001/2026", recibe="Luz")
    with pytest.raises(NoPermitido, match="Todavía no vence «Respuesta»"):
        reiterar(ventanilla("2026-11-24 09:00"), folio)

    numeros = [
        reiterar(ventanilla(f"2026-12-{dia:02d} 09:00"), folio).documentos[0] for dia in (1, 8, 15)
    ]

    v = ventanilla("2026-12-15 10:00")
    tercero = dice(v, folio, "ultimo-aviso")
    assert numeros == [f"DIF/DG/{n:04d}/2026" for n in (2, 3, 4)]
    assert "lo recibió Luz" in tercero and "tercer recordatorio" in tercero
    assert "Órgano Interno" in tercero and "Órgano Interno" not in dice(v, folio, "aviso")
    assert tomar(v, folio).estado.pasos == ("contestar",) and revisar(v, []) == []
    dar(v, folio)
    with pytest.raises(NoPermitido, match="«cerrar»: no espera respuesta"):
        reiterar(v, folio)


def test_simular_no_toma_numero_ni_da_pasos(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())
    v = ventanilla("2026-12-01 09:00")
    antes = ficheros(v.raiz)

    reiterar(v, folio, simular=True)

    assert ficheros(v.raiz) == antes


def test_la_lista_de_los_que_callan_se_puede_dar_a_reiterar(ventanilla: Abridor) -> None:
    v = ventanilla()
    callada, contestada = con_la_dependencia(v), con_la_dependencia(v)
    respondida(v, contestada)
    registrada(v)
    tarde = ventanilla("2026-12-01 09:00")

    abiertos = listar(tarde, Filtro(abiertos=True)).renglones

    assert [r.folio for r in sin_respuesta(tarde, abiertos)] == [callada]


def test_un_recordatorio_cancelado_no_cuenta(ventanilla: Abridor) -> None:
    folio = con_la_dependencia(ventanilla())
    v = ventanilla("2026-12-01 09:00")
    reiterar(v, folio)
    cancelar_numero(v, "AC/0002/2026", "Salió con otra fecha.")

    reiterar(ventanilla("2026-12-09 09:00"), folio)

    assert "primer recordatorio" in dice(v, folio, "recordatorio")
