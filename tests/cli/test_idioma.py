"""Todo lo que dicen Click y Typer sale en español, se escriba mal lo que se escriba."""

import ast
import gettext
import json
import os
import re
import runpy
import string
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import click
import pytest
import typer
from click.testing import CliRunner, Result

from expediente.cli.ayuda import confirmar
from expediente.cli.idioma import CATALOGO, DOMINIO, hablar_espanol
from expediente.cli.perezoso import GrupoDeOrdenes, GrupoPerezoso, Orden, Tabla, todas
from tests.ingles import palabras_inglesas_en

RAIZ = Path(__file__).parents[2]
PO = CATALOGO / "es/LC_MESSAGES" / f"{DOMINIO}.po"
COMPILADOR = runpy.run_path(str(RAIZ / "docs/taller/compilar_catalogo.py"))


class Canal(Enum):
    ventanilla = "ventanilla"
    telefono = "telefono"


class Unico(Enum):
    papel = "papel"


def abrir(
    clave: Annotated[str, typer.Argument(help="Clave del procedimiento.")],
    canal: Annotated[Canal, typer.Option(help="Por dónde llegó.")] = Canal.ventanilla,
    plazo: Annotated[int, typer.Option(min=1, max=30, help="Días hábiles.")] = 5,
    monto: Annotated[float | None, typer.Option(help="En pesos.")] = None,
    recibido: Annotated[datetime | None, typer.Option(help="Cuándo llegó.")] = None,
    dia: Annotated[datetime | None, typer.Option(formats=["%d/%m/%Y"])] = None,
    urgente: Annotated[bool, typer.Option("--urgente", help="Pasa primero.")] = False,
    lugar: Annotated[tuple[float, float] | None, typer.Option(help="Latitud y longitud.")] = None,
    soporte: Annotated[Unico, typer.Option(help="En qué viene.")] = Unico.papel,
    dato: Annotated[list[str] | None, typer.Option("-d", help="Campo y valor.")] = None,
) -> None:
    """Abre un expediente.

    Ejemplo:

        oficina abrir CLAVE -d solicitante=Ana
    """


def turnar(
    folio: Annotated[int, typer.Argument(envvar="OFICINA_FOLIO", help="El folio.")],
    area: Annotated[Canal, typer.Option(help="A quién se turna.")],
    nota: Annotated[str, typer.Option(help="Por qué.")],
    puesto: Annotated[int, typer.Option(envvar="OFICINA_PUESTO", help="Quién lo hace.")] = 1,
) -> None:
    """Turna un expediente."""


def anexar(
    fichero: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Qué se anexa.")],
    carpeta: Annotated[Path | None, typer.Option(exists=True, file_okay=False)] = None,
    salida: Annotated[Path | None, typer.Option(exists=True, writable=True)] = None,
    mapa: Annotated[typer.FileText | None, typer.Option(help="Correspondencia.")] = None,
    copia: Annotated[typer.FileTextWrite | None, typer.Option(help="Dónde copiar.")] = None,
) -> None:
    """Anexa un fichero."""
    if copia:
        copia.write("")


def marcar(vigente: bool, clave: Annotated[UUID | None, typer.Argument()] = None) -> None:
    """Marca algo."""


def ubicar(puntos: Annotated[tuple[int, int], typer.Argument(help="Dos números.")]) -> None:
    """Ubica algo."""


def preguntar(
    nombre: Annotated[str, typer.Option(prompt="Nombre")],
    edad: Annotated[int, typer.Option(prompt="Edad")],
    clave: Annotated[str, typer.Option(prompt="Clave", hide_input=True, confirmation_prompt=True)],
) -> None:
    """Pregunta lo que falta."""


def cancelar() -> None:
    """Cancela si se confirma."""
    print(f"canceló: {confirmar('¿Cancelar el oficio 12?')}")


ORDENES: Tabla = {
    "abrir": Orden(f"{__name__}:abrir", "Abre un expediente."),
    "turnar": Orden(f"{__name__}:turnar", "Turna un expediente."),
    "anexar": Orden(f"{__name__}:anexar", "Anexa un fichero."),
    "marcar": Orden(f"{__name__}:marcar", "Marca algo."),
    "ubicar": Orden(f"{__name__}:ubicar", "Ubica algo."),
    "preguntar": Orden(f"{__name__}:preguntar", "Pregunta lo que falta."),
    "oficio": GrupoDeOrdenes(
        "Los oficios que salen.",
        {"cancelar": Orden(f"{__name__}:cancelar", "Cancela un oficio.")},
    ),
    "informe": Orden("modulo_que_no_existe:informe", "Hace el informe."),
}

