"""Las renovaciones del mes se imprimen juntas, una sola vez."""

import re
import shlex
from pathlib import Path

import pytest

from expediente.almacen import tiradas
from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.nucleo.periodo import leer_periodo
from expediente.operaciones.revisar import revisar
from expediente.operaciones.tirada_unica import TiradaHecha, tirar
from tests.cli.oficinista import foto
from tests.conftest import Abridor, Correr
from tests.operaciones.tramites import dar, texto_de_word
from tests.operaciones.tramites_dif import FIRMAS, PIEZA, ayuda_en_resguardo
from tests.tormentas.carreras import a_la_vez

ENTREGADA = "2026-11-20 12:00"
DICIEMBRE = "2026-12-01 09:00"


@pytest.fixture
def resguardos(ventanilla: Abridor) -> list[str]:
    """Los folios de tres ayudas prestadas el 20 de noviembre."""
    v = ventanilla(ENTREGADA)
    return [
        ayuda_en_resguardo(v, ayuda=ayuda) for ayuda in ("silla_de_ruedas", "andadera", "baston")
    ]


def dice(hecha: TiradaHecha) -> str:
    """Lo que dice el fichero de la tirada."""
    return texto_de_word(hecha.ficheros[0].read_bytes())


def test_cada_resguardo_que_toca_lleva_su_hoja_lista_para_firmarse(
    resguardos: list[str], ventanilla: Abridor
) -> None:
    hecha = tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")

    texto = dice(hecha)
    assert hecha.impresa is not None and hecha.impresa.folios == tuple(resguardos)
    assert [ruta.name for ruta in hecha.ficheros] == ["resguardos-2026-12.docx"]
    for folio in resguardos:
        assert folio in texto
    assert "del 20 de noviembre al 20 de diciembre de 2026" in texto
    assert "Nombre y firma" in texto and "Ana María Nuñez" in texto
    assert "BORRADOR" not in texto


def test_pedirla_otra_vez_da_el_mismo_fichero_y_dice_quien_lo_imprimio(
    resguardos: list[str], ventanilla: Abridor, oficina: Path
) -> None:
    primera = tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")
    antes = foto(oficina)

    segunda = tirar(ventanilla("2026-12-03 10:00", "gestion"), "resguardos", "actual")

    assert foto(oficina) == antes
    assert segunda.ya_estaba and segunda.ficheros == primera.ficheros
    assert segunda.impresa is not None
    assert (segunda.impresa.hizo, segunda.impresa.hecha) == (
        "auxiliar",
        "2026-12-01T09:00:00-06:00",
    )


def test_imprimirla_otra_vez_pide_un_motivo_que_queda_asentado(
    resguardos: list[str], ventanilla: Abridor, oficina: Path
) -> None:
    primera = tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")

    otra = tirar(ventanilla("2026-12-02 09:00"), "resguardos", "2026-12", "Se mojaron las hojas.")

    assert otra.ficheros[0].name == "resguardos-2026-12_v02.docx"
    assert primera.ficheros[0].is_file()
    mes = leer_periodo("mes", "2026-12", ventanilla().ahora.date())
    carpeta = tiradas.carpeta_de_la_tirada(oficina, "resguardos", mes)
    assert [i.motivo for _, i in tiradas.impresas(carpeta)] == [None, "Se mojaron las hojas."]


def test_la_tirada_no_cambia_ningun_expediente(
    resguardos: list[str], ventanilla: Abridor, oficina: Path
) -> None:
    antes = foto(oficina / "expedientes")

    tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")

    assert foto(oficina / "expedientes") == antes
    dar(ventanilla("2026-12-18 10:00"), resguardos[0], resultado="firmada", datos=FIRMAS)


def test_lo_ya_firmado_de_ese_mes_no_se_imprime(resguardos: list[str], ventanilla: Abridor) -> None:
    dar(ventanilla("2026-11-25 10:00"), resguardos[0], resultado="firmada", datos=FIRMAS)

    hecha = tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")

    assert hecha.folios == tuple(resguardos[1:])


def test_lo_que_se_anoto_el_mes_pasado_no_sale_en_la_hoja_de_este(
    resguardos: list[str], ventanilla: Abridor
) -> None:
    dicho = {**FIRMAS, "estado_mes": "regular", "observaciones_mes": "Le falta un regatón."}
    dar(ventanilla("2026-12-18 10:00"), resguardos[0], resultado="firmada", datos=dicho)

    texto = dice(tirar(ventanilla("2027-01-04 09:00"), "resguardos", "2027-01"))

    assert "regatón" not in texto and "estado regular" not in texto
    assert "del 20 de diciembre de 2026 al 20 de enero de 2027" in texto


def test_en_noviembre_no_toca_ninguna_y_no_queda_nada_impreso(
    resguardos: list[str], ventanilla: Abridor, oficina: Path
) -> None:
    antes = foto(oficina)

    hecha = tirar(ventanilla("2026-11-21 09:00"), "resguardos", "2026-11")

    assert hecha.impresa is None and hecha.folios == ()
    assert foto(oficina) == antes


