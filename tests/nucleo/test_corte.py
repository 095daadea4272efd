"""El corte del día sin disco: qué caso nombra cada renglón, qué se le daría y cómo se cruza."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from expediente.almacen.lotes import leer_corte_definido
from expediente.nucleo.conciliacion import Nuestro, cruzar, cuantos
from expediente.nucleo.corte import Corte, leer_corte
from expediente.nucleo.errores import DatosInvalidos, NoPermitido
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.lista_del_corte import (
    Esperado,
    Pedido,
    Rehusado,
    columnas_sin_usar,
    datos_para,
    leer_lista,
    mismo_numero,
    pasos_por_dar,
)
from expediente.nucleo.lote import LOTE, DelLote, Deshecho, Lote, ya_asentado
from tests.nucleo.tramite import (
    DATOS,
    atendido_otra_vez,
    canalizado,
    inconforme,
    momento,
    por_verificar,
    reporte,
)

VIERNES = date(2026, 11, 20)
NUMERO, HORA, TRABAJO = "N.º de reporte", "Atendido", "Qué se hizo"
ESPERADOS = (
    Esperado("RS-2026-0001", "R-2026-0001"),
    Esperado("RS-2026-0002", "R-2026-0002"),
    Esperado("RS-2026-0003", "R-2026-0003", rector="RS-2026-0002"),
)
LO_MISMO = {"trabajo": "Se reparó."}


def atendidos() -> Corte:
    """El corte de fábrica."""
    return leer_corte_definido(DATOS, "atendidos")


def lista(*renglones: Mapping[str, str]) -> tuple[list[Pedido], list[Rehusado]]:
    """La lista de ese viernes, desde el renglón 2."""
    titulos = list(dict.fromkeys(t for dice in renglones for t in dice))
    return leer_lista(atendidos(), titulos, list(enumerate(renglones, 2)), ESPERADOS, VIERNES)


def pedido(**cambios: object) -> Pedido:
    """Un renglón que nombra el reporte 1."""
    juntos: dict[str, object] = {"datos": LO_MISMO, **cambios}
    return Pedido(2, "R-2026-0001", "RS-2026-0001", **juntos)  # type: ignore[arg-type]


def test_cada_renglon_nombra_su_caso_por_el_numero_de_reporte() -> None:
    [uno], [] = lista({NUMERO: "R-2026-0001", HORA: "20/11/2026 13:05", TRABAJO: "Se soldó."})

    assert (uno.renglon, uno.folio, uno.numero) == (2, "RS-2026-0001", "R-2026-0001")
    assert uno.ocurrio == datetime(2026, 11, 20, 13, 5)
    assert uno.datos == {"trabajo": "Se soldó.", "impedido": "no"}
    assert not uno.salvo


@pytest.mark.parametrize("escrito", ["r-2026-0001", "R-2026-1", " R-2026-0001 "])
def test_el_numero_se_reconoce_como_lo_escribe_la_cuadrilla(escrito: str) -> None:
    [uno], _ = lista({NUMERO: escrito})

    assert uno.folio == "RS-2026-0001"
    assert mismo_numero("R-2026-0011") != mismo_numero("R-2026-0001")


def test_la_hora_sola_es_del_dia_del_corte() -> None:
    [uno], _ = lista({NUMERO: "R-2026-0001", HORA: "9:40"})

    assert uno.ocurrio == datetime(2026, 11, 20, 9, 40)


@pytest.mark.parametrize(
    ("dice", "motivo"),
    [
        ({NUMERO: ""}, "no dice de qué caso"),
        ({NUMERO: "R-2026-0009"}, "ningún caso tiene ese número"),
        ({NUMERO: "R-2026-0001", HORA: "20/11/2026"}, "falta la hora"),
        ({NUMERO: "R-2026-0001", HORA: "al rato"}, "la hora en que se hizo"),
    ],
)
def test_el_renglon_que_no_se_entiende_se_aparta_y_los_demas_siguen(
    dice: Mapping[str, str], motivo: str
) -> None:
    [bueno], [malo] = lista(dice, {NUMERO: "R-2026-0002"})

    assert bueno.folio == "RS-2026-0002"
    assert malo.renglon == 2 and motivo in malo.motivo


def test_un_nombre_en_la_columna_del_numero_no_se_repite() -> None:
    _, [malo] = lista({NUMERO: "Ofelia Cervantes"})

    assert "Ofelia" not in malo.numero + malo.motivo


def test_el_mismo_numero_dos_veces_es_un_error_de_la_lista() -> None:
    [uno], [malo] = lista({NUMERO: "R-2026-0001"}, {NUMERO: "R-2026-1"})

    assert (uno.renglon, malo.renglon) == (2, 3)
    assert "repite" in malo.motivo


def test_los_vecinos_de_la_misma_fuga_van_con_su_rector() -> None:
    [rector, vecino], malos = lista({NUMERO: "R-2026-0002"}, {NUMERO: "R-2026-0003"})

    assert malos == []
    assert (vecino.folio, vecino.adherido) == (rector.folio, "RS-2026-0003")
    assert vecino.repite == rector.renglon


def test_si_la_lista_solo_nombra_al_vecino_se_atiende_su_rector() -> None:
    [vecino], _ = lista({NUMERO: "R-2026-0003", TRABAJO: "Se soldó."})

    assert (vecino.folio, vecino.repite) == ("RS-2026-0002", None)
    assert vecino.datos["trabajo"] == "Se soldó."


def test_sin_la_columna_del_numero_no_hay_lista() -> None:
    with pytest.raises(DatosInvalidos, match="numero_reporte"):
        lista({"Colonia": "Centro"})


def test_lo_que_la_lista_trae_de_mas_se_dice() -> None:
    assert columnas_sin_usar(atendidos(), ["Cuadrilla", NUMERO, HORA]) == ("Cuadrilla",)


def test_al_que_falta_la_atencion_se_le_asienta_antes_de_darlo_de_baja() -> None:
    caso = canalizado()

    assert pasos_por_dar(atendidos(), pedido(), caso.estado) == ("atender", "dar-baja")
    assert datos_para(atendidos(), pedido(), "atender", caso.estado) == LO_MISMO


def test_al_que_el_area_ya_atendio_solo_se_le_da_la_baja_sin_cambiar_lo_que_dijo() -> None:
    caso = canalizado().dar(datos={"trabajo": "Se cambió la llave."})

    assert pasos_por_dar(atendidos(), pedido(), caso.estado) == ("dar-baja",)
    assert datos_para(atendidos(), pedido(), "dar-baja", caso.estado) == {}


def test_un_impedimento_se_asienta_y_no_da_de_baja() -> None:
    [uno], _ = lista({NUMERO: "R-2026-0001", "Impedimento": "Lluvia"})

    assert uno.salvo and uno.datos["impedido"] == "sí"
    assert pasos_por_dar(atendidos(), uno, canalizado().estado) == ("atender",)
    with pytest.raises(NoPermitido, match="no se terminó"):
        pasos_por_dar(atendidos(), uno, canalizado().dar(datos=LO_MISMO).estado)


def test_el_que_ya_estaba_de_baja_no_se_da_otra_vez() -> None:
    assert pasos_por_dar(atendidos(), pedido(), por_verificar().estado) == ()


def test_el_que_no_ha_llegado_al_area_no_se_puede_dar_de_baja() -> None:
    with pytest.raises(NoPermitido, match="está en «registrar»"):
        pasos_por_dar(atendidos(), pedido(), reporte().estado)


def test_el_reasignado_se_da_de_baja_otra_vez_si_la_lista_dice_otra_cosa() -> None:
    caso = inconforme(por_verificar(), "2026-11-20 11:00")

    assert pasos_por_dar(atendidos(), pedido(), caso.estado) == ("atender", "dar-baja")
    assert ya_asentado(atendidos(), caso.actuaciones, LO_MISMO, None)
    assert not ya_asentado(atendidos(), caso.actuaciones, {"trabajo": "Otra cosa."}, None)


def test_la_lista_de_ayer_repetida_no_da_de_baja_lo_que_se_reasigno() -> None:
    caso = inconforme(por_verificar("2026-11-20 09:00"), "2026-11-20 11:00")
    a_las_nueve, a_las_doce = momento("2026-11-20 09:00"), momento("2026-11-20 12:00")

    assert ya_asentado(atendidos(), caso.actuaciones, LO_MISMO, a_las_nueve)
    assert not ya_asentado(atendidos(), caso.actuaciones, LO_MISMO, a_las_doce)
    assert not ya_asentado(atendidos(), caso.actuaciones, {}, None)
    otra_vez = atendido_otra_vez(caso, "2026-11-20 12:00")
    assert ya_asentado(atendidos(), otra_vez.actuaciones, {}, a_las_doce)


def cruces(*suyos: tuple[str, str]) -> list[tuple[str, str, str, str]]:
    """(qué, número, aquí, allá) de cruzar dos reportes nuestros y un vecino con eso."""
    concilia = atendidos().concilia
    assert concilia is not None
    nuestros = {
        "a": Nuestro("A", "RS-2026-0001", "conforme"),
        "b": Nuestro("B", "RS-2026-0002", "por verificar"),
        "vecino": Nuestro("V", "RS-2026-0002", "por verificar", exigible=False),
    }
    dichos = [(numero, numero.upper(), dicho) for numero, dicho in suyos]
    return [(c.que, c.numero, c.nuestro, c.suyo) for c in cruzar(concilia, nuestros, dichos, {})]


def test_lo_que_el_centro_dice_con_sus_palabras_se_compara_con_las_nuestras() -> None:
    assert cruces(("a", "CERRADO"), ("b", "Pendiente")) == [
        ("coincide", "A", "conforme", "conforme"),
        ("coincide", "B", "por verificar", "por verificar"),
    ]


def test_lo_que_falta_sobra_y_difiere_se_dice_por_numero() -> None:
    assert cruces(("a", "No conforme"), ("z", "cerrado")) == [
        ("difiere", "A", "conforme", "inconforme"),
        ("falta_alla", "B", "por verificar", ""),
        ("sobra", "Z", "", "conforme"),
    ]


def test_el_vecino_adherido_no_hace_falta_que_lo_nombren_y_si_lo_nombran_no_sobra() -> None:
    sin_el = cruces(("a", "conforme"), ("b", "abierto"))
    con_el = cruces(("a", "conforme"), ("b", "abierto"), ("vecino", "abierto"))

    assert {que for que, *_ in sin_el} == {que for que, *_ in con_el} == {"coincide"}
    assert (len(sin_el), len(con_el)) == (2, 3)


def test_quien_dice_dos_cosas_del_mismo_numero_difiere() -> None:
    assert cruces(("a", "conforme"), ("a", "rechazado"), ("b", "?"))[:2] == [
        ("difiere", "A", "conforme", "conforme / inconforme"),
        ("difiere", "B", "por verificar", "no se entiende"),
    ]


def test_se_cuenta_lo_que_resulto_con_sus_ceros() -> None:
    assert cuantos([]) == {"coincide": 0, "falta_alla": 0, "sobra": 0, "difiere": 0}


def test_un_lote_se_lee_como_se_escribio() -> None:
    casos = (
        DelLote("RS-2026-0001", "R-2026-0001", "dado", (6, 7), 7, 2),
        DelLote("RS-2026-0002", "R-2026-0002", "pendiente", (6,)),
    )
    deshecho = Deshecho("2026-11-21T09:00:00-06:00", "caic", "Era otra.", ("RS-2026-0001",))
    lote = Lote("atendidos", "2026-11-20-01", "2026-11-20", "h", "ugsrp", casos, deshecho)

    assert LOTE(lote.como_mapa(), ()) == lote
    assert lote.en_la_relacion == casos[:1] and lote.adheridos == 2


def test_una_definicion_dice_en_que_columna_viene_lo_que_busca() -> None:
    mapa = {
        "clave": "x", "nombre": "X", "procedimiento": "p", "paso": "q", "busca": "folio",
        "hoja": {"trabajo": "trabajo"}, "plantilla": "x.docx",
        "columnas": [{"clave": "a", "titulo": "A", "valor": "folio"}],
    }  # fmt: skip

    with pytest.raises(FormaInvalida, match="folio"):
        leer_corte(mapa)
    assert leer_corte({**mapa, "hoja": {"folio": "Folio"}}).busca == "folio"