MAL_ESCRITAS = {
    "orden desconocida": ("zzz", "No existe la orden 'zzz'."),
    "orden parecida": ("abrr", "¿Quiso decir «abrir»?"),
    "orden de un grupo": ("cancelar", "¿Quiso decir «oficio cancelar»?"),
    "orden parecida dentro de un grupo": ("oficio cancela", "¿Quiso decir «cancelar»?"),
    "opción de la raíz": ("--version", "No existe la opción '--version'."),
    "opción desconocida": ("abrir A --zzz", "No existe la opción '--zzz'."),
    "opción corta desconocida": ("abrir A -z", "No existe la opción '-z'."),
    "opción parecida": ("abrir A --plaso 3", "¿Quiso decir «--plazo»?"),
    "opción parecida a varias": ("anexar --cap x", "¿Quiso decir"),
    "falta la orden": ("--", "Falta decir qué orden."),
    "falta un argumento": ("abrir", "Falta el argumento 'CLAVE'."),
    "falta una opción": ("turnar 1 --area telefono", "Falta la opción '--nota'."),
    "falta una opción de una lista": ("turnar 1 --nota x", "Elija entre:"),
    "entero inválido": ("turnar x --area telefono --nota x", "'x' no es un entero."),
    "rango inválido": ("abrir A --plazo x", "'x' no es un entero."),
    "número inválido": ("abrir A --monto x", "'x' no es un número."),
    "fuera de rango": ("abrir A --plazo 99", "99 está fuera de lo permitido (1<=x<=30)."),
    "ni sí ni no": ("marcar quizá", "escriba 1 para sí o 0 para no."),
    "identificador inválido": ("marcar 1 x", "'x' no es un UUID."),
    "fecha con varias formas": ("abrir A --recibido ayer", "estas formas: '%Y-%m-%d'"),
    "fecha con una forma": ("abrir A --dia ayer", "con la forma '%d/%m/%Y'"),
    "valor que no está en la lista": ("abrir A --canal fax", "se admite 'ventanilla', 'telefono'."),
    "valor de lista de uno": ("abrir A --soporte disco", "lo único que se admite es 'papel'."),
    "opción sin valor": ("abrir A --plazo", "A la opción '--plazo' le falta su valor."),
    "opción repetida y sin valor": ("abrir A -d a=1 -d", "A la opción '-d' le falta su valor."),
    "valor a una bandera": ("abrir A --urgente=no", "'--urgente' no lleva ningún valor."),
    "dos valores con uno": ("abrir A --lugar 19.0", "La opción '--lugar' lleva 2 valores."),
    "argumento doble con uno": ("ubicar 1", "lleva 2 valores."),
    "un argumento de sobra": ("abrir A B", "Sobra un argumento. Lo que lleva espacios"),
    "varios argumentos de sobra": ("abrir A B C", "Sobran argumentos. Lo que lleva espacios"),
    "fichero que no existe": ("anexar no_hay.pdf", "'no_hay.pdf' no existe."),
    "carpeta donde va un fichero": ("anexar .", "es una carpeta y aquí va un fichero."),
    "fichero donde va una carpeta": (
        "anexar solicitud.pdf --carpeta solicitud.pdf",
        "es un fichero y aquí va una carpeta.",
    ),
    "fichero que no abre": ("anexar solicitud.pdf --mapa no_hay.yaml", "'no_hay.yaml': no existe."),
    "carpeta que no abre": ("anexar solicitud.pdf --mapa .", "'.': es una carpeta."),
}

AYUDAS = ["--help", "oficio --help", *(f"{nombre} --help" for nombre in todas(ORDENES))]
AYUDAS.remove("informe --help")


