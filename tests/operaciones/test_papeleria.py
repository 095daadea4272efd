"""La papelería: un solo membrete para todas las plantillas, y empezar una nueva."""

import json
from pathlib import Path

import docx
import pytest

from tests.conftest import Correr
from tests.documentos.hojas import abrir
from tests.documentos.membretes import hacer, logotipo, membrete_verde

MEMBRETE = ("plantilla", "membrete")
CON_LA_NUEVA = "emite: [canalizacion, oficio-de-vialidad]\n"
NUEVA = ("plantilla", "nueva")
POCAS = ("oficio-libre", "constancia-libre", "acuse-libre", "informe", "negativa")


@pytest.fixture
def oficina(oficina: Path) -> Path:
    """La de siempre con pocas plantillas: lo que vale para unas vale para todas."""
    for ruta in (oficina / "plantillas").glob("*.docx"):
        if ruta.stem not in (*POCAS, "membrete", "caratula"):
            ruta.unlink()
    return oficina


def editar_membrete(oficina: Path, encabezado: str = "H. Ayuntamiento") -> None:
    """Lo que la oficina hace en Word: cambia su membrete y lo guarda."""
    ruta = oficina / "plantillas/membrete.docx"
    documento = docx.Document(str(ruta))
    documento.sections[0].header.paragraphs[-1].text = encabezado
    documento.save(str(ruta))


def contenidos(oficina: Path) -> dict[str, bytes]:
    return {ruta.name: ruta.read_bytes() for ruta in (oficina / "plantillas").glob("*.docx")}


def encabezado_de(ruta: Path) -> str:
    return abrir(ruta.read_bytes()).sections[0].header.paragraphs[-1].text


def test_recien_iniciada_todas_tienen_ya_su_membrete(correr: Correr, oficina: Path) -> None:
    antes = contenidos(oficina)

    corrida = correr(*MEMBRETE, "--todas")

    assert corrida == (0, f"{len(antes) - 1} ya lo tenían.\n", "")
    assert contenidos(oficina) == antes
    assert not (oficina / "plantillas/.anteriores").exists()


def test_se_cambia_una_vez_y_llega_a_todas(correr: Correr, oficina: Path) -> None:
    antes = contenidos(oficina)
    editar_membrete(oficina)

    corrida = correr(*MEMBRETE, "--todas")
    otra_vez = correr(*MEMBRETE, "--todas")

    [anteriores] = (oficina / "plantillas/.anteriores").glob("2*")
    guardadas = {ruta.name: ruta.read_bytes() for ruta in anteriores.iterdir()}
    assert corrida.codigo == 0 and str(anteriores) in corrida.stderr
    assert {encabezado_de(ruta) for ruta in (oficina / "plantillas").glob("*.docx")} == {
        "H. Ayuntamiento"
    }
    assert guardadas == antes
    assert corrida.stdout == f"{len(antes) - 1} cambiadas.\n"
    assert otra_vez.stdout == f"{len(antes) - 1} ya lo tenían.\n"
    assert correr("plantilla", "revisar", "informe").codigo == 0


def test_las_de_antes_nunca_se_pisan(correr: Correr, oficina: Path) -> None:
    for encabezado in ("Uno", "Dos", "Tres"):
        editar_membrete(oficina, encabezado)
        assert correr(*MEMBRETE, "oficio-libre").codigo == 0

    guardadas = sorted((oficina / "plantillas/.anteriores").glob("2*"))

    assert [encabezado_de(c / "oficio-libre.docx") for c in guardadas] == ["", "Uno", "Dos"]
    assert [encabezado_de(c / "membrete.docx") for c in guardadas] == ["", "Uno", "Dos"]


def test_con_el_membrete_guardado_se_vuelve_al_de_antes(correr: Correr, oficina: Path) -> None:
    antes = contenidos(oficina)
    editar_membrete(oficina)
    correr(*MEMBRETE, "--todas")
    [anteriores] = (oficina / "plantillas/.anteriores").glob("2*")

    corrida = correr(*MEMBRETE, "--todas", "--desde", anteriores / "membrete.docx")

    assert corrida.codigo == 0
    assert {n: encabezado_de(oficina / "plantillas" / n) for n in antes} == dict.fromkeys(antes, "")


