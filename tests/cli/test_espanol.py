"""El programa de verdad no dice una palabra en inglés, esté como esté la máquina."""

from pathlib import Path
from typing import Any

import pytest

from expediente.cli.app import ORDENES
from expediente.cli.perezoso import GrupoDeOrdenes, todas
from tests.cli.oficinista import aparte
from tests.conftest import Correr
from tests.ingles import palabras_inglesas_en

GRUPOS = [nombre for nombre, entrada in ORDENES.items() if isinstance(entrada, GrupoDeOrdenes)]
AYUDAS = ["", *GRUPOS, *todas(ORDENES)]
MAL_ESCRITAS = [
    "--nada",
    "--oficina x listar",
    "zzz",
    "avanza EB-2026-0001",
    "emitir",
    "oficio",
    "oficio zzz",
    "abrir",
    "abrir estrella-blanca de más",
    "abrir estrella-blanca --canal",
    "abrir estrella-blanca --nada",
    "abrir estrella-blanca --desde no.csv",
    "abrir estrella-blanca --desde .",
    "abrir estrella-blanca --desde oficina.yaml --mapa no.yaml",
    "abrir estrella-blanca -d",
    "abrir estrella-blanca -d x",
    "abrir estrella-blanca --recibido ayer",
    "abrir zzz",
    "ver",
    "ver EB-2026-0001 EB-2026-0002",
    "ver zzz",
    "ver EB-2026-0001 --oficina no/hay",
    "ver EB-2026-0001 --completo=sí",
    "avanzar",
    "avanzar EB-2026-0001 --por zzz",
    "avanzar EB-2026-0001 --ocurrio mañana",
    "anotar EB-2026-0001",
    "cancelar EB-2026-0001",
    "anexar EB-2026-0001",
    "anexar EB-2026-0001 no.pdf",
    "anexar EB-2026-0001 plantillas",
    "listar --desde ayer",
    "listar --situacion",
    "pendientes --rol zzz",
    "oficio acusar 17",
    "oficio libro --anio dos",
    "oficio libro --libro ZZ",
    "oficio cancelar DIF/DG/0001/2026",
    "informe zzz",
    "informe estrella-blanca --dia ayer",
    "informe estrella-blanca --dia 2026-11-20 --mes 2026-11",
    "archivar",
    "archivar --concluidos-antes ayer --destino x",
    "archivo verificar no/hay",
    "archivo verificar plantillas",
    "procedimiento ver zzz",
    "procedimiento revisar zzz",
    "procedimiento revisar no.yaml",
    "iniciar .",
    "iniciar oficina.yaml/dentro",
    "demo oficina.yaml",
]


@pytest.mark.parametrize("renglon", MAL_ESCRITAS)
def test_un_uso_equivocado_se_explica_en_espanol(renglon: str, correr: Correr) -> None:
    correr("abrir", "estrella-blanca")

    corrida = correr(*renglon.split())

    dicho = corrida.stdout + corrida.stderr
    assert palabras_inglesas_en(dicho) == [], dicho
    assert corrida.codigo in (1, 2, 65, 66, 69, 74, 77)
    assert corrida.stderr.strip()


@pytest.mark.parametrize("orden", AYUDAS)
def test_cada_ayuda_esta_en_espanol_y_trae_un_ejemplo(orden: str, correr: Correr) -> None:
    corrida = correr(*orden.split(), "--help")

    assert palabras_inglesas_en(corrida.stdout) == [], corrida.stdout
    assert corrida.stdout.startswith(f"Uso: expediente {orden}".rstrip())
    assert (corrida.codigo, corrida.stderr) == (0, "")
    assert "Órdenes:" in corrida.stdout or f"expediente {orden}" in corrida.stdout[20:]


