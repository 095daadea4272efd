"""Un trámite que el programa no conoce se pone con ficheros, sin tocar una línea de Python."""

import ast
import re
from pathlib import Path

import docx
import pytest

import expediente
from expediente.almacen.hojas import leer_hoja
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.archivo import archivar, verificar
from expediente.operaciones.asunto import tomar
from expediente.operaciones.auditoria_del_libro import auditar
from expediente.operaciones.cargar import cargar_hoja
from expediente.operaciones.consultas import ver
from expediente.operaciones.informes import hacer_informe
from expediente.operaciones.revisar import revisar
from expediente.operaciones.revision_de_procedimientos import problemas_de
from tests.operaciones.tramites import Abridor, carta, dar, ruta_de, texto_de_word

PAQUETE = Path(expediente.__file__).parent
DE_FABRICA = re.compile(r"estrella-blanca|reporte-servicio|estatus-reportes|\bA-REC\b|\bE-OPDM\b")

PROCEDIMIENTO = """\
clave: prestamo-silla
nombre: Préstamo de silla de ruedas
version: '1'
prefijo: PS
serie: 1S.2
titulo: "'Préstamo de ' + equipo.nombre"
manual: {clave: A-REC, nombre: Recepción, funcion: Aparatos funcionales}
roles:
  - {clave: auxiliar, nombre: Auxiliar de Área}
  - {clave: direccion, nombre: Director(a)}
campos:
  - {clave: persona, nombre: Quien la usa, tipo: persona, obligatorio: sí}
  - {clave: equipo, nombre: Equipo, tipo: opcion, catalogo: equipos, obligatorio: sí}
  - {clave: deposito, nombre: Depósito, tipo: monto, obligatorio_si: equipo.pide_deposito}
  - {clave: avales, nombre: Aval, lista: '3'}
  - {clave: revisado, nombre: Se revisó, tipo: si-no, obligatorio: sí}
numeros:
  - {clave: folio_entrada, nombre: Folio de entrada, libro: REPORTES}
documentos:
  - clave: vale
    nombre: Vale de préstamo
    plantilla: vale.docx
    libro: DG
    dirigido: {persona: persona}
    firma: direccion
    calculados: {devolver: "mas_dias(fecha(ocurrio.autorizar), 30)"}
plazos:
  - {clave: entrega, nombre: Entrega, cantidad: '3', unidad: naturales, hasta: entregar}
situaciones: {devuelto: Devuelto}
apertura: pedir
pasos:
  - {clave: pedir, responsable: auxiliar, actividad: Recibe., asigna: folio_entrada, sigue: revisar}
  - clave: revisar
    responsable: auxiliar
    actividad: Revisa y elige equipo.
    captura: [persona, equipo, deposito, avales, revisado]
    prepara: vale
    sigue: autorizar
  - clave: autorizar
    responsable: direccion
    actividad: Autoriza.
    autoriza: sí
    resultados:
      - {clave: presta, nombre: Presta, emite: vale, sigue: entregar}
      - {clave: niega, nombre: Niega, motivo: sí, final: negado}
  - {clave: entregar, responsable: auxiliar, actividad: Entrega., entrega: vale, sigue: recoger}
  - {clave: recoger, responsable: auxiliar, actividad: Recoge el equipo., final: devuelto}
"""
CATALOGO = """\
clave: equipos
nombre: Equipos
opciones:
  - {clave: silla, nombre: silla de ruedas, pide_deposito: sí}
  - {clave: baston, nombre: bastón, pide_deposito: no}
"""
INFORME = """\
clave: sillas
nombre: Sillas prestadas
procedimientos: [prestamo-silla]
plantilla: sillas.docx
periodos: [semana]
renglones: casos
columnas:
  - {clave: folio, titulo: Folio, valor: folio}
  - {clave: equipo, titulo: Equipo, valor: equipo.nombre}
  - {clave: entrada, titulo: Entrada, valor: folio_entrada}
totales:
  - {clave: devueltas, nombre: Devueltas, cuenta: situacion == 'devuelto'}
grupos:
  - {clave: por_equipo, nombre: Por equipo, por: equipo.nombre}
"""
VALE = (
    "{{ oficio.numero }}: {{ oficio.destinatario.nombre }} recibe {{ equipo }}.",
    "Depósito {{ deposito }}. Revisado: {{ revisado }}. Folio {{ folio_entrada }}.",
    "{% if devolver %}Se devuelve el {{ devolver }}.{% endif %}",
    "Avales: {% for uno in avales %}{{ uno }}; {% endfor %}fin.",
)
TABLA = (
    "{{ informe.titulo }}. {{ informe.periodo }}; {{ informe.al }}.",
    "{%p for fila in informe.filas %}",
    "{{ fila|join(' | ') }}",
    "{%p endfor %}",
    "{{ informe.identidad }}",
)
DATOS = {
    "persona.nombres": "Íñigo",
    "persona.primer_apellido": "Muñiz",
    "equipo": "Silla de ruedas",
    "deposito": "1,500.10",
    "avales.0": "Ana Gil",
    "avales.1": "Luz & Paz",
    "revisado": "sí",
}


