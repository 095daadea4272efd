"""Las plantillas de Word de fábrica: lo que una oficina recibe antes de editar las suyas."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Documento
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from jinja2 import Environment, meta

RAIZ = Path(__file__).resolve().parents[2]
GUION = RAIZ / "docs" / "taller" / "hacer_plantillas.py"
FABRICA = RAIZ / "plantillas"

OFICIOS = ("oficio-estrella-blanca", "aviso-improcedencia")
INFORMES = ("informe", "informe-vertical")
PRIMERAS = (*OFICIOS, *INFORMES, "acuse-reporte", "caratula")
# La hoja de la que sale el membrete de las demás no es un documento.
TODAS = tuple(sorted(ruta.stem for ruta in FABRICA.glob("*.docx") if ruta.stem != "membrete"))
HOJAS_SIN_FIRMA_DE_OFICIO = (*INFORMES, "acuse-reporte", "caratula")

MEMBRETE = ("oficina.ente", "oficina.administracion", "oficina.leyendas")
PARTES_DEL_OFICIO = (
    *("oficio.dependencia", "oficio.seccion", "oficio.numero", "oficio.expediente"),
    "ASUNTO: {{ oficio.asunto }}",
    "oficio.lugar_y_fecha",
    *("oficio.destinatario.nombre", "oficio.destinatario.formula"),
    "oficio.destinatario.atencion",
    *("{{ caso.abierto }}", "Sin otro particular"),
    "ATENTAMENTE",
    "oficina.lema",
    *("oficio.firmante.modalidad", "oficio.firmante.nombre", "oficio.firmante.cargo"),
    "c.c.p. {{ copia }}",
    "oficio.iniciales",
    "SELLO",
    "oficio.anexos",
    *("ACUSE DE RECIBO", "Fecha", "Hora", "Nombre y firma de quien recibe", "Sello de recibido"),
)
DESPEDIDAS = ("Sin otro particular",)
PIE = ("oficina.domicilio", "oficina.telefono", "oficina.correo", "Página", "PAGE", "NUMPAGES")

CAMPOS_DEL_PROGRAMA = {
    *("oficina", "oficio", "caso", "beneficiario", "identificacion", "acompanantes", "origen"),
    *("destino", "tipo_viaje", "fecha_viaje", "fecha_regreso", "institucion_salud", "fecha_cita"),
    *("vigencia", "boletos", "numero_reporte", "usuario", "telefono", "tipo_servicio", "cuenta"),
    *("ubicacion", "programa_24h", "consulta_cuenta", "consulto", "informe", "caratula", "indice"),
}


def abrir(clave: str) -> Documento:
    return Document(str(FABRICA / f"{clave}.docx"))


def partes(documento: Documento) -> tuple[Any, Any, Any]:
    """El XML del membrete, del cuerpo y del pie, en el orden en que se leen."""
    seccion = documento.sections[0]
    return seccion.header._element, documento.element.body, seccion.footer._element


def texto_de(parte: Any) -> str:
    """El texto seguido, con tablas y campos, un párrafo por renglón."""
    letras = (qn("w:t"), qn("w:instrText"))
    return "\n".join(
        "".join(nodo.text or "" for nodo in parrafo.iter(*letras))
        for parrafo in parte.iter(qn("w:p"))
    )


def texto_completo(documento: Documento) -> str:
    return "\n".join(texto_de(parte) for parte in partes(documento))


def runs_con_llaves(documento: Documento) -> Iterator[str]:
    for parte in partes(documento):
        for texto in parte.iter(qn("w:t")):
            if re.search(r"\{[{%]|[%}]\}", texto.text or ""):
                yield texto.text


def aparecen_en_orden(marcas: tuple[str, ...], texto: str) -> bool:
    desde = 0
    for marca in marcas:
        hallada = texto.lower().find(marca.lower(), desde)
        assert hallada >= 0, f"«{marca}» falta o no está en su lugar"
        desde = hallada + len(marca)
    return True


@pytest.mark.parametrize("clave", TODAS)
def test_cada_plantilla_se_abre_y_dice_que_es_sin_decir_quien_la_hizo(clave: str) -> None:
    documento = abrir(clave)

    propiedades = documento.core_properties

    assert propiedades.title
    assert propiedades.language == "es-MX"
    assert (propiedades.author, propiedades.last_modified_by) == ("", "")


@pytest.mark.parametrize("clave", TODAS)
def test_ninguna_etiqueta_queda_partida_entre_runs(clave: str) -> None:
    documento = abrir(clave)

    sueltos = [re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", run) for run in runs_con_llaves(documento)]

    assert sueltos
    assert not [resto for resto in sueltos if re.search(r"[{}]|%\}", resto)]


@pytest.mark.parametrize("clave", PRIMERAS)
def test_solo_pide_campos_que_el_programa_da(clave: str) -> None:
    escrito = re.sub(r"\{% colspan .*?%\}", "", texto_completo(abrir(clave)))
    etiquetas = re.sub(r"\{%(?:p|tr|tc) ", "{% ", escrito)

    pedidos = meta.find_undeclared_variables(Environment(autoescape=True).parse(etiquetas))

    assert pedidos - {"grafica"} <= CAMPOS_DEL_PROGRAMA


def test_el_guion_hace_de_nuevo_las_mismas_plantillas(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(GUION), str(tmp_path)], check=True)

    nuevas = {ruta.stem: texto_completo(Document(str(ruta))) for ruta in tmp_path.iterdir()}

    assert nuevas == {r.stem: texto_completo(abrir(r.stem)) for r in FABRICA.glob("*.docx")}


@pytest.mark.parametrize("clave", OFICIOS)
def test_el_oficio_lleva_sus_diecisiete_partes_en_orden(clave: str) -> None:
    membrete, cuerpo, pie = partes(abrir(clave))

    ordenadas = [
        aparecen_en_orden(MEMBRETE, texto_de(membrete)),
        aparecen_en_orden(PARTES_DEL_OFICIO, texto_de(cuerpo)),
        aparecen_en_orden(PIE, texto_de(pie)),
    ]

    assert ordenadas == [True, True, True]


def test_todo_oficio_lleva_las_partes_de_un_oficio() -> None:
    cuerpos = {clave: texto_de(partes(abrir(clave))[1]) for clave in TODAS}
    oficios = [texto for texto in cuerpos.values() if "oficio.destinatario.nombre" in texto]
    comunes = [p for p in PARTES_DEL_OFICIO if p not in ("{{ caso.abierto }}", *DESPEDIDAS)]

    assert len(oficios) > 30
    for texto in oficios:
        assert aparecen_en_orden(tuple(comunes), texto)
        assert "ACUSE DE RECIBO DEL OFICIO {{ oficio.numero }}" in texto


@pytest.mark.parametrize("clave", OFICIOS)
def test_el_borrador_se_anuncia_arriba_y_en_cada_pie(clave: str) -> None:
    _, cuerpo, pie = partes(abrir(clave))

    arriba = texto_de(cuerpo).splitlines()[:3]

    assert arriba[0] == "{%p if oficio.borrador %}"
    assert arriba[1] == "BORRADOR — sin validez hasta su autorización"
    assert arriba[2] == "{%p endif %}"
    assert "{% if oficio.borrador %}BORRADOR · {% endif %}" in texto_de(pie)


@pytest.mark.parametrize("clave", HOJAS_SIN_FIRMA_DE_OFICIO)
def test_lo_que_no_es_oficio_no_pide_los_datos_de_un_oficio(clave: str) -> None:
    """El membrete y el pie son los de todas; ahí `oficio` sólo va en condiciones."""
    texto = texto_de(partes(abrir(clave))[1])

    assert "oficio." not in texto


def test_el_oficio_de_descuento_no_dice_de_que_se_atiende_nadie() -> None:
    texto = texto_completo(abrir("oficio-estrella-blanca")).lower()

    indiscretas = re.findall(
        r"diagn[oó]stic|especialidad|enferm|padecimi|patolog|tratamiento|oncolog|discapacidad"
        r"|afiliaci|seguridad social|curp|expediente cl[ií]nico",
        texto,
    )

    assert indiscretas == []
    assert "acudir a atención médica" in texto


def test_el_oficio_de_descuento_dice_que_nadie_acompana_si_nadie_acompana() -> None:
    """Un renglón vacío se podría llenar a mano después de la firma."""
    texto = texto_de(partes(abrir("oficio-estrella-blanca"))[1])

    bucle = texto[texto.index("{%p for persona") : texto.index("{%p endfor %}")]

    assert bucle.splitlines()[-2:] == ["{%p else %}", "Ninguno"]


def test_el_aviso_de_improcedencia_no_cobra_ni_amenaza() -> None:
    texto = texto_completo(abrir("aviso-improcedencia")).lower()

    duras = re.findall(r"adeud|deuda|monto|pago|corte|suspen|multa|sanci|moros", texto)

    assert duras == []
    assert "queja o inconformidad" in texto
    assert "para regularizar la cuenta" in texto


def test_el_acuse_de_reporte_lo_firma_quien_recibio() -> None:
    texto = texto_completo(abrir("acuse-reporte"))

    assert aparecen_en_orden(("{{ numero_reporte }}", "{{ caso.recibio }}", "Recibió"), texto)
    assert "firmante" not in texto


@pytest.mark.parametrize("clave", TODAS)
def test_el_escudo_va_en_el_membrete_y_se_puede_oir(clave: str) -> None:
    membrete, cuerpo, _ = partes(abrir(clave))

    escudos = list(membrete.iter(qn("wp:docPr")))

    assert len(escudos) == 1
    assert escudos[0].get("descr", "").startswith("Escudo")
    assert not list(cuerpo.iter(qn("wp:docPr")))


@pytest.mark.parametrize("clave", TODAS)
def test_el_pie_numera_las_paginas_con_campos_de_word(clave: str) -> None:
    pie = partes(abrir(clave))[2]

    campos = [instruccion.text.strip() for instruccion in pie.iter(qn("w:instrText"))]

    assert campos == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("clave", TODAS)
def test_cada_documento_tiene_un_titulo_de_esquema(clave: str) -> None:
    documento = abrir(clave)

    titulos = [
        parrafo.text
        for parrafo in documento.paragraphs
        for estilo in (parrafo.style, parrafo.style.base_style if parrafo.style else None)
        if estilo is not None and estilo.name == "Heading 1"
    ]

    assert len(titulos) == 1


@pytest.mark.parametrize("clave", TODAS)
def test_ninguna_tabla_parte_un_renglon_ni_acaba_el_documento(clave: str) -> None:
    """Word agrega un párrafo entero tras una tabla final, y a veces con él una página."""
    cuerpo = partes(abrir(clave))[1]

    partibles = [
        texto_de(renglon)
        for renglon in cuerpo.iter(qn("w:tr"))
        if renglon.find(f".//{qn('w:cantSplit')}") is None and "{%tr" not in texto_de(renglon)
    ]

    assert partibles == []
    assert cuerpo[-2].tag == qn("w:p")


@pytest.mark.parametrize("clave", OFICIOS)
def test_la_firma_del_oficio_no_se_separa_de_la_despedida(clave: str) -> None:
    parrafos = [p for p in abrir(clave).paragraphs if not p.text.startswith("{%p")]
    textos = [parrafo.text for parrafo in parrafos]

    despedida = next(i for i, texto in enumerate(textos) if "otro particular" in texto)
    cargo = textos.index("{{ oficio.firmante.cargo }}")
    estilos = [parrafo.style for parrafo in parrafos[despedida : cargo + 1]]

    assert [e.name for e in estilos if e and not e.paragraph_format.keep_with_next] == []


@pytest.mark.parametrize("clave", INFORMES)
def test_el_informe_repite_los_titulos_de_su_tabla_en_cada_pagina(clave: str) -> None:
    documento = abrir(clave)
    detalle = next(t for t in documento.tables if "informe.columnas" in texto_de(t._tbl))

    titulos = detalle.rows[0]

    assert titulos._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [celda.text for celda in titulos.cells] == [
        "{%tc for titulo in informe.columnas %}",
        "{{ titulo }}",
        "{%tc endfor %}",
    ]


@pytest.mark.parametrize("clave", INFORMES)
def test_el_informe_va_en_su_hoja_y_dice_de_cuando_son_sus_cifras(clave: str) -> None:
    documento = abrir(clave)
    partes_del_informe = (
        *("informe.titulo", "informe.periodo", "informe.al", "informe.identidad"),
        *("informe.totales", "informe.grupos", "grafica(grupo", "informe.indicadores"),
        *("informe.detalle", "informe.filas", "informe.sin_imprimir", "informe.problemas"),
        *("informe.elaboro", "Elaboró", "informe.visto_bueno", "Vo.Bo."),
        "informe.anexo",
    )

    cuerpo = texto_de(partes(documento)[1])

    assert aparecen_en_orden(partes_del_informe, cuerpo)
    hoja = WD_ORIENT.PORTRAIT if clave == "informe-vertical" else WD_ORIENT.LANDSCAPE
    assert {seccion.orientation for seccion in documento.sections} == {hoja}
