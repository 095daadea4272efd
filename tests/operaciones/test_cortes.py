"""El corte del día con ficheros de verdad: se da en bloque, se relaciona, se deshace, se cruza."""

import csv
import io
from pathlib import Path

import docx
import pytest

from expediente.almacen.hojas import Hoja, hoja_de_bytes, leer_hoja
from expediente.nucleo.errores import DatosInvalidos, NoExiste, NoPermitido
from expediente.operaciones.asunto import tomar, vencimientos_de
from expediente.operaciones.cortes import CorteHecho, hacer_corte
from expediente.operaciones.cortes_hechos import conciliar_lote, deshacer_lote, lotes_hechos
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.relaciones import problemas_de_cortes
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla
from tests.cli.oficinista import foto, objeto
from tests.conftest import Correr
from tests.operaciones.tramites import Abridor, canalizado, dar, documento, solicitud, texto_de_word

MUESTRA = Path(__file__).parents[2] / "datos" / "ejemplos" / "corte-atendidos.csv"
TARDE = "2026-11-20 18:00"
LISTA = """\
N.º de reporte,Atendido,Qué se hizo
R-2026-0001,20/11/2026 13:05,Se cambió el tramo.
R-2026-0002,14:20,Se soldó.
"""


def lista(escrita: str) -> Hoja:
    """Una lista en CSV."""
    return hoja_de_bytes(escrita.encode(), ".csv", "lista")


def que(hecho: CorteHecho) -> list[tuple[int, str]]:
    """(renglón, qué resultó) de cada uno."""
    return [(linea.renglon, linea.que) for linea in hecho.lineas]


def relacion(v: Ventanilla, lote: str = "2026-11-20-01") -> list[list[str]]:
    """Los renglones de la relación en CSV."""
    crudo = (v.raiz / "cortes/2026" / lote / "relacion.csv").read_bytes()
    return list(csv.reader(io.StringIO(crudo.decode("utf-8-sig"), newline="")))


@pytest.fixture
def tres(ventanilla: Abridor) -> tuple[str, str, str]:
    """Tres reportes en manos del área."""
    v = ventanilla()
    return canalizado(v), canalizado(v), canalizado(v)


def test_la_lista_del_dia_da_de_baja_y_deja_su_relacion(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)

    hecho = hacer_corte(v, "atendidos", lista(LISTA))

    assert que(hecho) == [(2, "dado"), (3, "dado")]
    assert [tomar(v, folio).estado.pasos for folio in tres] == [
        ("verificar",), ("verificar",), ("atender",),
    ]  # fmt: skip
    titulos, uno, otro = relacion(v)
    assert titulos[:2] == ["N.º de reporte", "Tipo de servicio"]
    assert (uno[0], uno[2], uno[3]) == ("R-2026-0001", "Centro", "Agua potable")
    assert uno[4:8] == ["20/11/2026 12:00", "20/11/2026 13:05", "1.1", "Se cambió el tramo."]
    assert otro[5] == "20/11/2026 14:20"
    assert revisar(v, list(tres)) == []