@pytest.fixture
def oficina(oficina: Path) -> Path:
    """La oficina, con el trámite nuevo: cuatro ficheros y ninguno de Python."""
    (oficina / "procedimientos" / "prestamo-silla.yaml").write_text(PROCEDIMIENTO, "utf-8")
    (oficina / "catalogos" / "equipos.yaml").write_text(CATALOGO, "utf-8")
    (oficina / "informes" / "sillas.yaml").write_text(INFORME, "utf-8")
    for nombre, parrafos in (("vale.docx", VALE), ("sillas.docx", TABLA)):
        plantilla = docx.Document()
        for parrafo in parrafos:
            plantilla.add_paragraph(parrafo)
        plantilla.save(str(oficina / "plantillas" / nombre))
    return oficina


def test_el_tramite_nuevo_pasa_la_revision(ventanilla: Abridor) -> None:
    assert problemas_de(ventanilla(), "prestamo-silla") == []


def test_corre_de_la_apertura_al_archivo(ventanilla: Abridor, tmp_path: Path) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = abrir(v, Solicitud("prestamo-silla", DATOS)).folio

    dar(v, folio)
    dar(v, folio, resultado="presta", por="directora")
    dar(v, folio, recibe="Íñigo")
    dar(v, folio)
    informe = hacer_informe(v, "sillas")
    archivar(v, folio, tmp_path / "unidad")

    assert tomar(v, folio).estado.situacion_final == "devuelto"
    assert informe.cifras.totales["devueltas"] == 1
    dice = texto_de_word(informe.ficheros[0].read_bytes())
    assert f"{folio} | silla de ruedas | R-2026-0001\n0 abiertos al inicio" in dice
    assert verificar(v, tmp_path / "unidad").problemas == ()
    assert revisar(v, []) == [] and auditar(v)[0].huecos == ()


def test_su_carta_dice_montos_fechas_listas_y_si_o_no_en_espanol(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 10:00")
    folio = abrir(v, Solicitud("prestamo-silla", DATOS)).folio
    dar(v, folio)

    dar(v, folio, resultado="presta", por="directora")

    assert texto_de_word(carta(v, folio, "vale")).splitlines()[1:5] == [
        "DIF/DG/0001/2026: C. ÍÑIGO MUÑIZ recibe silla de ruedas.",
        "Depósito $1,500.10. Revisado: sí. Folio R-2026-0001.",
        "Se devuelve el 20 de diciembre de 2026.",
        "Avales: Ana Gil; Luz & Paz; fin.",
    ]


def test_lo_que_falta_lo_dice_quien_no_conoce_el_tramite(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("prestamo-silla", {"equipo": "silla"})).folio

    (siguiente,) = ver(v, folio).siguientes

    assert [f.clave for f in siguiente.falta] == [
        "persona.nombres", "persona.primer_apellido", "deposito", "revisado",
    ]  # fmt: skip


def test_su_hoja_se_carga_sin_mapa(ventanilla: Abridor, tmp_path: Path) -> None:
    hoja = tmp_path / "sillas.csv"
    hoja.write_text("persona.nombres,Equipo,avales.0\nÍñigo,bastón,Ana\n", encoding="cp1252")
    v = ventanilla()

    carga = cargar_hoja(v, "prestamo-silla", leer_hoja(hoja))

    assert tomar(v, carga.abiertos[0][1].folio).estado.datos == {
        "persona.nombres": "Íñigo",
        "equipo": "baston",
        "avales.0": "Ana",
        "folio_entrada": "R-2026-0001",
    }


def test_negar_cancela_lo_reservado_aunque_el_tramite_no_lo_diga(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = abrir(v, Solicitud("prestamo-silla", DATOS)).folio
    dar(v, folio)

    dar(v, folio, resultado="niega", por="directora", nota="No hay sillas.")

    (de_oficios, _) = auditar(v)
    assert de_oficios.cancelados == (("DIF/DG/0001/2026", "No hay sillas."),)
    assert ruta_de(tomar(v, folio), "vale").name.endswith("_BORRADOR.docx")


def test_ningun_modulo_decide_por_los_tramites_de_fabrica() -> None:
    """Los nombran la demostración, que es un guion, y los ejemplos de la ayuda."""
    nombran = {
        modulo.relative_to(PAQUETE).as_posix()
        for modulo in PAQUETE.rglob("*.py")
        if any(DE_FABRICA.search(texto) for texto in _textos_del_codigo(modulo))
    }

    assert nombran == {"operaciones/demo.py"}


def _textos_del_codigo(modulo: Path) -> list[str]:
    """Los textos de un módulo, sin los docstrings (la ayuda de cada orden es el suyo)."""
    arbol = ast.parse(modulo.read_text(encoding="utf-8"))
    sueltos = {id(nodo.value) for nodo in ast.walk(arbol) if isinstance(nodo, ast.Expr)}
    return [
        nodo.value
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Constant)
        and isinstance(nodo.value, str)
        and id(nodo) not in sueltos
    ]