def test_si_el_mes_no_toca_ninguna_se_dice_cuando_toca_la_primera(
    resguardos: list[str], correr: Correr
) -> None:
    ninguna = correr("tirada", "resguardos", "--mes", "2026-11", ahora=DICIEMBRE)
    simulada = correr("tirada", "resguardos", "--mes", "2026-11", "--simular", ahora=DICIEMBRE)

    dicho = "La primera se firma el domingo 20 de diciembre de 2026: pida --mes 2026-12\n"
    assert ninguna.stdout.endswith(f"no toca firmar ninguna. {dicho}")
    assert simulada.stdout.endswith(f"se imprimirían 0 hojas. {dicho}")


def test_lo_firmado_se_asienta_como_dice_la_definicion_de_la_tirada(
    resguardos: list[str], correr: Correr, oficina: Path
) -> None:
    escrito = (oficina / "tiradas" / "resguardos.yaml").read_text("utf-8")
    ejemplo = " ".join(re.findall(r"(?m)^# {5}(.*)$", escrito)[1:])
    orden = shlex.split(ejemplo.removeprefix("expediente ").replace("FOLIO", resguardos[0]))

    dado = correr(*orden, ahora="2026-12-18 10:00")

    assert orden[0] == "avanzar" and dado.codigo == 0, dado.stderr


def test_lo_atrasado_va_y_se_dice(resguardos: list[str], ventanilla: Abridor) -> None:
    hecha = tirar(ventanilla("2027-01-04 09:00"), "resguardos", "2027-01")

    assert hecha.atrasados == tuple(resguardos) == hecha.folios


def test_una_ayuda_prestada_despues_de_la_tirada_se_dice_que_falta(
    resguardos: list[str], ventanilla: Abridor
) -> None:
    tirar(ventanilla("2026-11-21 09:00"), "resguardos", "2026-12")
    nueva = ayuda_en_resguardo(ventanilla("2026-11-23 12:00"), ayuda="muletas")

    hecha = tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")

    assert hecha.nuevos == (nueva,)


def test_las_hojas_van_juntas_por_dependencia(
    ventanilla: Abridor, monkeypatch: pytest.MonkeyPatch
) -> None:
    v = ventanilla(ENTREGADA)
    folios = []
    for dependencia, ayuda in (("rehabilitacion", "andadera"), ("patrimonio", "baston")):
        monkeypatch.setitem(PIEZA, "dependencia", dependencia)
        folios.append(ayuda_en_resguardo(v, ayuda=ayuda))

    hecha = tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")

    assert hecha.folios == (folios[1], folios[0])


def test_si_lo_impreso_se_borro_o_cambio_se_dice_y_revisar_tambien(
    resguardos: list[str], ventanilla: Abridor
) -> None:
    hecha = tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")
    hecha.ficheros[0].write_bytes(b"otra cosa")

    problemas = revisar(ventanilla(DICIEMBRE), [])

    assert [p.mensaje for p in problemas] == [
        "resguardos-2026-12.docx cambió después de imprimirse; recupérelo del respaldo."
    ]
    with pytest.raises(DatosInvalidos, match="--otra-vez"):
        tirar(ventanilla(DICIEMBRE), "resguardos", "2026-12")


def test_ocho_a_la_vez_imprimen_el_mes_una_sola_vez(
    resguardos: list[str], ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    v = ventanilla(DICIEMBRE)

    dichos = a_la_vez(tmp_path, 8, lambda n: str(tirar(v, "resguardos", "2026-12").ya_estaba))

    assert sorted(dichos) == ["False"] + ["True"] * 7
    assert len(list((oficina / "informes").rglob("resguardos-*.docx"))) == 1


def test_una_definicion_mal_escrita_dice_donde_y_el_remedio(
    ventanilla: Abridor, oficina: Path
) -> None:
    ruta = oficina / "tiradas" / "resguardos.yaml"
    ruta.write_text(ruta.read_text("utf-8").replace("paso: renovar", "paso: renobar"), "utf-8")

    with pytest.raises(DatosInvalidos, match=r"tiradas/resguardos.yaml, paso: .*«renovar»"):
        tirar(ventanilla(), "resguardos", "2026-12")
    with pytest.raises(NoExiste, match="Quiso decir «resguardos»"):
        tirar(ventanilla(), "resguardo", "2026-12")


def test_en_pantalla_se_dice_cuantas_hojas_y_donde_estan(
    resguardos: list[str], correr: Correr
) -> None:
    simulada = correr("tirada", "resguardos", "--mes", "2026-12", "--simular", ahora=DICIEMBRE)
    primera = correr("tirada", "resguardos", "--mes", "2026-12", ahora=DICIEMBRE)
    segunda = correr("tirada", "resguardos", "--mes", "2026-12", ahora=DICIEMBRE)

    assert "se imprimirían 3 hojas" in simulada.stdout
    assert "diciembre de 2026: 3 hojas por firmar." in primera.stdout
    assert "ya se imprimió el 01/12/2026 09:00, por auxiliar; 3 hojas" in segunda.stdout
    assert primera.stdout.splitlines()[-1] == segunda.stdout.splitlines()[-1]
    assert (simulada.codigo, primera.codigo, segunda.codigo) == (0, 0, 0)
