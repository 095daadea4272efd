"""El libro de oficios: fechas en orden, años, números tomados a mano y su auditoría."""

from dataclasses import replace
from pathlib import Path

import pytest

from expediente.almacen.libro import Asiento, asientos
from expediente.nucleo.avance import Peticion
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste, NoPermitido
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import asentar, con_actuaciones, tomar
from expediente.operaciones.auditoria_del_libro import auditar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.efectos import cumplir
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.libro_de_oficios import FiltroDelLibro, asientos_del_libro, tramos
from expediente.operaciones.numeros_de_fuera import (
    DeFuera,
    numeros_del_rango,
    registrar,
    registrar_del_rango,
    registrar_el_siguiente,
)
from expediente.operaciones.oficios import acusar, cancelar_numero, emitir
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import (
    FUGA,
    Abridor,
    autorizada,
    canalizado,
    concluida,
    dar,
    documento,
    ficheros,
    por_autorizar,
    por_elaborar,
    ruta_de,
)

VIERNES, LUNES = "2026-11-20 12:00", "2026-11-23 09:00"
DEL_VIERNES = "2026-11-20 13:00"
NUMERO = "DIF/DG/0001/2026"
VIAJE_DE_ENERO = {"fecha_viaje": "2027-01-20", "fecha_regreso": "2027-01-21"}


def asiento(v: Ventanilla, numero: str) -> Asiento:
    """El asiento de ese número."""
    return next(a for a in asientos(v.raiz) if a.numero == numero)


def elaborar(
    v: Ventanilla, folio: str, ocurrio: str | None = None, extemporaneo: str | None = None
) -> None:
    """El paso que reserva el número del oficio."""
    avanzar(v, folio, Peticion("elaborar", extemporaneo=extemporaneo), ocurrio)


def test_lo_del_viernes_se_pasa_el_lunes_mientras_nadie_haya_tomado_numero(
    ventanilla: Abridor,
) -> None:
    viernes, lunes = ventanilla(VIERNES), ventanilla(LUNES)
    folios = [por_elaborar(viernes) for _ in range(3)]

    for folio in folios:
        elaborar(lunes, folio, DEL_VIERNES)

    assert [a.dice["fecha"] for a in asientos(lunes.raiz)] == ["2026-11-20"] * 3
    assert auditar(lunes)[0].en_orden and not auditar(lunes)[0].extemporaneos


def test_un_oficio_fechado_antes_que_el_ultimo_se_rechaza_y_no_toma_numero(
    ventanilla: Abridor,
) -> None:
    folio, lunes = por_elaborar(ventanilla(VIERNES)), ventanilla(LUNES)
    por_autorizar(lunes)
    antes = ficheros(lunes.raiz)

    with pytest.raises(NoPermitido, match=f"{NUMERO}, es del 23 de noviembre.*--extemporaneo"):
        elaborar(lunes, folio, DEL_VIERNES)

    assert ficheros(lunes.raiz) == antes


def test_con_su_motivo_el_extemporaneo_queda_en_el_asiento_y_en_la_historia(
    ventanilla: Abridor,
) -> None:
    folios = [por_elaborar(ventanilla(VIERNES)) for _ in range(2)]
    lunes = ventanilla(LUNES)
    por_autorizar(lunes)

    for folio in folios:
        elaborar(lunes, folio, DEL_VIERNES, extemporaneo="Se fue la luz el viernes.")

    numeros = ["DIF/DG/0002/2026", "DIF/DG/0003/2026"]
    auditoria = auditar(lunes)[0]
    assert auditoria.extemporaneos == tuple((n, "Se fue la luz el viernes.") for n in numeros)
    assert auditoria.en_orden
    assert tomar(lunes, folios[0]).actuaciones[-2].detalle["extemporaneo"].startswith("Se fue")


def test_un_extemporaneo_no_atrasa_el_libro(ventanilla: Abridor) -> None:
    folio, otro = (por_elaborar(ventanilla(VIERNES)) for _ in range(2))
    lunes = ventanilla(LUNES)
    por_autorizar(lunes)
    elaborar(lunes, folio, DEL_VIERNES, extemporaneo="Se fue la luz.")

    with pytest.raises(NoPermitido, match="--extemporaneo"):
        elaborar(lunes, otro, "2026-11-20 14:00")


def test_un_motivo_de_mas_no_vuelve_extemporaneo_al_que_va_en_orden(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)

    elaborar(v, por_elaborar(v), extemporaneo="Por si acaso.")

    assert "extemporaneo" not in asiento(v, NUMERO).dice


