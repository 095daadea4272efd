"""El libro desde la línea de órdenes: registrar, reiterar, auditar y sacar en papel."""

from pathlib import Path

import pytest

from expediente.operaciones.ventanilla import Ventanilla
from tests.cli.oficinista import objeto
from tests.conftest import Abridor, Correr
from tests.operaciones.test_ciudadania import con_la_dependencia
from tests.operaciones.tramites import por_elaborar

NUMERO = "DIF/DG/0001/2026"
TARDE = "2026-12-01 09:00"


def test_un_rango_se_registra_de_una_vez_y_la_auditoria_lo_dice_en_un_renglon(
    correr: Correr,
) -> None:
    rango = ("oficio", "registrar", "--libro", "DG", "--del", "1", "--al", "41")

    hecho = correr(*rango, "--motivo", "Libro de papel.")
    otra = correr(*rango, "--motivo", "Libro de papel.", "--json")

    dicho = "41 números en el libro, sin expediente: del DIF/DG/0001/2026 al DIF/DG/0041/2026.\n"
    assert hecho == (0, dicho, "")
    assert {r["aviso"] for r in objeto(otra)["resultados"]} == {"Ya estaba registrado."}
    auditoria = correr("oficio", "libro", "--auditar")
    assert auditoria.codigo == 0
    primero, huecos, de_fuera = auditoria.stdout.splitlines()
    assert (primero, huecos) == (
        "Libro DG 2026: 41 números (41 emitidos).",
        "  Huecos: ninguno.",
    )
    assert de_fuera.startswith("  De fuera DIF/DG/0001/2026 a DIF/DG/0041/2026: lo registró ")


def test_un_rango_con_algunos_ya_puestos_dice_cuales_son_nuevos(correr: Correr) -> None:
    correr("oficio", "registrar", "DIF/DG/1/2026")
    rango = ("oficio", "registrar", "--libro", "DG", "--del", "1", "--al", "3")

    hecho, otra = correr(*rango), correr(*rango)

    nuevos = "Son nuevos 2: DIF/DG/0002/2026, DIF/DG/0003/2026; los demás ya estaban.\n"
    assert hecho.codigo == 0 and hecho.stdout.endswith(nuevos)
    assert "Ninguno es nuevo: ya estaban" in otra.stdout


def test_la_auditoria_cuadra_numeros_y_huecos_y_solo_junta_los_seguidos(correr: Correr) -> None:
    for numero in (1, 2, 4):
        correr("oficio", "registrar", f"DIF/DG/{numero:04d}/2026", "--destinatario", "Lic. Luz")

    dicho = correr("oficio", "libro", "--auditar").stdout.splitlines()

    assert dicho[0] == "Libro DG 2026: 3 números (3 emitidos) y 1 hueco."
    assert "  Sin acuse DIF/DG/0001/2026 a DIF/DG/0002/2026: emitido hoy" in dicho
    assert "  Sin acuse DIF/DG/0004/2026: emitido hoy" in dicho


def test_repetir_un_lote_de_acuses_dice_que_ya_estaban(correr: Correr) -> None:
    correr("oficio", "registrar", "--libro", "DG", "--del", "1", "--al", "3")
    lote = ("oficio", "acusar", "DIF/DG/0001/2026", "DIF/DG/0002/2026", "--recibe", "Luz")

    hecho, otra = correr(*lote), correr(*lote)

    assert "2 hechos, 0 con problema." in hecho.stderr
    assert "0 hechos, 2 que ya estaban, 0 con problema." in otra.stderr
    assert "acuse asentado" not in otra.stdout


@pytest.mark.parametrize(
    "mal",
    [
        (),
        (NUMERO, "--libro", "DG"),
        ("--libro", "DG", "--del", "1"),
        (NUMERO, "--del", "1", "--al", "2"),
        ("--libro", "DG", "--anio", "2026"),
        ("--del", "1", "--al", "2"),
    ],
)
def test_registrar_mal_escrito_dice_como_se_escribe(mal: tuple[str, ...], correr: Correr) -> None:
    corrida = correr("oficio", "registrar", *mal)

    assert corrida.codigo == 2 and "--libro" in corrida.stderr


def test_registrar_y_anular_uno_a_mano(correr: Correr) -> None:
    hecho = correr("oficio", "registrar", NUMERO, "--asunto", "Mesa", "--por", "directora")
    anulado = correr("oficio", "cancelar", NUMERO, "--motivo", "Se manchó.")

    assert hecho.stdout == (
        f"{NUMERO}: número registrado; queda emitido en el libro, sin expediente.\n"
    )
    assert "queda cancelado en el libro" in anulado.stdout
    (asiento,) = objeto(correr("oficio", "libro", "--json"))["asientos"]
    assert asiento["elaboro"] == "Sofía Isabel Villarreal Rangel"
    assert asiento["motivo"] == "Se manchó."


