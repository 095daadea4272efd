"""El YAML como texto: sin tipos sorpresa, sin trampas, y de ida y vuelta sin perder nada."""

import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expediente.almacen.texto_yaml import YamlInvalido, cargar, escribir, renglon_de

ESTROPEADOS = [
    "no", "No", "NO", "n", "N", "y", "Y", "yes", "YES", "on", "On", "ON", "off", "OFF",
    "true", "True", "TRUE", "false", "sí", "Null", "NULL",
    "010", "00123", "01000", "08", "0x1F", "0b101", "0o17", "1_000", "+5", "-0", "685_230.15",
    "1e3", "1.5", ".5", ".inf", "-.INF", ".nan", "12:30", "12:30:45", "1:30", "190:20:30.15",
    "2024-01-05", "2026-02-30", "2024-01-05 10:00:00", "5512345678", "9" * 900, "=",
]  # fmt: skip


def test_la_tabla_de_lo_que_yaml_estropea_tiene_al_menos_cuarenta_renglones() -> None:
    assert len(set(ESTROPEADOS)) >= 40


@pytest.mark.parametrize("escrito", ESTROPEADOS, ids=lambda e: e[:20])
def test_lo_que_otro_lector_estropearia_se_lee_como_texto(escrito: str) -> None:
    assert cargar(f"dato: {escrito}\n") == {"dato": escrito}
    assert cargar(f"- {escrito}\n") == [escrito]
    assert cargar(f"{escrito}: dato\n") == {escrito: "dato"}


@pytest.mark.parametrize("dato", [*ESTROPEADOS, "~", "null", "<<", "", " ", "- a", "a: b", "# a"],
                         ids=lambda e: e[:20])  # fmt: skip
def test_lo_que_se_escribe_lo_lee_igual_cualquier_otro_lector_de_yaml(dato: str) -> None:
    """La oficina abre sus ficheros con otras herramientas: allí también debe ser texto."""
    escrito = escribir({"dato": dato, "lista": [dato], dato: "x"})

    assert cargar(escrito) == {"dato": dato, "lista": [dato], dato: "x"}
    assert yaml.safe_load(escrito) == {"dato": dato, "lista": [dato], dato: "x"}


@pytest.mark.parametrize("corto", ["Y", "N", "Sí", "SI", "si", "01008", "0888"])
def test_van_entre_comillas_aunque_este_lector_no_las_necesite(corto: str) -> None:
    assert escribir({"dato": corto}) == f"dato: '{corto}'\n"


def test_un_numero_de_cinco_mil_cifras_es_un_texto() -> None:
    assert cargar(f"dato: {'9' * 5000}") == {"dato": "9" * 5000}


@pytest.mark.parametrize("nada", ["", "\n", "# sólo un comentario\n", "---\n", "---\n...\n"])
def test_un_fichero_sin_nada_es_un_texto_vacio(nada: str) -> None:
    assert cargar(nada) == ""


@pytest.mark.parametrize("vacio", ["", "~", "null", "''", '""'])
def test_un_valor_que_no_se_puso_es_un_texto_vacio(vacio: str) -> None:
    assert cargar(f"dato: {vacio}\nlista:\n  - {vacio}\n") == {"dato": "", "lista": [""]}


def test_la_palabra_null_entre_comillas_es_una_palabra() -> None:
    assert cargar("dato: 'null'") == {"dato": "null"}
    assert cargar("dato: '~'") == {"dato": "~"}


@pytest.mark.parametrize(
    "raro", ["\ufeffa: uno\nb: dos\n", "a: uno\r\nb: dos\r\n", "a: uno\rb: dos"]
)
def test_las_marcas_y_los_finales_de_renglon_de_otros_sistemas_no_estorban(raro: str) -> None:
    assert cargar(raro) == {"a": "uno", "b": "dos"}


ANCLA = "no se aceptan anclas ni alias"
ETIQUETA = "no se aceptan etiquetas de tipo"
REPETIDA = "esta llave está repetida"
HONDO = "hay demasiados niveles"
NO_SE_ENTIENDE = "no se entiende"


def bomba(niveles: int, nodo: str) -> str:
    renglones = [f"a0: &a0 {nodo}"]
    for n in range(1, niveles):
        renglones.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]")
    return "\n".join(renglones)


def mezclas(niveles: int) -> str:
    renglones = ["a0: &a0 {x: y}"]
    for n in range(1, niveles):
        renglones.append(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}")
    return "\n".join(renglones)


@pytest.mark.parametrize(
    "escrito",
    [bomba(9, "[x]"), bomba(9, "{x: y}"), mezclas(12), mezclas(16), mezclas(20),
     "&a [*a]", "a: &a {b: *a}", "a: *nadie", "a: &sola uno", "&llave a: uno", "? *a\n: uno"],
    ids=lambda e: e[:20],
)  # fmt: skip
def test_ninguna_ancla_ni_alias_se_acepta(escrito: str) -> None:
    with pytest.raises(YamlInvalido, match=ANCLA):
        cargar(escrito)


