"""El folio: una sola manera de escribirlo, y nada que no sea un folio pasa por tal."""

import pytest

from expediente.nucleo.folio import Folio, leer_folio


@pytest.mark.parametrize(
    ("escrito", "folio"),
    [
        ("EB-2026-0042", Folio("EB", 2026, 42)),
        ("eb-2026-0042", Folio("EB", 2026, 42)),
        ("  Eb-2026-0042\n", Folio("EB", 2026, 42)),
        ("A-2026-0001", Folio("A", 2026, 1)),
        ("ABCDEF-2026-9999", Folio("ABCDEF", 2026, 9999)),
        ("RS-2026-10000", Folio("RS", 2026, 10_000)),
        ("RS-2026-123456789", Folio("RS", 2026, 123_456_789)),
    ],
)
def test_lee_el_folio_como_se_dicta(escrito: str, folio: Folio) -> None:
    assert leer_folio(escrito) == folio


@pytest.mark.parametrize(
    "escrito",
    [
        "", "EB", "EB-2026", "EB-2026-42", "EB-26-0042", "EB20260042", "EB 2026 0042",
        "ABCDEFG-2026-0001", "-2026-0001", "E1-2026-0001", "EB-2026-1234567890",
        "EB-2026-0042-1", "EB-2026-0042 copia", "EB-2026-0042.yaml", "EB-2026-0042~",
        "../EB-2026-0042", "EB-2026-0042/..", "..\\EB-2026-0042", "C:EB-2026-0042",
        "EB-2026-0042\0", "EB-2026-00\n42", "%2e%2e-2026-0001", "EB-2026-0042\u2215x",
        "CON", "NUL-2026", "EB–2026–0042",
    ],
)  # fmt: skip
def test_lo_que_no_es_un_folio_no_se_toma_por_tal(escrito: str) -> None:
    assert leer_folio(escrito) is None


@pytest.mark.parametrize("escrito", ["ÑE-2026-0001", "ß-2026-0001", "ﬁ-2026-0001", "ſ-2026-0001"])
def test_el_prefijo_no_acepta_letras_que_se_vuelven_otras_al_pasarlas_a_mayusculas(
    escrito: str,
) -> None:
    assert leer_folio(escrito) is None


@pytest.mark.parametrize("escrito", ["EB-٢٠٢٦-0042", "EB-2026-٠٠٤٢", "EB-２０２６-0042"])
def test_las_cifras_son_las_nuestras(escrito: str) -> None:
    assert leer_folio(escrito) is None


def test_un_folio_se_escribe_de_una_sola_manera() -> None:
    """Dos escrituras del mismo folio serían dos carpetas del mismo expediente."""
    con_ceros_de_mas = "EB-2026-00042"

    assert leer_folio(con_ceros_de_mas) is None


@pytest.mark.parametrize("consecutivo", [1, 42, 9_999, 10_000, 999_999_999])
def test_el_consecutivo_crece_sin_cortarse_y_se_vuelve_a_leer(consecutivo: int) -> None:
    folio = Folio("EB", 2026, consecutivo)

    escrito = str(folio)

    assert leer_folio(escrito) == folio
    assert len(escrito.rpartition("-")[2]) == max(4, len(str(consecutivo)))


def test_los_folios_se_ordenan_por_prefijo_anio_y_numero_y_no_por_letras() -> None:
    folios = [Folio("EB", 2026, 10_000), Folio("EB", 2026, 9_999), Folio("EB", 2025, 1)]

    en_orden = [str(folio) for folio in sorted(folios)]

    assert en_orden == ["EB-2025-0001", "EB-2026-9999", "EB-2026-10000"]