@pytest.mark.parametrize(
    "maquina",
    [{"LANG": "C"}, {"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}, {"LANGUAGE": "fr"}],
    ids=["C", "inglés", "francés"],
)
def test_da_igual_en_que_idioma_este_la_maquina(maquina: dict[str, str], tmp_path: Path) -> None:
    utf8: dict[str, Any] = {"PYTHONIOENCODING": "utf-8", **maquina}

    ayuda = aparte("abrir", "--help", en=tmp_path, **utf8)
    error = aparte("listar", "--nada", en=tmp_path, **utf8)
    sin_oficina = aparte("listar", en=tmp_path, **utf8)

    for corrida in (ayuda, error, sin_oficina):
        assert palabras_inglesas_en(corrida.stdout + corrida.stderr) == []
    assert "No existe la opción '--nada'" in error.stderr
    assert "PROCEDIMIENTO" in ayuda.stdout


# Cómo se estropea la oficina, y con qué orden se nota.
ESTROPICIOS = {
    "caso roto": ("expedientes/2026/EB-2026-0003/expediente.yaml", "folio: [", "ver EB-2026-0003"),
    "caso vacío de llaves": (
        "expedientes/2026/EB-2026-0003/expediente.yaml",
        "- a\n- b\n",
        "avanzar EB-2026-0003",
    ),
    "caso con ancla": (
        "expedientes/2026/EB-2026-0003/expediente.yaml",
        "folio: &a x\n",
        "ver EB-2026-0003",
    ),
    "ajustes rotos": ("oficina.yaml", "nombre: 'x\n", "listar"),
    "ajustes sin lo obligatorio": ("oficina.yaml", "nombre: x\n", "listar"),
    "catálogo roto": (
        "catalogos/destinos.yaml",
        "opciones: {",
        "abrir estrella-blanca -d destino=x",
    ),
    "catálogo repetido": (
        "catalogos/destinos.yaml",
        "opciones:\n  - clave: a\n  - clave: a\n",
        "abrir estrella-blanca -d destino=x",
    ),
    "calendario roto": ("inhabiles/2026.yaml", "inhabiles:\n  - fecha: 2026-02-30\n", "revisar"),
    "procedimiento roto": (
        "procedimientos/estrella-blanca.yaml",
        "clave: [\n",
        "abrir estrella-blanca",
    ),
    "procedimiento con llave ajena": (
        "procedimientos/estrella-blanca.yaml",
        "clave: estrella-blanca\nnombr: x\n",
        "procedimiento revisar",
    ),
    "informe roto": ("informes/estrella-blanca.yaml", "clave: x\n", "informe estrella-blanca"),
    "mapa roto": (
        "mapas/estrella-blanca.yaml",
        "columnas: no\n",
        "abrir estrella-blanca --desde oficina.yaml --mapa mapas/estrella-blanca.yaml",
    ),
    "hoja rota": ("hoja.csv", 'destino\n"a\n', "abrir estrella-blanca --desde hoja.csv"),
    "plantilla que no es": (
        "plantillas/oficio-estrella-blanca.docx",
        "hola",
        "oficio emitir EB-2026-0001 --documento oficio",
    ),
    "plantilla que no es, al autorizar": (
        "plantillas/oficio-estrella-blanca.docx",
        "hola",
        "avanzar EB-2026-0002 --resultado autoriza --por directora",
    ),
    "plantilla del informe": (
        "plantillas/informe.docx",
        "hola",
        "informe estrella-blanca",
    ),
    "carátula": ("plantillas/caratula.docx", "hola", "archivar EB-2026-0004 --destino otra"),
    "bolsa cambiada": (
        "../unidad/{bolsa}/data/indice.csv",
        "hola",
        "archivo verificar ../unidad",
    ),
    "bolsa sin sumas": (
        "../unidad/{bolsa}/manifest-sha256.txt",
        "hola",
        "archivo verificar ../unidad",
    ),
}


@pytest.mark.parametrize(
    ("fichero", "contenido", "orden"), ESTROPICIOS.values(), ids=ESTROPICIOS.keys()
)
def test_los_errores_de_la_oficina_tambien(
    fichero: str, contenido: str, orden: str, correr: Correr, oficina_en_marcha: Path
) -> None:
    bolsa = next((oficina_en_marcha.parent / "unidad").rglob("bagit.txt")).parent
    correr("oficio", "cancelar", "DIF/DG/0001/2026", "--motivo", "Cambió la cita.")
    relativa = bolsa.relative_to(oficina_en_marcha.parent / "unidad")
    ruta = oficina_en_marcha / fichero.format(bolsa=relativa)
    ruta.write_text(contenido, "utf-8")

    corrida = correr(*orden.split())

    dicho = corrida.stdout + corrida.stderr
    assert palabras_inglesas_en(dicho) == [], dicho
    assert corrida.codigo in (1, 65)
