"""Una plantilla mal escrita se dice al compilarla: dónde está y cómo se arregla."""

import zipfile
from pathlib import Path

import pytest
from docx.document import Document

from expediente.documentos.plantilla import compilar
from expediente.documentos.revision_plantilla import defectos
from expediente.nucleo.errores import DatosInvalidos, NoExiste
from tests.documentos.hojas import guardar, plantilla_de, rehacer

MAL_ESCRITAS = {
    "Hola {{ nombre": "párrafo 2: «{{ nombre» no se cierra: le falta «}}»",
    "{{ a {{ b }}": "no se cierra: le falta «}}»",
    "{% if x": "le falta «%}»",
    "{# nota": "le falta «#}»",
    "nombre }}": "«}}» está suelto: le falta «{{» antes",
    "if x %}": "«%}» está suelto",
    "{% if x %}a": "«{% if x %}» no se cierra: le falta «{% endif %}»",
    "{% for x in y %}{% if x %}{% endfor %}": "«{% if x %}» no se cierra",
    "{%p if x %}": "le falta «{%p endif %}»",
    "a{% endif %}": "está de más",
    "{% else %}": "está de más",
    "{% fro x in y %}{% endfor %}": "¿Quiso decir «for»?",
    "{% endfi %}": "¿Quiso decir «endif»?",
    "{% tr for x in y %}": "lleva un espacio de más: escriba «{%tr for x in y %}»",
    "{%tr for x in y %}": "sólo puede ir dentro de una tabla",
    "texto {%p if x %}": "debe ir sola en su párrafo",
    "{% if x %}a{%p endif %}": "debe ir sola en su párrafo",
    "{{ nombre completo }}": "no se entiende a partir de «completo»",
    "{{ }}": "no se entiende",
    "{{ 'a }}": "no se entiende",
    "{{ a| }}": "no se entiende",
    "{{ (a }}": "no se entiende",
    "{% for x y %}{% endfor %}": "no se entiende",
    "{{ a|uper }}": "el filtro «uper», que no existe. ¿Quiso decir «upper»?",
    "{{ a is definido }}": "la prueba «definido», que no existe. ¿Quiso decir «defined»?",
    "{% if x = 'y' %}a{% endif %}": "para comparar use «==», no «=»",
    "{% si x %}a{% fin %}": "en vez de «si» escriba «if»",
    "{% para x in y %}{% endfor %}": "en vez de «para» escriba «for»",
    "{% if x %}a{% fin %}": "en vez de «fin» escriba «endif» o «endfor»",
    "{% for x en y %}{% endfor %}": "escriba «in» en vez de «en»",
    "{% if x == San Pedro %}a{% endif %}": "póngalo entre comillas: 'San Pedro'",
    "{{ imagen('a.png', ancho=2.5cm) }}": "la medida entre comillas: ancho='2.5cm'",
    "{{ x|default(no dio) }}": "póngalo entre comillas: 'no dio'",
    "{{ x|mayusculas }}": "¿Quiso decir «upper»?",
    "{{ x|dictsort }}": "expresión no permitida: el filtro «dictsort»; la lista sale",
    "{% raw %}": "expresión no permitida: «raw»; para que salgan llaves",
    "{{ x.format(y) }}": "expresión no permitida: «.format()»; use «importe»",
    "{{tr a }}": "escriba {{ a }}",
    "a {{p b }}": "debe ir sola en su párrafo",
    "{% colspan 2 %}": "sólo puede ir dentro de la celda de una tabla",
}  # fmt: skip

