"""Lo que dice el Word de un informe es lo que dice su página impresa: nada se pierde al paginar."""

import re
import shutil
import subprocess
from collections import Counter
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from expediente.documentos.pdf import a_pdf
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones.informes import hacer_informe, informes_que_hay
from expediente.operaciones.ventanilla import sentarse
from tests.conftest import copiar, olvidar_lo_leido
from tests.informes.al_azar import DE_FABRICA, escribir, vivir

CASOS_DE_CADA_UNO = 30
FOLIO = re.compile(r"[A-Z]{2}-20\d\d-\d{4}")

pytestmark = [
    pytest.mark.largo,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")),
        reason="no hay LibreOffice y pdftotext con que ver las páginas",
    ),
]


def del_word(ruta: Path) -> str:
    """Cuanto se lee en el cuerpo, las tablas incluidas, sin espacios."""
    cuerpo = docx.Document(str(ruta)).element.body
    return "".join("".join(t.text or "" for t in cuerpo.iter(qn("w:t"))).split())


def del_pdf(contenido: bytes, carpeta: Path) -> str:
    """Cuanto se lee en las páginas, en el orden del contenido y sin espacios."""
    ruta = carpeta / "pagina.pdf"
    ruta.write_bytes(contenido)
    orden = ["pdftotext", "-raw", str(ruta), "-"]
    texto = subprocess.run(orden, capture_output=True, check=True).stdout.decode()
    return "".join(texto.split())


def faltan(dicho: str, impreso: str, que: re.Pattern[str]) -> Counter[str]:
    """Lo que está en el Word más veces que en la página."""
    return Counter(que.findall(dicho)) - Counter(que.findall(impreso))


def test_ningun_folio_se_pierde_entre_el_word_y_el_pdf(
    oficina_de_fabrica: Path, tmp_path: Path
) -> None:
    raiz = tmp_path / "oficina"
    copiar(oficina_de_fabrica, raiz)
    for clave in DE_FABRICA:
        escribir(raiz, vivir(clave, 11, CASOS_DE_CADA_UNO))
    olvidar_lo_leido()
    v = sentarse(raiz, datetime(2027, 1, 15, 9), "recepcion")
    ficheros: list[Path] = []
    for informe in informes_que_hay(v):
        clase = max(informe.periodos, key=("dia", "semana", "mes", "trimestre", "anio").index)
        pedido = {"dia": "2026-01-20", "semana": "2026-W04", "mes": "2026-01"}
        pedido |= {"trimestre": "2026-T1", "anio": "2026"}
        escrito = PeriodoEscrito(**{clase: pedido[clase]})
        con_folios = not informe.publico
        ficheros += hacer_informe(v, informe.clave, escrito, con_folios=con_folios).ficheros

    hechas = {c.documento: c.pdf for c in a_pdf(ficheros)}

    assert set(hechas) == set(ficheros)
    vistos = 0
    for ruta, contenido in hechas.items():
        dicho, impreso = del_word(ruta), del_pdf(contenido or b"", tmp_path)
        vistos += len(FOLIO.findall(dicho))
        assert not faltan(dicho, impreso, FOLIO), f"folios que no se imprimen: {ruta.name}"
    assert vistos > 20 * CASOS_DE_CADA_UNO