@pytest.mark.parametrize("extension", ["doc", "ODT", "dotx", "docm"])
def test_la_guardada_en_otro_formato_se_nombra_y_no_se_sugiere_otra(
    extension: str, correr: Correr, oficina: Path
) -> None:
    libre = oficina / "plantillas/oficio-libre.docx"
    libre.rename(libre.with_suffix(f".{extension}"))
    dice = f"Hay un oficio-libre.{extension}: ábralo en Word y guárdelo como .docx."

    corridas = [
        correr("plantilla", "revisar", "oficio-libre"),
        correr("plantilla", "revisar", f"oficio-libre.{extension}"),
        correr("plantilla", "probar", "oficio-libre"),
        correr("procedimiento", "revisar", "documento"),
        correr(*MEMBRETE, "oficio-libre"),
        correr(*NUEVA, "otra"),
    ]
    listadas = json.loads(correr("plantilla", "listar", "--json").stdout)["plantillas"]
    suya = next(x for x in listadas if x["fichero"] == "oficio-libre.docx")

    for corrida in corridas:
        dicho = " ".join((corrida.stdout + corrida.stderr).split())
        assert corrida.codigo != 0 and dice in dicho, corrida
        assert not dicho.split(dice)[1].startswith((" Póngala", " ¿Quiso decir"))
    assert not suya["existe"] and dice in suya["problemas"][0]["mensaje"]


def test_una_mala_no_detiene_a_las_demas(correr: Correr, oficina: Path) -> None:
    editar_membrete(oficina)
    plantillas = oficina / "plantillas"
    (plantillas / "caratula.docx").write_bytes(b"no es un zip")
    (plantillas / "~$icio-libre.docx").write_bytes(b"x")
    antes = contenidos(oficina)

    pedidas = ("caratula", "oficio-libre", "negatiba", "negativa", "negativa.docx")
    corrida = correr(*MEMBRETE, *pedidas, "--json")

    dichas = {x["plantilla"]: x for x in json.loads(corrida.stdout)["resultados"]}
    assert corrida.codigo == 1
    assert [x["ok"] for x in dichas.values()] == [False, False, False, True]
    assert "está abierto en Word" in dichas["oficio-libre.docx"]["error"]
    assert "¿Quiso decir «negativa»?" in dichas["negatiba.docx"]["error"]
    assert set(dichas["negativa.docx"]) == {
        *("plantilla", "ok", "error", "cambio", "estilos_conservados", "anterior")
    }
    assert Path(dichas["negativa.docx"]["anterior"]).read_bytes() == antes["negativa.docx"]
    despues = contenidos(oficina)
    assert {n for n in antes if antes[n] != despues[n]} == {"negativa.docx"}


@pytest.mark.parametrize(
    ("pide", "dice"),
    [
        ("{{ oficina.telefno }}", "¿Quiso decir «oficina.telefono»?"),
        ("{% if oficial.borrador %}x{% endif %}", "no conozco «oficial.borrador»"),
        ("{{ oficio.numero }}", "falta «oficio.numero»"),
        ("{{ oficio.numero }}", "en una condición: {% if oficio.numero %}{{ oficio.numero }}"),
        ("{{ oficina.ente", "{{ oficina.ente"),
    ],
)
def test_un_membrete_que_pide_lo_que_no_toda_plantilla_tiene_se_rehusa(
    pide: str, dice: str, correr: Correr, oficina: Path
) -> None:
    editar_membrete(oficina, pide)
    antes = contenidos(oficina)

    corrida = correr(*MEMBRETE, "--todas")

    assert (corrida.codigo, corrida.stdout) == (65, "")
    assert dice in corrida.stderr and "membrete.docx" in corrida.stderr
    assert contenidos(oficina) == antes


def test_en_una_condicion_el_membrete_puede_usar_el_oficio(correr: Correr, oficina: Path) -> None:
    editar_membrete(oficina, "{% if oficio.numero %}{{ oficio.numero }}{% endif %}")

    assert correr(*MEMBRETE, "--todas").codigo == 0
    assert correr("plantilla", "revisar", "caratula").codigo == 0


def test_el_membrete_puede_llevar_una_imagen_de_la_oficina(correr: Correr, oficina: Path) -> None:
    editar_membrete(oficina, "{{ imagen('logo.png', ancho=2) }}")

    sin_ella = correr(*MEMBRETE, "--todas")
    (oficina / "imagenes/logo.png").write_bytes(logotipo(0))
    con_ella = correr(*MEMBRETE, "--todas")

    assert sin_ella.codigo == 65 and "logo.png" in sin_ella.stderr
    assert con_ella.codigo == 0
    assert correr(*NUEVA, "otra").codigo == 0