NO_PERMITIDAS = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ x['__class__'] }}",
    "{{ x|attr('__class__') }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ lipsum(5) }}",
    "{{ joiner()() }}",
    "{{ namespace(a=1) }}",
    "{{ dict(a=1) }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ x|map('upper') }}",
    "{{ x|safe }}",
    "{{ '%s'|format(x) }}",
    "{{ _interno }}",
    "{{ x.mro() }}",
    "{{ x.nombre() }}",
    "{{ x() }}",
    "{{ x.upper(*y) }}",
    "{{ loop.__class__ }}",
    "{% for a in b %}{{ loop }}{% endfor %}",
    "{% for a in b %}{{ loop.cycle('x') }}{% endfor %}",
    "{% for a in [].__class__.__base__.__subclasses__() %}{% endfor %}",
    "{% for a in b recursive %}{% endfor %}",
    "{% set x.y = 1 %}",
    "{% set x %}a{% endset %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro f() %}{% endmacro %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{{ imagen.__globals__ }}",
    "{{ imagen('x.png').__class__ }}",
    "{{ qr('x').leer() }}",
    "{{ (x|rico).__class__ }}",
    "{{r x.__class__ }}",
    "{{p x.__class__ }}",
)

BOMBAS = (
    "{{ 'a' * 10**9 }}", "{{ 10**9 * 'a' }}", "{{ [1] * 10**9 }}", "{{ 10**10**10 }}",
    "{{ 9**64**9 }}", "{{ '%1000000000d' % 1 }}", "{{ 'a'.ljust(10**9) }}",
    "{{ 'a'|center(10**9) }}", "{{ range(10**9)|list }}",
    "{{ range(900)|join('a')|replace('a', texto)|replace('a', texto) }}",
    "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}"
    "{% endfor %}{% endfor %}",
    "".join("{% set t = t + t %}" if n else "{% set t = 'aaaaaaaaaa' %}" for n in range(40)),
    "".join("{% set t = t ~ t %}" if n else "{% set t = 'aaaaaaaaaa' %}" for n in range(40)),
    "{{ 1.5|round(10**9) }}",
)  # fmt: skip


@pytest.mark.parametrize("texto", MAL_ESCRITAS)
def test_dice_que_esta_mal_y_el_remedio(tmp_path: Path, texto: str) -> None:
    with pytest.raises(DatosInvalidos) as error:
        plantilla_de(tmp_path, "Primero", texto)

    assert error.value.mensaje.startswith("Plantilla o.docx, cuerpo, párrafo 2: «")
    assert MAL_ESCRITAS[texto] in error.value.mensaje


@pytest.mark.parametrize("texto", NO_PERMITIDAS)
def test_no_se_compila_lo_que_no_esta_permitido(tmp_path: Path, texto: str) -> None:
    with pytest.raises(
        DatosInvalidos, match="la plantilla usa una expresión no permitida"
    ) as error:
        plantilla_de(tmp_path, texto)

    assert "cuerpo, párrafo 1: «{" in error.value.mensaje


@pytest.mark.parametrize("parte", ["header", "footer", "title"])
def test_lo_no_permitido_tampoco_entra_por_otra_parte(tmp_path: Path, parte: str) -> None:
    def escribir(documento: Document) -> None:
        if parte == "title":
            documento.core_properties.title = NO_PERMITIDAS[0]
        else:
            getattr(documento.sections[0], parte).paragraphs[0].text = NO_PERMITIDAS[0]

    ruta = guardar(tmp_path, escribir)

    with pytest.raises(DatosInvalidos, match="la plantilla usa una expresión no permitida"):
        compilar(ruta)


@pytest.mark.parametrize("texto", BOMBAS)
def test_una_etiqueta_no_agota_la_memoria(tmp_path: Path, texto: str) -> None:
    with pytest.raises(DatosInvalidos, match=r"no permitida|tarde u ocupe demasiado"):
        plantilla_de(tmp_path, texto).llenar({"texto": "a" * 20_000})