def test_la_relacion_se_firma_y_no_dice_de_quien_es_cada_reporte(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    hacer_corte(v, "atendidos", lista(LISTA))

    carta = (v.raiz / "cortes/2026/2026-11-20-01/relacion.docx").read_bytes()

    dice = texto_de_word(carta)
    assert "Corte del viernes 20 de noviembre de 2026" in dice and "Total: 2 reportes." in dice
    for papel in ("Da de baja el área", "Entrega Gestión Social", "Recibe el Centro"):
        assert papel in dice
    assert "Muñiz" not in dice and "8711550199" not in dice


def test_el_plazo_de_24_horas_se_cumple_a_la_hora_en_que_se_atendio(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    manana = ventanilla("2026-11-21 18:00")

    hacer_corte(manana, "atendidos", lista(LISTA.replace("14:20", "20/11/2026 14:20")))

    asunto = tomar(manana, tres[0])
    plazos = {x.clave: x for x in vencimientos_de(manana, asunto.procedimiento, asunto.estado)}
    cumplido = plazos["programa-24h"].cumplido
    assert cumplido is not None and f"{cumplido:%d %H:%M}" == "20 13:05"


def test_simular_dice_lo_mismo_y_no_cambia_nada(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    antes = foto(v.raiz)

    ensayo = hacer_corte(v, "atendidos", lista(LISTA), simular=True)

    assert foto(v.raiz) == antes
    assert que(ensayo) == que(hacer_corte(v, "atendidos", lista(LISTA)))


def test_repetir_la_lista_no_da_de_baja_dos_veces(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    hacer_corte(v, "atendidos", lista(LISTA))
    antes = foto(v.raiz)

    otra_vez = hacer_corte(v, "atendidos", lista(LISTA))

    assert que(otra_vez) == [(2, "ya_estaba"), (3, "ya_estaba")]
    assert otra_vez.lote is None and foto(v.raiz) == antes


def test_la_lista_de_ayer_no_da_de_baja_lo_que_el_usuario_rechazo(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    hacer_corte(ventanilla(TARDE), "atendidos", lista(LISTA))
    v = ventanilla("2026-11-21 10:00")
    dar(v, tres[0], resultado="inconforme", nota="Sigue la fuga.")

    repetida = hacer_corte(v, "atendidos", lista(LISTA), dia="2026-11-20")
    nueva = "N.º de reporte,Atendido,Qué se hizo\nR-2026-0001,21/11/2026 09:59,Otra vez.\n"
    antes_de_la_llamada = hacer_corte(v, "atendidos", lista(nueva))
    en_su_hora = hacer_corte(
        ventanilla("2026-11-21 18:00"), "atendidos", lista(nueva.replace("09:59", "17:00"))
    )

    assert que(repetida)[0] == (2, "ya_estaba")
    assert que(antes_de_la_llamada) == [(2, "rechazado")]
    assert que(en_su_hora) == [(2, "dado")]


def test_uno_malo_no_detiene_a_los_demas(ventanilla: Abridor, tres: tuple[str, str, str]) -> None:
    v = ventanilla(TARDE)
    mala = LISTA + "R-2026-0003,15:00,\nR-2026-0099,15:00,Nada.\nR-2026-0001,15:00,Otra.\n"

    hecho = hacer_corte(v, "atendidos", lista(mala))

    assert que(hecho)[:2] == [(2, "dado"), (3, "dado")]
    motivos = [x.resultado.error or "" for x in hecho.lineas[2:]]
    assert [x.resultado.ok for x in hecho.lineas[2:]] == [False, False, False]
    assert "trabajo" in motivos[0] and "ningún caso" in motivos[1] and "repite" in motivos[2]
    assert tomar(v, tres[2]).estado.pasos == ("atender",)


def test_el_impedimento_se_asienta_con_su_constancia_y_no_va_en_la_relacion(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    impedido = lista(
        "N.º de reporte;Atendido;Impedimento;Evidencia;Nueva fecha;Se avisó al usuario\n"
        "R-2026-0001;13:00;Lluvia;Calle inundada;23/11/2026;sí\n"
    )

    hecho = hacer_corte(v, "atendidos", impedido)
    otra_vez = hacer_corte(v, "atendidos", impedido)

    assert (que(hecho), que(otra_vez)) == ([(2, "pendiente")], [(2, "ya_estaba")])
    assert tomar(v, tres[0]).estado.veces["atender", "impedido"] == 1
    assert documento(v, tres[0], "impedimento").estado == "emitido"
    assert not (v.raiz / "cortes/2026/2026-11-20-01/relacion.docx").exists()


def test_los_vecinos_de_la_misma_fuga_se_cuentan_con_su_rector(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    rector, vecina, vecino = tres
    for folio in (vecina, vecino):
        asentar_evento(ventanilla(), folio, "acumular", Dicho("La misma fuga.", a=rector))
    v = ventanilla(TARDE)

    hecho = hacer_corte(v, "atendidos", lista(LISTA))

    assert que(hecho) == [(2, "dado"), (3, "adherido")]
    assert hecho.lineas[0].adheridos == ("R-2026-0002", "R-2026-0003")
    assert relacion(v)[1][-1] == "R-2026-0002, R-2026-0003"
    assert hecho.lote is not None and hecho.lote.adheridos == 2


def test_lo_dado_a_mano_o_por_un_corte_que_se_apago_entra_en_la_relacion_una_vez(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    dar(v, tres[0], datos={"trabajo": "Se cambió la llave."})
    dar(v, tres[0])

    hecho = hacer_corte(v, "atendidos", lista("Reporte\nR-2026-0001\n"))
    otra_vez = hacer_corte(v, "atendidos", lista("Reporte\nR-2026-0001\n"))

    assert que(hecho) == que(otra_vez) == [(2, "ya_estaba")]
    assert relacion(v)[1][7] == "Se cambió la llave."
    assert hecho.lote is not None and otra_vez.lote is None


def test_deshacer_un_corte_devuelve_cada_caso_a_donde_estaba(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    dar(v, tres[1], datos={"trabajo": "Ya lo había dicho."})
    hacer_corte(v, "atendidos", lista(LISTA.replace("14:20", "")))

    hechos = deshacer_lote(v, "atendidos", "2026-11-20-01", "Era la lista de ayer.")

    assert all(r.ok for r in hechos)
    assert tomar(v, tres[0]).estado.pasos == ("atender",)
    assert tomar(v, tres[1]).estado.pasos == ("dar-baja",)
    with pytest.raises(NoPermitido, match="ya se deshizo"):
        deshacer_lote(v, "atendidos", "2026-11-20-01", "Otra vez.")
    assert que(hacer_corte(v, "atendidos", lista(LISTA)))[0] == (2, "dado")
    assert revisar(v, list(tres)) == []


def test_si_uno_ya_siguio_no_se_deshace_ninguno_salvo_que_se_pida(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    hacer_corte(v, "atendidos", lista(LISTA))
    dar(v, tres[0], resultado="conforme")
    antes = foto(v.raiz)

    with pytest.raises(NoPermitido, match=tres[0]):
        deshacer_lote(v, "atendidos", "2026-11-20-01", "Era otra.")
    assert foto(v.raiz) == antes
    hechos = deshacer_lote(v, "atendidos", "2026-11-20-01", "Era otra.", los_que_se_pueda=True)

    assert [r.ok for r in hechos] == [False, True]
    assert [tomar(v, folio).estado.pasos for folio in tres[:2]] == [("cerrar",), ("atender",)]
    [(lote, _)] = lotes_hechos(v)
    assert lote.deshecho is not None and lote.deshecho.quedan == (tres[0],)


def test_conciliar_dice_en_que_no_coincide_el_centro_y_no_cambia_casos(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    hacer_corte(v, "atendidos", lista(LISTA + "R-2026-0003,15:00,Se soldó.\n"))
    dar(v, tres[0], resultado="conforme")
    respuesta = lista("Reporte;Estatus\nR-2026-1;Cerrado\nR-2026-2;Rechazado\nR-2026-9;Cerrado\n")
    antes = foto(v.raiz / "expedientes")

    hecha = conciliar_lote(v, "atendidos", "2026-11-20-01", respuesta)

    assert foto(v.raiz / "expedientes") == antes
    assert [(c.que, c.nuestro, c.suyo) for c in hecha.cruces] == [
        ("coincide", "conforme", "conforme"),
        ("difiere", "por verificar", "inconforme"),
        ("falta_alla", "por verificar", ""),
        ("sobra", "", "conforme"),
    ]
    assert hecha.remedios == {"R-2026-0002": f"expediente avanzar {tres[1]} --resultado inconforme"}
    assert hecha.fichero is not None and b"Sobra" in hecha.fichero.read_bytes()
    repetida = conciliar_lote(v, "atendidos", "2026-11-20-01", respuesta)
    assert repetida.fichero == hecha.fichero


def test_lo_que_el_centro_dijo_de_otra_vuelta_no_vale_para_esta(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    hacer_corte(ventanilla(TARDE), "atendidos", lista(LISTA))
    dar(ventanilla("2026-11-21 10:00"), tres[0], resultado="inconforme", nota="Sigue.")
    v = ventanilla("2026-11-21 18:00")
    hacer_corte(v, "atendidos", lista("Reporte,Atendido,trabajo\nR-2026-1,17:00,Se cambió.\n"))

    hecha = conciliar_lote(v, "atendidos", "2026-11-21-01", lista("Reporte,Estatus\n"))

    assert [(c.que, c.nuestro) for c in hecha.cruces] == [("falta_alla", "por verificar")]


def test_una_plantilla_que_no_sirve_se_sabe_antes_de_mover_ningun_caso(
    ventanilla: Abridor, tres: tuple[str, str, str]
) -> None:
    v = ventanilla(TARDE)
    carta = docx.Document()
    carta.add_paragraph("{{ corte.cuadrilla }}")
    carta.save(str(v.raiz / "plantillas/relacion-atendidos.docx"))
    antes = foto(v.raiz / "expedientes")

    with pytest.raises(DatosInvalidos, match="cuadrilla"):
        hacer_corte(v, "atendidos", lista(LISTA))

    assert foto(v.raiz / "expedientes") == antes


@pytest.mark.parametrize(
    ("bien", "mal", "dicho"),
    [
        ("paso: dar-baja", "paso: dar-vaja", "«dar-vaja»"),
        ("valor: area.nombre", "valor: area.nonbre", "«area.nonbre»"),
        ("trabajo: [trabajo", "trabaja: [trabajo", "«trabaja»"),
        ("rol: gestion-social", "rol: gestion", "«gestion»"),
        ("relacion-atendidos.docx", "relacion.docx", "no está plantillas/relacion.docx"),
    ],
)
def test_una_definicion_mal_escrita_dice_que_y_la_revision_la_halla(
    bien: str, mal: str, dicho: str, ventanilla: Abridor
) -> None:
    v = ventanilla()
    ruta = v.raiz / "cortes/atendidos.yaml"
    ruta.write_text(ruta.read_text("utf-8").replace(bien, mal), "utf-8")

    with pytest.raises(DatosInvalidos, match=dicho):
        hacer_corte(v, "atendidos", lista(LISTA))

    [problema] = problemas_de_cortes(v)
    assert dicho in problema.mensaje


def test_la_hoja_de_muestra_dice_lo_que_trae(ventanilla: Abridor) -> None:
    v = ventanilla(TARDE)

    hecho = hacer_corte(v, "atendidos", leer_hoja(MUESTRA), simular=True)

    assert hecho.sin_usar == ("Colonia", "Cuadrilla")
    assert len(hecho.lineas) == 13


OTRO = """\
clave: orientados
nombre: Solicitudes orientadas
procedimiento: estrella-blanca
paso: orientar
previos: [entregar]
busca: folio
hoja: {folio: [Folio]}
plantilla: orientados.docx
columnas: [{clave: folio, titulo: Folio, valor: folio}]
"""


def test_otro_procedimiento_define_su_corte_con_un_fichero(ventanilla: Abridor) -> None:
    v = ventanilla()
    (v.raiz / "cortes/orientados.yaml").write_text(OTRO, "utf-8")
    carta = docx.Document()
    for texto in ("{%p for fila in corte.filas %}", "{{ fila[0] }}", "{%p endfor %}"):
        carta.add_paragraph(texto)
    carta.save(str(v.raiz / "plantillas/orientados.docx"))
    folio = solicitud(v)
    dar(v, folio)
    dar(v, folio, requisitos=("identificacion", "comprobante_domicilio", "carnet"))
    dar(v, folio)
    dar(v, folio, resultado="autoriza", por="directora")

    hecho = hacer_corte(v, "orientados", lista(f"Folio\n{folio}\n"))

    assert que(hecho) == [(2, "dado")]
    assert tomar(v, folio).estado.pasos == ("archivar",)
    assert relacion(v) == [["Folio"], [folio]]


def test_las_ordenes_dicen_lo_que_paso_con_su_codigo(
    correr: Correr, ventanilla: Abridor, tres: tuple[str, str, str], tmp_path: Path
) -> None:
    hoja = tmp_path / "lista.csv"
    hoja.write_text(LISTA + "R-2026-0099,15:00,Nada.\n", "utf-8")

    ensayo = correr("corte", "hacer", "atendidos", hoja, "--simular", ahora=TARDE)
    hecho = correr("corte", "hacer", "atendidos", hoja, "--json", ahora=TARDE)
    listado = objeto(correr("corte", "listar", "--json", ahora=TARDE))
    respuesta = "Reporte,Estatus\nR-2026-0001,pendiente\nR-2026-0002,pendiente\n"
    cruzado = correr(
        "corte", "conciliar", "atendidos", "2026-11-20-01", "-", stdin=respuesta, ahora=TARDE
    )
    en_json = objeto(
        correr(
            *("corte", "conciliar", "atendidos", "2026-11-20-01", "-", "--json"),
            stdin=respuesta,
            ahora=TARDE,
        )
    )
    deshecho = correr(
        "corte", "deshacer", "atendidos", "2026-11-20-01", "--motivo", "Otra.", ahora=TARDE
    )

    assert ensayo.codigo == 1 and "ningún caso tiene ese número" in ensayo.stdout
    assert hecho.codigo == 1 and objeto(hecho)["lote"] == "2026-11-20-01"
    assert [r["ok"] for r in objeto(hecho)["resultados"]] == [True, True, False]
    assert [c["relacionados"] for c in listado["cortes"]] == [2]
    assert cruzado.codigo == 0 and "coincide: 2" in cruzado.stderr
    assert [c["folio"] for c in en_json["coinciden"]] == list(tres[:2])
    assert en_json["faltan_alla"] == en_json["sobran"] == en_json["difieren"] == []
    assert deshecho.codigo == 0 and "deshecho" in deshecho.stdout


def test_lo_que_no_hay_se_dice_con_lo_mas_parecido(ventanilla: Abridor) -> None:
    v = ventanilla()

    with pytest.raises(NoExiste, match="¿Quiso decir «atendidos»"):
        hacer_corte(v, "atendido", lista(LISTA))
    with pytest.raises(NoExiste, match="No hay ese lote"):
        deshacer_lote(v, "atendidos", "2026-11-20-07", "Otra.")
