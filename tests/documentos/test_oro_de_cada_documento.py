"""Cada documento de fábrica, palabra por palabra, contra `tests/esperado/documentos/`.

El caso es el inventado de «plantilla probar», a fecha fija. Un texto de oro sólo cambia a
mano, y el cambio dice por qué. El membrete y el pie, que son los mismos en todos, sólo van
en el de la hoja membretada.
"""

import difflib
import re
from datetime import datetime
from pathlib import Path

import pytest

from expediente.nucleo.muestra import NORMALES
from expediente.nucleo.procedimiento import DOCUMENTOS_DE_EVENTOS
from expediente.operaciones.emisor import DE_MEMBRETE, Emisor
from expediente.operaciones.emisores import emisores
from expediente.operaciones.plantillas import llenar_muestra
from expediente.operaciones.ventanilla import Ventanilla, sentarse
from tests.conftest import olvidar_lo_leido
from tests.operaciones.tramites import texto_de_word

ESPERADO = Path(__file__).resolve().parent.parent / "esperado" / "documentos"
VIERNES = "2026-11-20 10:00"
CLAVES = sorted(fichero.stem for fichero in ESPERADO.glob("*.txt"))

# Lo que deja ver un dato que faltaba o una frase que no se revisó.
TROPIEZOS = {
    "espacios dobles": r"(?<!☐)(?<=\S)  +(?=[^ ☐])",
    "espacio antes de un signo": r"\s[.,;:](\s|$)",
    "signos dobles": r"[,;:]\s*[.,;:]|\.\.(?!\.)",
    "contracción": r"\b(a|de) el\b",
    "palabra repetida": r"(?i)\b(de|la|el|que|por|en|a|se)\s+\1\b",
    "dato sin escribir": r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|«»|\(\)",
    "fecha en cifras en una frase": r"[a-zñ] \d{2}/\d{2}/\d{4}",
    "hora sin decir": r"\d{2}:\d{2}:\d{2}",
}


def documentos(v: Ventanilla) -> dict[str, Emisor]:
    """Los de fábrica: «procedimiento.documento». Los de los eventos, sólo del primero."""
    hallados: dict[str, Emisor] = {}
    de_eventos: set[str] = set()
    for emisor in emisores(v):
        clave = emisor.plantilla.removesuffix(".docx")
        if clave in DOCUMENTOS_DE_EVENTOS and clave in de_eventos:
            continue
        de_eventos.add(clave)
        hallados[f"{emisor.procedimiento}.{emisor.clave}"] = emisor
    return hallados


def texto_de(v: Ventanilla, emisor: Emisor) -> str:
    """Lo que dice con datos de muestra; sin membrete ni pie si no es la hoja."""
    dice = texto_de_word(llenar_muestra(v, emisor, NORMALES))
    return dice if emisor.clase == DE_MEMBRETE else dice.split("\n[footer", 1)[0] + "\n"


@pytest.fixture(scope="module")
def dichos(oficina_de_fabrica: Path) -> dict[str, str]:
    """Lo que dice hoy cada documento."""
    olvidar_lo_leido()
    v = sentarse(oficina_de_fabrica, datetime.fromisoformat(VIERNES), "recepcion")
    return {clave: texto_de(v, emisor) for clave, emisor in documentos(v).items()}


@pytest.mark.parametrize("clave", CLAVES)
def test_el_documento_dice_su_texto_de_oro(clave: str, dichos: dict[str, str]) -> None:
    esperado = (ESPERADO / f"{clave}.txt").read_text(encoding="utf-8")

    dice = dichos[clave]

    diferencia = "\n".join(
        difflib.unified_diff(esperado.splitlines(), dice.splitlines(), "esperado", "salió", n=1)
    )
    assert not diferencia, f"\n{diferencia}"


def test_cada_documento_tiene_su_texto_de_oro(dichos: dict[str, str]) -> None:
    assert sorted(dichos) == CLAVES


@pytest.mark.parametrize("clave", CLAVES)
def test_el_espaniol_del_texto_de_oro_no_tropieza(clave: str) -> None:
    texto = (ESPERADO / f"{clave}.txt").read_text(encoding="utf-8")

    hallados = {
        que: hallado[0]
        for que, patron in TROPIEZOS.items()
        if (hallado := re.search(patron, texto, re.MULTILINE))
    }

    assert hallados == {}