def test_el_lugar_de_un_error_es_la_tabla_y_el_renglon(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.add_table(1, 1)
        documento.add_table(3, 2).cell(2, 1).text = "{{ nombre"

    ruta = guardar(tmp_path, escribir, "recibo.docx")

    with pytest.raises(DatosInvalidos) as error:
        compilar(ruta)

    assert error.value.mensaje == (
        "Plantilla recibo.docx, cuerpo, tabla 2, renglón 3: «{{ nombre» no se cierra: "
        "le falta «}}»."
    )


@pytest.mark.parametrize(
    ("abre", "cierra"), [("{% if x %}", "{% endif %}"), ("{%tr if x %}", "{% endif %}")]
)
def test_un_bloque_se_cierra_a_la_altura_en_que_se_abrio(
    tmp_path: Path, abre: str, cierra: str
) -> None:
    def escribir(documento: Document) -> None:
        tabla = documento.add_table(2, 1)
        tabla.cell(0, 0).text, tabla.cell(1, 0).text = abre, cierra

    ruta = guardar(tmp_path, escribir)

    with pytest.raises(DatosInvalidos, match="no está a la misma altura que"):
        compilar(ruta)


def test_no_se_pierde_lo_que_acompana_a_una_etiqueta_de_renglon(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        tabla = documento.add_table(2, 2)
        tabla.cell(0, 0).text, tabla.cell(0, 1).text = "{%tr for f in filas %}", "Total"
        tabla.cell(1, 0).text = "{%tr endfor %}"

    ruta = guardar(tmp_path, escribir)

    with pytest.raises(DatosInvalidos, match="debe ir sola en su renglón de tabla"):
        compilar(ruta)


def test_no_existe_la_plantilla(tmp_path: Path) -> None:
    with pytest.raises(NoExiste, match=r"No existe la plantilla nada\.docx"):
        compilar(tmp_path / "nada.docx")


@pytest.mark.parametrize(
    ("contenido", "mensaje"),
    [
        (b"", "no es un documento de Word"),
        (b"hola", "no es un documento de Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "Word antiguo"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "cifrada con contraseña",
        ),
    ],
)
def test_lo_que_no_es_un_docx(tmp_path: Path, contenido: bytes, mensaje: str) -> None:
    ruta = tmp_path / "o.docx"
    ruta.write_bytes(contenido)

    with pytest.raises(DatosInvalidos, match=mensaje):
        compilar(ruta)


def test_una_carpeta_no_es_una_plantilla(tmp_path: Path) -> None:
    with pytest.raises(DatosInvalidos, match="es una carpeta"):
        compilar(tmp_path)


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"[Content_Types].xml": None}, "no es un documento de Word"),
        ({"word/vbaProject.bin": b"x"}, "trae macros"),
        ({"../fuera.xml": b"x"}, "nombre peligroso"),
        ({"/raiz.xml": b"x"}, "nombre peligroso"),
        ({"C:\\x.xml": b"x"}, "nombre peligroso"),
        ({"word/bomba.bin": b"\0" * 2**22}, "ocupa demasiado"),
        ({f"word/{n}.xml": b"x" for n in range(2001)}, "más de 2000 ficheros"),
        ({"word/header1.xml": b"<w:hdr {{ x }}"}, "encabezado: está dañada"),
        ({"word/header1.xml": b"<hdr>{{ x }}</hdr>"}, "variante de Word"),
        ({"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "XML con DTD"),
        ({"word/x.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "XML con DTD"),
    ],
)
def test_un_docx_que_no_es_de_fiar(
    tmp_path: Path, cambios: dict[str, bytes | None], mensaje: str
) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph("{{ x }}"))
    rehacer(ruta, cambios)

    with pytest.raises(DatosInvalidos, match=mensaje):
        compilar(ruta)


def test_un_zip_con_una_parte_danada(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph("{{ x }}"))
    with zipfile.ZipFile(ruta) as paquete:
        posicion = paquete.getinfo("word/styles.xml").header_offset + 200
    bytes_danados = bytearray(ruta.read_bytes())
    bytes_danados[posicion] ^= 0xFF
    ruta.write_bytes(bytes_danados)

    with pytest.raises(DatosInvalidos, match="está dañado"):
        compilar(ruta)


def test_un_zip_cortado_en_cualquier_punto_se_rechaza(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, lambda documento: documento.add_paragraph("{{ x }}"))
    entero = ruta.read_bytes()

    for corte in range(0, len(entero), 997):
        ruta.write_bytes(entero[:corte])
        with pytest.raises(DatosInvalidos):
            compilar(ruta)


def _con_muchos_defectos(documento: Document) -> None:
    documento.sections[0].header.paragraphs[0].text = "{{ a.__class__ }} {{ bien }}"
    for texto in (
        "Hola {{ nombre",
        "{{ bien }} {{ a|uper }} y {{ nombre completo }}",
        "{% if x } hola {% endif %}",
        "{% fro f in filas %}{{ f.folio }}{% endfor %}",
        "{% for f in filas %}{% if f %}{% endfor %}",
        "{% if y %}{{ loop }}{% endif %}",
    ):
        documento.add_paragraph(texto)
    documento.add_table(2, 1).cell(1, 0).text = "b }}"


def test_dice_todos_los_defectos_de_una_vez_como_se_leen(tmp_path: Path) -> None:
    """Lo que sólo es consecuencia de otro (el endif de un if a medias) no se dice."""
    ruta = guardar(tmp_path, _con_muchos_defectos)

    todos = [(d.lugar, d.etiqueta, d.dicho.split(":")[0]) for d in defectos(ruta)]

    assert todos == [
        ("cuerpo, párrafo 1", "{{ nombre", "no se cierra"),
        ("cuerpo, párrafo 2", "{{ a|uper }}",
         "usa el filtro «uper», que no existe. ¿Quiso decir «upper»?"),
        ("cuerpo, párrafo 2", "{{ nombre completo }}",
         "no se entiende a partir de «completo»; el nombre de un dato va sin espacios (así"),
        ("cuerpo, párrafo 3", "{% if x } hola {% endif %}", "no se cierra"),
        ("cuerpo, párrafo 4", "{% fro f in filas %}", "no se reconoce"),
        ("cuerpo, párrafo 5", "{% if f %}", "no se cierra"),
        ("cuerpo, tabla 1, renglón 2", "}}", "está suelto"),
        ("encabezado, párrafo 1", "{{ a.__class__ }}", "no se puede usar"),
    ]  # fmt: skip


def test_el_error_lleva_todos_los_defectos_uno_por_renglon(tmp_path: Path) -> None:
    ruta = guardar(tmp_path, _con_muchos_defectos)

    with pytest.raises(DatosInvalidos) as error:
        compilar(ruta)

    primero, *otros = error.value.mensaje.split("\n")
    assert primero.startswith("Plantilla o.docx, cuerpo, párrafo 1: «{{ nombre» no se cierra")
    assert otros == [f"  {defecto}" for defecto in defectos(ruta)[1:]]


def test_una_plantilla_buena_no_tiene_defectos(tmp_path: Path) -> None:
    assert defectos(guardar(tmp_path, lambda documento: documento.add_paragraph("{{ x }}"))) == ()


def test_un_cierre_que_no_toca_no_arrastra_al_que_si(tmp_path: Path) -> None:
    ruta = guardar(
        tmp_path, lambda documento: documento.add_paragraph("{% if a %}{% endfor %}{% endif %}")
    )

    assert [str(defecto) for defecto in defectos(ruta)] == [
        "cuerpo, párrafo 1: «{% endfor %}» está de más: «{% if a %}» no se cierra así."
    ]


def test_dice_donde_se_pide_cada_dato(tmp_path: Path) -> None:
    def escribir(documento: Document) -> None:
        documento.add_paragraph("Hola {{ beneficiario.nombre }}, {{ folio }}")
        documento.add_paragraph("{% for f in filas %}{{ f.monto }}{% endfor %}")
        documento.sections[0].footer.paragraphs[0].text = "{{ folio|upper }}"

    pedidos = [
        (p.ruta, p.lugar, p.etiqueta) for p in compilar(guardar(tmp_path, escribir)).pedidos()
    ]

    for pedido in (
        ("beneficiario.nombre", "cuerpo, párrafo 1", "{{ beneficiario.nombre }}"),
        ("folio", "cuerpo, párrafo 1", "{{ folio }}"),
        ("filas[].monto", "cuerpo, párrafo 2", "{{ f.monto }}"),
        ("folio", "pie, párrafo 1", "{{ folio|upper }}"),
    ):
        assert pedido in pedidos
