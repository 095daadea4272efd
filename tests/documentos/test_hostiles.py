"""Una plantilla o un dato hechos para hacer daño no lo hacen, y se dice por qué.

El recuento: 15 cargas que ejecutan código en 9 lugares (135), 35 que agotan el equipo,
32 nombres ásperos en 6 lugares (192), 65 caracteres de control y 6 que no son caracteres,
y 3 valores con etiquetas. Los del fichero .docx están en `test_paquete_hostil`.
"""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest
from lxml import etree

from expediente.documentos import presupuesto
from expediente.documentos.plantilla import compilar
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos import hostiles
from tests.documentos.hojas import W, plantilla_de

RAIZ = Path(__file__).resolve().parents[2]
CON_TEXTO = ("cuerpo", "tabla", "encabezado", "pie", "nota al pie", "nota al final")
PESAN = {"muchas listas medianas", "muchos textos medianos", "filtros en cadena",
         "faltantes en cien mil renglones", "tantas buenas y una mala",
         "tres mil etiquetas malas", "bucles anidados sin escribir"}  # fmt: skip


def _escrito(carpeta: Path, contenido: bytes, nombre: str = "o.docx") -> Path:
    ruta = carpeta / nombre
    ruta.write_bytes(contenido)
    return ruta


def _texto(carta: bytes) -> str:
    with zipfile.ZipFile(BytesIO(carta)) as paquete:
        partes = [nombre for nombre in paquete.namelist() if re.match(r"word/\w+\.xml", nombre)]
        textos = [etree.fromstring(paquete.read(parte)).iter(W + "t") for parte in partes]
    return "".join(nodo.text or "" for nodos in textos for nodo in nodos)


@pytest.mark.parametrize("lugar", hostiles.LUGARES)
def test_ninguna_carga_se_ejecuta_en_ninguna_parte_del_documento(
    tmp_path: Path, lugar: str
) -> None:
    bloqueadas = 0
    for numero, carga in enumerate(hostiles.CARGAS):
        ruta = _escrito(tmp_path, hostiles.docx_con(lugar, carga), f"{numero}.docx")
        with pytest.raises(DatosInvalidos, match="usa una expresión no permitida"):
            compilar(ruta).llenar({"n": "Ana"})
        bloqueadas += 1

    assert bloqueadas == len(hostiles.CARGAS) == 15


@pytest.mark.parametrize("lugar", hostiles.LUGARES)
def test_ese_lugar_si_se_llena(tmp_path: Path, lugar: str) -> None:
    """Si no, la prueba de arriba no probaría nada."""
    plantilla = compilar(_escrito(tmp_path, hostiles.docx_con(lugar, "Hola {{ n }}")))

    assert plantilla.campos() == {"n"}


@pytest.mark.parametrize("lugar", CON_TEXTO)
def test_un_nombre_sale_como_se_escribio_en_cualquier_parte(tmp_path: Path, lugar: str) -> None:
    plantilla = compilar(_escrito(tmp_path, hostiles.docx_con(lugar, "[{{ n }}]")))

    salieron = [_texto(plantilla.llenar({"n": nombre})) for nombre in hostiles.NOMBRES_ASPEROS]

    assert salieron == [f"[{nombre}]" for nombre in hostiles.NOMBRES_ASPEROS]


@pytest.mark.parametrize("valor", ["{{ otro }}", "{% if x %}", "{{ n }}{{ n }}"])
def test_un_valor_con_etiquetas_no_se_vuelve_a_calcular(tmp_path: Path, valor: str) -> None:
    plantilla = plantilla_de(tmp_path, "[{{ n }}]")

    assert _texto(plantilla.llenar({"n": valor, "otro": "secreto"})) == f"[{valor}]"


def test_de_los_caracteres_de_control_solo_salen_el_tabulador_y_el_salto(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ persona.nombre }}")
    salen = []
    for caracter in (*hostiles.DE_CONTROL, *hostiles.NO_CARACTERES):
        try:
            plantilla.llenar({"persona": {"nombre": f"Ana{caracter}"}})
            salen.append(caracter)
        except DatosInvalidos as error:
            assert "«persona.nombre» trae un caracter invisible" in error.mensaje
            assert "Ana" not in error.mensaje

    assert len(hostiles.DE_CONTROL) == 65
    assert salen == ["\t", "\n"]


