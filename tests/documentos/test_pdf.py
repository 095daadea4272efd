"""De Word a PDF: lo que sale se comprueba, y lo que LibreOffice hace mal se dice."""

import os
import shutil
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from expediente.documentos import pdf
from expediente.documentos.pdf import NO_ESTA, Conversion, a_pdf, problema_del_pdf
from expediente.nucleo.errores import NoExiste

CON_LIBREOFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice no está en esta computadora"
)
SIN_GUIONES = pytest.mark.skipif(sys.platform == "win32", reason="el soffice falso es un guion")
PDF = b"%PDF-1.7\n1 0 obj <</Type/Page>> endobj\n%%EOF\n"
# Cómo halla un guion los documentos y la carpeta que le dieron.
CABEZA = """#!/bin/sh
salida=""; documentos=""; sigue=""
for a in "$@"; do
  [ "$sigue" = si ] && salida="$a"; sigue=""
  case "$a" in --outdir) sigue=si;; *.docx) documentos="$documentos $a";; esac
done
echo vez >> "$0.veces"
"""
BIEN = """for d in $documentos; do
  printf '%%PDF-1.7\\n1 0 obj <</Type/Page>> endobj\\n%%%%EOF\\n' > "$salida/${d%.docx}.pdf"
done
"""

Falso = Callable[[str], Path]