def test_un_anio_que_ya_termino_pide_su_motivo_y_no_mueve_el_nuevo(ventanilla: Abridor) -> None:
    folio = por_elaborar(ventanilla("2026-12-31 13:00"), **VIAJE_DE_ENERO)
    enero = ventanilla("2027-01-08 09:00")

    with pytest.raises(NoPermitido, match="fecha de 2026, un año que ya terminó"):
        elaborar(enero, folio, "2026-12-31 14:00")
    elaborar(enero, folio, "2026-12-31 14:00", extemporaneo="Lo firmó y no se pasó.")
    por_autorizar(enero, **VIAJE_DE_ENERO)

    assert [a.numero for a in asientos(enero.raiz)] == [NUMERO, "DIF/DG/0001/2027"]


def test_los_eventos_que_escriben_oficio_siguen_la_misma_regla(ventanilla: Abridor) -> None:
    folio, lunes = por_elaborar(ventanilla(VIERNES)), ventanilla(LUNES)
    por_autorizar(lunes)
    negativa = Dicho("No viaja.", lunes.oficina.persona("directora"), ocurrio="2026-11-20 14:00")

    with pytest.raises(NoPermitido, match="«Negativa» llevaría fecha"):
        asentar_evento(lunes, folio, "negar", negativa)
    asentar_evento(lunes, folio, "negar", replace(negativa, extemporaneo="Se pasó tarde."))

    assert asiento(lunes, "DIF/DG/0002/2026").dice["extemporaneo"] == "Se pasó tarde."


def test_el_folio_de_un_reporte_se_captura_tarde_sin_dar_explicaciones(
    ventanilla: Abridor,
) -> None:
    canalizado(ventanilla(LUNES))

    tarde = abrir(ventanilla(LUNES), Solicitud("reporte-servicio", FUGA, recibido=VIERNES)).folio
    avanzar(ventanilla(LUNES), tarde, Peticion("registrar", "procede"), "2026-11-20 12:30")

    assert auditar(ventanilla(LUNES), "REPORTES")[0].en_orden


def test_lo_que_un_apagon_dejo_sin_numero_se_termina_con_su_motivo_solo(
    ventanilla: Abridor,
) -> None:
    v = ventanilla(VIERNES)
    asunto = tomar(v, por_elaborar(v))
    asentar(v, con_actuaciones(asunto, replace(v.nueva_actuacion("avance"), paso="elaborar")))
    lunes = ventanilla(LUNES)
    por_autorizar(lunes)

    emitir(lunes, asunto.folio)

    (extemporaneo,) = auditar(lunes)[0].extemporaneos
    assert extemporaneo[0] == "DIF/DG/0002/2026" and "ya estaba asentado" in extemporaneo[1]
    assert auditar(lunes)[0].en_orden


def test_lo_reservado_guarda_su_turno_aunque_se_firme_despues(ventanilla: Abridor) -> None:
    folio = por_autorizar(ventanilla(VIERNES))
    autorizada(ventanilla(LUNES))

    dar(ventanilla("2026-11-24 09:00"), folio, resultado="autoriza", por="directora")

    v = ventanilla("2026-11-24 10:00")
    dice = asiento(v, NUMERO).dice
    assert (dice["reservado"], dice["fecha"]) == ("2026-11-20", "2026-11-24")
    assert auditar(v)[0].en_orden


def test_dos_que_se_cruzaron_salen_fuera_de_orden_en_la_auditoria(ventanilla: Abridor) -> None:
    """Entre la revisión y la toma otra persona pudo adelantar el libro."""
    por_autorizar(ventanilla(LUNES))
    v = ventanilla(VIERNES)  # una computadora con el reloj atrasado no ve el futuro
    por_autorizar(v)

    auditoria = auditar(ventanilla(LUNES))[0]

    dicho = "es del 20/11/2026 y el DIF/DG/0001/2026, del 23/11/2026"
    assert auditoria.fuera_de_orden == (("DIF/DG/0002/2026", dicho),)
    assert not auditoria.en_orden


def de_diciembre_a_enero(ventanilla: Abridor) -> tuple[Ventanilla, str]:
    """Un oficio reservado en diciembre y autorizado en enero."""
    folio = por_autorizar(ventanilla("2026-12-18 12:00"), **VIAJE_DE_ENERO)
    enero = ventanilla("2027-01-08 10:00")
    hecho = dar(enero, folio, resultado="autoriza", por="directora")
    assert hecho.documentos == ("DIF/DG/0001/2027",)
    assert "queda cancelado y el oficio sale con DIF/DG/0001/2027" in (hecho.aviso or "")
    return enero, folio


