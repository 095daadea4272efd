"""El caso: una historia encadenada que no se cambia, quita ni intercala sin que se note."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from expediente.nucleo.caso import (
    ACTUACION,
    TIPOS_DE_ACTUACION,
    Actuacion,
    encadenar,
    eslabon_roto,
    huella,
    huella_final,
    leer_actuaciones,
)
from expediente.nucleo.forma import FormaInvalida

FOLIO = "EB-2026-0042"
CENTRO = timezone(timedelta(hours=-6))
LUNES = datetime(2026, 11, 16, 9, 5, tzinfo=CENTRO)


def suelta(tipo: str, hora: int, **llaves: Any) -> Actuacion:
    momento = LUNES + timedelta(hours=hora)
    return Actuacion(0, tipo, momento, momento, "ana", **llaves)


def historia() -> tuple[Actuacion, ...]:
    return encadenar(
        FOLIO,
        (),
        suelta("apertura", 0, paso="recibir", datos={"asunto": "Pasaje"}, detalle={"canal": "1"}),
        suelta("nota", 1, nota="Llamó.\nDijo «sí»: ñ 😀"),
        suelta("avance", 2, paso="revisar", resultado="procede", por="luis", requisitos=("ine",)),
        suelta("correccion", 3, datos={"asunto": ""}, anteriores={"asunto": "Pasaje"}),
        suelta("documento", 4, documentos=({"clave": "oficio", "numero": "0001"},)),
        suelta("anexo", 5, anexos=({"fichero": "a.pdf"}, {"fichero": "b.pdf"})),
    )


def test_una_historia_recien_hecha_encadena() -> None:
    actuaciones = historia()

    assert eslabon_roto(FOLIO, actuaciones) is None
    assert [a.numero for a in actuaciones] == [1, 2, 3, 4, 5, 6]
    assert len({a.anterior for a in actuaciones}) == 6


CAMBIOS: list[dict[str, Any]] = [
    {"tipo": "cancelacion"},
    {"ocurrio": LUNES - timedelta(days=1)},
    {"capturado": LUNES + timedelta(days=9)},
    {"capturo": "otra"},
    {"por": "otra"},
    {"paso": "otro"},
    {"resultado": "otro"},
    {"datos": {"asunto": "Otra cosa"}},
    {"anteriores": {"asunto": "Otra cosa"}},
    {"requisitos": ("ine", "curp")},
    {"documentos": ({"clave": "oficio", "numero": "0002"},)},
    {"anexos": ({"fichero": "z.pdf"},)},
    {"detalle": {"canal": "2"}},
    {"nota": "Otra."},
]


@pytest.mark.parametrize("cambio", CAMBIOS, ids=lambda c: next(iter(c)))
@pytest.mark.parametrize("lugar", range(6))
def test_cambiar_una_llave_de_cualquier_actuacion_se_nota(
    lugar: int, cambio: dict[str, Any]
) -> None:
    """La última la delata la huella del encabezado; las demás, la que las sigue."""
    actuaciones = list(historia())
    actuaciones[lugar] = replace(actuaciones[lugar], **cambio)

    roto = eslabon_roto(FOLIO, actuaciones)

    if lugar < 5:
        assert roto == lugar + 2
    else:
        assert huella_final(FOLIO, actuaciones) != huella_final(FOLIO, historia())


@pytest.mark.parametrize("lugar", range(6))
def test_cambiar_el_numero_de_una_actuacion_se_nota(lugar: int) -> None:
    actuaciones = list(historia())

    actuaciones[lugar] = replace(actuaciones[lugar], numero=9)

    assert eslabon_roto(FOLIO, actuaciones) == lugar + 1


@pytest.mark.parametrize("lugar", range(5))
def test_quitar_una_actuacion_se_nota(lugar: int) -> None:
    actuaciones = historia()

    quedan = actuaciones[:lugar] + actuaciones[lugar + 1 :]

    assert eslabon_roto(FOLIO, quedan) == lugar + 1


@pytest.mark.parametrize("cuantas", range(1, 7))
def test_quitar_las_ultimas_lo_delata_la_huella_del_encabezado(cuantas: int) -> None:
    actuaciones = historia()

    quedan = actuaciones[:-cuantas]

    assert huella_final(FOLIO, quedan) != huella_final(FOLIO, actuaciones)


@pytest.mark.parametrize("lugar", range(5))
def test_quitar_una_actuacion_y_renumerar_las_demas_se_nota(lugar: int) -> None:
    actuaciones = historia()
    quedan = actuaciones[:lugar] + actuaciones[lugar + 1 :]

    renumeradas = [replace(a, numero=i) for i, a in enumerate(quedan, start=1)]

    assert eslabon_roto(FOLIO, renumeradas) == lugar + 1


@pytest.mark.parametrize("lugar", range(6))
def test_intercalar_una_actuacion_se_nota(lugar: int) -> None:
    """Aun bien encadenada con la previa y con las demás renumeradas."""
    actuaciones = historia()
    previas = encadenar(FOLIO, actuaciones[:lugar], suelta("nota", 9, nota="Intrusa."))

    despues = [replace(a, numero=a.numero + 1) for a in actuaciones[lugar:]]

    assert eslabon_roto(FOLIO, [*previas, *despues]) == lugar + 2


@pytest.mark.parametrize(("uno", "otro"), [(i, j) for i in range(6) for j in range(i)])
def test_reordenar_dos_actuaciones_se_nota(uno: int, otro: int) -> None:
    actuaciones = list(historia())
    actuaciones[uno], actuaciones[otro] = actuaciones[otro], actuaciones[uno]

    renumeradas = [replace(a, numero=i) for i, a in enumerate(actuaciones, start=1)]

    assert eslabon_roto(FOLIO, actuaciones) == otro + 1
    assert eslabon_roto(FOLIO, renumeradas) == otro + 1


def test_la_historia_de_un_folio_no_sirve_en_otro() -> None:
    assert eslabon_roto("EB-2026-0043", historia()) == 1


def test_encadenar_no_toca_las_previas_y_numera_las_nuevas() -> None:
    previas = historia()

    todas = encadenar(FOLIO, previas, suelta("nota", 7, nota="a"), suelta("nota", 8, nota="b"))

    assert todas[:6] == previas
    assert [a.numero for a in todas[6:]] == [7, 8]
    assert eslabon_roto(FOLIO, todas) is None


def test_lo_escrito_se_vuelve_a_leer_igual() -> None:
    actuaciones = historia()

    leidas = leer_actuaciones([a.como_mapa() for a in actuaciones])

    assert leidas == actuaciones
    assert eslabon_roto(FOLIO, leidas) is None


@pytest.mark.parametrize("tipo", TIPOS_DE_ACTUACION)
def test_cada_tipo_de_actuacion_se_escribe_y_se_lee(tipo: str) -> None:
    (actuacion,) = encadenar(FOLIO, (), suelta(tipo, 0))

    assert leer_actuaciones([actuacion.como_mapa()]) == (actuacion,)


def test_solo_se_escriben_las_llaves_con_contenido_y_en_su_orden() -> None:
    mapa = historia()[0].como_mapa()

    assert list(mapa) == [
        "numero", "tipo", "paso", "ocurrio", "capturado", "capturo", "detalle", "datos", "anterior",
    ]  # fmt: skip
    assert mapa["numero"] == "1"
    assert mapa["ocurrio"] == "2026-11-16T09:05:00-06:00"


def test_un_dato_que_se_vacio_consta_vacio() -> None:
    """Vaciar un dato es un hecho: no puede desaparecer de la historia."""
    correccion = historia()[3]

    assert correccion.como_mapa()["datos"] == {"asunto": ""}


def test_la_nota_conserva_sus_renglones_y_espacios() -> None:
    nota = "  Sangría\n\n  y renglón vacío \n"
    (actuacion,) = encadenar(FOLIO, (), suelta("nota", 0, nota=nota))

    (leida,) = leer_actuaciones([actuacion.como_mapa()])

    assert leida.nota == nota


def test_la_huella_no_depende_del_orden_en_que_se_escribieron_las_llaves() -> None:
    mapa = historia()[0].como_mapa()

    al_reves = dict(reversed(mapa.items()))

    assert huella(al_reves) == huella(mapa)


def test_la_huella_es_la_misma_hoy_y_dentro_de_diez_anios() -> None:
    """Si cambia la forma canónica, todos los expedientes guardados parecerían alterados."""
    assert huella({"folio": FOLIO}) == (
        "87fd59207b238a49e1ef16857e853f3147c0bca1cd5c43882e31ef3a0ee3e393"
    )
    assert huella({"b": "ñ", "a": ["1"]}) == (
        "0361c833c24ec40474e0344f0dc0938372375acf970a38c2c409707d60744220"
    )


@pytest.mark.parametrize(
    ("llave", "escrito", "mensaje"),
    [
        ("ocurrio", "2026-02-30T10:00:00-06:00", "no existe"),
        ("ocurrio", "ayer", "no existe"),
        ("ocurrio", "2026-11-16T09:05:00", "le falta su huso"),
        ("capturado", "2026-11-16", "le falta su huso"),
        ("numero", "uno", "número entero"),
        ("tipo", "avanze", "¿Quiso decir «avance»?"),
        ("capturo", "", "falta la llave «capturo»"),
        ("anterior", "", "falta la llave «anterior»"),
        ("datos", {"asunto": ["a"]}, "se esperaba un texto"),
        ("notas", "x", "¿Quiso decir «nota»?"),
    ],
)
def test_una_actuacion_mal_escrita_dice_cual_y_por_que(
    llave: str, escrito: object, mensaje: str
) -> None:
    mapas = [a.como_mapa() for a in historia()]
    mapas[2] = {**mapas[2], llave: escrito}

    with pytest.raises(FormaInvalida) as error:
        leer_actuaciones(mapas)

    assert mensaje in error.value.mensaje
    assert error.value.ruta[:2] == ("actuaciones", 2)


@pytest.mark.parametrize("vacio", [[], "", None, {"numero": "1"}])
def test_un_expediente_sin_actuaciones_no_es_un_expediente(vacio: object) -> None:
    with pytest.raises(FormaInvalida, match="al menos su apertura"):
        leer_actuaciones(vacio)


def test_cada_llave_de_una_actuacion_se_escribe_y_se_lee() -> None:
    """Quien añada un dato a la actuación tiene que añadirlo a su tabla, o se perdería."""
    assert set(ACTUACION.llaves) == set(Actuacion.__dataclass_fields__)
