"""Quién firma, qué leyenda rige y cómo se escribe un número: por fecha, no por hoy."""

from datetime import date

import pytest

from expediente.almacen.fichero_yaml import leer_mapa
from expediente.almacen.oficina import leer_oficina
from expediente.nucleo.ajustes import Libro, Vigente, vigentes
from expediente.nucleo.errores import NoExiste
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.lectura_ajustes import OFICINA
from tests.nucleo.tramite import DATOS

OFICIOS = Libro("DG", "Oficios", "DIF/DG/{consecutivo}/{anio}")
DE_FABRICA = leer_oficina(DATOS)


@pytest.mark.parametrize(
    ("fecha", "persona", "modalidad"),
    [
        (date(2025, 9, 1), "directora", None),
        (date(2026, 12, 20), "directora", None),
        (date(2026, 12, 21), "subdirector", "P.A."),
        (date(2027, 1, 6), "subdirector", "P.A."),
        (date(2027, 1, 7), "directora", None),
    ],
)
def test_en_vacaciones_firma_el_suplente_por_ausencia(
    fecha: date, persona: str, modalidad: str | None
) -> None:
    firma, como = DE_FABRICA.firmante("direccion", fecha)

    assert (firma.clave, como) == (persona, modalidad)


def test_antes_de_la_primera_firma_nadie_firma() -> None:
    with pytest.raises(NoExiste, match=r"complete `firmas` en oficina.yaml"):
        DE_FABRICA.firmante("direccion", date(2025, 8, 31))


@pytest.mark.parametrize(
    ("fecha", "leyenda"),
    [
        (date(2026, 12, 31), "2026, Año del Centenario de la Presa del Mezquite"),
        (date(2027, 1, 1), "2027, Año de las Familias Durangueñas"),
    ],
)
def test_la_leyenda_es_la_de_la_fecha_del_oficio(fecha: date, leyenda: str) -> None:
    assert vigentes(DE_FABRICA.leyendas, fecha, "dif") == [leyenda]


def test_el_lema_de_una_institucion_no_va_en_los_papeles_de_otra() -> None:
    lemas = [Vigente("De todos"), Vigente("Del DIF", ente="dif")]

    assert vigentes(lemas, date(2026, 11, 20), "dif") == ["De todos", "Del DIF"]
    assert vigentes(lemas, date(2026, 11, 20), "agua") == ["De todos"]


@pytest.mark.parametrize(
    ("consecutivo", "escrito"),
    [(1, "DIF/DG/0001/2026"), (9999, "DIF/DG/9999/2026"), (10000, "DIF/DG/10000/2026")],
)
def test_el_consecutivo_lleva_cuatro_cifras_y_crece_sin_cortarse(
    consecutivo: int, escrito: str
) -> None:
    assert OFICIOS.numero(2026, consecutivo) == escrito
    assert OFICIOS.partes(escrito) == (2026, consecutivo)


def test_un_numero_se_reconoce_como_se_dicta_y_no_si_es_de_otro_libro() -> None:
    assert OFICIOS.partes(" dif/dg/0012/2026 ") == (2026, 12)
    assert OFICIOS.partes("OPDM/DG/0012/2026") is None
    assert OFICIOS.partes("DIF/DG/12/2026") == (2026, 12)
    assert OFICIOS.partes("DIF/DG//2026") is None


def test_quien_no_esta_en_el_personal_se_rechaza_con_las_claves() -> None:
    with pytest.raises(NoExiste, match="¿Quiso decir «directora»"):
        DE_FABRICA.persona("directoras")

    with pytest.raises(NoExiste, match=r"Claves: directora, subdirector"):
        DE_FABRICA.persona("zzz")


def test_sin_institucion_vale_la_primera() -> None:
    assert DE_FABRICA.ente(None).clave == "dif"
    assert DE_FABRICA.ente("agua").siglas == "OPDM"


@pytest.mark.parametrize(
    ("llave", "valor", "mensaje"),
    [
        ("cierre", "25:00", "la hora no existe"),
        ("libros", [{"clave": "X", "nombre": "X", "formato": "X/{anio}"}], "formato lleva"),
        (
            "libros",
            [{"clave": "X", "nombre": "X", "formato": "{anio}/{consecutivo}/{anio}"}],
            "una vez cada uno",
        ),
        ("firmas", [{"rol": "a", "persona": "b", "desde": "2026-02-30"}], "la fecha no existe"),
        ("zonas", "x", "¿Quiso decir «zona»"),
        ("zona", "America/Duranjo", "huso"),
    ],
)
def test_un_ajuste_mal_escrito_se_rechaza(llave: str, valor: object, mensaje: str) -> None:
    mapa, _ = leer_mapa(DATOS / "oficina.yaml")

    with pytest.raises(FormaInvalida, match=mensaje):
        OFICINA({**mapa, llave: valor}, ())