def test_lo_reservado_en_diciembre_y_firmado_en_enero_toma_numero_de_enero(
    ventanilla: Abridor,
) -> None:
    v, folio = de_diciembre_a_enero(ventanilla)

    viejo, nuevo = asiento(v, NUMERO).dice, asiento(v, "DIF/DG/0001/2027").dice
    assert (
        viejo["estado"] == "cancelado"
        and "se emitió en 2027, con el DIF/DG/0001/2027." in viejo["motivo"]
    )
    assert (nuevo["estado"], nuevo["fecha"], nuevo["folio"]) == ("emitido", "2027-01-08", folio)
    assert documento(v, folio).numero == "DIF/DG/0001/2027"
    assert "DIF-DG-0001-2027" in ruta_de(tomar(v, folio), "oficio").name
    assert all(a.en_orden for a in auditar(v)) and revisar(v, []) == []


def test_simular_en_enero_dice_que_cancelara_el_de_diciembre(ventanilla: Abridor) -> None:
    folio = por_autorizar(ventanilla("2026-12-18 12:00"), **VIAJE_DE_ENERO)
    enero = ventanilla("2027-01-08 10:00")
    pedido = Peticion(resultado="autoriza", por=enero.oficina.persona("directora"))

    hecho = avanzar(enero, folio, pedido, simular=True)

    assert f"{NUMERO} se reservó en otro año: se cancelará" in (hecho.aviso or "")


def test_el_de_enero_se_entrega_y_su_historia_se_puede_repetir(ventanilla: Abridor) -> None:
    v, folio = de_diciembre_a_enero(ventanilla)

    dar(v, folio, recibe="Ana")

    assert asiento(v, "DIF/DG/0001/2027").dice["recibe"] == "Ana"
    assert [d.estado for d in tomar(v, folio).estado.documentos] == ["cancelado", "entregado"]


def test_deshacer_la_firma_de_enero_vuelve_a_reservar_sin_revivir_ninguno(
    ventanilla: Abridor,
) -> None:
    v, folio = de_diciembre_a_enero(ventanilla)

    asentar_evento(v, folio, "deshacer", Dicho("Se dio en otro folio."))

    estados = {a.numero: a.dice["estado"] for a in asientos(v.raiz)}
    assert estados == {
        NUMERO: "cancelado", "DIF/DG/0001/2027": "cancelado", "DIF/DG/0002/2027": "reservado",
    }  # fmt: skip
    assert documento(v, folio).numero == "DIF/DG/0002/2027" and revisar(v, []) == []
    dar(v, folio, resultado="autoriza", por="directora")
    assert asiento(v, "DIF/DG/0002/2027").dice["estado"] == "emitido" and revisar(v, []) == []


def test_si_se_apaga_al_cambiar_de_anio_repetir_no_toma_otro(ventanilla: Abridor) -> None:
    folio = por_autorizar(ventanilla("2026-12-18 12:00"), **VIAJE_DE_ENERO)
    enero = ventanilla("2027-01-08 10:00")
    paso = replace(
        enero.nueva_actuacion("avance"), paso="autorizar", resultado="autoriza", por="directora"
    )
    pendiente = asentar(enero, con_actuaciones(tomar(enero, folio), paso))
    plantilla = enero.raiz / "plantillas" / "oficio-estrella-blanca.docx"
    sana = plantilla.read_bytes()
    plantilla.write_bytes(b"")  # se toma el número y no se alcanza a escribir la carta
    with pytest.raises(DatosInvalidos):
        cumplir(enero, pendiente)
    plantilla.write_bytes(sana)

    emitir(enero, folio)

    assert [a.numero for a in asientos(enero.raiz)] == [NUMERO, "DIF/DG/0001/2027"]
    assert revisar(enero, []) == []


def test_el_asiento_dice_a_quien_va_quien_lo_elaboro_quien_lo_firma_y_su_acuse(
    ventanilla: Abridor,
) -> None:
    v = ventanilla(VIERNES)

    concluida(v)

    dice = asiento(v, NUMERO).dice
    assert dice["elaboro"] == "María Guadalupe Longoria Peña"
    assert dice["firmo"] == "Sofía Isabel Villarreal Rangel"
    assert dice["destinatario"] and dice["entregado"].startswith("2026-11-20T12:00")


