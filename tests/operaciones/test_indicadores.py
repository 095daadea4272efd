"""Los indicadores en una oficina de verdad: sus ficheros, su orden y lo que no se pudo leer."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from expediente.almacen.definiciones import claves_de_indicadores, leer_indicador
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste
from expediente.nucleo.periodo import PeriodoEscrito, leer_periodo
from expediente.operaciones.fuente import tramos_leidos
from expediente.operaciones.indicadores import (
    indicadores_que_hay,
    medicion_de,
    medir_indicador,
    medir_varios,
)
from expediente.operaciones.revision_de_indicadores import problemas_de_indicadores
from expediente.operaciones.ventanilla import sentarse
from tests.conftest import Correr, copiar
from tests.operaciones.tramites import Abridor, canalizado, dar, improcedente, solicitud
from tests.operaciones.tramites_dif import QUIEN_RECIBE, apoyo_por_entregar, ayuda_en_resguardo

NOVIEMBRE = PeriodoEscrito(mes="2026-11")


@pytest.fixture(scope="module")
def oficina_de_fabrica(oficina_de_fabrica: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una oficina con tres reportes y una solicitud: lo que se cuenta a mano aquí."""
    trabajada = tmp_path_factory.mktemp("medida") / "oficina"
    copiar(oficina_de_fabrica, trabajada)
    v = sentarse(trabajada, datetime(2026, 11, 20, 10), "recepcion")
    canalizado(v)
    improcedente(v)
    atendido = canalizado(v, tipo_servicio="otro", ubicacion__colonia="Norte")
    dar(v, atendido, datos={"trabajo": "Se orientó."})
    dar(v, atendido)
    solicitud(v)
    return trabajada