@pytest.fixture(autouse=True)
def ventanilla(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Una carpeta con una solicitud, en una máquina francesa."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "fr")
    (tmp_path / "solicitud.pdf").write_text("solicitud", encoding="utf-8")
    hablar_espanol()


def correr(renglon: str, entrada: str | None = None, **entorno: str) -> Result:
    grupo = GrupoPerezoso(ORDENES, name="oficina", help="Lleva los asuntos de la oficina.")
    return CliRunner().invoke(
        grupo, renglon.split(), input=entrada, env=entorno, prog_name="oficina"
    )


@pytest.mark.parametrize(("renglon", "frase"), MAL_ESCRITAS.values(), ids=MAL_ESCRITAS.keys())
def test_un_uso_equivocado_se_explica_en_espanol(renglon: str, frase: str) -> None:
    resultado = correr(renglon)

    assert palabras_inglesas_en(resultado.stderr) == []
    assert frase in " ".join(resultado.stderr.split())
    assert (resultado.exit_code, resultado.stdout) == (2, "")
    assert not set("│╭─") & set(resultado.stderr)


@pytest.mark.parametrize("renglon", AYUDAS)
def test_la_ayuda_esta_en_espanol(renglon: str) -> None:
    resultado = correr(renglon)

    assert palabras_inglesas_en(resultado.stdout) == []
    assert resultado.stdout.startswith("Uso: oficina ")
    assert "Muestra esta ayuda y termina." in resultado.stdout
    assert (resultado.exit_code, resultado.stderr) == (0, "")


def test_la_ayuda_traduce_lo_que_no_pasa_por_gettext() -> None:
    turno = correr("turnar --help").stdout
    apertura = correr("abrir --help").stdout

    assert "Uso: oficina turnar [OPCIONES] FOLIO" in turno
    assert "[variable de entorno: OFICINA_FOLIO; obligatorio]" in " ".join(turno.split())
    assert "--plazo ENTERO" in apertura
    assert "por omisión: 5; 1<=x<=30" in apertura
    assert "\n      oficina abrir CLAVE -d solicitante=Ana\n" in apertura


def test_un_valor_malo_del_entorno_nombra_su_variable() -> None:
    resultado = correr("turnar 1 --area telefono --nota x", OFICINA_PUESTO="uno")

    assert palabras_inglesas_en(resultado.stderr) == []
    assert "'--puesto' (variable de entorno: 'OFICINA_PUESTO') no sirve" in resultado.stderr


def test_sin_permiso_de_leer_lo_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)

    resultado = correr("anexar solicitud.pdf")

    assert palabras_inglesas_en(resultado.stderr) == []
    assert "'solicitud.pdf' no se puede leer; falta permiso." in resultado.stderr


def test_un_fichero_de_salida_que_no_abre_dice_por_que() -> None:
    resultado = correr("anexar solicitud.pdf --copia no_hay/copia.txt")

    assert resultado.stderr == "No se pudo abrir 'no_hay/copia.txt': no existe\n"
    assert resultado.exit_code == 1


def test_sin_orden_se_ensena_la_ayuda() -> None:
    assert "Órdenes:" in correr("").stderr
    assert "cancelar  Cancela un oficio." in correr("oficio").stderr


def test_las_preguntas_y_sus_tropiezos_son_en_espanol() -> None:
    resultado = correr("preguntar", "Ana\nmucha\n40\nuna\notra\nuna\nuna\n")

    assert palabras_inglesas_en(resultado.output) == []
    assert "No sirve: 'mucha' no es un entero." in resultado.output
    assert "Escríbalo otra vez para confirmar" in resultado.output
    assert "Lo que escribió las dos veces no es igual." in resultado.output
    assert resultado.exit_code == 0


def test_una_pregunta_que_nadie_contesta_se_cancela() -> None:
    resultado = correr("preguntar", "")

    assert resultado.stderr.strip() == "Cancelado."
    assert resultado.exit_code == 1


@pytest.mark.parametrize(
    ("respuesta", "dicho"), [("s", True), ("Sí", True), ("no", False), ("", False)]
)
def test_confirmar_entiende_si_y_no(respuesta: str, dicho: bool) -> None:
    resultado = correr("oficio cancelar", f"quizá\n{respuesta}\n")

    assert palabras_inglesas_en(resultado.stderr) == []
    assert "No sirve: conteste «s» o «n»." in resultado.stderr
    assert resultado.stdout.endswith(f"canceló: {dicho}\n")


def test_lo_que_escribio_la_persona_no_llega_crudo_a_la_terminal() -> None:
    for renglon in ("\x1b]0;x", "abrir A \x1b[2J", "abrir A --\x1b[2J", "abrir A --plazo \x1b[2J"):
        assert "\x1b" not in correr(renglon).stderr


GUION = """
from expediente.cli.idioma import hablar_espanol
hablar_espanol()
import sys
from expediente.cli.perezoso import GrupoPerezoso, Orden
grupo = GrupoPerezoso({{"leer": Orden({ruta!r}, "Lee.")}}, name="oficina")
try:
    grupo.main(sys.argv[1:], prog_name="oficina")
finally:
    assert "rich" not in sys.modules
"""


