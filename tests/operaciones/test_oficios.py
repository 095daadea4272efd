"""Un oficio: reservado, emitido, entregado o cancelado; nunca con un hueco ni dos veces."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from expediente.almacen.libro import asientos
from expediente.nucleo.avance import Peticion
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.contexto import Contexto
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoExiste, NoPermitido
from expediente.nucleo.estado import Estado
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.reexpedicion import revisar_reexpedicion
from expediente.operaciones.asunto import tomar
from expediente.operaciones.auditoria_del_libro import auditar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.oficios import acusar, cancelar_numero, emitir
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla
from tests.documentos.hojas import parrafos
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    canalizado,
    carta,
    concluida,
    dar,
    documento,
    ficheros,
    improcedente,
    por_autorizar,
    por_elaborar,
    ruta_de,
    texto_de_word,
)

PLANTILLA = "oficio-estrella-blanca.docx"
NUMERO = "DIF/DG/0001/2026"


def libro(v: Ventanilla) -> dict[str, str]:
    """{número: estado} de todos los libros."""
    return {a.numero: a.dice["estado"] for a in asientos(v.raiz)}


@pytest.fixture
def en_la_plantilla(oficina: Path) -> Callable[[str], None]:
    """Añade un párrafo a la plantilla del oficio, como alguien que la edita en Word."""

    def escribir(parrafo: str) -> None:
        ruta = oficina / "plantillas" / PLANTILLA
        documento = docx.Document(str(ruta))
        documento.add_paragraph(parrafo)
        documento.save(str(ruta))

    return escribir


def test_preparar_reserva_autorizar_emite_y_entregar_acusa(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    reservado = libro(v)

    dar(v, folio, resultado="autoriza", por="directora")
    emitido = libro(v)
    dar(v, folio, recibe="Ana María Nuñez")

    assert [reservado, emitido, libro(v)] == [
        {NUMERO: "reservado"}, {NUMERO: "emitido"}, {NUMERO: "entregado"},
    ]  # fmt: skip
    assert documento(v, folio).recibe == "Ana María Nuñez"


def test_el_borrador_lo_dice_y_el_emitido_ya_no(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    borrador, donde = carta(v, folio), ruta_de(tomar(v, folio), "oficio")

    dar(v, folio, resultado="autoriza", por="directora")

    assert "BORRADOR" in texto_de_word(borrador) and donde.name.endswith("_BORRADOR.docx")
    assert "BORRADOR" not in texto_de_word(carta(v, folio))
    assert not donde.exists()


def test_negar_cancela_el_numero_con_su_motivo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_autorizar(v)

    dar(v, folio, resultado="niega", por="directora", nota="Ya tiene el descuento.")

    (asiento,) = asientos(v.raiz)
    assert (asiento.dice["estado"], asiento.dice["motivo"]) == (
        "cancelado",
        "Ya tiene el descuento.",
    )
    assert auditar(v)[0].cancelados == ((NUMERO, "Ya tiene el descuento."),)


def test_un_numero_cancelado_no_se_vuelve_a_usar(ventanilla: Abridor) -> None:
    v = ventanilla()
    dar(v, por_autorizar(v), resultado="niega", por="directora", nota="No procede.")

    segundo = por_autorizar(v)

    assert documento(v, segundo).numero == "DIF/DG/0002/2026"


def test_emitir_otra_vez_no_emite_nada(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = autorizada(v)
    antes = ficheros(v.raiz)

    hecho = emitir(v, folio)

    assert hecho.aviso == "No hay documentos pendientes."
    assert ficheros(v.raiz) == antes


def test_reexpedir_toma_otro_numero_y_conserva_el_cancelado(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = autorizada(v)
    cancelar_numero(v, NUMERO, "Se reprogramó la cita.")

    hecho = emitir(v, folio, "oficio")

    assert hecho.documentos == ("DIF/DG/0002/2026",)
    assert libro(v) == {NUMERO: "cancelado", "DIF/DG/0002/2026": "emitido"}
    assert "DIF/DG/0002/2026" in texto_de_word(carta(v, folio))
    dar(v, folio)
    assert libro(v)["DIF/DG/0002/2026"] == "entregado"


def test_lo_reexpedido_otra_semana_lleva_la_fecha_de_ese_dia(ventanilla: Abridor) -> None:
    folio = autorizada(ventanilla("2026-11-20 12:00"))
    v = ventanilla("2026-11-25 09:00")
    cancelar_numero(v, NUMERO, "Se perdió.")

    emitir(v, folio, "oficio")

    oficio = documento(v, folio)
    assert oficio.emitido == oficio.fecha == v.ahora
    assert "25 de noviembre de 2026" in texto_de_word(carta(v, folio))


def test_no_se_reexpide_lo_que_hoy_ya_no_se_autorizaria(ventanilla: Abridor) -> None:
    folio = autorizada(ventanilla("2026-11-20 12:00"))
    v = ventanilla("2026-11-27 09:00")
    cancelar_numero(v, NUMERO, "Se perdió.")

    with pytest.raises(NoPermitido, match=r"«oficio»: la fecha de viaje ya pasó.*corregir FOLIO"):
        emitir(v, folio, "oficio")
    corregida = {"fecha_viaje": "2026-11-30", "fecha_regreso": "2026-12-01"}
    asentar_evento(v, folio, "corregir", Dicho("Cambió la cita.", datos=corregida))

    assert emitir(v, folio, "oficio").documentos == ("DIF/DG/0002/2026",)


def test_lo_que_el_paso_ya_gasto_no_impide_reexpedir(ventanilla: Abridor) -> None:
    p, estado = _con_condicion(ventanilla(), "veces.autorizar.autoriza == 0 and fecha_viaje >= hoy")

    revisar_reexpedicion(p, estado, "oficio", {}, Contexto(date(2026, 11, 20)))
    with pytest.raises(NoPermitido, match="la fecha de viaje ya pasó"):
        revisar_reexpedicion(p, estado, "oficio", {}, Contexto(date(2026, 11, 27)))


def _con_condicion(v: Ventanilla, escrita: str) -> tuple[Procedimiento, Estado]:
    asunto = tomar(v, autorizada(v))
    p = asunto.procedimiento
    pasos = tuple(
        replace(paso, salidas=tuple(
            replace(s, si=compilar_condicion(escrita)) if "oficio" in s.emite else s
            for s in paso.salidas
        ))
        for paso in p.pasos
    )  # fmt: skip
    return replace(p, pasos=pasos), asunto.estado


@pytest.mark.parametrize("preparar", [por_elaborar, por_autorizar, autorizada])
def test_no_se_reexpide_lo_que_no_se_emitio_y_cancelo(
    preparar: Callable[[Ventanilla], str], ventanilla: Abridor
) -> None:
    v = ventanilla()
    folio = preparar(v)

    with pytest.raises(NoPermitido, match="sólo se reexpide uno ya emitido y después cancelado"):
        emitir(v, folio, "oficio")


def test_reexpedir_un_documento_que_no_existe_sugiere_el_bueno(ventanilla: Abridor) -> None:
    v = ventanilla()

    with pytest.raises(NoExiste, match="¿Quiso decir «oficio»"):
        emitir(v, autorizada(v), "ofisio")


def test_el_acuse_queda_en_el_libro_y_no_se_repite(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = autorizada(v)

    acusar(v, NUMERO.lower(), recibe="Ana")
    otra = acusar(v, NUMERO, recibe="Luz")

    assert "consta con otro nombre quién lo recibió: no se cambió" in (otra.aviso or "")
    assert documento(v, folio).recibe == "Ana"
    assert libro(v) == {NUMERO: "entregado"}


@pytest.mark.parametrize(
    ("cuando", "dicho"),
    [
        ("2026-11-20", "anterior a la emisión, el 20 de noviembre de 2026, 12:00 horas"),
        ("2026-11-20 11:59", "anterior a la emisión"),
        ("2026-11-20 12:31", "no puede ser del futuro"),
    ],
)
def test_el_acuse_no_es_del_futuro_ni_anterior_al_oficio(
    cuando: str, dicho: str, ventanilla: Abridor
) -> None:
    autorizada(ventanilla("2026-11-20 12:00"))

    with pytest.raises(DatosInvalidos, match=dicho):
        acusar(ventanilla("2026-11-20 12:30"), NUMERO, ocurrio=cuando)


def test_lo_reservado_no_se_acusa(ventanilla: Abridor) -> None:
    v = ventanilla()
    por_autorizar(v)

    with pytest.raises(NoPermitido, match="está reservado; sólo se acusa uno emitido"):
        acusar(v, NUMERO)


def test_lo_entregado_ya_no_se_cancela(ventanilla: Abridor) -> None:
    v = ventanilla()
    concluida(v)

    with pytest.raises(NoPermitido, match="está entregado; ya no se cancela"):
        cancelar_numero(v, NUMERO, "Por error.")


@pytest.mark.parametrize("motivo", ["", "  "])
def test_sin_motivo_no_se_cancela_un_numero(motivo: str, ventanilla: Abridor) -> None:
    v = ventanilla()
    autorizada(v)

    with pytest.raises(DatosInvalidos, match="Diga por qué se cancela"):
        cancelar_numero(v, NUMERO, motivo)

    assert libro(v) == {NUMERO: "emitido"}


def test_cancelar_el_caso_libera_lo_reservado_con_su_motivo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_autorizar(v)

    asentar_evento(v, folio, "cancelar", Dicho("Se capturó dos veces."))

    (asiento,) = asientos(v.raiz)
    assert (asiento.dice["estado"], asiento.dice["motivo"]) == (
        "cancelado",
        "Se capturó dos veces.",
    )
    assert revisar(v, []) == []


def test_el_aviso_de_improcedencia_va_en_su_libro_y_no_toma_numero_de_reporte(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()

    folio = improcedente(v)

    assert libro(v) == {"OPDM/DG/UGSRP/0001/2026": "emitido"}
    assert "MUÑIZ O'FARRILL" in texto_de_word(carta(v, folio, "aviso-improcedencia"))


@pytest.mark.parametrize(
    ("etiqueta", "mensaje"),
    [
        ("Acude a {{ fecha_cita }}", "fecha_cita"),
        ("Vive en {{ domicilio.localidad }}", "domicilio.localidad"),
        ("Se llama {{ benefisiario.nombres }}", "benefisiario"),
        ("Se llama {{ beneficiario.nombres", PLANTILLA),
        ("{% if motivo %}sin cerrar", PLANTILLA),
        ("{{ ''.__class__ }}", PLANTILLA),
    ],
)
def test_una_plantilla_que_no_se_puede_llenar_no_toma_numero_ni_da_el_paso(
    etiqueta: str, mensaje: str, ventanilla: Abridor, en_la_plantilla: Callable[[str], None]
) -> None:
    v = ventanilla()
    folio = por_elaborar(v)
    en_la_plantilla(etiqueta)
    antes = ficheros(v.raiz)

    with pytest.raises(ErrorExpediente) as error:
        dar(v, folio)

    assert PLANTILLA in error.value.mensaje and mensaje in error.value.mensaje
    assert ficheros(v.raiz) == antes
    assert tomar(v, folio).estado.pasos == ("elaborar",)


def test_si_falta_la_plantilla_no_se_da_el_paso(ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla()
    folio = por_elaborar(v)
    (oficina / "plantillas" / PLANTILLA).unlink()

    with pytest.raises(NoExiste, match=PLANTILLA):
        dar(v, folio)

    assert libro(v) == {}


def test_si_nadie_firma_en_la_fecha_del_paso_no_se_toma_numero(
    ventanilla: Abridor, oficina: Path
) -> None:
    """La fecha del oficio es la del paso, aunque se capture cuando ya hay quien firme."""
    ajustes = oficina / "oficina.yaml"
    firma = "persona: directora, desde: '2025-09-01'"
    tarde = "persona: directora, desde: '2026-11-20'"
    folio = por_elaborar(ventanilla("2026-11-18 10:00"))
    ajustes.write_text(ajustes.read_text("utf-8").replace(firma, tarde), "utf-8")
    v = ventanilla("2026-11-20 12:00")

    with pytest.raises(NoExiste, match="Nadie firma por «direccion»"):
        avanzar(v, folio, Peticion(), ocurrio="2026-11-19 10:00")

    assert libro(v) == {}
    assert tomar(v, folio).estado.pasos == ("elaborar",)


@pytest.mark.parametrize(
    "nombre",
    ["Ana & Luz", "Ana <María>", "Íñigo Ñandú", "Ana 👩🏽‍🦽 Gil", "{{ 7*7 }}", "{% raw %}", "]]>"],
)
def test_lo_capturado_sale_tal_cual_en_el_oficio(nombre: str, ventanilla: Abridor) -> None:
    v = ventanilla()

    folio = autorizada(v, beneficiario__nombres=nombre)

    assert f"{nombre} Nuñez Güemes" in texto_de_word(carta(v, folio))


def test_un_parrafo_con_renglones_sale_con_sus_renglones(
    ventanilla: Abridor, oficina: Path
) -> None:
    ruta = oficina / "plantillas" / "acuse-reporte.docx"
    plantilla = docx.Document(str(ruta))
    plantilla.add_paragraph("Dice: {{ descripcion }}")
    plantilla.save(str(ruta))
    v = ventanilla()

    folio = canalizado(v, descripcion="Primero.\nDespués & luego.")

    assert "Dice: Primero.\nDespués & luego." in parrafos(carta(v, folio, "acuse"))


def test_un_si_o_no_se_lee_en_espanol(ventanilla: Abridor, oficina: Path) -> None:
    ruta = oficina / "plantillas" / "acuse-reporte.docx"
    plantilla = docx.Document(str(ruta))
    plantilla.add_paragraph("24 h: {{ programa_24h }}. {% if anonimo %}Anónimo.{% endif %}Fin")
    plantilla.save(str(ruta))
    v = ventanilla()

    folio = canalizado(v, anonimo="no")

    assert "24 h: sí. Fin" in parrafos(carta(v, folio, "acuse"))


def test_un_dato_sensible_no_sale_aunque_la_plantilla_lo_pida(
    ventanilla: Abridor, oficina: Path, en_la_plantilla: Callable[[str], None]
) -> None:
    fichero = oficina / "procedimientos" / "estrella-blanca.yaml"
    campo = "reglas:\n"
    con_campo = "  - {clave: diagnostico, nombre: Diagnóstico, sensible: sí}\n\nreglas:\n"
    fichero.write_text(fichero.read_text("utf-8").replace(campo, con_campo, 1), "utf-8")
    en_la_plantilla("Padece {{ diagnostico }}")
    v = ventanilla()
    folio = por_elaborar(v, diagnostico="insuficiencia renal")

    with pytest.raises(DatosInvalidos, match="diagnostico"):
        dar(v, folio)

    assert libro(v) == {}


def test_la_auditoria_dice_huecos_y_lo_que_no_cuadra(ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla()
    for _ in range(3):
        por_autorizar(v)
    shutil.rmtree(oficina / "libros" / "DG" / "2026" / "0002")
    shutil.rmtree(oficina / "expedientes" / "2026" / "EB-2026-0003")

    (auditoria,) = auditar(v)

    assert (auditoria.ultimo, auditoria.huecos) == (3, (2,))
    assert auditoria.por_estado == {"reservado": 2}
    assert [p.split(":")[0] for p in auditoria.problemas] == ["DIF/DG/0003/2026"]


def test_el_libro_de_cada_anio_empieza_en_uno(ventanilla: Abridor) -> None:
    por_autorizar(ventanilla("2026-11-20 12:00"))

    folio = por_autorizar(ventanilla("2027-01-08 12:00"), fecha_viaje="2027-01-12",
                          fecha_regreso="2027-01-13")  # fmt: skip

    assert documento(ventanilla("2027-01-08 12:00"), folio).numero == "DIF/DG/0001/2027"


def test_el_usuario_de_la_computadora_no_se_imprime_en_un_documento(ventanilla: Abridor) -> None:
    v = ventanilla(usuario="pc-ventanilla-3")

    oficio = texto_de_word(carta(v, autorizada(v)))
    acuse = texto_de_word(carta(v, canalizado(v), "acuse"))
    aviso = texto_de_word(carta(v, improcedente(v), "aviso-improcedencia"))

    assert "pc-ventanilla" not in oficio + acuse + aviso
    assert "SIVR*" in oficio
    assert "Gestión Social y Relaciones Públicas" in aviso