@pytest.mark.parametrize(
    "escrito",
    ["a: !!binary aGVjaG8=", "a: !!set {x, y}", "a: !!timestamp 2024-01-05", "a: !!int 3",
     "a: !!str 3", "a: !!python/object/apply:os.system ['true']", "a: !!python/name:os.system",
     "a: !propia x", "a: !<tag:yaml.org,2002:str> x", "!!map {a: b}", "a: !!omap [x: y]",
     "a: !!seq [x]", "!!str a: b", "%TAG !e! tag:e.mx,2026:\n---\na: !e!x y"],
)  # fmt: skip
def test_ninguna_etiqueta_de_tipo_se_acepta(escrito: str) -> None:
    with pytest.raises(YamlInvalido, match=ETIQUETA):
        cargar(escrito)


@pytest.mark.parametrize(
    ("escrito", "renglon"),
    [
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4),
        ("x: {a: 1, b: 2, a: 3}\n", 1),
        ("- a: 1\n- b: 2\n  b: 3\n", 3),
        ("a: 1\n'a': 2\n", 2),
        ('a: 1\n"\\x61": 2\n', 2),
        ("? a\n: 1\n? a\n: 2\n", 3),
        ("<<: {a: 1}\n<<: {b: 2}\n", 2),
        ("~: 1\n'': 2\n", 2),
    ],
)
def test_una_llave_repetida_se_senala_en_su_renglon(escrito: str, renglon: int) -> None:
    with pytest.raises(YamlInvalido, match=REPETIDA) as error:
        cargar(escrito)

    assert error.value.renglon == renglon


def test_la_misma_llave_en_dos_registros_de_una_lista_no_esta_repetida() -> None:
    assert cargar("- a: 1\n- a: 2\n") == [{"a": "1"}, {"a": "2"}]


def test_una_llave_que_no_es_un_texto_no_se_acepta() -> None:
    for escrito in ("? [a, b]\n: c", "{a: b}: c", "? {a: b}\n: c"):
        with pytest.raises(YamlInvalido, match="una llave debe ser un texto"):
            cargar(escrito)


def test_veinte_niveles_se_leen_y_veintiuno_no() -> None:
    assert cargar("[" * 20 + "]" * 20)
    with pytest.raises(YamlInvalido, match=HONDO):
        cargar("[" * 21 + "]" * 21)


@pytest.mark.parametrize("hondura", [21, 500, 5_000, 26_000, 100_000])
def test_ninguna_hondura_tumba_el_programa(hondura: int) -> None:
    """El lector de C se cae (SIGSEGV) a las 24 000 si se le deja construir."""
    guion = f"""
from expediente.almacen.texto_yaml import YamlInvalido, cargar
for escrito in ("[" * {hondura}, "[" * {hondura} + "]" * {hondura}, "{{a: " * {hondura},
                "- " * {hondura} + "x", "? " * {hondura} + "x", "[{{a: " * {hondura}):
    try:
        cargar(escrito)
    except YamlInvalido as error:
        assert "niveles" in error.mensaje or "una llave debe ser" in error.mensaje, error.mensaje
    else:
        raise SystemExit("se aceptó")
"""

    corrida = subprocess.run(
        [sys.executable, "-c", guion], capture_output=True, text=True, timeout=60, check=False
    )

    assert (corrida.returncode, corrida.stderr[-300:]) == (0, "")


@pytest.mark.parametrize(
    ("escrito", "renglon", "mensaje"),
    [
        ("a: 1\n\tb: 2\n", 2, NO_SE_ENTIENDE),
        ("a: 1\nb: 2: 3\n", 2, NO_SE_ENTIENDE),
        ("a: 1\n b: 2\n", 2, NO_SE_ENTIENDE),
        ("a: 1\nb: @x\n", 2, NO_SE_ENTIENDE),
        ("a: 1\n---\nb: 2\n", 2, "más de un documento"),
        ("a: 1\nb: 2\nc: x\x07y\n", 3, "caracteres que no son texto"),
        ("a: 1\n\n\n# \x00\n", 4, "caracteres que no son texto"),
        ("a: 1\nb: \ud800\n", 2, "caracteres que no son texto"),
        ("a: 1\nb: \ufffe\n", 2, "caracteres que no son texto"),
    ],
)
def test_lo_que_no_se_entiende_dice_su_renglon(escrito: str, renglon: int, mensaje: str) -> None:
    with pytest.raises(YamlInvalido, match=mensaje) as error:
        cargar(escrito)

    assert error.value.renglon == renglon