def test_otro_membrete_sirve_y_tambien_se_le_pone_al_de_la_oficina(
    correr: Correr, oficina: Path, tmp_path: Path
) -> None:
    verde = membrete_verde(tmp_path / "verde.docx")

    corrida = correr(*MEMBRETE, "--todas", "--desde", verde)

    assert corrida.codigo == 0
    assert "Estilos que el membrete no tiene; se quedaron como estaban: " in corrida.stderr
    assert "Asunto" in corrida.stderr and "Sin bordes" in corrida.stderr
    assert encabezado_de(oficina / "plantillas/membrete.docx") == "{{ oficina.siglas }}"
    assert correr(*MEMBRETE, "--todas", "--desde", verde).stdout == "7 ya lo tenían.\n"


@pytest.mark.parametrize(
    ("argumentos", "codigo", "dice"),
    [
        ((), 2, "Diga a qué plantillas, o a todas con --todas."),
        (("oficio-libre", "--todas"), 2, "Diga a qué plantillas"),
        (("--todas", "--desde", "nada.docx"), 66, "No está el membrete"),
        (("--todas", "--desde", "oficina.yaml"), 65, "no es un documento de Word"),
        (("nada",), 66, "No hay ninguna plantilla nada.docx"),
    ],
)
def test_lo_que_no_se_puede_se_dice(
    argumentos: tuple[str, ...], codigo: int, dice: str, correr: Correr
) -> None:
    corrida = correr(*MEMBRETE, *argumentos)

    assert corrida.codigo == codigo
    assert dice in corrida.stdout + corrida.stderr


def test_la_plantilla_que_no_es_de_fiar_no_se_toca(correr: Correr, oficina: Path) -> None:
    editar_membrete(oficina)
    mala = oficina / "plantillas/mala.docx"
    hacer(mala, lambda d: d.add_paragraph("{{ caso.folio"))
    antes = mala.read_bytes()

    corrida = correr(*MEMBRETE, "mala")

    assert corrida.codigo == 65 and "caso.folio" in corrida.stdout
    assert mala.read_bytes() == antes


def test_una_plantilla_nueva_sirve_a_cualquier_procedimiento(correr: Correr, oficina: Path) -> None:
    for clave in ("estrella-blanca", "comision", "autoevaluacion"):
        hecha = correr(*NUEVA, f"oficio-de-{clave}", "--procedimiento", clave)

        revisada = correr("plantilla", "campos", f"oficio-de-{clave}", "--procedimiento", clave)
        assert (hecha.codigo, revisada.codigo) == (0, 0), (hecha, revisada)


def test_lo_que_dice_que_hay_que_escribir_basta_para_emitirla(
    correr: Correr, oficina: Path
) -> None:
    editar_membrete(oficina)
    dicho = json.loads(
        correr(*NUEVA, "oficio-de-vialidad", "--procedimiento", "peticion", "--json").stdout
    )
    ruta = oficina / "procedimientos/peticion.yaml"
    escrito = ruta.read_text("utf-8")
    nuevo = escrito.replace("\ndocumentos:\n", f"\ndocumentos:\n{dicho['renglones']}\n", 1)
    ruta.write_text(nuevo, "utf-8")

    sin_paso = correr("procedimiento", "revisar", "peticion")
    ruta.write_text(nuevo.replace("emite: canalizacion\n", CON_LA_NUEVA, 1), "utf-8")
    con_paso = correr("procedimiento", "revisar", "peticion")
    assert "«oficio-de-vialidad» nadie lo emite" in sin_paso.stdout
    assert "oficio-de-vialidad" not in con_paso.stdout

    revisada = correr("plantilla", "revisar", "oficio-de-vialidad")
    probada = correr("plantilla", "probar", "oficio-de-vialidad", "--salida", "prueba")

    [carta] = (oficina / "prueba").iterdir()
    texto = [p.text for p in abrir(carta.read_bytes()).paragraphs]
    assert (revisada.codigo, probada.codigo) == (0, 0), (revisada, probada)
    assert encabezado_de(Path(dicho["fichero"])) == "H. Ayuntamiento"
    assert any(t.startswith("Quien la presenta: ") for t in texto) and "ATENTAMENTE" in texto
    assert not any("{" in t or "Aquí va lo que dice" in t for t in texto)


