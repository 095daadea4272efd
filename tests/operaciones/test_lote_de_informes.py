"""Todos los informes de una vez: en una pasada, sin repetirse y sin que uno detenga a otro."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from expediente.nucleo.cifras import Cifras
from expediente.nucleo.errores import ErrorUso, NoExiste
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones.guardar_informes import guardar_informe
from expediente.operaciones.informes import (
    InformeHecho,
    contar,
    hacer_informe,
)
from expediente.operaciones.lote_de_informes import (
    Corrida,
    Fallido,
    contar_lote,
    escribir_lote,
    pedir_lote,
    periodos_pedidos,
)
from expediente.operaciones.ventanilla import Ventanilla
from tests.cli.oficinista import entorno, foto, objeto
from tests.conftest import Abridor, Correr
from tests.documentos.test_pdf import BIEN, SIN_GUIONES, Falso, arranques, falso
from tests.operaciones.tramites import autorizada, canalizado, concluida, solicitud, texto_de_word
from tests.tormentas.carreras import a_la_vez

__all__ = ["falso"]  # la fixture del soffice falso

VIERNES = "2026-11-20 14:00"
SABADO = "2026-11-21 10:00"
LUNES = "2026-11-23 08:00"
HOY = date(2026, 11, 20)
CUATRO = ("estatus-reportes", "estrella-blanca", "llamadas-centro", "peticiones")


@pytest.fixture
def con_casos(ventanilla: Abridor, oficina: Path) -> None:
    """Una oficina con cuatro informes; un caso abierto en octubre y otros, esta semana."""
    for definicion in (oficina / "informes").glob("*.yaml"):
        if definicion.stem not in CUATRO:
            definicion.unlink()
    viejo = solicitud(ventanilla("2026-10-05 10:00"))
    concluida(ventanilla("2026-11-18 11:00"))
    autorizada(ventanilla("2026-11-19 10:00"))
    canalizado(ventanilla("2026-11-20 09:00"))
    assert viejo


def correr_lote(v: Ventanilla, clave: str, clase: str, escrito: str) -> Corrida:
    """El lote entero, como lo hace la orden."""
    pedidos = pedir_lote(v, clave, clase, escrito, v.ahora)
    return escribir_lote(v, pedidos, contar_lote(v, pedidos, v.ahora))


def informes_de(oficina: Path) -> list[str]:
    """Los Word que hay en informes/, con su carpeta."""
    return sorted(
        f.relative_to(oficina / "informes").as_posix()
        for f in (oficina / "informes").rglob("*.docx")
    )


def test_informe_todos_hace_los_que_se_hacen_por_semana(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    definidos = objeto(correr("informe", "--json"))["informes"]
    semanales = [i["clave"] for i in definidos if "semana" in i["periodos"]]

    corrida = correr("informe", "todos", "--semana", "2026-W46", "--json", ahora=VIERNES)

    dicho = objeto(corrida)
    assert corrida.codigo == 0 and len(semanales) > 1
    assert [r["informe"] for r in dicho["resultados"]] == semanales
    assert all(r["ok"] and not r["ya_estaba"] and r["cuadra"] for r in dicho["resultados"])
    assert informes_de(oficina) == sorted(f"2026/S46/{clave}.docx" for clave in semanales)


def test_repetir_la_corrida_mas_tarde_no_cambia_ni_un_byte(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    correr("informe", "todos", "--semana", "anterior", ahora=VIERNES)
    antes = foto(oficina)

    otra = correr("informe", "todos", "--semana", "anterior", ahora=SABADO)

    assert foto(oficina) == antes
    assert otra.codigo == 0 and otra.stderr.startswith("0 hechos, ")
    assert "ya estaba" in otra.stdout and " hecho " not in otra.stdout


def test_simular_dice_cuantos_se_harian_y_cuantos_ya_estaban(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    correr("informe", "estrella-blanca", "--semana", "2026-W46", ahora=VIERNES)
    antes = foto(oficina)
    orden = ("informe", "todos", "--semanas", "2026-W46..2026-W47")

    simulada = correr(*orden, "--simular", ahora=SABADO)
    assert foto(oficina) == antes
    hecha = correr(*orden, ahora=SABADO)

    assert ", 1 que ya estaba, " in simulada.stderr
    assert simulada.stderr.replace("se harían", "hechos") == hecha.stderr
    con_folios = correr(*orden, "--folios", "--simular", ahora=SABADO)
    assert ", 0 que ya estaban, " in con_folios.stderr


def test_un_periodo_que_no_ha_empezado_no_se_hace(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    uno = correr("informe", "estrella-blanca", "--semana", "2027-W02", ahora=VIERNES)
    todos = correr("informe", "todos", "--semana", "2027-W02", ahora=VIERNES)
    de_antes = correr(
        "informe", "estrella-blanca", "--semana", "2026-W47", "--al", "2026-11-10", ahora=VIERNES
    )

    assert (uno.codigo, de_antes.codigo) == (2, 2) and "no había empezado" in uno.stderr
    assert todos.stderr.endswith(", 1 periodo no ha empezado.\n")
    assert informes_de(oficina) == []


def test_la_tabla_nombra_el_word_y_lo_que_va_junto_y_dice_la_carpeta_una_vez(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    corrida = correr("informe", "todos", "--semana", "2026-W46", "--csv", ahora=VIERNES)

    assert re.search(
        r"estrella-blanca +2026-W46 +hecho +estrella-blanca.docx, .csv", corrida.stdout
    )
    assert corrida.stdout.count(str(oficina)) == 1
    assert corrida.stdout.endswith(f"Están en {oficina / 'informes/2026/S46'}\n")
    otra = correr("informe", "estrella-blanca", "--semana", "2026-W46", ahora=SABADO)
    assert "Ya estaba en " in otra.stdout


def test_lo_capturado_despues_da_otra_version_y_la_primera_no_se_toca(
    con_casos: None, ventanilla: Abridor, oficina: Path
) -> None:
    primera = hacer_informe(ventanilla(LUNES), "estrella-blanca", PeriodoEscrito(semana="anterior"))
    entregado = primera.ficheros[0].read_bytes()
    autorizada(ventanilla("2026-11-20 18:00"))

    segunda = hacer_informe(
        ventanilla("2026-11-24 09:00"), "estrella-blanca", PeriodoEscrito(semana="anterior")
    )

    assert segunda.ficheros[0].name == "estrella-blanca_v02.docx" and not segunda.ya_estaba
    assert primera.ficheros[0].read_bytes() == entregado


def test_el_viernes_sale_incompleto_y_el_lunes_completo_aunque_diga_lo_mismo(
    con_casos: None, ventanilla: Abridor
) -> None:
    viernes = correr_lote(ventanilla(VIERNES), "llamadas-centro", "semana", "actual")
    lunes = correr_lote(ventanilla(LUNES), "llamadas-centro", "semana", "anterior")

    (incompleto,), (completo,) = viernes.hechos, lunes.hechos
    assert (incompleto.incompleto, completo.incompleto) == (True, False)
    assert incompleto.cifras == completo.cifras
    assert [h.ficheros[0].name for h in (incompleto, completo)] == [
        "llamadas-centro.docx",
        "llamadas-centro_v02.docx",
    ]


def test_lo_que_alguien_anadio_en_word_no_se_pisa(
    con_casos: None, ventanilla: Abridor, oficina: Path
) -> None:
    periodo = PeriodoEscrito(semana="2026-W46")
    hecho = hacer_informe(ventanilla(LUNES), "estrella-blanca", periodo)
    hecho.ficheros[0].write_bytes(b"con una nota al margen")

    otro = hacer_informe(ventanilla(LUNES), "estrella-blanca", periodo)
    repetido = hacer_informe(ventanilla("2026-11-24 09:00"), "estrella-blanca", periodo)

    assert hecho.ficheros[0].read_bytes() == b"con una nota al margen"
    assert otro.ficheros[0].name == "estrella-blanca_v02.docx"
    assert repetido.ya_estaba and repetido.ficheros == otro.ficheros


def test_un_ano_de_semanas_en_una_pasada_dice_lo_mismo_que_una_por_una(
    con_casos: None, ventanilla: Abridor
) -> None:
    v = ventanilla(LUNES)
    pedidos = pedir_lote(v, "todos", "semana", "2026", v.ahora)

    contados = contar_lote(v, pedidos, v.ahora)

    assert pedidos.sin_empezar == 5 and {len(contados) % 48} == {0}
    movidos = [h for h in contados if h.periodo.clave in ("2026-W40", "2026-W41", "2026-W47")]
    assert movidos and any(any(h.cifras.totales.values()) for h in movidos)
    for hecho in movidos:
        assert contar(v, hecho.informe, hecho.periodo, v.ahora) == hecho


def test_las_semanas_suman_lo_mismo_que_sus_movimientos(
    con_casos: None, ventanilla: Abridor
) -> None:
    v = ventanilla(LUNES)
    pedidos = pedir_lote(v, "estrella-blanca", "semana", "2026-W40..2026-W47", v.ahora)

    cifras: Sequence[Cifras] = [h.cifras for h in contar_lote(v, pedidos, v.ahora)]

    assert sum(c.totales["recibidos"] for c in cifras) == 3
    for antes, despues in pairwise(cifras):
        assert antes.totales["abiertos_final"] == despues.totales["abiertos_inicio"]


@pytest.mark.parametrize(
    ("clase", "escrito", "cuantos", "primero", "ultimo"),
    [
        ("semana", "2026", 53, "2026-W01", "2026-W53"),
        ("semana", "2027", 52, "2027-W01", "2027-W52"),
        ("semana", "2026-W01..2026-W52", 52, "2026-W01", "2026-W52"),
        ("semana", "anterior..actual", 2, "2026-W46", "2026-W47"),
        ("mes", "2026", 12, "2026-01", "2026-12"),
        ("trimestre", "2026", 4, "2026-T1", "2026-T4"),
        ("dia", "2026", 365, "2026-01-01", "2026-12-31"),
        ("anio", "2026", 1, "2026", "2026"),
    ],
)
def test_un_tramo_de_periodos_se_escribe_con_dos_puntos_o_con_el_ano(
    clase: str, escrito: str, cuantos: int, primero: str, ultimo: str
) -> None:
    periodos = periodos_pedidos(clase, escrito, HOY)

    assert (len(periodos), periodos[0].clave, periodos[-1].clave) == (cuantos, primero, ultimo)


@pytest.mark.parametrize("escrito", ["2026-W50..2026-W40", "2026-W01..", "ayer..hoy", "26"])
def test_un_tramo_que_no_se_entiende_se_dice(escrito: str) -> None:
    with pytest.raises(ErrorUso):
        periodos_pedidos("semana", escrito, HOY)


def test_una_definicion_rota_no_detiene_a_las_demas(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    rota = oficina / "informes" / "estatus-reportes.yaml"
    rota.write_text(rota.read_text("utf-8").replace("periodos:", "periodo:"), "utf-8")

    corrida = correr("informe", "todos", "--semana", "anterior", ahora=LUNES)

    assert corrida.codigo == 1
    assert re.search(r"estatus-reportes +\S*estatus-reportes.yaml, renglón", corrida.stdout)
    assert "2026/S47/estrella-blanca.docx" in informes_de(oficina)
    assert corrida.stderr.endswith("1 con problema.\n")


def test_un_indicador_roto_solo_detiene_a_los_informes_que_lo_llevan(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    indicador = oficina / "indicadores" / "roto.yaml"
    molde = next((oficina / "indicadores").glob("*.yaml")).read_text("utf-8")
    indicador.write_text(re.sub("(?m)^clave:.*$", "clave: roto\nno_conozco: x", molde), "utf-8")
    informe = oficina / "informes" / "peticiones.yaml"
    escrito = re.sub(r"(?m)^indicadores:.*\n", "", informe.read_text("utf-8"))
    informe.write_text(f"{escrito}\nindicadores: [roto]\n", "utf-8")

    corrida = correr("informe", "todos", "--semana", "anterior", "--json", ahora=LUNES)

    malos = [r for r in objeto(corrida)["resultados"] if not r["ok"]]
    assert corrida.codigo == 1 and [m["informe"] for m in malos] == ["peticiones"]
    assert "no_conozco" in malos[0]["error"]


def test_un_informe_que_no_se_puede_escribir_no_detiene_a_los_demas(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    (oficina / "plantillas" / "informe-estrella-blanca.docx").unlink(missing_ok=True)
    ruta = oficina / "informes" / "estrella-blanca.yaml"
    escrito = re.sub(r"(?m)^plantilla:.*$", "plantilla: no-esta.docx", ruta.read_text("utf-8"))
    ruta.write_text(escrito, "utf-8")

    corrida = correr("informe", "todos", "--semana", "anterior", "--json", ahora=LUNES)

    malos = [r for r in objeto(corrida)["resultados"] if not r["ok"]]
    assert corrida.codigo == 1
    assert [m["informe"] for m in malos] == ["estrella-blanca"]
    assert malos[0]["periodo"]["clave"] == "2026-W47" and "no-esta.docx" in malos[0]["error"]
    assert len(informes_de(oficina)) == len(objeto(corrida)["resultados"]) - 1


def test_un_expediente_ilegible_se_dice_al_pie_de_cada_informe_y_sale_con_1(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    danado = oficina / "expedientes/2026/EB-2026-0002"
    for copia in danado.rglob("expediente.yaml"):
        copia.write_text("folio: [", "utf-8")

    corrida = correr("informe", "todos", "--semana", "anterior", ahora=LUNES)

    assert corrida.codigo == 1 and "EB-2026-0002: no se contó." in corrida.stderr
    assert "1 expediente con algo que no se pudo contar" in corrida.stderr
    word = (oficina / "informes/2026/S47/estrella-blanca.docx").read_bytes()
    assert "EB-2026-0002: no se contó" in texto_de_word(word)


def test_los_codigos_de_salida_los_entiende_un_programador_de_tareas(
    con_casos: None, ventanilla: Abridor
) -> None:
    v = ventanilla(LUNES)
    pedidos = pedir_lote(v, "todos", "semana", "anterior", v.ahora)
    hechos = tuple(contar_lote(v, pedidos, v.ahora))
    ocupado = Fallido("estrella-blanca", None, "Está abierto en Word.", 75)
    roto = Fallido("peticiones", None, "No se entiende.", 65)

    assert Corrida(hechos, ()).codigo == 0
    assert Corrida(hechos, (ocupado,)).codigo == 75
    assert Corrida(hechos, (ocupado, roto)).codigo == 1
    assert Corrida(hechos, (), interrumpida=True).codigo == 130


def test_sin_decir_de_cuando_no_se_adivina(correr: Correr) -> None:
    assert correr("informe", "todos").codigo == 2
    assert correr("informe", "todos", "--semana", "2026-W47", "--mes", "2026-11").codigo == 2
    assert correr("informe", "todos", "--semanas", "2026", "--mes", "2026-11").codigo == 2


def test_si_ningun_informe_se_hace_asi_se_dice(ventanilla: Abridor, oficina: Path) -> None:
    for ruta in (oficina / "informes").glob("*.yaml"):
        escrito = re.sub(r"(?m)^periodos:.*$", "periodos: [mes]", ruta.read_text("utf-8"))
        ruta.write_text(escrito, "utf-8")

    with pytest.raises(NoExiste, match="se hace por semana"):
        pedir_lote(ventanilla(), "todos", "semana", "actual", ventanilla().ahora)


def test_muchas_semanas_se_resumen_por_informe(con_casos: None, correr: Correr) -> None:
    corrida = correr("informe", "todos", "--semanas", "2026-W35..2026-W52", ahora=VIERNES)

    renglon = next(r for r in corrida.stdout.splitlines() if r.startswith("estrella-blanca"))
    assert renglon.split()[1:] == ["13", "0", "2026-W35..2026-W47", "1", "incompleto"]
    assert corrida.stderr.endswith("0 con problema, 5 periodos no han empezado.\n")


def test_ocho_corridas_a_la_vez_dejan_un_solo_fichero_por_informe(
    con_casos: None, ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    def hacer(n: int) -> list[str]:
        v = ventanilla(f"2026-11-23 08:0{n}")  # cada una, con su reloj
        return [h.ficheros[0].name for h in correr_lote(v, "todos", "semana", "anterior").hechos]

    dichos = a_la_vez(tmp_path, 8, hacer)

    assert all(dicho == dichos[0] for dicho in dichos)
    assert [f for f in informes_de(oficina) if "_v" in f] == []
    assert len(informes_de(oficina)) == len(dichos[0])  # type: ignore[arg-type]


def test_quien_murio_antes_de_escribir_el_word_lo_deja_dicho_y_otro_lo_escribe(
    con_casos: None, ventanilla: Abridor
) -> None:
    periodo = PeriodoEscrito(semana="2026-W46")
    hecho = hacer_informe(ventanilla(LUNES), "estrella-blanca", periodo)
    contenido = hecho.ficheros[0].read_bytes()
    hecho.ficheros[0].unlink()

    otro = hacer_informe(ventanilla("2026-11-24 09:00"), "estrella-blanca", periodo)

    assert otro.ficheros == hecho.ficheros and not otro.ya_estaba
    assert otro.ficheros[0].read_bytes() == contenido and otro.al == hecho.al


def test_con_un_corte_pedido_se_respeta_ese_corte(con_casos: None, ventanilla: Abridor) -> None:
    v, periodo = ventanilla(LUNES), PeriodoEscrito(semana="2026-W46")
    hacer_informe(v, "estrella-blanca", periodo)

    de_entonces = [
        hacer_informe(v, "estrella-blanca", periodo, al="2026-11-16 09:00") for _ in range(2)
    ]

    assert f"{de_entonces[0].al:%d %H:%M}" == "16 09:00"
    assert de_entonces[0].ficheros == de_entonces[1].ficheros and de_entonces[1].ya_estaba


def test_ctrl_c_deja_hecho_lo_hecho(con_casos: None, ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla(LUNES)
    pedidos = pedir_lote(v, "todos", "semana", "anterior", v.ahora)
    contados = contar_lote(v, pedidos, v.ahora)

    def cortar() -> None:
        if len(informes_de(oficina)) == 2:
            raise KeyboardInterrupt

    cortada = escribir_lote(v, pedidos, contados, al_escribir=cortar)

    assert cortada.interrumpida and cortada.codigo == 130
    assert len(cortada.hechos) == len(informes_de(oficina)) == 2
    corrida = correr_lote(v, "todos", "semana", "anterior")
    assert [h.ya_estaba for h in corrida.hechos][:3] == [True, True, False]


def matar_corridas(oficina: Path, semanas: str, veces: int, hasta: float) -> int:
    """Mata la corrida esas veces, cada vez un poco más tarde; cuántas murieron de verdad."""
    muertas = 0
    for vez in range(veces):
        proceso = subprocess.Popen(
            [sys.executable, "-m", "expediente", "informe", "todos", "--semanas", semanas],
            cwd=oficina,
            env=entorno(EXPEDIENTE_AHORA=LUNES),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.25 + hasta * vez / veces)
        proceso.kill()
        muertas += proceso.wait() == -9
    return muertas


def comprobar_tras_las_muertes(oficina: Path, semanas: str, correr: Correr) -> None:
    """No hay medio informe, y una corrida más deja exactamente lo que dejaría una sola."""
    for ruta in (oficina / "informes").rglob("*.docx"):
        assert ruta.read_bytes()[:2] == b"PK" and texto_de_word(ruta.read_bytes())
    final = correr("informe", "todos", "--semanas", semanas, "--json", ahora=LUNES)
    resultados = objeto(final)["resultados"]
    assert final.codigo == 0 and all(r["ok"] for r in resultados)
    assert sorted(Path(f).name for r in resultados for f in r["ficheros"]) == sorted(
        Path(f).name for f in informes_de(oficina)
    )
    assert [f for f in informes_de(oficina) if "_v" in f] == []


def test_tres_muertes_a_media_corrida_no_dejan_medio_informe(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    semanas = "2026-W40..2026-W47"

    assert matar_corridas(oficina, semanas, 3, 0.6)

    comprobar_tras_las_muertes(oficina, semanas, correr)


@pytest.mark.largo
def test_sesenta_muertes_a_media_corrida_no_dejan_medio_informe(
    con_casos: None, correr: Correr, oficina: Path
) -> None:
    assert matar_corridas(oficina, "2026", 60, 3.0) > 10

    comprobar_tras_las_muertes(oficina, "2026", correr)


def test_guardar_no_escribe_dos_veces_lo_mismo_aunque_lo_pidan_con_otra_hora(
    con_casos: None, ventanilla: Abridor, tmp_path: Path
) -> None:
    """El Word sólo se distingue por la hora de su corte: con la de antes sale igual."""
    v = ventanilla(LUNES)
    (informe, periodo), *_ = pedir_lote(v, "todos", "semana", "anterior", v.ahora).por_hacer

    def redactar(hecho: InformeHecho) -> bytes:
        return f"{hecho.cifras.totales} al {hecho.al}".encode()

    hechos = [
        guardar_informe(contar(v, informe, periodo, cuando.ahora), tmp_path, redactar, False)
        for cuando in (v, ventanilla("2026-11-23 19:00"))
    ]

    assert hechos[0].ficheros == hechos[1].ficheros
    assert [h.ya_estaba for h in hechos] == [False, True]


@SIN_GUIONES
def test_un_solo_libreoffice_hace_los_pdf_de_toda_la_corrida(
    con_casos: None, ventanilla: Abridor, falso: Falso
) -> None:
    soffice = falso(BIEN)
    v = ventanilla(LUNES)
    pedidos = pedir_lote(v, "todos", "semana", "2026-W45..2026-W47", v.ahora)
    contados = contar_lote(v, pedidos, v.ahora)

    solo_word = escribir_lote(v, pedidos, contados)
    con_pdf = escribir_lote(v, pedidos, contados, formatos=frozenset({"pdf"}))

    assert arranques(soffice) == 1
    assert solo_word.fallidos == con_pdf.fallidos == ()
    assert len(con_pdf.hechos) == 3 * len(CUATRO)
    for antes, despues in zip(solo_word.hechos, con_pdf.hechos, strict=True):
        word, pdf = despues.ficheros
        assert (word,) == antes.ficheros
        assert pdf == word.with_suffix(".pdf") and pdf.read_bytes().startswith(b"%PDF")

    otra_vez = escribir_lote(v, pedidos, contados, formatos=frozenset({"pdf"}))

    assert arranques(soffice) == 1
    assert all(hecho.ya_estaba for hecho in otra_vez.hechos)


@SIN_GUIONES
def test_si_libreoffice_falla_cada_informe_dice_que_le_falta_su_pdf(
    con_casos: None, ventanilla: Abridor, falso: Falso
) -> None:
    falso("exit 1\n")
    v = ventanilla(LUNES)
    pedidos = pedir_lote(v, "todos", "semana", "2026-W47", v.ahora)

    corrida = escribir_lote(
        v, pedidos, contar_lote(v, pedidos, v.ahora), formatos=frozenset({"pdf"})
    )

    assert corrida.hechos == () and corrida.codigo == 1
    assert [f.informe for f in corrida.fallidos] == list(CUATRO)
    assert all("No se hizo el PDF" in f.error for f in corrida.fallidos)


def test_entre_varios_el_que_se_publica_va_sin_folios_y_se_dice(
    oficina: Path, ventanilla: Abridor, correr: Correr
) -> None:
    solicitud(ventanilla("2026-11-18 10:00"))
    for definicion in (oficina / "informes").glob("*.yaml"):
        if definicion.stem not in ("padron", "estrella-blanca"):
            definicion.unlink()

    todos = correr("informe", "todos", "--trimestre", "2026-T4", "--folios")
    solo = correr("informe", "padron", "--trimestre", "2026-T4", "--folios")

    assert todos.codigo == 0
    assert "Va sin folios porque se publica: Padrón de personas beneficiarias." in todos.stderr
    assert [Path(f).name for f in informes_de(oficina)] == [
        "estrella-blanca_folios.docx",
        "padron.docx",
    ]
    assert solo.codigo == 65 and "Pídalo sin --folios" in solo.stderr


@SIN_GUIONES
def test_sin_donde_trabajar_cada_informe_dice_que_le_falta_su_pdf(
    con_casos: None, ventanilla: Abridor, falso: Falso, monkeypatch: pytest.MonkeyPatch
) -> None:
    falso(BIEN)
    v = ventanilla(LUNES)
    pedidos = pedir_lote(v, "todos", "semana", "2026-W47", v.ahora)
    contados = contar_lote(v, pedidos, v.ahora)
    monkeypatch.setattr(tempfile, "tempdir", "/no/hay/temporales")

    corrida = escribir_lote(v, pedidos, contados, formatos=frozenset({"pdf"}))

    assert [f.informe for f in corrida.fallidos] == list(CUATRO) and corrida.hechos == ()