@pytest.mark.parametrize("nombre", [n for n in hostiles.AGOTADORAS if n not in PESAN])
def test_una_plantilla_que_agota_el_equipo_se_detiene(tmp_path: Path, nombre: str) -> None:
    """Las que pesan, con su tiempo y su memoria, están en la prueba larga."""
    parrafos = hostiles.AGOTADORAS[nombre]
    buena = plantilla_de(tmp_path, "{{ n }}")

    with pytest.raises(DatosInvalidos):
        plantilla_de(tmp_path, *parrafos).llenar({"n": "Ana"})

    assert _texto(buena.llenar({"n": "Ana"})) == "Ana"


def test_la_que_no_gasta_letras_se_detiene_al_acabarse_el_tiempo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presupuesto, "MAXIMOS_SEGUNDOS", 0.3)
    plantilla = plantilla_de(tmp_path, *hostiles.AGOTADORAS["bucles anidados sin escribir"])
    empezo = perf_counter()

    with pytest.raises(DatosInvalidos, match="tarde u ocupe demasiado"):
        plantilla.llenar({"n": "Ana"})

    assert perf_counter() - empezo < 3


@pytest.mark.largo
@pytest.mark.skipif(sys.platform == "win32", reason="mide con resource")
@pytest.mark.parametrize("nombre", hostiles.AGOTADORAS)
def test_ninguna_plantilla_pasa_de_diez_segundos_ni_de_medio_giga(
    tmp_path: Path, nombre: str
) -> None:
    guion = "import sys; from tests.documentos.hostiles import medir; medir(*sys.argv[1:])"

    hijo = subprocess.run(
        [sys.executable, "-c", guion, nombre, str(tmp_path)],
        cwd=RAIZ, capture_output=True, encoding="utf-8", timeout=60, check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip

    segundos, megas, mensaje = hijo.stdout.split("\t", 2)
    assert mensaje.startswith("Plantilla o.docx")
    assert float(segundos) < 10
    assert float(megas) < 512


def test_una_tabla_vacia_de_muchas_letras_no_agota_la_memoria(tmp_path: Path) -> None:
    """La expresión que halla las tablas sin renglones no guarda cada paso para volver atrás."""
    dentro = hostiles.parrafos_de("{%p for a in range(500) %}", "x" * 15_000, "{%p endfor %}")
    ruta = _escrito(
        tmp_path,
        hostiles.docx(
            {
                "word/document.xml": f"<w:document {hostiles.W}><w:body><w:tbl>{dentro}</w:tbl>"
                "</w:body></w:document>"
            },
            zipfile.ZIP_STORED,
        ),
    )

    assert len(compilar(ruta).llenar({})) < 1000


def test_los_mismos_campos_dan_los_mismos_bytes_en_otro_proceso(tmp_path: Path) -> None:
    ruta = _escrito(
        tmp_path, hostiles.docx_con("cuerpo", "{{ n }} {% for k in d %}{{ k }}{% endfor %}")
    )
    guion = (
        "import sys, hashlib; from pathlib import Path\n"
        "from expediente.documentos.plantilla import compilar\n"
        "carta = compilar(Path(sys.argv[1])).llenar({'n': 'Ana', 'd': {'a': 1, 'b': 2}})\n"
        "print(hashlib.sha256(carta).hexdigest())"
    )
    aqui = hashlib.sha256(compilar(ruta).llenar({"n": "Ana", "d": {"a": 1, "b": 2}})).hexdigest()

    salidas = {
        subprocess.run(
            [sys.executable, "-c", guion, str(ruta)], cwd=RAIZ, capture_output=True, text=True,
            check=True, env={**os.environ, "PYTHONHASHSEED": semilla},
        ).stdout.strip()
        for semilla in ("1", "20261122")
    }  # fmt: skip

    assert salidas == {aqui}


@pytest.mark.parametrize("ancho", ["999999999", "x", "9" * 5000])
def test_una_celda_que_abarca_lo_imposible_no_agota_la_memoria(tmp_path: Path, ancho: str) -> None:
    celdas = "".join(
        f'<w:tc><w:tcPr><w:gridSpan w:val="{ancho}"/></w:tcPr>{hostiles.parrafos_de(texto)}</w:tc>'
        for texto in ("a", "{%tc if n %}", "b", "{%tc endif %}")
    )
    tabla = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{celdas}</w:tr></w:tbl>"
    documento = f"<w:document {hostiles.W}><w:body>{tabla}</w:body></w:document>"
    plantilla = compilar(_escrito(tmp_path, hostiles.docx({"word/document.xml": documento})))

    if len(ancho) == 9:
        assert _texto(plantilla.llenar({"n": "Ana"})) == "ab"
    else:
        with pytest.raises(DatosInvalidos, match="no se puede calcular"):
            plantilla.llenar({"n": "Ana"})