def test_el_texto_puede_partirse_y_solo_la_despedida_va_con_la_firma(
    correr: Correr, oficina: Path
) -> None:
    """Si el texto fuera ligado, una carta larga dejaría la primera página casi vacía."""
    correr(*NUEVA, "otra", "--procedimiento", "peticion")

    for nombre, texto in (("oficio-libre", "{{ cuerpo }}"), ("otra", "En relación con")):
        parrafos = docx.Document(str(oficina / f"plantillas/{nombre}.docx")).paragraphs
        suyo = next(p for p in parrafos if texto in p.text)
        despedida = next(p for p in parrafos if "otro particular" in p.text)
        assert suyo.style and suyo.style.name == "Cuerpo"
        assert despedida.style and despedida.style.name == "Cierre"


@pytest.mark.parametrize(
    ("procedimiento", "dirigido"),
    [
        ("estrella-blanca", "dirigido: {persona: beneficiario}"),
        ("brigada", "# Sin `dirigido`: a quien corresponda."),
    ],
)
def test_se_dirige_a_quien_el_procedimiento_conoce_o_a_quien_corresponda(
    procedimiento: str, dirigido: str, correr: Correr
) -> None:
    dicho = correr(*NUEVA, "carta-de-aviso", "--procedimiento", procedimiento).stdout

    assert f"\n    {dirigido}\n" in dicho and "linea-autobuses" not in dicho
    assert "\n    asunto: Se envía carta de aviso.\n" in dicho


def test_el_paso_que_ya_emite_se_ensena_con_todo_lo_que_emitiria(correr: Correr) -> None:
    dicho = correr(*NUEVA, "carta-de-aviso", "--procedimiento", "brigada").stdout

    assert "«informar», que ya emite: `emite: [informe, carta-de-aviso]`" in dicho


@pytest.mark.parametrize(
    ("como", "base"),
    [
        ("constancia", "constancia-libre"),
        ("acuse", "acuse-libre"),
        ("negativa", "negativa"),
    ],
)
def test_se_empieza_de_una_libre_o_de_cualquier_otra(
    como: str, base: str, correr: Correr, oficina: Path
) -> None:
    dicho = json.loads(correr(*NUEVA, "otra", "--como", como, "--json").stdout)

    documento = docx.Document(dicho["fichero"])
    assert dicho["base"] == f"{base}.docx"
    assert documento.core_properties.title == "Otra"
    assert "{{ cuerpo }}" not in [p.text for p in documento.paragraphs]


def test_sin_membrete_de_oficina_empieza_con_el_de_su_base(correr: Correr, oficina: Path) -> None:
    (oficina / "plantillas/membrete.docx").unlink()

    assert correr(*NUEVA, "otra").codigo == 0
    assert correr(*MEMBRETE, "--todas").codigo == 66
    assert correr(*MEMBRETE, "otra", "--desde", "plantillas/oficio-libre.docx").codigo == 0


@pytest.mark.parametrize(
    ("argumentos", "codigo", "dice"),
    [
        (("oficio-libre",), 65, "ya existe"),
        (("Oficio Nuevo",), 2, "minúsculas sin acento"),
        (("otra", "--como", "ofisio"), 66, "¿Quiso decir «oficio»?"),
        (("otra", "--documento", "acuse"), 2, "--procedimiento"),
        (("otra", "--procedimiento", "queja", "--documento", "acus"), 66, "¿Quiso decir «acuse»?"),
    ],
)
def test_nunca_pisa_una_ni_adivina_lo_que_no_se_dijo(
    argumentos: tuple[str, ...], codigo: int, dice: str, correr: Correr, oficina: Path
) -> None:
    antes = contenidos(oficina)

    corrida = correr(*NUEVA, *argumentos)

    assert corrida.codigo == codigo and dice in corrida.stderr
    assert contenidos(oficina) == antes


def test_de_un_documento_que_ya_existe_solo_se_cambia_su_plantilla(
    correr: Correr, oficina: Path
) -> None:
    corrida = correr(*NUEVA, "mi-acuse", "--procedimiento", "queja", "--documento", "acuse")

    assert corrida.stdout.splitlines()[-2:] == [
        "Para que se emita, en procedimientos/queja.yaml, bajo `acuse`:",
        "plantilla: mi-acuse.docx",
    ]
