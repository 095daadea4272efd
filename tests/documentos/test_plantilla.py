"""Una carta sale entera y como se capturó, o no sale."""

import io
import zipfile
from pathlib import Path

import pytest
from docx.document import Document

from expediente.documentos.plantilla import compilar
from expediente.nucleo.errores import DatosInvalidos
from tests.documentos.hojas import abrir, guardar, parrafos, plantilla_de
from tests.documentos.hostiles import NOMBRES_ASPEROS


def _carta_de(documento: Document) -> None:
    documento.add_paragraph("Cuerpo: {{ n }}")
    documento.add_table(1, 1).cell(0, 0).text = "Tabla: {{ n }}"
    documento.sections[0].header.paragraphs[0].text = "Encabezado: {{ n }}"


@pytest.mark.parametrize("nombre", NOMBRES_ASPEROS)
def test_un_nombre_sale_como_se_escribio(tmp_path: Path, nombre: str) -> None:
    plantilla = compilar(guardar(tmp_path, _carta_de))

    carta = abrir(plantilla.llenar({"n": nombre}))

    assert carta.paragraphs[0].text == f"Cuerpo: {nombre}"
    assert carta.tables[0].cell(0, 0).text == f"Tabla: {nombre}"
    assert carta.sections[0].header.paragraphs[0].text == f"Encabezado: {nombre}"


def test_los_saltos_y_tabuladores_de_un_valor_se_ven_en_word(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "[{{ n }}]")

    carta = abrir(plantilla.llenar({"n": "uno\ndos\r\ntres\tcuatro \n cinco"}))

    assert carta.paragraphs[0].text == "[uno\ndos\ntres\tcuatro \n cinco]"
    assert len(carta.paragraphs[0].runs) == 1
    assert carta.paragraphs[0]._p.xml.count("<w:br/>") == 3