def test_en_la_pantalla_los_nombres_solo_salen_si_se_piden(correr: Correr) -> None:
    correr("oficio", "registrar", NUMERO, "--destinatario", "C. Ana Gil", "--asunto", "Mesa")
    correr("oficio", "acusar", NUMERO, "--recibe", "Luz Gil")

    discreto = correr("oficio", "libro").stdout
    completo = correr("oficio", "libro", "--completo").stdout

    assert "Gil" not in discreto and "20/11/2026 12:00" in discreto
    assert "C. Ana Gil" in completo and "Luz Gil" in completo


def test_acusar_y_cancelar_leen_la_lista_de_stdin(correr: Correr) -> None:
    correr("oficio", "registrar", "--libro", "DG", "--del", "1", "--al", "4")
    lista = "".join(f"DIF/DG/{n:04d}/2026\n" for n in (1, 2, 9))

    acusados = correr("oficio", "acusar", "-", "--recibe", "Luz", stdin=lista)
    anulados = correr("oficio", "cancelar", "-", "--motivo", "x", stdin="DIF/DG/0003/2026\n")

    assert acusados.codigo == 1 and "2 hechos, 1 con problema." in acusados.stderr
    assert anulados.codigo == 0
    estados = [a["estado"] for a in objeto(correr("oficio", "libro", "--json"))["asientos"]]
    assert estados == ["entregado", "entregado", "cancelado", "emitido"]


def test_el_lote_del_viernes_se_pasa_el_lunes_con_un_solo_motivo(
    correr: Correr, ventanilla: Abridor
) -> None:
    folios = [por_elaborar(ventanilla("2026-11-20 12:00")) for _ in range(3)]
    lunes = {"ahora": "2026-11-23 09:00"}
    correr("oficio", "registrar", "--libro", "DG", **lunes)
    orden = ("avanzar", *folios, "--ocurrio", "2026-11-20 13:00")

    sin_motivo = correr(*orden, **lunes)
    con_motivo = correr(*orden, "--extemporaneo", "Se fue la luz.", **lunes)

    assert sin_motivo.codigo == 1 and sin_motivo.stdout.count("--extemporaneo") == 3
    assert con_motivo.codigo == 0
    assert correr("oficio", "libro", "--auditar", **lunes).stdout.count("Se fue la luz.") == 1


def callada(v: Ventanilla) -> str:
    """Una petición entregada a la dependencia, que no contesta."""
    return con_la_dependencia(v)


def test_reiterar_toma_los_folios_de_los_que_callan(correr: Correr, ventanilla: Abridor) -> None:
    folios = [callada(ventanilla("2026-11-20 12:00")) for _ in range(2)]

    lista = correr("pendientes", "--sin-respuesta", "--solo-folios", ahora=TARDE)
    simulado = correr("oficio", "reiterar", "-", "--simular", stdin=lista.stdout, ahora=TARDE)
    hecho = correr("oficio", "reiterar", "-", "--json", stdin=lista.stdout, ahora=TARDE)

    assert lista.stdout.split() == folios and simulado.codigo == 0
    resultados = objeto(hecho)["resultados"]
    assert [r["documentos"] for r in resultados] == [["AC/0003/2026"], ["AC/0004/2026"]]
    assert (
        correr("pendientes", "--sin-respuesta", ahora=TARDE).stderr == "No hay expedientes así.\n"
    )


def test_reiterar_uno_dice_que_recordatorio_es(correr: Correr, ventanilla: Abridor) -> None:
    folio = callada(ventanilla("2026-11-20 12:00"))

    hecho = correr("oficio", "reiterar", folio, ahora=TARDE)
    otra = correr("oficio", "reiterar", folio, ahora=TARDE)

    assert hecho.stdout.endswith("Documento: AC/0002/2026\n")
    assert "Es el primer recordatorio de AC/0001/2026, entregado el 20 de nov" in hecho.stderr
    assert otra.codigo == 69


def test_el_libro_se_saca_en_word_y_en_hoja(correr: Correr, tmp_path: Path) -> None:
    correr("oficio", "registrar", NUMERO)
    papel = ("oficio", "libro", "--word", "--hoja", "--salida", tmp_path / "papel")

    hecho = correr(*papel)
    dichos = objeto(correr(*papel, "--json"))["ficheros"]

    assert hecho.stdout.count("Quedó en ") == 2 and all(Path(f).is_file() for f in dichos)
    assert {Path(f).suffix for f in dichos} == {".docx", ".xlsx"}
    vacio = correr(*papel, "--libro", "AC")
    assert vacio.codigo == 0 and "No hay números" in vacio.stderr


@pytest.mark.parametrize(
    "mal", [("--salida", "x"), ("--auditar", "--word"), ("--estado", "perdido")]
)
def test_el_libro_mal_pedido_dice_como_se_pide(mal: tuple[str, ...], correr: Correr) -> None:
    assert correr("oficio", "libro", *mal).codigo == 2


def test_la_auditoria_en_json_dice_cada_parte_con_su_numero(correr: Correr) -> None:
    correr("oficio", "registrar", NUMERO, "--asunto", "Mesa")

    (libro,) = objeto(correr("oficio", "libro", "--auditar", "--json"))["libros"]

    assert [d["numero"] for d in libro["de_fuera"]] == [NUMERO]
    assert {"huecos", "cancelados", "extemporaneos", "fuera_de_orden", "sin_acuse"} <= set(libro)
