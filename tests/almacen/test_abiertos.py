"""Un documento abierto en Word o en LibreOffice: cómo se sabe, y quién lo tiene."""

from pathlib import Path

import pytest

from expediente.almacen.abiertos import (
    abierto,
    abiertos_en,
    exigir_cerrado,
)
from expediente.nucleo.aviso_de_abierto import es_aviso_de_abierto
from expediente.nucleo.errores import EstaAbierto
from expediente.operaciones.efectos import ya_asentado

# Así los escribe cada programa: Word en 162 bytes, LibreOffice en un renglón.
QUIEN = "María G. López"
DE_WORD = (
    bytes([len(QUIEN)]) + QUIEN.encode("cp1252").ljust(53, b" ")
    + bytes([len(QUIEN), 0]) + QUIEN.encode("utf-16-le").ljust(106, b" ")
)  # fmt: skip
DE_LIBREOFFICE = (
    "María G. López,mgl,recepcion-2,20.11.2026 12:00,file:///home/mgl/.config;".encode()
)


@pytest.mark.parametrize(
    ("documento", "aviso"),
    [
        ("oficio-DIF-DG-0001-2026.docx", "~$icio-DIF-DG-0001-2026.docx"),
        ("cartita.docx", "~$artita.docx"),
        ("acuse.docx", "~$acuse.docx"),
        ("oficio-DIF-DG-0001-2026.docx", "~$oficio-DIF-DG-0001-2026.docx"),
        ("acuse.docx", ".~lock.acuse.docx#"),
    ],
)
def test_se_reconoce_el_aviso_de_cada_programa(documento: str, aviso: str, tmp_path: Path) -> None:
    (tmp_path / documento).write_bytes(b"PK")
    (tmp_path / aviso).write_bytes(b"")

    hallado = abierto(tmp_path / documento)

    assert hallado is not None and hallado.documento == documento
    assert es_aviso_de_abierto(aviso) and not es_aviso_de_abierto(documento)
    assert [a.documento for a in abiertos_en(tmp_path)] == [documento]


@pytest.mark.parametrize(
    ("aviso", "crudo", "dicho"),
    [
        ("~$acuse.docx", DE_WORD, "«acuse.docx» está abierto en Word por María G. López"),
        ("~$acuse.docx", DE_WORD[:54], "«acuse.docx» está abierto en Word por María G. López"),
        ("~$acuse.docx", b"", "«acuse.docx» está abierto en Word"),
        ("~$acuse.docx", b"\xff" * 400, "«acuse.docx» está abierto en Word"),
        (".~lock.acuse.docx#", b",mgl,pc,", "«acuse.docx» está abierto en LibreOffice por mgl"),
        (".~lock.acuse.docx#", b"\x1b[2J,", "«acuse.docx» está abierto en LibreOffice por [2J"),
        (".~lock.acuse.docx#", b"", "«acuse.docx» está abierto en LibreOffice"),
    ],
)
def test_dice_quien_lo_tiene_si_se_puede_leer(
    aviso: str, crudo: bytes, dicho: str, tmp_path: Path
) -> None:
    (tmp_path / "acuse.docx").write_bytes(b"PK")
    (tmp_path / aviso).write_bytes(crudo)

    hallado = str(abierto(tmp_path / "acuse.docx"))

    assert hallado.startswith(dicho) and len(hallado) < 120 and hallado.isprintable()


def test_el_de_libreoffice_dice_el_nombre_y_no_la_maquina(tmp_path: Path) -> None:
    (tmp_path / ".~lock.acuse.docx#").write_bytes(DE_LIBREOFFICE)

    (hallado,) = abiertos_en(tmp_path)

    assert (hallado.documento, hallado.quien) == ("acuse.docx", "María G. López")


def test_exigirlo_cerrado_dice_el_remedio_y_que_aviso_sobra(tmp_path: Path) -> None:
    (tmp_path / "acuse.docx").write_bytes(b"PK")
    exigir_cerrado(tmp_path / "acuse.docx")
    (tmp_path / "~$acuse.docx").write_bytes(DE_WORD)

    with pytest.raises(EstaAbierto) as error:
        exigir_cerrado(tmp_path / "acuse.docx")

    assert error.value.codigo_salida == 75
    assert "por María G. López; ciérrelo y repita la orden" in error.value.mensaje
    assert str(tmp_path / "~$acuse.docx") in error.value.mensaje


def test_el_aviso_de_otro_documento_no_estorba(tmp_path: Path) -> None:
    (tmp_path / "~$otro.docx").write_bytes(DE_WORD)

    assert abierto(tmp_path / "acuse.docx") is None


def test_lo_ya_asentado_no_se_pierde_y_dice_como_se_termina(tmp_path: Path) -> None:
    (tmp_path / "acuse.docx").write_bytes(b"PK")
    (tmp_path / "~$acuse.docx").write_bytes(DE_WORD)

    with pytest.raises(EstaAbierto) as error, ya_asentado("EB-2026-0001"):
        exigir_cerrado(tmp_path / "acuse.docx")

    assert "Lo de EB-2026-0001 sí quedó asentado" in error.value.mensaje
    assert "expediente oficio emitir EB-2026-0001" in error.value.mensaje