def test_un_acuse_sin_quien_recibio_lo_avisa_y_se_completa_despues(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    folio = autorizada(v)

    hecho = dar(v, folio)
    otra = acusar(v, NUMERO, recibe="Ana")

    assert hecho.aviso is not None and f"oficio acusar {NUMERO} --recibe" in hecho.aviso
    assert otra.aviso is None and asiento(v, NUMERO).dice["recibe"] == "Ana"
    assert dar(v, autorizada(v), recibe="Luz").aviso is None


@pytest.mark.parametrize("recibe", ["", "   "])
def test_un_nombre_en_blanco_no_es_un_acuse(recibe: str, ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    folio = autorizada(v)
    registrar(v, "DIF/DG/0002/2026", DeFuera())
    antes = ficheros(v.raiz)

    for numero in (NUMERO, "DIF/DG/0002/2026"):
        with pytest.raises(ErrorUso, match="--recibe está en blanco"):
            acusar(v, numero, recibe=recibe)
    with pytest.raises(ErrorUso, match="--recibe está en blanco"):
        dar(v, folio, recibe=recibe)

    assert ficheros(v.raiz) == antes


def test_un_nombre_en_blanco_de_antes_se_completa(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    asunto = tomar(v, autorizada(v))
    hecho = {"clave": "oficio", "numero": NUMERO, "estado": "entregado", "recibe": "   "}
    asentar(v, con_actuaciones(asunto, replace(v.nueva_actuacion("acuse"), documentos=(hecho,))))

    acusar(v, NUMERO, recibe="Ana")

    assert asiento(v, NUMERO).dice["recibe"] == "Ana"


def test_al_acusar_se_dice_el_paso_que_falta_dar(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    folio = autorizada(v)

    hecho, otra = acusar(v, NUMERO, recibe="Ana"), acusar(v, NUMERO, recibe="Ana")

    assert hecho.aviso == f"Falta dar el paso «entregar»: expediente avanzar {folio}"
    assert otra.ya_estaba and otra.aviso == f"Ya tenía acuse. {hecho.aviso}"
    assert dar(v, folio).pasos != ("entregar",)


def test_quien_recibio_no_cambia_y_se_dice(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    folio = autorizada(v)
    acusar(v, NUMERO, recibe="Ana")

    otra, dado = acusar(v, NUMERO, recibe="Luz"), dar(v, folio, recibe="Luz")

    assert "consta con otro nombre quién lo recibió" in (otra.aviso or "")
    assert "ya constaba, con otro nombre, quién lo recibió" in (dado.aviso or "")
    assert asiento(v, NUMERO).dice["recibe"] == "Ana"
    assert "Luz" not in str(tomar(v, folio).actuaciones)


def test_acusar_sin_quien_recibio_tambien_lo_avisa(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    autorizada(v)

    assert "sin decir quién lo recibió" in (acusar(v, NUMERO).aviso or "")


def test_un_numero_de_fuera_ocupa_su_lugar_y_los_siguientes_siguen_despues(
    ventanilla: Abridor,
) -> None:
    v = ventanilla(VIERNES)

    hecho = registrar(v, "dif/dg/0007/2026", DeFuera(asunto="Mesa", por="Don Toño"))

    dice = asiento(v, "DIF/DG/0007/2026").dice
    assert (dice["estado"], dice["origen"], dice["elaboro"]) == ("emitido", "fuera", "Don Toño")
    assert "--libro DG --del 1 --al 6" in (hecho.aviso or "")
    assert documento(v, por_autorizar(v)).numero == "DIF/DG/0008/2026"
    assert tramos(auditar(v)[0].huecos) == "0001 a 0006"
    assert auditar(v)[0].de_fuera == (("DIF/DG/0007/2026", "lo usó Don Toño; Mesa"),)


def test_un_rango_registra_el_libro_de_papel_y_repetirlo_no_hace_nada(ventanilla: Abridor) -> None:
    v, dicho = ventanilla(VIERNES), DeFuera(motivo="Libro de papel.")
    numeros = numeros_del_rango(v, "DG", 1, 41, 2026)
    for numero in numeros:
        registrar_del_rango(v, numero, dicho)
    antes = ficheros(v.raiz)

    otra_vez = [registrar_del_rango(v, n, dicho) for n in numeros_del_rango(v, "DG", 1, 41, 2026)]

    assert {r.aviso for r in otra_vez} == {"Ya estaba registrado."}
    assert ficheros(v.raiz) == antes
    auditoria = auditar(v)[0]
    assert (auditoria.ultimo, auditoria.huecos, auditoria.en_orden) == (41, (), True)
    assert documento(v, por_autorizar(v)).numero == "DIF/DG/0042/2026"


def test_un_rango_que_pisa_un_expediente_no_registra_ninguno(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    por_autorizar(v)
    antes = ficheros(v.raiz)

    with pytest.raises(NoPermitido, match=f"1 ya los tomó un expediente \\({NUMERO}\\)"):
        numeros_del_rango(v, "DG", 1, 41, 2026)

    assert ficheros(v.raiz) == antes


@pytest.mark.parametrize(("primero", "ultimo"), [(0, 3), (5, 4), (1, 5_001)])
def test_un_rango_que_no_lo_es_se_rechaza(primero: int, ultimo: int, ventanilla: Abridor) -> None:
    with pytest.raises(ErrorUso, match="de menor a mayor"):
        numeros_del_rango(ventanilla(), "DG", primero, ultimo, 2026)


def test_el_siguiente_del_libro_se_toma_para_un_oficio_hecho_a_mano(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    por_autorizar(v)

    hecho = registrar_el_siguiente(v, "DG", DeFuera(asunto="Felicitación"))

    assert hecho.folio == "DIF/DG/0002/2026"
    assert asiento(v, hecho.folio).dice["fecha"] == "2026-11-20"


@pytest.mark.parametrize(
    ("numero", "dicho", "error", "mensaje"),
    [
        ("DIF/DG/0001/2026", DeFuera(), NoPermitido, "ya está en el libro: es de EB-2026-0001"),
        ("DIF/DG/0300/2026", DeFuera(), NoPermitido, "saltar al 0300 no se deshace"),
        ("DIF/DX/0009/2026", DeFuera(), NoExiste, "no es de ningún libro"),
        ("DIF/DG/0001/2030", DeFuera(), DatosInvalidos, "un año que no llega"),
        ("DIF/DG/0005/2025", DeFuera(), DatosInvalidos, "Diga qué fecha lleva"),
        ("DIF/DG/0002/2026", DeFuera(fecha="2025-12-30"), DatosInvalidos, "de 2026 y la fecha, de"),
        ("DIF/DG/0002/2026", DeFuera(fecha="2026-12-30"), DatosInvalidos, "que no llega"),
        ("DIF/DG/0002/2026", DeFuera(fecha="2026-11-02"), NoPermitido, "anterior a la del"),
        ("DIF/DG/0002/2026", DeFuera(folio="EB-2026-0099"), NoExiste, "EB-2026-0099"),
    ],
)
def test_lo_que_no_se_puede_registrar_dice_por_que(
    numero: str, dicho: DeFuera, error: type[Exception], mensaje: str, ventanilla: Abridor
) -> None:
    v = ventanilla(VIERNES)
    por_autorizar(v)
    antes = ficheros(v.raiz)

    with pytest.raises(error, match=mensaje):
        registrar(v, numero, dicho)

    assert ficheros(v.raiz) == antes


def test_uno_de_fuera_que_no_casa_con_sus_vecinos_pide_motivo(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    registrar(v, "DIF/DG/0003/2026", DeFuera(fecha="2026-11-18"))

    with pytest.raises(NoPermitido, match="posterior a la del DIF/DG/0003/2026"):
        registrar(v, NUMERO, DeFuera(fecha="2026-11-19"))
    registrar(v, NUMERO, DeFuera(fecha="2026-11-19", extemporaneo="Lo dejaron en blanco."))
    registrar(v, "DIF/DG/0002/2026", DeFuera(fecha="2026-11-17"))

    auditoria = auditar(v)[0]
    assert auditoria.extemporaneos == ((NUMERO, "Lo dejaron en blanco."),)
    assert auditoria.en_orden


def test_uno_de_fuera_se_acusa_y_se_anula_con_motivo(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    for n in (1, 2):
        registrar(v, f"DIF/DG/{n:04d}/2026", DeFuera(destinatario="Lic. Luz"))

    sin_quien = acusar(v, NUMERO, ocurrio="2026-11-20 11:00")
    acusar(v, NUMERO, recibe="Oficialía")
    cancelar_numero(v, "DIF/DG/0002/2026", "Se rompió la hoja.")

    dice = asiento(v, NUMERO).dice
    assert "sin decir quién" in (sin_quien.aviso or "")
    assert (dice["estado"], dice["recibe"]) == ("entregado", "Oficialía")
    assert dice["entregado"].startswith("2026-11-20T11:00")
    assert auditar(v)[0].cancelados == (("DIF/DG/0002/2026", "Se rompió la hoja."),)
    for hacer in (acusar, lambda v, n: cancelar_numero(v, n, "Otra vez.")):
        with pytest.raises(NoPermitido, match="está cancelado"):
            hacer(v, "DIF/DG/0002/2026")
    with pytest.raises(NoPermitido, match="está entregado; ya no se cancela"):
        cancelar_numero(v, NUMERO, "Tarde.")


def test_al_anular_uno_de_fuera_se_conserva_por_que_se_registro(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    registrar(v, "DIF/DG/1/2026", DeFuera(motivo="Se fue la luz."))

    cancelar_numero(v, NUMERO, "Se manchó.")

    dicho = "Se manchó. Se había registrado por: Se fue la luz."
    assert asiento(v, NUMERO).dice["motivo"] == dicho


def test_el_de_fuera_con_folio_no_es_del_caso_y_reparar_no_lo_toca(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    folio = por_elaborar(v)
    registrar(v, NUMERO, DeFuera(folio=folio.lower()))

    assert revisar(v, [], reparar=True) == []
    assert asiento(v, NUMERO).dice["estado"] == "emitido"
    assert asiento(v, NUMERO).dice["folio"] == folio


def test_simular_un_registro_no_escribe(ventanilla: Abridor) -> None:
    v = ventanilla(VIERNES)
    antes = ficheros(v.raiz)

    registrar(v, NUMERO, DeFuera(), simular=True)
    registrar_el_siguiente(v, "DG", DeFuera(), simular=True)

    assert ficheros(v.raiz) == antes


def test_el_libro_se_filtra_por_estado_y_por_fecha(ventanilla: Abridor) -> None:
    por_autorizar(ventanilla(VIERNES))
    autorizada(ventanilla(LUNES))
    v = ventanilla(LUNES)

    def hallados(**filtro: object) -> list[str]:
        return [a.numero for a in asientos_del_libro(v, FiltroDelLibro(**filtro))]  # type: ignore[arg-type]  # lo que filtra cada caso

    assert hallados(estado="reservado") == [NUMERO]
    assert hallados(desde=v.ahora.date()) == ["DIF/DG/0002/2026"]
    assert hallados(hasta=ventanilla(VIERNES).ahora.date()) == [NUMERO]
    assert hallados(libro="UGSRP") == []
    with pytest.raises(ErrorUso, match="Los estados son: reservado"):
        hallados(estado="perdido")
    with pytest.raises(NoExiste):
        hallados(libro="DGG")


def test_la_auditoria_dice_lo_reservado_viejo_y_lo_emitido_sin_acuse(ventanilla: Abridor) -> None:
    por_autorizar(ventanilla(VIERNES))
    autorizada(ventanilla(VIERNES))

    auditoria = auditar(ventanilla("2026-12-10 09:00"))[0]

    assert auditoria.reservados_viejos == (
        (NUMERO, "reservado hace 20 días naturales, sin emitir"),
    )
    assert auditoria.sin_acuse == (("DIF/DG/0002/2026", "emitido hace 20 días naturales"),)
    assert auditoria.en_orden


def test_un_asiento_de_antes_sin_los_datos_nuevos_se_lee_igual(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla(VIERNES)
    autorizada(v)
    carpeta = oficina / "libros" / "DG" / "2026" / "0001"
    nuevas = ("destinatario:", "elaboro:", "firmo:", "reservado:")
    for fichero in carpeta.rglob("asiento.yaml"):
        renglones = fichero.read_text("utf-8").splitlines(keepends=True)
        fichero.write_text("".join(x for x in renglones if not x.startswith(nuevas)), "utf-8")

    assert auditar(v)[0].en_orden and revisar(v, []) == []
    acusar(v, NUMERO, recibe="Ana")
    assert asiento(v, NUMERO).dice["recibe"] == "Ana"


@pytest.mark.parametrize(
    ("faltan", "dicho"),
    [
        ([], ""),
        ([4], "0004"),
        ([4, 5, 6, 7, 12], "0004 a 0007, 0012"),
        ([9999, 10000], "9999 a 10000"),
    ],
)
def test_los_huecos_se_dicen_por_tramos(faltan: list[int], dicho: str) -> None:
    assert tramos(faltan) == dicho