def test_mide_lo_que_se_conto_a_mano_y_dice_de_que_folios(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 14:00")

    r = medir_indicador(v, "opdm-eficiencia-atencion", NOVIEMBRE, v.ahora).resultado

    assert (r.numerador, r.denominador, r.excluidos, r.texto) == (1, 2, 1, "50.0 %")
    assert r.folios == {
        "numerador": ("RS-2026-0003",),
        "denominador": ("RS-2026-0001", "RS-2026-0003"),
        "excluidos": ("RS-2026-0002",),
        "sin_medir": (),
    }
    assert r.incompleto


def test_lo_que_se_entrega_y_lo_que_se_presta_de_verdad_se_mide(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 14:00")
    entregado = apoyo_por_entregar(v)
    dar(v, entregado, resultado="entrega", datos=QUIEN_RECIBE)
    ayuda_en_resguardo(v)

    gasto = medir_indicador(v, "apoyos-gasto", NOVIEMBRE, v.ahora).resultado
    del_anio = medir_indicador(v, "apoyos-presupuesto", PeriodoEscrito(), v.ahora).resultado
    aprobados = medir_indicador(v, "apoyos-aprobados", NOVIEMBRE, v.ahora).resultado
    resguardos = medir_indicador(v, "resguardos-al-corriente", NOVIEMBRE, v.ahora).resultado

    assert (gasto.texto, gasto.folios["numerador"]) == ("$9,800.00", (entregado,))
    assert (del_anio.numerador, del_anio.denominador) == (9800, 650000)
    assert (aprobados.numerador, aprobados.denominador) == (2, 2)
    assert list(aprobados.desglose["procedimiento"]) == [
        "Ayuda funcional en resguardo",
        "Solicitud de apoyo",
    ]
    assert (resguardos.texto, resguardos.excluidos) == ("s/d", 1)


def test_muchos_indicadores_se_miden_en_una_pasada_y_dan_lo_mismo(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 14:00")
    todos = indicadores_que_hay(v)
    mes = leer_periodo("mes", "2026-11", v.ahora.date())

    juntos = medir_varios(v, [(i, mes) for i in todos], v.ahora)

    for uno in ("oportunidad", "rezago", "opdm-24h-bruto"):
        solo = medir_indicador(v, uno, NOVIEMBRE, v.ahora)
        assert solo in juntos
    assert len(juntos) == len(todos) > 30


def test_leyendo_todos_los_ficheros_cada_indicador_da_lo_mismo(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 14:00")
    mes = leer_periodo("mes", "2026-11", v.ahora.date())
    pedidos = [(indicador, mes) for indicador in indicadores_que_hay(v)]

    rapidos = medir_varios(v, pedidos, v.ahora)
    lentas = [medicion_de(v, indicador, mes, v.ahora) for indicador, _ in pedidos]
    claves = {clave for indicador, _ in pedidos for clave in indicador.procedimientos}
    for tramo in tramos_leidos(v, claves, v.ahora).tramos:
        for lenta in lentas:
            lenta.agregar(tramo)

    assert [medido.resultado for medido in rapidos] == [lenta.resultado() for lenta in lentas]


def test_un_expediente_ilegible_no_se_cuenta_ni_se_calla(
    ventanilla: Abridor, oficina: Path, correr: Correr
) -> None:
    caso = oficina / "expedientes" / "2026" / "RS-2026-0003"
    ultima = sorted((caso / ".revisiones").iterdir())[-1]
    (ultima / "expediente.yaml").write_text("folio: [", encoding="utf-8")

    medido = medir_indicador(
        ventanilla(), "opdm-eficiencia-atencion", NOVIEMBRE, ventanilla().ahora
    )
    corrida = correr("indicador", "opdm-eficiencia-atencion", "--mes", "2026-11")

    (problema,) = medido.problemas
    assert problema.startswith("RS-2026-0003: no se contó.")
    assert medido.resultado.denominador == 1
    assert corrida.codigo == 1 and problema in corrida.stderr


def test_lo_ilegible_que_por_su_folio_es_de_otro_tramite_no_se_dice(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla()
    casos = oficina / "expedientes" / "2026"
    del_agua = casos / "RS-2026-0009" / ".revisiones" / "000001"
    de_pasaje = casos / "EB-2026-0009" / ".revisiones" / "000001"
    for revision in (del_agua, de_pasaje):
        revision.mkdir(parents=True)
        (revision / "expediente.yaml").write_text("folio: [", encoding="utf-8")

    uno, varios = (
        medir_indicador(v, clave, NOVIEMBRE, v.ahora).problemas
        for clave in ("opdm-eficiencia-atencion", "rezago")
    )

    assert [dicho.partition(":")[0] for dicho in uno] == ["RS-2026-0009"]
    assert {dicho.partition(":")[0] for dicho in varios} >= {"RS-2026-0009"}


def test_de_fabrica_ningun_indicador_tiene_problemas(ventanilla: Abridor) -> None:
    assert problemas_de_indicadores(ventanilla()) == []


@pytest.mark.parametrize(
    ("clave", "bueno", "malo", "dice"),
    [
        (
            "opdm-reasignacion",
            "ocurrio.verificar",
            "ocurrio.berificar",
            "¿Quiso decir «ocurrio.verificar»",
        ),
        (
            "satisfaccion-ventanilla",
            "evaluacion >= 4",
            "preferente == 'embarazo'",
            "es un dato sensible",
        ),
        (
            "cobertura-brigadas",
            "catalogo: colonias",
            "catalogo: colonia",
            "¿Quiso decir «colonias»",
        ),
        (
            "apoyos-presupuesto",
            "presupuesto-apoyos",
            "presupuesto-apoyo",
            "¿Quiso decir «presupuesto-apoyos»",
        ),
        (
            "opdm-vueltas",
            "[opdm-reasignacion]",
            "[opdm-reasignasion]",
            "¿Quiso decir «opdm-reasignacion»",
        ),
        (
            "apoyos-gasto",
            "fecha: ocurrio.entregar",
            "fecha: fecha_entrega",
            "la de un hecho del caso",
        ),
        (
            "opdm-vueltas",
            "[reporte-servicio]",
            "[reporte-servisio]",
            "¿Quiso decir «reporte-servicio»",
        ),
        ("rezago", "modo: foto", "modo: fotos", "renglón"),
    ],
)
def test_la_revision_dice_el_fichero_el_lugar_y_el_remedio(
    clave: str, bueno: str, malo: str, dice: str, oficina: Path, correr: Correr
) -> None:
    fichero = oficina / "indicadores" / f"{clave}.yaml"
    fichero.write_text(fichero.read_text("utf-8").replace(bueno, malo), "utf-8")

    corrida = correr("revisar")
    del_manual = correr("procedimiento", "revisar")

    renglones = [r for r in corrida.stdout.splitlines() if f"indicadores/{clave}.yaml" in r]
    assert corrida.codigo == del_manual.codigo == 1
    assert renglones and dice in renglones[0]
    assert any(dice in r for r in del_manual.stdout.splitlines())


def test_revisar_un_procedimiento_revisa_los_indicadores_que_lo_miden(
    oficina: Path, correr: Correr
) -> None:
    fichero = oficina / "indicadores" / "opdm-vueltas.yaml"
    fichero.write_text(fichero.read_text("utf-8").replace("veces.verificar", "veces.v"), "utf-8")

    suyo = correr("procedimiento", "revisar", "reporte-servicio")
    ajeno = correr("procedimiento", "revisar", "queja")

    assert suyo.codigo == 1 and "indicadores/opdm-vueltas.yaml" in suyo.stdout
    assert ajeno.codigo == 0


def test_un_indicador_mal_definido_no_se_mide(ventanilla: Abridor, oficina: Path) -> None:
    fichero = oficina / "indicadores" / "oportunidad.yaml"
    fichero.write_text(
        fichero.read_text("utf-8").replace("ancla: recibido", "ancla: recivido"), "utf-8"
    )

    with pytest.raises(DatosInvalidos, match="ancla: usa «recivido», que no existe"):
        medir_indicador(ventanilla(), "oportunidad", NOVIEMBRE, ventanilla().ahora)


def test_la_clave_es_el_nombre_del_fichero(oficina: Path) -> None:
    (oficina / "indicadores" / "rezago.yaml").rename(oficina / "indicadores" / "atraso.yaml")

    with pytest.raises(DatosInvalidos, match="la clave debe ser «atraso»"):
        leer_indicador(oficina, "atraso")


def test_una_oficina_vieja_sin_indicadores_no_se_rompe_y_dice_como_ponerlos(
    oficina: Path, correr: Correr
) -> None:
    shutil.rmtree(oficina / "indicadores")

    lista, pedido = correr("indicador"), correr("indicador", "rezago")

    assert lista.codigo == 0 and "copie" in pedido.stderr and pedido.codigo == 66
    assert "expediente iniciar CARPETA" in lista.stderr and "expediente iniciar" in pedido.stderr
    assert correr("procedimiento", "revisar").codigo == 0


def test_un_indicador_que_no_existe_sugiere_el_bueno(ventanilla: Abridor) -> None:
    with pytest.raises(NoExiste, match="¿Quiso decir «oportunidad»"):
        medir_indicador(ventanilla(), "oportunida", NOVIEMBRE, ventanilla().ahora)


def test_sin_pedir_periodo_se_mide_en_el_suyo_y_se_admite_cualquiera(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 14:00")

    suyo = medir_indicador(v, "rezago", PeriodoEscrito(), v.ahora).resultado
    del_anio = medir_indicador(v, "rezago", PeriodoEscrito(anio="2026"), v.ahora).resultado

    assert (suyo.periodo.clase, del_anio.periodo.clase) == ("semana", "anio")
    with pytest.raises(ErrorUso, match="un solo periodo"):
        medir_indicador(v, "rezago", PeriodoEscrito(mes="2026-11", anio="2026"), v.ahora)


def test_la_orden_dice_el_valor_de_que_sale_si_cumple_y_sus_folios(correr: Correr) -> None:
    dicho = correr(
        "indicador", "opdm-eficiencia-atencion", "--folios", ahora="2026-11-20 14:00"
    ).stdout

    assert "Noviembre de 2026 (incompleto: corte al 20 de noviembre de 2026" in dicho
    assert "\n50.0 %\n" in dicho
    assert "(Reportes dados de baja por el área / reportes con número) × 100" in dicho
    assert "Excluidos: improcedentes" in dicho
    assert "Numerador: RS-2026-0003\nDenominador: RS-2026-0001, RS-2026-0003\n" in dicho
    assert "Publíquelo junto con: opdm-eficiencia-conformidad" in dicho


def test_con_folios_cada_valor_del_desglose_dice_los_suyos(correr: Correr) -> None:
    dicho = correr(
        "indicador", "opdm-eficiencia-atencion", "--por", "colonia", "--folios"
    ).stdout.splitlines()  # fmt: skip

    assert "Norte, numerador: RS-2026-0003" in dicho
    assert "Norte, denominador: RS-2026-0003" in dicho
    assert not [r for r in dicho if r.startswith("Norte, excluidos")]


def test_de_una_mediana_lo_que_no_termina_va_en_su_propia_lista(correr: Correr) -> None:
    pedido = ("indicador", "opdm-tiempo-mediana", "--mes", "2026-11")
    dicho = correr(*pedido, "--folios", ahora="2026-11-20 14:00").stdout
    folios = json.loads(correr(*pedido, "--json", ahora="2026-11-20 14:00").stdout)["folios"]

    assert "Numerador: RS-2026-0003\nDenominador: RS-2026-0003\n" in dicho
    assert "Sin terminar: RS-2026-0001" in dicho.splitlines()
    assert folios["sin_medir"] == ["RS-2026-0001"]


def test_el_rezago_dice_en_que_se_mide(correr: Correr) -> None:
    dicho = correr("indicador", "rezago", "--por", "rango", ahora="2026-11-20 14:00").stdout

    assert "Por antigüedad, en días hábiles" in dicho


def test_la_orden_da_un_solo_desglose_o_dice_cuales_hay(correr: Correr) -> None:
    uno = correr("indicador", "opdm-eficiencia-atencion", "--por", "colonia", "--json")
    otro = correr("indicador", "opdm-eficiencia-atencion", "--por", "colona")

    desglose = json.loads(uno.stdout)["desglose"]
    assert set(desglose) == {"colonia"} and desglose["colonia"]["Norte"]["texto"] == "100.0 %"
    assert otro.codigo == 2 and "¿Quiso decir «colonia»" in otro.stderr


def test_con_json_lo_que_no_tiene_dato_es_nulo_y_no_cero(correr: Correr) -> None:
    dicho = json.loads(correr("indicador", "opdm-24h-bruto", "--mes", "2026-10", "--json").stdout)

    assert (dicho["valor"], dicho["texto"], dicho["denominador"]) == (None, "s/d", 0)
    assert dicho["esquema"] == 1 and dicho["incompleto"] is False


def test_un_corte_pasado_da_lo_de_entonces_y_uno_futuro_se_rechaza(correr: Correr) -> None:
    antes = correr("indicador", "opdm-eficiencia-atencion", "--al", "2026-11-20 09:00", "--json")
    futuro = correr("indicador", "opdm-eficiencia-atencion", "--al", "2026-11-30 09:00")

    assert json.loads(antes.stdout)["texto"] == "s/d"
    assert futuro.codigo == 2


def test_la_lista_dice_de_cada_uno_su_periodicidad_y_su_estandar(
    correr: Correr, oficina: Path
) -> None:
    lista = json.loads(correr("indicador", "--json").stdout)["indicadores"]

    assert [i["clave"] for i in lista] == claves_de_indicadores(oficina)
    seguimiento = next(i for i in lista if i["clave"] == "pdg-seguimiento")
    assert seguimiento["se_mide"] == "De 10 a 20 días"
    assert seguimiento["estandar"]["meta"] == 100
    assert "De 10 a 20 días" in correr("indicador").stdout