def test_el_salto_conserva_el_formato_del_run(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.add_paragraph().add_run("{{ n }}").bold = True

    carta = abrir(compilar(guardar(tmp_path, escribir)).llenar({"n": "uno\ndos"}))

    assert [(run.text, run.bold) for run in carta.paragraphs[0].runs] == [("uno\ndos", True)]


@pytest.mark.parametrize(
    "malo",
    [chr(n) for n in range(32) if chr(n) not in "\n\t"] + ["\ufffe", "\uffff", "\ud800", "\udfff"],
)
def test_ningun_caracter_de_control_llega_a_la_carta(tmp_path: Path, malo: str) -> None:
    plantilla = plantilla_de(tmp_path, "{{ persona.nombre }}")

    with pytest.raises(DatosInvalidos) as error:
        plantilla.llenar({"persona": {"nombre": f"Fulano{malo}"}})

    assert "persona.nombre" in error.value.mensaje
    assert "Fulano" not in error.value.mensaje


def test_el_error_dice_todos_los_datos_que_faltan_y_donde(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.sections[0].header.paragraphs[0].text = "{{ firmante.nombre|upper }}"
        documento.add_paragraph("{{ oficio.numero ~ oficio.asunto }} {{ oficio.numero }}")
        documento.add_paragraph("{% for f in filas %}{{ f.folio }}{% endfor %}")
        documento.add_paragraph("{{ nombre.primer.apellido }} {{ monto + 1 }}")

    plantilla = compilar(guardar(tmp_path, escribir, "oficio-x.docx"))

    with pytest.raises(DatosInvalidos) as error:
        plantilla.llenar({"filas": [{"folio": None}, {}], "monto": None})

    assert error.value.mensaje == (
        "Plantilla oficio-x.docx, cuerpo: faltan «oficio.numero», «oficio.asunto», "
        "«folio» de algún elemento de «filas», «nombre.primer.apellido», «monto»; "
        "encabezado: falta «firmante.nombre»."
    )


def test_lo_que_falta_es_falso_en_una_condicion(tmp_path: Path) -> None:
    plantilla = plantilla_de(
        tmp_path,
        "{% if tutor.nombre %}x{% else %}sin tutor{% endif %}",
        "{% if edad > 60 or 'a' in lista or edad == otra %}x{% else %}no{% endif %}",
        "{% if tutor is none and tutor is not defined %}nadie{% endif %}",
        "{{ apodo or 'sin apodo' }}",
    )

    carta = plantilla.llenar({"tutor": None, "edad": None})

    assert parrafos(carta) == ["sin tutor", "no", "nadie", "sin apodo"]


def test_la_cadena_vacia_y_el_cero_no_faltan(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "[{{ vacia }}{{ cero }}]")

    carta = plantilla.llenar({"vacia": "", "cero": 0})

    assert parrafos(carta) == ["[0]"]


@pytest.mark.parametrize(
    "expresion",
    ("{{ p.items }}", "{{ p.nombre.upper }}", "{{ lista|first }}", "{{ p[clave] }}",
     "{{ lista[3] }}", "{{ nada[:3] }}", "{{ lista|join(', ', attribute='x') }}", "{{ none }}",
     "{% for x in nada %}{% endfor %}", "{{ -nada }}", "{{ nada|replace('a', 'b') }}"),
)  # fmt: skip
def test_lo_que_no_es_un_dato_falta(tmp_path: Path, expresion: str) -> None:
    plantilla = plantilla_de(tmp_path, expresion)

    with pytest.raises(DatosInvalidos, match="falta"):
        plantilla.llenar({"p": {"nombre": "Ana"}, "lista": [None], "clave": "x"})


def test_varios_datos_no_se_imprimen_como_uno(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ persona }}")

    with pytest.raises(DatosInvalidos, match="«persona» son varios datos") as error:
        plantilla.llenar({"persona": {"nombre": "Fulano"}})

    assert "Fulano" not in error.value.mensaje


def test_una_cuenta_imposible_no_cita_el_dato(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "uno", "{{ nombre + 1 }}")

    with pytest.raises(DatosInvalidos, match=r"párrafo 2: «{{ nombre \+ 1 }}» no se") as error:
        plantilla.llenar({"nombre": "Fulano"})

    assert "Fulano" not in error.value.mensaje
    assert error.value.__suppress_context__


def test_dice_los_campos_que_pide(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.sections[0].footer.paragraphs[0].text = "{{ oficina.lema }}"
        for parrafo in (
            "{{ beneficiario.nombre|upper }} {% if urgente %}{{ oficio['numero'] }}{% endif %}",
            "{% for f in filas %}{{ loop.index }} {{ f.folio }} {{ otro }}"
            "{% for d in f.detalles %}{{ d.clave }}{% endfor %}{% endfor %}",
            "{% set b = beneficiario %}{{ b.edad }} {% for x in anexos or [] %}{{ x }}{% endfor %}",
            "{{ monto.strip() }} {% for k, v in notas.items() %}{{ k }}{{ v }}{% endfor %}",
        ):
            documento.add_paragraph(parrafo)

    campos = compilar(guardar(tmp_path, escribir)).campos()

    assert campos == {
        "oficina.lema", "beneficiario.nombre", "beneficiario.edad", "urgente", "oficio.numero",
        "filas[].folio", "otro", "filas[].detalles[].clave", "anexos[]", "monto", "notas",
    }  # fmt: skip


def test_a_los_mismos_campos_los_mismos_bytes(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, _carta_de)

    primera = compilar(ruta).llenar({"n": "Ana"})
    segunda = compilar(ruta).llenar({"n": "Ana"})

    assert primera == segunda
    with zipfile.ZipFile(io.BytesIO(primera)) as carta:
        assert {ficha.date_time for ficha in carta.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_las_partes_sin_etiquetas_se_copian_sin_tocarlas(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph("{{ n }}"))

    carta = compilar(ruta).llenar({"n": "Ana"})

    with zipfile.ZipFile(ruta) as antes, zipfile.ZipFile(io.BytesIO(carta)) as despues:
        assert despues.testzip() is None
        assert sorted(antes.namelist()) == sorted(despues.namelist())
        cambiadas = [n for n in antes.namelist() if antes.read(n) != despues.read(n)]
        assert cambiadas == ["word/document.xml"]


def test_una_plantilla_sin_etiquetas_sale_igual(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "Sin nada que llenar")

    carta = plantilla.llenar({})

    assert (parrafos(carta), plantilla.campos()) == (["Sin nada que llenar"], frozenset())


def test_la_misma_plantilla_sirve_despues_de_un_error(tmp_path: Path) -> None:
    plantilla = plantilla_de(tmp_path, "{{ n }}")
    with pytest.raises(DatosInvalidos):
        plantilla.llenar({})

    carta = plantilla.llenar({"n": "Ana"})

    assert parrafos(carta) == ["Ana"]