def correr_aparte(*argumentos: str, ruta: str = "json:loads", **entorno: str) -> tuple[int, str]:
    entorno = {"PYTHONPATH": str(RAIZ), "PYTHONUTF8": "1", **entorno}
    hecho = subprocess.run(
        [sys.executable, "-c", GUION.format(ruta=ruta), *argumentos],
        env=entorno,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return hecho.returncode, hecho.stdout + hecho.stderr


@pytest.mark.parametrize(
    "entorno",
    [
        {},
        {"LANG": "C"},
        {"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"},
        {"LANGUAGE": "fr", "LANG": "fr_FR.UTF-8"},
        {"LANGUAGE": ""},
    ],
    ids=["sin nada", "C", "inglés", "francés", "vacío"],
)
def test_habla_espanol_diga_lo_que_diga_la_maquina(entorno: dict[str, str]) -> None:
    codigo, salida = correr_aparte("ler", **entorno)

    assert codigo == 2
    assert salida == (
        "Uso: oficina [OPCIONES] ORDEN [ARGUMENTOS]...\n"
        "Para ver la ayuda escriba: oficina --help\n"
        "\n"
        "No existe la orden 'ler'. ¿Quiso decir «leer»?\n"
    )


def test_la_ayuda_y_el_autocompletado_no_importan_las_ordenes() -> None:
    ayuda = correr_aparte("--help", ruta="modulo_que_no_existe:leer")
    teclas = {"_OFICINA_COMPLETE": "bash_complete", "COMP_WORDS": "oficina l", "COMP_CWORD": "1"}
    completado = correr_aparte(ruta="modulo_que_no_existe:leer", **teclas)

    assert ayuda[0] == 0
    assert "leer  Lee." in ayuda[1]
    assert completado == (0, "plain,leer\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "ninguno"])
def test_pedir_el_autocompletado_no_dice_nada_en_ingles(shell: str) -> None:
    _, guion = correr_aparte(_OFICINA_COMPLETE=f"{shell}_source", PATH=os.environ["PATH"])

    assert "supported" not in guion
    assert "Invalid" not in guion


def test_las_ordenes_salen_en_el_orden_de_la_tabla() -> None:
    ayuda = correr("--help").stdout
    lista = ayuda.partition("Órdenes:\n")[2]

    assert [renglon.split()[0] for renglon in lista.splitlines()] == list(ORDENES)


def test_una_ruta_equivocada_de_la_tabla_deja_su_traza() -> None:
    resultado = correr("informe")

    assert isinstance(resultado.exception, ModuleNotFoundError)


def mensajes_de(paquete: object) -> Iterator[tuple[str, ...]]:
    """Los originales que `paquete` pasa por gettext: (singular,) o (singular, plural)."""
    carpeta = Path(str(vars(paquete)["__file__"])).parent
    for fichero in sorted(carpeta.rglob("*.py")):
        for nodo in ast.walk(ast.parse(fichero.read_text(encoding="utf-8"))):
            if isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Name):
                cuantos = {"_": 1, "gettext": 1, "ngettext": 2}.get(nodo.func.id, 0)
                textos = [str(a.value) for a in nodo.args[:cuantos] if isinstance(a, ast.Constant)]
                if textos:
                    yield tuple(textos)


@pytest.mark.parametrize("paquete", [click, typer], ids=["click", "typer"])
def test_el_catalogo_tiene_todo_lo_que_la_version_instalada_dice(paquete: object) -> None:
    catalogo = gettext.translation(DOMINIO, CATALOGO, ["es"])
    traducidos = COMPILADOR["leer_po"](PO.read_text(encoding="utf-8"))

    originales = set(mensajes_de(paquete))
    faltan = [o for o in originales if "\0".join(o) not in traducidos]

    assert faltan == []
    assert len(originales) > 10
    assert catalogo.info()["language"] == "es"


def test_ninguna_traduccion_pide_un_dato_que_el_original_no_da() -> None:
    mensajes = COMPILADOR["leer_po"](PO.read_text(encoding="utf-8"))

    for original, traduccion in mensajes.items():
        if original:
            assert campos(traduccion) <= campos(original), original
            assert palabras_inglesas_en(re.sub(r"\{.*?\}", "", traduccion)) == [], original


def campos(texto: str) -> set[str]:
    return {campo for _, campo, _, _ in string.Formatter().parse(texto) if campo is not None}


def test_el_mo_corresponde_al_po() -> None:
    compilado = COMPILADOR["compilar"](PO.read_text(encoding="utf-8"))

    assert PO.with_suffix(".mo").read_bytes() == compilado, (
        "recompile con: python docs/taller/compilar_catalogo.py"
    )


def test_una_orden_suelta_nombra_todos_los_grupos_que_la_tienen() -> None:
    listar = Orden("json:loads", "Lista.")
    grupos = {nombre: GrupoDeOrdenes("Algo.", {"listar": listar}) for nombre in ("a", "b")}

    assert list(todas(grupos)) == ["a listar", "b listar"]
    assert "«a listar» o «b listar»?" in CliRunner().invoke(GrupoPerezoso(grupos), "listar").stderr


def test_la_lista_de_ingles_reconoce_palabras_enteras() -> None:
    assert palabras_inglesas_en("Usage: x [OPTIONS]") == ["Usage", "OPTIONS"]
    assert palabras_inglesas_en("Escriba: oficina --help") == []
    assert palabras_inglesas_en(json.dumps({"textos": "de fortuna"})) == []