@pytest.mark.parametrize(
    "escrito",
    ["Zutana: 1\nZutana: 2", "a: &x Zutana", "a: !Zutana b", "a: 'Zutana", "Zutana\x07",
     "{Zutana: [}", "Zutana: a: b", "%Zutana\n---\na: b"],
)  # fmt: skip
def test_ningun_mensaje_repite_lo_que_decia_el_fichero(escrito: str) -> None:
    with pytest.raises(YamlInvalido) as error:
        cargar(escrito)

    assert "Zutana" not in error.value.mensaje
    assert error.value.__suppress_context__ or error.value.__context__ is None


EJEMPLO = """\
# un comentario
clave: peticion
pasos:
  - clave: uno
    sigue: [dos, tres]

  - clave: dos
    resultados:
      - {clave: si, final: concluido}
"""


@pytest.mark.parametrize(
    ("ruta", "renglon"),
    [
        ((), 2),
        (("clave",), 2),
        (("pasos",), 3),
        (("pasos", 0), 4),
        (("pasos", 0, "sigue"), 5),
        (("pasos", 0, "sigue", 1), 5),
        (("pasos", 1, "clave"), 7),
        (("pasos", 1, "resultados", 0, "final"), 9),
        (("pasos", 1, "no_existe"), 7),
        (("pasos", 7), 3),
        (("no_existe", "nada"), 2),
    ],
)
def test_una_ruta_de_llaves_se_halla_en_su_renglon(ruta: tuple[Any, ...], renglon: int) -> None:
    assert renglon_de(EJEMPLO, ruta) == renglon


def test_en_un_fichero_vacio_todo_esta_en_el_primer_renglon() -> None:
    assert renglon_de("", ("clave",)) == 1


def test_las_llaves_se_escriben_en_el_orden_en_que_vienen() -> None:
    assert escribir({"b": "1ª", "a": "x"}) == "b: '1ª'\na: x\n"


def test_un_texto_de_varios_renglones_se_escribe_en_bloque_para_leerlo_a_ojo() -> None:
    assert escribir({"nota": "Uno\nDos: «sí»\n"}) == "nota: |\n  Uno\n  Dos: «sí»\n"


def test_el_mismo_objeto_dos_veces_se_escribe_dos_veces_y_no_con_un_alias() -> None:
    repetido = {"a": "b"}

    escrito = escribir([repetido, repetido])

    assert cargar(escrito) == [{"a": "b"}, {"a": "b"}]


@pytest.mark.parametrize(
    "dato",
    ["a\r\nb", "a\rb", "a\x85b", "a\nb\x85c", "a\u2028b", "a\n\u2029b", "\ufeffa", "a\n\ufeffb",
     "\n", "\na", "a\n", "a\n\n", " a\nb", "a \nb", "a\n b", "\t", "a\n\tb", "\x00", "\x7f",
     "---", "...", "a\n---\nb", "a\n...\nb", "? a", "a #b", "a\n#b", "'", '"', "\\", "{{ x }}",
     "%a", "@a", "`a", "ñ" * 200, "a b " * 9_000, "x" * 30_000, "😀", "e\u0301"],
    ids=lambda e: ascii(e)[:20],
)  # fmt: skip
def test_estos_textos_dificiles_van_y_vuelven(dato: str) -> None:
    original = {"llave": dato, "lista": [dato, {"otra": dato}], dato[:40]: "x"}

    assert cargar(escribir(original)) == original


TODO_UNICODE = st.text(st.characters(exclude_categories=["Cs"]))
# Letras que YAML trata aparte, juntas mucho más a menudo de lo que saldrían al azar.
TRAICIONERAS = st.text(st.sampled_from("\n\r\t :-#'\"|>&*!%@`{}[],?~=\\.\u0085\u2028\ufeffñ0a😀"))
TEXTOS = TODO_UNICODE | TRAICIONERAS | st.sampled_from(ESTROPEADOS)
CONTENIDOS = st.recursive(
    TEXTOS,
    lambda dentro: st.lists(dentro, max_size=4) | st.dictionaries(TEXTOS, dentro, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, database=None, deadline=None, derandomize=True)
@given(CONTENIDOS)
def test_todo_lo_que_se_escribe_se_vuelve_a_leer(contenido: Any) -> None:
    assert cargar(escribir({"c": contenido})) == {"c": contenido}


@pytest.mark.largo
@settings(
    max_examples=5_000,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(CONTENIDOS)
def test_todo_lo_que_se_escribe_se_vuelve_a_leer_cinco_mil_veces(contenido: Any) -> None:
    escrito = escribir({"c": contenido})

    assert cargar(escrito) == {"c": contenido}
    assert escribir(cargar(escrito)) == escrito


def test_leer_y_volver_a_escribir_no_cambia_un_solo_byte() -> None:
    escrito = escribir({"a": "no", "b": ["01000", "Uno\nDos\n"], "c": {"d": "", "e": []}})

    assert escribir(cargar(escrito)) == escrito