@pytest.fixture
def falso(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Falso:
    """Pone en el PATH un `soffice` de verdad que hace lo que diga el guion."""

    def poner(guion: str) -> Path:
        carpeta = tmp_path / "bin"
        carpeta.mkdir()
        ruta = carpeta / "soffice"
        ruta.write_text(CABEZA + guion, encoding="utf-8")
        ruta.chmod(ruta.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{carpeta}{os.pathsep}/usr/bin{os.pathsep}/bin")
        return ruta

    return poner


def documentos(carpeta: Path, *nombres: str) -> list[Path]:
    rutas = []
    for nombre in nombres:
        documento = docx.Document()
        documento.add_paragraph(f"Carta {nombre}")
        ruta = carpeta / f"{nombre}.docx"
        documento.save(str(ruta))
        rutas.append(ruta)
    return rutas


def arranques(soffice: Path) -> int:
    return len(Path(f"{soffice}.veces").read_text().splitlines())


def test_sin_libreoffice_lo_dice_con_su_remedio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "_USUALES", {})

    with pytest.raises(NoExiste) as error:
        list(a_pdf(documentos(tmp_path, "a")))

    assert error.value.mensaje == NO_ESTA and "instale LibreOffice" in NO_ESTA


@SIN_GUIONES
def test_un_solo_arranque_sirve_a_todo_el_lote(tmp_path: Path, falso: Falso) -> None:
    soffice = falso(BIEN)
    rutas = documentos(tmp_path, "oficio de Íñigo Ñ", "b", "c")

    hechos = list(a_pdf(rutas))

    assert [h.documento for h in hechos] == rutas
    assert [h.pdf for h in hechos] == [PDF] * 3
    assert arranques(soffice) == 1


@SIN_GUIONES
def test_dos_casos_con_un_documento_del_mismo_nombre_no_se_pisan(
    tmp_path: Path, falso: Falso
) -> None:
    falso('for d in $documentos; do { printf "%%PDF-1.7 /Type/Page "; cat "$d"; printf "%%%%EOF"; }'
          ' > "$salida/${d%.docx}.pdf"; done')  # fmt: skip
    rutas = []
    for caso in ("uno", "otro"):
        (tmp_path / caso).mkdir()
        rutas += documentos(tmp_path / caso, "acuse")
        rutas[-1].write_bytes(rutas[-1].read_bytes() + caso.encode())

    hechos = list(a_pdf(rutas))

    assert all(h.pdf and h.documento.read_bytes() in h.pdf for h in hechos)


@SIN_GUIONES
@pytest.mark.parametrize(
    ("guion", "dice"),
    [
        ("exit 0", "no dejó el PDF"),
        ("exit 1", "no dejó el PDF"),
        ('for d in $documentos; do : > "$salida/${d%.docx}.pdf"; done', "incompleto"),
        ('for d in $documentos; do echo basura > "$salida/${d%.docx}.pdf"; done', "incompleto"),
        ('for d in $documentos; do printf "%%PDF-1.7 /Type/Page" > "$salida/${d%.docx}.pdf"; done',
         "incompleto"),
        ('for d in $documentos; do printf "%%PDF-1.7 %%%%EOF" > "$salida/${d%.docx}.pdf"; done',
         "sin páginas"),
    ],
    ids=["sale bien sin PDF", "sale mal", "vacío", "basura", "a medias", "sin páginas"],
)  # fmt: skip
def test_lo_que_no_es_un_pdf_entero_no_se_da_por_bueno(
    guion: str, dice: str, tmp_path: Path, falso: Falso
) -> None:
    soffice = falso(guion)

    hechos = list(a_pdf(documentos(tmp_path, "a", "b", "c")))

    assert [(h.pdf, dice in h.problema) for h in hechos] == [(None, True)] * 3
    assert arranques(soffice) <= 2


@SIN_GUIONES
def test_un_documento_que_lo_tumba_no_se_lleva_a_los_demas(tmp_path: Path, falso: Falso) -> None:
    falso(f'case "$documentos" in *00001*) documentos="00000.docx"; {BIEN} exit 1;; esac\n{BIEN}')
    rutas = documentos(tmp_path, "a", "malo", "c")

    hechos = list(a_pdf(rutas))

    assert [h.pdf for h in hechos] == [PDF, None, PDF]


@SIN_GUIONES
def test_si_se_cuelga_se_mata_con_sus_hijos(
    tmp_path: Path, falso: Falso, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_ARRANCAR_SEGUNDOS", 0.3)
    monkeypatch.setattr(pdf, "_POR_DOCUMENTO_SEGUNDOS", 0.0)
    falso(f'sleep 60 & echo $! > "{tmp_path}/hijo"\nwait')
    antes = time.monotonic()

    (hecho,) = a_pdf(documentos(tmp_path, "a"))

    assert "no terminó" in hecho.problema and time.monotonic() - antes < 10
    hijo = int((tmp_path / "hijo").read_text())
    assert not _vive(hijo)


def _vive(proceso: int) -> bool:
    for _ in range(50):
        estado = Path(f"/proc/{proceso}/stat")
        if not estado.exists() or estado.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        time.sleep(0.05)
    return True


@SIN_GUIONES
def test_quien_deja_de_pedir_no_deja_nada_corriendo(
    tmp_path: Path, falso: Falso, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    falso(BIEN)

    pedidos = a_pdf(documentos(tmp_path, "a", "b"))
    next(pedidos)
    pedidos.close()  # type: ignore[attr-defined]  # es un generador

    assert not list(tmp_path.glob("expediente-pdf-*"))


@SIN_GUIONES
def test_lo_que_no_es_word_no_llega_a_libreoffice(tmp_path: Path, falso: Falso) -> None:
    falso(BIEN)
    texto, falta = tmp_path / "texto.docx", tmp_path / "no está.docx"
    texto.write_bytes(b"No soy Word")
    (bueno,) = documentos(tmp_path, "bueno")

    hechos = list(a_pdf([texto, bueno, falta]))

    assert [bool(h.pdf) for h in hechos] == [False, True, False]
    assert "no es un documento de Word" in hechos[0].problema


@SIN_GUIONES
def test_si_no_quedo_pdfa_no_se_da_por_pdfa(tmp_path: Path, falso: Falso) -> None:
    falso(BIEN)

    (hecho,) = a_pdf(documentos(tmp_path, "a"), pdfa=True)

    assert hecho == Conversion(hecho.documento, None, hecho.problema)
    assert "PDF/A-2b" in hecho.problema


@SIN_GUIONES
def test_un_lote_grande_se_reparte_en_dos_y_sale_en_orden(
    tmp_path: Path, falso: Falso, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    soffice = falso(BIEN)
    (una,) = documentos(tmp_path, "a")
    muchas = [Path(shutil.copy(una, tmp_path / f"{n:03d}.docx")) for n in range(pdf.PARA_DOS + 1)]

    hechos = list(a_pdf(muchas))

    assert [h.documento for h in hechos] == muchas and all(h.pdf for h in hechos)
    assert arranques(soffice) == 2


def test_un_pdf_con_sus_paginas_comprimidas_tambien_las_tiene() -> None:
    import zlib

    flujo = zlib.compress(b"<</Type/Page/Parent 1 0 R>>")
    contenido = b"%PDF-1.7\n1 0 obj<</Type/ObjStm>>stream\n" + flujo + b"endstream\n%%EOF"

    assert problema_del_pdf(contenido) == ""


@pytest.mark.largo
@CON_LIBREOFFICE
def test_libreoffice_de_verdad_hace_un_pdf_de_archivo(tmp_path: Path) -> None:
    rutas = documentos(tmp_path, "oficio de Íñigo Ñ", "otro")

    hechos = list(a_pdf(rutas, pdfa=True))

    assert [h.problema for h in hechos] == ["", ""]
    assert all(h.pdf and b"pdfaid:part" in h.pdf for h in hechos)
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted(r.name for r in rutas)
